"""What other tools see of nodes and relationships: attributes of one name and one simple type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vinculos.exports.contents import ExportEdge, ExportNode
from vinculos.formats.characters import clean
from vinculos.graph.model import NODE_TYPES, RELATIONSHIP_TYPES, label_name
from vinculos.graph.shapes import node_name
from vinculos.graph.support import CONFIDENCE_OF, PUBLISHERS

Value = str | int | float | bool

KINDS: Mapping[str, str] = {"number": "double", "flag": "boolean"}
"""The kinds of fields that are no text."""
SEPARATOR = "; "
_SUPPORT: Mapping[str, str] = {PUBLISHERS: "long", CONFIDENCE_OF: "string", "disputed": "string"}
_NODE: Mapping[str, str] = {"id": "string", "label": "string", "type": "string", "roles": "string"}
_EDGE: Mapping[str, str] = {"label": "string", "type": "string", "sources": "string"}
_STUB: Mapping[str, str] = {"stub": "boolean"}
_WRITTEN_ROLES = "role_labels"


def node_attributes(labels: Iterable[str]) -> dict[str, str]:
    """Return name to type (string, double, long or boolean) of what nodes of `labels` can hold."""
    fields = {
        field.name: KINDS.get(field.kind, "string")
        for label in labels
        for field in NODE_TYPES[label].fields
    }
    return {**_NODE, _WRITTEN_ROLES: "string", **fields, **_SUPPORT, **_STUB}


def edge_attributes() -> dict[str, str]:
    """Return name to type of what relationships can hold."""
    fields = {
        field.name: KINDS.get(field.kind, "string")
        for kind in RELATIONSHIP_TYPES.values()
        for field in kind.fields
    }
    return {**_EDGE, **fields, **_SUPPORT}


def node_values(node: ExportNode, lang: str) -> dict[str, Value]:
    """Return the attributes of a node that hold something.

    `label` is what it is called in `lang`, `type` its main label, and lists become one text.
    """
    named = node_name({"id": node.id, "held": node.held, **node.properties}, lang)
    if node.label == "Detention" and node.properties.get("started"):
        named = f"{named}, {node.properties['started']}"
    given = {"label": named, "type": node.label, _WRITTEN_ROLES: list(node.roles)}
    return _written(node.properties | given, node_attributes([node.label]))


def edge_values(edge: ExportEdge, lang: str) -> dict[str, Value]:
    """Return the attributes of a relationship that hold something; `label` is its type in words."""
    given = {"label": label_name(edge.type, lang), "type": edge.type}
    return _written(edge.properties | given, edge_attributes())


def _written(properties: Mapping[str, Any], declared: Mapping[str, str]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for name, kind in declared.items():
        value = properties.get(name)
        if isinstance(value, list):
            value = SEPARATOR.join(clean(str(part)) for part in value)
        if value is None or value == "":
            continue
        if kind == "string":
            values[name] = clean(str(value))
        else:
            values[name] = float(value) if kind == "double" else value
    return values
