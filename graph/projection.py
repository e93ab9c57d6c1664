"""Projections: from a network of all kinds of thing to who is tied to whom, hubs left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from vinculos.graph.measures import MOST_JOINED, PROJECTIONS, Projection
from vinculos.graph.network import Network, NetworkEdge
from vinculos.graph.records import NodeRef
from vinculos.graph.words import KIN

if TYPE_CHECKING:
    import networkx as nx

TIES = "ties"
"""The attribute of an edge that holds the relationships it was made from, by id."""
PERSON, DETENTION, CUSTODY, KINSHIP = "Person", "Detention", "DETAINED_IN", "RELATED_TO"

Members = dict[NodeRef, list[NetworkEdge]]


@dataclass(frozen=True)
class Projected:
    """An undirected simple graph to measure, and the part of the network that it was made of.

    `left_out` counts by label the nodes of the network that have no part in it, and by type the
    ties that are not used though both of their ends are there.
    """

    name: str
    graph: nx.Graph[NodeRef]
    network: Network
    left_out: Mapping[str, int] = field(default_factory=dict)


def project(network: Network, name: str = "all") -> Projected:
    """Return the projection of `network` called `name`, one of `PROJECTIONS`.

    In all but `all` the nodes are people, those with no tie of the projection left out. An edge
    holds every relationship it was made from, so that its sources are known.
    """
    # Importing networkx takes a fifth of a second: who only wants the names above waits for none.
    import networkx as nx

    projection = PROJECTIONS[name]
    graph: nx.Graph[NodeRef] = nx.Graph()
    if name == "all":
        graph.add_nodes_from(network.nodes)
        for edge in network.edges:
            _tie(graph, edge.start, edge.end, [edge])
        return Projected(name, graph, network)
    if projection.kin:
        for edge in network.edges:
            if edge.type == KINSHIP and edge.properties.get("kind") in KIN:
                _tie(graph, edge.start, edge.end, [edge])
    for members in _joined(network, projection).values():
        for a, b in combinations(sorted(members), 2):
            _tie(graph, a, b, members[a] + members[b])
    return _kept(network, projection, graph)


def ties_between(graph: nx.Graph[NodeRef], a: NodeRef, b: NodeRef) -> list[NetworkEdge]:
    """Return the relationships that an edge was made from."""
    ties: Mapping[str, NetworkEdge] = graph.edges[a, b][TIES]
    return list(ties.values())


def _joined(network: Network, projection: Projection) -> Mapping[NodeRef, Members]:
    """Return for each joint the people tied to it, with their ties; big ones are left out."""
    held: defaultdict[NodeRef, list[NetworkEdge]] = defaultdict(list)
    for edge in network.edges:
        if edge.type == CUSTODY:
            held[edge.end].append(edge)
    found: defaultdict[NodeRef, Members] = defaultdict(lambda: defaultdict(list))
    for edge in network.edges:
        for joint, other in ((edge.start, edge.end), (edge.end, edge.start)):
            if edge.type not in projection.joints.get(joint.label, ()):
                continue
            if other.label == PERSON:
                found[joint][other].append(edge)
            elif other.label == DETENTION:
                for custody in held[other]:
                    found[joint][custody.start] += [edge, custody]
    return {joint: people for joint, people in found.items() if 2 <= len(people) <= MOST_JOINED}


def _tie(graph: nx.Graph[NodeRef], a: NodeRef, b: NodeRef, ties: list[NetworkEdge]) -> None:
    if a == b:
        return
    if not graph.has_edge(a, b):
        graph.add_edge(a, b, **{TIES: {}})
    graph.edges[a, b][TIES].update((edge.id, edge) for edge in ties)


def _kept(network: Network, projection: Projection, graph: nx.Graph[NodeRef]) -> Projected:
    used: dict[str, NetworkEdge] = {}
    for a, b in graph.edges:
        used.update(graph.edges[a, b][TIES])
    nodes = {end for edge in used.values() for end in (edge.start, edge.end)}
    kept = Network(
        {key: node for key, node in network.nodes.items() if key in nodes},
        tuple(edge for edge in network.edges if edge.id in used),
        network.left_out,
    )
    left_out = Counter(key.label for key in network.nodes if key not in nodes)
    left_out.update(_unused(network, kept))
    return Projected(projection.name, graph, kept, dict(left_out))


def _unused(network: Network, kept: Network) -> Iterator[str]:
    used = {edge.id for edge in kept.edges}
    for edge in network.edges:
        if edge.id not in used and edge.start in kept.nodes and edge.end in kept.nodes:
            yield edge.type
