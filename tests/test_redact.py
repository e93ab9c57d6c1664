"""What an audience may see: no row, cell, list, node or path that says what is withheld."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from neo4j.graph import Graph, Node

from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from tests.tiny import tiny as tiny
from vinculos.graph import redact
from vinculos.graph.citations import with_sources
from vinculos.graph.network import collect
from vinculos.graph.plain import plain
from vinculos.graph.redact import Withheld, load_withheld
from vinculos.graph.secrets import CITATION, MINOR, OUT, RESTRICTED, SHARED, TRACE, Secret
from vinculos.graph.shapes import Shared
from vinculos.graph.store import Store
from vinculos.graph.terms import TOKEN, WHOLE, Terms
from vinculos.queries.ask import AS_OF
from vinculos.queries.library import Query, get_query, query_files
from vinculos.queries.parameters import bind
from vinculos.redaction.profile import get_audience

WHITE = Withheld(get_audience("internal"), "en")


def withheld() -> Withheld:
    """Return one secret of each kind, as `load_withheld` makes them."""
    terms: Terms[Secret] = Terms()
    person = Secret(OUT, "t:olga-oculta")
    for text in ("Olga Oculta Prueba", "La Oculta", "t:olga-oculta", "olga-oculta", "c1a1c1a1"):
        terms.add(text, person)
    restricted = Secret(RESTRICTED, "t:s3", "restricted source", ("Secret Archive", "Gazette"))
    terms.add_id("t:s3", restricted)
    terms.add("A talk with a witness", restricted)
    terms.add("Secret Archive", restricted)
    terms.add("https://secret.example/x", restricted)
    minor = Secret(MINOR, "t:nino-nombre", "Minor 17")
    terms.add("minor 000001", minor)
    terms.add_id("t:nino-nombre", minor)
    terms.add_id("t:d-nino-nombre", Secret(MINOR, "t:nino-nombre", "Minor 17, detention 1"))
    terms.add("beefbeef", Secret(TRACE, "t:nino-nombre"))
    only = Secret(CITATION, "t:s4", "Gazette, 2025-01-12")
    terms.add("Little one held in jail", only)
    terms.add("https://gazette.example/little-one", only)
    shared = Secret(SHARED, "t:s5", "Radio, 2025-02-01")
    terms.add("Family of four held", shared)
    terms.add_id("t:s5", shared)
    return Withheld(get_audience("public"), "en", terms)


def shown(*given: dict[str, Any]) -> list[dict[str, Any]]:
    return redact.rows(given, withheld())[0]


def test_internal_sees_everything() -> None:
    row = {"name": "Olga Oculta Prueba", "source": "t:s3", "who": "t:nino-nombre"}
    kept, hidden = redact.rows([row], WHITE)
    assert kept == [row]
    assert not hidden and hidden.sentence("en") == ""


@pytest.mark.parametrize(
    "cell",
    [
        "Olga Oculta Prueba",
        "brother of OLGA ÓCULTA-PRUEBA, they say",
        "la oculta",
        "t:olga-oculta",
        "ev-olga-oculta-warrant",
        "https://x.example/olga%20oculta%20prueba",
        "Olga\u200b Oculta\u00a0Prueba",
        "c1a1c1a1",
        {"labels": ["Person"], "properties": {"name": "Olga Oculta Prueba"}},
        {"nodes": [{"labels": [], "properties": {"aliases": ["La Oculta"]}}], "relationships": []},
        {"type": "ABOUT", "start": None, "end": None, "properties": {"claims": ["c1a1c1a1"]}},
        {"deep": {"deeper": "Olga Oculta Prueba"}},
        {"Olga Oculta Prueba": 1},
        {"labels": ["Claim"], "properties": {"values": ["x", "Olga Oculta Prueba"]}},
    ],
)
def test_row_that_names_a_protected_person_is_left_out(cell: Any) -> None:
    kept, hidden = redact.rows([{"a": 1, "cell": cell}, {"a": 2, "cell": "other"}], withheld())
    assert kept == [{"a": 2, "cell": "other"}]
    assert hidden.rows == 1


@pytest.mark.parametrize("cell", ["Olga Prueba", "Prueba", "olga-ocultas", "Oculta La"])
def test_other_words_stay(cell: str) -> None:
    assert shown({"cell": cell}) == [{"cell": cell}]


def test_only_the_element_of_a_list_goes() -> None:
    kept, hidden = redact.rows(
        [{"names": ["Ana", "Olga Oculta Prueba", ["La Oculta", "Eva"]], "n": 3}], withheld()
    )
    assert kept == [{"names": ["Ana", ["Eva"]], "n": 3}]
    assert hidden.rows == 0 and hidden.values == 2


def test_a_node_that_is_gone_lends_its_address_to_no_other() -> None:
    # What a node reads as is kept by its address, which the next one may get.
    names = ["Olga Oculta Prueba" if n % 3 else f"Ana Prueba {n}" for n in range(300)]
    rows = (
        {"n": Node(Graph(), str(at), at, ["Person"], {"name": n})} for at, n in enumerate(names)
    )
    kept, hidden = redact.rows(rows, withheld())
    shown = [row["n"]["properties"]["name"] for row in kept]
    assert shown == [name for name in names if name.startswith("Ana")]
    assert hidden.rows == 200


def test_column_names_are_not_data() -> None:
    assert shown({"olga-oculta": 1}) == [{"olga-oculta": 1}]


def test_restricted_source_is_called_that_wherever_it_stands() -> None:
    kept, hidden = redact.rows(
        [
            {
                "id": "t:s3",
                "text": "see A talk with a Witness (https://secret.example/x).",
                "list": ["t:s3", "t:s9"],
                "citation": {"id": "t:s3", "publisher": "Gazette", "published": "2025"},
                "node": {
                    "labels": ["Source"],
                    "properties": {"id": "t:s3", "publisher": "Gazette", "title": "x"},
                },
                "says": "told Secret Archive",
            }
        ],
        withheld(),
    )
    assert kept == [
        {
            "id": "restricted source",
            "text": "see restricted source (restricted source).",
            "list": ["restricted source", "t:s9"],
            "citation": {"publisher": "restricted source"},
            "node": {"labels": ["Source"], "properties": {"publisher": "restricted source"}},
            "says": "told restricted source",
        }
    ]
    assert hidden.sources == {"t:s3"}


def test_restricted_source_that_names_a_protected_person_is_still_called_that() -> None:
    talk = {"id": "t:s3", "publisher": "Talk with Olga Oculta Prueba", "title": None}
    (row,), hidden = redact.rows([{"held": "Bruno Prueba", "sources": [talk]}], withheld())
    assert row == {"held": "Bruno Prueba", "sources": [{"publisher": "restricted source"}]}
    assert hidden.sources == {"t:s3"}


def test_source_that_names_a_protected_person_is_short_and_not_silent() -> None:
    page = {
        "id": "t:s8",
        "publisher": "Gazette",
        "published": "2025-02-01",
        "title": "Olga Oculta Prueba speaks",
        "url": "https://example.org/olga-oculta-prueba",
    }
    slug = page | {"id": "t:s9", "title": "Held", "published": None}
    hers = {"id": "t:s10", "publisher": "Olga Oculta Prueba", "title": "Diary"}
    given = {"held": "Bruno Prueba", "sources": [page, slug, hers]}
    (row,), hidden = redact.rows([given], withheld())
    assert row == {
        "held": "Bruno Prueba",
        "sources": [
            {"publisher": "Gazette", "published": "2025-02-01"},
            {"publisher": "Gazette", "published": None},
        ],
    }
    # What she published herself would name her even so.
    assert hidden.citations == {"t:s8", "t:s9"} and hidden.values == 1
    assert "citas con solo medio y fecha: menos de 3" in hidden.sentence("es")


def test_publisher_that_others_have_too_goes_only_beside_its_source() -> None:
    kept = shown({"publisher": "Gazette", "title": "A talk with a witness"}, {"p": "Gazette"})
    assert kept == [
        {"publisher": "restricted source", "title": "restricted source"},
        {"p": "Gazette"},
    ]


def test_id_of_a_minor_gives_way_to_the_number() -> None:
    kept, hidden = redact.rows(
        [{"a": "t:nino-nombre", "b": "home of t:d-nino-nombre", "c": "minor 000001"}], withheld()
    )
    assert kept == [{"a": "Minor 17", "b": "home of Minor 17, detention 1", "c": "Minor 17"}]
    assert hidden.minors == {"t:nino-nombre"}


def test_source_that_only_claims_about_minors_cite_is_never_whole() -> None:
    citation = {
        "id": "t:s4",
        "publisher": "Gazette",
        "published": "2025-01-12",
        "title": "Little one held in jail",
        "url": "https://gazette.example/little-one",
    }
    assert shown({"sources": [citation], "title": "Little one held in jail"}) == [
        {
            "sources": [{"publisher": "Gazette", "published": "2025-01-12"}],
            "title": "Gazette, 2025-01-12",
        }
    ]


@pytest.mark.parametrize("mention", ["minor 000001", "t:nino-nombre", "beefbeef", ["beefbeef"]])
def test_source_that_adults_share_is_short_beside_a_minor_alone(mention: Any) -> None:
    citation = {"id": "t:s5", "publisher": "Radio", "title": "Family of four held"}
    beside, alone = shown({"who": mention, "s": [citation]}, {"who": "Ana", "s": [citation]})
    assert beside["s"] == [{"publisher": "Radio"}]
    assert alone["s"] == [citation]


def test_map_that_rows_share_is_hidden_in_each_as_if_it_were_its_own() -> None:
    maps = [
        {"id": "t:s5", "publisher": "Radio", "title": "Family of four held"},
        {"id": "t:s3", "publisher": "Gazette", "published": "2025"},
        {"id": "t:s4", "publisher": "Gazette", "title": "Little one held in jail"},
        {"id": "t:s9", "publisher": "Gazette", "title": "Olga Oculta Prueba speaks"},
        {"field": "mother_name", "value": "Eva"},
        {"field": "born", "value": "2001-05-06", "sources": [{"id": "t:s3", "publisher": "X"}]},
        {"labels": ["Person"], "properties": {"born": "2001-05-06", "mother_name": "Eva"}},
        {"labels": ["Person"], "properties": {"name": "Ana", "aliases": ["La Oculta", "A"]}},
        {"labels": ["Claim"], "properties": {"id": "c9", "fields": ["born"], "values": ["x"]}},
    ]
    mentions = ["Ana", "minor 000001", "beefbeef", "t:s3", ["Ana", "La Oculta"], "Ana"]
    rows = [
        {"who": who, "all": maps, "own": own, "far": {"within": [own]}}
        for who in mentions
        for own in maps
    ]
    shared = [Shared(item) for item in maps]
    sharing = [
        {"who": who, "all": shared, "own": own, "far": {"within": [own]}}
        for who in mentions
        for own in shared
    ]
    assert redact.rows(sharing, withheld()) == redact.rows(rows, withheld())
    assert sharing == rows
    only = [[{"own": row["own"]} for row in given] for given in (sharing, rows)]
    assert shown(*only[0]) == shown(*only[1])


def test_what_was_hidden_is_said_in_both_languages() -> None:
    _, hidden = redact.rows([{"a": "La Oculta"}, {"a": "t:s3"}], withheld())
    assert "rows about who or what is withheld: <3" in hidden.sentence("en")
    assert "fuentes reservadas: menos de 3" in hidden.sentence("es")
    assert "Oculta" not in hidden.sentence("es").replace("Oculto", "")


def test_terms() -> None:
    terms: Terms[str] = Terms()
    terms.add_id("x:ana", "ana")
    terms.add_id("x:12", "number")
    terms.add("Report", "title", WHOLE)
    terms.add("un-dashed", "token", TOKEN)
    found = {
        text: [hit.thing for hit in terms.find(text)]
        for text in ("ana", "ana-maria", "x:ana", "12", "x:12", "2026-12-12", "a Report", "REPORT")
    }
    assert found["ana"] == ["ana"]
    assert found["ana-maria"] == []
    assert "ana" in found["x:ana"]
    assert found["12"] == found["2026-12-12"] == []
    assert found["x:12"] == ["number"]
    assert found["a Report"] == [] and found["REPORT"] == ["title"]


SECRET_TEXTS = (
    "Olga Oculta",
    "Oculta Sintética",
    "olga-oculta",
    "d-olga",
    "nino-nombre",
    "Nino Nombre",
    "d-nino",
    "Archivo Secreto",
    "synthetic witness",
    "tiny:s3",
    "gaceta.example/nino",
)


ASKED = ("bruno-prueba", "olga-oculta", "nino-nombre", "dario-mando", "d-olga", "d-nino")


def _asked_of(query: Query, who: str) -> dict[str, str]:
    """Return `who` for each parameter that is an id, and a day on which the minor was held."""
    ids = {name: who for name, said in query.parameters.items() if said.type == "id"}
    return ids | ({AS_OF: "2025-01-10"} if AS_OF in query.parameters else {})


def test_no_saved_question_tells_the_public_a_secret(tiny: Store) -> None:
    hiding = load_withheld(tiny, get_audience("public"))
    for name in query_files():
        query = get_query(name)
        for who in ASKED:
            texts = {**query.answers[0].given, **_asked_of(query, f"tiny:{who}")}
            given = bind(query, texts, today=datetime.date(2025, 1, 10))
            kept, _ = redact.rows(tiny.query(query.text, given).rows, hiding)
            written = json.dumps(kept, ensure_ascii=False)
            assert [text for text in SECRET_TEXTS if text in written] == [], name


def test_nothing_at_all_in_the_graph_tells_the_public_a_secret(tiny: Store) -> None:
    hiding = load_withheld(tiny, get_audience("public"))
    for cypher in (
        "MATCH (n) RETURN n",
        "MATCH ()-[r]->() RETURN r",
        "MATCH (n) UNWIND keys(n) AS k RETURN n[k] AS value",
        "MATCH path = (:Person)-[*1..2]-() RETURN path",
        "MATCH (n) RETURN collect(properties(n)) AS everything",
    ):
        kept, hidden = redact.rows(tiny.query(cypher).rows, hiding)
        written = json.dumps(kept, ensure_ascii=False)
        assert [text for text in SECRET_TEXTS if text in written] == [], cypher
        assert hidden and kept


def test_shared_source_stays_whole_away_from_minors(tiny: Store) -> None:
    rows = tiny.query("MATCH (s:Source) RETURN s.title AS title").rows
    titles = {
        row["title"] for row in redact.rows(rows, load_withheld(tiny, get_audience("public")))[0]
    }
    # s4 and s5 were cited for the minor alone.
    assert titles >= {"First synthetic report", "Second synthetic report", "restricted source"}
    assert "Third synthetic report" not in titles
    assert "Gaceta Ficticia, 2025-01-12" in titles


def test_internal_withholds_nothing_but_has_no_minor_by_name(tiny: Store) -> None:
    hiding = load_withheld(tiny, get_audience("internal"))
    assert not hiding
    rows = redact.rows(tiny.query("MATCH (p:Person) RETURN p.name AS name").rows, hiding)[0]
    names = {row["name"] for row in rows}
    assert "Olga Oculta Prueba" in names
    assert "Nino Nombre Sintético" not in names


def test_a_node_stays_without_the_remark_that_names_a_protected_person(tiny: Store) -> None:
    """Noé's summary names Olga: he is seen, on pages as in tables, and the summary is not."""
    withheld = load_withheld(tiny, get_audience("public"))
    result = tiny.read("MATCH (p:Person {id: 'tiny:noe-prueba'}) RETURN p")
    (row,), hidden = redact.rows(result.rows, withheld)
    shown = row["p"]["properties"]
    assert shown["name"] == "Noé Prueba Cinco" and "summary" not in shown
    assert (hidden.rows, hidden.values) == (0, 1)
    network, _ = redact.network(collect(result.rows), withheld)
    assert [node.properties["name"] for node in network.nodes.values()] == ["Noé Prueba Cinco"]


def test_network_loses_nodes_and_renames_minors(tiny: Store) -> None:
    query = "MATCH (n) WHERE NOT n:Claim AND NOT n:Load AND NOT n:Lock MATCH (n)-[r]-(m) RETURN *"
    network = with_sources(tiny, collect(tiny.query(query).rows))
    seen, hidden = redact.network(network, load_withheld(tiny, get_audience("public")))
    written = repr(seen)
    assert [text for text in SECRET_TEXTS if text in written] == []
    assert hidden.rows
    assert any(claim.shown for node in seen.nodes.values() for claim in node.claims)
    for item in (*seen.nodes.values(), *seen.edges):
        # As they may be shown, not as they were.
        for claim in item.claims:
            assert {(s.id, s.publisher) for s in claim.sources} <= {
                (s.id, s.publisher) for s in item.sources
            }
    minors = [key for key in seen.nodes if key.id.startswith("Minor ") and key.label == "Person"]
    assert len(minors) == 1
    ties = {edge.type for edge in seen.edges if minors[0] in (edge.start, edge.end)}
    assert {"DETAINED_IN", "RELATED_TO"} <= ties
    assert all(edge.start in seen.nodes and edge.end in seen.nodes for edge in seen.edges)
    assert redact.network(network, load_withheld(tiny, get_audience("internal")))[0] is network


def test_plain_values_of_the_driver(tiny: Store) -> None:
    row = tiny.query(
        "MATCH p = (a:Person {id: 'tiny:ana-prueba'})-[r:DETAINED_IN]->(d) "
        "RETURN p, a, r, d.started_min AS day, [1, 2.5, null] AS list, {x: true} AS map, "
        "duration.inDays(date('2025-01-01'), date('2025-01-03')) AS span"
    ).rows[0]
    seen = plain(row)
    json.dumps(seen)
    assert seen["day"] == "2025-01-07"
    assert seen["a"]["labels"][0] == "Person"
    assert seen["r"]["type"] == "DETAINED_IN"
    assert (seen["r"]["start"], seen["r"]["end"]) == ("tiny:ana-prueba", "tiny:d-ana")
    assert [node["labels"][0] for node in seen["p"]["nodes"]] == ["Person", "Detention"]
    assert seen["list"] == [1, 2.5, None] and seen["map"] == {"x": True}
