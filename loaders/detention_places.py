"""detention_places.csv: where a custody was spent, place after place."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.records import Tie
from vinculos.loaders.declare import Column, Row, Table


def ties(row: Row) -> Iterator[Tie]:
    """Yield one stay of a custody in a place."""
    stay = row.fields(started="from_on", ended="to_on")
    yield Tie("HELD_AT", row["detention_id"], row["place_id"], stay)


TABLE = Table(
    "detention_places",
    "Places of a custody, one stay a row",
    "Lugares de una detención, una estadía por fila",
    (
        Column(
            "detention_id",
            "The custody",
            "La detención",
            "ref",
            True,
            to=("Detention",),
            example=("d-1",),
        ),
        Column(
            "place_id", "The place", "El lugar", "ref", True, to=("Place",), example=("place-1",)
        ),
        Column("from_on", "First day there", "Primer día allí", "date", example=("2025-01-07",)),
        Column("to_on", "Last day there", "Último día allí", "date"),
    ),
    ("detention_id", "place_id", "from_on", "to_on"),
    ties=ties,
)
