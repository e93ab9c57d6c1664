"""The life of the embedded engine: one for each home, private, and hard to break."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from vinculos.errors import EngineUnavailable, StatementError, VinculosError, WriteRefused
from vinculos.graph import embedded, embedded_java, embedded_watch
from vinculos.graph.embedded_files import Files, find_process
from vinculos.graph.store import connect
from vinculos.graph.temporary import temporary_engine
from vinculos.language import speaking
from vinculos.settings import Settings, read_settings

CONNECT = """
import sys
from vinculos.settings import read_settings
from vinculos.graph.store import connect
with connect(read_settings()) as store:
    rows = store.read("MATCH (n:Person) RETURN n.id AS id ORDER BY id").rows
    print(store.endpoint.pid, *[row["id"] for row in rows], flush=True)
    if len(sys.argv) > 1:
        sys.stdin.read()
"""
posix = pytest.mark.skipif(os.name == "nt", reason="signals and file modes as POSIX has them")


def python(code: str, *arguments: str, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-c", code, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


def engines_of(home: Path) -> list[psutil.Process]:
    mark = f"-Darcadedb.server.rootPath={Files(home).folder}"
    found = []
    for process in psutil.process_iter():
        try:
            if mark in process.cmdline():
                found.append(process)
        except psutil.Error:
            continue
    return found


@pytest.fixture
def ours(home: Path) -> Iterator[Settings]:
    """Give settings for a home of its own; at the end no process of it may be left."""
    settings = read_settings()
    yield settings
    embedded.stop(settings)
    assert engines_of(home) == []


def forget_classes(settings: Settings) -> None:
    """Have the engine start as the first one in a home, and note its classes itself."""
    embedded_java.archive_of(Files(settings.home)).unlink(missing_ok=True)


def test_eight_commands_at_once_share_one_engine(home: Path, ours: Settings) -> None:
    workers = [python(CONNECT) for _ in range(8)]
    said = [worker.communicate(timeout=120) for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * 8, said
    assert len({out for out, _ in said}) == 1
    assert len(engines_of(home)) == 1


def test_it_is_reused_and_stops_in_order(ours: Settings) -> None:
    first = embedded.start(ours)
    assert embedded.running(ours) == first == embedded.start(ours)
    assert embedded.stop(ours) is True
    assert embedded.running(ours) is None
    assert embedded.stop(ours) is False
    assert embedded.start(ours).passwords != first.passwords


def test_it_listens_on_loopback_alone(ours: Settings) -> None:
    process = embedded.start(ours).process()
    assert process is not None
    connections = process.net_connections("inet")
    addresses = {c.laddr.ip for c in connections if c.status == psutil.CONN_LISTEN}
    assert addresses <= {"127.0.0.1", "::ffff:127.0.0.1"}
    others = {c.raddr.ip for c in connections if c.raddr}
    assert others <= {"127.0.0.1", "::ffff:127.0.0.1"}


def test_no_password_on_any_command_line(ours: Settings) -> None:
    endpoint = embedded.start(ours)
    lines = []
    for process in psutil.process_iter():
        try:
            lines.append(" ".join(process.cmdline()))
        except psutil.Error:
            continue
    assert not any(word in line for word in endpoint.passwords.values() for line in lines)
    assert not any(word in repr(endpoint) for word in endpoint.passwords.values())


@posix
def test_all_it_keeps_is_the_users_alone(ours: Settings) -> None:
    with connect(ours) as store:
        store.write("CREATE (:Person {id: 'a'})")
    folder = Files(ours.home).folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    secret = [folder / "server.json", *folder.glob("config/*"), *folder.glob("log/*")]
    assert len(secret) > 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in secret} == {0o600}


def test_it_stops_when_idle_but_not_under_a_client(
    home: Path, ours: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VINCULOS_IDLE_SECONDS", "1")
    settings = read_settings()
    with connect(settings) as store:
        time.sleep(3)
        assert store.read("RETURN 1 AS n").rows == [{"n": 1}]
    wait_for(lambda: not engines_of(home))
    wait_for(lambda: not Files(home).server.exists())
    with connect(settings) as store:
        assert store.read("RETURN 1 AS n").rows == [{"n": 1}]


def test_it_survives_being_killed(ours: Settings) -> None:
    with connect(ours) as store:
        store.schema("CREATE CONSTRAINT FOR (p:Person) REQUIRE p.id IS UNIQUE")
        rows = [{"id": f"p{number}"} for number in range(2_000)]
        store.write("UNWIND $rows AS row MERGE (p:Person {id: row.id})", {"rows": rows})
        assert store.endpoint is not None
        process = store.endpoint.process()
    assert process is not None
    process.kill()
    process.wait(10)
    with connect(ours) as store:
        assert store.read("MATCH (p:Person) RETURN count(p) AS n").rows == [{"n": 2_000}]
    assert f"engine {process.pid} ended" in (Files(ours.home).logs / "keeper.log").read_text(
        "utf-8"
    )


@posix
def test_it_survives_its_keeper_being_killed(home: Path, ours: Settings) -> None:
    endpoint = embedded.start(ours)
    process = endpoint.process()
    assert process is not None
    keeper = process.parent()
    assert keeper is not None and "vinculos.graph.embedded_watch" in keeper.cmdline()
    keeper.kill()
    wait_for(lambda: find_process(keeper.pid, keeper.create_time()) is None)
    assert embedded.start(ours) == endpoint
    assert len(engines_of(home)) == 1


def test_a_client_killed_while_it_starts_the_engine_blocks_nobody(
    home: Path, ours: Settings
) -> None:
    for delay in (0.15, 0.4, 0.8, 1.2):
        client = python(CONNECT)
        time.sleep(delay)
        client.kill()
        client.communicate()
        with connect(ours) as store:
            assert store.read("RETURN 1 AS n").rows == [{"n": 1}]
        assert len(engines_of(home)) == 1
        embedded.stop(ours)


@posix
def test_all_processes_killed_while_starting_block_nobody(home: Path, ours: Settings) -> None:
    """Not even an engine that its keeper could not note down is in the way."""
    for delay in (0.3, 0.6, 1.0):
        client = python(CONNECT)
        wait_for(lambda: Files(home).launched.exists())
        time.sleep(delay)
        client.kill()
        client.communicate()
        for process in psutil.process_iter(["cmdline"]):
            line = process.info["cmdline"] or []
            if "vinculos.graph.embedded_watch" in line and str(home) in line:
                process.kill()
        with connect(ours) as store:
            assert store.read("RETURN 1 AS n").rows == [{"n": 1}]
        assert len(engines_of(home)) == 1
        embedded.stop(ours)


@posix
def test_ctrl_c_and_a_closed_terminal_leave_the_engine_up(home: Path, ours: Settings) -> None:
    for ending in (signal.SIGINT, signal.SIGHUP):
        client = python(CONNECT, "wait", start_new_session=True)
        assert client.stdout is not None
        client.stdout.readline()
        endpoint = embedded.running(ours)
        os.killpg(client.pid, ending)
        client.communicate()
        time.sleep(0.5)
        assert embedded.running(ours) == endpoint is not None


def test_a_stale_connection_file_is_noticed(ours: Settings) -> None:
    files = Files(ours.home)
    embedded.start(ours)
    text = files.server.read_text("utf-8")
    embedded.stop(ours)
    # The number now belongs to another process: this one.
    files.server.write_text(json.dumps({**json.loads(text), "pid": os.getpid()}), "utf-8")
    assert embedded.running(ours) is None
    files.server.write_text("{half", "utf-8")
    with connect(ours) as store:
        assert store.read("RETURN 1 AS n").rows == [{"n": 1}]


def test_other_users_of_a_port_are_no_hindrance(ours: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert embedded.start(ours).port != taken.getsockname()[1]


def test_a_home_with_odd_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    home = tmp_path / "caso Ñandú 100%\u4e2d #1"
    settings = read_settings(environment={"VINCULOS_HOME": str(home)})
    try:
        with connect(settings) as store:
            store.write("CREATE (:Person {id: 'a'})")
        assert any((home / "engine" / "log").glob("engine.log*"))
        assert (home / "engine" / "databases" / "vinculos").is_dir()
    finally:
        embedded.stop(settings)


def test_a_home_that_cannot_be_used(tmp_path: Path) -> None:
    taken = tmp_path / "file"
    taken.write_text("x", "utf-8")
    for home in (taken, taken / "below"):
        settings = read_settings(environment={"VINCULOS_HOME": str(home)})
        with pytest.raises(EngineUnavailable, match="VINCULOS_HOME"):
            connect(settings)


def test_a_full_disk(ours: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    Files(ours.home).make()
    monkeypatch.setattr(embedded_watch, "FREE_BYTES", 1 << 62)
    with pytest.raises(EngineUnavailable, match="No space left"):
        embedded_watch.launch(Files(ours.home))
    with speaking("es"), pytest.raises(EngineUnavailable, match="no queda espacio en el disco"):
        embedded_watch.launch(Files(ours.home))


def test_a_platform_without_engine(ours: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded_java, "java_of", lambda folder: folder / "no-java")
    with pytest.raises(EngineUnavailable, match="not installed.*NEO4J_URI"):
        embedded.start(ours)


def test_an_engine_that_does_not_start_says_why(ours: Settings) -> None:
    files = Files(ours.home)
    files.make()
    files.databases.mkdir()
    (files.databases / "vinculos").write_text("not a folder", "utf-8")
    with pytest.raises(EngineUnavailable, match="did not start in .*: .*[a-z]{4}"):
        embedded.start(ours)
    # It is said by another process, which keeps the engine.
    with speaking("es"), pytest.raises(EngineUnavailable, match="no se inició en .*: .*[a-z]{4}"):
        embedded.start(ours)
    assert engines_of(ours.home) == []


NAME = "Zoraida Quintero"
FAILING = [
    (f"RETURN 1 / 0 AS n, '{NAME}' AS name", "by zero"),
    (f"RETURN nofunction('{NAME}')", "nofunction"),
    (f"MTCH (p:Person {{name: '{NAME}'}}) RETURN p", "MTCH"),
    (f"MATCH (p:Person {{name: '{NAME}'}}) RETURN q", "q"),
    (f"CREATE (:Person {{id: 'a', name: '{NAME}'}})", "Duplicated key"),
    (f"RETURN date('{NAME}')", "date"),
    (f"RETURN $missing, '{NAME}'", "missing"),
    (f"CALL no.procedure('{NAME}')", "no.procedure"),
]


def test_errors_show_their_cause_and_logs_hold_no_names(ours: Settings) -> None:
    forget_classes(ours)
    with connect(ours) as store:
        store.schema("CREATE CONSTRAINT FOR (p:Person) REQUIRE p.id IS UNIQUE")
        store.write("CREATE (:Person {id: 'a', name: $name})", {"name": NAME})
        for statement, cause in FAILING:
            with pytest.raises(StatementError, match=cause) as caught:
                store.query(statement, write=True)
            assert "server log" not in str(caught.value)
        with pytest.raises(WriteRefused):
            store.query(f"CREATE (:Person {{id: 'b', name: '{NAME}'}})")
        with pytest.raises(VinculosError):
            store.query("LOAD CSV FROM 'file:///x' AS l RETURN l", write=True)
        rows = [{"id": f"p{n}", "name": f"{NAME} {n}"} for n in range(3_000)]
        store.write("UNWIND $rows AS r CREATE (p:Person {id: r.id, name: r.name})", {"rows": rows})
        store.read("MATCH (a:Person), (b:Person) WHERE a.name = b.name RETURN count(*)")
    embedded.stop(ours)
    folder = Files(ours.home).folder
    logs = [path for path in folder.rglob("*") if path.is_file() and "databases" not in path.parts]
    assert any("engine.log" in path.name for path in logs)
    for path in logs:
        content = path.read_bytes()
        for word in (NAME, "Zoraida", "nofunction", "MTCH", "LOAD CSV"):
            assert word.encode() not in content, f"{word} in {path}"


def test_the_engine_says_nothing_on_the_terminal(ours: Settings) -> None:
    client = python(
        CONNECT + "\nfrom vinculos.graph import embedded; embedded.stop(read_settings())"
    )
    out, err = client.communicate(timeout=60)
    assert client.returncode == 0
    assert len(out.splitlines()) == 1 and err == ""


def test_wipe_leaves_nothing(ours: Settings) -> None:
    with connect(ours) as store:
        store.write("CREATE (:Person {id: 'a'})")
    embedded.wipe(ours)
    assert not Files(ours.home).databases.exists()
    with connect(ours) as store:
        assert store.read("MATCH (n) RETURN n").rows == []


def test_classes_are_kept_ready(ours: Settings) -> None:
    files = Files(ours.home)
    forget_classes(ours)
    embedded.start(ours)
    embedded.stop(ours)
    embedded_java.archive_classes(files)
    assert [path.suffix for path in files.cache.iterdir()] == [".jsa"]
    assert embedded_java.archive_of(files).stat().st_size > 10_000_000
    with connect(ours) as store:
        assert store.read("RETURN 1 AS n").rows == [{"n": 1}]
    embedded.stop(ours)
    with temporary_engine(ours) as own, connect(own) as store:
        shared = embedded_java.archive_of(Files(own.home))
        assert shared.samefile(embedded_java.archive_of(files))
        assert f"-XX:SharedArchiveFile={shared}" in embedded_java.command(Files(own.home))
        assert store.read("RETURN 1 AS n").rows == [{"n": 1}]
    # One that does not fit is ignored.
    embedded_java.archive_of(files).write_bytes(b"no archive")
    with connect(ours) as store:
        assert store.read("RETURN 1 AS n").rows == [{"n": 1}]


def test_a_label_is_set_on_a_node_with_many_ties(ours: Settings) -> None:
    """A label moves a node's record and all its relationships; no limit may stop that."""
    with connect(ours) as store:
        store.write("CREATE (:Hub {id: 'h'})")
        for _ in range(10):
            store.write(
                "MATCH (h:Hub) UNWIND range(1, 2000) AS x CREATE (h)-[:TIE]->(:Leaf {n: x})"
            )
        store.write("MATCH (h:Hub {id: 'h'}) SET h:Official")
        rows = store.read("MATCH (h:Official)-[:TIE]->(l:Leaf) RETURN count(l) AS n").rows
        assert rows == [{"n": 20_000}]
