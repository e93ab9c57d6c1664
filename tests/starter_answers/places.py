"""Where people were held, and where they went from there."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from tests.starter_answers import Cells, Row, answers, bounds, by_key, person_name, sources, table
from tests.starter_answers.amnesty import is_held
from tests.starter_answers.overview import place_of

FAR = datetime.date.max


def stays(custody: Cells) -> list[tuple[str, str, str, list[str]]]:
    """Return place, first day, last day and sources of each stay of a custody, in order.

    A stay begins no later than its first day can be, else than its last; those without any come
    last.
    """
    detention, named = custody["detention_id"], custody["place_id"]
    rows = [row for row in table("detention_places") if row["detention_id"] == detention]
    found = [
        (
            row["place_id"],
            row["from_on"],
            row["to_on"],
            sources(row, *([custody] if row["place_id"] == named else [])),
        )
        for row in rows
    ]
    if named and named not in {row["place_id"] for row in rows}:
        found.append((named, "", "", sources(custody)))

    def begun(stay: tuple[str, str, str, list[str]]) -> tuple[datetime.date, bool, datetime.date]:
        first, last = bounds(stay[1])[1], bounds(stay[2])[1]
        return first or last or FAR, first is not None, last or first or FAR

    return sorted(found, key=begun)


@answers(
    "list_transfers",
    columns=("person", "number", "place_id", "started", "ended", "detention_id", "sources"),
)
def transfers() -> Iterable[Row]:
    """Custodies with more than one place."""
    for custody in table("detentions"):
        listed = stays(custody)
        for number, (place, first, last, cited) in enumerate(listed, 1):
            if len(listed) > 1:
                yield (
                    person_name(custody["person_id"]),
                    number if first or last else None,
                    place_of(custody["detention_id"], place),
                    first or None,
                    last or None,
                    custody["detention_id"],
                    cited,
                )


def counted(by_kind: bool) -> Iterable[Row]:
    """Every custody in each of its places; a custody that goes on, in the last one."""
    found: dict[tuple[str, str], list[tuple[Cells, list[str], bool]]] = {}
    for custody in table("detentions"):
        listed = stays(custody)
        for place, _, last, cited in listed:
            kind = by_key("places_of_detention", "place_id")[place]["kind"]
            # Each custody of the starter that goes on names its last place, or has none.
            here = is_held(custody) and place == custody["place_id"] and not last
            key = ("" if by_kind or place == "residence" else place, kind)
            found.setdefault(key, []).append((custody, cited, here))
    for (place, kind), several in found.items():
        held = {custody["detention_id"] for custody, _, here in several if here}
        said = [custody["status_as_of"] for custody, _, here in several if here]
        newest = max((day for text in said if (day := bounds(text)[1])), default=None)
        yield (
            by_key("places_of_detention", "place_id")[place]["name"] if place else None,
            kind,
            len({custody["detention_id"] for custody, _, _ in several}),
            len({custody["person_id"] for custody, _, _ in several}),
            len(held),
            newest.isoformat() if newest else None,
            place or None,
            sorted({source for _, cited, _ in several for source in cited}),
        )


PLACES = ("place", "kind", "custodies", "people", "held", "newest", "place_id", "sources")


@answers("count_places", columns=PLACES)
def places() -> Iterable[Row]:
    """A row a place, the homes together."""
    return counted(by_kind=False)


@answers("count_places", given={"by_kind": "yes"}, columns=PLACES)
def kinds_of_place() -> Iterable[Row]:
    """A row a kind of place."""
    return counted(by_kind=True)
