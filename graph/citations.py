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
# In one row a batch: the driver takes longer for a row than for a list of the same values in one.
# The columns of claims that Cypher can look into stand in lists of equal length.
SAID: Mapping[str, str] = {
    label: f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})<-[:ABOUT]-(c:Claim) "
    "WHERE c.superseded_by IS NULL "
    "RETURN collect([n.id, c.id, c.subjects, c.fields, c.values, c.statuses]) AS found"
    for label in ENTITIES
}
CITES = (
    "UNWIND $ids AS id MATCH (:Claim {id: id})-[x:CITES]->(s:Source) "
    "RETURN collect([id, s.id, x.page, x.accessed]) AS found"
)
DESCRIBES = (
    "UNWIND $ids AS id MATCH (s:Source {id: id}) "
    "RETURN collect([s.id, s.publisher, s.published, s.title, s.url]) AS found"
)
SHOWS = (
    "UNWIND $ids AS id MATCH (s:Source {id: id}) "
    "RETURN collect([s.id, coalesce(s.publisher, s.origin), s.published, s.title, "
    "coalesce(s.url, s.archived_url)]) AS found"
)


def with_sources(store: Store, network: Network) -> Network:
    """Return `network` with the sources of each node and edge, and the disputes of each node.

    Raises:
        EngineError: the graph cannot be read.
    """
    nodes = dict(network.nodes)
    groups = _by_label(network)
    claimed = {label: list(_found(store, SAID[label], ids)) for label, ids in groups.items()}
    cites = cited_by(store, (claim for found in claimed.values() for _, claim, *_ in found))
    cited = {source for citations in cites.values() for source, *_ in citations}
    known = _shown(store, cited.union(*map(_sources_of, network.edges)))
    by_claim = {
        claim: {replace(known[source], page=page or "") for source, page, _ in citations}
        for claim, citations in cites.items()
    }
    for label, ids in groups.items():
        shown = {id: nodes[NodeRef(label, id)].properties for id in ids}
        behind, disputes, said = _said(claimed[label], shown, by_claim)
        for id in ids:
            key = NodeRef(label, id)
            nodes[key] = replace(
                nodes[key],
                sources=_sorted(_own(nodes[key]) or behind[id]),
                disputes=tuple(sorted(disputes[id], key=lambda d: (d.field, d.text))),
                said={name: _sorted(sources) for name, sources in said[id].items()},
            )
    edges = tuple(
        replace(edge, sources=_sorted(known[id] for id in _sources_of(edge) if id in known))
        for edge in network.edges
    )
    return replace(network, nodes=nodes, edges=edges)


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
    return _described(store, DESCRIBES, sources)


def _described(store: Store, cypher: str, sources: Iterable[str]) -> Mapping[str, dict[str, Any]]:
    names = ("id", "publisher", "published", "title", "url")
    found = _found(store, cypher, sources)
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


def _shown(store: Store, sources: Iterable[str]) -> Mapping[str, NetworkSource]:
    """Return by id each source as a network shows it, without a page."""
    return {id: _source(row) for id, row in _described(store, SHOWS, sources).items()}


def _sources_of(edge: NetworkEdge) -> Iterable[str]:
    return edge.properties.get("sources") or ()


def _said(
    claimed: Iterable[list[Any]],
    shown: Mapping[str, Mapping[str, Any]],
    by_claim: Mapping[str, set[NetworkSource]],
) -> tuple[
    Mapping[str, set[NetworkSource]],
    Mapping[str, set[NetworkDispute]],
    Mapping[str, Mapping[str, set[NetworkSource]]],
]:
    """Return by node id its sources, the sides of its disputes, and who says each value it shows.

    What is left of a dispute when a side was withdrawn is none.

    Args:
        claimed: id of a node, id of a claim about it, and the lists of what that says.
        shown: the properties of each node by its id.
        by_claim: the sources that each claim cites.
    """
    behind: defaultdict[str, set[NetworkSource]] = defaultdict(set)
    disputes: defaultdict[str, set[NetworkDispute]] = defaultdict(set)
    said: defaultdict[str, defaultdict[str, set[NetworkSource]]]
    said = defaultdict(lambda: defaultdict(set))
    for id, claim, *columns in claimed:
        sources = by_claim.get(claim, set())
        behind[id] |= sources
        for subject, name, text, status in zip(*columns, strict=True):
            if subject != id:
                continue
            if status != "accepted" and name in (shown[id].get("disputed") or ()):
                disputes[id].add(NetworkDispute(name, text, _sorted(sources)))
            elif status == "accepted" and _says(text, shown[id].get(name)):
                said[id][name] |= sources
    return behind, disputes, said


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


def _source(row: Mapping[str, Any]) -> NetworkSource:
    names = [declared.name for declared in fields(NetworkSource)]
    return NetworkSource(**{name: str(plain(row.get(name)) or "") for name in names})


def _sorted(sources: Iterable[NetworkSource]) -> tuple[NetworkSource, ...]:
    return tuple(sorted(set(sources), key=lambda s: (s.publisher, s.published, s.title, s.id)))
