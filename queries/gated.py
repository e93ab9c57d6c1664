"""Questions under gates: their Cypher rewritten, so that facts that fail are not there for them.

A question is written without a thought of gates. Each relationship pattern gets a condition, each
reading of a field goes through one; what is in the text otherwise stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vinculos.errors import UsageError
from vinculos.graph.model import NODE_TYPES, RELATIONSHIP_TYPES
from vinculos.graph.network import Network
from vinculos.language import gettext as _
from vinculos.queries import cypher
from vinculos.queries.cypher import Pattern, Statement
from vinculos.queries.cypher_reads import Read
from vinculos.queries.gates import (
    Fact,
    Gates,
    begun,
    node_facts,
    read_as,
    read_as_anything,
    relationship_facts,
    shown,
    supported,
)

Edit = tuple[int, int, str]


@dataclass(frozen=True)
class Gated:
    """A Cypher text under gates, and the parameters that it takes beside its own.

    `written` says what each rewritten reading was, so that columns keep their names.
    """

    text: str
    statement: Statement
    parameters: Mapping[str, Any] = field(default_factory=dict)
    written: Mapping[str, str] = field(default_factory=dict)

    def column(self, key: str) -> str:
        """Return what a column of the answer is called in the text as it was given."""
        for now, before in self.written.items():
            key = key.replace(now, before)
        return key


def apply(text: str, gates: Gates) -> Gated:
    """Return `text` rewritten so that only facts that pass the gates are there for it.

    Raises:
        UsageError: it is written in a way that cannot be rewritten; the message says how to.
    """
    if not gates:
        return Gated(text, Statement(text))
    statement = cypher.parse(text)
    _refuse(statement, gates)
    names = fresh(text, "gated")
    edits = [
        edit
        for pattern in statement.patterns
        for edit in _condition(statement, pattern, gates, names)
    ]
    written = {}
    for read in statement.reads:
        if now := _read(statement, read, gates):
            edits.append((read.start, read.end, now))
            written[now] = text[read.start : read.end]
    return Gated(edited(text, edits), statement, gates.parameters(), written)


def _refuse(statement: Statement, gates: Gates) -> None:
    """Raise where something could pass the gates by."""
    if statement.writing:
        raise UsageError(
            _("Gates are for reading, and this has {word}.").format(word=statement.writing),
            _("Ask without --as-of, --min-sources and --min-confidence."),
        )
    if any(pattern.repeated for pattern in statement.patterns):
        raise UsageError(
            _("Gates cannot be set on a relationship of several lengths, such as -[:T*1..3]->."),
            how_to_repeat(),
        )
    if statement.wholes:
        name = statement.wholes[0]
        raise UsageError(
            _("Gates cannot follow all properties of {name} at once.").format(name=name),
            _("Name each, such as {name}.started, or return {name} itself.").format(name=name),
        )
    for read in statement.unnamed:
        if read_as_anything(read.variable, read.name, gates):
            raise UsageError(
                _("Gates cannot follow {name}.").format(name=f"{read.variable}.{read.name}"),
                how_to_name(read),
            )


def how_to_repeat() -> str:
    """Return what to write in place of a relationship of several lengths."""
    return _("Write it as {pattern}.").format(pattern="((a)-[:T]->(b)){1,3}")


def how_to_name(read: Read) -> str:
    """Return what to write in place of a reading of what has no name of its own."""
    return _("Give it a name first: WITH …, {expression} AS x, then x.{name}.").format(
        expression=read.variable, name=read.name
    )


def fresh(text: str, stem: str) -> Iterator[str]:
    """Yield names that begin with `stem` and do not occur in the text."""
    number = 0
    while number := number + 1:
        if (name := f"{stem}_{number}") not in text:
            yield name


def _condition(
    statement: Statement, pattern: Pattern, gates: Gates, names: Iterator[str]
) -> list[Edit]:
    """Return the edits that put a condition into one pattern, none where none applies."""
    facts: list[Fact] = (
        [*node_facts(pattern.labels)] if pattern.is_node else [*relationship_facts(pattern.labels)]
    )
    if not facts:
        return []
    name = pattern.variable or next(names)
    parts = [] if pattern.is_node else supported(name, gates)
    if gates.as_of:
        parts += begun(name, facts)
    condition = " AND ".join(parts)
    if condition and not pattern.is_node and not pattern.labels:
        # Without a type it may also be one that says where a fact comes from.
        condition = f"({name}.claims IS NULL OR ({condition}))"
    edits, moved = unbraced(statement, pattern, lambda field: read_as(name, field, facts, gates))
    conditions = [part for part in (condition, *moved) if part]
    return edits + conditioned(pattern, name, " AND ".join(conditions)) if conditions else []


def unbraced(
    statement: Statement, pattern: Pattern, read: Callable[[str], str]
) -> tuple[list[Edit], list[str]]:
    """Return what takes entries out of a pattern's curly brackets, and them as conditions.

    Args:
        statement: the text.
        pattern: one of its patterns.
        read: from a field to what reading it becomes; an entry for which that is '' stays.

    Raises:
        UsageError: an entry cannot be taken out; the message says what to write.
    """
    text, taken = statement.text, [(entry, read(entry.name)) for entry in pattern.entries]
    moved = [(entry, now) for entry, now in taken if now]
    if not moved:
        return [], []
    start, end = pattern.braces
    if any(start < one.start < end for one in (*statement.reads, *statement.unnamed)):
        raise UsageError(
            _("What is read in {braces} cannot be followed.").format(braces=text[start:end]),
            _("Write it as a condition, behind WHERE."),
        )
    kept = ", ".join(text[entry.start : entry.end] for entry, now in taken if not now)
    conditions = [f"{now} = ({text[entry.value : entry.end]})" for entry, now in moved]
    return [(start, end, f"{{{kept}}}" if kept else "")], conditions


def conditioned(pattern: Pattern, name: str, condition: str) -> list[Edit]:
    """Return the edits that put a condition on `name`, the variable of a pattern, into it."""
    if pattern.short:
        return [(pattern.insert, pattern.insert, f"[{name} WHERE {condition}]")]
    edits = [] if pattern.variable else [(pattern.insert, pattern.insert, name)]
    if pattern.condition:
        start, end = pattern.condition
        return [*edits, (start, start, " ("), (end, end, f") AND {condition}")]
    return [*edits, (pattern.end, pattern.end, f" WHERE {condition}")]


def _read(statement: Statement, read: Read, gates: Gates) -> str:
    """Return what a reading of a property becomes, '' where it stays."""
    if read.variable in statement.nodes:
        nodes = node_facts(statement.nodes[read.variable])
        return read_as(read.variable, read.name, nodes, gates)
    if read.variable in statement.relationships:
        ties = relationship_facts(statement.relationships[read.variable])
        return read_as(read.variable, read.name, ties, gates)
    return read_as_anything(read.variable, read.name, gates)


def edited(text: str, edits: list[Edit]) -> str:
    """Return the text with each span replaced; edits at one place come in the order given."""
    pieces, at = [], 0
    for start, end, written in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [text[at:start], written]
        at = end
    return "".join((*pieces, text[at:]))


def gated_network(network: Network, gates: Gates) -> Network:
    """Return a network with the fields of its nodes and edges as the gates show them."""
    return replace(
        network,
        nodes={
            key: replace(node, properties=shown(node.properties, NODE_TYPES.get(key.label), gates))
            for key, node in network.nodes.items()
        },
        edges=tuple(
            replace(
                edge,
                properties=shown(edge.properties, RELATIONSHIP_TYPES.get(edge.type), gates),
            )
            for edge in network.edges
        ),
    )
