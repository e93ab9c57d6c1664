"""Columns beyond those of a table, as `vinculos export csv` writes them: where a claim once stood.

A row that has them keeps its place in the file that it first came from, and its claim keeps its id,
also where that row shared its key with others.
"""

from __future__ import annotations

import re
from dataclasses import replace

from vinculos.loaders.rows import RawRow

DATASET, FILE, ROW, SIDE = "claim_dataset", "claim_file", "claim_row", "claim_side"
COLUMNS = (DATASET, FILE, ROW, SIDE)
"""The dataset, which is for readers alone; the file and the line in which the row first stood; what
tells it from rows of the same key."""
_FORMULA = re.compile(r"'*[=+\-@]")


def defused(text: str) -> str:
    """Return the text of a cell so that no spreadsheet program runs it: with a `'` before it."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored_text(text: str) -> str:
    """Return a text as it was before `defused` marked it."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def restored(row: RawRow) -> RawRow:
    """Return an exported row with the marks of `defused` undone; any other row as it is."""
    if DATASET not in row.cells:
        return row
    cells = {name: restored_text(text) for name, text in row.cells.items()}
    return row if cells == row.cells else replace(row, cells=cells)


def place(row: RawRow) -> tuple[str, int]:
    """Return file and line in which a row first stood: its own where it does not say."""
    line = row.cells.get(ROW, "")
    if row.cells.get(FILE) and line.isascii() and line.isdigit():
        return row.cells[FILE], int(line)
    return row.file, row.line
