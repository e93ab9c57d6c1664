"""event_people.csv: who took part in an event, and as what."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.records import Tie
from vinculos.graph.words import EVENT_ROLE
from vinculos.loaders.declare import Column, Row, Table


def ties(row: Row) -> Iterator[Tie]:
    """Yield the part taken."""
    yield Tie("TOOK_PART", row["person_id"], row["event_id"], {"role": row["role"]})


TABLE = Table(
    "event_people",
    "Who took part in an event, and as what",
    "Quién tomó parte en un hecho, y como qué",
    (
        Column(
            "event_id", "The event", "El hecho", "ref", True, to=("Event",), example=("event-1",)
        ),
        Column(
            "person_id",
            "The person",
            "La persona",
            "ref",
            True,
            to=("Person",),
            example=("person-1",),
        ),
        Column("role", "Role", "Papel", "word", True, words=EVENT_ROLE, example=("subject",)),
    ),
    ("event_id", "person_id", "role"),
    ties=ties,
)
