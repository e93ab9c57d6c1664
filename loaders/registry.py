"""Which nodes a load may refer to: those of its own files, and those in the graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

from vinculos.graph.records import NodeRef
from vinculos.graph.words import RESIDENCE


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


class Registry:
    """All that a reference may point to, gathered before any is resolved."""

    def __init__(self, space: str, existing: Existing | None) -> None:
        """Take the id space of the load, and the graph where there is one."""
        self.space = space
        self._existing = existing
        self._nodes: dict[str, dict[str, NodeRef]] = defaultdict(dict)
        self._names: dict[str, dict[str, list[NodeRef]]] = defaultdict(lambda: defaultdict(list))
        self.residences: dict[str, str] = {}
        self._custodies: dict[NodeRef, set[NodeRef]] = defaultdict(set)
        self._persons: dict[NodeRef, NodeRef] = {}

    def full(self, text: str) -> str:
        """Return `text` as `space:key`."""
        return text if ":" in text else f"{self.space}:{text}"

    def declare(self, ref: NodeRef, key: str, name: str = "", kind: str = "") -> None:
        """Note a node that a row of the load describes."""
        self._nodes[ref.label][self.full(key)] = ref
        if name:
            self._names[ref.label][name].append(ref)
        if ref.label == "Place" and kind == RESIDENCE:
            self.residences[ref.id] = name

    def hold(self, person: NodeRef, detention: NodeRef) -> None:
        """Note whose custody a detention is."""
        self._custodies[person].add(detention)
        self._persons[detention] = person

    def fetch(self, wanted: Mapping[str, set[str]], names: Mapping[str, set[str]]) -> None:
        """Look up in the graph what the files refer to and do not describe.

        Args:
            wanted: label to the keys or ids referred to, as written.
            names: label to the exact names asked for.
        """
        if self._existing is None:
            return
        for label, texts in wanted.items():
            missing = {self.full(text) for text in texts} - self._nodes[label].keys()
            if label == "Source":
                found: Mapping[str, str] = self._existing.source_ids(missing)
            else:
                found = {known: known for known in self._existing.ids(label, missing)}
            for key, node_id in found.items():
                self._nodes[label][key] = NodeRef(label, node_id)
        for label, texts in names.items():
            for name, ids in self._existing.named(label, texts).items():
                known = self._names[label][name]
                known.extend(ref for i in ids if (ref := NodeRef(label, i)) not in known)
        for place, name in self._existing.residences(r.id for r in self._of("Place")).items():
            self.residences.setdefault(place, name)
        for detention, person in self._existing.detainees(
            ref.id for ref in self._of("Detention")
        ).items():
            ref = NodeRef("Detention", detention)
            if ref not in self._persons:
                self.hold(NodeRef("Person", person), ref)
        for person, theirs in self._existing.custodies(r.id for r in self._of("Person")).items():
            for detention in theirs:
                ref = NodeRef("Detention", detention)
                if ref not in self._persons:
                    self.hold(NodeRef("Person", person), ref)

    def _of(self, label: str) -> Iterable[NodeRef]:
        return self._nodes[label].values()

    def resolve(self, text: str, labels: tuple[str, ...]) -> list[NodeRef]:
        """Return the nodes with one of `labels` that `text` is the key or id of."""
        full = self.full(text)
        return [self._nodes[label][full] for label in labels if full in self._nodes[label]]

    def find(self, text: str, labels: tuple[str, ...]) -> list[NodeRef]:
        """Return the nodes with one of `labels` that have `text` as id, key or exact name."""
        found = self.resolve(text, labels)
        return found or [ref for label in labels for ref in self._names[label].get(text, [])]

    def keys(self, labels: tuple[str, ...]) -> list[str]:
        """Return the keys known with one of `labels`, for suggestions."""
        own = f"{self.space}:"
        return [key.removeprefix(own) for label in labels for key in self._nodes[label]]

    def custodies(self, person: NodeRef) -> frozenset[NodeRef]:
        """Return the detentions of a person."""
        return frozenset(self._custodies.get(person, ()))

    def person_of(self, detention: NodeRef) -> NodeRef | None:
        """Return whose custody a detention is, None where it is not known."""
        return self._persons.get(detention)
