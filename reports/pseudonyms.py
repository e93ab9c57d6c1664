"""Pseudonyms compared: two runs of a report are the same if a renaming makes them so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from vinculos.graph.audience import Audience
from vinculos.graph.withheld_people import pseudonym_words

Row = tuple[str, ...]


class Renaming:
    """Which pseudonym of now is which of then: found on the way, one for one, over all answers."""

    def __init__(self, audience: Audience, lang: str) -> None:
        """Know no pair yet; the audience says which words are pseudonyms."""
        words = "|".join(map(re.escape, sorted(pseudonym_words(audience, lang), reverse=True)))
        self._pattern = re.compile(rf"\b(?:{words}) \d+\b" if words else r"(?!)")
        self._then: dict[str, str] = {}

    def apply(self, then: Sequence[Row], now: Sequence[Row]) -> list[Row]:
        """Return the rows of now with the pseudonyms that they had then.

        Rows that are alike but for pseudonyms are paired, those without a rival first; one that
        would need a second name for somebody keeps the first, and so differs.
        """
        alike: defaultdict[Row, tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
        for place, rows in enumerate((then, now)):
            for row in rows:
                alike[self._masked(row)][place].append(row)
        for before, after in sorted(alike.values(), key=lambda pair: len(pair[0])):
            for row in after:
                known = self._told(row)
                if before:
                    at = before.index(known) if known in before else 0
                    self._learn(before.pop(at), row)
        return [self._told(row) for row in now]

    def are_in(self, rows: Sequence[Row]) -> bool:
        """Return whether any pseudonym is in these rows."""
        return any(self._pattern.search(cell) for row in rows for cell in row)

    def _told(self, row: Row) -> Row:
        return tuple(self._pattern.sub(self._renamed, cell) for cell in row)

    def _masked(self, row: Row) -> Row:
        return tuple(self._pattern.sub("\0", cell) for cell in row)

    def _learn(self, then: Row, now: Row) -> None:
        for before, after in zip(then, now, strict=True):
            pairs = zip(self._pattern.findall(before), self._pattern.findall(after), strict=True)
            for old, new in pairs:
                if new not in self._then and old not in self._then.values():
                    self._then[new] = old

    def _renamed(self, match: re.Match[str]) -> str:
        # What has no pair is somebody who was not there.
        return self._then.get(match[0], f"{match[0]}*")
