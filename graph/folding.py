"""Text folded for search: no accents, no case, no punctuation, whatever the script."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose but that people type without their stroke.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
)


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return `text` in lower case, without accents, each run of punctuation and space as one space.

    Letters of every script stay. Vowel signs and other marks that spell a different word
    (Devanagari, Thai, Japanese) stay too; only accents, points and the like are dropped.
    """
    if text.isascii():
        letters = text.casefold()
    else:
        parts = unicodedata.normalize("NFKD", text.casefold())
        kept = "".join(char for char in parts if not _dropped(char))
        letters = unicodedata.normalize("NFC", kept.casefold()).translate(_LETTERS)
    return " ".join("".join(char if _is_word(char) else " " for char in letters).split())


def _dropped(char: str) -> bool:
    """Return whether `char` is an accent, a vowel point, or an invisible formatting character."""
    combining = unicodedata.combining(char)
    return 10 <= combining <= 36 or combining >= 200 or unicodedata.category(char) == "Cf"


def _is_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char)[0] == "M"
