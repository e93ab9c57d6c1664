"""Which nodes are drawn where there are too many."""

from __future__ import annotations

from dataclasses import replace

from tests.networks import ANA, BETO, CUSTODY, FORCE, LAW, OLGA, PRISON, edge, large, small
from vinculos.graph.importance import at_most
from vinculos.graph.network import Network
from vinculos.graph.records import NodeRef


def test_nothing_is_cut_where_it_fits() -> None:
    network = small()
    assert at_most(network, 7) is network
    assert at_most(network, 6, raw=False) is network, "the detention is no node of the drawing"


def test_the_nearest_to_what_was_asked_about_come_first() -> None:
    network = small()
    assert set(at_most(network, 3, [OLGA]).nodes) == {OLGA, CUSTODY, FORCE}
    assert set(at_most(network, 3, [OLGA], raw=False).nodes) == {OLGA, ANA, FORCE, CUSTODY}
    assert LAW not in at_most(network, 6, [OLGA]).nodes, "what cannot be reached comes last"
    assert set(at_most(network, 1, [NodeRef("Person", "t:nobody")]).nodes) == {CUSTODY}


def test_without_a_middle_what_is_drawn_hangs_together() -> None:
    network = small()
    assert set(at_most(network, 1).nodes) == {CUSTODY}, "the most ties"
    assert set(at_most(network, 3).nodes) == {CUSTODY, ANA, BETO}, "then the most ties to it"
    cut = at_most(network, 3)
    assert {e.type for e in cut.edges} == {"DETAINED_IN", "BECAUSE_OF", "RELATED_TO"}


def test_the_highest_values_come_first() -> None:
    network = small()
    values = {PRISON: 3, LAW: 2.5, ANA: 1}
    nodes = {
        key: replace(node, properties={**node.properties, "degree": values[key]})
        if key in values
        else node
        for key, node in network.nodes.items()
    }
    assert set(at_most(replace(network, nodes=nodes), 2, measure="degree").nodes) == {PRISON, LAW}


def test_a_detention_goes_with_whom_it_holds() -> None:
    alone = Network({**small().nodes}, small().edges)
    cut = at_most(alone, 1, [LAW], raw=False)
    assert set(cut.nodes) == {LAW}


def test_the_same_every_time_and_as_many_as_asked_for() -> None:
    network = large(2000)
    turned = Network(dict(reversed(network.nodes.items())), tuple(reversed(network.edges)))
    cut = at_most(network, 300)
    assert len(cut.nodes) == 300 and set(cut.nodes) == set(at_most(turned, 300).nodes)
    tied = {end for e in cut.edges for end in (e.start, e.end)}
    assert tied == set(cut.nodes)
    assert edge("RELATED_TO", ANA, BETO).id not in {e.id for e in cut.edges}
