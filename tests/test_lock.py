"""The lock on the graph: two loads never hold it at once, and a dead one holds up nobody."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable

import neo4j
import pytest

from vinculos.errors import LockHeld
from vinculos.graph import lock as locking
from vinculos.graph.lock import GraphLock, graph_lock
from vinculos.graph.store import Store, connect
from vinculos.language import speaking
from vinculos.settings import Settings

# Each turn reads a number and writes it back one higher, in two transactions: with two holders at
# once some turns would be lost.
TURNS = """
import sys, time
from vinculos.settings import read_settings
from vinculos.graph.lock import graph_lock
from vinculos.graph.store import connect
with connect(read_settings()) as store:
    for _ in range(int(sys.argv[1])):
        with graph_lock(store, wait_seconds=100) as lock:
            seen = store.read("MATCH (c:Counter) RETURN c.n AS n").rows[0]["n"]
            def work(tx):
                lock.renew(tx)
                tx.run("MATCH (c:Counter) SET c.n = $n", {"n": seen + 1}).consume()
            store.write_transaction(work)
"""
HOLD = """
import sys
from vinculos.settings import read_settings
from vinculos.graph.lock import graph_lock
from vinculos.graph.store import connect
with connect(read_settings()) as store, graph_lock(store):
    print("held", flush=True)
    sys.stdin.read()
"""


def python(code: str, *arguments: str, env: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_processes_take_turns(any_store: Store, engine_env: dict[str, str]) -> None:
    any_store.write("CREATE (:Counter {n: 0})")
    workers = [python(TURNS, "5", env=engine_env) for _ in range(4)]
    for worker in workers:
        worker.communicate(timeout=150)
    assert [worker.returncode for worker in workers] == [0] * 4
    assert any_store.read("MATCH (c:Counter) RETURN c.n AS n").rows == [{"n": 20}]


def test_threads_take_turns(any_store: Store, settings: Settings) -> None:
    holding: list[int] = []
    most = []

    def turn() -> None:
        with connect(settings) as store:
            for _ in range(5):
                with graph_lock(store, wait_seconds=100):
                    holding.append(1)
                    most.append(len(holding))
                    time.sleep(0.01)
                    holding.pop()

    threads = [threading.Thread(target=turn) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 20


def test_a_held_lock_is_waited_for_and_named(store: Store, settings: Settings) -> None:
    told: list[str] = []
    with graph_lock(store), connect(settings) as second:
        with pytest.raises(LockHeld, match="taken by another load by .* since .*:"):
            with graph_lock(second, wait_seconds=0.6, notify=told.append):
                pass
        with speaking("es"), pytest.raises(LockHeld, match="está tomado por otra carga, de .*:"):
            with graph_lock(second, wait_seconds=0.6, notify=told.append):
                pass
    assert len(told) == 2 and told[0].startswith("waiting for another load by ")
    assert told[1].startswith("en espera de otra carga, de ")


def test_a_killed_holder_is_succeeded_at_once(any_store: Store, engine_env: dict[str, str]) -> None:
    holder = python(HOLD, env=engine_env)
    assert holder.stdout is not None and holder.stdin is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(LockHeld), graph_lock(any_store, wait_seconds=0):
        pass
    holder.kill()
    holder.communicate()
    began = time.monotonic()
    with graph_lock(any_store, wait_seconds=5):
        assert time.monotonic() - began < 5


def test_a_lease_ends_and_its_holder_cannot_commit(
    any_store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "LEASE_SECONDS", 1)
    with graph_lock(any_store) as slow, connect(settings) as second:
        # As if it ran on another machine: nobody here can tell whether it lives.
        monkeypatch.setattr(locking, "machine", lambda: "elsewhere#0")
        with graph_lock(second, wait_seconds=10):
            with pytest.raises(LockHeld, match="took the graph"):
                any_store.write_transaction(writes_with(slow))
    assert any_store.read("MATCH (n:Written) RETURN n").rows == []


def writes_with(lock: GraphLock) -> Callable[[neo4j.ManagedTransaction], None]:
    def work(tx: neo4j.ManagedTransaction) -> None:
        tx.run("CREATE (:Written)").consume()
        lock.renew(tx)

    return work


def test_a_renewed_lease_lasts(
    store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locking, "LEASE_SECONDS", 1)
    with graph_lock(store) as lock, connect(settings) as second:
        monkeypatch.setattr(locking, "machine", lambda: "elsewhere#0")
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            store.write_transaction(lock.renew)
            with pytest.raises(LockHeld), graph_lock(second, wait_seconds=0):
                pass


def test_a_released_lock_is_free(store: Store) -> None:
    for _ in range(2):
        with graph_lock(store, wait_seconds=0):
            pass
