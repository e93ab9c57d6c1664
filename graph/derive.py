"""From claims to the graph: nodes and relationships with their confidence and disputes.

A pure function: the same claims give the same nodes and relationships, whatever the order.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from vinculos.graph.contested import Contested
from vinculos.graph.dates import parse_date
from vinculos.graph.decisions import NONE, Decisions
from vinculos.graph.declarations import RelationshipType
from vinculos.graph.fields import (
    LONG_AGO,
    CitedSource,
    Evidence,
    Filled,
    Said,
    SourceOf,
    fill_fields,
    first_day,
    is_disputed,
    newness_of,
)
from vinculos.graph.folding import fold
from vinculos.graph.known_status import FROM, known_statuses
from vinculos.graph.minors import minor_name
from vinculos.graph.model import NODE_TYPES, RELATIONSHIP_TYPES
from vinculos.graph.records import (
    Claim,
    Node,
    NodeRef,
    Relationship,
    Tie,
    short_hash,
)
from vinculos.graph.same_people import PERSON, SamePeople, is_to_itself, merged_claim, others_of
from vinculos.graph.support import PUBLISHERS, support

CORRECTIONS = "corrections"
"""The table of claims that correct a field by hand."""


class SaidOf(NamedTuple):
    """One value that a claim gives to a field of the node in question."""

    evidence: Evidence
    field: str
    value: Any
    status: str


@dataclass
class Derived:
    """What the claims make of the entities touched."""

    nodes: dict[NodeRef, Node] = field(default_factory=dict)
    relationships: dict[str, Relationship] = field(default_factory=dict)


@dataclass
class _Group:
    """All that claims say of one relationship."""

    tie: Tie
    claims: list[tuple[Evidence, Tie]] = field(default_factory=list)


def derive(
    claims: Iterable[Claim],
    touched: set[NodeRef],
    minors: set[NodeRef],
    sources: Mapping[str, CitedSource],
    decisions: Decisions = NONE,
    same: SamePeople | None = None,
) -> Derived:
    """Return the nodes touched, and every relationship with an end touched.

    Args:
        claims: all live claims about any entity touched.
        touched: the entities to derive whole. One that no claim speaks of has no node; one that
            claims speak of and none describes is a stub.
        minors: who among them is a minor.
        sources: who published each source, and when; by its id.
        decisions: what was retracted, protected or restricted by hand.
        same: which people are one.
    """
    derived = Derived()
    if same and same.clusters:
        claims = list(claims)
        shown = same.shown({ref.id for c in claims for ref in c.about() if ref.label == PERSON})
        claims = [merged_claim(claim, shown) for claim in claims]
        decisions = replace(decisions, same=others_of(shown))
    said: dict[NodeRef, list[SaidOf]] = defaultdict(list)
    described: dict[NodeRef, list[Evidence]] = defaultdict(list)
    mentioned: dict[NodeRef, list[Evidence]] = defaultdict(list)
    ties: dict[tuple[str, NodeRef, NodeRef], list[tuple[Evidence, Tie]]] = defaultdict(list)
    contested = Contested()
    for claim in decisions.standing(claims):
        for ref in claim.nodes:
            described[ref].append(claim)
        for ref in claim.about():
            mentioned[ref].append(claim)
        for value in claim.values:
            said[value.subject].append(SaidOf(claim, value.field, value.value, value.status))
            if value.status == "conflict" and value.field in RELATIONSHIP_TYPES:
                contested.add(value.field, value.subject, value.other, value.value)
        for tie in claim.ties:
            if (tie.start in touched or tie.end in touched) and not is_to_itself(tie):
                ties[tie.type, tie.start, tie.end].append((claim, tie))

    def source_of(source: str) -> CitedSource:
        return sources.get(source) or CitedSource("", source)

    for ref in touched & mentioned.keys():
        derived.nodes[ref] = derive_node(
            ref,
            said[ref],
            described[ref] or mentioned[ref],
            described=bool(described[ref]),
            is_minor=ref in minors,
            source_of=source_of,
            decisions=decisions,
        )
    for given in ties.values():
        for relationship in derive_ties(given, contested, source_of):
            derived.relationships[relationship.id] = relationship
    return derived


def derive_ties(
    given: Sequence[tuple[Evidence, Tie]], contested: Contested, source_of: SourceOf
) -> Iterator[Relationship]:
    """Yield the relationships of one type between two nodes.

    Args:
        given: all that standing claims say of them, in any order.
        contested: the claims in conflict over ties of either node.
        source_of: describes the sources that they cite.
    """
    declared = RELATIONSHIP_TYPES[given[0][1].type]
    for group in _groups(declared, given):
        relationship = _relationship(group, source_of)
        if contested.is_over(group.tie):
            relationship.properties["disputed"].append(group.tie.type)
        yield relationship


def derive_node(
    ref: NodeRef,
    given: Iterable[SaidOf],
    behind: Iterable[Evidence],
    *,
    described: bool,
    is_minor: bool,
    source_of: SourceOf,
    decisions: Decisions,
) -> Node:
    """Return the node that standing claims make of one entity.

    Args:
        ref: the entity.
        given: all that they say of its fields, in any order.
        behind: those that bring it into being; all that speak of it where none does.
        described: whether any of them brings it into being; it is a stub where none does.
        is_minor: whether it is a minor.
        source_of: describes the sources that they cite.
        decisions: what was protected or restricted by hand.
    """
    declared = NODE_TYPES[ref.label]
    said = said_by_field(given, source_of)
    properties: dict[str, Any] = {"key": ref.id.partition(":")[2]}
    other_names: list[str] = []
    if ref.label == PERSON and ref.id in decisions.same:
        said["name"], other_names = _one_name(said["name"])
    filled = fill_fields(properties, declared.fields, said)
    disputed = filled.disputed
    if ref.label != "Source":
        properties |= _support(filled, behind, source_of)
    if ref.label == "Detention":
        properties |= known_statuses(said["status"], properties, filled.behind, source_of)
    names = {known.name for known in declared.fields}
    disputed |= {
        name
        for name, entries in said.items()
        if name not in names
        and (name in RELATIONSHIP_TYPES or is_disputed(entries))
        and any(not entry.accepted for entry in entries)
    }
    if other_names:
        properties["aliases"] = list(dict.fromkeys([*properties["aliases"], *other_names]))
    if is_minor:
        properties |= {"is_minor": True, "name": minor_name(ref), "aliases": []}
        disputed -= {"name", "aliases"}
    if ref.label == "Source":
        properties.setdefault("access", "public")
    elif "aliases" in properties:
        shown = properties.get("name")
        properties["aliases"] = [alias for alias in properties["aliases"] if alias != shown]
    properties |= decisions.of(ref)
    properties["disputed"] = sorted(disputed)
    if declared.search:
        properties["name_key"] = _name_key(properties, declared.search)
    if not described:
        properties["stub"] = True
    return Node(ref, properties)


def _one_name(said: Sequence[Said]) -> tuple[list[Said], list[str]]:
    """Return the claims of the name that shows of people who are one, and their other names.

    They differ in what they are called, which is no dispute: the newest shows that is not written
    in capitals, or surname first, if there is any.
    """
    accepted = sorted((e for e in said if e.accepted and e.value), key=lambda e: e.newness)
    plain = [e for e in accepted if "," not in e.value and not e.value.isupper()]
    if is_disputed(said) or not accepted:
        return list(said), []
    shown = (plain or accepted)[-1].value
    others = sorted({str(entry.value) for entry in accepted} - {shown})
    return [entry for entry in accepted if entry.value == shown], others


def said_by_field(given: Iterable[SaidOf], source_of: SourceOf) -> defaultdict[str, list[Said]]:
    """Return what is said of each field of a node, ready to be weighed.

    Args:
        given: all that standing claims say of its fields, in any order.
        source_of: describes the sources that they cite.
    """
    said: defaultdict[str, list[Said]] = defaultdict(list)
    days: dict[str, Any] = {}
    for evidence, name, value, status in given:
        if evidence.id not in days:
            days[evidence.id] = newness_of(evidence, source_of)
        as_of, newness = days[evidence.id]
        corrects = evidence.table == CORRECTIONS
        said[name].append(Said(value, status == "accepted", as_of, newness, evidence, corrects))
    return said


def _support(
    filled: Filled, behind: Iterable[Evidence], source_of: SourceOf
) -> dict[str, int | str]:
    """Return the support of a node, and that of each of its fields that has another."""
    behind = list(behind)
    whole = support(((claim, claim.confidence) for claim in behind), source_of).properties()
    properties = dict(whole)
    for name, claims in filled.behind.items():
        if claims == behind:
            continue
        own = support(((claim, claim.confidence) for claim in claims), source_of)
        properties |= {
            f"{name}_{key}": value for key, value in own.properties().items() if value != whole[key]
        }
    return properties


def _name_key(properties: Mapping[str, Any], search: tuple[str, ...]) -> str:
    texts: list[str] = []
    for name in search:
        value = properties.get(name) or []
        texts.extend([value] if isinstance(value, str) else value)
    return " | ".join(dict.fromkeys(fold(text) for text in texts))


def _groups(declared: RelationshipType, given: Sequence[tuple[Evidence, Tie]]) -> list[_Group]:
    """Return one group for each relationship between two ends, told apart as declared."""
    groups: dict[tuple[Any, ...], _Group] = {}
    for claim, tie in given:
        if not tie.fallback:
            apart = tuple(tie.fields.get(name) for name in declared.apart)
            groups.setdefault(apart, _Group(tie)).claims.append((claim, tie))
    for claim, tie in given:
        if tie.fallback:
            group = max(groups.values(), key=_recency) if groups else _Group(tie)
            group.claims.append((claim, tie))
            if not groups:
                groups[()] = group
    return list(groups.values())


def _recency(group: _Group) -> tuple[datetime.date, datetime.date, str]:
    started, ended = (
        parse_date(text) if (text := group.tie.fields.get(name)) else None
        for name in ("started", "ended")
    )
    begin = started.earliest if started else None
    finish = ended.latest if ended else None
    # A stay without an end is later than one that ended, where neither says when it began.
    return (
        begin or finish or LONG_AGO,
        finish or datetime.date.max,
        repr(sorted(group.tie.fields.items())),
    )


def relationship_id(tie: Tie) -> str:
    """Return the id of a relationship: a hash of type, ends and the fields that tell it apart."""
    apart = [tie.fields.get(name) or "" for name in RELATIONSHIP_TYPES[tie.type].apart]
    return short_hash(repr((tie.type, *tie.start, *tie.end, *apart)))


def _relationship(group: _Group, source_of: SourceOf) -> Relationship:
    tie = group.tie
    declared = RELATIONSHIP_TYPES[tie.type]
    said: dict[str, list[Said]] = defaultdict(list)
    for claim, claimed in group.claims:
        as_of, newness = newness_of(claim, source_of)
        for name, value in claimed.fields.items():
            said[name].append(Said(value, True, as_of, newness, claim))
    properties: dict[str, Any] = {}
    filled = fill_fields(properties, declared.fields, said)
    claims = [claim for claim, _ in group.claims]
    properties |= support(
        ((claim, claimed.confidence) for claim, claimed in group.claims), source_of
    ).properties()
    if "status" in filled.behind:
        days = [day for claim in filled.behind["status"] if (day := first_day(claim, source_of))]
        if days:
            properties[FROM] = min(days).isoformat()
    for name, saying in filled.behind.items():
        if saying == claims:
            continue
        publishers = support(((claim, claim.confidence) for claim in saying), source_of).publishers
        if publishers != properties[PUBLISHERS]:
            properties[f"{name}_{PUBLISHERS}"] = publishers
    properties["disputed"] = sorted(filled.disputed)
    properties["claims"] = sorted({claim.id for claim in claims})
    properties["sources"] = sorted({c.source for claim in claims for c in claim.citations})
    return Relationship(relationship_id(tie), tie.type, tie.start, tie.end, properties)
