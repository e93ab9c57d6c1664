"""What a page says of each node and tie: written once, for the drawing and for the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vinculos.formats.safe import clean
from vinculos.graph.folding import fold
from vinculos.graph.model import ENTITIES, RELATIONSHIP_TYPES, label_name
from vinculos.graph.network import Custody, Network, NetworkEdge, NetworkNode
from vinculos.graph.records import NodeRef
from vinculos.graph.words import CONFIDENCE
from vinculos.views.custodies import held, tie_claims, tie_disputes, tie_facts, tie_words
from vinculos.views.evidence import Citation, Citations, Dispute, Evidence, Group
from vinculos.views.labels import (
    Titles,
    confidence,
    edge_words,
    field_facts,
    is_symmetric,
    type_words,
)
from vinculos.views.spans import Span, edge_span, node_span
from vinculos.views.words import text

TIES = tuple(RELATIONSHIP_TYPES)


class NodeEntry(NamedTuple):
    """A node as shown; `number` is its place on the page.

    The first of its groups is of itself, the others of the custodies that hold it.
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
    words: str
    level: str
    confidence: str
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
    """All that a page shows; `types` holds label, name and count of each type of node."""

    numbers: dict[NodeRef, int] = field(default_factory=dict)
    nodes: list[NodeEntry] = field(default_factory=list)
    edges: list[EdgeEntry] = field(default_factory=list)
    sources: list[Citation] = field(default_factory=list)
    types: list[tuple[str, str, int]] = field(default_factory=list)


def describe(
    network: Network, lang: str, measure: str = "", numbers: Mapping[NodeRef, int] | None = None
) -> Entries:
    """Return what a page in `lang` (`en` or `es`) shows of `network`, by type and name.

    With a `measure`, entries have the value that nodes and ties hold under its name. With the
    `numbers` of the same network in the other language, everything is numbered as there.
    """
    titles, evidence = Titles(network, lang), Evidence(lang)
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
        [
            _node(node, number, titles, evidence, lang, measure)
            for number, node in enumerate(ordered)
        ],
        [_edge(edge, i, numbers, network, evidence, lang, measure) for i, edge in enumerate(ties)],
        evidence.all(),
        [(label, clean(label_name(label, lang)), count) for label, count in counts.items()],
    )


def _place(name: str, declared: Sequence[str]) -> int:
    return declared.index(name) if name in declared else len(declared)


def _node(
    node: NetworkNode, number: int, titles: Titles, evidence: Evidence, lang: str, measure: str
) -> NodeEntry:
    title = titles.title(node)
    aliases = node.properties.get("aliases")
    known = field_facts(node, lang)
    own = Group(
        "",
        (*(fact for _, fact in known if fact[1] != title), (text("id", lang), clean(node.key.id))),
        tuple(evidence.disputes(node).values()),
        tuple(evidence.claims(node, known)),
    )
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
        (own, *(held(custody, evidence, lang) for custody in node.custodies)),
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
    lang: str,
    measure: str,
) -> EdgeEntry:
    custody = edge.custody
    said = tie_words(edge, custody, lang) if custody else edge_words(edge, lang)
    known = field_facts(edge, lang)
    graded = edge.properties.get("confidence")
    level = str(graded) if graded in tuple(CONFIDENCE) else ""
    disputes = evidence.disputes(edge)
    if custody:
        # A derived tie is in dispute where that to the custody is, which knows the sides.
        disputes |= evidence.disputes(custody.tie)
    group = Group(
        "",
        (
            *(fact for _, fact in known if fact[1] != said),
            *(tie_facts(edge, custody, lang) if custody else ()),
        ),
        (*disputes.values(), *tie_disputes(edge, evidence)),
        (
            *evidence.claims(edge, known, clean(label_name(edge.type, lang))),
            *(
                tie_claims(custody, evidence, lang, {claim.id for claim in edge.claims})
                if custody
                else ()
            ),
        ),
    )
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
        group,
        evidence.cite(edge.sources),
        _through(custody, numbers, network) if custody else None,
    )


def _through(custody: Custody, numbers: Mapping[NodeRef, int], network: Network) -> tuple[int, int]:
    """Return whom a custody holds, and the place of its group among theirs."""
    holder = network.nodes[custody.tie.start]
    place = [other.node.key for other in holder.custodies].index(custody.node.key)
    return numbers[holder.key], place + 1
