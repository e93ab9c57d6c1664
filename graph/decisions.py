"""Decisions that people take about the evidence: what they take back, protect or restrict.

A decision is a node, `(:Decision {id, number, kind, target, why, who, made})-[:ABOUT]->(target)`.
None is ever deleted: the newest one of a kind about a target counts, and its opposite lifts it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from vinculos.graph.records import Citation, Claim, NodeRef

DECISION_IDS = "decision/"
"""How the ids of decisions begin."""
OPPOSITES: Mapping[str, str] = {
    "retract": "unretract",
    "protect": "unprotect",
    "restrict": "unrestrict",
}
"""Each kind of decision and what lifts it."""


@dataclass(frozen=True)
class Decision:
    """One decision; `label` is the target's (Claim, Source, Person), `number` counts them all.

    One that is about two people has the second in `other`, and the `score` that it was taken at.
    """

    number: int
    kind: str
    target: str
    label: str
    why: str
    who: str
    made: str
    other: str = ""
    score: float | None = None

    @property
    def id(self) -> str:
        """The id of its node."""
        return f"{DECISION_IDS}{self.number}"


@dataclass(frozen=True)
class Decisions:
    """What the decisions that stand say: retracted ids, and what is protected or restricted.

    `same` gives the id of a person those of others who are the same.
    """

    retracted: frozenset[str] = frozenset()
    protected: Mapping[str, bool] = field(default_factory=dict)
    restricted: Mapping[str, bool] = field(default_factory=dict)
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def standing(self, claims: Iterable[Claim]) -> Iterator[Claim]:
        """Yield the claims that still stand, without the sources that were retracted.

        A claim falls when it is retracted itself, or when every source that it cites is. What a
        file says of a source (its title, its link) stands, so that one can see what it was.
        """
        for claim in claims:
            kept = self.standing_citations(claim.id, claim.table, claim.citations)
            if kept is None:
                continue
            yield claim if len(kept) == len(claim.citations) else replace(claim, citations=kept)

    def standing_citations(
        self, claim: str, table: str, citations: Sequence[Citation]
    ) -> tuple[Citation, ...] | None:
        """Return the citations of a claim that stand, None where the claim falls."""
        if claim in self.retracted:
            return None
        if table == "sources" or not self.retracted:
            return tuple(citations)
        kept = tuple(c for c in citations if c.source not in self.retracted)
        return kept or (None if citations else ())

    def of(self, ref: NodeRef) -> dict[str, bool | str | list[str]]:
        """Return the properties of a node that decisions settle, whatever the claims say."""
        settled: dict[str, bool | str | list[str]] = {}
        if ref.label == "Source":
            settled["retracted"] = ref.id in self.retracted
            if (restricted := self.restricted.get(ref.id)) is not None:
                settled["access"] = "restricted" if restricted else "public"
        elif ref.label == "Person":
            others = self.same.get(ref.id, ())
            if others:
                settled["same_as"] = list(others)
            protected = self.protects((ref.id, *others))
            if protected is not None:
                settled["protected"] = protected
        return settled

    def protects(self, people: Iterable[str]) -> bool | None:
        """Return whether people who are one are protected, None where no decision says.

        The strictest counts: lifted for one of them is not lifted for all.
        """
        said = {self.protected.get(id) for id in people}
        return True in said if True in said or None not in said else None


NONE = Decisions()


def standing_decisions(decisions: Iterable[Decision]) -> Decisions:
    """Return what stands: of each kind about each target, the newest decision."""
    retracted: dict[str, bool] = {}
    protected: dict[str, bool] = {}
    restricted: dict[str, bool] = {}
    families = {"retract": retracted, "protect": protected, "restrict": restricted}
    for decision in sorted(decisions, key=lambda decision: decision.number):
        for kind, opposite in OPPOSITES.items():
            if decision.kind in (kind, opposite):
                families[kind][decision.target] = decision.kind == kind
    return Decisions(
        frozenset(target for target, said in retracted.items() if said), protected, restricted
    )
