"""What the saved questions must answer on the starter data, worked out from its CSV rows alone.

One module a theme; one function a question and asking:

    @answers("list_held", given={"as_of": "2026-02-28"}, columns=("person", "certainty"))
    def held() -> Iterable[Row]: ...

A pass reads `datasets/starter/*.csv` and imports nothing of `vinculos`, so that it cannot repeat
a mistake of the program. It gives the rows of the columns that it names; for a question that
returns a graph, `columns=("nodes", "ties")`: one row, the ids and how many ties of each type.

How things are compared. Rows: all of them, without order (the headers test the order), each as
often as it comes. A list in a cell: without order. Ids: as in the files, without `starter:`; the
home of a house arrest is `residence@` and its custody. A minor's name: `minor`. Sources: their
`source_id`; of several with one link the last, as they are one source. A relationship's
kind, a status and so on: the word of the file. Blank cells: None. Numbers: as numbers.

Dates: as text, as partial as in the file. `bounds` gives the first and the last day that a date
can mean, (None, None) where it is blank, since a blank date is unknown and never open. What
must hold of an inexact date is confirmed where it holds of all its days, possible where it holds
of some; days between two of them are the least and the most (`days_between`).
"""

from __future__ import annotations

import calendar
import csv
import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

STARTER = Path(__file__).parent.parent.parent / "datasets" / "starter"
Cells = Mapping[str, str]
Row = tuple[Any, ...]
Pass = Callable[[], Iterable[Row]]


@dataclass(frozen=True)
class Expected:
    """What one asking of a question must answer in the columns named."""

    query: str
    given: Mapping[str, str]
    columns: tuple[str, ...]
    rows: Pass

    def __str__(self) -> str:
        return f"{self.query}{dict(self.given) or ''}"


EXPECTED: list[Expected] = []


def answers(
    query: str, *, columns: tuple[str, ...], given: Mapping[str, str] | None = None
) -> Callable[[Pass], Pass]:
    """Register a pass for the question `query`, asked with the parameters `given`."""

    def register(function: Pass) -> Pass:
        EXPECTED.append(Expected(query, given or {}, columns, function))
        return function

    return register


@cache
def table(name: str) -> tuple[Cells, ...]:
    """Return the rows of `datasets/starter/NAME.csv`."""
    with (STARTER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def by_key(name: str, column: str) -> Mapping[str, Cells]:
    """Return the rows of a table by the value of `column`."""
    return {row[column]: row for row in table(name)}


def split(cell: str) -> list[str]:
    """Return the values of a cell that holds several."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def person_name(person: str) -> str:
    """Return a person's name, or `minor`."""
    row = by_key("people", "person_id")[person]
    return "minor" if row["is_minor"] == "true" else row["name"]


@cache
def _one_source() -> Mapping[str, str]:
    """Return for each `source_id` the last one that has the same link."""
    last = {row["url"] or row["source_id"]: row["source_id"] for row in table("sources")}
    return {row["source_id"]: last[row["url"] or row["source_id"]] for row in table("sources")}


def sources(*rows: Cells) -> list[str]:
    """Return the sources that the rows cite."""
    cited = {source for row in rows for source in split(row["source_ids"])}
    return sorted({_one_source()[source] for source in cited})


Bounds = tuple[datetime.date | None, datetime.date | None]


def bounds(text: str) -> Bounds:
    """Return the first and the last day that a date of the starter can mean."""
    if not text:
        return None, None
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    last = day or calendar.monthrange(year, month or 12)[1]
    return (
        datetime.date(year, month or 1, day or 1),
        datetime.date(year, month or 12, last),
    )


def days_between(first: Bounds, second: Bounds) -> tuple[int | None, int | None]:
    """Return the least and the most days from one date to the next, negative where it is before."""
    if first[0] is None or first[1] is None or second[0] is None or second[1] is None:
        return None, None
    return (second[0] - first[1]).days, (second[1] - first[0]).days
