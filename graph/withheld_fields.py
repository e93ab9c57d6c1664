"""What rules about fields withhold from texts: what a dropped field says, days made coarser.

Where a field stands by itself, in a node or in a question, it is dropped there; this finds what it
says in other texts.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from vinculos.graph.audience import DROP, LENGTHS, Rule, declared_fields
from vinculos.graph.folding import fold
from vinculos.graph.model import RELATIONSHIP_TYPES
from vinculos.graph.secrets import DAY, FIELD, NOTHING, Secret, add_text, read
from vinculos.graph.store import Store
from vinculos.graph.terms import DATE, WORDS, Terms

_NAMES = ("aliases", "mother_name")
"""Fields that name people: found as words anywhere, however short."""
_MONTHS = (
    ("january", "enero"),
    ("february", "febrero"),
    ("march", "marzo"),
    ("april", "abril"),
    ("may", "mayo"),
    ("june", "junio"),
    ("july", "julio"),
    ("august", "agosto"),
    ("september", "septiembre"),
    ("october", "octubre"),
    ("november", "noviembre"),
    ("december", "diciembre"),
)


def add_fields(store: Store, terms: Terms[Secret], rules: Iterable[Rule]) -> None:
    """Withhold what the fields say that rules are about; names are for `withheld_people`.

    Raises:
        EngineError: the graph cannot be read.
    """
    for rule in rules:
        declared = declared_fields(rule.label)[rule.field]
        if rule.action in LENGTHS:
            for name in (rule.field, f"{rule.field}_min", f"{rule.field}_max"):
                for value in _values(store, rule, name):
                    _add_day(terms, value, rule)
        elif rule.action == DROP and rule.field != "name" and _is_text(declared.kind):
            if declared.words is None:
                values = list(_values(store, rule, rule.field))
                known = _people_called(store, values) if rule.field in _NAMES else set()
                for value in values:
                    if fold(value) not in known:
                        _add_text(terms, value, rule)


def _is_text(kind: str) -> bool:
    return kind in ("text", "list")


def _values(store: Store, rule: Rule, name: str) -> Iterator[str]:
    """Yield what a field says, in all that the rule is about; names come from the model alone."""
    without = "".join(f" AND NOT n:{label}" for label in rule.unless)
    is_tie = rule.label in RELATIONSHIP_TYPES
    pattern = f"()-[n:{rule.label}]->()" if is_tie else f"(n:{rule.label})"
    condition = f"n.{name} IS NOT NULL{without}"
    for row in read(store, f"MATCH {pattern} WHERE {condition} RETURN DISTINCT n.{name} AS said"):
        said = row["said"] if isinstance(row["said"], list) else [row["said"]]
        yield from (str(part) for part in said if part)
    if not is_tie and name == rule.field:
        yield from _disputed(store, rule, without)


def _disputed(store: Store, rule: Rule, without: str) -> Iterator[str]:
    """Yield what claims say of a field in dispute, which the node does not show."""
    for row in read(
        store,
        f"MATCH (n:{rule.label}) WHERE $field IN n.disputed{without} "
        "MATCH (n)<-[:ABOUT]-(c:Claim) RETURN n.id AS id, "
        "c.subjects AS subjects, c.fields AS fields, c.values AS said",
        field=rule.field,
    ):
        for subject, name, said in zip(row["subjects"], row["fields"], row["said"], strict=True):
            if subject == row["id"] and name == rule.field and said:
                yield said


def _people_called(store: Store, names: list[str]) -> set[str]:
    """Return those of `names`, folded, by which people are called: such a name is no secret."""
    rows = read(
        store, "MATCH (p:Person) WHERE p.name IN $names RETURN DISTINCT p.name AS name", names=names
    )
    return {fold(row["name"]) for row in rows}


def _add_text(terms: Terms[Secret], value: str, rule: Rule) -> None:
    secret = Secret(FIELD, rule.field, NOTHING)
    if rule.field in _NAMES:
        terms.add(value, secret, WORDS)
    else:
        add_text(terms, value, secret)


def _add_day(terms: Terms[Secret], value: str, rule: Rule) -> None:
    for piece in value.replace("/", " ").split():
        exact = piece.rstrip("~?%")
        if len(exact) <= LENGTHS[rule.action]:
            continue
        secret = Secret(DAY, rule.field, exact[: LENGTHS[rule.action]])
        terms.add(exact, secret, DATE)
        for written in _written(exact):
            terms.add(written, secret, DATE if "/" in written else WORDS)


def _written(exact: str) -> Iterator[str]:
    """Yield the other ways in which people write a day or a month, in English and Spanish."""
    parts = exact.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) < 2:
        return
    year, month = int(parts[0]), int(parts[1])
    if not 1 <= month <= 12:
        return
    english, spanish = _MONTHS[month - 1]
    if len(parts) == 2:
        yield from (f"{english} {year}", f"{spanish} de {year}", f"{spanish} del {year}")
        return
    day = datetime.date(year, month, int(parts[2])).day
    for name in (english, english[:3]):
        yield from (f"{day} {name} {year}", f"{name} {day} {year}")
    yield from (f"{day} de {spanish} de {year}", f"{day} de {spanish} del {year}")
    yield from (f"{day}/{month}/{year}", f"{day:02}/{month:02}/{year}")
    yield f"{month:02}/{day:02}/{year}"
