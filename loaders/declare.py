"""What a loader declares: the columns of one input shape and what a row of it says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from vinculos.graph.model import NODE_TYPES
from vinculos.graph.records import NodeRef, Tie, Value
from vinculos.graph.words import CONFIDENCE, Words


@dataclass(frozen=True)
class Column:
    """One column of an input shape.

    `kind` is text, list, date, number, flag, word, id (the row's own), ref or refs (ids of
    nodes with a label in `to`). `en` and `es` say what it holds, for the data dictionary.
    `field` is the node's field that it fills, whose kind and words it then takes over. `example`
    holds its cells in the example rows of the template.
    """

    name: str
    en: str
    es: str
    kind: str = "text"
    required: bool = False
    field: str = ""
    to: tuple[str, ...] = ()
    words: Words | None = None
    example: tuple[str, ...] = ()

    def what(self, lang: str) -> str:
        """Return what it holds, in `lang` (`en` or `es`)."""
        return self.es if lang == "es" else self.en


class RowError(Exception):
    """A row that reads well and still makes no sense: its column, and why."""

    def __init__(self, column: str, message: str) -> None:
        """Take the column to blame and the reason."""
        super().__init__(message)
        self.column = column
        self.message = message


@dataclass(frozen=True)
class Row:
    """A row read: typed values by column, None where the cell is blank, and the texts as given.

    `custodies` gives the detentions of a person, `person_of` the person of a detention, over the
    files of the load and the graph.
    """

    values: Mapping[str, Any]
    texts: Mapping[str, str]
    dataset: str
    custodies: Callable[[NodeRef], frozenset[NodeRef]]
    person_of: Callable[[NodeRef], NodeRef | None]
    find: Callable[[str, tuple[str, ...]], list[NodeRef]]

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)

    def refs(self, column: str) -> tuple[NodeRef, ...]:
        """Return the nodes named in a `refs` column, none where it is blank."""
        return self.values.get(column) or ()

    def fields(self, **columns: str) -> dict[str, Any]:
        """Return field to value for each `field=column` whose cell is not blank."""
        return {
            field: self.values[column]
            for field, column in columns.items()
            if self.values.get(column) is not None
        }


@dataclass(frozen=True)
class Side:
    """What one side of a row says; a row that holds a dispute has two, `a` and `b`."""

    values: tuple[Value, ...]
    source: NodeRef
    side: str


def _no_ties(row: Row) -> Iterator[Tie]:
    yield from ()


def _no_sides(row: Row) -> Iterator[Side]:
    yield from ()


SOURCED = (
    Column(
        "source_ids",
        "Sources of the row, separated by `;` (at least one)",
        "Fuentes de la fila, separadas por `;` (al menos una)",
        "refs",
        required=True,
        to=("Source",),
        example=("s001",),
    ),
    Column(
        "page",
        "Page in each source, in the same order, separated by `;`",
        "Página en cada fuente, en el mismo orden, separadas por `;`",
        "list",
    ),
    Column(
        "accessed_on",
        "Day on which the sources were looked at",
        "Día en que se consultaron las fuentes",
        "date",
    ),
    Column(
        "confidence",
        "documented, reported (where blank) or alleged",
        "documented (documentado), reported (informado, si está en blanco) o alleged (alegado)",
        "word",
        words=CONFIDENCE,
    ),
    Column(
        "as_of",
        "Day for which the row speaks; blank: the newest source's date",
        "Día al que se refiere la fila; en blanco: la fecha de la fuente más reciente",
        "date",
    ),
)
"""Columns that every table but `sources` and `contradictions` has."""


@dataclass(frozen=True)
class Table:
    """One input shape: its columns, the columns of its key, its node, and the ties of a row.

    `label` is the main label of the node that a row describes, '' where it describes none; that
    node's id then stands in the first column. `ties` yields what the row says of relationships;
    `sides`, where given, makes one claim a side instead.
    """

    name: str
    en: str
    es: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    label: str = ""
    ties: Callable[[Row], Iterator[Tie]] = _no_ties
    sides: Callable[[Row], Iterator[Side]] = _no_sides
    sourced: bool = True

    @cached_property
    def all_columns(self) -> tuple[Column, ...]:
        """The columns, those of every sourced table included, with kind and words."""
        own = tuple(self._typed(column) for column in self.columns)
        names = {column.name for column in own}
        if not self.sourced:
            return own
        return own + tuple(column for column in SOURCED if column.name not in names)

    @cached_property
    def referring(self) -> tuple[Column, ...]:
        """The columns that hold keys, of the row or of what it refers to."""
        return tuple(c for c in self.all_columns if c.kind in ("ref", "refs", "id"))

    @cached_property
    def placing(self) -> tuple[Column, ...]:
        """Those of them that name a place and nothing else."""
        return tuple(c for c in self.referring if c.to == ("Place",))

    @cached_property
    def several(self) -> tuple[str, ...]:
        """The names of the columns that hold several keys."""
        return tuple(c.name for c in self.all_columns if c.kind == "refs")

    @cached_property
    def references(self) -> frozenset[str]:
        """The names of those of them that are the table's own."""
        return frozenset(c.name for c in self.columns if c.kind in ("ref", "refs", "id"))

    @cached_property
    def filling(self) -> tuple[Column, ...]:
        """The columns that fill a field of the node that a row describes."""
        return tuple(column for column in self.all_columns if column.field)

    def _typed(self, column: Column) -> Column:
        if not column.field:
            return column
        field = next(f for f in NODE_TYPES[self.label].fields if f.name == column.field)
        return replace(column, kind=field.kind, words=field.words)
