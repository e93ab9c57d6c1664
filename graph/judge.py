"""Recording decisions about whether two people are one, by hand or from a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vinculos.errors import UsageError
from vinculos.graph.decide import carry_out, deciding, record
from vinculos.graph.decisions import Decision
from vinculos.graph.merging import shown_as
from vinculos.graph.records import NodeRef
from vinculos.graph.same_people import (
    DIFFERENT,
    PERSON,
    SAME,
    SamePeople,
    pair_of,
    told,
)
from vinculos.graph.store import Store
from vinculos.graph.stored import read_decisions
from vinculos.graph.update import Notify, now, who
from vinculos.graph.writer import Counts
from vinculos.language import gettext as _

AUTO = "auto"
"""Who decides where a score alone does."""


@dataclass(frozen=True)
class Judgement:
    """What is decided about two people, by their ids; `when` and `by` are now and who acts if ''.

    `kind` is `same`, `different`, `unsure` or `undo`; `score` is that of their likeness, if known.
    """

    one: str
    two: str
    kind: str
    why: str
    by: str = ""
    when: str = ""
    score: float | None = None


def judge(store: Store, judgements: Iterable[Judgement], *, notify: Notify | None = None) -> Counts:
    """Record decisions about pairs of people, all or none, and derive anew whom they touch.

    Those that say what stands already are passed over. Ids that the graph does not hold are kept:
    the decision counts as soon as both are loaded.

    Args:
        store: an open store.
        judgements: in the order in which they were taken.
        notify: told when a load has to be waited for.

    Returns:
        What changed in the graph.

    Raises:
        UsageError: a decision lacks its reason, is about one person alone, takes back what does
            not stand, or contradicts others; nothing is recorded then.
        LockHeld: a load did not end in time.
    """
    with deciding(store, notify) as (writer, spool):
        earlier = read_decisions(store)
        made = checked(judgements, earlier)
        people = {id for decision in made for id in (decision.target, decision.other)}
        there = shown_as(store, {i for id in people for i in SamePeople(earlier).members(id)})
        writer.run_all(
            record(
                decision,
                [NodeRef(PERSON, there[id]) for id in (decision.target, decision.other)
                 if id in there],
            )
            for decision in made
        )  # fmt: skip
        return carry_out(writer, spool, (NodeRef(PERSON, id) for id in people))


def checked(judgements: Iterable[Judgement], earlier: Sequence[Decision]) -> list[Decision]:
    """Return the decisions to record, none of which contradicts another.

    Args:
        judgements: in the order in which they were taken.
        earlier: the decisions that are recorded.

    Raises:
        UsageError: as `judge` says.
    """
    newest = dict(SamePeople(earlier).newest)
    number = max((decision.number for decision in earlier), default=0)
    made: list[Decision] = []
    for judgement in judgements:
        one, two = pair = pair_of(judgement.one, judgement.two)
        if one == two:
            raise UsageError(_("{id} is one person already.").format(id=one), _("Name two ids."))
        if not judgement.why.strip():
            raise UsageError(_("A decision needs a reason."), _("Give it with --why."))
        known = newest.get(pair)
        if known is not None and known.kind == judgement.kind:
            continue
        decision = Decision(
            number + len(made) + 1,
            judgement.kind,
            one,
            PERSON,
            judgement.why.strip(),
            judgement.by or who(),
            judgement.when or now(),
            two,
            judgement.score,
        )
        newest[pair] = decision
        made.append(decision)
    if made:
        SamePeople([*earlier, *made]).check(made[0] if len(made) == 1 else None)
    return made


def compatible(judgements: Iterable[Judgement], same: SamePeople) -> list[Judgement]:
    """Return those judgements `same` that contradict no decision, nor any of them before it."""
    of: dict[str, set[str]] = {}
    apart: dict[str, set[str]] = {}
    for (one, two), decision in same.standing.items():
        if decision.kind == DIFFERENT:
            apart.setdefault(one, set()).add(two)
            apart.setdefault(two, set()).add(one)
    kept = []
    for judgement in judgements:
        ones, twos = (
            of.setdefault(id, set(same.members(id))) for id in (judgement.one, judgement.two)
        )
        if any(apart.get(id, set()) & twos for id in ones):
            continue
        both = ones | twos
        of |= dict.fromkeys(both, both)
        kept.append(judgement)
    return kept


def taken_back(same: SamePeople, one: str, two: str, kind: str) -> None:
    """Check that a decision of a kind about two people stands, so that it can be taken back.

    Raises:
        UsageError: none does; the sentence names the chain by which they are one, if they are.
    """
    stands = same.standing.get(pair_of(one, two))
    if stands is not None and stands.kind == kind:
        return
    if kind == SAME and (chain := same.chain(one, two)):
        raise UsageError(
            _("{one} and {two} are one through others: {chain}.").format(
                one=one, two=two, chain=", ".join(map(told, chain))
            ),
            _("Take one of these back: vinculos same ID ID --undo."),
        )
    no_such = {
        SAME: _("There is no decision that {one} and {two} are the same."),
        DIFFERENT: _("There is no decision that {one} and {two} are different."),
    }
    raise UsageError(no_such[kind].format(one=one, two=two), _("See vinculos history."))
