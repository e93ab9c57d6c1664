"""Why the graph says what it says: from a value or a tie to claims, rows, files and sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from vinculos.errors import NotFound, UsageError
from vinculos.graph.model import ABOUT, CITED, CITES, CLAIM, NODE_TYPES
from vinculos.graph.plain import plain
from vinculos.graph.records import NodeRef, stored_claim
from vinculos.graph.shown_fields import ShownFields
from vinculos.graph.store import Store
from vinculos.graph.stored import LIVE
from vinculos.language import gettext as _

_SAID = (
    "c.id AS claim, c.dataset AS dataset, c.table AS table, c.file AS file, c.row AS row, "
    "c.key AS key, c.confidence AS confidence, c.as_of AS as_of, c.note AS note, c.load AS load, "
    "c.recorded AS recorded, c.superseded_by AS superseded_by"
)


def why_node(store: Store, ref: NodeRef, field: str = "", lang: str = "en") -> list[dict[str, Any]]:
    """Return an entry for each field of an entity: what shows, and every claim behind it.

    What claims say of its ties is among them: `CHARGED_WITH.status` has an entry for each tie, the
    far end in `other` and `name`.

    Args:
        store: an open store.
        ref: the entity.
        field: only this one.
        lang: the language of names, where there are two.

    Raises:
        NotFound: nothing is claimed of it, or not of that field.
        UsageError: it is a claim.
    """
    label = _label(ref)
    rows = store.read(
        f"MATCH (n:{label} {{id: $id}})<-[:{ABOUT}]-(c:{CLAIM}) WHERE {LIVE} "
        "UNWIND range(0, size(c.fields) - 1) AS i WITH c, i WHERE c.subjects[i] = $id "
        "RETURN c.fields[i] AS field, c.others[i] AS other, c.values[i] AS value, "
        f"c.statuses[i] AS status, {_SAID} ORDER BY field, other, claim",
        {"id": ref.id},
    ).rows
    claims = [plain(row) for row in rows if not field or row["field"] == field]
    if not claims:
        said = _("No claim says anything of {id}.")
        if field:
            said = _("No claim says anything of the field {field!r} of {id}.")
        raise NotFound(said.format(id=ref.id, field=field), _("See vinculos show."))
    _cite(store, claims)
    fields = ShownFields(store, ref, {claim["field"] for claim in claims}, lang)
    entries: dict[tuple[Any, ...], dict[str, Any]] = {}
    for claim in claims:
        shown = fields.of(claim)
        name, other = claim.pop("field"), claim.pop("other")
        far = {"other": other, "name": shown.name} if other else {}
        entry: dict[str, Any] = {"field": name, **far}
        entry |= {"shown": shown.value, "disputed": shown.disputed, "claims": []}
        entry = entries.setdefault((name, other, shown.ties), entry)
        if entry["shown"] is None:
            entry["shown"] = shown.value
        entry["claims"].append(claim)
    return list(entries.values())


def why_ties(store: Store, first: NodeRef, second: NodeRef) -> list[dict[str, Any]]:
    """Return an entry for each relationship between two entities, with the claims behind it.

    Raises:
        NotFound: there is none.
        UsageError: one of them is a claim.
    """
    one, two = _label(first), _label(second)
    rows = store.read(
        f"MATCH (a:{one} {{id: $a}})-[r]-(b:{two} {{id: $b}}) WHERE r.claims IS NOT NULL "
        "RETURN type(r) AS type, startNode(r).id AS start, endNode(r).id AS end, "
        "startNode(r).same_as AS starts, endNode(r).same_as AS ends, "
        "properties(r) AS r ORDER BY type",
        {"a": first.id, "b": second.id},
    ).rows
    if not rows:
        raise NotFound(
            _("Nothing ties {one} and {two} directly.").format(one=first.id, two=second.id),
            _("See what lies around one of them: vinculos show {id}").format(id=first.id),
        )
    entries = []
    for row in rows:
        properties = plain(row["r"])
        tie = {"type": row["type"], "start": row["start"], "end": row["end"]}
        claims = []
        for found in store.read(
            f"UNWIND $ids AS id MATCH (c:{CLAIM} {{id: id}}) "
            f"RETURN {_SAID}, properties(c) AS whole ORDER BY claim",
            {"ids": properties.pop("claims")},
        ).rows:
            # A row grades each of its ties by itself.
            grades = {
                said.confidence
                for said in stored_claim(found.pop("whole")).ties
                if said.type == row["type"]
                and (ends := (said.start.id, said.end.id))
                and any(
                    one in (row["start"], *(row["starts"] or ()))
                    and two in (row["end"], *(row["ends"] or ()))
                    # Where people are one, a tie may run from the other id.
                    for one, two in (ends, ends[::-1])
                )
            }
            claims.append(plain(found) | {"confidence": "; ".join(sorted(grades))})
        _cite(store, claims)
        properties.pop("sources")
        entries.append(tie | {"properties": properties, "claims": claims})
    return entries


def _label(ref: NodeRef) -> str:
    if ref.label == CLAIM:
        raise UsageError(
            _("{id} is a claim: what others are traced to.").format(id=ref.id),
            _("See where it stands and what it says: vinculos show {id}").format(id=ref.id),
        )
    return NODE_TYPES[ref.label].label


def _cite(store: Store, claims: Iterable[dict[str, Any]]) -> None:
    """Add to each claim its `sources`, those since retracted marked so."""
    claims = list(claims)
    rows = store.read(
        f"UNWIND $ids AS id MATCH (c:{CLAIM} {{id: id}})-[x:{CITES}|{CITED}]->(s:Source) "
        "RETURN DISTINCT id AS claim, s.id AS id, s.keys AS keys, s.publisher AS publisher, "
        "s.published AS published, s.title AS title, s.url AS url, x.page AS page, "
        f"x.accessed AS accessed, type(x) = '{CITED}' AS retracted ORDER BY id",
        {"ids": sorted({claim["claim"] for claim in claims})},
    ).rows
    for claim in claims:
        claim["sources"] = [
            {name: value for name, value in plain(row).items() if name != "claim" and value}
            for row in rows
            if row["claim"] == claim["claim"]
        ]
