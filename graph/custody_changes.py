"""What has changed in one custody that both states know."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vinculos.graph.changes import (
    Change,
    called,
    citations,
    custody_change,
    in_dispute,
    paired,
)
from vinculos.graph.dates import parse_date
from vinculos.graph.state_records import Record, Records
from vinculos.graph.support import confidence_of
from vinculos.graph.words import ENDED

DETAILS = {"basis": "basis", "sentence_years": "sentence", "sentenced_on": "sentence"}
"""Kinds of change by the fields of a custody that they tell of."""
RELEASED = ("released", "conditional_release")


class Sides(NamedTuple):
    """The older and the newer state."""

    old: Records
    new: Records


def custody_changes(old: Record, new: Record, sides: Sides) -> Iterator[Change]:
    """Yield what differs between two records of one custody.

    Args:
        old: its older record.
        new: its newer record.
        sides: the states that they are from, which name people, places and charges.
    """
    yield from _status(old, new, sides)
    yield from _dates(old, new, sides)
    yield from _places(old, new, sides)
    yield from _details(old, new, sides)
    yield from _bodies(old, new, sides)
    yield from _charges(old, new, sides)
    yield from _officials(old, new, sides)


def _status(old: Record, new: Record, sides: Sides) -> Iterator[Change]:
    if old["status"] == new["status"]:
        return
    kind = "status"
    if new["status"] in RELEASED and old["status"] not in RELEASED:
        kind = "release"
    elif new["status"] == "deceased":
        kind = "death"
    yield custody_change(
        kind,
        new,
        sides.new,
        field="status",
        tie="status",
        was=old["status"],
        now=new["status"],
        day=new["ended"] if new["status"] in ENDED else None,
        as_of=new["status_as_of"],
        confidence=confidence_of("status", new),
        disputed=in_dispute(new, "status", "ended"),
        sources=new["behind"].get("status", ()),
    )


def _dates(old: Record, new: Record, sides: Sides) -> Iterator[Change]:
    # The end of a custody that has just ended is the day of that.
    is_told = new["status"] in ENDED and old["status"] != new["status"] and not old["ended"]
    for name in ("started",) if is_told else ("started", "ended"):
        if old[name] != new[name]:
            yield custody_change(
                "dates",
                new,
                sides.new,
                field=name,
                was=old[name],
                now=new[name],
                confidence=confidence_of(name, new),
                disputed=in_dispute(new, name),
                sources=new["behind"].get(name, ()),
            )


def _details(old: Record, new: Record, sides: Sides) -> Iterator[Change]:
    for name, kind in DETAILS.items():
        if old[name] != new[name]:
            yield custody_change(
                kind,
                new,
                sides.new,
                field=name,
                tie=name,
                was=old[name],
                now=new[name],
                day=new[name] if name == "sentenced_on" else None,
                confidence=confidence_of(name, new),
                disputed=in_dispute(new, name),
                sources=new["behind"].get(name, ()),
            )


def _bodies(old: Record, new: Record, sides: Sides) -> Iterator[Change]:
    for before, after in paired(old["bodies"], new["bodies"]):
        if before and after:
            continue
        tie, side = (after, sides.new) if after else (before or {}, sides.old)
        yield custody_change(
            "body_new" if after else "body_gone",
            new,
            sides.new,
            field="ARRESTED_BY",
            what=called(side, "Organization", tie["id"]),
            what_id=tie["id"],
            confidence=tie["confidence"],
            disputed=in_dispute(new, "ARRESTED_BY"),
            cited_by=side,
            sources=citations([tie]),
        )


def _places(old: Record, new: Record, sides: Sides) -> Iterator[Change]:
    kept, lost, added = _matched(_in_order(old["places"]), _in_order(new["places"]))
    for place, stay in enumerate(added):
        moved = not lost and _comes_after(stay, kept)
        if moved:
            was = called(sides.new, "Place", kept[-1]["id"])
            kept.append(stay)
        else:
            was = called(sides.old, "Place", lost[place]["id"]) if place < len(lost) else None
        yield custody_change(
            "transfer" if moved else "place",
            new,
            sides.new,
            field="HELD_AT",
            was=was,
            now=called(sides.new, "Place", stay["id"]),
            day=stay["started"],
            confidence=stay["confidence"],
            disputed=in_dispute(new, "HELD_AT"),
            sources=citations([stay]),
        )
    for stay in lost[len(added) :]:
        yield custody_change(
            "place",
            new,
            sides.new,
            field="HELD_AT",
            was=called(sides.old, "Place", stay["id"]),
            confidence=stay["confidence"],
            cited_by=sides.old,
            sources=citations([stay]),
        )


def _matched(
    old: list[Record], new: list[Record]
) -> tuple[list[Record], list[Record], list[Record]]:
    """Return the newer stays that were there before, the older ones that went, and the added."""
    kept, lost, left = [], [], list(new)
    for stay in old:
        same = [other for other in left if other["id"] == stay["id"]]
        if same:
            # That of the same start, else the first: a start may have been put right.
            found = next((other for other in same if other["started"] == stay["started"]), same[0])
            left.remove(found)
            kept.append(found)
        else:
            lost.append(stay)
    return _in_order(kept), lost, left


def _in_order(stays: Iterable[Record]) -> list[Record]:
    """Return stays in the order in which they began, as far as that is known."""
    return sorted(stays, key=lambda stay: (_begun(stay) or datetime.date.min, stay["id"]))


def _begun(stay: Record) -> datetime.date | None:
    """Return the last day on which a stay can have begun, or on which it had ended."""
    texts = (stay["started"], stay["ended"])
    return next((day for text in texts if text and (day := parse_date(text).latest)), None)


def _comes_after(stay: Record, others: list[Record]) -> bool:
    """Return whether a stay began after all others for sure; not where there is none."""
    first = parse_date(stay["started"]).earliest if stay["started"] else None
    begun = [_begun(other) for other in others]
    return first is not None and bool(begun) and all(day and day <= first for day in begun)


def _charges(old: Record, new: Record, sides: Sides) -> Iterator[Change]:
    for before, after in paired(old["charges"], new["charges"]):
        tie, side = (after, sides.new) if after else (before or {}, sides.old)
        if before and after and before["status"] == after["status"]:
            continue
        yield custody_change(
            "charge_status" if before and after else "charge_new" if after else "charge_gone",
            new,
            sides.new,
            field="CHARGED_WITH",
            tie="CHARGED_WITH.status",
            what=called(side, "Charge", tie["id"]),
            what_id=tie["id"],
            was=before and before["status"],
            now=after and after["status"],
            confidence=tie["confidence"],
            cited_by=side,
            sources=citations([tie]),
        )


def _officials(old: Record, new: Record, sides: Sides) -> Iterator[Change]:
    def key(tie: Record) -> tuple[str, str]:
        return tie["id"], str(tie["role"])

    for before, after in paired(old["officials"], new["officials"], key):
        if before and after:
            continue
        tie, side = (after, sides.new) if after else (before or {}, sides.old)
        yield custody_change(
            "official_new" if after else "official_gone",
            new,
            sides.new,
            field="INVOLVED_IN",
            tie="INVOLVED_IN.role",
            what=called(side, "Person", tie["id"]),
            what_id=tie["id"],
            was=before and before["role"],
            now=after and after["role"],
            confidence=tie["confidence"],
            cited_by=side,
            sources=citations([tie]),
        )
