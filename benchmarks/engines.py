"""The engines that a benchmark runs on: started for it alone, and emptied between its parts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from tests import servers
from vinculos.graph import embedded
from vinculos.graph.schema import ensure_schema
from vinculos.graph.store import Store, connect
from vinculos.settings import Settings, read_settings

ENGINES = ("embedded", *servers.VERSIONS)
DELETED = 2000
"""Nodes to a transaction that empties a graph."""
QUICK_START = ("-Xmx512m", "-XX:TieredStopAtLevel=1")
"""What makes the tests' servers small and quick to start; not for benchmarks."""


@contextmanager
def engine(name: str, folder: Path) -> Iterator[Settings]:
    """Give the settings of an engine that runs, with nothing in it, until the block ends."""
    environment = {"VINCULOS_HOME": str(folder / "home"), "VINCULOS_LANG": "en"}
    if name == "embedded":
        settings = read_settings(environment=environment)
        embedded.start(settings)
        try:
            yield settings
        finally:
            embedded.stop(settings)
        return
    servers.JAVA_OPTIONS = (  # type: ignore[assignment]
        *(option for option in servers.JAVA_OPTIONS if option not in QUICK_START),
        "-Xmx2g",
    )
    servers.CONFIGURATION = servers.CONFIGURATION.replace(
        "memory.pagecache.size=64m", "memory.pagecache.size=512m"
    )
    servers.KEPT_PLANS = ""
    with servers.neo4j_server(name, folder / name) as server:
        environment |= {"NEO4J_URI": server.uri, "NEO4J_USERNAME": server.username}
        environment |= {"NEO4J_PASSWORD": server.password}
        if os.environ.get("NEO4J_URI"):
            environment["NEO4J_DATABASE"] = os.environ.get("NEO4J_DATABASE", "")
        yield read_settings(environment=environment)


def variables(settings: Settings) -> dict[str, str]:
    """Return the environment in which the command line uses the engine."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J_", "VINCULOS_"))}
    kept |= {"VINCULOS_HOME": str(settings.home), "VINCULOS_LANG": settings.lang}
    if settings.uri:
        kept |= {"NEO4J_URI": settings.uri, "NEO4J_USERNAME": settings.username}
        kept |= {"NEO4J_PASSWORD": settings.password, "NEO4J_DATABASE": settings.database or ""}
    return kept


def empty(settings: Settings) -> None:
    """Delete everything in the graph, its constraints and indexes included, and make them anew."""
    with connect(settings) as store:
        deleting = f"MATCH (n) WITH n LIMIT {DELETED} DETACH DELETE n RETURN count(*) AS n"
        while store.write(deleting).rows[0]["n"]:
            pass
        for row in store.read("SHOW CONSTRAINTS").rows:
            store.schema(f"DROP CONSTRAINT `{row['name']}`")
        ensure_schema(store)


def counts(store: Store) -> dict[str, int]:
    """Return how many nodes each label has and how many relationships each type."""
    found: dict[str, int] = {}
    for cypher in (
        "MATCH (n) UNWIND labels(n) AS name RETURN name, count(*) AS n",
        "MATCH ()-[r]->() RETURN type(r) AS name, count(*) AS n",
    ):
        found |= {row["name"]: row["n"] for row in store.read(cypher).rows}
    return found


def server_memory(settings: Settings) -> int:
    """Return the bytes that the engine's own process holds now, 0 where it is not found."""
    endpoint = embedded.running(settings) if settings.uri is None else None
    if endpoint:
        return int(psutil.Process(endpoint.pid).memory_info().rss)
    held = [
        child.memory_info().rss for child in psutil.Process().children() if "java" in child.name()
    ]
    return int(max(held, default=0))
