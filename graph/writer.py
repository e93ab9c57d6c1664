"""Writing nodes, relationships and claims in batches, and counting what changed."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import neo4j

from vinculos.graph.claim_statements import (
    SUPERSEDE,
    Statement,
    Writing,
    WrittenClaim,
    about_statements,
    claim_statements,
)
from vinculos.graph.model import (
    NODE_TYPES,
    RELATIONSHIP_TYPES,
)
from vinculos.graph.records import Claim, Node, NodeRef, Relationship
from vinculos.graph.store import Store
from vinculos.graph.stored import BATCH, batches

AHEAD = 3
"""Transactions that are sent, or wait to be."""
Renew = Callable[[neo4j.ManagedTransaction], None]


@dataclass
class Counts:
    """How many nodes, relationships and claims a load created, updated, deleted or found alike."""

    created: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    updated: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    deleted: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    unchanged: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def note(self, kind: str, old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> bool:
        """Count one thing of `kind` by its properties before and after; return whether to write."""
        where = self.created if old is None else self.updated if old != new else self.unchanged
        where[kind] += 1
        return where is not self.unchanged


class Writer:
    """Writes to one store, each batch in a transaction that first renews the lock.

    Batches are sent by a thread, in order, so that the next are made while the server works; once
    one fails no later one is sent. Use it as a context manager; `flush` before reading what was
    written.
    """

    def __init__(self, store: Store, renew: Renew) -> None:
        """Take an open store and what proves, inside a transaction, that the lock is held."""
        self.store = store
        self._renew = renew
        self._thread = ThreadPoolExecutor(1, "writer")
        self._sent: deque[Future[None]] = deque()
        self._failed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if error is None:
                self.flush()
        finally:
            self._thread.shutdown()

    def flush(self) -> None:
        """Wait until all that was sent is committed.

        Raises:
            VinculosError: it could not be.
        """
        self._await(0)

    def _await(self, left: int) -> None:
        """Wait until no more than so many transactions wait to be committed."""
        while len(self._sent) > left:
            self._sent.popleft().result()

    def _send(self, statements: list[Statement]) -> None:
        """Have one transaction committed as soon as those before it are."""
        self._await(AHEAD - 1)
        self._sent.append(self._thread.submit(self._commit_next, statements))

    def _commit_next(self, statements: list[Statement]) -> None:
        if self._failed:
            return
        self._failed = True  # Unless it gets to the end.
        self._commit(statements)
        self._failed = False

    def run(self, cypher: str, **parameters: Any) -> None:
        """Run one writing statement in a transaction of its own."""
        self.run_all([(cypher, parameters)])

    def run_all(self, statements: Iterable[Statement]) -> None:
        """Run several writing statements in one transaction, after all that was sent."""
        self.flush()
        self._commit(list(statements))

    def _commit(self, statements: list[Statement]) -> None:
        def work(tx: neo4j.ManagedTransaction) -> None:
            self._renew(tx)
            for cypher, parameters in statements:
                tx.run(cypher, parameters).consume()

        self.store.write_transaction(work)

    def run_batched(self, groups: Iterable[tuple[str, list[dict[str, Any]]]]) -> None:
        """Send each statement over its `$rows`, as many in a transaction as make a batch."""
        pending: list[Statement] = []
        size = 0
        for cypher, rows in groups:
            for batch in batches(rows):
                pending.append((cypher, {"rows": batch}))
                size += len(batch)
                if size >= BATCH:
                    self._send(pending)
                    pending, size = [], 0
        if pending:
            self._send(pending)

    def nodes(self, nodes: Iterable[Node]) -> None:
        """Write nodes whole; role labels stay as they are."""
        groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for node in nodes:
            ref = node.ref
            groups[ref.label].append(
                {"id": ref.id, "properties": {"id": ref.id, **node.properties}}
            )
        self.run_batched(
            (
                f"UNWIND $rows AS r MERGE (n:{NODE_TYPES[label].label} {{id: r.id}}) "
                "SET n = r.properties",
                rows,
            )
            for label, rows in groups.items()
        )

    def relationships(self, relationships: Iterable[Relationship], *, new: bool = False) -> None:
        """Write relationships whole; their ends must be there.

        Args:
            relationships: one of each id.
            new: whether the graph is known to hold none of them, which spares a look at all that
                hangs on their ends.
        """
        tie = "CREATE" if new else "MERGE"
        self.run_batched(
            (
                f"UNWIND $rows AS r MATCH (a:{start} {{id: r.start}}) MATCH (b:{end} {{id: r.end}})"
                f" {tie} (a)-[x:{kind} {{id: r.id}}]->(b) SET x = r.properties",
                rows,
            )
            for (kind, start, end), rows in _by_ends(relationships).items()
        )

    def delete_relationships(self, relationships: Iterable[Relationship]) -> None:
        """Delete relationships by their ends and ids."""
        self.run_batched(
            (
                f"UNWIND $rows AS r MATCH (:{start} {{id: r.start}})-[x:{kind}]->"
                f"(:{end} {{id: r.end}}) WHERE x.id = r.id DELETE x",
                rows,
            )
            for (kind, start, end), rows in _by_ends(relationships).items()
        )

    def delete_nodes(self, refs: Iterable[NodeRef]) -> None:
        """Delete nodes that no claim brings into being any more, with whatever hangs on them."""
        groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for ref in refs:
            groups[ref.label].append({"id": ref.id})
        self.run_batched(
            (
                f"UNWIND $rows AS r MATCH (n:{NODE_TYPES[label].label} {{id: r.id}}) "
                "DETACH DELETE n",
                rows,
            )
            for label, rows in groups.items()
        )

    def claims(self, claims: list[WrittenClaim], writing: Writing) -> None:
        """Write claims, in one transaction, with what they are about, cite, and came in."""
        self._send(list(claim_statements(claims, writing)))

    def about(self, claims: Iterable[Claim]) -> None:
        """Tie stored claims to what they are about, where it is there."""
        self.run_batched(about_statements((claim.id, claim.about()) for claim in claims))

    def supersede(self, renamed: Iterable[tuple[str, str]], load: str) -> None:
        """Mark claims as superseded by a load; each gets another id."""
        rows = [{"id": claim, "old": old, "load": load} for claim, old in renamed]
        self.run_batched([(SUPERSEDE, rows)])

    def move_claims(self, rows: list[dict[str, Any]]) -> None:
        """Note the file and line where unchanged claims now stand."""
        cypher = "UNWIND $rows AS r MATCH (c:Claim {id: r.id}) SET c.file = r.file, c.row = r.row"
        self.run_batched([(cypher, rows)])


def _by_ends(
    relationships: Iterable[Relationship],
) -> dict[tuple[str, str, str], list[dict[str, Any]]]:
    groups: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    for rel in relationships:
        kind = RELATIONSHIP_TYPES[rel.type].type
        start, end = NODE_TYPES[rel.start.label].label, NODE_TYPES[rel.end.label].label
        groups[kind, start, end].append(
            {
                "id": rel.id,
                "start": rel.start.id,
                "end": rel.end.id,
                "properties": {"id": rel.id, **rel.properties},
            }
        )
    return groups
