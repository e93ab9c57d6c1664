"""What has changed in who had a part in what: bodies, events, chains of command, amnesty.

What a state no longer has is said to be just that; nothing says that it ended.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from vinculos.graph.changes import Change, called, citations, in_dispute, tie_change
from vinculos.graph.custody_changes import Sides
from vinculos.graph.state_records import Record
from vinculos.graph.tie_changes import Alike, matched

PARTS = {
    "INVOLVED_IN": ("Organization", "involved_new", "involved_gone"),
    "TOOK_PART": ("Event", "event_new", "event_gone"),
}
"""By type of tie: of a person with what, and what a new one and one no longer there are called."""
CHAIN, AMNESTY = "PART_OF", "AMNESTY"


def part_changes(sides: Sides, alike: Alike) -> Iterator[Change]:
    """Yield what has changed in parts in bodies and events, chains of command, amnesty requests.

    Args:
        sides: both states.
        alike: who is the same in both.
    """
    for kind in PARTS:
        yield from _parts(kind, sides, alike)
    yield from _chains(sides)
    yield from _amnesty(sides, alike)


def _parts(kind: str, sides: Sides, alike: Alike) -> Iterator[Change]:
    label, new, gone = PARTS[kind]

    def exact(tie: Record) -> Hashable:
        return alike(tie["start"]), tie["end"], tie["role"]

    for before, after in matched(kind, sides, exact):
        tie, side = (after, sides.new) if after else (before or {}, sides.old)
        # Parts in a custody are told with it.
        if (before and after) or tie["end_label"] != label:
            continue
        yield tie_change(
            new if after else gone,
            tie,
            side,
            field=kind,
            tie=f"{kind}.role",
            what=called(side, label, tie["end"]),
            what_id=tie["end"],
            was=before and before["role"],
            now=after and after["role"],
            disputed=in_dispute(tie, kind),
        )


def _chains(sides: Sides) -> Iterator[Change]:
    def exact(tie: Record) -> Hashable:
        return tie["start"], tie["end"], tie["started"]

    for before, after in matched(CHAIN, sides, exact, lambda tie: (tie["start"], tie["end"])):
        tie, side = (after, sides.new) if after else (before or {}, sides.old)
        said: dict[str, Any] = {
            "label": "Organization",
            "what": called(side, "Organization", tie["start"]),
            "what_id": tie["start"],
            "confidence": tie["confidence"],
            "sources": tuple(side.cited(citations([tie]))),
        }
        if before and after:
            for name in ("started", "ended", "kind"):
                if before[name] != after[name]:
                    ended = name == "ended" and not before[name]
                    yield Change(
                        "part_ended" if ended else "part_changed",
                        field=f"{CHAIN}.{name}",
                        tie=f"{CHAIN}.{name}",
                        was=before[name],
                        now=after[name],
                        day=after[name] if ended else None,
                        disputed=in_dispute(after, name),
                        **said,
                    )
            continue
        above = called(side, "Organization", tie["end"])
        yield Change(
            "part_new" if after else "part_gone",
            field=CHAIN,
            was=above if before else None,
            now=above if after else None,
            day=tie["started"] if after else None,
            disputed=in_dispute(tie, CHAIN),
            **said,
        )


def _amnesty(sides: Sides, alike: Alike) -> Iterator[Change]:
    def exact(tie: Record) -> Hashable:
        return alike(tie["start"], "Detention"), tie["end"], tie["requested"]

    def without_day(tie: Record) -> Hashable:
        return alike(tie["start"], "Detention"), tie["end"]

    for before, after in matched(AMNESTY, sides, exact, without_day):
        tie, side = (after, sides.new) if after else (before or {}, sides.old)
        said: dict[str, Any] = {"what": called(side, "Law", tie["end"]), "what_id": tie["end"]}
        if before and after:
            for name in ("outcome", "requested", "decided"):
                if before[name] != after[name]:
                    yield tie_change(
                        "amnesty_changed",
                        after,
                        sides.new,
                        field=f"{AMNESTY}.{name}",
                        tie=f"{AMNESTY}.{name}",
                        was=before[name],
                        now=after[name],
                        day=after["decided"] if name == "outcome" else None,
                        disputed=in_dispute(after, name),
                        **said,
                    )
            continue
        yield tie_change(
            "amnesty_new" if after else "amnesty_gone",
            tie,
            side,
            field=AMNESTY,
            tie=f"{AMNESTY}.outcome",
            was=before and before["outcome"],
            now=after and after["outcome"],
            day=tie["decided"] or tie["requested"] if after else None,
            disputed=in_dispute(tie, AMNESTY),
            **said,
        )
