"""What a measure answers: rows, what was left out, and what it was measured on."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from vinculos.graph.counts import fill
from vinculos.graph.measures import GROUPING
from vinculos.graph.model import RELATIONSHIP_TYPES, label_name
from vinculos.graph.network import Network, NetworkEdge, NetworkNode
from vinculos.graph.projection import CUSTODY, Projected, ties_between
from vinculos.graph.records import NodeRef
from vinculos.graph.shapes import node_name
from vinculos.graph.support import place, weakest

if TYPE_CHECKING:
    from vinculos.graph.paths import Way, Ways

CLAIMS = "claims"
"""Beside its columns, a row has the ids of the claims that it rests on, where asked for."""
DIGITS = 6
_NAMING = ("name", "name_en", "name_es", "title", "publisher", "held")

Row = dict[str, Any]

_WORDS = {
    "en": {
        "inferred": "Computed from {:tie|ties}, {} of them alleged; no source says it. A page "
        "(-o FILE.html) shows each tie with its sources.",
        "left_out": "Left out: {}.",
        "hubs": "Met and not passed through, as they have too many ties: {}.",
        "drawn": "Estimated from the shortest paths of {:node|nodes} drawn at random, always the "
        "same.",
        "more": "{} in all; the first {} are listed.",
    },
    "es": {
        "inferred": "Cálculo a partir de {:vínculo|vínculos}, {:alegado|alegados}; ninguna fuente "
        "lo "
        "afirma. Una página (-o ARCHIVO.html) muestra cada vínculo con sus fuentes.",
        "left_out": "Fuera del análisis: {}.",
        "hubs": "Aparecieron y no se pasó por ellos, por tener demasiados vínculos: {}.",
        "drawn": "Estimación a partir de los caminos más cortos de "
        "{:nodo sorteado|nodos sorteados}, "
        "siempre los mismos.",
        "more": "En total son {}; aparecen {}.",
    },
}


@dataclass(frozen=True)
class Measured:
    """The answer of a measure.

    `left_out` counts by label, or by type of tie, what had no part in it; `drawn` is from how many
    nodes it was estimated, 0 where it is exact; `count` is how many rows there are with those cut.
    Nodes or ties of `network` hold what was measured of them as a property called `measure`.
    """

    measure: str
    rows: list[Row]
    network: Network = field(default_factory=Network)
    left_out: Mapping[str, int] = field(default_factory=dict)
    drawn: int = 0
    count: int = 0

    def first(self, limit: int) -> Measured:
        """Return the answer with its first rows alone; the others are counted."""
        return replace(self, rows=self.rows[:limit], count=len(self.rows))

    def notes(self, lang: str) -> list[str]:
        """Return sentences that say what was left out, estimated or cut, in `lang`."""
        words, notes = _WORDS[lang], []
        if not self.is_search:
            ties = self.network.edges
            alleged = sum(tie.properties.get("confidence") == "alleged" for tie in ties)
            notes.append(fill(words["inferred"], len(ties), alleged))
        if self.left_out:
            named = sorted(self.left_out.items(), key=lambda item: (-item[1], item[0]))
            listed = ", ".join(f"{label_name(label, lang)}: {count}" for label, count in named)
            notes.append(words["hubs" if self.is_search else "left_out"].format(listed))
        if self.drawn:
            notes.append(fill(words["drawn"], self.drawn))
        if self.count > len(self.rows):
            notes.append(words["more"].format(self.count, len(self.rows)))
        return notes

    @property
    def is_search(self) -> bool:
        """Whether it is the answer of a search for paths."""
        return self.measure == "shortest_paths"


def measure(name: str, projected: Projected, *, claims: bool = False) -> Measured:
    """Return the answer of the measure called `name`, one of `MEASURES` but `shortest_paths`.

    Args:
        name: of the measure.
        projected: what is measured.
        claims: whether rows say which claims they rest on.
    """
    # It brings networkx along, which takes a fifth of a second.
    from vinculos.graph import analysis

    names = _Names(projected.network)
    if name == "bridges":
        found = analysis.bridges(projected.graph)
        cut = sorted(found.items(), key=lambda item: (-item[1], item[0]))
        rows = [_bridge(projected, pair, size, names) for pair, size in cut]
        ties = {tie.id: size for pair, size in cut for tie in ties_between(projected.graph, *pair)}
        return Measured(name, rows, _holding(projected, name, ties), projected.left_out)
    drawn = 0
    values: Mapping[NodeRef, float]
    if name == "betweenness":
        values, drawn = analysis.betweenness(projected.graph)
    else:
        values = analysis.BY_NODE[name](projected.graph)
    sizes = Counter(values.values()) if name in GROUPING else {}
    rows = []
    for ref, value in values.items():
        if name == "betweenness" and not value:
            continue
        row: Row = {
            "name": names.of(ref),
            "label": ref.label,
            "value": round(value, DIGITS),
            "ties": len(projected.graph.adj[ref]),
            "id": ref.id,
        }
        if sizes:
            row["size"] = sizes[value]
        if claims:
            row[CLAIMS] = _claims(
                tie
                for other in projected.graph.adj[ref]
                for tie in ties_between(projected.graph, ref, other)
            )
        rows.append(row)
    sign = 1 if name in GROUPING else -1
    rows.sort(key=lambda row: (sign * row["value"], -row["ties"], str(row["name"]), row["id"]))
    return Measured(name, rows, _holding(projected, name, values), projected.left_out, drawn)


def paths(ways: Ways) -> Measured:
    """Return the answer of a search for paths, those without an alleged or disputed tie first."""
    rows = [_way(way, ways.network) for way in ways.ways]
    rows.sort(key=lambda row: (place(row["confidence"]), len(row["disputed"])))
    return Measured("shortest_paths", rows, ways.network, ways.hubs, count=ways.count)


def _holding(projected: Projected, name: str, values: Mapping[Any, float]) -> Network:
    """Return the network with each value as a property of its node, or of the tie with its id."""

    def held(key: NodeRef | str, properties: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**properties, name: round(values[key], DIGITS)} if key in values else properties

    network = projected.network
    return replace(
        network,
        nodes={
            ref: replace(node, properties=held(ref, node.properties))
            for ref, node in network.nodes.items()
        },
        edges=tuple(replace(e, properties=held(e.id, e.properties)) for e in network.edges),
    )


def holding(network: Network, found: Measured) -> Network:
    """Return `network` with the values that nodes and ties of `found` hold under its measure."""
    name = found.measure
    nodes = {
        key: node.properties[name]
        for key, node in found.network.nodes.items()
        if name in node.properties
    }
    ties = {tie.id: tie.properties[name] for tie in found.network.edges if name in tie.properties}
    return replace(
        network,
        nodes={
            key: replace(node, properties={**node.properties, name: nodes[key]})
            if key in nodes
            else node
            for key, node in network.nodes.items()
        },
        edges=tuple(
            replace(tie, properties={**tie.properties, name: ties[tie.id]})
            if tie.id in ties
            else tie
            for tie in network.edges
        ),
    )


class _Names:
    """What nodes are called, both languages where they differ; a detention after whom it holds."""

    def __init__(self, network: Network) -> None:
        self._nodes = network.nodes
        self._held: defaultdict[NodeRef, list[str]] = defaultdict(list)
        for edge in network.edges:
            if edge.type == CUSTODY:
                self._held[edge.end].append(str(self.of(edge.start)))

    def of(self, ref: NodeRef) -> str | dict[str, str]:
        known = {"held": self._held.get(ref), **self._nodes[ref].properties, "id": ref.id}
        en, es = (node_name(known, lang) for lang in ("en", "es"))
        return en if en == es else {"en": en, "es": es}


def _bridge(projected: Projected, pair: tuple[NodeRef, NodeRef], size: int, names: _Names) -> Row:
    ties = ties_between(projected.graph, *pair)
    a, b = pair
    return {
        "name": names.of(a),
        "other": names.of(b),
        "value": size,
        "confidence": _weakest(ties),
        "id": a.id,
        "other_id": b.id,
        CLAIMS: _claims(ties),
    }


def _way(way: Way, network: Network) -> Row:
    return {
        "value": len(way.ties),
        "path": {
            "nodes": [_node(network.nodes[ref]) for ref in way.nodes],
            "relationships": [_tie(tie) for tie in way.ties],
        },
        "confidence": _weakest(way.ties),
        "disputed": sorted({f for tie in way.ties for f in tie.properties.get("disputed") or ()}),
        "ids": [ref.id for ref in way.nodes],
        CLAIMS: _claims(way.ties),
    }


def _node(node: NetworkNode) -> Row:
    """Return a node as `plain` writes it, with no more than what names it."""
    named = {key: node.properties[key] for key in _NAMING if node.properties.get(key)}
    return {"labels": [node.key.label, *node.roles], "properties": {"id": node.key.id, **named}}


def _tie(tie: NetworkEdge) -> Row:
    declared = RELATIONSHIP_TYPES.get(tie.type)
    fields = [*(field.name for field in declared.fields), "confidence"] if declared else []
    said = {name: tie.properties[name] for name in fields if tie.properties.get(name)}
    return {
        "type": tie.type,
        "start": tie.start.id,
        "end": tie.end.id,
        "properties": {"id": tie.id, **said},
    }


def _weakest(ties: Iterable[NetworkEdge]) -> str:
    """Return the least confidence of the ties; '' is one that nothing is known of."""
    return weakest(str(tie.properties.get("confidence") or "") for tie in ties)


def _claims(ties: Iterable[NetworkEdge]) -> list[str]:
    return sorted({claim for tie in ties for claim in tie.properties.get(CLAIMS) or ()})
