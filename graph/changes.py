"""One difference between two states, and what it takes to find them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from vinculos.graph.state_records import Record, Records

ORDER = (
    "arrest",
    "because_new",
    "because_gone",
    "release",
    "death",
    "transfer",
    "status",
    "dates",
    "place",
    "basis",
    "body_new",
    "body_gone",
    "charge_new",
    "charge_status",
    "charge_gone",
    "sentence",
    "amnesty_new",
    "amnesty_changed",
    "amnesty_gone",
    "official_new",
    "official_gone",
    "involved_new",
    "involved_gone",
    "event_new",
    "event_gone",
    "post_new",
    "post_ended",
    "post_changed",
    "post_gone",
    "part_new",
    "part_ended",
    "part_changed",
    "part_gone",
    "relation_new",
    "relation_kind",
    "relation_disputed",
    "relation_settled",
    "relation_gone",
    "confidence",
    "case_new",
    "case_changed",
    "case_gone",
    "member_new",
    "member_role",
    "member_gone",
    "other_key",
    "gone",
    "source_new",
    "source_retracted",
    "source_gone",
)
"""Kinds of change, in the order in which they are told."""
Citations = Iterable[tuple[str, str, str]]


class Change(NamedTuple):
    """One difference.

    `day` is the day on which it came to be, where the data name it; `field` what differs, a field
    of a `label` or a type of tie; `what` the charge, person, post, body, law, event or case
    concerned, in both languages where it has two names, `what_id` its id; `was` and `now` what the
    older and the newer state say, `tie` which words these are; `as_of` the day for which the newer
    one speaks; `confidence` how firmly what the change tells is said.
    """

    change: str
    person_id: str = ""
    detention_id: str = ""
    field: str = ""
    label: str = "Detention"
    tie: str = ""
    person: str | None = None
    what: Any = None
    what_id: str = ""
    was: str | None = None
    now: str | None = None
    day: str | None = None
    as_of: str | None = None
    confidence: str | None = None
    disputed: tuple[str, ...] = ()
    sources: tuple[Record, ...] = ()


def custody_change(
    kind: str,
    custody: Record,
    side: Records,
    *,
    cited_by: Records | None = None,
    sources: Citations = (),
    **said: Any,
) -> Change:
    """Return a change of a custody.

    Args:
        kind: one of `ORDER`.
        custody: its record.
        side: the state that names the person.
        cited_by: the state that describes the sources, where it is the other one.
        sources: the citations behind what the change tells.
        said: further fields of the change.
    """
    found = side.get("Person", owner(custody)) if owner(custody) else None
    return Change(
        kind,
        person_id=owner(custody),
        person=found.get("name") if found else None,
        detention_id=custody["id"],
        sources=tuple((cited_by or side).cited(sources)),
        **said,
    )


def tie_change(
    kind: str, tie: Record, side: Records, /, *, sources: Citations = (), **said: Any
) -> Change:
    """Return a change of a tie that somebody, or whoever is in a custody, has with something.

    Args:
        kind: one of `ORDER`.
        tie: its record.
        side: the state that it is from, which names people and sources.
        sources: the citations behind what the change tells; those behind the tie where blank.
        said: further fields of the change.
    """
    custody = tie["start"] if tie["start_label"] == "Detention" else ""
    person = who(tie, side)
    return Change(
        kind,
        person_id=person,
        person=(side.get("Person", person) or {}).get("name"),
        detention_id=custody,
        confidence=tie["confidence"],
        sources=tuple(side.cited(sources or citations([tie]))),
        **said,
    )


def who(tie: Record, side: Records) -> str:
    """Return the id of who a tie starts from, or whoever is in the custody; '' if nobody known."""
    if tie["start_label"] == "Detention":
        return owner(side.get("Detention", tie["start"]) or {"people": ()})
    return str(tie["start"])


def called(side: Records, label: str, id: str) -> Any:
    """Return what something is called: a name, `{en, es}` where it has two, its id without any."""
    found = side.get(label, id) or {}
    if "name_en" in found or "name_es" in found:
        en, es = found.get("name_en"), found.get("name_es")
        return {"en": en or es, "es": es or en}
    return found.get("name") or id


def paired(
    old: Iterable[Record],
    new: Iterable[Record],
    key: Callable[[Record], Any] = lambda record: record["id"],
) -> Iterator[tuple[Record | None, Record | None]]:
    """Yield records of the same key together; both come in the order of their keys."""
    olds, news = iter(old), iter(new)
    before, after = next(olds, None), next(news, None)
    while before is not None or after is not None:
        if after is None or (before is not None and key(before) < key(after)):
            yield before, None
            before = next(olds, None)
        elif before is None or key(after) < key(before):
            yield None, after
            after = next(news, None)
        else:
            yield before, after
            before, after = next(olds, None), next(news, None)


def owner(custody: Mapping[str, Any]) -> str:
    """Return the id of the person held, '' where none is named."""
    return custody["people"][0]["id"] if custody["people"] else ""


def citations(ties: Iterable[Record]) -> list[tuple[str, str, str]]:
    """Return the citations behind ties of a record."""
    return [(*citation,) for tie in ties for citation in tie["sources"]]


def in_dispute(record: Record, *names: str) -> tuple[str, ...]:
    """Return those of the fields that are in dispute."""
    return tuple(name for name in names if name in record["disputed"])
