"""amnesty_requests.csv: what came of asking for an amnesty."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.records import Tie
from vinculos.graph.words import OUTCOME
from vinculos.loaders.declare import Column, Row, Table


def ties(row: Row) -> Iterator[Tie]:
    """Yield the request and its outcome."""
    fields = row.fields(outcome="outcome", requested="requested_on", decided="decided_on")
    yield Tie("AMNESTY", row["detention_id"], row["law_id"], fields)


TABLE = Table(
    "amnesty_requests",
    "Requests for an amnesty, and what came of them",
    "Solicitudes de amnistía y su resultado",
    (
        Column(
            "detention_id",
            "The custody",
            "La detención",
            "ref",
            True,
            to=("Detention",),
            example=("d-1",),
        ),
        Column("law_id", "The law", "La ley", "ref", True, to=("Law",), example=("law-1",)),
        Column("requested_on", "Asked for on", "Solicitada el", "date"),
        Column(
            "outcome", "What came of it", "Resultado", "word", words=OUTCOME, example=("pending",)
        ),
        Column("decided_on", "Decided on", "Decidida el", "date"),
    ),
    ("detention_id", "law_id", "requested_on"),
    ties=ties,
)
