"""The records that pass between loaders, derivation and writer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

import orjson

Scalar = str | int | float | bool | None
JOINED = " | "
"""Between the parts of a claim's key."""


class NodeRef(NamedTuple):
    """A node by its main label and its id (`space:key`)."""

    label: str
    id: str


class Citation(NamedTuple):
    """A source that a claim cites, with the page and the day of access where known."""

    source: str
    page: str = ""
    accessed: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """What a claim says of one field of one node.

    `value` is typed as `model.py` declares the field (a date stays text), or None where the text
    could not be typed; `text` is the cell as it was; `status` is accepted, conflict or needs_work;
    `other` is the far end where the field is a type of relationship.
    """

    subject: NodeRef
    field: str
    value: Any
    text: str
    status: str = "accepted"
    other: NodeRef | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """What a claim says of one relationship.

    `confidence` is '' for that of the row. `fallback` marks a tie that only fills in where no
    other claim gives the same ends: it then supports the latest of them.
    """

    type: str
    start: NodeRef
    end: NodeRef
    fields: Mapping[str, Any] = field(default_factory=dict)
    confidence: str = ""
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What one row of one file says, on one side of a dispute where the row holds two.

    `row` is the line in the file, information only; `nodes` are the nodes that the row brings into
    being; `as_of` is the day for which the row speaks, blank where it does not say.
    """

    id: str
    dataset: str
    table: str
    file: str
    row: int
    key: str
    nodes: tuple[NodeRef, ...] = ()
    values: tuple[Value, ...] = ()
    ties: tuple[Tie, ...] = ()
    citations: tuple[Citation, ...] = ()
    confidence: str = "reported"
    as_of: str = ""
    note: str = ""

    def about(self) -> list[NodeRef]:
        """Return each entity that the claim speaks of, once, in order."""
        return list(dict.fromkeys(self._mentions()))

    def _mentions(self) -> Iterator[NodeRef]:
        yield from self.nodes
        for value in self.values:
            yield value.subject
            if value.other:
                yield value.other
        for tie in self.ties:
            yield tie.start
            yield tie.end

    def asserts(self) -> str:
        """Return what the claim says, as one line of JSON from which it can be read back."""
        return as_json(
            {
                "nodes": plain_tuples(self.nodes),
                "values": [
                    (
                        tuple(v.subject),
                        v.field,
                        v.value,
                        v.text,
                        v.status,
                        tuple(v.other) if v.other else None,
                    )
                    for v in self.values
                ],
                "ties": [
                    (t.type, tuple(t.start), tuple(t.end), t.fields, t.confidence, t.fallback)
                    for t in self.ties
                ],
                "citations": plain_tuples(self.citations),
            }
        )

    def digest(self, asserts: str | None = None) -> str:
        """Return a hash of all that the claim says, file and line left out.

        Args:
            asserts: what `asserts()` returns, where it is at hand.
        """
        said, note = as_json(asserts or self.asserts()), as_json(self.note)
        return short_hash(f"[{said}, {_quoted(self.confidence)}, {_quoted(self.as_of)}, {note}]")


def claim_id(dataset: str, table: str, key: Iterable[str], side: str = "") -> str:
    """Return the id of a claim: a hash of dataset, table, the row's key and its side."""
    # With a blank behind each comma, as all hashes have it.
    parts = ", ".join(map(as_json, key))
    return short_hash(f"[{_quoted(dataset)}, {_quoted(table)}, [{parts}], {_quoted(side)}]")


def plain_tuples(named: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return named tuples as plain ones, which JSON takes much faster."""
    return [tuple(one) for one in named]


def as_json(value: Any) -> str:
    """Return a value as one line of JSON, without blanks; a half of a character becomes `?`."""
    try:
        return orjson.dumps(value, _listed).decode()
    except orjson.JSONEncodeError:
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "replace").decode()


_quoted = lru_cache(maxsize=1024)(as_json)


def _listed(value: Any) -> list[Any]:
    """Return a named tuple as JSON takes it."""
    if isinstance(value, tuple):
        return list(value)
    raise TypeError(value)


def from_json(text: str) -> Any:
    """Return the value that `as_json` wrote."""
    return orjson.loads(text)


def short_hash(text: str) -> str:
    """Return the first 24 hexadecimal digits (96 bits) of the SHA-256 of `text`."""
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def stored_claim(properties: Mapping[str, Any]) -> Claim:
    """Return the claim that a Claim node holds, from the node's properties."""
    said = from_json(properties["asserts"])
    return Claim(
        **{
            name: properties.get(name, "")
            for name in ("id", "dataset", "table", "file", "key", "confidence", "as_of", "note")
        },
        row=properties["row"],
        nodes=tuple(NodeRef(*ref) for ref in said["nodes"]),
        values=tuple(
            Value(NodeRef(*s), name, value, shown, status, NodeRef(*other) if other else None)
            for s, name, value, shown, status, other in said["values"]
        ),
        ties=tuple(
            Tie(kind, NodeRef(*s), NodeRef(*e), fields, confidence, fallback)
            for kind, s, e, fields, confidence, fallback in said["ties"]
        ),
        citations=tuple(Citation(*citation) for citation in said["citations"]),
    )


@dataclass(frozen=True, slots=True)
class Node:
    """A node as derived: its properties without the id."""

    ref: NodeRef
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship as derived: its properties without the id."""

    id: str
    type: str
    start: NodeRef
    end: NodeRef
    properties: dict[str, Any]
