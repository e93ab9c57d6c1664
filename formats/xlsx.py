"""Rows as an XLSX workbook: the answer, its sources, and what was asked, a sheet each.

A workbook of several tables shares one `Footnotes`, and lists them once:

    book, notes = new_workbook(), Footnotes("es")
    for table in tables:
        add_table(book, table.title, table, notes)
    add_sources(book, notes, "es")
    content = workbook_bytes(book)

Text is always a text cell, whatever it begins with: no cell is ever a formula.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from vinculos.errors import UsageError
from vinculos.formats.cells import Footnotes, clean
from vinculos.formats.safe import link
from vinculos.formats.table import ABOUT_TITLE, SOURCES_TITLE, Fact, Table, is_number
from vinculos.language import gettext as _

MAX_ROWS = 1_048_576
MAX_TEXT = 32_767
EXACT = 2**53
"""Limits of the format: rows of a sheet, characters of a cell, whole numbers kept exactly."""
MAX_LINKS = 65_530
"""Links of a sheet; a spreadsheet program refuses to open more."""
WIDEST, NARROWEST = 40, 8
"""Widths of columns in characters."""
LINE, TALLEST = 15, 400
"""Height of a line and of the tallest row in points; the format allows 409."""

ANSWER_TITLE = {"en": "Answer", "es": "Respuesta"}
_SOURCE_HEAD = {
    "en": ("no.", "publisher", "published on", "title", "page", "link", "accessed on"),
    "es": ("n.º", "medio", "publicada el", "título", "página", "enlace", "consultada el"),
}
NO_SOURCES = {"en": "This answer cites no source.", "es": "Esta respuesta no cita fuentes."}
_FONT = "Calibri"
_BOLD = Font(name=_FONT, bold=True)
_HEAD = PatternFill("solid", fgColor="E8E8E8")
_LINK = Font(name=_FONT, color="00507D", underline="single")
_TEXT = Alignment(wrap_text=True, vertical="top")
_TOP = Alignment(vertical="top")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_NOT_IN_XML = re.compile("[\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@")


def as_xlsx(table: Table) -> bytes:
    """Return one workbook: the table, its sources, and facts about it.

    Raises:
        UsageError: there are more rows than a sheet can hold.
    """
    book, notes = new_workbook(), Footnotes(table.lang)
    add_table(book, ANSWER_TITLE[table.lang], table, notes)
    add_sources(book, notes, table.lang)
    add_facts(book, table.facts, table.lang)
    return workbook_bytes(book)


def new_workbook() -> Workbook:
    """Return a workbook without a sheet."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    book.properties.creator = "vinculos"
    return book


def add_table(book: Workbook, name: str, table: Table, notes: Footnotes) -> Worksheet:
    """Add a sheet with the table: titles in bold that stay in sight, numbers as numbers.

    Args:
        book: the workbook.
        name: of the sheet; cut and numbered where it must be.
        table: what to write.
        notes: gives each source its number.

    Raises:
        UsageError: there are more rows than a sheet can hold.
    """
    if len(table.rows) >= MAX_ROWS:
        raise UsageError(
            _("A sheet holds {most} rows; the answer has {n}.").format(
                most=MAX_ROWS - 1, n=len(table.rows)
            ),
            _("Take --format csv, or ask a narrower question."),
        )
    sheet = _sheet(book, name, table.titles())
    for number, row in enumerate(table.rows, 2):
        cells = table.cells(row, notes)
        for place, (key, text) in enumerate(zip(table.keys, cells, strict=True), 1):
            value = row.get(key)
            if is_number(value) and -EXACT <= (value or 0) <= EXACT:
                sheet.cell(number, place, value).alignment = _TOP
            elif text:
                _write(sheet.cell(number, place), text)
    _fit(sheet)
    return sheet


def add_sources(book: Workbook, notes: Footnotes, lang: str) -> Worksheet:
    """Add a sheet with each source by its number: publisher, dates, title, page, link."""
    sheet = _sheet(book, SOURCES_TITLE[lang], _SOURCE_HEAD[lang])
    for row, (number, source) in enumerate(notes.references(), 2):
        sheet.cell(row, 1, number).alignment = _TOP
        title = source.title or (source.id if not source.publisher else "")
        texts = (source.publisher, source.published, title, source.page, source.url)
        for place, text in enumerate((*texts, source.accessed), 2):
            if text:
                _write(sheet.cell(row, place), text)
        if (address := link(source.url)) and row <= MAX_LINKS:
            sheet.cell(row, 6).hyperlink = address
            sheet.cell(row, 6).font = _LINK
    if not notes.references():
        _write(sheet.cell(2, 2), NO_SOURCES[lang])
    _fit(sheet)
    return sheet


def add_facts(book: Workbook, facts: Sequence[Fact], lang: str, name: str = "") -> Worksheet:
    """Add a sheet with facts about the answer, a name and a value a row; `name` is the sheet's."""
    sheet = _new(book, name or ABOUT_TITLE[lang])
    for row, (name, value) in enumerate(facts, 1):
        _write(sheet.cell(row, 1), name)
        sheet.cell(row, 1).font = _BOLD
        _write(sheet.cell(row, 2), value)
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 100
    for row, (_name, value) in enumerate(facts, 1):
        high = sum(_lines(line, 100) for line in value.split("\n"))
        sheet.row_dimensions[row].height = min(high * LINE, TALLEST)
    return sheet


def workbook_bytes(book: Workbook) -> bytes:
    """Return the workbook as the content of a file."""
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _new(book: Workbook, name: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(_NOT_IN_NAMES.sub(" ", clean(name)).strip()[:31] or None)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    return sheet


def _sheet(book: Workbook, name: str, titles: Sequence[str]) -> Worksheet:
    sheet = _new(book, name)
    for place, title in enumerate(titles, 1):
        cell = sheet.cell(1, place)
        _write(cell, title)
        cell.font, cell.fill = _BOLD, _HEAD
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    return sheet


def _write(cell: Any, text: str) -> None:
    """Write `text` as text; what a spreadsheet would take for a formula stays text when edited."""
    kept = _NOT_IN_XML.sub("", clean(text))
    assert isinstance(cell, Cell)  # noqa: S101 (no sheet here merges cells)
    cell.value = kept if len(kept) <= MAX_TEXT else f"{kept[: MAX_TEXT - 2]} …"
    cell.data_type = "s"
    cell.alignment = _TEXT
    if kept.startswith(_FORMULA):
        cell.quotePrefix = True


def _fit(sheet: Worksheet) -> None:
    """Make each column as wide as its longest line and each row as high as its text, within limits.

    Heights are reckoned because not every program finds them for itself.
    """
    rows = [[str(value or "").split("\n") for value in row] for row in sheet.values]
    widths = [
        min(max(NARROWEST, *(len(line) + 2 for cell in column for line in cell)), WIDEST)
        for column in zip(*rows, strict=True)
    ]
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(rows, 1):
        high = max(
            sum(_lines(line, width) for line in cell)
            for cell, width in zip(row, widths, strict=True)
        )
        if high > 1:
            sheet.row_dimensions[number].height = min(high * LINE, TALLEST)


def _lines(text: str, width: int) -> int:
    """Return how many lines `text` takes in a column; an address is never broken."""
    if link(text):
        return 1
    return max(1, -(-len(text) // (width - 2)))
