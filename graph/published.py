"""When each source was published: what a claim that names no day is as new as."""

from __future__ import annotations

from functools import lru_cache

from vinculos.graph.decisions import NONE
from vinculos.graph.derive import derive_node
from vinculos.graph.store import Store
from vinculos.graph.stored import batches
from vinculos.graph.touched import Touched

TABLE = "CREATE TABLE published (source TEXT PRIMARY KEY, day TEXT) WITHOUT ROWID"
SOURCES = "sources"
"""The table whose rows say when a source was published."""


class PublicationDates:
    """From a source's id to its date of publication, '' where it has none."""

    def __init__(self, store: Store, touched: Touched, *, fresh: bool) -> None:
        """Derive the dates of the sources touched; read those of the others that claims cite.

        Args:
            store: an open store.
            touched: what is to be derived.
            fresh: the graph holds no source.
        """
        self._spool = touched.claims.spool
        self._spool.make(TABLE)
        self._spool.run_many("INSERT INTO published VALUES (?, ?)", _days(touched))
        if not fresh:
            others = "SELECT source FROM cited EXCEPT SELECT source FROM published"
            for rows in batches(list(self._spool.rows(others))):
                found = store.read(
                    "UNWIND $ids AS id MATCH (s:Source {id: id}) WHERE s.published IS NOT NULL "
                    "RETURN s.id AS id, s.published AS day",
                    {"ids": [row[0] for row in rows]},
                ).rows
                days = [(row["id"], row["day"]) for row in found]
                self._spool.run_many("INSERT INTO published VALUES (?, ?)", days)
        self._day = lru_cache(maxsize=16384)(self._look_up)

    def __call__(self, source: str) -> str:
        """Return the date of one source."""
        return self._day(source)

    def _look_up(self, source: str) -> str:
        row = self._spool.row("SELECT day FROM published WHERE source = ?", (source,))
        return row[0] if row else ""


def _days(touched: Touched) -> list[tuple[str, str]]:
    """Return id and date of the sources touched of which a row of sources speaks."""
    found = []
    for ref, mentions in touched.mentions("Source"):
        given = [v for m in mentions if m.claim.table == SOURCES for v in m.values()]
        if given:
            node = derive_node(
                ref,
                given,
                described=True,
                is_minor=False,
                published=lambda source: "",
                decisions=NONE,
            )
            found.append((ref.id, str(node.properties.get("published", ""))))
    return found
