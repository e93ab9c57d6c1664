"""Databases that can be killed and started again."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import psutil

from tests import engine_classes, servers
from vinculos.graph import embedded
from vinculos.graph.embedded_files import Files
from vinculos.settings import Settings, read_settings

ENGINES = ("embedded", "neo4j-5")


class Engine:
    """A database that can be killed and started again."""

    settings: Settings

    def kill(self) -> None:
        """End the server's process by SIGKILL, where one runs."""
        raise NotImplementedError

    def restart(self) -> None:
        """Start it again on what it had stored."""
        raise NotImplementedError

    def strays(self) -> list[str]:
        """Return the processes that are there and should not be."""
        return []


class Embedded(Engine):
    """The embedded engine, in a home of its own; the next command starts it by itself."""

    def __init__(self, folder: Path) -> None:
        engine_classes.keep_ready(folder)
        self.settings = read_settings(
            environment={"VINCULOS_HOME": str(folder), "VINCULOS_LANG": "en"}
        )

    def kill(self) -> None:
        endpoint = embedded.running(self.settings)
        process = endpoint.process() if endpoint else None
        if process:
            process.kill()

    def restart(self) -> None:
        pass

    def strays(self) -> list[str]:
        mark = f"-Darcadedb.server.rootPath={Files(self.settings.home).folder}"
        engines = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if mark in process.cmdline():
                    engines.append(process.pid)
        return [f"engine {pid}" for pid in engines[1:]]


class Jars(Engine):
    """A Neo4j server run from its jars, whose data outlives its process."""

    def __init__(self, name: str, folder: Path) -> None:
        self.jars = servers.fetch_jars(servers.VERSIONS[name])
        self.home = folder / "server"
        self.process, self.server = servers.start_jars(self.jars, self.home)
        first = servers.Server(self.server.uri, self.server.username, servers.FIRST_PASSWORD)
        if not servers.wait_until_ready(first, lambda: servers.is_running(self.process)):
            self.kill()
            raise servers.ServerMissing(f"{name} does not start.")
        servers.set_password(first, self.server.password)
        self.settings = read_settings(
            environment={
                "VINCULOS_HOME": str(folder / "home"),
                "VINCULOS_LANG": "en",
                "NEO4J_URI": self.server.uri,
                "NEO4J_USERNAME": self.server.username,
                "NEO4J_PASSWORD": self.server.password,
            }
        )

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        self.process = servers.run_jars(self.jars, self.home)
        if not servers.wait_until_ready(self.server, lambda: servers.is_running(self.process)):
            raise servers.ServerMissing("Neo4j does not start again.")


@contextlib.contextmanager
def engine_of(name: str, folder: Path) -> Iterator[Engine]:
    """Give a running engine, ended after the block."""
    engine: Engine
    if name == "embedded":
        engine = Embedded(folder)
        try:
            yield engine
        finally:
            embedded.stop(engine.settings)
    else:
        engine = Jars(name, folder)
        try:
            yield engine
        finally:
            engine.kill()
