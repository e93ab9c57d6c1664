"""A graph of what several states say together: what an audience may not see of any of them.

Whoever is protected, or a minor, in one of them, or in the graph of which it is a part, is so in
all; a source that one restricts is restricted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace

from vinculos.graph.claim_spool import ClaimSpool
from vinculos.graph.decisions import OPPOSITES, Decision, standing_decisions
from vinculos.graph.model import DECISION
from vinculos.graph.records import Value, short_hash
from vinculos.graph.same_people import SamePeople, merged_claim
from vinculos.graph.spool import Spool
from vinculos.graph.state import State
from vinculos.graph.store import Store
from vinculos.graph.update import apply_claims

DATASET = "states"
_ABOUT = {"protect": "Person", "restrict": "Source"}


def write_union(store: Store, states: Sequence[State]) -> None:
    """Write what the states say into an empty graph.

    Raises:
        EngineError: the engine failed.
    """
    for decision in _decisions(states):
        store.write(
            f"CREATE (d:{DECISION} {{id: $id}}) SET d += $said, d.complete = true",
            {"id": decision.id, "said": asdict(decision)},
        )
    with Spool(store.scratch) as spool:
        claims = ClaimSpool(spool)
        for number, state in enumerate(states):
            for said in state.claims:
                claim = merged_claim(said, state.shown)
                # Of both states a claim may come in another version.
                id = short_hash(f"{number} {claim.id}")
                marks = (
                    Value(ref, "is_minor", True, "true")
                    for ref in claim.nodes
                    if ref in state.minors
                )
                values = (*claim.values, *marks)
                claims.add(replace(claim, id=id, dataset=DATASET, values=values))
        apply_claims(store, DATASET, claims, [])


def _decisions(states: Iterable[State]) -> Iterator[Decision]:
    """Yield the decisions that shield somebody, or that lift it where no state shields them."""
    shields: list[tuple[str, str, str]] = []
    for kind, label in _ABOUT.items():
        said = [_shielded(state, kind) for state in states]
        for target in sorted({target for targets in said for target in targets}):
            given = [targets.get(target) for targets in said]
            if any(given):
                shields.append((kind, target, label))
            elif None not in given:
                shields.append((OPPOSITES[kind], target, label))
    for number, (kind, target, label) in enumerate(shields, 1):
        yield Decision(number, kind, target, label, "", "", "")


def _shielded(state: State, kind: str) -> Mapping[str, bool]:
    """Return who or what is shielded, or no longer by decision; those who are one all alike."""
    standing = standing_decisions(state.decisions)
    if kind == "restrict":
        return {**standing.restricted, **dict.fromkeys(state.restricted, True)}
    same = SamePeople(state.decisions)
    found: dict[str, bool] = {}
    for target in standing.protected:
        members = same.members(target)
        if (protected := standing.protects(members)) is not None:
            found |= dict.fromkeys(members, protected)
    return found | dict.fromkeys(state.protected, True)
