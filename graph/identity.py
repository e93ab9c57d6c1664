"""Whether two records are of one person: a score from 0 to 1, and what speaks for and against.

Names count most, two surnames above all; dates of birth, mothers' names, custody and kin speak for
or against. Nobody is taken for another by a score: a person decides.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from vinculos.graph.dates import parse_date
from vinculos.graph.folding import fold
from vinculos.graph.identity_words import PRIOR, WEIGHTS
from vinculos.graph.name_comparison import NOTHING, Names, compare_names

NEAR_DAYS = 3
"""Days between two dates of one arrest in the press."""
APART_DAYS = 30
"""Days from which two takings are not one."""


class Custody(NamedTuple):
    """Where somebody was held from when to when; dates partial, '' unknown."""

    started: str = ""
    ended: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of one person; '' or empty is unknown.

    `kin` are the names of relatives, `related` the ids of people tied to them.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    born: str = ""
    mother_name: str = ""
    gender: str = ""
    custody: tuple[Custody, ...] = ()
    kin: tuple[str, ...] = ()
    related: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Likeness:
    """How two records compare: `score` from 0 to 1, the `levels` by subject, days between takings.

    `days` is None where no day of both is known.
    """

    score: float
    levels: dict[str, str]
    swapped: bool = False
    days: int | None = None


def compare(one: Known, two: Known) -> Likeness:
    """Return how likely two records are of one person, and why."""
    names, other = _names(one, two)
    levels = {
        "surnames": names.surnames,
        "given": names.given,
        "generation": names.generation,
        "rare": "yes" if names.rare else "no",
        "other_name": other,
    }
    worth = PRIOR + names.worth + WEIGHTS["other_name"][other]
    if worth < FLOOR:
        return Likeness(_score(worth), levels, names.swapped)
    levels["born"] = compare_births(one.born, two.born)
    levels["mother"] = _mothers(one.mother_name, two.mother_name)
    levels["custody"], days = compare_custody(one.custody, two.custody)
    levels["kin"] = _kin(one, two)
    levels["gender"] = _equal(one.gender, two.gender)
    siblings = names.given in ("none", "other")
    for subject in EVIDENCE:
        gained = WEIGHTS[subject][levels[subject]]
        # Siblings have one mother, one family, and are often taken together.
        worth += min(gained, 0.0) if siblings and subject in SHARED_BY_SIBLINGS else gained
    return Likeness(_score(worth), levels, names.swapped, days)


EVIDENCE = ("born", "mother", "custody", "kin", "gender")
SHARED_BY_SIBLINGS = ("mother", "custody", "kin")
FLOOR = -8.0
"""Where names alone speak so much against it, nothing else is looked at."""


def _score(worth: float) -> float:
    return 1 / (1 + math.exp(-worth))


def _names(one: Known, two: Known) -> tuple[Names, str]:
    """Return how the likest of their names compare, and whether that is another name of one.

    A name of several words that is another's other name word by word may be a nickname.
    """
    best = compare_names(one.name, two.name) if one.name and two.name else NOTHING
    best_worth, other = best.worth, "no"
    for a in (one.name, *one.aliases):
        for b in (two.name, *two.aliases):
            if not a or not b or (a, b) == (one.name, two.name):
                continue
            names, by = compare_names(a, b), "yes"
            if fold(a) == fold(b) and " " in fold(a):
                names, by = max(names, Names("one", "one"), key=lambda found: found.worth), "exact"
            worth = names.worth + WEIGHTS["other_name"][by]
            if worth > best_worth:
                best, best_worth, other = names, worth, by
    return best, other


def compare_births(one: str, two: str) -> str:
    """Return how two days of birth compare, each perhaps a year or a month alone."""
    if not one or not two:
        return "unknown"
    if one == two:
        return "equal" if len(one) >= 10 else "contained"
    a, b = _days(one), _days(two)
    if None in (*a, *b):
        return "unknown"
    if a[0] <= b[1] and b[0] <= a[1]:  # type: ignore[operator]
        return "contained"
    if (
        len(one) == len(two) == 10
        and one[:4] == two[:4]
        and one[5:7] == two[8:]
        and (one[8:] == two[5:7])
    ):
        return "day_month"
    return "differ"


@lru_cache(maxsize=65536)
def _days(text: str) -> tuple[date | None, date | None]:
    parsed = parse_date(text)
    return parsed.earliest, parsed.latest


def _mothers(one: str, two: str) -> str:
    if not one or not two:
        return "unknown"
    names = compare_names(one, two)
    alike = names.given not in ("none", "other") and names.surnames in LIKE_MOTHERS
    return "equal" if alike else "differ"


LIKE_MOTHERS = ("two", "two_like", "one_of_two", "one", "one_like", "one_and_initial", "spouse",
                "initial", "unknown")  # fmt: skip


def compare_custody(one: tuple[Custody, ...], two: tuple[Custody, ...]) -> tuple[str, int | None]:
    """Return how custodies compare at their likest, and the days between the takings.

    Held at once in two places counts against, whatever else is alike; being moved is no such case,
    as then the takings are near.
    """
    best, nearest = "unknown", None
    for a in one:
        for b in two:
            level, days = _two_custodies(a, b)
            if WEIGHTS["custody"][level] < 0 and level == "two_places":
                return level, days
            if best == "unknown" or WEIGHTS["custody"][level] > WEIGHTS["custody"][best]:
                best, nearest = level, days
    return best, nearest


def _two_custodies(one: Custody, two: Custody) -> tuple[str, int | None]:
    if not one.started or not two.started:
        return "unknown", None
    (first, first_end), (second, second_end) = _days(one.started), _days(two.started)
    if first is None or second is None or first_end is None or second_end is None:
        return "unknown", None
    apart = max((second - first_end).days, (first - second_end).days, 0)
    exact = first == first_end and second == second_end
    days = apart if exact else None
    if apart <= NEAR_DAYS:
        if not one.place or not two.place:
            return "near", days
        return ("same" if fold(one.place) == fold(two.place) else "other_place"), days
    places = one.place and two.place and fold(one.place) != fold(two.place)
    if places and apart > APART_DAYS and _overlap(one, two):
        return "two_places", days
    return "apart", days


def _overlap(one: Custody, two: Custody) -> bool:
    """Return whether both were certainly held on one day."""
    begin = max(filter(None, (_days(one.started)[1], _days(two.started)[1])))
    ends = [_days(end)[0] for end in (one.ended, two.ended) if end]
    if len(ends) < 2:
        return False
    return begin < min(filter(None, ends), default=begin)


def _kin(one: Known, two: Known) -> str:
    if one.id in two.related or two.id in one.related:
        return "each_other"
    if any(_is_named(two.name, name) for name in one.kin) or any(
        _is_named(one.name, name) for name in two.kin
    ):
        return "each_other"
    if {fold(name) for name in one.kin} & {fold(name) for name in two.kin}:
        return "shared"
    return "unknown"


def _is_named(name: str, kin: str) -> bool:
    """Return whether a relative's name is this one, in full or but for a second surname."""
    names = compare_names(name, kin)
    return names.surnames in ("two", "one", "one_of_two") and names.given in ("two", "one")


def _equal(one: str, two: str) -> str:
    if not one or not two:
        return "unknown"
    return "equal" if one == two else "differ"
