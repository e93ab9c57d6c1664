"""Deriving anew what is touched, and writing what that changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from vinculos.graph.decisions import Decision, standing_decisions
from vinculos.graph.derive import Derived, derive
from vinculos.graph.minors import mask_claims
from vinculos.graph.model import DECISION, ENTITIES
from vinculos.graph.protect_minors import Minors
from vinculos.graph.records import Claim, NodeRef
from vinculos.graph.store import Store
from vinculos.graph.stored import batches, read_claims, read_derived
from vinculos.graph.writer import Counts, Writer

Progress = Callable[[str, int, int], None]
"""Called with a stage (`claims`, `nodes`, `relationships`), how many are done, and of how many."""


def read_decisions(store: Store) -> list[Decision]:
    """Return every decision, oldest first."""
    rows = store.read(
        f"MATCH (d:{DECISION}) RETURN d.number AS number, d.kind AS kind, d.target AS target, "
        "d.label AS label, d.why AS why, d.who AS who, d.made AS made ORDER BY number"
    ).rows
    return [Decision(**row) for row in rows]


def rederive(
    writer: Writer,
    touched: set[NodeRef],
    changed: Mapping[str, Claim],
    minors: Minors,
    counts: Counts,
    progress: Progress,
    write_claims: Callable[[list[Decision]], None] = lambda decisions: None,
) -> None:
    """Derive the entities touched, whole, with their relationships, and write what differs.

    Args:
        writer: of the graph.
        touched: the entities.
        changed: the claims not yet stored, by id; the others are read.
        minors: who is a minor among them.
        counts: counted on.
        progress: told how far the writing is.
        write_claims: writes the changed claims under the decisions taken; called when their nodes
            are there and before the relationships that rest on them.
    """
    store = writer.store
    stored = read_derived(store, touched)
    live = dict(changed)
    for claim in read_claims(store, touched):
        live.setdefault(claim.id, claim)
    # A dispute over a tie may be about its other end alone.
    ends = {end for c in live.values() for tie in c.ties for end in (tie.start, tie.end)}
    for claim in read_claims(store, ends - touched, disputes_only=True):
        live.setdefault(claim.id, claim)
    claims = list(mask_claims(live.values(), minors.people, minors.names))
    decisions = read_decisions(store)
    published = _published(store, claims)
    derived = derive(claims, touched, minors.people, published, standing_decisions(decisions))
    _write_nodes(writer, derived, stored, counts, progress)
    write_claims(decisions)
    _write_relationships(writer, derived, stored, counts, progress)
    gone = stored.nodes.keys() - derived.nodes.keys()
    writer.delete_nodes(gone)
    counts.deleted["nodes"] += len(gone)


def _published(store: Store, claims: Iterable[Claim]) -> dict[str, str]:
    """Return source id to its date of publication, for all that the claims cite."""
    claims = list(claims)
    cited = {citation.source for claim in claims for citation in claim.citations}
    published: dict[str, str] = {}
    for batch in batches(sorted(cited)):
        rows = store.read(
            "UNWIND $ids AS id MATCH (s:Source {id: id}) WHERE s.published IS NOT NULL "
            "RETURN s.id AS id, s.published AS published",
            {"ids": batch},
        ).rows
        published |= {row["id"]: row["published"] for row in rows}
    sources = {NodeRef("Source", source) for source in cited}
    about = [claim for claim in claims if claim.table == "sources"]
    for ref, node in derive(about, sources, set(), {}).nodes.items():
        published.pop(ref.id, None)
        if date := node.properties.get("published"):
            published[ref.id] = date
    return published


def _write_nodes(
    writer: Writer, derived: Derived, stored: Derived, counts: Counts, progress: Progress
) -> None:
    written = []
    for ref, node in derived.nodes.items():
        old = stored.nodes.get(ref)
        if counts.note("nodes", old.properties if old else None, node.properties):
            written.append(node)
    progress("nodes", 0, len(written))
    writer.nodes(written)
    progress("nodes", len(written), len(written))


def _write_relationships(
    writer: Writer, derived: Derived, stored: Derived, counts: Counts, progress: Progress
) -> None:
    written = []
    for rel_id, rel in derived.relationships.items():
        old = stored.relationships.get(rel_id)
        if counts.note("relationships", old.properties if old else None, rel.properties):
            written.append(rel)
    gone = [r for i, r in stored.relationships.items() if i not in derived.relationships]
    writer.delete_relationships(gone)
    counts.deleted["relationships"] += len(gone)
    progress("relationships", 0, len(written))
    writer.relationships(written)
    progress("relationships", len(written), len(written))


def main_ref(labels: Iterable[str], node_id: str) -> NodeRef:
    """Return the reference to an entity with these labels and this id."""
    found = set(labels)
    return NodeRef(next(label for label in ENTITIES if label in found), node_id)
