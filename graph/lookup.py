"""From what people type to entities: by id, by key, or by name with its accents and typos."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from vinculos.errors import NotFound, UsageError
from vinculos.graph.folding import fold
from vinculos.graph.merging import shown_as
from vinculos.graph.model import CLAIM, ENTITIES, NODE_TYPES, label_name
from vinculos.graph.plain import plain
from vinculos.graph.records import NodeRef
from vinculos.graph.same_people import SamePeople
from vinculos.graph.store import Store
from vinculos.graph.stored import read_decisions
from vinculos.language import gettext as _
from vinculos.language import spoken

SEARCHED = tuple(label for label, node in NODE_TYPES.items() if node.search)
NEAR = 75.0
"""From which likeness, of 100, a name counts as what was meant."""

SHOWN_CHOICES = 10


class Hit(NamedTuple):
    """An entity found by name; `score` is the likeness, of 100; `exact` says no typo was forgiven.

    `labels` are all its labels, the main one in `ref`; `properties` are plain data.
    """

    ref: NodeRef
    labels: tuple[str, ...]
    properties: dict[str, Any]
    score: float
    exact: bool


def resolve_id(store: Store, text: str) -> NodeRef:
    """Return the entity that `text` names.

    Args:
        store: an open store.
        text: `space:key`, a key that one entity alone has, either with a label before it
            (`Person tudares`), a key of a Source, or the id of a Claim.

    Raises:
        NotFound: nothing has that id or key; the hint names the nearest.
        UsageError: several have; the hint lists them.
    """
    typed = text.strip()
    label, __, rest = typed.partition(" ")
    labels = (label,) if label in ENTITIES and rest.strip() else ENTITIES
    id = rest.strip() if len(labels) == 1 else typed
    found = (
        _by_id(store, labels, id)
        or (_merged(store, id) if "Person" in labels else [])
        or _by_key(store, labels, id)
    )
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(_("Nothing here has the id {id!r}.").format(id=id), _nearest(store, id))
    choices = ", ".join(f'"{ref.label} {ref.id}"' for ref in found[:SHOWN_CHOICES])
    listed = _("Write one of these, with the quotes: {choices}.")
    if len(found) > SHOWN_CHOICES:
        listed = _("Write one of these, with the quotes: {choices} and {more} more.")
    raise UsageError(
        _("{n} entities have the id {id!r}.").format(n=len(found), id=id),
        listed.format(choices=choices, more=len(found) - SHOWN_CHOICES),
    )


def resolve_person(store: Store, text: str) -> str:
    """Return the id of the person that `text` names; the one that files give them, if it is one.

    Raises:
        NotFound: nothing has that id or key; the hint names the nearest.
        UsageError: several have; or it is no person.
    """
    typed = text.strip().removeprefix("Person ").strip()
    ids = [id for id in SamePeople(read_decisions(store)).clusters if _is_called(id, typed)]
    if typed in ids or (len(ids) == 1 and not _by_id(store, ENTITIES, typed)):
        return typed if typed in ids else ids[0]
    ref = resolve_id(store, text)
    if ref.label != "Person":
        raise UsageError(
            _("{id} is a {what}, not a person.").format(
                id=ref.id, what=label_name(ref.label, spoken())
            ),
            _("Name another id."),
        )
    return ref.id


def _merged(store: Store, text: str) -> list[NodeRef]:
    """Return the person of whom this is the id or key in a file, where they are one with others."""
    same = SamePeople(read_decisions(store))
    ids = [id for id in same.clusters if _is_called(id, text)]
    there = shown_as(store, {member for id in ids for member in same.members(id)})
    found = {NodeRef("Person", there[id]) for id in ids if id in there}
    # A key alone may be that of somebody else as well.
    return sorted({*found, *(_by_key(store, ENTITIES, text) if found else ())})


def _is_called(id: str, text: str) -> bool:
    return id == text or (":" not in text and id.partition(":")[2] == text)


def find(store: Store, text: str, limit: int = 20) -> list[Hit]:
    """Return the entities whose name or other name is like `text`, the likest first.

    Every word of `text` must be in the name, whole or in part, accents and case aside; only where
    no name has them all are typos forgiven.

    Raises:
        UsageError: there is no letter or digit in `text`.
    """
    folded = fold(text)
    if not folded:
        raise UsageError(
            _("There is nothing to search for in {text!r}.").format(text=text), _("Give a name.")
        )
    hits = _containing(store, folded) or _alike(store, folded)
    return sorted(hits, key=lambda hit: (-hit.score, hit.ref))[:limit]


def _by_id(store: Store, labels: Sequence[str], id: str) -> list[NodeRef]:
    wanted = (*labels, CLAIM) if len(labels) > 1 else labels
    return _refs(store, [(label, f"MATCH (n:{label} {{id: $text}})") for label in wanted], id)


def _by_key(store: Store, labels: Sequence[str], key: str) -> list[NodeRef]:
    matches = []
    if "Source" in labels:
        condition = "any(key IN n.keys WHERE key = $text OR key ENDS WITH ':' + $text)"
        matches.append(("Source", f"MATCH (n:Source) WHERE {condition}"))
    if ":" not in key:
        matches += [(label, f"MATCH (n:{label}) WHERE n.key = $text") for label in labels]
    return _refs(store, matches, key)


def _refs(store: Store, matches: Iterable[tuple[str, str]], text: str) -> list[NodeRef]:
    statement = " UNION ALL ".join(
        f"{match} RETURN '{label}' AS label, n.id AS id" for label, match in matches
    )
    if not statement:
        return []
    rows = store.read(statement, {"text": text}).rows
    return sorted({NodeRef(row["label"], row["id"]) for row in rows})


def _nearest(store: Store, id: str) -> str:
    name = id.partition(":")[2] or id
    hits = find(store, name, 1) if fold(name) else []
    search = _('Search by name: vinculos find "{name}"')
    if hits:
        search = _('Did you mean {id}? Search by name: vinculos find "{name}"')
    return search.format(name=name, id=hits[0].ref.id if hits else "")


def _rows(store: Store, condition: str, returned: str, **parameters: Any) -> list[dict[str, Any]]:
    statement = " UNION ALL ".join(
        f"MATCH (n:{label}) WHERE {condition} RETURN '{label}' AS label, {returned}"
        for label in SEARCHED
    )
    return store.read(statement, parameters).rows


def _containing(store: Store, folded: str) -> list[Hit]:
    rows = _rows(
        store,
        "n.name_key IS NOT NULL AND all(word IN $words WHERE n.name_key CONTAINS word)",
        "labels(n) AS labels, properties(n) AS properties",
        words=folded.split(),
    )
    return [_hit(row, _likeness(folded, row["properties"]["name_key"]), True) for row in rows]


def _alike(store: Store, folded: str) -> list[Hit]:
    from rapidfuzz import fuzz, process

    rows = _rows(store, "n.name_key IS NOT NULL", "n.id AS id, n.name_key AS name_key")
    names = {(row["label"], row["id"]): row["name_key"] for row in rows}
    near = process.extract(folded, names, scorer=fuzz.WRatio, score_cutoff=60, limit=500)
    scores = {ref: _likeness(folded, name_key) for name_key, _, ref in near}
    kept = {ref: score for ref, score in scores.items() if score >= NEAR}
    if not kept:
        return []
    found = _rows(
        store,
        "n.id IN $ids",
        "labels(n) AS labels, properties(n) AS properties",
        ids=[id for _, id in kept],
    )
    hits = [(row, kept.get((row["label"], row["properties"]["id"]))) for row in found]
    return [_hit(row, score, False) for row, score in hits if score is not None]


def _hit(row: dict[str, Any], score: float, exact: bool) -> Hit:
    properties = plain(row["properties"])
    return Hit(
        NodeRef(row["label"], properties["id"]), tuple(row["labels"]), properties, score, exact
    )


def _likeness(folded: str, name_key: str) -> float:
    """Return how like the nearest of an entity's names is to what was typed, of 100.

    Each word typed is compared with the likest word of the name; a name with fewer words left
    over is a little liker.
    """
    from rapidfuzz import fuzz

    best = 0.0
    for name in name_key.split(" | "):
        words = name.split()
        typed = folded.split()
        if words:
            each = [max(fuzz.ratio(word, other) for other in words) for word in typed]
            share = min(1.0, len(typed) / len(words))
            best = max(best, sum(each) / len(each) * (0.9 + 0.1 * share))
    return best
