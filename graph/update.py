"""Bringing claims into the graph and taking them out; what that touches is derived anew."""

from __future__ import annotations

import datetime
import getpass
import importlib.metadata
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vinculos.graph.claim_statements import Writing
from vinculos.graph.decisions import Decision
from vinculos.graph.lock import graph_lock
from vinculos.graph.minors import mask_claims
from vinculos.graph.model import ABOUT, CITED, CITES, CLAIM, DECISION, ENTITIES
from vinculos.graph.protect_minors import (
    exposed_minors,
    marked_minors,
    mask_stored,
    settle_minors,
)
from vinculos.graph.records import Claim, NodeRef, stored_claim
from vinculos.graph.rederive import Progress, main_ref, rederive
from vinculos.graph.schema import ensure_schema
from vinculos.graph.store import Store
from vinculos.graph.stored import BATCH, LIVE, batches, read_derived
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


class _Stored(NamedTuple):
    """What is stored of a live claim: the hash of what it says, and where it stands."""

    digest: str
    table: str
    file: str
    row: int


def apply_claims(
    store: Store,
    dataset: str,
    claims: Iterable[Claim],
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
        claims: the claims of the rows read, each id once.
        files: the files that they stand in.
        replace: the tables of which the claims are all there is: what else the dataset says in
            them is superseded, and goes from the graph where nothing else supports it.
        kind: what the load is recorded as; `load` or `replace` where ''.
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
    replaced = set(replace)
    with graph_lock(store, notify=notify) as lock:
        update = _Update(store, Writer(store, lock.renew), dataset, progress)
        return update.run(
            list(claims), list(files), replaced, kind or ("replace" if replaced else "load")
        )


class _Update:
    def __init__(
        self, store: Store, writer: Writer, dataset: str, progress: Progress | None
    ) -> None:
        self.store = store
        self.writer = writer
        self.progress = progress or (lambda stage, done, total: None)
        self.report = LoadReport(dataset)
        self.recorded = now()

    def run(
        self, claims: list[Claim], files: list[LoadedFile], replaced: set[str], kind: str
    ) -> LoadReport:
        counts = self.report.counts
        unfinished = self._unfinished()
        before = self._before()
        given = {claim.id for claim in claims}
        vanished = [i for i, old in before.items() if old.table in replaced and i not in given]
        minors = settle_minors(self.store, claims)
        exposed = exposed_minors(self.store, minors.people)
        claims = list(mask_claims(claims, minors.people, minors.names))
        changed = [c for c in claims if c.id not in before or before[c.id].digest != c.digest()]
        outdated = [claim.id for claim in changed if claim.id in before]
        counts.unchanged["claims"] = len(claims) - len(changed)
        counts.created["claims"] = len(changed) - len(outdated)
        counts.updated["claims"] = len(outdated)
        counts.deleted["claims"] = len(vanished)
        if changed or vanished or unfinished or exposed:
            self._open(kind, files, unfinished)
            load = self.report.load
            old = {i: f"{i}@{load}.{before[i].digest[:8]}" for i in (*outdated, *vanished)}
            touched = self._touched(changed, [*outdated, *vanished], unfinished)
            touched |= mask_stored(self.writer, exposed, minors)
            waiting = pending(self.store)
            touched |= {ref for claim in waiting for ref in claim.about()}
            minors.people.update(marked_minors(self.store, touched))
            self.writer.supersede({i: old[i] for i in vanished}, load)

            def write_claims(decisions: list[Decision]) -> None:
                self.writer.about(waiting)
                writing = Writing(load, self.recorded, old, decisions)
                for done, batch in enumerate(batches(changed)):
                    self.writer.claims(batch, writing)
                    self.progress("claims", min((done + 1) * BATCH, len(changed)), len(changed))

            by_id = {claim.id: claim for claim in (*waiting, *changed)}
            rederive(self.writer, touched, by_id, minors, counts, self.progress, write_claims)
            self._close(repair=unfinished is not None)
        else:
            self._count_alike(claims)
        self.writer.move_claims(
            [
                {"id": c.id, "file": c.file, "row": c.row}
                for c in claims
                if c.id in before and before[c.id][2:] != (c.file, c.row)
            ]
        )
        return self.report

    def _unfinished(self) -> str | None:
        rows = self.store.read(
            "MATCH (l:Load {dataset: $dataset}) WHERE l.complete = false RETURN l.id AS id",
            {"dataset": self.report.dataset},
        ).rows
        return rows[0]["id"] if rows else None

    def _before(self) -> dict[str, _Stored]:
        """Return each live claim of the dataset by its id."""
        rows = self.store.read(
            f"MATCH (c:Claim {{dataset: $dataset}}) WHERE {LIVE} "
            "RETURN c.id AS id, c.digest AS digest, c.table AS table, c.file AS file, c.row AS row",
            {"dataset": self.report.dataset},
        ).rows
        return {row.pop("id"): _Stored(**row) for row in rows}

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

    def _touched(
        self, changed: list[Claim], outdated: list[str], unfinished: str | None
    ) -> set[NodeRef]:
        """Return every entity that a changed or outdated claim speaks of."""
        touched = {ref for claim in changed for ref in claim.about()}
        touched |= claimed_about(self.store, outdated)
        if unfinished:
            rows = self.store.read(
                "MATCH (c:Claim)-[:ABOUT]->(n) WHERE c.load = $load OR c.superseded_by = $load "
                "RETURN DISTINCT n.id AS id, labels(n) AS labels",
                {"load": unfinished},
            ).rows
            touched |= {main_ref(row["labels"], row["id"]) for row in rows}
        # What cites a source whose date changed may show another value as the newest.
        sources = {ref for ref in touched if ref.label == "Source"}
        return touched | citing(self.store, (ref.id for ref in sources))

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


def claimed_about(store: Store, claims: Iterable[str]) -> set[NodeRef]:
    """Return the entities that the claims with these ids are about."""
    found: set[NodeRef] = set()
    for batch in batches(claims):
        rows = store.read(
            "UNWIND $ids AS id MATCH (c:Claim {id: id})-[:ABOUT]->(n) "
            "RETURN DISTINCT n.id AS id, labels(n) AS labels",
            {"ids": batch},
        ).rows
        found |= {main_ref(row["labels"], row["id"]) for row in rows}
    return found


def citing(store: Store, sources: Iterable[str]) -> set[NodeRef]:
    """Return the entities that claims citing these sources are about."""
    found: set[NodeRef] = set()
    for batch in batches(sorted(sources)):
        rows = store.read(
            "UNWIND $ids AS id MATCH (s:Source {id: id})<-[:CITES|CITED]-(:Claim)-[:ABOUT]->(n) "
            "RETURN DISTINCT n.id AS id, labels(n) AS labels",
            {"ids": batch},
        ).rows
        found |= {main_ref(row["labels"], row["id"]) for row in rows}
    return found


def concerned(store: Store, target: NodeRef) -> list[Claim]:
    """Return the claims that a decision about `target` can make stand or fall."""
    match = {
        CLAIM: f"MATCH (c:{CLAIM} {{id: $id}})",
        "Source": f"MATCH (:Source {{id: $id}})<-[:{CITES}|{CITED}]-(c:{CLAIM})",
    }.get(target.label, f"MATCH (:Person {{id: $id}})<-[:{ABOUT}]-(c:{CLAIM})")
    rows = store.read(
        f"{match} WHERE {LIVE} RETURN DISTINCT properties(c) AS claim", {"id": target.id}
    ).rows
    return [stored_claim(row["claim"]) for row in rows]


def pending(store: Store) -> list[Claim]:
    """Return the claims that decisions concern that were recorded and, killed, not carried out."""
    rows = store.read(
        f"MATCH (d:{DECISION}) WHERE d.complete = false RETURN d.label AS label, d.target AS target"
    ).rows
    return [c for row in rows for c in concerned(store, NodeRef(row["label"], row["target"]))]


def finish_decisions(writer: Writer) -> None:
    """Note that every decision is carried out."""
    writer.run(f"MATCH (d:{DECISION}) WHERE d.complete = false SET d.complete = true")


def now() -> str:
    """Return the time, universal, to the second."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def who() -> str:
    """Return who acts: `VINCULOS_WHO`, else the name of the account."""
    if name := os.environ.get("VINCULOS_WHO"):
        return name
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"
