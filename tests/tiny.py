"""The tiny synthetic folder, loaded again only where another test has emptied the graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import empty
from vinculos.graph.store import Store, connect
from vinculos.loaders.load import load_folder
from vinculos.settings import Settings

TINY = Path(__file__).parent / "data" / "tiny"
HELD = (
    "MATCH (n) OPTIONAL MATCH (n)-[r]->() "
    "RETURN count(DISTINCT n) AS nodes, count(r) AS ties, sum(size(keys(n))) AS fields"
)


@pytest.fixture(scope="module")
def loaded() -> dict[str, object]:
    """Give what each engine held just after the folder was loaded."""
    return {}


@pytest.fixture
def tiny(engine: str, settings: Settings, loaded: dict[str, object]) -> Iterator[Store]:
    """Give a store that holds `data/tiny` and nothing else; no test may write to it."""
    with connect(settings) as store:
        if engine not in loaded or store.read(HELD).rows != loaded[engine]:
            empty(store)
            load_folder(store, TINY, dataset="tiny")
            loaded[engine] = store.read(HELD).rows
        yield store
