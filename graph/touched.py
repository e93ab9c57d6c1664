"""What is to be derived anew, entity by entity and tie by tie, with all that is claimed of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple

from vinculos.graph.claim_spool import CHANGED, NEW, ClaimSpool
from vinculos.graph.derive import SaidOf
from vinculos.graph.records import Citation, NodeRef, Tie, from_json
from vinculos.graph.same_people import SamePeople

TABLE = "CREATE TABLE touched (label TEXT, id TEXT, PRIMARY KEY (label, id)) WITHOUT ROWID"

ENDS = "CREATE TABLE ends (label TEXT, id TEXT, PRIMARY KEY (label, id)) WITHOUT ROWID"
PART = 2000


class Standing(NamedTuple):
    """What derivation asks of a claim, beside what it says."""

    id: str
    table: str
    as_of: str
    citations: tuple[Citation, ...]
    confidence: str


class Mention(NamedTuple):
    """What one claim says of one entity."""

    claim: Standing
    described: bool
    said: tuple[tuple[str, Any, str], ...]

    def values(self) -> Iterator[SaidOf]:
        """Yield the values as derivation takes them."""
        return (SaidOf(self.claim, *said) for said in self.said)


class Touched:
    """The entities that are to be derived anew."""

    def __init__(self, claims: ClaimSpool) -> None:
        """Take the claims that speak of them."""
        self.claims, self._spool = claims, claims.spool
        self._spool.make(TABLE)

    def add(self, refs: Iterable[NodeRef]) -> None:
        """Note entities to be derived anew."""
        self._spool.run_many("INSERT OR IGNORE INTO touched VALUES (?, ?)", refs)

    def add_whole(self, same: SamePeople) -> None:
        """Note all who are one with any person that is to be derived anew."""
        there = [id for id in same.clusters if self.has(NodeRef("Person", id))]
        self.add(same.whole(NodeRef("Person", id) for id in there))

    def has(self, ref: NodeRef) -> bool:
        """Return whether an entity is to be derived anew."""
        sql = "SELECT 1 FROM touched WHERE label = ? AND id = ?"
        return self._spool.row(sql, ref) is not None

    def add_changed(self) -> None:
        """Note all that new and changed claims are about."""
        self.claims.flush()
        self._spool.run(
            "INSERT OR IGNORE INTO touched SELECT m.label, m.id FROM mentions m "
            "JOIN claims c USING (n) WHERE c.state IN (?, ?)",
            (NEW, CHANGED),
        )

    def refs(self, label: str = "") -> Iterator[NodeRef]:
        """Yield the entities to be derived anew, of one label where it is given.

        More may be added meanwhile; whether they come too is not said.
        """
        sql = (
            "SELECT label, id FROM touched WHERE (label, id) > (?, ?) AND (label = ? OR ? = '') "
            "ORDER BY label, id LIMIT ?"
        )
        last = (label, "")
        while rows := list(self._spool.rows(sql, (*last, label, label, PART))):
            yield from (NodeRef(*row) for row in rows)
            last = rows[-1]

    def untouched_ends(self) -> Iterator[NodeRef]:
        """Yield the entities beyond those touched to which claims tie them."""
        self.claims.flush()
        self._spool.make(ENDS)
        for label, end in (("start_label", "start"), ("end_label", "end")):
            self._spool.run(
                f"INSERT OR IGNORE INTO ends SELECT {label}, {end} FROM ties "  # noqa: S608
                "EXCEPT SELECT label, id FROM touched"
            )
        return (NodeRef(*row) for row in self._spool.rows("SELECT label, id FROM ends"))

    def mentions(self, label: str) -> Iterator[tuple[NodeRef, Iterator[Mention]]]:
        """Yield each entity of a label touched, with what each claim says of it."""
        self.claims.flush()
        rows = self._spool.rows(
            "SELECT t.label, t.id, c.id, c.tbl, c.as_of, c.citations, c.confidence, "
            "m.described, m.said "
            "FROM touched t LEFT JOIN mentions m ON m.label = t.label AND m.id = t.id "
            "LEFT JOIN claims c ON c.n = m.n AND c.state <> 'gone' "
            "WHERE t.label = ? ORDER BY t.id",
            (label,),
        )
        for (label, id), group in _grouped(rows, 2):
            yield (
                NodeRef(label, id),
                (
                    Mention(
                        Standing(claim, table, as_of, citations_of(citations), sure),
                        bool(described),
                        tuple(map(tuple, from_json(said))) if said else (),
                    )
                    for claim, table, as_of, citations, sure, described, said in group
                    if claim is not None
                ),
            )

    def ties(self) -> Iterator[list[tuple[Standing, Tie]]]:
        """Yield, for each type and pair of ends of which one is touched, all that claims say."""
        self.claims.flush()
        rows = self._spool.rows(
            "SELECT x.type, x.start_label, x.start, x.end_label, x.end, "
            "c.id, c.tbl, c.as_of, c.citations, c.confidence, x.fields, x.confidence, x.fallback "
            "FROM ties x JOIN claims c ON c.n = x.n WHERE c.state <> 'gone' AND ("
            "EXISTS (SELECT 1 FROM touched WHERE label = x.start_label AND id = x.start) OR "
            "EXISTS (SELECT 1 FROM touched WHERE label = x.end_label AND id = x.end)) "
            "ORDER BY x.type, x.start_label, x.start, x.end_label, x.end"
        )
        for (kind, start_label, start, end_label, end), group in _grouped(rows, 5):
            first, second = NodeRef(start_label, start), NodeRef(end_label, end)
            yield [
                (
                    Standing(claim, table, as_of, citations_of(citations), sure),
                    Tie(kind, first, second, from_json(fields), confidence, bool(fallback)),
                )
                for claim, table, as_of, citations, sure, fields, confidence, fallback in group
            ]

    def contested(
        self,
    ) -> Iterator[tuple[Standing, tuple[str, NodeRef, NodeRef | None, str | None]]]:
        """Yield each claim in conflict over ties, and what `Contested` asks of it."""
        self.claims.flush()
        for claim, table, as_of, citations, sure, kind, *ends, value in self._spool.rows(
            "SELECT c.id, c.tbl, c.as_of, c.citations, c.confidence, x.type, x.label, x.id, "
            "x.other_label, x.other, x.value FROM contested x JOIN claims c USING (n) "
            "WHERE c.state <> 'gone'"
        ):
            yield (
                Standing(claim, table, as_of, citations_of(citations), sure),
                (kind, NodeRef(*ends[:2]), NodeRef(*ends[2:]) if ends[3] else None, value),
            )


@lru_cache(maxsize=16384)
def citations_of(text: str) -> tuple[Citation, ...]:
    """Return the citations that stand in the spool as `text`."""
    return tuple(Citation(*citation) for citation in from_json(text))


def _grouped(
    rows: Iterator[tuple[Any, ...]], width: int
) -> Iterator[tuple[tuple[Any, ...], Iterator[tuple[Any, ...]]]]:
    """Yield the rows that share their first `width` cells, those cells apart."""
    for key, group in groupby(rows, key=lambda row: row[:width]):
        yield key, (row[width:] for row in group)
