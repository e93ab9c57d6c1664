"""The last look at what is about to be written: does it say anything that its reader may not see?

Redaction works on rows, before they are laid out. This reads the finished bytes, as a reader could:
through HTML and JSON escapes, through the parts of a workbook or document, names of files included.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from vinculos.errors import UsageError, VinculosError
from vinculos.graph.secrets import ACCOUNT, SHARED
from vinculos.graph.withheld import Withheld
from vinculos.language import gettext as _

_ZIP = b"PK\x03\x04"
# What the program itself brings to a page; nothing of the data can stand there, since the page's
# policy names the hash of each.
_OURS = re.compile(
    r"<style\b[^>]*>.*?</style>|<script\b(?![^>]*application/json)[^>]*>.*?</script>",
    re.DOTALL | re.IGNORECASE,
)
# Those that a reader sees or follows; anchors, classes and the like are the layout's own. What is
# before a name is matched, not looked back at, which is slow; so the quote at the end is left.
_ATTRIBUTE = re.compile(
    r"""[\s"'](?:title|alt|aria-label|href|src|Target|value|content|placeholder|data-[\w-]+|
    name|display|tooltip|descr)=(?:"(?!\#)([^"]*)(?=")|'(?!\#)([^']*)(?='))""",
    re.VERBOSE,
)
_ISLAND = re.compile(r"<script\b[^>]*application/json[^>]*>[^<]*</script>", re.IGNORECASE)
"""Data in which no attribute can stand, as no tag can; its texts are read line by line."""
_BREAKS = re.compile(r"</?(?:p|div|li|tr|td|th|h[1-6]|br|w:p|w:tr|w:tc|si|row|c)\b[^>]*>")
_TAG = re.compile(r"<[^<>]*>")
_JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\[nrt\"/\\]")
_EDGES = ' ",[]'
"""What may stand around a text in JSON."""
_ALLOWED = (ACCOUNT, SHARED)
"""Secrets of which a finished text cannot tell whether it says them: who loaded is a word like
another; a source that adults' claims cite too may be named for these."""


def check(content: bytes, withheld: Withheld, name: str = "") -> None:
    """Refuse what says something withheld.

    Args:
        content: the bytes to be written: text of any format, a page, or a ZIP container.
        withheld: what the reader may not see; nothing is looked at where it is nothing.
        name: the file's name.

    Raises:
        VinculosError: it is there; the message says what kind of secret, never which.
        UsageError: it is in the name.
    """
    if not withheld:
        return
    if kind := _secret(_lines(name), withheld):
        raise UsageError(
            _(
                "The name of the file says what the audience {audience} may not see ({kind}), "
                "so nothing was written."
            ).format(audience=withheld.audience.name, kind=kind),
            _("Choose another name for it."),
        )
    if kind := _secret((text for lines in texts(content) for text in lines), withheld):
        raise VinculosError(
            _(
                "The answer would show what the audience {audience} may not see ({kind}), "
                "so nothing was written."
            ).format(audience=withheld.audience.name, kind=kind),
            _("Please report this as a fault. --audience internal writes everything."),
        )


def _secret(lines: Iterable[str], withheld: Withheld) -> str:
    """Return what kind of secret the first is that is refused; nothing where none is."""
    terms = withheld.terms
    # Most texts of a page stand in it more than once, in its data as in its tables.
    for text in terms.sift({line.strip(_EDGES) for line in lines}):
        # Places are looked for, which is slow, only where a word could be of what is refused.
        if all(secret.kind in _ALLOWED for secret in terms.suspected(text)):
            continue
        for hit in terms.find(text):
            if hit.thing.kind not in _ALLOWED:
                return hit.thing.kind
    return ""


def texts(content: bytes) -> Iterator[set[str]]:
    """Yield the texts that a reader could find in finished bytes, part by part."""
    if content.startswith(_ZIP):
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            for member in container.infolist():
                yield {member.filename}
                data = container.read(member)
                if member.filename.endswith((".xml", ".rels")):
                    yield from _marked_up(data.decode("utf-8", "replace"))
                else:
                    yield from texts(data)
        return
    text = content.decode("utf-8", "replace")
    if text[:200].lstrip().lower().startswith(("<!doctype html", "<html", "<svg", "<?xml")):
        yield from _marked_up(text)
    else:
        yield _lines(text)


def _marked_up(text: str) -> Iterator[set[str]]:
    kept = _OURS.sub("\n", text)
    for match in _ATTRIBUTE.finditer(_ISLAND.sub("\n", kept)):
        yield _lines(match[1] or match[2] or "")
    broken = _BREAKS.sub("\n", kept)
    yield _lines(html.unescape(_TAG.sub("", broken)))


def _lines(text: str) -> set[str]:
    """Return each line as it stands, and with its JSON, HTML and URL escapes undone."""
    lines = set(text.splitlines())
    # Many times faster than a regular expression, in lines that are short.
    escaped = {line for line in lines if "\\" in line or "&" in line or "%" in line}
    lines -= escaped
    for line in escaped:
        versions = {line}
        for undo in (_undo_json, html.unescape, unquote, unquote):
            versions |= {undo(version) for version in versions}
        # A text with an escape left would be looked into as a whole, and hits lose their place.
        lines |= {version.replace("%", " ") for version in versions}
    return lines


def _undo_json(text: str) -> str:
    return _JSON_ESCAPE.sub(_unescaped, text)


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else " "
