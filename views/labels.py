"""What nodes and ties are called on a page, and their facts, in the page's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
from vinculos.graph.support import confidence_of, graded, is_support
from vinculos.graph.usual_words import free_field_name
from vinculos.views.words import text

Fact = tuple[str, str]

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

    def __init__(self, network: Network, lang: str) -> None:
        """Look at `network` for who is held in which detention."""
        self._lang = lang
        self._nodes = network.nodes
        self._held: dict[NodeRef, str] = {}
        for edge in network.edges:
            if edge.type == "DETAINED_IN" and edge.start in network.nodes:
                self._held.setdefault(edge.end, self.title(network.nodes[edge.start]))

    def title(self, node: NetworkNode) -> str:
        """Return the full name of a node; without one, its id."""
        if node.key.label == "Detention":
            held = ", ".join(clean(str(name)) for name in node.properties.get("held") or ())
            return self._detention(node, self._held.get(node.key) or held)
        return self._named(node)

    def short(self, node: NetworkNode) -> str:
        """Return a name for the drawing, where most detentions stand beside whom they hold."""
        if node.key.label == "Detention" and node.key in self._held:
            return self._detention(node, None)
        return self.title(node)

    def of(self, key: NodeRef) -> str:
        """Return the full name of the node with this key."""
        return self.title(self._nodes[key])

    def _named(self, node: NetworkNode) -> str:
        other = "en" if self._lang == "es" else "es"
        for field in ("name", f"name_{self._lang}", f"name_{other}", "title", "publisher"):
            if named := clean(str(node.properties.get(field) or "")):
                return named
        return clean(node.key.id) or text("unnamed", self._lang)

    def _detention(self, node: NetworkNode, person: str | None) -> str:
        started = clean(str(node.properties.get("started") or ""))
        if person:
            named = text("detention_of", self._lang, name=person)
            return f"{named}, {started}" if started else named
        return f"{text('detention', self._lang)}, {started or text('undated', self._lang)}"


def type_words(node: NetworkNode, lang: str) -> str:
    """Return the node's main label in words, its role labels in brackets."""
    roles = ", ".join(clean(label_name(role, lang)) for role in node.roles)
    main = clean(label_name(node.key.label, lang))
    return f"{main} ({roles})" if roles else main


def edge_words(edge: NetworkEdge, lang: str, named: str = "") -> str:
    """Return what a tie says, in words: a kind, a role or a title where it has one.

    `named` is what its type is called, where that is not its usual name.
    """
    named = named or clean(label_name(edge.type, lang))
    declared = _fields(edge)
    if field := _SAID_BY_THE_TIE.get(edge.type):
        return _value(declared.get(field), edge.properties.get(field), lang) or named
    if field := _ADDED.get(edge.type):
        value = edge.properties.get(field)
        if value and value != "unknown":
            return f"{named} ({_value(declared.get(field), value, lang)})"
    return named


def is_symmetric(edge: NetworkEdge) -> bool:
    """Return whether a tie says the same from both ends, such as between siblings."""
    kind = words.KINSHIPS.get(str(edge.properties.get("kind")))
    return edge.type == "RELATED_TO" and kind is not None and kind.symmetric


def facts(item: NetworkNode | NetworkEdge, lang: str) -> list[Fact]:
    """Return name and value of every fact, declared ones first, in the page's language."""
    return [fact for _, fact in field_facts(item, lang)]


def field_facts(item: NetworkNode | NetworkEdge, lang: str) -> list[tuple[str, Fact]]:
    """Return the facts, each with the field that it is the value of."""
    properties = item.properties
    # How sure a field of a node is; of a tie it is said of the whole.
    is_graded = isinstance(item, NetworkNode)
    return [
        (
            name,
            (
                called,
                shown + graded(confidence_of(name, properties), lang) if is_graded else shown,
            ),
        )
        for name, called, declared in _read(_kind(item), tuple(properties), lang)
        if (value := properties[name]) is not False and (shown := _value(declared, value, lang))
    ]


@lru_cache(maxsize=4096)
def _read(
    kind: str, names: tuple[str, ...], lang: str
) -> tuple[tuple[str, str, Field | None], ...]:
    """Return those of the fields that people read, declared ones first, and what each is called."""
    declared = _declared(kind)
    named = [
        *(name for name in declared if name in names),
        *(name for name in sorted(names) if name not in declared),
    ]
    return tuple(
        (name, _called(kind, name, lang), declared.get(name))
        for name in named
        if not _is_hidden(name, declared)
    )


def field_name(item: NetworkNode | NetworkEdge, name: str, lang: str) -> str:
    """Return what a field is called; words that no one declared stay as they are."""
    return _called(_kind(item), name, lang)


@lru_cache(maxsize=4096)
def _called(kind: str, name: str, lang: str) -> str:
    if declared := _declared(kind).get(name):
        return declared.es if lang == "es" else declared.en
    if name in RELATIONSHIP_TYPES:
        return label_name(name, lang)
    if measure := MEASURES.get(name):
        return f"{measure.title[lang == 'es']}: {measure.value[lang == 'es']}"
    return clean(free_field_name(name, lang))


def said_words(
    item: NetworkNode | NetworkEdge, name: str, texts: Iterable[str], lang: str
) -> Mapping[str, str]:
    """Return in words, by text, what claims say of a field of `item`, or of a type of its ties."""
    kind = _kind(item)
    is_own = kind in RELATIONSHIP_TYPES and name not in RELATIONSHIP_TYPES
    said = side_words(texts, f"{kind}.{name}" if is_own else name, kind, lang)
    return {text: clean(words) for text, words in said.items()}


def confidence(item: NetworkNode | NetworkEdge, lang: str) -> str:
    """Return the confidence of a tie in words, nothing where none is recorded."""
    return clean(words.CONFIDENCE.label(str(item.properties.get("confidence") or ""), lang))


def source_text(source: NetworkSource, lang: str) -> str:
    """Return a citation: publisher, title, date, page."""
    place = text("page", lang, page=source.page) if source.page else ""
    parts = (source.publisher, source.title, source.published, place)
    return ". ".join(part for part in map(clean, parts) if part) or clean(source.id)


def _fields(item: NetworkNode | NetworkEdge) -> Mapping[str, Field]:
    return _declared(_kind(item))


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


def _value(declared: Field | None, value: Any, lang: str) -> str:
    if type(value) is str:
        return _one(declared, value, lang)
    return ", ".join(shown for part in _flat(value) if (shown := _one(declared, part, lang)))


def _flat(value: Any) -> Iterator[Any]:
    if isinstance(value, list | tuple):
        for part in value:
            yield from _flat(part)
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield f"{key}: {part}"
    elif value is not None:
        yield value


def _one(declared: Field | None, value: Any, lang: str) -> str:
    if isinstance(value, bool):
        return text("yes" if value else "no", lang)
    named = declared.named(str(value), lang) if declared is not None else None
    return clean(str(value) if named is None else named)
