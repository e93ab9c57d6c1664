"""Finding people in the graph who may be one, by name and what is known of them."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from vinculos.graph.blocking import pairs_to_compare
from vinculos.graph.identity import Custody, Known, Likeness, compare
from vinculos.graph.merging import shown_as
from vinculos.graph.model import ROLE_LABELS
from vinculos.graph.same_people import PERSON, SamePeople, pair_of
from vinculos.graph.spool import Spool
from vinculos.graph.store import Store
from vinculos.graph.stored import read_decisions
from vinculos.graph.words import KIN

PEOPLE = (PERSON, *(role.label for role in ROLE_LABELS if role.main == PERSON))
"""Labels by which candidates may be limited."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two people who may be one, the smaller id first, and how they compare."""

    one: Known
    two: Known
    likeness: Likeness


def read_people(store: Store) -> list[Known]:
    """Return all people of the graph whose names may be compared, by id.

    A minor has no name in the graph, and is left out.

    Raises:
        EngineError: the graph cannot be read.
    """
    custody: defaultdict[str, list[Custody]] = defaultdict(list)
    for row in store.stream(
        "MATCH (p:Person)-[:DETAINED_IN]->(d:Detention) OPTIONAL MATCH (d)-[:HELD_AT]->(l:Place) "
        "RETURN p.id AS id, d.id AS custody, d.started AS started, d.ended AS ended, "
        "collect(l.name) AS places"
    ):
        # Where there were several places, none is the one of the whole time.
        place = row["places"][0] if len(row["places"]) == 1 else ""
        custody[row["id"]].append(Custody(row["started"] or "", row["ended"] or "", place))
    kin: defaultdict[str, set[str]] = defaultdict(set)
    related: defaultdict[str, set[str]] = defaultdict(set)
    for row in store.stream(
        "MATCH (p:Person)-[r:RELATED_TO]->(q:Person) "
        "RETURN p.id AS one, p.name AS one_name, p.is_minor AS one_minor, r.kind AS kind, "
        "q.id AS two, q.name AS two_name, q.is_minor AS two_minor"
    ):
        for person, other in (("one", "two"), ("two", "one")):
            related[row[person]].add(row[other])
            if row["kind"] in KIN and row[f"{other}_name"] and not row[f"{other}_minor"]:
                kin[row[person]].add(row[f"{other}_name"])
    people = [
        _known(row, custody.get(row["id"], ()), kin, related)
        for row in store.stream(
            "MATCH (p:Person) WHERE coalesce(p.is_minor, false) = false AND p.name IS NOT NULL "
            "RETURN p.id AS id, p.name AS name, p.aliases AS aliases, p.born AS born, "
            "p.mother_name AS mother_name, p.gender AS gender"
        )
    ]
    return sorted(people, key=lambda person: person.id)


def _known(
    row: dict[str, Any],
    custody: Sequence[Custody],
    kin: defaultdict[str, set[str]],
    related: defaultdict[str, set[str]],
) -> Known:
    return Known(
        row["id"],
        row["name"],
        tuple(row["aliases"] or ()),
        row["born"] or "",
        row["mother_name"] or "",
        row["gender"] or "",
        tuple(sorted(custody)),
        tuple(sorted(kin.get(row["id"], ()))),
        frozenset(related.get(row["id"], ())),
    )


def decided_pairs(store: Store) -> set[tuple[str, str]]:
    """Return the pairs of people about whom somebody decided, by the ids that they have now.

    Raises:
        EngineError: the graph cannot be read.
    """
    same = SamePeople(read_decisions(store))
    now = shown_as(store, {i for id in same.decided for i in same.members(id)})
    return {pair_of(now.get(one, one), now.get(two, two)) for one, two in same.standing}


def best_candidates(
    store: Store, min_score: float, *, top: int = 0, label: str = PERSON
) -> list[Candidate]:
    """Return people who may be one, about whom nobody decided, the likest first.

    Args:
        store: an open store.
        min_score: from 0 to 1.
        top: at most so many; all where 0.
        label: one of `PEOPLE`, which at least one of the two must have.

    Raises:
        EngineError: the graph cannot be read.
    """
    people = read_people(store)
    decided = decided_pairs(store)
    wanted: set[str] | None = None
    if label != PERSON:
        (name,) = (known for known in PEOPLE if known == label)
        wanted = {row["id"] for row in store.stream(f"MATCH (n:{name}) RETURN n.id AS id")}
    with Spool(store.scratch) as spool:
        found = (
            candidate
            for candidate in find_candidates(people, spool, min_score, decided=decided)
            if wanted is None or candidate.one.id in wanted or candidate.two.id in wanted
        )

        def order(candidate: Candidate) -> tuple[float, str, str]:
            return -candidate.likeness.score, candidate.one.id, candidate.two.id

        return heapq.nsmallest(top, found, key=order) if top else sorted(found, key=order)


def find_candidates(
    people: Sequence[Known],
    spool: Spool,
    min_score: float,
    *,
    decided: Collection[tuple[str, str]] = (),
) -> Iterator[Candidate]:
    """Yield each two people whose likeness reaches a score, in the order of their ids.

    Args:
        people: those to compare, by id.
        spool: where to keep what is too much for the memory.
        min_score: from 0 to 1.
        decided: pairs of ids, the smaller first, that are not to be found again.
    """
    for a, b in pairs_to_compare(people, spool):
        one, two = people[a], people[b]
        if (one.id, two.id) in decided:
            continue
        likeness = compare(one, two)
        if likeness.score >= min_score:
            yield Candidate(one, two, likeness)
