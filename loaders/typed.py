"""Which table a file is, and its cells as typed values."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.dates import parse_date
from vinculos.language import gettext as _
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.cells import parse_cell
from vinculos.loaders.claims import ParsedRow
from vinculos.loaders.declare import Column, Table
from vinculos.loaders.rows import Problem, TableFile

PERIODS = (
    ("started_on", "ended_on"),
    ("from_on", "to_on"),
    ("facts_started", "facts_ended"),
    ("parent_from", "parent_to"),
    ("operated_from", "operated_to"),
    ("requested_on", "decided_on"),
    ("born", "died"),
)
"""Columns of a beginning and of the end that cannot come before it."""


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
        text = cells.get(column.name)
        if not text and not column.required:
            continue
        try:
            if text:
                values[column.name] = parse_cell(column, text)
            if column.required and not values.get(column.name):
                raise ValueError(_required(column))
        except ValueError as error:
            yield row.problem(column.name, text or "", str(error))
    yield from _periods(row)


def _required(column: Column) -> str:
    if column.name == "source_ids":
        return _("a row without a source is not loaded; name at least one")
    return _("this cell must not be blank")


def _periods(row: ParsedRow) -> Iterator[Problem]:
    values = row.values
    for first, last in PERIODS:
        if first not in values or last not in values:
            continue
        if isinstance(values[first], str) and isinstance(values[last], str):
            start, end = parse_date(values[first]), parse_date(values[last])
            if end.ends_before(start):
                message = _("this is before {column} ({day})")
                message = message.format(column=first, day=values[first])
                yield row.problem(last, values[last], message)
