"""Answers as workbooks and HTML documents: real cells, numbered sources, and nothing that runs."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests import browser
from tests.test_output import COLUMNS, EVIL, ROWS
from vinculos.errors import UsageError
from vinculos.formats import xlsx
from vinculos.formats.html import as_html, document, footnotes, sources_html, table_html
from vinculos.formats.table import Table

STARTS = ("=", "+", "-", "@", "\t", "\r", "#N/A")


def made(rows: list[dict[str, Any]], lang: str = "en", columns: Any = None) -> Table:
    return Table(list(rows[0]), columns or {}, rows, lang, None, "T", (("question", "q"),))


def opened(table: Table) -> Workbook:
    return load_workbook(io.BytesIO(xlsx.as_xlsx(table)))


def test_workbook_has_answer_sources_and_facts() -> None:
    book = opened(made(ROWS, "es", COLUMNS))
    assert book.sheetnames == ["Respuesta", "Fuentes", "Acerca de esta respuesta"]
    answer, sources, facts = book.worksheets
    assert [cell.value for cell in answer[1]] == [c.title.es for c in COLUMNS.values()]
    assert answer["A1"].font.bold and answer.freeze_panes == "A2"
    assert answer["B2"].value == "arresto domiciliario" and answer["E2"].value == "[1]"
    assert [cell.value for cell in sources[2]] == [
        1,
        "Gazette",
        "2025-01",
        "A | title",
        "3",
        "https://x.example/a_b",
        None,
    ]
    assert sources["F2"].hyperlink.target == "https://x.example/a_b"
    assert [cell.value for cell in facts[1]] == ["question", "q"]


def test_numbers_are_numbers_and_text_is_text() -> None:
    row = {"n": 3, "f": 0.25, "t": "007", "b": True, "d": "2025-01", "huge": 2**60, "none": None}
    cells = opened(made([row])).worksheets[0][2]
    assert [cell.value for cell in cells] == [3, 0.25, "007", "yes", "2025-01", str(2**60), None]
    assert [cell.data_type for cell in cells[:5]] == ["n", "n", "s", "s", "s"]


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_is_a_formula(start: str) -> None:
    table = made([{f"{start}title": f"{start}1+1", "b": [f"{start}x"]}])._replace(
        facts=((f"{start}name", f"{start}value"),)
    )
    for sheet in opened(table).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n") and (cell.data_type == "s" or not cell.value)
                assert cell.quotePrefix == (str(cell.value or " ")[0] in "=+-@")


def test_only_http_links_in_a_workbook() -> None:
    source = {"publisher": "P", "url": "javascript:alert(1)"}
    sheet = opened(made([{"s": [source]}], columns={"s": COLUMNS["sources"]})).worksheets[1]
    assert sheet["F2"].value == "javascript:alert(1)" and sheet["F2"].hyperlink is None


def test_what_a_workbook_cannot_hold() -> None:
    row = {"a": EVIL + "\ufffe", "long": "x" * 40_000}
    cells = opened(made([row])).worksheets[0][2]
    assert cells[0].value == "a[31mb1mcdefg"
    assert len(str(cells[1].value)) == xlsx.MAX_TEXT and str(cells[1].value).endswith("…")
    with pytest.raises(UsageError, match="rows"):
        xlsx.as_xlsx(made([{"a": 1}])._replace(rows=[{"a": 1}] * xlsx.MAX_ROWS))


def test_html_escapes_links_and_isolates() -> None:
    rows = [{"a": "<script>window.ran = 1</script>", "b": "x\x021\x03y", "u": "javascript:x"}]
    text = as_html(made([*rows, {"a": "שלום", "b": "[1]", "u": "https://x.example/"}]))
    assert "<script" not in text and "&lt;script&gt;" in text
    assert "<bdi>שלום</bdi>" in text and 'href="#s1"' not in text
    assert re.findall('href="([^"]*)"', text) == ["https://x.example/"]
    assert "default-src &#39;none&#39;; style-src &#39;sha256-" in text


def test_html_of_several_tables_lists_each_source_once() -> None:
    table = made(ROWS, "es", COLUMNS)
    notes = footnotes("es")
    parts = [table_html(table, notes), table_html(table, notes), sources_html(notes, "es")]
    text = document("T", "es", parts)
    assert text.count('<a href="#s1">[1]</a>') == 4
    assert text.count('<li id="s1">') == 1 and '<h2 id="sources">Fuentes</h2>' in text


def test_html_without_rows_says_so() -> None:
    assert "Sin resultados." in as_html(Table(["a"], {}, [], "es", None, "T"))


def test_html_in_a_browser_is_quiet(tmp_path: Path) -> None:
    file = tmp_path / "answer.html"
    file.write_text(as_html(made([{"a": "<img src=x onerror='window.ran=1'>", "n": 1}])), "utf-8")
    with browser.chromium() as running, browser.opened(running, file) as page:
        page.check_quiet()
        style = "getComputedStyle(document.querySelector('th')).fontWeight"
        assert page.page.evaluate(style) == "700"
