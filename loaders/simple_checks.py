"""What a row of a simple sheet must not say: an end before its beginning, a thing again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from vinculos.graph.dates import parse_date
from vinculos.graph.folding import fold
from vinculos.language import gettext as _
from vinculos.loaders.declare import RowError
from vinculos.loaders.placeholders import is_placeholder
from vinculos.loaders.simple_said import Said

PERIODS = (("taken", "ended"), ("taken", "place_since"), ("from", "to"), ("born", "taken"))


def wrong_periods(said: Said) -> Iterator[RowError]:
    """Yield an error for each end that comes before its beginning."""
    for first, last in PERIODS:
        if said[first] and said[last]:
            start, end = parse_date(said[first]), parse_date(said[last])
            if end.ends_before(start):
                message = _("this is before `{column}` ({day})")
                message = message.format(column=said.headers[first], day=said[first])
                yield RowError(said.headers[last], message)


def check(said: Said) -> None:
    """Refuse a row that says a thing again, or something else of one and the same person.

    Raises:
        RowError: its column is the key of a simple column.
    """
    if said.shape != "charges":
        _check_person(said)
    first = said.book.facts.get(said.fact(), said.place)
    if first != said.place:
        column, message = _again()[said.shape]
        raise RowError(column, message.format(place=f"{first.file}:{first.line}"))


def _check_person(said: Said) -> None:
    someone = said.book.people[said.who]
    for name, (text, first) in someone.said.items():
        if not said[name] or first == said.place or _agree(name, text, said[name]):
            continue
        message = _(
            "{place} says something else of this person; if they are two people, give each a "
            "key in `{column}`"
        )
        place = f"{first.file}:{first.line}"
        raise RowError(name, message.format(place=place, column=said.headers["key"]))
    if said.book.is_minor(said.who):
        if said["key"]:
            words = {word for word in fold(said["name"]).split() if len(word) > 2}
            if not is_placeholder(said["name"]) and words & set(fold(said["key"]).split()):
                raise RowError("key", _("this key holds a minor's name; choose another word"))
        elif said.shape == "officials" or (
            said.shape == "detainees" and not is_placeholder(said["name"])
        ):
            message = _(
                "the name of a minor is never stored, and no key can be made of it: write "
                "`minor 1` (`adolescente 1`) here, or any word that is no name in `{column}`; "
                "an adult of the same name needs a key too"
            )
            raise RowError("name", message.format(column=said.headers["key"]))


def _agree(name: str, one: str, other: str) -> bool:
    if name == "born":
        first, second = parse_date(one), parse_date(other)
        return first.contains(second) or second.contains(first)
    return fold(one) == fold(other)


def _again() -> Mapping[str, tuple[str, str]]:
    """Return, by sheet, the column to blame and what to say of a row that says a thing again."""
    return {
        "detainees": (
            "taken",
            _(
                "the same person and day as {place}: a row is one detention. Of another detention "
                "give the day or the year; name a second source of the same in columns `Source 2`, "
                "`Link 2` (`Fuente 2`, `Enlace 2`); two people of one name need a key each"
            ),
        ),
        "relatives": (
            "name",
            _(
                "the same tie as {place}; of two people give each a key, or write `hijo 1`, "
                "`hijo 2`"
            ),
        ),
        "officials": ("name", _("the same as {place}")),
        "charges": ("charge", _("the same charge in the same detention as {place}")),
    }
