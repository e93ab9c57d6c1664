"""Invented rows of the simple shape, for the example that comes with its template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vinculos.loaders.simple_columns import Shape, SimpleColumn

Cell = str | tuple[str, str]
"""A text, a word, or a text in English and in Spanish."""

_PAPER: Mapping[str, Cell] = {
    "publisher": ("Example Gazette", "Gaceta de Ejemplo"),
    "published": "2025-02-01",
    "link": "https://example.org/1",
    "title": ("Example people taken", "Detienen a personas de ejemplo"),
}
_FAMILY: Mapping[str, Cell] = {
    "publisher": ("Interview with the family", "Entrevista con la familia"),
    "published": "2025-02",
    "restricted": "yes",
    "confidence": "alleged",
}
_ONE = ("Example Person One", "Persona de Ejemplo Uno")
_THREE = ("Example Person Three", "Persona de Ejemplo Tres")
_JUDGE: Mapping[str, Cell] = {
    "name": ("Example Person Five", "Persona de Ejemplo Cinco"),
    "post": ("Judge", "Jueza"),
    "org": ("Example Court", "Tribunal de Ejemplo"),
    "org_kind": "court",
    "from": "2024",
    "role": "presided",
}

ROWS: Mapping[str, tuple[Mapping[str, Cell], ...]] = {
    "detainees": (
        {
            "name": _ONE,
            "taken": "2025-01-07",
            "org": ("Example Police", "Policía de Ejemplo"),
            "place": ("Example Prison", "Cárcel de Ejemplo"),
            "place_since": "2025-01-09",
            "status": "detained",
            "status_on": "2025-02-01",
            "basis": "hostage_by_association",
            "because_of": ("Example Person Two", "Persona de Ejemplo Dos"),
            "kinship": "sibling_of",
            "strength": "alleged",
            "asserted_by": ("the family", "la familia"),
            "case": ("Example Case", "Caso de Ejemplo"),
            "gender": "f",
            **_PAPER,
        },
        {
            "name": _THREE,
            "taken": "2024-07",
            "status": "conditional_release",
            "ended": "2024-12-20",
            "sentence_years": "2.5",
            **_PAPER,
        },
        {
            "name": _THREE,
            "taken": "15/03/2025",
            "place": ("home", "casa"),
            "status": "house_arrest",
            **_FAMILY,
        },
        {
            "name": ("minor 1", "adolescente 1"),
            "is_minor": "yes",
            "taken": "2025",
            "status": "unknown",
            **_PAPER,
        },
    ),
    "relatives": (
        {
            "name": ("Example Person Four", "Persona de Ejemplo Cuatro"),
            "detainee": _ONE,
            "kinship": "parent_of",
            "detail": ("mother", "madre"),
            **_PAPER,
        },
        {
            "name": ("child 1", "hija 1"),
            "detainee": _THREE,
            "kinship": "child_of",
            "is_minor": "yes",
            **_FAMILY,
        },
    ),
    "officials": (
        {**_JUDGE, "detainee": _ONE, **_PAPER},
        {**_JUDGE, "detainee": _THREE, "taken": "15/03/2025", **_PAPER},
    ),
    "charges": (
        {
            "detainee": _ONE,
            "charge": ("Example offence", "Delito de ejemplo"),
            "law": ("Example Criminal Code", "Código Penal de Ejemplo"),
            "status": "accused",
            "charged_on": "2025-01-10",
            **_PAPER,
        },
    ),
}


def example_rows(shape: Shape, lang: str) -> Iterator[list[str]]:
    """Yield the cells of each invented row of a sheet, in `lang` (`en` or `es`)."""
    for row in ROWS[shape.key]:
        yield [_text(column, row.get(column.key, ""), lang) for column in shape.columns]


def _text(column: SimpleColumn, cell: Cell, lang: str) -> str:
    if isinstance(cell, tuple):
        return cell[lang == "es"]
    if not cell:
        return ""
    if column.kind == "flag":
        return "sí" if lang == "es" else "yes"
    return column.words.label(cell, lang) if column.words else cell
