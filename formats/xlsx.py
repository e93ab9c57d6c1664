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
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from vinculos.errors import UsageError
from vinculos.formats.cells import Footnotes, clean
from vinculos.formats.safe import link
from vinculos.formats.table import ABOUT_TITLE, SOURCES_TITLE, Fact, Row, Table, is_number
from vinculos.language import gettext as _

Value = str | int | float | None
"""What stands in a cell."""

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
    """Return a workbook without a sheet, whose sheets are written row by row."""
    book = Workbook(write_only=True)
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
    rows = [_values(table, row, notes) for row in table.rows]
    return _sheet(book, name, table.titles(), rows)


def add_sources(book: Workbook, notes: Footnotes, lang: str) -> Worksheet:
    """Add a sheet with each source by its number: publisher, dates, title, page, link."""
    rows: list[Sequence[Value]] = []
    for number, source in notes.references():
        title = source.title or (source.id if not source.publisher else "")
        said = (source.publisher, source.published, title, source.page, source.url)
        rows.append((number, *map(_text, (*said, source.accessed))))
    if not rows:
        rows.append((None, NO_SOURCES[lang]))
    return _sheet(book, SOURCES_TITLE[lang], _SOURCE_HEAD[lang], rows, linked=5)


def add_facts(book: Workbook, facts: Sequence[Fact], lang: str, name: str = "") -> Worksheet:
    """Add a sheet with facts about the answer, a name and a value a row; `name` is the sheet's."""
    sheet = _new(book, name or ABOUT_TITLE[lang])
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 100
    pens = _Pens(sheet)
    for row, (name, value) in enumerate(facts, 1):
        high = sum(_lines(line, 100) for line in value.split("\n"))
        sheet.row_dimensions[row].height = min(high * LINE, TALLEST)
        sheet.append([pens.own(_text(name), _BOLD), pens.own(_text(value))])
    return sheet


def workbook_bytes(book: Workbook) -> bytes:
    """Return the workbook as the content of a file."""
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


class _Pens:
    """What writes values into cells of one sheet.

    In a sheet that is written row by row, one cell can stand for all that look alike: making and
    styling one takes several times as long as writing it.
    """

    def __init__(self, sheet: Worksheet) -> None:
        self._sheet = sheet
        self._number = self._cell(_TOP)
        self._plain = self._cell(_TEXT)
        self._kept = self._cell(_TEXT)
        self._kept.quotePrefix = True
        self._link = self._cell(_TEXT)
        self._link.font = _LINK

    def own(self, value: str, font: Font | None = None, fill: PatternFill | None = None) -> Cell:
        """Return a cell of its own with a text, in its own font and colour."""
        cell = self._cell(_TEXT)
        cell.quotePrefix = value.startswith(_FORMULA)
        if font:
            cell.font = font
        if fill:
            cell.fill = fill
        return _filled(cell, value)

    def row(self, values: Iterable[Value]) -> Iterator[Cell | None]:
        """Yield a cell for each value; it is to be written before the next is taken."""
        for value in values:
            if value is None or value == "":
                yield None
            elif isinstance(value, str):
                # What a spreadsheet would take for a formula stays text when it is edited.
                pen = self._kept if value.startswith(_FORMULA) else self._plain
                yield _filled(pen, value)
            else:
                self._number.value = value
                yield self._number

    def linked(self, values: Sequence[Value], place: int) -> Iterator[Cell | None]:
        """Yield a cell for each value, the one at `place` as a link where it is an address."""
        for at, cell in enumerate(self.row(values)):
            if at == place and cell is not None and (address := link(str(values[at]))):
                cell = _filled(self._link, str(values[at]))
                cell.hyperlink = address
            yield cell

    def _cell(self, alignment: Alignment) -> Cell:
        cell = WriteOnlyCell(self._sheet)
        cell.alignment = alignment
        return cell


def _filled(cell: Cell, text: str) -> Cell:
    cell.value = text
    cell.data_type = "s"
    return cell


def _values(table: Table, row: Row, notes: Footnotes) -> list[Value]:
    """Return what stands in the cells of a row: numbers that the format keeps, and texts."""
    return [
        value
        if is_number(value := row.get(key)) and -EXACT <= (value or 0) <= EXACT
        else _text(text)
        for key, text in zip(table.keys, table.cells(row, notes), strict=True)
    ]


def _text(text: str) -> str:
    """Return a text as a cell can hold it."""
    kept = _NOT_IN_XML.sub("", clean(text))
    return kept if len(kept) <= MAX_TEXT else f"{kept[: MAX_TEXT - 2]} …"


def _new(book: Workbook, name: str) -> Worksheet:
    sheet: Worksheet = book.create_sheet(_NOT_IN_NAMES.sub(" ", clean(name)).strip()[:31] or None)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    return sheet


def _sheet(
    book: Workbook,
    name: str,
    titles: Sequence[str],
    rows: Sequence[Sequence[Value]],
    linked: int | None = None,
) -> Worksheet:
    """Add a sheet with titles and rows; in the column `linked`, from 0, addresses are links."""
    sheet = _new(book, name)
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    head = [_text(title) for title in titles]
    _fit(sheet, [head, *rows])
    pens = _Pens(sheet)
    sheet.append([pens.own(title, _BOLD, _HEAD) for title in head])
    for number, row in enumerate(rows, 2):
        is_linked = linked is not None and number <= MAX_LINKS
        # The library takes the generator; its stubs ask for the class of one.
        written: Any = pens.linked(row, linked or 0) if is_linked else pens.row(row)
        sheet.append(written)
    return sheet


def _fit(sheet: Worksheet, rows: Sequence[Sequence[Value]]) -> None:
    """Make each column as wide as its longest line and each row as high as its text, within limits.

    Heights are reckoned because not every program finds them for itself.
    """
    widths = [NARROWEST] * len(rows[0])
    for row in rows:
        for place, value in enumerate(row):
            text = value if isinstance(value, str) else str(value or "")
            if widths[place] < len(text) + 2 and widths[place] < WIDEST:
                longest = max(map(len, text.split("\n"))) + 2
                widths[place] = min(max(widths[place], longest), WIDEST)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(rows, 1):
        high = 1
        for value, width in zip(row, widths, strict=False):
            if isinstance(value, str) and (len(value) > width - 2 or "\n" in value):
                high = max(high, sum(_lines(line, width) for line in value.split("\n")))
        if high > 1:
            sheet.row_dimensions[number].height = min(high * LINE, TALLEST)


def _lines(text: str, width: int) -> int:
    """Return how many lines `text` takes in a column; an address is never broken."""
    if len(text) <= width - 2 or link(text):
        return 1
    return -(-len(text) // (width - 2))
