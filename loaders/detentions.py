"""detentions.csv: one custody a row, from taking to release; a re-arrest is a new row."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.records import Tie
from vinculos.loaders.declare import Column, Row, Table


def ties(row: Row) -> Iterator[Tie]:
    """Yield who was held, by whom taken, and the last known place."""
    detention = row["detention_id"]
    yield Tie("DETAINED_IN", row["person_id"], detention)
    if row["by_org_id"]:
        yield Tie("ARRESTED_BY", detention, row["by_org_id"])
    if row["place_id"]:
        yield Tie("HELD_AT", detention, row["place_id"], fallback=True)


TABLE = Table(
    "detentions",
    "Custodies, one a row; a re-arrest is a new row",
    "Detenciones, una por fila; una nueva aprehensión es otra fila",
    (
        Column(
            "detention_id",
            "Key of the custody",
            "Clave de la detención",
            "id",
            True,
            example=("d-1",),
        ),
        Column(
            "person_id",
            "Who was held",
            "Quién estuvo en detención",
            "ref",
            True,
            to=("Person",),
            example=("person-1",),
        ),
        Column(
            "started_on",
            "Day of the taking; blank: unknown",
            "Día de la aprehensión; en blanco: desconocido",
            field="started",
            example=("2025-01-07",),
        ),
        Column(
            "ended_on",
            "Day of the release, escape or death; blank: unknown, never 'still held'",
            "Día de la excarcelación, fuga o muerte; en blanco: desconocido, nunca «sigue»",
            field="ended",
        ),
        Column(
            "place_id",
            "Last known place",
            "Último lugar conocido",
            "ref",
            to=("Place",),
            example=("place-1",),
        ),
        Column(
            "by_org_id",
            "Who took the person, only where a source names the body",
            "Quién aprehendió, solo donde una fuente nombra el cuerpo",
            "ref",
            to=("Organization",),
        ),
        Column(
            "status",
            "Where the custody stands",
            "En qué situación está la detención",
            field="status",
            example=("detained",),
        ),
        Column(
            "status_as_of",
            "Day for which the status is known",
            "Día al que se conoce la situación",
            "date",
            example=("2025-02-01",),
        ),
        Column(
            "basis",
            "Why, in one word of the list",
            "Motivo, en una palabra de la lista",
            field="basis",
        ),
        Column(
            "facts_started",
            "First day of the facts held against the person",
            "Primer día de los hechos que se imputan",
            field="facts_started",
        ),
        Column(
            "facts_ended",
            "Last day of these facts",
            "Último día de esos hechos",
            field="facts_ended",
        ),
        Column(
            "sentence_years",
            "Whole sentence of this custody, in years",
            "Condena total de esta detención, en años",
            field="sentence_years",
        ),
        Column("sentenced_on", "Day of the sentence", "Día de la condena", field="sentenced_on"),
    ),
    ("detention_id",),
    "Detention",
    ties,
)
