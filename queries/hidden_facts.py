"""How much the gates hide: counted over the whole graph, for the kinds of facts a question uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from vinculos.graph.counts import fill
from vinculos.graph.declarations import NodeType, base_field
from vinculos.graph.model import NODE_TYPES, RELATIONSHIP_TYPES, label_name
from vinculos.graph.store import Store
from vinculos.graph.words import CONFIDENCE
from vinculos.queries.cypher import Statement
from vinculos.queries.gates import (
    BEGINNINGS,
    OPEN,
    Fact,
    Gates,
    begun,
    is_gated,
    node_facts,
    read_as,
    relationship_facts,
    supported,
)

WORDS = {
    "en": {
        "as_of": "as of {}",
        "sources": "at least {} publishers",
        "confidence": "at least {}",
        "gates": "Gates: {}.",
        "none": "They hid no fact of the kinds that this question uses.",
        "hidden": "Of the facts of the kinds that this question uses, they hid {} in the whole "
        "graph ({}).",
        "undated": "{} without a date {:=stays|stay} in.",
        "own_day": "As of {}: the question itself sees to the day.",
    },
    "es": {
        "as_of": "al {}",
        "sources": "al menos {} medios",
        "confidence": "al menos {}",
        "gates": "Filtros: {}.",
        "none": "No ocultaron ningún hecho de las clases que usa esta pregunta.",
        "hidden": "De los hechos de las clases que usa esta pregunta, ocultaron {} en todo el "
        "grafo ({}).",
        "undated": "{:=Sigue|Siguen} dentro {} sin fecha.",
        "own_day": "Al {}: la pregunta misma se ocupa del día.",
    },
}


@dataclass(frozen=True)
class HiddenFacts:
    """How many facts the gates hid, by type or `Label.field`, and how many undated ones stayed."""

    gates: Gates = OPEN
    counts: Mapping[str, int] = field(default_factory=dict)
    undated: int = 0
    own_day: bool = False

    def sentence(self, lang: str) -> str:
        """Return sentences that say which gates hid how much, '' without gates."""
        words, gates = WORDS[lang], self.gates
        said = []
        if self.own_day and gates.as_of:
            said.append(words["own_day"].format(gates.as_of.isoformat()))
            gates = gates.without_day()
        if not gates:
            return " ".join(said)
        named = []
        if gates.as_of:
            named.append(words["as_of"].format(gates.as_of.isoformat()))
        if gates.min_sources > 1:
            named.append(words["sources"].format(gates.min_sources))
        if gates.limits_confidence:
            word = CONFIDENCE.label(gates.min_confidence, lang)
            named.append(words["confidence"].format(word))
        said.append(words["gates"].format("; ".join(named)))
        counted = [f"{_named(kind, lang)}: {count}" for kind, count in self.counts.items() if count]
        if counted:
            total = sum(self.counts.values())
            said.append(words["hidden"].format(total, "; ".join(counted)))
        else:
            said.append(words["none"])
        if self.undated:
            said.append(fill(words["undated"], self.undated, self.undated))
        return " ".join(said)


def count_hidden(store: Store, statement: Statement, gates: Gates) -> tuple[Counter[str], int]:
    """Return how many facts the gates hide, by type or `Type.field`, and how many have no date.

    Raises:
        EngineError: the graph cannot be read.
    """
    hidden: Counter[str] = Counter()
    undated = 0
    for name, fields in _used(statement).items():
        asked = dict(_sums(name, fields, gates))
        if not asked:
            continue
        listed = ", ".join(
            f"sum(CASE WHEN {condition} THEN 1 ELSE 0 END) AS c{number}"
            for number, condition in enumerate(asked.values())
        )
        match = f"(x:{name})" if name in NODE_TYPES else f"()-[x:{name}]->()"
        row = store.query(f"MATCH {match} RETURN {listed}", gates.parameters()).rows[0]
        for number, kind in enumerate(asked):
            count = row[f"c{number}"] or 0
            if kind == _UNDATED:
                undated += count
            else:
                hidden[kind] += count
    return +hidden, undated


_UNDATED = ""
_FACTS: Mapping[str, Fact] = {**NODE_TYPES, **RELATIONSHIP_TYPES}


def _used(statement: Statement) -> dict[str, set[str]]:
    """Return the types that a statement matches, with the fields that it reads of each."""
    used: dict[str, set[str]] = {}
    for pattern in statement.patterns:
        if pattern.is_node:
            names = [node.label for node in node_facts(pattern.labels)] if pattern.labels else []
        else:
            names = [tie.type for tie in relationship_facts(pattern.labels)]
        used.update((name, set()) for name in names if name not in used)
    for read in statement.reads:
        names = []
        if labels := statement.nodes.get(read.variable):
            names = [node.label for node in node_facts(labels)]
        elif read.variable in statement.relationships:
            types = statement.relationships[read.variable]
            names = [tie.type for tie in relationship_facts(types)]
        for name in names:
            if name in used and is_gated(read.name, (_FACTS[name],)):
                used[name].add(base_field(read.name))
    return used


def _sums(name: str, fields: set[str], gates: Gates) -> Iterator[tuple[str, str]]:
    """Yield what to count of one type: its name in the answer, and the condition in Cypher."""
    fact = _FACTS[name]
    there = [] if isinstance(fact, NodeType) else supported("x", gates)
    if gates.as_of:
        there += begun("x", (fact,))
    if there:
        yield name, f"NOT ({' AND '.join(there)})"
    beginnings = [declared.name for declared in fact.fields if declared.name in BEGINNINGS]
    stays = " AND ".join(there) or "true"
    if gates.as_of and beginnings:
        yield _UNDATED, " AND ".join((f"({stays})", *(f"x.{b}_min IS NULL" for b in beginnings)))
    for field_name in sorted(fields):
        through = read_as("x", field_name, (fact,), gates)
        if not through:
            continue
        if field_name == "status" and gates.as_of:
            lost = f"x.status <> 'unknown' AND {through} = 'unknown'"
        else:
            lost = f"x.{field_name} IS NOT NULL AND {through} IS NULL"
        yield f"{name}.{field_name}", f"({stays}) AND {lost}"


def _named(kind: str, lang: str) -> str:
    """Return what a type, or a field of one, is called."""
    type_, _, field_name = kind.partition(".")
    named = label_name(type_, lang)
    for declared in _FACTS[type_].fields:
        if declared.name == field_name:
            return f"{named}, {declared.es if lang == 'es' else declared.en}"
    return named
