"""Settling who is a minor before a load is written, and masking what is stored already."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vinculos.graph.claim_statements import claim_properties
from vinculos.graph.minors import find_minors, mask_claims, minor_name, names_of
from vinculos.graph.records import Claim, NodeRef, stored_claim
from vinculos.graph.store import Store
from vinculos.graph.stored import batches, read_claims
from vinculos.graph.writer import Writer

_TIED = {"Person": ["Detention", "Event"], "Detention": ["Person"], "Event": ["Person"]}


@dataclass(frozen=True)
class Minors:
    """Who is a minor among the people in question, and under what names the claims have them."""

    people: set[NodeRef]
    names: Mapping[NodeRef, set[str]]


def settle_minors(store: Store, claims: list[Claim], touched: Iterable[NodeRef] = ()) -> Minors:
    """Return who is a minor, over the people touched and their neighbours.

    Args:
        store: an open store.
        claims: the claims of a load; they count beside the live ones that are stored.
        touched: entities touched beside those that the claims are about.
    """
    about = {ref for claim in claims for ref in claim.about()} | set(touched)
    ids = {claim.id for claim in claims}
    stored = [c for c in read_claims(store, _neighbours(store, about)) if c.id not in ids]
    live = claims + stored
    minors = find_minors(live, datetime.datetime.now(datetime.UTC).date())
    people = {ref for claim in live for ref in claim.about() if ref.label == "Person"}
    minors |= marked_minors(store, people)
    return Minors(minors, names_of(live, minors))


def _neighbours(store: Store, about: set[NodeRef]) -> set[NodeRef]:
    """Return the stored people, detentions and events among and next to what is spoken of."""
    found: set[NodeRef] = set()
    for label, kinds in _TIED.items():
        for batch in batches(sorted(ref.id for ref in about if ref.label == label)):
            rows = store.read(
                f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) "
                "OPTIONAL MATCH (n)-[]-(m) WHERE any(l IN labels(m) WHERE l IN $kinds) "
                "RETURN DISTINCT n.id AS id, m.id AS other, labels(m) AS labels",
                {"ids": batch, "kinds": kinds},
            ).rows
            for row in rows:
                found.add(NodeRef(label, row["id"]))
                if row["other"]:
                    other = next(kind for kind in kinds if kind in row["labels"])
                    found.add(NodeRef(other, row["other"]))
    return found


def marked_minors(store: Store, refs: Iterable[NodeRef]) -> set[NodeRef]:
    """Return the people among `refs` whom the graph holds as minors, which they then stay."""
    return _with_mark(store, (ref for ref in refs if ref.label == "Person"), marked=True)


def exposed_minors(store: Store, minors: set[NodeRef]) -> set[NodeRef]:
    """Return those minors whom the graph still holds under their names."""
    return _with_mark(store, minors, marked=False)


def _with_mark(store: Store, people: Iterable[NodeRef], *, marked: bool) -> set[NodeRef]:
    found: set[NodeRef] = set()
    for batch in batches(sorted(ref.id for ref in people)):
        rows = store.read(
            "UNWIND $ids AS id MATCH (p:Person {id: id}) WHERE p.is_minor = $marked "
            "RETURN p.id AS id",
            {"ids": batch, "marked": marked},
        ).rows
        found |= {NodeRef("Person", row["id"]) for row in rows}
    return found


def mask_stored(writer: Writer, exposed: set[NodeRef], minors: Minors) -> set[NodeRef]:
    """Take the names of people who became minors out of what is stored, in one transaction.

    Superseded claims are masked too. Returns the entities that the masked claims are about, to be
    derived anew.
    """
    if not exposed:
        return set()
    # As they stand in the JSON of a claim.
    texts = {
        json.dumps(n, ensure_ascii=False)[1:-1]
        for ref in exposed
        for n in minors.names.get(ref, ())
    }
    rows = writer.store.read(
        "MATCH (c:Claim) WHERE any(text IN $texts WHERE c.asserts CONTAINS text) "
        "OR EXISTS { MATCH (c)-[:ABOUT]->(p:Person) WHERE p.id IN $ids } "
        "RETURN properties(c) AS claim",
        {"texts": sorted(texts), "ids": sorted(ref.id for ref in exposed)},
    ).rows
    masked = []
    touched = set(exposed)
    for row in rows:
        old = row["claim"]
        (claim,) = mask_claims([stored_claim(old)], minors.people, minors.names)
        properties = claim_properties(claim, old["load"], old["recorded"])
        if "superseded_by" in old:
            properties["superseded_by"] = old["superseded_by"]
        masked.append(properties)
        touched.update(claim.about())
    people = [{"id": ref.id, "name": minor_name(ref)} for ref in exposed]
    writer.run_all(
        [
            (
                "UNWIND $rows AS r MATCH (p:Person {id: r.id}) "
                "SET p.name = r.name, p.name_key = r.name, p.aliases = [], p.is_minor = true",
                {"rows": people},
            ),
            ("UNWIND $rows AS r MATCH (c:Claim {id: r.id}) SET c = r", {"rows": masked}),
        ]
    )
    return touched
