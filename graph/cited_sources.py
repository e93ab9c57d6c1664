"""What derivation asks of each source: who published it, and when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from vinculos.graph.derive import said_by_field
from vinculos.graph.fields import CitedSource, fill_fields
from vinculos.graph.model import NODE_TYPES
from vinculos.graph.store import Store
from vinculos.graph.stored import batches
from vinculos.graph.touched import Touched

TABLE = (
    "CREATE TABLE publications (source TEXT PRIMARY KEY, published TEXT, publisher TEXT) "
    "WITHOUT ROWID"
)
SOURCES = "sources"
"""The table whose rows describe sources."""
_ASKED = tuple(
    field
    for field in NODE_TYPES["Source"].fields
    if field.name in ("published", "origin", "publisher")
)
_INSERT = "INSERT INTO publications VALUES (?, ?, ?)"


class CitedSources:
    """From a source's id to who published it and when."""

    def __init__(self, store: Store, touched: Touched, *, fresh: bool) -> None:
        """Derive the sources touched; read the others that claims cite.

        Args:
            store: an open store.
            touched: what is to be derived.
            fresh: the graph holds no source.
        """
        self._spool = touched.claims.spool
        self._spool.make(TABLE)
        self._spool.run_many(_INSERT, _touched(touched))
        if not fresh:
            others = "SELECT source FROM cited EXCEPT SELECT source FROM publications"
            for rows in batches(list(self._spool.rows(others))):
                found = store.read(
                    "UNWIND $ids AS id MATCH (s:Source {id: id}) RETURN s.id AS id, "
                    "coalesce(s.published, '') AS published, "
                    "coalesce(s.origin, s.publisher, s.id) AS publisher",
                    {"ids": [row[0] for row in rows]},
                ).rows
                self._spool.run_many(
                    _INSERT, [(row["id"], row["published"], row["publisher"]) for row in found]
                )
        self._source = lru_cache(maxsize=16384)(self._look_up)

    def __call__(self, source: str) -> CitedSource:
        """Return one source; of one that nothing describes only its id is known."""
        return self._source(source)

    def _look_up(self, source: str) -> CitedSource:
        row = self._spool.row(
            "SELECT published, publisher FROM publications WHERE source = ?", (source,)
        )
        return CitedSource(*row) if row else CitedSource("", source)


def _touched(touched: Touched) -> Iterator[tuple[str, str, str]]:
    """Yield id, date and publisher of the sources touched of which a row of sources speaks."""
    for ref, mentions in touched.mentions("Source"):
        given = [v for m in mentions if m.claim.table == SOURCES for v in m.values()]
        if given:
            properties: dict[str, Any] = {}
            said = said_by_field(given, lambda source: CitedSource("", source))
            fill_fields(properties, _ASKED, said)
            yield ref.id, *described_source(ref.id, properties)


def described_source(id: str, properties: Mapping[str, Any]) -> CitedSource:
    """Return what derivation asks of a source from the properties of its node."""
    publisher = properties.get("origin") or properties.get("publisher") or id
    return CitedSource(str(properties.get("published", "")), str(publisher))
