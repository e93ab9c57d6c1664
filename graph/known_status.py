"""On which days which status of a detention is known, from all that claims say of it.

The property `status` says what was last known. A question about an earlier day needs more: five
lists of equal length on the detention, `known_status`, `known_from` and `known_to` (days as ISO
text, both included), `known_publishers` and `known_confidence`. On a day in none of the spans the
status is unknown: a blank date is never "still going on".

What a claim makes known, `DESIGN.md`, "Time":

- a custody (`detained`, `house_arrest`, `disappeared`) on the day for which the claim speaks.
  `detained`, the general word, from the taking on or from the last claim of another word; the two
  special ones from an earlier claim of the same word on;
- an end (`released`, `conditional_release`, `deceased`, `escaped`) from the day of the end on, or
  from the day for which the claim speaks where the end has no date, until a claim of another word;
- a custody from the taking to its dated end, where no claim speaks of another kind of custody.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from vinculos.graph.dates import parse_date
from vinculos.graph.fields import Evidence, Said, SourceOf
from vinculos.graph.support import KNOWN, support
from vinculos.graph.words import ENDED, HELD

STATUS, FROM, TO = f"{KNOWN}status", f"{KNOWN}from", f"{KNOWN}to"
PUBLISHERS, CONFIDENCE = f"{KNOWN}publishers", f"{KNOWN}confidence"
_GENERAL = "detained"
_DAY = datetime.timedelta(days=1)
_FOREVER = datetime.date.max


class _Span(NamedTuple):
    """A word, its first and last day, and the claims behind it.

    Of a claim: the days that it can mean. Of what is known: the days on which it is.
    """

    word: str
    first: datetime.date
    last: datetime.date
    behind: tuple[Evidence, ...]


def known_statuses(
    said: Iterable[Said],
    properties: Mapping[str, Any],
    behind: Mapping[str, Sequence[Evidence]],
    source_of: SourceOf,
) -> dict[str, list[Any]]:
    """Return the properties of a detention that say when which status is known; none where unknown.

    Args:
        said: what claims say of `status`.
        properties: of the detention, its dates among them.
        behind: the claims behind `started` and `ended`.
        source_of: describes the sources that they cite.
    """
    claimed = sorted(_claimed(said), key=lambda one: (one.last, one.first, one.word))
    spans = [*_spans(claimed, properties), *_dated(claimed, properties, behind)]
    known = list(_merged(spans))
    if not known:
        return {}
    supports = [support(((c, c.confidence) for c in one.behind), source_of) for one in known]
    return {
        STATUS: [one.word for one in known],
        FROM: [one.first.isoformat() for one in known],
        TO: [one.last.isoformat() for one in known],
        PUBLISHERS: [each.publishers for each in supports],
        CONFIDENCE: [each.confidence for each in supports],
    }


def _claimed(said: Iterable[Said]) -> Iterable[_Span]:
    for one in said:
        day = parse_date(one.as_of) if one.as_of else None
        if one.accepted and one.value in (*HELD, *ENDED) and day and day.earliest and day.latest:
            yield _Span(one.value, day.earliest, day.latest, (one.evidence,))


def _spans(claimed: list[_Span], properties: Mapping[str, Any]) -> Iterable[_Span]:
    """Yield what each claim makes known."""
    taken, freed = properties.get("started_max"), properties.get("ended_max")
    still = properties.get("ended_min")
    for place, one in enumerate(claimed):
        before = next((o for o in reversed(claimed[:place]) if o.last < one.last), None)
        if one.word in HELD:
            # A claim that names only a month or a year knows of no day but its first for sure
            # that the custody lasted till then.
            first = one.last
            if one.word == _GENERAL and (before is None or before.word == _GENERAL):
                first = taken or one.last
            elif before is not None and before.word == one.word:
                first = before.last
            last = min(one.first, still - _DAY) if still else one.first
        else:
            first = freed or one.last
            after = next((o for o in claimed[place + 1 :] if o.word != one.word), None)
            if before is not None and before.word in ENDED and before.word != one.word:
                first = max(first, one.last)
            last = after.first - _DAY if after else _FOREVER
        if first <= last:
            yield _Span(one.word, first, last, one.behind)


def _dated(
    claimed: list[_Span],
    properties: Mapping[str, Any],
    behind: Mapping[str, Sequence[Evidence]],
) -> Iterable[_Span]:
    """Yield the custody between two dates, where nothing says of which kind it was but the rows."""
    taken, freed = properties.get("started_max"), properties.get("ended_min")
    if taken and freed and all(one.word in (_GENERAL, *ENDED) for one in claimed):
        last = freed - _DAY
        if taken <= last:
            both = (*behind.get("started", ()), *behind.get("ended", ()))
            yield _Span(_GENERAL, taken, last, both)


def _merged(spans: list[_Span]) -> Iterable[_Span]:
    """Yield spans of one word that do not overlap, each with all the claims behind it."""
    for word in dict.fromkeys(span.word for span in spans):
        own = [span for span in spans if span.word == word]
        edges = sorted({span.first for span in own} | {_after(span.last) for span in own})
        for first, end in pairwise(edges):
            over = [span for span in own if span.first <= first and end <= _after(span.last)]
            if over:
                last = end if end == _FOREVER else end - _DAY
                every = {claim.id: claim for span in over for claim in span.behind}
                yield _Span(word, first, last, tuple(every[id] for id in sorted(every)))


def _after(day: datetime.date) -> datetime.date:
    return day if day == _FOREVER else day + _DAY
