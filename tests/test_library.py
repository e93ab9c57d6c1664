"""Reading the headers of saved questions, and typing their parameters."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from vinculos.errors import NotFound, UsageError
from vinculos.graph.store import Store
from vinculos.language import speaking
from vinculos.queries.library import (
    Query,
    get_query,
    list_queries,
    parse_query,
    query_files,
    read_query,
    used_parameters,
)
from vinculos.queries.parameters import bind, parse_given

TODAY = datetime.date(2026, 3, 1)
HEADER = """/*
title: {en: A question, es: Una pregunta}
description: Both languages
theme: custody
parameters:
  day: {type: date, default: today, en: the day, es: el día}
  who: {type: id, en: person, es: persona}
  many: {type: integer, default: 3}
  kinds: {type: list, default: []}
  all: {type: flag, default: false}
columns:
  name: {en: name, es: nombre, kind: "word:gender"}
answers:
  - given: {day: 2026-02-28, kinds: [a, b], all: yes}
    columns: [name]
    rows: [[Ana], [2026-02-01]]
    never: [bruno, {name: Bruno}]
*/
RETURN $day, $who, $many, $kinds, $all
"""


def question(text: str = HEADER) -> Query:
    return parse_query("ask", text)


def test_header_is_read() -> None:
    query = question()
    assert query.declared
    assert (query.title.get("en"), query.title.get("es")) == ("A question", "Una pregunta")
    assert query.description.es == "Both languages"
    assert query.returns == "table"
    assert query.text.startswith("RETURN")
    assert [p.name for p in query.parameters.values() if p.required] == ["who"]
    assert query.columns["name"].kind == "word:gender"


def test_answers_are_read_as_they_would_be_typed_and_shown() -> None:
    (answer,) = question().answers
    assert answer.fixture == "tiny"
    assert answer.given == {"day": "2026-02-28", "kinds": "a;b", "all": "yes"}
    assert answer.rows == (("Ana",), ("2026-02-01",))
    assert answer.never == ("bruno", {"name": "Bruno"})


def test_text_without_header_takes_its_parameters_as_they_come() -> None:
    query = parse_query("-c", "/* just a note */ MATCH (n {id: $id}) RETURN n")
    assert not query.declared
    assert list(query.parameters) == ["id"]


def test_parameters_in_strings_and_comments_do_not_count() -> None:
    text = "RETURN '$a', \"$b\", `$c`, $d, $d // $e\n/* $f */ + $g"
    assert used_parameters(text) == ["d", "g"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("$who", "$whom", "$whom"),
        ("theme: custody", "theme: custdy", "custdy"),
        ("type: date", "type: day", "day"),
        ("columns:", "colums:", "colums"),
        ("  - given", "  - fixtures: tiny\n    given", "fixtures"),
        ("given: {day", "given: {days", "days"),
        ("columns: [name]", "columns: [names]", "names"),
        ("[[Ana]", "[[Ana, 5]", "2 cells for 1 column:"),
        ("    rows: [[Ana], [2026-02-01]]\n", "", "lacks 'rows'"),
        ("never: [bruno", "never: [{nombre: Bruno}", "nombre"),
        ("    rows:", "    nodes:", "nodes"),
        ("{en: A question", "{en: A: question", "not YAML, line"),
    ],
)
def test_wrong_header_is_named(old: str, new: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        question(HEADER.replace(old, new))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[Ana]", "[[Ana, 5]", "answers de ask: hay una fila de 2 celdas para 1 columna: "),
        ("[[Ana]", "[[]", "hay una fila de 0 celdas para 1 columna: "),
        ("columns: [name]", "columns: [name, name]", "hay una fila de 1 celda para 2 columnas: "),
        ("columns:", "colums:", "encabezado de ask: no se conoce la palabra 'colums'. ¿Quiso"),
        ("type: date", "type: day", "el tipo del parámetro day es 'day'. Elija uno de estos: text"),
        ("given: {day", "given: {days", "given, en answers de ask: no se conoce la palabra 'days'"),
    ],
)
def test_wrong_header_is_named_in_spanish(old: str, new: str, said: str) -> None:
    with speaking("es"), pytest.raises(UsageError) as caught:
        question(HEADER.replace(old, new, 1))
    assert said in str(caught.value)


MEASURED = """/*
title: {en: A question, es: Una pregunta}
returns: graph
then: betweenness
projection: cases
columns:
  name: {en: name, es: nombre}
answers: [{columns: [name], rows: [[Ana]]}]
*/
MATCH (n:Person)-[r:DETAINED_IN]->(m:Detention) RETURN n, r, m
"""


def test_measure_that_follows_is_read() -> None:
    query = question(MEASURED)
    assert (query.returns, query.then, query.projection) == ("graph", "betweenness", "cases")
    assert query.answers[0].rows == (("Ana",),)
    assert (question().then, question().projection) == ("", "all")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("then: betweenness", "then: betweeness", "betweeness"),
        ("projection: cases", "projection: case", "kinship, cases, officials, all"),
        ("returns: graph", "returns: table", "measures a graph"),
        ("  name: {en", "  nombre: {en", "'nombre', which betweenness does not give"),
        ("then: betweenness", "then: shortest_paths", "does not give"),
        ("  name: {en: name, es: nombre}", "  path: {}", "does not give"),
    ],
)
def test_wrong_measure_is_named(old: str, new: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        question(MEASURED.replace(old, new))
    assert said in str(caught.value)


def test_search_for_paths_needs_its_parameters() -> None:
    text = MEASURED.replace("then: betweenness", "then: shortest_paths")
    with pytest.raises(UsageError, match="lacks the parameter 'from'"):
        question(text.replace("name", "path").replace("[[Ana]]", "[]"))


def test_undeclared_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean who"):
        question(HEADER.replace("$who", "$whoo"))


def test_typed_values_and_defaults() -> None:
    given = {"who": "ana", "day": "2026-02-28", "kinds": "a; b;", "all": "sí"}
    values = bind(question(), given, today=TODAY, resolve=lambda text: f"space:{text}")
    assert values == {
        "day": datetime.date(2026, 2, 28),
        "who": "space:ana",
        "many": 3,
        "kinds": ["a", "b"],
        "all": True,
    }
    assert bind(question(), {"who": "ana"}, today=TODAY)["day"] == TODAY


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "-p who="),
        ({"who": "a", "whoo": "b"}, "Did you mean who"),
        ({"who": "a", "many": "three"}, "integer"),
        ({"who": "a", "day": "2026-02-30"}, "2026-02-30"),
        ({"who": "a", "all": "perhaps"}, "yes or no"),
    ],
)
def test_unknown_missing_and_ill_typed_parameters(given: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        bind(question(), given, today=TODAY)
    assert said in str(caught.value)


def test_type_in_the_name_where_nothing_is_declared() -> None:
    query = parse_query("-c", "RETURN $n + $m")
    assert bind(query, {"n:integer": "5", "m": "5"}, today=TODAY) == {"n": 5, "m": "5"}
    with pytest.raises(UsageError, match="no type"):
        bind(query, {"n:number": "5", "m": "5"}, today=TODAY)


def test_given_words() -> None:
    assert parse_given(["a=b=c", "d=1", "d=2"]) == {"a": "b=c", "d": "1;2"}
    with pytest.raises(UsageError, match="name=value"):
        parse_given(["a"])


def test_own_folder_is_found_and_may_not_shadow(tmp_path: Path) -> None:
    (tmp_path / "list_mine.cypher").write_text("RETURN 1 AS one", "utf-8")
    assert get_query("list-mine", [tmp_path]).text == "RETURN 1 AS one"
    assert "list_mine" in [query.name for query in list_queries([tmp_path])]
    (tmp_path / "whole.cypher").write_text("RETURN 1", "utf-8")
    with pytest.raises(UsageError, match="Two queries are called whole"):
        query_files([tmp_path])


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Did you mean list_held"):
        get_query("list_heald")
    with pytest.raises(NotFound, match="no query file"):
        read_query(tmp_path / "none.cypher")
    with pytest.raises(UsageError, match="VINCULOS_QUERIES"):
        query_files([tmp_path / "none"])
    (tmp_path / "latin.cypher").write_bytes(b"RETURN '\xf1'")
    with pytest.raises(UsageError, match="not UTF-8"):
        read_query(tmp_path / "latin.cypher")


def test_saved_questions_answer_an_empty_graph_with_no_rows(store: Store) -> None:
    for name in query_files():
        query = get_query(name)
        given = {p.name: "x" for p in query.parameters.values() if p.required}
        assert store.query(query.text, bind(query, given, today=TODAY)).rows == [], name
