"""events.csv: warrants, exile, trials about a detention, sanctions, laws adopted."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.model import ENTITIES
from vinculos.graph.records import Tie
from vinculos.loaders.declare import Column, Row, Table


def ties(row: Row) -> Iterator[Tie]:
    """Yield whom or what the event concerns."""
    for entity in row.refs("concerns_id"):
        yield Tie("CONCERNS", row["event_id"], entity)


TABLE = Table(
    "events",
    "Warrants, exile, trials about a detention, sanctions, laws adopted",
    "Órdenes de captura, exilio, juicios sobre una detención, sanciones, leyes aprobadas",
    (
        Column("event_id", "Key of the event", "Clave del hecho", "id", True, example=("event-1",)),
        Column("kind", "Kind", "Tipo", required=True, field="kind", example=("warrant",)),
        Column(
            "name",
            "Name",
            "Nombre",
            required=True,
            field="name",
            example=("Example arrest warrant",),
        ),
        Column(
            "started_on",
            "Day, or first day",
            "Día, o primer día",
            field="started",
            example=("2025-01-05",),
        ),
        Column("ended_on", "Last day", "Último día", field="ended"),
        Column(
            "concerns_id",
            "Whom or what it concerns (several: `;`)",
            "A quién o a qué se refiere (varios: `;`)",
            "refs",
            to=ENTITIES,
            example=("person-1",),
        ),
    ),
    ("event_id",),
    "Event",
    ties,
)
