"""Which nodes of a network too large for one page are drawn: the most important ones.

Those nearest to what was asked about come first. Of equally near ones, and where nothing in
particular was asked about, the next is always the one with the most ties to those already chosen,
so that what is drawn hangs together; it begins with the one that has the most ties of all. Under a
measure its values decide.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping

from vinculos.graph.display import collapse, drawn_as_ties
from vinculos.graph.network import Network
from vinculos.graph.records import NodeRef


def at_most(
    network: Network,
    limit: int,
    centres: Iterable[NodeRef] = (),
    measure: str = "",
    *,
    raw: bool = True,
) -> Network:
    """Return the part of `network` with the `limit` most important nodes, the same every time.

    Args:
        network: all there is.
        limit: how many nodes are drawn at most.
        centres: what was asked about; those that are not in the network do not count.
        measure: the property of nodes whose highest values come first.
        raw: whether detentions are drawn as nodes; else they come along with whom they hold.
    """
    if len(network.nodes) <= limit:
        return network
    drawn = network if raw else collapse(network)
    if len(drawn.nodes) <= limit:
        return network
    out = set(drawn.nodes) - set(_chosen(drawn, limit, centres, measure))
    if not raw:
        ties = drawn_as_ties(network)
        out |= {e.end for e in network.edges if e.end in ties and e.start in out}
    return network.without(out)


def _chosen(
    network: Network, limit: int, centres: Iterable[NodeRef], measure: str
) -> list[NodeRef]:
    beside: defaultdict[NodeRef, set[NodeRef]] = defaultdict(set)
    for edge in network.edges:
        beside[edge.start].add(edge.end)
        beside[edge.end].add(edge.start)
    away = _distances(beside, [key for key in centres if key in network.nodes])
    values = {key: _value(node.properties.get(measure)) for key, node in network.nodes.items()}
    near: Counter[NodeRef] = Counter()

    def rank(key: NodeRef) -> tuple[float, float, int, int, NodeRef]:
        # What cannot be reached comes last.
        distance = away.get(key, len(network.nodes)) if away else 0
        return distance, -values[key], -near[key], -len(beside[key]), key

    waiting = [rank(key) for key in network.nodes]
    heapq.heapify(waiting)
    chosen: dict[NodeRef, None] = {}
    while waiting and len(chosen) < limit:
        *_, key = heapq.heappop(waiting)
        if key in chosen:
            continue
        chosen[key] = None
        for other in beside[key]:
            if other not in chosen:
                near[other] += 1
                heapq.heappush(waiting, rank(other))
    return list(chosen)


def _distances(
    beside: Mapping[NodeRef, set[NodeRef]], centres: list[NodeRef]
) -> Mapping[NodeRef, int]:
    away = dict.fromkeys(centres, 0)
    waiting = deque(centres)
    while waiting:
        here = waiting.popleft()
        for other in beside[here]:
            if other not in away:
                away[other] = away[here] + 1
                waiting.append(other)
    return away


def _value(value: object) -> float:
    return float(value) if isinstance(value, int | float) else float("-inf")
