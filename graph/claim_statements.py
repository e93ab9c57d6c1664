"""The statements that write claims: the claim, what it is about, what it cites, its load."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vinculos.graph.decisions import Decision, standing_decisions
from vinculos.graph.model import ABOUT, CITED, CITES, CLAIM, IN, NODE_TYPES, RELATIONSHIP_TYPES
from vinculos.graph.records import Claim

Statement = tuple[str, dict[str, Any]]
SUPERSEDE = (
    f"UNWIND $rows AS r MATCH (c:{CLAIM} {{id: r.id}}) SET c.id = r.old, c.superseded_by = r.load"
)


@dataclass(frozen=True)
class Writing:
    """How claims are written: in which load, when, over which older versions, under what decisions.

    `superseded` gives a claim's id the id that its older version gets, which is kept, marked with
    the load that replaced it.
    """

    load: str
    recorded: str
    superseded: Mapping[str, str]
    decisions: list[Decision]

    def fallen_by(self, claim: Claim) -> str:
        """Return the id of the decision by which the claim falls, '' where it stands."""
        if not self.decisions or list(standing_decisions(self.decisions).standing([claim])):
            return ""
        blamed = {claim.id, *(citation.source for citation in claim.citations)}
        return max(
            (d for d in self.decisions if d.kind == "retract" and d.target in blamed),
            key=lambda decision: decision.number,
        ).id


def claim_properties(claim: Claim, load: str, recorded: str) -> dict[str, Any]:
    """Return the properties of a Claim node.

    What it asserts stands there twice: as JSON, from which the claim is read back, and as five
    parallel lists (subjects, fields, values, statuses, others) that Cypher can look into.
    """
    said = [
        (v.subject.id, v.field, _shown(v.text or v.value), v.status, v.other.id if v.other else "")
        for v in claim.values
    ]
    for tie in claim.ties:
        apart = RELATIONSHIP_TYPES[tie.type].apart
        said += [
            (tie.start.id, f"{tie.type}.{name}", _shown(value), "accepted", tie.end.id)
            for name, value in tie.fields.items()
            if name not in apart
        ]
    subjects, fields, values, statuses, others = (
        (list(column) for column in zip(*said, strict=True)) if said else ([], [], [], [], [])
    )
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
        "recorded": recorded,
        "load": load,
        "digest": claim.digest(),
        "asserts": claim.asserts(),
    }
    return properties | _filled(as_of=claim.as_of, note=claim.note)


def _shown(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def claim_statements(claims: list[Claim], writing: Writing) -> Iterator[Statement]:
    """Yield the statements that write claims, older versions marked as superseded first."""
    load = writing.load
    old = [
        {"id": c.id, "old": writing.superseded[c.id], "load": load}
        for c in claims
        if c.id in writing.superseded
    ]
    if old:
        yield SUPERSEDE, {"rows": old}
    rows = []
    for claim in claims:
        properties = claim_properties(claim, load, writing.recorded)
        if fallen := writing.fallen_by(claim):
            properties["superseded_by"] = fallen
        rows.append(properties)
    yield f"UNWIND $rows AS r MERGE (c:{CLAIM} {{id: r.id}}) SET c = r", {"rows": rows}
    yield from ((cypher, {"rows": ends}) for cypher, ends in about_statements(claims))
    retracted = standing_decisions(writing.decisions).retracted
    for kind, cited in ((CITES, False), (CITED, True)):
        citations = [
            {
                "claim": claim.id,
                "source": citation.source,
                "properties": _filled(page=citation.page, accessed=citation.accessed),
            }
            for claim in claims
            for citation in claim.citations
            if (citation.source in retracted and claim.table != "sources") is cited
        ]
        if citations:
            yield (
                f"UNWIND $rows AS r MATCH (c:{CLAIM} {{id: r.claim}}) "
                f"MATCH (s:Source {{id: r.source}}) "
                f"MERGE (c)-[x:{kind}]->(s) SET x = r.properties",
                {"rows": citations},
            )
    yield (
        f"MATCH (l:Load {{id: $load}}) UNWIND $ids AS id MATCH (c:{CLAIM} {{id: id}}) "
        f"MERGE (c)-[:{IN}]->(l)",
        {"load": load, "ids": [claim.id for claim in claims]},
    )


def about_statements(claims: Iterable[Claim]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield, with its rows, a statement for each label that ties claims to what they are about."""
    ends: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for claim in claims:
        for ref in claim.about():
            ends[NODE_TYPES[ref.label].label].append({"claim": claim.id, "id": ref.id})
    for label, rows in ends.items():
        yield (
            f"UNWIND $rows AS r MATCH (c:{CLAIM} {{id: r.claim}}) MATCH (n:{label} {{id: r.id}}) "
            f"MERGE (c)-[:{ABOUT}]->(n)",
            rows,
        )


def _filled(**texts: str) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}
