"""What has changed in ties of people: kinship, posts, and who is held because of whom.

A tie that a state no longer has is said to be just that; nothing says that it ended.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any

from vinculos.graph.changes import Change, called, in_dispute, paired, tie_change
from vinculos.graph.custody_changes import Sides
from vinculos.graph.folding import fold
from vinculos.graph.records import NodeRef
from vinculos.graph.state_records import Record
from vinculos.graph.words import KINSHIPS

RELATION, POST, BECAUSE = "RELATED_TO", "HOLDS_POST", "BECAUSE_OF"
Key = Callable[[Record], Hashable]


class Alike:
    """One id for whoever is the same in both states, under whatever ids."""

    def __init__(self, sides: Sides, others: Mapping[NodeRef, str]) -> None:
        """Take the newer ids of people and custodies that seem to have another key."""
        self._others = others
        self._shown = (sides.new.shown, sides.old.shown)

    def __call__(self, id: str, label: str = "Person") -> str:
        """Return the id by which to compare."""
        id = self._others.get(NodeRef(label, id), id)
        for shown in self._shown if label == "Person" else ():
            id = shown.get(id, id)
        return id


def tie_changes(sides: Sides, alike: Alike) -> Iterator[Change]:
    """Yield what has changed in ties of people, whatever else became of them.

    Args:
        sides: both states.
        alike: who is the same in both.
    """
    yield from _relations(sides, alike)
    yield from _posts(sides, alike)
    yield from _because(sides, alike)


def matched(kind: str, sides: Sides, *keys: Key) -> Iterator[tuple[Record | None, Record | None]]:
    """Yield ties of a type of both states together, by their ids, then by one key after another."""
    lost, added = [], []
    for before, after in paired(sides.old.of(kind), sides.new.of(kind)):
        if before and after:
            yield before, after
        elif before:
            lost.append(before)
        elif after:
            added.append(after)
    for key in keys:
        waiting: defaultdict[Hashable, list[Record]] = defaultdict(list)
        for tie in sorted(added, key=_by_start):
            waiting[key(tie)].append(tie)
        left = []
        for before in sorted(lost, key=_by_start):
            if found := waiting.get(key(before)):
                yield before, found.pop(0)
            else:
                left.append(before)
        lost, added = left, [tie for ties in waiting.values() for tie in ties]
    yield from ((before, None) for before in lost)
    yield from ((None, after) for after in added)


def _by_start(tie: Record) -> tuple[str, str]:
    return str(tie["started"] or ""), str(tie["id"])


def _relations(sides: Sides, alike: Alike) -> Iterator[Change]:
    def ends(tie: Record) -> tuple[str, str]:
        return alike(tie["start"]), alike(tie["end"])

    def exact(tie: Record) -> Hashable:
        between = ends(tie)
        return tie["kind"], frozenset(between) if _is_symmetric(tie) else between

    for before, after in matched(RELATION, sides, exact, lambda tie: frozenset(ends(tie))):
        if before and after:
            turned = _turned(before, after, ends)
            if turned:
                yield from _other_relation(before, turned, sides)
                continue
        # One between two who are one in either state is none.
        for kind, tie, side in (
            ("relation_gone", before, sides.old),
            ("relation_new", after, sides.new),
        ):
            if tie and len(set(ends(tie))) > 1:
                yield tie_change(
                    kind,
                    tie,
                    side,
                    field=RELATION,
                    tie=f"{RELATION}.kind",
                    what=called(side, "Person", tie["end"]),
                    what_id=tie["end"],
                    was=tie["kind"] if tie is before else None,
                    now=tie["kind"] if tie is after else None,
                    disputed=in_dispute(tie, RELATION),
                )


def _is_symmetric(tie: Record) -> bool:
    return KINSHIPS[tie["kind"]].symmetric


def _turned(
    before: Record, after: Record, ends: Callable[[Record], tuple[str, str]]
) -> Record | None:
    """Return the newer tie as seen from where the older one starts, None where it cannot be."""
    if ends(before) == ends(after) or (before["kind"] == after["kind"] and _is_symmetric(after)):
        return after
    if _is_symmetric(before):
        return after
    return after | {"start": after["end"], "end": after["start"]} if _is_symmetric(after) else None


def _other_relation(before: Record, after: Record, sides: Sides) -> Iterator[Change]:
    said: dict[str, Any] = {
        "what": called(sides.new, "Person", after["end"]),
        "what_id": after["end"],
        "disputed": in_dispute(after, RELATION),
    }
    if before["kind"] != after["kind"]:
        told: dict[str, Any] = {"field": RELATION, "tie": f"{RELATION}.kind"}
        told |= {"was": before["kind"], "now": after["kind"]}
        yield tie_change("relation_kind", after, sides.new, **said, **told)
    was, now = (RELATION in tie["disputed"] for tie in (before, after))
    if was != now:
        yield tie_change(
            "relation_disputed" if now else "relation_settled",
            after,
            sides.new,
            sources=[*after["sources"], *after["contested_by"]] if now else (),
            field=RELATION,
            tie=f"{RELATION}.kind",
            now=after["kind"],
            **said,
        )
    yield from _other_confidence(before, after, sides, **said)


def _other_confidence(before: Record, after: Record, sides: Sides, **said: Any) -> Iterator[Change]:
    if before["confidence"] != after["confidence"]:
        name = f"{after['type']}.confidence"
        told: dict[str, Any] = {"field": name, "tie": name}
        told |= {"was": before["confidence"], "now": after["confidence"]}
        yield tie_change("confidence", after, sides.new, **said, **told)


def _posts(sides: Sides, alike: Alike) -> Iterator[Change]:
    def exact(tie: Record) -> Hashable:
        return alike(tie["start"]), tie["end"], tie["title"], tie["started"]

    def without_day(tie: Record) -> Hashable:
        return alike(tie["start"]), tie["end"], fold(tie["title"] or "")

    for before, after in matched(POST, sides, exact, without_day):
        tie, side = (after, sides.new) if after else (before or {}, sides.old)
        place = called(side, "Organization", tie["end"])
        said = {"what": f"{tie['title']}, {place}", "what_id": tie["end"]}
        if before and after:
            yield from _other_post(before, after, sides, **said)
            continue
        yield tie_change(
            "post_new" if after else "post_gone",
            tie,
            side,
            field=POST,
            day=tie["started"],
            disputed=in_dispute(tie, "ended"),
            **said,
        )


def _other_post(before: Record, after: Record, sides: Sides, **said: Any) -> Iterator[Change]:
    for name in ("started", "ended", "rank", "commands"):
        was, now = before[name], after[name]
        if was != now and fold(was or "") != fold(now or ""):
            ended = name == "ended" and not was
            yield tie_change(
                "post_ended" if ended else "post_changed",
                after,
                sides.new,
                field=f"{POST}.{name}",
                tie=f"{POST}.{name}",
                was=was,
                now=now,
                day=now if ended else None,
                disputed=in_dispute(after, name),
                **said,
            )
    yield from _other_confidence(before, after, sides, **said)


def _because(sides: Sides, alike: Alike) -> Iterator[Change]:
    def exact(tie: Record) -> Hashable:
        return alike(tie["start"], tie["start_label"]), alike(tie["end"])

    for before, after in matched(BECAUSE, sides, exact):
        tie, side = (after, sides.new) if after else (before or {}, sides.old)
        said = {"what": called(side, "Person", tie["end"]), "what_id": tie["end"]}
        if before and after:
            yield from _other_confidence(before, after, sides, **said)
            continue
        yield tie_change(
            "because_new" if after else "because_gone", tie, side, field=BECAUSE, **said
        )
