"""Officials and what they did in which detention."""

from __future__ import annotations

from collections.abc import Iterable

from tests.starter_answers import Row, answers, by_key, person_name, sources, table

ROLES = ("ordered", "commanded", "presided", "prosecuted", "custodian", "announced", "denounced")
IN_EVENTS = ("ordered", "presided", "prosecuted", "announced")


@answers(
    "rank_officials",
    columns=("official", "posts", *ROLES, "alleged", "organizations", "proceedings", "sources"),
)
def ranked() -> Iterable[Row]:
    """Count a detention once a role; sources are those of all that the person took part in."""
    detentions = by_key("detentions", "detention_id")
    organizations = by_key("organizations", "org_id")
    for person in by_key("people", "person_id"):
        involved = [r for r in table("official_involvement") if r["person_id"] == person]
        took_part = [r for r in table("event_people") if r["person_id"] == person]
        proceedings = {r["event_id"] for r in took_part if r["role"] in IN_EVENTS}
        if not involved and not proceedings:
            continue
        held = [r for r in involved if r["target_id"] in detentions]
        sure = {r["target_id"] for r in held if r["confidence"] != "alleged"}
        yield (
            person_name(person),
            [
                f"{r['title']}, {organizations[r['org_id']]['name']}"
                for r in table("positions")
                if r["person_id"] == person
            ],
            *(len({r["target_id"] for r in held if r["role"] == role}) for role in ROLES),
            len({r["target_id"] for r in held} - sure),
            len({r["target_id"] for r in involved if r["target_id"] in organizations}),
            len(proceedings),
            sources(*involved, *took_part),
        )
