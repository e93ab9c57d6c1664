"""The rows of a load on disk: as they stood in the files, as typed, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from vinculos.graph.records import as_json, from_json
from vinculos.graph.spool import Held, Spool
from vinculos.loaders.case_folder import TABLES as CASE_TABLES
from vinculos.loaders.claims import ParsedRow
from vinculos.loaders.files import Problem, RawRow

TABLES = """
CREATE TABLE sheets (number INTEGER PRIMARY KEY, name TEXT, stem TEXT, header TEXT);
CREATE TABLE inputs (
    n INTEGER PRIMARY KEY, sheet INTEGER, line INTEGER, unit TEXT, cells TEXT, extra TEXT,
    withheld TEXT DEFAULT '');
CREATE TABLE parsed (
    n INTEGER PRIMARY KEY, input INTEGER, tbl TEXT, vals TEXT, cells TEXT, columns TEXT, side TEXT,
    key TEXT);
CREATE INDEX parsed_of ON parsed (input);
CREATE TABLE repeats (tbl TEXT, key TEXT, n INTEGER, PRIMARY KEY (tbl, key, n)) WITHOUT ROWID;
CREATE TABLE keys (tbl TEXT, key TEXT, n INTEGER, cells TEXT, PRIMARY KEY (tbl, key))
    WITHOUT ROWID;
CREATE TABLE problems (
    n INTEGER PRIMARY KEY, input INTEGER, sheet INTEGER, line INTEGER, problem TEXT);
CREATE INDEX problems_of ON problems (input)
"""
_PARSED = ("input", "tbl", "vals", "cells", "columns", "side", "key")
_MADE = (
    "SELECT p.n, p.input, p.tbl, p.vals, p.cells, p.columns, i.sheet, i.line, i.unit, i.cells, "
    "s.name, p.side, NOT EXISTS (SELECT 1 FROM problems q WHERE q.input = p.input) AS ok "
    "FROM parsed p JOIN inputs i ON i.n = p.input JOIN sheets s ON s.number = i.sheet"
)
"""The rows as typed."""
REJECTED = "SELECT input FROM problems WHERE input IS NOT NULL"
"""The input rows that have a problem, as SQL."""
PART = 500


class Sheet(NamedTuple):
    """A sheet of rows with problems: its name in messages, its stem, and its columns."""

    number: int
    name: str
    stem: str
    header: tuple[str, ...]


class RowSpool:
    """All rows of a load."""

    def __init__(self, spool: Spool) -> None:
        """Take an open spool."""
        self._spool = spool
        spool.make(TABLES)
        self._given = 0
        self._inputs = Held(spool, "inputs (n, sheet, line, unit, cells, extra)", 6)
        self._parsed = Held(spool, f"parsed ({', '.join(_PARSED)})", len(_PARSED))

    def sheet(self, name: str, stem: str, header: Sequence[str]) -> int:
        """Note a sheet; return its number."""
        self._spool.run(
            "INSERT INTO sheets (name, stem, header) VALUES (?, ?, ?)",
            (name, stem, as_json(header)),
        )
        return self._spool.number("SELECT last_insert_rowid()")

    def header(self, sheet: int, header: Sequence[str]) -> None:
        """Note the columns of a sheet that are known only when it has been read."""
        self._spool.run("UPDATE sheets SET header = ? WHERE number = ?", (as_json(header), sheet))

    def input(self, sheet: int, raw: RawRow) -> int:
        """Note a row as it stands in its file; return its number."""
        extra = as_json(raw.extra) if raw.extra else ""
        self._given += 1
        self._inputs.add(self._given, sheet, raw.line, raw.unit, as_json(raw.cells), extra)
        return self._given

    def parsed(
        self, number: int, row: ParsedRow, *, own_cells: bool, key: Sequence[str] = ()
    ) -> None:
        """Note what an input row became.

        Args:
            number: the input row.
            row: what it became.
            own_cells: whether its cells are not those of the file.
            key: its key, where other input rows may say the same.
        """
        self._parsed.add(
            number,
            row.table.name,
            as_json(row.values),
            as_json(row.raw.cells) if own_cells else "",
            as_json(row.columns) if row.columns else "",
            row.side,
            as_json([*key, row.side]) if key else "",
        )

    def take_key(
        self, row: ParsedRow, key: Sequence[str], number: int, *, mention: bool = False
    ) -> int | None:
        """Take the key of a row for an input row; return that which took it first.

        Args:
            row: the row; only rows of the same table and side share keys.
            key: its key.
            number: the input row.
            mention: whether the same cells may come again; then None is returned.
        """
        said = as_json([*key, row.side])
        cells = as_json(row.raw.cells) if mention else ""
        values = (row.table.name, said, number, cells)
        if self._spool.run("INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?)", values):
            return number
        found = self._spool.row("SELECT n, cells FROM keys WHERE tbl = ? AND key = ?", values[:2])
        if not mention or found[1] != cells:
            return int(found[0])
        self._spool.run("INSERT OR IGNORE INTO repeats VALUES (?, ?, ?)", values[:3])
        return None

    def pass_on(self) -> None:
        """Let what a row with a problem was the first to say be said by a row that has none."""
        self.flush()
        others = (
            "FROM repeats r WHERE r.tbl = parsed.tbl AND r.key = parsed.key "
            "AND NOT EXISTS (SELECT 1 FROM problems q WHERE q.input = r.n)"
        )
        self._spool.run(
            f"UPDATE parsed SET input = (SELECT min(r.n) {others}) WHERE key <> '' "  # noqa: S608
            f"AND input IN ({REJECTED}) AND EXISTS (SELECT 1 {others})"
        )

    def withhold(self, number: int, columns: Sequence[str]) -> None:
        """Note the columns of an input row that must not be written out again."""
        self.flush()
        self._spool.run("UPDATE inputs SET withheld = ? WHERE n = ?", (as_json(columns), number))

    def inputs(self, sheet: int) -> Iterator[tuple[int, RawRow]]:
        """Yield number and cells of each input row of a sheet that has no problem yet."""
        self.flush()
        sql = (
            "SELECT i.n, i.line, i.unit, i.cells, s.name FROM inputs i "
            "JOIN sheets s ON s.number = i.sheet WHERE i.n > ? AND i.sheet = ? "
            "AND NOT EXISTS (SELECT 1 FROM problems q WHERE q.input = i.n) ORDER BY i.n LIMIT ?"
        )
        last = 0
        while rows := list(self._spool.rows(sql, (last, sheet, PART))):
            last = rows[-1][0]
            for number, line, unit, cells, name in rows:
                yield number, RawRow(name, line, from_json(cells), unit=unit)

    def place(self, number: int) -> str:
        """Return where an input row stands, as `file:line`."""
        self.flush()
        sql = "SELECT s.name, i.line FROM inputs i JOIN sheets s ON s.number = i.sheet "
        name, line = self._spool.row(sql + "WHERE i.n = ?", (number,))
        return f"{name}:{line}"

    def problem(self, sheet: int, number: int | None, problem: Problem) -> None:
        """Note a problem of an input row, or, where that is None, of a whole sheet."""
        self._spool.run(
            "INSERT INTO problems (input, sheet, line, problem) VALUES (?, ?, ?, ?)",
            (number, sheet, problem.line, as_json(asdict(problem))),
        )

    def flush(self) -> None:
        """Bring what is held to the database."""
        self._inputs.flush()
        self._parsed.flush()

    def parts(self, *, good: bool = False) -> Iterator[list[tuple[int, int, bool, ParsedRow]]]:
        """Yield the rows in order, some at a time: sheet, input row, whether good, row as typed.

        Args:
            good: only those without a problem.
        """
        self.flush()
        sql = f"{_MADE} WHERE p.n > ? AND (ok OR ?) ORDER BY p.n LIMIT ?"
        last = 0
        while rows := list(self._spool.rows(sql, (last, not good, PART))):
            last = rows[-1][0]
            yield [(row[6], row[1], bool(row[12]), _parsed(row)) for row in rows]

    def made_of(self, number: int) -> Iterator[ParsedRow]:
        """Yield the rows as typed that an input row became."""
        self.flush()
        found = self._spool.rows(f"{_MADE} WHERE p.input = ? ORDER BY p.n", (number,))
        yield from map(_parsed, found)

    def people(self) -> Iterator[RawRow]:
        """Yield the rows of people, also those that could not be read."""
        self.flush()
        for part in self.parts():
            yield from (row.raw for *_, row in part if row.table.label == "Person")
        for cells in self._spool.rows(
            "SELECT i.cells FROM inputs i WHERE NOT EXISTS "
            "(SELECT 1 FROM parsed p WHERE p.input = i.n)"
        ):
            yield RawRow("", 0, from_json(cells[0]))

    def problems(self, limit: int) -> Iterator[Problem]:
        """Yield the problems, at most `limit`, in the order of files and lines."""
        for (text,) in self._spool.rows(
            "SELECT problem FROM problems ORDER BY sheet, line, n LIMIT ?", (limit,)
        ):
            yield Problem(**from_json(text))

    def count_problems(self) -> tuple[int, int]:
        """Return how many problems there are, and how many rows have one."""
        counted = self._spool.row("SELECT count(*), count(DISTINCT input) FROM problems")
        whole = self._spool.number("SELECT count(*) FROM problems WHERE input IS NULL")
        return counted[0], counted[1] + whole

    def whole_problem(self) -> bool:
        """Return whether any problem is one of a whole sheet."""
        return bool(self._spool.row("SELECT 1 FROM problems WHERE input IS NULL LIMIT 1"))

    def rejected_sheets(self) -> Iterator[Sheet]:
        """Yield each sheet that has rows with a problem."""
        self.flush()
        rows = self._spool.rows(
            "SELECT DISTINCT s.number, s.name, s.stem, s.header FROM sheets s "  # noqa: S608
            f"JOIN inputs i ON i.sheet = s.number WHERE i.n IN ({REJECTED}) ORDER BY s.number"
        )
        for number, name, stem, header in list(rows):
            yield Sheet(number, name, stem, tuple(from_json(header)))

    def rejected_rows(
        self, sheet: int
    ) -> Iterator[tuple[Mapping[str, str], Sequence[str], list[Problem], Sequence[str]]]:
        """Yield cells, further cells, problems and withheld columns of each row with a problem."""
        self.flush()
        for number, cells, extra, withheld in self._spool.rows(
            "SELECT n, cells, extra, withheld FROM inputs "  # noqa: S608
            f"WHERE sheet = ? AND n IN ({REJECTED}) ORDER BY n",
            (sheet,),
        ):
            found = "SELECT problem FROM problems WHERE input = ? ORDER BY n"
            problems = [Problem(**from_json(r[0])) for r in self._spool.rows(found, (number,))]
            kept = from_json(withheld) if withheld else ()
            yield from_json(cells), from_json(extra) if extra else (), problems, kept


def _parsed(row: tuple[Any, ...]) -> ParsedRow:
    _, _, table_name, values, own_cells, columns, _, line, unit, cells, name, side, _ = row
    table = CASE_TABLES[table_name]
    typed = from_json(values)
    for column in table.several:
        if column in typed:
            typed[column] = tuple(typed[column])
    raw = RawRow(name, line, from_json(own_cells or cells), unit=unit)
    return ParsedRow(table, raw, typed, from_json(columns) if columns else {}, side)
