"""Settling who is a minor before a load is written, and masking what is stored already."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from vinculos.graph.claim_spool import ClaimSpool
from vinculos.graph.claim_statements import claim_properties
from vinculos.graph.minors import Masks, find_minors, mask_claims, minor_name, names_of
from vinculos.graph.records import Claim, NodeRef, stored_claim
from vinculos.graph.same_people import SamePeople
from vinculos.graph.store import Store
from vinculos.graph.stored import batches, read_claims, read_decisions
from vinculos.graph.writer import Writer

_TIED = {"Person": ["Detention", "Event"], "Detention": ["Person"], "Event": ["Person"]}


PART = 2000
"""People who are looked at together, with all that is said of their custodies."""


@dataclass(frozen=True)
class Minors:
    """Who is a minor among the people in question, and under what names the claims have them."""

    people: set[NodeRef]
    names: dict[NodeRef, set[str]]

    def masked(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Yield the claims with no name or alias of these minors left in them."""
        return mask_claims(claims, self.people, self.names)


def settle_minors(
    store: Store,
    claims: ClaimSpool,
    same: SamePeople,
    touched: Iterable[NodeRef] = (),
    *,
    fresh: bool = False,
) -> Minors:
    """Return who is a minor, over the people whom claims are about or who are touched.

    Args:
        store: an open store.
        claims: the claims of a load; stored claims about the same people, detentions and events,
            and about those next to them, are added.
        same: which people are one; all of them are minors where any is.
        touched: entities touched beside those that the claims are about.
        fresh: the graph holds no claim.
    """
    minors = Minors(set(), {})
    if not fresh:
        for refs in batches(chain(claims.refs(_TIED), touched)):
            claims.add_stored(read_claims(store, _neighbours(store, same.whole(refs))))
        for refs in batches(claims.refs(["Person"])):
            minors.people.update(same.whole(marked_minors(store, same.whole(refs))))
    return add_minors(minors, claims, same)


def add_minors(minors: Minors, claims: ClaimSpool, same: SamePeople) -> Minors:
    """Return `minors` with those whom the claims make so, and with the names that all go by."""
    today = datetime.datetime.now(datetime.UTC).date()
    for young in batches(list(claims.young()), PART):
        people_in_question = same.whole(young)
        about = list(claims.about([*people_in_question, *claims.tied(people_in_question)]))
        found = find_minors(about, today, same.first).intersection(map(same.first, young))
        minors.people.update(same.whole(found))
    for people in batches(sorted(minors.people), PART):
        minors.names.update(names_of(claims.about(people), set(people)))
    return minors


def mask_spool(claims: ClaimSpool, minors: Minors) -> None:
    """Take every name of a minor out of the claims."""
    if not minors.people:
        return
    masks = Masks(minors.people, minors.names)
    for claim in claims.suspects(minors.people, masks.may_name):
        masked = masks.claim(claim)
        if masked is not claim:
            claims.replace(claim, masked)


def _neighbours(store: Store, about: Iterable[NodeRef]) -> set[NodeRef]:
    """Return the stored people, detentions and events among and next to what is spoken of."""
    found: set[NodeRef] = set()
    about = list(about)
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
    """Return the people among `refs` whom the graph holds as minors, which they then stay.

    So do those who were one with them.
    """
    return _with_mark(store, (ref for ref in refs if ref.label == "Person"), marked=True)


def exposed_minors(store: Store, minors: set[NodeRef]) -> set[NodeRef]:
    """Return those minors whom the graph still holds under their names."""
    return _with_mark(store, minors, marked=False)


def _with_mark(store: Store, people: Iterable[NodeRef], *, marked: bool) -> set[NodeRef]:
    found: set[NodeRef] = set()
    for batch in batches(sorted(ref.id for ref in people)):
        rows = store.read(
            "UNWIND $ids AS id MATCH (p:Person {id: id}) WHERE p.is_minor = $marked "
            "RETURN p.id AS id, coalesce(p.same_as, []) AS same_as",
            {"ids": batch, "marked": marked},
        ).rows
        found |= {NodeRef("Person", id) for row in rows for id in (row["id"], *row["same_as"])}
    return found


def lasting_minors(store: Store) -> set[str]:
    """Return the ids of minors whom only rows make so that others have taken the place of.

    Raises:
        EngineError: the graph cannot be read.
    """
    lasting: set[str] = set()
    same = SamePeople(read_decisions(store))
    today = datetime.datetime.now(datetime.UTC).date()
    people = store.stream("MATCH (p:Person) WHERE p.is_minor = true RETURN p.id AS id")
    for ids in batches((row["id"] for row in people), PART):
        refs = {NodeRef("Person", id) for id in ids}
        claims = read_claims(store, refs | _neighbours(store, refs))
        found = find_minors(claims, today, same.first)
        lasting |= {ref.id for ref in refs if same.first(ref) not in found}
    return lasting


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
        (claim,) = minors.masked([stored_claim(old)])
        kept = {name: old[name] for name in ("load", "recorded", "superseded_by") if name in old}
        properties = claim_properties(claim) | kept
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
