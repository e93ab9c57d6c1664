"""Simple sheets for tests: read, expanded, and put into an ordinary folder. All are invented."""

from __future__ import annotations

import csv
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.tables import find_files
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.files import RawRow, TableFile, open_tables
from vinculos.loaders.parse import Reading
from vinculos.loaders.read import read_files
from vinculos.loaders.simple import SimpleSheet, simple_sheet
from vinculos.loaders.simple_book import Book, Graph
from vinculos.loaders.simple_said import Expanded


@dataclass
class Read:
    """What some sheets say; `problems` as `file:line column: message`."""

    rows: list[Expanded] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    secret: list[bool] = field(default_factory=list)
    book: Book = field(default_factory=Book)

    def cells(self, table: str, *columns: str) -> list[tuple[str, ...]]:
        """Return the columns of each row of a table, once, sorted."""
        rows = (row.cells for row in self.rows if row.table == table)
        return sorted({tuple(cells.get(name, "") for name in columns) for cells in rows})

    def claims(self) -> set[tuple[str, tuple[str, ...], str, str]]:
        """Return what makes each claim, with what it says."""
        return {
            (
                row.table,
                tuple(row.cells.get(name, "") for name in TABLES[row.table].key),
                row.side,
                str(sorted(row.cells.items())),
            )
            for row in self.rows
        }


def expand(
    sheets: Iterable[tuple[str, Sequence[str], list[RawRow]]], graph: Graph | None = None
) -> Read:
    """Expand sheets, each given by name, header and rows, as a load does."""
    read = Read()
    known: list[tuple[SimpleSheet, list[RawRow]]] = []
    for name, header, rows in sheets:
        sheet = simple_sheet(name, header, read.book)
        assert sheet is not None, name
        read.problems += [f"{name}:1 {column}: {text}" for column, text in sheet.problems()]
        known.append((sheet, rows))
    for sheet, rows in known:
        for row in rows:
            sheet.note(row)
    if graph is not None:
        read.book.fetch(graph, "test", "test")
    for sheet, rows in known:
        for row in rows:
            expansion = sheet.expand(row)
            read.rows += expansion.rows
            read.secret += [expansion.secret] * len(expansion.errors)
            read.problems += [
                f"{row.file}:{row.line} {error.column}: {error.message}"
                for error in expansion.errors
            ]
    return read


def texts(graph: Graph | None = None, **sheets: str) -> Read:
    """Expand sheets given as indented CSV text."""
    found = []
    for name, text in sheets.items():
        header, *rows = csv.reader(textwrap.dedent(text).strip().splitlines())
        raw = [
            RawRow(name, line, dict(zip(header, cells, strict=True)))
            for line, cells in enumerate(rows, 2)
        ]
        found.append((name, header, raw))
    return expand(found, graph)


def files(folder: Path) -> Read:
    """Expand the CSV files of a folder."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        (file,) = open_tables(path)
        assert isinstance(file, TableFile)
        rows = [row for row in file.rows() if isinstance(row, RawRow)]
        found.append((path.stem, file.header or (), rows))
    return expand(found)


def load(read: Read, folder: Path) -> Reading:
    """Write the rows as an ordinary folder, a row an entity, and return what a load reads in it."""
    merged: dict[str, dict[tuple[str, ...], dict[str, str]]] = {}
    for row in read.rows:
        key = tuple(row.cells.get(name, "") for name in TABLES[row.table].key)
        cells = merged.setdefault(row.table, {}).setdefault(key, {})
        sources = {
            *cells.get("source_ids", "").split(";"),
            *row.cells.get("source_ids", "").split(";"),
        }
        for name, text in row.cells.items():
            cells.setdefault(name, text)
        if "source_ids" in cells:
            cells["source_ids"] = ";".join(sorted(sources - {""}))
    folder.mkdir(parents=True)
    for table, rows in merged.items():
        names = [column.name for column in TABLES[table].all_columns]
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(rows.values())
    return read_files(find_files(folder)[0], "test")
