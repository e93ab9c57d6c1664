"""What two states differ in: custodies and all about them, ties of people, cases, sources.

Nothing is concluded from what is missing: a custody that is no longer in the data is said to be
just that. Only that a custody is the same under another key is inferred, and says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import fuzz

from vinculos.graph.case_changes import case_changes
from vinculos.graph.changes import (
    ORDER,
    Change,
    citations,
    custody_change,
    in_dispute,
    owner,
    paired,
)
from vinculos.graph.custody_changes import Sides, custody_changes
from vinculos.graph.folding import fold
from vinculos.graph.part_changes import part_changes
from vinculos.graph.records import NodeRef
from vinculos.graph.state_records import Record, Records
from vinculos.graph.support import confidence_of
from vinculos.graph.tie_changes import Alike, tie_changes

ALIKE = 85.0
"""From which likeness of two names, of 100, they may be one name spelled in two ways."""


def differences(old: Records, new: Records) -> list[Change]:
    """Return all changes from the `old` state to the `new` one, in the order of `ORDER`."""
    sides = Sides(old, new)
    custodies = list(_custodies(sides))
    dead = {change.person_id for change in custodies if change.now == "deceased"}
    alike = Alike(sides, _other_ids(sides, custodies))
    found = [
        *custodies,
        *_deaths(sides, dead),
        *tie_changes(sides, alike),
        *part_changes(sides, alike),
        *case_changes(sides, alike),
        *_sources(sides),
    ]
    return sorted(
        found,
        key=lambda c: (ORDER.index(c.change), fold(c.person or ""), c.detention_id, repr(c)),
    )


def _custodies(sides: Sides) -> Iterator[Change]:
    gone: dict[str, Record] = {}
    arrests: dict[str, Record] = {}
    for before, after in paired(sides.old.of("Detention"), sides.new.of("Detention")):
        if before and after:
            yield from custody_changes(before, after, sides)
        elif after:
            arrests[after["id"]] = after
        elif before:
            gone[before["id"]] = before
    for before, after in list(_renamed(gone, arrests, sides)):
        del gone[before["id"]], arrests[after["id"]]
        yield custody_change(
            "other_key",
            after,
            sides.new,
            was=before["id"],
            now=after["id"],
            day=after["started"],
            confidence=after["confidence"],
            sources=citations(after["people"]),
        )
        yield from custody_changes(before, after, sides)
    for after in arrests.values():
        yield custody_change(
            "arrest",
            after,
            sides.new,
            field="status",
            tie="status",
            now=after["status"],
            day=after["started"],
            as_of=after["status_as_of"],
            confidence=after["confidence"],
            disputed=in_dispute(after, "started", "status"),
            sources=citations(after["people"]),
        )
    for before in gone.values():
        yield custody_change(
            "gone",
            before,
            sides.old,
            field="status",
            tie="status",
            was=before["status"],
            confidence=before["confidence"],
            sources=citations(before["people"]),
        )


def _renamed(
    gone: dict[str, Record], arrests: dict[str, Record], sides: Sides
) -> Iterator[tuple[Record, Record]]:
    """Yield custodies that seem to be the same: of one day, and of one person or one name."""
    left: dict[str, list[Record]] = {}
    for before in gone.values():
        left.setdefault(before["started"] or "", []).append(before)
    for after in arrests.values():
        waiting = left.get(after["started"] or "", [])
        name = _name(sides.new, after)
        for before in waiting:
            other = _name(sides.old, before)
            same = bool(owner(after)) and owner(after) == owner(before)
            alike = bool(name and other) and fuzz.ratio(fold(name), fold(other)) >= ALIKE
            if same or (alike and after["started"]):
                waiting.remove(before)
                yield before, after
                break


def _other_ids(sides: Sides, found: Iterable[Change]) -> Mapping[NodeRef, str]:
    """Return the newer ids of custodies, and of people in them, who seem to have another key."""
    ids: dict[NodeRef, str] = {}
    for change in found:
        if change.change == "other_key" and change.was and change.now:
            ids[NodeRef("Detention", change.was)] = change.now
            before = owner(sides.old.get("Detention", change.was) or {"people": ()})
            still_there = sides.new.get("Person", before)
            if not still_there and not sides.old.get("Person", change.person_id):
                ids[NodeRef("Person", before)] = change.person_id
    return ids


def _name(side: Records, custody: Record) -> str:
    found = side.get("Person", owner(custody)) or {}
    # Minors go by numbers, which say nothing of who is who.
    return "" if found.get("is_minor") else str(found.get("name") or "")


def _deaths(sides: Sides, dead: set[str]) -> Iterator[Change]:
    """Yield who died by the newer state alone, but those of whom a custody says so already."""
    for before, after in paired(sides.old.of("Person"), sides.new.of("Person")):
        if not before or not after or after["id"] in dead:
            continue
        if after.get("died") and not before.get("died"):
            yield Change(
                "death",
                person_id=after["id"],
                person=after.get("name"),
                field="died",
                label="Person",
                now=after["died"],
                day=after["died"],
                confidence=confidence_of("died", after),
                disputed=in_dispute(after, "died"),
                sources=tuple(sides.new.cited(after["behind"].get("died", ()))),
            )


def _sources(sides: Sides) -> Iterator[Change]:
    for before, after in paired(sides.old.of("Source"), sides.new.of("Source")):
        if before is None and after is not None:
            yield _source("source_new", after, sides.new)
        elif after is None and before is not None:
            yield _source("source_gone", before, sides.old)
        elif before and after and after.get("retracted") and not before.get("retracted"):
            yield _source("source_retracted", after, sides.new)


def _source(kind: str, source: Record, side: Records) -> Change:
    return Change(kind, label="Source", sources=tuple(side.cited([(source["id"], "", "")])))
