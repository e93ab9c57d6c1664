"""Where the nodes and ties of a network come from: their sources, and both sides of disputes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from vinculos.graph.model import ENTITIES, NODE_TYPES
from vinculos.graph.network import Network, NetworkDispute, NetworkEdge, NetworkNode, NetworkSource
from vinculos.graph.plain import plain
from vinculos.graph.records import NodeRef
from vinculos.graph.store import Store
from vinculos.graph.stored import batches

SOURCE = "Source"
Citation = tuple[str, str | None, str | None]
"""Of what a claim cites: id of the source, page, day of access."""
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
SAID: Mapping[str, str] = {
    label: f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})<-[:ABOUT]-(c:Claim) "
    "WHERE c.superseded_by IS NULL "
    "RETURN collect([n.id, c.id, c.subjects, c.fields, c.values, c.statuses]) AS found"
    for label in ENTITIES
}
# In one row a batch: the driver takes longer for a row than for a list of the same values in one.
CITES = (
    "UNWIND $ids AS id MATCH (:Claim {id: id})-[x:CITES]->(s:Source) "
    "RETURN collect([id, s.id, x.page, x.accessed]) AS found"
)
DESCRIBES = (
    "UNWIND $ids AS id MATCH (s:Source {id: id}) "
    "RETURN collect([s.id, s.publisher, s.published, s.title, s.url]) AS found"
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
        shown = {id: nodes[NodeRef(label, id)].properties for id in ids}
        disputes, said = _said(store, label, shown, by_claim)
        for id in ids:
            key = NodeRef(label, id)
            nodes[key] = replace(
                nodes[key],
                sources=_sorted(_own(nodes[key]) or cited[id]),
                disputes=tuple(sorted(disputes[id], key=lambda d: (d.field, d.text))),
                said={name: _sorted(behind) for name, behind in said[id].items()},
            )
    return replace(network, nodes=nodes, edges=_edges(store, network.edges))


def cited_by(store: Store, claims: Iterable[str]) -> Mapping[str, list[Citation]]:
    """Return by claim what it cites: id of the source, page and day of access.

    Raises:
        EngineError: the graph cannot be read.
    """
    cited: defaultdict[str, list[Citation]] = defaultdict(list)
    for claim, source, page, accessed in _found(store, CITES, claims):
        cited[claim].append((source, page, accessed))
    return cited


def described(store: Store, sources: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    """Return by id what is said of each source, as a `sources` column holds it.

    Raises:
        EngineError: the graph cannot be read.
    """
    names = ("id", "publisher", "published", "title", "url")
    found = _found(store, DESCRIBES, sources)
    return {values[0]: dict(zip(names, values, strict=True)) for values in found}


def _found(store: Store, cypher: str, ids: Iterable[str]) -> Iterator[list[Any]]:
    for batch in batches(sorted(set(ids))):
        for row in store.read(cypher, {"ids": batch}).rows:
            yield from row["found"]


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


def _said(
    store: Store,
    label: str,
    shown: Mapping[str, Mapping[str, Any]],
    by_claim: Mapping[str, set[NetworkSource]],
) -> tuple[Mapping[str, set[NetworkDispute]], Mapping[str, Mapping[str, set[NetworkSource]]]]:
    """Return by node id the sides of its disputes, and who says each of the values that it shows.

    What is left of a dispute when a side was withdrawn is none.
    """
    disputes: defaultdict[str, set[NetworkDispute]] = defaultdict(set)
    behind: defaultdict[str, defaultdict[str, set[NetworkSource]]]
    behind = defaultdict(lambda: defaultdict(set))
    for id, claim, *columns in _found(store, SAID[label], shown):
        for subject, name, text, status in zip(*columns, strict=True):
            if subject != id:
                continue
            if status != "accepted" and name in (shown[id].get("disputed") or ()):
                sources = _sorted(by_claim.get(claim, ()))
                disputes[id].add(NetworkDispute(name, text, sources))
            elif status == "accepted" and _says(text, shown[id].get(name)):
                behind[id][name] |= by_claim.get(claim, set())
    return disputes, behind


def _says(text: str, value: Any) -> bool:
    """Return whether a claim's `text` says a value that shows, or a part of a list of them."""
    if isinstance(value, list):
        return not {str(part) for part in value}.isdisjoint(text.split("; "))
    return value is not None and text == str(plain(value))


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
