"""Rows on their way into the files of a case folder: together, in order, and with no loose ends."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from vinculos.exports.claim_rows import REFERENCES, CellRow
from vinculos.graph.spool import Spool
from vinculos.loaders.case_folder import TABLES as CASE_TABLES
from vinculos.loaders.declare import Table

TABLES = """
CREATE TABLE rows (
    n INTEGER PRIMARY KEY, dataset TEXT, space TEXT, tbl TEXT, key TEXT, file TEXT, line INTEGER,
    side TEXT, own_label TEXT, own TEXT, cells TEXT, UNIQUE (dataset, tbl, key));
CREATE INDEX rows_own ON rows (own);
CREATE TABLE referring (
    n INTEGER, col TEXT, place INTEGER, id TEXT, PRIMARY KEY (n, col, place)) WITHOUT ROWID;
CREATE INDEX referring_to ON referring (id);
CREATE TABLE declared (label TEXT, id TEXT, PRIMARY KEY (label, id)) WITHOUT ROWID
"""


class Folder(NamedTuple):
    """The rows of one dataset whose keys are in one id space."""

    dataset: str
    space: str

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.dataset if self.space == self.dataset else f"{self.dataset}@{self.space}"


class FileRow(NamedTuple):
    """A row as it is written: its cells, the file and line that it came from, and its side."""

    cells: Mapping[str, str]
    file: str
    line: int
    side: str


class RowSpool:
    """All rows of an export.

    `missing` counts references to what is not in it, `alike` rows that came to have the key of
    another, `incomplete` those that lack a cell that they need.
    """

    def __init__(self, spool: Spool) -> None:
        """Take an open spool."""
        self._spool = spool
        spool.make(TABLES)
        self.missing = self.alike = self.incomplete = 0

    def declare(self, label: str, id: str) -> None:
        """Note a node that rows may refer to."""
        self._spool.run("INSERT OR IGNORE INTO declared VALUES (?, ?)", (label, id))

    def add(
        self,
        folder: Folder,
        row: CellRow,
        file: str,
        line: int,
        side: str = "",
        *,
        dispute: str = "",
    ) -> None:
        """Put a row in; two sides of a dispute become one, a row of the same key is left out.

        Args:
            folder: where it belongs.
            row: the row.
            file: where it first stood.
            line: its line there.
            side: what tells it from rows of the same key.
            dispute: what both sides of a dispute share.
        """
        names = row.table.key
        key = dispute or json.dumps(
            [row.references.get(name, row.cells.get(name, "")) for name in names] + [side],
            ensure_ascii=False,
        )
        own = row.references[row.table.columns[0].name][0] if row.table.label else ""
        values = (*folder, row.table.name, key, file, line, side, row.table.label, own)
        cells = json.dumps(row.cells, ensure_ascii=False)
        new = self._spool.run(
            "INSERT OR IGNORE INTO rows (dataset, space, tbl, key, file, line, side, own_label, "
            "own, cells) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, cells),
        )
        if new:
            self._refer(self._spool.number("SELECT last_insert_rowid()"), row)
            if row.table.label:
                self.declare(row.table.label, own)
        else:
            self._join(folder, row, key)

    def _join(self, folder: Folder, row: CellRow, key: str) -> None:
        where = (folder.dataset, row.table.name, key)
        sql = "SELECT n, cells FROM rows WHERE dataset = ? AND tbl = ? AND key = ?"
        number, cells = self._spool.row(sql, where)
        said = json.loads(cells)
        if row.cells.keys() <= said.keys():
            self.alike += 1
            return
        self._spool.run(
            "UPDATE rows SET cells = ? WHERE n = ?",
            (json.dumps(said | row.cells, ensure_ascii=False), number),
        )
        self._refer(number, row)

    def _refer(self, number: int, row: CellRow) -> None:
        self._spool.run_many(
            "INSERT OR IGNORE INTO referring VALUES (?, ?, ?, ?)",
            [
                (number, column, place, id)
                for column, ids in row.references.items()
                for place, id in enumerate(ids)
            ],
        )

    def settle(self) -> None:
        """Take out rows that lack a cell, references to nothing here, and rows that need these."""
        self._house()
        for number in self._lacking():
            self.incomplete += 1
            self._drop(number)
        while found := self._loose():
            for number, name, place, column in found:
                self.missing += 1
                self._spool.run(
                    "DELETE FROM referring WHERE n = ? AND col = ? AND place = ?",
                    (number, column, place),
                )
                table = CASE_TABLES[name]
                required = next(c.required for c in table.all_columns if c.name == column)
                left = "SELECT count(*) FROM referring WHERE n = ? AND col = ?"
                if column in table.key or (
                    required and not self._spool.number(left, (number, column))
                ):
                    self._drop(number)

    def _house(self) -> None:
        """Put rows that have no key of their own with what most of their dataset is about."""
        spaces = {row[0]: row[0] for row in self._spool.rows("SELECT DISTINCT dataset FROM rows")}
        # The last and largest counts.
        spaces |= dict(
            self._spool.rows(
                "SELECT dataset, space FROM rows WHERE space <> '' GROUP BY dataset, space "
                "ORDER BY count(*), space"
            )
        )
        self._spool.run_many(
            "UPDATE rows SET space = ? WHERE space = '' AND dataset = ?",
            [(space, dataset) for dataset, space in spaces.items()],
        )

    def _lacking(self) -> list[int]:
        needed = {
            name: {column.name for column in table.all_columns if column.required}
            for name, table in CASE_TABLES.items()
        }
        found = []
        sql = (
            "SELECT n, tbl, cells, (SELECT group_concat(DISTINCT col) FROM referring f "
            "WHERE f.n = r.n) FROM rows r"
        )
        for number, name, cells, columns in self._spool.rows(sql):
            if not needed[name] <= {*json.loads(cells), *(columns or "").split(",")}:
                found.append(number)
        return found

    def _loose(self) -> list[tuple[int, str, int, str]]:
        found = []
        sql = "SELECT f.n, r.tbl, f.place, f.col, f.id FROM referring f JOIN rows r ON r.n = f.n"
        is_declared = "SELECT 1 FROM declared WHERE label = ? AND id = ?"
        for number, name, place, column, id in self._spool.rows(sql):
            table = CASE_TABLES[name]
            declared = next(c for c in table.all_columns if c.name == column)
            if declared.kind != "id" and not any(
                self._spool.row(is_declared, (label, id)) for label in declared.to
            ):
                found.append((number, name, place, column))
        return found

    def _drop(self, number: int) -> None:
        sql = "SELECT own_label, own FROM rows WHERE n = ?"
        label, own = self._spool.row(sql, (number,)) or ("", "")
        self._spool.run("DELETE FROM rows WHERE n = ?", (number,))
        self._spool.run("DELETE FROM referring WHERE n = ?", (number,))
        again = "SELECT 1 FROM rows WHERE own_label = ? AND own = ?"
        if label and not self._spool.row(again, (label, own)):
            self._spool.run("DELETE FROM declared WHERE label = ? AND id = ?", (label, own))

    def folders(self) -> Iterator[Folder]:
        """Yield the folders that have rows."""
        sql = "SELECT DISTINCT dataset, space FROM rows ORDER BY dataset, space"
        return (Folder(*row) for row in list(self._spool.rows(sql)))

    def needs(self) -> Iterator[tuple[Folder, set[Folder] | None]]:
        """Yield for references whose node is not in their own folder which folders describe it.

        None stands for a node that no row describes, and that may have several labels.
        """
        sql = "SELECT r.dataset, r.space, r.tbl, f.col, f.id FROM referring f JOIN rows r USING (n)"
        owners = "SELECT dataset, space FROM rows WHERE own = ? AND own_label = ?"
        for dataset, space, name, column, id in self._spool.rows(sql):
            folder = Folder(dataset, space)
            declared = next(c for c in CASE_TABLES[name].all_columns if c.name == column)
            found = {
                Folder(*row)
                for label in declared.to
                for row in self._spool.rows(owners, (id, label))
            }
            if folder not in found and (found or len(declared.to) > 1):
                yield folder, found or None

    def count(self, folder: Folder, table: str) -> int:
        """Return how many rows of a table a folder has."""
        sql = "SELECT count(*) FROM rows WHERE dataset = ? AND space = ? AND tbl = ?"
        return self._spool.number(sql, (*folder, table))

    def rows(self, folder: Folder, table: Table) -> Iterator[FileRow]:
        """Yield the rows of a table in the order of files and lines, references as written there.

        A key is written without its space where it is the folder's.
        """
        own = f"{folder.space}:"
        asked = "SELECT col, id FROM referring WHERE n = ? ORDER BY col, place"
        kinds = {column.name for column in table.all_columns if column.kind in REFERENCES}
        for number, file, line, side, cells in self._spool.rows(
            "SELECT n, file, line, side, cells FROM rows WHERE dataset = ? AND space = ? "
            "AND tbl = ? ORDER BY file, line, key",
            (*folder, table.name),
        ):
            texts: dict[str, Any] = json.loads(cells)
            listed: dict[str, list[str]] = {}
            for column, id in self._spool.rows(asked, (number,)):
                if column in kinds:
                    listed.setdefault(column, []).append(id.removeprefix(own))
            texts |= {column: ";".join(ids) for column, ids in listed.items()}
            yield FileRow(texts, file, line, side)
