"""Which of several claimed values of a field shows, and whether they are in dispute."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from vinculos.graph.dates import PartialDate, parse_date
from vinculos.graph.declarations import Field
from vinculos.graph.records import Citation

LONG_AGO = datetime.date.min


class CitedSource(NamedTuple):
    """A source as derivation sees it: its date of publication ('' if unknown), its publisher."""

    published: str
    publisher: str


SourceOf = Callable[[str], CitedSource]
"""From a source's id to the source."""


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

    @property
    def confidence(self) -> str:
        """How sure its row is."""


@dataclass(frozen=True)
class Said:
    """One claimed value, with what decides which of several shows."""

    value: Any
    accepted: bool
    as_of: str
    newness: tuple[datetime.date, datetime.date, str]
    evidence: Evidence
    corrects: bool = False


def newness_of(
    claim: Evidence, source_of: SourceOf
) -> tuple[str, tuple[datetime.date, datetime.date, str]]:
    """Return the day for which a claim speaks, and its place in the order of newness."""
    days = _days(claim, source_of)
    dated = [(day.latest or LONG_AGO, day.earliest or LONG_AGO, day.text) for day in days]
    latest, earliest, text = max(dated, default=(LONG_AGO, LONG_AGO, ""))
    return text, (latest, earliest, claim.id)


def first_day(claim: Evidence, source_of: SourceOf) -> datetime.date | None:
    """Return the first day by which a claim surely speaks, None where it names none."""
    return min((day.latest for day in _days(claim, source_of) if day.latest), default=None)


def _days(claim: Evidence, source_of: SourceOf) -> list[PartialDate]:
    """Return the day for which a claim speaks, else those on which its sources came out."""
    texts = [claim.as_of]
    if not claim.as_of:
        texts = [source_of(citation.source).published for citation in claim.citations]
    return [parse_date(text) for text in texts if text]


class Filled(NamedTuple):
    """Names of fields in dispute, and for each field that shows the claims that say so."""

    disputed: set[str]
    behind: Mapping[str, Sequence[Evidence]]


def fill_fields(
    properties: dict[str, Any], fields: tuple[Field, ...], said: Mapping[str, list[Said]]
) -> Filled:
    """Set the fields from what is claimed of them.

    Args:
        properties: of the node or relationship, filled in.
        fields: as its type declares them.
        said: field to all that claims say of it.

    Returns:
        Which of them are in dispute, and the claims that say what shows.
    """
    disputed: set[str] = set()
    behind: dict[str, list[Evidence]] = {}
    for declared in fields:
        if declared.merge == "decided":
            continue
        if not (claimed := said.get(declared.name)):
            if declared.merge == "all":
                properties[declared.name] = []
            elif declared.merge == "any" and declared.kind == "flag":
                properties[declared.name] = False
            continue
        entries = sorted(claimed, key=lambda entry: entry.newness)
        in_dispute = is_disputed(entries)
        accepted = [e for e in entries if (e.accepted or not in_dispute) and e.value is not None]
        # A correction by hand overrules what the files say; it does not dispute it.
        accepted = [entry for entry in accepted if entry.corrects] or accepted
        if in_dispute:
            disputed.add(declared.name)
        if declared.merge == "all":
            merged = [part for entry in accepted for part in entry.value]
            properties[declared.name] = list(dict.fromkeys(merged))
            shown = accepted
        elif declared.merge == "any" and declared.kind == "flag":
            properties[declared.name] = any(entry.value for entry in accepted)
            shown = [entry for entry in accepted if entry.value] or accepted
        elif declared.merge == "any" and any(e.value == "restricted" for e in accepted):
            properties[declared.name] = "restricted"
            shown = [entry for entry in accepted if entry.value == "restricted"]
        elif accepted:
            kept = accepted if declared.merge != "one" else _most_exact(declared, accepted)
            if declared.merge == "one" and len({repr(entry.value) for entry in kept}) > 1:
                disputed.add(declared.name)
            _set(properties, declared, kept[-1].value)
            shown = [entry for entry in kept if entry.value == kept[-1].value]
            if declared.name == "status" and kept[-1].as_of and _has(fields, "status_as_of"):
                _set(properties, Field("status_as_of", "", "", "date"), kept[-1].as_of)
                behind["status_as_of"] = [kept[-1].evidence]
        else:
            continue
        if shown:
            behind[declared.name] = [entry.evidence for entry in shown]
    return Filled(disputed, behind)


def is_disputed(entries: Sequence[Said]) -> bool:
    """Return whether claims of a field, one of them in conflict, differ.

    Where the other side was withdrawn, what is left of a conflict is a claim like another.
    """
    if all(entry.accepted for entry in entries):
        return False
    values = [entry.value for entry in entries]
    # A value that could not be read may say anything.
    return None in values or any(value != values[0] for value in values)


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
