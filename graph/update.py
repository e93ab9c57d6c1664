"""Bringing claims into the graph: what changed is written, what it touches is derived anew."""

from __future__ import annotations

import datetime
import getpass
import importlib.metadata
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vinculos.graph.derive import Derived, derive
from vinculos.graph.lock import graph_lock
from vinculos.graph.minors import mask_claims
from vinculos.graph.model import ENTITIES
from vinculos.graph.protect_minors import exposed_minors, mask_stored, settle_minors
from vinculos.graph.records import Claim, NodeRef
from vinculos.graph.schema import ensure_schema
from vinculos.graph.store import Store
from vinculos.graph.stored import batches, read_claims, read_derived
from vinculos.graph.writer import Counts, Writer

Progress = Callable[[str, int, int], None]
"""Called with a stage (`claims`, `nodes`, `relationships`), how many are done, and of how many."""


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
    claims: Iterable[Claim],
    files: Iterable[LoadedFile],
    *,
    progress: Progress | None = None,
    notify: Callable[[str], None] | None = None,
) -> LoadReport:
    """Bring the claims of one dataset into the graph; rows alike leave everything as it is.

    Args:
        store: an open store.
        dataset: the dataset that all the claims belong to.
        claims: the claims of the rows read, each id once.
        files: the files that they stand in.
        progress: told how far the writing is.
        notify: told, in a sentence, when another load has to be waited for.

    Returns:
        What was created, updated, deleted and left alike. A load that is killed leaves its Load
        with `complete` false; the next load of the dataset takes it up.

    Raises:
        LockHeld: another load did not end in time.
        EngineError: the engine failed.
    """
    ensure_schema(store)
    with graph_lock(store, notify=notify) as lock:
        return _Update(store, Writer(store, lock.renew), dataset, progress).run(
            list(claims), list(files)
        )


class _Update:
    def __init__(
        self, store: Store, writer: Writer, dataset: str, progress: Progress | None
    ) -> None:
        self.store = store
        self.writer = writer
        self.progress = progress or (lambda stage, done, total: None)
        self.report = LoadReport(dataset)
        self.recorded = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")

    def run(self, claims: list[Claim], files: list[LoadedFile]) -> LoadReport:
        unfinished = self._unfinished()
        before = self._stored_versions()
        minors, names = settle_minors(self.store, claims)
        exposed = exposed_minors(self.store, minors)
        claims = list(mask_claims(claims, minors, names))
        changed = [c for c in claims if before.get(c.id, ("", "", 0))[0] != c.digest()]
        counts = self.report.counts
        counts.unchanged["claims"] = len(claims) - len(changed)
        counts.created["claims"] = sum(claim.id not in before for claim in changed)
        counts.updated["claims"] = len(changed) - counts.created["claims"]
        moved = [
            {"id": c.id, "file": c.file, "row": c.row}
            for c in claims
            if before.get(c.id, ("", c.file, c.row))[1:] != (c.file, c.row)
        ]
        if changed or unfinished or exposed:
            self._open(files, unfinished)
            touched = self._touched(changed, before, unfinished)
            touched |= mask_stored(self.writer, exposed, minors, names)
            self._write(changed, touched, minors, names, before)
            self._close(repair=unfinished is not None)
        else:
            self._count_alike(claims)
        self.writer.move_claims(moved)
        return self.report

    def _unfinished(self) -> str | None:
        rows = self.store.read(
            "MATCH (l:Load {dataset: $dataset}) WHERE l.complete = false RETURN l.id AS id",
            {"dataset": self.report.dataset},
        ).rows
        return rows[0]["id"] if rows else None

    def _stored_versions(self) -> dict[str, tuple[str, str, int]]:
        """Return claim id to digest, file and row of each live claim of the dataset."""
        rows = self.store.read(
            "MATCH (c:Claim {dataset: $dataset}) WHERE c.superseded_by IS NULL "
            "RETURN c.id AS id, c.digest AS digest, c.file AS file, c.row AS row",
            {"dataset": self.report.dataset},
        ).rows
        return {row["id"]: (row["digest"], row["file"], row["row"]) for row in rows}

    def _open(self, files: list[LoadedFile], unfinished: str | None) -> None:
        load = unfinished or self._next_load()
        self.report.load, self.report.resumed = load, unfinished is not None
        self.writer.run(
            "MERGE (l:Load {id: $id}) SET l.dataset = $dataset, l.who = $who, "
            "l.started = $started, l.version = $version, l.complete = false, "
            "l.files = $files, l.hashes = $hashes, l.rows = $rows",
            id=load,
            dataset=self.report.dataset,
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

    def _touched(
        self,
        changed: list[Claim],
        before: Mapping[str, tuple[str, str, int]],
        unfinished: str | None,
    ) -> set[NodeRef]:
        """Return every entity that a changed claim, in its old or new version, speaks of."""
        touched = {ref for claim in changed for ref in claim.about()}
        old = [claim.id for claim in changed if claim.id in before]
        rows: list[dict[str, Any]] = []
        for batch in batches(old):
            rows += self.store.read(
                "UNWIND $ids AS id MATCH (c:Claim {id: id})-[:ABOUT]->(n) "
                "RETURN DISTINCT n.id AS id, labels(n) AS labels",
                {"ids": batch},
            ).rows
        if unfinished:
            rows += self.store.read(
                "MATCH (c:Claim)-[:ABOUT]->(n) WHERE c.load = $load OR c.superseded_by = $load "
                "RETURN DISTINCT n.id AS id, labels(n) AS labels",
                {"load": unfinished},
            ).rows
        # What cites a source whose date changed may show another value as the newest.
        for batch in batches(
            [ref.id for claim in changed if claim.table == "sources" for ref in claim.nodes]
        ):
            rows += self.store.read(
                "UNWIND $ids AS id MATCH (s:Source {id: id})<-[:CITES]-(:Claim)-[:ABOUT]->(n) "
                "RETURN DISTINCT n.id AS id, labels(n) AS labels",
                {"ids": batch},
            ).rows
        for row in rows:
            label = next(label for label in ENTITIES if label in row["labels"])
            touched.add(NodeRef(label, row["id"]))
        return touched

    def _write(
        self,
        changed: list[Claim],
        touched: set[NodeRef],
        minors: set[NodeRef],
        names: Mapping[NodeRef, set[str]],
        before: Mapping[str, tuple[str, str, int]],
    ) -> None:
        stored = read_derived(self.store, touched)
        new = {claim.id: claim for claim in changed}
        live = new | {c.id: c for c in read_claims(self.store, touched) if c.id not in new}
        # A dispute over a tie may be about its other end alone.
        ends = {end for c in live.values() for tie in c.ties for end in (tie.start, tie.end)}
        for claim in read_claims(self.store, ends - touched, disputes_only=True):
            live.setdefault(claim.id, claim)
        claims = list(mask_claims(live.values(), minors, names))
        derived = derive(claims, touched, minors, self._published(claims))
        self._write_nodes(derived, stored)
        superseded = {c.id: f"{c.id}@{self.report.load}" for c in changed if c.id in before}
        for done, batch in enumerate(batches(changed)):
            self.writer.claims(batch, superseded, self.report.load, self.recorded)
            self.progress("claims", min((done + 1) * len(batch), len(changed)), len(changed))
        self._write_relationships(derived, stored)
        gone = stored.nodes.keys() - derived.nodes.keys()
        self.writer.delete_nodes(gone)
        self.report.counts.deleted["nodes"] += len(gone)

    def _published(self, claims: list[Claim]) -> dict[str, str]:
        """Return source id to its date of publication, for all that the claims cite."""
        cited = {citation.source for claim in claims for citation in claim.citations}
        published: dict[str, str] = {}
        for batch in batches(sorted(cited)):
            rows = self.store.read(
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

    def _write_nodes(self, derived: Derived, stored: Derived) -> None:
        counts = self.report.counts
        written = []
        for ref, node in derived.nodes.items():
            old = stored.nodes.get(ref)
            if old is None:
                counts.created["nodes"] += 1
            elif old.properties != node.properties:
                counts.updated["nodes"] += 1
            else:
                counts.unchanged["nodes"] += 1
                continue
            written.append(node)
        self.progress("nodes", 0, len(written))
        self.writer.nodes(written)
        self.progress("nodes", len(written), len(written))

    def _write_relationships(self, derived: Derived, stored: Derived) -> None:
        counts = self.report.counts
        written = []
        for rel_id, rel in derived.relationships.items():
            old = stored.relationships.get(rel_id)
            if old is None:
                counts.created["relationships"] += 1
            elif old.properties != rel.properties:
                counts.updated["relationships"] += 1
            else:
                counts.unchanged["relationships"] += 1
                continue
            written.append(rel)
        gone = [r for i, r in stored.relationships.items() if i not in derived.relationships]
        self.writer.delete_relationships(gone)
        counts.deleted["relationships"] += len(gone)
        self.progress("relationships", 0, len(written))
        self.writer.relationships(written)
        self.progress("relationships", len(written), len(written))

    def _count_alike(self, claims: list[Claim]) -> None:
        touched = {ref for claim in claims for ref in claim.about()}
        stored = read_derived(self.store, touched)
        self.report.counts.unchanged["nodes"] = len(stored.nodes)
        self.report.counts.unchanged["relationships"] = len(stored.relationships)

    def _close(self, *, repair: bool) -> None:
        if repair:
            # A load killed between nodes and claims may leave nodes that nothing supports.
            for label in ENTITIES:
                self.writer.run(
                    f"MATCH (n:{label}) WHERE NOT EXISTS {{ (n)<-[:ABOUT]-(:Claim) }} "
                    "DETACH DELETE n"
                )
        self.writer.role_labels()
        counts = self.report.counts
        self.writer.run(
            "MATCH (l:Load {id: $id}) SET l.complete = true, l.finished = $finished, "
            "l.created = $created, l.updated = $updated, l.deleted = $deleted, "
            "l.unchanged = $unchanged",
            id=self.report.load,
            finished=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            **{
                name: [f"{kind} {number}" for kind, number in getattr(counts, name).items()]
                for name in ("created", "updated", "deleted", "unchanged")
            },
        )


def who() -> str:
    """Return who loads: `VINCULOS_WHO`, else the name of the account."""
    if name := os.environ.get("VINCULOS_WHO"):
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
