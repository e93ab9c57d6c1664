"""A table on its way out: columns, what is declared of them, rows, and facts for its foot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from vinculos.formats.cells import Footnotes, human
from vinculos.queries.library import Column

Row = Mapping[str, Any]
Fact = tuple[str, str]
"""The name of a fact about an answer, and the fact: question, a parameter, day, audience."""

SOURCES_TITLE = {"en": "Sources", "es": "Fuentes"}
ABOUT_TITLE = {"en": "About this answer", "es": "Acerca de esta respuesta"}


class Table(NamedTuple):
    """What is to be written: columns in order, what is declared of them, plain rows, language.

    The rows are what the reader may see: nothing is hidden here. `width` is that of the terminal in
    characters, None where there is none.
    """

    keys: Sequence[str]
    columns: Mapping[str, Column]
    rows: Sequence[Row]
    lang: str
    width: int | None = None
    title: str = ""
    facts: Sequence[Fact] = ()

    def titles(self) -> list[str]:
        """Return the title of each column in the language."""
        return [
            self.columns[key].title.get(self.lang) if key in self.columns else key.replace("_", " ")
            for key in self.keys
        ]

    def kind(self, key: str) -> str:
        """Return the kind of a column, '' where nothing is declared."""
        return self.columns[key].kind if key in self.columns else ""

    def cells(self, row: Row, notes: Footnotes) -> list[str]:
        """Return the row as people read it, its sources as numbers in `notes`."""
        return [human(row.get(key), self.kind(key), self.lang, row, notes) for key in self.keys]

    def numeric(self) -> list[bool]:
        """Return for each column whether it holds numbers and nothing else."""
        return [
            bool(self.rows) and all(is_number(row.get(key), blank=True) for row in self.rows)
            for key in self.keys
        ]


def is_number(value: Any, *, blank: bool = False) -> bool:
    """Return whether `value` is a number, or nothing where a `blank` counts as one."""
    if value is None:
        return blank
    return isinstance(value, int | float) and not isinstance(value, bool)
