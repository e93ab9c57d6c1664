"""Gates: which facts a question may use, by day, by publishers and by confidence.

This says what a fact must pass, as Cypher and for what was read; `gated.py` puts it into questions.

- A relationship that fails is not there. A field that fails reads as null; names, ids, kinds, what
  a law says and what protects people are never hidden.
- Under a day, what began surely after it is not there, a date after it reads as null, and the
  status of a detention is the one known on that day, else `unknown`; that of a charge counts from
  the day on which somebody said so.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from vinculos.graph.declarations import NodeType, RelationshipType, base_field
from vinculos.graph.known_status import CONFIDENCE as KNOWN_CONFIDENCE
from vinculos.graph.known_status import FROM, STATUS, TO
from vinculos.graph.known_status import PUBLISHERS as KNOWN_PUBLISHERS
from vinculos.graph.model import NODE_TYPES, RELATIONSHIP_TYPES, ROLE_LABELS
from vinculos.graph.shapes import is_node, is_relationship
from vinculos.graph.words import CONFIDENCE

SOURCES, CONFIDENCES, DAY, DAY_TEXT = (
    "gate_sources",
    "gate_confidences",
    "gate_day",
    "gate_day_text",
)
"""What gated Cypher takes as parameters."""
NEVER_HIDDEN = frozenset(
    "id key name name_en name_es aliases kind effect article note is_minor protected".split()
)
BEGINNINGS = ("started", "adopted", "born", "requested")
"""Fields that say since when a thing exists."""
DATED_BY: Mapping[str, str] = {"sentence_years": "sentenced_on", "outcome": "decided"}
"""Fields that become so on the day that another one names."""
Fact = NodeType | RelationshipType
_MAIN = {role.label: role.main for role in ROLE_LABELS}
_PUBLICATION = "Source"
_NEVER = "9999-12-31"


@dataclass(frozen=True)
class Gates:
    """What a fact must pass to count; all open where nothing is set.

    `as_of` is a day in the world: what began surely after it does not exist yet. `min_sources` is
    how many publishers must say it, `min_confidence` how sure the surest of them must be.
    """

    as_of: datetime.date | None = None
    min_sources: int = 1
    min_confidence: str = ""

    def __bool__(self) -> bool:
        return bool(self.as_of or self.min_sources > 1 or self.limits_confidence)

    @property
    def confidences(self) -> list[str]:
        """The grades of confidence that pass, strongest first."""
        grades = list(CONFIDENCE)
        last = self.min_confidence or grades[-1]
        return grades[: grades.index(last) + 1]

    @property
    def limits_confidence(self) -> bool:
        """Whether any grade fails."""
        return len(self.confidences) < len(list(CONFIDENCE))

    def without_day(self) -> Gates:
        """Return these gates without their day."""
        return replace(self, as_of=None)

    def parameters(self) -> dict[str, Any]:
        """Return the values that gated Cypher takes."""
        taken: dict[str, Any] = {}
        if self.min_sources > 1:
            taken[SOURCES] = self.min_sources
        if self.limits_confidence:
            taken[CONFIDENCES] = self.confidences
        if self.as_of:
            taken |= {DAY: self.as_of, DAY_TEXT: self.as_of.isoformat()}
        return taken


OPEN = Gates()
"""No gate at all."""


def node_facts(labels: Iterable[str]) -> list[NodeType]:
    """Return the types of nodes that labels may stand for: all where there are none."""
    mains = [_MAIN.get(label, label) for label in labels]
    wanted = [NODE_TYPES[main] for main in mains if main in NODE_TYPES]
    found = wanted if mains else NODE_TYPES.values()
    return [node for node in found if node.label != _PUBLICATION]


def relationship_facts(types: Iterable[str]) -> list[RelationshipType]:
    """Return the types of relationships meant: all where none is named; provenance is none."""
    named = list(types)
    wanted = [RELATIONSHIP_TYPES[name] for name in named if name in RELATIONSHIP_TYPES]
    return wanted if named else list(RELATIONSHIP_TYPES.values())


def is_gated(name: str, facts: Iterable[Fact]) -> bool:
    """Return whether a property may be hidden: a field that one of the types declares."""
    base = base_field(name)
    return base not in NEVER_HIDDEN and any(
        base == declared.name for fact in facts for declared in fact.fields
    )


def supported(variable: str, gates: Gates, field: str = "") -> list[str]:
    """Return the conditions, in Cypher, that a fact has enough support.

    Args:
        variable: a node or relationship.
        gates: what to pass.
        field: one of its fields; '' for itself.
    """
    conditions = []
    if gates.min_sources > 1:
        own = f"{variable}.{field}_publishers, " if field else ""
        conditions.append(f"coalesce({own}{variable}.publishers, 0) >= ${SOURCES}")
    if gates.limits_confidence:
        own = f"{variable}.{field}_confidence, " if field else ""
        conditions.append(f"coalesce({own}{variable}.confidence, '') IN ${CONFIDENCES}")
    return conditions


def begun(variable: str, facts: Iterable[Fact]) -> list[str]:
    """Return the conditions, in Cypher, that a thing of these types may exist on the day."""
    there = {declared.name for fact in facts for declared in fact.fields}
    return [
        f"coalesce({variable}.{name}_min <= ${DAY}, true)" for name in BEGINNINGS if name in there
    ]


def read_as(variable: str, name: str, facts: Iterable[Fact], gates: Gates) -> str:
    """Return the Cypher that reads a property through the gates, '' where it is read as it is."""
    facts = list(facts)
    if not is_gated(name, facts):
        return ""
    base = base_field(name)
    declared = [f for fact in facts for f in fact.fields if f.name == base]
    conditions = supported(variable, gates, base)
    if gates.as_of and name == base:
        if base == "status" and NODE_TYPES["Detention"] in facts:
            return _status(variable, gates)
        if base == "status" and RELATIONSHIP_TYPES["CHARGED_WITH"] in facts:
            conditions.append(f"{variable}.{FROM} <= ${DAY_TEXT}")
            return f"coalesce({_only(variable, name, conditions)}, 'unknown')"
        if any(field.kind == "date" for field in declared):
            conditions.append(f"coalesce({variable}.{base}_min <= ${DAY}, true)")
        if day := DATED_BY.get(base):
            conditions.append(f"coalesce({variable}.{day}_min <= ${DAY}, true)")
    if not conditions:
        return ""
    return _only(variable, name, conditions)


def _only(variable: str, name: str, conditions: Iterable[str]) -> str:
    """Return the Cypher of a property that is null where a condition fails.

    No CASE: in a WHERE with OR, before an OPTIONAL MATCH, the embedded engine does not see that
    one reads a variable, and looks at it before the variable is bound.
    """
    return f"head([gated IN [{variable}.{name}] WHERE {' AND '.join(conditions)} | gated])"


def read_as_anything(variable: str, name: str, gates: Gates) -> str:
    """Return the Cypher that reads a property of what is bound in no pattern, '' where as it is.

    It may be a node or a relationship under another name, or a map of values that were read
    through the gates before; all but a map have `publishers`, and relationships alone `claims`.
    """
    as_node = read_as(variable, name, NODE_TYPES.values(), gates)
    as_tie = read_as(variable, name, RELATIONSHIP_TYPES.values(), gates)
    if not as_node and not as_tie:
        return ""
    plain = f"{variable}.{name}"
    # No bare CASE, as in `_only`; the property is one that nothing has.
    return (
        f"coalesce({variable}.gated, CASE WHEN {variable}.publishers IS NULL THEN {plain} "
        f"WHEN {variable}.claims IS NULL THEN {as_node or plain} ELSE {as_tie or plain} END)"
    )


def _status(variable: str, gates: Gates) -> str:
    """Return the Cypher of the status known on the day, by the spans that pass the gates."""
    passes = [f"{variable}.{FROM}[i] <= ${DAY_TEXT}", f"{variable}.{TO}[i] >= ${DAY_TEXT}"]
    if gates.min_sources > 1:
        passes.append(f"{variable}.{KNOWN_PUBLISHERS}[i] >= ${SOURCES}")
    if gates.limits_confidence:
        passes.append(f"{variable}.{KNOWN_CONFIDENCE}[i] IN ${CONFIDENCES}")
    return (
        f"coalesce(head([i IN range(0, size(coalesce({variable}.{STATUS}, [])) - 1) "
        f"WHERE {' AND '.join(passes)} | {variable}.{STATUS}[i]]), 'unknown')"
    )


def shown(properties: Mapping[str, Any], fact: Fact | None, gates: Gates) -> dict[str, Any]:
    """Return the properties of a whole node or relationship as they read through the gates.

    Args:
        properties: as plain data, days as ISO text.
        fact: its type; None where it is no fact.
        gates: what to pass.
    """
    if fact is None or fact == NODE_TYPES[_PUBLICATION] or not gates:
        return dict(properties)
    kept = {
        name: value
        for name, value in properties.items()
        if not is_gated(name, (fact,)) or _passes(properties, name, gates)
    }
    if gates.as_of and "status" in properties:
        if fact == NODE_TYPES["Detention"]:
            kept["status"] = _status_shown(properties, gates)
        elif properties.get(FROM, _NEVER) > gates.as_of.isoformat():
            kept["status"] = "unknown"
    return kept


def seen_through(value: Any, gates: Gates) -> Any:
    """Return plain data with the properties of each node and relationship as the gates show them.

    A whole node that a question returns is there where its ties are; what it says is gated here.
    """
    if is_node(value):
        fact: Fact | None = next(
            (NODE_TYPES[label] for label in value["labels"] if label in NODE_TYPES), None
        )
        return {**value, "properties": shown(value["properties"], fact, gates)}
    if is_relationship(value):
        fact = RELATIONSHIP_TYPES.get(value["type"])
        return {**value, "properties": shown(value["properties"], fact, gates)}
    if isinstance(value, dict):
        return {name: seen_through(item, gates) for name, item in value.items()}
    if isinstance(value, list):
        return [seen_through(item, gates) for item in value]
    return value


def _passes(properties: Mapping[str, Any], name: str, gates: Gates) -> bool:
    base = base_field(name)
    publishers = properties.get(f"{base}_publishers", properties.get("publishers", 0))
    confidence = properties.get(f"{base}_confidence", properties.get("confidence", ""))
    if publishers < gates.min_sources:
        return False
    if gates.limits_confidence and confidence not in gates.confidences:
        return False
    days = [properties.get(f"{day}_min") for day in (base, DATED_BY.get(base)) if day]
    return not gates.as_of or all(not day or day <= gates.as_of.isoformat() for day in days)


def _status_shown(properties: Mapping[str, Any], gates: Gates) -> str:
    day = gates.as_of.isoformat() if gates.as_of else ""
    lists = (STATUS, FROM, TO, KNOWN_PUBLISHERS, KNOWN_CONFIDENCE)
    spans = zip(*(properties.get(name) or () for name in lists), strict=True)
    for word, first, last, publishers, confidence in spans:
        enough = publishers >= gates.min_sources and confidence in gates.confidences
        if first <= day <= last and enough:
            return str(word)
    return "unknown"
