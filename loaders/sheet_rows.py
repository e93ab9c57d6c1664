"""From the cells of a spreadsheet to rows of text: header, merged cells, what cannot be used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from vinculos.language import gettext as _
from vinculos.loaders.csv_file import doubled
from vinculos.loaders.rows import Problem, RawRow, fault

MAX_ROWS = 1_048_576
"""Rows of the largest sheet that any program writes."""
MAX_COLUMNS = 16_384
_RANGE = re.compile(r"([A-Z]{1,3})(\d{1,7})(?::([A-Z]{1,3})(\d{1,7}))?")


class Cell(NamedTuple):
    """A cell as text, or why it cannot be used."""

    text: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """A range of merged cells; rows and columns count from 1."""

    name: str
    top: int
    left: int
    bottom: int
    right: int


def formula() -> str:
    """Return why a cell with a formula cannot be used."""
    return _("the cell holds a formula; paste its value instead (paste special, values)")


def merge_of(name: str) -> Merge | None:
    """Return the range that a name such as `A2:B3` stands for, None for a single cell."""
    match = _RANGE.fullmatch(name)
    if not match or not match[3]:
        return None
    left, right = (_column(letters) for letters in (match[1], match[3]))
    return Merge(name, int(match[2]), left, int(match[4]), right)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_name(number: int) -> str:
    """Return the letters of a column, counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def sheet_header(rows: Iterable[tuple[int, list[Cell]]]) -> tuple[str, ...]:
    """Return the columns of a sheet: its first row that is not blank."""
    for _number, cells in rows:
        if any(cell.text or cell.problem for cell in cells):
            header = [cell.text.strip() for cell in cells]
            while header and not header[-1]:
                header.pop()
            return tuple(header)
    return ()


def sheet_rows(
    name: str, rows: Iterable[tuple[int, list[Cell]]], merges: list[Merge]
) -> Iterator[RawRow | Problem]:
    """Yield the rows of a sheet below its header.

    Args:
        name: the sheet, as messages call it.
        rows: the number of each row and its cells.
        merges: the merged cells of the sheet.
    """
    header: tuple[str, ...] = ()
    for number, cells in rows:
        if not any(cell.text or cell.problem for cell in cells):
            continue
        if header:
            yield _row(name, header, number, cells, merges)
            continue
        header = sheet_header([(number, cells)])
        bad = next((cell.problem for cell in cells if cell.problem), "")
        if not bad and (twice := doubled(header)):
            bad = _("the header names the column {column} twice").format(column=twice)
        if not bad and (merge := _touching(merges, number, len(header))):
            bad = _("the cells {range} of the header are merged").format(range=merge.name)
        if bad or not header:
            yield Problem(name, number, "", "", bad or _("there is no header"), whole=True)
            return
    if not header:
        yield Problem(name, 1, "", "", _("the file has no header line"), whole=True)


def _touching(merges: list[Merge], number: int, width: int) -> Merge | None:
    return next((m for m in merges if m.top <= number <= m.bottom and m.left <= width), None)


def _row(
    name: str, header: tuple[str, ...], number: int, cells: list[Cell], merges: list[Merge]
) -> RawRow:
    width = len(header)
    texts = {column: "" for column in header if column}
    problems = []
    for position, cell in enumerate(cells):
        column = header[position] if position < width else column_name(position + 1)
        text = cell.text.strip()
        if position < width and column:
            texts[column] = text
        if reason := cell.problem or fault(text):
            problems.append(Problem(name, number, column, "", reason))
    extra = tuple(cell.text.strip() for cell in cells[width:])
    if any(extra):
        message = _("the row has cells beyond the last column of the header")
        problems.append(Problem(name, number, "", "", message))
    if merge := _touching(merges, number, width):
        message = _("the cells {range} are merged; split them and fill in each")
        message = message.format(range=merge.name)
        problems.append(Problem(name, number, "", "", message))
    return RawRow(name, number, texts, tuple(problems), extra if any(extra) else ())
