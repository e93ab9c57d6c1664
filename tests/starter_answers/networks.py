"""Paths between two entities, and who lies on those of others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise, product

import networkx as nx

from tests.starter_answers import Row, answers, by_key, overview, person_name

PATH = ("value", "ids", "sources")
MANY = 50


def drawn() -> nx.MultiGraph[str]:
    """Return all ties, a tie that several rows make once, without charges, laws and rules."""
    graph: nx.MultiGraph[str] = nx.MultiGraph()
    for start, type, end, detail, cited in overview.ties():
        key = (start, type, end, detail)
        if graph.has_edge(start, end, key):
            graph.edges[start, end, key]["sources"] |= set(cited)
        else:
            graph.add_edge(start, end, key, sources=set(cited))
    for table, column in (
        ("charges", "charge_id"),
        ("laws", "law_id"),
        ("amnesty_rules", "rule_id"),
    ):
        graph.remove_nodes_from(by_key(table, column))
    return graph


def between(start: str, end: str) -> Iterator[Row]:
    graph = drawn()
    # With as few cases as these nothing has so many ties that it would be left out.
    assert max(degree for _, degree in graph.degree) <= MANY
    for nodes in nx.all_shortest_paths(graph, start, end):
        for ties in product(*(graph[a][b].values() for a, b in pairwise(nodes))):
            cited = set().union(*(tie["sources"] for tie in ties))
            yield len(ties), nodes, sorted(cited)


@answers("trace_paths", given={"from": "rafael-tudares", "to": "diosdado-cabello"}, columns=PATH)
def by_one_detention() -> Iterable[Row]:
    """The minister spoke publicly against him."""
    return between("rafael-tudares", "diosdado-cabello")


@answers(
    "trace_paths", given={"from": "emirlendris-benitez", "to": "maykelis-borges"}, columns=PATH
)
def by_two_places() -> Iterable[Row]:
    """Two places where both were held."""
    return between("emirlendris-benitez", "maykelis-borges")


@answers("trace_paths", given={"from": "rocio-san-miguel", "to": "enrique-marquez"}, columns=PATH)
def by_several_steps() -> Iterable[Row]:
    """Farther apart, with several equal ways."""
    return between("rocio-san-miguel", "enrique-marquez")


@answers("rank_bridges", columns=("name", "value", "ties", "id", "sources"))
def bridging() -> Iterable[Row]:
    """People of the same detention or the same case are tied to each other."""
    members: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    detentions, cases = by_key("detentions", "detention_id"), by_key("cases", "case_id")
    people = by_key("people", "person_id")
    held: dict[str, tuple[str, set[str]]] = {}
    rows = list(overview.ties())
    for start, type, end, _, cited in rows:
        if type == "DETAINED_IN":
            held[end] = (start, set(cited))
    for start, type, end, _, cited in rows:
        if type in ("DETAINED_IN", "INVOLVED_IN", "BECAUSE_OF"):
            joint, person = (start, end) if start in detentions else (end, start)
            if joint in detentions:
                members[joint][person] |= set(cited)
        elif type == "PART_OF_CASE":
            assert end in cases
            person, custody = held[start] if start in held else (start, set())
            members[end][person] |= set(cited) | custody
    graph: nx.Graph[str] = nx.Graph()
    resting: defaultdict[str, set[str]] = defaultdict(set)
    for joined in members.values():
        for a, b in combinations(joined, 2):
            graph.add_edge(a, b)
            for end in (a, b):
                resting[end] |= joined[a] | joined[b]
    assert set(graph) <= set(people)
    for person, value in nx.betweenness_centrality(graph).items():
        if value:
            yield (
                person_name(person),
                round(value, 6),
                len(graph[person]),
                person,
                sorted(resting[person]),
            )
