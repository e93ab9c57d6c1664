"""The patterns and the reads of properties in a Cypher text, with where they stand in it.

Only as much of the grammar is known as gates need: node and relationship patterns, and what is
read of what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vinculos.graph.read_only import WRITE_WORDS
from vinculos.queries.cypher_reads import (
    Read,
    ends_an_operand,
    find_reads,
    find_sort_terms,
    find_unnamed_reads,
    find_wholes,
)
from vinculos.queries.cypher_tokens import CLOSING, Token, find_partners, read_tokens, sign_at

_ENDS_MATCH = frozenset(
    "WHERE RETURN WITH UNWIND CALL ORDER SET CREATE MERGE DELETE REMOVE UNION FOREACH".split()
)
_WRITING = WRITE_WORDS | {"LOAD"}


class Entry(NamedTuple):
    """One `name: value` in the curly brackets of a pattern: the spans of both and of the value."""

    name: str
    start: int
    end: int
    value: int


@dataclass(frozen=True)
class Pattern:
    """A node or relationship pattern.

    `variable` is '' where it has none; `labels` are its labels or types; `condition` is the span
    of what follows its own WHERE, None where it has none. `insert` is where a variable would go,
    `end` where the pattern's content ends. `repeated` is whether it stands for several (`*1..3`);
    `short` whether the relationship has no brackets (`-->`). `braces` is the span of `{name: …}`
    in it, empty where there is none, and `entries` what stands in there.
    """

    is_node: bool
    variable: str
    labels: tuple[str, ...]
    insert: int
    end: int
    condition: tuple[int, int] | None = None
    repeated: bool = False
    short: bool = False
    braces: tuple[int, int] = (0, 0)
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class Statement:
    """What gates ask of a Cypher text.

    `reads` are those of properties of variables, `unnamed` those of what has no name of its own;
    of `wholes` all properties may be read at once; `sort_terms` are the spans of the names that
    rows are put in order by; `writing` is the first keyword that writes, or ''.
    """

    text: str
    patterns: Sequence[Pattern] = ()
    reads: Sequence[Read] = ()
    unnamed: Sequence[Read] = ()
    wholes: Sequence[str] = ()
    sort_terms: Sequence[tuple[int, int]] = ()
    writing: str = ""
    nodes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    relationships: Mapping[str, frozenset[str]] = field(default_factory=dict)


def parse(text: str) -> Statement:
    """Return the patterns of a Cypher text, and what it reads of which variable."""
    tokens = list(read_tokens(text))
    partners = find_partners(tokens)
    patterns = [*_nodes(tokens, partners), *_relationships(tokens, partners)]
    named: dict[bool, dict[str, set[str]]] = {True: {}, False: {}}
    for pattern in patterns:
        if pattern.variable:
            named[pattern.is_node].setdefault(pattern.variable, set()).update(pattern.labels)
    return Statement(
        text,
        sorted(patterns, key=lambda pattern: pattern.insert),
        list(find_reads(tokens)),
        list(find_unnamed_reads(text, tokens, partners)),
        list(find_wholes(text, tokens, partners)),
        list(find_sort_terms(tokens, partners)),
        _first_writing(tokens),
        {name: frozenset(labels) for name, labels in named[True].items()},
        {name: frozenset(labels) for name, labels in named[False].items()},
    )


def _first_writing(tokens: Sequence[Token]) -> str:
    """Return the first keyword that begins a clause that writes; a name may read like one."""
    for place, token in enumerate(tokens[:-1]):
        after = tokens[place + 1]
        if not token.is_word(*_WRITING) or not (after.is_name or after.text == "("):
            continue
        if token.is_word("LOAD") and not after.is_word("CSV"):
            continue
        before = tokens[place - 1] if place else None
        if before is None or ends_an_operand(before) or before.text in ("{", "|"):
            return token.text.upper()
    return ""


def names(text: str) -> set[str]:
    """Return all names and keywords of a Cypher text, in capitals."""
    return {token.text.upper() for token in read_tokens(text) if token.is_name}


def _nodes(tokens: Sequence[Token], partners: Mapping[int, int]) -> Iterator[Pattern]:
    matching = [False]
    for place, token in enumerate(tokens):
        if token.is_word("MATCH"):
            matching[-1] = True
        elif token.is_word(*_ENDS_MATCH):
            matching[-1] = False
        elif token.kind == "sign" and token.text in ")]}" and len(matching) > 1:
            matching.pop()
        if sign_at(tokens, place) == "(" and place in partners:
            closing = partners[place]
            if _beside_a_relationship(tokens, place, closing) or (
                matching[-1] and _begins_a_path(tokens, place)
            ):
                pattern = _content(tokens, place, closing, partners, is_node=True)
                if pattern:
                    yield pattern
        if token.kind == "sign" and token.text in CLOSING:
            matching.append(False)


def _beside_a_relationship(tokens: Sequence[Token], place: int, closing: int) -> bool:
    after = sign_at(tokens, closing + 1) + sign_at(tokens, closing + 2)
    before = sign_at(tokens, place - 2) + sign_at(tokens, place - 1)
    return after in ("-[", "--", "<-") or before in ("]-", "->", "--")


def _begins_a_path(tokens: Sequence[Token], place: int) -> bool:
    before = tokens[place - 1] if place else None
    return before is not None and (before.is_word("MATCH") or before.text in (",", "="))


def _relationships(tokens: Sequence[Token], partners: Mapping[int, int]) -> Iterator[Pattern]:
    for place, token in enumerate(tokens):
        if sign_at(tokens, place) != "-":
            continue
        begins = sign_at(tokens, place - 1) == ")" or (
            sign_at(tokens, place - 2) + sign_at(tokens, place - 1) == ")<"
        )
        if begins and sign_at(tokens, place + 1) == "[" and place + 1 in partners:
            pattern = _content(tokens, place + 1, partners[place + 1], partners, is_node=False)
            if pattern:
                yield pattern
        elif begins and sign_at(tokens, place + 1) == "-":
            arrow = place + 2 if sign_at(tokens, place + 2) == ">" else place + 1
            if sign_at(tokens, arrow + 1) == "(":
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
    if tokens[place].is_name and not tokens[place].is_word("WHERE", "IS"):
        variable, place = tokens[place].text, place + 1
    if sign_at(tokens, place) == ":" or tokens[place].is_word("IS"):
        place += 1
        while place < closing and (tokens[place].is_name or tokens[place].text in (":", "|", "&")):
            if tokens[place].is_word("WHERE"):
                break
            if tokens[place].is_name:
                labels.append(tokens[place].text)
            place += 1
        if sign_at(tokens, place) in ("!", "%", "("):
            # A label expression: what it matches is not followed, so it counts as any label.
            labels.clear()
            while place < closing and sign_at(tokens, place) != "{":
                if tokens[place].is_word("WHERE"):
                    break
                place += 1
    repeated = sign_at(tokens, place) == "*"
    while repeated and place < closing and sign_at(tokens, place) != "{":
        place += 1
    braces, entries = (0, 0), tuple[Entry, ...]()
    if sign_at(tokens, place) == "{" and place in partners:
        braces = tokens[place].start, tokens[partners[place]].end
        entries = tuple(_entries(tokens, place, partners))
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
    return Pattern(
        is_node,
        variable,
        tuple(labels),
        tokens[opening].end,
        end,
        condition,
        repeated,
        braces=braces,
        entries=entries,
    )


def _entries(tokens: Sequence[Token], opening: int, partners: Mapping[int, int]) -> Iterator[Entry]:
    """Yield the entries of a map."""
    place, begun = opening + 1, opening + 1
    while place <= partners[opening]:
        if sign_at(tokens, place) in (",", "}"):
            if place > begun + 2 and sign_at(tokens, begun + 1) == ":":
                name, end = tokens[begun], tokens[place - 1].end
                yield Entry(name.text, name.start, end, tokens[begun + 2].start)
            begun = place + 1
        place = partners.get(place, place) + 1
