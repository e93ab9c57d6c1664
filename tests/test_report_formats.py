"""Reports as documents: each format holds prose, tables and sources, and nothing that runs."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from openpyxl import load_workbook
from PIL import Image

from tests.test_output import EVIL
from tests.test_shipped_reports import made
from tests.tiny import STARTER
from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from vinculos.formats.table import Table
from vinculos.graph.importance import at_most
from vinculos.graph.network import Network, NetworkEdge, NetworkNode
from vinculos.graph.records import NodeRef
from vinculos.graph.store import Store
from vinculos.queries.library import Column, Query, Text
from vinculos.reports import charts, drawing, pictures
from vinculos.reports.answer import Shown
from vinculos.reports.docx import _least
from vinculos.reports.drawing import Drawing, Words, fitted, png, svg, width
from vinculos.reports.run import Failed, Filled, Report
from vinculos.reports.script import Script
from vinculos.reports.write import FORMATS
from vinculos.views.entries import describe

HOSTILE = "=1+1 <script>window.ran = 1</script> [x](javascript:x) | *a*" + EVIL
SOURCE = {"publisher": HOSTILE, "title": HOSTILE, "url": "javascript:x", "accessed": "2026-01-02"}
COLUMNS = {"sources": Column("sources", Text("sources", "fuentes"), "sources")}


def report(rows: list[dict[str, Any]], keys: list[str], drawing: Drawing | None = None) -> Report:
    table = Table(keys, COLUMNS, rows, "es")
    shown = Shown(8, "q", {}, "table", HOSTILE, f"Tabla 1. {HOSTILE}", table, drawing, (HOSTILE,))
    text = "## Título\n\nUno **dos** *tres* `c`\n\n- a\n  1. b\n\n> cita <https://x.example/y>\n\n```\nx\n```\n"
    parts = (Filled(text + "\n<b>no</b>"), shown, Failed(9, HOSTILE, HOSTILE))
    script = Script("mine", "", Query("mine", ""), ())
    return Report(script, HOSTILE, "es", parts, {}, {})


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_hostile_comes_through(form: str) -> None:
    drawing = Drawing(200, 40, [Words(5, 20, HOSTILE)], HOSTILE)
    rows = [{"a": HOSTILE, "n": 1, "sources": [SOURCE]}]
    content = FORMATS[form](report(rows, ["a", "n", "sources"], drawing), [(HOSTILE, HOSTILE)])
    if form == "xlsx":
        assert isinstance(content, bytes)
        for sheet in load_workbook(io.BytesIO(content)).worksheets:
            for cell in (cell for row in sheet.iter_rows() for cell in row):
                assert cell.data_type in ("s", "n") and cell.hyperlink is None
        return
    if form == "docx":
        assert isinstance(content, bytes)
        document = docx.Document(io.BytesIO(content))
        links = [rel for rel in document.part.rels.values() if rel.is_external]
        assert [rel.target_ref for rel in links] == ["https://x.example/y"]
        said = "\n".join(paragraph.text for paragraph in document.paragraphs)
        assert "<b>no</b>" in said and "Fuentes" in said and "consultada el 2026-01-02" in said
        assert "línea 9 del guion" in said
        return
    assert isinstance(content, str)
    assert not set(content) & set("\x1b\x9b\x07\u202e\x7f\u2066\ud800\x00")
    assert "<script" not in content and "<b>" not in content
    assert "consultada el 2026-01-02" in content and "línea 9 del guion" in content
    if form == "html":
        assert re.findall('href="([^"#]+)"', content) == ["https://x.example/y"]
        assert "style=" not in content
    else:
        assert "](javascript" not in content.replace("\\]", "")


@pytest.mark.parametrize("name", ["hostages", "case-file"])
def test_each_format_from_the_starter(holding: Callable[[Path], Store], name: str) -> None:
    run = made(holding(STARTER), name, "es")
    written = {form: FORMATS[form](run, [("hecha con", "vinculos")]) for form in FORMATS}
    book = load_workbook(io.BytesIO(bytes(written["xlsx"])))  # type: ignore[arg-type]
    assert len(book.worksheets) == len(run.shown) + 2
    document = docx.Document(io.BytesIO(bytes(written["docx"])))  # type: ignore[arg-type]
    filled = [shown for shown in run.shown if shown.table.rows]
    assert len(document.tables) == len(filled)
    for table, shown in zip(document.tables, filled, strict=True):
        assert len(table.rows) == len(shown.table.rows) + 1
    assert len(document.inline_shapes) == sum(shown.drawing is not None for shown in run.shown)
    # A wide table turns its pages, as both reports have one; the sources at the end stand upright.
    upright = [(s.page_width or 0) < (s.page_height or 0) for s in document.sections]
    assert upright[-1] and not all(upright)
    for form in ("html", "md"):
        said = str(written[form])
        assert all(shown.title in said for shown in run.shown)
        assert said.index("Fuentes") < said.index("Acerca de este informe")
    numbers = {int(number) for number in re.findall(r"\\\[(\d+)\\\]", str(written["md"]))}
    assert numbers == set(range(1, max(numbers) + 1))


@pytest.mark.parametrize("form", FORMATS)
def test_ten_thousand_rows_are_written_in_seconds(form: str) -> None:
    rows = [{"a": f"name {i}", "b": i, "sources": []} for i in range(10_000)]
    started = time.monotonic()
    content = FORMATS[form](report(rows, ["a", "b", "sources"]), [])
    assert time.monotonic() - started < 60
    if isinstance(content, str):
        assert "name 9999" in content


def test_bars_count_values_lists_and_gaps() -> None:
    one, two = {"id": "1"}, {"id": "2"}
    rows = [
        {"p": ["a", "b"], "s": [one]},
        {"p": ["a"], "s": [one, two]},
        {"p": [], "s": []},
        {"p": [{"en": "c"}], "s": []},
    ]
    counted = charts.counted(rows, "p", "s")
    assert [(row["p"], row["number"], row["s"]) for row in counted] == [
        ("a", 2, [one, two]),
        ("b", 1, [one]),
        ({"en": "c"}, 1, []),
        ("—", 1, []),
    ]
    bars = charts.bars([*counted, {"p": "x", "number": None}], "p", "number", "name", "en")
    assert [(bar.label, bar.value) for bar in bars][3] == ("—", 1) and len(bars) == 4
    drawn = charts.draw_bars(bars, "T")
    assert str(svg(drawn)).count("<polygon") == 4


def test_a_timeline_shows_what_is_certain_and_what_is_open() -> None:
    rows = [
        {"w": "exact", "a": "2024-01-10", "b": "2025-01-10"},
        {"w": "partial", "a": "2024", "b": "2025-06"},
        {"w": "no end", "a": "2024-05-01", "b": None},
        {"w": "no start", "a": "", "b": "2024-05-01"},
        {"w": "none", "a": None, "b": None},
        {"w": "words", "a": "long ago", "b": None},
    ]
    spans = charts.spans(rows, "w", "a", "b", "", "en")
    assert [span.label for span in spans] == ["partial", "exact", "no end", "no start"]
    drawn = charts.draw_spans(spans, "T")
    text = str(svg(drawn))
    assert text.count("stroke-dasharray") == 2
    inside = re.findall(r'points="([^"]*)"', text)
    assert all(0 <= float(pair.split(",")[0]) <= charts.WIDE for p in inside for pair in p.split())
    points = charts.draw_spans(charts.spans(rows, "w", "a", "", "", "en"), "T")
    assert "stroke-dasharray" not in svg(points) and "<circle" in svg(points)


def test_a_picture_keeps_what_hangs_together() -> None:
    keys = [NodeRef("Person", f"t:{name}") for name in "abcde"]
    nodes = {key: NetworkNode(key, (), {"name": key.id}) for key in keys}
    pairs = [(0, 1), (0, 2), (1, 2), (3, 4)]
    edges = tuple(
        NetworkEdge(str(i), "RELATED_TO", keys[a], keys[b], {"kind": "friend_of"})
        for i, (a, b) in enumerate(pairs)
    )
    network = Network(nodes, edges)
    assert at_most(network, 5) is network
    cut = at_most(network, 3)
    assert [key.id for key in cut.nodes] == ["t:a", "t:b", "t:c"]
    drawn = pictures.draw_network(describe(cut, "en"), "T", "en")
    assert str(svg(drawn)).count("t:a") == 1
    for shape in drawn.shapes:
        if isinstance(shape, Words):
            assert 0 <= shape.x <= drawn.width and 0 <= shape.y <= drawn.height
    image = Image.open(io.BytesIO(png(drawn)))
    assert image.size == (drawn.width * 2, drawn.height * 2)
    assert len(set(image.convert("L").tobytes())) > 20


def test_a_png_shows_accents_or_letters_without_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def drawn(text: str) -> bytes:
        drawing._face.cache_clear()
        return png(Drawing(120, 30, [Words(5, 20, text)], "T"))

    assert drawn("Detención ≠") != drawn("Detencion #")
    monkeypatch.setattr(drawing, "FONTS", ())
    assert drawn("Detención ≠") == drawn("Detencion #")
    drawing._face.cache_clear()


def test_words_that_are_too_long_are_cut() -> None:
    assert fitted("short", 13, 200) == "short"
    cut = fitted("a very long name that has no room", 13, 100)
    assert cut.endswith("…") and width(cut, 13) <= 100


def test_a_column_has_room_for_the_longest_word_of_its_title_in_bold() -> None:
    (titled,), (said,) = _least(["detenciones"], [["2"]]), _least(["n"], [["detenciones"]])
    assert titled > said > _least(["n"], [["2"]])[0]
