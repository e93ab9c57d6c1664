"""Gates: which facts a question may use, by day, by publishers and by confidence.

A question is written without a thought of gates; `apply` rewrites its Cypher so that facts that
fail one are not there for it, before anything is counted.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from vinculos.graph.words import CONFIDENCE


@dataclass(frozen=True)
class Gates:
    """What a fact must pass to count; all open where nothing is set.

    `as_of` is a day in the world: what began surely after it does not exist yet. `min_sources` is
    how many publishers must say it, `min_confidence` how sure the surest of them must be.
    """

    as_of: datetime.date | None = None
    min_sources: int = 1
    min_confidence: str = ""

    def __bool__(self) -> bool:
        return self != OPEN

    @property
    def confidences(self) -> list[str]:
        """The grades of confidence that pass, strongest first."""
        grades = list(CONFIDENCE)
        last = self.min_confidence or grades[-1]
        return grades[: grades.index(last) + 1]


OPEN = Gates()
"""No gate at all."""


@dataclass(frozen=True)
class HiddenFacts:
    """How many facts the gates hid, by type or `Label.field`, and how many undated ones stayed."""

    gates: Gates = OPEN
    counts: Mapping[str, int] = field(default_factory=dict)
    undated: int = 0

    def sentence(self, lang: str) -> str:
        """Return one sentence that says which gates hid how much, '' where there are none."""
        return ""


@dataclass(frozen=True)
class Gated:
    """A Cypher text under gates, and the parameters that it takes beside its own."""

    text: str
    parameters: Mapping[str, Any] = field(default_factory=dict)


def apply(text: str, gates: Gates) -> Gated:
    """Return `text` rewritten so that only facts that pass the gates are there for it.

    Raises:
        UsageError: it is written in a way that cannot be rewritten; the message says how to.
    """
    return Gated(text)
