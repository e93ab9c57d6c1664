"""What is held against whom, and what courts made of it."""

from __future__ import annotations

from collections.abc import Iterable

from tests.starter_answers import Cells, Row, answers, bounds, by_key, person_name, sources, table
from tests.starter_answers.custody import HELD

STATUSES = ("accused", "convicted", "acquitted", "dismissed", "annulled", "unknown")
BEFELL = ("subject", "accused", "convicted", "acquitted")


def named(row: Cells) -> dict[str, str]:
    """Return the name of a charge or law in both languages."""
    return {"en": row["name_en"], "es": row["name_es"]}


def charged(subject: str) -> list[Cells]:
    """Return the rows that charge a custody or an event."""
    return [row for row in table("accusations") if row["subject_id"] == subject]


def people_of(subject: str) -> set[str]:
    """Return whom the charges of a custody or an event are held against."""
    custody = by_key("detentions", "detention_id").get(subject)
    if custody:
        return {custody["person_id"]}
    return {
        row["person_id"]
        for row in table("event_people")
        if row["event_id"] == subject and row["role"] in BEFELL
    }


@answers(
    "count_charges",
    columns=(
        *("charge", "law", "custodies", "events", "people", *STATUSES, "still_held"),
        *("oldest_report", "charge_id", "law_id", "sources"),
    ),
)
def counted_charges() -> Iterable[Row]:
    """A charge of no row of accusations is not listed."""
    detentions, laws = by_key("detentions", "detention_id"), by_key("laws", "law_id")
    for charge in table("charges"):
        rows = [row for row in table("accusations") if row["charge_id"] == charge["charge_id"]]
        if not rows:
            continue
        custodies = [detentions[r["subject_id"]] for r in rows if r["subject_id"] in detentions]
        held = [row for row in custodies if row["status"] in HELD and not row["ended_on"]]
        law = laws.get(charge["law_id"])
        yield (
            named(charge),
            named(law) if law else None,
            len(custodies),
            len(rows) - len(custodies),
            len({person for row in rows for person in people_of(row["subject_id"])}),
            *(sum(row["status"] == status for row in rows) for status in STATUSES),
            len(held),
            min((row["status_as_of"] for row in held), default=None),
            charge["charge_id"],
            charge["law_id"] or None,
            sources(*rows, *([charge] if law else [])),
        )


@answers(
    "list_sentences",
    columns=(
        *("person", "sentence_years", "sentenced_on", "charges", "status", "counted_to"),
        *("days_least", "days_most", "detention_id", "sources"),
    ),
)
def sentences() -> Iterable[Row]:
    """Days are counted to the end, or to the last report of what was going on."""
    charges = by_key("charges", "charge_id")
    for row in table("detentions"):
        convicted = [c for c in charged(row["detention_id"]) if c["status"] == "convicted"]
        if not (row["sentence_years"] or row["sentenced_on"] or convicted):
            continue
        going_on = row["status"] in HELD and not row["ended_on"]
        until = row["status_as_of"] if going_on else row["ended_on"]
        (first, last), (until_first, until_last) = bounds(row["started_on"]), bounds(until)
        known = first and last and until_first and until_last
        yield (
            person_name(row["person_id"]),
            float(row["sentence_years"]) if row["sentence_years"] else None,
            row["sentenced_on"] or None,
            [named(charges[c["charge_id"]]) for c in convicted],
            row["status"],
            until or None,
            max((until_first - last).days, 0) if known and until_first and last else None,
            (until_last - first).days if known and until_last and first else None,
            row["detention_id"],
            sources(row, *convicted),
        )
