"""The graph, whichever engine keeps it: the only module that opens connections.

with connect(settings) as store:
    rows = store.read("MATCH (p:Person {id: $id}) RETURN p.name AS name", {"id": id}).rows
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeVar

import neo4j

from vinculos.errors import EngineUnavailable
from vinculos.graph import embedded, embedded_http, read_only
from vinculos.graph.columns import columns
from vinculos.graph.embedded_files import DATABASE, Endpoint, Files
from vinculos.graph.store_errors import translated
from vinculos.language import gettext as _
from vinculos.settings import Settings

T = TypeVar("T")
Parameters = Mapping[str, Any] | None
Resolver = Callable[[neo4j.Address], Iterable[neo4j.Address]]

CONNECT_SECONDS = 10.0
RETRY_SECONDS = 30.0
ATTEMPTS = 3
"""How often a fresh embedded engine is started when the one found does not answer."""

# Without a handler Python prints the driver's warnings on the terminal.
logging.getLogger("neo4j").addHandler(logging.NullHandler())


@dataclass(frozen=True)
class Result:
    """The columns and rows of one statement; values as the driver gives them."""

    keys: tuple[str, ...]
    rows: list[dict[str, Any]]


class Store:
    """An open graph. Close it, or use it as a context manager.

    `scratch` is the folder for temporary files, the system's where None.
    """

    def __init__(
        self,
        engine: Literal["embedded", "neo4j"],
        database: str | None,
        reader: neo4j.Driver,
        endpoint: Endpoint | None = None,
    ) -> None:
        """Take an open `reader`; with an `endpoint`, of the embedded engine, it cannot write."""
        self.engine = engine
        self.database = database
        self.endpoint = endpoint
        self.version = ""
        self.scratch: Path | None = None
        self._reader = reader
        self._writer = None if endpoint else reader
        # Two that renew one lock would conflict; on the embedded engine the longer one each time.
        self._one_write = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        for driver in {self._reader, self._writer} - {None}:
            if driver is not None:
                driver.close()

    def verify(self) -> None:
        """Connect, and learn the server's version.

        Raises:
            EngineUnavailable: the server is not reachable or refuses the user.
        """
        with translated(self.engine), self._session(write=False) as session:
            agent = session.run("RETURN 1").consume().server.agent
        if self.engine == "embedded":
            agent = embedded.version()
        self.version = agent

    def read(self, cypher: str, parameters: Parameters = None) -> Result:
        """Return the result of our own reading `cypher`.

        Raises:
            VinculosError: as `query`.
        """
        return self.read_transaction(lambda tx: run(tx, cypher, parameters))

    def stream(self, cypher: str, parameters: Parameters = None) -> Iterator[dict[str, Any]]:
        """Yield the rows of our own reading `cypher` as they come, however many they are.

        Raises:
            VinculosError: as `query`.
        """
        with translated(self.engine), self._session(write=False) as session:
            result = session.run(cypher, dict(parameters or {}))
            for record in result:
                yield dict(zip(record.keys(), record.values(), strict=True))

    def write(self, cypher: str, parameters: Parameters = None) -> Result:
        """Return the result of `cypher`, run in a write transaction of its own.

        Raises:
            VinculosError: as `query`.
        """
        return self.write_transaction(lambda tx: run(tx, cypher, parameters))

    def read_transaction(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """Return what `work` returns; it may be called again after a passing failure."""
        with translated(self.engine), self._session(write=False) as session:
            return session.execute_read(work)

    def write_transaction(self, work: Callable[[neo4j.ManagedTransaction], T]) -> T:
        """Return what `work` returns, committed; it may be called again after a conflict.

        One at a time, whatever thread asks.
        """
        with (
            self._one_write,
            translated(self.engine, write=True),
            self._session(write=True) as session,
        ):
            return session.execute_write(work)

    def query(self, cypher: str, parameters: Parameters = None, *, write: bool = False) -> Result:
        """Return the result of a user's own statement; it can only read, unless `write`.

        Raises:
            WriteRefused: it would change the graph or reach outside it.
            StatementError: the engine cannot run it; with the engine's cause.
            EngineError: the engine failed.
        """
        read_only.check_single(cypher)
        if not write:
            self._check_reading(cypher, parameters)
            return self.read(cypher, parameters)
        if self.engine == "embedded":
            return self.write(cypher, parameters)
        # A statement such as CALL … IN TRANSACTIONS runs in no transaction but its own.
        with translated(self.engine, write=True), self._session(write=True) as session:
            return run(session, cypher, parameters)

    def schema(self, statement: str) -> None:
        """Run one statement that defines a constraint or an index, in a transaction of its own.

        Raises:
            VinculosError: as `query`.
        """
        self.write(statement)

    def _check_reading(self, cypher: str, parameters: Parameters) -> None:
        """Refuse a statement that would do more than read, by its text and the engine's verdict."""
        read_only.check_text(cypher)
        if self.endpoint is None:
            with translated(self.engine), self._session(write=False) as session:
                read_only.check_plan(session, cypher, parameters)
        elif read_only.may_write(cypher) and not embedded_http.only_reads(
            self.endpoint, read_only.bare(cypher), parameters or {}
        ):
            raise read_only.refused()

    def _session(self, *, write: bool) -> neo4j.Session:
        if write and self._writer is None and self.endpoint is not None:
            self._writer = open_embedded(self.endpoint, "writer")
        driver = self._writer if write and self._writer is not None else self._reader
        access = neo4j.WRITE_ACCESS if write else neo4j.READ_ACCESS
        return driver.session(database=self.database, default_access_mode=access)


def run(
    runner: neo4j.Session | neo4j.ManagedTransaction, cypher: str, parameters: Parameters = None
) -> Result:
    """Run one statement and fetch all of its rows."""
    result = runner.run(cypher, dict(parameters or {}))
    # The embedded engine names no columns when there are no rows.
    keys = tuple(result.keys()) or columns(cypher)
    return Result(keys, [dict(zip(keys, record.values(), strict=True)) for record in result])


def connect(settings: Settings) -> Store:
    """Return an open store: the Neo4j server of `settings.uri`, else the embedded engine.

    Raises:
        EngineUnavailable: the server is not reachable, or the engine cannot be started.
    """
    store = connect_neo4j(settings) if settings.uri else connect_embedded(settings)
    store.scratch = settings.home.absolute() / "tmp"
    return store


def connect_neo4j(settings: Settings) -> Store:
    """Return an open store on the server of `settings.uri`."""
    with translated("neo4j"):
        driver = open_driver(settings.uri or "", (settings.username, settings.password))
    return verified(Store("neo4j", settings.database, driver))


def connect_embedded(settings: Settings) -> Store:
    """Return an open store on the embedded engine, started where none runs."""
    for attempt in range(1, ATTEMPTS + 1):
        # Held until connected: an engine with a connection does not stop for being idle.
        with embedded.engaged(settings) as endpoint:
            try:
                return connect_endpoint(endpoint)
            except EngineUnavailable:
                if attempt == ATTEMPTS:
                    raise
                embedded.halt(Files(settings.home.absolute()))
    raise AssertionError("the loop returns or raises")


def connect_endpoint(endpoint: Endpoint) -> Store:
    """Return an open store on an embedded engine that runs."""
    return verified(Store("embedded", DATABASE, open_embedded(endpoint, "reader"), endpoint))


def open_embedded(endpoint: Endpoint, user: str) -> neo4j.Driver:
    """Return a driver for one of the embedded engine's users.

    An engine that has died comes back on another port, if at all, so trying again for as long as
    the driver would is in vain: its death is looked for before each new connection.
    """

    def resolve(address: neo4j.Address) -> list[neo4j.Address]:
        if endpoint.process() is None:
            raise EngineUnavailable(
                _("The embedded engine has ended."),
                _("Run the same command again: what was written is kept."),
            )
        return [address]

    uri = f"bolt://127.0.0.1:{endpoint.port}"
    return open_driver(uri, (user, endpoint.passwords[user]), resolver=resolve)


def verified(store: Store) -> Store:
    """Return `store` once it answers; close it when it does not."""
    try:
        store.verify()
    except BaseException:
        store.close()
        raise
    return store


def open_driver(
    uri: str, auth: tuple[str, str], resolver: Resolver = lambda address: [address]
) -> neo4j.Driver:
    """Return a driver that says nothing on the terminal and sends no telemetry.

    `resolver` is called before each new connection; what it raises ends all attempts.
    """
    return neo4j.GraphDatabase.driver(
        uri,
        auth=auth,
        resolver=resolver,
        connection_timeout=CONNECT_SECONDS,
        max_transaction_retry_time=RETRY_SECONDS,
        notifications_min_severity="OFF",
        telemetry_disabled=True,
    )
