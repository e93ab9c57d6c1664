"""Who commanded whom, by day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.starter_answers import Bounds, Cells, Row, answers, bounds, by_key, person_name, table

ENDED = ("released", "conditional_release", "deceased", "escaped")
FIRST, LAST = datetime.date.min, datetime.date.max


@dataclass(frozen=True)
class Link:
    """A link of a chain that has, or could have, dates of its own."""

    started: Bounds
    ended: Bounds
    name: str = ""
    """What it is called where it has no dates; posts have none."""

    @property
    def dated(self) -> bool:
        return self.started[0] is not None or self.ended[0] is not None

    def may_hold(self) -> tuple[datetime.date, datetime.date]:
        """Return the first and the last day of which nothing rules it out."""
        return self.started[0] or FIRST, self.ended[1] or LAST

    def surely_holds(self) -> tuple[datetime.date, datetime.date]:
        """Return the first and the last day on which it surely holds; where none, not in order."""
        assert self.dated
        first, last = self.started[1] or self.ended[1], self.ended[0] or self.started[0]
        assert first and last
        return first, last


@dataclass(frozen=True)
class Start:
    """Where a chain starts: the unit, how it comes in, the links so far, the days asked about."""

    through: str
    place: str | None
    unit: str
    links: tuple[Link, ...]
    days: Bounds
    stay: tuple[datetime.date, datetime.date] = (FIRST, LAST)


def of_detention(custody: Cells) -> Iterator[Start]:
    """Give who made the arrest, and who ran the places of the stay."""
    if custody["by_org_id"]:
        yield Start("ARRESTED_BY", None, custody["by_org_id"], (), bounds(custody["started_on"]))
    listed = [
        row for row in table("detention_places") if row["detention_id"] == custody["detention_id"]
    ]
    stays = [(row["place_id"], bounds(row["from_on"]), bounds(row["to_on"])) for row in listed]
    if custody["place_id"] and custody["place_id"] not in [place for place, *_ in stays]:
        stays.append((custody["place_id"], (None, None), (None, None)))
    latest = bounds(custody["ended_on"])[1]
    if latest is None and custody["status"] in ENDED:
        latest = bounds(custody["status_as_of"])[1]
    for place, started, ended in stays:
        moved = [
            other[1]
            for _, other, _ in stays
            if ended[0] is None and started[1] and other[0] and other[1] and other[0] > started[1]
        ]
        stay = (bounds(custody["started_on"])[0] or FIRST, min([latest or LAST, *moved]))
        name = by_key("places_of_detention", "place_id")[place]["name"]
        held = Link(started, ended, name)
        yield from of_place(place, "HELD_AT", (held,), (None, None), stay)


def of_place(
    place: str,
    through: str,
    links: tuple[Link, ...],
    days: Bounds,
    stay: tuple[datetime.date, datetime.date] = (FIRST, LAST),
) -> Iterator[Start]:
    """Give who runs a place; the starter has no dates of that."""
    row = by_key("places_of_detention", "place_id")[place]
    if operator := row["operated_by_org_id"]:
        unit = by_key("organizations", "org_id")[operator]["name"]
        operates = Link((None, None), (None, None), f"{unit} → {row['name']}")
        yield Start(through, row["name"], operator, (*links, operates), days, stay)


def upward(start: Start) -> Iterator[Row]:
    """Give the commanders of the unit and of what is above it, and where the chain stops."""
    organizations = by_key("organizations", "org_id")
    chain, links = [start.unit], start.links
    while True:
        row = organizations[chain[-1]]
        for post in table("positions"):
            if post["org_id"] == chain[-1] and post["commands"] == "yes":
                held = Link(bounds(post["started_on"]), bounds(post["ended_on"]))
                if certainty := judge(start, (*links, held)):
                    yield cells(start, chain, certainty, post, links, row["name"])
        parent = row["parent_org_id"]
        if not parent:
            return
        part = Link(
            bounds(row["parent_from"]),
            bounds(row["parent_to"]),
            f"{row['name']} → {organizations[parent]['name']}",
        )
        links = (*links, part)
        if row["parent_kind"] == "unknown" and judge(start, links):
            yield cells(start, chain, "stops", None, links, organizations[parent]["name"])
        if row["parent_kind"] != "command":
            return
        chain = [*chain, parent]


def judge(start: Start, links: Sequence[Link]) -> str:
    """Return how sure it is that all links hold on the days asked about, '' where they cannot."""
    from_, to = (
        max([start.stay[0], *(link.may_hold()[0] for link in links)]),
        min([start.stay[1], *(link.may_hold()[1] for link in links)]),
    )
    first, last = start.days
    if from_ > to or (last and from_ > last) or (first and to < first):
        return ""
    if not links[-1].dated:
        return "undated"
    if not all(link.dated for link in links) or (start.through == "ARRESTED_BY" and not first):
        return "possible"
    sure_from = max(link.surely_holds()[0] for link in links)
    sure_to = min(link.surely_holds()[1] for link in links)
    sure = sure_from <= (first or sure_to) and sure_to >= (last or sure_from)
    return "confirmed" if sure else "possible"


def cells(
    start: Start,
    chain: Sequence[str],
    certainty: str,
    post: Cells | None,
    links: Sequence[Link],
    organization: str,
) -> Row:
    """Return the columns compared."""
    names = [by_key("organizations", "org_id")[unit]["name"] for unit in chain]
    return (
        *(start.through, start.place, len(chain) - 1, names, certainty),
        person_name(post["person_id"]) if post else None,
        post["title"] if post else None,
        organization,
        [link.name for link in links if not link.dated],
        "reported",
    )


COLUMNS = (
    *("through", "place", "level", "chain", "certainty", "official", "title", "organization"),
    *("undated", "confidence"),
)


def traced(detention: str) -> Iterable[Row]:
    """Give the chains of a custody; no row of posts or bodies says how sure it is."""
    for start in of_detention(by_key("detentions", "detention_id")[detention]):
        yield from upward(start)


@answers("trace_command", given={"id": "det-acosta-arevalo-2019"}, columns=COLUMNS)
def killed_in_custody() -> Iterable[Row]:
    """A body whose place under the ministry is not known to be a command."""
    return traced("det-acosta-arevalo-2019")


@answers("trace_command", given={"id": "det-borges-2025"}, columns=COLUMNS)
def moved_twice() -> Iterable[Row]:
    """Three places, of which one has an operator; its director changed during the stay."""
    return traced("det-borges-2025")


@answers("trace_command", given={"id": "det-armas-2024"}, columns=COLUMNS)
def only_undated_posts() -> Iterable[Row]:
    """A director without dates; the one before had left."""
    return traced("det-armas-2024")


@answers("trace_command", given={"id": "el-helicoide", "day": "2024-10-15"}, columns=COLUMNS)
def prison_on_a_day() -> Iterable[Row]:
    """A prison in the month in which its director left."""
    day = datetime.date(2024, 10, 15)
    for start in of_place("el-helicoide", "OPERATES", (), (day, day)):
        yield from upward(start)
