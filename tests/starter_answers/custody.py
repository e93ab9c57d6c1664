"""Who is held, where, since when."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from tests.starter_answers import Cells, Row, answers, bounds, person_name, sources, table

HELD = ("detained", "house_arrest", "disappeared")
ENDED = ("released", "conditional_release", "deceased", "escaped")


def custodies(person: str) -> list[Cells]:
    """Return the custodies of a person."""
    return [row for row in table("detentions") if row["person_id"] == person]


def surely_before(first: Cells, second: Cells) -> bool:
    """Return whether a custody began before another, whatever their dates mean."""
    latest, earliest = bounds(first["started_on"])[1], bounds(second["started_on"])[0]
    return latest is not None and earliest is not None and latest < earliest


def held_on(custody: Cells, day: datetime.date) -> str:
    """Return `confirmed`, `possible` or, where it is ruled out, nothing."""
    first, last = bounds(custody["started_on"])
    end_first, end_last = bounds(custody["ended_on"])
    said_first, said_last = bounds(custody["status_as_of"])
    status = custody["status"] or "unknown"
    if first and first > day:
        return ""
    if end_first and end_last:
        if end_last <= day:
            return ""
        return "confirmed" if end_first > day and last and last <= day else "possible"
    later = [
        bounds(other["started_on"])
        for other in custodies(custody["person_id"])
        if surely_before(custody, other)
    ]
    if any(latest and latest <= day for _, latest in later):
        return ""
    if status in ENDED:
        return "" if said_last and said_last <= day else "possible"
    if status not in HELD or not said_first or said_first < day:
        return "possible"
    if any(earliest and earliest <= day for earliest, _ in later):
        return "possible"
    return "confirmed" if (last and last <= day) or said_first == said_last == day else "possible"


def last_confirmed(custody: Cells, day: datetime.date) -> str | None:
    """Return the last day, up to `day`, by which somebody was in custody for sure."""
    first, last = bounds(custody["started_on"])
    begun = last is not None and last <= day
    said = None
    if custody["ended_on"]:
        said = bounds(custody["ended_on"])[0]
    elif custody["status"] in HELD:
        said = bounds(custody["status_as_of"])[0]
    days = [each for each in (first if begun else None, said) if each]
    if not days or (max(days) > day and not begun):
        return None
    return min(max(days), day).isoformat()


def listed(day: datetime.date) -> Iterable[Row]:
    for row in table("detentions"):
        if certainty := held_on(row, day):
            latest = bounds(row["started_on"])[1]
            yield (
                person_name(row["person_id"]),
                certainty,
                (day - latest).days if latest and latest <= day else None,
                last_confirmed(row, day),
                row["started_on"] or None,
                row["status"],
                row["basis"] or None,
                row["detention_id"],
                sources(row),
            )


HELD_COLUMNS = (
    *("person", "certainty", "days_held", "last_confirmed", "started", "status", "basis"),
    *("detention_id", "sources"),
)


@answers("list_held", given={"as_of": "2026-02-28"}, columns=HELD_COLUMNS)
def held_after_the_amnesty() -> Iterable[Row]:
    """On the day of the newest pages."""
    return listed(datetime.date(2026, 2, 28))


@answers("list_held", given={"as_of": "2024-08-05"}, columns=HELD_COLUMNS)
def held_after_the_election() -> Iterable[Row]:
    """In the days after the election, when many dates are known by the month alone."""
    return listed(datetime.date(2024, 8, 5))
