"""From the values of a FollowTheMoney entity to cells of the tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from vinculos.graph.dates import parse_date
from vinculos.graph.folding import fold
from vinculos.graph.words import Words
from vinculos.language import gettext as _
from vinculos.loaders.declare import RowError
from vinculos.loaders.ftm_file import Entity
from vinculos.loaders.ftm_schema import NAME_PARTS, NAMES
from vinculos.loaders.simple_cells import find_word

_DAY = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ].*)?", re.DOTALL)
_PLACEHOLDER = re.compile(r"(?:minor|menor) \d{1,6}", re.IGNORECASE)


class Left:
    """The values of an entity that have found no place yet."""

    def __init__(self, entity: Entity) -> None:
        """Begin with all of them."""
        self._left = {name: list(values) for name, values in entity.properties.items()}

    def take(self, *names: str, test: Callable[[str], bool] = bool) -> list[str]:
        """Take the values of some properties that pass a test; return them."""
        taken = []
        for name in names:
            values = self._left.get(name, [])
            found = [value for value in values if test(value)]
            self._left[name] = [value for value in values if value not in found]
            taken += found
        return list(dict.fromkeys(taken))

    def first_of(self, names: Sequence[str]) -> str:
        """Return the first of some properties that has a value left, '' where none has."""
        return next((name for name in names if self._left.get(name)), "")

    def rest(self) -> Iterator[tuple[str, int]]:
        """Yield each property with values left, and how many."""
        for name, values in self._left.items():
            if values:
                yield name, len(values)


class Names(NamedTuple):
    """What an entity is called: the name that shows, and the others."""

    shown: str
    others: tuple[str, ...]


def names_of(entity: Entity) -> Names:
    """Return what an entity is called; of names in Latin letters its caption shows, else the first.

    Raises:
        RowError: it has no name.
    """
    whole = [*entity.properties.get("name", ())]
    parts = (" ".join(entity.properties.get(part, ())) for part in NAME_PARTS)
    if not whole and (name := " ".join(filter(None, parts))):
        whole.append(name)
    others = [name for key in NAMES[1:] for name in entity.properties.get(key, ())]
    if not whole and not others:
        raise RowError("name", _("this entity has no name"))
    latin = [name for name in whole if is_latin(name)]
    shown = entity.caption if entity.caption in latin else (latin or whole or others)[0]
    return Names(shown, tuple(n for n in dict.fromkeys([*whole, *others]) if n != shown))


def is_latin(text: str) -> bool:
    """Return whether all letters of a text are Latin."""
    return all("LATIN" in unicodedata.name(char, "") for char in text if char.isalpha())


def is_minor_name(name: str) -> bool:
    """Return whether a name is one that the program writes for a minor, in graphs or exports."""
    return bool(_PLACEHOLDER.fullmatch(name))


def part_of_names(names: Names) -> Callable[[str], bool]:
    """Return a test of whether a part of a name stands in what an entity is called."""
    words = {word for name in (names.shown, *names.others) for word in fold(name).split()}
    return lambda part: words.issuperset(fold(part).split())


def day(property: str, text: str) -> str:
    """Return a date without its time of day.

    Raises:
        RowError: it is no date.
    """
    match = _DAY.fullmatch(text)
    try:
        return parse_date(match[1] if match else text).text
    except ValueError as error:
        raise RowError(property, str(error)) from None


def whole_day(text: str) -> str:
    """Return a text that is a date without its time of day."""
    return day("", text)


def is_day(text: str) -> bool:
    """Return whether a text is a date, with or without a time of day."""
    try:
        return bool(day("", text))
    except RowError:
        return False


def exact_days(property: str, texts: Sequence[str]) -> list[str]:
    """Return the dates that no other says more exactly, in the order given.

    Raises:
        RowError: one of them is no date.
    """
    days = list(dict.fromkeys(day(property, text) for text in texts))
    parsed = [parse_date(text) for text in days]
    return [
        text
        for text, one in zip(days, parsed, strict=True)
        if not any(one.contains(other) for other in parsed if other is not one)
    ]


def find(words: Words, text: str) -> str:
    """Return the word that a text is, in either language or a synonym; '' where it is none."""
    try:
        return find_word(words, text)
    except ValueError:
        return ""


def is_name_of(words: Words, word: str, text: str) -> bool:
    """Return whether a text is a word itself or its name, and so says no more than the word."""
    return fold(text) in {fold(name) for name in (word, *words.names[word])}
