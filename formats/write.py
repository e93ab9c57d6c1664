"""A table in the format asked for, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from vinculos.formats import text
from vinculos.formats.table import Table


def _html(table: Table) -> str:
    # Templates are loaded where HTML is asked for alone; so is the library for workbooks.
    from vinculos.formats.html import as_html

    return as_html(table)


def _xlsx(table: Table) -> bytes:
    from vinculos.formats.xlsx import as_xlsx

    return as_xlsx(table)


FORMATS: Mapping[str, Callable[[Table], str | bytes]] = {
    "table": text.as_table,
    "csv": text.as_csv,
    "json": text.as_json,
    "jsonl": text.as_jsonl,
    "md": text.as_markdown,
    "xlsx": _xlsx,
    "html": _html,
}
