"""Who may not be named: protected people, minors, and who or what rules give a pseudonym to."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from vinculos.graph.audience import DROP, PSEUDONYM, Audience, Rule
from vinculos.graph.departed import Departed, traces
from vinculos.graph.folding import fold
from vinculos.graph.model import ROLE_LABELS, label_name
from vinculos.graph.records import short_hash
from vinculos.graph.secrets import FIELD, MINOR, NOTHING, OUT, TRACE, Secret, add_text, read
from vinculos.graph.secrets import PSEUDONYM as UNDER_PSEUDONYM
from vinculos.graph.store import Store
from vinculos.graph.terms import Terms

MINORS = {"en": "minor", "es": "menor"}
PERSON, DETENTION = "Person", "Detention"
_PEOPLE = (PERSON, *(role.label for role in ROLE_LABELS if role.main == PERSON))
_NAMES = ("name", "aliases")
_ROOM = 10
"""How many numbers there are for each pseudonym, so that none tells how many there are."""


@dataclass(frozen=True)
class Hidden:
    """Who or what is hidden: its kind of secret, what it is called, its names, what hangs on it.

    `others` are the ids by which files call a person who is one with others, `summaries` what is
    said of them in a sentence.
    """

    kind: str
    id: str
    word: str
    names: tuple[str, ...]
    detentions: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()


def add_people(
    store: Store,
    terms: Terms[Secret],
    audience: Audience,
    departed: Departed,
    lang: str,
    salt: str,
) -> tuple[Collection[str], dict[str, str]]:
    """Withhold whom the audience may not see by name.

    Return the ids of those left out, and what the names and ids of the others give way to. Ids of
    claims and ties, which are hashes of what anybody may know, give way to hashes with
    `salt`.

    Raises:
        EngineError: the graph cannot be read.
    """
    out: set[str] = set()
    found: dict[str, Hidden] = {}
    if audience.minors == PSEUDONYM:
        _take(found, _people(store, MINOR, MINORS[lang], "n.is_minor = true"))
        _take(found, _departed(store, MINOR, MINORS[lang], departed.minors))
    if audience.protected == DROP:
        for person in (
            *_people(store, OUT, "", "n.protected = true"),
            *_departed(store, OUT, "", departed.protected),
        ):
            found.pop(person.id, None)
            out.update((person.id, *person.others, *person.detentions))
            _add(terms, person, "", lang, salt)
    elif audience.protected == PSEUDONYM:
        word = label_name(PERSON, lang)
        _take(found, _people(store, UNDER_PSEUDONYM, word, "n.protected = true"))
        _take(found, _departed(store, UNDER_PSEUDONYM, word, departed.protected))
    for rule in audience.rules:
        if rule.field == "name":
            word = label_name(rule.label, lang) if rule.action == PSEUDONYM else ""
            _take(found, _named(store, rule, word), leave=out)
    instead: dict[str, str] = {}
    for hidden, number in zip(found.values(), _numbers(len(found)), strict=True):
        shown = f"{hidden.word.capitalize()} {number}" if hidden.word else NOTHING
        instead |= _add(terms, hidden, shown, lang, salt)
    return out, instead


def pseudonym_words(audience: Audience, lang: str) -> set[str]:
    """Return the words that pseudonyms of an audience begin with."""
    labels = [rule.label for rule in audience.rules if rule.action == PSEUDONYM]
    words = [label_name(label, lang) for label in labels]
    words += [MINORS[lang]] if audience.minors == PSEUDONYM else []
    words += [label_name(PERSON, lang)] if audience.protected == PSEUDONYM else []
    return {word.capitalize() for word in words}


def _take(found: dict[str, Hidden], more: Iterable[Hidden], leave: Iterable[str] = ()) -> None:
    """Take those who are not yet among the found: the first reason counts."""
    for hidden in more:
        if hidden.id not in leave:
            found.setdefault(hidden.id, hidden)


def _numbers(count: int) -> list[int]:
    """Return so many different numbers, drawn by chance from many more."""
    return random.SystemRandom().sample(range(1, max(100, _ROOM * count)), count)


def _named(store: Store, rule: Rule, word: str) -> Iterator[Hidden]:
    condition = " AND ".join(f"NOT n:{label}" for label in rule.unless) or "true"
    if rule.label in _PEOPLE:
        condition += " AND coalesce(n.is_minor, false) = false"
        return _people(store, UNDER_PSEUDONYM, word, condition, rule.label)
    rows = read(
        store, f"MATCH (n:{rule.label}) WHERE {condition} RETURN n.id AS id, n.name AS name"
    )
    return (
        Hidden(UNDER_PSEUDONYM, row["id"], word, (row["name"],) if row["name"] else ())
        for row in rows
    )


def _people(
    store: Store, kind: str, word: str, condition: str, label: str = PERSON
) -> Iterator[Hidden]:
    """Yield the people who fulfil a condition, in Cypher of our own, on `n`."""
    people = f"MATCH (n:{label}) WHERE {condition} "
    traces: dict[str, dict[str, None]] = {}
    claimed: dict[str, set[str]] = {}
    told: dict[str, set[str]] = {}
    for row in read(
        store,
        f"{people}MATCH (n)<-[:ABOUT]-(c:Claim) RETURN n.id AS id, c.id AS trace, "
        "c.subjects AS subjects, c.fields AS fields, c.values AS said",
    ):
        traces.setdefault(row["id"], {})[row["trace"]] = None
        # What others call them, disputed or withdrawn, is in claims alone.
        columns = (row["subjects"] or (), row["fields"] or (), row["said"] or ())
        for subject, name, said in zip(*columns, strict=True):
            if subject == row["id"] and name in _NAMES:
                claimed.setdefault(subject, set()).update(map(str.strip, said.split(";")))
            elif subject == row["id"] and name == "summary":
                told.setdefault(subject, set()).add(said)
    for match in (
        "MATCH (n)-[:DETAINED_IN]->(:Detention)<-[:ABOUT]-(c:Claim)",
        "MATCH (n)-[c]-() WHERE c.id IS NOT NULL",
    ):
        for row in read(store, f"{people}{match} RETURN DISTINCT n.id AS id, c.id AS trace"):
            traces.setdefault(row["id"], {})[row["trace"]] = None
    for row in read(
        store,
        f"{people}OPTIONAL MATCH (n)-[:DETAINED_IN]->(d:Detention) "
        "RETURN n.id AS id, n.name AS name, n.aliases AS aliases, n.same_as AS others, "
        "collect(d.id) AS detentions",
    ):
        shown = (row["name"], *(row["aliases"] or ()), *sorted(claimed.get(row["id"], ())))
        names = tuple(name for name in dict.fromkeys(shown) if name)
        held = tuple(sorted(row["detentions"]))
        behind, others = tuple(traces.get(row["id"], ())), tuple(row["others"] or ())
        summaries = tuple(sorted(told.get(row["id"], ())))
        yield Hidden(kind, row["id"], word, names, held, behind, others, summaries)


def _departed(store: Store, kind: str, word: str, people: Collection[str]) -> Iterator[Hidden]:
    """Yield people whom the graph does not hold any more, by what claims still say of them."""
    for id, said in sorted(traces(store, people).items()):
        yield Hidden(
            kind,
            id,
            word,
            said.names,
            said.detentions,
            said.claims,
            summaries=said.summaries,
        )


def _add(terms: Terms[Secret], hidden: Hidden, shown: str, lang: str, salt: str) -> dict[str, str]:
    """Withhold somebody; return what their names and ids give way to."""
    secret = Secret(hidden.kind, hidden.id, shown)
    instead = dict.fromkeys(hidden.names, shown)
    for name in hidden.names:
        terms.add(name, secret)
    parts = {part for name in hidden.names for part in fold(name).split() if len(part) > 2}
    for text in hidden.summaries:
        # What is said of somebody calls them by half a name, which nothing else would find.
        if not parts.isdisjoint(fold(text).split()):
            add_text(terms, text, Secret(FIELD, hidden.id, NOTHING))
    for id in (hidden.id, *hidden.others):
        terms.add_id(id, secret)
        instead |= dict.fromkeys((id, id.partition(":")[2]), shown)
    word = label_name(DETENTION, lang)
    for number, id in enumerate(hidden.detentions, 1):
        custody = f"{shown}, {word} {number}"
        terms.add_id(id, Secret(hidden.kind, hidden.id, custody))
        instead |= dict.fromkeys((id, id.partition(":")[2]), custody)
    kind = TRACE if hidden.kind == MINOR else hidden.kind
    # Decisions call a claim by the id that its newest version has.
    for id in {id.partition("@")[0] for id in hidden.traces}.union(hidden.traces):
        terms.add(id, Secret(kind, hidden.id, short_hash(salt + id)))
    return instead
