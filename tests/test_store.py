"""What a store does, on every engine alike."""

from __future__ import annotations

import datetime
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import neo4j
import pytest

from tests.checks import check_nodes, check_rels
from tests.conftest import CONSTRAINTS
from tests.servers import free_port
from vinculos.errors import EngineUnavailable, StatementError, VinculosError
from vinculos.graph.schema import ensure_schema
from vinculos.graph.store import Store, connect
from vinculos.settings import Settings

WRONG = "wrong-secret"
SCHEMA = "CREATE CONSTRAINT IF NOT EXISTS FOR (p:Person) REQUIRE p.id IS UNIQUE"


def test_values_go_in_and_come_out(any_store: Store) -> None:
    values = {
        "text": "Ñandú 'quoted' \"too\" \\ $x",
        "number": 2**53 + 1,
        "real": 0.1,
        "yes": True,
        "nothing": None,
        "list": ["a", "b"],
        "day": datetime.date(2024, 2, 29),
    }
    any_store.write("CREATE (p:Person) SET p = $values", {"values": values})
    result = any_store.read(
        "MATCH (p:Person) RETURN p, p.day AS day, $values.nothing AS no", {"values": values}
    )
    assert result.keys == ("p", "day", "no")
    (row,) = result.rows
    assert isinstance(row["p"], neo4j.graph.Node) and row["p"].labels == {"Person"}
    assert isinstance(row["day"], neo4j.time.Date) and row["day"].to_native() == values["day"]
    kept = {name: value for name, value in row["p"].items() if name != "day"}
    assert kept == {k: v for k, v in values.items() if v is not None and k != "day"}


def test_nodes_and_relationships(any_store: Store) -> None:
    any_store.write(
        "CREATE (:Person:Detainee {id: 'a', aliases: ['x', 'y']})"
        "-[:RELATED_TO {kind: 'parent_of'}]->(:Person {id: 'b'})"
    )
    check_nodes(any_store, "Person", ["id", "aliases"], {("a", ("x", "y")), ("b", None)})
    check_nodes(any_store, "Detainee", ["id"], {("a",)})
    check_rels(
        any_store, "Person", "RELATED_TO", "Person", {("a", "b", "parent_of")}, fields=["kind"]
    )
    with pytest.raises(AssertionError):
        check_nodes(any_store, "Person", ["id"], {("a",)})
    with pytest.raises(AssertionError):
        check_rels(any_store, "Person", "RELATED_TO", "Person", {("b", "a")})
    path = any_store.read("MATCH p = (:Detainee)-->() RETURN p").rows[0]["p"]
    assert isinstance(path, neo4j.graph.Path) and [n["id"] for n in path.nodes] == ["a", "b"]


@pytest.mark.parametrize(
    "returned",
    [
        "p.id AS id, p.name AS name",
        "p",
        "DISTINCT p.id, coalesce(p.name, 'x, y AS z') AS `the name`, p.a",
        "p.id AS id ORDER BY p.name, id SKIP 1 LIMIT 2",
        "[x IN p.aliases WHERE x <> 'a' | x] AS names, {a: 1, b: 2} AS map",
        "p.id AS id UNION MATCH (p:Nobody) RETURN p.name AS id",
        "count { (p)-->() } AS n, CASE WHEN p.id = 'RETURN' THEN 1 ELSE 2 END AS which;",
    ],
)
def test_no_rows_still_have_their_columns(any_store: Store, returned: str) -> None:
    any_store.write("CREATE (:Person {id: 'a'})")
    none = any_store.query(f"MATCH (p:Nobody) WHERE p.id = 'none' RETURN {returned}")
    some = any_store.query(f"MATCH (p:Person) RETURN {returned.replace('SKIP 1', '')}")
    assert none.rows == [] and none.keys
    assert none.keys == some.keys


def test_a_write_without_return_has_no_columns(any_store: Store) -> None:
    assert any_store.query("CREATE (:Person {id: 'a'})", write=True).keys == ()


def test_a_failed_transaction_leaves_nothing(any_store: Store) -> None:
    any_store.schema(SCHEMA)

    def work(tx: neo4j.ManagedTransaction) -> None:
        tx.run("CREATE (:Person {id: 'a'})").consume()
        tx.run("CREATE (:Person {id: 'a'})").consume()

    with pytest.raises(StatementError):
        any_store.write_transaction(work)
    check_nodes(any_store, "Person", ["id"], set())


def test_the_schema_is_made_once(any_store: Store) -> None:
    for row in any_store.read("SHOW CONSTRAINTS").rows:
        any_store.schema(f"DROP CONSTRAINT `{row['name']}`")
    for _ in range(2):
        ensure_schema(any_store)
        assert {row["name"] for row in any_store.read("SHOW CONSTRAINTS").rows} == CONSTRAINTS


def test_writers_at_once_lose_nothing(any_store: Store, settings: Settings) -> None:
    """Conflicts between transactions are retried until each has had its turn."""
    any_store.write("CREATE (:Counter {n: 0})")
    failed: list[BaseException] = []

    def add() -> None:
        try:
            with connect(settings) as store:
                for _ in range(10):
                    store.write("MATCH (c:Counter) SET c.n = c.n + 1")
        except VinculosError as error:
            failed.append(error)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    check_nodes(any_store, "Counter", ["n"], {(40,)})


@pytest.mark.parametrize(
    ("statement", "cause"),
    [
        ("RETURN 1 / 0 AS n", "by zero"),
        ("MTCH (n) RETURN n", "MTCH"),
        ("RETURN nofunction(1)", "nofunction"),
        ("MATCH (n) RETURN m", "m"),
        ("RETURN $missing AS x", "missing"),
    ],
)
def test_errors_name_their_cause_in_one_line(any_store: Store, statement: str, cause: str) -> None:
    with pytest.raises(StatementError, match=cause) as caught:
        any_store.query(statement)
    assert "\n" not in str(caught.value) and caught.value.hint


def test_a_duplicate_is_named(any_store: Store) -> None:
    any_store.schema(SCHEMA)
    for write in (any_store.write, lambda cypher: any_store.query(cypher, write=True)):
        any_store.write("MERGE (:Person {id: 'a'})")
        with pytest.raises(StatementError, match="(?i)duplicated key|already exists"):
            write("CREATE (:Person {id: 'a'})")


def test_names_in_parameters_are_no_cypher(any_store: Store) -> None:
    name = "x'}) DETACH DELETE p //"
    any_store.write("CREATE (:Person {id: 'a', name: $name})", {"name": name})
    assert any_store.query("MATCH (p:Person {name: $n}) RETURN p.id AS id", {"n": name}).rows
    check_nodes(any_store, "Person", ["id"], {("a",)})


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_a_server_that_does_not_answer(settings: Settings, scheme: str) -> None:
    nobody = replace(settings, uri=f"{scheme}://127.0.0.1:{free_port()}", password=WRONG)
    with pytest.raises(EngineUnavailable, match=r"does not answer: \[Errno .*NEO4J_URI") as caught:
        connect(nobody)
    assert WRONG not in str(caught.value)


def test_a_port_where_something_else_answers(settings: Settings) -> None:
    def serve(listener: socket.socket) -> None:
        client, _ = listener.accept()
        with client:
            client.recv(100)
            client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        thread = threading.Thread(target=serve, args=(listener,))
        thread.start()
        with pytest.raises(EngineUnavailable):
            connect(replace(settings, uri=f"bolt://127.0.0.1:{listener.getsockname()[1]}"))
        thread.join()


def test_a_wrong_password(server_settings: Settings) -> None:
    wrong = replace(server_settings, password=WRONG)
    with pytest.raises(EngineUnavailable, match="NEO4J_PASSWORD") as caught:
        connect(wrong)
    assert WRONG not in str(caught.value)


def test_a_routing_address(server_settings: Settings, store: Store) -> None:
    routed = replace(
        server_settings, uri=(server_settings.uri or "").replace("bolt://", "neo4j://")
    )
    with connect(routed) as second:
        second.write("CREATE (:Person {id: 'a'})")
        assert second.query("MATCH (p:Person) RETURN p.id AS id").rows == [{"id": "a"}]
    check_nodes(store, "Person", ["id"], {("a",)})


@pytest.mark.parametrize("scheme", ["bolt+s://", "bolt+ssc://", "neo4j+s://", "neo4j+ssc://"])
def test_encryption_where_there_is_none(server_settings: Settings, scheme: str) -> None:
    encrypted = replace(server_settings, uri=(server_settings.uri or "").replace("bolt://", scheme))
    with pytest.raises(EngineUnavailable, match="encrypted connection .* failed: .* without eithe"):
        connect(encrypted)


def test_an_unknown_database(server_settings: Settings) -> None:
    with pytest.raises(EngineUnavailable, match="has no database .*NEO4J_DATABASE"):
        connect(replace(server_settings, database="nothere"))


def test_writes_of_several_threads_come_one_after_the_other(store: Store) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work(tx: neo4j.ManagedTransaction) -> None:
        inside.append(1)
        most.append(len(inside))
        tx.run("MERGE (n:Person {id: 'x'}) SET n.count = coalesce(n.count, 0) + 1").consume()
        time.sleep(0.2)
        inside.pop()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: store.write_transaction(work), range(4)))
    assert most == [1, 1, 1, 1]
    assert store.read("MATCH (n:Person) RETURN n.count AS count").rows == [{"count": 4}]
