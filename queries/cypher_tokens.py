"""The tokens of a Cypher text, and which brackets belong together.

Strings and comments are one token or none: what they hold is never looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

_TOKEN = re.compile(
    r"""(?P<space>\s+ | //[^\n]* | /\*.*?\*/)
    | (?P<string>'(?:\\.|[^'\\])*' | "(?:\\.|[^"\\])*")
    | (?P<quoted>`(?:``|[^`])*`)
    | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
    | (?P<parameter>\$\w+)
    | (?P<name>[^\W\d]\w*)
    | (?P<sign>.)""",
    re.DOTALL | re.VERBOSE,
)
CLOSING: Mapping[str, str] = {"(": ")", "[": "]", "{": "}"}


class Token(NamedTuple):
    """A piece of the text: its kind, what it says (a quoted name without its quotes), its span."""

    kind: str
    text: str
    start: int
    end: int

    @property
    def is_name(self) -> bool:
        """Whether it may be the name of something; keywords look alike."""
        return self.kind in ("name", "identifier")

    def is_word(self, *words: str) -> bool:
        """Return whether it is one of these keywords, in whatever case."""
        return self.kind == "name" and self.text.upper() in words


def read_tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a Cypher text, without spaces and comments."""
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        said = match[0]
        if kind == "quoted":
            kind, said = "identifier", said[1:-1].replace("``", "`")
        if kind != "space":
            yield Token(kind, said, match.start(), match.end())


def find_partners(tokens: Sequence[Token]) -> dict[int, int]:
    """Return for each opening bracket the place of its closing one."""
    partners: dict[int, int] = {}
    open_: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        if token.text in CLOSING:
            open_.append(place)
        elif open_ and token.text == CLOSING[tokens[open_[-1]].text]:
            partners[open_.pop()] = place
    return partners


def sign_at(tokens: Sequence[Token], place: int) -> str:
    """Return the sign at a place, '' where there is none."""
    inside = 0 <= place < len(tokens) and tokens[place].kind == "sign"
    return tokens[place].text if inside else ""
