"""The first pass over the files: rows with typed cells, and the nodes that they describe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from vinculos.errors import InputError
from vinculos.graph.claim_spool import ClaimSpool
from vinculos.graph.records import NodeRef
from vinculos.graph.spool import Spool
from vinculos.language import gettext as _
from vinculos.language import spoken
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.cells import suggest
from vinculos.loaders.claims import ParsedRow, own_ref, row_key
from vinculos.loaders.declare import Table
from vinculos.loaders.files import Problem, RawRow, TableFile, open_tables
from vinculos.loaders.ftm_file import FTM
from vinculos.loaders.ftm_read import FtmReading
from vinculos.loaders.mapped import read_mapped
from vinculos.loaders.mapping import RowMapping
from vinculos.loaders.personal import name_column
from vinculos.loaders.provenance import COLUMNS, SIDE, restored
from vinculos.loaders.registry import Registry
from vinculos.loaders.row_spool import RowSpool
from vinculos.loaders.rows import PROBLEM_COLUMNS, ReadFile
from vinculos.loaders.same_key import same_key
from vinculos.loaders.simple import Expansion, is_help_sheet
from vinculos.loaders.simple_read import SimpleReading
from vinculos.loaders.typed import find_table, parse_cells


@dataclass
class Reading:
    """What was read: the claims where there is no problem, the files, and what to tell the user.

    `tables` are those of the files, also without rows; `notes` are sentences about what was left
    out by choice, such as an unknown column; `problems` are those told one by one, of
    `problem_count` in `problem_rows` rows; `rows` holds the rows themselves; `guarded` are names
    beyond those of the rows of people that may be a minor's; `unread` are texts of files whose
    columns may be mixed up, told in no problem; `simple` names the simple sheets;
    `left_out` counts what of FollowTheMoney entities has no place, by schema and property.
    """

    claims: ClaimSpool
    rows: RowSpool
    files: list[ReadFile] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    problem_rows: int = 0
    notes: list[str] = field(default_factory=list)
    guarded: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)
    simple: set[str] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)


class Parsing:
    """Reads files into a reading."""

    def __init__(
        self,
        reading: Reading,
        registry: Registry,
        dataset: str,
        table: str | None,
        mapping: RowMapping | None = None,
    ) -> None:
        """Take what is read into, what may be referred to, and the table or mapping if given."""
        self.dataset = dataset
        self.mapping = mapping
        self.reading, self.rows, self.registry = reading, reading.rows, registry
        self.table = table
        self._simple = SimpleReading(self)

    def read(
        self, paths: Iterable[Path], encoding: str, format: str | None, name: str, spool: Spool
    ) -> None:
        """Read all tables of the files.

        Args:
            paths: the files.
            encoding: their encoding, where they are text.
            format: their format; told by their suffix where None.
            name: what the one file is called; its own name where blank.
            spool: beside which temporary files may lie.

        Raises:
            InputError: a file cannot be read, or none holds a table.
        """
        entities = FtmReading(self, spool)
        for path in paths:
            for file in open_tables(
                path, encoding=encoding, format=format, name=name, scratch=spool.folder
            ):
                if isinstance(file, str):
                    self.reading.notes.append(file)
                elif file.shape == FTM:
                    self.reading.files.append(entities.read(file))
                else:
                    self._file(file)
        self._simple.expand()
        entities.expand()
        if self.mapping is not None and self.reading.files:
            self.reading.tables = self.mapping.tables
            own = (ReadFile(name, sha256, 0) for name, sha256 in self.mapping.files)
            self.reading.files.extend(own)
        if not self.reading.files and self.mapping is not None:
            raise InputError(
                _("No sheet or file is one that {mapping} speaks of ({names}).").format(
                    mapping=self.mapping.name, names=", ".join(self.mapping.names)
                ),
                _("Name one so, or change the name under `inputs`."),
            )
        if not self.reading.files:
            raise InputError(
                _("None of the sheets or files is one of the tables ({tables}).").format(
                    tables=", ".join(TABLES)
                ),
                _("Name one after its table, or say which with --table."),
            )

    def _file(self, file: TableFile) -> None:
        if self.mapping is not None:
            if (rows := read_mapped(self, file, self.mapping)) is not None:
                self.reading.notes.extend(file.notes)
                self.reading.files.append(ReadFile(file.name, file.sha256, rows))
            return
        if not self.table and "/" in file.name and is_help_sheet(file.stem):
            return
        if not self.table and (sheet_of := self._simple.sheet_of(file)):
            self.reading.files.append(self._simple.read(file, sheet_of))
            return
        table = TABLES[self.table] if self.table else find_table(file)
        if table is None:
            if "/" not in file.name:
                raise InputError(
                    _("{file} is none of the tables: its name and its header fit none.").format(
                        file=file.name
                    ),
                    _("Name it after one ({tables}) or say which with --table.").format(
                        tables=", ".join(TABLES)
                    ),
                )
            said = _("{file} is none of the tables: its name and its header fit none; left out")
            self.reading.notes.append(said.format(file=file.name))
            return
        sheet = self.rows.sheet(file.name, file.stem, file.header or ())
        self.reading.tables.append(table.name)
        usable = file.header is None or self._check_header(table, file.name, file.header, sheet)
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
                    self._row(table, sheet, raw)
        if file.header is None:
            self._note_unknown(table, file.name, known)
            self.rows.header(sheet, tuple(known))
        self.reading.notes.extend(file.notes)
        self.reading.files.append(ReadFile(file.name, file.sha256, number))

    def _check_header(self, table: Table, name: str, header: tuple[str, ...], sheet: int) -> bool:
        """Note unknown columns; return whether all that are needed are there."""
        missing = [c for c in table.all_columns if c.required and c.name not in header]
        self._note_unknown(table, name, header, trusted=not missing)
        for column in missing if header else ():
            message = _("{table} needs this column: {what}")
            message = message.format(table=table.name, what=column.what(spoken()).lower())
            self.rows.problem(sheet, None, Problem(name, 1, column.name, "", message, whole=True))
        return not missing

    def _note_unknown(
        self, table: Table, name: str, header: Collection[str], *, trusted: bool = True
    ) -> None:
        columns = [column.name for column in table.all_columns]
        for number, unknown in enumerate(header, 1):
            if unknown not in (*columns, *COLUMNS, *PROBLEM_COLUMNS.values()):
                named = name_column(number, unknown, header, columns, trusted=trusted)
                said = _("{file}: {column} is not one of {table} and was left out{hint}")
                hint = suggest(unknown, columns)
                self.reading.notes.append(
                    said.format(file=name, column=named, table=table.name, hint=hint)
                )

    def _row(self, table: Table, sheet: int, raw: RawRow) -> None:
        """Keep a row with typed cells; one that cannot be read is a problem."""
        number = self.note_input(sheet, raw)
        if number:
            row = restored(raw)
            parsed = ParsedRow(table, row, {}, side=row.cells.get(SIDE, ""))
            self.note_row(parsed, sheet, number, simple=row is not raw)

    def note_input(self, sheet: int, raw: RawRow) -> int:
        """Keep a row as it stands; return its number, 0 where it cannot be used."""
        number = self.rows.input(sheet, raw)
        for problem in raw.problems:
            self.rows.problem(sheet, number, problem)
        return 0 if raw.problems else number

    def note_row(
        self,
        row: ParsedRow,
        sheet: int,
        number: int,
        *,
        simple: bool = False,
        mention: bool = False,
    ) -> None:
        """Keep a row with typed cells and note the node that it describes."""
        table = row.table
        problems = list(parse_cells(row))
        for problem in problems:
            self.rows.problem(sheet, number, problem)
        key = table.key[0]
        if any(problem.column == row.columns.get(key, key) for problem in problems):
            return
        first = self.rows.take_key(row, row_key(row, self.registry), number, mention=mention)
        if first is not None and first != number:
            message = self._same_key(row, first)
            text = row.raw.cells.get(key, "")
            self.rows.problem(sheet, number, row.problem(key, text, message))
        if first is None:
            # Said already; it is still known by this row too.
            self.declare(row, number)
            return
        again = row_key(row, self.registry) if mention else ()
        self.rows.parsed(number, row, own_cells=simple, key=again)
        if first == number:
            self.declare(row, number)

    def _same_key(self, row: ParsedRow, number: int) -> str:
        """Return what is wrong with a row whose key the input row `number` has taken."""
        own = (row.side, row_key(row, self.registry))
        first = next(
            one
            for one in self.rows.made_of(number)
            if one.table is row.table and (one.side, row_key(one, self.registry)) == own
        )
        return same_key(row, first, self.rows.place(number))

    def declare(self, row: ParsedRow, number: int) -> None:
        """Note the node that a row describes."""
        if not row.table.label:
            return
        own = row.values[row.table.columns[0].name]
        ref = own_ref(row, self.registry)
        name, kind = row.values.get("name", ""), row.values.get("kind", "")
        self.registry.declare(ref, own, name, kind, number)
        if row.table.label == "Detention" and isinstance(row.values.get("person_id"), str):
            person = NodeRef("Person", self.registry.full(row.values["person_id"]))
            self.registry.hold(person, ref)

    def note_expansion(
        self, expansion: Expansion, raw: RawRow, sheet: int, number: int
    ) -> list[str]:
        """Keep the rows of the tables that an input row makes; return which tables these are."""
        self.reading.guarded.update(expansion.names)
        self.registry.lose(expansion.lost)
        for error in expansion.errors:
            text = "" if expansion.secret else raw.cells.get(error.column, "")
            problem = Problem(raw.file, raw.line, error.column, text, error.message)
            self.rows.problem(sheet, number, problem)
        for made in expansion.rows:
            cells = replace(raw, cells=dict(made.cells))
            row = ParsedRow(TABLES[made.table], cells, {}, made.columns, made.side)
            self.note_row(row, sheet, number, simple=True, mention=made.mention)
        return [made.table for made in expansion.rows]
