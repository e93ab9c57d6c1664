"""From FollowTheMoney entities to rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product, zip_longest

from vinculos.language import gettext as _
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.declare import RowError
from vinculos.loaders.ftm_book import FtmBook, entity_key
from vinculos.loaders.ftm_file import Entity
from vinculos.loaders.ftm_making import Cells, Making
from vinculos.loaders.ftm_schema import ALL_NAMES, EDGES, THINGS, Edge, Thing
from vinculos.loaders.simple import Expansion
from vinculos.loaders.simple_said import Expanded


def expansion_of(said: Entity, place: str, book: FtmBook) -> Expansion:
    """Return the rows of the tables that an entity makes, or what is wrong with it.

    Args:
        said: the entity.
        place: where it stands, as `file:line`.
        book: what all of the load share; every entity was noted in it.
    """
    try:
        if (first := book.place(said.id)) != place:
            message = _("the same id as {place}; put what is said of one entity into one line")
            raise RowError("id", message.format(place=first))
        return Expansion(tuple(expand(said, book)))
    except RowError as error:
        names = [name for key in ALL_NAMES for name in said.properties.get(key, ())]
        secret = said.schema == "Person" and bool(said.properties.get("birthDate"))
        return Expansion(errors=(error,), secret=secret, names=tuple(names) if secret else ())


def expand(said: Entity, book: FtmBook) -> Iterator[Expanded]:
    """Yield the rows of the tables that an entity makes; what has no place is counted.

    Raises:
        RowError: it makes no sense; the column is the property to blame.
    """
    if said.schema in THINGS:
        yield from _thing(said, THINGS[said.schema], book)
    elif said.schema in EDGES:
        yield from _edge(said, book)
    else:
        book.leave_out(said.schema)


def _thing(said: Entity, thing: Thing, book: FtmBook) -> Iterator[Expanded]:
    making = Making(said, book)
    if thing.label == "Position" and making.left.take("organization"):
        # Its holders hold a post in that organization; of itself it says nothing more.
        making.names(thing)
        making.count_rest()
        return
    table = TABLES[thing.table]
    first = {table.columns[0].name: entity_key(said.id), **thing.fixed, **making.names(thing)}
    blamed = {"name": "name"}
    common: Cells = {}
    if table.sourced:
        yield from making.sources()
        common = making.common()
    more: list[tuple[str, list[str]]] = []
    for column in table.all_columns:
        if properties := thing.columns.get(column.name):
            blamed[column.name] = making.left.first_of(properties) or properties[0]
            more.append((column.name, making.column(column, properties, thing)))
    required = {column.name for column in table.columns if column.required}
    # A column that takes one value gives each further one in a row of its own: a dispute.
    listed = [[(name, value) for value in values] for name, values in more]
    for number, cells in enumerate(list(zip_longest(*listed)) or [()]):
        own = first if number == 0 else {n: t for n, t in first.items() if n in required}
        side = str(number + 1) if number else ""
        yield Expanded(thing.table, own | dict(filter(None, cells)) | common, blamed, side)
    if said.schema == "Sanction":
        yield from _sanctioned(said, common, book)
    making.count_rest()


def _sanctioned(said: Entity, common: Cells, book: FtmBook) -> Iterator[Expanded]:
    for person in said.properties.get("entity", ()):
        if book.label(person) == "Person":
            cells = {"event_id": entity_key(said.id), "person_id": entity_key(person)}
            yield Expanded("event_people", {**cells, "role": "sanctioned", **common}, {})


def _edge(said: Entity, book: FtmBook) -> Iterator[Expanded]:
    edge = next((edge for edge in EDGES[said.schema] if _fits(edge, said, book)), None)
    if edge is None:
        book.leave_out(said.schema)
        return
    making = Making(said, book)
    rows = [
        ends | words | days
        for ends in _ends(edge, making)
        for words in making.said(edge, ends)
        for days in making.periods(edge)
    ]
    if not rows:
        # What it says has no word: it is told as a whole, not property by property.
        book.leave_out(said.schema)
        return
    yield from making.sources()
    common = making.common()
    blamed = {end.column: end.property for end in edge.ends}
    blamed |= {column: properties[0] for column, properties in edge.columns.items()}
    for number, cells in enumerate(rows):
        side = entity_key(said.id) + (f" {number + 1}" if number else "")
        yield Expanded(edge.table, cells | common, blamed, side)
    making.left.take(*(end.property for end in edge.ends))
    making.count_rest()


def _fits(edge: Edge, said: Entity, book: FtmBook) -> bool:
    """Return whether the ends of an entity may be those of an edge."""
    for end in edge.ends:
        ids = said.properties.get(end.property, ())
        if not ids:
            message = _("this entity names no {property}").format(property=end.property)
            raise RowError(end.property, message)
        if not all(book.label(id) in (end.label, None) for id in ids):
            return False
    return True


def _ends(edge: Edge, making: Making) -> Iterator[Cells]:
    """Yield the cells of each pair of ends; of a post, the organizations that it is in."""
    for pair in product(*(making.said_of(end.property) for end in edge.ends)):
        named = dict(zip((end.column for end in edge.ends), map(entity_key, pair), strict=True))
        last = edge.ends[1]
        if last.label != "Position":
            yield named
            continue
        name, bodies = making.book.position(pair[1])
        if not name:
            message = _("there is no Position `{id}` in these files").format(id=pair[1])
            raise RowError(last.property, message)
        for body in bodies or (pair[1],):
            yield named | {last.column: entity_key(body), "title": name}
