"""A fingerprint of the graph: the same wherever the same claims stand under the same decisions."""

from __future__ import annotations

import hashlib

from vinculos.graph.model import CLAIM, DECISION, LOAD
from vinculos.graph.same_people import SamePeople
from vinculos.graph.store import Store
from vinculos.graph.stored import read_decisions

# In a few hundred rows: the driver takes longer for a row than for the same values in a list.
CLAIMS = (
    f"MATCH (c:{CLAIM}) WHERE c.superseded_by IS NULL "
    "RETURN substring(c.id, 0, 2) AS part, collect([c.id, c.digest]) AS found"
)
DECISIONS = (
    f"MATCH (d:{DECISION}) WHERE d.other IS NULL OR d.other = '' "
    "RETURN d.kind AS a, d.target AS b ORDER BY d.number"
)
CHANGES = (
    f"MATCH (l:{LOAD}) RETURN l.started AS at, l.id AS what",
    f"MATCH (d:{DECISION}) RETURN d.made AS at, d.kind AS what",
)
COUNT = f"MATCH (c:{CLAIM}) RETURN count(c) AS claims"
QUICK = 50_000
"""Claims up to which it takes about a second; 250,000 take six."""


def fingerprint(store: Store) -> str:
    """Return `sha256:…` over all live claims and all decisions, in order.

    Of the decisions about two people those that stand count, whatever was taken back.

    When they were loaded, and from which file, makes no difference.

    Raises:
        EngineError: the graph cannot be read.
    """
    # Put in order here: the embedded engine's memory for that is small.
    claims = sorted((id, said) for row in store.stream(CLAIMS) for id, said in row["found"])
    decisions = [(row["a"], row["b"]) for row in store.stream(DECISIONS)]
    pairs = [
        (d.kind, f"{one} {two}")
        for (one, two), d in SamePeople(read_decisions(store)).standing.items()
    ]
    digest = hashlib.sha256()
    for lines in (claims, decisions, *([pairs] if pairs else [])):
        for a, b in lines:
            digest.update(f"{a}\t{b}\n".encode())
        digest.update(b"\n")
    return f"sha256:{digest.hexdigest()}"


def last_change(store: Store) -> tuple[str, str, int]:
    """Return when the graph was last changed, by what, and how many loads and decisions there are.

    What changed it is the id of a load, or the kind of a decision; '' where there is none.

    Raises:
        EngineError: the graph cannot be read.
    """
    rows = [row for statement in CHANGES for row in store.read(statement).rows]
    at, what = max(((row["at"], row["what"]) for row in rows), default=("", ""))
    return at, what, len(rows)


def is_quick(store: Store) -> bool:
    """Return whether the graph is small enough for a fingerprint of it at every turn.

    Raises:
        EngineError: the graph cannot be read.
    """
    return bool(store.read(COUNT).rows[0]["claims"] <= QUICK)
