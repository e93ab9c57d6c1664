"""What the graph shows of the fields that claims speak of: on a node itself, or on its ties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from vinculos.graph.model import NODE_TYPES, RELATIONSHIP_TYPES
from vinculos.graph.plain import plain
from vinculos.graph.records import NodeRef
from vinculos.graph.shapes import node_name
from vinculos.graph.store import Store

KIND = "kind"


class Shown(NamedTuple):
    """What shows of a field, None where nothing does, and whether it is in dispute.

    Of a field of ties, `name` is that of the far end, if there is one, and `ties` are their ids.
    """

    value: Any
    disputed: bool
    name: str = ""
    ties: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Tie:
    """A relationship of the node in question: its properties, and the node at the far end."""

    type: str
    outward: bool
    properties: Mapping[str, Any]
    other: str
    name: str

    def value(self, here: str) -> dict[str, Any]:
        """Return who is what to whom."""
        start, end = (here, self.other) if self.outward else (self.other, here)
        return {"start": start, KIND: self.properties.get(KIND), "end": end}


class ShownFields:
    """What shows of the fields of one node and of its ties, read once."""

    def __init__(self, store: Store, ref: NodeRef, fields: Iterable[str], lang: str) -> None:
        """Read the node, and those of its ties that `fields` are about; names are in `lang`."""
        label = NODE_TYPES[ref.label].label
        match = f"MATCH (n:{label} {{id: $id}})"
        (row,) = store.read(f"{match} RETURN properties(n) AS n", {"id": ref.id}).rows
        self._ref = ref
        self._node: dict[str, Any] = plain(row["n"])
        self._declared = {field.name for field in NODE_TYPES[ref.label].fields}
        types = sorted({type_of(field) for field in fields} - {""})
        rows = store.read(
            f"{match}-[r]-(m) WHERE type(r) IN $types AND r.claims IS NOT NULL "
            "RETURN type(r) AS type, startNode(r).id = n.id AS outward, "
            "properties(r) AS properties, properties(m) AS other ORDER BY r.id",
            {"id": ref.id, "types": types},
        ).rows
        self._ties = [
            _Tie(**{**row, "other": row["other"]["id"], "name": node_name(row["other"], lang)})
            for row in map(plain, rows if types else ())
        ]

    def of(self, claim: Mapping[str, Any]) -> Shown:
        """Return what shows of the field that a claim is about.

        Args:
            claim: its id as `claim`, with the `field`, the `value`, the id of the far end as
                `other`, and `superseded_by`.
        """
        field, other = claim["field"], claim["other"]
        disputed = field in (self._node.get("disputed") or ())
        if not (type_ := type_of(field)):
            value = self._node.get(field)
            # A field of no type is said by claims in conflict alone; it shows once they agree.
            if field not in self._declared and not disputed and not claim["superseded_by"]:
                value = claim["value"]
            return Shown(value, disputed)
        ties = [tie for tie in self._ties if tie.type == type_ and other in ("", tie.other)]
        name = ties[0].name if other and ties else other
        if field != type_:
            return self._of_ties(field.partition(".")[2], claim["claim"], ties)._replace(name=name)
        values = [tie.value(self._ref.id) if other else tie.name for tie in ties]
        return Shown(values or None, disputed or _is_disputed(ties, type_), name)

    def _of_ties(self, own: str, claim: str, ties: list[_Tie]) -> Shown:
        """Return what shows of a field of the ties that a claim is behind.

        Of one that no longer stands it is what the tie shows that stands without it.
        """
        outward = [tie for tie in ties if tie.outward]
        behind = [tie for tie in outward if claim in tie.properties["claims"]]
        if not behind and len(outward) == 1:
            behind = outward
        values = [value for tie in behind if (value := tie.properties.get(own)) is not None]
        shown = (values[0] if len(values) == 1 else values) or None
        return Shown(
            shown, _is_disputed(behind, own), "", tuple(t.properties["id"] for t in behind)
        )


def type_of(field: str) -> str:
    """Return the type of relationship that a claimed field is about, '' where it is of a node."""
    type_ = field.partition(".")[0]
    return type_ if type_ in RELATIONSHIP_TYPES else ""


def _is_disputed(ties: Iterable[_Tie], name: str) -> bool:
    return any(name in (tie.properties.get("disputed") or ()) for tie in ties)
