"""What an audience may see: every output but the terminal passes through here.

What is hidden says the audience's profile: a row, or an element of a list, that speaks of somebody
who is left out goes with them; names and ids give way to pseudonyms; a restricted source is called
that and nothing more; a citation made for a minor shows publisher and date only; fields are dropped
or made coarser. What is inside texts counts too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from vinculos.graph.hidden import Hidden as Hidden
from vinculos.graph.network import (
    Network,
    NetworkDispute,
    NetworkEdge,
    NetworkNode,
    NetworkSource,
)
from vinculos.graph.plain import plain
from vinculos.graph.records import NodeRef
from vinculos.graph.redactor import SOURCE, Redactor, Row
from vinculos.graph.withheld import Withheld as Withheld
from vinculos.graph.withheld import load_withheld as load_withheld

_SOURCE = tuple(declared.name for declared in fields(NetworkSource))


def rows(
    given: Iterable[Row], withheld: Withheld, hidden: Hidden | None = None
) -> tuple[list[Row], Hidden]:
    """Return `given` as plain data, as the audience may see it, and how much was hidden.

    Each row is judged by itself; a `hidden` that is given is counted on.
    """
    hidden = Hidden() if hidden is None else hidden
    cleaned = (plain(row) for row in given)
    if not withheld:
        return list(cleaned), hidden
    redactor = Redactor(withheld, hidden)
    kept = (redactor.row(row) for row in cleaned)
    return [row for row in kept if row is not None], hidden


def shown(text: str, withheld: Withheld) -> str | None:
    """Return a text as the audience may see it, None where it speaks of a protected person."""
    kept, _ = rows([{"text": text}], withheld)
    return str(kept[0]["text"]) if kept else None


def network(given: Network, withheld: Withheld) -> tuple[Network, Hidden]:
    """Return a network as the audience may see it, and how much was hidden.

    A node that may not be seen goes with its ties; ids of minors are replaced everywhere.
    """
    hidden = Hidden()
    if not withheld:
        return given, hidden
    redactor = Redactor(withheld, hidden)
    keys: dict[NodeRef, NodeRef] = {}
    nodes: dict[NodeRef, NetworkNode] = {}
    for key, node in given.nodes.items():
        properties = {"id": key.id, **node.properties}
        whole = {"labels": [key.label, *node.roles], "properties": properties}
        rest = {"sources": _listed(node.sources), "disputes": _sides(node.disputes)}
        row = redactor.row({"node": whole, **rest})
        if row is None or (key.label == SOURCE and redactor.is_restricted(key.id)):
            continue
        shown = row["node"]["properties"]
        keys[key] = NodeRef(key.label, str(shown.pop("id", None) or redactor.text(key.id)))
        sources = _sources(row["sources"])
        nodes[keys[key]] = NetworkNode(
            keys[key],
            node.roles,
            shown,
            sources,
            tuple(
                NetworkDispute(side["field"], side["text"], _sources(side["sources"]))
                for side in row["disputes"]
            ),
            {name: _same(sources, behind) for name, behind in node.said.items() if name in shown},
        )
    edges = []
    for edge in given.edges:
        if edge.start not in keys or edge.end not in keys:
            continue
        tie = {
            "type": edge.type,
            "start": edge.start.id,
            "end": edge.end.id,
            "properties": dict(edge.properties),
        }
        row = redactor.row({"edge": tie, "sources": _listed(edge.sources)})
        if row is not None:
            shown, cited = row["edge"]["properties"], _sources(row["sources"])
            ends = keys[edge.start], keys[edge.end]
            edges.append(NetworkEdge(redactor.text(edge.id), edge.type, *ends, shown, cited))
    return Network(nodes, tuple(edges), given.left_out), hidden


def _same(
    shown: Iterable[NetworkSource], given: Iterable[NetworkSource]
) -> tuple[NetworkSource, ...]:
    """Return those of the citations as they may be shown that were among the ones given.

    One that was masked is no longer known by its id, and is not among them.
    """
    places = {(source.id, source.page) for source in given}
    return tuple(s for s in shown if s.id and (s.id, s.page) in places)


def _listed(sources: Iterable[NetworkSource]) -> list[Row]:
    return [{name: getattr(source, name) for name in _SOURCE} for source in sources]


def _sides(disputes: Iterable[NetworkDispute]) -> list[Row]:
    return [
        {"field": side.field, "text": side.text, "sources": _listed(side.sources)}
        for side in disputes
    ]


def _sources(cited: list[Any]) -> tuple[NetworkSource, ...]:
    """Return citations as they were left, blank where they were masked."""
    return tuple(
        NetworkSource(**{"id": "", **source}) for source in cited if isinstance(source, dict)
    )
