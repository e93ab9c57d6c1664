"""What is in the graph: loads, and how many nodes and relationships of each type."""

from __future__ import annotations

from typing import Any

from vinculos.graph.model import CLAIM, ENTITIES, RELATIONSHIPS, ROLE_LABELS
from vinculos.graph.store import Store


def contents(store: Store) -> dict[str, Any]:
    """Return `loads` (a list, oldest first), and `nodes` and `relationships` (name to number).

    Provenance (claims, what they are about and cite) counts as claims alone.
    """
    loads = store.read(
        "MATCH (l:Load) RETURN l.id AS id, l.dataset AS dataset, l.who AS who, "
        "l.started AS started, l.finished AS finished, l.complete AS complete, l.files AS files, "
        "l.rows AS rows, l.version AS version ORDER BY l.started, l.id"
    ).rows
    labels = [*ENTITIES, *(role.label for role in ROLE_LABELS), CLAIM]
    nodes = {
        label: store.read(f"MATCH (n:{label}) RETURN count(n) AS number").rows[0]["number"]
        for label in labels
    }
    ties = {
        rel.type: store.read(f"MATCH ()-[r:{rel.type}]->() RETURN count(r) AS number").rows[0][
            "number"
        ]
        for rel in RELATIONSHIPS
    }
    return {
        "loads": loads,
        "nodes": {name: number for name, number in nodes.items() if number},
        "relationships": {name: number for name, number in ties.items() if number},
    }
