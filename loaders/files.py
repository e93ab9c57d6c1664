"""Rows of input files, each with its file and line, and the problems found on the way."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vinculos.errors import InputError

DELIMITERS = (",", ";", "\t")
MAX_CELL = 200_000
"""The longest cell, in characters, that is taken for data and not for a quote never closed."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a row cannot be loaded: where it stands, what stands there, what to do."""

    file: str
    line: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        column = f", column {self.column}" if self.column else ""
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "…"
        value = f" ({shown!r})" if shown else ""
        return f"{place}{column}{value}: {self.message}"


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as the file has it; `cells` maps the header's names to text."""

    file: str
    line: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file read whole: its name, its hash, its header and its rows."""

    name: str
    sha256: str
    header: tuple[str, ...]
    rows: list[RawRow]
    problems: list[Problem]


def read_csv(path: Path, encoding: str = "utf-8") -> InputFile:
    """Return the rows of a CSV file.

    Args:
        path: the file, with a header line; `,`, `;` or tab between the cells.
        encoding: the file's encoding; a UTF-8 byte order mark is skipped.

    Raises:
        InputError: the file cannot be read or is in another encoding.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.", "Check the name and its permissions."
        ) from error
    try:
        text = data.decode("utf-8-sig" if encoding.lower() in ("utf-8", "utf8") else encoding)
    except LookupError:
        raise InputError(
            f"There is no encoding {encoding!r}.", "Try --encoding cp1252 or --encoding utf-16."
        ) from None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            f"{path.name} is not {encoding} text (line {line}).",
            "Save it as UTF-8, or name its encoding, often --encoding cp1252 from Excel "
            "or --encoding utf-16.",
        ) from None
    problems: list[Problem] = []
    lines = _parse(path.name, text, problems)
    header = _header(path.name, lines, problems)
    rows = list(_rows(path.name, header, lines, problems)) if header else []
    return InputFile(path.name, hashlib.sha256(data).hexdigest(), header, rows, problems)


def _parse(name: str, text: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row that is not blank, with the line it starts on."""
    first = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    previous_limit = csv.field_size_limit(MAX_CELL)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        reason = str(error)
        if "unexpected end" in reason or "field larger" in reason:
            reason = "a quotation mark is opened and never closed"
        problems.append(Problem(name, line, "", "", f"{reason}; nothing after this line was read"))
    finally:
        csv.field_size_limit(previous_limit)


def _header(
    name: str, lines: Iterator[tuple[int, list[str]]], problems: list[Problem]
) -> tuple[str, ...]:
    line, cells = next(lines, (1, []))
    header = tuple(cell.strip() for cell in cells)
    if not header:
        problems.append(Problem(name, 1, "", "", "the file has no header line"))
    for position, column in enumerate(header):
        if column and column in header[:position]:
            problems.append(Problem(name, line, column, "", "the header names this column twice"))
            return ()
    return header


def _rows(
    name: str,
    header: tuple[str, ...],
    lines: Iterator[tuple[int, list[str]]],
    problems: list[Problem],
) -> Iterator[RawRow]:
    for line, cells in lines:
        extra = [cell for cell in cells[len(header) :] if cell.strip()]
        if extra or len(cells) < len(header):
            problems.append(
                Problem(
                    name,
                    line,
                    "",
                    "",
                    f"the row has {len(cells)} cells where the header has {len(header)}; "
                    "a cell that holds the separator needs quotation marks",
                )
            )
            continue
        if bad := next((h for h, c in zip(header, cells, strict=False) if "\0" in c), None):
            problems.append(Problem(name, line, bad, "", "the cell holds a NUL character"))
            continue
        pairs = zip(header, cells, strict=False)
        yield RawRow(name, line, {column: cell.strip() for column, cell in pairs if column})
