"""Compare what is in the graph with what should be there, as sets, on any engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from vinculos.graph.store import Store


def check_nodes(
    store: Store, label: str, fields: Sequence[str], expected: Iterable[tuple[Any, ...]]
) -> None:
    """Assert that the nodes with `label` have exactly the `expected` values of `fields`.

    A missing field is None; a list counts as a tuple. Two nodes alike fail the check.
    """
    rows = store.read(f"MATCH (n:`{label}`) RETURN n").rows
    compare([tuple(plain(row["n"].get(field)) for field in fields) for row in rows], expected)


def check_rels(
    store: Store,
    start: str,
    kind: str,
    end: str,
    expected: Iterable[tuple[Any, ...]],
    fields: Sequence[str] = (),
) -> None:
    """Assert that the relationships of one type join exactly the `expected` pairs of ids.

    Args:
        store: an open store.
        start: the label of the nodes they leave.
        kind: their type.
        end: the label of the nodes they reach.
        expected: for each relationship: id of its start, id of its end, then values of `fields`.
        fields: properties of the relationship to compare as well.
    """
    cypher = f"MATCH (a:`{start}`)-[r:`{kind}`]->(b:`{end}`) RETURN a.id AS a, r, b.id AS b"
    rows = store.read(cypher).rows
    compare(
        [(row["a"], row["b"], *(plain(row["r"].get(field)) for field in fields)) for row in rows],
        expected,
    )


def compare(found: list[tuple[Any, ...]], expected: Iterable[tuple[Any, ...]]) -> None:
    """Assert that both hold the same, each once."""
    assert set(found) == set(expected)
    assert len(found) == len(set(found)), "some are there twice"


def plain(value: Any) -> Any:
    """Return a value that a set can hold."""
    return tuple(plain(item) for item in value) if isinstance(value, list) else value
