"""Reading simple sheets: the rows of all are noted, then each becomes rows of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinculos.loaders.rows import Problem, ReadFile, TableFile
from vinculos.loaders.simple import SimpleSheet, simple_sheet
from vinculos.loaders.simple_book import Book

if TYPE_CHECKING:
    from vinculos.loaders.parse import Parsing


class SimpleReading:
    """The simple sheets of a load, which speak of each other's people."""

    def __init__(self, parsing: Parsing) -> None:
        """Take what they are read into."""
        self._parsing = parsing
        self._book = Book()
        self._sheets: dict[int, SimpleSheet] = {}

    def sheet_of(self, file: TableFile) -> SimpleSheet | None:
        """Return the simple sheet that a file is, None where it is none."""
        return simple_sheet(file.stem, file.header or (), self._book)

    def read(self, file: TableFile, simple: SimpleSheet) -> ReadFile:
        """Keep the rows of a simple sheet; what they become is known when all are read."""
        rows, reading = self._parsing.rows, self._parsing.reading
        sheet = rows.sheet(file.name, file.stem, file.header or ())
        self._sheets[sheet] = simple
        reading.simple.add(simple.shape.key)
        lacking = list(simple.problems())
        for column, message in lacking:
            rows.problem(sheet, None, Problem(file.name, 1, column, "", message, whole=True))
        reading.notes.extend(f"{file.name}: {text}" for text in simple.notes())
        count = 0
        for raw in file.rows():
            if isinstance(raw, Problem):
                rows.problem(sheet, None, raw)
                continue
            count += 1
            if self._parsing.note_input(sheet, raw) and not lacking:
                simple.note(raw)
        reading.notes.extend(file.notes)
        return ReadFile(file.name, file.sha256, count)

    def expand(self) -> None:
        """Make rows of the tables from those of the simple sheets."""
        parsing, reading, registry = self._parsing, self._parsing.reading, self._parsing.registry
        if not self._sheets or parsing.rows.whole_problem():
            return
        if registry.existing is not None:
            self._book.fetch(registry.existing, registry.space, parsing.dataset)
        tables = dict.fromkeys(reading.tables)
        for sheet, simple in self._sheets.items():
            names = [simple.headers[key] for key in ("name", "aliases") if key in simple.headers]
            for number, raw in parsing.rows.inputs(sheet):
                expansion = simple.expand(raw)
                if expansion.secret:
                    parsing.rows.withhold(number, names)
                tables |= dict.fromkeys(parsing.note_expansion(expansion, raw, sheet, number))
        reading.tables = list(tables)
        reading.guarded |= self._book.guarded_names()
        reading.notes.extend(self._book.notes())
