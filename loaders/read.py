"""From files to claims: every row is read, checked and turned into what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vinculos.errors import InputError
from vinculos.graph.dates import parse_date
from vinculos.graph.records import Claim
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.cells import parse_cell, suggest
from vinculos.loaders.claims import ParsedRow, own_ref, row_claims, row_key
from vinculos.loaders.declare import Column, RowError, Table
from vinculos.loaders.files import InputFile, Problem, RawRow, read_csv
from vinculos.loaders.personal import mask_problems
from vinculos.loaders.registry import Existing, Registry

PERIODS = (
    ("started_on", "ended_on"),
    ("from_on", "to_on"),
    ("facts_started", "facts_ended"),
    ("parent_from", "parent_to"),
    ("operated_from", "operated_to"),
    ("requested_on", "decided_on"),
    ("born", "died"),
)


@dataclass
class Reading:
    """What was read: the claims where there is no problem, the files, and what to tell the user.

    `tables` are those of the files, also without rows; `notes` are sentences about what was left
    out by choice, such as an unknown column.
    """

    files: list[InputFile] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def find_files(path: Path) -> tuple[list[Path], list[str]]:
    """Return the table files at `path`, a case folder or one file, and notes on what is left out.

    Raises:
        InputError: there is none.
    """
    if path.is_file():
        return [path], []
    if not path.is_dir():
        raise InputError(f"There is no folder or file {path}.", "Check the spelling.")
    found = {file.stem: file for file in sorted(path.glob("*.csv"))}
    if not found.keys() & TABLES.keys():
        raise InputError(
            f"{path} holds none of the tables ({', '.join(TABLES)}), each a .csv file.",
            "`vinculos template DIR` writes empty ones.",
        )
    notes = [
        f"{file.name} is not one of the tables and was left out{suggest(stem, list(TABLES))}"
        for stem, file in found.items()
        if stem not in TABLES
    ]
    return [found[name] for name in TABLES if name in found], notes


def read_files(
    paths: Iterable[Path],
    dataset: str,
    *,
    space: str | None = None,
    table: str | None = None,
    encoding: str = "utf-8",
    existing: Existing | None = None,
) -> Reading:
    """Return the claims of all files, or every problem in them.

    Args:
        paths: CSV files, each named after its table, or told by its header.
        dataset: the dataset's name.
        space: the id space of keys without one; the dataset's name where None.
        table: the table that the one file holds, whatever its name.
        encoding: the files' encoding.
        existing: what earlier loads brought; None where there is no graph.

    Raises:
        InputError: a file cannot be read at all.
    """
    reading = Reading()
    registry = Registry(space or dataset, existing)
    parsed: list[ParsedRow] = []
    for path in paths:
        file = read_csv(path, encoding)
        reading.files.append(file)
        reading.problems.extend(file.problems)
        shape = TABLES[table] if table else _shape(path, file)
        reading.tables.append(shape.name)
        parsed.extend(_parse_file(shape, file, reading))
    _declare(parsed, registry, reading)
    _fetch(parsed, registry)
    _hold(parsed, registry)
    for row in parsed:
        try:
            reading.claims.extend(row_claims(row, dataset, registry, reading.problems))
        except RowError as error:
            text = row.raw.cells.get(error.column, "")
            reading.problems.append(
                Problem(row.raw.file, row.raw.line, error.column, text, error.message)
            )
    order = {file.name: position for position, file in enumerate(reading.files)}
    reading.problems.sort(key=lambda p: (order.get(p.file, 0), p.line))
    reading.problems = mask_problems(
        reading.problems, [row.raw for row in parsed if row.table.label == "Person"]
    )
    return reading


def _shape(path: Path, file: InputFile) -> Table:
    if path.stem in TABLES:
        return TABLES[path.stem]
    fits = [
        shape
        for shape in TABLES.values()
        if {c.name for c in shape.all_columns() if c.required} <= set(file.header)
    ]
    best = sorted(fits, key=lambda shape: -len({c.name for c in shape.columns} & set(file.header)))
    if not best:
        raise InputError(
            f"{path.name} is none of the tables: its name and its header fit none.",
            f"Name it after one ({', '.join(TABLES)}) or say which with --table.",
        )
    return best[0]


def _parse_file(table: Table, file: InputFile, reading: Reading) -> Iterator[ParsedRow]:
    """Yield the rows of a file with typed cells; a row that cannot be read is a problem."""
    columns = {column.name: column for column in table.all_columns()}
    for unknown in file.header:
        if unknown not in columns:
            name = f"the column `{unknown}`" if unknown else "a column without a name"
            hint = suggest(unknown, list(columns))
            reading.notes.append(
                f"{file.name}: {name} is not one of {table.name} and was left out{hint}"
            )
    missing = [c for c in columns.values() if c.required and c.name not in file.header]
    if missing and file.header:
        for column in missing:
            message = f"{table.name} needs this column: {column.en.lower()}"
            reading.problems.append(Problem(file.name, 1, column.name, "", message))
        return
    for raw in file.rows:
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for name, column in columns.items():
            text = raw.cells.get(name, "")
            try:
                if text:
                    values[name] = parse_cell(column, text)
                if column.required and not values.get(name):
                    raise ValueError(_required(column))
            except ValueError as error:
                problems.append(Problem(raw.file, raw.line, name, text, str(error)))
        problems.extend(_periods(raw, values))
        reading.problems.extend(problems)
        if not any(problem.column == table.key[0] for problem in problems):
            yield ParsedRow(table, raw, values)


def _required(column: Column) -> str:
    if column.name == "source_ids":
        return "a row without a source is not loaded; name at least one"
    return "this cell must not be blank"


def _periods(raw: RawRow, values: dict[str, Any]) -> Iterator[Problem]:
    for first, last in PERIODS:
        if isinstance(values.get(first), str) and isinstance(values.get(last), str):
            start, end = parse_date(values[first]), parse_date(values[last])
            if start.earliest and end.latest and end.latest < start.earliest:
                message = f"this is before {first} ({values[first]})"
                yield Problem(raw.file, raw.line, last, values[last], message)


def _declare(parsed: list[ParsedRow], registry: Registry, reading: Reading) -> None:
    """Note every node that a row describes, and each key that stands twice."""
    seen: dict[tuple[str, ...], RawRow] = {}
    for row in parsed:
        key = (row.table.name, *row_key(row, registry))
        if first := seen.get(key):
            message = f"the same key as {first.file}:{first.line}; a row is one fact"
            column = row.table.key[0]
            text = row.raw.cells.get(column, "")
            reading.problems.append(Problem(row.raw.file, row.raw.line, column, text, message))
            continue
        seen[key] = row.raw
        if row.table.label:
            own = row.values[row.table.columns[0].name]
            registry.declare(
                own_ref(row, registry), own, row.values.get("name", ""), row.values.get("kind", "")
            )


def _fetch(parsed: list[ParsedRow], registry: Registry) -> None:
    wanted: dict[str, set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    for row in parsed:
        for column in row.table.all_columns():
            value = row.values.get(column.name)
            if value and column.kind in ("ref", "refs"):
                for label in column.to:
                    wanted[label].update((value,) if column.kind == "ref" else value)
        if row.table.name == "contradictions":
            texts = {row.values.get("value_a", ""), row.values.get("value_b", "")} - {""}
            names["Place"] |= texts
            names["Organization"] |= texts
            word = row.values.get("field", "")
            wanted["Person"].add(word.removeprefix("relation_to_").replace("_", "-"))
        if row.table.label == "Person":
            # Their custodies may stand in the graph alone.
            wanted["Person"].add(row.values["person_id"])
    registry.fetch(wanted, names)


def _hold(parsed: list[ParsedRow], registry: Registry) -> None:
    for row in parsed:
        if row.table.label == "Detention" and isinstance(row.values.get("person_id"), str):
            for person in registry.resolve(row.values["person_id"], ("Person",)):
                registry.hold(person, own_ref(row, registry))
