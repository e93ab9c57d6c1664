"""The graph as a load asks for it: which nodes it may refer to, and whose custody is whose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from vinculos.graph.merging import shown_as
from vinculos.graph.model import ABOUT, CLAIM, NODE_TYPES
from vinculos.graph.records import Claim, NodeRef, Tie
from vinculos.graph.same_people import PERSON, SamePeople
from vinculos.graph.store import Store
from vinculos.graph.stored import LIVE, batches, read_claims, read_decisions
from vinculos.graph.words import RESIDENCE


class StoredNodes:
    """The graph as `loaders.registry.Existing` asks for it."""

    def __init__(self, store: Store) -> None:
        """Take an open store."""
        self._store = store

    @cached_property
    def _same(self) -> SamePeople:
        return SamePeople(read_decisions(self._store))

    def ids(self, label: str, ids: Iterable[str]) -> set[str]:
        """Return those of `ids` that a node with this label has, alone or with others."""
        label, wanted = NODE_TYPES[label].label, set(ids)
        cypher = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id"
        found = {row["id"] for row in self._each(cypher, wanted)}
        if label == PERSON and (merged := self._merged(wanted - found)):
            there = shown_as(self._store, {i for id in merged for i in self._same.members(id)})
            found |= merged & there.keys()
        return found

    def source_ids(self, keys: Iterable[str]) -> Mapping[str, str]:
        """Return source key (`space:key`) to node id."""
        wanted = set(keys)
        if not wanted:
            return {}
        rows = self._store.read("MATCH (s:Source) RETURN s.id AS id, s.keys AS keys").rows
        found = {key: row["id"] for row in rows for key in row["keys"] or []}
        ids = {row["id"] for row in rows}
        return {key: found.get(key, key) for key in wanted if key in found or key in ids}

    def named(self, label: str, names: Iterable[str]) -> Mapping[str, list[str]]:
        """Return name to the ids of the nodes that have it exactly."""
        label = NODE_TYPES[label].label
        cypher = f"MATCH (n:{label}) WHERE n.name IN $ids RETURN n.name AS name, n.id AS id"
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._each(cypher, names):
            found[row["name"]].append(row["id"])
        return found

    def residences(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Return id to name of those places that stand for any home."""
        cypher = (
            "UNWIND $ids AS id MATCH (n:Place {id: id}) WHERE n.kind = $kind "
            "RETURN n.id AS id, n.name AS name"
        )
        return {row["id"]: row["name"] or "" for row in self._each(cypher, ids, kind=RESIDENCE)}

    def detainees(self, detentions: Iterable[str]) -> Mapping[str, str]:
        """Return detention id to person id."""
        cypher = (
            "UNWIND $ids AS id MATCH (d:Detention {id: id})<-[:DETAINED_IN]-(p:Person) "
            "RETURN d.id AS detention, p.id AS person"
        )
        held = {row["detention"]: row["person"] for row in self._each(cypher, detentions)}
        merged = self._merged(held.values())
        for claim in self._claims_about(merged):
            held |= {tie.end.id: tie.start.id for tie in _custodies(claim) if tie.end.id in held}
        return held

    def custodies(self, people: Iterable[str]) -> Mapping[str, list[str]]:
        """Return person id to the ids of their detentions."""
        cypher = (
            "UNWIND $ids AS id MATCH (p:Person {id: id})-[:DETAINED_IN]->(d:Detention) "
            "RETURN p.id AS person, d.id AS detention"
        )
        found: dict[str, list[str]] = defaultdict(list)
        wanted = set(people)
        merged = self._merged(wanted)
        for row in self._each(cypher, wanted - merged):
            found[row["person"]].append(row["detention"])
        theirs = {
            (tie.start.id, tie.end.id)
            for claim in self._claims_about(merged)
            for tie in _custodies(claim)
        }
        for person, detention in sorted(theirs):
            if person in merged:
                found[person].append(detention)
        return found

    def described_elsewhere(self, people: Iterable[str], dataset: str) -> set[str]:
        """Return those of `people` whom claims of another dataset bring into being."""
        cypher = (
            f"UNWIND $ids AS id MATCH (p:Person {{id: id}})<-[:{ABOUT}]-(c:{CLAIM}) "
            f"WHERE c.table = 'people' AND c.dataset <> $dataset AND {LIVE} "
            "RETURN DISTINCT p.id AS id"
        )
        wanted = set(people)
        merged = self._merged(wanted)
        found = {row["id"] for row in self._each(cypher, wanted - merged, dataset=dataset)}
        for claim in self._claims_about(merged):
            if claim.table == "people" and claim.dataset != dataset:
                found |= merged.intersection(ref.id for ref in claim.nodes)
        return found

    def _merged(self, people: Iterable[str]) -> set[str]:
        """Return those of `people` who are one with others.

        What a file says of them is found in claims: a load must make the same of its rows whatever
        was decided.
        """
        return self._same.clusters.keys() & set(people)

    def _claims_about(self, people: Iterable[str]) -> Iterator[Claim]:
        """Yield the live claims about people who are one with others."""
        ids = {i for id in people for i in self._same.members(id)}
        return read_claims(self._store, (NodeRef(PERSON, id) for id in ids)) if ids else iter(())

    def _each(self, cypher: str, ids: Iterable[str], **parameters: Any) -> Iterator[dict[str, Any]]:
        for batch in batches(sorted(set(ids))):
            yield from self._store.read(cypher, {"ids": batch, **parameters}).rows


def _custodies(claim: Claim) -> Iterator[Tie]:
    """Yield what a claim says of whose custody a detention is."""
    return (tie for tie in claim.ties if tie.type == "DETAINED_IN")
