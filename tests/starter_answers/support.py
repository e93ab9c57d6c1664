"""Who stands behind what: the ties that the rows make, and their publishers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from tests.starter_answers import Cells, Row, answers, bounds, by_key, split, table

TABLES = (
    *("people", "detentions", "organizations", "places_of_detention", "positions", "events"),
    *("event_people", "official_involvement", "relationships", "accusations", "charges", "laws"),
    *("cases", "case_members", "detention_places", "amnesty_rules", "amnesty_requests"),
)
SYMMETRIC = (
    *("sibling_of", "spouse_of", "partner_of", "in_law_of", "relative_of", "friend_of"),
    "colleague_of",
)
Tie = tuple[str, ...]


def publisher(source: str) -> str:
    """Return the agency or paper that a source copies, else who published it."""
    row = by_key("sources", "source_id")[source]
    return row["origin"] or row["publisher"] or row["title"]


def ties_of(name: str, row: Cells) -> Iterator[Tie]:
    """Give type, ends and what tells apart each tie that a row makes."""
    match name:
        case "detentions":
            yield "DETAINED_IN", row["person_id"], row["detention_id"]
            if row["by_org_id"]:
                yield "ARRESTED_BY", row["detention_id"], row["by_org_id"]
            if row["place_id"]:
                yield "HELD_AT", row["detention_id"], row["place_id"], *latest_stay(row)
        case "detention_places":
            yield "HELD_AT", row["detention_id"], row["place_id"], row["from_on"], row["to_on"]
        case "organizations" if row["parent_org_id"]:
            yield "PART_OF", row["org_id"], row["parent_org_id"]
        case "places_of_detention" if row["operated_by_org_id"]:
            yield "OPERATES", row["operated_by_org_id"], row["place_id"]
        case "positions":
            yield "HOLDS_POST", row["person_id"], row["org_id"], row["title"], row["started_on"]
        case "events" if row["concerns_id"]:
            yield "CONCERNS", row["event_id"], row["concerns_id"]
        case "event_people":
            yield "TOOK_PART", row["person_id"], row["event_id"], row["role"]
        case "official_involvement":
            yield "INVOLVED_IN", row["person_id"], row["target_id"], row["role"]
        case "accusations":
            yield "CHARGED_WITH", row["subject_id"], row["charge_id"]
        case "charges" if row["law_id"]:
            yield "UNDER", row["charge_id"], row["law_id"]
        case "case_members":
            member = row["detention_id"] or row["person_id"]
            yield "PART_OF_CASE", member, row["case_id"], row["role"]
        case "amnesty_rules":
            yield "HAS_RULE", row["law_id"], row["rule_id"]
            for charge in split(row["charge_ids"]):
                yield "NAMES", row["rule_id"], charge
        case "amnesty_requests":
            yield "AMNESTY", row["detention_id"], row["law_id"], row["requested_on"]
        case "relationships":
            yield from of_relatives(row)


def latest_stay(custody: Cells) -> tuple[str, str]:
    """Return from when and to when the latest stay listed in the last known place was."""
    stays = [
        (row["from_on"], row["to_on"])
        for row in table("detention_places")
        if row["detention_id"] == custody["detention_id"] and row["place_id"] == custody["place_id"]
    ]
    return max(stays, key=lambda stay: str(bounds(stay[0])[0] or ""), default=("", ""))


def of_relatives(row: Cells) -> Iterator[Tie]:
    """Give kinship, from the parent and from the smaller id, and for whom somebody is held."""
    first, second, kind = row["from_person_id"], row["to_person_id"], row["kind"]
    if kind == "child_of" or (kind in SYMMETRIC and second < first):
        first, second = second, first
    yield "RELATED_TO", first, second, "parent_of" if kind == "child_of" else kind
    if row["held_because_of"] in ("yes", "alleged"):
        own = [d for d in table("detentions") if d["person_id"] == row["from_person_id"]]
        for custody in split(row["detention_id"]) or [d["detention_id"] for d in own]:
            yield "BECAUSE_OF", custody, row["to_person_id"]


@cache
def ties() -> dict[Tie, frozenset[str]]:
    """Return each tie with the publishers behind it."""
    found: dict[Tie, set[str]] = {}
    for name in TABLES:
        for row in table(name):
            said = {publisher(source) for source in split(row["source_ids"])}
            for tie in ties_of(name, row):
                found.setdefault(tie, set()).update(said)
    return {tie: frozenset(said) for tie, said in found.items()}


def claims() -> Iterator[set[str]]:
    """Give the publishers behind each row, and behind each side of a contradiction."""
    for name in TABLES:
        for row in table(name):
            yield {publisher(source) for source in split(row["source_ids"])}
    for row in table("contradictions"):
        yield {publisher(row["source_a"])}
        yield {publisher(row["source_b"])}


@answers(
    "rank_sources",
    columns=("publisher", "publications", "claims", "claims_alone", "facts", "facts_alone"),
)
def ranked() -> Iterable[Row]:
    """Count what names a publisher, and what names no other."""
    publications: dict[str, set[str]] = {}
    for row in table("sources"):
        link = row["url"] or row["source_id"]
        publications.setdefault(publisher(row["source_id"]), set()).add(link)
    for name, links in publications.items():
        told = [said for said in claims() if name in said]
        facts = [said for said in ties().values() if name in said]
        yield (
            *(name, len(links)),
            *(len(told), sum(len(said) == 1 for said in told)),
            *(len(facts), sum(len(said) == 1 for said in facts)),
        )


DETAILS = ("HOLDS_POST", "TOOK_PART", "INVOLVED_IN", "PART_OF_CASE", "RELATED_TO")


@answers(
    "list_single_source", columns=("tie", "id", "other_id", "publishers", "publisher", "detail")
)
def told_by_one() -> Iterable[Row]:
    """Give the ties that one publisher alone tells of."""
    status = {
        **{(a["subject_id"], a["charge_id"]): a["status"] for a in table("accusations")},
        **{(o["org_id"], o["parent_org_id"]): o["parent_kind"] for o in table("organizations")},
        **{(r["detention_id"], r["law_id"]): r["outcome"] for r in table("amnesty_requests")},
    }
    for tie, said in ties().items():
        if len(said) == 1:
            type_, first, second, *told = tie
            detail = told[0] if type_ in DETAILS else status.get((first, second))
            at_home = f"residence@{first}" if second == "residence" else second
            yield type_, first, at_home, 1, sorted(said), detail


@answers(
    "list_single_source",
    given={"below": "3", "only": "BECAUSE_OF"},
    columns=("id", "other_id", "publishers", "publisher"),
)
def hostages_told_by_two() -> Iterable[Row]:
    """Give the claims of holding somebody for another that one or two publishers make."""
    for (type_, first, second, *_), said in ties().items():
        if type_ == "BECAUSE_OF" and len(said) < 3:
            yield first, second, len(said), sorted(said)
