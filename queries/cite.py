"""The sources of an answer: a column may give ids of claims or sources, looked up here at once.

In a question, `h.claims AS sources` or `h.sources AS sources` is enough; lists in lists will do,
and so will the `sources` of the sides of a dispute.
The rows then hold what each claim cites, each citation once: id, publisher, published, title, url,
and for a claim page and day of access.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vinculos.graph.citations import cited_by, described
from vinculos.graph.plain import plain
from vinculos.graph.shapes import Shared
from vinculos.graph.store import Store

SOURCES, SIDES = "sources", "sides"
KINDS = (SOURCES, SIDES)
"""The kinds of the columns that hold sources: by themselves, or of each side of a dispute."""


@dataclass(frozen=True)
class Cited:
    """All that is cited, each once, in the order of its text; and by id the places of its own."""

    sources: Sequence[Shared]
    places: Mapping[str, Sequence[int]]


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
    ids: set[str] = set()
    for row in rows:
        for name in named:
            _take_ids(row.get(name), ids)
    if not ids:
        return rows
    cited = _looked_up(store, ids)
    return [
        {**row, **{name: _cited(row[name], cited) for name in named if name in row}} for row in rows
    ]


def _looked_up(store: Store, ids: Iterable[str]) -> Cited:
    """Return what claims cite and what sources are, by their ids."""
    claims = cited_by(store, (id for id in ids if not _is_source(id)))
    cites = {citation for citations in claims.values() for citation in citations}
    own = set(filter(_is_source, ids))
    known = described(store, own.union(source for source, _, _ in cites))
    shown: dict[Any, dict[str, Any]] = {id: known[id] for id in own if id in known}
    for citation in cites:
        source, page, accessed = citation
        if source in known:
            shown[citation] = {**known[source], "page": page, "accessed": accessed}
    texts = {key: repr(source) for key, source in shown.items()}
    sources = {texts[key]: source for key, source in shown.items()}
    ordered = sorted(sources)
    place = {text: at for at, text in enumerate(ordered)}
    at = {key: place[text] for key, text in texts.items()}
    places: dict[str, Sequence[int]] = {id: (at[id],) for id in own if id in at}
    places |= {id: [at[c] for c in citations if c in at] for id, citations in claims.items()}
    return Cited([Shared(plain(sources[text])) for text in ordered], places)


def _take_ids(value: Any, ids: set[str]) -> None:
    if isinstance(value, str):
        ids.add(value)
    elif isinstance(value, list):
        for item in value:
            _take_ids(item, ids)
    elif isinstance(value, dict):
        _take_ids(value.get(SOURCES), ids)


def _is_source(id: str) -> bool:
    """Return whether an id is that of a source, which has a space; that of a claim is a hash."""
    return ":" in id


def _cited(value: Any, cited: Cited) -> Any:
    if isinstance(value, dict) and SOURCES in value:
        return {**value, SOURCES: _cited(value[SOURCES], cited)}
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return [_cited(item, cited) for item in value]
    ids: set[str] = set()
    _take_ids(value, ids)
    if not ids:
        return [] if value is None else value
    places = {place for id in ids for place in cited.places.get(id, ())}
    return [cited.sources[place] for place in sorted(places)]
