"""FollowTheMoney entities as JSON lines: one entity a line, each a row of its properties."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from vinculos.language import gettext as _
from vinculos.loaders.csv_file import hash_text
from vinculos.loaders.ftm_schema import PLACED
from vinculos.loaders.json_file import Number, value_text
from vinculos.loaders.json_lines import parse_line, record_lines
from vinculos.loaders.rows import Problem, RawRow, Source, TableFile, fault, label

FTM = "ftm"
"""The name of the format, and of the shape of its rows."""
SUFFIXES = (".ftm.json", ".ftm.jsonl", ".ftm.ndjson", ".ftm.ijson")
ID, SCHEMA, DATASETS, DAY, CAPTION = "@id", "@schema", "@datasets", "@last_seen", "@caption"
ENTITIES = (ID,)
"""The header of a sheet of entities, which names none of their properties."""
_DAYS = ("last_change", "last_seen")


@dataclass(frozen=True)
class Entity:
    """One entity: its id, schema and properties, and what the file says of where it comes from.

    `datasets` are those that it is part of, `day` is the last on which they had it, `caption` the
    name that they show, '' where the file does not say.
    """

    id: str
    schema: str
    properties: Mapping[str, tuple[str, ...]]
    datasets: tuple[str, ...] = ()
    day: str = ""
    caption: str = ""


def is_ftm(path: PurePath) -> bool:
    """Return whether a file's name says that it holds entities."""
    return path.name.lower().endswith(SUFFIXES)


def stem_of(path: PurePath) -> str:
    """Return a file's name without the suffix that says that it holds entities."""
    suffix = next((s for s in SUFFIXES if path.name.lower().endswith(s)), path.suffix)
    return path.name[: len(path.name) - len(suffix)]


def open_ftm(source: Source, encoding: str = "utf-8") -> TableFile:
    """Return the entities of a file as rows; `entity` makes an entity of one again.

    Raises:
        InputError: the file cannot be read or is in another encoding.
    """
    sha256 = hash_text(source, encoding)
    return TableFile(
        source.name, source.stem, sha256, None, lambda: _rows(source, encoding), shape=FTM
    )


def entity(row: RawRow) -> Entity:
    """Return the entity that a row of a file holds."""
    cells = row.cells
    return Entity(
        cells[ID],
        cells[SCHEMA],
        {name: tuple(json.loads(text)) for name, text in cells.items() if not name.startswith("@")},
        tuple(json.loads(cells.get(DATASETS, "[]"))),
        cells.get(DAY, ""),
        cells.get(CAPTION, ""),
    )


def as_json(cells: Mapping[str, str], hidden: Collection[str] = ()) -> dict[str, Any]:
    """Return the entity of a row as it stood in its file.

    Args:
        cells: of the row.
        hidden: properties that are left out.
    """
    said: dict[str, Any] = {name[1:]: cells[name] for name in (ID, SCHEMA, DAY) if name in cells}
    if DATASETS in cells:
        said[DATASETS[1:]] = json.loads(cells[DATASETS])
    said["properties"] = {
        name: json.loads(text)
        for name, text in cells.items()
        if not name.startswith("@") and name not in hidden
    }
    return said


def _rows(source: Source, encoding: str) -> Iterator[RawRow | Problem]:
    for found in record_lines(source, encoding):
        if isinstance(found, Problem):
            yield found
            continue
        line, text = found
        reading = _Reading()
        reading.line(text)
        problems = tuple(
            Problem(source.name, line, label(column), "", message)
            for column, message in reading.problems
        )
        yield RawRow(source.name, line, reading.cells, problems)


def _nested() -> str:
    return _(
        "a value holds a whole entity or a list; load the file of entities (entities.ftm.json), "
        "not one in which they are nested"
    )


class _Pairs(list[tuple[str, Any]]):
    """An object of JSON: told from a list, and with its names as often as they stand there."""


class _Reading:
    """The cells of one line, and what is wrong with it."""

    def __init__(self) -> None:
        self.cells: dict[str, str] = {}
        self.problems: list[tuple[str, str]] = []

    def line(self, text: str) -> None:
        try:
            read = parse_line(text, _Pairs)
        except ValueError as error:
            self.problems.append(("", _("this line is no JSON: {reason}").format(reason=error)))
            return
        if not isinstance(read, _Pairs):
            message = _("an entity is an object with id, schema and properties, one a line")
            self.problems.append(("", message))
            return
        given = self._once(read)
        if "prop" in given and "canonical_id" in given:
            message = _(
                "this is a statement, not an entity; aggregate statements to entities first"
            )
            self.problems.append(("", message))
            return
        for name in (ID, SCHEMA):
            self._head(name, given.get(name[1:]))
        for name in _DAYS:
            self._said(DAY, given.get(name))
        self._said(CAPTION, given.get(CAPTION[1:]))
        self._list(DATASETS, DATASETS[1:], given.get("datasets", given.get("dataset", [])))
        properties = given.get("properties", _Pairs())
        if not isinstance(properties, _Pairs):
            self.problems.append(("properties", _("the properties are an object of lists")))
            return
        for name, values in self._once(properties).items():
            self._list(name, name, values)

    def _once(self, pairs: _Pairs) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            self.problems.append((twice, _("the entity names this twice")))
        if bad := next((name for name in found if fault(name)), None):
            self.problems.append(("", fault(bad)))
            return {}
        return found

    def _head(self, name: str, value: Any) -> None:
        text = value.strip() if isinstance(value, str) and not isinstance(value, Number) else ""
        if reason := fault(text) or ("" if text else _("this is missing, or is no text")):
            self.problems.append((name[1:], reason))
        else:
            self.cells[name] = text

    def _said(self, name: str, value: Any) -> None:
        if isinstance(value, str) and value and not fault(value):
            self.cells[name] = value.strip()

    def _list(self, cell: str, name: str, values: Any) -> None:
        texts, reason = [], ""
        for value in values if type(values) is list else [values]:
            try:
                text = value_text(value).strip() if not isinstance(value, list) else None
            except ValueError as error:
                self.problems.append((name, str(error)))
                return
            if text is None or ((reason := fault(text)) and name in PLACED):
                self.problems.append((name, _nested() if text is None else reason))
                return
            if reason:
                # It has no place in the graph anyway, and counts as one value all the same.
                text = f"({reason})"
            if text:
                texts.append(text)
        if texts:
            self.cells[cell] = json.dumps(list(dict.fromkeys(texts)), ensure_ascii=False)
