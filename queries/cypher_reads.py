"""What a Cypher text reads of things: properties by their names, and all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from vinculos.queries.cypher_tokens import CLOSING, Token, sign_at

_BEFORE_A_LIST = frozenset(
    """
    ALL AND AS BY CASE CONTAINS DISTINCT ELSE IN IS LIMIT NOT OR RETURN SKIP THEN UNWIND WHEN WHERE
    WITH XOR
    """.split()
)
"""Keywords after which a square bracket begins a list; after anything else it takes a part."""
_AGGREGATING = ("COUNT", "COLLECT", "SUM", "MIN", "MAX", "AVG", "STDEV", "PERCENTILECONT")
_PROJECTING = ("RETURN", "WITH")
_AFTER_SORTING = frozenset(
    "SKIP OFFSET LIMIT WHERE MATCH OPTIONAL UNWIND CALL WITH RETURN UNION".split()
)
_WAYS = ("ASC", "ASCENDING", "DESC", "DESCENDING")


class Read(NamedTuple):
    """One reading of a property: of what, its name, and the span of both."""

    variable: str
    name: str
    start: int
    end: int


def find_reads(tokens: Sequence[Token]) -> Iterator[Read]:
    """Yield each `variable.name`."""
    for place, token in enumerate(tokens):
        if token.is_name and sign_at(tokens, place - 1) != "." and _is_read(tokens, place + 1):
            name = tokens[place + 2]
            yield Read(token.text, name.text, token.start, name.end)


def find_unnamed_reads(
    text: str, tokens: Sequence[Token], partners: Mapping[int, int]
) -> Iterator[Read]:
    """Yield each reading of what has no name of its own: `map.a.name`, `list[0].name`."""
    openings = {closing: opening for opening, closing in partners.items()}
    for place, token in enumerate(tokens):
        chained = token.is_name and sign_at(tokens, place - 1) == "."
        if (chained or sign_at(tokens, place) in (")", "]", "}")) and _is_read(tokens, place + 1):
            start, name = tokens[_operand(tokens, openings, place)].start, tokens[place + 2]
            yield Read(text[start : token.end], name.text, start, name.end)


def find_wholes(text: str, tokens: Sequence[Token], partners: Mapping[int, int]) -> Iterator[str]:
    """Yield what all properties may be read of at once.

    That is, whatever it is called there: `v {.name}`, `v {.*}`, `properties(v)`, and `v[…]` unless
    it asks for a place in a list.
    """
    openings = {closing: opening for opening, closing in partners.items()}
    counters = _counters(tokens, partners)
    for opening, closing in sorted(partners.items()):
        if not opening:
            continue
        inside, before = tokens[opening + 1 : closing], tokens[opening - 1]
        sign = tokens[opening].text
        if sign == "(" and before.is_word("PROPERTIES"):
            yield text[tokens[opening].end : tokens[closing].start]
        elif (sign == "[" and _is_taken_from(before) and not _is_position(inside, counters)) or (
            sign == "{" and _is_projection(tokens, opening, partners)
        ):
            start = tokens[_operand(tokens, openings, opening - 1)].start
            yield text[start : before.end]


def find_sort_terms(
    tokens: Sequence[Token], partners: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """Yield the spans of the names and of the `variable.name` that rows are put in order by."""
    projection = 0
    for place, token in enumerate(tokens):
        if token.is_word(*_PROJECTING):
            projection = place
        elif token.is_word("BY") and tokens[place - 1].is_word("ORDER"):
            # Once rows are grouped, the embedded engine knows a property by its column alone.
            grouped = any(part.is_word(*_AGGREGATING) for part in tokens[projection:place])
            for term in _sort_terms(tokens, partners, place + 1):
                is_name = len(term) == 1 and term[0].is_name
                is_read = len(term) == 3 and term[0].is_name and _is_read(term, 1)
                if is_name or (is_read and not grouped):
                    yield term[0].start, term[-1].end


def _sort_terms(
    tokens: Sequence[Token], partners: Mapping[int, int], place: int
) -> Iterator[Sequence[Token]]:
    """Yield what rows are put in order by, each without its direction."""
    begun = place
    while True:
        inside = place < len(tokens) and not tokens[place].is_word(*_AFTER_SORTING)
        sign = sign_at(tokens, place) if inside else ""
        if not inside or sign in (",", *CLOSING.values()):
            yield tokens[begun : place - 1 if tokens[place - 1].is_word(*_WAYS) else place]
            if sign != ",":
                return
            begun = place + 1
        place = partners.get(place, place) + 1


def _is_read(tokens: Sequence[Token], place: int) -> bool:
    """Return whether a dot and the name of a property stand at a place, and no function."""
    return (
        sign_at(tokens, place) == "."
        and place + 1 < len(tokens)
        and tokens[place + 1].is_name
        and sign_at(tokens, place + 2) != "("
    )


def _operand(tokens: Sequence[Token], openings: Mapping[int, int], place: int) -> int:
    """Return where the expression begins whose last token is at a place."""
    while place:
        if place in openings:
            place = openings[place]
            if tokens[place - 1].is_name and not tokens[place - 1].is_word(*_BEFORE_A_LIST):
                place -= 1
            elif place - 1 in openings:
                place -= 1
                continue
        if sign_at(tokens, place - 1) != ".":
            break
        place -= 2
    return place


def _is_taken_from(before: Token) -> bool:
    """Return whether square brackets behind a token take a part of what the graph holds."""
    return ends_an_operand(before) and before.kind != "parameter"


def ends_an_operand(token: Token) -> bool:
    """Return whether an expression, or a part of one, may end with a token."""
    if token.kind == "name":
        return token.text.upper() not in _BEFORE_A_LIST
    return token.kind != "sign" or token.text in CLOSING.values()


def _counters(tokens: Sequence[Token], partners: Mapping[int, int]) -> set[str]:
    """Return the variables of ranges of whole numbers, and those that run over them.

    A range is named before it is used: `range(0, 9) AS places`, then `i IN places`.
    """
    counters: set[str] = set()
    for place, token in enumerate(tokens):
        is_range = token.is_word("RANGE") and place + 1 in partners
        after = partners[place + 1] + 1 if is_range else place + 1
        if not is_range and token.text not in counters:
            continue
        if place > 1 and tokens[place - 1].is_word("IN"):
            counters.add(tokens[place - 2].text)
        elif after + 1 < len(tokens) and tokens[after].is_word("AS"):
            counters.add(tokens[after + 1].text)
    return counters


def _is_position(inside: Sequence[Token], counters: set[str]) -> bool:
    """Return whether what stands in square brackets is a place in a list, or a part of one."""
    depth = 0
    for place, token in enumerate(inside):
        if token.kind == "sign" and token.text in CLOSING:
            depth += 1
        elif token.kind == "sign" and token.text in CLOSING.values():
            depth -= 1
        elif not depth and sign_at(inside, place) == sign_at(inside, place + 1) == ".":
            return True
    first = next((token for token in inside if token.text not in ("-", "(")), None)
    return first is not None and (
        first.kind == "number" or first.text in counters or first.is_word("SIZE", "LENGTH")
    )


def _is_projection(tokens: Sequence[Token], opening: int, partners: Mapping[int, int]) -> bool:
    """Return whether curly brackets pick properties: `{.name}`, `{id: 1, .*}`."""
    place, closing = opening + 1, partners[opening]
    while place < closing:
        if sign_at(tokens, place) == "." and sign_at(tokens, place - 1) in ("{", ","):
            return True
        place = partners.get(place, place) + 1
    return False
