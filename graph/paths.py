"""All shortest paths between two entities, searched from both ends at once, one step at a time.

Only what lies between the two is read, never the whole graph.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise, product
from typing import Any

import networkx as nx
from neo4j.graph import Node

from vinculos.errors import UsageError
from vinculos.graph.network import Network, NetworkEdge, NetworkNode, collect, main_label
from vinculos.graph.projection import TIES
from vinculos.graph.records import NodeRef
from vinculos.language import gettext as _

Step = Callable[[list[str]], list[dict[str, Any]]]
"""From the ids of some nodes to rows `n`, `r`, `m`: each of them with its ties and neighbours.

A node that must not be passed through comes alone, `r` and `m` null.
"""


@dataclass(frozen=True)
class Way:
    """A path: its nodes in order, and the tie from each to the next."""

    nodes: tuple[NodeRef, ...]
    ties: tuple[NetworkEdge, ...]


@dataclass(frozen=True)
class Ways:
    """Shortest paths, the network of their nodes and ties, and how many there are in all.

    `hubs` counts by label the nodes that were met and not passed through.
    """

    ways: tuple[Way, ...] = ()
    network: Network = field(default_factory=Network)
    count: int = 0
    hubs: Mapping[str, int] = field(default_factory=dict)

    def on(self, network: Network) -> Ways:
        """Return the same paths on a network whose nodes and ties say more, or less."""
        ties = {tie.id: tie for tie in network.edges}
        ways = (Way(way.nodes, tuple(ties[tie.id] for tie in way.ties)) for way in self.ways)
        return replace(self, ways=tuple(ways), network=network)


def shortest_paths(
    step: Step, start: str, end: str, *, max_length: int = 8, limit: int = 100
) -> Ways:
    """Return all shortest paths between two entities, ties followed in either direction.

    Two ties between the same two nodes make two paths, as in Cypher's `allShortestPaths`.

    Args:
        step: reads the ties of some nodes.
        start: the id of one end.
        end: the id of the other.
        max_length: how many ties a path has at most.
        limit: how many paths are returned at most; all are counted.

    Raises:
        UsageError: both ends are the same, or a number is below 1.
    """
    if start == end:
        raise UsageError(_("A path needs two different ends."), _("Give two ids."))
    for name, number in (("max_length", max_length), ("limit", limit)):
        if number < 1:
            raise UsageError(
                _("Parameter {name} is {value}.").format(name=name, value=number),
                _("Give a whole number above 0."),
            )
    search = _Search(step, start, end)
    length = search.run(max_length)
    if length is None:
        return Ways(hubs=search.hubs())
    arcs = _arcs(search, length)
    ways = list(islice(_ways(arcs, search.ends()), limit))
    nodes = {ref for way in ways for ref in way.nodes}
    ties = {tie.id: tie for way in ways for tie in way.ties}
    network = Network({ref: search.nodes[ref] for ref in sorted(nodes)}, tuple(ties.values()))
    return Ways(tuple(ways), network, _count(arcs, search.ends()), search.hubs())


class _Side:
    """What was reached from one end: how far each node is from it."""

    def __init__(self, end: str) -> None:
        self.end = end
        self.frontier = {end}
        self.away: dict[NodeRef, int] = {}
        self.depth = 0

    def advance(self, found: Network) -> None:
        """Go one step outwards from the frontier, along the ties found."""
        if not self.away:
            self.away.update((ref, 0) for ref in found.nodes if ref.id == self.end)
        last = {ref for ref, away in self.away.items() if away == self.depth}
        self.depth += 1
        beyond = {
            other
            for edge in found.edges
            for here, other in ((edge.start, edge.end), (edge.end, edge.start))
            if here in last and other not in self.away
        }
        self.away.update((ref, self.depth) for ref in beyond)
        self.frontier = {ref.id for ref in beyond}


class _Search:
    """Both sides, what was read so far, and which nodes were passed or may not be."""

    def __init__(self, step: Step, start: str, end: str) -> None:
        self._step = step
        self.sides = (_Side(start), _Side(end))
        self.edges: dict[str, NetworkEdge] = {}
        self.nodes: dict[NodeRef, NetworkNode] = {}
        self._passed: set[NodeRef] = set()
        self._blocked: set[NodeRef] = set()

    def run(self, max_length: int) -> int | None:
        """Search until both sides meet; return the length of the shortest paths, if there is one.

        Sides advance by whole steps, so that where they meet first all shortest paths are known.
        """
        turn = list(self.sides)
        while sum(side.depth for side in self.sides) < max_length and all(
            side.frontier for side in self.sides
        ):
            found = self._read(set().union(*(side.frontier for side in turn)))
            for side in turn:
                side.advance(found)
            if met := self.met():
                forward, backward = (side.away for side in self.sides)
                length = min(forward[ref] + backward[ref] for ref in met)
                return length if length <= max_length else None
            turn = [min(self.sides, key=lambda side: len(side.frontier))]
        return None

    def met(self) -> set[NodeRef]:
        """Return the nodes that both sides reached and that may be passed through."""
        forward, backward = (side.away for side in self.sides)
        both = forward.keys() & backward.keys()
        # Neither side has yet looked at what both have only just reached.
        if unknown := {ref.id for ref in both - self._passed - self._blocked}:
            self._read(unknown)
        return both & self._passed

    def ends(self) -> tuple[list[NodeRef], list[NodeRef]]:
        """Return the nodes at either end: one each, but where labels share an id."""
        first, second = (
            sorted(ref for ref, away in side.away.items() if away == 0) for side in self.sides
        )
        return first, second

    def may_pass(self, ref: NodeRef) -> bool:
        """Return whether a path may have this node."""
        return ref not in self._blocked

    def hubs(self) -> Mapping[str, int]:
        """Return by label how many nodes were met and not passed through."""
        ends = {side.end for side in self.sides}
        return dict(Counter(ref.label for ref in sorted(self._blocked) if ref.id not in ends))

    def _read(self, ids: Collection[str]) -> Network:
        rows = self._step(sorted(ids))
        found = collect([row for row in rows if row["r"] is not None])
        read = {_ref(row["n"]): row["r"] is not None for row in rows}
        self._passed |= {ref for ref, is_open in read.items() if is_open}
        self._blocked |= {ref for ref, is_open in read.items() if not is_open}
        self.edges.update((edge.id, edge) for edge in found.edges)
        self.nodes.update(found.nodes)
        return found


def _arcs(search: _Search, length: int) -> nx.DiGraph[NodeRef]:
    """Return the shortest paths as a directed graph, from the start to the end."""
    forward, backward = (side.away for side in search.sides)
    middle = max(forward[ref] for ref in search.met() if forward[ref] + backward[ref] == length)
    arcs: nx.DiGraph[NodeRef] = nx.DiGraph()
    for side in search.ends():
        arcs.add_nodes_from(side)
    for tie in sorted(search.edges.values(), key=lambda tie: (tie.start, tie.end, tie.id)):
        for a, b in ((tie.start, tie.end), (tie.end, tie.start)):
            begins = a in forward and forward.get(b) == forward[a] + 1 <= middle
            finishes = b in backward and backward.get(a) == backward[b] + 1 <= length - middle
            if (begins or finishes) and search.may_pass(a) and search.may_pass(b):
                arcs.add_edge(a, b)
                arcs.edges[a, b].setdefault(TIES, []).append(tie)
    return arcs


def _ways(arcs: nx.DiGraph[NodeRef], ends: tuple[list[NodeRef], list[NodeRef]]) -> Iterator[Way]:
    for start, end in product(*ends):
        if not nx.has_path(arcs, start, end):
            continue
        for nodes in nx.all_shortest_paths(arcs, start, end):
            between = [arcs.edges[pair][TIES] for pair in pairwise(nodes)]
            for ties in product(*between):
                yield Way(tuple(nodes), ties)


def _count(arcs: nx.DiGraph[NodeRef], ends: tuple[list[NodeRef], list[NodeRef]]) -> int:
    """Return how many paths there are, without listing them."""
    ways = Counter(dict.fromkeys(ends[0], 1))
    for node in nx.topological_sort(arcs):
        for after in arcs.adj[node]:
            ways[after] += ways[node] * len(arcs.edges[node, after][TIES])
    return sum(ways[end] for end in ends[1])


def _ref(node: Node) -> NodeRef:
    return NodeRef(main_label(node.labels)[0], str(node.get("id")))
