"""Without --write a statement can only read the graph, and both engines refuse in one voice."""

from __future__ import annotations

from pathlib import Path

import pytest

from vinculos.errors import StatementError, WriteRefused
from vinculos.graph import read_only
from vinculos.graph.store import Store
from vinculos.language import speaking

WRITES = [
    "CREATE (:Person {id: 'b'})",
    "create (:Person {id: 'b'})",
    "CrEaTe\n(:Person {id: 'b'}) RETURN 1 AS n",
    "/* MATCH */ CREATE // RETURN\n (:Person {id: 'b'})",
    "MERGE (:Person {id: 'b'})",
    "MERGE (:Person {id: 'a'})",
    "MATCH (p:Person) SET p.name = 'x'",
    "MATCH (p:Person) SET p:Official",
    "MATCH (p:Nobody) SET p.name = 'x'",
    "MATCH (p:Person) REMOVE p.name",
    "MATCH (p:Person) REMOVE p:Person",
    "MATCH (p:Person {id: 'alone'}) DELETE p",
    "MATCH (p:Person) DETACH DELETE p",
    "MATCH ()-[r]->() DELETE r",
    "MATCH (p:Person) FOREACH (x IN [1] | SET p.name = 'x')",
    "CALL { CREATE (:Person {id: 'b'}) }",
    "MATCH (p:Person) CALL { WITH p SET p.name = 'x' } RETURN p",
    "MATCH (p:Person) CALL (p) { SET p.name = 'x' } RETURN p",
    "MATCH (p:Person) CALL { WITH p SET p.name = 'x' } IN TRANSACTIONS",
    "UNWIND [1, 2] AS x CALL { WITH x CREATE (:Person {id: x}) } IN TRANSACTIONS OF 1 ROW",
    "MATCH (p:Person) RETURN p UNION CREATE (p:Person {id: 'b'}) RETURN p",
    "EXPLAIN CREATE (:Person {id: 'b'})",
    "PROFILE CREATE (:Person {id: 'b'})",
    "/**/ explain /**/ CREATE INDEX FOR (p:Person) ON (p.name)",
    "EXPLAIN CREATE INDEX FOR (p:Person) ON (p.name)",
    "EXPLAIN EXPLAIN CREATE INDEX FOR (p:Person) ON (p.name)",
    "CREATE INDEX FOR (p:Person) ON (p.name)",
    "CREATE INDEX by_name IF NOT EXISTS FOR (p:Person) ON (p.name)",
    "DROP INDEX by_name IF EXISTS",
    "CREATE CONSTRAINT FOR (p:Person) REQUIRE p.name IS UNIQUE",
    "DROP CONSTRAINT kept",
    "CREATE USER eve SET PASSWORD 'abcdefgh'",
    "DROP USER neo4j",
    "SHOW USERS",
    "SHOW SETTINGS",
    "SHOW TRANSACTIONS",
    "TERMINATE TRANSACTIONS 'neo4j-transaction-1'",
    "CALL dbms.listConfig()",
    "call DBMS.listConfig() YIELD name, value RETURN name, value",
    "CALL `dbms`.`listConfig`()",
    "CALL dbms.setConfigValue('a', 'b')",
    "CALL db.createLabel('Secret')",
    "CALL db.clearQueryCaches()",
    "CALL apoc.load.json('http://127.0.0.1/')",
    "MATCH (p:Person) CALL dbms.listConfig() YIELD value RETURN value",
]
READS = [
    "MATCH (p:Person) RETURN p.id AS id",
    "MATCH (p:Person) RETURN p.id AS id;",
    "EXPLAIN MATCH (p:Person) RETURN p",
    "PROFILE MATCH (p:Person) RETURN p",
    "RETURN 'CREATE (n) SET n.x = 1; DELETE' AS words",
    'RETURN "MERGE (n) // CALL dbms.listConfig()" AS words',
    "MATCH (p:Person) WHERE p.created IS NULL RETURN p.offset AS set_up",
    "MATCH (p:Person) RETURN p.set AS `SET`, p.call AS `CALL dbms.listConfig()`",
    "MATCH (p:`CREATE`) RETURN p",
    "MATCH (p) WHERE p:Set OR p:Create RETURN p",
    "WITH {create: 1, delete: 2} AS merge RETURN merge.create AS remove",
    "RETURN $set AS value",
    "// SET everything; CREATE nothing\nMATCH (p:Person) /* DELETE */ RETURN p",
    "CALL db.labels() YIELD label RETURN label",
    "MATCH (p:Person) CALL { WITH p RETURN p.name AS name } RETURN name",
    "MATCH (p:Person) WHERE EXISTS { MATCH (p)-[:RELATED_TO]->() } RETURN p",
    "MATCH (a:Person)-[:RELATED_TO*1..2]->(b) RETURN count(b) AS n",
    "SHOW CONSTRAINTS",
    "SHOW INDEXES",
    "UNWIND [1, 2] AS load WITH load AS csv RETURN csv",
]


@pytest.fixture
def filled(any_store: Store) -> Store:
    any_store.schema("CREATE CONSTRAINT kept IF NOT EXISTS FOR (k:Kept) REQUIRE k.id IS UNIQUE")
    any_store.write(
        "CREATE (a:Person {id: 'a', name: 'Ana'})-[:RELATED_TO {kind: 'sibling_of'}]->"
        "(:Person {id: 'b2'}), (:Person {id: 'alone'})"
    )
    return any_store


def contents(store: Store) -> object:
    nodes = store.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS p ORDER BY p.id")
    ties = store.read("MATCH (a)-[r]->(b) RETURN a.id, type(r), b.id, properties(r)")
    names = "SHOW {} YIELD name RETURN name ORDER BY name"
    schema = [store.read(names.format(what)).rows for what in ("CONSTRAINTS", "INDEXES")]
    return nodes, ties, schema


def test_all_writes_are_refused_alike(filled: Store, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("secret\n", "utf-8")
    loads = [
        f"LOAD CSV FROM '{secret.as_uri()}' AS line RETURN line",
        f"load /* */ csv FROM '{secret.as_uri()}' AS line RETURN line",
        f"CALL {{ LOAD CSV FROM '{secret.as_uri()}' AS line RETURN line }} RETURN line",
        "EXPLAIN LOAD CSV FROM 'http://127.0.0.1/' AS line RETURN line",
    ]
    before = contents(filled)
    told = {}
    for statement in [*WRITES, *loads]:
        with pytest.raises(WriteRefused) as caught:
            pytest.fail(f"{statement} gave {filled.query(statement)}")
        told[str(caught.value)] = statement
    assert len(told) == 1, told
    assert "would change the graph" in next(iter(told)) and "--write" in next(iter(told))
    with speaking("es"), pytest.raises(WriteRefused, match="cambiaría el grafo.*--write"):
        filled.query(WRITES[0])
    assert contents(filled) == before


def test_reads_pass(filled: Store) -> None:
    for statement in READS:
        filled.query(statement, {"set": 1})
    assert filled.query(READS[0]).rows != []


@pytest.mark.parametrize(
    "statement",
    [
        "MATCH (n) RETURN n; MATCH (n) DETACH DELETE n",
        "MATCH (n) RETURN n;\nMATCH (n) RETURN n;",
        "RETURN ';' AS x; // two\nCREATE (:Person)",
    ],
)
@pytest.mark.parametrize("write", [False, True])
def test_two_statements_are_refused(filled: Store, statement: str, write: bool) -> None:
    before = contents(filled)
    with pytest.raises(StatementError, match="two statements"):
        filled.query(statement, write=write)
    assert contents(filled) == before


@pytest.mark.parametrize("statement", ["", "  ;", "// nothing", "EXPLAIN"])
def test_no_statement(store: Store, statement: str) -> None:
    with pytest.raises(StatementError, match="no statement"):
        store.query(statement)


def test_hidden_words_are_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="backslash"):
        store.query(r"C\u0052EATE (:Person)")
    assert store.read("MATCH (n:Person) RETURN n").rows == []


def test_writes_run_when_asked_for(any_store: Store) -> None:
    any_store.query("CREATE (:Person {id: $id})", {"id": "a"}, write=True)
    any_store.query("MATCH (p:Person) SET p.name = 'Ana'", write=True)
    rows = any_store.query("MATCH (p:Person) RETURN p.id AS id, p.name AS name").rows
    assert rows == [{"id": "a", "name": "Ana"}]
    any_store.query(
        "MATCH (p:Person) CALL { WITH p DETACH DELETE p } IN TRANSACTIONS OF 10 ROWS", write=True
    )
    assert any_store.read("MATCH (p:Person) RETURN p").rows == []


def test_even_a_missed_word_changes_nothing(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """The session itself refuses, should text and plan ever be misread."""
    monkeypatch.setattr(Store, "_check_reading", lambda *_: None)
    before = contents(filled)
    for statement in WRITES[:10]:
        if "Nobody" not in statement and "id: 'a'" not in statement:
            with pytest.raises(WriteRefused):
                filled.query(statement)
    assert contents(filled) == before


def test_the_text_of_a_statement() -> None:
    assert read_only.tokens("a /* b */ 'c;' `d``e` // f\n g") == ["A", "''", "`d``e", "G"]
    assert read_only.bare("EXPLAIN /* x */ profile RETURN 1") == "RETURN 1"
