"""The whole graph as text: one JSON document, or a script of Cypher statements."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from io import TextIOBase
from itertools import groupby, islice
from typing import Any, TypeVar

from vinculos.exports.contents import ROLES, Contents, ExportEdge
from vinculos.formats.characters import to_json
from vinculos.graph.model import NODE_TYPES, RELATIONSHIP_TYPES

T = TypeVar("T")
ROWS = 500
"""Nodes or relationships in one statement of a script."""
DATES = frozenset(
    f"{field.name}_{bound}"
    for fields in (
        *(kind.fields for kind in NODE_TYPES.values()),
        *(kind.fields for kind in RELATIONSHIP_TYPES.values()),
    )
    for field in fields
    if field.kind == "date"
    for bound in ("min", "max")
)
"""The properties that the graph holds as days, not as text."""


def write_json(contents: Contents, out: TextIOBase, lang: str) -> None:
    """Write `{"nodes": [...], "edges": [...]}`, as `networkx.node_link_graph` reads it.

    Properties are as the graph holds them; `lang` makes no difference.

    Raises:
        EngineError: the graph cannot be read.
    """
    out.write('{"directed": true, "multigraph": true, "graph": {},\n"nodes": [')
    nodes = (
        {
            "id": f"{node.label}/{node.id}",
            "labels": [node.label, *node.roles],
            "properties": {"id": node.id, **node.properties},
        }
        for node in contents.nodes()
    )
    _lines(out, nodes)
    out.write('],\n"edges": [')
    edges = (
        {
            "source": "/".join(edge.start),
            "target": "/".join(edge.end),
            "key": edge.id or f"{edge.type} {number}",
            "type": edge.type,
            "properties": edge.properties,
        }
        for number, edge in enumerate(contents.edges())
    )
    _lines(out, edges)
    out.write("]}\n")


def _lines(out: TextIOBase, items: Iterable[Mapping[str, Any]]) -> None:
    for number, item in enumerate(items):
        out.write(f"{',' if number else ''}\n{to_json(item)}")


def write_cypher(contents: Contents, out: TextIOBase, lang: str) -> None:
    """Write statements for `cypher-shell` that make the same nodes and relationships elsewhere.

    Run again they change nothing, as each is merged by its id; `lang` makes no difference.

    Raises:
        EngineError: the graph cannot be read.
    """
    for label in contents.labels:
        out.write(f"CREATE CONSTRAINT IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE;\n")
    for batch in _batches(contents.nodes()):
        for label, nodes in groupby(batch, key=lambda node: node.label):
            listed = list(nodes)
            rows = [{"id": node.id, "properties": node.properties} for node in listed]
            out.write(
                f"UNWIND {_literal(rows)} AS row MERGE (n:{label} {{id: row.id}}) "
                "SET n += row.properties;\n"
            )
            for role in ROLES:
                if ids := [node.id for node in listed if role in node.roles]:
                    out.write(
                        f"UNWIND {_literal(ids)} AS id MATCH (n:{label} {{id: id}}) SET n:{role};\n"
                    )
    for together in _batches(contents.edges()):
        for (kind, first, second), edges in groupby(sorted(together, key=_ends), key=_ends):
            ties = [
                {"from": e.start[1], "to": e.end[1], "id": e.id, "properties": e.properties}
                for e in edges
            ]
            # Provenance has no ids of its own: a claim cites a source once.
            key = " {id: row.id}" if ties[0]["id"] else ""
            out.write(
                f"UNWIND {_literal(ties)} AS row MATCH (a:{first} {{id: row.from}}) "
                f"MATCH (b:{second} {{id: row.to}}) MERGE (a)-[r:{kind}{key}]->(b) "
                "SET r += row.properties;\n"
            )


def _ends(edge: ExportEdge) -> tuple[str, str, str]:
    return edge.type, edge.start[0], edge.end[0]


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    items = iter(items)
    while batch := list(islice(items, ROWS)):
        yield batch


def _literal(value: Any) -> str:
    """Return a value as Cypher writes it; nothing in a text can end it early."""
    if isinstance(value, Mapping):
        inner = ", ".join(
            f"{_name(key)}: {f'date({_literal(item)})' if key in DATES else _literal(item)}"
            for key, item in value.items()
        )
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    if isinstance(value, str):
        # A JSON string in ASCII is a Cypher string: same quotes, same escapes.
        return json.dumps(value).replace("/", "\\u002f")
    return json.dumps(value)


def _name(key: str) -> str:
    return "`{}`".format(key.replace("`", "``"))
