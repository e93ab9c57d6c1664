"""The cells of the rows that one FollowTheMoney entity makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from vinculos.graph.nationalities import nationality
from vinculos.graph.words import CONFIDENCE, Words
from vinculos.loaders import ftm_cells
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.declare import Column
from vinculos.loaders.ftm_book import FtmBook, entity_key, is_link, sources_of
from vinculos.loaders.ftm_cells import Left
from vinculos.loaders.ftm_file import Entity
from vinculos.loaders.ftm_schema import KEYWORDS, NAME_PARTS, NAMES, TOPICS, Edge, Thing
from vinculos.loaders.simple_said import Expanded

Cells = dict[str, str]
NO_NAME_OF_ITS_OWN = "[{}]"
"""What a body is called of which only the name of a post in it is known."""


class Making:
    """Makes cells of the values of an entity, and takes those that it uses."""

    def __init__(self, entity: Entity, book: FtmBook) -> None:
        """Take the entity and what all of the load share."""
        self.entity, self.book, self.left = entity, book, Left(entity)
        self._sources: list[str] = []

    def said_of(self, property: str) -> Sequence[str]:
        """Return the values of a property."""
        return self.entity.properties.get(property, ())

    def count_rest(self) -> None:
        """Count the values that found no place."""
        for name, count in self.left.rest():
            self.book.leave_out(self.entity.schema, name, count)

    def sources(self) -> Iterator[Expanded]:
        """Yield the rows of the sources of the entity."""
        for key, cells in sources_of(self.entity, self.book):
            self._sources.append(key)
            if cells:
                yield Expanded("sources", cells, {"url": "sourceUrl"}, mention=True)
        self.left.take("sourceUrl", test=is_link)
        self.left.take("publisher")
        self.left.take("proof", test=lambda id: self.book.label(id) == "Source")

    def common(self) -> Cells:
        """Return the cells that every sourced row has; to be asked for after `sources`."""
        days = {
            name: max(
                map(ftm_cells.whole_day, self.left.take(name, test=ftm_cells.is_day)), default=""
            )
            for name in ("retrievedAt", "modifiedAt")
        }
        last = ftm_cells.whole_day(self.entity.day) if ftm_cells.is_day(self.entity.day) else ""
        cells = {
            "source_ids": ";".join(self._sources),
            "accessed_on": days["retrievedAt"],
            "as_of": days["modifiedAt"] or days["retrievedAt"] or last,
        }
        for name in (KEYWORDS, "description"):
            # A word of its own, as the export writes it; a description that says more is none.
            found = self.left.take(name, test=CONFIDENCE.__contains__)
            cells |= {"confidence": found[0]} if found else {}
        return {name: text for name, text in cells.items() if text}

    def names(self, thing: Thing) -> Cells:
        """Return the cells of what a thing is called.

        Raises:
            RowError: it has no name and needs one.
        """
        if thing.label == "Source":
            # A document needs a file name; its own id says nothing, nor does its title again.
            known = (self.entity.id, *self.said_of("title"))
            self.left.take("fileName", test=lambda name: name in known)
            return {}
        if self.entity.schema == "Sanction":
            said = [*self.left.take("authority"), *self.left.take("program")]
            return {"name": ": ".join(said) or "Sanction"}
        names = ftm_cells.names_of(self.entity)
        self.left.take(*NAMES, test=lambda name: name == names.shown)
        if thing.label == "Position":
            return {"name": NO_NAME_OF_ITS_OWN.format(names.shown)}
        cells = {"name": names.shown}
        if "aliases" in {column.name for column in TABLES[thing.table].columns}:
            cells["aliases"] = ";".join(names.others)
            self.left.take(*NAMES)
        if thing.label == "Person":
            self.left.take(*NAME_PARTS, test=ftm_cells.part_of_names(names))
            if ftm_cells.is_minor_name(names.shown):
                cells["is_minor"] = "true"
        return cells

    def column(self, column: Column, properties: tuple[str, ...], thing: Thing) -> list[str]:
        """Return the cells of a column: several only where it takes one value and more are given.

        Raises:
            RowError: a date is none.
        """
        if column.kind == "date":
            return self.days(properties)
        if column.words is not None:
            found = list(dict.fromkeys(self._words(column.words, properties)))
            return found if column.kind == "word" else _joined(found)
        if column.kind in ("ref", "refs"):
            keys = [entity_key(id) for id in self._entities(properties, column.to)]
            return keys if column.kind == "ref" else _joined(keys)
        if column.name == "nationality":
            return _joined(dict.fromkeys(map(nationality, self.left.take(*properties))))
        if column.name == "summary":
            return ["\n".join(texts)] if (texts := self.left.take(*properties)) else []
        if thing.label == "Source":
            name = self.left.first_of(properties)
            first = next(iter(self.said_of(name)), "")
            return self.left.take(name, test=lambda value: value == first)
        return self.left.take(*properties)

    def days(self, properties: Sequence[str]) -> list[str]:
        """Return the dates that the first of some properties with a value gives.

        Raises:
            RowError: one of them is none.
        """
        name = self.left.first_of(properties)
        return ftm_cells.exact_days(name, self.left.take(name))

    def periods(self, edge: Edge) -> list[Cells]:
        """Return the cells of the days of an edge, one for each set of them.

        Raises:
            RowError: one of them is none.
        """
        found = {column: self.days(properties) for column, properties in edge.columns.items()}
        number = max((len(days) for days in found.values()), default=0)
        return [
            {column: days[place] for column, days in found.items() if place < len(days)}
            for place in range(max(number, 1))
        ]

    def said(self, edge: Edge, ends: Cells) -> list[Cells]:
        """Return the cells of what an edge is, one for each word; none where no word fits."""
        if edge.word in ends:
            return [{}]
        given = [value for name in edge.said for value in self.said_of(name)]
        if edge.words is None:
            self.left.take(*edge.said)
            return [{edge.word: text} for text in given or [edge.otherwise]]
        words = {text: ftm_cells.find(edge.words, text) for text in given}
        cells, known = [], edge.words
        # The name of a word says what is meant; beside it any other text is a detail.
        named = [w for text, w in words.items() if w and ftm_cells.is_name_of(known, w, text)]
        found = list(dict.fromkeys(named or filter(None, words.values()))) or [edge.otherwise]
        self.left.take(*edge.said, test=lambda text: bool(words[text] or edge.detail))
        for word in filter(None, found):
            detail = [
                text
                for text, meant in words.items()
                if (named or meant in (word, ""))
                and not (meant and ftm_cells.is_name_of(known, meant, text))
            ]
            more = {edge.detail: ", ".join(detail)} if edge.detail and detail else {}
            cells.append({edge.word: word, **more})
        return cells

    def _words(self, words: Words, properties: Sequence[str]) -> Iterator[str]:
        for name in properties:
            for text in self.left.take(name, test=lambda text: bool(word_of(words, text))):
                yield word_of(words, text)

    def _entities(self, properties: Sequence[str], labels: Sequence[str]) -> list[str]:
        return self.left.take(
            *properties, test=lambda id: (label := self.book.label(id)) is None or label in labels
        )


def word_of(words: Words, text: str) -> str:
    """Return the word of ours that a topic or a text means, '' where it means none."""
    if text in TOPICS:
        return TOPICS[text] if TOPICS[text] in words else ""
    return ftm_cells.find(words, text)


def _joined(parts: Iterable[str]) -> list[str]:
    return [text] if (text := ";".join(parts)) else []
