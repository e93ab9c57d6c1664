"""Damage to the case as FollowTheMoney entities: lines cut, mixed, repeated, bent out of shape."""

from __future__ import annotations

import json
from typing import Any

from tests.faults.mutations import DATES, FORMULAS, MINOR, NUMBERS, Input, mutation

NAME = "cases.ftm.json"
ENTITIES: list[dict[str, Any]] = [
    {
        "id": "fam",
        "schema": "Family",
        "properties": {"person": ["eva"], "relative": ["ana"], "relationship": ["sister"]},
    },
    {
        "id": "ana",
        "schema": "Person",
        "properties": {
            "name": ["Ana Ñandú", "Ана Нянду"],
            "birthDate": ["1980", "1980-05-02"],
            "summary": ['Held, with "others"'],
            "sourceUrl": ["https://example.org/1"],
            "publisher": ["Gazette"],
            "topics": ["role.lawyer"],
        },
        "datasets": ["cases"],
    },
    {
        "id": "eva",
        "schema": "Person",
        "properties": {"name": ["Eva Dos"], "retrievedAt": ["2025-01-01T00:00:00"]},
    },
    {
        "id": "nn",
        "schema": "Person",
        "properties": {"name": [MINOR], "birthDate": ["2020-01"], "notes": ["A child"]},
    },
    {
        "id": "kin",
        "schema": "Family",
        "properties": {"person": ["eva"], "relative": ["nn"], "relationship": ["daughter"]},
    },
    {
        "id": "occ",
        "schema": "Occupancy",
        "properties": {"holder": ["ana"], "post": ["post"], "startDate": ["2019"]},
    },
    {"id": "post", "schema": "Position", "properties": {"name": ["Minister"]}},
    {
        "id": "san",
        "schema": "Sanction",
        "properties": {"entity": ["eva"], "program": ["P-1"], "listingDate": ["2020-02-02"]},
    },
    {"id": "home", "schema": "Address", "properties": {"full": ["Street 1"]}},
]
ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    1e308,
    "",
    "\0",
    "\ud800",
    "a;b:c@d",
    {"id": "x", "schema": "Person", "properties": {"name": ["x"]}},
    [[["x"]]],
    "x" * 200_001,
    *DATES,
    *FORMULAS,
    *NUMBERS,
)


def lines(entities: list[dict[str, Any]]) -> bytes:
    """Return a file of entities."""
    return "".join(json.dumps(entity) + "\n" for entity in entities).encode()


def put(given: Input, data: bytes) -> None:
    """Have a file of entities stand for the folder."""
    given.one = given.path = given.folder / NAME
    given.one.write_bytes(data)


def copies() -> list[dict[str, Any]]:
    """Return the entities anew, to be bent."""
    copied: list[dict[str, Any]] = json.loads(json.dumps(ENTITIES))
    return copied


@mutation
def damaged_entities(given: Input) -> None:
    data = lines(ENTITIES)
    at = given.chance.randrange(len(data))
    odd = given.chance.choice(
        [b"", b"\0", b'"', b"{", b"]", b"\xff", b"\n", b"[" * 100_000, b"NaN", b"\xef\xbb\xbf"]
    )
    data = data[:at] + odd + data[at + given.chance.choice([0, 1, 9]) :]
    if given.chance.random() < 0.2:
        data = data[: given.chance.randrange(len(data))]
    put(given, data)


@mutation
def bent_entities(given: Input) -> None:
    entities = copies()
    for _ in range(given.chance.randrange(1, 4)):
        entity, odd = given.chance.choice(entities), given.chance.choice(ODD)
        properties = entity.get("properties")
        kind = given.chance.choice(["head", "value", "values", "name", "swap"])
        if kind == "head" or not isinstance(properties, dict) or not properties:
            entity[given.chance.choice(["id", "schema", "properties", "datasets"])] = odd
        elif kind == "value":
            properties[given.chance.choice(list(properties))] = odd
        elif kind == "values":
            properties[given.chance.choice(list(properties))] = [odd, "x", odd]
        elif kind == "name":
            properties[str(odd)[:50]] = ["x"]
        else:
            entity["schema"] = given.chance.choice([other["schema"] for other in ENTITIES])
    put(given, lines(entities))


@mutation
def mixed_entities(given: Input) -> None:
    """Leave entities out, repeat them, change their order; each line is sound by itself."""
    entities = copies()
    given.chance.shuffle(entities)
    del entities[given.chance.randrange(3, len(entities)) :]
    entities += given.chance.choices(entities, k=given.chance.choice([0, 0, 1, 3]))
    if given.chance.random() < 0.3:
        ids = [entity["id"] for entity in ENTITIES]
        for entity in entities:
            for name in ("person", "relative", "holder", "post", "entity"):
                if name in entity["properties"] and given.chance.random() < 0.5:
                    entity["properties"][name] = given.chance.sample(ids, 2)
    put(given, lines(entities))
