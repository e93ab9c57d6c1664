"""The lock on the graph: two people's loads take turns, on either engine.

It is a node, `(:Lock {id: 'graph', holder, since, until})`, whose times are the server's. A holder
renews its lease within each of its write transactions; one that lost the lock cannot commit. Every
statement that decides writes to the node first: Neo4j then makes the other wait, the embedded
engine lets only one of two commit.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import socket
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import neo4j
import psutil

from vinculos.errors import EngineError, EngineUnavailable, LockHeld, StatementError
from vinculos.graph.embedded_files import find_process
from vinculos.graph.store import Store
from vinculos.language import gettext as _

LEASE_SECONDS = 30
WAIT_SECONDS = 600.0
POLL_SECONDS = 0.25
BEAT_SECONDS = 2.0

CONSTRAINT = "CREATE CONSTRAINT lock_id IF NOT EXISTS FOR (l:Lock) REQUIRE l.id IS UNIQUE"
CREATE = "MERGE (l:Lock {id: 'graph'}) ON CREATE SET l.holder = '', l.since = 0, l.until = 0"
READ = """
MATCH (l:Lock {id: 'graph'})
RETURN l.holder AS holder, l.since AS since, l.until AS until, timestamp() AS now
"""
TAKE = """
MATCH (l:Lock {id: 'graph'}) SET l.touched = $holder
WITH l, timestamp() AS now WHERE l.holder = $seen AND (l.holder = '' OR l.until < now OR $dead)
SET l.holder = $holder, l.since = now, l.until = now + $lease
RETURN l.until AS until
"""
RENEW = """
MATCH (l:Lock {id: 'graph'}) SET l.touched = $holder
WITH l WHERE l.holder = $holder
SET l.until = timestamp() + $lease
RETURN l.until AS until
"""
RELEASE = """
MATCH (l:Lock {id: 'graph'}) SET l.touched = $holder
WITH l WHERE l.holder = $holder
SET l.holder = '', l.until = 0
"""


@dataclass
class GraphLock:
    """The lock while it is held; `holder` names this process and this very holding.

    `renewed` is when the lease was last renewed, by this process's clock that only goes forward.
    """

    holder: str
    renewed: float = 0.0

    def renew(self, tx: neo4j.ManagedTransaction) -> None:
        """Renew the lease; call it first in each write transaction, so that a loser cannot commit.

        Raises:
            LockHeld: the lease ran out and another load took the graph.
        """
        parameters = {"holder": self.holder, "lease": LEASE_SECONDS * 1000}
        if tx.run(RENEW, parameters).single() is None:
            raise LockHeld(
                _("Another load took the graph while this one paused for too long."),
                _("Run the same load again: it goes on where this one ended."),
            )
        self.renewed = time.monotonic()


@contextmanager
def graph_lock(
    store: Store,
    *,
    wait_seconds: float = WAIT_SECONDS,
    notify: Callable[[str], None] | None = None,
) -> Iterator[GraphLock]:
    """Hold the lock on the graph within the block; wait for it first.

    Args:
        store: an open store.
        wait_seconds: how long to wait for another load.
        notify: is told, once for each load, whom this one waits for.

    Raises:
        LockHeld: another load did not end in time.
    """
    lock = GraphLock(new_holder())
    take(store, lock, wait_seconds, notify)
    lock.renewed = time.monotonic()
    ended = threading.Event()
    beat = threading.Thread(target=keep, args=(store, lock, ended), daemon=True)
    beat.start()
    try:
        yield lock
    except EngineUnavailable:
        # The lease ends by itself; to try for it would keep the user waiting once more.
        ended.set()
        raise
    except BaseException:
        release(store, lock, ended, beat)
        raise
    release(store, lock, ended, beat)


def release(store: Store, lock: GraphLock, ended: threading.Event, beat: threading.Thread) -> None:
    """Let go of the lock; where the database fails the lease ends by itself."""
    ended.set()
    beat.join()
    with suppress(EngineError):
        store.write(RELEASE, {"holder": lock.holder})


def keep(store: Store, lock: GraphLock, ended: threading.Event) -> None:
    """Renew the lease whenever nothing was written for a while, until `ended`."""
    while not ended.wait(BEAT_SECONDS):
        if time.monotonic() - lock.renewed > LEASE_SECONDS / 3:
            # Whoever writes next meets the same error, and can tell it.
            with suppress(EngineError, StatementError):
                store.write_transaction(lock.renew)


def take(
    store: Store, lock: GraphLock, wait_seconds: float, notify: Callable[[str], None] | None
) -> None:
    """Take the lock as soon as it is free, its lease has ended, or its holder is dead."""
    deadline = time.monotonic() + wait_seconds
    told = ""
    while True:
        row = read_lock(store)
        seen = row["holder"]
        dead = is_dead(seen)
        if not seen or dead or row["until"] < row["now"]:
            parameters = {
                "holder": lock.holder,
                "seen": seen,
                "dead": dead,
                "lease": LEASE_SECONDS * 1000,
            }
            if store.write(TAKE, parameters).rows:
                return
            continue
        other = {"host": seen.partition("#")[0], "time": clock(row["since"])}
        if time.monotonic() >= deadline:
            raise LockHeld(
                _("The graph is taken by another load by {host} since {time}.").format(**other),
                _("Wait until it has ended, then try again."),
            )
        if notify and seen != told:
            notify(_("waiting for another load by {host} since {time}").format(**other))
            told = seen
        time.sleep(POLL_SECONDS)


def read_lock(store: Store) -> dict[str, Any]:
    """Return the lock's fields and the server's time in milliseconds; make the lock if missing."""
    rows = store.read(READ).rows
    if not rows:
        store.schema(CONSTRAINT)
        # Of two that make it at once, the constraint lets one fail.
        with suppress(StatementError):
            store.write(CREATE)
        rows = store.read(READ).rows
    if not rows:
        raise EngineError(_("The lock on the graph cannot be made."), _("Run `vinculos doctor`."))
    return rows[0]


def new_holder() -> str:
    """Return `host#machine:pid:create_time:nonce` for this process and this holding."""
    pid = os.getpid()
    created = psutil.Process(pid).create_time()
    return f"{machine()}:{pid}:{created}:{secrets.token_hex(8)}"


def machine() -> str:
    """Return the host's name with a mark that tells hosts of the same name apart."""
    mark = hashlib.sha256(f"{uuid.getnode()}".encode()).hexdigest()[:8]
    return f"{socket.gethostname()}#{mark}"


def is_dead(holder: str) -> bool:
    """Tell whether `holder` was a process of this machine that has ended."""
    parts = holder.rsplit(":", 3)
    if len(parts) != 4 or parts[0] != machine():
        return False
    return find_process(int(parts[1]), float(parts[2])) is None


def clock(milliseconds: int) -> str:
    """Return the local time of day for a server's time."""
    return datetime.fromtimestamp(milliseconds / 1000).strftime("%H:%M:%S")
