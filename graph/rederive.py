"""Deriving anew what is touched, and writing what that changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from vinculos.graph.cited_sources import CitedSources
from vinculos.graph.contested import Contested
from vinculos.graph.decisions import Decisions, standing_decisions
from vinculos.graph.derive import SaidOf, derive_node, derive_ties
from vinculos.graph.fields import Evidence, SourceOf
from vinculos.graph.merging import Merging
from vinculos.graph.protect_minors import Minors
from vinculos.graph.records import Claim, Node, NodeRef, Relationship
from vinculos.graph.same_people import SamePeople, merged_claim, others_of
from vinculos.graph.stored import (
    batches,
    read_claims,
    read_decisions,
    read_nodes,
    read_relationships,
)
from vinculos.graph.touched import Standing, Touched
from vinculos.graph.writer import Counts, Writer

Progress = Callable[[str, int, int], None]
"""Called with a stage (`claims`, `nodes`, `relationships`), how many are done, and of how many."""

TABLES = """
CREATE TABLE there (
    id TEXT PRIMARY KEY, type TEXT, start_label TEXT, start TEXT, end_label TEXT, end TEXT,
    print TEXT) WITHOUT ROWID;
CREATE TABLE gone (label TEXT, id TEXT)
"""


class Rederiving:
    """Derives what a spool notes as touched, whole, with its relationships; writes what differs.

    Call `nodes` for each label, then `about`, have the claims written, then call `relationships`:
    whatever is killed in between leaves no relationship without the claims that it rests on.
    """

    def __init__(
        self,
        writer: Writer,
        touched: Touched,
        minors: Minors,
        counts: Counts,
        progress: Progress,
        *,
        fresh: bool = False,
    ) -> None:
        """Read from the graph what the claims meet there.

        Args:
            writer: of the graph.
            touched: what is touched; the stored claims about it are added to the spool.
            minors: who is a minor among what is touched.
            counts: counted on.
            progress: told how far the writing is.
            fresh: the graph holds no claim, so that nothing needs to be read.
        """
        claims = touched.claims
        self.writer, self.touched, self.minors = writer, touched, minors
        self.counts, self.progress, self.fresh = counts, progress, fresh
        self.store = writer.store
        self._nodes = 0
        self.decisions = read_decisions(self.store)
        self._merging = Merging(writer, touched, SamePeople(self.decisions))
        self._spool = claims.spool
        self._spool.make(TABLES)
        if not fresh:
            for refs in batches(touched.refs()):
                claims.add_stored(minors.masked(read_claims(self.store, refs)))
            self._merging.merge()
            # A dispute over a tie may be about its other end alone.
            for refs in batches(touched.untouched_ends()):
                disputes = read_claims(self.store, refs, disputes_only=True)
                claims.add_stored(minors.masked(disputes))
            claims.merge(self._merging.shown)
        self._decisions: Decisions = replace(
            standing_decisions(self.decisions), same=others_of(self._merging.shown)
        )
        self._source_of: SourceOf = CitedSources(self.store, touched, fresh=fresh)

    def nodes(self, labels: Iterable[str]) -> None:
        """Write the nodes of some labels that differ; those that nothing speaks of are noted."""
        total = self._spool.number("SELECT count(*) FROM touched")
        for batch in batches(node for label in labels for node in self._derived_nodes(label)):
            stored = {} if self.fresh else read_nodes(self.store, [ref for ref, _ in batch])
            written = []
            for ref, node in batch:
                old = stored.get(ref)
                if node is None:
                    if old is not None:
                        self._spool.run("INSERT INTO gone VALUES (?, ?)", ref)
                elif self.counts.note("nodes", old.properties if old else None, node.properties):
                    written.append(node)
            self.writer.nodes(written)
            self._nodes += len(batch)
            self.progress("nodes", self._nodes, total)

    def _derived_nodes(self, label: str) -> Iterator[tuple[NodeRef, Node | None]]:
        """Yield each entity touched with its node, None where no standing claim speaks of it."""
        for ref, mentions in self.touched.mentions(label):
            given: list[SaidOf] = []
            mentioned: list[Evidence] = []
            described: list[Evidence] = []
            for mention in mentions:
                if claim := self._standing(mention.claim):
                    (described if mention.described else mentioned).append(claim)
                    given += (SaidOf(claim, *said) for said in mention.said)
            node = derive_node(
                ref,
                given,
                described or mentioned,
                described=bool(described),
                is_minor=ref in self.minors.people,
                source_of=self._source_of,
                decisions=self._decisions,
            )
            yield ref, node if described or mentioned else None

    def _standing(self, claim: Standing) -> Standing | None:
        """Return a claim with the citations that stand, None where it falls."""
        if not self._decisions.retracted:
            return claim
        kept = self._decisions.standing_citations(claim.id, claim.table, claim.citations)
        return None if kept is None else claim._replace(citations=kept)

    def about(self, claims: Iterable[Claim]) -> None:
        """Tie stored claims to what they are about, people who are one to the node of all."""
        self.writer.about(merged_claim(claim, self._merging.shown) for claim in claims)
        self._merging.repoint()

    def relationships(self) -> None:
        """Write the relationships that differ; delete what nothing supports any more."""
        if not self.fresh:
            self._note_stored()
        spool, total = self._spool, self._spool.number("SELECT count(*) FROM ties")
        done = 0
        for batch in batches(self._derived_relationships()):
            self._write_relationships(batch)
            done += len(batch)
            self.progress("relationships", done, max(done, total))
        self.progress("relationships", done, done)
        for gone in batches(spool.rows("SELECT * FROM there")):
            self.counts.deleted["relationships"] += len(gone)
            self.writer.delete_relationships(
                Relationship(id, kind, NodeRef(*start), NodeRef(*end), {})
                for id, kind, *ends, _ in gone
                for start, end in [(ends[:2], ends[2:])]
            )
        for nodes in batches(spool.rows("SELECT label, id FROM gone")):
            self.counts.deleted["nodes"] += len(nodes)
            self.writer.delete_nodes(NodeRef(*ref) for ref in nodes)
        self.writer.flush()

    def _write_relationships(self, batch: Iterable[Relationship]) -> None:
        """Count relationships, as some that need not go; write those that differ."""
        new: list[Relationship] = []
        changed: list[Relationship] = []
        for rel in batch:
            old = None if self.fresh else self._taken(rel)
            now = {"print": fingerprint(rel)} if old else {}
            if self.counts.note("relationships", old, now):
                (changed if old else new).append(rel)
        self.writer.relationships(new, new=True)
        self.writer.relationships(changed)

    def _taken(self, rel: Relationship) -> dict[str, str] | None:
        """Return the print of a relationship that the graph holds, and note that it stays."""
        found = self._spool.row("SELECT print FROM there WHERE id = ?", (rel.id,))
        self._spool.run("DELETE FROM there WHERE id = ?", (rel.id,))
        return {"print": found[0]} if found else None

    def _note_stored(self) -> None:
        """Note every relationship of what is touched that the graph holds."""
        for refs in batches(self.touched.refs()):
            self._spool.run_many(
                "INSERT OR IGNORE INTO there VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    (rel.id, rel.type, *rel.start, *rel.end, fingerprint(rel))
                    for rel in read_relationships(self.store, refs)
                ),
            )

    def _derived_relationships(self) -> Iterator[Relationship]:
        contested = Contested()
        for claim, said in self.touched.contested():
            if self._standing(claim):
                contested.add(*said)
        for ties in self.touched.ties():
            given = [(kept, tie) for claim, tie in ties if (kept := self._standing(claim))]
            if given:
                yield from derive_ties(given, contested, self._source_of)


def fingerprint(relationship: Relationship) -> str:
    """Return all properties of a relationship as one text that two alike share."""
    return repr(sorted(relationship.properties.items()))
