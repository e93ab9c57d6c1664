"""Texts to look for inside other texts, whole words only, without accents and case."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterator, Set
from functools import lru_cache
from itertools import compress, count, groupby
from typing import Generic, NamedTuple, TypeVar
from urllib.parse import unquote

from vinculos.graph.folding import MARK, fold, folded_words, words_together

T = TypeVar("T")

WORDS, TOKEN, DATE, WHOLE = "words", "token", "date", "whole"
"""How a term is found: as words anywhere, as one unbroken token, as a date in figures (`7/1/2025`
or `2025-01-07`, not `2025-01,-07`), or as the whole text alone."""

CACHED = 300_000
"""Texts whose hits are kept."""

_JOINS = "-_"
# No word goes on over another character of ASCII than a letter or a digit.
_RUN = re.compile(r"[A-Za-z0-9\x80-\U0010ffff]+")
_DATE = re.compile(r"\d+(?:[-/.]\d+)+")


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
    """An index of terms by their words, so that finding costs no more for many of them."""

    def __init__(self) -> None:
        """Make an empty index."""
        self._terms: defaultdict[tuple[str, ...], list[_Term[T]]] = defaultdict(list)
        self._anchors: defaultdict[str, list[tuple[int, list[str]]]] = defaultdict(list)
        self._counts: Counter[str] = Counter()
        self._unindexed: list[tuple[str, ...]] = []
        self._cache: dict[str, tuple[Hit[T], ...]] = {}
        self._without: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._terms)

    def add(self, text: str | None, thing: T, how: str = WORDS) -> None:
        """Look for `text` from now on, and give `thing` where it is found."""
        words = tuple(fold(text or "").split())
        if words:
            self._cache.clear()
            self._without.clear()
            if words not in self._terms:
                self._counts.update(words)
                self._unindexed.append(words)
            self._terms[words].append(_Term(words, how, thing))

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

    def are_in(self, words: list[str]) -> bool:
        """Return whether any term to be found as words stands among these folded words."""
        return any(self._matches(words))

    def find(self, text: str) -> tuple[Hit[T], ...]:
        """Return all hits in `text`, in order; one thing may be found several times."""
        if not self._terms:
            return ()
        if text in self._without:
            return ()
        if (found := self._cache.get(text)) is not None:
            return found
        found = tuple(self._search(text))
        if found:
            self._make_room(1)
            self._cache[text] = found
        else:
            self._remember({text})
        return found

    def found(self, texts: Set[str]) -> Iterator[Hit[T]]:
        """Yield all hits in the texts; those known to have none are passed over at once."""
        if self._terms:
            for text in texts - self._without:
                yield from self.find(text)

    def sift(self, texts: Set[str]) -> set[str]:
        """Return those of the texts in which something may be found; the others are remembered.

        It looks at all of them at once, many times faster than `find` at each.
        """
        if not self._terms:
            return set()
        unknown = texts - self._without
        # Of what is behind an escape, `find` looks at more than the words that stand there.
        held = {text for text in unknown if "%" in text}
        ordered, words = words_together(unknown - held)
        ends = list(compress(count(), map(MARK.__eq__, words)))
        held.update(ordered[bisect(ends, start)] for start, _ in self._at(words))
        self._remember(unknown - held)
        return held

    def suspected(self, text: str) -> Iterator[T]:
        """Yield what `find` may give for a text without `%`: all that its words are those of."""
        if text in self._without:
            return iter(())
        return (term.thing for _, term in self._at(folded_words(text)))

    def _remember(self, without: Set[str]) -> None:
        if len(without) <= CACHED:
            self._make_room(len(without))
            self._without |= without

    def _make_room(self, more: int) -> None:
        if len(self._cache) + len(self._without) + more > CACHED:
            self._cache.clear()
            self._without.clear()

    def _search(self, text: str) -> Iterator[Hit[T]]:
        folded = folded_words(text)
        # Looking for places is slow, and most of what has a term's first word has no more of it.
        if any(self._at(folded)):
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
        return (term for _, term in self._at(words) if term.how == WORDS)

    def _at(self, words: list[str]) -> Iterator[tuple[int, _Term[T]]]:
        """Yield each term that stands among the words, with the place of its first."""
        if self._unindexed:
            self._index()
        anchors = self._anchors
        # Nearly no word of a page is one: they are passed over as fast as Python can.
        for at in compress(count(), map(anchors.__contains__, words)):
            for offset, wanted in anchors[words[at]]:
                start = at - offset
                if start >= 0 and words[start : start + len(wanted)] == wanted:
                    for term in self._terms[tuple(wanted)]:
                        yield start, term

    def _index(self) -> None:
        """Index each new term by the rarest of its words, with the place of that word in it.

        Most addresses begin with the same words, and most ids with those of their space.
        """
        for words in self._unindexed:
            offset = min(range(len(words)), key=lambda at: self._counts[words[at]])
            self._anchors[words[offset]].append((offset, list(words)))
        self._unindexed.clear()

    def _spans(self, text: str) -> Iterator[Hit[T]]:
        pieces = list(_pieces(text))
        words = [word for word, _, _ in pieces]
        for at, term in sorted(self._at(words), key=lambda found: (found[0], len(found[1].words))):
            start, end = pieces[at][1], pieces[at + len(term.words) - 1][2]
            if term.how == WHOLE and len(words) != len(term.words):
                continue
            if term.how == DATE and not _DATE.fullmatch(text, start, end):
                continue
            if term.how in (TOKEN, DATE) and (
                text[start - 1 : start] in tuple(_JOINS) or text[end : end + 1] in tuple(_JOINS)
            ):
                continue
            yield Hit(start, end, term.thing)


def _pieces(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each folded word of `text` with the place of the letters that it comes from."""
    for run in _RUN.finditer(text):
        if run[0].isascii():
            yield run[0].lower(), run.start(), run.end()
            continue
        for joined, part in groupby(range(run.start(), run.end()), key=lambda at: _joins(text[at])):
            if joined:
                places = list(part)
                start, end = places[0], places[-1] + 1
                for word in fold(text[start:end]).split():
                    yield word, start, end


@lru_cache(maxsize=4096)
def _joins(char: str) -> bool:
    """Return whether `char` goes on with a word: a letter, a digit, an accent, or nothing seen."""
    return " " not in fold(f"a{char}a")
