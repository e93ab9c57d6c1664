"""What a saved question must answer on a small folder of cases: `answers` in its header.

A list; each item is one asking:

    answers:
      - fixture: tiny                 # a folder of tests/data, where it is not `tiny`
        given: {as_of: 2025-05-15}    # parameters, as they are typed
        columns: [person, days_held]  # the columns looked at
        rows:                         # all rows, in order
          - [Ana Prueba Uno, 128]
        never: [d-carla-1, {person: Carla Prueba Tres}]

`never` names what must not be in the answer: ids that the folder has, or cells that no row has
together. A question that returns a graph says `nodes`, a list of ids, and `ties`, how many of each
type, in place of `columns` and `rows`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from vinculos.errors import UsageError
from vinculos.graph.counts import fill
from vinculos.language import gettext as _
from vinculos.queries.checks import mapping, suggest

FIXTURE = "tiny"
_TABLE = ("columns", "rows")
_GRAPH = ("nodes", "ties")
_EITHER = ("fixture", "given", "never")


@dataclass(frozen=True)
class Answer:
    """What a question must answer: `columns` and `rows` of a table, `nodes` and `ties` of a graph.

    `never` are ids, or cells by column, that must not be in it.
    """

    fixture: str = FIXTURE
    given: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    nodes: frozenset[str] = frozenset()
    ties: Mapping[str, int] = field(default_factory=dict)
    never: tuple[str | Mapping[str, Any], ...] = ()


def parse_answers(
    value: Any, parameters: Set[str], columns: Set[str], graph: bool, where: str
) -> tuple[Answer, ...]:
    """Return the answers that a header declares.

    Args:
        value: what stands under `answers`, or None.
        parameters: the names of the question's parameters.
        columns: the names of its columns.
        graph: whether it returns a graph.
        where: the file, for messages.

    Raises:
        UsageError: an answer has an unknown or missing key, names a parameter or column that the
            question has not, or has a row of another length than its columns.
    """
    what = _("answers of {where}").format(where=where)
    return tuple(_answer(said, parameters, columns, graph, what) for said in _list(value, what))


def _answer(value: Any, parameters: Set[str], columns: Set[str], graph: bool, what: str) -> Answer:
    needed = _GRAPH if graph else _TABLE
    said = mapping(value, (*_EITHER, *needed), what)
    for key in needed:
        if key not in said:
            raise UsageError(
                _("{where} lacks {key!r}.").format(where=what, key=key),
                _("Give {one} and {other}.").format(one=needed[0], other=needed[1]),
            )

    def part(key: str) -> str:
        return _("{key}, in {what},").format(key=key, what=what)

    given = mapping(said.get("given"), parameters, part("given"))
    ties = mapping(said.get("ties"), None, part("ties"))
    shown = [str(column) for column in _list(said.get("columns"), part("columns"))]
    for column in shown:
        if column not in columns:
            raise UsageError(
                _("{what} looks at a column {name!r}, which there is not.").format(
                    what=what, name=column
                ),
                suggest(column, columns),
            )
    each = _("each row, in {what},").format(what=what)
    rows = [_list(row, each) for row in _list(said.get("rows"), what)]
    for row in rows:
        if len(row) != len(shown):
            raise UsageError(
                fill(
                    _("{what} has a row of {cells:cell|cells} for {columns:column|columns}: {row}"),
                    what=what,
                    cells=len(row),
                    columns=len(shown),
                    row=row,
                )
            )
    return Answer(
        fixture=str(said.get("fixture", FIXTURE)),
        given={name: written(text) for name, text in given.items()},
        columns=tuple(shown),
        rows=tuple(tuple(_plain(cell) for cell in row) for row in rows),
        nodes=frozenset(str(id) for id in _list(said.get("nodes"), part("nodes"))),
        ties={kind: int(count) for kind, count in ties.items()},
        never=tuple(
            _plain(mapping(item, columns, part("never"))) if isinstance(item, dict) else str(item)
            for item in _list(said.get("never"), part("never"))
        ),
    )


def _list(value: Any, what: str) -> Sequence[Any]:
    if value is None:
        return ()
    if not isinstance(value, list):
        raise UsageError(_("{what} should be a list.").format(what=what))
    return value


def written(value: Any) -> str:
    """Return the value of a parameter as one types it after `-p name=`."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ";".join(str(part) for part in value)
    return str(value)


def _plain(value: Any) -> Any:
    """Return `value` with days, which YAML reads by itself, as text."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    return value
