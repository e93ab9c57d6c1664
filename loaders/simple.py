"""Reading the simple shape: which sheet it is, and from a row of it to rows of the tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vinculos.graph.dates import parse_date
from vinculos.graph.folding import fold
from vinculos.language import gettext as _
from vinculos.language import spoken
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.cells import FLAGS, suggest
from vinculos.loaders.declare import RowError
from vinculos.loaders.files import RawRow
from vinculos.loaders.personal import name_column
from vinculos.loaders.placeholders import is_young
from vinculos.loaders.rows import PROBLEM_COLUMNS
from vinculos.loaders.simple_book import Book, Place, custody_key
from vinculos.loaders.simple_cells import simple_text
from vinculos.loaders.simple_checks import check, wrong_periods
from vinculos.loaders.simple_columns import MORE_SOURCES, SHAPES, Shape, SimpleColumn, numbered
from vinculos.loaders.simple_rows import expand
from vinculos.loaders.simple_said import NUMBERS, Expanded, Said

HELP_SHEETS = frozenset({"leame", "lea me", "read me", "readme", "palabras", "words"})
"""Names of the template's sheets that hold no rows, folded."""

SHEET_NAMES = frozenset(fold(name) for s in SHAPES for name in (s.en, s.es, *s.also))
"""Names of the sheets, folded."""
SPELLED = ("org", "place", "case", "charge", "law", "publisher", "title")
"""Columns whose texts that differ in accents and case alone are one thing."""


def is_help_sheet(name: str) -> bool:
    """Return whether a sheet of this name only explains: it is to be passed over."""
    return fold(name) in HELP_SHEETS


@dataclass(frozen=True)
class Expansion:
    """The rows of the ordinary tables that a simple row makes, or all that is wrong with it.

    The column of an error is the header as the user wrote it. `secret` says that no text of the
    row may be shown beside an error: it names somebody who is, or may be, a minor; `names` are
    further ones that may be a minor's. `lost` has label and key of what the row would describe.
    """

    rows: tuple[Expanded, ...] = ()
    errors: tuple[RowError, ...] = ()
    secret: bool = False
    names: tuple[str, ...] = ()
    lost: tuple[tuple[str, str], ...] = ()


def simple_sheet(stem: str, header: Sequence[str], book: Book) -> SimpleSheet | None:
    """Return the simple sheet that a file or a sheet of a workbook is, None where it is none.

    Args:
        stem: its name, without the file's ending.
        header: its header; the language may be either, `*`, accents and case do not matter.
        book: what all simple sheets of the load share.
    """
    name = fold(stem)
    named = [s for s in SHAPES if name in map(fold, (s.en, s.es, *s.also))]
    if name in TABLES and _columns_of(name) <= set(header):
        return None
    for shape in named or SHAPES:
        found = _match(shape, header)
        keys = {column.key for column in found.values()}
        required = {column.key for column in shape.columns if column.required}
        # Its name tells a sheet that lacks a column; without the name all of them must be there.
        if (named and keys) or (not named and required and required <= keys):
            return SimpleSheet(shape, header, found, book)
    return None


def _columns_of(table: str) -> set[str]:
    return {column.name for column in TABLES[table].all_columns if column.required}


def _all_columns(shape: Shape) -> list[SimpleColumn]:
    more = (numbered(number) for number in range(2, MORE_SOURCES + 1))
    return [*shape.columns, *(column for columns in more for column in columns)]


def _match(shape: Shape, header: Sequence[str]) -> dict[str, SimpleColumn]:
    """Return header to column, for the headers that the shape knows."""
    columns = _all_columns(shape)
    # A column's own names go before the others that it is known by.
    known = {fold(other): column for column in columns for other in (column.key, *column.also)}
    known |= {fold(own): column for column in columns for own in (column.en, column.es)}
    found: dict[str, SimpleColumn] = {}
    for text in header:
        column = known.get(fold(text))
        if column is not None and column not in found.values():
            found[text] = column
    return found


class SimpleSheet:
    """One sheet of the simple shape, with the header that the user gave it."""

    def __init__(
        self, shape: Shape, header: Sequence[str], found: Mapping[str, SimpleColumn], book: Book
    ) -> None:
        """Take the shape, the header, its columns by header, and what the sheets share."""
        self.shape = shape
        self.book = book
        self.columns = dict(found)
        self.headers = {column.key: text for text, column in found.items()}
        spanish = sum(fold(text) == fold(column.es) for text, column in found.items())
        english = sum(fold(text) == fold(column.en) for text, column in found.items())
        self.lang = "es" if spanish >= english else "en"
        for column in _all_columns(shape):
            self.headers.setdefault(column.key, column.header(self.lang))
        self._header = tuple(header)

    def problems(self) -> Iterator[tuple[str, str]]:
        """Yield column and message for each required column that the header lacks."""
        there = {column.key for column in self.columns.values()}
        for column in self.shape.columns:
            if column.required and column.key not in there:
                name = column.header(self.lang)
                what = column.what(spoken())
                said = _("the sheet {sheet} needs this column: {what}")
                yield name, said.format(sheet=self.shape.name(self.lang), what=what)

    def notes(self) -> Iterator[str]:
        """Yield a sentence for each column of the header that was left out."""
        known = [column.header(self.lang) for column in self.shape.columns]
        trusted = not any(self.problems())
        for number, text in enumerate(self._header, 1):
            if text not in (*self.columns, *PROBLEM_COLUMNS.values()):
                name = name_column(number, text, self._header, self.columns, trusted=trusted)
                said = _("{column} is not one of the sheet {sheet} and was left out{hint}")
                sheet = self.shape.name(self.lang)
                yield said.format(column=name, sheet=sheet, hint=suggest(text, known))

    def note(self, row: RawRow) -> None:
        """Note what other rows may refer to; every row is noted before any is expanded."""
        unread: list[SimpleColumn] = []
        said = self._said(row, lambda column, error: unread.append(column))
        book, key = self.book, self.shape.key
        for name in SPELLED:
            if text := said[name]:
                book.note_spelling(name, text)
        for number in NUMBERS:
            if said[f"link{number}"]:
                book.note_link(said[f"link{number}"])
            for name in ("publisher", "title"):
                if number and said[f"{name}{number}"]:
                    book.note_spelling(name, said[f"{name}{number}"])
            if said[f"restricted{number}"] == "true":
                book.restricted.add(said.source(number).identity)
        for name in ("detainee", "because_of"):
            if said[name]:
                book.want(said[name])
        if said["name"] and key != "charges":
            self._note_person(row, said)
        if not unread:
            book.facts.setdefault(said.fact(), said.place)

    def _note_person(self, row: RawRow, said: Said) -> None:
        book, place, who = self.book, said.place, said.who
        mark = self._raw(row, "is_minor").lower()
        if (mark and FLAGS.get(mark) is not False) or self._raw(row, "born"):
            book.note_names((said["name"], *self._raw(row, "aliases").split(";")))
        someone = book.note_person(who, said["name"], self.shape.key)
        someone.minor |= said["is_minor"] == "true"
        if said["born"] and (born := parse_date(said["born"]).latest):
            someone.born = max(born, someone.born or born)
        for column in self.columns.values():
            if column.kind == "date" and column.key != "born" and said[column.key]:
                day = parse_date(said[column.key]).earliest
                if day:
                    someone.first_day = min(day, someone.first_day or day)
        for name in ("born", "gender", "mother", "is_minor"):
            if said[name]:
                someone.said.setdefault(name, (said[name], place))
        if self.shape.key == "detainees":
            book.custodies[who].setdefault(said["taken"], place)

    def expand(self, row: RawRow) -> Expansion:
        """Return the rows of the tables that a row makes, or all that is wrong with it."""
        errors: list[RowError] = []

        def wrong(column: SimpleColumn, message: str) -> None:
            errors.append(RowError(self.headers[column.key], message))

        said = self._said(row, wrong)
        for column in self.shape.columns:
            if column.required and not self._raw(row, column.key):
                if column.key == "publisher":
                    message = _("a row without a source is not loaded; write who says so")
                else:
                    message = _("this cell must not be blank")
                wrong(column, message)
        errors.extend(wrong_periods(said))
        if not errors:
            try:
                check(said)
                return Expansion(tuple(expand(said)))
            except RowError as error:
                errors.append(RowError(self.headers.get(error.column, ""), error.message))
        return Expansion(
            errors=tuple(errors),
            secret=self._is_secret(row, said),
            lost=tuple(self._described(said)),
        )

    def _described(self, said: Said) -> Iterator[tuple[str, str]]:
        if self.shape.key == "charges" or not said["name"]:
            return
        person = self.book.key(said.who)
        yield "Person", person
        if self.shape.key == "detainees":
            yield "Detention", custody_key(person, said["taken"])

    def _is_secret(self, row: RawRow, said: Said) -> bool:
        mark = self._raw(row, "is_minor").lower()
        return (
            bool(mark and FLAGS.get(mark) is not False)
            or bool(self._raw(row, "born"))
            or self.book.is_minor(said.who)
            or any(self.book.is_secret(said[name]) for name in ("name", "detainee", "because_of"))
        )

    def _raw(self, row: RawRow, key: str) -> str:
        return row.cells.get(self.headers.get(key, ""), "")

    def _said(self, row: RawRow, wrong: Callable[[SimpleColumn, str], None]) -> Said:
        values, given = {}, {}
        for text, column in self.columns.items():
            if cell := row.cells.get(text, ""):
                given[column.key] = cell
                try:
                    values[column.key] = simple_text(column, cell)
                except ValueError as error:
                    wrong(column, str(error))
        place = Place(row.file, row.line)
        if "is_minor" not in values and is_young(values.get("name", "")):
            values["is_minor"] = "true"
        return Said(self.shape.key, self.lang, values, given, self.headers, self.book, place)
