"""What the first rows of a file become through a mapping, before anything is loaded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from vinculos.graph.masking import Mask
from vinculos.language import gettext as _
from vinculos.loaders.files import Problem, open_tables
from vinculos.loaders.mapped import all_columns, problem_of
from vinculos.loaders.mapping import RowMapping
from vinculos.loaders.mapping_rows import NAMES, Outcome, RowMaker


@dataclass
class Preview:
    """The rows made, by table, each with file and line; and the problems of those not made."""

    tables: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def preview(
    path: Path,
    mapping: RowMapping,
    rows: int,
    *,
    encoding: str = "utf-8",
    format: str | None = None,
) -> Preview:
    """Return what the first rows of each table of a file become.

    A name that may be a minor's is never in it.

    Args:
        path: the file.
        mapping: the mapping.
        rows: how many rows of the file.
        encoding: the file's encoding, where it is text.
        format: the file's format; told by its suffix where None.

    Raises:
        InputError: it cannot be read.
    """
    shown = Preview()
    mask = Mask()
    for table in open_tables(path, encoding=encoding, format=format):
        if isinstance(table, str):
            continue
        header = table.header if table.header is not None else all_columns(table.rows())
        given = mapping.input_for(table.stem, header)
        if given is None:
            continue
        found, missing = given.columns(header)
        if missing and not given.lenient:
            shown.problems += [
                _("{place}: {file} has no column `{column}`").format(
                    place=f"{mapping.name}:{use.line}", file=table.name, column=use.name
                )
                for use in missing
            ]
            continue
        maker = RowMaker(given, found)
        for number, raw in enumerate(table.rows()):
            if number >= rows:
                break
            if isinstance(raw, Problem):
                shown.problems.append(str(replace(raw, column="")))
                continue
            outcome = maker.rows(raw)
            mask.add(_masked(), outcome.minors, single_words=True)
            place = f"{raw.file}:{raw.line}"
            for name, cells in _made(outcome):
                # The same row of a table, such as a source, comes once.
                made = shown.tables.setdefault(name, [])
                if all(cells != {k: v for k, v in one.items() if k != "row"} for one in made):
                    made.append({"row": place, **cells})
            shown.problems += [
                str(problem_of(fault, raw, mapping.name, secret=outcome.secret))
                for fault in outcome.faults
            ]
    for made in shown.tables.values():
        for cells in made:
            cells.update({name: mask.text(text) for name, text in cells.items()})
    shown.problems = [mask.text(text) for text in shown.problems]
    return shown


def _masked() -> str:
    return _("(may be a minor)")


def _made(outcome: Outcome) -> Iterator[tuple[str, dict[str, str]]]:
    for made in outcome.rows:
        table = made.block.table
        if table is None:
            continue
        cells = made.cells
        if table.label == "Person" and cells.get("name") in outcome.minors:
            cells |= {name: _masked() for name in NAMES if name in cells}
        yield table.name, cells
