"""What comes after a question that returns a graph: a measure of it, or a search step by step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from vinculos.graph.around import LABELS, around, complete, with_held
from vinculos.graph.measured import CLAIMS, Measured, Row, measure, paths
from vinculos.graph.measures import PROJECTIONS
from vinculos.graph.model import RELATIONSHIP_TYPES
from vinculos.graph.network import Network
from vinculos.graph.projection import KINSHIP, PERSON, project
from vinculos.graph.store import Result, Store
from vinculos.queries.cite import cite
from vinculos.queries.library import Query, Text, get_query

SOURCES, FRONTIER, LIMIT, CASE = "sources", "frontier", "limit", "Case"
COUNTS = " UNION ALL ".join(
    f"MATCH (n:{label}) RETURN '{label}' AS label, count(n) AS nodes" for label in LABELS
)


Seen = Callable[[Network], Network]
"""What shows a network as gates let it be seen."""


def measured(
    store: Store, query: Query, text: str, parameters: Mapping[str, Any], seen: Seen
) -> Measured:
    """Return what `query.then` makes of the graph that the question returns.

    Args:
        store: the open graph.
        query: a question with a measure.
        text: its final Cypher.
        parameters: the values of all its parameters.
        seen: shows fields of nodes and ties as gates let them be seen.

    Raises:
        UsageError: a number is out of range, or both ends of a path are the same.
        StatementError: the engine cannot run it.
        EngineError: the engine failed.
    """
    if query.then == "shortest_paths":
        found = _search(store, text, parameters, seen)
    else:
        network = seen(complete(store, store.query(text, parameters).rows))
        projected = project(network, query.projection)
        found = measure(query.then, projected, claims=SOURCES in query.columns)
        if isinstance(limit := parameters.get(LIMIT), int):
            found = found.first(limit)
    rows = [{**row, SOURCES: row.get(CLAIMS, [])} for row in found.rows]
    return replace(found, rows=cite(store, rows, [SOURCES]))


def whole(projection: str) -> Query:
    """Return the question for all of the graph that a projection looks at.

    Args:
        projection: one of `PROJECTIONS`.
    """
    declared = PROJECTIONS[projection]
    if not declared.joints and not declared.kin:
        return get_query("whole")
    if CASE in declared.joints:
        # That question leaves out at once what ties nobody.
        return replace(
            get_query("rank_bridges"),
            name="whole",
            title=Text(*declared.title),
            parameters={},
            projection=projection,
        )
    wanted = {type for types in declared.joints.values() for type in types}
    wanted |= {KINSHIP} if declared.kin else set()
    labels = (PERSON, *declared.joints)
    # The labels come from the model, never from outside.
    text = " UNION ALL ".join(
        f"MATCH (n:{start})-[r:{type}]->(m:{end}) RETURN n, r, m"
        for type in sorted(wanted)
        for start in RELATIONSHIP_TYPES[type].starts
        for end in RELATIONSHIP_TYPES[type].ends
        if start in labels and end in labels
    )
    title = Text(*declared.title)
    return Query("whole", text, declared=True, title=title, returns="graph", projection=projection)


def outside(store: Store, found: Measured) -> Measured:
    """Return what was measured on the whole graph, with the count of all that had no part in it.

    Raises:
        EngineError: the graph cannot be read.
    """
    inside = Counter(ref.label for ref in found.network.nodes)
    rows = store.read(COUNTS).rows
    left_out = {row["label"]: row["nodes"] - inside[row["label"]] for row in rows}
    ties = {type: n for type, n in found.left_out.items() if type in RELATIONSHIP_TYPES}
    kept = {label: count for label, count in {**left_out, **ties}.items() if count}
    return replace(found, left_out=kept)


def surroundings(store: Store, text: str, parameters: Mapping[str, Any]) -> tuple[Result, int]:
    """Return what lies around the entity `id`, found by asking step by step, and how much was cut.

    Args:
        store: the open graph.
        text: the question's final Cypher, which gives `n`, `r` and `m` for the ids in `frontier`.
        parameters: the values of all its parameters.

    Raises:
        UsageError: the depth or the limit is out of range.
        StatementError: the engine cannot run it.
        EngineError: the engine failed.
    """

    def step(ids: list[str], types: list[str], within: list[str]) -> list[Row]:
        asked = {FRONTIER: ids, "types": types, "within": within}
        return store.query(text, {**parameters, **asked}).rows

    found = around(step, parameters["id"], parameters["depth"], parameters[LIMIT])
    return Result(("n", "r", "m"), found.rows), found.cut


def _search(store: Store, text: str, parameters: Mapping[str, Any], seen: Seen) -> Measured:
    from vinculos.graph.paths import shortest_paths

    def step(ids: list[str]) -> list[Row]:
        return store.query(text, {**parameters, FRONTIER: ids}).rows

    ways = shortest_paths(
        step,
        parameters["from"],
        parameters["to"],
        max_length=parameters["max_length"],
        limit=parameters["limit"],
    )
    return paths(ways.on(with_held(store, seen(ways.network))))
