"""When what a page shows is known to have existed, as whole days since 1970."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from vinculos.graph.dates import parse_date
from vinculos.graph.network import NetworkEdge, NetworkNode
from vinculos.graph.words import HELD

Span = tuple[int, int]

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_INTERVALS = ("Detention", "Event")
"""Nodes that are stretches of time: what is tied to one is so while it lasts."""
_BOUNDS = ("started_min", "started_max", "ended_min", "ended_max")


def node_span(node: NetworkNode) -> Span | None:
    """Return the first and last day on which a node is known to exist, None where undated.

    An end that nobody gives is unknown, not open: a custody counts up to the last day for which a
    source says that it went on.
    """
    days = _days(node.properties)
    as_of = node.properties.get("status_as_of")
    if as_of and node.properties.get("status") in HELD:
        known = parse_date(str(as_of)).earliest
        days += [known.toordinal() - _EPOCH] if known else []
    return (min(days), max(days)) if days else None


def edge_span(edge: NetworkEdge, start: NetworkNode, end: NetworkNode) -> Span | None:
    """Return the first and last day of a tie: its own, else those of the custody or event in it."""
    if days := _days(edge.properties):
        return min(days), max(days)
    for node in (*([edge.custody.node] if edge.custody else ()), start, end):
        if node.key.label in _INTERVALS and (span := node_span(node)):
            return span
    return None


def _days(properties: Mapping[str, Any]) -> list[int]:
    given = (properties.get(name) for name in _BOUNDS)
    return [datetime.date.fromisoformat(str(day)[:10]).toordinal() - _EPOCH for day in given if day]
