"""The sources of an answer: a column may give ids of claims or sources, looked up here at once.

In a question, `h.claims AS sources` or `h.sources AS sources` is enough; lists in lists will do,
and so will the `sources` of the sides of a dispute.
The rows then hold what each claim cites, each citation once: id, publisher, published, title, url,
and for a claim page and day of access.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from vinculos.graph.citations import Citation, cited_by, described
from vinculos.graph.store import Store

SOURCES, SIDES = "sources", "sides"
KINDS = (SOURCES, SIDES)
"""The kinds of the columns that hold sources: by themselves, or of each side of a dispute."""
Cited = Mapping[str, Mapping[str, dict[str, Any]]]
"""By id what is cited, each by its text, which tells it from others and gives their order."""


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
    claims = cited_by(store, (id for id in ids if not _is_source(id)))
    cites = {source for citations in claims.values() for source, _, _ in citations}
    sources = described(store, cites.union(filter(_is_source, ids)))

    @cache
    def written(citation: Citation) -> tuple[str, dict[str, Any]]:
        source, page, accessed = citation
        shown = {**sources[source], "page": page, "accessed": accessed}
        return repr(shown), shown

    cited: dict[str, dict[str, dict[str, Any]]] = {
        id: {repr(source): source} for id, source in sources.items()
    }
    cited |= {
        claim: dict(written(citation) for citation in citations if citation[0] in sources)
        for claim, citations in claims.items()
    }
    return [
        {**row, **{name: _cited(row[name], cited) for name in named if name in row}} for row in rows
    ]


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _ids(item)
    elif isinstance(value, dict):
        yield from _ids(value.get(SOURCES))


def _is_source(id: str) -> bool:
    """Return whether an id is that of a source, which has a space; that of a claim is a hash."""
    return ":" in id


def _cited(value: Any, cited: Cited) -> Any:
    if isinstance(value, dict) and SOURCES in value:
        return {**value, SOURCES: _cited(value[SOURCES], cited)}
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return [_cited(item, cited) for item in value]
    ids = dict.fromkeys(_ids(value))
    if not ids:
        return [] if value is None else value
    found: dict[str, dict[str, Any]] = {}
    for id in ids:
        found.update(cited.get(id, {}))
    return [found[key] for key in sorted(found)]
