"""The statements that write claims: the claim, what it is about, what it cites, its load."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from vinculos.graph.decisions import Decision, standing_decisions
from vinculos.graph.declarations import BETWEEN
from vinculos.graph.model import ABOUT, CITED, CITES, CLAIM, IN, NODE_TYPES, RELATIONSHIP_TYPES
from vinculos.graph.records import Citation, Claim

Statement = tuple[str, dict[str, Any]]
SUPERSEDE = (
    f"UNWIND $rows AS r MATCH (c:{CLAIM} {{id: r.id}}) SET c.id = r.old, c.superseded_by = r.load"
)


class WrittenClaim(NamedTuple):
    """A claim as it is written.

    `properties` are the node's, `about` gives label and id of what it is about, `old` the id under
    which its older version is kept, '' where there is none.
    """

    properties: dict[str, Any]
    about: Sequence[tuple[str, str]]
    citations: Sequence[Citation]
    old: str = ""


@dataclass(frozen=True)
class Writing:
    """How claims are written: in which load, when, and under what decisions."""

    load: str
    recorded: str
    decisions: list[Decision]

    def fallen_by(self, claim: WrittenClaim) -> str:
        """Return the id of the decision by which the claim falls, '' where it stands."""
        id, table = claim.properties["id"], claim.properties["table"]
        if not self.decisions:
            return ""
        if standing_decisions(self.decisions).standing_citations(id, table, claim.citations):
            return ""
        blamed = {id, *(citation.source for citation in claim.citations)}
        fallen = [d for d in self.decisions if d.kind == "retract" and d.target in blamed]
        return max(fallen, key=lambda decision: decision.number).id if fallen else ""


def claim_properties(claim: Claim, seen: Claim | None = None) -> dict[str, Any]:
    """Return the properties of a Claim node but those that say when and in which load it came.

    What it asserts stands there twice: as JSON, from which the claim is read back, and as five
    parallel lists (subjects, fields, values, statuses, others) that Cypher can look into.

    Args:
        claim: the claim as its row says it, which the JSON keeps.
        seen: the claim as the graph takes it where people in it are one with others; the lists are
            of this one.
    """
    seen = seen or claim
    said = [
        (v.subject.id, v.field, _shown(v.text or v.value), v.status, v.other.id if v.other else "")
        for v in seen.values
    ]
    for tie in seen.ties:
        apart = RELATIONSHIP_TYPES[tie.type].apart
        said += [
            (tie.start.id, f"{tie.type}.{name}", _shown(value), "accepted", tie.end.id)
            for name, value in tie.fields.items()
            if name not in apart
        ]
    subjects, fields, values, statuses, others = (
        (list(column) for column in zip(*said, strict=True)) if said else ([], [], [], [], [])
    )
    asserts = claim.asserts()
    properties = {
        "id": claim.id,
        "dataset": claim.dataset,
        "table": claim.table,
        "file": claim.file,
        "row": claim.row,
        "key": claim.key,
        "subjects": subjects,
        "fields": fields,
        "values": values,
        "statuses": statuses,
        "others": others,
        "confidence": claim.confidence,
        "digest": claim.digest(asserts),
        "asserts": asserts,
    }
    return properties | _filled(as_of=claim.as_of, note=claim.note)


def _shown(value: Any) -> str:
    return BETWEEN.join(map(str, value)) if isinstance(value, list) else str(value)


def claim_statements(claims: list[WrittenClaim], writing: Writing) -> Iterator[Statement]:
    """Yield the statements that write claims, older versions marked as superseded first.

    They are new to the graph, with all that hangs on them, as their older versions get other ids:
    so they are created, which takes fewer look-ups than to merge them.
    """
    load = writing.load
    old = [{"id": c.properties["id"], "old": c.old, "load": load} for c in claims if c.old]
    if old:
        yield SUPERSEDE, {"rows": old}
    rows = []
    for claim in claims:
        properties = claim.properties | {"load": load, "recorded": writing.recorded}
        if fallen := writing.fallen_by(claim):
            properties["superseded_by"] = fallen
        rows.append(properties)
    yield (
        f"MATCH (l:Load {{id: $load}}) UNWIND $rows AS r CREATE (c:{CLAIM})-[:{IN}]->(l) SET c = r",
        {"load": load, "rows": rows},
    )
    about = about_statements(((c.properties["id"], c.about) for c in claims), new=True)
    yield from ((cypher, {"rows": ends}) for cypher, ends in about)
    retracted = standing_decisions(writing.decisions).retracted
    for kind, cited in ((CITES, False), (CITED, True)):
        # A source that a claim cites twice is cited once, as it says last.
        citations = {
            (claim.properties["id"], citation.source): {
                "claim": claim.properties["id"],
                "source": citation.source,
                "properties": _filled(page=citation.page, accessed=citation.accessed),
            }
            for claim in claims
            for citation in claim.citations
            if (citation.source in retracted and claim.properties["table"] != "sources") is cited
        }
        if citations:
            yield (
                f"UNWIND $rows AS r MATCH (c:{CLAIM} {{id: r.claim}}) "
                f"MATCH (s:Source {{id: r.source}}) "
                f"CREATE (c)-[x:{kind}]->(s) SET x = r.properties",
                {"rows": list(citations.values())},
            )


def about_statements(
    claims: Iterable[tuple[str, Iterable[tuple[str, str]]]], *, new: bool = False
) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield, with its rows, a statement for each label that ties claims to what they are about.

    Args:
        claims: the id of each, with label and id of what it is about.
        new: whether they were created just before, and are tied to nothing yet.
    """
    tie = "CREATE" if new else "MERGE"
    ends: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for claim, about in claims:
        for label, id in about:
            ends[NODE_TYPES[label].label].append({"claim": claim, "id": id})
    for label, rows in ends.items():
        yield (
            f"UNWIND $rows AS r MATCH (c:{CLAIM} {{id: r.claim}}) MATCH (n:{label} {{id: r.id}}) "
            f"{tie} (c)-[:{ABOUT}]->(n)",
            rows,
        )


def _filled(**texts: str) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}
