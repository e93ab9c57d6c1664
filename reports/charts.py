"""Bar charts and timelines, drawn from rows that the reader may see."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vinculos.formats.cells import human, to_json
from vinculos.formats.table import is_number
from vinculos.graph.dates import parse_date
from vinculos.reports.drawing import (
    Circle,
    Drawing,
    Line,
    Polygon,
    Words,
    fitted,
    rectangle,
    width,
)
from vinculos.views.style import INK, LINE

Row = Mapping[str, Any]
Shape = Line | Polygon | Circle | Words

WIDE = 700
"""Pixels across a chart: the text of an A4 page."""
ROW, TOP, NAMES, SIZE = 24, 10, 250, 13
BAR, UNSURE = "#0072b2", "#9ecae1"
OPEN_STUB = 26
"""Pixels of the broken line that stands for an end on an unknown day."""
BLANK = "—"
"""What stands for a cell with nothing in it."""
NUMBER = {"en": "number", "es": "cantidad"}


@dataclass(frozen=True)
class Bar:
    """A row of a bar chart."""

    label: str
    value: float


@dataclass(frozen=True)
class Span:
    """A row of a timeline: the bounds of its first and its last day, None where unknown."""

    label: str
    started: tuple[datetime.date, datetime.date] | None
    ended: tuple[datetime.date, datetime.date] | None
    is_point: bool = False


def counted(
    rows: Sequence[Row], label: str, sources: str, value: str = NUMBER["en"]
) -> list[dict[str, Any]]:
    """Return a row for each value of the column `label`, with how many rows have it, most first.

    A list counts for each of its elements; an empty one, or nothing at all, is `BLANK`. Each row
    cites the sources of all the rows that it counts.
    """
    items: dict[str, Any] = {}
    numbers: dict[str, int] = {}
    cited: dict[str, list[Any]] = {}
    for row in rows:
        said = row.get(label)
        listed = said if isinstance(said, list) else [said]
        for item in [BLANK if item is None else item for item in listed or [None]]:
            key = to_json(item)
            items[key] = item
            numbers[key] = numbers.get(key, 0) + 1
            known = cited.setdefault(key, [])
            known += [source for source in row.get(sources) or [] if source not in known]
    ordered = sorted(numbers, key=lambda key: (items[key] == BLANK, -numbers[key], key))
    return [
        {label: items[key], value: numbers[key], **({sources: cited[key]} if sources else {})}
        for key in ordered
    ]


def bars(rows: Sequence[Row], label: str, value: str, kind: str, lang: str) -> list[Bar]:
    """Return a bar for each row whose column `value` is a number of 0 or more."""
    return [
        Bar(human(row.get(label), kind, lang, row) or BLANK, row[value])
        for row in rows
        if is_number(row.get(value)) and row[value] >= 0
    ]


def draw_bars(given: Sequence[Bar], title: str) -> Drawing:
    """Return the bars under each other, each with its name and its number."""
    most = max((bar.value for bar in given), default=0) or 1
    names = min(max((width(bar.label, SIZE) for bar in given), default=0) + 8, NAMES)
    room = WIDE - names - max((width(_number(bar.value), SIZE) for bar in given), default=0) - 14
    shapes: list[Shape] = []
    for place, bar in enumerate(given):
        top = TOP + place * ROW
        long = max(bar.value / most * room, 1)
        label = fitted(bar.label, SIZE, names - 8)
        shapes += [
            Words(names - 8, top + 16, label, SIZE, "end"),
            rectangle(names, top + 3, long, ROW - 7, BAR),
            Words(names + long + 6, top + 16, _number(bar.value), SIZE),
        ]
    shapes.append(Line(names, TOP, names, TOP + len(given) * ROW, INK))
    return Drawing(WIDE, TOP * 2 + len(given) * ROW, shapes, title)


def spans(
    rows: Sequence[Row], label: str, started: str, ended: str, kind: str, lang: str
) -> list[Span]:
    """Return a span for each row with a date, by its first day; without `ended` they are points."""
    made = [
        Span(
            human(row.get(label), kind, lang, row) or BLANK,
            _bounds(row.get(started)),
            _bounds(row.get(ended)) if ended else None,
            not ended,
        )
        for row in rows
    ]
    dated = [span for span in made if span.started or span.ended]
    return sorted(dated, key=lambda span: (span.started or span.ended or (), span.label))


def draw_spans(given: Sequence[Span], title: str) -> Drawing:
    """Return the spans under each other over an axis of years.

    Dark: for certain. Light: the days that a partial date leaves open. A broken line: that end is
    on an unknown day.
    """
    days = [day for span in given for pair in (span.started, span.ended) if pair for day in pair]
    first, last = min(days), max(days)
    names = min(max(width(span.label, SIZE) for span in given) + 8, NAMES)
    left, right = names + OPEN_STUB + 6, WIDE - OPEN_STUB - 6
    scale = (right - left) / max((last - first).days, 1)
    low = TOP + len(given) * ROW

    def at(day: datetime.date) -> float:
        return left + (day - first).days * scale

    shapes: list[Shape] = []
    for day in _ticks(first, last):
        shapes += [
            Line(at(day), TOP, at(day), low, "#d9d9d9"),
            Words(at(day), low + 16, _tick(day, first, last), 11, "middle", LINE),
        ]
    for place, span in enumerate(given):
        middle = TOP + place * ROW + ROW / 2
        label = fitted(span.label, SIZE, names - 8)
        shapes.append(Words(names - 8, middle + 4, label, SIZE, "end"))
        shapes += _span(span, middle, at)
    return Drawing(WIDE, low + 26, shapes, title)


def _span(span: Span, middle: float, at: Any) -> list[Shape]:
    started, ended = span.started, span.ended
    begin = at(started[0]) if started else at(ended[0]) if ended else 0
    end = at(ended[1]) if ended else at(started[1]) if started else 0
    shapes: list[Shape] = []
    if not span.is_point and not ended:
        shapes.append(Line(end, middle, end + OPEN_STUB, middle, BAR, 2, dashed=True))
    if not span.is_point and not started:
        shapes.append(Line(begin - OPEN_STUB, middle, begin, middle, BAR, 2, dashed=True))
    if end - begin >= 3:
        shapes.append(rectangle(begin, middle - 6, end - begin, 12, UNSURE, BAR))
    if started and ended and at(ended[0]) > at(started[1]):
        long = at(ended[0]) - at(started[1])
        shapes.append(rectangle(at(started[1]), middle - 6, long, 12, BAR))
    if end - begin < 7:
        shapes.append(Circle((begin + end) / 2, middle, 4.5, BAR, BAR))
    return shapes


def _bounds(value: Any) -> tuple[datetime.date, datetime.date] | None:
    """Return the earliest and the latest day that a partial date can mean, None where open."""
    if not isinstance(value, str) or not value.strip():
        return None
    try:
        date = parse_date(value[:10] if "T" in value else value)
    except ValueError:
        return None
    known = date.earliest or date.latest
    return (date.earliest or known, date.latest or known) if known else None


def _ticks(first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Return the beginnings of years, or of months where less than two years are shown."""
    if (last - first).days < 730:
        months = range(first.year * 12 + first.month, last.year * 12 + last.month)
        step = max(1, -(-len(months) // 8))
        return [datetime.date(n // 12, n % 12 + 1, 1) for n in months[::step]]
    years = range(first.year + 1, last.year + 1)
    return [datetime.date(year, 1, 1) for year in years[:: max(1, -(-len(years) // 12))]]


def _tick(day: datetime.date, first: datetime.date, last: datetime.date) -> str:
    return day.isoformat()[:7] if (last - first).days < 730 else str(day.year)


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:.2f}"
