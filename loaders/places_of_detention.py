"""places_of_detention.csv: prisons, cells, bases, clandestine sites, and who runs them."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.records import Tie
from vinculos.loaders.declare import Column, Row, Table


def ties(row: Row) -> Iterator[Tie]:
    """Yield who operates the place."""
    if row["operated_by_org_id"]:
        period = row.fields(started="operated_from", ended="operated_to")
        yield Tie("OPERATES", row["operated_by_org_id"], row["place_id"], period)


TABLE = Table(
    "places_of_detention",
    "Prisons, cells, bases, clandestine sites",
    "Cárceles, calabozos, bases, sitios clandestinos",
    (
        Column("place_id", "Key of the place", "Clave del lugar", "id", True, example=("place-1",)),
        Column("name", "Name", "Nombre", required=True, field="name", example=("Example Prison",)),
        Column(
            "kind",
            "Kind; a place of kind `residence` stands for any home, each house arrest its own",
            "Tipo; un lugar de tipo `residence` representa cualquier vivienda, una por cada "
            "arresto domiciliario",
            field="kind",
            example=("prison",),
        ),
        Column("state", "State or region", "Estado o región", field="state"),
        Column(
            "operated_by_org_id",
            "Who operates it",
            "Quién lo administra",
            "ref",
            to=("Organization",),
            example=("org-1",),
        ),
        Column("operated_from", "Operated by it from", "Lo administra desde", "date"),
        Column("operated_to", "Operated by it to", "Lo administra hasta", "date"),
    ),
    ("place_id",),
    "Place",
    ties,
)
