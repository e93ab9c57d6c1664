"""What every reader of files gives, whatever the format: tables of rows of text, and problems."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import BinaryIO

from vinculos.language import gettext as _

MAX_CELL = 200_000
"""The longest cell, in characters, that is taken for data and not for a quote never closed."""
MAX_ROW = 4_000_000
"""The most characters that the cells of one row hold together; more would fill the memory."""
RECORD = "record"
"""The unit of what stands in a list, on no line of its own."""
PROBLEM = "problem"
"""What says, in the files of rejected rows, what is wrong with one."""
PROBLEM_COLUMNS = {"en": PROBLEM, "es": "problema"}
"""What its column is called; a load passes over both."""
HALF = re.compile("[\ud800-\udfff]")
NUMBER = re.compile(r"([+-]?\d*(?:\.\d*)?)(?:[eE]([+-]?\d{1,3}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be loaded: where it stands, what stands there, what to do.

    `whole` marks a problem of the whole file: there is no row that could be set aside for it.
    `unit` says what `line` counts where it is not lines, such as `record`. `follows` marks one that
    is there only because of a problem in another row.
    """

    file: str
    line: int
    column: str
    value: str
    message: str
    whole: bool = False
    unit: str = ""
    follows: bool = False

    def __str__(self) -> str:
        place = self.file
        if self.line and self.unit == RECORD:
            place = _("{file}, record {number}").format(file=self.file, number=self.line)
        elif self.line:
            place = f"{self.file}:{self.line}"
        if self.column:
            place = _("{place}, column {column}").format(place=place, column=self.column)
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "…"
        value = f" ({shown!r})" if shown else ""
        return f"{place}{value}: {self.message}"


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as the file has it; `cells` maps the header's names to text without outer blanks.

    `problems` are why the row cannot be used; `extra` are its cells beyond the header, kept so
    that the row can be written out again; `unit` is as in `Problem`.
    """

    file: str
    line: int
    cells: dict[str, str]
    problems: tuple[Problem, ...] = ()
    extra: tuple[str, ...] = ()
    unit: str = ""

    def problem(self, column: str, message: str) -> Problem:
        """Return a problem of one column of this row, or of the row where `column` is blank."""
        text = self.cells.get(column, "")
        return Problem(self.file, self.line, column, text, message, unit=self.unit)


@dataclass(frozen=True, slots=True)
class TableFile:
    """One table of an input file: a CSV file, a sheet, a list of records.

    Attributes:
        name: as shown in problems and stored in claims, such as `cases.xlsx/people`.
        stem: what hints at the table: the file's stem, the sheet's or the list's name.
        sha256: the hash of the bytes of the file, or of the member of a zip file.
        header: the columns; None where each record names its own, empty where there is none.
        read: reads the rows, from the start at every call.
        notes: what the user should know if the table is used, such as that it is hidden.
        shape: what its rows are where they are no rows of a table: `ftm` for entities.
    """

    name: str
    stem: str
    sha256: str
    header: tuple[str, ...] | None
    read: Callable[[], Iterator[RawRow | Problem]] = field(repr=False)
    notes: tuple[str, ...] = ()
    shape: str = ""

    def rows(self) -> Iterator[RawRow | Problem]:
        """Yield the rows, a few in memory at a time; each call reads the file anew.

        A problem among them is one of the whole file; nothing follows it.

        Raises:
            InputError: the file is broken, or is not what it seems.
        """
        return self.read()


@dataclass(frozen=True)
class ReadFile:
    """A file or sheet that was read: its name, the hash of its bytes, how many rows it has."""

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True)
class Source:
    """Bytes that can be read more than once: a file, or the member of a zip file.

    `name` and `stem` are as in `TableFile`; `open` gives a new stream.
    """

    name: str
    stem: str
    open: Callable[[], BinaryIO] = field(repr=False)


def fault(text: str) -> str:
    """Return why the text of a cell cannot be used, or an empty string."""
    if "\0" in text:
        return _("the cell holds a NUL character")
    if len(text) > MAX_CELL:
        return _("the cell holds more than {most:,} characters").format(most=MAX_CELL)
    if not text.isascii() and HALF.search(text):
        return _("the cell holds half a character (a lone surrogate)")
    return ""


def label(text: str) -> str:
    """Return a name from inside a file so that it can be shown: printable, and not too long."""
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text)
    return shown if len(shown) <= 200 else shown[:199] + "…"


def number_text(text: str) -> str:
    """Return a number without exponent and without zeros that say nothing: `2.50` is `2.5`.

    Raises:
        ValueError: it is no number, or one that nobody writes out.
    """
    match = NUMBER.fullmatch(text) if len(text) <= 100 else None
    if not match or not any(char.isdigit() for char in match[1]):
        raise ValueError(text)
    if abs(int(match[2] or 0)) > 40:
        raise ValueError(text)
    plain = format(Decimal(text), "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain in ("-0", "") else plain


def measured_text(text: str) -> str:
    """Return a number of a spreadsheet as it shows it, with 15 digits: 2.2999999999999998 is 2.3.

    Raises:
        ValueError: it is no number.
    """
    plain = number_text(text)
    if len(plain) <= 15 or "." not in plain:
        return plain
    return number_text(format(float(plain), ".15g"))


def day_text(text: str) -> str:
    """Return the day of an ISO date or an ISO date and time at midnight.

    Raises:
        ValueError: the message says why it is not one day.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(_("the cell holds a date that is none")) from None
    return whole_day(moment)


def whole_day(moment: datetime) -> str:
    """Return the ISO date of a date cell.

    Raises:
        ValueError: it has a time of day.
    """
    if moment.time() != datetime.min.time():
        raise ValueError(
            _("the cell holds a date with a time of day; write the date alone, {day}").format(
                day=moment.date().isoformat()
            )
        )
    return date.isoformat(moment)[:10]
