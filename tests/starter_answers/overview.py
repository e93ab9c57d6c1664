"""All nodes and ties that the rows of the starter make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tests.starter_answers import Row, answers, sources, split, table

Tie = tuple[str, str, str, str | None, tuple[str, ...]]
"""From, type, to, detail (kind, role, title, status or outcome) and sources."""

KEYS = {
    "people": "person_id",
    "detentions": "detention_id",
    "events": "event_id",
    "places_of_detention": "place_id",
    "organizations": "org_id",
    "cases": "case_id",
    "charges": "charge_id",
    "laws": "law_id",
    "amnesty_rules": "rule_id",
}
ONE_WAY = ("parent_of", "grandparent_of", "lawyer_of")


def place_of(detention: str, place: str) -> str:
    """Return the node of a place: each house arrest has a home of its own."""
    return f"residence@{detention}" if place == "residence" else place


def ties() -> Iterator[Tie]:
    """Yield each tie that a row makes, those that several rows make several times."""
    moves = {(row["detention_id"], row["place_id"]) for row in table("detention_places")}
    for row in table("detentions"):
        detention, cited = row["detention_id"], tuple(sources(row))
        yield row["person_id"], "DETAINED_IN", detention, None, cited
        if row["by_org_id"]:
            yield detention, "ARRESTED_BY", row["by_org_id"], None, cited
        if row["place_id"] and (detention, row["place_id"]) not in moves:
            yield detention, "HELD_AT", place_of(detention, row["place_id"]), None, cited
    for row in table("relationships"):
        start, end, kind = row["from_person_id"], row["to_person_id"], row["kind"]
        if kind == "child_of":
            start, end, kind = end, start, "parent_of"
        elif kind not in ONE_WAY:
            start, end = sorted((start, end))
        yield start, "RELATED_TO", end, kind, tuple(sources(row))
        if row["held_because_of"] in ("yes", "alleged"):
            for detention in split(row["detention_id"]):
                yield detention, "BECAUSE_OF", row["to_person_id"], None, tuple(sources(row))
    for name, start, type, end, detail in (
        ("detention_places", "detention_id", "HELD_AT", "place_id", ""),
        ("accusations", "subject_id", "CHARGED_WITH", "charge_id", "status"),
        ("charges", "charge_id", "UNDER", "law_id", ""),
        ("positions", "person_id", "HOLDS_POST", "org_id", "title"),
        ("organizations", "org_id", "PART_OF", "parent_org_id", "parent_kind"),
        ("places_of_detention", "operated_by_org_id", "OPERATES", "place_id", ""),
        ("official_involvement", "person_id", "INVOLVED_IN", "target_id", "role"),
        ("event_people", "person_id", "TOOK_PART", "event_id", "role"),
        ("events", "event_id", "CONCERNS", "concerns_id", ""),
        ("case_members", "detention_id", "PART_OF_CASE", "case_id", "role"),
        ("amnesty_rules", "law_id", "HAS_RULE", "rule_id", ""),
        ("amnesty_requests", "detention_id", "AMNESTY", "law_id", "outcome"),
    ):
        for row in table(name):
            first = row[start] or (row["person_id"] if name == "case_members" else "")
            if first and row[end]:
                said = [row]
                if type == "HELD_AT":
                    # A custody's last known place is the same stay, said once more.
                    said += [
                        custody
                        for custody in table("detentions")
                        if (custody["detention_id"], custody["place_id"]) == (first, row[end])
                    ]
                yield (
                    first,
                    type,
                    place_of(first, row[end]),
                    row[detail] or None if detail else None,
                    tuple(sources(*said)),
                )
    for row in table("amnesty_rules"):
        for charge in split(row["charge_ids"]):
            yield row["rule_id"], "NAMES", charge, None, tuple(sources(row))


@answers("whole", columns=("nodes", "ties"))
def everything() -> Iterable[Row]:
    """Beside the home of each house arrest, what stands for all homes is a node without ties."""
    nodes = {row[key] for name, key in KEYS.items() for row in table(name)}
    drawn = list(ties())
    nodes |= {end for _, type, end, *_ in drawn if type == "HELD_AT"}
    yield nodes, Counter(type for _, type, *_ in drawn)


@answers(
    "show_person",
    given={"id": "juan-pablo-guanipa"},
    columns=("about_id", "tie", "direction", "other_id", "detail", "sources"),
)
def person() -> Iterable[Row]:
    """Ties of the person, then those of his two custodies but for the one to himself."""
    subject = "juan-pablo-guanipa"
    custodies = {row["detention_id"] for row in table("detentions") if row["person_id"] == subject}
    for start, type, end, detail, cited in ties():
        for about, direction, other in ((start, "out", end), (end, "in", start)):
            if about == subject or (about in custodies and type != "DETAINED_IN"):
                yield about, type, direction, other, detail, list(cited)
