"""Custodies, people, ties, cases and sources of a state, derived as a graph does, to be compared.

They are derived some at a time and kept on disk, so that their number does not matter.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from vinculos.graph.decisions import Decisions, standing_decisions
from vinculos.graph.derive import Derived, derive
from vinculos.graph.fields import CitedSource
from vinculos.graph.records import Citation, Claim, Node, NodeRef
from vinculos.graph.same_people import merged_claim, others_of
from vinculos.graph.spool import Spool
from vinculos.graph.state import State
from vinculos.graph.stored import batches

PART = 500
"""Entities that are derived together."""
TABLES = """
CREATE TABLE things (label TEXT, id TEXT, said TEXT, PRIMARY KEY (label, id)) WITHOUT ROWID
"""
Record = dict[str, Any]
CUSTODY = (
    "started",
    "ended",
    "status",
    "status_as_of",
    "basis",
    "sentence_years",
    "sentenced_on",
)
TIES = {
    "HELD_AT": "places",
    "CHARGED_WITH": "charges",
    "INVOLVED_IN": "officials",
    "ARRESTED_BY": "bodies",
}
"""Ties of a custody: what its record calls them."""
OWN = {
    "Person": ("RELATED_TO", "HOLDS_POST", "INVOLVED_IN", "TOOK_PART"),
    "Organization": ("PART_OF",),
    "Detention": ("BECAUSE_OF", "AMNESTY"),
}
"""Ties that have a record of their own, by the label of whom they start from."""
SAID = (
    "kind",
    "role",
    "title",
    "rank",
    "commands",
    "status",
    "started",
    "ended",
    "outcome",
    "requested",
    "decided",
)
"""What a record says of a tie, where its type has such a field."""
LABELS = (
    "Source",
    "Person",
    "Place",
    "Law",
    "Charge",
    "Organization",
    "Event",
    "Case",
    "Detention",
)
"""Labels that have records, sources first: what is derived of the others asks for them."""
BEHIND = {"Person": ("died",), "Case": ("name", "kind")}
"""Fields of which a record tells who says so, by label."""


class Records:
    """The records of one state; those of a label come in the order of their ids."""

    def __init__(self, state: State, spool: Spool) -> None:
        """Derive them all.

        Args:
            state: the claims and decisions.
            spool: where the records are kept; it may be that of the claims.
        """
        self._state, self._spool = state, spool
        self._standing: Decisions = replace(
            standing_decisions(state.decisions), same=others_of(state.shown)
        )
        spool.make(TABLES)
        for label in LABELS:
            for refs in batches(state.claims.refs([label]), PART):
                derived, claims = self._derived(refs)
                for record in self._described(label, derived, claims):
                    self._keep(label, record)
                for record in _ties(OWN.get(label, ()), derived, claims):
                    self._keep(record["type"], record)

    @property
    def shown(self) -> Mapping[str, str]:
        """The id of a person, and that of the node they are shown as, where they differ."""
        return self._state.shown

    def of(self, label: str) -> Iterator[Record]:
        """Yield the records of a label or a type of tie, in the order of their ids."""
        sql = "SELECT id, said FROM things WHERE label = ? AND id > ? ORDER BY id LIMIT ?"
        last = ""
        while rows := list(self._spool.rows(sql, (label, last, PART))):
            yield from (json.loads(said) for _, said in rows)
            last = rows[-1][0]

    def get(self, label: str, id: str) -> Record | None:
        """Return one record, None where nothing describes it."""
        row = self._spool.row("SELECT said FROM things WHERE label = ? AND id = ?", (label, id))
        return json.loads(row[0]) if row else None

    def cited(self, citations: Iterable[tuple[str, str, str]]) -> list[Record]:
        """Return sources with page and day of access, as answers hold them, each once."""
        found: dict[str, Record] = {}
        for id, page, accessed in citations:
            source = self.get("Source", id) or {"id": id}
            names = ("id", "publisher", "published", "title", "url")
            shown = {name: source.get(name) for name in names} | {
                "page": page or None,
                "accessed": accessed or None,
            }
            found[repr(shown)] = shown
        return [found[key] for key in sorted(found)]

    def _keep(self, label: str, record: Record) -> None:
        said = json.dumps(record, ensure_ascii=False, default=str)
        row = (label, record["id"], said)
        self._spool.run("INSERT OR REPLACE INTO things VALUES (?, ?, ?)", row)

    def _derived(self, refs: list[NodeRef]) -> tuple[Derived, list[Claim]]:
        shown = self._state.shown
        claims = [merged_claim(claim, shown) for claim in self._state.claims.about(refs)]
        cited = {citation.source for claim in claims for citation in claim.citations}
        sources = {
            id: CitedSource(known.get("published") or "", known.get("publisher") or id)
            for id in cited
            if (known := self.get("Source", id))
        }
        derived = derive(claims, set(refs), self._state.minors, sources, self._standing)
        return derived, list(self._standing.standing(claims))

    def _described(self, label: str, derived: Derived, claims: list[Claim]) -> Iterable[Record]:
        if label == "Detention":
            return _custodies(derived, claims)
        if label == "Case":
            return _cases(derived, claims)
        nodes = derived.nodes.values()
        return (_thing(node, claims) for node in nodes if not node.properties.get("stub"))


def _thing(node: Node, claims: list[Claim]) -> Record:
    shown = {
        name: value
        for name, value in node.properties.items()
        if not name.endswith(("_min", "_max"))
    }
    said = _behind(node, BEHIND.get(node.ref.label, ()), claims)
    return {"id": node.ref.id, **shown, "behind": said}


def _cases(derived: Derived, claims: list[Claim]) -> Iterator[Record]:
    """Yield the cases, those too of which nothing is known but who is part of them."""
    records = {
        ref.id: {**_thing(node, claims), "members": []}
        for ref, node in derived.nodes.items()
        if ref.label == "Case"
    }
    for tie in _ties(("PART_OF_CASE",), derived, claims):
        if tie["end"] in records:
            records[tie["end"]]["members"].append(tie)
    yield from records.values()


def _custodies(derived: Derived, claims: list[Claim]) -> Iterator[Record]:
    records: dict[str, Record] = {}
    for ref, node in derived.nodes.items():
        if ref.label == "Detention" and not node.properties.get("stub"):
            graded = ("confidence", *(f"{name}_confidence" for name in CUSTODY))
            shown = {name: node.properties.get(name) for name in (*CUSTODY, *graded)}
            records[ref.id] = {"id": ref.id, **shown, "people": []}
            records[ref.id] |= {name: [] for name in TIES.values()}
            records[ref.id]["disputed"] = node.properties["disputed"]
            records[ref.id]["behind"] = _behind(node, CUSTODY, claims)
    for tie in _ties(("DETAINED_IN", *TIES), derived, claims):
        for end, other in (("start", "end"), ("end", "start")):
            if tie[f"{end}_label"] == "Detention" and (record := records.get(tie[end])):
                record[TIES.get(tie["type"], "people")].append({**tie, "id": tie[other]})
    for record in records.values():
        for name in ("people", *TIES.values()):
            record[name].sort(key=lambda tie: (tie["id"], str(tie["role"]), repr(tie)))
        yield record


def _ties(types: Iterable[str], derived: Derived, claims: Iterable[Claim]) -> Iterator[Record]:
    """Yield what there is of these types: both ends, what is said, how firmly, by whom."""
    by_id = {claim.id: claim for claim in claims} if types else {}
    contesting = [
        (value, claim)
        for claim in by_id.values()
        for value in claim.values
        if value.status == "conflict" and value.field in types
    ]
    for rel in derived.relationships.values():
        if rel.type in types:
            cited = (by_id[id].citations for id in rel.properties["claims"])
            yield {
                "id": rel.id,
                "type": rel.type,
                "start": rel.start.id,
                "start_label": rel.start.label,
                "end": rel.end.id,
                "end_label": rel.end.label,
                "sources": [citation for each in cited for citation in each],
                "contested_by": [
                    citation
                    for value, claim in contesting
                    if {value.subject, value.other or value.subject} <= {rel.start, rel.end}
                    for citation in claim.citations
                ],
                "confidence": rel.properties["confidence"],
                "disputed": rel.properties["disputed"],
                **{name: rel.properties.get(name) for name in SAID},
            }


def _behind(
    node: Node, names: Iterable[str], claims: Iterable[Claim]
) -> Mapping[str, list[Citation]]:
    """Return by field the citations of the claims that say what the node shows."""
    found: defaultdict[str, list[Citation]] = defaultdict(list)
    for claim in claims:
        for value in claim.values:
            shown = value.subject == node.ref and value.field in names
            if shown and value.value == node.properties.get(value.field):
                found[value.field] += claim.citations
    return found
