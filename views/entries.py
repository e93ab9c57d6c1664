"""What a page says of each node and tie: written once, for the drawing and for the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from urllib.parse import urlsplit

from vinculos.formats.safe import clean, link
from vinculos.graph.folding import fold
from vinculos.graph.model import ENTITIES, RELATIONSHIP_TYPES, label_name
from vinculos.graph.network import (
    Network,
    NetworkDispute,
    NetworkEdge,
    NetworkNode,
    NetworkSource,
)
from vinculos.graph.records import NodeRef
from vinculos.graph.words import CONFIDENCE
from vinculos.views.custodies import held_disputes, held_facts, tie_disputes, tie_facts, tie_words
from vinculos.views.labels import (
    Fact,
    Titles,
    confidence,
    disputed,
    edge_words,
    facts,
    field_facts,
    field_name,
    is_symmetric,
    source_text,
    type_words,
)
from vinculos.views.spans import Span, edge_span, node_span
from vinculos.views.words import text

TIES = tuple(RELATIONSHIP_TYPES)


@dataclass(frozen=True)
class Citation:
    """A source as shown: its number on the page, its text, and its link, blank if there is none."""

    number: int
    text: str
    url: str

    @property
    def host(self) -> str:
        """The site that the link leads to."""
        return urlsplit(self.url).hostname or ""


@dataclass(frozen=True)
class Dispute:
    """A field on which sources disagree, with what each side says where that is known."""

    field: str
    sides: tuple[tuple[str, tuple[Citation, ...]], ...] = ()


@dataclass(frozen=True)
class NodeEntry:
    """A node as shown; `number` is its place on the page.

    `cited` holds for each fact who says it; nobody where it follows from others.
    """

    number: int
    label: str
    title: str
    short: str
    type: str
    is_official: bool
    value: float | None
    span: Span | None
    other_names: tuple[str, ...]
    facts: tuple[Fact, ...]
    cited: tuple[tuple[Citation, ...], ...]
    disputes: tuple[Dispute, ...]
    sources: tuple[Citation, ...]


@dataclass(frozen=True)
class EdgeEntry:
    """A tie as shown, between two nodes by their numbers; `id` is that of the relationship."""

    number: int
    id: str
    start: int
    end: int
    words: str
    level: str
    confidence: str
    is_symmetric: bool
    value: float | None
    span: Span | None
    facts: tuple[Fact, ...]
    disputes: tuple[Dispute, ...]
    sources: tuple[Citation, ...]


@dataclass
class Entries:
    """All that a page shows; `types` holds label, name and count of each type of node."""

    numbers: dict[NodeRef, int] = field(default_factory=dict)
    nodes: list[NodeEntry] = field(default_factory=list)
    edges: list[EdgeEntry] = field(default_factory=list)
    sources: list[Citation] = field(default_factory=list)
    types: list[tuple[str, str, int]] = field(default_factory=list)


class _Numbered:
    """The sources cited on a page, numbered as they come."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._known: dict[tuple[str, str], Citation] = {}
        self._of: dict[NetworkSource, Citation] = {}
        self._cited: dict[tuple[NetworkSource, ...], tuple[Citation, ...]] = {}

    def cite(self, sources: tuple[NetworkSource, ...]) -> tuple[Citation, ...]:
        if sources not in self._cited:
            found = dict.fromkeys(self._numbered(source) for source in sources)
            self._cited[sources] = tuple(sorted(found, key=lambda citation: citation.number))
        return self._cited[sources]

    def _numbered(self, source: NetworkSource) -> Citation:
        if source not in self._of:
            shown = (source_text(source, self._lang), link(source.url))
            if shown not in self._known:
                self._known[shown] = Citation(len(self._known) + 1, *shown)
            self._of[source] = self._known[shown]
        return self._of[source]

    def all(self) -> list[Citation]:
        return list(self._known.values())


def describe(
    network: Network, lang: str, measure: str = "", numbers: Mapping[NodeRef, int] | None = None
) -> Entries:
    """Return what a page in `lang` (`en` or `es`) shows of `network`, by type and name.

    With a `measure`, entries have the value that nodes and ties hold under its name. With the
    `numbers` of the same network in the other language, everything is numbered as there.
    """
    titles, cited = Titles(network, lang), _Numbered(lang)
    ordered = sorted(
        network.nodes.values(),
        key=(lambda n: numbers[n.key])
        if numbers
        else lambda n: (
            _place(n.key.label, ENTITIES),
            n.key.label,
            fold(titles.title(n)),
            n.key,
        ),
    )
    numbers = numbers or {node.key: number for number, node in enumerate(ordered)}
    ties = sorted(
        network.edges,
        key=lambda e: (_place(e.type, TIES), e.type, numbers[e.start], numbers[e.end], e.id),
    )
    counts = Counter(node.key.label for node in ordered)
    return Entries(
        dict(numbers),
        [_node(node, number, titles, cited, lang, measure) for number, node in enumerate(ordered)],
        [_edge(edge, i, numbers, network, cited, lang, measure) for i, edge in enumerate(ties)],
        cited.all(),
        [(label, clean(label_name(label, lang)), count) for label, count in counts.items()],
    )


def _place(name: str, declared: Sequence[str]) -> int:
    return declared.index(name) if name in declared else len(declared)


def _node(
    node: NetworkNode, number: int, titles: Titles, cited: _Numbered, lang: str, measure: str
) -> NodeEntry:
    title = titles.title(node)
    aliases = node.properties.get("aliases")
    known = [(field, fact) for field, fact in field_facts(node, lang) if fact[1] != title]
    held = tuple(held_facts(node, lang))
    return NodeEntry(
        number,
        node.key.label,
        title,
        titles.short(node),
        type_words(node, lang),
        "Official" in node.roles,
        node.properties.get(measure),
        node_span(node),
        tuple(clean(str(alias)) for alias in aliases) if isinstance(aliases, list) else (),
        (*(fact for _, fact in known), *held, (text("id", lang), clean(node.key.id))),
        (
            *(cited.cite(node.said.get(field, ())) for field, _ in known),
            *(cited.cite((*held.node.sources, *held.tie.sources)) for held in node.custodies),
            (),
        ),
        (*_disputes(node, cited, lang), *_sided(held_disputes(node, lang), cited)),
        cited.cite(
            (*node.sources, *(s for c in node.custodies for s in (*c.node.sources, *c.tie.sources)))
        ),
    )


def _edge(
    edge: NetworkEdge,
    number: int,
    numbers: Mapping[NodeRef, int],
    network: Network,
    cited: _Numbered,
    lang: str,
    measure: str,
) -> EdgeEntry:
    said = tie_words(edge, edge.custody, lang) if edge.custody else edge_words(edge, lang)
    graded = edge.properties.get("confidence")
    level = str(graded) if graded in tuple(CONFIDENCE) else ""
    return EdgeEntry(
        number,
        edge.id,
        numbers[edge.start],
        numbers[edge.end],
        said,
        level,
        confidence(edge, lang),
        is_symmetric(edge),
        edge.properties.get(measure),
        edge_span(edge, network.nodes[edge.start], network.nodes[edge.end]),
        (
            *((name, value) for name, value in facts(edge, lang) if value != said),
            *(tie_facts(edge, edge.custody, lang) if edge.custody else ()),
        ),
        (
            *(Dispute(name) for name in disputed(edge, lang)),
            *_sided(tie_disputes(edge, lang), cited),
        ),
        cited.cite(edge.sources),
    )


def _sided(
    disputes: Iterable[tuple[str, tuple[NetworkDispute, ...]]], cited: _Numbered
) -> Iterator[Dispute]:
    for name, sides in disputes:
        yield Dispute(name, tuple((clean(s.text), cited.cite(s.sources)) for s in sides))


def _disputes(node: NetworkNode, cited: _Numbered, lang: str) -> tuple[Dispute, ...]:
    sides = {
        name: tuple((clean(side.text), cited.cite(side.sources)) for side in group)
        for name, group in groupby(
            sorted(node.disputes, key=lambda d: (d.field, d.text)), key=lambda d: d.field
        )
    }
    listed = node.properties.get("disputed")
    names = dict.fromkeys([*(listed if isinstance(listed, list) else ()), *sides])
    return tuple(
        Dispute(field_name(node, str(name), lang), sides.get(str(name), ())) for name in names
    )
