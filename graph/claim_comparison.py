"""How the claims of a load compare with what the graph holds of the same dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from vinculos.graph.claim_spool import ALIKE, CHANGED, GIVEN, GONE, NEW, STORED, ClaimSpool, spooled
from vinculos.graph.claim_statements import WrittenClaim
from vinculos.graph.records import from_json
from vinculos.graph.touched import citations_of

TABLES = """
CREATE TABLE before (id TEXT PRIMARY KEY, digest TEXT, tbl TEXT, file TEXT, line INTEGER)
    WITHOUT ROWID;
CREATE TABLE vanished (id TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID
"""


class Comparison:
    """Tells new from changed, unchanged and vanished claims."""

    def __init__(self, claims: ClaimSpool) -> None:
        """Take the claims of a load."""
        self.claims, self._spool = claims, claims.spool
        self._spool.make(TABLES)

    def compare(self, before: Iterable[tuple[str, str, str, str, int]]) -> None:
        """Take what is stored (id, digest, table, file, line) and tell new from changed claims."""
        self.claims.flush()
        self._spool.run_many("INSERT INTO before VALUES (?, ?, ?, ?, ?)", before)
        self._spool.run(
            "UPDATE claims SET state = CASE (SELECT b.digest = claims.digest FROM before b "
            "WHERE b.id = claims.id) WHEN 1 THEN ? WHEN 0 THEN ? ELSE ? END WHERE state = ?",
            (ALIKE, CHANGED, NEW, GIVEN),
        )

    def note_vanished(self, tables: Iterable[str]) -> int:
        """Note what these tables said before and the load does not say; return how much it is."""
        for table in tables:
            self._spool.run(
                "INSERT INTO vanished SELECT b.id, b.digest FROM before b "
                "LEFT JOIN claims c ON c.id = b.id AND c.state <> ? "
                "WHERE b.tbl = ? AND c.n IS NULL",
                (STORED, table),
            )
        return self._spool.number("SELECT count(*) FROM vanished")

    def superseded(self) -> Iterator[str]:
        """Yield the ids of changed and of vanished claims."""
        sql = "SELECT id FROM claims WHERE state = ? UNION ALL SELECT id FROM vanished"
        return (row[0] for row in self._spool.rows(sql, (CHANGED,)))

    def vanished(self, load: str) -> Iterator[tuple[str, str]]:
        """Yield the ids of vanished claims, each with the id under which a load keeps it."""
        for claim, digest in self._spool.rows("SELECT id, digest FROM vanished"):
            yield claim, kept_id(claim, load, digest)

    def drop_vanished(self) -> None:
        """Have the vanished claims count no more."""
        self.claims.flush()
        self._spool.run(
            "UPDATE claims SET state = ? WHERE id IN (SELECT id FROM vanished)", (GONE,)
        )

    def moved(self) -> Iterator[dict[str, Any]]:
        """Yield id, file and row of claims that stand somewhere else and say the same."""
        for claim, file, row in self._spool.rows(
            "SELECT c.id, c.file, c.line FROM claims c JOIN before b USING (id) "
            "WHERE c.state = ? AND (c.file <> b.file OR c.line <> b.line)",
            (ALIKE,),
        ):
            yield {"id": claim, "file": file, "row": row}

    def count(self, *states: str) -> int:
        """Return how many claims are in any of these states."""
        sql = "SELECT count(*) FROM claims WHERE state = ?"
        return sum(self._spool.number(sql, (state,)) for state in states)

    def written(self, load: str) -> Iterator[WrittenClaim]:
        """Yield the new and changed claims as a load writes them."""
        self.claims.flush()
        for *properties, about, citations, digest in self._spool.rows(
            "SELECT c.properties, c.asserts, c.about, c.citations, b.digest FROM claims c "
            "LEFT JOIN before b ON b.id = c.id WHERE c.state IN (?, ?) ORDER BY c.n",
            (NEW, CHANGED),
        ):
            said = spooled(*properties)
            old = kept_id(said["id"], load, digest) if digest else ""
            yield WrittenClaim(said, from_json(about), citations_of(citations), old)


def kept_id(claim: str, load: str, digest: str) -> str:
    """Return the id under which the version of a claim is kept that a load supersedes."""
    return f"{claim}@{load}.{digest[:8]}"
