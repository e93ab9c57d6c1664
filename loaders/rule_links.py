"""rule_links.csv: a source links a detention or a case to an event or rule of a law."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.records import Tie
from vinculos.loaders.declare import Column, Row, Table


def ties(row: Row) -> Iterator[Tie]:
    """Yield the link."""
    yield Tie("FALLS_UNDER", row["subject_id"], row["rule_id"])


TABLE = Table(
    "rule_links",
    "Links that a source makes from a custody or a case to a rule of a law",
    "Vínculos que una fuente hace de una detención o un caso a una regla de una ley",
    (
        Column(
            "subject_id",
            "The custody or the case",
            "La detención o el caso",
            "ref",
            True,
            to=("Detention", "Case"),
            example=("d-1",),
        ),
        Column("rule_id", "The rule", "La regla", "ref", True, to=("Rule",), example=("rule-1",)),
    ),
    ("subject_id", "rule_id"),
    ties=ties,
)
