"""What the rows of simple sheets say of each other: who is who, whose custody, who is a minor.

Every row is noted before any is expanded, so that the order of rows and sheets changes nothing.
"""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, Protocol

from vinculos.graph.dates import parse_date
from vinculos.graph.folding import fold
from vinculos.graph.minors import ADULT
from vinculos.graph.records import short_hash
from vinculos.language import gettext as _
from vinculos.loaders.cells import source_url_id, suggest
from vinculos.loaders.simple_cells import slug

UNKNOWN_DAY = "unknown"
"""What stands for the day in the key of a custody whose day is not known."""


class Place(NamedTuple):
    """Where a row stands."""

    file: str
    line: int


class Graph(Protocol):
    """What is asked of the graph about people whom no sheet describes (see `Existing`)."""

    def ids(self, label: str, ids: Iterable[str]) -> set[str]:
        """Return those of `ids` that a node with this label has."""

    def custodies(self, people: Iterable[str]) -> Mapping[str, list[str]]:
        """Return person id to the ids of their detentions."""

    def described_elsewhere(self, people: Iterable[str], dataset: str) -> set[str]:
        """Return those of `people` whom claims of another dataset bring into being."""


class Unknown(ValueError):
    """A name or key that no sheet and no graph has."""


@dataclass
class Someone:
    """What the rows say of whoever has one key, or one name where there is no key."""

    minor: bool = False
    born: datetime.date | None = None
    first_day: datetime.date | None = None
    sheets: set[str] = field(default_factory=set)
    said: dict[str, tuple[str, Place]] = field(default_factory=dict)

    def is_minor(self) -> bool:
        """Return whether a row marks them as one, or they were under 18 on a day spoken of."""
        if self.minor or self.born is None:
            return self.minor
        day = self.first_day or datetime.date.today()
        return (day.year - ADULT, day.month, day.day) < (
            self.born.year,
            self.born.month,
            self.born.day,
        )


class Who(NamedTuple):
    """How a row tells of whom it speaks: by `key`, by the folded `name`, or by a `tie`.

    A tie stands where the name is none, such as `hijo 1`: it means somebody else beside each
    detainee, so nobody can be referred to by it.
    """

    by: str
    text: str


class Book:
    """All simple sheets of one load."""

    def __init__(self) -> None:
        """Start with nothing noted."""
        self.people: dict[Who, Someone] = defaultdict(Someone)
        self.custodies: dict[Who, dict[str, Place]] = defaultdict(dict)
        self.facts: dict[tuple[str, ...], Place] = {}
        self.restricted: set[str] = set()
        self._named: dict[str, set[Who]] = defaultdict(set)
        self._spellings: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._links: dict[str, str] = {}
        self._guarded: set[str] = set()
        self._wanted: set[str] = set()
        self._graph: dict[str, list[str]] = {}
        self.elsewhere: set[str] = set()
        """Keys of people in the graph of whom other datasets speak."""

    # What pass one notes.

    def note_spelling(self, kind: str, text: str) -> None:
        """Count one way to write a name."""
        self._spellings[kind, fold(text)][text] += 1

    def note_person(self, who: Who, name: str, sheet: str) -> Someone:
        """Note that a row of `sheet` describes somebody."""
        self._named[fold(name)].add(who)
        self.note_spelling("person", name)
        self.people[who].sheets.add(sheet)
        return self.people[who]

    def note_link(self, text: str) -> None:
        """Note one way to write a link."""
        known = self._links.setdefault(source_url_id(text), text)
        self._links[source_url_id(text)] = min(known, text)

    def note_names(self, names: Iterable[str]) -> None:
        """Note names that no message may print: they are, or may be, a minor's."""
        self._guarded.update(name for name in names if fold(name))

    def want(self, text: str) -> None:
        """Note a person referred to, to be looked up in the graph if no sheet has them."""
        self._wanted.add(text)

    def fetch(self, graph: Graph, space: str, dataset: str) -> None:
        """Look up in the graph who is referred to, between the two passes.

        Custodies there count only for people of whom the sheets have none.

        Args:
            graph: the graph.
            space: the id space of keys without one.
            dataset: the dataset that the sheets belong to.
        """
        keys = {key for text in self._wanted for key in self._candidates(text) if key}
        full = {key if ":" in key else f"{space}:{key}": key for key in keys}
        found = graph.ids("Person", full)
        held = graph.custodies(found)
        self.elsewhere = {full[person] for person in graph.described_elsewhere(found, dataset)}
        for person in found:
            theirs = [one.removeprefix(f"{space}:") for one in held.get(person, ())]
            self._graph[full[person]] = sorted(theirs)

    def _candidates(self, text: str) -> Iterable[str]:
        found = self._in_sheets(text)
        return [self.key(who) for who in found] if found else (text, slug(text))

    # What pass two asks.

    def spell(self, kind: str, text: str) -> str:
        """Return the most usual way to write a name that differs in accents and case alone."""
        ways = self._spellings.get((kind, fold(text)))
        if not ways:
            return text
        # Of two as usual the one in capitals and small letters, and the one with accents.
        return max(ways, key=lambda way: (ways[way], not way.islower() and not way.isupper(), way))

    def link(self, text: str) -> str:
        """Return one and the same way to write a link, whatever its part after `#`."""
        return self._links.get(source_url_id(text), text) if text else ""

    def guarded_names(self) -> set[str]:
        """Return the names and aliases of people who are, or may be, minors."""
        return set(self._guarded)

    def is_secret(self, name: str) -> bool:
        """Return whether a name is that of somebody who is, or may be, a minor."""
        return bool(name) and fold(name) in self._secret

    def is_minor(self, who: Who) -> bool:
        """Return whether whoever a row speaks of is a minor."""
        return who in self.people and self.people[who].is_minor()

    def key(self, who: Who) -> str:
        """Return the key of a person: theirs, or made of the name, never of a minor's."""
        if who.by == "key":
            return who.text
        return minor_key(who.text) if self.is_minor(who) else slug(who.text)

    def find(self, text: str) -> tuple[str, Who | None]:
        """Return the key that a name or key means, and who that is where a sheet describes them.

        Raises:
            Unknown: nobody has it; the message has a suggestion.
            ValueError: several people have it.
        """
        found = self._in_sheets(text)
        if len(found) > 1:
            keys = ", ".join(sorted(f"`{self.key(who)}`" for who in found))
            said = _("several people have this name; write the key of one: {keys}")
            raise ValueError(said.format(keys=keys))
        for who in found:
            named = who.by == "name" and "detainees" not in self.people[who].sheets
            if named and self.is_minor(who):
                raise ValueError(_("this may be a minor; give them a key and write that key here"))
            return self.key(who), who
        for key in (text, slug(text)):
            if key in self._graph:
                return key, None
        said = _("nobody in these sheets or in the graph has this name or key{hint}")
        raise Unknown(said.format(hint=suggest(text, self._suggestions)))

    def _in_sheets(self, text: str) -> list[Who]:
        if (who := Who("key", text)) in self.people:
            return [who]
        return sorted(self._named.get(fold(text), ()))

    @cached_property
    def _secret(self) -> set[str]:
        return {fold(name) for name in self._guarded}

    @cached_property
    def _suggestions(self) -> list[str]:
        return [self.spell("person", name) for name in self._named if name not in self._secret]

    def custody(self, text: str, day: str) -> str:
        """Return the key of the custody of a person, the only one or that of `day`.

        Raises:
            LookupError: the day is missing or not one of theirs.
            ValueError: there is no such person, or they have no custody.
        """
        person, who = self.find(text)
        theirs = self.custodies.get(who, ()) if who else ()
        known = {own or UNKNOWN_DAY: custody_key(person, own) for own in theirs}
        if not known:
            held = self._graph.get(person, ())
            known = {key.removeprefix(f"det-{person}-"): key for key in held}
        if not known:
            raise ValueError(_("this person has no detention in these sheets or in the graph"))
        fits = [key for own, key in known.items() if not day or own == day or _same(own, day)]
        if day and day in known:
            fits = [known[day]]
        if len(fits) == 1:
            return fits[0]
        said = _("this person has several detentions; name the day of one: {days}")
        if day and not fits:
            said = _("this person has no detention of that day; there is: {days}")
        raise LookupError(said.format(days=", ".join(sorted(known))))

    def notes(self) -> Iterator[str]:
        """Yield sentences on people taken for one because their names are alike."""
        for who, someone in self.people.items():
            if (
                who.by == "name"
                and "officials" in someone.sheets
                and len(someone.sheets) > 1
                and who.text not in self._secret
            ):
                name = self.spell("person", who.text)
                yield _one_with_an_official(someone.sheets).format(name=name)


def _one_with_an_official(sheets: set[str]) -> str:
    """Return what to say of somebody among the officials and in other sheets."""
    if {"detainees", "relatives"} <= sheets:
        return _(
            "{name} is among the officials and the detainees and relatives: taken for one person; "
            "if they are two, give one a key"
        )
    if "detainees" in sheets:
        return _(
            "{name} is among the officials and the detainees: taken for one person; if they are "
            "two, give one a key"
        )
    return _(
        "{name} is among the officials and the relatives: taken for one person; if they are two, "
        "give one a key"
    )


def _same(one: str, other: str) -> bool:
    if UNKNOWN_DAY in (one, other):
        return False
    try:
        first, second = parse_date(one), parse_date(other)
    except ValueError:
        return False
    return first.contains(second) or second.contains(first)


def custody_key(person: str, day: str) -> str:
    """Return the key of the custody of `person` (a key) that began on `day`, as written."""
    return f"det-{person}-{day or UNKNOWN_DAY}"


def minor_key(*parts: str) -> str:
    """Return the key of a minor from what is no name: a placeholder, a detainee, a relation."""
    return "minor-" + short_hash(" | ".join(parts))[:12]
