"""Which characters of the data may reach a terminal, a file or a page."""

from __future__ import annotations

import json
import re
from typing import Any

# C0 but tab and newline, DEL, C1, bidi controls and lone surrogates: none is ever part of a name,
# and a terminal would obey some of them.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


_NOT_IN_JSON = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """Return `text` without what a terminal would obey and nobody would see."""
    return _UNSEEN.sub("", text)


def to_json(value: Any, indent: int | None = None) -> str:
    """Return `value` as JSON in which no control or bidi character stands bare."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _NOT_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
