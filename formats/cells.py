"""Values as people read them: words in their language, ties as arrows, sources as footnotes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple

from vinculos.formats.characters import clean as clean
from vinculos.formats.characters import to_json as to_json
from vinculos.formats.names import changed_words, field_word, side_words, vocabulary
from vinculos.formats.names import field_name as field_name
from vinculos.graph import words
from vinculos.graph.model import RELATIONSHIP_TYPES, label_name
from vinculos.graph.shapes import (
    Once,
    Shared,
    is_node,
    is_path,
    is_relationship,
    node_name,
)

SOURCES, SIDES, LABEL, FIELD, DETAIL, NAME, CHANGED, WORD = (
    "sources",
    "sides",
    "label",
    "field",
    "detail",
    "name",
    "changed",
    "word:",
)
"""Kinds of column: sources of a row; sides of a dispute; a label; a field, of the row's `label` or
of the one named behind a colon; a detail of the row's `tie`; a name in both languages, `{en, es}`;
how much a load changed; a word of the vocabulary named."""


MANY = 4
"""Footnotes in a row from which the first and the last are written alone."""


class Reference(NamedTuple):
    """A source as it is cited: what is known of it, '' where nothing is."""

    publisher: str = ""
    published: str = ""
    title: str = ""
    page: str = ""
    url: str = ""
    accessed: str = ""
    id: str = ""

    def text(self, lang: str, *, with_url: bool = True) -> str:
        """Return it as one line: publisher, date, title, page, link, day of access."""
        page, accessed = ("p. ", "accessed ") if lang == "en" else ("pág. ", "consultada el ")
        parts = (
            self.publisher,
            self.published,
            self.title,
            self.page and f"{page}{self.page}",
            self.url if with_url else "",
            self.accessed and f"{accessed}{self.accessed}",
        )
        return ", ".join(part for part in parts if part) or self.id or "?"


class Footnotes:
    """The sources cited so far, each with a number of its own.

    `marks` are what a number stands between. A document whose marks are links takes two characters
    that `clean` lets through from no data.
    """

    def __init__(self, lang: str, marks: str = "[]") -> None:
        """Start empty; `lang` is the language of the words in between."""
        self._lang = lang
        self._marks = marks
        self._references: dict[str, Reference] = {}
        self._numbers: dict[str, int] = {}
        self._once_marked = Once(self._marked)

    def mark(self, source: Any) -> str:
        """Return the mark of `source`, `[3]`."""
        return self._once_marked(source) if type(source) is Shared else self._marked(source)

    def _marked(self, source: Any) -> str:
        cited = reference(source, self._lang)
        text = cited.text(self._lang)
        self._references.setdefault(text, cited)
        number = self._numbers.setdefault(text, len(self._numbers) + 1)
        return f"{self._marks[0]}{number}{self._marks[1]}"

    def lines(self) -> list[tuple[int, str]]:
        """Return each number with what it stands for."""
        return [(number, text) for text, number in self._numbers.items()]

    def references(self) -> list[tuple[int, Reference]]:
        """Return each number with its source, part by part."""
        return list(enumerate(self._references.values(), 1))


def reference(source: Any, lang: str) -> Reference:
    """Return a source as it is cited, from a map, a node or a text."""
    if not isinstance(source, dict):
        return Reference(title=human(source, "", lang))
    properties = source["properties"] if is_node(source) else source
    known = {name: properties.get(name) for name in Reference._fields}
    known["url"] = properties.get("url") or properties.get("archived_url")
    return Reference(**{name: clean(str(value)) for name, value in known.items() if value})


def cite(source: Any, lang: str) -> str:
    """Return a source as one line: publisher, date, title, page, link, day of access."""
    return reference(source, lang).text(lang)


def human(
    value: Any,
    kind: str,
    lang: str,
    row: Mapping[str, Any] | None = None,
    notes: Footnotes | None = None,
) -> str:
    """Return `value` as people read it.

    Args:
        value: plain data, as `plain` writes it.
        kind: the kind of its column.
        lang: `en` or `es`.
        row: the whole row, whose `label` says what a field belongs to.
        notes: where sources are numbered; without it they are written out.
    """
    if value is None:
        return ""
    if type(value) is str:  # As most cells are.
        return clean(_word(value, kind, lang, row) if kind else value)
    if kind == SOURCES and isinstance(value, list):
        return _sources(value, lang, notes)
    if kind == SIDES and isinstance(value, list):
        return "\n".join(_sides(value, lang, notes, row or {}))
    if isinstance(value, bool):
        return words.YES_NO_UNKNOWN.label("yes" if value else "no", lang)
    if isinstance(value, list):
        return "; ".join(human(item, kind, lang, row, notes) for item in value)
    if isinstance(value, dict):
        if kind == NAME and value.keys() >= {"en", "es"}:
            return clean(next(filter(None, (value[lang], value["es"], value["en"])), ""))
        return _structure(value, lang)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(_word(value, kind, lang, row) if isinstance(value, str) else str(value))


def flat(value: Any, kind: str = "") -> Any:
    """Return `value` for one cell of a CSV file: a number or text, words as they are stored.

    A name in both languages stands in both.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if kind == SOURCES and isinstance(value, list):
        return _sources(value, "en", None)
    if kind == SIDES and isinstance(value, list):
        return " | ".join(_side(side, "en", None) for side in value)
    if kind == NAME and isinstance(value, list):
        return "; ".join(str(flat(name, kind)) for name in value)
    if kind == NAME and isinstance(value, dict) and value.keys() >= {"en", "es"}:
        return clean(" / ".join(dict.fromkeys(filter(None, (value["es"], value["en"])))))
    if isinstance(value, list) and not any(isinstance(item, list | dict) for item in value):
        return "; ".join(str(flat(item)) for item in value)
    if isinstance(value, list | dict):
        return to_json(value)
    return clean(value)


def tie_detail(tie: str, name: str, value: Any, lang: str) -> str:
    """Return a field of a relationship in words; what says nothing by itself gets its name."""
    declared = RELATIONSHIP_TYPES.get(tie)
    field = next((f for f in declared.fields if f.name == name), None) if declared else None
    word = isinstance(value, str)
    said = clean(field_word(value, tie, "", lang)) if word else human(value, "", lang)
    if field is None or (field.kind != "date" and field.words is not words.YES_NO_UNKNOWN):
        return said
    return f"{field.es if lang == 'es' else field.en}: {said}"


def _word(value: str, kind: str, lang: str, row: Mapping[str, Any] | None) -> str:
    if kind.startswith(WORD):
        found = vocabulary(kind.removeprefix(WORD))
        return found.label(value, lang) if found else value
    if kind == CHANGED:
        return changed_words(value, lang)
    if kind == LABEL:
        return label_name(value, lang)
    if kind.startswith(FIELD):
        label = kind.partition(":")[2] or str((row or {}).get("label", ""))
        return field_name(value, label, lang)
    if kind == DETAIL:
        said = row or {}
        return field_word(value, str(said.get("tie", "")), str(said.get("label", "")), lang)
    return value


def _sources(value: list[Any], lang: str, notes: Footnotes | None) -> str:
    if notes is None:
        return "; ".join(dict.fromkeys(cite(source, lang) for source in value))
    marks = {int(mark[1:-1]): mark for mark in map(notes.mark, value)}
    return "".join(_runs(marks))


def _runs(marks: Mapping[int, str]) -> Iterator[str]:
    """Yield the marks by their numbers, `[3]–[9]` where many follow on each other."""
    numbers = sorted(marks)
    for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0]):
        said = [marks[number] for _, number in run]
        yield f"{said[0]}–{said[-1]}" if len(said) >= MANY else "".join(said)


def _sides(
    sides: list[Any], lang: str, notes: Footnotes | None, of: Mapping[str, Any]
) -> Iterator[str]:
    """Yield the sides of a dispute in words of what `of`, the row, calls `field` and `label`."""
    texts = [v for s in sides if isinstance(s, dict) and isinstance(v := s.get("value"), str)]
    named = side_words(texts, str(of.get("field", "")), str(of.get("label", "")), lang)
    yield from (_side(side, lang, notes, named) for side in sides)


def _side(
    side: Any, lang: str, notes: Footnotes | None, named: Mapping[str, str] | None = None
) -> str:
    """Return one side of a dispute: what is said, as it is `named`, how firmly, by whom."""
    if not isinstance(side, dict):
        return human(side, "", lang, notes=notes)
    value = side.get("value")
    if named and isinstance(value, str):
        value = named[value]
    said = human(value, NAME, lang)
    other = side.get("other")
    grade = side.get("confidence")
    graded = f" ({words.CONFIDENCE.label(grade, lang)})" if grade == "alleged" else ""
    cited = _sources(side.get("sources") or [], lang, notes)
    between = " " if notes else ": "
    return f"{said}{f' → {clean(str(other))}' if other else ''}{graded}" + (
        f"{between}{cited}" if cited else ""
    )


def _structure(value: dict[str, Any], lang: str) -> str:
    if is_node(value):
        label = label_name(value["labels"][0], lang) if value["labels"] else "?"
        name, id = clean(node_name(value["properties"], lang)), value["properties"].get("id")
        return f"{label} {name}" + (f" ({clean(str(id))})" if id and str(id) != name else "")
    if is_relationship(value):
        return _tie(value, lang)
    if is_path(value):
        return _path(value, lang)
    return "; ".join(
        f"{clean(key)}: {human(item, '', lang)}" for key, item in value.items() if item is not None
    )


def _tie(value: dict[str, Any], lang: str) -> str:
    name = label_name(value["type"], lang)
    if value["start"] is None or value["end"] is None:
        return name
    return f"{clean(value['start'])} — {name} → {clean(value['end'])}"


def _tie_name(tie: dict[str, Any], lang: str) -> str:
    """Return what a tie of a path is called; in brackets its kind, role or title, and "alleged"."""
    name, properties = label_name(tie["type"], lang), tie["properties"]
    declared = RELATIONSHIP_TYPES.get(tie["type"])
    fields = declared.fields if declared else ()
    telling = next((field.name for field in fields if field.words or field.name == "title"), "")
    said = [clean(field_word(str(properties.get(telling) or ""), tie["type"], "", lang))]
    if properties.get("confidence") == "alleged":
        said.append(words.CONFIDENCE.label("alleged", lang))
    brackets = ", ".join(filter(None, said))
    return f"{name} ({brackets})" if brackets else name


def _path(value: dict[str, Any], lang: str) -> str:
    nodes, ties = value["nodes"], value["relationships"]
    written = [_structure(nodes[0], lang)] if nodes else []
    for before, tie, after in zip(nodes, ties, nodes[1:], strict=False):
        name = _tie_name(tie, lang)
        kind = words.KINSHIPS.get(str(tie["properties"].get("kind")))
        forward = tie["start"] == before["properties"].get("id")
        both = tie["type"] == "RELATED_TO" and kind is not None and kind.symmetric
        left, right = ("—", "—") if both else ("—", "→") if forward else ("←", "—")
        written.append(f"{left} {name} {right}")
        written.append(_structure(after, lang))
    return " ".join(written)
