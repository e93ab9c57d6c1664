"""All that the graph says of one entity, as plain data: facts, ties, disputes, custody, sources.

Every entry names in `about` whom it is about, and lists its own sources, so that `redact` can
judge it by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from vinculos.graph.derive import SaidOf, said_by_field
from vinculos.graph.fields import CitedSource, fill_fields
from vinculos.graph.model import CLAIM, ENTITIES, NODE_TYPES, RELATIONSHIP_TYPES
from vinculos.graph.plain import MAIN, plain
from vinculos.graph.records import NodeRef, stored_claim
from vinculos.graph.shapes import node_name
from vinculos.graph.store import Store
from vinculos.graph.support import confidence_of, is_support
from vinculos.graph.words import CONFIDENCE

Entry = dict[str, Any]

# One statement a label, so that its index serves; labels come from the model alone.
NODE: Mapping[str, str] = {
    label: f"MATCH (n:{label} {{id: $id}}) RETURN labels(n) AS labels, properties(n) AS properties"
    for label in (*ENTITIES, CLAIM)
}
CLAIMS: Mapping[str, str] = {
    label: f"MATCH (n:{label} {{id: $id}})<-[:ABOUT]-(c:Claim) WHERE c.superseded_by IS NULL "
    "RETURN c.id AS id, c.subjects AS subjects, c.fields AS fields, c.values AS values, "
    "c.statuses AS statuses, c.others AS others, c.confidence AS confidence, c.as_of AS as_of, "
    "properties(c) AS whole ORDER BY id"
    for label in ENTITIES
}
TIES: Mapping[str, str] = {
    label: f"MATCH (n:{label} {{id: $id}})-[r]-(m) WHERE NOT m:Claim "
    "OPTIONAL MATCH (held:Person)-[:DETAINED_IN]->(m) "
    "RETURN type(r) AS tie, properties(r) AS properties, startNode(r).id = n.id AS outward, "
    "labels(m) AS labels, properties(m) AS other, held.name AS held"
    for label in ENTITIES
}
CITED_FOR = (
    "MATCH (n:Source {id: $id})<-[:CITES]-(c:Claim)-[:ABOUT]->(m) "
    "WHERE c.superseded_by IS NULL AND m.id <> n.id "
    "OPTIONAL MATCH (held:Person)-[:DETAINED_IN]->(m) "
    "RETURN DISTINCT 'CITES' AS tie, {} AS properties, false AS outward, "
    "labels(m) AS labels, properties(m) AS other, held.name AS held"
)
CITATIONS = (
    "UNWIND $ids AS id MATCH (c:Claim {id: id})-[x:CITES]->(s:Source) "
    "RETURN c.id AS claim, s.id AS id, s.publisher AS publisher, s.published AS published, "
    "s.title AS title, s.url AS url, s.archived_url AS archived_url, "
    "x.page AS page, x.accessed AS accessed"
)
SHOWN_BESIDE = ("id", "disputed", "claims", "sources")


@dataclass
class Profile:
    """What is known of one entity; `custody` holds the detentions of a person, in order.

    `may_be_one` names each two of these that may be one, where that was asked.
    """

    ref: NodeRef
    name: str
    header: Entry
    facts: list[Entry] = field(default_factory=list)
    ties: list[Entry] = field(default_factory=list)
    disputes: list[Entry] = field(default_factory=list)
    custody: list[Profile] = field(default_factory=list)
    may_be_one: list[Entry] = field(default_factory=list)


class _Citations:
    """Sources by claim, fetched once for all that one entity needs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._by_claim: dict[str, list[Entry]] = {}
        self._sources: dict[str, CitedSource] = {}

    def fetch(self, claims: Iterable[str]) -> None:
        missing = sorted(set(claims) - self._by_claim.keys())
        if missing:
            self._by_claim |= {claim: [] for claim in missing}
            for row in self._store.read(CITATIONS, {"ids": missing}).rows:
                source = {key: text for key, text in plain(row).items() if text}
                self._by_claim[source.pop("claim")].append(source)
                self._sources[source["id"]] = CitedSource(
                    source.get("published", ""), source.get("publisher", "")
                )

    def of(self, claims: Iterable[str]) -> list[Entry]:
        """Return the sources of these claims, each once, the earliest first."""
        found = {repr(source): source for c in claims for source in self._by_claim.get(c, ())}
        return sorted(found.values(), key=lambda s: (s.get("published", ""), s.get("id", "")))

    def described(self, id: str) -> CitedSource:
        """Return a source as derivation sees it."""
        return self._sources.get(id) or CitedSource("", id)


def read_profile(store: Store, ref: NodeRef, lang: str) -> Profile:
    """Return all that the graph says of `ref`, with names in `lang` where it has two.

    Raises:
        EngineError: the graph cannot be read.
    """
    return _profile(store, ref, lang, _Citations(store), with_custody=ref.label == "Person")


def _profile(
    store: Store, ref: NodeRef, lang: str, citations: _Citations, *, with_custody: bool
) -> Profile:
    row = plain(store.read(NODE[ref.label], {"id": ref.id}).rows[0])
    properties: Entry = row["properties"]
    labels = sorted(row["labels"], key=lambda label: (label not in MAIN, label))
    profile = Profile(
        ref,
        node_name(properties, lang),
        {"about": ref.id, "labels": labels, "name": node_name(properties, lang)},
    )
    if ref.label == CLAIM:
        citations.fetch([ref.id])
        profile.facts = _claim_facts(ref, properties, citations)
        return profile
    claims = [plain(claim) for claim in store.read(CLAIMS[ref.label], {"id": ref.id}).rows]
    ties = [plain(tie) for tie in store.read(TIES[ref.label], {"id": ref.id}).rows]
    if ref.label == "Source":
        ties += [plain(tie) for tie in store.read(CITED_FOR, {"id": ref.id}).rows]
    citations.fetch(
        [claim["id"] for claim in claims]
        + [claim for tie in ties for claim in tie["properties"].get("claims") or ()]
    )
    disputed = properties.get("disputed") or []
    profile.facts = _facts(ref, properties, claims, disputed, citations)
    profile.disputes = _disputes(ref, claims, disputed, ties, citations, lang)
    profile.ties = [_tie(ref, tie, citations, lang) for tie in ties]
    profile.ties.sort(key=lambda tie: (_order(tie["tie"]), tie["started"] or "~", tie["name"]))
    if ref.label == "Detention":
        held_names = [tie["name"] for tie in profile.ties if tie["tie"] == "DETAINED_IN"]
        profile.name = profile.header["name"] = ", ".join(held_names) or profile.name
    if with_custody:
        held = [tie["id"] for tie in profile.ties if tie["tie"] == "DETAINED_IN"]
        profile.ties = [tie for tie in profile.ties if tie["tie"] != "DETAINED_IN"]
        for id in held:
            ref = NodeRef("Detention", id)
            detention = _profile(store, ref, lang, citations, with_custody=False)
            detention.ties = [tie for tie in detention.ties if tie["tie"] != "DETAINED_IN"]
            profile.custody.append(detention)
    return profile


def _order(tie: str) -> int:
    return list(RELATIONSHIP_TYPES).index(tie) if tie in RELATIONSHIP_TYPES else 99


def _facts(
    ref: NodeRef,
    properties: Entry,
    claims: list[Entry],
    disputed: list[str],
    citations: _Citations,
) -> list[Entry]:
    """Return what shows of each field, each with the sources that say just that."""
    ids = {ref.id, *(properties.get("same_as") or ())}
    said = said_by_field(
        (
            SaidOf(claim, value.field, value.value, value.status)
            for claim in (stored_claim(row["whole"]) for row in claims)
            for value in claim.values
            if value.subject.id in ids and value.subject.label == ref.label
        ),
        citations.described,
    )
    declared = NODE_TYPES[ref.label].fields
    behind = fill_fields({}, declared, said).behind
    shown = {one.name: properties.get(one.name) for one in declared}
    # A field of no type is said by claims in conflict alone; it shows once they agree.
    shown |= {
        name: entries[-1].value
        for name, entries in said.items()
        if name not in (*shown, *disputed, *RELATIONSHIP_TYPES) and "." not in name
    }
    return [
        {
            "about": ref.id,
            "field": name,
            "value": value,
            "confidence": confidence_of(name, properties),
            "disputed": name in disputed,
            "sources": citations.of(
                claim.id
                for claim in behind.get(name) or [one.evidence for one in said.get(name, ())]
            ),
        }
        for name, value in shown.items()
        if value not in (None, [], "", False)
    ]


def _tie(ref: NodeRef, tie: Entry, citations: _Citations, lang: str) -> Entry:
    properties, other = tie["properties"], tie["other"]
    label = next((name for name in tie["labels"] if name in MAIN), "")
    return {
        "about": ref.id,
        "tie": tie["tie"],
        "outward": tie["outward"],
        "label": label,
        "id": other["id"],
        # A detention has no name of its own: it is called by whom it holds.
        "name": tie["held"] or node_name(other, lang),
        "kind": other.get("kind") if label == "Event" else None,
        "started": properties.get("started") or other.get("started"),
        "ended": properties.get("ended") or other.get("ended"),
        "fields": {
            name: value
            for name, value in properties.items()
            if name not in (*SHOWN_BESIDE, "started", "ended")
            and not is_support(name)
            and not name.endswith(("_min", "_max"))
            and value not in (None, [], "")
        },
        "confidence": properties.get("confidence"),
        "disputed": properties.get("disputed") or [],
        "sources": citations.of(properties.get("claims") or ()),
    }


def _disputes(
    ref: NodeRef,
    claims: list[Entry],
    disputed: list[str],
    ties: list[Entry],
    citations: _Citations,
    lang: str,
) -> list[Entry]:
    """Return each field in dispute with all that is said of it, side by side."""
    names = {tie["other"]["id"]: node_name(tie["other"], lang) for tie in ties}
    wanted = {(name, None) for name in disputed} | {
        (f"{tie['tie']}.{name}", tie["other"]["id"])
        for tie in ties
        if tie["outward"]
        for name in tie["properties"].get("disputed") or ()
        if name != tie["tie"]
    }
    found: defaultdict[tuple[str, str], dict[str, list[tuple[Entry, str]]]] = defaultdict(dict)
    for claim in claims:
        columns = ("subjects", "fields", "values", "statuses", "others")
        for subject, name, value, status, other in zip(*map(claim.get, columns), strict=True):
            if subject == ref.id and ((name, None) in wanted or (name, other) in wanted):
                found[name, other].setdefault(value, []).append((claim, status))
    return [
        {
            "about": ref.id,
            "label": ref.label,
            "field": name,
            "other": names.get(other, other),
            "values": [_side(value, said, citations) for value, said in sorted(sides.items())],
        }
        for (name, other), sides in sorted(found.items())
    ]


def _side(value: str, said: list[tuple[Entry, str]], citations: _Citations) -> Entry:
    grades = list(CONFIDENCE)
    return {
        "value": value,
        "status": min(status for _, status in said),
        "confidence": min((claim["confidence"] for claim, _ in said), key=grades.index),
        "as_of": max((claim["as_of"] or "" for claim, _ in said), default=""),
        "sources": citations.of(claim["id"] for claim, _ in said),
    }


def _claim_facts(ref: NodeRef, properties: Entry, citations: _Citations) -> list[Entry]:
    """Return what a claim says: where it stands, then each field of each subject."""
    where = ("dataset", "table", "file", "row", "key", "confidence", "as_of", "recorded")
    entries = [(name, properties.get(name)) for name in (*where, "superseded_by", "note")]
    columns = ("subjects", "fields", "values", "statuses", "others")
    for subject, name, value, status, other in zip(*map(properties.get, columns), strict=True):
        said = " → ".join(part for part in (f"{name} = {value}", other) if part)
        entries.append((subject, said if status == "accepted" else f"{said} ({status})"))
    return [
        {
            "about": ref.id,
            "field": name,
            "value": value,
            "disputed": False,
            "sources": citations.of([ref.id]),
        }
        for name, value in entries
        if value not in (None, "")
    ]
