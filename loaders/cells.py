"""From the text of a cell to its value, or one clear reason why not."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from rapidfuzz import fuzz, process

from vinculos.graph.dates import parse_date
from vinculos.graph.records import short_hash
from vinculos.graph.words import Words
from vinculos.language import gettext as _
from vinculos.language import spoken
from vinculos.loaders.declare import Column

FLAGS = {
    "true": True,
    "yes": True,
    "1": True,
    "sí": True,
    "si": True,
    "verdadero": True,
    "false": False,
    "no": False,
    "0": False,
    "falso": False,
}
MIDNIGHT = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]00:00(?::00(?:\.0+)?)?")
"""A day with the time of day that spreadsheets give it."""
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""A control character (Unicode's category Cc) but a tab or the end of a line."""
LINKS = ("url", "archived_url")
"""Fields that hold a link."""
KEY_FORBIDS = frozenset(":;@")
"""Characters that no key may hold: they join spaces, lists and homes."""
URL_SPACE = "url"
"""The id space of sources that have a link."""


def parse_cell(column: Column, text: str) -> Any:
    """Return the typed value of a cell that is not blank.

    Args:
        column: its declaration; references stay text here, several as a tuple.
        text: the cell.

    Raises:
        ValueError: the text does not fit; the message says what would.
    """
    # What is ASCII is composed, what is printable has no control character.
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not text.isprintable() and (bad := CONTROL.search(text)):
        said = _("the cell holds the control character U+{code:04X}")
        raise ValueError(said.format(code=ord(bad[0])))
    if column.kind == "text" and column.field not in LINKS:
        return text
    if column.kind == "date":
        return parse_date(text).text
    if column.kind == "number":
        return parse_number(text)
    if column.kind == "flag":
        if text.lower() not in FLAGS:
            raise ValueError(_("write true or false"))
        return FLAGS[text.lower()]
    if column.kind == "word":
        return _word(column.words, text)
    if column.kind in ("list", "refs"):
        parts = tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))
        if column.words is not None:
            for part in parts:
                _word(column.words, part)
        if column.field == "sha256":
            parts = tuple(dict.fromkeys(map(_sha256, parts)))
        return list(parts) if column.kind == "list" else parts
    if column.kind == "id":
        return _key(text)
    if column.field in LINKS:
        return _url(text)
    return text


def parse_number(text: str) -> int | float:
    """Return the number, zero or more, that `text` writes, whole where it can be.

    Raises:
        ValueError: it is none.
    """
    try:
        number = float(text)
    except ValueError:
        raise ValueError(_("write a number such as 30 or 2.5")) from None
    if not 0 <= number < 1e9:
        raise ValueError(_("write a number of zero or more"))
    return int(number) if number.is_integer() else number


def suggest(text: str, choices: list[str]) -> str:
    """Return `; did you mean …?` for the choice most like `text`, or an empty string.

    It is a clause of its own, which a sentence takes at its end.
    """
    best = process.extractOne(text, choices, scorer=fuzz.ratio, score_cutoff=70)
    return _("; did you mean `{name}`?").format(name=best[0]) if best else ""


def source_url_id(url: str) -> str:
    """Return the node id of the source at `url`: the same however many datasets cite it."""
    parts = urlsplit(url)
    plain = urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, parts.query, ""))
    return f"{URL_SPACE}:{short_hash(plain)}"


def _word(words: Words | None, text: str) -> str:
    if words is None or text in words:
        return text
    names = {text for word in words for text in (word, *words.names[word])}
    best = process.extractOne(text, sorted(names), scorer=fuzz.ratio, score_cutoff=70)
    if best:
        meant = next(w for w in words if best[0] == w or best[0] in words.names[w])
        said = _("no {list} has this word; did you mean `{word}`?")
        raise ValueError(said.format(list=words.title(spoken()), word=meant))
    said = _("no {list} has this word; use one of {words}")
    raise ValueError(said.format(list=words.title(spoken()), words=", ".join(words)))


def is_key(text: str) -> bool:
    """Return whether `text` can be a key, alone or behind its space."""
    space, _, key = text.rpartition(":")
    try:
        return bool(_key(key)) and (not space or bool(_key(space)))
    except ValueError:
        return False


def _key(text: str) -> str:
    if not KEY_FORBIDS.isdisjoint(text) or len(text) > 200 or not text.isprintable():
        raise ValueError(_("a key has at most 200 characters, none of them : ; or @"))
    return text


def _sha256(text: str) -> str:
    if not re.fullmatch("[0-9a-fA-F]{64}", text):
        raise ValueError(_("a SHA-256 hash has 64 hexadecimal digits"))
    return text.lower()


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc or " " in text:
        raise ValueError(_("a link begins with http:// or https:// and has no spaces"))
    return text
