"""Nodes, relationships and paths as `plain` writes them: how to tell one from another map."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def is_node(value: Any) -> bool:
    """Return whether `value` is a node as `plain` writes one."""
    return isinstance(value, dict) and value.keys() == {"labels", "properties"}


def is_relationship(value: Any) -> bool:
    """Return whether `value` is a relationship as `plain` writes one."""
    return isinstance(value, dict) and value.keys() == {"type", "start", "end", "properties"}


def is_path(value: Any) -> bool:
    """Return whether `value` is a path as `plain` writes one."""
    return isinstance(value, dict) and value.keys() == {"nodes", "relationships"}


def node_name(properties: Mapping[str, Any], lang: str = "en") -> str:
    """Return what a node's properties call it in `lang`, its id where nothing does.

    A detention is called after whom it holds, where its properties say so as `held`.
    """
    own, other = ("name_es", "name_en") if lang == "es" else ("name_en", "name_es")
    if held := properties.get("held"):
        return ", ".join(str(name) for name in held)
    for key in ("name", "title", own, other, "publisher", "id"):
        if properties.get(key):
            return str(properties[key])
    return "?"
