"""Two rows that share a key: what is said of the second, and in which columns they differ."""

from __future__ import annotations

from collections.abc import Iterable

from vinculos.language import gettext as _
from vinculos.loaders.claims import ParsedRow


def same_key(row: ParsedRow, first: ParsedRow, place: str) -> str:
    """Return what is wrong with a row whose key another has taken.

    Args:
        row: the row.
        first: what took the key.
        place: where that stands, as `file:line`.
    """
    columns = list(_differing(row, first))
    if not columns:
        said = _("the same key as {place}, and the same row; leave one of them out")
        return said.format(place=place)
    said = _("the same key as {place}; a row is one fact, and these differ in: {columns}")
    return said.format(place=place, columns=", ".join(columns))


def _differing(row: ParsedRow, first: ParsedRow) -> Iterable[str]:
    """Return the columns of which the two rows have different cells, as the file calls them."""
    own, other = row.raw.cells, first.raw.cells
    return dict.fromkeys(
        row.columns.get(column.name) or first.columns.get(column.name, column.name)
        for column in row.table.all_columns
        if own.get(column.name, "") != other.get(column.name, "")
    )
