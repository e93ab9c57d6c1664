"""What a change of the evidence concerns: entities with claims, claims under decisions."""

from __future__ import annotations

from collections.abc import Iterable

from vinculos.graph.model import ABOUT, CITED, CITES, CLAIM, DECISION, LOAD
from vinculos.graph.records import Claim, NodeRef, stored_claim
from vinculos.graph.same_people import PAIRED, PERSON
from vinculos.graph.store import Store
from vinculos.graph.stored import LIVE, batches, main_ref
from vinculos.graph.writer import Writer


def is_fresh(store: Store) -> bool:
    """Return whether nothing was ever loaded or decided: the graph then holds nothing to read."""
    return not any(
        store.read(f"MATCH (n:{label}) RETURN n.id AS id LIMIT 1").rows
        for label in (LOAD, CLAIM, DECISION)
    )


def claimed_about(store: Store, claims: Iterable[str]) -> set[NodeRef]:
    """Return the entities that the claims with these ids are about."""
    found: set[NodeRef] = set()
    for batch in batches(claims):
        rows = store.read(
            "UNWIND $ids AS id MATCH (c:Claim {id: id})-[:ABOUT]->(n) "
            "RETURN DISTINCT n.id AS id, labels(n) AS labels",
            {"ids": batch},
        ).rows
        found |= {main_ref(row["labels"], row["id"]) for row in rows}
    return found


def citing(store: Store, sources: Iterable[str]) -> set[NodeRef]:
    """Return the entities that claims citing these sources are about."""
    found: set[NodeRef] = set()
    for batch in batches(sorted(sources)):
        rows = store.read(
            "UNWIND $ids AS id MATCH (s:Source {id: id})<-[:CITES|CITED]-(:Claim)-[:ABOUT]->(n) "
            "RETURN DISTINCT n.id AS id, labels(n) AS labels",
            {"ids": batch},
        ).rows
        found |= {main_ref(row["labels"], row["id"]) for row in rows}
    return found


def concerned(store: Store, target: NodeRef) -> list[Claim]:
    """Return the claims that a decision about `target` can make stand or fall."""
    match = {
        CLAIM: f"MATCH (c:{CLAIM} {{id: $id}})",
        "Source": f"MATCH (:Source {{id: $id}})<-[:{CITES}|{CITED}]-(c:{CLAIM})",
    }.get(target.label, f"MATCH (:Person {{id: $id}})<-[:{ABOUT}]-(c:{CLAIM})")
    rows = store.read(
        f"{match} WHERE {LIVE} RETURN DISTINCT properties(c) AS claim", {"id": target.id}
    ).rows
    return [stored_claim(row["claim"]) for row in rows]


def pending(store: Store) -> list[Claim]:
    """Return the claims that decisions concern that were recorded and, killed, not carried out."""
    rows = store.read(
        f"MATCH (d:{DECISION}) WHERE d.complete = false RETURN d.label AS label, d.target AS target"
    ).rows
    return [c for row in rows for c in concerned(store, NodeRef(row["label"], row["target"]))]


def pending_people(store: Store) -> set[NodeRef]:
    """Return the people whom decisions about two of them concern that were not carried out."""
    rows = store.read(
        f"MATCH (d:{DECISION}) WHERE d.complete = false AND d.kind IN $kinds "
        "RETURN d.target AS one, d.other AS two",
        {"kinds": list(PAIRED)},
    ).rows
    return {NodeRef(PERSON, id) for row in rows for id in (row["one"], row["two"])}


def finish_decisions(writer: Writer) -> None:
    """Note that every decision is carried out."""
    writer.run(f"MATCH (d:{DECISION}) WHERE d.complete = false SET d.complete = true")
