"""Recording decisions and corrections, and taking out a dataset; what they touch is derived anew.

A citation of a retracted source is CITED instead of CITES, so that whoever reads CITES sees what
stands; a claim that falls is `superseded_by` the decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from vinculos.errors import UsageError
from vinculos.graph.claim_spool import ClaimSpool
from vinculos.graph.claim_statements import Statement
from vinculos.graph.concerned import finish_decisions, pending, pending_people
from vinculos.graph.decisions import OPPOSITES, Decision, standing_decisions
from vinculos.graph.derive import CORRECTIONS
from vinculos.graph.lock import graph_lock
from vinculos.graph.model import ABOUT, CITED, CITES, CLAIM, DECISION, ENTITIES
from vinculos.graph.protect_minors import (
    exposed_minors,
    mask_spool,
    mask_stored,
    settle_minors,
)
from vinculos.graph.records import JOINED, Citation, Claim, NodeRef, Value, claim_id
from vinculos.graph.rederive import Progress, Rederiving
from vinculos.graph.roles import set_role_labels
from vinculos.graph.same_people import SamePeople
from vinculos.graph.schema import ensure_schema
from vinculos.graph.spool import Spool
from vinculos.graph.store import Store
from vinculos.graph.stored import read_decisions
from vinculos.graph.touched import Touched
from vinculos.graph.update import (
    LOCAL,
    LoadReport,
    Notify,
    apply_claims,
    now,
    who,
)
from vinculos.graph.writer import Counts, Writer
from vinculos.language import gettext as _


@contextmanager
def deciding(store: Store, notify: Notify | None) -> Iterator[tuple[Writer, Spool]]:
    """Hold the graph for decisions; give what writes it, and a spool for what they touch.

    Raises:
        LockHeld: a load did not end in time.
    """
    ensure_schema(store)
    with (
        graph_lock(store, notify=notify) as lock,
        Writer(store, lock.renew) as writer,
        Spool(store.scratch) as spool,
    ):
        yield writer, spool


def decide(
    store: Store,
    kind: str,
    target: NodeRef,
    why: str,
    *,
    by: tuple[str, str] | None = None,
    notify: Notify | None = None,
) -> tuple[Decision, Counts]:
    """Record a decision about a source, a claim or a person, and derive anew what it touches.

    Args:
        store: an open store.
        kind: a key of `OPPOSITES`, or what lifts one.
        target: the node it is about; its label may be Claim.
        why: the reason, in words.
        by: who took it, and when, where it is taken over from elsewhere; else it is this user, now.
        notify: told when another load has to be waited for.

    Returns:
        The decision, and what it changed. One that was killed half-way is taken up, with the
        reason then given.

    Raises:
        UsageError: no reason is given, or the decision stands already, or there is none to lift.
        LockHeld: another load did not end in time.
    """
    if not why.strip():
        raise UsageError(_("A decision needs a reason."), _("Give it with --why."))
    with deciding(store, notify) as (writer, spool):
        earlier = read_decisions(store)
        taken_up = killed(store, kind, target, earlier)
        if taken_up is None:
            refuse_idle(kind, target, earlier)
        decisions = [taken_up] if taken_up else []
        number = max((decision.number for decision in earlier), default=0)
        for place, id in enumerate(_ids(store, target) if not decisions else (), 1):
            made = by or (who(), now())
            decisions.append(Decision(number + place, kind, id, target.label, why.strip(), *made))
        records = [record(decision, [target]) for decision in decisions]
        retracted = standing_decisions([*earlier, *decisions]).retracted
        writer.run_all([*records, *_standing(decisions[0], sorted(retracted))])
        counts = carry_out(writer, spool, [target] if target.label != CLAIM else [])
        return decisions[0], counts


def _ids(store: Store, target: NodeRef) -> list[str]:
    """Return the ids that a decision is about: of a person those of all who are the same, now."""
    if target.label != "Person":
        return [target.id]
    rows = store.read("MATCH (p:Person {id: $id}) RETURN p.same_as AS same_as", {"id": target.id})
    return [target.id, *(id for row in rows.rows for id in row["same_as"] or ())]


def record(decision: Decision, about: Iterable[NodeRef]) -> Statement:
    """Return the statement that records a decision as not yet carried out.

    Args:
        decision: the decision.
        about: the entities it is about; those that the graph does not hold are passed over.
    """
    tied = "".join(
        f" WITH d OPTIONAL MATCH (t:{ref.label} {{id: $about{place}}}) "
        f"FOREACH (x IN CASE WHEN t IS NULL THEN [] ELSE [t] END | MERGE (d)-[:{ABOUT}]->(x))"
        for place, ref in enumerate(about)
    )
    return (
        f"MERGE (d:{DECISION} {{id: $id}}) SET d += $properties, d.complete = false{tied}",
        {
            "id": decision.id,
            "properties": asdict(decision),
            **{f"about{place}": ref.id for place, ref in enumerate(about)},
        },
    )


def carry_out(writer: Writer, spool: Spool, targets: Iterable[NodeRef]) -> Counts:
    """Derive anew what recorded decisions touch that were not carried out yet; return the changes.

    Args:
        writer: of the graph, which is locked.
        spool: an empty one.
        targets: entities that they are about.
    """
    store = writer.store
    same = SamePeople(read_decisions(store))
    waiting = pending(store)
    claims = ClaimSpool(spool)
    claims.add_stored(waiting)
    touched = Touched(claims)
    touched.add([*targets, *pending_people(store)])
    touched.add({ref for claim in waiting for ref in claim.about()})
    touched.add_whole(same)
    minors = settle_minors(store, claims, same, touched.refs())
    mask_spool(claims, minors)
    # Somebody who turns out to be one with a minor is a minor.
    exposed = same.whole(exposed_minors(store, minors.people))
    touched.add(mask_stored(writer, exposed, minors))
    touched.add_whole(same)
    counts = Counts()
    deriving = Rederiving(writer, touched, minors, counts, lambda stage, done, total: None)
    deriving.nodes(ENTITIES)
    # A node that a retraction took away has lost its claims.
    deriving.about(waiting)
    deriving.relationships()
    set_role_labels(writer)
    finish_decisions(writer)
    return counts


def killed(store: Store, kind: str, target: NodeRef, earlier: list[Decision]) -> Decision | None:
    """Return this very decision where it was recorded last and not carried out to its end."""
    about = [decision for decision in earlier if decision.target == target.id]
    if not about or about[-1].kind != kind:
        return None
    rows = store.read(
        f"MATCH (d:{DECISION} {{id: $id}}) WHERE d.complete = false RETURN d.id AS id",
        {"id": about[-1].id},
    ).rows
    return about[-1] if rows else None


def refuse_idle(kind: str, target: NodeRef, earlier: list[Decision]) -> None:
    """Refuse a decision that stands already, and taking back a retraction that does not.

    Raises:
        UsageError: it would change nothing.
    """
    family = next({k, o} for k, o in OPPOSITES.items() if kind in (k, o))
    about = [d for d in earlier if d.target == target.id and d.kind in family]
    if about and about[-1].kind == kind:
        raise UsageError(
            _("{id} has that decision already ({when}, {who}).").format(
                id=target.id, when=about[-1].made, who=about[-1].who
            ),
            _("See it with vinculos history."),
        )
    if kind == "unretract" and not about:
        raise UsageError(
            _("{id} was never retracted.").format(id=target.id), _("See vinculos history.")
        )


def _standing(decision: Decision, retracted: list[str]) -> list[Statement]:
    """Return the statements that make citations and claims stand or fall with a decision."""
    parameters = {"target": decision.target, "decision": decision.id, "retracted": retracted}
    falls = (
        f"MATCH (c:{CLAIM})-[:{CITED}]->(:Source {{id: $target}}) WHERE c.superseded_by IS NULL "
        f"AND NOT EXISTS {{ (c)-[:{CITES}]->(:Source) }} SET c.superseded_by = $decision"
    )
    rises = (
        f"MATCH (c:{CLAIM})-[:{CITES}]->(:Source {{id: $target}}) "
        "WHERE c.superseded_by STARTS WITH 'decision/' AND NOT c.id IN $retracted "
        "REMOVE c.superseded_by"
    )
    if decision.label == CLAIM:
        text = {
            "retract": f"MATCH (c:{CLAIM} {{id: $target}}) WHERE c.superseded_by IS NULL "
            "SET c.superseded_by = $decision",
            "unretract": f"MATCH (c:{CLAIM} {{id: $target}})-[:{CITES}]->(:Source) "
            "WHERE c.superseded_by STARTS WITH 'decision/' REMOVE c.superseded_by",
        }.get(decision.kind)
        return [(text, parameters)] if text else []
    if decision.kind == "retract":
        return [(_turned(CITES, CITED), parameters), (falls, parameters)]
    if decision.kind == "unretract":
        return [(_turned(CITED, CITES), parameters), (rises, parameters)]
    return []


def _turned(old: str, new: str) -> str:
    return (
        f"MATCH (c:{CLAIM})-[x:{old}]->(s:Source {{id: $target}}) WHERE c.table <> 'sources' "
        f"MERGE (c)-[y:{new}]->(s) SET y = properties(x) DELETE x"
    )


def correct(
    store: Store,
    target: NodeRef,
    value: Value,
    source: NodeRef,
    why: str,
    *,
    notify: Notify | None = None,
) -> LoadReport:
    """Record that a field of an entity is another than the files say; it shows from then on.

    Raises:
        UsageError: no reason is given, or it would name a minor.
    """
    if not why.strip():
        raise UsageError(_("A correction needs a reason."), _("Give it with --why."))
    if value.field in ("name", "aliases") and _is_minor(store, target):
        raise UsageError(
            _("{id} is a minor, whose name is never kept.").format(id=target.id),
            _("Correct another field."),
        )
    key = (target.id, value.field)
    claim = Claim(
        claim_id(LOCAL, CORRECTIONS, key),
        LOCAL,
        CORRECTIONS,
        "",
        0,
        JOINED.join(key),
        values=(value,),
        citations=(Citation(source.id),),
        note=why.strip(),
    )
    with Spool(store.scratch) as spool:
        claims = ClaimSpool(spool)
        claims.add(claim)
        return apply_claims(store, LOCAL, claims, [], kind="correct", notify=notify)


def _is_minor(store: Store, target: NodeRef) -> bool:
    return target.label == "Person" and any(
        store.read(
            "MATCH (p:Person {id: $id}) WHERE p.is_minor = true RETURN p.id AS id",
            {"id": target.id},
        ).rows
    )


def unload(
    store: Store,
    dataset: str,
    *,
    progress: Progress | None = None,
    notify: Notify | None = None,
) -> LoadReport:
    """Take all that a dataset says out of the graph; its claims are kept, superseded.

    Raises:
        UsageError: the dataset says nothing.
    """
    rows = store.read(
        f"MATCH (c:{CLAIM} {{dataset: $dataset}}) "
        "WHERE c.superseded_by IS NULL OR c.superseded_by STARTS WITH 'decision/' "
        "RETURN DISTINCT c.table AS table",
        {"dataset": dataset},
    ).rows
    if not rows:
        raise UsageError(
            _("No dataset {dataset!r} is loaded.").format(dataset=dataset),
            _("See the datasets with vinculos history."),
        )
    tables = [row["table"] for row in rows]
    with Spool(store.scratch) as spool:
        return apply_claims(
            store,
            dataset,
            ClaimSpool(spool),
            [],
            replace=tables,
            kind="unload",
            progress=progress,
            notify=notify,
        )
