"""What nodes and ties are called on a page, and their facts, each in both languages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from vinculos.formats.names import side_words
from vinculos.formats.safe import clean
from vinculos.graph import words
from vinculos.graph.declarations import Field
from vinculos.graph.measures import MEASURES
from vinculos.graph.model import (
    NODE_TYPES,
    RELATIONSHIP_TYPES,
    label_name,
)
from vinculos.graph.network import Network, NetworkEdge, NetworkNode, NetworkSource
from vinculos.graph.records import NodeRef
from vinculos.graph.support import CONFIDENCE_OF, graded, is_support
from vinculos.graph.usual_words import free_field_name
from vinculos.views.words import NOTHING, Both, alike, both, text

Fact = tuple[Both, Both]
"""What a fact is called, and what it says."""

_HIDDEN = ("name_key", "key", "claims", "sources", "disputed", "held")
_SAID_BY_THE_TIE: Mapping[str, str] = {
    "RELATED_TO": "kind",
    "INVOLVED_IN": "role",
    "TOOK_PART": "role",
    "PART_OF_CASE": "role",
    "HOLDS_POST": "title",
}
"""The field whose value says more of a tie than its type does."""
_ADDED: Mapping[str, str] = {"CHARGED_WITH": "status", "PART_OF": "kind", "AMNESTY": "outcome"}
"""The field that the words of the type go on with, in brackets."""


class Titles:
    """The names of the nodes of one network; a detention is called after whom it holds."""

    def __init__(self, network: Network) -> None:
        """Look at `network` for who is held in which detention."""
        self._nodes = network.nodes
        self._held: dict[NodeRef, Both] = {}
        for edge in network.edges:
            if edge.type == "DETAINED_IN" and edge.start in network.nodes:
                self._held.setdefault(edge.end, self.title(network.nodes[edge.start]))

    def title(self, node: NetworkNode) -> Both:
        """Return the full name of a node; without one, its id."""
        if node.key.label == "Detention":
            held = ", ".join(clean(str(name)) for name in node.properties.get("held") or ())
            return _detention(node, self._held.get(node.key) or alike(held))
        return _named(node)

    def short(self, node: NetworkNode) -> Both:
        """Return a name for the drawing, where most detentions stand beside whom they hold."""
        if node.key.label == "Detention" and node.key in self._held:
            return _detention(node, NOTHING)
        return self.title(node)

    def of(self, key: NodeRef) -> Both:
        """Return the full name of the node with this key."""
        return self.title(self._nodes[key])


def _named(node: NetworkNode) -> Both:
    def said(field: str) -> str:
        return clean(str(node.properties.get(field) or ""))

    if name := said("name"):
        return alike(name)
    english, spanish = said("name_en"), said("name_es")
    if english or spanish:
        return english or spanish, spanish or english
    if name := said("title") or said("publisher") or clean(node.key.id):
        return alike(name)
    return both("unnamed")


def _detention(node: NetworkNode, person: Both) -> Both:
    started = clean(str(node.properties.get("started") or ""))
    day = alike(started)
    if person == NOTHING:
        return joined((both("detention"), day if started else both("undated")))
    english, spanish = person
    of = text("detention_of", "en", name=english), text("detention_of", "es", name=spanish)
    return joined((of, day))


def joined(parts: Iterable[Both], by: str = ", ") -> Both:
    """Return texts as one; in each language, what is blank is left out."""
    said = list(parts)
    return by.join(en for en, _ in said if en), by.join(es for _, es in said if es)


def bracketed(said: Both, added: Both) -> Both:
    """Return a text with another in brackets behind it."""
    return f"{said[0]} ({added[0]})", f"{said[1]} ({added[1]})"


@cache
def named(label: str) -> Both:
    """Return the name of a node label or a relationship type."""
    return clean(label_name(label, "en")), clean(label_name(label, "es"))


def type_words(node: NetworkNode) -> Both:
    """Return the node's main label in words, its role labels in brackets."""
    main = named(node.key.label)
    return bracketed(main, joined(map(named, node.roles))) if node.roles else main


def edge_words(edge: NetworkEdge, usual: Both | None = None) -> Both:
    """Return what a tie says, in words: a kind, a role or a title where it has one.

    `usual` is what its type is called, where that is not its usual name.
    """
    usual = usual or named(edge.type)
    if field := _SAID_BY_THE_TIE.get(edge.type):
        said = _value(edge.type, field, edge.properties.get(field))
        return usual if said == NOTHING else said
    if field := _ADDED.get(edge.type):
        value = edge.properties.get(field)
        if value and value != "unknown":
            return bracketed(usual, _value(edge.type, field, value))
    return usual


def is_symmetric(edge: NetworkEdge) -> bool:
    """Return whether a tie says the same from both ends, such as between siblings."""
    kind = words.KINSHIPS.get(str(edge.properties.get("kind")))
    return edge.type == "RELATED_TO" and kind is not None and kind.symmetric


def facts(item: NetworkNode | NetworkEdge) -> list[Fact]:
    """Return name and value of every fact, declared ones first."""
    return [fact for _, fact in field_facts(item)]


def field_facts(item: NetworkNode | NetworkEdge) -> list[tuple[str, Fact]]:
    """Return the facts, each with the field that it is the value of."""
    kind, properties = _kind(item), item.properties
    # How sure a field of a node is; of a tie it is said of the whole.
    is_graded, whole = isinstance(item, NetworkNode), properties.get(CONFIDENCE_OF)
    found = []
    for name, called, own in _read(kind, tuple(properties)):
        value = properties[name]
        if value is False or (shown := _value(kind, name, value)) == NOTHING:
            continue
        if is_graded and (level := (own and properties[own]) or whole):
            english, spanish = _graded(str(level))
            shown = shown[0] + english, shown[1] + spanish
        found.append((name, (called, shown)))
    return found


@lru_cache(maxsize=4096)
def _read(kind: str, names: tuple[str, ...]) -> tuple[tuple[str, Both, str], ...]:
    """Return those of the fields that people read, declared ones first.

    With each: what it is called, and the one that says how sure it is by itself, if there is one.
    """
    declared = _declared(kind)
    ordered = [
        *(name for name in declared if name in names),
        *(name for name in sorted(names) if name not in declared),
    ]
    return tuple(
        (name, _called(kind, name), own if (own := f"{name}_{CONFIDENCE_OF}") in names else "")
        for name in ordered
        if not _is_hidden(name, declared)
    )


def field_name(item: NetworkNode | NetworkEdge, name: str) -> Both:
    """Return what a field is called; words that no one declared stay as they are."""
    return _called(_kind(item), name)


@lru_cache(maxsize=4096)
def _called(kind: str, name: str) -> Both:
    if declared := _declared(kind).get(name):
        return declared.en, declared.es
    if name in RELATIONSHIP_TYPES:
        return label_name(name, "en"), label_name(name, "es")
    if measure := MEASURES.get(name):
        return joined((measure.title, measure.value), ": ")
    return clean(free_field_name(name, "en")), clean(free_field_name(name, "es"))


def said_words(
    item: NetworkNode | NetworkEdge, name: str, texts: Collection[str]
) -> Mapping[str, Both]:
    """Return in words, by text, what claims say of a field of `item`, or of a type of its ties."""
    kind = _kind(item)
    is_own = kind in RELATIONSHIP_TYPES and name not in RELATIONSHIP_TYPES
    field = f"{kind}.{name}" if is_own else name
    english, spanish = (side_words(texts, field, kind, lang) for lang in ("en", "es"))
    return {text: (clean(english[text]), clean(spanish[text])) for text in texts}


def confidence(item: NetworkNode | NetworkEdge) -> Both:
    """Return the confidence of a tie in words, nothing where none is recorded."""
    return grade(str(item.properties.get("confidence") or ""))


@lru_cache(maxsize=4096)
def grade(word: str) -> Both:
    """Return a grade of confidence in words."""
    return clean(words.CONFIDENCE.label(word, "en")), clean(words.CONFIDENCE.label(word, "es"))


@lru_cache(maxsize=4096)
def _graded(confidence: str) -> Both:
    return graded(confidence, "en"), graded(confidence, "es")


def source_text(source: NetworkSource) -> Both:
    """Return a citation: publisher, title, date, page."""
    said = (alike(clean(part)) for part in (source.publisher, source.title, source.published))
    page = both("page", page=source.page) if source.page else NOTHING
    cited = joined((*said, (clean(page[0]), clean(page[1]))), ". ")
    return alike(clean(source.id)) if cited == NOTHING else cited


def _kind(item: NetworkNode | NetworkEdge) -> str:
    return item.key.label if isinstance(item, NetworkNode) else item.type


@cache
def _declared(name: str) -> Mapping[str, Field]:
    """Return the fields of a label or a type by their names, none where it is not declared."""
    declared = NODE_TYPES.get(name) or RELATIONSHIP_TYPES.get(name)
    return {field.name: field for field in declared.fields} if declared else {}


def _is_hidden(name: str, declared: Mapping[str, Field]) -> bool:
    if name in _HIDDEN or is_support(name):
        return True
    # The bounds of a date are for questions about days; people read the date itself.
    base = name.removesuffix("_min").removesuffix("_max")
    return base != name and base in declared and declared[base].kind == "date"


def _value(kind: str, name: str, value: Any) -> Both:
    if type(value) is str:
        return _one(kind, name, value)
    return joined(_one(kind, name, part) for part in _flat(value))


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for part in value:
            yield from _flat(part)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield f"{key}: {part}"
    elif value is not None:
        yield value


@lru_cache(maxsize=1 << 16, typed=True)
def _one(kind: str, name: str, value: Any) -> Both:
    if isinstance(value, bool):
        return both("yes" if value else "no")
    said, declared = str(value), _declared(kind).get(name)
    english, spanish = (declared and declared.named(said, lang) for lang in ("en", "es"))
    return clean(said if english is None else english), clean(said if spanish is None else spanish)
