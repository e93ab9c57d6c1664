"""What has changed in cases: what they are called, who is part of them, in which role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import zip_longest

from vinculos.graph.changes import Change, in_dispute, paired, tie_change, who
from vinculos.graph.custody_changes import Sides
from vinculos.graph.state_records import Record, Records
from vinculos.graph.support import confidence_of
from vinculos.graph.tie_changes import Alike

MEMBER = "PART_OF_CASE"
NO_CASE: Record = {"members": (), "stub": True}


def case_changes(sides: Sides, alike: Alike) -> Iterator[Change]:
    """Yield what has changed in cases, and who was added to one or is part of one no longer.

    Args:
        sides: both states.
        alike: who is the same in both.
    """
    for before, after in paired(sides.old.of("Case"), sides.new.of("Case")):
        old, new = before or NO_CASE, after or NO_CASE
        is_known = not new.get("stub")
        if old.get("stub") and is_known:
            yield _case("case_new", new, sides.new)
        elif not old.get("stub") and not is_known:
            yield _case("case_gone", old, sides.old)
        elif is_known:
            for name in ("name", "kind"):
                if old.get(name) != new.get(name):
                    yield _case("case_changed", new, sides.new, name, was=old.get(name))
        yield from _members(old, new, sides, alike)


def _case(
    kind: str, case: Record, side: Records, name: str = "name", was: str | None = None
) -> Change:
    is_changed = kind == "case_changed"
    return Change(
        kind,
        field=name if is_changed else "",
        label="Case",
        tie=name if is_changed else "",
        what=case.get("name") or case["id"],
        what_id=case["id"],
        was=was,
        now=case.get(name) if is_changed else None,
        confidence=confidence_of(name, case),
        disputed=in_dispute(case, name),
        sources=tuple(side.cited(case["behind"].get(name, ()))),
    )


def _members(old: Record, new: Record, sides: Sides, alike: Alike) -> Iterator[Change]:
    """Yield who joined, left, or has another role; a custody named since is no change of that."""
    case = new if "id" in new else old
    said = {"what": case.get("name") or case["id"], "what_id": case["id"]}
    before, after = _roles(old, sides.old, alike), _roles(new, sides.new, alike)
    for person in sorted(before.keys() | after.keys()):
        was, now = before.get(person, {}), after.get(person, {})
        lost = [tie for role, tie in was.items() if role not in now]
        added = [tie for role, tie in now.items() if role not in was]
        kind = "member_role" if was and now else "member_new" if now else "member_gone"
        for gone, come in zip_longest(lost, added):
            tie, side = (come, sides.new) if come else (gone, sides.old)
            yield tie_change(
                kind,
                tie,
                side,
                field=MEMBER,
                tie=f"{MEMBER}.role",
                was=gone and gone["role"],
                now=come and come["role"],
                **said,
            )


def _roles(case: Record, side: Records, alike: Alike) -> dict[str, dict[str, Record]]:
    """Return by person, or by custody of nobody known, each role that they have in a case."""
    found: defaultdict[str, dict[str, Record]] = defaultdict(dict)
    for tie in case["members"]:
        person = who(tie, side)
        member = alike(person) if person else alike(tie["start"], tie["start_label"])
        found[member].setdefault(str(tie["role"]), tie)
    return {person: dict(sorted(roles.items())) for person, roles in found.items()}
