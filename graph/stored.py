"""Reading back what the graph holds: nodes that a load refers to, claims, what was derived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from vinculos.graph.model import ABOUT, CLAIM, ENTITIES, NODE_TYPES
from vinculos.graph.records import Claim, Node, NodeRef, Relationship, stored_claim
from vinculos.graph.store import Store
from vinculos.graph.words import RESIDENCE

T = TypeVar("T")
LIVE = "(c.superseded_by IS NULL OR c.superseded_by STARTS WITH 'decision/')"
"""Condition on a Claim `c` that its file still has, whether or not decisions let it stand."""
BATCH = 2000
"""Rows to a statement: the fastest measured on both engines."""


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield `items` in lists of at most `size`."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


class StoredNodes:
    """The graph as `loaders.registry.Existing` asks for it."""

    def __init__(self, store: Store) -> None:
        """Take an open store."""
        self._store = store

    def ids(self, label: str, ids: Iterable[str]) -> set[str]:
        """Return those of `ids` that a node with this label has."""
        label = NODE_TYPES[label].label
        cypher = f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id"
        return {row["id"] for row in self._each(cypher, ids)}

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
        return {row["detention"]: row["person"] for row in self._each(cypher, detentions)}

    def custodies(self, people: Iterable[str]) -> Mapping[str, list[str]]:
        """Return person id to the ids of their detentions."""
        cypher = (
            "UNWIND $ids AS id MATCH (p:Person {id: id})-[:DETAINED_IN]->(d:Detention) "
            "RETURN p.id AS person, d.id AS detention"
        )
        found: dict[str, list[str]] = defaultdict(list)
        for row in self._each(cypher, people):
            found[row["person"]].append(row["detention"])
        return found

    def described_elsewhere(self, people: Iterable[str], dataset: str) -> set[str]:
        """Return those of `people` whom claims of another dataset bring into being."""
        cypher = (
            f"UNWIND $ids AS id MATCH (p:Person {{id: id}})<-[:{ABOUT}]-(c:{CLAIM}) "
            f"WHERE c.table = 'people' AND c.dataset <> $dataset AND {LIVE} "
            "RETURN DISTINCT p.id AS id"
        )
        return {row["id"] for row in self._each(cypher, people, dataset=dataset)}

    def _each(self, cypher: str, ids: Iterable[str], **parameters: Any) -> Iterator[dict[str, Any]]:
        for batch in batches(sorted(set(ids))):
            yield from self._store.read(cypher, {"ids": batch, **parameters}).rows


def read_claims(
    store: Store, refs: Iterable[NodeRef], *, disputes_only: bool = False
) -> Iterator[Claim]:
    """Yield every live claim about any of the entities, once a label; or those in conflict alone.

    The claims come as they are read, so that no number of them fills the memory.
    """
    disputed = " AND 'conflict' IN c.statuses" if disputes_only else ""
    for label, ids in sorted(_by_label(refs).items()):
        for row in store.stream(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})<-[:{ABOUT}]-(c:{CLAIM}) "
            f"WHERE {LIVE}{disputed} RETURN DISTINCT properties(c) AS claim",
            {"ids": ids},
        ):
            yield stored_claim(row["claim"])


def read_nodes(store: Store, refs: Iterable[NodeRef]) -> dict[NodeRef, Node]:
    """Return those of the entities that the graph holds."""
    found: dict[NodeRef, Node] = {}
    for label, ids in _by_label(refs).items():
        rows = store.read(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN properties(n) AS n",
            {"ids": ids},
        ).rows
        for row in rows:
            properties = plain_properties(row["n"])
            ref = NodeRef(label, properties.pop("id"))
            found[ref] = Node(ref, properties)
    return found


def read_relationships(store: Store, refs: Iterable[NodeRef]) -> Iterator[Relationship]:
    """Yield the relationships of the entities; one between two of them comes twice."""
    for label, ids in _by_label(refs).items():
        for row in store.stream(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})-[r]-() WHERE r.id IS NOT NULL "
            "RETURN type(r) AS type, properties(r) AS r, startNode(r).id AS start, "
            "labels(startNode(r)) AS starts, endNode(r).id AS end, labels(endNode(r)) AS ends",
            {"ids": ids},
        ):
            properties = plain_properties(row["r"])
            yield Relationship(
                properties.pop("id"),
                row["type"],
                NodeRef(main_label(row["starts"]), row["start"]),
                NodeRef(main_label(row["ends"]), row["end"]),
                properties,
            )


def _by_label(refs: Iterable[NodeRef]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for ref in refs:
        groups[NODE_TYPES[ref.label].label].append(ref.id)
    return groups


def main_label(labels: Iterable[str]) -> str:
    """Return the main label among those of an entity."""
    found = set(labels)
    return next(label for label in ENTITIES if label in found)


def plain_properties(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return properties as they were written: dates as Python dates."""
    return {
        name: value.to_native() if hasattr(value, "to_native") else value
        for name, value in properties.items()
        if value is not None
    }


def main_ref(labels: Iterable[str], node_id: str) -> NodeRef:
    """Return the reference to an entity with these labels and this id."""
    return NodeRef(main_label(labels), node_id)
