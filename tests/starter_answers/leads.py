"""Whose custody lies near in time to what befell a relative, while nobody ties the two."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tests.starter_answers import (
    Cells,
    Row,
    answers,
    bounds,
    by_key,
    days_between,
    person_name,
    split,
    table,
)
from tests.starter_answers.ties import (
    OCCASIONS,
    between,
    dated_events,
    events_of,
    hostage_rows,
    kin_of,
)

PUBLIC = {"opposition_leader", "public_figure", "official", "journalist", "activist"}
NO_OTHER_BASIS = ("", "hostage_by_association", "relative_of_target", "other")


def near(target: str, custody: Cells, days: int) -> list[tuple[int, str, str, int, int]]:
    """Return what befell the target that may be near enough: how far, kind, date, least, most."""
    happened = [*dated_events(target)]
    happened += [
        ("post", row["started_on"]) for row in table("positions") if row["person_id"] == target
    ]
    found = []
    for kind, date in happened:
        least, most = days_between(bounds(date), bounds(custody["started_on"]))
        if least is not None and most is not None and least <= days and most >= -days:
            found.append((max(abs(least), abs(most)), kind, date, least, most))
    return sorted(found)


def posts(person: str) -> list[str]:
    """Return the posts of a person, with their organizations."""
    organizations = by_key("organizations", "org_id")
    return [
        f"{row['title']}, {organizations[row['org_id']]['name']}"
        for row in table("positions")
        if row["person_id"] == person
    ]


def against(held: str, custody: Cells, occasion: tuple[int, str, str, int, int]) -> Iterator[str]:
    """Yield what speaks against a lead."""
    _, kind, _, least, most = occasion
    detention = custody["detention_id"]
    if most < 0:
        yield "taken_before"
    if (kind, least, most) == ("arrest", 0, 0):
        yield "same_day"
    if least != most:
        yield "inexact"
    if any(row["subject_id"] == detention for row in table("accusations")):
        yield "own_charges"
    if any(
        row["detention_id"] == detention or (row["person_id"] == held and not row["detention_id"])
        for row in table("case_members")
    ):
        yield "own_case"
    if posts(held) or PUBLIC & {*split(by_key("people", "person_id")[held]["role_types"])}:
        yield "own_role"
    if any(event["kind"] in OCCASIONS for event, _ in events_of(held)):
        yield "own_event"
    if custody["basis"] not in NO_OTHER_BASIS:
        yield "other_basis"
    if any(claimed is custody for _, claimed in hostage_rows()):
        yield "other_target"


def leads(days: int) -> Iterable[Row]:
    claimed = {(row["to_person_id"], custody["detention_id"]) for row, custody in hostage_rows()}
    charges = by_key("charges", "charge_id")
    for custody in table("detentions"):
        held, detention = custody["person_id"], custody["detention_id"]
        for target in kin_of(held):
            found = near(target, custody, days)
            if not found or (target, detention) in claimed:
                continue
            nearest = found[0]
            _, kind, date, least, most = nearest
            yield (
                "confirmed" if -days <= least and most <= days else "possible",
                person_name(held),
                person_name(target),
                sorted({kind for kind, _ in between(held, target)}),
                kind,
                date,
                least,
                most,
                list(against(held, custody, nearest)),
                [
                    {
                        "en": charges[row["charge_id"]]["name_en"],
                        "es": charges[row["charge_id"]]["name_es"],
                    }
                    for row in table("accusations")
                    if row["subject_id"] == detention
                ],
                posts(held)
                + sorted(PUBLIC & {*split(by_key("people", "person_id")[held]["role_types"])}),
                [
                    person_name(row["to_person_id"])
                    for row, other in hostage_rows()
                    if other is custody
                ],
                custody["basis"] or None,
                detention,
            )


COLUMNS = (
    *("certainty", "person", "target", "kinship", "occasion", "occasion_on", "days_least"),
    *("days_most", "against", "charges", "roles", "others", "basis", "detention_id"),
)


@answers("suggest_hostages", columns=COLUMNS)
def within_a_month() -> Iterable[Row]:
    """Thirty days unless another number is given."""
    return leads(30)


@answers("suggest_hostages", given={"days": "200"}, columns=COLUMNS)
def within_200_days() -> Iterable[Row]:
    """Enough for dates known by the year alone to come into question."""
    return leads(200)
