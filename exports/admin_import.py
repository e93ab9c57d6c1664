"""The whole graph as CSV files for `neo4j-admin database import`, with the command that reads them.

It fills a new database of a stopped server. A list that is empty, or of one blank text, has no
place in such files: the property is left out.
"""

from __future__ import annotations

import csv
import shlex
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from vinculos.exports.contents import Contents
from vinculos.exports.text import DATES

COMMAND = "import.sh"
DELIMITER = "\x1f"
"""Between the elements of a list: the unit separator of ASCII, which no text of ours holds."""
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}
Columns = dict[str, str]


def write_admin_import(contents: Contents, folder: Path) -> list[Path]:
    """Write the files into `folder`, which is there and empty; return them, the command first.

    Raises:
        EngineError: the graph cannot be read.
    """
    nodes: defaultdict[str, Columns] = defaultdict(dict)
    edges: defaultdict[tuple[str, str, str], Columns] = defaultdict(dict)
    # Once through for what the columns are, once to fill them: nothing is held in between.
    for node in contents.nodes():
        _note(nodes[node.label], node.properties)
    for edge in contents.edges():
        _note(edges[edge.type, edge.start[0], edge.end[0]], _with_id(edge.id, edge.properties))
    written: list[Path] = []
    with _Files(folder, written) as files:
        for label, columns in nodes.items():
            files.begin(label, [f"id:ID({label})", *_titles(columns), ":LABEL"])
        for (kind, start, end), columns in edges.items():
            head = [f":START_ID({start})", *_titles(columns), f":END_ID({end})", ":TYPE"]
            files.begin(_name(kind, start, end), head)
        for node in contents.nodes():
            values = _values(nodes[node.label], node.properties)
            files.row(node.label, [node.id, *values, DELIMITER.join((node.label, *node.roles))])
        for edge in contents.edges():
            group = (edge.type, edge.start[0], edge.end[0])
            values = _values(edges[group], _with_id(edge.id, edge.properties))
            files.row(_name(*group), [edge.start[1], *values, edge.end[1], edge.type])
    command = folder / COMMAND
    command.write_text(_command(nodes, edges), "utf-8")
    return [command, *written]


class _Files:
    """CSV files that are open at once, by name."""

    def __init__(self, folder: Path, written: list[Path]) -> None:
        self._folder, self._written = folder, written
        self._open: dict[str, TextIO] = {}

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *failure: object) -> None:
        for file in self._open.values():
            file.close()

    def begin(self, name: str, head: Iterable[str]) -> None:
        path = self._folder / f"{name}.csv"
        self._open[name] = path.open("w", encoding="utf-8", newline="")
        self._written.append(path)
        self.row(name, head)

    def row(self, name: str, cells: Iterable[str]) -> None:
        csv.writer(self._open[name], lineterminator="\n").writerow(cells)


def _note(columns: Columns, properties: Mapping[str, Any]) -> None:
    for name, value in properties.items():
        kind = _type(name, value)
        if kind and columns.get(name) in (None, "long"):
            columns[name] = kind


def _type(name: str, value: Any) -> str:
    """Return the type of a value in a header, nothing for one that no file can hold."""
    if name in DATES:
        return "date"
    if isinstance(value, list):
        return f"{_TYPES[type(value[0])]}[]" if value else ""
    return _TYPES.get(type(value), "")


def _titles(columns: Columns) -> list[str]:
    return [f"{name}:{kind}" for name, kind in columns.items()]


def _values(columns: Columns, properties: Mapping[str, Any]) -> list[str]:
    return [_cell(properties.get(name)) for name in columns]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return DELIMITER.join(map(_cell, value))
    return str(value).lower() if isinstance(value, bool) else str(value)


def _with_id(id: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": id, **properties} if id else dict(properties)


def _name(kind: str, start: str, end: str) -> str:
    return f"{start}-{kind}-{end}"


def _command(nodes: Iterable[str], edges: Iterable[tuple[str, str, str]]) -> str:
    """Return a script that imports the files into the database that is its argument."""
    given = [
        *(f"--nodes={label}.csv" for label in nodes),
        *(f"--relationships={_name(*group)}.csv" for group in edges),
    ]
    lines = [
        # The database stands first: what follows files is taken for one more of them.
        'neo4j-admin database import full "${1:-neo4j}"',
        "--array-delimiter=U+001F",
        "--multiline-fields=true",
        *map(shlex.quote, given),
    ]
    return (
        "#!/bin/sh\n"
        "# Fills a new database; the server must be stopped, and the database empty.\n"
        'cd "$(dirname "$0")" || exit 1\n' + " \\\n  ".join(lines) + "\n"
    )
