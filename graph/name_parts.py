"""Taking a person's name apart: given names, surnames, a husband's surname, in any order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii

from vinculos.graph.folding import fold
from vinculos.graph.name_words import (
    GENERATIONS,
    GIVEN,
    PARTICLES,
    SHORTENED,
    SURNAMES,
    TITLES,
    WIDOW,
)

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\s,]+")


@dataclass(frozen=True, slots=True)
class Name:
    """One way to read a name, every word folded to a-z.

    `spouse` is a surname after "de" that may be a husband's; `swapped` says that the surnames
    stand first; `generation` is `padre` or `hijo` where the name says so.
    """

    given: tuple[str, ...]
    surnames: tuple[str, ...]
    spouse: str = ""
    swapped: bool = False
    generation: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """All words but a spouse's surname."""
        return (*self.given, *self.surnames)


@lru_cache(maxsize=8192)
def latin(word: str) -> str:
    """Return a word in the letters a to z and digits, other scripts transliterated."""
    folded = fold(word)
    if folded.isascii():
        return folded
    # Chinese comes as one word with a capital for each character.
    return fold(_CAPITAL.sub(" ", anyascii(folded)))


@lru_cache(maxsize=65536)
def read_name(text: str) -> tuple[Name, ...]:
    """Return the ways in which a name may be read, the likeliest first; none where it is blank."""
    before, comma, after = text.partition(",")
    if comma and fold(before) and fold(after):
        first, second = _words(before), _words(after)
        if first.words or second.words:
            return _around_comma(first, second)
    said = _words(text)
    if not said.words:
        return (Name((), (said.spouse,)),) if said.spouse else ()
    return tuple(
        Name(given, surnames, said.spouse, swapped, said.generation)
        for given, surnames, swapped in _readings(said)
    )


@dataclass(frozen=True, slots=True)
class _Words:
    words: tuple[str, ...]
    spouse: str
    generation: str
    capitals: int
    """How many words at the beginning are in capitals, while the others are not."""


def _words(text: str) -> _Words:
    words: list[str] = []
    upper: list[bool] = []
    spouse = generation = ""
    particles: list[str] = []
    for written in _WORD.findall(text.replace(".", ". ")):
        for word in latin(written.replace("'", "").replace("’", "")).split():
            if word in GENERATIONS and words:
                generation = GENERATIONS[word]
            elif word in PARTICLES or word in WIDOW:
                particles.append(word)
            elif word in TITLES and not words:
                continue
            else:
                word = SHORTENED.get(word, word)
                if _is_spouse(particles, words):
                    spouse = word
                else:
                    if spouse:
                        # It was no husband's: more of the name follows.
                        words.append(spouse)
                        upper.append(False)
                        spouse = ""
                    words.append(word)
                    upper.append(len(word) > 1 and written.isupper())
                particles = []
    if spouse and (len(words) < 2 or words[0] in _MEN):
        words.append(spouse)
        upper.append(False)
        spouse = ""
    capitals = next((i for i, is_upper in enumerate(upper) if not is_upper), len(upper))
    if capitals == len(upper) or any(upper[capitals:]):
        capitals = 0
    return _Words(tuple(words), spouse, generation, capitals)


_MEN = frozenset(
    word for word in GIVEN if word[-1:] in ("o", "r", "l", "s", "n") and f"{word}a" not in GIVEN
) - frozenset(("carmen", "rosario", "isabel", "raquel", "maribel", "pilar", "mercedes", "milagros",
               "lourdes", "dolores", "ines", "marisol", "soledad", "consuelo"))  # fmt: skip


def _is_spouse(particles: list[str], words: list[str]) -> bool:
    """Return whether a word after these particles may be a husband's surname."""
    return bool(words) and (particles == ["de"] or bool(WIDOW.intersection(particles)))


def _around_comma(first: _Words, second: _Words) -> tuple[Name, ...]:
    generation = first.generation or second.generation
    spouse = first.spouse or second.spouse
    if not second.words or not first.words or len(second.words) > 2 and len(first.words) == 1:
        # A widow's name before the comma, or what follows holds surnames as well.
        said = _Words((*second.words, *first.words), spouse, generation, 0)
        if len(second.words) > 2:
            said = _Words(second.words, spouse or first.words[0], generation, 0)
        return tuple(
            Name(given, surnames, said.spouse, True, generation)
            for given, surnames, _ in _readings(said)
        )
    return (Name(second.words, first.words, spouse, True, generation),)


def _readings(said: _Words) -> list[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    """Return given names, surnames, and whether these come first, for each way to read words."""
    words, count = said.words, len(said.words)
    if 0 < said.capitals < count:
        return [(words[said.capitals :], words[: said.capitals], True)]
    if count == 1:
        known = words[0] in GIVEN and words[0] not in SURNAMES
        return [((words), (), False)] if known else [((), words, False)]
    front = _front(words)
    readings = []
    for cut in (1, 2) if count == 3 else (count // 2 if count < 5 else count - 2,):
        fits = count != 3 or _fits(words[1], cut)
        if fits:
            readings.append((words[:cut], words[cut:], False))
    if front != "given":
        for cut in (1, 2) if count == 3 else (min(2, count - 1) if count > 2 else 1,):
            if count != 3 or _fits(words[1], count - cut):
                readings.append((words[cut:], words[:cut], True))
    if front == "surname":
        readings.sort(key=lambda reading: not reading[2])
    return readings


def _front(words: tuple[str, ...]) -> str:
    """Return what the first word is by the common names: `given`, `surname`, or '' unknown."""
    first, last = words[0], words[-1]
    if first in GIVEN and (last not in GIVEN or first not in SURNAMES):
        return "given"
    if first in SURNAMES and first not in GIVEN:
        return "surname"
    return "given" if last in SURNAMES and last not in GIVEN else ""


def _fits(middle: str, given: int) -> bool:
    """Return whether the middle one of three words goes with so many given names."""
    if len(middle) == 1:
        return given == 2
    if middle in GIVEN and middle not in SURNAMES:
        return given == 2
    if middle in SURNAMES and middle not in GIVEN:
        return given == 1
    return True
