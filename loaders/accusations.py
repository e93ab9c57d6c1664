"""accusations.csv: which offence is held against whom, in a custody or by a warrant."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.records import Tie
from vinculos.graph.words import CHARGE_STATUS
from vinculos.loaders.declare import Column, Row, Table


def ties(row: Row) -> Iterator[Tie]:
    """Yield the charge."""
    yield Tie("CHARGED_WITH", row["subject_id"], row["charge_id"], row.fields(status="status"))


TABLE = Table(
    "accusations",
    "Offences held against somebody, in a custody or by a warrant",
    "Delitos imputados a alguien, en una detención o por una orden de captura",
    (
        Column(
            "subject_id",
            "The custody, or the event where there is none",
            "La detención, o el hecho donde no la hay",
            "ref",
            True,
            to=("Detention", "Event"),
            example=("d-1",),
        ),
        Column(
            "charge_id",
            "The offence",
            "El delito",
            "ref",
            True,
            to=("Charge",),
            example=("charge-1",),
        ),
        Column(
            "status",
            "Where the charge stands",
            "En qué situación está la imputación",
            "word",
            words=CHARGE_STATUS,
            example=("accused",),
        ),
    ),
    ("subject_id", "charge_id"),
    ties=ties,
)
