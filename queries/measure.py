"""What comes after a question that returns a graph: a measure of it, or a search step by step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vinculos.graph.around import complete, with_held
from vinculos.graph.citations import cited_by
from vinculos.graph.measured import CLAIMS, Measured, Row, measure, paths
from vinculos.graph.paths import shortest_paths
from vinculos.graph.projection import project
from vinculos.graph.store import Store
from vinculos.queries.library import Query

SOURCES, FRONTIER = "sources", "frontier"


def measured(store: Store, query: Query, text: str, parameters: Mapping[str, Any]) -> Measured:
    """Return what `query.then` makes of the graph that the question returns.

    Args:
        store: the open graph.
        query: a question with a measure.
        text: its final Cypher.
        parameters: the values of all its parameters.

    Raises:
        UsageError: a number is out of range, or both ends of a path are the same.
        StatementError: the engine cannot run it.
        EngineError: the engine failed.
    """
    if query.then == "shortest_paths":
        found = _search(store, text, parameters)
    else:
        network = complete(store, store.query(text, parameters).rows)
        projected = project(network, query.projection)
        found = measure(query.then, projected, claims=SOURCES in query.columns)
    cite(store, found.rows)
    return found


def cite(store: Store, rows: list[Row]) -> None:
    """Give each row that says its claims the sources that they cite.

    Raises:
        EngineError: the graph cannot be read.
    """
    cited = cited_by(store, {claim for row in rows for claim in row.get(CLAIMS, ())})
    for row in rows:
        sources = {
            tuple(source.items()): source
            for claim in row.get(CLAIMS, ())
            for source in cited[claim]
        }
        row[SOURCES] = list(sources.values())


def _search(store: Store, text: str, parameters: Mapping[str, Any]) -> Measured:
    def step(ids: list[str]) -> list[Row]:
        return store.query(text, {**parameters, FRONTIER: ids}).rows

    ways = shortest_paths(
        step,
        parameters["from"],
        parameters["to"],
        max_length=parameters["max_length"],
        limit=parameters["limit"],
    )
    return paths(ways.on(with_held(store, ways.network)))
