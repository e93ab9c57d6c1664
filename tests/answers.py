"""Answers of saved questions in the form in which tests write what they expect."""

from __future__ import annotations

import csv
import datetime
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vinculos.graph.lookup import resolve_id
from vinculos.graph.network import collect
from vinculos.graph.plain import plain
from vinculos.graph.store import Store
from vinculos.queries.ask import Question, run
from vinculos.queries.gated import apply
from vinculos.queries.gates import OPEN
from vinculos.queries.library import Query
from vinculos.queries.parameters import bind

TODAY = datetime.date(2026, 3, 1)
MINOR = re.compile(r"minor \d+")


@dataclass(frozen=True)
class Answered:
    """An answer: the rows of a table by column, or the ids and counted ties of a graph."""

    rows: Sequence[Mapping[str, Any]] = ()
    nodes: frozenset[str] = frozenset()
    ties: Mapping[str, int] | None = None


def ask(store: Store, query: Query, given: Mapping[str, str], folder: Path) -> Answered:
    """Return what `query` answers on the graph of `folder`, as a test writes it.

    Ids stand without their space; a minor's name is `minor`; a source is its `source_id` in the
    folder, sources in alphabetical order; what is said of a disputed value is `value: sources`.
    """
    parameters = bind(query, given, today=TODAY, resolve=lambda text: resolve_id(store, text).id)
    result = run(
        store, Question(query, parameters, parameters, OPEN, OPEN, apply(query.text, OPEN))
    )
    assert list(result.keys) == list(query.columns)
    if query.returns_graph:
        network = collect(result.rows)
        assert network.left_out == 0
        return Answered(
            nodes=frozenset(key.id.removeprefix(f"{folder.name}:") for key in network.nodes),
            ties=Counter(edge.type for edge in network.edges),
        )
    known = source_ids(folder)
    kinds = {name: column.kind for name, column in query.columns.items()}
    return Answered(
        [
            {name: _cell(value, kinds[name], folder.name, known) for name, value in row.items()}
            for row in map(plain, result.rows)
        ]
    )


def _side(value: Any) -> Any:
    """Return what a side says, of a text in both languages the English one."""
    return value["en"] if isinstance(value, Mapping) else value


def source_ids(folder: Path) -> dict[str, str]:
    """Return the `source_id` of each source by its link, or by its title where it has none."""
    with (folder / "sources.csv").open(encoding="utf-8", newline="") as file:
        return {row["url"] or row["title"]: row["source_id"] for row in csv.DictReader(file)}


def _cell(value: Any, kind: str, space: str, known: Mapping[str, str]) -> Any:
    if kind == "sources":
        return sorted(known[source["url"] or source["title"]] for source in value)
    if kind == "sides":
        return {
            _side(side["value"]): _cell(side["sources"], "sources", space, known) for side in value
        }
    if isinstance(value, list):
        return [_cell(item, "", space, known) for item in value]
    if isinstance(value, dict):
        return {key: _cell(item, "", space, known) for key, item in value.items()}
    if isinstance(value, str):
        return MINOR.sub("minor", value.removeprefix(f"{space}:"))
    return value


def comparable(value: Any) -> Any:
    """Return `value` as something that can be counted, lists without their order."""
    if isinstance(value, Mapping):
        return tuple(sorted((key, comparable(item)) for key, item in value.items()))
    if isinstance(value, list | tuple | set):
        return tuple(sorted((comparable(item) for item in value), key=repr))
    return value
