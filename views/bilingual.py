"""Two versions of the same data in one: what both say alike stands once, and no pair twice."""

from __future__ import annotations

import json
from typing import Any

WORD = "w"
"""The only key of a map that stands for a pair."""


def bilingual(en: dict[str, Any], es: dict[str, Any]) -> dict[str, Any]:
    """Return the two as one, with the pairs that differ in it under `words`.

    Where the two differ stands `{"w": n}`: in English `words["en"][n]`, in Spanish
    `words["es"][n]`. Values are what JSON can hold. What only one of two maps has is blank in the
    other: a name that is cut in one language alone.
    """
    pairs: dict[str, int] = {}
    words: dict[str, list[Any]] = {"en": [], "es": []}

    def merged(one: Any, other: Any) -> Any:
        if one == other:
            return one
        if isinstance(one, dict) and isinstance(other, dict):
            names = {**one, **other}
            return {name: merged(one.get(name, ""), other.get(name, "")) for name in names}
        if isinstance(one, list | tuple) and isinstance(other, list | tuple):
            if len(one) == len(other):
                return [merged(*both) for both in zip(one, other, strict=True)]
        number = pairs.setdefault(json.dumps((one, other)), len(pairs))
        if number == len(words["en"]):
            words["en"].append(one)
            words["es"].append(other)
        return {WORD: number}

    return {**merged(en, es), "words": words}
