"""A fingerprint of the graph: the same wherever the same claims stand under the same decisions."""

from __future__ import annotations

import hashlib

from vinculos.graph.model import CLAIM, DECISION
from vinculos.graph.store import Store

STATEMENTS = (
    f"MATCH (c:{CLAIM}) WHERE c.superseded_by IS NULL RETURN c.id AS a, c.digest AS b ORDER BY a",
    f"MATCH (d:{DECISION}) RETURN d.kind AS a, d.target AS b ORDER BY d.number",
)


def fingerprint(store: Store) -> str:
    """Return `sha256:…` over all live claims and all decisions, in order.

    When they were loaded, and from which file, makes no difference.

    Raises:
        EngineError: the graph cannot be read.
    """
    digest = hashlib.sha256()
    for statement in STATEMENTS:
        for row in store.stream(statement):
            digest.update(f"{row['a']}\t{row['b']}\n".encode())
        digest.update(b"\n")
    return f"sha256:{digest.hexdigest()}"
