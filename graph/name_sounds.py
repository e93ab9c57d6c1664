"""How like two words of names are: by letters, by sound in Spanish, by what people are called."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA, JaroWinkler

from vinculos.graph.name_words import ALSO_FAMILIAR, FAMILIAR, GIVEN, SURNAMES

EQUAL, SOUNDS, LIKE, INITIAL, OTHER = "equal", "sounds", "like", "initial", "other"
"""How two words compare, best first; an initial that fits says little."""
_RULES = tuple(
    (re.compile(pattern), new)
    for pattern, new in (
        # Spellings of other languages first, then those of Spanish.
        ("(?<=[aeiou])x(?=[aeiou])", "ks"), ("^ye", "e"), ("ph", "f"),
        ("tch|sch|ch|sh", "x"), ("kh", "j"), ("gh", "g"), ("th", "t"), ("h", ""),
        ("qu(?=[ei])", "k"), ("q", "k"), ("c(?=[eiy])", "s"), ("c", "k"), ("z", "s"),
        ("(?<=.)x(?=t)", "s"), ("v", "b"),
        ("^w(?=[aeo])|(?<=[aeiou])w$", "b"), ("w", "u"), ("uu", "u"), ("ll", "y"),
        ("g(?=[ei])", "j"), ("gu(?=[ei])", "g"), ("^y(?=[aeou])", "j"), ("y", "i"),
        (r"(.)\1+", r"\1"), ("^ui", "bi"), ("n(?=[bp])", "m"), ("ou", "u"),
    )
)  # fmt: skip
_DIGIT = re.compile("[0-9]")
_VOWELS = re.compile("[aeiouyw]")
_TWICE = re.compile(r"(.)\1+")
_PREFIX = re.compile("^(dela|delos|delas|del|de|al|el|abu|bin)(?=[a-z]{3})")


@lru_cache(maxsize=65536)
def sound(word: str) -> str:
    """Return a spelling that words share which sound alike in Spanish."""
    for pattern, new in _RULES:
        word = pattern.sub(new, word)
    return word


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """Return the consonants of a word, each once in a row."""
    return _TWICE.sub(r"\1", _VOWELS.sub("", word.replace("c", "k").replace("q", "k")))


def is_known(word: str) -> bool:
    """Return whether a word is a common name, and so hardly a misspelling of another."""
    return word in SURNAMES or word in GIVEN


@lru_cache(maxsize=1 << 18)
def compare_words(one: str, two: str) -> str:
    """Return how two words of names compare, folded to a-z."""
    if one == two:
        return EQUAL
    if _DIGIT.search(one) or _DIGIT.search(two):
        # "Detenido 12" and "Detenido 13" differ in what tells them apart.
        return OTHER
    if len(one) == 1 or len(two) == 1:
        return INITIAL if one[0] == two[0] or sound(one)[:1] == sound(two)[:1] else OTHER
    if _familiar(one, two) or _familiar(two, one):
        return SOUNDS
    if _other_gender(one, two):
        return OTHER
    known = is_known(one) and is_known(two)
    a, b = sound(one), sound(two)
    if a == b or _PREFIX.sub("", one) == two or _PREFIX.sub("", two) == one:
        return SOUNDS
    if known:
        return OTHER
    longest = max(len(a), len(b))
    apart = min(OSA.distance(a, b), OSA.distance(one, two))
    if apart == 1 and longest >= 4:
        return LIKE
    if apart == 2 and longest >= 7 and JaroWinkler.similarity(one, two) >= 0.88:
        return LIKE
    if (
        skeleton(one) == skeleton(two)
        and one[0] == two[0]
        and (len(skeleton(one)) > 2 or _is_without_vowels(one) or _is_without_vowels(two))
    ):
        return LIKE
    return OTHER


def _is_without_vowels(word: str) -> bool:
    """Return whether a word is from a script that writes hardly any vowels, as Arabic."""
    return len(word) > 2 and 4 * sum(letter in "aeiou" for letter in word) <= len(word)


def _familiar(short: str, whole: str) -> bool:
    return FAMILIAR.get(short) == whole or (short, whole) in ALSO_FAMILIAR


def _other_gender(one: str, two: str) -> bool:
    """Return whether two words are the same name of a man and of a woman."""
    short, long = sorted((one, two), key=len)
    if long == f"{short}a" and len(short) > 2:
        return True
    return len(one) == len(two) and one[:-1] == two[:-1] and {one[-1], two[-1]} in ({"a", "o"},)
