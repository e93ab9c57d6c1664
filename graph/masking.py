"""Replacing names in text, whatever their accents, case and spacing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_MARKS = "[\u0300-\u036f]*"


class Mask:
    """Names to be replaced, each as whole words."""

    def __init__(self) -> None:
        """Start with no name."""
        self._replacements: dict[str, str] = {}
        self._pattern: re.Pattern[str] | None = None

    def __bool__(self) -> bool:
        return bool(self._replacements)

    def add(self, replacement: str, names: Iterable[str], *, single_words: bool = False) -> None:
        """Have each of `names` replaced by `replacement`.

        Args:
            replacement: what to show instead.
            names: full names and aliases; blank ones are passed over.
            single_words: also replace names of one word, which free text may use of others.
        """
        for name in names:
            words = _base(name).split()
            if len(words) > 1 or (single_words and words and len(words[0]) > 2):
                self._replacements[" ".join(words)] = replacement
        self._pattern = None

    def text(self, text: str) -> str:
        """Return `text` with every name replaced."""
        if not text or not self._replacements:
            return text
        if self._pattern is None:
            longest_first = sorted(self._replacements, key=len, reverse=True)
            self._pattern = re.compile(
                r"(?<!\w)(?:" + "|".join(map(_pattern, longest_first)) + r")(?!\w)"
            )
        decomposed = unicodedata.normalize("NFD", text)
        replaced, count = self._pattern.subn(
            lambda match: self._replacements[" ".join(_base(match.group()).split())], decomposed
        )
        return unicodedata.normalize("NFC", replaced) if count else text


def _base(name: str) -> str:
    """Return `name` in lower case without combining marks."""
    decomposed = unicodedata.normalize("NFD", name.lower())
    return re.sub("[\u0300-\u036f]", "", decomposed)


def _pattern(name: str) -> str:
    def letter(char: str) -> str:
        if char == " ":
            return r"\s+"
        cases = {char, char.upper()}
        either = "".join(re.escape(case) for case in sorted(cases) if len(case) == 1)
        return f"[{either}]{_MARKS}" if char.isalpha() else re.escape(char)

    return "".join(letter(char) for char in name)
