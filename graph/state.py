"""What a graph says, now or after a load; and what a folder says, without a graph: its claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from typing import Any

from vinculos.errors import NotFound
from vinculos.graph.claim_spool import ClaimSpool
from vinculos.graph.decisions import DECISION_IDS, Decision
from vinculos.graph.departed import read_departed
from vinculos.graph.derive import CORRECTIONS
from vinculos.graph.model import CLAIM, LOAD
from vinculos.graph.protect_minors import Minors, add_minors, mask_spool
from vinculos.graph.records import Claim, NodeRef, stored_claim
from vinculos.graph.same_people import SamePeople
from vinculos.graph.spool import Spool
from vinculos.graph.store import Store
from vinculos.graph.stored import read_decisions
from vinculos.language import gettext as _

TABLES = (
    "sources",
    "people",
    "places_of_detention",
    "laws",
    "charges",
    "detentions",
    "detention_places",
    "accusations",
    "official_involvement",
    "events",
    "event_people",
    "amnesty_requests",
    "relationships",
    "organizations",
    "positions",
    "cases",
    "case_members",
    "contradictions",
    CORRECTIONS,
)
"""The tables that say something of what is compared."""


@dataclass(frozen=True)
class State:
    """Claims that stood together, the decisions about them, who is a minor, who is one with whom.

    `protected` and `restricted` are the ids of people and sources that the graph shields today,
    whenever it began to. `shown` gives the id of a person, and that of the node they are shown as,
    as `SamePeople` does; the claims are laid out by it, and still say what their rows say.
    """

    claims: ClaimSpool
    decisions: list[Decision]
    minors: set[NodeRef]
    shown: Mapping[str, str] = field(default_factory=dict)
    protected: Set[str] = frozenset()
    restricted: Set[str] = frozenset()


def claimed_state(claims: ClaimSpool) -> State:
    """Return the state of which claims alone are known; names of minors are taken out of them."""
    minors = add_minors(Minors(set(), {}), claims, SamePeople())
    mask_spool(claims, minors)
    return State(claims, [], minors.people)


def read_state(store: Store, spool: Spool, load: str = "") -> State:
    """Return what a graph says, or what it said when a load had ended.

    Args:
        store: an open store.
        spool: where the claims are kept.
        load: the id of the load; the graph as it is now where blank.

    Raises:
        NotFound: there is no such load.
        EngineError: the graph cannot be read.
    """
    decisions = read_decisions(store)
    claims = ClaimSpool(spool)
    stands = "c.superseded_by IS NULL OR c.superseded_by STARTS WITH $decision"
    loads: list[str] = []
    if load:
        until, loads = _until(store, load)
        decisions = [decision for decision in decisions if decision.made <= until]
        stands = f"c.load IN $loads AND ({stands} OR NOT c.superseded_by IN $loads)"
    same = SamePeople(decisions)
    # Of people who are one, that is shown of whom anything at all is said.
    tables = "" if same.clusters else "c.table IN $tables AND "
    given = _claims(store, f"{tables}({stands})", loads=loads)
    for claim in given:
        # A version that another took the place of is kept under a longer id.
        claims.add(replace(claim, id=claim.id.partition("@")[0]))
    rows = store.stream("MATCH (p:Person) WHERE p.is_minor = true RETURN p.id AS id")
    marked = {NodeRef("Person", row["id"]) for row in rows}
    minors = add_minors(Minors(same.whole(marked), {}), claims, same).people
    shown = same.shown(set(claims.spoken_of(same.clusters)))
    claims.merge(shown)
    return State(claims, decisions, minors, shown, *_shielded(store))


def _shielded(store: Store) -> tuple[set[str], set[str]]:
    """Return the ids of the protected people and the restricted sources of today."""
    departed = read_departed(store)
    people, sources = set(departed.protected), set(departed.restricted)
    for row in store.stream(
        "MATCH (p:Person) WHERE p.protected = true "
        "RETURN p.id AS id, coalesce(p.same_as, []) AS others"
    ):
        people.update((row["id"], *row["others"]))
    rows = store.stream("MATCH (s:Source) WHERE s.access = 'restricted' RETURN s.id AS id")
    sources.update(row["id"] for row in rows)
    return people, sources


def _until(store: Store, load: str) -> tuple[str, list[str]]:
    """Return when a load ended, and the ids of all loads until then."""
    rows = store.read(
        f"MATCH (l:{LOAD}) RETURN l.id AS id, l.started AS started, l.finished AS finished"
    ).rows
    found = next((row for row in rows if row["id"] == load), None)
    if found is None:
        raise NotFound(
            _("There is no load {load!r}.").format(load=load),
            _("See the loads with vinculos history."),
        )
    loads = [row["id"] for row in rows if row["started"] <= found["started"]]
    return found["finished"] or found["started"], loads


def _claims(store: Store, condition: str, **parameters: Any) -> Iterator[Claim]:
    for row in store.stream(
        f"MATCH (c:{CLAIM}) WHERE {condition} RETURN properties(c) AS claim",
        {"tables": list(TABLES), "decision": DECISION_IDS, **parameters},
    ):
        yield stored_claim(row["claim"])
