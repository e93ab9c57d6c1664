"""What an audience may see: every output but the terminal passes through here.

What is hidden says the audience's profile: a row, or an element of a list, that speaks of somebody
who is left out goes with them; names and ids give way to pseudonyms; a restricted source is called
that and nothing more; a citation made for a minor shows publisher and date only; fields are dropped
or made coarser. What is inside texts counts too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
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
        rest = {"sources": _listed(node.sources), "disputes": _listed(node.disputes)}
        rest["statements"] = _listed(node.statements)
        row = redactor.row({"node": whole, **rest})
        if row is None or (key.label == SOURCE and redactor.is_restricted(key.id)):
            continue
        shown = row["node"]["properties"]
        keys[key] = NodeRef(key.label, str(shown.pop("id", None) or redactor.text(key.id)))
        nodes[keys[key]] = NetworkNode(
            keys[key],
            node.roles,
            shown,
            _sources(row["sources"]),
            _sides(row["disputes"]),
            _sides(row["statements"]),
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


def _listed(items: Iterable[NetworkSource | NetworkDispute]) -> list[Row]:
    return [plain(asdict(item)) for item in items]


def _sides(sides: list[Any]) -> tuple[NetworkDispute, ...]:
    return tuple(
        NetworkDispute(side["field"], side["text"], _sources(side["sources"])) for side in sides
    )


def _sources(cited: list[Any]) -> tuple[NetworkSource, ...]:
    """Return citations as they were left, blank where they were masked."""
    return tuple(
        NetworkSource(**{"id": "", **source}) for source in cited if isinstance(source, dict)
    )
