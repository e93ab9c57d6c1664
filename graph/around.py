"""What lies around an entity: a search outwards, one step at a time, on either engine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from neo4j.graph import Node

from vinculos.errors import UsageError
from vinculos.graph.model import ENTITIES
from vinculos.graph.network import Network, collect, main_label
from vinculos.graph.projection import CUSTODY
from vinculos.graph.records import NodeRef
from vinculos.graph.store import Store
from vinculos.language import gettext as _

MAX_DEPTH = 5
SOURCE = "Source"

LABELS = tuple(label for label in ENTITIES if label != SOURCE)

HELD = "UNWIND $ids AS id MATCH (n:Detention {id: id})<-[r:DETAINED_IN]-(m:Person) RETURN n, r, m"
BY_ELEMENT = "UNWIND $ids AS id MATCH (n) WHERE elementId(n) = id RETURN n"

Row = dict[str, Any]
Step = Callable[[list[str], list[str], list[str]], list[Row]]
"""From the ids of some nodes, types of tie (any if none) and ids of neighbours (any if none) to
rows `n`, `r`, `m`: each of the nodes with its ties and neighbours, `r` and `m` null if there are
none."""


@dataclass(frozen=True)
class Surroundings:
    """The ties around an entity as rows; `cut` counts the neighbours found beyond the limit."""

    rows: list[Row]
    cut: int = 0


def around(step: Step, centre: str, depth: int, limit: int) -> Surroundings:
    """Return the entities within `depth` ties of `centre` and every tie among them.

    Nearer entities come first; of these whom a detention holds, then those with more ties to what
    is there already. A detention at the edge comes with whom it holds: without a name it says
    nothing.

    Args:
        step: reads the ties of some nodes.
        centre: the id of an entity.
        depth: 1 to 5 ties.
        limit: how many entities at most, `centre` included.

    Raises:
        UsageError: the depth or the limit is out of range.
    """
    if not 1 <= depth <= MAX_DEPTH:
        raise UsageError(
            _("The depth is {depth}.").format(depth=depth),
            _("Give a depth from 1 to {most}.").format(most=MAX_DEPTH),
        )
    if limit < 1:
        raise UsageError(
            _("The limit is {limit}.").format(limit=limit), _("Give a whole number above 0.")
        )
    rows: list[Row] = []
    kept: set[NodeRef] = set()
    ring: set[NodeRef] = set()
    cut: set[NodeRef] = set()
    for number in range(depth + 1):
        last = number == depth
        ids = sorted(ref.id for ref in ring) if ring else [centre]
        if last:
            ids = sorted(ref.id for ref in ring if ref.label == "Detention")
        found = step(ids, [CUSTODY] if last else [], []) if ids else []
        if not kept:
            kept = ring = {_ref(row["n"]) for row in found}
            rows = [{**row, "r": None, "m": None} for row in found[:1]]
        ties = [row for row in found if row["r"] is not None and _ref(row["n"]) in ring]
        weight = Counter(ref for row in ties if (ref := _ref(row["m"])) not in kept)
        held = {ref for row in ties if row["r"].type == CUSTODY for ref in _refs(row)}
        nearest = sorted(weight, key=lambda ref: (ref not in held, -weight[ref], ref))
        room = limit - len(kept)
        added = set(nearest[:room])
        cut |= set(nearest[room:])
        kept |= added
        rows += [row for row in ties if _ref(row["m"]) in kept]
        ring = ring | added if last else added
        if not added:
            break
    every = sorted(ref.id for ref in kept)
    if ring:
        between = step(sorted(ref.id for ref in ring), [], every)
        rows += [
            row
            for row in between
            if row["r"] is not None and all(ref in kept for ref in _refs(row))
        ]
    return Surroundings(list({_key(row): row for row in rows}.values()), len(cut - kept))


def complete(store: Store, values: list[Any]) -> Network:
    """Return the network of `values`, ends of relationships fetched where they are missing.

    Raises:
        EngineError: the graph cannot be read.
    """
    return collect(values, lambda ends: store.read(BY_ELEMENT, {"ids": ends}).rows)


def with_held(store: Store, network: Network) -> Network:
    """Return `network`, each detention with the names of whom it holds as its property `held`.

    Raises:
        EngineError: the graph cannot be read.
    """
    ids = [key.id for key in network.nodes if key.label == "Detention"]
    names: dict[NodeRef, list[str]] = defaultdict(list)
    for row in store.read(HELD, {"ids": ids}).rows if ids else []:
        detention, person = _ref(row["n"]), row["m"]
        names[detention].append(str(person.get("name") or person.get("id")))
    nodes = dict(network.nodes)
    for key, held in names.items():
        properties = {**nodes[key].properties, "held": sorted(held)}
        nodes[key] = replace(nodes[key], properties=properties)
    return replace(network, nodes=nodes)


def _key(row: Mapping[str, Any]) -> str:
    """Return what tells a tie from the others, or a node without one."""
    return str((row["n"] if row["r"] is None else row["r"]).element_id)


def _refs(row: Mapping[str, Any]) -> list[NodeRef]:
    """Return the two nodes of a row, without what only the ends of its relationship tell."""
    return [_ref(value) for value in row.values() if isinstance(value, Node)]


def _ref(node: Node) -> NodeRef:
    return NodeRef(main_label(node.labels)[0], str(node.get("id")))
