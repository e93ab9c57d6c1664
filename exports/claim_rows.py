"""From a claim back to the cells of the row that makes it: the reverse of the loaders' tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from vinculos.graph.records import JOINED, Citation, Claim, NodeRef, Tie, claim_id
from vinculos.loaders.declare import Column, Table
from vinculos.loaders.relationships import GRADE

REFERENCES = ("id", "ref", "refs")
HOME = "@"
"""Between the place that stands for any home and the custody whose home it is."""
_GRADED = {confidence: word for word, confidence in GRADE.items()}


class Ends(NamedTuple):
    """Which columns a type of tie comes from: its start, its end, its fields; '' for none."""

    type: str
    start: str = ""
    end: str = ""
    fields: Mapping[str, str] = {}


TIES: Mapping[str, tuple[Ends, ...]] = {
    "organizations": (
        Ends(
            "PART_OF",
            end="parent_org_id",
            fields={"kind": "parent_kind", "started": "parent_from", "ended": "parent_to"},
        ),
    ),
    "places_of_detention": (
        Ends(
            "OPERATES",
            start="operated_by_org_id",
            fields={"started": "operated_from", "ended": "operated_to"},
        ),
    ),
    "charges": (Ends("UNDER", end="law_id"),),
    "detentions": (
        Ends("DETAINED_IN", start="person_id"),
        Ends("ARRESTED_BY", end="by_org_id"),
        Ends("HELD_AT", end="place_id"),
    ),
    "detention_places": (
        Ends("HELD_AT", "detention_id", "place_id", {"started": "from_on", "ended": "to_on"}),
    ),
    "relationships": (
        Ends(
            "RELATED_TO",
            "from_person_id",
            "to_person_id",
            {"kind": "kind", "detail_from": "detail", "detail_to": "detail"},
        ),
        Ends("BECAUSE_OF", start="detention_id", fields={"asserted_by": "asserted_by"}),
    ),
    "official_involvement": (Ends("INVOLVED_IN", "person_id", "target_id", {"role": "role"}),),
    "positions": (
        Ends(
            "HOLDS_POST",
            "person_id",
            "org_id",
            {
                "title": "title",
                "rank": "rank",
                "commands": "commands",
                "started": "started_on",
                "ended": "ended_on",
            },
        ),
    ),
    "accusations": (Ends("CHARGED_WITH", "subject_id", "charge_id", {"status": "status"}),),
    "case_members": (Ends("PART_OF_CASE", end="case_id", fields={"role": "role"}),),
    "events": (Ends("CONCERNS", end="concerns_id"),),
    "event_people": (Ends("TOOK_PART", "person_id", "event_id", {"role": "role"}),),
    "amnesty_rules": (Ends("HAS_RULE", start="law_id"), Ends("NAMES", end="charge_ids case_ids")),
    "rule_links": (Ends("FALLS_UNDER", "subject_id", "rule_id"),),
    "amnesty_requests": (
        Ends(
            "AMNESTY",
            "detention_id",
            "law_id",
            {"outcome": "outcome", "requested": "requested_on", "decided": "decided_on"},
        ),
    ),
}
"""Table to the ties of its rows; two columns at one end take the labels that they declare."""


@dataclass
class CellRow:
    """A row of a table: texts by column, and by column what it refers to, as `space:key`.

    `own` is the node that it describes, None where it describes none.
    """

    table: Table
    own: NodeRef | None = None
    cells: dict[str, str] = field(default_factory=dict)
    references: dict[str, list[str]] = field(default_factory=dict)

    def refer(self, column: str, id: str) -> None:
        """Add a reference to a cell, once."""
        listed = self.references.setdefault(column, [])
        if id not in listed:
            listed.append(id)


class Key(NamedTuple):
    """The key of a claim: the text of each key column, references as `space:key`; and its side."""

    parts: Mapping[str, str]
    side: str = ""


def key_of(claim: Claim, table: Table) -> Key | None:
    """Return the key of a claim, None where it cannot be told.

    A part may hold what stands between two of them: the right reading is the one that gives the
    claim's id. Where a minor's name was taken out of the key none does, and the plainest counts.
    """
    tokens = claim.key.split(JOINED)
    width = len(table.key)
    plainest = None
    for sided in range(len(tokens) - width + 1):
        rest = tokens[: len(tokens) - sided]
        side = JOINED.join(tokens[len(rest) :])
        more = len(rest) - width
        for at in range(width if more else 1):
            parts = (*rest[:at], JOINED.join(rest[at : at + more + 1]), *rest[at + more + 1 :])
            key = Key(dict(zip(table.key, parts, strict=True)), side)
            if claim_id(claim.dataset, table.name, parts, side) == claim.id:
                return key
            plainest = plainest or key
    return plainest


def claim_row(claim: Claim, table: Table, key: Key, *, exact: bool = True) -> CellRow:
    """Return the row of `table` that makes a claim, without its sources.

    Args:
        claim: a claim of that table.
        table: its declaration.
        key: the claim's key.
        exact: whether words and dates of the key are the cells as they stood; else they are taken
            from what the claim says of its ties.
    """
    row = CellRow(table)
    columns = {column.name: column for column in table.all_columns}
    if table.label and claim.nodes:
        row.own = claim.nodes[0]
        fields = {column.field: column.name for column in columns.values() if column.field}
        for value in claim.values:
            if value.subject == row.own and value.field in fields:
                row.cells[fields[value.field]] = value.text
    for ends in TIES.get(table.name, ()):
        for tie in claim.ties:
            if tie.type == ends.type:
                _add_tie(row, tie, ends, columns)
    if table.name == "relationships":
        _turn(row, claim, key)
    of_ties = {name for ends in TIES.get(table.name, ()) for name in ends.fields.values()}
    for name, part in key.parts.items():
        if columns[name].kind in REFERENCES:
            row.references.setdefault(name, [part] if part else [])
        elif exact or name not in of_ties:
            row.cells[name] = part
    if table.name == "contradictions" and claim.values:
        row.cells[f"value_{key.side}"] = claim.values[0].text
    row.cells["status_as_of" if "status_as_of" in columns else "as_of"] = claim.as_of
    if claim.confidence != "reported":
        row.cells["confidence"] = claim.confidence
    row.cells = {name: text for name, text in row.cells.items() if text and name in columns}
    return row


def _add_tie(row: CellRow, tie: Tie, ends: Ends, columns: Mapping[str, Column]) -> None:
    for names, ref in ((ends.start, tie.start), (ends.end, tie.end)):
        for name in names.split():
            if ref.label in columns[name].to:
                row.refer(name, ref.id.partition(HOME)[0])
    for name, value in tie.fields.items():
        if name in ends.fields:
            text = "; ".join(value) if isinstance(value, list) else str(value)
            row.cells[ends.fields[name]] = text
    if tie.type == "BECAUSE_OF":
        row.cells["held_because_of"] = _GRADED[tie.confidence]


def _turn(row: CellRow, claim: Claim, key: Key) -> None:
    """Put two people back into the order of the row, where the tie runs the other way."""
    ties = [tie for tie in claim.ties if tie.type == "RELATED_TO"]
    first = key.parts["from_person_id"]
    if ties and ties[0].end.id == first != ties[0].start.id:
        row.references["from_person_id"] = [ties[0].end.id]
        row.references["to_person_id"] = [ties[0].start.id]
        if "kind" in row.cells:
            row.cells["kind"] = key.parts["kind"]


def pages(citations: Sequence[Citation]) -> tuple[str, str]:
    """Return the cells `page` and `accessed_on` of the row that makes these citations."""
    listed = [citation.page for citation in citations if citation.page]
    accessed = next((citation.accessed for citation in citations if citation.accessed), "")
    return "; ".join(dict.fromkeys(listed)), accessed
