"""Networks for tests, made by hand; all people in them are invented."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

from vinculos.graph.network import Network, NetworkClaim, NetworkEdge, NetworkNode, NetworkSource
from vinculos.graph.records import NodeRef
from vinculos.views.entries import Entries

ANA, BETO, OLGA = (NodeRef("Person", f"t:{key}") for key in ("ana", "beto", "olga"))
CUSTODY = NodeRef("Detention", "t:det-ana")
PRISON = NodeRef("Place", "t:prison")
FORCE = NodeRef("Organization", "t:force")
LAW = NodeRef("Law", "t:law")
GAZETTE = NetworkSource("t:s1", "Gazette", "First report", "https://example.org/1", "2025-01-10")
RADIO = NetworkSource("t:s2", "Radio", "Second report", "", "2025-02", "4")


def node(key: NodeRef, *roles: str, **properties: Any) -> NetworkNode:
    """Return a node with the Gazette as its source."""
    return NetworkNode(key, roles, {"disputed": [], **properties}, (GAZETTE,))


def edge(type_: str, start: NodeRef, end: NodeRef, **properties: Any) -> NetworkEdge:
    """Return an edge with the Radio as its source; its id tells its type and ends."""
    said = {"confidence": "reported", "disputed": [], "claims": ["c"], "sources": ["t:s2"]}
    id = f"{type_}/{start.id}/{end.id}/{sorted(properties.items())}"
    return NetworkEdge(id, type_, start, end, {**said, **properties}, (RADIO,))


def small() -> Network:
    """Return one custody with a relative, an official, a place, a force and a law."""
    disputed = NetworkNode(
        ANA,
        ("Detainee",),
        {"name": "Ana Núñez", "aliases": ["Anita"], "gender": "f", "disputed": ["born"]},
        (GAZETTE,),
        (
            NetworkClaim(
                "c1", "reported", "2025-01-09", ("name", "gender"), (("born", "1980"),), (GAZETTE,)
            ),
            NetworkClaim("c2", "alleged", "", ("gender",), (("born", "1981"),), (RADIO,)),
        ),
    )
    nodes = [
        disputed,
        node(BETO, "Relative", name="Beto Núñez"),
        node(OLGA, "Official", name="Olga Prueba"),
        node(
            CUSTODY,
            started="2025-01-07",
            started_min="2025-01-07",
            started_max="2025-01-07",
            status="house_arrest",
        ),
        node(PRISON, name="La Cárcel", kind="prison", name_key="la carcel"),
        node(FORCE, name="Fuerza de Prueba", kind="military"),
        node(LAW, name_en="Test Law", name_es="Ley de Prueba", adopted="2020"),
    ]
    edges = [
        edge("DETAINED_IN", ANA, CUSTODY),
        edge("HELD_AT", CUSTODY, PRISON, started="2025-01", disputed=["HELD_AT"]),
        edge("BECAUSE_OF", CUSTODY, BETO, confidence="alleged", asserted_by=["la familia"]),
        edge("RELATED_TO", ANA, BETO, kind="sibling_of"),
        edge("INVOLVED_IN", OLGA, CUSTODY, role="ordered", confidence="documented"),
        edge("HOLDS_POST", OLGA, FORCE, title="Directora", commands="yes"),
        edge("HOLDS_POST", OLGA, FORCE, title="Subdirectora", commands="no"),
    ]
    return Network({n.key: n for n in nodes}, tuple(edges))


def large(count: int, ties: int = 3, seed: int = 7) -> Network:
    """Return a connected network of `count` nodes, about `ties` edges a node, and a pair apart."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    keys = [NodeRef("Person", f"t:p{number}") for number in range(count)]
    nodes = {key: node(key, name=f"Persona Número {key.id[3:]}") for key in keys}
    edges = {
        made.id: made
        for number in range(1, count - 2)
        for made in (
            edge("RELATED_TO", keys[number], keys[chance.randrange(number)], kind="friend_of")
            for _ in range(ties)
        )
    }
    last = edge("RELATED_TO", keys[-1], keys[-2], kind="spouse_of")
    return Network(nodes, (*edges.values(), last))


def in_language(shown: Any, lang: str) -> Any:
    """Return what a page shows with each text in both languages given in one of them."""
    if type(shown) is tuple and len(shown) == 2 and all(isinstance(text, str) for text in shown):
        return shown[lang == "es"]
    if isinstance(shown, Entries):
        return replace(
            shown, **{name: in_language(value, lang) for name, value in vars(shown).items()}
        )
    if isinstance(shown, tuple) and not isinstance(shown, NodeRef):
        parts = (in_language(part, lang) for part in shown)
        return tuple(parts) if type(shown) is tuple else type(shown)(*parts)
    if isinstance(shown, list):
        return [in_language(part, lang) for part in shown]
    return shown
