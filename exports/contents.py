"""What an export holds: every node and every relationship, as the audience may see them.

They are read piece by piece, in the order of labels and ids, so that the same graph makes the same
file and its size does not matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from vinculos.graph.model import ABOUT, CITED, CITES, CLAIM, ENTITIES, RELATIONSHIPS, ROLE_LABELS
from vinculos.graph.plain import plain
from vinculos.graph.redact import Hidden, Withheld
from vinculos.graph.redact import rows as redacted
from vinculos.graph.store import Store

BATCH = 1000
"""Nodes that are read, or whose relationships are, in one statement."""
ROLES = tuple(role.label for role in ROLE_LABELS)
CITATIONS = (CITES, CITED)
PROVENANCE = (CLAIM, "Source")
THINGS = tuple(label for label in ENTITIES if label != "Source")
"""The labels of the world; what is said of it, and where, is provenance."""


class ExportNode(NamedTuple):
    """A node; `label` is its main label, `roles` the others, `properties` are without the id.

    `held` names whom a detention holds.
    """

    label: str
    id: str
    roles: tuple[str, ...]
    properties: dict[str, Any]
    held: tuple[str, ...] = ()


class ExportEdge(NamedTuple):
    """A relationship between two nodes, each by label and id; `id` is blank in provenance."""

    type: str
    id: str
    start: tuple[str, str]
    end: tuple[str, str]
    properties: dict[str, Any]


@dataclass
class Counts:
    """How many nodes and relationships were written."""

    nodes: int = 0
    relationships: int = 0


class Contents:
    """The nodes, then the relationships, of the graph; `hidden` and `counts` grow on the way.

    `left_out` is for the writer to count what its format has no place for, by label or type and
    field; `scratch` is where its temporary files may lie.
    """

    def __init__(self, store: Store, withheld: Withheld, labels: Sequence[str]) -> None:
        """Read nothing yet.

        Args:
            store: an open store.
            withheld: what the audience may not see.
            labels: the main labels of the nodes wanted; relationships are those between them.
        """
        self._store, self._withheld, self.labels = store, withheld, tuple(labels)
        self.hidden, self.counts = Hidden(), Counts()
        self.left_out: Counter[str] = Counter()
        self.scratch = store.scratch
        self._shown: dict[tuple[str, str], str | None] = {}

    def nodes(self) -> Iterator[ExportNode]:
        """Yield each node that may be seen; to be read to its end before `edges`.

        Raises:
            EngineError: the graph cannot be read.
        """
        self.counts.nodes = 0
        for label in self.labels:
            # Whom a custody holds is its name, and says whether it may be seen.
            held = "COLLECT { MATCH (p:Person)-[:DETAINED_IN]->(n) RETURN p.name ORDER BY p.name }"
            held = held if label == "Detention" else "[]"
            for ids in self._ids(label):
                for row in self._store.read(
                    f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) "
                    "RETURN n.id AS id, labels(n) AS labels, properties(n) AS properties, "
                    f"{held} AS held",
                    {"ids": ids},
                ).rows:
                    if (node := self._node(label, row)) is not None:
                        self.counts.nodes += 1
                        yield node

    def _node(self, label: str, row: dict[str, Any]) -> ExportNode | None:
        id = str(row["id"])
        properties = row["properties"] | ({"held": row["held"]} if row["held"] else {})
        whole = {"node": plain({"labels": [label, *row["labels"]], "properties": properties})}
        kept, _ = redacted([whole], self._withheld, self.hidden)
        shown = kept[0]["node"]["properties"] if kept else {}
        # A source of which only the publisher may be shown is no node.
        if (seen := shown.pop("id", None)) != id:
            self._shown[label, id] = seen
        if seen is None:
            return None
        roles = tuple(role for role in ROLES if role in row["labels"])
        held = tuple(shown.pop("held", ()))
        return ExportNode(label, str(seen), roles, shown, held)

    def edges(self, *, masked: bool = False) -> Iterator[ExportEdge]:
        """Yield each relationship between two nodes that `nodes` gave.

        Args:
            masked: also yield the citations of which only publisher and date may be shown, such as
                those made for a minor: their end is that text, without a label.

        Raises:
            EngineError: the graph cannot be read.
        """
        self.counts.relationships = 0
        types = [kind.type for kind in RELATIONSHIPS]
        if CLAIM in self.labels:
            types += [ABOUT, *CITATIONS]
        for label in self.labels:
            for ids in self._ids(label):
                rows = self._store.read(
                    f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})-[r]->(m) "
                    "WHERE type(r) IN $types RETURN type(r) AS type, properties(r) AS properties, "
                    "n.id AS start, m.id AS end, labels(m) AS labels",
                    {"ids": ids, "types": types},
                ).rows
                edges = (self._edge(label, row, masked) for row in rows)
                kept = (edge for edge in edges if edge is not None)
                for edge in sorted(kept, key=lambda edge: edge[:4]):
                    self.counts.relationships += 1
                    yield edge

    def _edge(self, label: str, row: dict[str, Any], masked: bool) -> ExportEdge | None:
        other = next((name for name in self.labels if name in row["labels"]), None)
        if other is None:
            return None
        start = self._shown.get((label, row["start"]), row["start"])
        end = self._shown.get((other, row["end"]), row["end"])
        if start is None or (end is None and not masked):
            return None
        tie = {"type": row["type"], "start": row["start"], "end": row["end"]}
        whole = {"edge": plain({**tie, "properties": row["properties"]})}
        kept, _ = redacted([whole], self._withheld, self.hidden)
        if not kept:
            return None
        cited = str(kept[0]["edge"]["end"])
        properties = kept[0]["edge"]["properties"]
        id = str(properties.pop("id", ""))
        if row["type"] in CITATIONS and cited != row["end"]:
            # The source may be shown elsewhere, where an adult's claim cites it.
            text = ExportEdge(row["type"], id, (label, start), ("", cited), properties)
            return text if masked else None
        if end is None:
            return None
        return ExportEdge(row["type"], id, (label, start), (other, end), properties)

    def _ids(self, label: str) -> Iterator[list[str]]:
        rows = self._store.stream(f"MATCH (n:{label}) RETURN n.id AS id ORDER BY id")
        while batch := [row["id"] for row in islice(rows, BATCH)]:
            yield batch
