"""When what a page shows existed, as whole days since 1970: what is known, and what may be."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from vinculos.graph.dates import parse_date
from vinculos.graph.network import NetworkEdge, NetworkNode
from vinculos.graph.words import ENDED, HELD

Span = tuple[int, int] | tuple[int, int, int | None, int | None]
"""First and last day on which something is known to exist. Where it may have begun before or gone
on after, two days more say since when and until when, None for any."""

_EPOCH = datetime.date(1970, 1, 1).toordinal()
_INTERVALS = ("Detention", "Event")
"""Nodes that are stretches of time: what is tied to one is so while it lasts."""
_BOUNDS = ("started_min", "started_max", "ended_min", "ended_max")


def node_span(node: NetworkNode) -> Span | None:
    """Return when a node existed, None where nothing is dated.

    An end that nobody gives is unknown, not open: a custody is known up to the last day for which a
    source says that it went on, and one that is over ended by the day for which that is said.
    """
    status, said = (node.properties.get(name) for name in ("status", "status_as_of"))
    as_of = parse_date(str(said)) if said else None
    held = as_of.earliest if as_of and status in HELD else None
    over = as_of.latest if as_of and status in ENDED else None
    return _span(node.properties, held, over)


def edge_span(edge: NetworkEdge, start: NetworkNode, end: NetworkNode) -> Span | None:
    """Return when a tie existed: by its own dates, else by those of the custody or event in it."""
    if own := _span(edge.properties, None, None):
        return own
    for node in (*([edge.custody.node] if edge.custody else ()), start, end):
        if node.key.label in _INTERVALS and (span := node_span(node)):
            return span
    return None


def _span(
    properties: Mapping[str, Any], known: datetime.date | None, over: datetime.date | None
) -> Span | None:
    given = {
        name: day
        for name in _BOUNDS
        if (text := properties.get(name)) and (day := _day(name, str(text))) is not None
    }
    days = [*given.values(), *([_number(known)] if known else [])]
    if not days:
        return None
    first, last = min(days), max(days)
    earliest = first if "started_min" in given else None
    latest = last if "ended_max" in given else max(last, _number(over)) if over else None
    return (first, last) if (earliest, latest) == (first, last) else (first, last, earliest, latest)


@lru_cache(maxsize=1 << 16)
def _day(name: str, text: str) -> int | None:
    """Return a bound as a day; of one that was made coarser, its own first or last day."""
    bound = parse_date(text)
    day = bound.earliest if name.endswith("_min") else bound.latest
    return _number(day) if day else None


def _number(day: datetime.date) -> int:
    return day.toordinal() - _EPOCH
