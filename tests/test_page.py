"""Pages in a real Chromium: nothing leaves them, nothing hostile runs, and people can use them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import Opened, chromium, opened
from tests.hostile import HOSTILE, hostile_network
from tests.networks import ANA, OLGA, large, small
from vinculos.graph.measured import measure
from vinculos.graph.network import Network
from vinculos.graph.projection import project
from vinculos.graph.records import NodeRef
from vinculos.views.view import About, render

BATCH = 8
LONG = [text for text in HOSTILE if len(text) > 500]
"""Each click lays out the whole page again: one such text, on a page of its own, is enough."""
SHORT = [text for text in HOSTILE if text not in LONG]
PAGES = [SHORT[at : at + BATCH] for at in range(0, len(SHORT), BATCH)] + [LONG]
# A link that leads where another led shows the same details again, whose links were clicked then.
CLICK_ALL = """() => {
  const shown = new Set();
  for (const link of document.querySelectorAll("#tables a[href^='#n'], #tables a[href^='#e']")) {
    link.click();
    if (shown.has(link.hash)) continue;
    shown.add(link.hash);
    const all = document.querySelectorAll("#details button, #details a[href^='#']");
    for (const one of all) one.click();
  }
}"""
# The formula of WCAG 2.2 for the contrast of two colours, over each text that can be seen.
PALE = """() => {
  const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = (colour) => {
    const [r, g, b] = channels(colour).map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((channels(colour)[3] ?? 1) > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const found = { seen: 0, pale: [] };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.trim(), element = walker.currentNode.parentElement;
    if (!text || element.closest("script, style, :disabled")) continue;
    if (!element.checkVisibility()) continue;
    found.seen += 1;
    const pair = [getComputedStyle(element).color, behind(element)].map(light);
    const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (ratio < 4.5) found.pale.push(`${ratio.toFixed(2)} ${text}`);
  }
  return found;
}"""
FIRST_DRAWING_SECONDS = 5.0
"""Far above what it takes, so that a busy machine does not fail the test."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def page_of(folder: Path, network: Network, lang: str = "en", focus: NodeRef | None = None) -> Path:
    file = folder / "page.html"
    footer = [("question", "MATCH (n)\nRETURN n"), ("audience", "public")]
    html = render(network, About("A test", footer), lang=lang, focus=focus)
    file.write_bytes(html.encode())
    return file


@pytest.fixture
def small_page(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    with opened(browser, page_of(tmp_path, small())) as page:
        yield page
        page.check_quiet()


def details(page: Page) -> str:
    return page.inner_text("#details")


def test_a_page_asks_for_nothing_and_shows_names(small_page: Opened) -> None:
    expect(small_page.page.locator("h1")).to_have_text("A test")
    assert small_page.painted() > 500
    drawn = small_page.drawn()
    assert {"≠ Ana Núñez", "Beto Núñez", "Olga Prueba", "La Cárcel", "Test Law"} <= drawn
    assert {"held because of", "ordered", "Directora", "≠ held at"} <= drawn
    table = small_page.page.inner_text("#nodes")
    assert "Ana Núñez" in table and "Detention of Ana Núñez, 2025-01-07" in table


def test_a_measured_page_shows_groups_by_number_and_the_value_in_the_details(
    browser: Browser, tmp_path: Path
) -> None:
    found = measure("communities", project(small(), "cases"))
    file = tmp_path / "page.html"
    file.write_text(
        render(found.network, About("A test"), lang="en", measure="communities"), "utf-8"
    )
    with opened(browser, file) as page:
        assert "Beto Núñez\u00a0·\u00a01" in page.drawn()
        page.page.locator("#nodes a", has_text="Beto Núñez").first.click()
        assert "Communities: community" in details(page.page)
        assert "community 1: 3" in page.page.inner_text("#legend")
        page.check_quiet()


def test_the_record_would_catch_what_a_page_must_not_do(browser: Browser, tmp_path: Path) -> None:
    file = page_of(tmp_path, small())
    bad = "<img src=https://hostile.invalid/x.png><script>window.ran=1</script>"
    file.write_text(file.read_text("utf-8").replace("<main>", f"<main>{bad}"), "utf-8")
    with opened(browser, file) as page:
        page.page.wait_for_timeout(200)
        assert page.errors and page.page.evaluate("window.violations.length") >= 2
        assert page.page.evaluate("window.ran") is None, "the policy did not hold"
        open_to_all = re.sub("<meta http-equiv=.Content.*?>", "", file.read_text("utf-8"))
    file.write_text(open_to_all, "utf-8")
    with opened(browser, file) as page:
        assert page.requests == ["https://hostile.invalid/x.png"]
        assert page.page.evaluate("window.ran") == 1


@pytest.mark.parametrize("texts", PAGES, ids=map(str, range(len(PAGES))))
def test_hostile_text_does_not_run(browser: Browser, tmp_path: Path, texts: list[str]) -> None:
    file = tmp_path / "page.html"
    network = hostile_network(*texts)
    title = " ".join(texts)
    footer = [(text, text) for text in texts]
    file.write_bytes(render(network, About(title, footer), lang="es").encode())
    with opened(browser, file) as page:
        page.page.evaluate(CLICK_ALL)
        for text in texts:
            page.page.fill("#search", text[:200])
            page.page.press("#search", "Enter")
        page.page.hover("#canvas")
        page.page.mouse.wheel(0, 200)
        page.page.wait_for_timeout(100)
        page.check_quiet()
        assert page.painted() > 100
        links = page.page.eval_on_selector_all("a[href]", "all => all.map((a) => a.href)")
        outside = [link for link in links if not link.startswith(file.as_uri())]
        assert all(re.match("https?://", link) for link in outside)
        shown = page.page.evaluate("document.body.innerHTML")
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x07\x1b]", shown)


def test_links_lead_out_safely(small_page: Opened) -> None:
    link = small_page.page.locator("#sources a[href^=http]").first
    assert link.get_attribute("href") == "https://example.org/1"
    assert link.get_attribute("rel") == "noopener noreferrer"
    small_page.page.click("#nodes a[href='#n0']")
    assert (
        small_page.page.locator("#details a[href^=http]").first.get_attribute("rel")
        == "noopener noreferrer"
    )


def test_without_scripts_the_tables_say_it_all(browser: Browser, tmp_path: Path) -> None:
    file = page_of(tmp_path, small())
    with opened(browser, file, java_script_enabled=False) as page:
        expect(page.page.locator("#view")).to_be_hidden()
        expect(page.page.locator("noscript").first).to_be_visible()
        for place, text in (
            (".nodes", "Ana Núñez"),
            (".edges", "held because of"),
            (".edges", "alleged"),
            (".sources", "Gazette. First report"),
        ):
            expect(page.page.locator(place)).to_be_visible()
            assert text in page.page.inner_text(place)
        assert page.requests == [] and page.errors == []


def test_in_print_the_tables_stand_alone(small_page: Opened) -> None:
    page = small_page.page
    on_screen = page.locator("#nodes tbody").inner_text()
    # Upright on A4 a page is as narrow as a small screen.
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    expect(page.locator("#view")).to_be_hidden()
    expect(page.locator("#edges")).to_be_visible()
    printed = page.locator("#nodes tbody").inner_text()
    assert "“1980”" in printed and "Gazette" in page.locator("#sources").inner_text()
    assert printed.split() == on_screen.split()
    assert page.locator("#nodes thead").bounding_box()["x"] >= 0


def test_every_text_stands_out_from_what_is_behind_it(small_page: Opened) -> None:
    page = small_page.page
    page.locator("#nodes a", has_text="Ana Núñez").first.click()
    page.locator("#legend button[data-kind]").first.click()
    for menu in page.locator("summary").all():
        menu.click()
    found = page.evaluate(PALE)
    assert found["seen"] > 100
    assert not found["pale"]
    # The grey that just fails shows that the test sees it.
    page.evaluate("document.querySelector('h1').style.color = '#787878'")
    assert page.evaluate(PALE)["pale"] == ["4.42 A test"]


def test_search_finds_without_accents_and_goes_on(small_page: Opened) -> None:
    page = small_page.page
    page.fill("#search", "NUNEZ")
    expect(page.locator("#found")).to_have_text("found: 3")
    page.press("#search", "Enter")
    expect(page.locator("#found")).to_have_text("1 of 3")
    expect(page.locator("#details h2")).to_have_text("Ana Núñez")
    page.press("#search", "Enter")
    expect(page.locator("#details h2")).to_have_text("Beto Núñez")
    page.press("#search", "Shift+Enter")
    expect(page.locator("#details h2")).to_have_text("Ana Núñez")
    for other_name in ("anita", "t:ana"):
        page.fill("#search", other_name)
        page.press("#search", "Enter")
        expect(page.locator("#details h2")).to_have_text("Ana Núñez")
    page.fill("#search", "nobody")
    expect(page.locator("#found")).to_have_text("nothing found")


def test_details_show_facts_disputes_ties_and_sources(small_page: Opened) -> None:
    small_page.page.click("#nodes a[href='#n0']")
    shown = details(small_page.page)
    for text in ("female", "Anita", "t:ana", "Ties (2)", "detained in", "sibling of"):
        assert text in shown
    lines = small_page.page.locator("#details dl > div", has_text="born").all_inner_texts()
    assert [re.sub(r"\s+", " ", line) for line in lines] == [
        "born ≠ in dispute “1980” [1] “1981” [2]"
    ]
    first, second = small_page.page.locator("#details .claims > li").all_inner_texts()
    assert first.startswith("name, gender, born “1980” · reported, as of 2025-01-09 ≠ in dispute")
    assert "[1] Gazette. First report. 2025-01-10 example.org" in first
    assert second.startswith("gender, born “1981” · alleged ≠ in dispute")
    assert "[2] Radio. Second report. 2025-02. p. 4" in second
    small_page.page.locator("#edges a", has_text="held because of").click()
    shown = details(small_page.page)
    assert "alleged" in shown and "asserted by\nfamily" in shown and "→ Beto Núñez" in shown


def test_a_click_on_the_drawing_shows_details(browser: Browser, tmp_path: Path) -> None:
    alone = Network({ANA: small().nodes[ANA]})
    with opened(browser, page_of(tmp_path, alone)) as page:
        page.page.wait_for_timeout(200)
        _, left, top, right, _ = page.placed()[-1]
        page.page.click("#canvas", position={"x": (left + right) / 2, "y": top - 12})
        expect(page.page.locator("#details h2")).to_have_text("Ana Núñez")
        expect(page.page.locator("#details")).to_contain_text("no ties on this page")
        page.page.click("#canvas", position={"x": 5, "y": 5})
        expect(page.page.locator("#details h2")).to_have_count(0)
        page.check_quiet()


LONG_NAME = "Persona Número {} de los Andes Orientales y de la Costa"
SCREENS = [(1400, 900), (1000, 700), (390, 844)]
EDGES = """() => {
  const canvas = document.querySelector("#canvas").getBoundingClientRect();
  const buttons = document.querySelector(".zoom").getBoundingClientRect();
  return [canvas.width, canvas.height, buttons.right - canvas.left, buttons.top - canvas.top];
}"""


def long_names(count: int) -> Network:
    """Return a network in which every name takes three lines."""
    network = large(count)
    nodes = {
        key: replace(node, properties={**node.properties, "name": LONG_NAME.format(number)})
        for number, (key, node) in enumerate(network.nodes.items())
    }
    return replace(network, nodes=nodes)


def whole_texts(found: Opened) -> list[tuple[float, float]]:
    """Return left and right of every text of the drawing; none is cut by an edge or covered."""
    width, height, beside, above = found.page.evaluate(EDGES)
    placed = found.placed()
    assert [
        text
        for text, left, top, right, low in placed
        if left < 0 or top < 0 or right > width or low > height or (left < beside and low > above)
    ] == []
    return [(left, right) for _, left, _, right, _ in placed]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(("count", "least"), [(2, 2), (12, 4), (60, 4)])
def test_no_name_is_cut_in_the_first_view(
    browser: Browser, tmp_path: Path, count: int, least: int, screen: tuple[int, int]
) -> None:
    viewport = {"width": screen[0], "height": screen[1]}
    with opened(browser, page_of(tmp_path, long_names(count)), viewport=viewport) as found:
        found.page.wait_for_timeout(200)
        texts = whole_texts(found)
        # What is hidden is not cut, either: some are there, and they fill the screen.
        names = {text for text in found.drawn() if text.startswith("Persona Número")}
        assert len(names) >= least
        if count == 12:
            width = found.page.evaluate(EDGES)[0]
            assert max(right for _, right in texts) - min(left for left, _ in texts) > width * 0.75
        found.check_quiet()


def test_coming_nearer_cuts_no_name(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page_of(tmp_path, long_names(60))) as found:
        for name in ("bigger", "bigger", "bigger", "smaller", "fit"):
            found.page.evaluate("window.placed.length = 0")
            found.page.click(f"#{name}")
            found.page.wait_for_timeout(200)
            assert whole_texts(found)
        found.check_quiet()


def test_the_keyboard_is_enough(small_page: Opened) -> None:
    page = small_page.page
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#language")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("olga")
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text("Olga Prueba")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('#canvas') !== null"):
            break
    else:
        raise AssertionError("Tab does not lead to the drawing")
    page.locator("#details").get_by_role("link", name="Directora", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#details h2")).to_have_text("Directora")
    expect(page.locator("#details")).to_be_focused()
    before = len(small_page.drawn())
    page.locator("#canvas > div").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(100)
    assert small_page.painted() > 500 and len(small_page.drawn()) >= before


def test_the_focus_of_a_view_is_shown_first(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page_of(tmp_path, small(), "es", OLGA)) as page:
        expect(page.page.locator("#details h2")).to_have_text("Olga Prueba")
        assert "persona (funcionario)" in details(page.page)
        assert page.page.evaluate("document.documentElement.lang") == "es"
        page.check_quiet()


def test_buttons_change_the_size(small_page: Opened) -> None:
    page = small_page.page
    before = small_page.painted()
    page.get_by_role("button", name="Bigger").click()
    page.wait_for_timeout(200)
    assert small_page.painted() > before
    page.get_by_role("button", name="Show all").click()
    page.wait_for_timeout(200)
    assert abs(small_page.painted() - before) < before / 10


@pytest.mark.parametrize("count", [300, 1000])
def test_large_pages_draw(browser: Browser, tmp_path: Path, count: int) -> None:
    file = page_of(tmp_path, large(count))
    started = time.monotonic()
    with opened(browser, file) as page:
        assert page.painted() > 10_000
        assert time.monotonic() - started < FIRST_DRAWING_SECONDS
        assert len(page.drawn()) > 20
        page.page.fill("#search", f"numero {count - 5}")
        page.page.press("#search", "Enter")
        expect(page.page.locator("#details h2")).to_have_text(f"Persona Número {count - 5}")
        page.page.wait_for_timeout(400)
        assert f"Persona Número {count - 5}" in page.drawn()
        page.check_quiet()


def test_the_tables_of_a_large_page_come_when_asked_for(browser: Browser, tmp_path: Path) -> None:
    file = page_of(tmp_path, large(800))
    with opened(browser, file) as page:
        rows = page.page.locator("#nodes tbody tr")
        expect(rows).to_have_count(0)
        page.page.get_by_role("button", name="Show the tables").click()
        expect(rows).to_have_count(200)
        page.page.get_by_role("button", name="200 of 800: show more").click()
        expect(rows).to_have_count(400)
        page.page.emulate_media(media="print")
        expect(rows).to_have_count(800)
        expect(page.page.locator("#edges")).to_be_visible()
        page.page.emulate_media(media="screen")
        expect(rows).to_have_count(400)
        page.check_quiet()
    with opened(browser, file, java_script_enabled=False) as page:
        expect(page.page.locator(".nodes tbody tr").first).to_be_visible()
        expect(page.page.locator(".nodes tbody tr")).to_have_count(800)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_page_fits_a_phone(browser: Browser, tmp_path: Path, lang: str) -> None:
    phone = {"width": 360, "height": 740}
    with opened(browser, page_of(tmp_path, small(), lang), viewport=phone) as page:
        width = page.page.evaluate("document.documentElement.scrollWidth")
        assert width <= phone["width"]
        expect(page.page.locator("#canvas")).to_be_in_viewport()
        page.check_quiet()
