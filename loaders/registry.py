"""Which nodes a load may refer to: those of its own files, and those in the graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Protocol

from vinculos.graph.records import NodeRef
from vinculos.graph.spool import Held, Spool
from vinculos.graph.words import RESIDENCE

TABLES = """
CREATE TABLE nodes (
    label TEXT, key TEXT, input INTEGER, id TEXT, name TEXT, PRIMARY KEY (label, key, input))
    WITHOUT ROWID;
CREATE TABLE withdrawn (label TEXT, key TEXT, PRIMARY KEY (label, key)) WITHOUT ROWID;
CREATE TABLE custodies (detention TEXT PRIMARY KEY, person TEXT) WITHOUT ROWID;
CREATE INDEX custodies_of ON custodies (person);
CREATE INDEX nodes_called ON nodes (label, name) WHERE name IS NOT NULL
"""
IN_GRAPH = 0
"""In the place of an input row: the graph has the node."""
NAMED = ("Person", "Place", "Organization")
"""Labels of nodes that a row may mean by their name."""
CACHED = 16_384
"""Keys of which the ids are kept in memory."""
SUGGESTED_FROM = 20_000
"""Keys looked through for one that is like a mistyped one."""


class Existing(Protocol):
    """What a load asks of the graph about nodes that earlier loads brought."""

    def ids(self, label: str, ids: Iterable[str]) -> set[str]:
        """Return those of `ids` that a node with this label has."""

    def source_ids(self, keys: Iterable[str]) -> Mapping[str, str]:
        """Return source key (`space:key`) to node id."""

    def named(self, label: str, names: Iterable[str]) -> Mapping[str, list[str]]:
        """Return name to the ids of the nodes that have it exactly."""

    def residences(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Return id to name of those places that stand for any home."""

    def detainees(self, detentions: Iterable[str]) -> Mapping[str, str]:
        """Return detention id to person id."""

    def custodies(self, people: Iterable[str]) -> Mapping[str, list[str]]:
        """Return person id to the ids of their detentions."""

    def described_elsewhere(self, people: Iterable[str], dataset: str) -> set[str]:
        """Return those of `people` whom claims of another dataset bring into being."""


class Registry:
    """All that a reference may point to; what the files describe is declared before any is resolved."""  # noqa: E501

    def __init__(self, space: str, existing: Existing | None, spool: Spool) -> None:
        """Take the id space of the load, the graph where there is one, and where to keep ids."""
        self.space = space
        self.residences: dict[str, str] = {}
        self.stubs: set[NodeRef] = set()
        self.existing = existing
        self._spool = spool
        spool.make(TABLES)
        self._nodes = Held(spool, "nodes", 5)
        self._ids = lru_cache(maxsize=CACHED)(self._look_up)

    def full(self, text: str) -> str:
        """Return `text` as `space:key`."""
        return text if ":" in text else f"{self.space}:{text}"

    def declare(self, ref: NodeRef, key: str, name: str, kind: str, number: int) -> None:
        """Note a node that input row `number` describes."""
        called = name if ref.label in NAMED else None
        self._nodes.add(ref.label, self.full(key), number, ref.id, called)
        self._ids.cache_clear()
        if ref.label == "Place" and kind == RESIDENCE:
            self.residences[ref.id] = name

    def stub(self, label: str, text: str) -> NodeRef:
        """Return the node that a reference to nothing known stands for, to be described later."""
        ref = NodeRef(label, self.full(text))
        self.stubs.add(ref)
        return ref

    def withdraw(self, rejected: str) -> None:
        """Forget the nodes of the input rows that an SQL query gives."""
        self._nodes.flush()
        self._ids.cache_clear()
        self._spool.run(
            "INSERT OR IGNORE INTO withdrawn SELECT label, key FROM nodes "  # noqa: S608
            f"WHERE input IN ({rejected})"
        )
        self._spool.run(f"DELETE FROM nodes WHERE input IN ({rejected})")  # noqa: S608
        self._spool.run(
            "DELETE FROM custodies WHERE detention NOT IN "
            "(SELECT id FROM nodes WHERE label = 'Detention')"
        )

    def lose(self, described: Iterable[tuple[str, str]]) -> None:
        """Note label and key of what a row with a problem would describe."""
        self._spool.run_many(
            "INSERT OR IGNORE INTO withdrawn VALUES (?, ?)",
            [(label, self.full(key)) for label, key in described],
        )

    def is_withdrawn(self, text: str, labels: tuple[str, ...]) -> bool:
        """Return whether `text` is the key of a node whose row has a problem."""
        sql = "SELECT 1 FROM withdrawn WHERE label = ? AND key = ?"
        return any(self._spool.row(sql, (label, self.full(text))) for label in labels)

    def hold(self, person: NodeRef, detention: NodeRef) -> None:
        """Note whose custody a detention is, where that is not known."""
        self._spool.run("INSERT OR IGNORE INTO custodies VALUES (?, ?)", (detention.id, person.id))

    def fetch(self, wanted: Mapping[str, set[str]], names: set[str]) -> None:
        """Look up in the graph what some rows refer to and the files do not describe.

        Args:
            wanted: label to the keys or ids referred to, as written.
            names: the exact names by which they may mean a place or an organization.
        """
        if self.existing is None:
            return
        refs: dict[str, set[str]] = {}
        for label, texts in wanted.items():
            missing = {t for text in texts if not self._ids(label, t := self.full(text))}
            if label == "Source":
                found: Mapping[str, str] = self.existing.source_ids(missing)
            else:
                found = {known: known for known in self.existing.ids(label, missing)}
            self._add(label, ((key, node_id, None) for key, node_id in found.items()))
            refs[label] = {i for text in texts if (i := self._ids(label, self.full(text)))}
        for label in ("Place", "Organization") if names else ():
            for name, ids in self.existing.named(label, names).items():
                self._add(label, ((node_id, node_id, name) for node_id in ids))
        for place, name in self.existing.residences(refs.get("Place", ())).items():
            self.residences.setdefault(place, name)
        held = dict(self.existing.detainees(refs.get("Detention", ())))
        for person, theirs in self.existing.custodies(refs.get("Person", ())).items():
            held |= dict.fromkeys(theirs, person)
        for detention, person in held.items():
            self.hold(NodeRef("Person", person), NodeRef("Detention", detention))

    def _add(self, label: str, found: Iterable[tuple[str, str, str | None]]) -> None:
        self._spool.run_many(
            "INSERT OR IGNORE INTO nodes VALUES (?, ?, ?, ?, ?)",
            [(label, key, IN_GRAPH, node_id, name) for key, node_id, name in found],
        )
        self._ids.cache_clear()

    def _look_up(self, label: str, key: str) -> str | None:
        self._nodes.flush()
        sql = "SELECT id FROM nodes WHERE label = ? AND key = ? LIMIT 1"
        row = self._spool.row(sql, (label, key))
        return row[0] if row else None

    def resolve(self, text: str, labels: tuple[str, ...]) -> list[NodeRef]:
        """Return the nodes with one of `labels` that `text` is the key or id of."""
        full = self.full(text)
        return [NodeRef(label, i) for label in labels if (i := self._ids(label, full))]

    def find(self, text: str, labels: tuple[str, ...]) -> list[NodeRef]:
        """Return the nodes with one of `labels` that have `text` as id, key or exact name."""
        self._nodes.flush()
        return self.resolve(text, labels) or [
            NodeRef(label, row[0])
            for label in labels
            for row in self._spool.rows(
                "SELECT DISTINCT id FROM nodes WHERE label = ? AND name = ? ORDER BY id",
                (label, text),
            )
        ]

    def keys(self, labels: tuple[str, ...]) -> Iterator[str]:
        """Yield keys known with one of `labels`, for suggestions."""
        self._nodes.flush()
        own = f"{self.space}:"
        for label in labels:
            sql = "SELECT DISTINCT key FROM nodes WHERE label = ? LIMIT ?"
            for (key,) in self._spool.rows(sql, (label, SUGGESTED_FROM)):
                yield key.removeprefix(own)

    def custodies(self, person: NodeRef) -> frozenset[NodeRef]:
        """Return the detentions of a person."""
        sql = "SELECT detention FROM custodies WHERE person = ?"
        return frozenset(
            NodeRef("Detention", row[0]) for row in self._spool.rows(sql, (person.id,))
        )

    def person_of(self, detention: NodeRef) -> NodeRef | None:
        """Return whose custody a detention is, None where it is not known."""
        sql = "SELECT person FROM custodies WHERE detention = ?"
        row = self._spool.row(sql, (detention.id,))
        return NodeRef("Person", row[0]) if row else None
