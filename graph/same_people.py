"""Which people are one by decision, and what becomes of the claims about them.

Decisions of the kinds `same`, `different`, `unsure` and `undo` are about two people, by the ids
that files give them; of each pair the newest one stands. Those who are the same, directly or by
others, are one node. Its id is the smallest of those that a live claim speaks of, so that a
decision about somebody who is not loaded, or no longer, changes nothing.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from vinculos.errors import UsageError
from vinculos.graph.decisions import Decision
from vinculos.graph.records import Claim, NodeRef, Tie
from vinculos.graph.words import KINSHIPS
from vinculos.language import gettext as _

PERSON = "Person"
SAME, DIFFERENT, UNSURE, UNDO = "same", "different", "unsure", "undo"
PAIRED = (SAME, DIFFERENT, UNSURE, UNDO)
"""The kinds of decision that are about two people."""
Pair = tuple[str, str]


def pair_of(one: str, two: str) -> Pair:
    """Return two ids, the smaller first."""
    return (one, two) if one < two else (two, one)


class SamePeople:
    """What the newest decision about each pair of people says, and who is one by them."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        """Take all decisions, oldest first; those that are about no pair are passed over."""
        self.newest: dict[Pair, Decision] = {}
        for decision in decisions:
            if decision.kind in PAIRED:
                self.newest[pair_of(decision.target, decision.other)] = decision

    @cached_property
    def standing(self) -> Mapping[Pair, Decision]:
        """The decisions that stand, by pair, in the order of ids."""
        stand = {pair: d for pair, d in self.newest.items() if d.kind != UNDO}
        return dict(sorted(stand.items()))

    @cached_property
    def decided(self) -> frozenset[str]:
        """The ids of all people whom a decision about a pair was ever about."""
        return frozenset(id for pair in self.newest for id in pair)

    @cached_property
    def clusters(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of those who are one, in order, for each who is one with another."""
        found: dict[str, tuple[str, ...]] = {}
        for id in self._ties:
            if id not in found:
                members = tuple(sorted(self._reached(id)))
                found |= dict.fromkeys(members, members)
        return found

    @cached_property
    def _ties(self) -> Mapping[str, Mapping[str, Decision]]:
        ties: defaultdict[str, dict[str, Decision]] = defaultdict(dict)
        for (one, two), decision in self.standing.items():
            if decision.kind == SAME:
                ties[one][two] = ties[two][one] = decision
        return dict(ties)

    def _reached(self, id: str) -> dict[str, str]:
        """Return each who is one with `id`, with whom that is decided of, on the shortest way."""
        reached, waiting = {id: ""}, deque([id])
        while waiting:
            one = waiting.popleft()
            for other in sorted(self._ties.get(one, ())):
                if other not in reached:
                    reached[other] = one
                    waiting.append(other)
        return reached

    def shown(self, live: Collection[str]) -> Mapping[str, str]:
        """Return the id of the node that stands for a person, for each who is part of another's.

        Args:
            live: the ids of people that live claims speak of.
        """
        found: dict[str, str] = {}
        for members in set(self.clusters.values()):
            first, *others = [id for id in members if id in live] or [""]
            found |= dict.fromkeys(others, first)
        return found

    def members(self, id: str) -> tuple[str, ...]:
        """Return the ids of all who are one with `id`, itself among them."""
        return self.clusters.get(id, (id,))

    def whole(self, refs: Iterable[NodeRef]) -> set[NodeRef]:
        """Return entities with all who are one with any of them."""
        return {
            NodeRef(ref.label, id)
            for ref in refs
            for id in (self.members(ref.id) if ref.label == PERSON else (ref.id,))
        }

    def first(self, ref: NodeRef) -> NodeRef:
        """Return the entity that stands for all who are one with `ref`, loaded or not."""
        return NodeRef(PERSON, self.members(ref.id)[0]) if ref.label == PERSON else ref

    def chain(self, one: str, two: str) -> list[Decision]:
        """Return the decisions by which two are one, from the first to the second; none if not."""
        reached = self._reached(one)
        chain: list[Decision] = []
        at = two if two in reached else ""
        while at and at != one:
            chain.append(self._ties[reached[at]][at])
            at = reached[at]
        return chain[::-1]

    def check(self, last: Decision | None = None) -> None:
        """Check that nobody is both the same as somebody else and different.

        Args:
            last: the decision that was added last, if it alone can be at fault.

        Raises:
            UsageError: two are; the sentence names the chain of decisions.
        """
        for (one, two), decision in self.standing.items():
            chain = self.chain(one, two) if decision.kind == DIFFERENT else []
            if not chain:
                continue
            if last is not None and last.kind == SAME:
                stand = [*(said for said in chain if said is not last), decision]
                one, two = last.target, last.other
                text = _("{chain}, so {one} and {two} cannot be the same.")
            elif last:
                stand, text = chain, _("{chain}, so {one} and {two} cannot be different.")
            else:
                stand = chain
                text = _("{chain}, so {one} and {two} cannot be different ({who}, {day}).")
            said = {"one": one, "two": two, "who": decision.who, "day": decision.made[:10]}
            raise UsageError(
                text.format(chain=", ".join(in_words(stand, one)), **said),
                _(
                    "If one of these is wrong, take it back first: vinculos same ID ID --undo, or "
                    "vinculos different ID ID --undo."
                ),
            )


def is_to_itself(tie: Tie) -> bool:
    """Return whether a tie is between two people who are one."""
    return tie.start == tie.end and tie.start.label == PERSON


def others_of(shown: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of all who are part of a node, by the id of the node, from `shown`."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for id, first in sorted(shown.items()):
        found[first].append(id)
    return {first: tuple(ids) for first, ids in found.items()}


def in_words(chain: Iterable[Decision], start: str) -> Iterator[str]:
    """Yield decisions about two people in words, each from the one where that before it ended."""
    at = start
    for decision in chain:
        one, two = decision.target, decision.other
        yield told(decision, at if at in (one, two) else one)
        at = one if at == two else two


def told(decision: Decision, first: str = "") -> str:
    """Return a decision about two people in words: who is or is not whom, says who, since when."""
    one, two = decision.target, decision.other
    if first == two:
        one, two = two, one
    text = {
        SAME: _("{one} is {two} ({who}, {day})"),
        DIFFERENT: _("{one} is not {two} ({who}, {day})"),
        UNSURE: _("{one} may be {two} ({who}, {day})"),
    }[decision.kind]
    return text.format(one=one, two=two, who=decision.who, day=decision.made[:10])


def merged_claim(claim: Claim, shown: Mapping[str, str]) -> Claim:
    """Return a claim as the graph takes it, where some people are one; itself where none is.

    A tie of a symmetric kind runs from the smaller id; one of somebody to themselves stays, as it
    says whom the claim is about, and is passed over when ties are derived.

    Args:
        claim: the claim as its row says it.
        shown: the id of a person, and that of the node they are shown as.
    """
    if not any(ref.label == PERSON and ref.id in shown for ref in claim.about()):
        return claim

    def of(ref: NodeRef) -> NodeRef:
        return NodeRef(PERSON, shown.get(ref.id, ref.id)) if ref.label == PERSON else ref

    return replace(
        claim,
        nodes=tuple(dict.fromkeys(map(of, claim.nodes))),
        values=tuple(
            replace(
                value,
                subject=of(value.subject),
                other=of(value.other) if value.other else None,
            )
            for value in claim.values
        ),
        ties=tuple(_merged_ties(claim.ties, of)),
    )


def _merged_ties(ties: Iterable[Tie], of: Callable[[NodeRef], NodeRef]) -> Iterator[Tie]:
    for tie in ties:
        start, end = of(tie.start), of(tie.end)
        kind = KINSHIPS.get(str(tie.fields.get("kind"))) if tie.type == "RELATED_TO" else None
        if kind and kind.symmetric and end.id < start.id:
            turned = {"detail_from": "detail_to", "detail_to": "detail_from"}
            fields = {turned.get(name, name): said for name, said in tie.fields.items()}
            yield replace(tie, start=end, end=start, fields=fields)
        else:
            yield replace(tie, start=start, end=end)
