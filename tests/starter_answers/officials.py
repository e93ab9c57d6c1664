"""Officials and what they did in which detention."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from tests.starter_answers import Cells, Row, answers, by_key, person_name, sources, table

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


def involved_in_detentions() -> list[Cells]:
    """Return the rows of involvement whose target is a custody."""
    detentions = by_key("detentions", "detention_id")
    return [row for row in table("official_involvement") if row["target_id"] in detentions]


def held(detention: str) -> str:
    """Return the name of who was held in a custody."""
    return person_name(by_key("detentions", "detention_id")[detention]["person_id"])


def pairs(at_least: int) -> Iterable[Row]:
    """Give each two people with that many custodies in common."""
    rows = involved_in_detentions()
    for first, second in combinations(sorted({row["person_id"] for row in rows}), 2):
        own = [row for row in rows if row["person_id"] == first]
        other = [row for row in rows if row["person_id"] == second]
        common = {row["target_id"] for row in own} & {row["target_id"] for row in other}
        if len(common) < at_least:
            continue
        own = [row for row in own if row["target_id"] in common]
        other = [row for row in other if row["target_id"] in common]
        alleged = [
            detention
            for detention in common
            if any(
                all(row["confidence"] == "alleged" for row in part if row["target_id"] == detention)
                for part in (own, other)
            )
        ]
        yield (
            person_name(first),
            sorted({row["role"] for row in own}),
            person_name(second),
            sorted({row["role"] for row in other}),
            len(common),
            len(alleged),
            sorted({held(detention) for detention in common}),
            sources(*own, *other),
        )


PAIRED = (*("official", "roles", "with", "with_roles", "detentions", "alleged", "held", "sources"),)


@answers("pair_officials", columns=PAIRED)
def recurring() -> Iterable[Row]:
    """Those who meet more than once."""
    return pairs(2)


@answers("pair_officials", given={"at_least": "1"}, columns=PAIRED)
def met() -> Iterable[Row]:
    """All who meet."""
    return pairs(1)


SHOWN = (
    *("section", "role", "subject", "title", "commands", "started", "ended", "status"),
    *("confidence", "subject_id", "sources"),
)


def known_of(person: str) -> Iterable[Row]:
    """Give all posts, involvements and parts in events of a person."""
    organizations = by_key("organizations", "org_id")
    for row in table("positions"):
        if row["person_id"] == person:
            yield (
                *("post", None, organizations[row["org_id"]]["name"], row["title"]),
                *(row["commands"], row["started_on"] or None, row["ended_on"] or None, None),
                *("reported", row["org_id"], sources(row)),
            )
    for row in table("official_involvement"):
        if row["person_id"] == person and row["target_id"] in organizations:
            body = organizations[row["target_id"]]["name"]
            yield (
                *("body", row["role"], body, None, None, None, None, None),
                *(row["confidence"], row["target_id"], sources(row)),
            )
    for row in involved_in_detentions():
        if row["person_id"] == person:
            custody = by_key("detentions", "detention_id")[row["target_id"]]
            yield (
                *("detention", row["role"], held(row["target_id"]), None, None),
                *(custody["started_on"] or None, custody["ended_on"] or None, custody["status"]),
                *(row["confidence"], row["target_id"], sources(row)),
            )
    for row in table("event_people"):
        if row["person_id"] == person:
            event = by_key("events", "event_id")[row["event_id"]]
            yield (
                *("event", row["role"], event["name"], None, None),
                *(event["started_on"] or None, event["ended_on"] or None, None),
                *(row["confidence"], row["event_id"], sources(row)),
            )


@answers("show_official", given={"id": "diosdado-cabello"}, columns=SHOWN)
def minister() -> Iterable[Row]:
    """Two posts, many roles, one custody of a minor."""
    return known_of("diosdado-cabello")


@answers("show_official", given={"id": "edward-briceno-cisneros"}, columns=SHOWN)
def judge_who_signed_a_warrant() -> Iterable[Row]:
    """A post and an event, no custody."""
    return known_of("edward-briceno-cisneros")


OUTCOMES = ("convicted", "acquitted", "dismissed", "annulled")


def judged(row: Cells, subject: str, *verdicts: Cells) -> Row:
    """Return what is known of the charges and verdicts where somebody judged or prosecuted."""
    charges = by_key("charges", "charge_id")
    accusations = [said for said in table("accusations") if said["subject_id"] == subject]
    organizations = by_key("organizations", "org_id")
    posts = [
        f"{post['title']}, {organizations[post['org_id']]['name']}"
        for post in table("positions")
        if post["person_id"] == row["person_id"]
        and organizations[post["org_id"]]["kind"] in ("court", "prosecution")
    ]
    named = [charges[said["charge_id"]] for said in accusations]
    return (
        *(person_name(row["person_id"]), row["role"], posts),
        [{"en": charge["name_en"], "es": charge["name_es"]} for charge in named],
        sorted(
            {said["status"] for said in accusations} & set(OUTCOMES)
            | {said["role"] for said in verdicts}
        ),
        *(row["confidence"], subject, sources(row, *accusations, *verdicts)),
    )


@answers(
    "list_judges",
    columns=(
        *("official", "role", "posts", "charges", "outcomes", "confidence", "subject_id"),
        *("sources", "what", "subject", "sentence_years"),
    ),
)
def judges() -> Iterable[Row]:
    """Custodies and, apart from them, events."""
    for row in involved_in_detentions():
        if row["role"] in ("presided", "prosecuted"):
            custody = by_key("detentions", "detention_id")[row["target_id"]]
            years = float(custody["sentence_years"]) if custody["sentence_years"] else None
            yield *judged(row, row["target_id"]), "Detention", held(row["target_id"]), years
    for row in table("event_people"):
        if row["role"] in ("presided", "prosecuted"):
            event = by_key("events", "event_id")[row["event_id"]]
            verdicts = [
                said
                for said in table("event_people")
                if said["event_id"] == row["event_id"] and said["role"] in OUTCOMES
            ]
            yield *judged(row, row["event_id"], *verdicts), "Event", event["name"], None
