"""The contents of an export on disk, so that what belongs to one entity can be found together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from vinculos.exports.contents import Contents, ExportEdge, ExportNode
from vinculos.graph.model import ABOUT, CITES, CLAIM
from vinculos.graph.records import as_json
from vinculos.graph.spool import Spool

_TABLES = """
CREATE TABLE nodes (
    label TEXT, id TEXT, roles TEXT, properties TEXT, held TEXT, PRIMARY KEY (label, id))
    WITHOUT ROWID;
CREATE TABLE edges (
    n INTEGER PRIMARY KEY, type TEXT, id TEXT, label1 TEXT, id1 TEXT, label2 TEXT, id2 TEXT,
    properties TEXT)
"""
_INDEXES = """
CREATE INDEX starts ON edges (type, label1, id1);
CREATE INDEX ends ON edges (type, label2, id2)
"""
_BATCH = 1000
Ref = tuple[str, str]


class Cited(NamedTuple):
    """A source: its id, properties, and the day of access where known.

    The id is blank where the audience may see the publisher alone.
    """

    id: str
    properties: dict[str, Any]
    accessed: str = ""


class FtmSpool:
    """All nodes and relationships of an export, to be looked up."""

    def __init__(self, spool: Spool, contents: Contents) -> None:
        """Read all of the contents into an open spool.

        Raises:
            EngineError: the graph cannot be read.
        """
        self._spool = spool
        spool.make(_TABLES)
        for nodes in _batches(contents.nodes()):
            rows = [
                (n.label, n.id, as_json(n.roles), as_json(n.properties), as_json(n.held))
                for n in nodes
            ]
            spool.run_many("INSERT INTO nodes VALUES (?, ?, ?, ?, ?)", rows)
        for edges in _batches(contents.edges(masked=True)):
            ties = [(e.type, e.id, *e.start, *e.end, as_json(e.properties)) for e in edges]
            spool.run_many("INSERT INTO edges VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)", ties)
        spool.make(_INDEXES)

    def nodes(self, label: str) -> Iterator[ExportNode]:
        """Yield the nodes of a label, in the order of their ids."""
        last = ""
        sql = "SELECT * FROM nodes WHERE label = ? AND id > ? ORDER BY id LIMIT ?"
        while rows := list(self._spool.rows(sql, (label, last, _BATCH))):
            last = rows[-1][1]
            yield from map(_node, rows)

    def node(self, ref: Ref) -> ExportNode | None:
        """Return a node, None where the audience may not see it."""
        row = self._spool.row("SELECT * FROM nodes WHERE label = ? AND id = ?", ref)
        return _node(row) if row else None

    def edges(self) -> Iterator[ExportEdge]:
        """Yield all relationships but those of provenance, as they were read."""
        last = 0
        sql = "SELECT * FROM edges WHERE n > ? AND id <> '' ORDER BY n LIMIT ?"
        while rows := list(self._spool.rows(sql, (last, _BATCH))):
            last = rows[-1][0]
            yield from map(_edge, rows)

    def from_node(self, type: str, ref: Ref) -> list[ExportEdge]:
        """Return the relationships of a type that leave a node."""
        sql = "SELECT * FROM edges WHERE type = ? AND label1 = ? AND id1 = ? ORDER BY n"
        return [_edge(row) for row in self._spool.rows(sql, (type, *ref))]

    def to_node(self, type: str, ref: Ref) -> list[ExportEdge]:
        """Return the relationships of a type that reach a node."""
        sql = "SELECT * FROM edges WHERE type = ? AND label2 = ? AND id2 = ? ORDER BY n"
        return [_edge(row) for row in self._spool.rows(sql, (type, *ref))]

    def claims(self, ref: Ref) -> list[ExportNode]:
        """Return the claims that hold and describe a node; those that name it where none does."""
        about = (self.node(edge.start) for edge in self.to_node(ABOUT, ref))
        claims = [c for c in about if c is not None and not c.properties.get("superseded_by")]
        return [c for c in claims if ref[1] in c.properties.get("subjects", ())] or claims

    def cited(self, claims: Iterable[ExportNode]) -> list[Cited]:
        """Return the sources of some claims, each once."""
        found: dict[str, Cited] = {}
        for claim in claims:
            for edge in self.from_node(CITES, (CLAIM, claim.id)):
                source = self._cited(edge.end[1], edge.end[0])
                accessed = str(edge.properties.get("accessed") or "")
                known = found.get(edge.end[1])
                if known is None or accessed > known.accessed:
                    found[edge.end[1]] = source._replace(accessed=accessed)
        return [found[id] for id in sorted(found)]

    def sources(self, ids: Iterable[str]) -> list[Cited]:
        """Return the sources of a relationship, by their ids or what may be shown of them."""
        return [self._cited(id, "Source") for id in ids]

    def _cited(self, id: str, label: str) -> Cited:
        node = self.node((label, id))
        # Where it is no node, what may be shown of it stands in the place of its id.
        return Cited("", {"publisher": id}) if node is None else Cited(id, node.properties)


def _node(row: tuple[str, ...]) -> ExportNode:
    label, id, roles, properties, held = row
    return ExportNode(
        label, id, tuple(json.loads(roles)), json.loads(properties), tuple(json.loads(held))
    )


def _edge(row: tuple[Any, ...]) -> ExportEdge:
    _, type, id, label1, id1, label2, id2, properties = row
    return ExportEdge(type, id, (label1, id1), (label2, id2), json.loads(properties))


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    items = iter(items)
    while batch := list(islice(items, _BATCH)):
        yield batch
