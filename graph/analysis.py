"""Measures of a network, through networkx's interface: any undirected simple graph of its.

igraph computes what would take networkx minutes on a large graph: betweenness, PageRank and
communities. The same graph gives the same answer each time.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import networkx as nx

from vinculos.graph.seeded import SEED, seeded_igraph

N = TypeVar("N", bound=Hashable)

BUDGET = 25_000_000
"""Nodes times nodes and ties of a cluster up to which its betweenness is exact: some seconds."""
FEWEST_PIVOTS = 50
DAMPING = 0.85


def degree(graph: nx.Graph[N]) -> dict[N, int]:
    """Return how many neighbours each node has."""
    return {node: len(graph.adj[node]) for node in graph}


def betweenness(graph: nx.Graph[N], budget: int = BUDGET) -> tuple[dict[N, float], int]:
    """Return the betweenness centrality of each node, 0 to 1, and from how few nodes it was got.

    Freeman's measure, by Brandes' algorithm. In a cluster beyond the budget, only the shortest
    paths from some of its nodes, drawn at random with a fixed seed, are counted and scaled up
    (Brandes and Pich, 2007).

    Args:
        graph: an undirected simple graph.
        budget: nodes times nodes and ties of a cluster, up to which it is exact.

    Returns:
        The measure by node, and the number of nodes drawn; 0 where it is exact.
    """
    count = graph.number_of_nodes()
    pairs = (count - 1) * (count - 2) / 2
    found = dict.fromkeys(graph, 0.0)
    drawn = 0
    for members in nx.connected_components(graph):
        if len(members) < 3:
            continue
        nodes, fast = _igraph(graph, members)
        size = len(nodes)
        pivots = max(budget // (size + fast.ecount()), FEWEST_PIVOTS)
        if pivots >= size:
            values = fast.betweenness(directed=False)
        else:
            drawn += pivots
            chosen = random.Random(SEED).sample(range(size), pivots)  # noqa: S311 (not for secrets)
            sums = fast.betweenness(directed=False, sources=sorted(chosen))
            values = [value * size / pivots for value in sums]
        found.update(
            (node, value / pairs) for node, value in zip(nodes, values, strict=True) if value
        )
    return found, drawn


def pagerank(graph: nx.Graph[N]) -> dict[N, float]:
    """Return the PageRank of each node, damping 0.85, each tie going both ways."""
    nodes, fast = _igraph(graph, graph)
    values = fast.pagerank(directed=False, damping=DAMPING) if nodes else []
    return dict(zip(nodes, values, strict=True))


def communities(graph: nx.Graph[N]) -> dict[N, int]:
    """Return the community of each node, 1 the largest: the Leiden method, by modularity.

    Traag, Waltman and van Eck, 2019. The seed is fixed; nodes are taken in their own order.
    """
    nodes, fast = _igraph(graph, graph)
    if not nodes:
        return {}
    with seeded_igraph():
        found = fast.community_leiden(objective_function="modularity", n_iterations=10)
    return _numbered([[nodes[place] for place in group] for group in found])


def articulation_points(graph: nx.Graph[N]) -> dict[N, int]:
    """Return each node without which its cluster falls apart, with the number of the parts."""
    # A node lies in as many biconnected components as there are parts without it.
    blocks: Any = nx.biconnected_components(graph)
    parts = Counter(node for block in blocks for node in block)
    return {node: count for node, count in parts.items() if count > 1}


def bridges(graph: nx.Graph[N]) -> dict[tuple[N, N], int]:
    """Return each tie without which its cluster falls in two, with the nodes of the smaller side.

    Both ends stand in their own order.
    """
    said: Any = nx.bridges(graph)
    found = [_pair(a, b) for a, b in said]
    rest: nx.Graph[N] = nx.Graph(graph)
    rest.remove_edges_from(found)
    # What the bridges leave are the nodes of a tree; its subtrees are the sides.
    block: dict[N, int] = {}
    sizes: list[int] = []
    for number, members in enumerate(nx.connected_components(rest)):
        block.update(dict.fromkeys(members, number))
        sizes.append(len(members))
    tree: nx.Graph[int] = nx.Graph()
    tree.add_nodes_from(range(len(sizes)))
    tree.add_edges_from((block[a], block[b]) for a, b in found)
    cut: dict[tuple[N, N], int] = {}
    below: dict[tuple[int, int], int] = {}
    for cluster in nx.connected_components(tree):
        root = min(cluster)
        whole = sum(sizes[number] for number in cluster)
        held = {number: sizes[number] for number in cluster}
        for parent, child in reversed(list(nx.bfs_edges(tree, root))):
            held[parent] += held[child]
            below[_pair(parent, child)] = min(held[child], whole - held[child])
    for a, b in found:
        cut[a, b] = below[_pair(block[a], block[b])]
    return cut


def k_core(graph: nx.Graph[N]) -> dict[N, int]:
    """Return the core number of each node: the largest k of a k-core that holds it."""
    return dict(nx.core_number(graph))


def clusters(graph: nx.Graph[N]) -> dict[N, int]:
    """Return the connected component of each node, 1 the largest."""
    return _numbered([list(members) for members in nx.connected_components(graph)])


BY_NODE: Mapping[str, Callable[[Any], Mapping[Any, float]]] = {
    "degree": degree,
    "pagerank": pagerank,
    "communities": communities,
    "articulation_points": articulation_points,
    "k_core": k_core,
    "clusters": clusters,
}
"""The measures that are exact and give each node a value, by their names."""


def _igraph(graph: nx.Graph[N], members: Iterable[N]) -> tuple[list[N], Any]:
    """Return the nodes in their own order and the same graph, of these members, for igraph."""
    import igraph

    nodes: list[N] = sorted(members)  # type: ignore[type-var]
    place = {node: number for number, node in enumerate(nodes)}
    edges = sorted(
        (place[node], place[other])
        for node in nodes
        for other in graph.adj[node]
        if place[node] < place[other]
    )
    return nodes, igraph.Graph(n=len(nodes), edges=edges)


def _numbered(groups: Sequence[list[N]]) -> dict[N, int]:
    """Return the number of each node's group: the largest is 1, of equals the first by its node."""
    ordered = sorted((sorted(group) for group in groups), key=lambda g: (-len(g), g[0]))  # type: ignore[type-var]
    return {node: number for number, group in enumerate(ordered, 1) for node in group}


def _pair(a: N, b: N) -> tuple[N, N]:
    return (a, b) if a < b else (b, a)  # type: ignore[operator]
