"""Two versions of the same data in one: what both say alike stands once."""

from __future__ import annotations

from typing import Any


def merged(en: Any, es: Any) -> Any:
    """Return the two as one value; each part that differs is a map `{en, es}`."""
    if en == es:
        return en
    if isinstance(en, dict) and isinstance(es, dict) and en.keys() == es.keys():
        return {name: merged(en[name], es[name]) for name in en}
    if isinstance(en, list | tuple) and isinstance(es, list | tuple) and len(en) == len(es):
        return [merged(one, other) for one, other in zip(en, es, strict=True)]
    return {"en": en, "es": es}
