"""Synthetic folders of cases, loaded again only where another test has emptied the graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import empty
from vinculos.graph.store import Store, connect
from vinculos.loaders.load import load_folder
from vinculos.settings import Settings

DATA = Path(__file__).parent / "data"
STARTER = Path(__file__).parent.parent / "datasets" / "starter"
TINY = DATA / "tiny"
HELD = (
    "MATCH (n) OPTIONAL MATCH (n)-[r]->() "
    "RETURN count(DISTINCT n) AS nodes, count(r) AS ties, sum(size(keys(n))) AS fields"
)


@pytest.fixture(scope="module")
def loaded() -> dict[str, Any]:
    """Give which folder each engine held last, and what was in it just after it was loaded."""
    return {}


@pytest.fixture
def holding(
    engine: str, settings: Settings, loaded: dict[str, Any]
) -> Iterator[Callable[[Path], Store]]:
    """Give a function from a folder to a store that holds it, and nothing else.

    The dataset is called after the folder. No test may write to it.
    """
    with connect(settings) as store:

        def hold(folder: Path) -> Store:
            make = partial(load_folder, store, folder, dataset=folder.name)
            keep(store, loaded, engine, folder, make)
            return store

        yield hold


def keep(
    store: Store, loaded: dict[str, Any], engine: str, what: object, make: Callable[[], object]
) -> None:
    """Make anew what a store holds, unless it still holds `what` as it was just after `make`."""
    if loaded.get(engine) != (what, store.read(HELD).rows):
        empty(store)
        make()
        loaded[engine] = (what, store.read(HELD).rows)


@pytest.fixture
def tiny(holding: Callable[[Path], Store]) -> Store:
    """Give a store that holds `data/tiny` and nothing else; no test may write to it."""
    return holding(TINY)
