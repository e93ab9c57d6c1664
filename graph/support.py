"""How well a fact is supported: by how many publishers, and how surely.

Publishers are counted by `origin` (the agency or paper that a page copies), else by `publisher`,
so that ten pages which copy one agency are one publisher.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from vinculos.graph.fields import Evidence, SourceOf
from vinculos.graph.words import CONFIDENCE

PUBLISHERS, CONFIDENCE_OF = "publishers", "confidence"
"""Properties of each node and relationship. A field with another support than its node or
relationship has `FIELD_publishers` or `FIELD_confidence` beside it."""
KNOWN = "known_"
"""How the properties of a detention begin that say on which days a status is known."""
_STRENGTH = {word: rank for rank, word in enumerate(CONFIDENCE)}
_WORDS = list(CONFIDENCE)


def is_support(name: str) -> bool:
    """Return whether a property says how well another is supported, for gates to look at."""
    return (
        name in (PUBLISHERS, CONFIDENCE_OF)
        or name.endswith((f"_{PUBLISHERS}", f"_{CONFIDENCE_OF}"))
        or name.startswith(KNOWN)
    )


def confidence_of(field: str, properties: Mapping[str, Any]) -> str:
    """Return how sure a field of a node is, by its properties; '' where they do not say."""
    own = properties.get(f"{field}_{CONFIDENCE_OF}")
    return str(own or properties.get(CONFIDENCE_OF) or "")


def place(confidence: str) -> int:
    """Return the place of a grade of confidence, from the surest on; what is none comes last."""
    return _STRENGTH.get(confidence, len(_WORDS))


def weakest(confidences: Iterable[str]) -> str:
    """Return the least sure of some grades, '' where one of them is none, or there are none."""
    return max(confidences, key=place, default="")


def graded(confidence: str, lang: str) -> str:
    """Return a grade in brackets, behind what it is of; what is merely reported is the rule."""
    known = confidence in ("documented", "alleged")
    return f" ({CONFIDENCE.label(confidence, lang)})" if known else ""


class Support(NamedTuple):
    """How many publishers stand behind something, and the confidence of the surest claim."""

    publishers: int
    confidence: str

    def properties(self) -> dict[str, int | str]:
        """Return it as properties of a node or relationship."""
        return {PUBLISHERS: self.publishers, CONFIDENCE_OF: self.confidence}


def support(behind: Iterable[tuple[Evidence, str]], source_of: SourceOf) -> Support:
    """Return the support that claims give.

    Args:
        behind: each claim with its confidence.
        source_of: describes the sources that they cite.
    """
    publishers: set[str] = set()
    strongest = len(_WORDS) - 1
    for claim, confidence in behind:
        publishers.update(source_of(citation.source).publisher for citation in claim.citations)
        strongest = min(strongest, _STRENGTH[confidence])
    return Support(len(publishers), _WORDS[strongest])
