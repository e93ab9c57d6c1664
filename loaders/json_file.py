"""JSON files: a list of records, or several by name."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import ijson

from vinculos.errors import InputError
from vinculos.language import gettext as _
from vinculos.loaders.csv_file import codec, hash_text, unreadable
from vinculos.loaders.rows import (
    MAX_CELL,
    RECORD,
    Problem,
    RawRow,
    Source,
    TableFile,
    fault,
    label,
    number_text,
)

MAX_DEPTH = 30


def nested() -> str:
    """Return why a value that holds others cannot be used."""
    return _("the value holds other objects or lists; write a text, a number or a list of them")


def no_object() -> str:
    """Return why a record that is no object cannot be used."""
    return _("a record is an object, such as {example}").format(example="{…}")


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
                        _("{file} is nested too deeply.").format(file=source.name),
                        _("Write a list of flat records for each table."),
                    )
                yield event, value
    except (ijson.JSONError, ValueError, SystemError) as error:
        # A number of thousands of digits leaves the library's C code as a SystemError.
        reason = str(error.__cause__ or error).strip().partition("\n")[0].partition(";")[0]
        raise InputError(
            _("{file} is not JSON: {reason}.").format(file=source.name, reason=label(reason)),
            _("Export it again; one record a line is --format jsonl."),
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
                said = _("{file}: {name} is no list of records; left out")
                notes.append(said.format(file=source.name, name=label(key)))
        first = False
        depth += event.startswith("start") - event.startswith("end")
    if not found:
        raise InputError(
            _("{file} holds no list of records.").format(file=source.name),
            _("Write {one}, or {several}.").format(
                one="[{…}, {…}]", several='{"people": [{…}, {…}]}'
            ),
        )
    return found, notes


@dataclass
class Record:
    """A record while it is read: its cells, and what is wrong with each by its name."""

    cells: dict[str, str] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    key: str = ""
    items: list[str] | None = None

    def start(self, key: str) -> None:
        """Begin the value called `key`."""
        self.key = key
        if key in self.cells:
            self.problems[key] = _("the record names this twice")
        self.cells.setdefault(key, "")

    def put(self, value: Any) -> None:
        """Take a value, or an item of a list."""
        try:
            text = value_text(value)
            if self.items is None:
                self.cells[self.key] = text.strip()
            elif ";" in text:
                raise ValueError(_("an item of the list holds a `;`"))
            elif len(self.items) <= MAX_CELL:
                self.items.append(text.strip())
        except ValueError as error:
            self.problems.setdefault(self.key, str(error))

    def end_list(self) -> None:
        """Join the items of a list."""
        if self.items is not None:
            self.cells[self.key] = ";".join(item for item in self.items if item)
        self.items = None

    def row(self, name: str, line: int, unit: str) -> RawRow:
        """Return the record as a row of a file."""
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
        raise ValueError(_("this is no number that can be written out")) from None


def _rows(
    source: Source, encoding: str, name: str, member: str | None
) -> Iterator[RawRow | Problem]:
    """Yield the records of the bare list of a file, or of the list called `member`."""
    level = 1 if member is None else 2
    depth = number = 0
    key, active = "", False
    record: Record | None = None
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
            record = Record()
            if event != "start_map":
                record.problems[""] = no_object()
                if not starts:
                    yield record.row(name, number, RECORD)
                    record = None
        elif record is not None and event == "map_key":
            if depth == level + 1:
                record.start(value)
        elif record is not None and event == "start_array" and depth == level + 1:
            record.items = []
        elif record is not None and starts:
            record.problems[record.key] = nested()
            record.items = None
        elif record is not None and depth <= level + 2:
            record.put(value)
        depth += starts
