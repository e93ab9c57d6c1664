"""The simple shape as one workbook with drop-downs and a sheet that explains."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from vinculos.loaders.simple_columns import SHAPES, Shape, SimpleColumn
from vinculos.loaders.simple_examples import example_rows
from vinculos.loaders.simple_template import TEXTS, choices, explain

ROWS = 5_000
"""Rows that have drop-downs."""

_BOLD = Font(name="Calibri", bold=True)
_NEEDED = PatternFill("solid", fgColor="FFE3B3")
_OTHER = PatternFill("solid", fgColor="E8E8E8")
_WRAP = Alignment(wrap_text=True, vertical="top")
_WIDTHS = (16, 28, 14, 80, 60)


def workbook_bytes(lang: str, *, rows: bool) -> bytes:
    """Return the workbook, with invented rows where `rows` is set.

    Args:
        lang: language of sheets, headers and words, `es` or `en`.
        rows: fill in the example.
    """
    book = Workbook()
    first = book.active
    if first is not None:
        book.remove(first)
    lists: dict[tuple[str, ...], str] = {}
    for shape in SHAPES:
        _fill(book.create_sheet(shape.name(lang)), shape, lang, lists, rows=rows)
    _explain(book.create_sheet(str(TEXTS[lang]["title"])), lang)
    _words(book.create_sheet(str(TEXTS[lang]["words_sheet"])), lists)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(
    sheet: Worksheet, shape: Shape, lang: str, lists: dict[tuple[str, ...], str], *, rows: bool
) -> None:
    for number, column in enumerate(shape.columns, 1):
        letter = get_column_letter(number)
        cell = sheet.cell(1, number, column.header(lang))
        cell.font, cell.alignment = _BOLD, _WRAP
        cell.fill = _NEEDED if column.required else _OTHER
        dimension = sheet.column_dimensions[letter]
        dimension.width = _width(column, lang)
        # Text, dates too: a spreadsheet would turn 2025-01 into a day and 2025 into one of 1905.
        dimension.number_format = "@"
        offered = tuple(choices(column, lang))
        if validation := _validation(column, offered, lang, lists):
            validation.add(f"{letter}2:{letter}{ROWS + 1}")
            sheet.add_data_validation(validation)
    for row, cells in enumerate(example_rows(shape, lang) if rows else (), 2):
        for number, text in enumerate(cells, 1):
            if text:
                sheet.cell(row, number, text).number_format = "@"
    sheet.freeze_panes = "B2"
    sheet.row_dimensions[1].height = 32


def _width(column: SimpleColumn, lang: str) -> int:
    if column.key in ("name", "detainee", "because_of", "link", "title", "summary"):
        return 32
    longest = max((len(text) for text in choices(column, lang)), default=0)
    return min(max(17, longest + 4, len(column.header(lang)) // 2 + 6), 34)


def _validation(
    column: SimpleColumn, offered: tuple[str, ...], lang: str, lists: dict[tuple[str, ...], str]
) -> DataValidation | None:
    """Return the drop-down of a column, or the hint that a date shows when it is chosen."""
    if offered:
        if offered not in lists:
            letter = get_column_letter(len(lists) + 1)
            words = TEXTS[lang]["words_sheet"]
            lists[offered] = f"'{words}'!${letter}$1:${letter}${len(offered)}"
        # A warning and no stop: words such as `son` are known too.
        return DataValidation(
            type="list", formula1=lists[offered], allow_blank=True, errorStyle="warning"
        )
    if column.kind == "date":
        return DataValidation(
            allow_blank=True,
            showInputMessage=True,
            promptTitle=column.header(lang)[:32],
            prompt=str(TEXTS[lang]["date"]),
        )
    return None


def _explain(sheet: Worksheet, lang: str) -> None:
    texts = TEXTS[lang]
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    for number, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.append([texts["title"]])
    sheet["A1"].font = Font(name="Calibri", bold=True, size=14)
    for line in texts["intro"]:
        sheet.append([_plain(line)])
        sheet.merge_cells(
            start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=5
        )
        sheet.cell(sheet.max_row, 1).alignment = _WRAP
        sheet.row_dimensions[sheet.max_row].height = 16 * (1 + len(line) // 170)
    for shape in SHAPES:
        sheet.append([])
        sheet.append([f"{shape.name(lang)}: {shape.what(lang)}."])
        sheet.cell(sheet.max_row, 1).font = _BOLD
        sheet.append(list(texts["head"]))
        for cell in sheet[sheet.max_row]:
            cell.font, cell.fill = _BOLD, _OTHER
        for row in explain(shape, lang):
            sheet.append([_plain(text) for text in row])
            for cell in sheet[sheet.max_row]:
                cell.alignment = _WRAP
            lines = max(len(row[3]) // 78, len(row[4]) // 56) + 1
            sheet.row_dimensions[sheet.max_row].height = 15 * lines


def _plain(text: str) -> str:
    return text.replace("`", '"')


def _words(sheet: Worksheet, lists: dict[tuple[str, ...], str]) -> None:
    """Write each list into the column that its drop-downs read."""
    for number, offered in enumerate(lists, 1):
        sheet.column_dimensions[get_column_letter(number)].width = 30
        for row, text in enumerate(offered, 1):
            sheet.cell(row, number, text)
