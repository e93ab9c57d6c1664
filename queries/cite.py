"""The sources of an answer: a column may give ids of claims or sources, looked up here at once.

In a question, `h.claims AS sources` or `h.sources AS sources` is enough; lists in lists will do.
The rows then hold what each claim cites, each citation once: id, publisher, published, title, url,
and for a claim page and day of access.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vinculos.graph.citations import cited_by, described
from vinculos.graph.store import Store
from vinculos.graph.stored import batches

KIND = "sources"
"""The kind of the columns that hold sources."""
Cited = Mapping[str, list[dict[str, Any]]]


def cite(store: Store, rows: list[dict[str, Any]], columns: Iterable[str]) -> list[dict[str, Any]]:
    """Return the rows with the sources that their ids stand for.

    Args:
        store: the open graph.
        rows: of an answer.
        columns: those that hold sources; one that holds them already stays.

    Raises:
        EngineError: the graph cannot be read.
    """
    named = list(columns)
    ids = {id for row in rows for name in named for id in _ids(row.get(name))}
    if not ids:
        return rows
    cited: dict[str, list[dict[str, Any]]] = {}
    for batch in batches(sorted(id for id in ids if not _is_source(id))):
        cited |= cited_by(store, batch)
    for batch in batches(sorted(filter(_is_source, ids))):
        cited |= described(store, batch)
    return [
        {**row, **{name: _cited(row[name], cited) for name in named if name in row}} for row in rows
    ]


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _ids(item)


def _is_source(id: str) -> bool:
    """Return whether an id is that of a source, which has a space; that of a claim is a hash."""
    return ":" in id


def _cited(value: Any, cited: Cited) -> Any:
    ids = dict.fromkeys(_ids(value))
    if not ids:
        return [] if value is None else value
    found = {repr(source): source for id in ids for source in cited.get(id, ())}
    return [found[key] for key in sorted(found)]
