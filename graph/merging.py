"""Deriving people who are one as one node, and having claims and decisions point to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vinculos.graph.claim_statements import Statement, claim_properties
from vinculos.graph.model import ABOUT, CLAIM, DECISION
from vinculos.graph.records import NodeRef, stored_claim
from vinculos.graph.same_people import PERSON, SamePeople, merged_claim
from vinculos.graph.store import Store
from vinculos.graph.stored import batches
from vinculos.graph.touched import Touched
from vinculos.graph.writer import Writer


def shown_as(store: Store, ids: Iterable[str]) -> Mapping[str, str]:
    """Return the id of the node that stands for a person, for each of `ids` that the graph holds.

    Args:
        store: an open store.
        ids: those of all who are one with whom is asked for, among others.
    """
    found: dict[str, str] = {}
    for batch in batches(sorted(ids)):
        rows = store.read(
            "UNWIND $ids AS id MATCH (p:Person {id: id}) RETURN p.id AS id, p.same_as AS same_as",
            {"ids": batch},
        ).rows
        for row in rows:
            found |= dict.fromkeys((row["id"], *(row["same_as"] or ())), row["id"])
    return found


class Merging:
    """What becomes one, or stops to be, when some people are derived anew."""

    def __init__(self, writer: Writer, touched: Touched, same: SamePeople) -> None:
        """Take what is touched, with all who are one with anybody touched; merge nothing yet."""
        self._writer, self._touched, self._same = writer, touched, same
        self.shown: Mapping[str, str] = {}

    def merge(self) -> None:
        """Find out who is shown as whom, and have the claims speak of those.

        The claims about all that is touched must be there.
        """
        same, touched = self._same, self._touched
        if not same.clusters:
            return
        now = {id for id in same.clusters if touched.has(NodeRef(PERSON, id))}
        live = set(touched.claims.spoken_of(now))
        there = shown_as(self._writer.store, same.clusters.keys() - now)
        self.shown = same.shown(live | there.keys())
        touched.claims.merge(self.shown)

    def repoint(self) -> None:
        """Tie stored claims and decisions about the people touched to the nodes that they are now.

        Whatever their state: a claim that was superseded is not lost with a node that goes.
        """
        people = [id for id in self._same.decided if self._touched.has(NodeRef(PERSON, id))]
        for batch in batches(sorted(people)):
            self._writer.run_all(list(self._statements(batch)))

    def _statements(self, people: list[str]) -> Iterator[Statement]:
        self._writer.flush()
        store = self._writer.store
        rows = store.read(
            f"UNWIND $ids AS id MATCH (:{PERSON} {{id: id}})<-[:{ABOUT}]-(c:{CLAIM}) "
            "RETURN DISTINCT properties(c) AS claim",
            {"ids": people},
        ).rows
        claims: list[dict[str, Any]] = []
        for row in rows:
            claim = stored_claim(row["claim"])
            seen = merged_claim(claim, self.shown)
            lists = claim_properties(claim, seen)
            about = [ref.id for ref in seen.about() if ref.label == PERSON]
            columns = {n: lists[n] for n in ("subjects", "fields", "values", "statuses", "others")}
            claims.append({"id": claim.id, "about": about, "columns": columns})
        yield (
            f"UNWIND $rows AS r MATCH (c:{CLAIM} {{id: r.id}}) SET c += r.columns",
            {"rows": claims},
        )
        yield from _tied(CLAIM, claims)
        rows = store.read(
            f"MATCH (d:{DECISION} {{label: $label}}) "
            "WHERE d.target IN $ids OR d.other IN $ids "
            "RETURN d.id AS id, d.target AS target, d.other AS other",
            {"ids": people, "label": PERSON},
        ).rows
        yield from _tied(
            DECISION,
            [
                {
                    "id": row["id"],
                    "about": [self.shown.get(i, i) for i in (row["target"], row["other"]) if i],
                }
                for row in rows
            ],
        )


def _tied(label: str, rows: list[dict[str, Any]]) -> Iterator[Statement]:
    """Yield the statements that tie nodes to the people in their `about`, and to no other."""
    yield (
        f"UNWIND $rows AS r MATCH (c:{label} {{id: r.id}})-[x:{ABOUT}]->(p:{PERSON}) "
        "WHERE NOT p.id IN r.about DELETE x",
        {"rows": rows},
    )
    ends = [{"id": row["id"], "person": id} for row in rows for id in row["about"]]
    yield (
        f"UNWIND $rows AS r MATCH (c:{label} {{id: r.id}}) MATCH (p:{PERSON} {{id: r.person}}) "
        f"MERGE (c)-[:{ABOUT}]->(p)",
        {"rows": ends},
    )
