"""Nodes, relationships and paths as `plain` writes them: how to tell one from another map.

A map that stands in many rows is `Shared`: what is done with each, such as hiding what is in it, is
done `Once`, since that takes far longer than all else that an answer takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Generic, TypeVar

from vinculos.graph.model import CLAIM

T = TypeVar("T")

REMARKS = ("summary", "note")
"""Properties that say something of a node in a sentence: it is the same without."""


class Shared(dict[str, Any]):
    """A map of plain data, one object wherever it stands, which nobody changes."""

    __slots__ = ()


class Once(Generic[T]):
    """What was found of each shared map; the map is kept, so that no other gets its address."""

    def __init__(self, find: Callable[[Shared], T]) -> None:
        """Take what finds it."""
        self._find = find
        self._found: dict[int, tuple[Shared, T]] = {}

    def __call__(self, item: Shared) -> T:
        """Return what is found of a map, looking for it the first time alone."""
        known = self._found.get(id(item))
        if known is None:
            known = self._found[id(item)] = item, self._find(item)
        return known[1]


def is_node(value: Any) -> bool:
    """Return whether `value` is a node as `plain` writes one."""
    return isinstance(value, dict) and value.keys() == {"labels", "properties"}


def is_relationship(value: Any) -> bool:
    """Return whether `value` is a relationship as `plain` writes one."""
    return isinstance(value, dict) and value.keys() == {"type", "start", "end", "properties"}


def is_path(value: Any) -> bool:
    """Return whether `value` is a path as `plain` writes one."""
    return isinstance(value, dict) and value.keys() == {"nodes", "relationships"}


def is_whole(value: Any) -> bool:
    """Return whether `value` stands or falls as one: a path, a relationship or a claim."""
    return is_path(value) or is_relationship(value) or (is_node(value) and CLAIM in value["labels"])


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


def gather(items: dict[str, Any] | list[Any]) -> set[str]:
    """Return every text in a row or a list, names of fields within it included."""
    texts: set[str] = set()
    shared: list[Shared] = []
    take(items.values() if isinstance(items, dict) else items, texts, shared)
    for item in shared:
        texts |= item.keys() | gather(item)
    return texts


def take(items: Iterable[Any], texts: set[str], shared: list[Shared]) -> None:
    """Take every text in `items`; maps that are shared are taken aside, not looked into."""
    for item in items:
        kind = type(item)
        if kind is str:
            texts.add(item)
        elif kind is Shared:
            shared.append(item)
        elif isinstance(item, str):
            texts.add(item)
        elif isinstance(item, list):
            take(item, texts, shared)
        elif isinstance(item, dict):
            texts.update(item)
            take(item.values(), texts, shared)
