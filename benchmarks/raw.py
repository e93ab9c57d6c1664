"""Writing a graph with the plain driver and nothing else: what a load is compared with."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

import neo4j

from benchmarks.spool import Group, Groups, Role, Row, Ties

SIZES = (500, 1000, 2000, 5000, 10_000)
"""Rows to a batch that are tried."""


@dataclass
class Written:
    """How many nodes and relationships were written, and the seconds that each took."""

    nodes: int = 0
    ties: int = 0
    node_seconds: float = 0.0
    tie_seconds: float = 0.0

    @property
    def items(self) -> int:
        """Nodes and relationships."""
        return self.nodes + self.ties

    @property
    def seconds(self) -> float:
        """All the time it took."""
        return self.node_seconds + self.tie_seconds


def statement(group: Group, *, merge: bool) -> str:
    """Return the statement that writes the rows of a group.

    With `merge`, as a load must, running it again changes nothing; CREATE would double everything.
    """
    if isinstance(group, Role):
        return f"UNWIND $rows AS r MATCH (n:{group.main} {{id: r.id}}) SET n:{group.label}"
    if isinstance(group, Ties):
        own = " {id: r.p.id}" if merge and group.own_id else ""
        return (
            f"UNWIND $rows AS r MATCH (a:{group.start} {{id: r.a}}) "
            f"MATCH (b:{group.end} {{id: r.b}}) "
            f"{'MERGE' if merge else 'CREATE'} (a)-[x:{group.type}{own}]->(b) SET x = r.p"
        )
    if merge:
        return f"UNWIND $rows AS r MERGE (n:{group} {{id: r.id}}) SET n = r.p"
    return f"UNWIND $rows AS r CREATE (n:{group}) SET n = r.p"


def write(
    session: neo4j.Session,
    groups: Groups,
    *,
    node_size: int = 2000,
    tie_size: int = 2000,
    merge: bool = True,
) -> Written:
    """Write all groups, a batch a transaction; only the transactions are timed."""
    done = Written()
    for group, rows in groups:
        cypher = statement(group, merge=merge)
        ties = isinstance(group, Ties)
        for batch in batched(rows, tie_size if ties else node_size):
            began = time.perf_counter()
            session.execute_write(_run, cypher, batch)
            took = time.perf_counter() - began
            if ties:
                done.ties += len(batch)
                done.tie_seconds += took
            else:
                # A role label is part of its node.
                done.nodes += 0 if isinstance(group, Role) else len(batch)
                done.node_seconds += took
    return done


def _run(tx: neo4j.ManagedTransaction, cypher: str, rows: list[Row]) -> None:
    tx.run(cypher, rows=rows).consume()


def batched(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """Yield the rows in lists of at most `size`."""
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch
