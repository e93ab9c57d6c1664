"""JSON files (a list of records, or several by name) and JSON lines (one record a line)."""

from __future__ import annotations

import codecs
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import ijson

from vinculos.errors import InputError
from vinculos.loaders.csv_file import codec, hash_text, text_lines, unreadable
from vinculos.loaders.rows import (
    MAX_CELL,
    MAX_ROW,
    Problem,
    RawRow,
    Source,
    TableFile,
    fault,
    label,
    number_text,
)

MAX_DEPTH = 30
NESTED = "the value holds other objects or lists; write a text, a number or a list of them"
RECORD = "record"


class Number(str):
    """A number as the file writes it, not a text."""

    __slots__ = ()


def open_json(source: Source, encoding: str = "utf-8") -> tuple[list[TableFile], list[str]]:
    """Return the tables of a JSON file, and notes on the members that are none.

    A list of records is one table; an object is one for each of its members that is a list.

    Raises:
        InputError: the file cannot be read, is no JSON or holds no list.
    """
    sha256 = hash_text(source, encoding)
    members, notes = _members(source, encoding)

    def table(member: str | None) -> TableFile:
        name = source.name if member is None else f"{source.name}/{label(member)}"
        stem = source.stem if member is None else label(member)
        return TableFile(name, stem, sha256, None, lambda: _rows(source, encoding, name, member))

    return [table(member) for member in members], notes


def _events(source: Source, encoding: str) -> Iterator[tuple[str, Any]]:
    """Yield the events of a JSON file, none deeper than `MAX_DEPTH`."""
    depth = 0
    try:
        with source.open() as stream:
            for event, value in ijson.basic_parse(_as_utf8(stream, encoding)):
                depth += event.startswith("start") - event.startswith("end")
                if depth > MAX_DEPTH:
                    raise InputError(
                        f"{source.name} is nested too deeply.",
                        "Write a list of flat records for each table.",
                    )
                yield event, value
    except (ijson.JSONError, ValueError, SystemError) as error:
        # A number of thousands of digits leaves the library's C code as a SystemError.
        reason = str(error.__cause__ or error).strip().partition("\n")[0].partition(";")[0]
        raise InputError(
            f"{source.name} is not JSON: {label(reason)}.",
            "Export it again; one record a line is --format jsonl.",
        ) from None
    except OSError as error:
        raise unreadable(source.name, error) from error


def _as_utf8(stream: BinaryIO, encoding: str) -> Any:
    if codec(encoding) != "utf-8-sig":
        return codecs.EncodedFile(stream, "utf-8", encoding)
    if stream.read(3) != codecs.BOM_UTF8:
        stream.seek(0)
    return stream


def _members(source: Source, encoding: str) -> tuple[list[str | None], list[str]]:
    """Return the names of the lists in a file (None for a bare one), and notes on the rest."""
    found: list[str | None] = []
    notes = []
    depth, key, first = 0, "", True
    for event, value in _events(source, encoding):
        if first and event == "start_array":
            found.append(None)
        elif first and event != "start_map":
            break
        elif depth == 1 and event == "map_key" and found != [None]:
            key = value
        elif depth == 1 and found != [None] and event != "end_map":
            if event == "start_array" and key not in found:
                found.append(key)
            else:
                notes.append(f"{source.name}: {label(key)} is no list of records; left out")
        first = False
        depth += event.startswith("start") - event.startswith("end")
    if not found:
        raise InputError(
            f"{source.name} holds no list of records.",
            'Write [{…}, {…}], or {"people": [{…}, {…}]}.',
        )
    return found, notes


@dataclass
class _Record:
    """A record while it is read."""

    cells: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    key: str = ""
    items: list[str] | None = None

    def start(self, key: str) -> None:
        self.key = key
        if key in self.cells:
            self.problems[key] = "the record names this twice"
        self.cells.setdefault(key, "")

    def put(self, value: Any) -> None:
        try:
            text = value_text(value)
            if self.items is None:
                self.cells[self.key] = text.strip()
            elif ";" in text:
                raise ValueError("an item of the list holds a `;`")
            elif len(self.items) <= MAX_CELL:
                self.items.append(text.strip())
        except ValueError as error:
            self.problems.setdefault(self.key, str(error))

    def end_list(self) -> None:
        if self.items is not None:
            self.cells[self.key] = ";".join(item for item in self.items if item)
        self.items = None

    def row(self, name: str, line: int, unit: str) -> RawRow:
        for column, text in self.cells.items():
            if reason := fault(text) or fault(column):
                self.problems.setdefault(column, reason)
        cells = {column: text for column, text in self.cells.items() if column}
        found = tuple(
            Problem(name, line, label(column), "", message, unit=unit)
            for column, message in self.problems.items()
        )
        return RawRow(name, line, cells, found, unit=unit)


def value_text(value: Any) -> str:
    """Return a scalar of JSON as a CSV file would have it.

    Raises:
        ValueError: it is none.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and not isinstance(value, Number):
        return value
    try:
        return number_text(str(value))
    except ValueError:
        raise ValueError("this is no number that can be written out") from None


def _rows(
    source: Source, encoding: str, name: str, member: str | None
) -> Iterator[RawRow | Problem]:
    """Yield the records of the bare list of a file, or of the list called `member`."""
    level = 1 if member is None else 2
    depth = number = 0
    key, active = "", False
    record: _Record | None = None
    for event, value in _events(source, encoding):
        if event.startswith("end"):
            if active and depth == level:
                return
            if record is not None and depth == level + 2:
                record.end_list()
            elif record is not None and depth == level + 1:
                yield record.row(name, number, RECORD)
                record = None
            depth -= 1
            continue
        starts = event.startswith("start")
        if not active:
            if event == "map_key" and depth == 1:
                key = value
            active = event == "start_array" and depth == level - 1 and member in (None, key)
        elif depth == level:
            number += 1
            record = _Record()
            if event != "start_map":
                record.problems[""] = "a record is an object, such as {…}"
                if not starts:
                    yield record.row(name, number, RECORD)
                    record = None
        elif record is not None and event == "map_key":
            if depth == level + 1:
                record.start(value)
        elif record is not None and event == "start_array" and depth == level + 1:
            record.items = []
        elif record is not None and starts:
            record.problems[record.key] = NESTED
            record.items = None
        elif record is not None and depth <= level + 2:
            record.put(value)
        depth += starts


def open_jsonl(source: Source, encoding: str = "utf-8") -> TableFile:
    """Return the table of a file with one JSON record a line.

    Raises:
        InputError: the file cannot be read or is in another encoding.
    """
    sha256 = hash_text(source, encoding)
    return TableFile(source.name, source.stem, sha256, None, lambda: _lines(source, encoding))


def _lines(source: Source, encoding: str) -> Iterator[RawRow | Problem]:
    for found in record_lines(source, encoding):
        if isinstance(found, Problem):
            yield found
        else:
            line, text = found
            yield _line(text).row(source.name, line, "")


def record_lines(source: Source, encoding: str) -> Iterator[tuple[int, str] | Problem]:
    """Yield number and text of each line that is not blank; one that is too long is the last."""
    for line, text in enumerate(text_lines(source, encoding), start=1):
        if len(text) > MAX_ROW:
            message = f"the line is longer than {MAX_ROW:,} characters; nothing after it was read"
            yield Problem(source.name, line, "", "", message, whole=True)
            return
        if text.strip():
            yield line, text


def parse_line(text: str, of_pairs: Callable[[list[tuple[str, Any]]], Any]) -> Any:
    """Return what a line of JSON holds, numbers as they are written.

    Args:
        text: the line.
        of_pairs: makes an object of its names and values, in order, a name as often as it stands.

    Raises:
        ValueError: it is no JSON; the message says why.
    """
    try:
        return json.loads(
            text,
            object_pairs_hook=of_pairs,
            parse_int=Number,
            parse_float=Number,
            parse_constant=Number,
        )
    except RecursionError:
        raise ValueError("it is nested too deeply") from None


def _line(text: str) -> _Record:
    record = _Record()
    try:
        pairs = parse_line(text, list)
    except ValueError as error:
        record.problems[""] = f"this line is no JSON record: {error}"
        return record
    if not text.lstrip().startswith("{"):
        record.problems[""] = "a record is an object, such as {…}"
        return record
    for key, value in pairs:
        record.start(key)
        # An object within is a list of pairs here, which are tuples.
        if isinstance(value, list) and not any(isinstance(item, list | tuple) for item in value):
            record.items = []
            for item in value:
                record.put(item)
            record.end_list()
        elif isinstance(value, list):
            record.problems[key] = NESTED
        else:
            record.put(value)
    return record
