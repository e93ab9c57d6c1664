"""A query's result as a network: nodes, ties and where each comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from neo4j.graph import Node, Path, Relationship

from vinculos.graph.model import RELATIONSHIP_TYPES
from vinculos.graph.plain import MAIN, plain
from vinculos.graph.records import NodeRef, short_hash
from vinculos.graph.shapes import is_node, is_path, is_relationship

if TYPE_CHECKING:
    import networkx as nx


class NetworkSource(NamedTuple):
    """A publication behind a node or a tie; `page` is the place in it, all may be blank."""

    id: str
    publisher: str = ""
    title: str = ""
    url: str = ""
    published: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class NetworkClaim:
    """What a claim says of a node or a tie, how surely, and for which day.

    `shown` names the fields whose value, as it shows, is what the claim says; `others` holds what
    it says beside that, as fields and texts: the other side of a dispute, or an earlier state.
    """

    id: str
    confidence: str = ""
    as_of: str = ""
    shown: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    sources: tuple[NetworkSource, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """A node: its main label and id, its role labels, and its properties as plain data.

    `sources` are those of all claims about it, `claims` those that say what it is.
    """

    key: NodeRef
    roles: tuple[str, ...] = ()
    properties: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[NetworkSource, ...] = ()
    claims: tuple[NetworkClaim, ...] = ()
    custodies: tuple[Custody, ...] = ()


@dataclass(frozen=True, slots=True)
class NetworkEdge:
    """A relationship between two nodes of the same network.

    With a `custody` it is derived: it stands for a relationship of that custody, which is not drawn
    itself, and for the one that ties the custody to whom it holds.
    """

    id: str
    type: str
    start: NodeRef
    end: NodeRef
    properties: Mapping[str, Any] = field(default_factory=dict)
    sources: tuple[NetworkSource, ...] = ()
    claims: tuple[NetworkClaim, ...] = ()
    custody: Custody | None = None


@dataclass(frozen=True, slots=True)
class Custody:
    """A detention that is shown with whom it holds, not as a node; `tie` is the DETAINED_IN."""

    node: NetworkNode
    tie: NetworkEdge


@dataclass(frozen=True)
class Network:
    """Nodes by key and edges, both in order; `left_out` counts edges with an end not known."""

    nodes: Mapping[NodeRef, NetworkNode] = field(default_factory=dict)
    edges: tuple[NetworkEdge, ...] = ()
    left_out: int = 0

    def without(self, nodes: Collection[NodeRef] = (), edges: Collection[str] = ()) -> Network:
        """Return the network without these nodes, the edges that touch them, and these edges."""
        return replace(
            self,
            nodes={key: node for key, node in self.nodes.items() if key not in nodes},
            edges=tuple(
                edge
                for edge in self.edges
                if edge.id not in edges and edge.start not in nodes and edge.end not in nodes
            ),
        )


_End: TypeAlias = NodeRef | str | None
"""One end of a relationship: the node itself, the driver's element id, or the plain id."""


@dataclass
class _Found:
    """What was found so far, ends of relationships not yet looked up."""

    nodes: dict[NodeRef, NetworkNode] = field(default_factory=dict)
    elements: dict[str, NodeRef] = field(default_factory=dict)
    ties: list[tuple[str, str, dict[str, Any], _End, _End]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)


def collect(
    values: Iterable[Any], fetch: Callable[[list[str]], Iterable[Any]] | None = None
) -> Network:
    """Return the network of all nodes, relationships and paths in `values`.

    A relationship whose end is not among them is left out and counted.

    Args:
        values: rows, nodes, relationships, paths, lists and maps of them, from the driver or as
            `vinculos.graph.plain` writes them.
        fetch: returns more of these for the driver's element ids of ends that `values` does not
            hold; it is called once, where there are any.
    """
    found = _Found()
    for entity in _entities(values):
        _take(entity, found)
    if fetch and (missing := sorted(found.ends - found.elements.keys())):
        for entity in _entities(fetch(missing)):
            _take(entity, found)
    by_id: defaultdict[str, list[NodeRef]] = defaultdict(list)
    for key in found.nodes:
        by_id[key.id].append(key)
    edges: dict[str, NetworkEdge] = {}
    left_out: set[str] = set()
    for tie, id, properties, start_end, end_end in found.ties:
        declared = RELATIONSHIP_TYPES.get(tie)
        start = _resolve(start_end, found, by_id, declared.starts if declared else ())
        end = _resolve(end_end, found, by_id, declared.ends if declared else ())
        if start is None or end is None:
            left_out.add(id or str((tie, start_end, end_end)))
            continue
        id = id or short_hash(str((tie, start, end, properties)))
        edges[id] = NetworkEdge(id, tie, start, end, properties)
    return Network(
        {key: found.nodes[key] for key in sorted(found.nodes)},
        tuple(sorted(edges.values(), key=lambda e: (e.type, e.start, e.end, e.id))),
        len(left_out - edges.keys()),
    )


def to_networkx(network: Network) -> nx.MultiDiGraph[NodeRef]:
    """Return the network as a networkx graph: labels, roles, types and properties as attributes."""
    # Importing networkx takes a fifth of a second, and most commands never need it.
    import networkx as nx

    graph: nx.MultiDiGraph[NodeRef] = nx.MultiDiGraph()
    for key, node in network.nodes.items():
        graph.add_node(key, **{**node.properties, "label": key.label, "roles": list(node.roles)})
    for edge in network.edges:
        graph.add_edge(edge.start, edge.end, key=edge.id, **{**edge.properties, "type": edge.type})
    return graph


def main_label(labels: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Return the main label and the others; without a known one, the first in the alphabet."""
    ordered = sorted(labels, key=lambda label: (label not in MAIN, label))
    return (ordered[0], tuple(sorted(ordered[1:]))) if ordered else ("", ())


def _entities(value: Any) -> Iterator[Any]:
    """Yield each node of which something is known, and each relationship, however deep."""
    # What rows mostly hold comes first: asking for the kind of a mapping takes far longer.
    kind = type(value)
    if kind is Node:
        if _is_filled(value):
            yield value
    elif kind is list:
        for item in value:
            yield from _entities(item)
    elif isinstance(value, Relationship):
        yield value
        yield from (node for node in value.nodes if node is not None and _is_filled(node))
    elif isinstance(value, Path):
        yield from filter(_is_filled, value.nodes)
        yield from value.relationships
    elif is_node(value) or is_relationship(value):
        yield value
    elif is_path(value):
        yield from value["nodes"]
        yield from value["relationships"]
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _entities(item)
    elif isinstance(value, Iterable) and not isinstance(value, str | bytes | bytearray):
        for item in value:
            yield from _entities(item)


def _take(entity: Any, found: _Found) -> None:
    if isinstance(entity, Node):
        # One node comes in many rows, and its properties are costly to convert.
        if entity.element_id not in found.elements:
            key = _keep(entity.labels, dict(entity.items()), entity.element_id, found)
            found.elements[entity.element_id] = key
    elif isinstance(entity, Relationship):
        if entity.element_id in found.seen:
            return
        found.seen.add(entity.element_id)
        # A node of which nothing is known is empty, hence false.
        start, end = (None if node is None else node.element_id for node in entity.nodes)
        found.ends.update(end for end in (start, end) if end is not None)
        properties = plain(dict(entity.items()))
        id = str(properties.pop("id", "") or f"{entity.type}/{entity.element_id}")
        found.ties.append((entity.type, id, properties, start, end))
    elif is_node(entity):
        _keep(entity["labels"], dict(entity["properties"]), "", found)
    else:
        properties = plain(dict(entity["properties"]))
        id = str(properties.pop("id", "") or "")
        found.ties.append((entity["type"], id, properties, entity["start"], entity["end"]))


def _is_filled(node: Node) -> bool:
    """Return whether the driver knows more of `node` than that it is the end of a relationship."""
    return bool(node.labels) or len(node) > 0


def _keep(
    labels: Iterable[str], properties: dict[str, Any], element: str, found: _Found
) -> NodeRef:
    properties = plain(properties)
    label, roles = main_label(labels)
    id = str(properties.pop("id", None) or element or short_hash(str((label, properties))))
    key = NodeRef(label, id)
    found.nodes[key] = NetworkNode(key, roles, properties)
    return key


def _resolve(
    end: _End,
    found: _Found,
    by_id: Mapping[str, list[NodeRef]],
    labels: tuple[str, ...],
) -> NodeRef | None:
    if end is None or isinstance(end, NodeRef):
        return end
    if end in found.elements:
        return found.elements[end]
    keys = by_id.get(end, [])
    fitting = [key for key in keys if key.label in labels] or keys
    return fitting[0] if len(fitting) == 1 else None
