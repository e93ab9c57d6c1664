"""Replacing names in text, whatever their accents, case and spacing."""

from __future__ import annotations

from collections.abc import Iterable

from vinculos.graph.folding import fold
from vinculos.graph.terms import Terms


class Mask:
    """Names to be replaced, each as whole words."""

    def __init__(self) -> None:
        """Start with no name."""
        self._terms: Terms[str] = Terms()

    def __bool__(self) -> bool:
        return bool(self._terms)

    def add(self, replacement: str, names: Iterable[str], *, single_words: bool = False) -> None:
        """Have each of `names` replaced by `replacement`.

        Args:
            replacement: what to show instead.
            names: full names and aliases; blank ones are passed over.
            single_words: also replace names of one word, which free text may use of others.
        """
        for name in names:
            words = fold(name).split()
            if len(words) > 1 or (single_words and words and len(words[0]) > 2):
                self._terms.add(name, replacement)

    def names_in(self, words: list[str]) -> bool:
        """Return whether any name stands among these folded words."""
        return self._terms.are_in(words)

    def text(self, text: str) -> str:
        """Return `text` with every name replaced."""
        written, at = [], 0
        for hit in sorted(self._terms.find(text), key=lambda hit: (hit.start, -hit.end)):
            if hit.start >= at:
                written += [text[at : hit.start], hit.thing]
            at = max(at, hit.end)
        return "".join((*written, text[at:]))
