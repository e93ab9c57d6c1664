"""What the sources say, and where they disagree."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from tests.starter_answers import (
    Row,
    answers,
    bounds,
    by_key,
    person_name,
    sources,
    split,
    table,
)

FIELDS = {
    "sex": "gender",
    "by_org": "ARRESTED_BY",
    "place": "HELD_AT",
    "date_of_conviction": "sentenced_on",
    "started_on": "started",
    "ended_on": "ended",
}
"""What the model calls the words of `field`; the others stay as they are."""
COLUMNS = ("started_on", "ended_on", "sentence_years")


@answers("list_conflicts", columns=("id", "field", "values"))
def conflicts() -> Iterable[Row]:
    """Each row of the contradictions, with what the custody's own row says of that column."""
    for row in table("contradictions"):
        field = row["field"]
        if field.startswith("relation_to_"):
            name = "RELATED_TO"
        else:
            name = FIELDS.get(field, field)
        said = {row["value_a"]: {row["source_a"]}}
        said.setdefault(row["value_b"], set()).add(row["source_b"])
        custody = by_key("detentions", "detention_id").get(row["subject_id"])
        if custody and field in COLUMNS and custody[field]:
            said.setdefault(custody[field], set()).update(split(custody["source_ids"]))
        yield row["subject_id"], name, {value: sorted(by) for value, by in said.items()}
    yield from against_the_law()


AGAINST = {"yes": "excludes", "no": "covers"}


def against_the_law() -> Iterable[Row]:
    """Give the charges of which the press says something else than a rule that names them."""
    for charge in table("charges"):
        press = charge["amnesty_in_press"]
        said = {press: sources(charge)}
        for rule in table("amnesty_rules"):
            flat = not rule["from_on"] and not rule["to_on"]
            decides = rule["kind"] != "conduct" and rule["effect"] in ("excludes", "covers")
            differs = AGAINST.get(press) == rule["effect"] or (press == "contested" and flat)
            if decides and differs and charge["charge_id"] in split(rule["charge_ids"]):
                said[f"{rule['effect']}: {rule['name_en']}"] = sources(rule)
        if len(said) > 1:
            yield charge["charge_id"], "amnesty_in_press", said


HELD = ("detained", "house_arrest", "disappeared", "unknown", "")


def stale(day: datetime.date, days: int) -> Iterable[Row]:
    """Give the custodies not known to be over, of which nothing is known for so long."""
    for row in table("detentions"):
        told = bounds(row["status_as_of"])[1]
        begun = bounds(row["started_on"])
        died = bounds(by_key("people", "person_id")[row["person_id"]].get("died", ""))[1]
        later = [
            bounds(other["started_on"])
            for other in table("detentions")
            if other["person_id"] == row["person_id"]
        ]
        again = any(
            begun[1] and first and last and first > begun[1] and last <= day
            for first, last in later
        )
        if row["ended_on"] or row["status"] not in HELD or again or (died and died <= day):
            continue
        if (told and (day - told).days <= days) or (begun[0] and begun[0] > day):
            continue
        yield (
            person_name(row["person_id"]),
            row["status"] or None,
            row["status_as_of"] or None,
            (day - told).days if told else None,
            row["detention_id"],
            sources(row),
        )


STALE = ("person", "status", "status_as_of", "days_ago", "detention_id", "sources")


@answers("list_stale", given={"as_of": "2026-03-01"}, columns=STALE)
def no_news_for_three_months() -> Iterable[Row]:
    """On the day after the newest pages."""
    return stale(datetime.date(2026, 3, 1), 90)


@answers("list_stale", given={"as_of": "2025-12-20", "days": "30"}, columns=STALE)
def no_news_for_a_month() -> Iterable[Row]:
    """Before the releases of 2026, when some custodies had not begun."""
    return stale(datetime.date(2025, 12, 20), 30)
