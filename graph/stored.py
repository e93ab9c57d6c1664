"""Reading back what the graph holds: nodes that a load refers to, claims, what was derived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from vinculos.graph.decisions import Decision
from vinculos.graph.model import ABOUT, CLAIM, DECISION, ENTITIES, NODE_TYPES
from vinculos.graph.records import Claim, Node, NodeRef, Relationship, stored_claim
from vinculos.graph.store import Store

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


def read_decisions(store: Store) -> list[Decision]:
    """Return every decision, oldest first."""
    rows = store.read(
        f"MATCH (d:{DECISION}) RETURN d.number AS number, d.kind AS kind, d.target AS target, "
        "d.label AS label, d.why AS why, d.who AS who, d.made AS made, "
        "coalesce(d.other, '') AS other, d.score AS score ORDER BY number"
    ).rows
    return [Decision(**row) for row in rows]


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
