"""Rows as text: a table for the terminal, CSV, JSON, JSON lines, Markdown.

Column titles are in the reader's language in what people read; CSV and JSON are for programs: they
keep the names of the columns and the words as they are stored, whatever the language.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from vinculos.formats.cells import Footnotes, clean, flat, to_json
from vinculos.formats.table import SOURCES_TITLE, Row, Table

LONG_WORD = 30
GAP = 3
"""Characters between two columns."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_MARKDOWN = re.compile(r"([\\`*_\[\]|~#])")
_LINK = re.compile(r"https?://[^\s<>]+")


def as_table(table: Table) -> str:
    """Return a table in plain characters; one block a row where the terminal is too narrow."""
    notes = Footnotes(table.lang)
    rows = [table.cells(row, notes) for row in table.rows]
    titles = table.titles()
    if table.width and _narrowest([titles, *rows]) > table.width:
        text = _blocks(titles, rows)
    elif table.width:
        text = _drawn(titles, rows, table.numeric(), table.width)
    else:
        text = _aligned(titles, rows, table.numeric())
    lines = [line.rstrip() for line in text.splitlines()]
    lines += [""] * bool(notes.lines()) + [f"[{number}] {text}" for number, text in notes.lines()]
    return "\n".join(lines).rstrip("\n") + "\n"


def _drawn(
    titles: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool], width: int
) -> str:
    """Return a table whose cells are folded until it fits into a terminal's width."""
    from rich import box
    from rich.console import Console
    from rich.table import Table as RichTable
    from rich.text import Text

    drawn = RichTable(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, safe_box=False)
    for title, number in zip(titles, numeric, strict=True):
        drawn.add_column(Text(title), justify="right" if number else "left", overflow="fold")
    for cells in rows:
        drawn.add_row(*(Text(cell) for cell in cells))
    written = io.StringIO()
    console = Console(
        file=written, width=width, color_system=None, force_terminal=False, legacy_windows=False
    )
    console.print(drawn)
    return written.getvalue()


def _aligned(titles: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool]) -> str:
    """Return the same table as wide as it needs to be; `_drawn` takes 2 ms for each such row."""
    from rich.cells import cell_len

    split = [[cell.split("\n") for cell in cells] for cells in (titles, *rows)]
    widths = [
        max(cell_len(line) for cell in column for line in cell)
        for column in zip(*split, strict=True)
    ]
    written = []
    for cells in split:
        for parts in zip_longest(*cells, fillvalue=""):
            padded = []
            for part, width, number in zip(parts, widths, numeric, strict=True):
                gap = " " * (width - cell_len(part))
                padded.append(gap + part if number else part + gap)
            written.append((" " * GAP).join(padded))
    heads = max(map(len, split[0]))
    return "\n".join(
        (*written[:heads], "─" * (sum(widths) + GAP * (len(widths) - 1)), *written[heads:])
    )


def as_csv(table: Table) -> str:
    """Return CSV, column names as they are; text that a spreadsheet would run is defused."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow([defused(clean(key)) for key in table.keys])
    for row in table.rows:
        writer.writerow([defused(flat(row.get(key), table.kind(key))) for key in table.keys])
    return written.getvalue()


def as_json(table: Table) -> str:
    """Return one JSON list of objects."""
    return to_json([_ordered(table, row) for row in table.rows], indent=2) + "\n"


def as_jsonl(table: Table) -> str:
    """Return one JSON object a line."""
    return "".join(to_json(_ordered(table, row)) + "\n" for row in table.rows)


def as_markdown(table: Table) -> str:
    """Return a Markdown table, with numbered sources below."""
    notes = Footnotes(table.lang)
    lines = [table_markdown(table, notes)]
    if notes.lines():
        lines += ["", f"**{SOURCES_TITLE[table.lang]}**", "", sources_markdown(notes)]
    return "\n".join(lines) + "\n"


def table_markdown(table: Table, notes: Footnotes) -> str:
    """Return the Markdown of the table alone, its sources as numbers in `notes`."""
    head = [_markdown_row(table.titles()), _markdown_row(["---"] * len(table.keys), raw=True)]
    return "\n".join([*head, *(_markdown_row(table.cells(row, notes)) for row in table.rows)])


def sources_markdown(notes: Footnotes) -> str:
    """Return the numbered sources, a line each."""
    return "\n".join(rf"\[{number}\] {markdown_text(text)}  " for number, text in notes.lines())


def markdown_text(text: str) -> str:
    """Return `text` such that Markdown shows it as it is; http links stay links."""
    parts, at = [], 0
    for link in _LINK.finditer(text):
        parts += [_escaped(text[at : link.start()]), f"<{link[0].replace('|', '%7C')}>"]
        at = link.end()
    return "".join((*parts, _escaped(text[at:])))


def _escaped(text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(r"\\\1", safe).replace("\n", "<br>")


def _markdown_row(cells: Sequence[str], raw: bool = False) -> str:
    return f"| {' | '.join(cell if raw else markdown_text(cell) for cell in cells)} |"


def _narrowest(lines: Sequence[Sequence[str]]) -> int:
    """Return the width in which a table still keeps its words whole, links aside."""
    columns = zip(*lines, strict=True)
    widths = [
        max((min(len(word), LONG_WORD) for cell in column for word in cell.split()), default=0)
        for column in columns
    ]
    return sum(widths) + GAP * (len(widths) - 1)


def _blocks(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return one block a row, a line a cell that is not empty."""
    blocks = []
    for number, cells in enumerate(rows, 1):
        lines = [f"— {number} —"]
        for title, cell in zip(titles, cells, strict=True):
            if cell:
                lines.append(f"{title}: " + cell.replace("\n", "\n    "))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _ordered(table: Table, row: Row) -> dict[str, Any]:
    return {key: row.get(key) for key in table.keys}


def defused(cell: Any) -> Any:
    """Return what stands for `cell` in CSV: text that a spreadsheet would run gets a quote."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
