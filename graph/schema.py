"""Constraints and indexes that the model needs, made on either engine."""

from __future__ import annotations

from vinculos.graph.model import CLAIM, DECISION, ENTITIES, LOAD, LOCK
from vinculos.graph.store import Store


def statements() -> list[str]:
    """Return the statements that define the schema; labels come from the model alone.

    Role labels have no constraint of their own: a node is found by its main label, and with two
    of them constrained the embedded engine (26.10.2) refuses a second role as a duplicate key.
    """
    unique = [*ENTITIES, CLAIM, LOAD, DECISION, LOCK]
    made = [
        f"CREATE CONSTRAINT {label.lower()}_id IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for label in unique
    ]
    made += [
        f"CREATE INDEX {label.lower()}_key IF NOT EXISTS FOR (n:{label}) ON (n.key)"
        for label in ENTITIES
    ]
    made.append("CREATE INDEX claim_dataset IF NOT EXISTS FOR (n:Claim) ON (n.dataset)")
    return made


def ensure_schema(store: Store) -> None:
    """Make what is missing of the schema; what is there stays."""
    for statement in statements():
        store.schema(statement)
