"""Values of the database driver as plain data: what JSON can hold, nothing else."""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from neo4j.graph import Node, Path, Relationship
from neo4j.spatial import Point
from neo4j.time import Date, DateTime, Duration, Time

from vinculos.graph.model import CLAIM, LOAD, LOCK, NODE_TYPES
from vinculos.graph.shapes import Shared
from vinculos.graph.shapes import is_node as is_node
from vinculos.graph.shapes import is_path as is_path
from vinculos.graph.shapes import is_relationship as is_relationship

MAIN = (*NODE_TYPES, CLAIM, LOAD, LOCK)
_AS_IT_IS = frozenset((type(None), str, bool, int, Shared))


def plain(value: Any) -> Any:
    """Return `value` as text, numbers, flags, lists and maps.

    A node becomes `{labels, properties}`, its main label first; a relationship `{type, start, end,
    properties}` with the ids of its ends where the driver knows them; a path `{nodes,
    relationships}`; dates, times and durations become ISO 8601 text.
    """
    # What rows mostly hold comes first, without a call for each: that would take far longer.
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is dict:
        return {
            key if type(key) is str else str(key): item if type(item) in _AS_IT_IS else plain(item)
            for key, item in value.items()
        }
    if kind is list:
        return [item if type(item) in _AS_IT_IS else plain(item) for item in value]
    if isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, Node):
        labels = sorted(value.labels, key=lambda label: (label not in MAIN, label))
        return {"labels": labels, "properties": _properties(value)}
    if isinstance(value, Relationship):
        return _relationship(value)
    if isinstance(value, Path):
        return {
            "nodes": [plain(node) for node in value.nodes],
            "relationships": [plain(tie) for tie in value.relationships],
        }
    if isinstance(value, Point):
        return {"srid": value.srid, "coordinates": list(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    return _scalar(value)


def plain_rows(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield rows as `plain` gives them; a node or relationship in many of them is one map in all.

    The driver gives one and the same object for it, and converting that is costly.
    """
    # The objects are kept, so that no other one can get the address that stands for one of them.
    done: dict[int, tuple[Any, Any]] = {}

    def cell(value: Any) -> Any:
        if not isinstance(value, Node | Relationship):
            return plain(value)
        if id(value) not in done:
            done[id(value)] = value, Shared(plain(value))
        return done[id(value)][1]

    for row in rows:
        yield {
            str(name): value if type(value) in _AS_IT_IS else cell(value)
            for name, value in row.items()
        }


def _properties(entity: Node | Relationship) -> dict[str, Any]:
    return {
        name: value if type(value) in _AS_IT_IS else plain(value)
        for name, value in sorted(entity.items())
    }


def _relationship(tie: Relationship) -> dict[str, Any]:
    ends = {"start": tie.start_node, "end": tie.end_node}
    return {
        "type": tie.type,
        **{name: end.get("id") if end is not None else None for name, end in ends.items()},
        "properties": _properties(tie),
    }


def _scalar(value: Any) -> str:
    if isinstance(value, Date | DateTime | Time | Duration):
        return value.iso_format()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, bytes | bytearray):
        return value.hex()
    return str(value)
