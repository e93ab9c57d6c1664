"""Workbooks of Excel and its like, read row by row."""

from __future__ import annotations

import datetime
import re
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from typing import Any, BinaryIO

import openpyxl

from vinculos.errors import InputError
from vinculos.language import gettext as _
from vinculos.loaders.archive import broken, opened_archive, sha256_of
from vinculos.loaders.rows import (
    Problem,
    RawRow,
    Source,
    TableFile,
    label,
    measured_text,
    whole_day,
)
from vinculos.loaders.sheet_rows import (
    MAX_COLUMNS,
    MAX_ROWS,
    Cell,
    Merge,
    formula,
    merge_of,
    sheet_header,
    sheet_rows,
)

_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]{0,200}?ref="([A-Z]+\d+:[A-Z]+\d+)"')
_CHUNK = 1 << 20
MAX_MERGES = 10_000


def open_xlsx(source: Source) -> Iterator[TableFile]:
    """Yield the sheets of a workbook, each to be read before the next.

    Raises:
        InputError: it is broken, encrypted, or would unpack to too much.
    """
    sha256 = sha256_of(source.open)
    with source.open() as stream:
        with opened_archive(stream, source.name, streamed=_is_sheet):
            pass
        with closing(_workbook(stream, source.name)) as book:
            for sheet in book.worksheets:
                name = f"{source.name}/{label(sheet.title)}"
                hidden = _("{sheet} is hidden and was read all the same").format(sheet=name)
                yield TableFile(
                    name,
                    label(sheet.title),
                    sha256,
                    sheet_header(_cells(sheet, name)),
                    lambda sheet=sheet, name=name: _rows(sheet, name),  # type: ignore[misc]
                    (hidden,) if sheet.sheet_state != "visible" else (),
                )


def _is_sheet(member: str) -> bool:
    return "worksheets/" in member


def _workbook(stream: BinaryIO, name: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(stream, read_only=True, keep_links=False)
        # The library lets out whatever a hostile file makes it stumble over.
        except Exception as error:
            raise broken(name) from error


def _rows(sheet: Any, name: str) -> Iterator[RawRow | Problem]:
    return sheet_rows(name, _cells(sheet, name), _merges(sheet, name))


def _cells(sheet: Any, name: str) -> Iterator[tuple[int, list[Cell]]]:
    """Yield the number and the cells of each row."""
    sheet.reset_dimensions()
    rows = enumerate(sheet.iter_rows(), start=1)
    while True:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                number, row = next(rows)
            except StopIteration:
                return
            # As above: a cell may say anything of its type, style and place.
            except Exception as error:
                raise broken(name) from error
        if number > MAX_ROWS or len(row) > MAX_COLUMNS:
            raise InputError(
                _("{sheet} has more rows or columns than a sheet can have.").format(sheet=name),
                _("Save it as CSV."),
            )
        yield number, [_cell(cell) for cell in row]


def _cell(cell: Any) -> Cell:
    value, kind = cell.value, getattr(cell, "data_type", "n")
    if value is None:
        return Cell()
    if kind == "f":
        return Cell("", formula())
    if kind == "e":
        return Cell("", _("the cell holds the error {error}").format(error=value))
    try:
        return Cell(_text(value))
    except ValueError as error:
        return Cell("", str(error))


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.datetime):
        return whole_day(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, int | float):
        try:
            return measured_text(repr(value))
        except ValueError:
            raise ValueError(_("the cell holds a number that cannot be written out")) from None
    raise ValueError(_("the cell holds a time or a duration; write a date or a text"))


def _merges(sheet: Any, name: str) -> list[Merge]:
    """Return the merged cells, which stand in the sheet behind all its rows."""
    found: list[Merge] = []
    rest = b""
    try:
        # Read-only sheets do not tell them; their part of the archive does.
        with sheet.parent._archive.open(sheet._worksheet_path) as stream:
            while chunk := stream.read(_CHUNK):
                rest += chunk
                names = [match[1].decode() for match in _MERGE.finditer(rest)]
                found += [merge for text in names if (merge := merge_of(text))]
                rest = rest[-400:] if not names else b""
                if len(found) > MAX_MERGES:
                    raise InputError(
                        _("{sheet} has too many merged cells.").format(sheet=name),
                        _("Split them."),
                    )
    except (zipfile.BadZipFile, OSError, EOFError, KeyError) as error:
        raise broken(name) from error
    return list(dict.fromkeys(found))
