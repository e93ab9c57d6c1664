"""What people do with a page, in a real Chromium: what is visible after each control is used."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Download, expect

from tests.browser import Opened, chromium, opened
from tests.networks import ANA, BETO, edge, large, node, small
from vinculos.graph.network import Network, NetworkClaim
from vinculos.graph.records import NodeRef
from vinculos.views.view import About, render

SETTLE_MS = 120
LINK_MS = 450
"""A little more than it takes until the address holds the state."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def write_page(folder: Path, network: Network, lang: str = "en", title: str = "A test") -> Path:
    file = folder / "page.html"
    file.write_bytes(render(network, About(title, [("audience", "public")]), lang=lang).encode())
    return file


@pytest.fixture
def opened_small(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    with opened(browser, write_page(tmp_path, small())) as page:
        yield page
        page.check_quiet()


def drawn_now(opened_page: Opened) -> set[str]:
    """Return the lines of text in the drawing as it is now."""
    opened_page.page.wait_for_timeout(SETTLE_MS)
    opened_page.page.evaluate("window.drawn.length = 0")
    opened_page.page.locator("#fit").click()
    opened_page.page.wait_for_timeout(SETTLE_MS)
    return opened_page.drawn()


def rows_of(opened_page: Opened, table: str) -> list[str]:
    """Return the first cell of each row that the table shows."""
    cells = opened_page.page.locator(f"#{table} tbody tr:visible > :first-child")
    return cells.all_inner_texts()


def show(opened_page: Opened, name: str) -> None:
    opened_page.page.fill("#search", name)
    opened_page.page.press("#search", "Enter")
    expect(opened_page.page.locator("#details h2")).to_have_text(name)


def press(opened_page: Opened, name: str) -> None:
    opened_page.page.locator("#details").get_by_role("button", name=name, exact=True).click()


def test_the_legend_switches_types_and_grades(opened_small: Opened) -> None:
    page = opened_small.page
    people = page.locator("#legend button", has_text="person")
    expect(people).to_have_attribute("aria-pressed", "true")
    people.click()
    expect(people).to_have_attribute("aria-pressed", "false")
    expect(people).to_contain_text("0/3")
    expect(page.locator("#counts")).to_have_text("4 of 7 entries, 1 of 7 ties")
    assert not {"Olga Prueba", "Beto Núñez"} & drawn_now(opened_small)
    assert len(rows_of(opened_small, "nodes")) == 4 and len(rows_of(opened_small, "edges")) == 1
    people.click()
    page.locator("#legend button", has_text="alleged").click()
    expect(page.locator("#counts")).to_have_text("7 entries, 6 of 7 ties")
    assert "held because of" not in drawn_now(opened_small)
    page.get_by_role("button", name="Reset").click()
    page.locator("#disputed").click()
    expect(page.locator("#counts")).to_have_text("4 of 7 entries, 3 of 7 ties")
    assert "Olga Prueba" not in rows_of(opened_small, "nodes")


def test_time_shows_what_exists_in_it(browser: Browser, tmp_path: Path) -> None:
    trial = NodeRef("Event", "t:trial")
    later = node(trial, name="A later trial", started_min="2025-06-01", ended_max="2025-06-02")
    network = Network(
        {**small().nodes, trial: later}, (*small().edges, edge("TOOK_PART", BETO, trial))
    )
    with opened(browser, write_page(tmp_path, network)) as found:
        page = found.page
        expect(page.locator("#first")).to_have_value("2025-01-07")
        expect(page.locator("#last")).to_have_value("2025-06-02")
        page.fill("#first", "2025-03")
        page.press("#first", "Enter")
        expect(page.locator("#first")).to_have_value("2025-03-01")
        shown = rows_of(found, "nodes")
        assert "A later trial" in shown and "Beto Núñez" in shown
        # Ana has no dates of her own and was held before; the law has no date at all.
        assert "Ana Núñez" not in shown and "Test Law" in shown
        assert "La Cárcel" not in drawn_now(found)
        # Nobody says that the custody ended: it may have gone on.
        page.locator("#open").check()
        assert "Ana Núñez" in rows_of(found, "nodes") and "La Cárcel" in drawn_now(found)
        page.locator("#open").uncheck()
        page.fill("#last", "2025-13")
        page.press("#last", "Enter")
        expect(page.locator("#last")).to_have_value("2025-06-02")
        page.locator("#undated").uncheck()
        assert "Test Law" not in rows_of(found, "nodes")
        page.get_by_role("button", name="Reset").click()
        expect(page.locator("#undated")).to_be_checked()
        page.locator("#to").focus()
        page.keyboard.press("Home")
        assert "A later trial" not in rows_of(found, "nodes")
        expect(page.locator("#to")).to_have_attribute("aria-valuetext", "2025-01-07")
        page.get_by_role("button", name="Reset").click()
        page.get_by_role("button", name="Play").click()
        expect(page.locator("#nodes tr", has_text="A later trial").first).to_be_hidden()
        page.get_by_role("button", name="Stop").click()
        found.check_quiet()


def test_what_is_done_while_days_play_stays(browser: Browser, tmp_path: Path) -> None:
    trial = NodeRef("Event", "t:trial")
    later = node(trial, name="A later trial", started_min="2025-06-01", ended_max="2025-06-02")
    network = Network({**small().nodes, trial: later}, small().edges)
    with opened(browser, write_page(tmp_path, network)) as found:
        page = found.page
        first = page.locator("#first")
        for undone in ("#undo", "#everything"):
            page.locator("#play").click()
            expect(page.locator("#last")).not_to_have_value("2025-06-02")
            page.locator(undone).click()
            expect(page.locator("#play")).to_have_text("Play")
            expect(first).to_have_value("2025-01-07")
            expect(page.locator("#last")).to_have_value("2025-06-02")
        page.locator("#play").click()
        expect(first).not_to_have_value("2025-01-07")
        page.locator("#language").click()
        expect(page.locator("#play")).to_have_text("Detener")
        found.check_quiet()


def test_a_page_without_dates_has_no_time(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, write_page(tmp_path, Network({ANA: small().nodes[ANA]}))) as found:
        expect(found.page.locator("#time")).to_have_count(0)
        found.check_quiet()


def test_focus_hide_expand_and_undo(opened_small: Opened) -> None:
    page = opened_small.page
    show(opened_small, "Beto Núñez")
    press(opened_small, "Neighbourhood: only what is up to this many ties away: 1")
    assert set(rows_of(opened_small, "nodes")) == {
        "Ana Núñez",
        "Beto Núñez",
        "Detention of Ana Núñez, 2025-01-07",
    }
    show(opened_small, "Detention of Ana Núñez, 2025-01-07")
    press(opened_small, "Show 2 hidden neighbours")
    expect(page.locator("#counts")).to_have_text("5 of 7 entries, 5 of 7 ties")
    press(opened_small, "Hide")
    assert "Detention of Ana Núñez, 2025-01-07" not in rows_of(opened_small, "nodes")
    page.keyboard.press("Escape")
    expect(page.locator("#details")).to_contain_text("Hidden by hand")
    press(opened_small, "Show it")
    assert "Detention of Ana Núñez, 2025-01-07" in rows_of(opened_small, "nodes")
    page.get_by_role("button", name="Undo").click()
    page.keyboard.press("Control+z")
    expect(page.locator("#counts")).to_have_text("5 of 7 entries, 5 of 7 ties")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator("#counts")).to_have_text("4 of 7 entries, 1 of 7 ties")
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#counts")).to_have_text("7 entries, 7 ties")


def test_neighbours_that_a_filter_hides_are_not_offered(opened_small: Opened) -> None:
    page = opened_small.page
    show(opened_small, "Detention of Ana Núñez, 2025-01-07")
    page.locator("#legend button", has_text="place").click()
    expect(page.locator("#counts")).to_have_text("6 of 7 entries, 6 of 7 ties")
    offer = page.locator("#details").get_by_role("button", name="hidden neighbour")
    expect(offer).to_have_count(0)
    show(opened_small, "Ana Núñez")
    press(opened_small, "Hide")
    show(opened_small, "Detention of Ana Núñez, 2025-01-07")
    press(opened_small, "Show 1 hidden neighbour")
    expect(page.locator("#counts")).to_have_text("6 of 7 entries, 6 of 7 ties")


def test_a_way_between_two(opened_small: Opened) -> None:
    page = opened_small.page
    show(opened_small, "Olga Prueba")
    press(opened_small, "Way from here…")
    show(opened_small, "Beto Núñez")
    press(opened_small, "Way from Olga Prueba to here")
    panel = page.locator("#details")
    expect(panel).to_contain_text("Length in ties: 2.")
    expect(panel.locator("li").nth(0)).to_contain_text("Olga Prueba → ordered → Detention of Ana")
    expect(panel.locator("li").nth(1)).to_contain_text("→ held because of → Beto Núñez")
    assert {"Olga Prueba", "Beto Núñez"} <= drawn_now(opened_small)
    press(opened_small, "Only this way")
    expect(page.locator("#counts")).to_contain_text("3 of 7 entries")
    page.locator("summary", has_text="Keys").click()
    expect(page.get_by_text("bring back its neighbours")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("bring back its neighbours")).to_be_hidden()
    expect(panel).to_contain_text("Length in ties: 2.")
    show(opened_small, "Test Law")
    page.locator("#details").focus()
    press(opened_small, "Show it")
    page.keyboard.press("p")
    show(opened_small, "Olga Prueba")
    page.locator("#details").focus()
    page.keyboard.press("p")
    expect(panel).to_contain_text("no way leads from one to the other")


def test_the_language_changes_everywhere(browser: Browser, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    english = About("A test", [("audience", "public")], ["Some are not shown."])
    spanish = About("Una prueba", [("destinada a", "el público")], ["Algunas no se muestran."])
    file.write_bytes(render(small(), english, lang="en", other=spanish).encode())
    with opened(browser, file) as found:
        change_language(found)
        found.check_quiet()


def change_language(opened_small: Opened) -> None:
    page = opened_small.page
    show(opened_small, "Olga Prueba")
    page.get_by_role("button", name="Español").click()
    assert page.evaluate("document.documentElement.lang") == "es"
    expect(page.locator("#counts")).to_have_text("7 entradas, 7 vínculos")
    expect(page.locator("#details")).to_contain_text("persona (funcionario)")
    assert {"ordenó", "Ley de Prueba"} <= drawn_now(opened_small)
    assert "Ley de Prueba" in rows_of(opened_small, "nodes")
    expect(page.locator("#edges")).to_contain_text("detenida a causa de")
    expect(page.locator("#legend")).to_contain_text("línea discontinua")
    expect(page.get_by_role("searchbox", name="Buscar un nombre")).to_be_visible()
    expect(page).to_have_title("Una prueba")
    expect(page.locator("h1")).to_have_text("Una prueba")
    expect(page.locator("header .note")).to_have_text("Algunas no se muestran.")
    expect(page.locator("footer")).to_contain_text("destinada a")
    expect(page.locator("footer")).to_contain_text("el público")
    page.get_by_role("button", name="English").click()
    expect(page.locator("#edges")).to_contain_text("held because of")


def test_a_table_is_sorted_by_its_columns(opened_small: Opened) -> None:
    page = opened_small.page
    header = page.locator("#nodes th", has_text="Name")
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "ascending")
    names = rows_of(opened_small, "nodes")
    assert names == sorted(names)
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    assert rows_of(opened_small, "nodes") == names[::-1]


def test_a_sorted_table_is_sorted_in_the_language_switched_to(opened_small: Opened) -> None:
    page = opened_small.page
    page.locator("#nodes th", has_text="Type").get_by_role("button").click()
    types = page.locator("#nodes tbody td:nth-child(2)")
    english = types.all_text_contents()
    page.get_by_role("button", name="Español").click()
    expect(page.locator("#nodes [aria-sort]")).to_have_count(1)
    spanish = types.all_text_contents()
    assert english == sorted(english) and len(set(english)) > 2
    assert spanish == sorted(spanish) and len(set(spanish)) > 2
    page.get_by_role("button", name="English").click()
    assert types.all_text_contents() == english


def state_in(address: str) -> Any:
    """Return what an address of the page holds."""
    return json.loads(base64.urlsafe_b64decode(address.split("#v1=")[1] + "==="))


def test_the_address_keeps_state_language_and_places(browser: Browser, tmp_path: Path) -> None:
    file = write_page(tmp_path, small())
    with opened(browser, file) as found:
        found.page.get_by_role("button", name="Español").click()
        found.page.locator("#legend button", has_text="lugar").click()
        found.page.get_by_role("button", name="Dejar que se mueva").click()
        found.page.wait_for_timeout(300)
        found.page.get_by_role("button", name="Dejar que se mueva").click()
        found.page.wait_for_timeout(500)
        address = found.page.url
        assert "#v1=" in address
        found.check_quiet()
    kept = state_in(address)
    assert kept["lang"] == "es" and kept["state"]["kinds"] and len(kept["state"]["places"]) == 6
    with opened(browser, file) as found:
        found.page.goto(address)
        found.page.reload()
        expect(found.page.locator("#counts")).to_have_text("6 de 7 entradas, 6 de 7 vínculos")
        assert "La Cárcel" not in drawn_now(found)
        found.page.get_by_role("button", name="Restablecer").click()
        expect(found.page.locator("#counts")).to_have_text("7 entradas, 7 vínculos")
        found.page.wait_for_timeout(LINK_MS)
        # The same address once more, put in while the page is open.
        found.page.evaluate("address => { location.href = address; }", address)
        expect(found.page.locator("#counts")).to_have_text("6 de 7 entradas, 6 de 7 vínculos")
    # Numbers mean something else on another page.
    with opened(browser, write_page(tmp_path, large(20))) as found:
        found.page.goto(f"{file.as_uri()}#{address.split('#')[1]}")
        found.page.reload()
        expect(found.page.locator("#counts")).to_have_text("20 entries, 46 ties")


def test_the_address_keeps_the_state_after_a_jump_to_a_source(opened_small: Opened) -> None:
    page = opened_small.page
    page.locator("#legend button", has_text="place").click()
    for jump in ("#nodes td a[href^='#s']", ".skip"):
        page.locator(jump).first.focus()
        page.keyboard.press("Enter")
        page.wait_for_timeout(LINK_MS)
        assert state_in(page.url)["state"]["kinds"]
    page.reload()
    expect(page.locator("#counts")).to_have_text("6 of 7 entries, 6 of 7 ties")


def test_a_node_is_moved_and_moved_back(opened_small: Opened) -> None:
    page = opened_small.page
    show(opened_small, "Olga Prueba")
    page.wait_for_timeout(SETTLE_MS)
    box = page.locator("#canvas").bounding_box()
    assert box
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 60, middle[1] + 40, steps=4)
    page.mouse.up()
    expect(page.locator("#undo")).to_be_enabled()
    page.wait_for_timeout(LINK_MS)
    assert len(state_in(page.url)["state"]["places"]) == 1
    page.locator("#undo").click()
    page.wait_for_timeout(LINK_MS)
    assert "#" not in page.url


HOSTILE_STATES = (
    {"hidden": ["x"]},
    {"only": [0.5]},
    {"kinds": {"__proto__": 1}},
    {"levels": ["<img src=x onerror=window.ran=1>"]},
    {"from": 1, "to": None},
    {"from": 9, "to": 1},
    {"places": [[0, "1", 2]]},
    {"places": [[999, 1, 2]]},
    {"undated": "no"},
)


def test_a_hostile_address_does_nothing(browser: Browser, tmp_path: Path) -> None:
    file = write_page(tmp_path, small())
    with opened(browser, file) as found:
        page = json.loads(found.page.inner_text("#data"))["details"]["page"]
        found.page.locator("#legend button", has_text="law").click()
        found.page.wait_for_timeout(LINK_MS)
        good = state_in(found.page.url)
        assert good["page"] == page
        found.page.get_by_role("button", name="Reset").click()
        tried = [
            "<img src=x onerror=window.ran=1>",
            "null",
            "[" * 9999,
            json.dumps({**good, "lang": "<b>"}),
            json.dumps({**good, "page": "other"}),
            json.dumps({**good, "state": None}),
            *(json.dumps({**good, "state": {**good["state"], **bad}}) for bad in HOSTILE_STATES),
        ]
        for kept in tried:
            coded = base64.urlsafe_b64encode(kept.encode()).decode()
            found.page.goto(f"{file.as_uri()}#v1={coded}")
            found.page.reload()
            expect(found.page.locator("#counts")).to_have_text("7 entries, 7 ties")
        assert found.errors == [] and found.page.evaluate("window.ran") is None


def saved(found: Opened, what: str) -> bytes:
    found.page.locator(".menu:has([data-save]) > summary").click()
    with found.page.expect_download(timeout=60_000) as waiting:
        found.page.locator(f"[data-save='{what}']").click()
    download: Download = waiting.value
    return Path(download.path()).read_bytes()


def test_tables_and_data_of_what_is_visible_are_saved(browser: Browser, tmp_path: Path) -> None:
    formula = NodeRef("Person", "t:formula")
    nodes = {**small().nodes, formula: node(formula, name="=1+1")}
    with opened(browser, write_page(tmp_path, Network(nodes, small().edges))) as found:
        found.page.locator("#legend button", has_text="law").click()
        people = list(csv.DictReader(io.StringIO(saved(found, "nodes-csv").decode("utf-8-sig"))))
        assert len(people) == 7 and people[0].keys() >= {"Name", "Type", "Sources"}
        assert "'=1+1" in {row["Name"] for row in people}
        ties = list(csv.DictReader(io.StringIO(saved(found, "ties-csv").decode("utf-8-sig"))))
        held = next(row for row in ties if row["Tie"] == "held because of")
        assert held["To"] == "Beto Núñez" and held["confidence"] == "alleged"
        assert "Radio. Second report" in held["Sources"]
        kept = json.loads(saved(found, "json"))
        assert len(kept["nodes"]) == 7 and len(kept["ties"]) == 7
        assert any("without: law" in line for line in kept["filters"])
        assert kept["about"] == [["audience", "public"]]
        found.check_quiet()


def test_sides_of_a_dispute_are_in_the_language_chosen(browser: Browser, tmp_path: Path) -> None:
    said = (("RELATED_TO", "partner"), ("RELATED_TO", "wife"), ("RELATED_TO", "wife, she says"))
    claims = tuple(NetworkClaim(f"c{n}", "reported", "", (), (one,)) for n, one in enumerate(said))
    tie = replace(edge("RELATED_TO", ANA, BETO, disputed=["RELATED_TO"]), claims=claims)
    network = Network({key: small().nodes[key] for key in (ANA, BETO)}, (tie,))
    with opened(browser, write_page(tmp_path, network)) as found:
        found.page.locator("#edges a", has_text="related to").click()
        for words in (
            ("“partner”", "“wife”", "“wife, she says”"),
            ("“pareja”", "“esposa”", "“wife, she says”"),
        ):
            for place in ("#details .claims", "#details dl", "#edges"):
                told = found.page.inner_text(place)
                assert [word for word in words if word not in told] == []
            (dispute,) = json.loads(saved(found, "json"))["ties"][0]["groups"][0]["disputes"]
            assert [f"“{side}”" for side, _ in dispute[1]] == list(words)
            found.page.click("#language")
        found.check_quiet()


def test_the_legend_of_a_picture_tells_who_is_an_official(opened_small: Opened) -> None:
    svg = ElementTree.fromstring(saved(opened_small, "svg"))  # noqa: S314 - just made by the page
    parts = list(svg.iter())
    (words,) = [one for one in parts if (one.text or "").startswith("person (")]
    shape = parts[parts.index(words) - 1]
    assert shape.tag.endswith("circle") and shape.get("fill") == "#0072b2"
    (ring,) = [parts[at - 1] for at, one in enumerate(parts) if one.text == "ring: official"]
    assert (ring.get("fill"), ring.get("stroke")) == ("#ffffff", "#0072b2")


@pytest.mark.parametrize("count", [200, 1000, 3000])
def test_pictures_are_saved_with_title_and_legend(
    browser: Browser, tmp_path: Path, count: int
) -> None:
    with opened(browser, write_page(tmp_path, large(count), title="Red de prueba")) as found:
        found.page.evaluate("window.drawn.length = 0")
        png = saved(found, "png")
        assert png.startswith(b"\x89PNG") and len(png) > 50_000
        words = found.drawn()
        assert {"Red de prueba", f"person ({count})", "line: reported"} <= words
        svg = ElementTree.fromstring(saved(found, "svg"))  # noqa: S314 - just made by the page
        texts = {one.text for one in svg.iter("{http://www.w3.org/2000/svg}text")}
        assert {"Red de prueba", f"person ({count})", "line: reported"} <= texts
        assert any(text and text.startswith("made on ") for text in texts)
        assert len(list(svg.iter("{http://www.w3.org/2000/svg}circle"))) > count
        found.check_quiet()


def test_names_in_all_scripts_show(browser: Browser, tmp_path: Path) -> None:
    names = ("محمد عبد الله", "王小明", "Zoe\u0301 Nu\u0308n\u0303ez", "אבגד")
    keys = [NodeRef("Person", f"t:{number}") for number in range(len(names) + 1)]
    nodes = {key: node(key, name=name) for key, name in zip(keys, names, strict=False)}
    nodes[keys[-1]] = node(keys[-1], name="evil\u202egnp.exe")
    with opened(browser, write_page(tmp_path, Network(nodes))) as found:
        assert {*names, "evilgnp.exe"} <= found.drawn()
        assert set(rows_of(found, "nodes")) == {*names, "evilgnp.exe"}
        found.check_quiet()
