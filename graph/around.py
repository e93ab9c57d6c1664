"""What lies around an entity: a search outwards, one step at a time, on either engine."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from neo4j.graph import Node

from vinculos.errors import NotFound, UsageError
from vinculos.graph.model import ENTITIES, RELATIONSHIPS
from vinculos.graph.network import Network, collect, main_label, unknown_ends
from vinculos.graph.records import NodeRef
from vinculos.graph.store import Store

MAX_DEPTH = 5
DEFAULT_DEPTH = 2
DEFAULT_LIMIT = 300
SOURCE = "Source"

LABELS = tuple(label for label in ENTITIES if label != SOURCE)
_TIES = "|".join(tie.type for tie in RELATIONSHIPS)

# A whole statement for each label: it is found by its index, and no label is ever a parameter.
ENTITY: Mapping[str, str] = {label: f"MATCH (n:{label} {{id: $id}}) RETURN n" for label in LABELS}
STEP: Mapping[str, str] = {
    label: f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})-[r:{_TIES}]-(m) RETURN n, r, m"
    for label in LABELS
}
BETWEEN: Mapping[str, str] = {
    label: f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})-[r:{_TIES}]->(m) "
    "WHERE m.id IN $all RETURN n, r, m"
    for label in LABELS
}
HELD = "UNWIND $ids AS id MATCH (n:Detention {id: id})<-[r:DETAINED_IN]-(m:Person) RETURN n, r, m"
BY_ELEMENT = "UNWIND $ids AS id MATCH (n) WHERE elementId(n) = id RETURN n"


@dataclass(frozen=True)
class Surroundings:
    """The network around an entity; `cut` counts the neighbours found beyond the limit."""

    network: Network
    cut: int = 0


def around(store: Store, centre: NodeRef, depth: int, limit: int = DEFAULT_LIMIT) -> Surroundings:
    """Return the entities within `depth` ties of `centre` and every tie among them.

    Nearer entities come first; of these whom a detention holds, then those with more ties to what
    is there already. A detention at the edge comes with whom it holds: without a name it says
    nothing. Claims, loads and sources are no part of it.

    Args:
        store: the open graph.
        centre: an entity by main label and id.
        depth: 1 to 5 ties.
        limit: how many entities at most, `centre` included.

    Raises:
        UsageError: the depth or the limit is out of range, or `centre` is no entity.
        NotFound: there is no such entity.
        EngineError: the graph cannot be read.
    """
    if not 1 <= depth <= MAX_DEPTH:
        raise UsageError(f"The depth is {depth}.", f"Give --depth from 1 to {MAX_DEPTH}.")
    if limit < 1:
        raise UsageError(f"The limit is {limit}.", "Give a whole number above 0.")
    if centre.label not in ENTITY:
        raise UsageError(
            f"A {centre.label} cannot be the middle of a view.",
            f"Choose one of: {', '.join(LABELS)}.",
        )
    rows: list[Any] = store.read(ENTITY[centre.label], {"id": centre.id}).rows
    if not rows:
        raise NotFound(f"There is no {centre.label} {centre.id}.", "Look for it: vinculos find")
    kept, ring = {centre}, {centre}
    cut: set[NodeRef] = set()
    for step in range(depth + 1):
        last = step == depth
        found = list(_by_label(store, {"Detention": HELD} if last else STEP, ring))
        weight = Counter(ref for row in found for ref in _refs(row) if ref not in kept)
        held = {ref for row in found if row["r"].type == "DETAINED_IN" for ref in _refs(row)}
        nearest = sorted(weight, key=lambda ref: (ref not in held, -weight[ref], ref))
        room = limit - len(kept)
        added = set(nearest[:room])
        cut |= set(nearest[room:])
        kept |= added
        rows += [row for row in found if all(ref in kept for ref in _refs(row))]
        ring = ring | added if last else added
        if not added:
            break
    every = sorted(ref.id for ref in kept)
    between = _by_label(store, BETWEEN, ring, all=every)
    rows += [row for row in between if all(ref in kept for ref in _refs(row))]
    return Surroundings(collect(rows), len(cut - kept))


def complete(store: Store, values: list[Any]) -> Network:
    """Return the network of `values`, ends of relationships fetched where they are missing.

    Raises:
        EngineError: the graph cannot be read.
    """
    ends = unknown_ends(values)
    if not ends:
        return collect(values)
    return collect([values, store.read(BY_ELEMENT, {"ids": ends}).rows])


def with_held(store: Store, network: Network) -> Network:
    """Return `network`, each detention with the names of whom it holds as its property `held`.

    Raises:
        EngineError: the graph cannot be read.
    """
    ids = [key.id for key in network.nodes if key.label == "Detention"]
    names: dict[NodeRef, list[str]] = defaultdict(list)
    for row in store.read(HELD, {"ids": ids}).rows if ids else []:
        detention, person = _refs({"n": row["n"]})[0], row["m"]
        names[detention].append(str(person.get("name") or person.get("id")))
    nodes = dict(network.nodes)
    for key, held in names.items():
        properties = {**nodes[key].properties, "held": sorted(held)}
        nodes[key] = replace(nodes[key], properties=properties)
    return replace(network, nodes=nodes)


def _by_label(
    store: Store, statements: Mapping[str, str], refs: Iterable[NodeRef], **parameters: Any
) -> Iterator[dict[str, Any]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for label, id in sorted(refs):
        if label in statements:
            groups[label].append(id)
    for label, ids in groups.items():
        yield from store.read(statements[label], {"ids": ids, **parameters}).rows


def _refs(row: Mapping[str, Any]) -> list[NodeRef]:
    """Return the two nodes of a row, without what only the ends of its relationship tell."""
    nodes = [value for value in row.values() if isinstance(value, Node)]
    return [NodeRef(main_label(node.labels)[0], str(node.get("id"))) for node in nodes]
