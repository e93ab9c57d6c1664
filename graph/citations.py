"""Where the nodes and ties of a network come from: the claims behind them, and their sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vinculos.graph.declarations import BETWEEN
from vinculos.graph.model import ENTITIES, NODE_TYPES, RELATIONSHIP_TYPES
from vinculos.graph.network import Network, NetworkClaim, NetworkEdge, NetworkNode, NetworkSource
from vinculos.graph.plain import plain
from vinculos.graph.records import NodeRef, from_json
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
    "RETURN collect([n.id, c.id, c.confidence, c.as_of, c.subjects, c.fields, c.values, "
    "c.others]) AS found"
    for label in ENTITIES
}
ASSERTS = "UNWIND $ids AS id MATCH (c:Claim {id: id}) RETURN collect([id, c.asserts]) AS found"
CITES = (
    "UNWIND $ids AS id MATCH (:Claim {id: id})-[x:CITES]->(s:Source) "
    "RETURN collect([id, s.id, x.page, x.accessed]) AS found"
)
_DECLARED = {
    type: tuple(declared.name for declared in known.fields)
    for type, known in RELATIONSHIP_TYPES.items()
}
DESCRIBES = (
    "UNWIND $ids AS id MATCH (s:Source {id: id}) "
    "RETURN collect([s.id, s.publisher, s.published, s.title, s.url]) AS found"
)
SHOWS = (
    "UNWIND $ids AS id MATCH (s:Source {id: id}) "
    "RETURN collect([s.id, coalesce(s.publisher, s.origin), s.published, s.title, "
    "coalesce(s.url, s.archived_url)]) AS found"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A claim as it was read, with the sources that it cites."""

    id: str
    confidence: str
    as_of: str
    said: tuple[tuple[str, str, str, str], ...]
    """Subject, field, text, and the other end where the field is a type of relationship."""
    sources: tuple[NetworkSource, ...]


def with_sources(store: Store, network: Network) -> Network:
    """Return `network` with the claims behind each node and edge, and their sources.

    Raises:
        EngineError: the graph cannot be read.
    """
    groups = _by_label(network)
    found = [
        (NodeRef(label, id), *rest)
        for label, ids in groups.items()
        for id, *rest in _found(store, SAID[label], ids)
    ]
    cites = cited_by(store, (claim for _, claim, *_ in found))
    cited = {source for citations in cites.values() for source, *_ in citations}
    known = _shown(store, cited.union(*map(_sources_of, network.edges)))
    claims: dict[str, _Said] = {}
    about: defaultdict[NodeRef, list[_Said]] = defaultdict(list)
    for key, claim, confidence, as_of, *columns in found:
        if claim not in claims:
            sources = (known[s]._replace(page=page or "") for s, page, _ in cites.get(claim, ()))
            said = tuple(zip(*columns, strict=True))
            claims[claim] = _Said(claim, confidence, as_of or "", said, _sorted(sources))
        about[key].append(claims[claim])
    nodes = {
        key: replace(
            node,
            sources=_sorted(_own(node) or (s for claim in about[key] for s in claim.sources)),
            claims=tuple(_of_node(node, _in_order(about[key]))),
        )
        for key, node in network.nodes.items()
    }
    return replace(network, nodes=nodes, edges=_edges(store, network, known, claims, about))


def _of_node(node: NetworkNode, claims: Iterable[_Said]) -> Iterator[NetworkClaim]:
    """Yield the claims that say something of what a node shows, or on the other side of it."""
    properties = node.properties
    ids = (node.key.id, *(properties.get("same_as") or ()))
    disputed = properties.get("disputed") or ()
    for claim in claims:
        shown, others = [], []
        for subject, name, text, _ in claim.said:
            if subject not in ids:
                continue
            if _says(text, properties.get(name)):
                shown.append(name)
            elif name in properties or name in disputed:
                others.append((name, text))
        if shown or others:
            yield _claim(claim, claim.confidence, shown, others)


def _edges(
    store: Store,
    network: Network,
    known: Mapping[str, NetworkSource],
    claims: Mapping[str, _Said],
    about: Mapping[NodeRef, list[_Said]],
) -> tuple[NetworkEdge, ...]:
    several = {
        id for edge in network.edges if len(ids := _claims_of(edge)) > 1 for id in ids
    } & claims.keys()
    asserted = {id: from_json(text)["ties"] for id, text in _found(store, ASSERTS, several)}
    return tuple(
        replace(
            edge,
            sources=_sorted(known[id] for id in _sources_of(edge) if id in known),
            claims=(*_of_edge(edge, claims, asserted, network), *_against(edge, about)),
        )
        for edge in network.edges
    )


def _of_edge(
    edge: NetworkEdge,
    claims: Mapping[str, _Said],
    asserted: Mapping[str, list[Any]],
    network: Network,
) -> Iterator[NetworkClaim]:
    """Yield the claims that make a tie, each as sure as it is of that tie."""
    properties = edge.properties
    known = (claims[id] for id in _claims_of(edge) if id in claims)
    for claim in _in_order(known):
        id = claim.id
        if id not in asserted:
            grade = str(properties.get("confidence") or "")
            yield _claim(claim, grade, _DECLARED.get(edge.type, ()), ())
            continue
        for kind, start, end, given, grade, _ in asserted[id]:
            if kind != edge.type or not _are_ends(edge, start, end, network):
                continue
            said = [(name, str(value)) for name, value in given.items() if name in properties]
            shown = [name for name, text in said if _says(text, properties[name])]
            yield _claim(claim, grade, shown, [(n, text) for n, text in said if n not in shown])


def _against(edge: NetworkEdge, about: Mapping[NodeRef, list[_Said]]) -> Iterator[NetworkClaim]:
    """Yield the claims in conflict over whether, how, or with what else there is this tie."""
    if edge.type not in (edge.properties.get("disputed") or ()):
        return
    for here, there in ((edge.start, edge.end), (edge.end, edge.start)):
        for claim in about.get(here, ()):
            for subject, name, text, other in claim.said:
                if (subject, name) == (here.id, edge.type) and other in ("", there.id):
                    yield _claim(claim, claim.confidence, (), ((name, text),))


def _in_order(claims: Iterable[_Said]) -> list[_Said]:
    found = list(claims)
    return sorted(found, key=_day) if len(found) > 1 else found


def _day(claim: _Said) -> tuple[str, str]:
    """Return by what claims are put in order: the day for which they speak, else of publication."""
    published = [source.published for source in claim.sources if source.published]
    return claim.as_of or min(published, default="9"), claim.id


def _are_ends(edge: NetworkEdge, start: list[str], end: list[str], network: Network) -> bool:
    """Return whether a tie of a claim has these ends; where people are one, maybe turned round."""
    one, two = (
        {ref.id, *(network.nodes[ref].properties.get("same_as") or ())}
        for ref in (edge.start, edge.end)
    )
    return (start[1] in one and end[1] in two) or (start[1] in two and end[1] in one)


def _claim(
    claim: _Said, confidence: str, shown: Iterable[str], others: Iterable[tuple[str, str]]
) -> NetworkClaim:
    return NetworkClaim(
        claim.id, confidence, claim.as_of, tuple(shown), tuple(others), claim.sources
    )


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


def _claims_of(edge: NetworkEdge) -> Sequence[str]:
    return edge.properties.get("claims") or ()


def _says(text: str, value: Any) -> bool:
    """Return whether a claim's `text` says a value that shows, or a part of a list of them."""
    if isinstance(value, list):
        return not {str(part) for part in value}.isdisjoint(text.split(BETWEEN))
    if isinstance(value, bool):
        return text == str(value).lower()
    return value is not None and text == str(value)


def _own(node: NetworkNode) -> set[NetworkSource]:
    """Return a publication as the source of itself."""
    if node.key.label != SOURCE:
        return set()
    return {_source({**node.properties, "id": node.key.id})}


def _source(row: Mapping[str, Any]) -> NetworkSource:
    return NetworkSource(*(str(plain(row.get(name)) or "") for name in NetworkSource._fields))


def _place(source: NetworkSource) -> tuple[str, ...]:
    return source.publisher, source.published, source.title, source.id, source.page


def _sorted(sources: Iterable[NetworkSource]) -> tuple[NetworkSource, ...]:
    found = tuple(dict.fromkeys(sources))
    return found if len(found) < 2 else tuple(sorted(found, key=_place))
