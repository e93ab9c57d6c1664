"""Texts to look for inside other texts, whole words only, without accents and case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar
from urllib.parse import unquote

from vinculos.graph.folding import fold

T = TypeVar("T")

WORDS, TOKEN, WHOLE = "words", "token", "whole"
"""How a term is found: as words anywhere, as one unbroken token, or as the whole text alone."""

_JOINS = "-_"


class Hit(NamedTuple, Generic[T]):
    """A term found in a text, from character `start` to before `end`."""

    start: int
    end: int
    thing: T


class _Term(NamedTuple, Generic[T]):
    words: tuple[str, ...]
    how: str
    thing: T


class Terms(Generic[T]):
    """An index of terms by first word, so that finding costs no more for many of them."""

    def __init__(self) -> None:
        """Make an empty index."""
        self._by_first: defaultdict[str, list[_Term[T]]] = defaultdict(list)
        self._cache: dict[str, tuple[Hit[T], ...]] = {}

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def add(self, text: str | None, thing: T, how: str = WORDS) -> None:
        """Look for `text` from now on, and give `thing` where it is found."""
        words = tuple(fold(text or "").split())
        if words:
            self._by_first[words[0]].append(_Term(words, how, thing))

    def add_id(self, id: str, thing: T) -> None:
        """Look for an id `space:key` and for its key alone.

        A key of one word is found only as an unbroken token (`juan`, not within `juan-perez`), a
        key without a letter only behind its space: alone it could be any number.
        """
        key = id.partition(":")[2] or id
        how = WORDS if len(fold(key).split()) > 1 else TOKEN
        self.add(id, thing, how)
        if any(char.isalpha() for char in key):
            self.add(key, thing, how)

    def find(self, text: str) -> tuple[Hit[T], ...]:
        """Return all hits in `text`, in order; one thing may be found several times."""
        if not self._by_first:
            return ()
        if text not in self._cache:
            self._cache[text] = tuple(self._search(text))
        return self._cache[text]

    def _search(self, text: str) -> Iterator[Hit[T]]:
        folded = fold(text).split()
        if not self._by_first.keys().isdisjoint(folded):
            found = False
            for hit in self._spans(text):
                found = True
                yield hit
            if not found:
                # The two ways of cutting words disagree: then the whole text is the hit.
                for term in self._matches(folded):
                    yield Hit(0, len(text), term.thing)
        if "%" in text and (decoded := unquote(text)) != text:
            for hit in self.find(decoded):
                yield Hit(0, len(text), hit.thing)

    def _matches(self, words: list[str]) -> Iterator[_Term[T]]:
        for at, word in enumerate(words):
            for term in self._by_first.get(word, ()):
                if term.how == WORDS and tuple(words[at : at + len(term.words)]) == term.words:
                    yield term

    def _spans(self, text: str) -> Iterator[Hit[T]]:
        pieces = list(_pieces(text))
        words = [word for word, _, _ in pieces]
        for at, word in enumerate(words):
            for term in self._by_first.get(word, ()):
                until = at + len(term.words)
                if tuple(words[at:until]) != term.words:
                    continue
                start, end = pieces[at][1], pieces[until - 1][2]
                if term.how == WHOLE and len(words) != len(term.words):
                    continue
                if term.how == TOKEN and (
                    text[start - 1 : start] in tuple(_JOINS) or text[end : end + 1] in tuple(_JOINS)
                ):
                    continue
                yield Hit(start, end, term.thing)


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each folded word of `text` with the place of the letters that it comes from."""
    for joined, run in groupby(enumerate(text), key=lambda numbered: _joins(numbered[1])):
        if joined:
            places = [at for at, _ in run]
            start, end = places[0], places[-1] + 1
            for word in fold(text[start:end]).split():
                yield word, start, end


@lru_cache(maxsize=4096)
def _joins(char: str) -> bool:
    """Return whether `char` goes on with a word: a letter, a digit, an accent, or nothing seen."""
    return " " not in fold(f"a{char}a")
