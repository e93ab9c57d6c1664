"""case_members.csv: whose custody belongs to which case."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.records import Tie
from vinculos.graph.words import CASE_ROLE
from vinculos.language import gettext as _
from vinculos.loaders.declare import Column, Row, RowError, Table


def ties(row: Row) -> Iterator[Tie]:
    """Yield the membership of the custody, or of the person where none is named."""
    detention = row["detention_id"]
    if detention and row.person_of(detention) not in (None, row["person_id"]):
        raise RowError("detention_id", _("this is the custody of somebody else than person_id"))
    yield Tie("PART_OF_CASE", detention or row["person_id"], row["case_id"], {"role": row["role"]})


TABLE = Table(
    "case_members",
    "Who belongs to which case",
    "Quién pertenece a qué caso",
    (
        Column("case_id", "The case", "El caso", "ref", True, to=("Case",), example=("case-1",)),
        Column(
            "person_id",
            "The person",
            "La persona",
            "ref",
            True,
            to=("Person",),
            example=("person-1",),
        ),
        Column(
            "detention_id",
            "The custody, where there is one",
            "La detención, si la hay",
            "ref",
            to=("Detention",),
            example=("d-1",),
        ),
        Column("role", "Role", "Papel", "word", True, words=CASE_ROLE, example=("accused",)),
    ),
    ("case_id", "person_id", "detention_id", "role"),
    ties=ties,
)
