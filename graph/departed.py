"""Whom and what the graph shields though they left it: claims and decisions still speak of them.

A person or a source leaves the graph when a dataset is unloaded, a row vanishes, or all sources of
it are retracted. What was said and decided of them stays, and so does what must not be shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from vinculos.graph.decisions import standing_decisions
from vinculos.graph.minors import minor_name
from vinculos.graph.model import CLAIM
from vinculos.graph.records import Claim, as_json, stored_claim
from vinculos.graph.store import Store
from vinculos.graph.stored import read_decisions

PERSON, SOURCE, DETENTION = "Person", "Source", "Detention"
_MARKS = ('"protected",true', '"is_minor",true', '"name","minor ', '"access","restricted"')
"""How claims that shield somebody or something say so."""


@dataclass(frozen=True)
class Departed:
    """Ids that have no node any more: of protected people, minors, restricted sources."""

    protected: frozenset[str]
    minors: frozenset[str]
    restricted: frozenset[str]


@dataclass(frozen=True)
class Traces:
    """What is still said of a person: names, summaries, custodies, the ids of the claims."""

    names: tuple[str, ...]
    summaries: tuple[str, ...]
    detentions: tuple[str, ...]
    claims: tuple[str, ...]


def read_departed(store: Store) -> Departed:
    """Return whom and what decisions and claims shield that the graph does not hold.

    Raises:
        EngineError: the graph cannot be read.
    """
    standing = standing_decisions(read_decisions(store))
    protected = {id for id, said in standing.protected.items() if said}
    restricted = {id for id, said in standing.restricted.items() if said}
    minors: set[str] = set()
    for claim in _claims(store, "c.superseded_by IS NOT NULL AND ", _MARKS):
        for value in claim.values:
            ref, said = value.subject, (value.field, value.value)
            if said == ("is_minor", True) or said == ("name", minor_name(ref)):
                minors.add(ref.id)
            elif said == ("protected", True) and standing.protected.get(ref.id) is not False:
                protected.add(ref.id)
            elif said == ("access", "restricted") and standing.restricted.get(ref.id) is not False:
                restricted.add(ref.id)
    here = _present(store, PERSON, protected | minors)
    sources = _present(store, SOURCE, restricted)
    return Departed(
        frozenset(protected - here), frozenset(minors - here), frozenset(restricted - sources)
    )


def traces(store: Store, people: Collection[str]) -> dict[str, Traces]:
    """Return what is still said of departed people, by their ids.

    Raises:
        EngineError: the graph cannot be read.
    """
    names: dict[str, dict[str, None]] = {id: {} for id in people}
    told: dict[str, dict[str, None]] = {id: {} for id in people}
    held: dict[str, dict[str, None]] = {id: {} for id in people}
    found: dict[str, dict[str, None]] = {id: {} for id in people}
    for claim in claims_of(store, people):
        for ref in claim.about():
            if ref.label == PERSON and ref.id in found:
                found[ref.id][claim.id] = None
        for value in claim.values:
            if value.subject.id in names and value.field in ("name", "aliases"):
                texts = [value.text] if value.field == "name" else value.text.split(";")
                names[value.subject.id] |= dict.fromkeys(filter(None, map(str.strip, texts)))
            elif value.subject.id in told and value.field == "summary":
                told[value.subject.id][value.text] = None
        for tie in claim.ties:
            if tie.end.label == DETENTION and tie.start.id in held:
                held[tie.start.id][tie.end.id] = None
    whose = {detention: id for id, detentions in held.items() for detention in detentions}
    for claim in claims_of(store, whose):
        for ref in claim.about():
            if ref.label == DETENTION and ref.id in whose:
                found[whose[ref.id]][claim.id] = None
    return {
        id: Traces(tuple(names[id]), tuple(told[id]), tuple(held[id]), tuple(found[id]))
        for id in people
    }


def claims_of(store: Store, ids: Collection[str]) -> Iterator[Claim]:
    """Yield the claims that speak of any of these ids, whether or not they stand.

    Raises:
        EngineError: the graph cannot be read.
    """
    if ids:
        yield from _claims(store, "", [as_json(id) for id in sorted(ids)])


def _claims(store: Store, condition: str, texts: Collection[str]) -> Iterator[Claim]:
    for row in store.stream(
        f"MATCH (c:{CLAIM}) WHERE {condition}any(text IN $texts WHERE c.asserts CONTAINS text) "
        "RETURN properties(c) AS claim",
        {"texts": list(texts)},
    ):
        yield stored_claim(row["claim"])


def _present(store: Store, label: str, ids: Collection[str]) -> set[str]:
    """Return those of the ids that the graph holds, also as another id of somebody."""
    if not ids:
        return set()
    here = {
        row["id"]
        for row in store.stream(
            f"UNWIND $ids AS id MATCH (n:{label} {{id: id}}) RETURN n.id AS id",
            {"ids": sorted(ids)},
        )
    }
    if label == PERSON:
        for row in store.stream(
            f"MATCH (n:{label}) WHERE n.same_as IS NOT NULL RETURN n.same_as AS others"
        ):
            here.update(row["others"])
    return here
