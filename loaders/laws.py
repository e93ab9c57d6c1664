"""laws.csv: the laws that charges and rules belong to."""

from __future__ import annotations

from vinculos.loaders.declare import Column, Table

TABLE = Table(
    "laws",
    "Laws",
    "Leyes",
    (
        Column("law_id", "Key of the law", "Clave de la ley", "id", True, example=("law-1",)),
        Column(
            "name_en",
            "Name in English",
            "Nombre en inglés",
            field="name_en",
            example=("Example Criminal Code",),
        ),
        Column(
            "name_es",
            "Name in Spanish",
            "Nombre en español",
            field="name_es",
            example=("Código Penal de Ejemplo",),
        ),
        Column("adopted_on", "Adopted on", "Aprobada el", field="adopted"),
        Column("notes", "Note", "Nota", field="note"),
    ),
    ("law_id",),
    "Law",
)
