"""The measures on graphs whose values are known from the literature and from networkx itself."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pytest
from networkx.algorithms.community import louvain_communities, modularity
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python

from vinculos.graph import analysis

# Padgett and Ansell (1993); the values are those of Wasserman and Faust (1994) and Jackson (2008).
FLORENTINE = nx.florentine_families_graph()
KARATE: nx.Graph[int] = nx.Graph(nx.karate_club_graph().edges)


def grown(count: int = 400) -> nx.Graph[int]:
    """Return a graph with hubs, a chain that hangs on it, a pair and a node apart."""
    graph: nx.Graph[int] = nx.barabasi_albert_graph(count, 2, seed=3)
    nx.add_path(graph, [0, count, count + 1, count + 2])
    graph.add_edge(count + 3, count + 4)
    graph.add_node(count + 5)
    return graph


GRAPHS = pytest.mark.parametrize(
    "graph",
    [KARATE, FLORENTINE, grown(), nx.Graph()],
    ids=["karate", "florentine", "grown", "empty"],
)


def test_betweenness_of_the_florentine_families() -> None:
    found, drawn = analysis.betweenness(FLORENTINE)
    assert drawn == 0
    ranked = sorted(found, key=lambda family: -found[family])
    assert ranked[:3] == ["Medici", "Guadagni", "Albizzi"]
    assert [round(found[family], 3) for family in ranked[:3]] == [0.522, 0.255, 0.212]
    assert found["Pazzi"] == found["Lamberteschi"] == 0


def test_betweenness_of_the_karate_club() -> None:
    found, _ = analysis.betweenness(KARATE)
    # Teacher and president, and the member between them.
    assert [round(found[member], 4) for member in (0, 33, 32)] == [0.4376, 0.3041, 0.1452]


@GRAPHS
def test_igraph_agrees_with_networkx(graph: nx.Graph[int]) -> None:
    found, drawn = analysis.betweenness(graph)
    assert drawn == 0
    assert found == pytest.approx(nx.betweenness_centrality(graph))
    # The one that needs no scipy.
    ranks = _pagerank_python(graph, tol=1e-12, max_iter=1000) if graph else {}
    assert analysis.pagerank(graph) == pytest.approx(ranks, abs=1e-8)


@GRAPHS
def test_the_others_agree_with_their_definitions(graph: nx.Graph[int]) -> None:
    assert analysis.degree(graph) == dict(graph.degree)
    assert analysis.k_core(graph) == nx.core_number(graph)
    parts = nx.number_connected_components(graph)
    for node in graph:
        rest = graph.subgraph(set(graph) - {node})
        more = nx.number_connected_components(rest) - parts + 1
        assert analysis.articulation_points(graph).get(node, 1) == max(more, 1)
    found = analysis.bridges(graph)
    assert {frozenset(pair) for pair in found} == {frozenset(pair) for pair in nx.bridges(graph)}
    for (a, b), smaller in found.items():
        rest = nx.Graph(graph)
        rest.remove_edge(a, b)
        sides = [len(nx.node_connected_component(rest, end)) for end in (a, b)]
        assert smaller == min(sides)


def test_cores_and_cut_points_that_are_known() -> None:
    assert Counter(analysis.k_core(KARATE).values()) == {1: 1, 2: 11, 3: 12, 4: 10}
    assert analysis.articulation_points(KARATE) == {0: 3}
    assert analysis.bridges(KARATE) == {(0, 11): 1}
    # The Medici hold Acciaiuoli and, through Salviati, the Pazzi.
    assert analysis.articulation_points(FLORENTINE)["Medici"] == 3
    assert analysis.bridges(FLORENTINE)["Medici", "Salviati"] == 2


def test_communities_of_the_karate_club_are_the_best_known() -> None:
    found = analysis.communities(KARATE)
    groups = [{node for node in found if found[node] == number} for number in set(found.values())]
    # The optimum, proven by Brandes and others (2008): four groups.
    assert modularity(KARATE, groups) == pytest.approx(0.4198, abs=1e-4)
    assert len(groups) == 4
    assert found[0] != found[33]


@GRAPHS
def test_communities_are_as_good_as_those_of_networkx_and_come_again(graph: nx.Graph[int]) -> None:
    found = analysis.communities(graph)
    assert set(found) == set(graph)
    if graph:
        groups = [{n for n in found if found[n] == number} for number in set(found.values())]
        others = louvain_communities(graph, seed=1)
        assert modularity(graph, groups) >= modularity(graph, others) - 0.01
        assert [len(group) for group in groups] == sorted(map(len, groups), reverse=True)
    shuffled: nx.Graph[int] = nx.Graph()
    shuffled.add_nodes_from(reversed(list(graph)))
    shuffled.add_edges_from((b, a) for a, b in reversed(list(graph.edges)))
    assert analysis.communities(shuffled) == found


def test_clusters_begin_with_the_largest() -> None:
    found = analysis.clusters(grown())
    assert Counter(found.values()) == {1: 403, 2: 2, 3: 1}
    assert found[405] == 3


def test_estimated_betweenness_is_near_the_exact_one_and_comes_again() -> None:
    graph = grown()
    exact, _ = analysis.betweenness(graph)
    guessed, drawn = analysis.betweenness(graph, budget=150 * (403 + graph.number_of_edges() - 1))
    assert drawn == 150
    assert (
        guessed == analysis.betweenness(graph, budget=150 * (403 + graph.number_of_edges() - 1))[0]
    )
    top = sorted(exact, key=lambda node: -exact[node])[:3]
    assert sorted(guessed, key=lambda node: -guessed[node])[:3] == top
    assert all(guessed[node] == pytest.approx(exact[node], rel=0.25) for node in top)
