"""positions.csv: who held which post, when."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.records import Tie
from vinculos.graph.words import YES_NO_UNKNOWN
from vinculos.loaders.declare import Column, Row, Table


def ties(row: Row) -> Iterator[Tie]:
    """Yield the post."""
    post = row.fields(
        title="title", rank="rank", commands="commands", started="started_on", ended="ended_on"
    )
    yield Tie("HOLDS_POST", row["person_id"], row["org_id"], post)


TABLE = Table(
    "positions",
    "Posts, one a row",
    "Cargos, uno por fila",
    (
        Column(
            "person_id",
            "Who held the post",
            "Quién ocupó el cargo",
            "ref",
            True,
            to=("Person",),
            example=("person-2",),
        ),
        Column("org_id", "Where", "Dónde", "ref", True, to=("Organization",), example=("org-1",)),
        Column(
            "title", "Title of the post", "Nombre del cargo", required=True, example=("Director",)
        ),
        Column("rank", "Military or police rank", "Rango militar o policial"),
        Column(
            "commands",
            "yes where the post heads a force or a state body, no, or unknown",
            "yes si el cargo dirige una fuerza o un órgano del Estado, no, o unknown",
            "word",
            words=YES_NO_UNKNOWN,
            example=("yes",),
        ),
        Column(
            "started_on",
            "First day; blank: unknown",
            "Primer día; en blanco: desconocido",
            "date",
            example=("2024",),
        ),
        Column(
            "ended_on", "Last day; blank: unknown", "Último día; en blanco: desconocido", "date"
        ),
    ),
    ("person_id", "org_id", "title", "started_on"),
    ties=ties,
)
