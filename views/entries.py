"""What a page says of each node and tie: written once, for drawing and tables in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vinculos.formats.safe import clean
from vinculos.graph.folding import fold
from vinculos.graph.model import ENTITIES, RELATIONSHIP_TYPES
from vinculos.graph.network import Custody, Network, NetworkEdge, NetworkNode
from vinculos.graph.records import NodeRef
from vinculos.graph.words import CONFIDENCE
from vinculos.views.custodies import held, tie_claims, tie_disputes, tie_facts, tie_words
from vinculos.views.evidence import Citation, Citations, Dispute, Evidence, Group
from vinculos.views.labels import (
    Fact,
    Titles,
    confidence,
    edge_words,
    field_facts,
    is_symmetric,
    named,
    type_words,
)
from vinculos.views.spans import Span, edge_span, node_span
from vinculos.views.words import NOTHING, Both, alike, both

TIES = tuple(RELATIONSHIP_TYPES)


class NodeEntry(NamedTuple):
    """A node as shown; `number` is its place on the page.

    The first of its groups is of itself, the others of the custodies that hold it.
    """

    number: int
    label: str
    title: Both
    short: Both
    type: Both
    is_official: bool
    value: float | None
    span: Span | None
    other_names: tuple[str, ...]
    groups: tuple[Group, ...]
    sources: Citations

    @property
    def disputes(self) -> list[Dispute]:
        """All on which sources disagree."""
        return [dispute for group in self.groups for dispute in group.disputes]


class EdgeEntry(NamedTuple):
    """A tie as shown, between two nodes by their numbers; `id` is that of the relationship.

    `custody` says through which group of which node it runs, where it is derived.
    """

    number: int
    id: str
    start: int
    end: int
    words: Both
    level: str
    confidence: Both
    is_symmetric: bool
    value: float | None
    span: Span | None
    group: Group
    sources: Citations
    custody: tuple[int, int] | None

    @property
    def disputes(self) -> tuple[Dispute, ...]:
        """All on which sources disagree."""
        return self.group.disputes


@dataclass
class Entries:
    """All that a page shows, in both languages; in the order of `lang`.

    `types` holds label, name and count of each type of node.
    """

    lang: str
    numbers: dict[NodeRef, int] = field(default_factory=dict)
    nodes: list[NodeEntry] = field(default_factory=list)
    edges: list[EdgeEntry] = field(default_factory=list)
    sources: list[Citation] = field(default_factory=list)
    types: list[tuple[str, Both, int]] = field(default_factory=list)


def describe(network: Network, lang: str, measure: str = "") -> Entries:
    """Return what a page shows of `network`, by type and by name in `lang` (`en` or `es`).

    With a `measure`, entries have the value that nodes and ties hold under its name.
    """
    titles, evidence, place = Titles(network), Evidence(), lang == "es"
    ordered = sorted(
        network.nodes.values(),
        key=lambda node: (
            _place(node.key.label, ENTITIES),
            node.key.label,
            fold(titles.title(node)[place]),
            node.key,
        ),
    )
    numbers = {node.key: number for number, node in enumerate(ordered)}
    ties = sorted(
        network.edges,
        key=lambda e: (_place(e.type, TIES), e.type, numbers[e.start], numbers[e.end], e.id),
    )
    counts = Counter(node.key.label for node in ordered)
    return Entries(
        lang,
        numbers,
        [_node(node, number, titles, evidence, measure) for number, node in enumerate(ordered)],
        [_edge(edge, i, numbers, network, evidence, measure) for i, edge in enumerate(ties)],
        evidence.all(),
        [(label, named(label), count) for label, count in counts.items()],
    )


def _place(name: str, declared: Sequence[str]) -> int:
    return declared.index(name) if name in declared else len(declared)


def _node(
    node: NetworkNode, number: int, titles: Titles, evidence: Evidence, measure: str
) -> NodeEntry:
    title = titles.title(node)
    aliases = node.properties.get("aliases")
    known = field_facts(node)
    own = Group(
        NOTHING,
        (*_beside(title, known), (both("id"), alike(clean(node.key.id)))),
        tuple(evidence.disputes(node).values()),
        tuple(evidence.claims(node, known)),
    )
    return NodeEntry(
        number,
        node.key.label,
        title,
        titles.short(node),
        type_words(node),
        "Official" in node.roles,
        node.properties.get(measure),
        node_span(node),
        tuple(clean(str(alias)) for alias in aliases) if isinstance(aliases, list) else (),
        (own, *(held(custody, evidence) for custody in node.custodies)),
        evidence.cite(
            (*node.sources, *(s for c in node.custodies for s in (*c.node.sources, *c.tie.sources)))
        ),
    )


def _edge(
    edge: NetworkEdge,
    number: int,
    numbers: Mapping[NodeRef, int],
    network: Network,
    evidence: Evidence,
    measure: str,
) -> EdgeEntry:
    custody = edge.custody
    said = tie_words(edge, custody) if custody else edge_words(edge)
    known = field_facts(edge)
    graded = edge.properties.get("confidence")
    level = graded if isinstance(graded, str) and graded in CONFIDENCE else ""
    disputes = evidence.disputes(edge)
    if custody:
        # A derived tie is in dispute where that to the custody is, which knows the sides.
        disputes |= evidence.disputes(custody.tie)
    told = {claim.id for claim in edge.claims} if custody else set()
    group = Group(
        NOTHING,
        (*_beside(said, known), *(tie_facts(edge, custody) if custody else ())),
        (*disputes.values(), *tie_disputes(edge, evidence)),
        (
            *evidence.claims(edge, known, named(edge.type)),
            *(tie_claims(custody, evidence, told) if custody else ()),
        ),
    )
    return EdgeEntry(
        number,
        edge.id,
        numbers[edge.start],
        numbers[edge.end],
        said,
        level,
        confidence(edge),
        is_symmetric(edge),
        edge.properties.get(measure),
        edge_span(edge, network.nodes[edge.start], network.nodes[edge.end]),
        group,
        evidence.cite(edge.sources),
        _through(custody, numbers, network) if custody else None,
    )


def _beside(said: Both, known: Iterable[tuple[str, Fact]]) -> Iterator[Fact]:
    """Yield the facts but for what is `said` already; blank in a language in which it is."""
    for _, (name, value) in known:
        if value[0] != said[0] and value[1] != said[1]:
            yield name, value
        elif value != said:
            yield (
                name,
                ("" if value[0] == said[0] else value[0], "" if value[1] == said[1] else value[1]),
            )


def _through(custody: Custody, numbers: Mapping[NodeRef, int], network: Network) -> tuple[int, int]:
    """Return whom a custody holds, and the place of its group among theirs."""
    holder = network.nodes[custody.tie.start]
    place = [other.node.key for other in holder.custodies].index(custody.node.key)
    return numbers[holder.key], place + 1
