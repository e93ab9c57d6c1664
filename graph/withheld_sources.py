"""Which sources may not be named: restricted ones, and those that claims about minors cite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vinculos.graph.departed import Departed, claims_of
from vinculos.graph.folding import fold
from vinculos.graph.secrets import (
    CITATION,
    DAY,
    OUT,
    RESTRICTED,
    SHARED,
    Secret,
    add_text,
    read,
)
from vinculos.graph.store import Store
from vinculos.graph.terms import Terms

RESTRICTED_LABEL = {"en": "restricted source", "es": "fuente reservada"}
_LABELS = frozenset(RESTRICTED_LABEL.values())
_FIELDS = (
    "id",
    "keys",
    "title",
    "url",
    "archived_url",
    "publisher",
    "origin",
    "published",
    "name_key",
)
_SOURCE = ", ".join(f"s.{name} AS {name}" for name in _FIELDS)

_ROW = "c.dataset + ' ' + c.file + ' ' + toString(c.row)"
"""The row that a claim comes from: a simple sheet's makes claims about many things at once."""
_CLAIM = f"RETURN DISTINCT c.id AS claim, {_ROW} AS row"
_ABOUT_MINORS = (
    "MATCH (p:Person)<-[:ABOUT]-(c:Claim) WHERE p.is_minor = true " + _CLAIM,
    "MATCH (p:Person)-[:DETAINED_IN]->(:Detention)<-[:ABOUT]-(c:Claim) "
    "WHERE p.is_minor = true " + _CLAIM,
)


def add_restricted(
    store: Store, terms: Terms[Secret], departed: Departed, lang: str
) -> dict[str, str]:
    """Withhold the restricted sources, also those that left the graph: only their kind is shown.

    Return what their names, titles and ids give way to.

    Raises:
        EngineError: the graph cannot be read.
    """
    label = RESTRICTED_LABEL[lang]
    rows = list(read(store, f"MATCH (s:Source) WHERE s.access = 'restricted' RETURN {_SOURCE}"))
    rows += _departed(store, departed)
    names = [name for row in rows for name in (row["publisher"], row["origin"]) if name]
    elsewhere = _known_elsewhere(store, names)
    instead: dict[str, str] = {}
    for row in rows:
        publishers = tuple(name for name in (row["publisher"], row["origin"]) if name)
        secret = Secret(RESTRICTED, row["id"], label, publishers)
        _add_source(terms, row, secret)
        for name in publishers:
            if fold(name) not in elsewhere:
                terms.add(name, secret)
                instead[name] = label
        given = (row["id"], row["id"].partition(":")[2], row["title"], row["url"])
        instead |= {text: label for text in given if text}
    for row in read(
        store,
        "MATCH (s:Source)<-[:ABOUT]-(c:Claim) WHERE s.access = 'restricted' "
        "RETURN DISTINCT c.id AS claim, s.id AS source",
    ):
        terms.add(row["claim"], Secret(OUT, row["source"]))
    for row in rows:
        terms.add(row.get("claim"), Secret(OUT, row["id"]))
    return instead


def restricted_last(parts: list[Any]) -> list[Any]:
    """Return a list with what is shown of restricted sources last.

    The place of one among others in alphabetical order would tell its publisher.
    """
    return sorted(parts, key=_is_restricted) if any(map(_is_restricted, parts)) else parts


def _is_restricted(part: Any) -> bool:
    return isinstance(part, dict) and len(part) == 1 and part.get("publisher") in _LABELS


def read_confided(store: Store) -> frozenset[str]:
    """Return the ids of the claims that cite a restricted source, and of all they are about.

    Raises:
        EngineError: the graph cannot be read.
    """
    found = read(
        store,
        "MATCH (s:Source)<-[:CITES]-(c:Claim) WHERE s.access = 'restricted' "
        "RETURN c.id AS claim, c.subjects AS subjects",
    )
    return frozenset(id for row in found for id in (row["claim"], *(row["subjects"] or ())))


def _departed(store: Store, departed: Departed) -> Iterator[dict[str, Any]]:
    """Yield what claims still say of restricted sources that have no node, a claim a row."""
    spoken_of = set()
    for claim in claims_of(store, departed.restricted):
        said: dict[str, dict[str, Any]] = {}
        for value in claim.values:
            if value.subject.label == "Source" and value.subject.id in departed.restricted:
                said.setdefault(value.subject.id, {})[value.field] = value.value
        for id, values in said.items():
            spoken_of.add(id)
            yield {**dict.fromkeys(_FIELDS), **values, "id": id, "claim": claim.id}
    for id in departed.restricted - spoken_of:
        yield {**dict.fromkeys(_FIELDS), "id": id}


def _known_elsewhere(store: Store, names: list[str]) -> set[str]:
    """Return those of `names`, folded, that a public source or an organization bears too.

    Such a name says nothing by itself; beside its restricted source it is withheld all the same.
    """
    if not names:
        return set()
    found = read(
        store,
        "MATCH (s:Source) WHERE coalesce(s.access, 'public') <> 'restricted' "
        "AND (s.publisher IN $names OR s.origin IN $names) "
        "RETURN DISTINCT s.publisher AS a, s.origin AS b "
        "UNION MATCH (o:Organization) WHERE o.name IN $names RETURN DISTINCT o.name AS a, '' AS b",
        names=names,
    )
    return {fold(name) for row in found for name in (row["a"], row["b"]) if name}


def _add_source(terms: Terms[Secret], row: dict[str, Any], secret: Secret) -> None:
    space = row["id"].partition(":")[0]
    terms.add_id(row["id"], secret)
    for key in row["keys"] or ():
        terms.add_id(key if ":" in key else f"{space}:{key}", secret)
    for link in (row["url"], row["archived_url"]):
        terms.add(link, secret)
    for text in (row["title"], row["name_key"]):
        add_text(terms, text, secret)


def add_minors_sources(store: Store, terms: Terms[Secret], lang: str) -> None:
    """Withhold the sources that claims about minors cite: only publisher and date are shown.

    Raises:
        EngineError: the graph cannot be read.
    """
    found = [row for match in _ABOUT_MINORS for row in read(store, match)]
    claims = {row["claim"] for row in found}
    if not claims:
        return
    cited = list(
        read(
            store,
            "UNWIND $claims AS id MATCH (c:Claim {id: id})-[:CITES]->(s:Source) "
            f"WHERE coalesce(s.access, 'public') <> 'restricted' RETURN DISTINCT {_SOURCE}",
            claims=sorted(claims),
        )
    )
    # A map, since a list would be searched for each claim.
    others = {
        row["id"]
        for row in read(
            store,
            "UNWIND $sources AS id MATCH (s:Source {id: id})<-[:CITES]-(c:Claim) "
            "WHERE c.superseded_by IS NULL AND c.table <> 'sources' AND $claims[c.id] IS NULL "
            f"AND (c.file = '' OR $rows[{_ROW}] IS NULL) "
            "RETURN DISTINCT id",
            sources=[row["id"] for row in cited],
            claims=dict.fromkeys(claims, True),
            rows=dict.fromkeys((row["row"] for row in found), True),
        )
    }
    # All looked for before any is added: that makes the index anew.
    days = {row["published"] or "": terms.find(row["published"] or "") for row in cited}
    for row in cited:
        published = row["published"] or ""
        coarse = [hit.thing.shown for hit in days[published] if hit.thing.kind == DAY]
        shown = ", ".join(part for part in (row["publisher"], *(coarse[:1] or [published])) if part)
        kind = SHARED if row["id"] in others else CITATION
        _add_source(terms, row, Secret(kind, row["id"], shown or RESTRICTED_LABEL[lang]))
