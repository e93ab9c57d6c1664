"""Fixtures: an empty graph on every engine, on real servers that start when a test needs them.

store       an open, empty graph; the test runs once on the embedded engine and once on Neo4j 5
any_store   the same, and once more on the current Neo4j release
engine_env  the environment for running the command line against the same engine as `store`
home        a temporary home folder of its own, with no engine running in it yet, but its classes
            ready (see `engine_classes`)
new_home    where that folder would be, with nothing there
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests import distribution, engine_classes, servers
from vinculos.graph import embedded
from vinculos.graph.schema import statements
from vinculos.graph.store import Store, connect
from vinculos.language import speaking
from vinculos.settings import Settings, read_settings

ENGINES = ("embedded", "neo4j-5")
ALL_ENGINES = (*ENGINES, "neo4j-2026")
SETTING_NAMES = ("NEO4J_", "VINCULOS_")
CONSTRAINTS = {words[2] for words in map(str.split, statements()) if words[1] == "CONSTRAINT"}
SettingsOf = Callable[[str], Settings]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "engine" in metafunc.fixturenames:
        engines: tuple[str, ...] = ALL_ENGINES if "any_store" in metafunc.fixturenames else ENGINES
        if "server_settings" in metafunc.fixturenames:
            engines = tuple(engine for engine in engines if engine != "embedded")
        metafunc.parametrize("engine", engines, scope="session")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: distribution.rank(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    return distribution.Distribution(config, log)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Speak English before each test; a command run without `main` leaves its language behind."""
    with speaking("en"):
        yield


@pytest.fixture(scope="session")
def engine_settings(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[SettingsOf]:
    """Give a function from an engine's name to the settings for it; it starts the server."""
    started: dict[str, Settings] = {}
    with ExitStack() as stack:

        def start(name: str) -> Settings:
            if name not in started:
                folder = tmp_path_factory.mktemp(name)
                environment = {"VINCULOS_HOME": str(folder), "VINCULOS_LANG": "en"}
                if name == "embedded":
                    engine_classes.keep_ready(folder)
                    settings = read_settings(environment=environment)
                    stack.callback(embedded.stop, settings)
                else:
                    server = enter(stack, name, folder)
                    environment["NEO4J_URI"] = server.uri
                    environment["NEO4J_USERNAME"] = server.username
                    environment["NEO4J_PASSWORD"] = server.password
                    if os.environ.get("NEO4J_URI"):
                        environment["NEO4J_DATABASE"] = os.environ.get("NEO4J_DATABASE", "")
                    settings = read_settings(environment=environment)
                started[name] = settings
            return started[name]

        yield start


def enter(stack: ExitStack, name: str, folder: Path) -> servers.Server:
    try:
        return stack.enter_context(servers.neo4j_server(name, folder))
    except servers.ServerMissing as missing:
        if os.environ.get("CI"):
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@pytest.fixture
def settings(engine: str, engine_settings: SettingsOf) -> Settings:
    """Give the settings of the engine that this test runs on."""
    return engine_settings(engine)


@pytest.fixture
def server_settings(settings: Settings) -> Settings:
    """Give `settings`, and have the test run on servers alone."""
    return settings


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """Give an open store on an empty graph, with no constraints but those that loads make."""
    with connect(settings) as opened:
        empty(opened)
        yield opened


@pytest.fixture
def any_store(store: Store) -> Store:
    """Give `store`, and have the test run on every engine."""
    return store


def empty(store: Store) -> None:
    """Delete all nodes, all relationships, and the constraints that are not the program's own.

    Those stay: to drop them and make them anew, and all plans of the server with them, takes
    longer than most tests.
    """
    store.write("MATCH (n) DETACH DELETE n")
    for row in store.read("SHOW CONSTRAINTS").rows:
        if row["name"] not in CONSTRAINTS:
            store.schema(f"DROP CONSTRAINT `{row['name']}`")


@pytest.fixture
def engine_env(settings: Settings) -> dict[str, str]:
    """Give the environment for a command line on the engine of this test."""
    return environment_of(settings)


def environment_of(settings: Settings) -> dict[str, str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(SETTING_NAMES)
    }
    environment["VINCULOS_HOME"] = str(settings.home)
    environment["VINCULOS_LANG"] = settings.lang
    if settings.uri:
        environment["NEO4J_URI"] = settings.uri
        environment["NEO4J_USERNAME"] = settings.username
        environment["NEO4J_PASSWORD"] = settings.password
        environment["NEO4J_DATABASE"] = settings.database or ""
    return environment


@pytest.fixture
def new_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give where VINCULOS_HOME points, without the folder; its engine is stopped afterwards."""
    folder = tmp_path / "home"
    for name in list(os.environ):
        if name.startswith(SETTING_NAMES) and name != "VINCULOS_TEST_CACHE":
            monkeypatch.delenv(name)
    monkeypatch.setenv("VINCULOS_HOME", str(folder))
    yield folder
    embedded.stop(read_settings())


@pytest.fixture
def home(new_home: Path) -> Path:
    """Give a home folder of its own, set as VINCULOS_HOME; its engine is stopped afterwards."""
    engine_classes.keep_ready(new_home)
    return new_home
