"""organizations.csv: forces, courts, ministries, parties, NGOs, and what each is part of."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.records import Tie
from vinculos.graph.words import PARENT_KIND
from vinculos.loaders.declare import Column, Row, Table


def ties(row: Row) -> Iterator[Tie]:
    """Yield what the organization is part of."""
    if row["parent_org_id"]:
        fields = {"kind": row["parent_kind"] or "unknown"}
        fields |= row.fields(started="parent_from", ended="parent_to")
        yield Tie("PART_OF", row["org_id"], row["parent_org_id"], fields)


TABLE = Table(
    "organizations",
    "Forces, courts, ministries, parties, NGOs",
    "Fuerzas, tribunales, ministerios, partidos, ONG",
    (
        Column(
            "org_id",
            "Key of the organization",
            "Clave de la organización",
            "id",
            True,
            example=("org-1",),
        ),
        Column("name", "Name", "Nombre", required=True, field="name", example=("Example Police",)),
        Column(
            "aliases",
            "Other names and acronyms, separated by `;`",
            "Otros nombres y siglas, separados por `;`",
            field="aliases",
        ),
        Column("kind", "Kind", "Tipo", field="kind", example=("security_force",)),
        Column(
            "parent_org_id", "What it is part of", "De qué forma parte", "ref", to=("Organization",)
        ),
        Column(
            "parent_kind",
            "command, administrative or unknown",
            "command (mando), administrative (administrativa) o unknown (desconocida)",
            "word",
            words=PARENT_KIND,
        ),
        Column("parent_from", "Part of it from", "Forma parte desde", "date"),
        Column("parent_to", "Part of it to", "Forma parte hasta", "date"),
    ),
    ("org_id",),
    "Organization",
    ties,
)
