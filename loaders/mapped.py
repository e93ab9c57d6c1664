"""Reading files through a mapping: the same checks and claims, whatever the shape of the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from vinculos.graph.masking import Mask
from vinculos.language import gettext as _
from vinculos.loaders.cells import suggest
from vinculos.loaders.claims import ParsedRow, row_key
from vinculos.loaders.mapping import Input, RowMapping, Use
from vinculos.loaders.mapping_rows import Made, Outcome, RowMaker, called
from vinculos.loaders.mapping_values import ValueFault
from vinculos.loaders.personal import a_minor
from vinculos.loaders.rows import Problem, RawRow, TableFile

if TYPE_CHECKING:
    from vinculos.loaders.parse import Parsing

LISTED = 20
"""Columns without a use that are told by name."""


def read_mapped(parsing: Parsing, file: TableFile, mapping: RowMapping) -> int | None:
    """Keep the rows that a mapping makes of those of a file; return how many rows the file has.

    Args:
        parsing: what they are read into.
        file: the file or sheet.
        mapping: the mapping.

    Returns:
        None where the mapping has no use for the file, which is noted.
    """
    header = file.header if file.header is not None else all_columns(file.rows())
    given = mapping.input_for(file.stem, header)
    if given is None:
        said = _("{file} is none of {names}; left out")
        names = ", ".join(mapping.names)
        parsing.reading.notes.append(said.format(file=file.name, names=names))
        return None
    return _Reading(parsing, file, mapping, given, header).read()


def all_columns(rows: Iterable[RawRow | Problem]) -> tuple[str, ...]:
    """Return the columns of all records of a file that has no header."""
    found = (row.cells for row in rows if isinstance(row, RawRow))
    return tuple(dict.fromkeys(column for cells in found for column in cells))


class _Reading:
    """One file, read through a mapping."""

    def __init__(
        self,
        parsing: Parsing,
        file: TableFile,
        mapping: RowMapping,
        given: Input,
        header: tuple[str, ...],
    ) -> None:
        self.parsing, self.file, self.mapping = parsing, file, mapping
        self.given, self.header = given, header
        self.found, self.missing = given.columns(header)
        self.used = set(self.found.values())
        self.mixed = False
        """Whether a mark of minors could not be read: any cell may be the name of one."""

    def read(self) -> int:
        rows = self.parsing.rows
        sheet = rows.sheet(self.file.name, self.file.stem, self.header)
        usable = self._check_header(sheet)
        maker = RowMaker(self.given, self.found)
        count = 0
        for raw in self.file.rows():
            if isinstance(raw, Problem):
                # Without the columns that it should have, the header may be a row of data.
                rows.problem(sheet, None, replace(raw, column="") if self.missing else raw)
                continue
            count += 1
            # What stands in columns that are not used may be as it likes.
            kept = tuple(p for p in raw.problems if not p.column or p.column in self.used)
            number = self.parsing.note_input(sheet, replace(raw, problems=kept))
            if number and usable:
                self._keep(maker.rows(raw), raw, sheet, number)
        if not self.missing:
            self._note_unused()
        if self.mixed:
            found = (raw.cells.values() for raw in self.file.rows() if isinstance(raw, RawRow))
            self.parsing.reading.unread.update(text for texts in found for text in texts)
        return count

    def _note_unused(self) -> None:
        """Say which columns were not used; one may be called by the name of a minor."""
        unused = [column for column in self.header if column and column not in self.used]
        if unused:
            mask = Mask()
            mask.add(a_minor(), self.parsing.reading.guarded, single_words=True)
            columns = mask.text(", ".join(f"`{column}`" for column in unused[:LISTED]))
            said = _("{file}: the mapping uses all but {columns}")
            if len(unused) > LISTED:
                said = _("{file}: the mapping uses all but {columns} and {more} more")
            said = said.format(file=self.file.name, columns=columns, more=len(unused) - LISTED)
            self.parsing.reading.notes.append(said)

    def _check_header(self, sheet: int) -> bool:
        """Note columns that are missing; return whether the rows can be read all the same."""
        name, wanted = self.mapping.name, self.given.uses
        if not self.missing:
            return True
        if self.given.lenient and len(self.missing) < len(set(wanted)):
            return True
        if not self.header:
            return True
        # A first line without most of the columns may be a row of data, and name a minor.
        trusted = 2 * len(self.missing) < len(set(wanted))
        for use in self.missing:
            self.parsing.rows.problem(sheet, None, self._missing(use, trusted, name))
        return False

    def _missing(self, use: Use, trusted: bool, name: str) -> Problem:
        hint = suggest(use.name, [c for c in self.header if c]) if trusted else ""
        message = _("{file} has no such column{hint}").format(file=self.file.name, hint=hint)
        return Problem(name, use.line, use.name, "", message, whole=True)

    def _keep(self, outcome: Outcome, raw: RawRow, sheet: int, number: int) -> None:
        parsing = self.parsing
        self.mixed |= outcome.unread
        if outcome.unread:
            parsing.reading.guarded.update(raw.cells.values())
        if outcome.secret:
            parsing.reading.guarded |= outcome.names
            parsing.rows.withhold(number, sorted(outcome.columns))
        for fault in outcome.faults:
            name = self.mapping.name
            problem = problem_of(fault, raw, name, secret=outcome.secret)
            parsing.rows.problem(sheet, number, problem)
        for made in outcome.broken:
            row = self._row(made, raw)
            if row.table.label and row.table.columns[0].name in row.raw.cells:
                # A link is not looked at yet; without it a source is known by its key all the same.
                row.values.update(row.raw.cells | {"url": ""})
                parsing.declare(row, number)
        keys: dict[tuple[str, ...], dict[str, str]] = {}
        for made in outcome.rows:
            row = self._row(made, raw)
            key = (row.table.name, row.side, *row_key(row, parsing.registry))
            if key not in keys:
                keys[key] = row.raw.cells
                parsing.note_row(row, sheet, number, simple=True, mention=True)
            elif keys[key] != row.raw.cells:
                own = row.table.key[0]
                text = "" if outcome.secret else row.raw.cells.get(own, "")
                message = _(
                    "the row says two things of one key and source; tell them apart with `side`"
                )
                parsing.rows.problem(sheet, number, row.problem(own, text, message))

    def _row(self, made: Made, raw: RawRow) -> ParsedRow:
        table = made.block.table
        assert table is not None  # noqa: S101 - what is made is made for a table
        cells = replace(raw, cells=made.cells, problems=(), extra=())
        return ParsedRow(table, cells, {}, made.shown(self.mapping.name), made.side)


def problem_of(fault: ValueFault, raw: RawRow, mapping: str, *, secret: bool) -> Problem:
    """Return the problem of a row that a cell which cannot become what is wanted is.

    Args:
        fault: what is wrong.
        raw: the row.
        mapping: the name of the mapping.
        secret: whether no text of the row may be shown.
    """
    shown = f"{called(fault.made)} ({mapping}:{fault.line})"
    text = "" if secret else fault.made.text
    return Problem(raw.file, raw.line, shown, text, fault.message, unit=raw.unit)
