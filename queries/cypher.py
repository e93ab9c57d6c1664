"""The patterns and the reads of properties in a Cypher text, with where they stand in it.

Only as much of the grammar is known as gates need: tokens, brackets, node and relationship
patterns, `variable.property`. Strings and comments are never looked into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
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
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_ENDS_MATCH = frozenset(
    "WHERE RETURN WITH UNWIND CALL ORDER SET CREATE MERGE DELETE REMOVE UNION FOREACH".split()
)
WRITING = frozenset("CREATE MERGE SET DELETE DETACH REMOVE FOREACH LOAD DROP".split())


class Token(NamedTuple):
    """A piece of the text: its kind, what it says (a quoted name without its quotes), its span."""

    kind: str
    text: str
    start: int
    end: int

    def is_word(self, *words: str) -> bool:
        """Return whether it is one of these keywords, in whatever case."""
        return self.kind == "name" and self.text.upper() in words


@dataclass(frozen=True)
class Pattern:
    """A node or relationship pattern.

    `variable` is '' where it has none; `labels` are its labels or types; `condition` is the span
    of what follows its own WHERE, None where it has none. `insert` is where a variable would go,
    `end` where the pattern's content ends. `repeated` is whether it stands for several (`*1..3`);
    `short` whether the relationship has no brackets (`-->`).
    """

    is_node: bool
    variable: str
    labels: tuple[str, ...]
    insert: int
    end: int
    condition: tuple[int, int] | None = None
    repeated: bool = False
    short: bool = False


class Read(NamedTuple):
    """One reading of a property: `variable.name`, with its span."""

    variable: str
    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Statement:
    """What gates ask of a Cypher text.

    `wholes` are uses of a variable that reach all its properties at once: `v[…]`, `v {…}`,
    `properties(v)`; `writing` is the first keyword that writes, or ''.
    """

    text: str
    patterns: Sequence[Pattern] = ()
    reads: Sequence[Read] = ()
    wholes: Sequence[str] = ()
    writing: str = ""
    nodes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    relationships: Mapping[str, frozenset[str]] = field(default_factory=dict)


def parse(text: str) -> Statement:
    """Return the patterns of a Cypher text, and what it reads of which variable."""
    tokens = list(_tokens(text))
    partners = _partners(tokens)
    patterns = [*_nodes(tokens, partners), *_relationships(tokens, partners)]
    named: dict[bool, dict[str, set[str]]] = {True: {}, False: {}}
    for pattern in patterns:
        if pattern.variable:
            named[pattern.is_node].setdefault(pattern.variable, set()).update(pattern.labels)
    return Statement(
        text,
        sorted(patterns, key=lambda pattern: pattern.insert),
        list(_reads(tokens)),
        list(_wholes(tokens, partners, {*named[True], *named[False]})),
        next((token.text.upper() for token in tokens if token.is_word(*WRITING)), ""),
        {name: frozenset(labels) for name, labels in named[True].items()},
        {name: frozenset(labels) for name, labels in named[False].items()},
    )


def names(text: str) -> set[str]:
    """Return all names and keywords of a Cypher text, in capitals."""
    return {token.text.upper() for token in _tokens(text) if token.kind in ("name", "identifier")}


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        said = match[0]
        if kind == "quoted":
            kind, said = "identifier", said[1:-1].replace("``", "`")
        if kind != "space":
            yield Token(kind, said, match.start(), match.end())


def _partners(tokens: Sequence[Token]) -> dict[int, int]:
    """Return for each opening bracket the place of its closing one."""
    partners: dict[int, int] = {}
    open_: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind != "sign":
            continue
        if token.text in _CLOSING:
            open_.append(place)
        elif open_ and token.text == _CLOSING[tokens[open_[-1]].text]:
            partners[open_.pop()] = place
    return partners


def _sign(tokens: Sequence[Token], place: int) -> str:
    inside = 0 <= place < len(tokens) and tokens[place].kind == "sign"
    return tokens[place].text if inside else ""


def _nodes(tokens: Sequence[Token], partners: Mapping[int, int]) -> Iterator[Pattern]:
    matching = [False]
    for place, token in enumerate(tokens):
        if token.is_word("MATCH"):
            matching[-1] = True
        elif token.is_word(*_ENDS_MATCH):
            matching[-1] = False
        elif token.kind == "sign" and token.text in ")]}" and len(matching) > 1:
            matching.pop()
        if _sign(tokens, place) == "(" and place in partners:
            closing = partners[place]
            if _beside_a_relationship(tokens, place, closing) or (
                matching[-1] and _begins_a_path(tokens, place)
            ):
                pattern = _content(tokens, place, closing, partners, is_node=True)
                if pattern:
                    yield pattern
        if token.kind == "sign" and token.text in _CLOSING:
            matching.append(False)


def _beside_a_relationship(tokens: Sequence[Token], place: int, closing: int) -> bool:
    after = _sign(tokens, closing + 1) + _sign(tokens, closing + 2)
    before = _sign(tokens, place - 2) + _sign(tokens, place - 1)
    return after in ("-[", "--", "<-") or before in ("]-", "->", "--")


def _begins_a_path(tokens: Sequence[Token], place: int) -> bool:
    before = tokens[place - 1] if place else None
    return before is not None and (before.is_word("MATCH") or before.text in (",", "="))


def _relationships(tokens: Sequence[Token], partners: Mapping[int, int]) -> Iterator[Pattern]:
    for place, token in enumerate(tokens):
        if _sign(tokens, place) != "-":
            continue
        begins = _sign(tokens, place - 1) == ")" or (
            _sign(tokens, place - 2) + _sign(tokens, place - 1) == ")<"
        )
        if begins and _sign(tokens, place + 1) == "[" and place + 1 in partners:
            pattern = _content(tokens, place + 1, partners[place + 1], partners, is_node=False)
            if pattern:
                yield pattern
        elif begins and _sign(tokens, place + 1) == "-":
            arrow = place + 2 if _sign(tokens, place + 2) == ">" else place + 1
            if _sign(tokens, arrow + 1) == "(":
                yield Pattern(False, "", (), token.end, token.end, short=True)


def _content(
    tokens: Sequence[Token],
    opening: int,
    closing: int,
    partners: Mapping[int, int],
    *,
    is_node: bool,
) -> Pattern | None:
    """Return the pattern between two brackets, None where there is none."""
    place, variable, labels = opening + 1, "", []
    if tokens[place].kind in ("name", "identifier") and not tokens[place].is_word("WHERE", "IS"):
        variable, place = tokens[place].text, place + 1
    if _sign(tokens, place) == ":" or tokens[place].is_word("IS"):
        place += 1
        while place < closing and (
            tokens[place].kind in ("name", "identifier") or tokens[place].text in (":", "|", "&")
        ):
            if tokens[place].is_word("WHERE"):
                break
            if tokens[place].kind in ("name", "identifier"):
                labels.append(tokens[place].text)
            place += 1
        if _sign(tokens, place) in ("!", "%", "("):
            # A label expression: what it matches is not followed, so it counts as any label.
            labels.clear()
            while place < closing and _sign(tokens, place) != "{":
                if tokens[place].is_word("WHERE"):
                    break
                place += 1
    repeated = _sign(tokens, place) == "*"
    while repeated and place < closing and _sign(tokens, place) != "{":
        place += 1
    if _sign(tokens, place) == "{" and place in partners:
        place = partners[place] + 1
    elif place < closing and tokens[place].kind == "parameter":
        place += 1
    condition = None
    if place < closing and tokens[place].is_word("WHERE"):
        condition = (tokens[place].end, tokens[closing - 1].end)
        place = closing
    if place != closing:
        return None
    end = tokens[closing - 1].end
    return Pattern(is_node, variable, tuple(labels), tokens[opening].end, end, condition, repeated)


def _reads(tokens: Sequence[Token]) -> Iterator[Read]:
    for place, token in enumerate(tokens):
        if (
            token.kind in ("name", "identifier")
            and _sign(tokens, place + 1) == "."
            and place + 2 < len(tokens)
            and tokens[place + 2].kind in ("name", "identifier")
            and _sign(tokens, place + 3) != "("
            and _sign(tokens, place - 1) != "."
        ):
            name = tokens[place + 2]
            yield Read(token.text, name.text, token.start, name.end)


def _wholes(
    tokens: Sequence[Token], partners: Mapping[int, int], variables: set[str]
) -> Iterator[str]:
    for place, token in enumerate(tokens):
        if token.kind not in ("name", "identifier") or token.text not in variables:
            continue
        before = tokens[place - 1] if place else None
        if before is not None and before.text in (".", "$", ":"):
            continue
        called = tokens[place - 2] if place > 1 else None
        if _sign(tokens, place + 1) == "[" or (
            _sign(tokens, place + 1) == "{"
            and _sign(tokens, place - 1) not in ("(", "[")
            and place + 1 in partners
        ):
            yield token.text
        elif (
            _sign(tokens, place - 1) == "(" and called is not None and called.is_word("PROPERTIES")
        ):
            yield token.text
