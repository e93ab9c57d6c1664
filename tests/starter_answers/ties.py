"""Who is tied to whom."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable

from tests.starter_answers import (
    Bounds,
    Cells,
    Row,
    answers,
    bounds,
    by_key,
    days_between,
    overview,
    person_name,
    sources,
    split,
    table,
)

OCCASIONS = ("warrant", "exile", "asylum", "search", "capture")
NO_KIN = ("friend_of", "colleague_of", "lawyer_of")
REVERSED = {"parent_of": "child_of", "child_of": "parent_of", "grandparent_of": "relative_of"}


def between(one: str, other: str) -> list[tuple[str, str | None]]:
    """Return what `one` is to `other` by the rows of both ways, and in which words."""
    found: list[tuple[str, str | None]] = []
    for row in table("relationships"):
        if (row["from_person_id"], row["to_person_id"]) == (one, other):
            found.append((row["kind"], row["detail"] or None))
        elif (row["from_person_id"], row["to_person_id"]) == (other, one):
            found.append((REVERSED.get(row["kind"], row["kind"]), None))
    return found


def kin_of(person: str) -> set[str]:
    """Return the people whom a row makes kin of a person."""
    pairs = [
        (row["from_person_id"], row["to_person_id"])
        for row in table("relationships")
        if row["kind"] not in NO_KIN
    ]
    return {b for a, b in pairs if a == person} | {a for a, b in pairs if b == person}


def custodies_of(person: str) -> list[Cells]:
    """Return the custodies of a person, the latest first, by the first day known of each."""

    def first_day(custody: Cells) -> datetime.date:
        dates = (custody["started_on"], custody["ended_on"], custody["status_as_of"])
        return next((first for date in dates if (first := bounds(date)[0])), datetime.date.min)

    theirs = [row for row in table("detentions") if row["person_id"] == person]
    return sorted(theirs, key=first_day, reverse=True)


def subjects(event: str) -> list[Cells]:
    """Return the rows that name whom an event befell."""
    return [
        row for row in table("event_people") if (row["event_id"], row["role"]) == (event, "subject")
    ]


def events_of(person: str) -> Iterable[tuple[Cells, Cells]]:
    """Yield each event that befell a person, with the row that says so.

    Where no row names whom it befell, it is whom it concerns.
    """
    for event in table("events"):
        for row in subjects(event["event_id"]):
            if row["person_id"] == person:
                yield event, row
        if not subjects(event["event_id"]) and event["concerns_id"] == person:
            yield event, event


def dated_events(person: str) -> Iterable[tuple[str, str]]:
    """Yield kind and date of each arrest, escape, warrant and so on of a person."""
    for custody in custodies_of(person):
        yield "arrest", custody["started_on"]
        if custody["status"] == "escaped":
            yield "escape", custody["ended_on"]
    for event, _ in events_of(person):
        if event["kind"] in OCCASIONS:
            yield event["kind"], event["started_on"]


def nearest(person: str, day: Bounds) -> tuple[str | None, str | None, int | None, int | None]:
    """Return what befell a person nearest to a day: kind, date, least and most days to the day."""
    known = [
        (max(abs(least), abs(most)), kind, date, least, most)
        for kind, date in dated_events(person)
        for least, most in [days_between(bounds(date), day)]
        if least is not None and most is not None
    ]
    return min(known)[1:] if known else (None, None, None, None)


def hostage_rows() -> Iterable[tuple[Cells, Cells]]:
    """Yield each row that says who is held because of whom, with each custody that it names."""
    for row in table("relationships"):
        if row["held_because_of"] in ("yes", "alleged"):
            for detention in split(row["detention_id"]):
                yield row, by_key("detentions", "detention_id")[detention]


@answers(
    "find_hostages",
    columns=(
        *("person", "because_of", "kinship", "in_words", "asserted_by", "confidence", "status"),
        *("status_as_of", "started", "ended", "target_status", "target_status_as_of"),
        *("target_events", "occasion", "occasion_on", "days_least", "days_most", "person_id"),
        *("because_of_id", "detention_id", "sources", "facts_sources"),
    ),
)
def hostages() -> Iterable[Row]:
    """Every hostage row of the starter names its custodies; `yes` is documented."""
    for row, custody in hostage_rows():
        held, target = row["from_person_id"], row["to_person_id"]
        known = between(held, target)
        latest = custodies_of(target)
        befell = list(events_of(target))
        yield (
            person_name(held),
            person_name(target),
            [kind for kind, _ in known],
            [words for _, words in known if words],
            split(row["asserted_by"]),
            "documented" if row["held_because_of"] == "yes" else "alleged",
            custody["status"],
            custody["status_as_of"],
            custody["started_on"] or None,
            custody["ended_on"] or None,
            (latest[0]["status"] or None) if latest else None,
            (latest[0]["status_as_of"] or None) if latest else None,
            [f"{event['started_on']} {event['name']}".strip() for event, _ in befell],
            *nearest(target, bounds(custody["started_on"])),
            held,
            target,
            custody["detention_id"],
            sources(row),
            sources(custody, *latest, *(row for rows in befell for row in rows)),
        )


@answers("hostages", columns=("nodes", "ties"))
def hostage_graph() -> Iterable[Row]:
    """Held, custody, target, and the charges and officials of the custody."""
    pairs = {(row["from_person_id"], row["to_person_id"]) for row, _ in hostage_rows()}
    custodies = {custody["detention_id"] for _, custody in hostage_rows()}
    nodes = custodies | {person for pair in pairs for person in pair}
    drawn: Counter[str] = Counter()
    for start, type, end, *_ in overview.ties():
        if (
            (type in ("DETAINED_IN", "INVOLVED_IN") and end in custodies)
            or (type in ("BECAUSE_OF", "CHARGED_WITH") and start in custodies)
            or (type == "RELATED_TO" and ((start, end) in pairs or (end, start) in pairs))
        ):
            drawn[type] += 1
            nodes |= {start, end}
    yield nodes, drawn
