"""Comparing two names: which words answer to which, surnames and given names apart.

A level says how they compare; what each level is worth and how it reads is in `identity_words.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from vinculos.graph.identity_words import WEIGHTS
from vinculos.graph.name_parts import Name, latin, read_name
from vinculos.graph.name_sounds import EQUAL, INITIAL, LIKE, OTHER, SOUNDS, compare_words, is_known

GOOD = frozenset((EQUAL, SOUNDS, LIKE))


class Names(NamedTuple):
    """How two names compare.

    `rare` says that both first surnames are uncommon, `swapped` that one has its surnames first.
    """

    surnames: str
    given: str
    generation: str = "unknown"
    rare: bool = False
    swapped: bool = False

    @property
    def worth(self) -> float:
        """What speaks for one person, less what speaks against, in units of log odds."""
        return (
            WEIGHTS["surnames"][self.surnames]
            + WEIGHTS["given"][self.given]
            + WEIGHTS["generation"][self.generation]
            + WEIGHTS["rare"]["yes" if self.rare else "no"]
        )


NOTHING = Names("none", "none")


@lru_cache(maxsize=1 << 16)
def compare_names(one: str, two: str) -> Names:
    """Return how two names as written compare, in the ways of reading them that fit best."""
    found = _best(read_name(one), read_name(two))
    if "none" in (found.surnames, found.given) or found.given == "unknown":
        joined = _joined(one, two)
        if joined:
            found = max((found, _best(*map(read_name, joined))), key=lambda names: names.worth)
    return found


def _best(ones: Sequence[Name], twos: Sequence[Name]) -> Names:
    best = NOTHING
    for first, one in enumerate(ones):
        for second, two in enumerate(twos):
            swapped = one.swapped != two.swapped
            names = Names(
                compare_surnames(one, two), compare_given(one.given, two.given),
                _generation(one, two), _is_rare(one) and _is_rare(two), swapped,
            )  # fmt: skip
            # Of readings worth the same the likeliest counts.
            if names.worth > best.worth or (first == second == 0 and names.worth == best.worth):
                best = names
    return best


def _is_rare(name: Name) -> bool:
    """Return whether the first surname is none of the common names."""
    return bool(name.surnames) and not is_known(name.surnames[0])


def _generation(one: Name, two: Name) -> str:
    if not one.generation or not two.generation:
        return "unknown"
    return "equal" if one.generation == two.generation else "differ"


def compare_surnames(one: Name, two: Name) -> str:
    """Return the level at which surnames compare: `two`, `one`, `first_only`, `exchanged`, …."""
    a, b = one.surnames[-2:], two.surnames[-2:]
    if not a or not b:
        return "unknown"
    if len(a) == len(b) == 2:
        return _two_each(a, b)
    if len(a) < len(b):
        one, two, a, b = two, one, b, a
    first = compare_words(a[0], b[0])
    if len(a) == 1:
        return _one_each(first, one, two)
    if first in GOOD:
        if two.spouse and compare_words(a[1], two.spouse) in GOOD:
            return "two" if first == EQUAL else "two_like"
        return "one_of_two" if first == EQUAL else "one_like"
    if first == INITIAL:
        return "initial"
    if compare_words(a[1], b[0]) in GOOD:
        return "second_alone"
    if one.spouse and compare_words(one.spouse, b[0]) in GOOD:
        return "spouse"
    return "none"


def _two_each(a: Sequence[str], b: Sequence[str]) -> str:
    first, second = compare_words(a[0], b[0]), compare_words(a[1], b[1])
    if first == second == EQUAL:
        return "two"
    if first in GOOD and second in GOOD:
        return "two_like"
    if INITIAL in (first, second) and (first in GOOD or second in GOOD):
        return "one_and_initial"
    if first in GOOD:
        return "first_only"
    if second in GOOD:
        return "second_only"
    crossed = compare_words(a[0], b[1]) in GOOD, compare_words(a[1], b[0]) in GOOD
    if all(crossed):
        return "exchanged"
    return "crossed" if any(crossed) else "none"


def _one_each(first: str, one: Name, two: Name) -> str:
    if first in GOOD:
        if one.spouse and two.spouse:
            same = compare_words(one.spouse, two.spouse) in GOOD
            return ("two" if first == EQUAL else "two_like") if same else "first_only"
        return "one" if first == EQUAL else "one_like"
    if first == INITIAL:
        return "initial"
    spouses = ((one.spouse, two.surnames[0]), (two.spouse, one.surnames[0]))
    if any(spouse and compare_words(spouse, name) in GOOD for spouse, name in spouses):
        return "spouse"
    return "none"


def compare_given(a: Sequence[str], b: Sequence[str]) -> str:
    """Return the level at which given names compare: `two`, `one`, `missing`, `other`, …."""
    if not a or not b:
        return "unknown"
    if len(a) < len(b):
        a, b = b, a
    each = [compare_words(one, two) for one, two in zip(a, b, strict=False)]
    if len(b) == 1:
        return _one_given(each[0], a, b[0])
    if all(word in GOOD for word in each):
        if len(a) > len(b):
            return "missing"
        return "two" if all(word == EQUAL for word in each) else "two_like"
    if all(word != OTHER for word in each):
        return "initials"
    if len(a) == len(b) == 2:
        crossed = compare_words(a[0], b[1]), compare_words(a[1], b[0])
        if all(word in GOOD for word in crossed):
            return "exchanged"
    return "other" if each[0] in GOOD or any(word in GOOD for word in each[1:]) else "none"


def _one_given(first: str, a: Sequence[str], b: str) -> str:
    if first in GOOD:
        if len(a) > 1:
            return "missing" if first != LIKE else "missing_like"
        return {EQUAL: "one", SOUNDS: "one_like", LIKE: "one_like"}[first]
    if first == INITIAL:
        return "initial"
    if any(compare_words(word, b) in GOOD for word in a[1:]):
        return "second"
    return "none"


def _joined(one: str, two: str) -> tuple[str, str] | None:
    """Return both names with words of one joined that the other writes together, or None."""
    first, second = latin(one).split(), latin(two).split()
    if len(first) == len(second) or not 1 < max(len(first), len(second)) < 6:
        return None
    longer, shorter = (first, second) if len(first) > len(second) else (second, first)
    for place in range(len(longer) - 1):
        word = longer[place] + longer[place + 1]
        if any(compare_words(word, other) in GOOD for other in shorter):
            whole = [*longer[:place], word, *longer[place + 2 :]]
            return " ".join(whole), " ".join(shorter)
    return None
