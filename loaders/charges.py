"""charges.csv: offences, and the law that each is under."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.records import Tie
from vinculos.loaders.declare import Column, Row, Table


def ties(row: Row) -> Iterator[Tie]:
    """Yield the law of the offence."""
    if row["law_id"]:
        yield Tie("UNDER", row["charge_id"], row["law_id"])


TABLE = Table(
    "charges",
    "Offences that people are accused of",
    "Delitos que se imputan",
    (
        Column(
            "charge_id", "Key of the offence", "Clave del delito", "id", True, example=("charge-1",)
        ),
        Column(
            "name_en",
            "Name in English",
            "Nombre en inglés",
            field="name_en",
            example=("Example offence",),
        ),
        Column(
            "name_es",
            "Name in Spanish",
            "Nombre en español",
            field="name_es",
            example=("Delito de ejemplo",),
        ),
        Column("law_id", "The law", "La ley", "ref", to=("Law",), example=("law-1",)),
        Column(
            "amnesty_in_press",
            "What a page says of the offence in general; decides nothing",
            "Lo que una página dice del delito en general; no decide nada",
            field="amnesty_in_press",
        ),
    ),
    ("charge_id",),
    "Charge",
    ties,
)
