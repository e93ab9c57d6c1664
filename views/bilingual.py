"""Two versions of the same data in one: what both say alike stands once."""

from __future__ import annotations

from typing import Any


def merged(en: Any, es: Any) -> Any:
    """Return the two as one value; each part that differs is a map `{en, es}`.

    What only one of two maps has is blank in the other: a name that is cut in one language alone.
    """
    if en == es:
        return en
    if isinstance(en, dict) and isinstance(es, dict):
        return {name: merged(en.get(name, ""), es.get(name, "")) for name in {**en, **es}}
    if isinstance(en, list | tuple) and isinstance(es, list | tuple) and len(en) == len(es):
        return [merged(one, other) for one, other in zip(en, es, strict=True)]
    return {"en": en, "es": es}
