"""Who is tied to whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.starter_answers import (
    Cells,
    Row,
    answers,
    by_key,
    overview,
    person_name,
    sources,
    split,
    table,
)

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
        *("status_as_of", "started", "ended", "person_id", "because_of_id", "detention_id"),
        "sources",
    ),
)
def hostages() -> Iterable[Row]:
    """Every hostage row of the starter names its custodies; `yes` is documented."""
    for row, custody in hostage_rows():
        held, target = row["from_person_id"], row["to_person_id"]
        known = between(held, target)
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
            held,
            target,
            custody["detention_id"],
            sources(row),
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
