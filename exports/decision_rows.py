"""What people decided about the evidence, as the rows of `decisions.csv`."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from vinculos.exports.shown_claims import ClaimRedactor
from vinculos.graph.decisions import Decision, Decisions
from vinculos.graph.derive import CORRECTIONS
from vinculos.graph.model import CLAIM, IN, LOAD
from vinculos.graph.records import stored_claim
from vinculos.graph.store import Store
from vinculos.graph.stored import LIVE
from vinculos.loaders.decision_file import COLUMNS, CORRECT, KINDS, NAME
from vinculos.loaders.provenance import defused

Row = Mapping[str, str]


def correction_rows(
    store: Store,
    redactor: ClaimRedactor | None,
    decisions: Decisions,
    source_key: Callable[[str], str],
) -> Iterator[Row | None]:
    """Yield a row for each correction, None where it cannot be carried over.

    Args:
        store: an open store.
        redactor: hides what the audience may not see; None where it may see all.
        decisions: what stands.
        source_key: the key of a source by its id, '' where no row describes it.

    Raises:
        EngineError: the graph cannot be read.
    """
    for row in store.stream(
        f"MATCH (c:{CLAIM} {{table: $table}})-[:{IN}]->(l:{LOAD}) WHERE {LIVE} "
        "RETURN properties(c) AS claim, l.who AS who, l.started AS made ORDER BY made, c.id",
        {"table": CORRECTIONS},
    ):
        claim = stored_claim(row["claim"])
        who, made = row["who"], row["made"]
        if redactor is not None:
            standing = next(decisions.standing([claim]), None)
            shown = standing and redactor.correction(standing)
            if shown is None:
                yield None
                continue
            claim, who, made = shown, "", ""
        (value,) = claim.values
        source = source_key(claim.citations[0].source)
        if not source:
            yield None
            continue
        yield {
            "kind": CORRECT,
            "label": value.subject.label,
            "target": value.subject.id,
            "field": value.field,
            "value": value.text,
            "source": source,
            "why": claim.note,
            "who": who,
            "made": made,
        }


def decision_row(decision: Decision) -> Row | None:
    """Return the row of a decision, None for a kind that such a file does not hold."""
    if decision.kind not in KINDS:
        return None
    names = ("kind", "label", "target", "why", "who", "made")
    return {name: str(getattr(decision, name)) for name in names}


def write_decisions(rows: list[Row], folder: Path) -> None:
    """Write the file into `folder`."""
    with (folder / NAME).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow([defused(row.get(column, "")) for column in COLUMNS])
