"""A whole graph as plain data, to compare one with another."""

from __future__ import annotations

from typing import Any

from vinculos.graph.store import Store
from vinculos.graph.stored import plain_properties

NOT_COMPARED = {"recorded", "started", "finished", "who", "load", "superseded_by"}
"""Times and names of loads: what may differ between two ways to the same graph."""


def all_nodes(store: Store, *, but: tuple[str, ...] = ("Load", "Lock")) -> dict[Any, Any]:
    """Return (labels, id) to the properties of every node, those labelled `but` left out."""
    rows = store.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS n").rows
    return {
        (tuple(sorted(row["labels"])), row["n"].get("id")): _compared(row["labels"], row["n"])
        for row in rows
        if not set(row["labels"]) & set(but)
    }


def _compared(labels: list[str], properties: dict[str, Any]) -> dict[str, Any]:
    plain = plain_properties(properties)
    if "Claim" not in labels:
        return plain
    return {name: value for name, value in plain.items() if name not in NOT_COMPARED}


def all_relationships(store: Store) -> set[Any]:
    """Return every relationship but IN as type, ends and properties, each in one hashable."""
    rows = store.read(
        "MATCH (a)-[r]->(b) WHERE type(r) <> 'IN' "
        "RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS r"
    ).rows
    found = {
        (row["type"], row["start"], row["end"], repr(sorted(plain_properties(row["r"]).items())))
        for row in rows
    }
    assert len(found) == len(rows), "two relationships are alike"
    return found
