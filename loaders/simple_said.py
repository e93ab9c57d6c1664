"""What one row of a simple sheet says, and the rows of the ordinary tables made from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from vinculos.graph.folding import fold
from vinculos.graph.records import short_hash
from vinculos.language import gettext as _
from vinculos.loaders.cells import source_url_id
from vinculos.loaders.declare import RowError
from vinculos.loaders.placeholders import is_placeholder
from vinculos.loaders.simple_book import Book, Place, Who
from vinculos.loaders.simple_cells import slug
from vinculos.loaders.simple_columns import MORE_SOURCES

NUMBERS = ("", *(f"_{number}" for number in range(2, MORE_SOURCES + 1)))
"""What the keys of the columns of each source of a row end in."""


@dataclass(frozen=True)
class Expanded:
    """A row of an ordinary table that a simple row makes.

    `columns` gives each of its columns the header that the user knows, for problems. `side`, with
    the table and its key, tells it from other rows about the same entity: claims are told apart
    by it, so that several rows may speak of one person or organization, each with its own source.
    A `mention` comes again with the same cells wherever the same source names the same thing.
    """

    table: str
    cells: Mapping[str, str]
    columns: Mapping[str, str]
    side: str = ""
    mention: bool = False


@dataclass(frozen=True)
class Source:
    """A source as a row names it; `identity` is the same in every row that names it."""

    publisher: str
    published: str
    link: str
    title: str

    @property
    def identity(self) -> str:
        """Return the key, made from link, publisher, date and title."""
        link = source_url_id(self.link) if self.link else ""
        parts = (link, fold(self.publisher), self.published, fold(self.title))
        return "src-" + short_hash(" | ".join(parts))[:12]


@dataclass(frozen=True)
class Said:
    """What a simple row says: texts as the tables have them, by column; blank where it is blank."""

    shape: str
    lang: str
    values: Mapping[str, str]
    given: Mapping[str, str]
    headers: Mapping[str, str]
    book: Book
    place: Place

    def __getitem__(self, key: str) -> str:
        return self.values.get(key, "")

    @cached_property
    def who(self) -> Who:
        """Return whom the row describes."""
        if self["key"]:
            return Who("key", self["key"])
        if self.shape == "relatives" and is_placeholder(self["name"]):
            return Who("tie", f"{fold(self['detainee'])} | {fold(self['name'])}")
        return Who("name", fold(self["name"]))

    def fact(self) -> tuple[str, ...]:
        """Return what makes the row one fact, told without the other rows."""
        who, detainee = (*self.who,), fold(self["detainee"])
        if self.shape == "charges":
            return (self.shape, detainee, self["taken"], fold(self["charge"]))
        if self.shape == "detainees":
            return (self.shape, *who, self["taken"])
        if self.shape == "relatives":
            return (self.shape, *who, detainee, self["kinship"])
        post = (fold(self["post"]), fold(self["org"]), self["from"], self["role"])
        return (self.shape, *who, *post, detainee, self["taken"])

    def source(self, number: str = "") -> Source:
        """Return the first source of the row, or that of the columns with a `number`."""
        return Source(
            self[f"publisher{number}"],
            self[f"published{number}"],
            self[f"link{number}"],
            self[f"title{number}"],
        )

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Return the sources that the row names, by what the keys of their columns end in."""
        named = {number: self.source(number) for number in NUMBERS}
        return {number: one for number, one in named.items() if one.publisher or one.link}

    @cached_property
    def source_ids(self) -> str:
        """Return the keys of the sources, as in `source_ids`."""
        return ";".join(dict.fromkeys(one.identity for one in self.sources.values()))

    def take(self, **columns: str) -> dict[str, tuple[str, str]]:
        """Return table column to text and simple column, for `table_column=simple_column`."""
        return {name: (self[key], key) for name, key in columns.items()}

    def row(
        self, table: str, cells: Mapping[str, tuple[str, str]], side: str = "", **more: str
    ) -> Expanded:
        """Return a row of a table with the sources and the confidence of this one.

        Args:
            table: its name.
            cells: table column to text and to the simple column that it comes from.
            side: what tells it from other rows with the same key.
            more: simple columns of the same name in the table, to take over.
        """
        cells = dict(cells) | self.take(**more) | self.take(confidence="confidence")
        cells["source_ids"] = (self.source_ids, "publisher")
        return self.expanded(table, cells, side, mention=False)

    def mention(
        self, table: str, cells: Mapping[str, tuple[str, str]], side: str = ""
    ) -> Iterator[Expanded]:
        """Yield a row a source for something that the row names in passing."""
        for number, source in self.sources.items():
            named = dict(cells) | {"source_ids": (source.identity, f"publisher{number}")}
            parts = "|".join((source.identity, side)) if side else source.identity
            yield self.expanded(table, named, parts, mention=True)

    def expanded(
        self, table: str, cells: Mapping[str, tuple[str, str]], side: str, *, mention: bool
    ) -> Expanded:
        """Return a row of a table, its blank cells left out."""
        filled = {name: cell for name, cell in cells.items() if cell[0]}
        return Expanded(
            table,
            {name: text for name, (text, _) in filled.items()},
            {name: self.headers.get(key, key) for name, (_, key) in cells.items()},
            side,
            mention,
        )

    def named(self, kind: str, column: str) -> tuple[str, str]:
        """Return key and usual name of what a column names."""
        text = self[column]
        if not fold(text):
            raise RowError(column, _("this needs letters or digits"))
        return f"{kind}-{slug(text)}", self.book.spell(column, text)

    def person(self, column: str) -> str:
        """Return the key of the person that a column names."""
        try:
            return self.book.find(self[column])[0]
        except ValueError as error:
            raise RowError(column, str(error)) from None

    def custody(self) -> str:
        """Return the key of the custody that the row is about."""
        try:
            return self.book.custody(self["detainee"], self["taken"])
        except LookupError as error:
            raise RowError("taken", str(error.args[0])) from None
        except ValueError as error:
            raise RowError("detainee", str(error)) from None
