"""Where the nodes and ties of a network come from: their sources, and both sides of disputes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from vinculos.graph.model import ENTITIES, NODE_TYPES
from vinculos.graph.network import Network, NetworkDispute, NetworkEdge, NetworkNode, NetworkSource
from vinculos.graph.plain import plain
from vinculos.graph.records import NodeRef
from vinculos.graph.store import Store

SOURCE = "Source"
_SOURCE = (
    "s.id AS id, coalesce(s.publisher, s.origin) AS publisher, s.title AS title, "
    "coalesce(s.url, s.archived_url) AS url, s.published AS published"
)
# The columns of claims that Cypher can look into stand in five lists of equal length.
ABOUT_NODES: Mapping[str, str] = {
    label: f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})<-[:ABOUT]-(c:Claim)-[x:CITES]->"
    "(s:Source) WHERE c.superseded_by IS NULL "
    f"RETURN n.id AS node, c.id AS claim, x.page AS page, {_SOURCE}"
    for label in ENTITIES
}
DISPUTES: Mapping[str, str] = {
    label: f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})<-[:ABOUT]-(c:Claim) "
    "WHERE c.superseded_by IS NULL AND "
    "('conflict' IN c.statuses OR 'needs_work' IN c.statuses) "
    "RETURN n.id AS node, c.id AS claim, c.subjects AS subjects, c.fields AS fields, "
    "c.values AS said, c.statuses AS statuses"
    for label in ENTITIES
}
BY_CLAIM = (
    "UNWIND $ids AS id MATCH (:Claim {id: id})-[x:CITES]->(s:Source) RETURN id, "
    "s.id AS source, s.publisher AS publisher, s.published AS published, s.title AS title, "
    "s.url AS url, x.page AS page, x.accessed AS accessed"
)
BY_SOURCE = (
    "UNWIND $ids AS id MATCH (s:Source {id: id}) RETURN s.id AS id, s.publisher AS publisher, "
    "s.published AS published, s.title AS title, s.url AS url"
)
SOURCES = f"UNWIND $ids AS id MATCH (s:Source {{id: id}}) RETURN {_SOURCE}"


def with_sources(store: Store, network: Network) -> Network:
    """Return `network` with the sources of each node and edge, and the disputes of each node.

    Raises:
        EngineError: the graph cannot be read.
    """
    nodes = dict(network.nodes)
    for label, ids in _by_label(network).items():
        cited, by_claim = _cited(store, label, ids)
        disputed = _disputed(store, label, ids, by_claim)
        for id in ids:
            key = NodeRef(label, id)
            shown = nodes[key].properties.get("disputed") or ()
            nodes[key] = replace(
                nodes[key],
                sources=_sorted(_own(nodes[key]) or cited[id]),
                disputes=tuple(
                    sorted(
                        # What is left of a dispute when a side was withdrawn is none.
                        (d for d in disputed[id] if d.field in shown),
                        key=lambda d: (d.field, d.text),
                    )
                ),
            )
    return replace(network, nodes=nodes, edges=_edges(store, network.edges))


def cited_by(store: Store, claims: Iterable[str]) -> Mapping[str, list[dict[str, Any]]]:
    """Return by claim the sources that it cites, as a `sources` column holds them.

    Raises:
        EngineError: the graph cannot be read.
    """
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    ids = sorted(set(claims))
    for row in store.read(BY_CLAIM, {"ids": ids}).rows if ids else []:
        claim, source = row.pop("id"), row.pop("source")
        found[claim].append({"id": source, **row})
    return found


def described(store: Store, sources: Iterable[str]) -> Mapping[str, list[dict[str, Any]]]:
    """Return each source by its id, in a list of one, as a `sources` column holds it.

    Raises:
        EngineError: the graph cannot be read.
    """
    rows = store.read(BY_SOURCE, {"ids": list(sources)}).rows
    return {row["id"]: [row] for row in rows}


def _by_label(network: Network) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for label, id in network.nodes:
        if label in NODE_TYPES:
            groups[label].append(id)
    return groups


def _cited(
    store: Store, label: str, ids: list[str]
) -> tuple[Mapping[str, set[NetworkSource]], Mapping[str, set[NetworkSource]]]:
    """Return the sources by node id and by claim id."""
    by_node: defaultdict[str, set[NetworkSource]] = defaultdict(set)
    by_claim: defaultdict[str, set[NetworkSource]] = defaultdict(set)
    for row in store.read(ABOUT_NODES[label], {"ids": ids}).rows:
        source = _source(row)
        by_node[row["node"]].add(source)
        by_claim[row["claim"]].add(source)
    return by_node, by_claim


def _disputed(
    store: Store, label: str, ids: list[str], by_claim: Mapping[str, set[NetworkSource]]
) -> Mapping[str, set[NetworkDispute]]:
    found: defaultdict[str, set[NetworkDispute]] = defaultdict(set)
    for row in store.read(DISPUTES[label], {"ids": ids}).rows:
        columns = (row["subjects"], row["fields"], row["said"], row["statuses"])
        for subject, name, text, status in zip(*columns, strict=True):
            if status != "accepted" and subject == row["node"]:
                sources = _sorted(by_claim.get(row["claim"], ()))
                found[subject].add(NetworkDispute(name, text, sources))
    return found


def _own(node: NetworkNode) -> set[NetworkSource]:
    """Return a publication as the source of itself."""
    if node.key.label != SOURCE:
        return set()
    return {_source({**node.properties, "id": node.key.id})}


def _edges(store: Store, edges: tuple[NetworkEdge, ...]) -> tuple[NetworkEdge, ...]:
    ids = {id for edge in edges for id in edge.properties.get("sources") or ()}
    rows = store.read(SOURCES, {"ids": sorted(ids)}).rows if ids else []
    known = {row["id"]: _source(row) for row in rows}
    return tuple(
        replace(
            edge,
            sources=_sorted(
                known[id] for id in edge.properties.get("sources") or () if id in known
            ),
        )
        for edge in edges
    )


def _source(row: Mapping[str, Any]) -> NetworkSource:
    names = [declared.name for declared in fields(NetworkSource)]
    return NetworkSource(**{name: str(plain(row.get(name)) or "") for name in names})


def _sorted(sources: Iterable[NetworkSource]) -> tuple[NetworkSource, ...]:
    return tuple(sorted(set(sources), key=lambda s: (s.publisher, s.published, s.title, s.id)))
