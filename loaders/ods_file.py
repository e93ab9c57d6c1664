"""Workbooks of LibreOffice and its like (OpenDocument), read row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from vinculos.language import gettext as _
from vinculos.loaders.archive import BROKEN, broken, opened_archive, sha256_of
from vinculos.loaders.rows import (
    Problem,
    RawRow,
    Source,
    TableFile,
    day_text,
    label,
    measured_text,
)
from vinculos.loaders.sheet_rows import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    formula,
    sheet_header,
    sheet_rows,
)

CONTENT = "content.xml"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_BLANKS = {f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_MALFORMED = (ParseError, DefusedXmlException, *BROKEN)


def open_ods(source: Source) -> Iterator[TableFile]:
    """Yield the sheets of a workbook, each to be read before the next.

    Raises:
        InputError: it is broken, encrypted, or would unpack to too much.
    """
    sha256 = sha256_of(source.open)
    for position, title in enumerate(_titles(source)):
        name = f"{source.name}/{label(title)}"
        yield TableFile(
            name,
            label(title),
            sha256,
            sheet_header(_cells(source, position)),
            lambda position=position, name=name: _rows(source, position, name),  # type: ignore[misc]
        )


def _titles(source: Source) -> list[str]:
    return [
        element.get(f"{_TABLE}name", "")
        for event, element, depth in _parsed(source)
        if event == "start" and element.tag == f"{_TABLE}table" and depth == 1
    ]


def _parsed(source: Source) -> Iterator[tuple[str, Element, int]]:
    """Yield the starts and ends of elements, with how many tables each stands in."""
    depth = 0
    with (
        source.open() as stream,
        opened_archive(stream, source.name, streamed=lambda m: m == CONTENT) as archive,
    ):
        try:
            with archive.open(CONTENT) as content:
                for event, element in _events(content):
                    is_table = element.tag == f"{_TABLE}table"
                    depth += is_table and event == "start"
                    yield event, element, depth
                    depth -= is_table and event == "end"
                    if event == "end" and element.tag in (f"{_TABLE}table-row", f"{_TABLE}table"):
                        element.clear()
        except _MALFORMED as error:
            raise broken(source.name) from error


def _events(content: Any) -> Iterator[tuple[str, Element]]:
    yield from iterparse(content, events=("start", "end"))


def _rows(source: Source, position: int, name: str) -> Iterator[RawRow | Problem]:
    return sheet_rows(name, _cells(source, position), [])


def _cells(source: Source, position: int) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the number and the cells of each row of a sheet that is not blank."""
    table = -1
    number = 1
    owner: Element | None = None
    for event, element, depth in _parsed(source):
        if event == "start" and element.tag == f"{_TABLE}table" and depth == 1:
            table += 1
            owner = element
            if table > position:
                return
        elif event == "end" and table == position and element.tag == f"{_TABLE}table-row":
            repeated = _count(element, "number-rows-repeated", MAX_ROWS)
            cells = _row_cells(element) if depth == 1 else []
            for offset in range(repeated if cells else 0):
                if number + offset > MAX_ROWS:
                    return
                yield number + offset, cells
            number += repeated
            if owner is not None:
                # Emptied rows would pile up in their table.
                owner.clear()


def _count(element: Element, attribute: str, most: int) -> int:
    text = element.get(f"{_TABLE}{attribute}", "1")
    return min(int(text), most) if text.isdigit() and len(text) < 10 else 1


def _row_cells(row: Element) -> list[Cell]:
    """Return the cells of a row, without the blank ones at its end."""
    cells: list[Cell] = []
    blank = 0
    for element in row:
        if element.tag not in _CELLS:
            continue
        repeated = _count(element, "number-columns-repeated", MAX_COLUMNS)
        cell = _cell(element)
        if not cell.text and not cell.problem:
            blank += repeated
            continue
        if len(cells) + blank + repeated > MAX_COLUMNS:
            return [Cell("", _("the row has more columns than a sheet can have"))]
        cells += [Cell()] * blank + [cell] * repeated
        blank = 0
    return cells


def _cell(element: Element) -> Cell:
    if element.get(f"{_TABLE}formula"):
        return Cell("", formula())
    spans = ("number-columns-spanned", "number-rows-spanned")
    if any(_count(element, name, 2) > 1 for name in spans):
        return Cell("", _("the cell is merged with others; split it and fill in each"))
    kind = element.get(f"{_OFFICE}value-type", "")
    text = "\n".join(_paragraph(part) for part in element.findall(f"{_TEXT}p"))
    try:
        if kind == "date":
            return Cell(day_text(element.get(f"{_OFFICE}date-value", "")))
        if kind in ("float", "percentage", "currency"):
            return Cell(measured_text(element.get(f"{_OFFICE}value", "")))
        if kind == "boolean":
            return Cell(element.get(f"{_OFFICE}boolean-value", ""))
        if kind == "time":
            return Cell("", _("the cell holds a time or a duration; write a date or a text"))
        if text.startswith("#") and kind != "string":
            return Cell("", _("the cell holds the error {error}").format(error=text))
        return Cell(text or element.get(f"{_OFFICE}string-value", ""))
    except ValueError as error:
        if kind == "date":
            return Cell("", str(error))
        return Cell("", _("the cell holds a number that cannot be written out"))


def _paragraph(element: Element) -> str:
    """Return the text of a paragraph, of what is linked or styled in it too, but no comment."""
    parts = [element.text or ""]
    for child in element:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * min(_spaces(child), 1000))
        elif child.tag in _BLANKS:
            parts.append(_BLANKS[child.tag])
        elif child.tag in (f"{_TEXT}span", f"{_TEXT}a"):
            parts.append(_paragraph(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _spaces(element: Element) -> int:
    text = element.get(f"{_TEXT}c", "1")
    return int(text) if text.isdigit() and len(text) < 6 else 1
