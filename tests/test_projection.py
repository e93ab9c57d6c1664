"""Projections: who is tied to whom, on which sources, and what is left out."""

from __future__ import annotations

import pytest

from tests.networks import edge, node
from vinculos.graph.measured import measure
from vinculos.graph.measures import MEASURES, MOST_JOINED, PROJECTIONS
from vinculos.graph.network import Network, NetworkEdge
from vinculos.graph.projection import project, ties_between
from vinculos.graph.records import NodeRef
from vinculos.queries.measure import whole


def ref(id: str, label: str = "Person") -> NodeRef:
    return NodeRef(label, f"t:{id}")


ANA, BETO, CARLA, DORA, ELENA = (ref(name) for name in ("ana", "beto", "carla", "dora", "elena"))
FIRST, SECOND, THIRD = (ref(f"d{number}", "Detention") for number in (1, 2, 3))
PLOT, LAW, PRISON = ref("plot", "Case"), ref("law", "Law"), ref("prison", "Place")


def network() -> Network:
    """Return a case of Ana and Beto, an official of Beto's and Carla's, Ana's kin and friend."""
    ties = [
        edge("DETAINED_IN", ANA, FIRST),
        edge("DETAINED_IN", BETO, SECOND),
        edge("DETAINED_IN", CARLA, THIRD),
        edge("PART_OF_CASE", FIRST, PLOT, role="accused"),
        edge("PART_OF_CASE", BETO, PLOT, role="accused", confidence="alleged"),
        edge("INVOLVED_IN", DORA, SECOND, role="ordered"),
        edge("INVOLVED_IN", DORA, THIRD, role="ordered"),
        edge("HELD_AT", FIRST, PRISON),
        edge("HELD_AT", THIRD, PRISON),
        edge("BECAUSE_OF", THIRD, ELENA, confidence="alleged"),
        edge("RELATED_TO", ANA, ELENA, kind="sibling_of"),
        edge("RELATED_TO", ANA, CARLA, kind="friend_of"),
        edge("RELATED_TO", ANA, ELENA, kind="colleague_of"),
    ]
    ends = {end for tie in ties for end in (tie.start, tie.end)} | {LAW}
    return Network({key: node(key, name=key.id) for key in sorted(ends)}, tuple(ties))


def pairs(name: str) -> set[frozenset[NodeRef]]:
    return {frozenset(pair) for pair in project(network(), name).graph.edges}


def types(ties: list[NetworkEdge]) -> list[str]:
    return sorted(tie.type for tie in ties)


def test_kinship_leaves_friends_and_colleagues_out() -> None:
    projected = project(network(), "kinship")
    assert pairs("kinship") == {frozenset((ANA, ELENA))}
    (tie,) = ties_between(projected.graph, ANA, ELENA)
    assert tie.properties["kind"] == "sibling_of"
    # Of the people three, of their ties the one between those who stay.
    assert projected.left_out == {
        **{"Person": 3, "Detention": 3, "Case": 1, "Law": 1, "Place": 1},
        "RELATED_TO": 1,
    }


def test_cases_tie_people_by_custody_and_case_but_not_by_prison() -> None:
    projected = project(network(), "cases")
    assert pairs("cases") == {
        frozenset(pair)
        for pair in ((ANA, BETO), (BETO, DORA), (CARLA, DORA), (CARLA, ELENA), (DORA, ELENA))
    }
    # Ana is in the case by her custody, Beto by himself.
    ties = ties_between(projected.graph, ANA, BETO)
    assert types(ties) == ["DETAINED_IN", "PART_OF_CASE", "PART_OF_CASE"]
    assert {source for tie in ties for source in tie.properties["sources"]} == {"t:s2"}
    assert projected.left_out == {"Law": 1, "Place": 1, "RELATED_TO": 3}
    assert PRISON not in projected.network.nodes and PLOT in projected.network.nodes


def test_officials_are_tied_by_what_they_took_part_in_alone() -> None:
    assert pairs("officials") == set()
    both = Network(
        network().nodes, (*network().edges, edge("INVOLVED_IN", ELENA, SECOND, role="presided"))
    )
    projected = project(both, "officials")
    assert set(projected.graph) == {DORA, ELENA}
    assert projected.left_out["Detention"] == 2


def test_all_keeps_everything() -> None:
    projected = project(network())
    assert set(projected.graph) == set(network().nodes)
    assert projected.left_out == {}
    assert len(ties_between(projected.graph, ANA, ELENA)) == 2


@pytest.mark.parametrize(("people", "tied"), [(MOST_JOINED, True), (MOST_JOINED + 1, False)])
def test_case_of_too_many_ties_nobody_and_is_counted(people: int, tied: bool) -> None:
    members = [ref(f"p{number:03}") for number in range(people)]
    big = Network(
        {key: node(key) for key in (*members, PLOT)},
        tuple(edge("PART_OF_CASE", member, PLOT) for member in members),
    )
    projected = project(big, "cases")
    assert projected.graph.number_of_edges() == (people * (people - 1) // 2 if tied else 0)
    assert projected.left_out == ({} if tied else {"Person": people, "Case": 1})


@pytest.mark.parametrize("name", [name for name in MEASURES if name != "shortest_paths"])
@pytest.mark.parametrize("projection", PROJECTIONS)
def test_every_measure_answers_on_every_projection(name: str, projection: str) -> None:
    for given in (network(), Network()):
        found = measure(name, project(given, projection), claims=True)
        columns = set(MEASURES[name].columns) - {"sources"} | {"claims"}
        assert all(row.keys() >= columns for row in found.rows)
        assert all(row["claims"] == ["c"] for row in found.rows if row.get("ties", 1))


def test_rows_say_who_and_how_much_and_the_drawing_holds_the_values() -> None:
    found = measure("betweenness", project(network(), "cases"))
    # Beto: Ana with the three others; Dora: two and Ana with two.
    assert [(row["id"], row["value"], row["ties"]) for row in found.rows] == [
        ("t:dora", 0.666667, 3),
        ("t:beto", 0.5, 2),
    ]
    assert found.network.nodes[DORA].properties["betweenness"] == 0.666667
    assert "betweenness" not in found.network.nodes[PLOT].properties
    said = " ".join(found.notes("en"))
    assert "8 ties, 2 of them alleged" in said
    assert "law: 1" in said and "place: 1" in said


def test_bridge_names_both_ends_and_its_weakest_tie() -> None:
    found = measure("bridges", project(network(), "cases"))
    assert [
        (row["id"], row["other_id"], row["value"], row["confidence"]) for row in found.rows
    ] == [
        ("t:beto", "t:dora", 2, "reported"),
        ("t:ana", "t:beto", 1, "alleged"),
    ]
    marked = [tie.type for tie in found.network.edges if "bridges" in tie.properties]
    assert sorted(marked) == [
        *("DETAINED_IN", "DETAINED_IN", "INVOLVED_IN", "PART_OF_CASE", "PART_OF_CASE")
    ]


def test_detention_is_named_after_whom_it_holds_and_laws_in_both_languages() -> None:
    named = {**network().nodes, LAW: node(LAW, name_en="Test Law", name_es="Ley de Prueba")}
    rows = measure("clusters", project(Network(named, network().edges))).rows
    names = {row["id"]: row["name"] for row in rows}
    assert names["t:law"] == {"en": "Test Law", "es": "Ley de Prueba"}
    assert names["t:plot"] == "t:plot"
    unnamed = {**network().nodes, FIRST: node(FIRST)}
    rows = measure("degree", project(Network(unnamed, network().edges))).rows
    assert {row["id"]: row["name"] for row in rows}["t:d1"] == "t:ana"


def test_whole_graph_is_asked_by_labels_and_types_alone() -> None:
    assert whole("kinship").text == "MATCH (n:Person)-[r:RELATED_TO]->(m:Person) RETURN n, r, m"
    assert "MATCH (n:Detention)-[r:PART_OF_CASE]->(m:Case)" in whole("cases").text
    assert "Organization" not in whole("officials").text
    assert whole("all").text.startswith("MATCH (n:Person|Detention|")
