"""What people decided about that no row describes any more: their decisions wait.

A row that comes again under another key is another entity for the graph: it is not protected,
restricted, retracted or corrected any more, so whoever loads has to be told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from vinculos.graph.decisions import Decision, standing_decisions
from vinculos.graph.derive import CORRECTIONS
from vinculos.graph.model import ABOUT, CLAIM
from vinculos.graph.records import NodeRef
from vinculos.graph.same_people import PERSON, SamePeople
from vinculos.graph.store import Store
from vinculos.graph.stored import LIVE, main_ref, read_decisions
from vinculos.graph.writer import Writer
from vinculos.language import gettext as _


@contextmanager
def telling_what_waits(
    writer: Writer, notify: Callable[[str], None] | None = None
) -> Iterator[None]:
    """Say after the block of what it took the last row away, though somebody decided about it.

    Raises:
        EngineError: the graph cannot be read.
    """
    before = _decided_about(writer.store)
    yield
    writer.flush()
    if before and notify and (gone := before - _decided_about(writer.store)):
        notify(
            _(
                "No row describes these any more, and what was decided about them waits: {ids}. "
                "Whoever or whatever comes again under another id is neither protected, "
                "restricted, retracted nor corrected: decide anew for that id."
            ).format(ids=", ".join(sorted(ref.id for ref in gone)))
        )


def _decided_about(store: Store) -> set[NodeRef]:
    """Return what decisions that stand, and corrections, are about, and rows describe."""
    decisions = read_decisions(store)
    same = SamePeople(decisions)
    sought: defaultdict[str, set[str]] = defaultdict(set)
    for ref in _targets(store, decisions, same):
        sought[ref.label].add(ref.id)
    described = {NodeRef(CLAIM, id) for id in _standing(store, sought.pop(CLAIM, set()))}
    for label, ids in sorted(sought.items()):
        described |= {NodeRef(label, id) for id in _described(store, label, ids, same.clusters)}
    return described


def _targets(store: Store, decisions: list[Decision], same: SamePeople) -> set[NodeRef]:
    """Return what decisions that stand and corrections are about."""
    stand = standing_decisions(decisions)
    kept = {
        *stand.retracted,
        *(id for id, said in {**stand.protected, **stand.restricted}.items() if said),
    }
    found = {NodeRef(d.label, d.target) for d in decisions if d.target in kept}
    found |= {NodeRef(PERSON, id) for pair in same.standing for id in pair}
    for row in store.read(
        f"MATCH (c:{CLAIM} {{table: $table}})-[:{ABOUT}]->(n) WHERE {LIVE} "
        "RETURN DISTINCT c.subjects AS subjects, labels(n) AS labels",
        {"table": CORRECTIONS},
    ).rows:
        found |= {main_ref(row["labels"], id) for id in row["subjects"]}
    return found


def _standing(store: Store, ids: set[str]) -> set[str]:
    rows = store.read(
        f"UNWIND $ids AS id MATCH (c:{CLAIM} {{id: id}}) WHERE {LIVE} RETURN id",
        {"ids": sorted(ids)},
    ).rows
    return {row["id"] for row in rows}


def _described(
    store: Store, label: str, ids: set[str], clusters: Mapping[str, tuple[str, ...]]
) -> set[str]:
    """Return those of the ids that rows say something of, also as one with others."""
    nodes = [{"id": id, "node": node} for id in sorted(ids) for node in clusters.get(id, (id,))]
    rows = store.read(
        f"UNWIND $nodes AS one MATCH (:{label} {{id: one.node}})<-[:{ABOUT}]-(c:{CLAIM}) "
        f"WHERE {LIVE} AND c.table <> $table AND one.id IN c.subjects RETURN DISTINCT one.id AS id",
        {"nodes": nodes, "table": CORRECTIONS},
    ).rows
    return {row["id"] for row in rows}
