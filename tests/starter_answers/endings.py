"""How custodies end: releases and what follows them, disappearances, deaths, births."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from tests.starter_answers import Cells, Row, answers, bounds, person_name, sources, table

FREED = ("released", "conditional_release")


def surely_after(second: Cells, first: Cells) -> bool:
    """Return whether a custody began after another one, or after its end, whatever dates mean."""
    begins, taken = bounds(second["started_on"])[0], bounds(first["started_on"])[1]
    ended = bounds(first["ended_on"])[1]
    return bool(begins and ((taken and begins > taken) or (ended and begins >= ended)))


def rearrests(within: int) -> Iterable[Row]:
    """Each release with the first custody after it."""
    for first in table("detentions"):
        after = [
            second
            for second in table("detentions")
            if second["person_id"] == first["person_id"] and surely_after(second, first)
        ]
        if first["status"] not in FREED or not after:
            continue
        second = min(after, key=lambda row: row["started_on"])
        begins = bounds(second["started_on"])
        earliest, latest = bounds(first["ended_on"])
        if not first["ended_on"]:
            earliest = bounds(first["started_on"])[0]
            reported = bounds(first["status_as_of"])[1]
            latest = min(day for day in (reported, begins[1]) if day)
        assert begins[0] and begins[1] and latest
        least = max(0, (begins[0] - latest).days)
        most = (begins[1] - earliest).days if earliest else None
        if least <= within:
            yield (
                person_name(first["person_id"]),
                first["detention_id"],
                second["detention_id"],
                first["ended_on"] or None,
                second["started_on"],
                least,
                most,
                "confirmed" if most is not None and most <= within else "possible",
                sources(first, second),
            )


AGAIN = (
    *("person", "before_id", "detention_id", "freed_on", "taken_again", "days_least"),
    *("days_most", "certainty", "sources"),
)


@answers("list_rearrests", columns=AGAIN)
def taken_again_within_a_year() -> Iterable[Row]:
    """The number of days that is taken where none is given."""
    return rearrests(365)


@answers("list_rearrests", given={"days": "30"}, columns=AGAIN)
def taken_again_within_a_month() -> Iterable[Row]:
    """Only those taken again soon."""
    return rearrests(30)


def disappeared(day: datetime.date) -> Iterable[Row]:
    """Custodies last reported as disappearances; nobody among them was taken again or has died."""
    for custody in table("detentions"):
        first, last = bounds(custody["started_on"])
        said = bounds(custody["status_as_of"])[0]
        if custody["status"] == "disappeared" and not (first and first > day):
            sure = last and last <= day and said and said >= day
            yield (
                person_name(custody["person_id"]),
                custody["detention_id"],
                "confirmed" if sure else "possible",
                max(0, (day - last).days) if last else None,
                (day - first).days if first else None,
                sources(custody),
            )


GONE = ("person", "detention_id", "certainty", "days_least", "days_most", "sources")


@answers("list_enforced_disappearances", given={"as_of": "2026-02-28"}, columns=GONE)
def disappeared_by_the_newest_pages() -> Iterable[Row]:
    """On the day of the newest pages."""
    return disappeared(datetime.date(2026, 2, 28))


@answers("list_enforced_disappearances", given={"as_of": "2024-08-01"}, columns=GONE)
def disappeared_after_the_election() -> Iterable[Row]:
    """When some were known by the month of the report alone."""
    return disappeared(datetime.date(2024, 8, 1))
