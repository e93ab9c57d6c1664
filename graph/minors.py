"""Who is a minor, and keeping their names out of everything that is written.

A person is a minor if marked so, or if under 18, by the latest day on which they can have been
born, on any day that a claim about them, or about a detention or event tied to them, speaks of.
Once a minor in the graph, always one.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from vinculos.graph.dates import parse_date
from vinculos.graph.folding import fold, folded_words
from vinculos.graph.masking import Mask
from vinculos.graph.model import NODE_TYPES, RELATIONSHIP_TYPES
from vinculos.graph.records import JOINED, Claim, NodeRef, Value

ADULT = 18
_DATES = {
    name: {field.name for field in fields if field.kind == "date"}
    for name, fields in (
        *((label, node.fields) for label, node in NODE_TYPES.items()),
        *((kind, rel.fields) for kind, rel in RELATIONSHIP_TYPES.items()),
    )
}


def minor_name(person: NodeRef) -> str:
    """Return the one name that is ever written for a minor, the same in every load."""
    number = int(hashlib.sha256(person.id.encode()).hexdigest(), 16) % 1_000_000
    return f"minor {number:06d}"


def find_minors(
    claims: Iterable[Claim],
    today: datetime.date,
    first: Callable[[NodeRef], NodeRef] = lambda ref: ref,
) -> set[NodeRef]:
    """Return the people whom the claims make minors.

    Args:
        claims: all live claims about the people in question, and about the detentions and events
            tied to them.
        today: the day that counts for somebody of whom no claim names a day.
        first: gives the one person that stands for all who are the same.
    """
    minors: set[NodeRef] = set()
    born: dict[NodeRef, datetime.date] = {}
    days: dict[NodeRef, datetime.date] = {}
    tied: dict[NodeRef, set[NodeRef]] = defaultdict(set)
    for claim in claims:
        for value in claim.values:
            if value.field == "is_minor" and value.value:
                minors.add(first(value.subject))
            if value.field == "born" and value.value:
                latest, person = parse_date(value.value).latest or today, first(value.subject)
                born[person] = max(latest, born.get(person, latest))
        for day in _days(claim):
            for ref in map(first, claim.about()):
                days[ref] = min(day, days.get(ref, day))
        for tie in claim.ties:
            if tie.start.label == "Person" and tie.end.label in ("Detention", "Event"):
                tied[first(tie.start)].add(tie.end)
    for person, birthday in born.items():
        spoken = [days[ref] for ref in (person, *tied[person]) if ref in days]
        if min(spoken, default=today) < _adult_on(birthday):
            minors.add(person)
    return minors


def _days(claim: Claim) -> Iterator[datetime.date]:
    texts = [claim.as_of] if claim.as_of else []
    for value in claim.values:
        if value.field in _DATES.get(value.subject.label, ()) and value.field != "born":
            texts.append(value.value or "")
    for tie in claim.ties:
        texts.extend(tie.fields.get(name) or "" for name in _DATES[tie.type])
    for text in texts:
        if text and (earliest := parse_date(text).earliest):
            yield earliest


def _adult_on(birthday: datetime.date) -> datetime.date:
    try:
        return birthday.replace(year=birthday.year + ADULT)
    except ValueError:
        return datetime.date(birthday.year + ADULT, 3, 1)


def names_of(claims: Iterable[Claim], minors: set[NodeRef]) -> Mapping[NodeRef, set[str]]:
    """Return the names and aliases that the claims give to each minor."""
    names: dict[NodeRef, set[str]] = defaultdict(set)
    for claim in claims:
        for value in claim.values:
            if value.subject in minors and value.field in ("name", "aliases"):
                given = value.value if isinstance(value.value, list) else [value.text]
                names[value.subject].update(name for name in given if name)
    return {person: given - {minor_name(person)} for person, given in names.items() if given}


def mask_claims(
    claims: Iterable[Claim], minors: set[NodeRef], names: Mapping[NodeRef, set[str]]
) -> Iterator[Claim]:
    """Yield the claims with no name or alias of a minor left in them.

    Args:
        claims: any claims.
        minors: who is a minor.
        names: what they are called, as `names_of` found it.
    """
    masks = Masks(minors, names)
    return (masks.claim(claim) for claim in claims)


class Masks:
    """What to replace in claims: the names of minors."""

    def __init__(self, minors: set[NodeRef], names: Mapping[NodeRef, set[str]]) -> None:
        """Take who is a minor, and what they are called, as `names_of` found it."""
        self._minors = minors
        self._everywhere = Mask()
        self._own: dict[NodeRef, Mask] = {}
        self._known = {fold(name) for given in names.values() for name in given}
        for person, given in names.items():
            self._everywhere.add(minor_name(person), given)
            self._own[person] = Mask()
            self._own[person].add(minor_name(person), given, single_words=True)

    def may_name(self, text: str) -> bool:
        """Return whether a claim that is not about a minor may name one, by all that it says."""
        return self._everywhere.names_in(folded_words(text))

    def claim(self, claim: Claim) -> Claim:
        """Return a claim with no name or alias of a minor left in it; itself where none was."""
        about = claim.about()
        if self._minors.isdisjoint(about) and not self._everywhere:
            return claim
        masks = [self._own[ref] for ref in about if ref in self._own]
        masked = _mask_claim(claim, self._minors, [*masks, self._everywhere], self._known)
        return claim if masked == claim else masked


def _is_namesake(value: Value, known: set[str]) -> bool:
    """Return whether a value is the name of somebody else who is called like a minor."""
    return value.field == "name" and value.subject.label == "Person" and fold(value.text) in known


def _mask_claim(claim: Claim, minors: set[NodeRef], masks: list[Mask], names: set[str]) -> Claim:
    def clean(said: Any) -> Any:
        if isinstance(said, str):
            for mask in masks:
                said = mask.text(said)
        elif isinstance(said, list):
            return [clean(part) for part in said]
        return said

    def values() -> Iterator[Value]:
        for value in claim.values:
            if value.subject in minors and value.field == "aliases":
                continue
            if value.subject in minors and value.field == "name":
                name = minor_name(value.subject)
                yield replace(value, value=name, text=name)
            elif any(masks) and not _is_namesake(value, names):
                yield replace(value, value=clean(value.value), text=clean(value.text))
            else:
                yield value

    if not any(masks) and not any(value.subject in minors for value in claim.values):
        return claim
    # Of an adult called like a minor, the key would say who the minor is; that of a minor's own
    # custody stands in the claim anyway, and is withheld as an id.
    ids = {ref.id for ref in claim.about() if ref not in minors}
    return replace(
        claim,
        values=tuple(values()),
        ties=tuple(
            replace(tie, fields={name: clean(said) for name, said in tie.fields.items()})
            for tie in claim.ties
        ),
        note=clean(claim.note),
        key=JOINED.join(part if part in ids else clean(part) for part in claim.key.split(JOINED)),
    )
