"""The shape of datasets/starter: what a synthetic folder takes over from it, and nothing else."""

from __future__ import annotations

import csv
import datetime
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

STARTER = Path(__file__).resolve().parent.parent / "datasets" / "starter"
CLOSED = ("laws", "charges")
"""Tables that stand for closed lists: they grow with the square root of the number of rows."""
FIXED = ("amnesty_rules",)
"""Tables that do not grow: an amnesty has no more rules for having more cases."""
NO_LAW_YET = ("subject_id", "rule_id", "source_ids")
"""The columns of rule_links, of which the starter has no row; it gets as many as requests."""
KEYS = {
    "sources": ("s", 6),
    "people": ("persona", 7),
    "organizations": ("org", 6),
    "places_of_detention": ("lugar", 6),
    "laws": ("ley", 4),
    "charges": ("delito", 5),
    "cases": ("caso", 6),
    "detentions": ("det", 7),
    "events": ("hecho", 6),
    "amnesty_rules": ("regla", 5),
}
"""Prefix and digits of the keys of each table that describes something."""
FIRST_DAY = datetime.date(2014, 1, 1)
FIRST_CUSTODIES, LATER_CUSTODIES = (0, 2500), (3000, 1200)
"""Days after FIRST_DAY on which a first and a later custody begin: from, and over how many."""
FILLER = "texto sintético sin contenido real "

Cells = dict[str, str]


def read_starter() -> dict[str, list[Cells]]:
    """Return the rows of each table of the starter."""
    tables = {}
    for path in sorted(STARTER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            tables[path.stem] = list(csv.DictReader(file))
    pattern = tables["amnesty_requests"][0]
    tables.setdefault(
        "rule_links",
        [{**dict.fromkeys(NO_LAW_YET, ""), "source_ids": pattern["source_ids"]}],
    )
    return tables


def sizes(starter: dict[str, list[Cells]], rows: int) -> dict[str, int]:
    """Return how many rows each table gets, `rows` in all, at least 2 each."""
    total = sum(map(len, starter.values()))
    closed = {name: max(2, round(len(starter[name]) * math.sqrt(rows / total))) for name in CLOSED}
    closed |= {name: len(starter[name]) for name in FIXED}
    left = rows - sum(closed.values())
    rest = total - sum(len(starter[name]) for name in closed)
    made = closed | {
        name: max(2, len(table) * left // rest)
        for name, table in starter.items()
        if name not in closed
    }
    made["sources"] += rows - sum(made.values())
    if made["sources"] < 2:
        raise ValueError("a synthetic folder has at least 200 rows")
    return made


def key(table: str, number: int) -> str:
    """Return the key of row `number` of a table."""
    prefix, digits = KEYS[table]
    return f"{prefix}{number:0{digits}}" if table == "sources" else f"{prefix}-{number:0{digits}}"


def parts(cell: str) -> list[str]:
    """Return what a cell of several values holds."""
    return [part for part in cell.split(";") if part]


@dataclass
class Folder:
    """The folder in the making."""

    rows: int
    random: random.Random
    starter: dict[str, list[Cells]] = field(default_factory=read_starter)

    def __post_init__(self) -> None:
        self.sizes = sizes(self.starter, self.rows)
        self.table_of = {
            next(iter(row.values())): name
            for name, table in self.starter.items()
            if name in KEYS
            for row in table
        }
        people, held = self.sizes["people"], {r["person_id"] for r in self.starter["detentions"]}
        share = len(held) / len(self.starter["detentions"])
        self.held = min(people // 2, math.ceil(self.sizes["detentions"] * share))
        """The first people are those held: person N in custody N, later custodies are theirs."""
        official = sum("official" in row["role_types"] for row in self.starter["people"])
        self.officials = range(self.held, self.held + max(8, people * official // 180))
        self.held_in_starter = held
        self._skews: dict[tuple[str, str], float] = {}

    # Choosing

    def below(self, number: int) -> int:
        """Return a number from 0, below `number`, each as likely."""
        return int(self.random.random() * number)

    def one(self, choices: Sequence[Cells]) -> Cells:
        """Return one of `choices`, each as likely."""
        return choices[self.below(len(choices))]

    def skew(self, table: str, column: str) -> float:
        """Return the exponent that gives the most named in a column its share in the starter."""
        if (table, column) not in self._skews:
            named = Counter(p for row in self.starter[table] for p in parts(row[column]))
            top = max(named.values(), default=1) / (sum(named.values()) or 1)
            many = max(len(named), 2)
            self._skews[table, column] = math.log(many) / -math.log(top) if top < 1 else 1
        return self._skews[table, column]

    def named(self, table: str, column: str, among: Sequence[int], many: int = 1) -> list[int]:
        """Return `many` different ones of `among`, the first the likelier, as in the starter."""
        found: dict[int, None] = {}
        skew = self.skew(table, column)
        while len(found) < min(many, len(among)):
            found[among[int(len(among) * self.random.random() ** skew)]] = None
        return list(found)

    def grouped(
        self, table: str, column: str, among: Sequence[int] = ()
    ) -> Iterator[tuple[str, int, list[Cells]]]:
        """Spread the rows of a table over what one of its columns names.

        Yields, for each thing named, its table, its number, and a pattern for each of its rows:
        as many as things have in the starter, and for each table named its share of the rows.
        `among` are the things that may be named, where not all.
        """
        kinds: dict[str, list[Cells]] = defaultdict(list)
        for row in self.starter[table]:
            kinds[self.table_of.get(row[column], "detentions")].append(row)
        left = self.sizes[table]
        for position, (to, patterns) in enumerate(sorted(kinds.items())):
            share = self.sizes[table] * len(patterns) // len(self.starter[table])
            rows = share if position < len(kinds) - 1 else left
            left -= rows
            degrees = sorted(Counter(row[column] for row in patterns).values())
            things = among or range(self.sizes[to])
            # A step without a common divisor comes to each of them once.
            step = next(
                s
                for s in range(int(len(things) * 0.618) + 1, 10**9)
                if math.gcd(s, len(things)) < 2
            )
            for visited in range(len(things)):
                least = math.ceil(rows / (len(things) - visited))
                many = min(rows, max(least, degrees[self.below(len(degrees))]))
                rows -= many
                if many:
                    number = things[visited * step % len(things)]
                    yield to, number, [self.one(patterns) for _ in range(many)]

    # Cells

    def sources(self, table: str, pattern: Cells) -> str:
        """Return as many sources as the pattern names."""
        many = len(parts(pattern["source_ids"]))
        numbers = self.named(table, "source_ids", range(self.sizes["sources"]), many)
        return ";".join(key("sources", number) for number in numbers)

    def reference(self, table: str, column: str, pattern: Cells, to: str) -> str:
        """Return as many keys of table `to` as the pattern has in the column."""
        many = len(parts(pattern[column]))
        numbers = self.named(table, column, range(self.sizes[to]), many) if many else ()
        return ";".join(key(to, number) for number in numbers)

    def day(self, start: int = 0, days: int = 4000) -> datetime.date:
        """Return one of `days` days from `start` days after FIRST_DAY."""
        return FIRST_DAY + datetime.timedelta(days=start + self.below(days))


def like(pattern: str, day: datetime.date) -> str:
    """Return a day as exactly as the pattern has it; blank where that is blank."""
    return day.isoformat()[: len(pattern)] if pattern else ""


def after(day: datetime.date, days: int) -> datetime.date:
    """Return the day that many days later."""
    return day + datetime.timedelta(days=days)


def text(pattern: str, head: str) -> str:
    """Return `head` and filler, as long as the pattern; blank where that is blank."""
    if len(pattern) <= len(head):
        return head if pattern else ""
    more = len(pattern) - len(head) - 2
    return f"{head}: {(FILLER * (more // len(FILLER) + 1))[: max(more, 0)]}".rstrip(": ")
