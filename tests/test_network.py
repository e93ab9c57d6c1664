"""From a query's result to a network, on both engines, and from the command line to a page."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result

from tests.networks import ANA, BETO, CUSTODY, OLGA, small
from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from tests.tiny import tiny as tiny
from vinculos.commands.drawing import measured
from vinculos.commands.view import view
from vinculos.errors import NotFound, UsageError
from vinculos.graph.around import LABELS, complete, with_held
from vinculos.graph.citations import with_sources
from vinculos.graph.fingerprint import fingerprint
from vinculos.graph.network import Network, collect, main_label, to_networkx
from vinculos.graph.records import NodeRef
from vinculos.graph.store import Store
from vinculos.queries.ask import ask
from vinculos.queries.library import get_query
from vinculos.settings import Settings

ANA_PRUEBA, D_ANA = NodeRef("Person", "tiny:ana-prueba"), NodeRef("Detention", "tiny:d-ana")
BRUNO = NodeRef("Person", "tiny:bruno-prueba")


def plain_node(key: NodeRef, *roles: str, **properties: Any) -> dict[str, Any]:
    return {"labels": [*roles, key.label], "properties": {"id": key.id, **properties}}


def plain_tie(type_: str, start: str | None, end: str | None, **properties: Any) -> dict[str, Any]:
    return {"type": type_, "start": start, "end": end, "properties": properties}


def ends(network: Network) -> set[tuple[str, str, str]]:
    return {(edge.start.id, edge.type, edge.end.id) for edge in network.edges}


class Around(NamedTuple):
    """What lies around an entity, and how much was left out."""

    network: Network
    cut: int


def around(store: Store, centre: NodeRef, depth: int, limit: int = 300) -> Around:
    given = {"id": centre.id, "depth": str(depth), "limit": str(limit)}
    answer = ask(store, get_query("around"), given)
    return Around(answer.network(store), answer.cut)


def names(keys: Iterable[NodeRef]) -> set[str]:
    return {key.id.partition(":")[2] for key in keys}


def test_plain_data_make_a_network() -> None:
    rows = [
        {"n": plain_node(ANA, "Detainee", name="Ana", born=datetime.date(1980, 1, 2))},
        {"deep": [{"er": [plain_node(BETO), None, 3, "text"]}]},
        {"r": plain_tie("RELATED_TO", "t:ana", "t:beto", id="r1", kind="sibling_of")},
        {"p": {"nodes": [plain_node(CUSTODY)], "relationships": [
            plain_tie("DETAINED_IN", "t:ana", "t:det-ana", id="r2"),
            plain_tie("DETAINED_IN", "t:ana", "t:det-ana", id="r2"),
        ]}},
        {"r": plain_tie("RELATED_TO", "t:ana", "t:nobody", id="r3")},
        {"r": plain_tie("RELATED_TO", None, "t:beto", id="r4")},
    ]  # fmt: skip
    network = collect(rows)
    assert list(network.nodes) == [CUSTODY, ANA, BETO]
    assert network.nodes[ANA].roles == ("Detainee",)
    assert network.nodes[ANA].properties == {"name": "Ana", "born": "1980-01-02"}
    assert [edge.id for edge in network.edges] == ["r2", "r1"]
    assert network.edges[1].properties == {"kind": "sibling_of"}
    assert network.left_out == 2


def test_an_id_that_two_labels_have_is_told_apart_by_the_type_of_tie() -> None:
    place, person = NodeRef("Place", "t:x"), NodeRef("Person", "t:x")
    nodes = [plain_node(place), plain_node(person), plain_node(CUSTODY)]
    network = collect([nodes, plain_tie("HELD_AT", "t:det-ana", "t:x", id="a")])
    assert network.edges[0].end == place
    unknown = collect([nodes, plain_tie("OTHER", "t:det-ana", "t:x", id="a")])
    assert unknown.edges == () and unknown.left_out == 1


def test_other_graphs_make_networks_too() -> None:
    assert main_label({"Detainee", "Person", "Official"}) == ("Person", ("Detainee", "Official"))
    assert main_label({"Zeta", "Alfa"}) == ("Alfa", ("Zeta",)) and main_label([]) == ("", ())
    network = collect([{"labels": ["Thing"], "properties": {"a": 1}}])
    assert [key.label for key in network.nodes] == ["Thing"]
    assert collect([{"labels": "not a node"}, {"a": 1}, "text", None]) == Network()


def test_a_network_without_some() -> None:
    network = small()
    rest = network.without(nodes={OLGA}, edges={network.edges[0].id})
    assert OLGA not in rest.nodes and len(rest.nodes) == 6
    assert {edge.type for edge in rest.edges} == {"HELD_AT", "BECAUSE_OF", "RELATED_TO"}
    assert len(network.nodes) == 7, "the other is untouched"


def test_networkx_keeps_all_there_is() -> None:
    graph = to_networkx(small())
    assert graph.number_of_nodes() == 7 and graph.number_of_edges() == 7
    assert graph.nodes[ANA]["name"] == "Ana Núñez" and graph.nodes[ANA]["label"] == "Person"
    assert graph.nodes[ANA]["roles"] == ["Detainee"]
    assert {data["type"] for _, _, data in graph.edges(OLGA, data=True)} == {
        "HOLDS_POST",
        "INVOLVED_IN",
    }


def test_driver_values_make_a_network(tiny: Store) -> None:
    path = tiny.read(
        "MATCH t = (:Person {id: $id})-[:DETAINED_IN]->(:Detention)-[:HELD_AT]->(:Place) "
        "RETURN t, 1 AS n",
        {"id": ANA_PRUEBA.id},
    ).rows
    network = collect(path)
    assert names(network.nodes) == {"ana-prueba", "d-ana", "carcel-uno", "carcel-dos"}
    assert len(network.edges) == 3 and network.left_out == 0
    assert network.nodes[ANA_PRUEBA].roles == ("Detainee", "Relative")
    assert isinstance(network.nodes[D_ANA].properties["started_min"], str)
    assert all(edge.id and "id" not in edge.properties for edge in network.edges)


def test_ends_that_the_answer_lacks_are_fetched(tiny: Store) -> None:
    rows = tiny.read("MATCH ()-[r:BECAUSE_OF]->() RETURN r").rows
    assert collect(rows).left_out == 3 and not collect(rows).edges
    network = complete(tiny, rows)
    assert network.left_out == 0
    assert {(D_ANA.id, "BECAUSE_OF", BRUNO.id)} < ends(network) and len(network.edges) == 3
    whole = tiny.read("MATCH (n)-[r:BECAUSE_OF]->(m) RETURN n, r, m").rows
    assert complete(tiny, whole).edges == network.edges


def test_only_ends_that_the_answer_lacks_are_asked_for_and_the_answer_is_read_once(
    tiny: Store,
) -> None:
    asked: list[list[str]] = []

    def fetch(ends: list[str]) -> list[Any]:
        asked.append(ends)
        return []

    rows = tiny.read("MATCH (n)-[r:BECAUSE_OF]->() RETURN n, r").rows
    lacking = {row["r"].nodes[1].element_id for row in rows} - {row["n"].element_id for row in rows}
    network = collect(iter(rows), fetch)
    assert asked == [sorted(lacking)] and lacking
    assert network.left_out == len(rows) and not network.edges
    whole = tiny.read("MATCH (n)-[r:BECAUSE_OF]->(m) RETURN n, r, m").rows
    assert len(collect(iter(whole), fetch).edges) == len(rows) and len(asked) == 1


def test_around_goes_as_far_as_asked_and_no_claims_come_along(tiny: Store) -> None:
    near = around(tiny, ANA_PRUEBA, 1)
    assert names(near.network.nodes) == {"ana-prueba", "d-ana", "bruno-prueba"}
    assert ends(near.network) == {
        ("tiny:ana-prueba", "DETAINED_IN", "tiny:d-ana"),
        ("tiny:ana-prueba", "RELATED_TO", "tiny:bruno-prueba"),
        ("tiny:d-ana", "BECAUSE_OF", "tiny:bruno-prueba"),
    }, "ties among the outermost belong to it"
    far = around(tiny, ANA_PRUEBA, 2)
    assert {"carcel-uno", "cuerpo-uno", "dario-mando"} < names(far.network.nodes)
    for depth in (3, 5):
        wider = around(tiny, ANA_PRUEBA, depth)
        assert far.network.nodes.keys() < wider.network.nodes.keys() and wider.cut == 0
        assert {key.label for key in wider.network.nodes} <= set(LABELS)
    found = collect(tiny.read("MATCH (a)-[r]->(b) RETURN a, r, b").rows)
    for network in (far.network, wider.network):
        among = {
            edge.id
            for edge in found.edges
            if edge.start in network.nodes and edge.end in network.nodes
        }
        assert {edge.id for edge in network.edges} == among


def test_a_detention_at_the_edge_comes_with_its_person(tiny: Store) -> None:
    place = NodeRef("Place", "tiny:carcel-dos")
    near = around(tiny, place, 1)
    assert names(near.network.nodes) == {
        "carcel-dos",
        "d-ana",
        "ana-prueba",
        "d-carla-2",
        "carla-prueba",
    }


def test_around_stops_at_its_limit_and_says_what_it_left(tiny: Store) -> None:
    whole = around(tiny, D_ANA, 1)
    some = around(tiny, D_ANA, 1, 3)
    assert len(some.network.nodes) == 3 and ANA_PRUEBA in some.network.nodes
    assert some.cut == len(whole.network.nodes) - 3
    assert around(tiny, D_ANA, 1, 3) == some
    assert len(around(tiny, D_ANA, 2, 1).network.nodes) == 1


def test_around_refuses_what_makes_no_sense(tiny: Store) -> None:
    with pytest.raises(UsageError, match="depth"):
        around(tiny, D_ANA, 6)
    with pytest.raises(UsageError, match="limit"):
        around(tiny, D_ANA, 1, 0)
    assert around(tiny, NodeRef("Source", "tiny:s1"), 1) == (Network(), 0), "no source is in it"
    with pytest.raises(NotFound, match="Nothing here"):
        around(tiny, NodeRef("Person", "tiny:nobody' OR 1=1 //"), 1)


def test_nodes_and_ties_have_their_sources_and_disputes(tiny: Store) -> None:
    network = with_sources(tiny, around(tiny, ANA_PRUEBA, 2).network)
    assert all(edge.sources for edge in network.edges)
    assert all(node.sources for node in network.nodes.values())
    post = next(edge for edge in network.edges if edge.type == "HOLDS_POST")
    assert [(s.publisher, s.title, s.url, s.published) for s in post.sources] == [
        (
            "Gaceta Ficticia",
            "First synthetic report",
            "https://gaceta.example/first",
            "2025-01-10",
        )
    ]
    claims = network.nodes[D_ANA].claims
    publishers = {claim.sources[0].publisher: claim for claim in claims}
    shown = network.nodes[D_ANA].properties["started"]
    said: set[tuple[str, str, str]] = set()
    for claim in claims:
        (source,) = claim.sources
        said |= {(name, "as shown", source.publisher) for name in claim.shown}
        said |= {(name, text, source.publisher) for name, text in claim.others}
    # Each side of a dispute is said by its own source, and only one of the two days shows.
    days = {"2025-01-07": "Gaceta Ficticia", "2025-01-08": "Diario Inventado"}
    assert ("started", "as shown", days.pop(shown)) in said
    assert {("started", *side) for side in days.items()} <= said
    assert {publisher for name, _, publisher in said if name == "status"} == {"Gaceta Ficticia"}
    assert publishers["Gaceta Ficticia"].confidence == "reported"
    assert [claim.sources for claim in post.claims] == [post.sources]
    assert {"title", "commands"} <= set(post.claims[0].shown)
    source = collect(tiny.read("MATCH (s:Source) RETURN s").rows)
    assert all(len(node.sources) == 1 for node in with_sources(tiny, source).nodes.values())


def test_a_detention_knows_whom_it_holds(tiny: Store) -> None:
    rows = tiny.read("MATCH (d:Detention {id: $id}) RETURN d", {"id": D_ANA.id}).rows
    assert with_held(tiny, collect(rows)).nodes[D_ANA].properties["held"] == ["Ana Prueba Uno"]
    assert with_held(tiny, Network()) == Network()


def call(settings: Settings, *arguments: str | Path) -> Result:
    result = CliRunner().invoke(view, [str(word) for word in arguments], obj=settings)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_view_writes_a_page(settings: Settings, tiny: Store, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    done = call(settings, "--around", "ana-prueba", "-o", file, "--lang", "es")
    assert done.exit_code == 0 and done.stdout == ""
    assert str(file) in done.stderr
    html = file.read_text("utf-8")
    assert "<title>Qué hay alrededor: Ana Prueba Uno</title>" in html
    assert "reclusión en, 2025-03-01 a ?" in html, "the detention is drawn as ties"
    assert "ordenó la detención de" in html and "Detención de Ana" not in html
    assert "https://gaceta.example/first" in html
    assert "el público" in html and datetime.date.today().isoformat() in html


def test_view_takes_names_files_and_cypher(settings: Settings, tiny: Store, tmp_path: Path) -> None:
    file, query = tmp_path / "page.html", tmp_path / "mine.cypher"
    call(settings, "whole", "-o", file)
    assert "The whole graph" in file.read_text("utf-8")
    query.write_text("MATCH ()-[r:BECAUSE_OF]->() RETURN r", "utf-8")
    call(settings, query, "-o", file, "--title", "Mine")
    html = file.read_text("utf-8")
    assert "<h1><bdi>Mine</bdi></h1>" in html and "mine" in html
    assert "Detention of Ana Prueba Uno, 2025-01-07" in html, "named though not in the answer"
    call(
        settings, "-c", "MATCH (p:Person {id: $id}) RETURN p", "-p", "id:id=ana-prueba", "-o", file
    )
    html = file.read_text("utf-8")
    assert "parameter id" in html and "tiny:ana-prueba" in html


def test_view_hides_what_the_public_may_not_see(
    settings: Settings, tiny: Store, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    done = call(settings, "whole", "-o", file)
    html = file.read_text("utf-8")
    assert "Minor " in html and not re.search(r"\bnino\b", html, re.IGNORECASE)
    assert "hidden" in done.stderr.lower()
    call(settings, "whole", "-o", file, "--audience", "internal")
    assert "d-nino" in file.read_text("utf-8"), "ids are for internal use, names never"


def test_view_says_why_it_writes_nothing(settings: Settings, tiny: Store, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    for words, message in (
        (["-c", "MATCH (p:Person) RETURN p.name AS name"], "no node"),
        (["-c", "MATCH (p:Person {id: 'x'}) RETURN p"], "no node"),
        (["--around", "nobody-at-all"], "Nothing here"),
        (["whole", "--depth", "2"], "--around"),
        (["whole", "--around", "ana-prueba"], "Several networks"),
        (["--case", "x", "--between", "a", "b"], "Several networks"),
        (["--around", "ana-prueba", "-p", "depth=1", "--depth", "2"], "given twice"),
        (["list_held"], "returns a table"),
        (["--between", "eva-prueba", "fidel-agente"], "No path"),
        (["--between", "eva-prueba", "eva-prueba"], "two different ends"),
        (["whole", "--projection", "cases"], "--measure"),
        ([], "saved question"),
    ):
        with pytest.raises(UsageError, match=message):
            call(settings, *words, "-o", file)
    assert not file.exists()
    assert call(settings, "whole").exit_code == 2
    assert call(settings, "--around", "x", "--depth", "9", "-o", file).exit_code == 2


def shown(done: Result) -> tuple[int, int]:
    """Return how many nodes and ties the page has that a command wrote."""
    found = re.search(r"page\.html: (\d+) \S+, (\d+) ", done.stderr)
    assert found, done.stderr
    return int(found[1]), int(found[2])


def test_a_page_draws_detentions_as_ties_unless_raw(
    settings: Settings, tiny: Store, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    done = call(settings, "hostages", "-o", file, "--audience", "internal")
    html = file.read_text("utf-8")
    # Ana, the minor, Olga, Bruno and the official; three hostage ties, three of kin, two orders.
    assert shown(done) == (5, 8)
    assert "held because of" in html and "ordered the detention of" in html
    assert "≠ Sources disagree on: taken on: “2025-01-07”" in html, "what is in dispute of it"
    done = call(settings, "hostages", "-o", file, "--audience", "internal", "--raw")
    assert shown(done) == (8, 11)
    assert "ordered the detention of" not in file.read_text("utf-8")


def test_short_options_ask_saved_questions_under_gates(
    settings: Settings, tiny: Store, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    call(settings, "--between", "ana-prueba", "carla-prueba", "-o", file)
    html = file.read_text("utf-8")
    assert "<h1><bdi>How two are connected: Ana Prueba Uno, Carla Prueba Tres</bdi></h1>" in html
    assert "parameter from" in html
    done = call(settings, "--around", "dario-mando", "--depth", "1", "-o", file)
    assert "ordered the detention of" in file.read_text("utf-8")
    done = call(
        *(settings, "--around", "dario-mando", "--depth", "1", "-o", file),
        *("--min-confidence", "reported"),
    )
    assert "Carla Prueba Tres" not in file.read_text("utf-8"), "that order is alleged alone"
    assert "Gates: at least reported" in done.stderr


def test_a_page_says_what_it_leaves_out(settings: Settings, tiny: Store, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    everything, _ = shown(call(settings, "whole", "-o", file, "--audience", "internal"))
    done = call(settings, "whole", "-o", file, "--audience", "internal", "--limit", "4")
    assert shown(done)[0] == 4
    said = f"This page shows 4 of {everything} nodes that answer the question"
    assert said in done.stderr
    html = file.read_text("utf-8")
    assert html.partition('<script id="data"')[0].count(said) == 2, "at the top and at the foot"
    done = call(settings, "--around", "ana-prueba", "-o", file, "--limit", "3", "--lang", "es")
    assert shown(done)[0] == 3 and "los más cercanos" in done.stderr
    assert "Ana Prueba Uno" in file.read_text("utf-8")


def test_a_large_page_needs_force_and_a_larger_one_is_refused(
    settings: Settings, tiny: Store, tmp_path: Path
) -> None:
    tiny.query("UNWIND range(1, 10001) AS i CREATE (:Place {id: 'x:' + i, name: 'x'})", write=True)
    file, places = tmp_path / "page.html", "MATCH (p:Place {name: 'x'}) RETURN p"
    try:
        done = call(settings, "-c", places, "-o", file)
        assert "10001" in done.stderr and shown(done)[0] == 300
        done = call(settings, "-c", places, "-o", file, "--limit", "1001")
        assert "This page has 1001 nodes" in done.stderr
        assert "This page has 1001 nodes" in file.read_text("utf-8")
        with pytest.raises(UsageError, match="5001") as refused:
            call(settings, "-c", places, "-o", file, "--limit", "5001")
        assert "--force" in refused.value.hint
        done = call(settings, "-c", places, "-o", file, "--limit", "5001", "--force")
        assert shown(done)[0] == 5001
        with pytest.raises(UsageError, match="10001") as refused:
            call(settings, "-c", places, "-o", file, "--limit", "10001", "--force")
        assert "graphml" in refused.value.hint
    finally:
        tiny.query("MATCH (p:Place {name: 'x'}) DELETE p", write=True)


def test_a_page_shows_a_measure(settings: Settings, tiny: Store, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    network = ask(tiny, get_query("whole")).network(tiny)
    found = measured(network, "degree", "all")
    # As drawn: Bruno, two prisons, a force and the official.
    assert found.nodes[ANA_PRUEBA].properties["degree"] == 5
    assert "degree" not in found.nodes[D_ANA].properties, "a detention is no node of the drawing"
    raw = measured(network, "degree", "all", raw=True)
    assert raw.nodes[ANA_PRUEBA].properties["degree"] == 2, "her detention and Bruno"
    call(settings, "whole", "--measure", "degree", "-o", file, "--audience", "internal")
    assert "with how many others it is tied" in file.read_text("utf-8")
    call(
        *(settings, "whole", "--measure", "degree", "--projection", "kinship"),
        *("-o", file, "--audience", "internal"),
    )
    assert "people and their kin" in file.read_text("utf-8")


def test_the_foot_says_what_was_asked_of_which_graph(
    settings: Settings, tiny: Store, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    call(settings, "family", "-p", "person=ana-prueba", "-o", file)
    html = file.read_text("utf-8")
    foot = dict(
        re.findall(
            r"<dt>([^<]*)</dt><dd><bdi>(.*?)</bdi>", html[html.index("<footer") :], re.DOTALL
        )
    )
    assert foot["question"] == "family" and foot["parameter person"] == "tiny:ana-prueba"
    assert foot["Cypher"].startswith("CALL {") and foot["audience"] == "the public"
    assert foot["gates"].startswith("none")
    assert foot["fingerprint of the graph"] == fingerprint(tiny)
    assert foot["state of the graph"].startswith("last change tiny/1, 20")
    assert re.fullmatch(r"20\d\d-\d\d-\d\d \d\d:\d\d UTC", foot["made on"])
    call(settings, "family", "--as-of", "2025-03-01", "-o", file, "--lang", "es")
    html = file.read_text("utf-8")
    assert "Filtros: al 2025-03-01" in html and "huella del grafo" in html
