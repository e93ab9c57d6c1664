"""How custodies end: releases and what follows them, disappearances, deaths, births."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from tests.starter_answers import (
    Cells,
    Row,
    answers,
    bounds,
    by_key,
    person_name,
    sources,
    table,
)
from tests.starter_answers.places import stays

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


def may_be_one(first: Cells, second: Cells, within: int) -> bool:
    """Return whether two custodies may have begun within days, and nothing sets them apart."""
    begun = [day for custody in (first, second) for day in bounds(custody["started_on"])]
    if None in begun:
        return False
    one_first, one_last, two_first, two_last = (day for day in begun if day)
    if (two_first - one_last).days > within or (one_first - two_last).days > within:
        return False
    for custody, begins in ((first, two_first), (second, one_first)):
        ended = bounds(custody["ended_on"])[1]
        if ended and ended < begins:
            return False
    there, other = ({stay[0] for stay in stays(custody)} for custody in (first, second))
    return not there or not other or bool(there & other)


@answers(
    "pair_custodies",
    given={"days": "30"},
    columns=("person", "detention_id", "other_id", "started", "other_started", "sources"),
)
def pairs_of_custodies() -> Iterable[Row]:
    """On one day there are none here; nobody says that these are one."""
    for first in table("detentions"):
        for second in table("detentions"):
            same = first["person_id"] == second["person_id"]
            if not same or first["detention_id"] >= second["detention_id"]:
                continue
            assert not may_be_one(first, second, 0)
            if may_be_one(first, second, 30):
                yield (
                    person_name(first["person_id"]),
                    first["detention_id"],
                    second["detention_id"],
                    first["started_on"],
                    second["started_on"],
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


@answers(
    "list_deaths_and_births",
    columns=(
        *("what", "person", "day", "certainty", "grounds", "mother", "in_words"),
        *("places", "started", "detention_id", "sources"),
    ),
)
def deaths_and_births() -> Iterable[Row]:
    """Deaths by status; the starter has no dates of birth, so births are inferred."""
    people = by_key("people", "person_id")
    where = by_key("places_of_detention", "place_id")
    for custody in table("detentions"):
        person = people[custody["person_id"]]
        rest = (
            sorted({where[place]["name"] for place, *_ in stays(custody)}),
            custody["started_on"] or None,
            custody["detention_id"],
        )
        if custody["status"] == "deceased":
            name, day = person_name(custody["person_id"]), custody["ended_on"]
            yield "death", name, day, "confirmed", "status", None, None, *rest, sources(custody)
        for tie in table("relationships"):
            if tie["kind"] == "child_of":
                child, parent = tie["from_person_id"], tie["to_person_id"]
            elif tie["kind"] == "parent_of":
                parent, child = tie["from_person_id"], tie["to_person_id"]
            else:
                continue
            if parent != custody["person_id"] or person["gender"] == "m":
                continue
            for own in table("detentions"):
                begins, taken = bounds(own["started_on"])[0], bounds(custody["started_on"])[1]
                if own["person_id"] != child or people[child]["is_minor"] != "true":
                    continue
                if begins and taken and begins > taken and not custody["ended_on"]:
                    yield (
                        *("birth", "minor", own["started_on"], "possible", "held"),
                        person["name"],
                        tie["detail"] if tie["kind"] == "child_of" else None,
                        *rest,
                        sources(custody, tie, own),
                    )


def released_by_day(at_least: int, near: int) -> Iterable[Row]:
    """Releases by their day, else by that of the report, with the events near it."""
    found: dict[tuple[str, str], list[Cells]] = {}
    for custody in table("detentions"):
        if custody["status"] in FREED:
            by = "release" if custody["ended_on"] else "report"
            day = custody["ended_on"] or custody["status_as_of"]
            found.setdefault((day, by), []).append(custody)
    for (day, by), custodies in found.items():
        people = {custody["person_id"] for custody in custodies}
        free = {custody["person_id"] for custody in custodies if custody["status"] == "released"}
        events = []
        for event in table("events"):
            first, last = bounds(event["started_on"])
            exact, end = bounds(day)
            if first and first == last and exact and exact == end:
                away = (first - exact).days
                events += [(event, away)] if abs(away) <= near else []
        if len(people) >= at_least:
            yield (
                day,
                by,
                len(people),
                len(free),
                len({c["person_id"] for c in custodies if c["status"] != "released"}),
                [event["event_id"] for event, _ in events],
                [away for _, away in events],
                sources(*custodies, *(event for event, _ in events)),
            )


RELEASES = (
    *("day", "dated_by", "people", "released", "conditional", "event_ids", "event_days"),
    "sources",
)


@answers("count_releases", columns=RELEASES)
def releases() -> Iterable[Row]:
    """Every day on which somebody was freed, or reported as free."""
    return released_by_day(at_least=1, near=3)


@answers("count_releases", given={"at_least": "3", "near": "30"}, columns=RELEASES)
def bursts() -> Iterable[Row]:
    """Days of three or more, with what happened within a month."""
    return released_by_day(at_least=3, near=30)
