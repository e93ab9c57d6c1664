"""What may stand in a page: text without hidden characters, links to http and https alone."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

_KEPT_FORMAT = "\u200c\u200d"
"""The joiners that Persian, Indic scripts and some others cannot be written without."""
_FROM_LEFT = re.compile("[\\x00-\u0589\u1e00-\u1fff\u2010-\u2027]*")
"""Texts without a letter or a sign that turns what stands around it."""
_SPACES = re.compile(r"[\t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
_ESCAPED = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


@lru_cache(maxsize=1 << 16)
def clean(text: str) -> str:
    """Return `text` on one line without control, bidi and invisible characters."""
    spaced = _SPACES.sub(" ", text)
    if spaced.isprintable():
        return spaced.strip()
    return "".join(char for char in spaced if _is_seen(char)).strip()


def _is_seen(char: str) -> bool:
    # Cc control, Cf format (bidi, tags, zero width), Cs surrogate, Co private use, Cn unassigned
    return char in _KEPT_FORMAT or unicodedata.category(char)[0] != "C"


@lru_cache(maxsize=1 << 16)
def link(url: str) -> str:
    """Return `url` if it is an http or https address without a user's name, else nothing."""
    cleaned = clean(url)
    if cleaned[:4].lower() != "http":
        return ""
    if cleaned != url.strip() or any(char.isspace() or char in '\\"<>`' for char in cleaned):
        return ""
    try:
        parts = urlsplit(cleaned)
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return ""
    return cleaned


@lru_cache(maxsize=1 << 16)
def isolated(text: str) -> Markup:
    """Return `text` as HTML that leaves the order of what stands around it alone.

    Latin, Greek and Cyrillic need nothing for that: they are written from left to right.
    """
    # Not by Markup.format, which takes as long as all else that a page does with a text.
    if _FROM_LEFT.fullmatch(text):
        return escape(text)
    return Markup("<bdi>") + escape(text) + Markup("</bdi>")


def island(data: Any, item: str = ",") -> Markup:
    """Return `data` as JSON that can stand inside a script element and end nothing early.

    `item` is what stands between two items.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(item, ":"), allow_nan=False)
    for char, escaped in _ESCAPED.items():
        text = text.replace(char, escaped)
    return Markup(text)  # noqa: S704 (nothing is left in it that HTML reads)


def island_lines(data: Any) -> Markup:
    """Return `data` as `island` does, each text on a line: neighbours are not read as one text."""
    return island(data, ",\n")
