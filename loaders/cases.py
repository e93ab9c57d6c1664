"""cases.csv: alleged plots and joint prosecutions."""

from __future__ import annotations

from vinculos.loaders.declare import Column, Table

TABLE = Table(
    "cases",
    "Alleged plots and joint prosecutions",
    "Presuntas conspiraciones y procesos conjuntos",
    (
        Column("case_id", "Key of the case", "Clave del caso", "id", True, example=("case-1",)),
        Column("name", "Name", "Nombre", required=True, field="name", example=("Example case",)),
        Column("kind", "Kind", "Tipo", field="kind", example=("joint_prosecution",)),
    ),
    ("case_id",),
    "Case",
)
