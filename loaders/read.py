"""From files to claims: every row is read, checked and turned into what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vinculos.errors import InputError
from vinculos.graph.claim_spool import ClaimSpool
from vinculos.graph.dates import parse_date
from vinculos.graph.records import NodeRef
from vinculos.graph.spool import Spool
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.cells import parse_cell, suggest
from vinculos.loaders.claims import ParsedRow, own_ref, row_claims, row_key
from vinculos.loaders.declare import Column, Table
from vinculos.loaders.files import Problem, RawRow, TableFile, open_tables
from vinculos.loaders.personal import mask_problems
from vinculos.loaders.registry import Existing, Registry
from vinculos.loaders.row_spool import REJECTED, RowSpool

PERIODS = (
    ("started_on", "ended_on"),
    ("from_on", "to_on"),
    ("facts_started", "facts_ended"),
    ("parent_from", "parent_to"),
    ("operated_from", "operated_to"),
    ("requested_on", "decided_on"),
    ("born", "died"),
)
LISTED_PROBLEMS = 10_000
"""Problems that are told one by one; the rest are counted."""
PROBLEM = "problem"
"""The column that says, in the files of rejected rows, what is wrong with a row."""


@dataclass(frozen=True)
class ReadFile:
    """A file or sheet that was read: its name, the hash of its bytes, how many rows it has."""

    name: str
    sha256: str
    rows: int


@dataclass
class Reading:
    """What was read: the claims where there is no problem, the files, and what to tell the user.

    `tables` are those of the files, also without rows; `notes` are sentences about what was left
    out by choice, such as an unknown column; `problems` are those told one by one, of
    `problem_count` in `problem_rows` rows; `rows` holds the rows themselves.
    """

    claims: ClaimSpool
    rows: RowSpool
    files: list[ReadFile] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    problem_rows: int = 0
    notes: list[str] = field(default_factory=list)


def read_files(
    paths: Iterable[Path],
    dataset: str,
    *,
    space: str | None = None,
    table: str | None = None,
    encoding: str = "utf-8",
    format: str | None = None,
    existing: Existing | None = None,
    skip_invalid: bool = False,
    stubs: bool = False,
    spool: Spool | None = None,
    name: str = "",
) -> Reading:
    """Return the claims of all files, or every problem in them.

    Args:
        paths: the files; each of their tables is told by its name, or by its header.
        dataset: the dataset's name.
        space: the id space of keys without one; the dataset's name where None.
        table: the table that the one file holds, whatever its name.
        encoding: the files' encoding, where they are text.
        format: the files' format; told by their suffix where None.
        existing: what earlier loads brought; None where there is no graph.
        skip_invalid: leave out rows with a problem, and rows that refer to those.
        stubs: let references to nothing known make stubs.
        spool: where rows and claims are kept; a new one where None.
        name: what the one file is called in messages and claims; its own name where blank.

    Raises:
        InputError: a file cannot be read at all.
    """
    spool = spool or Spool()
    reading = Reading(ClaimSpool(spool), RowSpool(spool))
    registry = Registry(space or dataset, existing, spool)
    _Parsing(reading, registry, table).read(paths, encoding, format, name, spool)
    resolving = _Resolving(reading, registry, dataset, stubs)
    if skip_invalid and not reading.rows.whole_problem():
        resolving.reject()
    else:
        resolving.resolve()
    reading.problem_count, reading.problem_rows = reading.rows.count_problems()
    if registry.stubs:
        reading.notes.append(
            f"{len(registry.stubs)} references to nothing known were kept as stubs, to be "
            f"described by a later load: {', '.join(sorted(r.id for r in registry.stubs)[:10])}"
            + (" …" if len(registry.stubs) > 10 else "")
        )
    if reading.problem_count:
        found = list(reading.rows.problems(LISTED_PROBLEMS))
        reading.problems = mask_problems(found, reading.rows.people())
    return reading


class _Parsing:
    """The first pass: rows with typed cells, and what they describe."""

    def __init__(self, reading: Reading, registry: Registry, table: str | None) -> None:
        self.reading, self.rows, self.registry = reading, reading.rows, registry
        self.table = table

    def read(
        self, paths: Iterable[Path], encoding: str, format: str | None, name: str, spool: Spool
    ) -> None:
        for path in paths:
            for file in open_tables(
                path, encoding=encoding, format=format, name=name, scratch=spool.folder
            ):
                if isinstance(file, str):
                    self.reading.notes.append(file)
                else:
                    self.file(file)
        if not self.reading.tables:
            raise InputError(
                f"None of the sheets or files is one of the tables ({', '.join(TABLES)}).",
                "Name one after its table, or say which with --table.",
            )

    def file(self, file: TableFile) -> None:
        table = TABLES[self.table] if self.table else find_table(file)
        if table is None:
            message = f"{file.name} is none of the tables: its name and its header fit none"
            if "/" not in file.name:
                raise InputError(
                    f"{message}.",
                    f"Name it after one ({', '.join(TABLES)}) or say which with --table.",
                )
            self.reading.notes.append(f"{message}; left out")
            return
        sheet = self.rows.sheet(file.name, file.stem, file.header or ())
        self.reading.tables.append(table.name)
        usable = file.header is None or self.check_header(table, file.name, file.header, sheet)
        known = dict.fromkeys(file.header or ())
        number = 0
        for raw in file.rows():
            if isinstance(raw, Problem):
                self.rows.problem(sheet, None, raw)
            else:
                number += 1
                if file.header is None:
                    known.update(dict.fromkeys(raw.cells))
                if usable:
                    self.row(table, sheet, raw)
        if file.header is None:
            self.note_unknown(table, file.name, known)
            self.rows.header(sheet, tuple(known))
        self.reading.notes.extend(file.notes)
        self.reading.files.append(ReadFile(file.name, file.sha256, number))

    def check_header(self, table: Table, name: str, header: tuple[str, ...], sheet: int) -> bool:
        """Note unknown columns; return whether all that are needed are there."""
        self.note_unknown(table, name, header)
        missing = [c for c in table.all_columns if c.required and c.name not in header]
        for column in missing if header else ():
            message = f"{table.name} needs this column: {column.en.lower()}"
            self.rows.problem(sheet, None, Problem(name, 1, column.name, "", message, whole=True))
        return not missing

    def note_unknown(self, table: Table, name: str, header: Iterable[str]) -> None:
        columns = [column.name for column in table.all_columns]
        for unknown in header:
            if unknown not in columns and unknown != PROBLEM:
                named = f"the column `{unknown}`" if unknown else "a column without a name"
                hint = suggest(unknown, columns)
                self.reading.notes.append(
                    f"{name}: {named} is not one of {table.name} and was left out{hint}"
                )

    def row(self, table: Table, sheet: int, raw: RawRow) -> None:
        """Keep a row with typed cells; one that cannot be read is a problem."""
        number = self.rows.input(sheet, raw)
        if raw.problems:
            for problem in raw.problems:
                self.rows.problem(sheet, number, problem)
            return
        row = ParsedRow(table, raw, {})
        problems = list(parse_cells(row))
        for problem in problems:
            self.rows.problem(sheet, number, problem)
        if any(problem.column == table.key[0] for problem in problems):
            return
        self.rows.parsed(number, row, own_cells=False)
        self.declare(row, sheet, number)

    def declare(self, row: ParsedRow, sheet: int, number: int) -> None:
        """Note the node that a row describes, and a key that stands twice."""
        table = row.table
        first = self.rows.claim_key(table.name, row_key(row, self.registry), number)
        if first != number:
            text = row.raw.cells.get(table.key[0], "")
            message = f"the same key as {self.rows.place(first)}; a row is one fact"
            self.rows.problem(sheet, number, row.problem(table.key[0], text, message))
        elif table.label:
            own = row.values[table.columns[0].name]
            ref = own_ref(row, self.registry)
            name, kind = row.values.get("name", ""), row.values.get("kind", "")
            self.registry.declare(ref, own, name, kind, number)
            if table.label == "Detention" and isinstance(row.values.get("person_id"), str):
                person = NodeRef("Person", self.registry.full(row.values["person_id"]))
                self.registry.hold(person, ref)


class _Resolving:
    """The second pass: what each row says, now that all that it may refer to is known."""

    def __init__(self, reading: Reading, registry: Registry, dataset: str, stubs: bool) -> None:
        self.claims, self.rows = reading.claims, reading.rows
        self.registry, self.dataset, self.stubs = registry, dataset, stubs

    def resolve(self, *, first: bool = True) -> int:
        """Make the claims of the rows without a problem; return in how many more one was found.

        Args:
            first: whether to look for further problems in the rows that have one.
        """
        found = 0
        for part in self.rows.parts(good=not first):
            self.registry.fetch(*wanted(row for *_, row in part))
            for sheet, number, good, row in part:
                claims, problems = row_claims(row, self.dataset, self.registry, stubs=self.stubs)
                for problem in problems:
                    self.rows.problem(sheet, number, problem)
                found += good and bool(problems)
                for claim in claims if good else ():
                    self.claims.add(claim)
        return found

    def reject(self) -> None:
        """Make the claims of the rows that do not refer to any row with a problem."""
        self.registry.withdraw(REJECTED)
        found = self.resolve()
        while found:
            self.claims.clear()
            self.registry.stubs.clear()
            self.registry.withdraw(REJECTED)
            found = self.resolve(first=False)


def find_table(file: TableFile) -> Table | None:
    """Return the table that a file holds, by its name or else by its header; None for neither."""
    if file.stem in TABLES:
        return TABLES[file.stem]
    header = set(file.header or ())
    fits = [
        table
        for table in TABLES.values()
        if header and {c.name for c in table.all_columns if c.required} <= header
    ]
    # The one of which it has the most columns.
    return max(fits, key=lambda t: len({c.name for c in t.columns} & header), default=None)


def parse_cells(row: ParsedRow) -> Iterator[Problem]:
    """Fill in the typed values of a row; yield what is wrong with its cells."""
    cells, values = row.raw.cells, row.values
    for column in row.table.all_columns:
        text = cells.get(column.name, "")
        try:
            if text:
                values[column.name] = parse_cell(column, text)
            if column.required and not values.get(column.name):
                raise ValueError(_required(column))
        except ValueError as error:
            yield row.problem(column.name, text, str(error))
    yield from _periods(row)


def _required(column: Column) -> str:
    if column.name == "source_ids":
        return "a row without a source is not loaded; name at least one"
    return "this cell must not be blank"


def _periods(row: ParsedRow) -> Iterator[Problem]:
    values = row.values
    for first, last in PERIODS:
        if isinstance(values.get(first), str) and isinstance(values.get(last), str):
            start, end = parse_date(values[first]), parse_date(values[last])
            if start.earliest and end.latest and end.latest < start.earliest:
                message = f"this is before {first} ({values[first]})"
                yield row.problem(last, values[last], message)


def wanted(rows: Iterable[ParsedRow]) -> tuple[dict[str, set[str]], set[str]]:
    """Return what rows may refer to: label to keys or ids, and names of places and bodies."""
    keys: dict[str, set[str]] = defaultdict(set)
    names: set[str] = set()
    for row in rows:
        values: dict[str, Any] = row.values
        for column in row.table.all_columns:
            value = values.get(column.name)
            if value and column.kind in ("ref", "refs"):
                for label in column.to:
                    keys[label].update((value,) if column.kind == "ref" else value)
        if row.table.name == "contradictions":
            names |= {values.get("value_a", ""), values.get("value_b", "")} - {""}
            keys["Place"] |= names
            keys["Organization"] |= names
            word = values.get("field", "")
            keys["Person"].add(word.removeprefix("relation_to_").replace("_", "-"))
        if row.table.label == "Person":
            # Their custodies may stand in the graph alone.
            keys["Person"].add(values["person_id"])
    return dict(keys), names
