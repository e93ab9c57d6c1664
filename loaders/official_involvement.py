"""official_involvement.csv: what officials did in a detention, or over an organization."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.records import Tie
from vinculos.graph.words import INVOLVEMENT
from vinculos.loaders.declare import Column, Row, Table


def ties(row: Row) -> Iterator[Tie]:
    """Yield the involvement."""
    yield Tie("INVOLVED_IN", row["person_id"], row["target_id"], {"role": row["role"]})


TABLE = Table(
    "official_involvement",
    "What officials did in a detention, or over an organization",
    "Qué hicieron los funcionarios en una detención o sobre una organización",
    (
        Column(
            "person_id",
            "The official",
            "El funcionario",
            "ref",
            True,
            to=("Person",),
            example=("person-2",),
        ),
        Column(
            "target_id",
            "The custody or the organization",
            "La detención o la organización",
            "ref",
            True,
            to=("Detention", "Organization"),
            example=("d-1",),
        ),
        Column(
            "role",
            "What the official did, as the source puts it",
            "Qué hizo, según la fuente",
            "word",
            True,
            words=INVOLVEMENT,
            example=("presided",),
        ),
    ),
    ("person_id", "target_id", "role"),
    ties=ties,
)
