"""Pages as text: what they say, in which words, and that nothing in them can run or leave."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from tests.hostile import HOSTILE, hostile_network
from tests.networks import (
    ANA,
    CUSTODY,
    FORCE,
    LAW,
    OLGA,
    PRISON,
    edge,
    in_language,
    large,
    node,
    small,
)
from vinculos.errors import UsageError, VinculosError
from vinculos.formats.safe import clean, island, link
from vinculos.graph.model import ENTITIES
from vinculos.graph.network import Network, NetworkSource
from vinculos.graph.records import NodeRef
from vinculos.views import style, vendored
from vinculos.views.carried import carried
from vinculos.views.drawing import draw, names, tie_names, wrap
from vinculos.views.entries import describe
from vinculos.views.labels import Titles, edge_words, facts, source_text
from vinculos.views.layout import layout
from vinculos.views.tables import node_rows
from vinculos.views.view import About, render
from vinculos.views.words import TEXTS, alike

HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class Parsed(HTMLParser):
    """The elements of a page with their attributes, and the text of its scripts and styles."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": [], "title": []}
        self._open = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = tag
        if tag in self.inside:
            self.inside[tag].append("")

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in self.inside:
            self.inside[self._open][-1] += data


def page(
    network: Network,
    lang: str = "en",
    title: str = "A test",
    footer: Iterable[tuple[str, str]] = (),
) -> str:
    return render(network, About(title, footer), lang=lang)


def data_of(html: str) -> Any:
    return json.loads(Parsed(html).inside["script"][0])


def test_the_policy_lets_in_what_is_there_and_nothing_else() -> None:
    parsed = Parsed(page(small()))
    policy = next(a["content"] for t, a in parsed.elements if "http-equiv" in a)
    assert policy is not None
    for content in (
        vendored.drawing_script(),
        parsed.inside["script"][-1],
        *parsed.inside["style"],
    ):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    assert policy.count("sha256-") == 3
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy and "http" not in policy


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_text_stays_text(number: int) -> None:
    text = HOSTILE[number]
    html = page(hostile_network(text), title=text, footer=[(text, text)])
    html.encode("utf-8")
    parsed, harmless = Parsed(html), Parsed(page(hostile_network("harmless"), footer=[("a", "b")]))
    kinds = {tag for tag, _ in parsed.elements}
    assert kinds <= {tag for tag, _ in harmless.elements} | {"a"}
    assert len(parsed.inside["script"]) == len(harmless.inside["script"])
    assert parsed.inside["script"][2:] == harmless.inside["script"][2:]
    for tag, attributes in parsed.elements:
        assert not any(name.startswith("on") or name == "style" for name in attributes), tag
        target = attributes.get("href") or attributes.get("src") or ""
        assert re.match(r"#|data:,$|https?://", target) or not target
    ours = html.replace(parsed.inside["script"][1], "")
    assert not HIDDEN.search(ours)
    json.loads(parsed.inside["script"][0])


def test_nothing_in_a_page_is_loaded_from_elsewhere() -> None:
    parsed = Parsed(page(small()))
    assert not any("src" in attributes for _, attributes in parsed.elements)
    assert [a["href"] for t, a in parsed.elements if t == "link"] == ["data:,"]
    banner, coded = parsed.inside["script"][2].split("*/")
    assert "@license" in banner
    assert gzip.decompress(base64.b64decode(coded)).decode() == vendored.drawing_script()
    assert "sourceMappingURL" not in vendored.drawing_script()
    assert not re.search(r"url\(|@import", parsed.inside["style"][0])


def test_the_drawing_script_is_pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    vendored.drawing_script.cache_clear()
    monkeypatch.setattr(vendored, "SHA256", "0" * 64)
    with pytest.raises(VinculosError, match="not the one that was checked"):
        vendored.drawing_script()


def test_a_page_is_the_same_every_time_whatever_the_order() -> None:
    network = small()
    shuffled = Network(
        dict(reversed(list(network.nodes.items()))),
        tuple(reversed(network.edges)),
        network.left_out,
    )
    assert page(network) == page(shuffled) == page(network)


@pytest.mark.parametrize("count", [40, 400, 1200])
def test_places_do_not_depend_on_order_or_on_chance(count: int) -> None:
    chance = random.Random(3)  # noqa: S311 - not for secrets
    sizes = {number: (100.0 + number % 7, 40.0) for number in range(count)}
    ties = [(number, chance.randrange(number)) for number in range(1, count - 9)]
    first = layout(sizes, ties)
    random.random()  # noqa: S311 - another's use of chance must not matter
    shuffled = list(sizes.items())
    chance.shuffle(shuffled)
    assert layout(dict(shuffled), [(b, a) for a, b in reversed(ties)]) == first


def test_components_stand_apart_and_near() -> None:
    sizes = {number: (100.0, 40.0) for number in range(60)}
    triangles = [(a, b) for a in range(0, 60, 3) for b in (a + 1, a + 2)]
    places = layout(sizes, triangles)
    frames = []
    for first in range(0, 60, 3):
        xs, ys = zip(*(places[number] for number in range(first, first + 3)), strict=True)
        frames.append((min(xs) - 50, min(ys) - 20, max(xs) + 50, max(ys) + 20))
    for number, a in enumerate(frames):
        for b in frames[number + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
    width = max(f[2] for f in frames) - min(f[0] for f in frames)
    height = max(f[3] for f in frames) - min(f[1] for f in frames)
    used = sum((f[2] - f[0]) * (f[3] - f[1]) for f in frames)
    assert 0.5 < width / height < 4 and width * height < 8 * used


def test_names_do_not_overlap_on_a_small_page() -> None:
    drawn = draw(describe(large(40, 1), "en"))
    places = [(each["x"], each["y"]) for each in drawn.nodes]
    for number, (x, y) in enumerate(places):
        assert all(abs(x - a) > 60 or abs(y - b) > 25 for a, b in places[number + 1 :])


def test_titles() -> None:
    network = small()
    titles = Titles(network)
    assert titles.of(ANA) == alike("Ana Núñez")
    assert titles.of(CUSTODY) == (
        "Detention of Ana Núñez, 2025-01-07",
        "Detención de Ana Núñez, 2025-01-07",
    )
    assert titles.short(network.nodes[CUSTODY]) == (
        "Detention, 2025-01-07",
        "Detención, 2025-01-07",
    )
    assert titles.of(LAW) == ("Test Law", "Ley de Prueba")
    assert Titles(Network({LAW: node(LAW, name_en="Test Law")})).of(LAW) == alike("Test Law")
    alone = replace(network.nodes[CUSTODY], properties={"held": ["Ana Núñez"]})
    titles = Titles(Network({CUSTODY: alone}))
    assert titles.of(CUSTODY) == ("Detention of Ana Núñez", "Detención de Ana Núñez")
    assert titles.short(alone) == titles.of(CUSTODY)
    unknown = Titles(Network({CUSTODY: node(CUSTODY)}))
    assert unknown.of(CUSTODY) == ("Detention, date unknown", "Detención, fecha desconocida")
    source = node(NodeRef("Source", "t:s"), title="A report", publisher="Gazette")
    assert Titles(Network()).title(source) == alike("A report")
    assert Titles(Network()).title(node(FORCE)) == alike("t:force")


@pytest.mark.parametrize(
    ("kind", "properties", "english", "spanish"),
    [
        ("RELATED_TO", {"kind": "parent_of"}, "parent of", "madre o padre de"),
        ("RELATED_TO", {}, "related to", "vinculada con"),
        ("INVOLVED_IN", {"role": "ordered"}, "ordered", "ordenó"),
        ("TOOK_PART", {"role": "witness"}, "witness", "testigo"),
        ("HOLDS_POST", {"title": "Directora"}, "Directora", "Directora"),
        ("HOLDS_POST", {}, "holds a post in", "ocupa un cargo en"),
        ("HELD_AT", {"started": "2025"}, "held at", "recluida en"),
        (
            "CHARGED_WITH",
            {"status": "convicted"},
            "charged with (convicted)",
            "imputación de (condena)",
        ),
        ("CHARGED_WITH", {"status": "unknown"}, "charged with", "imputación de"),
        ("SOMETHING", {}, "SOMETHING", "SOMETHING"),
    ],
)
def test_edge_words(kind: str, properties: dict[str, Any], english: str, spanish: str) -> None:
    tie = edge(kind, ANA, OLGA, **properties)
    assert edge_words(tie) == (english, spanish)


def test_facts_are_in_words_and_leave_out_what_is_not_for_people() -> None:
    network = small()
    assert facts(network.nodes[CUSTODY]) == [
        (("taken on", "detención desde"), alike("2025-01-07")),
        (("status", "situación"), ("house arrest", "arresto domiciliario")),
    ]
    assert in_language(facts(network.nodes[PRISON]), "en") == [
        ("name", "La Cárcel"),
        ("kind", "prison"),
    ]
    held = next(tie for tie in network.edges if tie.type == "HELD_AT")
    assert in_language(facts(held), "en") == [("from", "2025-01")]


def test_allegations_and_disputes_are_marked_everywhere() -> None:
    html = page(small())
    entries = describe(small(), "en")
    drawn = draw(entries)
    alleged = next(tie for tie in entries.edges if tie.words[0] == "held because of")
    assert drawn.edges[alleged.number]["dashes"] and alleged.confidence[0] == "alleged"
    documented = next(tie for tie in entries.edges if tie.words[0] == "ordered")
    assert "dashes" not in drawn.edges[documented.number]
    held = next(tie for tie in entries.edges if tie.words[0] == "held at")
    assert tie_names(entries)[held.number] == ("≠ held at", "≠ recluida en")
    assert names(entries)[0] == alike("≠ Ana Núñez")
    table = html[html.rindex("<noscript>") :]
    assert "<i>confidence:</i> alleged" in table
    assert "Sources disagree on: born: “1980”" in table
    for text in ("broken line: alleged", "thick line: documented", "≠ sources disagree"):
        assert text in html
    plain = Network({OLGA: small().nodes[OLGA], FORCE: small().nodes[FORCE]}, small().edges[-1:])
    shown, _, _ = page(plain).partition('<script id="data"')
    assert "broken line" not in shown and "≠ sources disagree" not in shown


def test_every_tie_and_node_leads_to_its_sources() -> None:
    html = page(small())
    table = html[html.rindex("<noscript>") :]
    rows = [row for row in re.split("<tr|</tbody>", table) if "<td>" in row]
    assert len(rows) == 14
    cited = r'<a href="#s[12]">\[[12]\]</a>'
    assert [row for row in rows if not re.search(rf"<td>{cited}\s*$", row)] == [rows[0]]
    assert re.search(
        rf"<td><p>{cited} reported, 2025-01-09: name, gender, born “1980”"
        rf"<p>{cited} alleged: gender, born “1981”\s*$",
        rows[0],
    )
    assert source_text(NetworkSource("x", page="3")) == ("p. 3", "pág. 3")
    assert source_text(NetworkSource("x")) == alike("x")


def test_parallel_ties_do_not_cover_each_other() -> None:
    posts = [edge("HOLDS_POST", OLGA, FORCE, title=str(number)) for number in range(3)]
    back = [edge("OTHER", FORCE, OLGA), edge("OTHER", OLGA, OLGA), edge("SELF", OLGA, OLGA)]
    nodes = {key: small().nodes[key] for key in (OLGA, FORCE)}
    entries = describe(Network(nodes, (*posts, *back)), "en")
    drawn = draw(entries).edges
    curves = set()
    for tie in drawn:
        bend = tie.get("smooth", {"type": "straight", "roundness": 0.0})
        turn = -1 if bend["type"] == "curvedCCW" else 1
        side = turn if tie["from"] < tie["to"] else -turn
        curves.add((side * bend["roundness"], str(tie.get("selfReference"))))
    assert len(curves) == len(drawn) == 6


def test_pyvis_holds_every_node_and_tie() -> None:
    drawing = draw(describe(small(), "en"))
    assert drawing.num_nodes() == 7 and drawing.num_edges() == 7
    assert drawing.get_nodes() == list(range(7)) and drawing.get_node(0)["label"] == " "
    assert drawing.directed and drawing.options["physics"] == {"enabled": False}
    sibling = next(e for e in drawing.edges if e.get("arrows") == "")
    assert {sibling["from"], sibling["to"]} == {0, 1}, "siblings are so in both directions"


def test_the_legend_counts_types_in_the_language() -> None:
    shown = re.sub("<[^>]+>", "", page(small(), "es").split('id="legend"')[1].split("</ul>")[0])
    counted = re.findall(r"(\w+) (\d+)", shown)
    assert ("persona", "3") in counted and ("ley", "1") in counted


def test_every_entity_has_a_look_of_its_own() -> None:
    looks = [style.look(label) for label in ENTITIES]
    assert len({each.shape for each in looks}) == len(looks)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_texts_stand_out_from_the_paper() -> None:
    sheet = Path(style.__file__).with_name("page.css").read_text("utf-8")
    named = dict(re.findall(r"--(\w+): (#\w{6})", sheet))
    texts = [named[name] for name in ("ink", "quiet", "link", "disputed")]
    for colour in (*texts, style.INK, style.DISPUTED, "#444444"):
        for paper in ("#ffffff", "#f2f2f2"):
            assert (luminance(paper) + 0.05) / (luminance(colour) + 0.05) >= 4.5
    assert 1.05 / (luminance(style.LINE) + 0.05) >= 3


def test_both_languages_say_everything() -> None:
    for english, spanish in TEXTS.values():
        assert english and spanish
        assert re.findall(r"{\w+}", english) == re.findall(r"{\w+}", spanish)
    assert 'lang="es"' in page(small(), "es") and "Buscar un nombre" in page(small(), "es")


def test_footer_and_title_are_shown_as_given() -> None:
    html = page(small(), title="Ñ & <b>", footer=[("query", "MATCH (a)\n  // note\nRETURN a")])
    assert Parsed(html).inside["title"] == ["Ñ & <b>"]
    assert "<dd><bdi>MATCH (a)\n// note\nRETURN a</bdi></dd>" in html


def test_sizes_are_limited() -> None:
    with pytest.raises(UsageError, match="no node"):
        page(Network())
    nodes = {key: node(key) for key in (NodeRef("Person", str(i)) for i in range(10_001))}
    with pytest.raises(UsageError, match="10001 nodes") as refused:
        page(Network(nodes))
    assert "--depth" in refused.value.hint


def test_clean() -> None:
    assert clean("  a\tb\n\nc\u2028d ") == "a b c d"
    assert clean("\u202egnp.exe\u202c \ufeffx\u200b\x00\x1b[31m\ud800") == "gnp.exe x[31m"
    assert clean("می\u200cخواهم محمد 李 e\u0301") == "می\u200cخواهم محمد 李 e\u0301"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://example.org/a?b=c&d=%20#e", True),
        ("HTTP://EXAMPLE.ORG/", True),
        ("http://[::1]/", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org/", False),
        ("https://", False),
        ("https://user:word@example.org/", False),
        ('https://example.org/" onclick="x', False),
        ("https://example.org/\u202egnp", False),
        ("http://[broken", False),
        ("", False),
    ],
)
def test_links_are_http_or_nothing(url: str, safe: bool) -> None:
    assert link(url) == (url if safe else "")


def test_an_island_ends_nothing_early() -> None:
    hostile = "</script><!--<script>\u2028&"
    text = str(island({"a": hostile}))
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"a": hostile}


def test_names_are_cut_with_an_ellipsis() -> None:
    assert wrap("Ana") == "Ana"
    long = wrap("una organización con un nombre larguísimo que no cabe en tres líneas de texto")
    assert len(long.split("\n")) == 3 and long.endswith("…")
    assert len(wrap("x" * 500).replace("\n", "")) < 100


def test_the_data_hold_no_links_but_http() -> None:
    network = hostile_network("javascript:window.ran=1")
    about = {"en": About("A test"), "es": About("Una prueba")}
    shown, words = carried(describe(network, "en"), about, None)
    assert {words[number] for number in shown["sources"]["url"]} == {""}


def test_what_one_language_alone_says_is_blank_in_the_other() -> None:
    law = describe(Network({LAW: node(LAW, name_en="Test Law", name_es="Ley de Prueba")}), "es")
    about = {"en": About("A test", [("a", "b")]), "es": About("Una prueba", [])}
    shown, words = carried(law, about, None)
    assert words[shown["about"]["title"]] == ("A test", "Una prueba")
    assert [words[number] for number in shown["about"]["footer"][0]] == [("a", ""), ("b", "")]
    facts = [[words[number] for number in fact] for fact in shown["nodes"]["groups"][0][0][1]]
    # The name is the title: in each language, that in the other one is a fact beside it.
    assert [value for _, value in facts] == [("", "Test Law"), ("Ley de Prueba", ""), "t:law"]
    rows = node_rows(law)
    assert rows.count("Test Law") == rows.count("Ley de Prueba") == 1
