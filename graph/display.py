"""What a network page draws: ties between people and things where a detention stands in between.

    person -DETAINED_IN-> detention -HELD_AT-> place    becomes    person -HELD_AT-> place

The graph stays as it is stored; this is a way to look at it. Nothing is lost: whom a detention
holds keeps it whole as a `Custody`, with its sources and disputes, and each derived tie names the
custody that it runs through. Apply it after redaction: it only brings together what is there, so
that nothing shows which the network as stored does not show.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from vinculos.graph.network import Custody, Network, NetworkEdge, NetworkSource
from vinculos.graph.projection import CUSTODY, DETENTION
from vinculos.graph.records import NodeRef
from vinculos.graph.words import CONFIDENCE

OWN_CONFIDENCE = "tie_confidence"
"""The property of a derived tie that keeps the confidence of its relationship, where stronger."""
_LISTS = ("claims", "sources", "disputed")
_GRADES = list(CONFIDENCE)


def collapse(network: Network) -> Network:
    """Return `network` with each detention drawn as ties of whom it holds.

    A detention stays a node where nobody, or more than one, is there whom it holds. A derived tie
    keeps id and type of the relationship of the detention; its claims, sources and disputes are
    those of both relationships together, its confidence is the weaker one of the two.
    """
    custodies = _custodies(network)
    if not custodies:
        return network
    of: defaultdict[NodeRef, list[Custody]] = defaultdict(list)
    for custody in custodies.values():
        of[custody.tie.start].append(custody)
    nodes = {
        key: replace(node, custodies=tuple(sorted(of[key], key=_by_start))) if key in of else node
        for key, node in network.nodes.items()
        if key not in custodies
    }
    folded = {custody.tie.id for custody in custodies.values()}
    edges = tuple(_derived(edge, custodies) for edge in network.edges if edge.id not in folded)
    return replace(network, nodes=nodes, edges=edges)


def drawn_as_ties(network: Network) -> frozenset[NodeRef]:
    """Return the detentions of `network` that `collapse` draws as ties."""
    return frozenset(_custodies(network))


def weakest(confidences: Iterable[str]) -> str:
    """Return the least of these grades of confidence; '' is one that nothing is known of."""
    return max(confidences, key=lambda c: _GRADES.index(c) if c in _GRADES else len(_GRADES))


def _custodies(network: Network) -> dict[NodeRef, Custody]:
    """Return by detention the custody of the one whom it holds."""
    holding = Counter(edge.end for edge in network.edges if edge.type == CUSTODY)
    return {
        edge.end: Custody(network.nodes[edge.end], edge)
        for edge in network.edges
        if edge.type == CUSTODY and edge.end.label == DETENTION and holding[edge.end] == 1
    }


def _by_start(custody: Custody) -> tuple[str, str]:
    properties = custody.node.properties
    return str(properties.get("started_min") or properties.get("started") or ""), custody.tie.end.id


def _derived(edge: NetworkEdge, custodies: Mapping[NodeRef, Custody]) -> NetworkEdge:
    """Return the tie that stands for `edge`: from or to whom its detention holds."""
    custody = custodies.get(edge.start) or custodies.get(edge.end)
    if custody is None:
        return edge
    # A tie between two detentions is of both; the details name the first.
    start, end = (
        custodies[ref].tie.start if ref in custodies else ref for ref in (edge.start, edge.end)
    )
    return replace(
        edge,
        start=start,
        end=end,
        properties=_joined(edge.properties, custody.tie.properties),
        sources=_all(edge.sources, custody.tie.sources),
        custody=custody,
    )


def _joined(own: Mapping[str, Any], custody: Mapping[str, Any]) -> dict[str, Any]:
    joined = dict(own)
    for name in _LISTS:
        if own.get(name) or custody.get(name):
            joined[name] = list(dict.fromkeys([*(own.get(name) or ()), *(custody.get(name) or ())]))
    if "confidence" in own or "confidence" in custody:
        grades = (str(properties.get("confidence") or "") for properties in (own, custody))
        joined["confidence"] = weakest(grades)
        if own.get("confidence") not in (None, joined["confidence"]):
            joined[OWN_CONFIDENCE] = own["confidence"]
    return joined


def _all(*sources: tuple[NetworkSource, ...]) -> tuple[NetworkSource, ...]:
    return tuple(dict.fromkeys(source for group in sources for source in group))
