"""Role labels: a rule each over the graph, foreseen in an empty one from what claims say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vinculos.graph.declarations import RoleLabel
from vinculos.graph.model import ROLE_LABELS, RULE_PARAMETERS
from vinculos.graph.spool import Spool
from vinculos.graph.writer import Writer

_HELD = "SELECT start FROM ties WHERE type = 'DETAINED_IN'"
_NEAR = f"IN ({_HELD} UNION SELECT end FROM ties WHERE type = 'BECAUSE_OF')"  # noqa: S608
_KIN = "type = 'RELATED_TO' AND json_extract(fields, '$.kind') IN (SELECT word FROM kin)"
FORESEEN: Mapping[str, str] = {
    "Detainee": _HELD,
    "Relative": f"SELECT start FROM ties WHERE {_KIN} AND end {_NEAR} "  # noqa: S608
    f"UNION SELECT end FROM ties WHERE {_KIN} AND start {_NEAR}",
    "Official": "SELECT start FROM ties WHERE type = 'INVOLVED_IN' UNION SELECT start FROM ties "
    "WHERE type = 'HOLDS_POST' AND end IN (SELECT id FROM state)",
}
"""Role label to the SQL that finds, by the ties that claims assert, who gets it. The rules of the
others ask for the node alone."""
TOLD_BY = ("Organization", "Person")
"""Labels of the nodes that must be written before role labels are foreseen."""
TABLES = """
CREATE TABLE kin (word TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE state (id TEXT PRIMARY KEY) WITHOUT ROWID
"""


def set_role_labels(writer: Writer, *, fresh: bool = False) -> None:
    """Set each role label where its rule holds in the graph, and take it back elsewhere.

    Args:
        writer: of the graph.
        fresh: no node has a role label but those foreseen.
    """
    for role in ROLE_LABELS:
        _set(writer, role, _found(writer, role, f"(n:{role.main})", f"NOT n:{role.label} AND "))
        if not fresh:
            wrong = _found(writer, role, f"(n:{role.label})", "NOT ")
            change = f"MATCH (n:{role.main} {{id: r.id}}) REMOVE n:{role.label}"
            writer.run_batched([(f"UNWIND $rows AS r {change}", wrong)])


def foresee_role_labels(writer: Writer, spool: Spool) -> None:
    """Set the role labels that `set_role_labels` would set, on nodes not tied to anything yet.

    The embedded engine moves a node that gets a label, with all its relationships: on 20,000 rows
    this takes a tenth of the time that it takes once claims are about the node.

    Args:
        writer: of the graph, which held nothing before its nodes were written.
        spool: holds the claims.
    """
    writer.flush()
    spool.make(TABLES)
    spool.run_many("INSERT INTO kin VALUES (?)", ((word,) for word in RULE_PARAMETERS["kin"]))
    offices = "MATCH (o:Organization) WHERE o.kind IN $state RETURN o.id AS id"
    stored = writer.store.stream(offices, {"state": RULE_PARAMETERS["state"]})
    spool.run_many("INSERT INTO state VALUES (?)", ((row["id"],) for row in stored))
    # All are found before any is set, so that nobody waits for the setting.
    found = [
        [{"id": id} for (id,) in spool.rows(sql)]
        if (sql := FORESEEN.get(role.label))
        else _found(writer, role, f"(n:{role.main})", "")
        for role in ROLE_LABELS
    ]
    for role, rows in zip(ROLE_LABELS, found, strict=True):
        _set(writer, role, rows)


def _found(writer: Writer, role: RoleLabel, node: str, condition: str) -> list[dict[str, Any]]:
    """Return the ids of the nodes for which a condition before the rule of a role holds.

    All are found before any is changed: the embedded engine would meet a node that it moves again
    in the same scan, and gives up on twenty thousand.
    """
    writer.flush()
    used = {k: v for k, v in RULE_PARAMETERS.items() if f"${k}" in role.rule}
    cypher = f"MATCH {node} WHERE {condition}({role.rule}) RETURN n.id AS id"
    return list(writer.store.stream(cypher, used))


def _set(writer: Writer, role: RoleLabel, rows: list[dict[str, Any]]) -> None:
    cypher = f"UNWIND $rows AS r MATCH (n:{role.main} {{id: r.id}}) SET n:{role.label}"
    writer.run_batched([(cypher, rows)])
