"""What the sources say, and where they disagree."""

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


STATE = (
    *("government", "ministry", "prosecution", "court", "military", "intelligence"),
    *("security_force", "prison_service"),
)
OVER = ("released", "conditional_release", "deceased", "escaped")


def listed(**lacking: object) -> list[str]:
    """Return the names whose value says that something is lacking; `__` stands for a dot."""
    return [name.replace("__", ".") for name, lacks in lacking.items() if lacks]


def missing_of_custody(row: Cells) -> list[str]:
    """Return what nobody recorded of a custody."""
    said = [a for a in table("accusations") if a["subject_id"] == row["detention_id"]]
    stays = [p for p in table("detention_places") if p["detention_id"] == row["detention_id"]]
    convicted = any(accusation["status"] == "convicted" for accusation in said)
    return listed(
        started=not row["started_on"],
        ended=row["status"] in OVER and not row["ended_on"],
        status=row["status"] in ("", "unknown"),
        status_as_of=not row["status_as_of"],
        basis=not row["basis"],
        sentence_years=convicted and not row["sentence_years"],
        CHARGED_WITH=not said,
        ARRESTED_BY=not row["by_org_id"],
        HELD_AT=not row["place_id"] and not stays,
    )


def missing_of_person(row: Cells) -> list[str]:
    """Return what nobody recorded of a detainee, and posts in the state without dates."""
    held = any(d["person_id"] == row["person_id"] for d in table("detentions"))
    detainee = held or "detainee" in split(row["role_types"])
    kinds = {org["org_id"]: org["kind"] for org in table("organizations")}
    return listed(
        DETAINED_IN=detainee and not held,
        gender=detainee and not row["gender"],
        nationality=detainee and not row["nationality"],
        born=detainee and not row.get("born"),
        HOLDS_POST__started=any(
            not post["started_on"] and not post["ended_on"] and kinds[post["org_id"]] in STATE
            for post in table("positions")
            if post["person_id"] == row["person_id"]
        ),
    )


@answers("list_missing", columns=("label", "subject", "missing", "how_many"))
def missing() -> Iterable[Row]:
    """Give what is missing of each thing, where it is something."""
    for label, subject, lacks in looked_at():
        if lacks:
            yield label, subject, lacks, len(lacks)


def looked_at() -> Iterable[tuple[str, object, list[str]]]:
    """Give what is missing of each thing, also where it is nothing."""
    for row in table("detentions"):
        yield "Detention", person_name(row["person_id"]), missing_of_custody(row)
    for row in table("people"):
        yield "Person", person_name(row["person_id"]), missing_of_person(row)
    for row in table("organizations"):
        unknown = row["parent_org_id"] and row["parent_kind"] in ("", "unknown")
        yield "Organization", row["name"], listed(kind=not row["kind"], PART_OF__kind=unknown)
    for row in table("places_of_detention"):
        run = row["operated_by_org_id"]
        lacks = listed(kind=not row["kind"], OPERATES=not run, OPERATES__started=run)
        yield "Place", row["name"], [] if row["kind"] == "residence" else lacks
    for row in table("charges"):
        name = {"en": row["name_en"], "es": row["name_es"]}
        yield "Charge", name, listed(UNDER=not row["law_id"])
    for row in table("events"):
        yield "Event", row["name"], listed(started=not row["started_on"] + row["ended_on"])
    for row in table("sources"):
        lacks = listed(
            publisher=not row["publisher"] and not row["origin"],
            published=not row["published_on"],
            url=not row["url"],
        )
        yield "Source", row["title"], lacks
