"""The rows that a load set aside, written out with their problems, to be corrected and loaded."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from vinculos.errors import UsageError
from vinculos.graph.masking import Mask
from vinculos.language import cause, spoken
from vinculos.language import gettext as _
from vinculos.loaders.files import Problem
from vinculos.loaders.ftm_file import ENTITIES, SUFFIXES, as_json
from vinculos.loaders.ftm_schema import ALL_NAMES
from vinculos.loaders.parse import Reading
from vinculos.loaders.personal import may_be_minor, minors_mask
from vinculos.loaders.row_spool import Sheet
from vinculos.loaders.rows import PROBLEM, PROBLEM_COLUMNS

NAMES = ("name", "aliases")


def _not_repeated() -> str:
    return _("the name is not repeated here, as it may be a minor's: write it again")


def check_free(folder: Path) -> None:
    """Refuse a folder that holds anything, so that no rejected row is overwritten.

    Raises:
        UsageError: it is there and not empty, or it is no folder.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(
            _("{folder} is there already; nothing was loaded.").format(folder=folder),
            _("Correct and load what is in it, or name another folder with --rejected."),
        )


def make_folder(folder: Path) -> None:
    """Make the folder of rejected rows, before anything is loaded.

    Raises:
        UsageError: it cannot be made.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            _("{folder} cannot be made: {reason}; nothing was loaded.").format(
                folder=folder, reason=cause(error)
            ),
            _("Name another folder with --rejected."),
        ) from error


def write_rejected(reading: Reading, folder: Path) -> list[Path]:
    """Write each row with a problem into `folder`, one CSV file a sheet; return the paths.

    The first column says what is wrong; a load passes over it. Entities of FollowTheMoney are
    written as such, with what is wrong as their `problem`. A name that may be a minor's is left
    blank. Files are readable by the user alone.

    Raises:
        UsageError: the folder cannot be written.
    """
    mask = minors_mask(reading.rows.people(), reading.guarded)
    paths = []
    try:
        for sheet in reading.rows.rejected_sheets():
            entities = sheet.header == ENTITIES
            path = _free(folder, sheet.stem, SUFFIXES[0] if entities else ".csv")
            paths.append(path)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            encoding = "utf-8" if entities else "utf-8-sig"
            with open(descriptor, "w", encoding=encoding, newline="") as file:
                (_write_entities if entities else _write_rows)(file, reading, sheet, mask)
    except OSError as error:
        raise UsageError(
            _(
                "The good rows are loaded; the others cannot be written to {folder}: {reason}."
            ).format(folder=folder, reason=cause(error)),
            _("Load again with another folder for --rejected: what is loaded stays as it is."),
        ) from error
    return paths


def _write_rows(file: TextIO, reading: Reading, sheet: Sheet, mask: Mask) -> None:
    writer = csv.writer(file, lineterminator="\r\n")
    columns = [name for name in sheet.header if name and name not in PROBLEM_COLUMNS.values()]
    writer.writerow([PROBLEM_COLUMNS[spoken()], *columns])
    for cells, extra, problems, withheld in reading.rows.rejected_rows(sheet.number):
        reasons = list(_reasons(problems))
        kept = {name: mask.text(text) for name, text in cells.items()}
        hidden = withheld or (NAMES if may_be_minor(cells) else ())
        if any(cells.get(name) for name in hidden):
            kept |= dict.fromkeys(hidden, "")
            reasons.append(_not_repeated())
        row = [kept.get(name, "") for name in columns]
        writer.writerow([mask.text("; ".join(reasons)), *row, *map(mask.text, extra)])


def _write_entities(file: TextIO, reading: Reading, sheet: Sheet, mask: Mask) -> None:
    for cells, _extra, problems, _withheld in reading.rows.rejected_rows(sheet.number):
        reasons = list(_reasons(problems))
        hidden: tuple[str, ...] = ()
        if cells.get("birthDate") and any(cells.get(name) for name in ALL_NAMES):
            hidden = ALL_NAMES
            reasons.append(_not_repeated())
        said = as_json(cells, hidden) | {PROBLEM: "; ".join(reasons)}
        file.write(json.dumps(_masked(said, mask), ensure_ascii=False) + "\n")


def _masked(said: Any, mask: Mask) -> Any:
    if isinstance(said, dict):
        return {name: _masked(value, mask) for name, value in said.items()}
    return [mask.text(text) for text in said] if isinstance(said, list) else mask.text(said)


def _reasons(problems: list[Problem]) -> Iterator[str]:
    for problem in problems:
        yield f"{problem.column}: {problem.message}" if problem.column else problem.message


def _free(folder: Path, stem: str, suffix: str) -> Path:
    plain = "".join(c if c.isalnum() or c in "-_ " else "-" for c in stem) or "rows"
    number = 1
    while (path := folder / f"{plain}{f'-{number}' if number > 1 else ''}{suffix}").exists():
        number += 1
    return path
