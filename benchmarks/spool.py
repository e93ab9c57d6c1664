"""A graph set aside on disk: its nodes and relationships, as the driver takes them in `$rows`."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import neo4j

from vinculos.graph.model import CLAIM, DECISION, ENTITIES, LOAD, LOCK, ROLE_LABELS
from vinculos.graph.stored import plain_properties

MAIN = (*ENTITIES, CLAIM, LOAD, DECISION, LOCK)
"""Main labels: every node has one."""
Row = dict[str, Any]


class Ties(NamedTuple):
    """A type of relationship between nodes of two main labels, each with an id of its own or not.

    `own_id` is what tells it from another of its type between the same two nodes.
    """

    type: str
    start: str
    end: str
    own_id: bool


class Role(NamedTuple):
    """A role label and the main label that it stands on."""

    label: str
    main: str


ROLES = tuple(Role(role.label, role.main) for role in ROLE_LABELS)
Group = str | Role | Ties
"""A main label, a role label, or a kind of relationship: what one statement writes."""
Groups = Iterable[tuple[Group, Iterable[Row]]]


class Spool:
    """The graph in one SQLite file, in the order in which it is written: nodes, roles, ties."""

    def __init__(self, path: Path) -> None:
        """Make an empty spool at `path`."""
        self._db = sqlite3.connect(path)
        self._db.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
            "CREATE TABLE rows (part INTEGER, what BLOB, id TEXT, row BLOB)"
        )

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def read_graph(self, session: neo4j.Session) -> None:
        """Take in the whole graph."""
        for record in session.run("MATCH (n) RETURN labels(n) AS labels, properties(n) AS p"):
            labels, properties = set(record["labels"]), plain_properties(record["p"])
            row = {"id": properties["id"], "p": properties}
            self._add(0, next(label for label in MAIN if label in labels), row["id"], row)
            for role in ROLES:
                if role.label in labels:
                    self._add(1, role, "", {"id": row["id"]})
        for record in session.run(
            "MATCH (a)-[r]->(b) RETURN type(r) AS type, properties(r) AS p, a.id AS a, b.id AS b, "
            "labels(a) AS starts, labels(b) AS ends"
        ):
            start, end = (
                next(label for label in MAIN if label in labels)
                for labels in (record["starts"], record["ends"])
            )
            row = {"a": record["a"], "b": record["b"], "p": plain_properties(record["p"])}
            self._add(2, Ties(record["type"], start, end, "id" in row["p"]), "", row)
        self._db.execute("CREATE INDEX grouped ON rows (part, what)")
        self._db.execute("CREATE INDEX ids ON rows (id)")

    def _add(self, part: int, what: Group, node_id: str, row: Row) -> None:
        self._db.execute(
            "INSERT INTO rows VALUES (?, ?, ?, ?)",
            (part, pickle.dumps(what), node_id, pickle.dumps(row)),
        )

    def groups(self) -> Iterator[tuple[Group, Iterator[Row]]]:
        """Yield all that was taken in, each group with its rows."""
        found = self._db.execute("SELECT DISTINCT part, what FROM rows ORDER BY part, what")
        for part, what in found.fetchall():
            rows = self._db.execute(
                "SELECT row FROM rows WHERE part = ? AND what = ?", (part, what)
            )
            yield pickle.loads(what), (pickle.loads(row) for (row,) in rows)  # noqa: S301

    def sample(self, number: int) -> list[tuple[Group, list[Row]]]:
        """Return `number` relationships, all kinds in proportion, and the nodes at their ends."""
        total = self._db.execute("SELECT count(*) FROM rows WHERE part = 2").fetchone()[0]
        ties: dict[Group, list[Row]] = {}
        nodes: dict[str, dict[tuple[str, str], Row]] = {}
        step = max(1, total // number)
        found = self._db.execute("SELECT what, row FROM rows WHERE part = 2 ORDER BY rowid")
        for position, (what, blob) in enumerate(found):
            if position % step:
                continue
            kind, row = pickle.loads(what), pickle.loads(blob)  # noqa: S301
            ties.setdefault(kind, []).append(row)
            for label, node_id in ((kind.start, row["a"]), (kind.end, row["b"])):
                nodes.setdefault(label, {}).setdefault((label, node_id), {})
        for label, rows in nodes.items():
            for _, node_id in rows:
                blobs = self._db.execute(
                    "SELECT row FROM rows WHERE id = ? AND what = ?",
                    (node_id, pickle.dumps(label)),
                )
                rows[label, node_id] = pickle.loads(blobs.fetchone()[0])  # noqa: S301
        return [(label, list(rows.values())) for label, rows in nodes.items()] + list(ties.items())
