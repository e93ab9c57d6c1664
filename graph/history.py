"""What was done to the graph: loads and decisions, in the order of their times."""

from __future__ import annotations

from typing import Any

from vinculos.graph.model import CLAIM, DECISION, LOAD
from vinculos.graph.store import Store


def history(store: Store) -> list[dict[str, Any]]:
    """Return an entry for each load and decision, oldest first.

    Each has `when`, `who`, `kind`, `about` (the dataset, or what is decided about), `why`, `files`
    (names with the first digits of their hashes), `counts`, `version` and `complete`.
    """
    entries = []
    for row in store.read(
        f"MATCH (l:{LOAD}) OPTIONAL MATCH (c:{CLAIM} {{load: l.id}}) "
        "WHERE l.kind = 'correct' "
        "WITH l, min(c.key) AS key, min(c.note) AS note "
        "RETURN properties(l) AS l, key, note"
    ).rows:
        load = row["l"]
        files = zip(load.get("files") or [], load.get("hashes") or [], strict=True)
        counts = [
            f"{name} {', '.join(load[name])}"
            for name in ("created", "updated", "deleted")
            if load.get(name)
        ]
        entries.append(
            {
                "when": load["started"],
                "who": load["who"],
                "kind": load.get("kind", "load"),
                "id": load["id"],
                "about": row["key"] or load["dataset"],
                "why": row["note"] or "",
                "files": [f"{name} {sha256[:12]}" for name, sha256 in files],
                "counts": counts,
                "version": load["version"],
                "complete": load["complete"],
            }
        )
    for row in store.read(f"MATCH (d:{DECISION}) RETURN properties(d) AS d").rows:
        decision = row["d"]
        entries.append(
            {
                "when": decision["made"],
                "who": decision["who"],
                "kind": decision["kind"],
                "id": decision["id"],
                "about": " ".join(filter(None, (decision["target"], decision.get("other")))),
                "why": decision["why"],
                "files": [],
                "counts": [],
                "version": "",
                "complete": decision["complete"],
            }
        )
    return sorted(entries, key=lambda entry: (entry["when"], entry["id"]))
