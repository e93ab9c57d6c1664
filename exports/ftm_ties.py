"""Ties, posts, parts in cases and other relationships as FollowTheMoney entities."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from vinculos.exports.contents import ExportEdge
from vinculos.exports.ftm_entity import Properties, cite, entity, entity_id, plain_day
from vinculos.exports.ftm_schema import (
    KIN,
    KIN_ENDS,
    LINKS,
    POST_ENDS,
    POSTS,
)
from vinculos.exports.ftm_spool import FtmSpool
from vinculos.graph.model import RELATIONSHIP_TYPES, label_name
from vinculos.graph.records import short_hash
from vinculos.graph.words import KINSHIP, KINSHIPS

_TOLD_ELSEWHERE = {
    "DETAINED_IN": ("Person", "Detention"),
    "PART_OF": ("Organization", "Organization"),
    "HELD_AT": ("Detention", "Place"),
}
"""Relationships that a property of another entity tells; their fields have no place."""


class Ties:
    """Makes entities of relationships."""

    def __init__(self, spool: FtmSpool, left_out: Counter[str], lang: str) -> None:
        """Take all that is exported, the count of what finds no place, and the language."""
        self._spool, self._left_out, self._lang = spool, left_out, lang
        self._posts: set[str] = set()

    def entities(self) -> Iterator[dict[str, Any]]:
        """Yield the entities of each relationship that becomes any; count the others."""
        for edge in self._spool.edges():
            if edge.properties.get("disputed"):
                self._left_out[f"{edge.type}.disputed"] += 1
            if edge.type == "RELATED_TO":
                yield from self._kin(edge)
            elif edge.type == "HOLDS_POST":
                yield from self._post(edge)
            elif edge.type == "PART_OF_CASE":
                yield from self._party(edge)
            elif edge.type in LINKS and edge.end[0] in _LINKED:
                yield from self._link(edge)
            else:
                self._elsewhere(edge)

    def _elsewhere(self, edge: ExportEdge) -> None:
        if edge.type in _TOLD_ELSEWHERE:
            self._count(edge)
        elif edge.type == "CHARGED_WITH" and edge.start[0] == "Detention":
            # The event that stands for the detention says it in words.
            return
        else:
            self._left_out[edge.type] += 1

    def _count(self, edge: ExportEdge, *told: str) -> None:
        """Count the fields of a relationship that are not told."""
        for field in RELATIONSHIP_TYPES[edge.type].fields:
            value = edge.properties.get(field.name)
            if field.name not in told and value not in (None, "", [], "unknown"):
                self._left_out[f"{edge.type}.{field.name}"] += 1

    def _made(
        self, edge: ExportEdge, schema: str, properties: Properties, suffix: str = ""
    ) -> dict[str, Any]:
        """Return an entity with the sources, the confidence and the days of a relationship."""
        declared = {field.name for field in RELATIONSHIP_TYPES[edge.type].fields}
        for name, property in (("started", "startDate"), ("ended", "endDate")):
            text = str(edge.properties.get(name) or "")
            if name in declared and text:
                properties[property] = [plain_day(text)]
                if not plain_day(text):
                    self._left_out[f"{edge.type}.{name}"] += 1
        if (grade := edge.properties.get("confidence")) not in (None, "reported"):
            properties["description"] = [grade]
        cited = self._spool.sources(edge.properties.get("sources", ()))
        cite(properties, cited, self._left_out, proof=False)
        id = f"{edge.type.lower().replace('_', '-')}-{edge.id}{suffix}"
        return entity(id, schema, properties)

    def _kin(self, edge: ExportEdge) -> Iterator[dict[str, Any]]:
        kind = edge.properties.get("kind") or "relative_of"
        details = {name: edge.properties.get(f"detail_{name}") for name in ("from", "to")}
        known = KINSHIPS[kind]
        reverse = (
            kind
            if known.symmetric
            else next((name for name, other in KINSHIPS.items() if other.reverse_of == kind), "")
        )
        # What the second is to the first is a row of its own, as it was when it was loaded.
        rows = [(edge.start, edge.end, kind, details["from"], "")]
        if details["to"] and reverse:
            row = (edge.end, edge.start, reverse, details["to"], "-to")
            rows = [row] if not details["from"] else [*rows, row]
        for first, second, word, detail, suffix in rows:
            schema = KIN[kind]
            whose, who = KIN_ENDS[schema]
            said = [KINSHIP.label(word, "en"), *([detail] if detail else [])]
            properties = {
                whose: [entity_id(second)],
                who: [entity_id(first)],
                "relationship": said,
            }
            yield self._made(edge, schema, properties, suffix)

    def _post(self, edge: ExportEdge) -> Iterator[dict[str, Any]]:
        body = self._spool.node(edge.end)
        kind = body.properties.get("kind", "") if body else ""
        title = edge.properties.get("title")
        schema = POSTS.get(kind, "Employment") if title else "Employment"
        holder, where = POST_ENDS[schema]
        self._count(edge, "title", "started", "ended")
        properties = {holder: [entity_id(edge.start)], where: [entity_id(edge.end)]}
        if schema == "Occupancy":
            id = f"position-{short_hash(repr((edge.end, title)))}"
            if id not in self._posts:
                self._posts.add(id)
                post: Properties = {"name": [str(title)], "organization": [entity_id(edge.end)]}
                yield entity(id, "Position", post)
            properties[where] = [id]
        elif title:
            properties["role"] = [str(title)]
        yield self._made(edge, schema, properties)

    def _party(self, edge: ExportEdge) -> Iterator[dict[str, Any]]:
        people = [edge.start]
        if edge.start[0] == "Detention":
            people = [held.start for held in self._spool.to_node("DETAINED_IN", edge.start)]
        for number, person in enumerate(people):
            properties = {
                "case": [entity_id(edge.end)],
                "party": [entity_id(person)],
                "role": [self._role(edge)],
            }
            yield self._made(edge, "CourtCaseParty", properties, f"-{number}" if number else "")

    def _link(self, edge: ExportEdge) -> Iterator[dict[str, Any]]:
        if edge.type == "CONCERNS" and edge.end[0] in ("Person", "Organization"):
            # The event names whom it involves.
            return
        self._count(edge, "role")
        properties = {
            "subject": [entity_id(edge.start)],
            "object": [entity_id(edge.end)],
            "role": [self._role(edge)],
        }
        yield self._made(edge, "UnknownLink", properties)

    def _role(self, edge: ExportEdge) -> str:
        """Return the word of a relationship, in English as all words of this export."""
        for field in RELATIONSHIP_TYPES[edge.type].fields:
            if field.name == "role" and field.words and edge.properties.get("role"):
                return field.words.label(edge.properties["role"], "en")
        return label_name(edge.type, "en")


_LINKED = ("Person", "Organization", "Event", "Detention", "Case")
"""Labels of what an UnknownLink can reach."""
