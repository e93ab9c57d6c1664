"""Kinds of secret, and what one is: what must not be shown, and what is shown instead."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from vinculos.graph.folding import fold
from vinculos.graph.plain import plain
from vinculos.graph.store import Store
from vinculos.graph.terms import WHOLE, WORDS, Terms

OUT, RESTRICTED, CITATION, SHARED, MINOR, TRACE, ACCOUNT, PSEUDONYM, FIELD, DAY = (
    "out",
    "restricted",
    "citation",
    "shared",
    "minor",
    "trace",
    "account",
    "pseudonym",
    "field",
    "day",
)
"""What is left out with all that speaks of it (a protected person, what hangs on them, a restricted
source's own row); a restricted source; a source that only claims about minors cite; one that others
cite too; a minor; a claim about a minor, or a tie of theirs; who loaded or decided; who or what has
a pseudonym, with their claims and ties; the text of a dropped field; a day made coarser."""
NOTHING = "—"
"""What stands for something that is dropped."""


class Secret(NamedTuple):
    """Something withheld: its kind, whose it is, what is shown instead, who published it."""

    kind: str
    id: str
    shown: str = ""
    publishers: tuple[str, ...] = ()


def read(store: Store, cypher: str, **parameters: Any) -> Iterator[dict[str, Any]]:
    """Yield the rows that a statement answers, as plain data."""
    return (plain(row) for row in store.read(cypher, parameters).rows)


def add_text(terms: Terms[Secret], text: str | None, secret: Secret) -> None:
    """Withhold a title or another text: of a word or two, only where a text is that and no more.

    So short a text is an expression that others use too.
    """
    terms.add(text, secret, WORDS if len(fold(text or "").split()) > 2 else WHOLE)
