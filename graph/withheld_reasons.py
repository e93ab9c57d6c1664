"""Which reasons may not be told: those of decisions and corrections about what is withheld.

People write freely why they decide: a first name, a telephone, half a title. No search finds that,
so the words go with whom or what they are about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Any

from vinculos.graph.derive import CORRECTIONS
from vinculos.graph.model import CLAIM
from vinculos.graph.records import stored_claim
from vinculos.graph.secrets import CITATION, MINOR, OUT, PSEUDONYM, RESTRICTED, TRACE, Secret, read
from vinculos.graph.store import Store
from vinculos.graph.stored import read_decisions
from vinculos.graph.terms import Terms

REASONS = ("why", "note")
"""What decisions, and the claims of corrections, call their reasons."""
_WITHHELD = {OUT, RESTRICTED, CITATION, MINOR, TRACE, PSEUDONYM}


def read_reasons(store: Store, terms: Terms[Secret]) -> frozenset[str]:
    """Return the ids of the decisions, corrections and their loads whose reasons are withheld.

    They are those about an entity in `terms`, about a claim of one or that cites one, and those
    that rest on one.

    Raises:
        EngineError: the graph cannot be read.
    """
    if not terms:
        return frozenset()
    withheld: set[str] = set()
    for told, about in (*_decisions(store), *_corrections(store)):
        if any(hit.thing.kind in _WITHHELD for id in about for hit in terms.find(id)):
            withheld |= told
    return frozenset(withheld)


def reasons_of(item: Mapping[str, Any], untold: Set[str]) -> list[str]:
    """Return the keys of the reasons in `item`, a decision or correction that is among `untold`."""
    ids = (item.get("id"), item.get("claim"))
    if not untold or not any(isinstance(id, str) and id in untold for id in ids):
        return []
    return [name for name in REASONS if item.get(name)]


def _decisions(store: Store) -> Iterator[tuple[set[str], Iterable[str]]]:
    """Yield the id of each decision, and the ids of all that it is about."""
    decisions = read_decisions(store)
    spoken: defaultdict[str, set[str]] = defaultdict(set)
    for match in (
        f"UNWIND $ids AS id MATCH (c:{CLAIM} {{id: id}})",
        # An older version is kept under the id of its own.
        f"WITH $map AS ids MATCH (c:{CLAIM}) WHERE c.id CONTAINS '@' "
        "WITH c, split(c.id, '@')[0] AS id, ids WHERE ids[id] = true",
    ):
        missing = sorted({d.target for d in decisions if d.label == CLAIM} - spoken.keys())
        if missing:
            taken = {"ids": missing, "map": dict.fromkeys(missing, True)}
            for row in read(store, f"{match} RETURN id, properties(c) AS claim", **taken):
                spoken[row["id"]] |= _spoken_of(row["claim"])
    for decision in decisions:
        yield {decision.id}, {decision.target, decision.other} | spoken[decision.target]


def _corrections(store: Store) -> Iterator[tuple[set[str], Iterable[str]]]:
    """Yield the ids of each correction's claim and load, and the ids of all that it is about."""
    for row in read(
        store,
        f"MATCH (c:{CLAIM} {{table: $table}}) RETURN properties(c) AS claim",
        table=CORRECTIONS,
    ):
        claim = row["claim"]
        yield {claim["id"], claim["load"]}, {claim["id"], *_spoken_of(claim)}


def _spoken_of(stored: dict[str, Any]) -> set[str]:
    """Return the ids of what a claim is about and of the sources that it cites."""
    claim = stored_claim(stored)
    return {ref.id for ref in claim.about()} | {cited.source for cited in claim.citations}
