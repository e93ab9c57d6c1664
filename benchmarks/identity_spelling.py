"""How names get misspelt, shortened and stripped on their way into a list."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence

SOUNDS = (
    ("z", "s"), ("s", "z"), ("v", "b"), ("b", "v"), ("ll", "y"), ("y", "ll"), ("ge", "je"),
    ("gi", "ji"), ("qu", "k"), ("ce", "se"), ("ci", "si"), ("x", "s"), ("nn", "n"), ("rr", "r"),
    ("h", ""), ("i", "y"), ("y", "i"), ("ch", "sh"), ("j", "jh"), ("o", "ho"), ("e", "he"),
)  # fmt: skip
"""Spellings that sound alike, or that people take for one another."""


def accentless(text: str) -> str:
    """Return `text` without accents."""
    letters = unicodedata.normalize("NFD", text)
    return "".join(char for char in letters if not unicodedata.combining(char))


def misspelt(name: str, dice: random.Random) -> str:
    """Return a name with one word misspelt: as it sounds, or by a slip of the finger."""
    words = name.split()
    places = [i for i, word in enumerate(words) if len(word) > 3]
    place = dice.choice(places)
    word = words[place]
    if dice.random() < 0.5:
        plain = accentless(word).lower()
        found = [pair for pair in SOUNDS if pair[0] in plain]
        if found:
            old, new = dice.choice(found)
            words[place] = plain.replace(old, new, 1).capitalize()
            return " ".join(words)
    at = dice.randrange(1, len(word) - 1)
    words[place] = dice.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + dice.choice("aeiourns") + word[at + 1 :],
        )
    )
    return " ".join(words)


def initials(given: Sequence[str], surnames: Sequence[str], dice: random.Random) -> str:
    """Return a name of two given names and two surnames with some as initials."""
    one, two = given
    return dice.choice(
        (
            f"{one[0]}. {two[0]}. {' '.join(surnames)}",
            f"{one} {two[0]}. {surnames[0]}",
            f"{one} {two[0]}. {' '.join(surnames)}",
            f"{one} {surnames[0]} {surnames[1][0]}.",
            f"{one[0]}. {' '.join(surnames)}",
        )
    )
