"""Pairs of records of people, labelled same or different: `identity_pairs.csv`.

    python benchmarks/identity_pairs.py > benchmarks/identity_pairs.csv

Nobody in it exists but in the pairs of kind `starter_alias`, the names and other names that
`datasets/starter/people.csv` holds. The same seed gives the same bytes. Which half a pair is in,
`tune` or `held_out`, follows from a hash of the pair.

A custody is written `from/to@place`, several are separated by `; `.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.identity_hard import HARD  # noqa: E402
from benchmarks.identity_names import (  # noqa: E402
    ACROSS,
    LIKE_GIVEN,
    LIKE_SURNAMES,
    MEN,
    NICKNAMES,
    NOT_ACROSS,
    PARTICLED,
    SHORT,
    SURNAMES,
    WOMEN,
)
from benchmarks.identity_spelling import accentless, initials, misspelt  # noqa: E402

SEED = 7
PLACES = ("Penal Norte", "Penal Sur", "Cuartel Central", "Comandancia del Puerto", "Anexo Femenino")
STARTER = Path(__file__).resolve().parent.parent / "datasets" / "starter" / "people.csv"
FIELDS = ("name", "aliases", "born", "mother_name", "custody", "kin")
COLUMNS = (
    "id", "kind", "label", "split",
    *(f"{side}_{name}" for side in "ab" for name in FIELDS),
)  # fmt: skip


@dataclass(frozen=True)
class Record:
    """What one data set says of one person; '' is unknown."""

    name: str
    aliases: str = ""
    born: str = ""
    mother_name: str = ""
    custody: str = ""
    kin: str = ""


@dataclass(frozen=True)
class Someone:
    """A person who does not exist: two given names, two surnames, and a life."""

    given: tuple[str, ...]
    surnames: tuple[str, ...]
    born: datetime.date
    mother: str
    taken: datetime.date
    freed: datetime.date | None
    place: str
    kin: str

    @property
    def name(self) -> str:
        """Given names, then surnames."""
        return " ".join((*self.given, *self.surnames))


class Maker:
    """Makes people and records of them."""

    def __init__(self, seed: int) -> None:
        """Take the seed of all that is chosen."""
        self.dice = random.Random(seed)  # noqa: S311 - for test data alone
        self._left: dict[tuple[tuple[str, str], ...], list[tuple[str, str]]] = {}

    def names(self, pairs: tuple[tuple[str, str], ...]) -> tuple[str, str]:
        """Return one of `pairs`, each once before any comes again, so that the halves differ."""
        left = self._left.setdefault(pairs, [])
        if not left:
            left += self.dice.sample(pairs, len(pairs))
        return left.pop()

    def one(self, *, woman: bool | None = None) -> Someone:
        """Return a new person."""
        dice = self.dice
        woman = dice.random() < 0.35 if woman is None else woman
        taken = datetime.date(2014, 1, 1) + datetime.timedelta(days=dice.randrange(4200))
        freed = taken + datetime.timedelta(days=dice.randrange(20, 900))
        surnames = tuple(dice.sample(SURNAMES, 2))
        return Someone(
            tuple(dice.sample(WOMEN if woman else MEN, 2)),
            surnames,
            datetime.date(1950, 1, 1) + datetime.timedelta(days=dice.randrange(18000)),
            f"{dice.choice(WOMEN)} {surnames[1]}",
            taken,
            freed if dice.random() < 0.6 else None,
            dice.choice(PLACES),
            f"{dice.choice(MEN)} {surnames[0]}",
        )

    def record(self, who: Someone, name: str = "", *, known: float = 1.0, off: int = 3) -> Record:
        """Return a record of somebody, with as much as a data set may know.

        Args:
            who: the person.
            name: how the data set writes the name; in full where ''.
            known: how much is known, 1 for the usual share.
            off: days by which the day of the taking may be wrong.
        """
        dice = self.dice
        born = who.born.isoformat()
        born = born[: dice.choice((10, 10, 7, 4))] if dice.random() < 0.4 * known else ""
        mother = who.mother if dice.random() < 0.25 * known else ""
        custody = ""
        if dice.random() < 0.75 * known:
            taken = who.taken + datetime.timedelta(days=dice.choice((0, 0, 0, 1, off)))
            freed = who.freed.isoformat() if who.freed and dice.random() < 0.6 else ""
            place = who.place if dice.random() < 0.7 else ""
            custody = f"{taken.isoformat()}/{freed}@{place}"
        kin = who.kin if dice.random() < 0.25 * known else ""
        return Record(name or who.name, "", born, mother, custody, kin)

    def both(self, who: Someone, name: str, *, known: float = 1.0) -> tuple[Record, Record]:
        """Return two records of one person, the second under `name`."""
        return self.record(who, known=known), self.record(who, name, known=known)


Pair = tuple[Record, Record]
Kind = Callable[[Maker], Pair]


# One person, written in two ways.


def capitals(make: Maker) -> Pair:
    """Return a pair of which one is in capitals without accents."""
    who = make.one()
    return make.both(who, accentless(who.name).upper(), known=0.8)


def swapped(make: Maker) -> Pair:
    """Return a pair of which one has the surnames first."""
    who = make.one()
    given, surnames = " ".join(who.given), " ".join(who.surnames)
    name = make.dice.choice(
        (
            f"{surnames.upper()}, {given}",
            f"{surnames}, {given}",
            f"{accentless(surnames).upper()} {accentless(given).upper()}",
            f"{surnames.upper()} {given}",
        )
    )
    return make.both(who, name, known=0.8)


def no_second_surname(make: Maker) -> Pair:
    """Return a pair of which one lacks the second surname."""
    who = make.one()
    return make.both(who, " ".join((*who.given, who.surnames[0])), known=1.2)


def no_second_given(make: Maker) -> Pair:
    """Return a pair of which one lacks the second given name."""
    who = make.one()
    return make.both(who, " ".join((who.given[0], *who.surnames)))


def by_second_given(make: Maker) -> Pair:
    """Return a pair of which one goes by the second given name."""
    who = make.one()
    return make.both(who, " ".join((who.given[1], *who.surnames)))


def short(make: Maker) -> Pair:
    """Return a pair of which one has one given name and one surname."""
    who = make.one()
    return make.both(who, f"{who.given[0]} {who.surnames[0]}", known=1.33)


def with_initials(make: Maker) -> Pair:
    """Return a pair of which one has initials."""
    who = make.one()
    return make.both(who, initials(who.given, who.surnames, make.dice))


def married(make: Maker) -> Pair:
    """Return a pair of which one carries a husband's surname after "de"."""
    who = make.one(woman=True)
    husband = make.dice.choice(SURNAMES)
    name = " ".join((*who.given[: make.dice.choice((1, 2))], who.surnames[0], "de", husband))
    first = make.record(who)
    return (replace(first, kin=f"Pedro {husband}") if make.dice.random() < 0.4 else first), (
        make.record(who, name)
    )


def particles(make: Maker) -> Pair:
    """Return a pair of which one writes the particles of a surname another way."""
    who = make.one()
    part = make.dice.choice(PARTICLED)
    who = replace(who, surnames=(part, who.surnames[1]))
    other = make.dice.choice((part.lower(), part.replace(" ", ""), part.split()[-1]))
    return make.both(who, " ".join((*who.given, other, who.surnames[1])))


def nickname(make: Maker) -> Pair:
    """Return a pair of which one goes by a nickname that the other has as another name."""
    who = make.one()
    called = f"{make.dice.choice(NICKNAMES)} {who.surnames[0]}"
    first, second = make.both(who, called)
    return replace(first, aliases=called), second


def alias(make: Maker) -> Pair:
    """Return a pair that shares another name, misspelt."""
    who = make.one()
    called = f"{who.given[1]} {who.surnames[0]}"
    first, second = make.both(who, misspelt(called, make.dice))
    return replace(first, aliases=f"{make.dice.choice(NICKNAMES)}; {called}"), second


def hypocorism(make: Maker) -> Pair:
    """Return a pair of which one has the familiar form of the given name."""
    given, familiar = make.dice.choice(sorted(SHORT.items()))
    who = make.one()
    who = replace(who, given=(given, who.given[1]))
    return make.both(who, " ".join((familiar, *who.surnames)), known=1.2)


def typo(make: Maker) -> Pair:
    """Return a pair of which one is misspelt."""
    who = make.one()
    return make.both(who, misspelt(who.name, make.dice))


def mixed(make: Maker) -> Pair:
    """Return a pair that differs in two ways."""
    who = make.one()
    given, surnames = who.given, who.surnames
    name = make.dice.choice(
        (
            f"{accentless(' '.join(surnames)).upper()}, {given[0].upper()}",
            misspelt(f"{given[0]} {' '.join(surnames)}", make.dice),
            f"{surnames[0].upper()} {surnames[1][0]}., {given[0]}",
            misspelt(f"{' '.join(given)} {surnames[0]}", make.dice),
            misspelt(f"{surnames[0]}, {given[0]}", make.dice),
        )
    )
    return make.both(who, name, known=1.2)


def across(make: Maker) -> Pair:
    """Return a pair in two scripts or spellings."""
    names = make.names(ACROSS)
    who = make.one()
    return make.record(who, names[0]), make.record(who, names[1])


# Two people who look like one.


def brothers(make: Maker) -> Pair:
    """Return siblings, often taken together."""
    who = make.one()
    other = make.one(woman=who.given[0] in WOMEN)
    shared = make.dice.random() < 0.35
    given = (who.given[0], other.given[1]) if shared else other.given
    together = make.dice.random() < 0.5
    other = replace(
        who if together else other,
        given=given,
        surnames=who.surnames,
        mother=who.mother,
        born=other.born,
        kin=who.kin if make.dice.random() < 0.5 else who.name,
    )
    return make.record(who), make.record(other)


def father_and_son(make: Maker) -> Pair:
    """Return father and son with the same given name."""
    who = make.one(woman=False)
    mother = make.dice.choice([s for s in SURNAMES if s not in who.surnames])
    later = who.born + datetime.timedelta(days=make.dice.randrange(7000, 13000))
    son = replace(
        make.one(woman=False),
        given=who.given,
        surnames=(who.surnames[0], mother),
        born=later,
        kin=who.name,
    )
    pair = make.record(who, known=1.3), make.record(son, known=1.3)
    if make.dice.random() < 0.5:
        # In the press both have one surname alone; years of birth tell them apart.
        called = " ".join((*who.given, who.surnames[0]))
        return (
            replace(pair[0], name=called, born=str(who.born.year)),
            replace(pair[1], name=called, born=str(later.year)),
        )
    return pair


def other_mother(make: Maker) -> Pair:
    """Return namesakes with different mothers."""
    who, other = make.one(), make.one()
    other = replace(other, given=who.given, surnames=who.surnames)
    first, second = make.record(who, known=0.8), make.record(other, known=0.8)
    mother = f"{other.mother.split()[0]} {who.surnames[1]}"
    return replace(first, mother_name=who.mother), replace(second, mother_name=mother)


def other_birth(make: Maker) -> Pair:
    """Return namesakes born on different days."""
    who, other = make.one(), make.one()
    cut = make.dice.choice((1, 1, 2))
    other = replace(other, given=who.given[:cut], surnames=who.surnames)
    first, second = make.record(who), make.record(other)
    return (
        replace(first, born=who.born.isoformat()),
        replace(second, born=other.born.isoformat()[: make.dice.choice((10, 4))]),
    )


def two_places(make: Maker) -> Pair:
    """Return namesakes held at the same time in two places."""
    who, other = make.one(), make.one()
    place, elsewhere = make.dice.sample(PLACES, 2)
    start = who.taken
    end = start + datetime.timedelta(days=400)
    inside = start + datetime.timedelta(days=make.dice.randrange(40, 200))
    left = inside + datetime.timedelta(days=make.dice.randrange(30, 150))
    cut = make.dice.choice((1, 2))
    other = replace(other, given=who.given, surnames=who.surnames[:cut])
    first, second = make.record(who, known=0.5), make.record(other, known=0.5)
    return (
        replace(first, custody=f"{start}/{end}@{place}"),
        replace(second, custody=f"{inside}/{left}@{elsewhere}"),
    )


def like_surname(make: Maker) -> Pair:
    """Return people whose surnames are alike, and no more."""
    one, two = make.names(LIKE_SURNAMES)
    who, other = make.one(), make.one()
    second = who.surnames[1:] if make.dice.random() < 0.4 else ()
    who = replace(who, surnames=(one, *second))
    return make.record(who), make.record(
        replace(other, given=who.given[: make.dice.choice((1, 2))], surnames=(two, *second))
    )


def like_given(make: Maker) -> Pair:
    """Return people whose given names are alike, and no more."""
    one, two = make.names(LIKE_GIVEN)
    who, other = make.one(), make.one()
    if make.dice.random() < 0.4:
        # A couple of siblings, taken together.
        other = replace(who, born=other.born)
    return make.record(replace(who, given=(one,))), make.record(
        replace(other, given=(two,), surnames=who.surnames)
    )


def cousins(make: Maker) -> Pair:
    """Return people who share given names and the first surname alone."""
    who, other = make.one(), make.one()
    last = make.dice.choice([s for s in SURNAMES if s not in who.surnames])
    given = who.given if make.dice.random() < 0.5 else (who.given[0], other.given[1])
    return make.record(who), make.record(
        replace(other, given=given, surnames=(who.surnames[0], last))
    )


def common(make: Maker) -> Pair:
    """Return people with a common short name, taken at other times in other places."""
    who, other = make.one(), make.one()
    given, surname = make.dice.choice(MEN[:9]), make.dice.choice(SURNAMES[:12])
    who = replace(who, given=(given,), surnames=(surname,))
    other = replace(other, given=(given,), surnames=(surname, make.dice.choice(SURNAMES[12:])))
    one, two = make.dice.sample(PLACES, 2)
    return (
        replace(make.record(who, known=0.3), custody=f"{who.taken}/@{one}"),
        replace(make.record(other, known=0.3), custody=f"{other.taken}/@{two}"),
    )


def in_law(make: Maker) -> Pair:
    """Return women who married into one family, or a woman and her husband."""
    husband = make.dice.choice(SURNAMES)
    who, other = make.one(woman=True), make.one(woman=True)
    if make.dice.random() < 0.5:
        man = replace(make.one(woman=False), surnames=(husband, who.surnames[1]))
        return make.record(who, f"{who.given[0]} {who.surnames[0]} de {husband}"), make.record(man)
    return (
        make.record(who, f"{who.given[0]} {who.surnames[0]} de {husband}"),
        make.record(other, f"{who.given[0]} {other.surnames[0]} de {husband}"),
    )


def not_across(make: Maker) -> Pair:
    """Return people of other languages whose names are alike."""
    names = make.names(NOT_ACROSS)
    return make.record(make.one(), names[0]), make.record(make.one(), names[1])


def strangers(make: Maker) -> Pair:
    """Return two people who share a given name or a surname at most."""
    who, other = make.one(), make.one()
    if make.dice.random() < 0.4:
        other = replace(other, surnames=(who.surnames[0], other.surnames[1]))
    elif make.dice.random() < 0.6:
        other = replace(other, given=who.given, taken=who.taken, place=who.place)
    return make.record(who), make.record(other)


SAME: dict[Kind, int] = {
    capitals: 22, swapped: 30, no_second_surname: 30, no_second_given: 28, by_second_given: 14,
    short: 20, with_initials: 26, married: 20, particles: 16, nickname: 14, alias: 12,
    hypocorism: 12, typo: 40, mixed: 34, across: 39,
}  # fmt: skip
DIFFERENT: dict[Kind, int] = {
    brothers: 50, father_and_son: 28, other_mother: 24, other_birth: 34, two_places: 28,
    like_surname: 25, like_given: 20, cousins: 28, common: 20, in_law: 14, not_across: 24,
    strangers: 40,
}  # fmt: skip
"""How many pairs of each kind; all different ones but the strangers are hard."""


def made() -> Iterator[tuple[str, str, Pair]]:
    """Yield kind, label and records of each pair that is made by chance."""
    make = Maker(SEED)
    for label, kinds in (("same", SAME), ("different", DIFFERENT)):
        for kind, number in kinds.items():
            for _ in range(number):
                pair = kind(make)
                yield kind.__name__, label, pair if make.dice.random() < 0.5 else pair[::-1]


def starter() -> Iterator[tuple[str, str, Pair]]:
    """Yield each other name in the starter that is not the name, with the name."""
    with STARTER.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for other in filter(None, map(str.strip, row["aliases"].split(";"))):
                if other != row["name"] and row["is_minor"] != "true":
                    yield "starter_alias", "same", (Record(row["name"]), Record(other))


def hard() -> Iterator[tuple[str, str, Pair]]:
    """Yield the pairs written by hand."""
    for kind, label, one, two in HARD:
        yield kind, label, (Record(**one), Record(**two))


def rows() -> Iterator[dict[str, str]]:
    """Yield each pair once, as a row of the file."""
    seen = set()
    for kind, label, pair in (*hard(), *starter(), *made()):
        cells = {
            f"{side}_{name}": getattr(record, name)
            for side, record in zip("ab", pair, strict=True)
            for name in FIELDS
        }
        digest = hashlib.sha256(repr(sorted(cells.items())).encode()).hexdigest()
        if digest in seen or (kind == "brothers" and cells["a_name"] == cells["b_name"]):
            # Siblings who got the same names by chance.
            continue
        seen.add(digest)
        split = "tune" if int(digest[0], 16) % 2 else "held_out"
        yield {"id": digest[:10], "kind": kind, "label": label, "split": split, **cells}


def main() -> None:
    """Write the pairs to standard output."""
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows())


if __name__ == "__main__":
    main()
