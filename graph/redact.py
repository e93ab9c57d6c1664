"""What an audience may see: every output but the terminal passes through here.

What is hidden says the audience's profile: a row, or an element of a list, that speaks of somebody
who is left out goes with them; names and ids give way to pseudonyms; a restricted source is called
that and nothing more; a citation made for a minor, or whose title names who is left out, shows
publisher and date only; fields are dropped or made coarser. What is inside texts counts too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from vinculos.graph.hidden import Hidden as Hidden
from vinculos.graph.model import CLAIM
from vinculos.graph.network import (
    Network,
    NetworkClaim,
    NetworkEdge,
    NetworkNode,
    NetworkSource,
)
from vinculos.graph.plain import plain_rows
from vinculos.graph.records import NodeRef
from vinculos.graph.redactor import SOURCE, Redactor, Row
from vinculos.graph.secrets import NOTHING
from vinculos.graph.shapes import gather
from vinculos.graph.withheld import Withheld as Withheld
from vinculos.graph.withheld import load_withheld as load_withheld


def rows(
    given: Iterable[Row], withheld: Withheld, hidden: Hidden | None = None
) -> tuple[list[Row], Hidden]:
    """Return `given` as plain data, as the audience may see it, and how much was hidden.

    Each row is judged by itself; a `hidden` that is given is counted on.
    """
    hidden = Hidden() if hidden is None else hidden
    cleaned = plain_rows(given)
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

    A node that may not be seen goes with its ties, and so does a claim that speaks of who may not
    be; ids of minors are replaced everywhere.
    """
    hidden = Hidden()
    if not withheld:
        return given, hidden
    redactor = Redactor(withheld, hidden)
    texts = [_texts(_node(node), node) for node in given.nodes.values()]
    texts += [_texts(_tie(edge), edge) for edge in given.edges]
    *clear, _ = redactor.are_clear([*texts, {edge.id for edge in given.edges}])
    keys: dict[NodeRef, NodeRef] = {}
    nodes: dict[NodeRef, NetworkNode] = {}
    for (key, node), is_clear in zip(given.nodes.items(), clear, strict=False):
        if is_clear:
            keys[key], nodes[key] = key, node
            continue
        row = redactor.row({"node": _node(node), **_evidence(node)})
        if row is None or (key.label == SOURCE and redactor.is_restricted(key.id)):
            continue
        shown = row["node"]["properties"]
        keys[key] = NodeRef(key.label, str(shown.pop("id", None) or redactor.text(key.id)))
        nodes[keys[key]] = NetworkNode(
            keys[key], node.roles, shown, _sources(row["sources"]), _claims(node, row, shown)
        )
    edges = []
    for edge, is_clear in zip(given.edges, clear[len(given.nodes) :], strict=True):
        if edge.start not in keys or edge.end not in keys:
            continue
        id, ends = redactor.text(edge.id), (keys[edge.start], keys[edge.end])
        if is_clear:
            is_same = (id, *ends) == (edge.id, edge.start, edge.end)
            edges.append(edge if is_same else replace(edge, id=id, start=ends[0], end=ends[1]))
            continue
        row = redactor.row({"edge": _tie(edge), **_evidence(edge)})
        if row is None:
            continue
        shown = row["edge"]["properties"]
        cited = _sources(row["sources"])
        edges.append(NetworkEdge(id, edge.type, *ends, shown, cited, _claims(edge, row, shown)))
    return Network(nodes, tuple(edges), given.left_out), hidden


def _node(node: NetworkNode) -> Row:
    """Return a node as a row has it."""
    properties = {"id": node.key.id, **node.properties}
    return {"labels": [node.key.label, *node.roles], "properties": properties}


def _tie(edge: NetworkEdge) -> Row:
    """Return a relationship as a row has it."""
    return {
        "type": edge.type,
        "start": edge.start.id,
        "end": edge.end.id,
        "properties": dict(edge.properties),
    }


def _texts(row: Row, item: NetworkNode | NetworkEdge) -> set[str]:
    """Return every text of a node or tie, sources and claims included: it is soon decided upon."""
    texts = gather(row).union(NetworkSource._fields, *item.sources)
    for claim in item.claims:
        texts.update(
            (claim.id, claim.confidence, claim.as_of), claim.shown, *claim.others, *claim.sources
        )
    return texts


def _evidence(item: NetworkNode | NetworkEdge) -> Row:
    """Return the sources and claims of a node or tie, as a row has them.

    Each claim is a node like the graph's own, so that it is left out as a whole; `at` is its place.
    """
    claims = [
        {
            "at": place,
            "claim": {
                "labels": [CLAIM],
                "properties": {
                    "id": claim.id,
                    "confidence": claim.confidence,
                    "as_of": claim.as_of,
                    "fields": [name for name, _ in claim.others],
                    "values": [text for _, text in claim.others],
                },
            },
            "sources": _listed(claim.sources),
        }
        for place, claim in enumerate(item.claims)
    ]
    return {"sources": _listed(item.sources), "claims": claims}


def _claims(item: NetworkNode | NetworkEdge, row: Row, shown: Row) -> tuple[NetworkClaim, ...]:
    """Return the claims of `item` as they were left in its row, of the fields that still show."""
    is_node, claims = isinstance(item, NetworkNode), []
    for entry in row["claims"]:
        said, given = entry["claim"]["properties"], item.claims[entry["at"]]
        fields = tuple(name for name in given.shown if name in shown)
        others = tuple(
            (name, text)
            for name, text in zip(said.get("fields") or (), said.get("values") or (), strict=True)
            if text != NOTHING
        )
        if is_node and not fields and not others:
            continue
        id, grade, day = (str(said.get(name) or "") for name in ("id", "confidence", "as_of"))
        claims.append(NetworkClaim(id, grade, day, fields, others, _sources(entry["sources"])))
    return tuple(claims)


def _listed(sources: Iterable[NetworkSource]) -> list[Row]:
    return [source._asdict() for source in sources]


def _sources(cited: list[Any]) -> tuple[NetworkSource, ...]:
    """Return citations as they were left, blank where they were masked."""
    return tuple(
        NetworkSource(**{"id": "", **source}) for source in cited if isinstance(source, dict)
    )
