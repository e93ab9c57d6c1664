"""Bringing claims into the graph and taking them out; what that touches is derived anew."""

from __future__ import annotations

import datetime
import getpass
import importlib.metadata
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from vinculos.graph.claim_comparison import Comparison
from vinculos.graph.claim_spool import ALIKE, CHANGED, NEW, ClaimSpool
from vinculos.graph.claim_statements import Writing
from vinculos.graph.concerned import (
    citing,
    claimed_about,
    finish_decisions,
    is_fresh,
    pending,
    pending_people,
)
from vinculos.graph.lock import graph_lock
from vinculos.graph.model import ENTITIES
from vinculos.graph.protect_minors import (
    Minors,
    exposed_minors,
    marked_minors,
    mask_spool,
    mask_stored,
    settle_minors,
)
from vinculos.graph.rederive import Progress, Rederiving
from vinculos.graph.roles import TOLD_BY, foresee_role_labels, set_role_labels
from vinculos.graph.same_people import SamePeople
from vinculos.graph.schema import ensure_schema
from vinculos.graph.store import Store
from vinculos.graph.stored import (
    BATCH,
    LIVE,
    batches,
    main_ref,
    read_decisions,
    read_nodes,
    read_relationships,
)
from vinculos.graph.touched import Touched
from vinculos.graph.waiting import telling_what_waits
from vinculos.graph.writer import Counts, Writer

LOCAL = "local"
"""The dataset of what is said by hand."""
Notify = Callable[[str], None]


@dataclass(frozen=True)
class LoadedFile:
    """A file of a load: its name, the SHA-256 of its bytes, and how many rows it has."""

    name: str
    sha256: str
    rows: int


@dataclass
class LoadReport:
    """What a load did. `load` is '' where nothing changed, as then no load is recorded."""

    dataset: str
    load: str = ""
    resumed: bool = False
    counts: Counts = field(default_factory=Counts)


def apply_claims(
    store: Store,
    dataset: str,
    claims: ClaimSpool,
    files: Iterable[LoadedFile],
    *,
    replace: Iterable[str] = (),
    kind: str = "",
    progress: Progress | None = None,
    notify: Notify | None = None,
) -> LoadReport:
    """Bring the claims of one dataset into the graph; rows alike leave everything as it is.

    Args:
        store: an open store.
        dataset: the dataset that all the claims belong to.
        claims: the claims of the rows read.
        files: the files that they stand in.
        replace: the tables of which the claims are all there is: what else the dataset says in
            them is superseded, and goes from the graph where nothing else supports it.
        kind: what the load is recorded as; `load` or `replace` where ''.
        progress: told how far the writing is.
        notify: told, in sentences, of a load that is waited for, and of decisions that now wait.

    Returns:
        What was created, updated, deleted and left alike. A load that is killed leaves its Load
        with `complete` false; the next load of the dataset takes it up.

    Raises:
        LockHeld: another load did not end in time.
        EngineError: the engine failed.
    """
    ensure_schema(store)
    replaced = set(replace)
    with graph_lock(store, notify=notify) as lock, Writer(store, lock.renew) as writer:
        update = _Update(writer, claims, dataset, progress)
        with telling_what_waits(writer, notify) if replaced else nullcontext():
            return update.run(list(files), replaced, kind or ("replace" if replaced else "load"))


class _Update:
    def __init__(
        self, writer: Writer, claims: ClaimSpool, dataset: str, progress: Progress | None
    ) -> None:
        self.store = writer.store
        self.writer = writer
        self.claims = claims
        self.comparison = Comparison(claims)
        self.touched = Touched(claims)
        self.progress = progress or (lambda stage, done, total: None)
        self.report = LoadReport(dataset)
        self.recorded = now()

    def run(self, files: list[LoadedFile], replaced: set[str], kind: str) -> LoadReport:
        unfinished = self._unfinished()
        fresh = is_fresh(self.store)
        self.same = SamePeople(() if fresh else read_decisions(self.store))
        minors = settle_minors(self.store, self.claims, self.same, fresh=fresh)
        exposed = set() if fresh else exposed_minors(self.store, minors.people)
        mask_spool(self.claims, minors)
        self.comparison.compare(self._before())
        if not fresh:
            # A row may call a known minor by another name, which texts of older claims hold.
            exposed.update(self.claims.newly_spoken_of(minors.names))
        exposed = self.same.whole(exposed)
        changed = self._count(self.comparison.note_vanished(replaced))
        if changed or unfinished or exposed:
            self._open(kind, files, unfinished)
            self._touch(unfinished, fresh=fresh)
            self.touched.add(mask_stored(self.writer, exposed, minors))
            self._rederive(minors, fresh=fresh)
            self._close(repair=unfinished is not None, fresh=fresh)
        else:
            self._count_alike()
        for moved in batches(self.comparison.moved()):
            self.writer.move_claims(moved)
        return self.report

    def _count(self, vanished: int) -> bool:
        """Count what becomes of the claims; return whether anything does."""
        counts, count = self.report.counts, self.comparison.count
        counts.unchanged["claims"] = count(ALIKE)
        counts.created["claims"] = count(NEW)
        counts.updated["claims"] = count(CHANGED)
        counts.deleted["claims"] = vanished
        return bool(count(NEW, CHANGED) or vanished)

    def _rederive(self, minors: Minors, *, fresh: bool) -> None:
        """Write the claims, and what they and all others make of what is touched."""
        load = self.report.load
        waiting = pending(self.store)
        self.touched.add({ref for claim in waiting for ref in claim.about()})
        self.touched.add(() if fresh else pending_people(self.store))
        self.touched.add_whole(self.same)
        for refs in () if fresh else batches(self.touched.refs("Person")):
            marked = marked_minors(self.store, self.same.whole(refs))
            minors.people.update(self.same.whole(marked))
        for renamed in batches(self.comparison.vanished(load)):
            self.writer.supersede(renamed, load)
        self.writer.flush()
        self.comparison.drop_vanished()
        self.claims.add_stored(minors.masked(waiting))
        counts, progress = self.report.counts, self.progress
        deriving = Rederiving(self.writer, self.touched, minors, counts, progress, fresh=fresh)
        deriving.nodes(TOLD_BY)
        if fresh:
            foresee_role_labels(self.writer, self.claims.spool)
        deriving.nodes(label for label in ENTITIES if label not in TOLD_BY)
        deriving.about(waiting)
        self._write_claims(Writing(load, self.recorded, deriving.decisions))
        deriving.relationships()

    def _write_claims(self, writing: Writing) -> None:
        total = self.comparison.count(NEW, CHANGED)
        done = 0
        # Claims are long; fewer in flight keep the memory bounded.
        for batch in batches(self.comparison.written(writing.load), BATCH // 2):
            self.writer.claims(batch, writing)
            done += len(batch)
            self.progress("claims", done, total)

    def _unfinished(self) -> str | None:
        rows = self.store.read(
            "MATCH (l:Load {dataset: $dataset}) WHERE l.complete = false RETURN l.id AS id",
            {"dataset": self.report.dataset},
        ).rows
        return rows[0]["id"] if rows else None

    def _before(self) -> Iterator[tuple[str, str, str, str, int]]:
        """Yield id, digest, table, file and row of each live claim of the dataset."""
        return (
            (row["id"], row["digest"], row["table"], row["file"], row["row"])
            for row in self.store.stream(
                f"MATCH (c:Claim {{dataset: $dataset}}) WHERE {LIVE} RETURN c.id AS id, "
                "c.digest AS digest, c.table AS table, c.file AS file, c.row AS row",
                {"dataset": self.report.dataset},
            )
        )

    def _open(self, kind: str, files: list[LoadedFile], unfinished: str | None) -> None:
        load = unfinished or self._next_load()
        self.report.load, self.report.resumed = load, unfinished is not None
        self.writer.run(
            "MERGE (l:Load {id: $id}) SET l.dataset = $dataset, l.kind = $kind, l.who = $who, "
            "l.started = $started, l.version = $version, l.complete = false, "
            "l.files = $files, l.hashes = $hashes, l.rows = $rows",
            id=load,
            dataset=self.report.dataset,
            kind=kind,
            who=who(),
            started=self.recorded,
            version=importlib.metadata.version("vinculos"),
            files=[file.name for file in files],
            hashes=[file.sha256 for file in files],
            rows=[file.rows for file in files],
        )

    def _next_load(self) -> str:
        rows = self.store.read(
            "MATCH (l:Load {dataset: $dataset}) RETURN count(l) AS loads",
            {"dataset": self.report.dataset},
        ).rows
        return f"{self.report.dataset}/{rows[0]['loads'] + 1}"

    def _touch(self, unfinished: str | None, *, fresh: bool) -> None:
        """Note every entity that a changed, outdated or vanished claim speaks of."""
        self.touched.add_changed()
        for ids in batches(self.comparison.superseded()):
            self.touched.add(claimed_about(self.store, ids))
        if unfinished:
            rows = self.store.stream(
                "MATCH (c:Claim)-[:ABOUT]->(n) WHERE c.load = $load OR c.superseded_by = $load "
                "RETURN DISTINCT n.id AS id, labels(n) AS labels",
                {"load": unfinished},
            )
            self.touched.add(main_ref(row["labels"], row["id"]) for row in rows)
        # What cites a source whose date changed may show another value as the newest.
        for refs in () if fresh else batches(self.touched.refs("Source")):
            self.touched.add(citing(self.store, (ref.id for ref in refs)))

    def _count_alike(self) -> None:
        counts = self.report.counts
        ids: set[str] = set()
        for refs in batches(self.claims.refs()):
            counts.unchanged["nodes"] += len(read_nodes(self.store, refs))
            ids.update(rel.id for rel in read_relationships(self.store, refs))
        counts.unchanged["relationships"] = len(ids)

    def _close(self, *, repair: bool, fresh: bool) -> None:
        if repair:
            # A load killed between nodes and claims may leave nodes that nothing supports.
            for label in ENTITIES:
                self.writer.run(
                    f"MATCH (n:{label}) WHERE NOT EXISTS {{ (n)<-[:ABOUT]-(:Claim) }} "
                    "DETACH DELETE n"
                )
        set_role_labels(self.writer, fresh=fresh)
        finish_decisions(self.writer)
        counts = self.report.counts
        listed: dict[str, Any] = {
            name: [f"{kind} {number}" for kind, number in getattr(counts, name).items() if number]
            for name in ("created", "updated", "deleted", "unchanged")
        }
        self.writer.run(
            "MATCH (l:Load {id: $id}) SET l.complete = true, l.finished = $finished, "
            "l.created = $created, l.updated = $updated, l.deleted = $deleted, "
            "l.unchanged = $unchanged",
            id=self.report.load,
            finished=now(),
            **listed,
        )


def now() -> str:
    """Return the time, universal, exact enough to tell which of two steps came first."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")


def who() -> str:
    """Return who acts: `VINCULOS_WHO`, else the name of the account."""
    if name := os.environ.get("VINCULOS_WHO"):
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
