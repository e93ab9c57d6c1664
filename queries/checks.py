"""Checks of what the header of a saved question says."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vinculos.errors import UsageError
from vinculos.language import gettext as _


def suggest(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean …?" with the nearest of `known`, or what there is, or nothing."""
    from rapidfuzz import process

    names = list(known)
    nearest = process.extractOne(word, names, score_cutoff=60)
    if nearest:
        return _("Did you mean {name}?").format(name=nearest[0])
    few = 0 < len(names) <= 12
    return _("There is: {names}.").format(names=", ".join(names)) if few else ""


def mapping(value: Any, keys: Iterable[str] | None, what: str) -> dict[str, Any]:
    """Return `value` as a mapping with no other keys than `keys` (any, where None).

    Raises:
        UsageError: it is none, or has another key.
    """
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise UsageError(_("{what} should be a list of `name: value`.").format(what=what))
    for key in value:
        if keys is not None and key not in keys:
            raise UsageError(
                _("{what} has an unknown word {word!r}.").format(what=what, word=key),
                suggest(str(key), keys),
            )
    return {str(key): item for key, item in value.items()}


def one_of(value: Any, known: Iterable[str], what: str, where: str) -> str:
    """Return `value`, which has to be one of `known`.

    Raises:
        UsageError: it is not.
    """
    if value not in known:
        raise UsageError(
            _("{where}: {what} is {value!r}.").format(where=where, what=what, value=value),
            _("Choose one of {words}.").format(words=", ".join(word for word in known if word)),
        )
    return str(value)
