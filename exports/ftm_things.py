"""People, organizations, cases, events, detentions and sources as FollowTheMoney entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from vinculos.exports.contents import ExportNode
from vinculos.exports.ftm_entity import (
    Properties,
    cite,
    converted,
    entity,
    entity_id,
    fields_of,
)
from vinculos.exports.ftm_schema import (
    BODIES,
    DETENTION,
    FIELDS,
    SCHEMATA,
    TOPIC_OF,
)
from vinculos.exports.ftm_spool import FtmSpool, Ref
from vinculos.graph.declarations import Field, RelationshipType
from vinculos.graph.model import NODE_TYPES, RELATIONSHIP_TYPES
from vinculos.graph.shapes import node_name
from vinculos.graph.words import Words

_INVOLVED = ("Person", "Organization")
"""Labels that an event of FollowTheMoney can involve."""
_HELD = {"en": "Detention of {}", "es": "Detención de {}"}


_DISPUTED = {"en": "in dispute", "es": "en disputa"}


def _is_disputed(node: ExportNode, field: Field) -> bool:
    return field.name in node.properties.get("disputed", ())


class Things:
    """Makes entities of nodes."""

    def __init__(self, spool: FtmSpool, left_out: Counter[str], lang: str) -> None:
        """Take all that is exported, the count of what finds no place, and the language."""
        self._spool, self._left_out, self._lang = spool, left_out, lang

    def entities(self) -> Iterator[dict[str, Any]]:
        """Yield an entity for each node that becomes one; count the others."""
        for label in NODE_TYPES:
            for node in self._spool.nodes(label):
                if label in FIELDS:
                    yield self._entity(node)
                else:
                    self._left_out[label] += 1

    def _entity(self, node: ExportNode) -> dict[str, Any]:
        ref = (node.label, node.id)
        made = self._fields(node)
        if node.label == "Organization":
            schema = BODIES.get(node.properties.get("kind", ""), "Organization")
            made["parent"] = self._ends("PART_OF", ref, "Organization")
        else:
            schema = SCHEMATA[node.label]
        if node.label in ("Person", "Organization"):
            words = [*node.properties.get("roles", ()), node.properties.get("kind", "")]
            made["topics"] = [TOPIC_OF[word] for word in words if word in TOPIC_OF]
        if node.label == "Event":
            made["involved"] = [
                id for label in _INVOLVED for id in self._ends("CONCERNS", ref, label)
            ]
        if node.label == "Detention":
            self._detention(node, made)
        if node.label == "Source":
            # It needs one, whatever it may be.
            made["fileName"] = made.get("title") or [entity_id(ref)]
            return entity(entity_id(ref), schema, made)
        if not made.get("name"):
            # A stub, of which nothing is known but its key.
            made["name"] = [node_name({"id": node.id, **node.properties}, self._lang)]
        if (grade := node.properties.get("confidence")) not in (None, "reported"):
            made.setdefault("keywords", []).append(grade)
        cite(made, self._spool.cited(self._spool.claims(ref)), self._left_out, proof=True)
        return entity(entity_id(ref), schema, made)

    def _fields(self, node: ExportNode) -> Properties:
        """Return what the fields of a node become, with all that is said of one in dispute."""
        properties = node.properties
        if node.label == "Detention":
            # Its other fields are told in words.
            properties = {
                name: properties[name] for name in FIELDS[node.label] if name in properties
            }
        made = fields_of(node.label, properties, self._left_out)
        for field in NODE_TYPES[node.label].fields:
            name = FIELDS[node.label].get(field.name)
            if name is None or field.name not in properties or not _is_disputed(node, field):
                continue
            for text in self._said(node, field.name):
                if not (texts := converted(field, text)):
                    self._left_out[f"{node.label}.{field.name}"] += 1
                made.setdefault(name, []).extend(t for t in texts if t not in made.get(name, ()))
        return made

    def _said(self, node: ExportNode, field: str) -> list[str]:
        """Return all values that claims give to a field."""
        found = []
        for claim in self._spool.claims((node.label, node.id)):
            p = claim.properties
            columns = (p.get("subjects", ()), p.get("fields", ()), p.get("values", ()))
            found += [
                value
                for id, name, value in zip(*columns, strict=False)
                if (id, name) == (node.id, field)
            ]
        return list(dict.fromkeys(found))

    def _ends(self, type: str, ref: Ref, label: str) -> list[str]:
        """Return the ids of the entities that a node's relationships of a type reach."""
        edges = self._spool.from_node(type, ref)
        return [entity_id(edge.end) for edge in edges if edge.end[0] == label]

    def _detention(self, node: ExportNode, made: Properties) -> None:
        """Fill in the event that stands for a detention: FollowTheMoney has no word for one."""
        ref = (node.label, node.id)
        held = self._spool.to_node("DETAINED_IN", ref)
        named = node_name({"id": node.id, "held": node.held}, self._lang)
        made["name"] = [_HELD[self._lang].format(named)]
        made["keywords"] = [DETENTION]
        made["involved"] = [entity_id(edge.start) for edge in held]
        places = (self._spool.node(edge.end) for edge in self._spool.from_node("HELD_AT", ref))
        made["location"] = [
            node_name({"id": place.id, **place.properties}, self._lang) for place in places if place
        ]
        told = []
        for field in NODE_TYPES[node.label].fields:
            value = node.properties.get(field.name)
            if field.name in FIELDS[node.label] or value is None:
                continue
            if _is_disputed(node, field):
                values = self._said(node, field.name) or [value]
                texts = " / ".join(self._text(one, field.words) for one in values)
                told.append(f"{self._title(field)} ({_DISPUTED[self._lang]}): {texts}")
            else:
                told.append(f"{self._title(field)}: {self._text(value, field.words)}")
        charged = RELATIONSHIP_TYPES["CHARGED_WITH"]
        for edge in self._spool.from_node("CHARGED_WITH", ref):
            if charge := self._spool.node(edge.end):
                name = node_name({"id": charge.id, **charge.properties}, self._lang)
                said = self._text(edge.properties.get("status") or "", charged.fields[0].words)
                told.append(f"{self._title(charged)}: {name}" + (f" ({said})" if said else ""))
        made["notes"] = told

    def _title(self, declared: Field | RelationshipType) -> str:
        return declared.es if self._lang == "es" else declared.en

    def _text(self, value: Any, words: Words | None) -> str:
        return words.label(str(value), self._lang) if words is not None else str(value)
