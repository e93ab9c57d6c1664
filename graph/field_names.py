"""Fields by what people call them."""

from __future__ import annotations

from collections.abc import Iterable

from vinculos.graph.declarations import Field
from vinculos.graph.folding import fold


def field_called(text: str, fields: Iterable[Field]) -> str:
    """Return the name of the field that `text` calls, by that or in English or Spanish.

    It is `text` itself where there is none.
    """
    called: dict[str, str] = {}
    for field in fields:
        if field.name == text:
            return text
        called |= {fold(way): field.name for way in (field.en, field.es)}
    return called.get(fold(text), text)
