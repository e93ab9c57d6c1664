"""CSV and tab-separated files, read line by line."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
import re
from collections.abc import Iterator

from vinculos.errors import InputError
from vinculos.graph.counts import fill
from vinculos.language import cause
from vinculos.language import gettext as _
from vinculos.loaders.rows import MAX_CELL, MAX_ROW, Problem, RawRow, Source, TableFile, fault

DELIMITERS = (",", ";", "\t")
CHUNK = 1 << 20


def open_csv(source: Source, encoding: str = "utf-8", delimiter: str = "") -> TableFile:
    """Return the table of a CSV file with a header line.

    Args:
        source: the file.
        encoding: its encoding; a UTF-8 byte order mark is skipped.
        delimiter: between the cells; where blank, that of `,` `;` tab which the header has most.

    Raises:
        InputError: the file cannot be read or is in another encoding.
    """
    sha256 = hash_text(source, encoding)
    start = next(_read(source, encoding, delimiter), None)
    header = start[1] if isinstance(start, tuple) else ()
    return TableFile(
        source.name, source.stem, sha256, header, lambda: _rows(source, encoding, delimiter)
    )


def hash_text(source: Source, encoding: str) -> str:
    """Return the SHA-256 hash of a text file, having seen that all of it is in `encoding`.

    Raises:
        InputError: it cannot be read, or a byte of it is not in that encoding.
    """
    try:
        io.TextIOWrapper(io.BytesIO(), encoding).close()
        decoder = codecs.getincrementaldecoder(codec(encoding))()
    except (LookupError, ValueError):
        raise InputError(
            _("There is no encoding {name!r}.").format(name=encoding),
            _("Try --encoding cp1252 or --encoding utf-16."),
        ) from None
    sha256 = hashlib.sha256()
    line = 1
    try:
        with source.open() as stream:
            while chunk := stream.read(CHUNK):
                sha256.update(chunk)
                decoder.decode(chunk)
                line += chunk.count(b"\n")
            decoder.decode(b"", final=True)
    except UnicodeError as error:
        if isinstance(error, UnicodeDecodeError):
            line += error.object.count(b"\n", 0, error.start)
        raise _other_encoding(source, encoding, line) from None
    except OSError as error:
        raise unreadable(source.name, error) from error
    return sha256.hexdigest()


def codec(encoding: str) -> str:
    """Return the name of the codec that skips the byte order mark where there may be one."""
    return "utf-8-sig" if encoding.lower() in ("utf-8", "utf8", "utf_8") else encoding


def unreadable(name: str, error: OSError) -> InputError:
    """Return the error for a file that the system does not let us read."""
    return InputError(
        _("{file} cannot be read: {reason}.").format(file=name, reason=cause(error)),
        _("Check the name and its permissions."),
    )


def text_lines(source: Source, encoding: str) -> Iterator[str]:
    """Yield the lines of a text file, one much too long for a row in pieces.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        with io.TextIOWrapper(source.open(), codec(encoding), newline="") as text:
            while line := text.readline(MAX_ROW + 1):
                yield line
    except UnicodeError:
        raise _other_encoding(source, encoding) from None
    except OSError as error:
        raise unreadable(source.name, error) from error


def _other_encoding(source: Source, encoding: str, line: int | None = None) -> InputError:
    said = _("{file} is not {encoding} text (line {line}).")
    if line is None:
        said = _("{file} is not {encoding} text.")
    return InputError(
        said.format(file=source.name, encoding=encoding, line=line),
        _(
            "Save it as UTF-8, or name its encoding, often --encoding cp1252 from Excel "
            "or --encoding utf-16."
        ),
    )


def _rows(source: Source, encoding: str, delimiter: str) -> Iterator[RawRow | Problem]:
    name = source.name
    lines = _read(source, encoding, delimiter)
    start = next(lines, None)
    if start is None or isinstance(start, Problem):
        yield start or Problem(name, 1, "", "", _("the file has no header line"), whole=True)
        return
    line, header = start
    if twice := doubled(header):
        message = _("the header names this column twice")
        yield Problem(name, line, twice, "", message, whole=True)
        return
    for row in lines:
        yield row if isinstance(row, Problem) else _row(name, header, *row)


def doubled(header: tuple[str, ...]) -> str:
    """Return the column that stands twice in a header, or an empty string."""
    seen: set[str] = set()
    for column in header:
        if column in seen:
            return column
        if column:
            seen.add(column)
    return ""


def _row(name: str, header: tuple[str, ...], line: int, cells: tuple[str, ...]) -> RawRow:
    width = len(header)
    texts = dict(zip(header, cells, strict=False))
    texts.pop("", None)
    if len(cells) == width and not fault("".join(cells)):
        # Nearly every row; what is wrong with none of its cells together is wrong with none.
        return RawRow(name, line, texts)
    extra = cells[width:] if any(cells[width:]) else ()
    problems = []
    if extra or len(cells) < width:
        message = fill(
            _(
                "the row has {cells:cell|cells} where the header has {width}; "
                "a cell that holds the separator needs quotation marks"
            ),
            cells=len(cells),
            width=width,
        )
        problems.append(Problem(name, line, "", "", message))
    problems.extend(
        Problem(name, line, column, "", message)
        for column, cell in texts.items()
        if (message := fault(cell))
    )
    return RawRow(name, line, texts, tuple(problems), extra)


def _read(
    source: Source, encoding: str, delimiter: str
) -> Iterator[tuple[int, tuple[str, ...]] | Problem]:
    """Yield the cells of each row that is not blank, with the line it starts on."""
    lines = _Lines(text_lines(source, encoding))
    reader = csv.reader(lines, delimiter=delimiter or _delimiter(source, encoding), strict=True)
    line = 1
    while True:
        previous_limit = csv.field_size_limit(MAX_CELL)
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Problem(source.name, line, "", "", _broken_off(error), whole=True)
            return
        finally:
            csv.field_size_limit(previous_limit)
        if cells is None:
            return
        stripped = tuple(cell.strip() for cell in cells)
        if any(stripped):
            yield line, stripped
        line = reader.line_num + 1
        lines.length = 0


def _broken_off(error: csv.Error) -> str:
    """Return why reading ends at a row, and that it does."""
    reason = str(error)
    if isinstance(error, _TooLong):
        said = _("the row is longer than {most:,} characters; nothing after this line was read")
        return said.format(most=MAX_ROW)
    if "unexpected end" in reason or "field larger" in reason:
        return _("a quotation mark is opened and never closed; nothing after this line was read")
    if expected := re.fullmatch("'(.)' expected after '(.)'", reason):
        said = _("{separator!r} expected after {quote!r}; nothing after this line was read")
        return said.format(separator=expected[1], quote=expected[2])
    return _("{reason}; nothing after this line was read").format(reason=reason)


class _TooLong(csv.Error):
    """A row that grows beyond all measure."""


class _Lines:
    """The lines of a file, as long as one row does not grow beyond all measure."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.length = 0
        """Characters since the row began."""

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self.lines)
        self.length += len(line)
        if self.length > MAX_ROW:
            raise _TooLong
        return line


def _delimiter(source: Source, encoding: str) -> str:
    """Return the separator that the first line with text has most."""
    lines = text_lines(source, encoding)
    first = next((text for line in lines if (text := line.strip("\r\n"))), "")
    return max(DELIMITERS, key=first.count)
