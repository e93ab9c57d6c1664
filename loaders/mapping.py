"""A mapping: how the rows of any file become rows of our tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from vinculos.graph.folding import fold
from vinculos.loaders.declare import Table
from vinculos.loaders.mapping_values import NUMBER, Condition, Value


@dataclass(frozen=True)
class Use:
    """A column that a mapping names, and the line where it does.

    In a `numbered` one each `#` stands for a number, the same in all places.
    """

    name: str
    line: int
    numbered: bool = False

    def numbers(self, header: Iterable[str]) -> dict[str, str]:
        """Return the columns of a header that a numbered name stands for, by number, in order."""
        pattern = re.escape(self.name).replace(re.escape(NUMBER), r"(?P<number>\d{1,6})", 1)
        pattern = pattern.replace(re.escape(NUMBER), r"(?P=number)")
        found = {m["number"]: m[0] for column in header if (m := re.fullmatch(pattern, column))}
        return dict(sorted(found.items(), key=lambda pair: (int(pair[0]), pair[0])))


@dataclass(frozen=True)
class Each:
    """What a block goes through: numbered columns, or the parts of a text."""

    columns: Use | None = None
    text: Value | None = None
    split: str = ""


@dataclass(frozen=True)
class Cell:
    """What a column of a table is filled with, and the line that says so."""

    value: Value
    line: int


@dataclass(frozen=True)
class Block:
    """Rows to be made of a row: those of one `table`, or those of the blocks in `rows`.

    `given` are values by name, for all that follows and stands within; `cells` fills the columns
    of the table. Claims of rows with one key and source are told apart by `side`, those of two
    blocks of one table by the blocks' `name`.
    """

    line: int
    each: Each | None = None
    given: tuple[tuple[str, Value], ...] = ()
    when: Condition | None = None
    unless: Condition | None = None
    rows: tuple[Block, ...] = ()
    table: Table | None = None
    cells: Mapping[str, Cell] = field(default_factory=dict)
    side: Value | None = None
    name: str = ""

    def tables(self) -> Iterator[str]:
        """Yield the names of the tables that rows are made of, in order."""
        if self.table is not None:
            yield self.table.name
        for block in self.rows:
            yield from block.tables()


@dataclass(frozen=True)
class Input:
    """What becomes of one file or sheet: `name` is what it is called, anything where blank.

    `uses` are the columns that it names; a `lenient` one takes those that are missing for blank.
    """

    name: str
    block: Block
    uses: tuple[Use, ...]
    lenient: bool = False

    def columns(self, header: Iterable[str]) -> tuple[dict[str, str], list[Use]]:
        """Return the columns of a header by the name that the mapping has for them, and the missing.

        Accents, case and punctuation do not matter where only one column is alike.
        """  # noqa: E501
        names = dict.fromkeys(header)
        folded: dict[str, list[str]] = {}
        for column in names:
            folded.setdefault(fold(column), []).append(column)
        found: dict[str, str] = {}
        missing: list[Use] = []
        for use in dict.fromkeys(self.uses):
            alike = folded.get(fold(use.name), [])
            if use.numbered:
                matches = use.numbers(names).values()
                found.update({column: column for column in matches})
                missing += [] if matches else [use]
            elif use.name in names:
                found[use.name] = use.name
            elif len(alike) == 1 and fold(use.name):
                found[use.name] = alike[0]
            else:
                missing.append(use)
        return found, missing


@dataclass(frozen=True)
class RowMapping:
    """A mapping file: its name, and what it makes of each input.

    `files` are the file itself and those that it looks words up in, each with its SHA-256 hash.
    """

    name: str
    inputs: tuple[Input, ...]
    files: tuple[tuple[str, str], ...]

    @property
    def names(self) -> list[str]:
        """Return the names of the inputs, none where it takes whatever it is given."""
        return [one.name for one in self.inputs if one.name]

    @property
    def tables(self) -> list[str]:
        """Return the names of the tables that rows are made of, once each."""
        return list(dict.fromkeys(t for one in self.inputs for t in one.block.tables()))

    def input_for(self, stem: str, header: Iterable[str]) -> Input | None:
        """Return the input that a file or sheet is, by its name, else by its columns.

        Args:
            stem: its name without an ending.
            header: its columns.
        """
        names = list(header)
        for one in self.inputs:
            if not one.name or fold(one.name) == fold(stem):
                return one
        fits = [one for one in self.inputs if not one.columns(names)[1]]
        return max(fits, key=lambda one: len(one.uses), default=None)
