"""Which of several claimed values of a field shows, and whether they are in dispute."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from vinculos.graph.dates import PartialDate, parse_date
from vinculos.graph.declarations import Field
from vinculos.graph.records import Citation

LONG_AGO = datetime.date.min

PublishedOn = Callable[[str], str]
"""From a source's id to its date of publication, '' where it has none."""


class Evidence(Protocol):
    """What derivation asks of a claim, beside what it says."""

    @property
    def id(self) -> str:
        """The claim's id."""

    @property
    def table(self) -> str:
        """The table that its row stands in."""

    @property
    def as_of(self) -> str:
        """The day for which it speaks."""

    @property
    def citations(self) -> Sequence[Citation]:
        """The sources that stand behind it."""


@dataclass(frozen=True)
class Said:
    """One claimed value, with what decides which of several shows."""

    value: Any
    accepted: bool
    as_of: str
    newness: tuple[datetime.date, datetime.date, str]
    corrects: bool = False


def newness_of(
    claim: Evidence, published: PublishedOn
) -> tuple[str, tuple[datetime.date, datetime.date, str]]:
    """Return the day for which a claim speaks, and its place in the order of newness."""
    days = [claim.as_of] if claim.as_of else [published(c.source) for c in claim.citations]
    dated = [(day.latest or LONG_AGO, day.earliest or LONG_AGO, day.text) for day in _dates(days)]
    latest, earliest, text = max(dated, default=(LONG_AGO, LONG_AGO, ""))
    return text, (latest, earliest, claim.id)


def _dates(texts: Iterable[str]) -> list[PartialDate]:
    return [parse_date(text) for text in texts if text]


def fill_fields(
    properties: dict[str, Any], fields: tuple[Field, ...], said: Mapping[str, list[Said]]
) -> set[str]:
    """Set the fields from what is claimed of them; return the names of those in dispute.

    Args:
        properties: of the node or relationship, filled in.
        fields: as its type declares them.
        said: field to all that claims say of it.
    """
    disputed: set[str] = set()
    for declared in fields:
        entries = sorted(said.get(declared.name, ()), key=lambda entry: entry.newness)
        accepted = [e for e in entries if e.accepted and e.value is not None]
        # A correction by hand overrules what the files say; it does not dispute it.
        accepted = [entry for entry in accepted if entry.corrects] or accepted
        if any(not entry.accepted for entry in entries):
            disputed.add(declared.name)
        if declared.merge == "all":
            merged = [part for entry in accepted for part in entry.value]
            properties[declared.name] = list(dict.fromkeys(merged))
        elif declared.merge == "any" and declared.kind == "flag":
            properties[declared.name] = any(entry.value for entry in accepted)
        elif declared.merge == "any" and any(e.value == "restricted" for e in accepted):
            properties[declared.name] = "restricted"
        elif accepted:
            kept = accepted if declared.merge != "one" else _most_exact(declared, accepted)
            if declared.merge == "one" and len({repr(entry.value) for entry in kept}) > 1:
                disputed.add(declared.name)
            _set(properties, declared, kept[-1].value)
            if declared.name == "status" and kept[-1].as_of and _has(fields, "status_as_of"):
                _set(properties, Field("status_as_of", "", "", "date"), kept[-1].as_of)
    return disputed


def _has(fields: tuple[Field, ...], name: str) -> bool:
    return any(declared.name == name for declared in fields)


def _most_exact(declared: Field, entries: list[Said]) -> list[Said]:
    """Drop each date that only says less exactly what another one says."""
    if declared.kind != "date":
        return entries
    dates = [parse_date(entry.value) for entry in entries]
    return [
        entry
        for entry, date in zip(entries, dates, strict=True)
        if not any(date.text != other.text and date.contains(other) for other in dates)
    ] or entries


def _set(properties: dict[str, Any], declared: Field, value: Any) -> None:
    properties[declared.name] = value
    if declared.kind == "date":
        date = parse_date(value)
        if date.earliest:
            properties[f"{declared.name}_min"] = date.earliest
        if date.latest:
            properties[f"{declared.name}_max"] = date.latest
