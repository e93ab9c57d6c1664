"""decisions.csv: what people decided about the evidence, to be taken over by another graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vinculos.errors import InputError, InvalidRows, UsageError
from vinculos.graph.counts import fill
from vinculos.graph.decide import correct, decide
from vinculos.graph.decisions import OPPOSITES
from vinculos.graph.declarations import Field
from vinculos.graph.field_names import field_called
from vinculos.graph.folding import fold
from vinculos.graph.lookup import resolve_id
from vinculos.graph.model import CLAIM, DECISION, NODE_TYPES, label_name
from vinculos.graph.records import NodeRef, Value
from vinculos.graph.store import Store
from vinculos.language import gettext as _
from vinculos.language import spoken
from vinculos.loaders.cells import parse_cell
from vinculos.loaders.csv_file import open_csv
from vinculos.loaders.declare import Column
from vinculos.loaders.provenance import restored_text
from vinculos.loaders.rows import Problem, RawRow, Source, label
from vinculos.loaders.simple_cells import find_word, simple_date

NAME = "decisions.csv"
CORRECT = "correct"
COLUMNS = ("kind", "label", "target", "field", "value", "source", "why", "who", "made")
KINDS = frozenset((*OPPOSITES, *OPPOSITES.values(), CORRECT))
LABELS = ("Source", "Person", CLAIM)


@dataclass
class Taken:
    """What was taken over: decisions and corrections; those that were there already."""

    decisions: int = 0
    corrections: int = 0
    known: int = 0


def typed_value(target: NodeRef, name: str, text: str) -> Value:
    """Return what a correction says: a field of an entity, typed as the model declares it.

    The field, and a word of a list, may be called as people call them in either language; a date
    may have its day first.

    Raises:
        UsageError: the entity has no such field, or the text does not fit it.
    """
    if target.label not in NODE_TYPES:
        raise UsageError(
            _("{id} is no entity.").format(id=target.id), _("Correct the entity it is about.")
        )
    declared = NODE_TYPES[target.label].fields
    fields = {
        field.name: field
        for field in declared
        if field.merge not in ("any", "decided") and field.name not in ("keys", "status_as_of")
    }
    name = field_called(name, fields.values())
    if name not in fields:
        raise UsageError(
            _("A {label} has no field {name!r} to correct.").format(
                label=label_name(target.label, spoken()).lower(), name=name
            ),
            _("The fields: {names}.").format(
                names=", ".join(_called(field) for field in fields.values())
            ),
        )
    kind, words = fields[name].kind, fields[name].words
    column = Column(name, "", "", kind, field=name, words=words)
    try:
        if kind == "date":
            text = simple_date(text)
        elif words is not None:
            text = find_word(words, text)
        value = parse_cell(column, text)
    except ValueError as error:
        said = _("{field}={value}: {reason}.").format(field=name, value=text, reason=error)
        raise UsageError(said, _("Correct the value.")) from None
    return Value(target, name, value, text)


def _called(field: Field) -> str:
    """Return the name of a field, with what people call it where that is something else."""
    said = field.es if spoken() == "es" else field.en
    return field.name if fold(said) == fold(field.name) else f"{field.name} ({said})"


def take_decisions(store: Store, path: Path, notify: Callable[[str], None]) -> Taken:
    """Record the decisions of a file, each by whom and when it says, in their order.

    Corrections are recorded as this user's, by whom else they were says their reason alone. One
    that the graph holds already changes nothing.

    Args:
        store: an open store.
        path: a CSV file with the columns `COLUMNS`.
        notify: told when a load has to be waited for.

    Raises:
        InputError: the file cannot be read.
        InvalidRows: rows that are no decision, or about nothing that the graph holds; nothing was
            recorded.
    """
    rows = list(_rows(path))
    problems = [row for row in rows if isinstance(row, Problem)]
    good = [row for row in rows if isinstance(row, RawRow)]
    checked = []
    for row in good:
        try:
            checked.append((row, *_checked(store, row.cells)))
        except UsageError as error:
            problems.append(row.problem("", f"{error.message} {error.hint}".strip()))
    if problems:
        raise InvalidRows(
            problems,
            fill(
                _("{rows:row|rows} of {file} {rows:=is|are} no decision."),
                rows=len(problems),
                file=path.name,
            ),
        )
    taken = Taken()
    for row, target, value, source in checked:
        cells = row.cells
        if value is not None and source is not None:
            report = correct(store, target, value, source, cells["why"], notify=notify)
            taken.corrections += bool(report.load)
            taken.known += not report.load
        elif _is_known(store, cells, target):
            taken.known += 1
        else:
            by = (cells["who"], cells["made"])
            decide(store, cells["kind"], target, cells["why"], by=by, notify=notify)
            taken.decisions += 1
    return taken


def _rows(path: Path) -> Iterator[RawRow | Problem]:
    table = open_csv(Source(label(path.name), label(path.stem), lambda: path.open("rb")))
    if missing := [name for name in COLUMNS if name not in (table.header or ())]:
        raise InputError(
            _("{file} has no column {column!r}.").format(file=path.name, column=missing[0]),
            _("A file of decisions has the columns {columns}.").format(columns=", ".join(COLUMNS)),
        )
    for row in table.rows():
        if isinstance(row, RawRow):
            yield from row.problems or (
                RawRow(row.file, row.line, {n: restored_text(t) for n, t in row.cells.items()}),
            )
        else:
            yield row


def _checked(store: Store, cells: dict[str, str]) -> tuple[NodeRef, Value | None, NodeRef | None]:
    kind, why = cells["kind"], cells["why"]
    if kind not in KINDS:
        raise UsageError(
            _("{kind!r} is no decision").format(kind=kind),
            _("(one of {names})").format(names=", ".join(sorted(KINDS))),
        )
    if not why:
        raise UsageError(_("A decision needs a reason"), _("(in the column why)"))
    if kind == CORRECT:
        found = _found(store, cells["label"], cells["target"])
        return (
            found,
            typed_value(found, cells["field"], cells["value"]),
            _found(store, "Source", cells["source"]),
        )
    if cells["label"] not in LABELS or not cells["who"] or not cells["made"]:
        raise UsageError(_("A decision has a label, who took it and when"), _("(label, who, made)"))
    return _found(store, cells["label"], cells["target"]), None, None


def _found(store: Store, name: str, id: str) -> NodeRef:
    if name == CLAIM:
        if store.read(f"MATCH (c:{CLAIM} {{id: $id}}) RETURN c.id AS id", {"id": id}).rows:
            return NodeRef(CLAIM, id)
        raise UsageError(_("No claim has the id {id}").format(id=id), _("(load the rows first)"))
    if name not in NODE_TYPES:
        raise UsageError(
            _("{name!r} is no label").format(name=name),
            _("(one of {names})").format(names=", ".join(NODE_TYPES)),
        )
    return resolve_id(store, f"{name} {id}")


def _is_known(store: Store, cells: dict[str, str], target: NodeRef) -> bool:
    found = store.read(
        f"MATCH (d:{DECISION}) WHERE d.kind = $kind AND d.target = $target AND d.made = $made "
        "RETURN d.id AS id",
        {"kind": cells["kind"], "target": target.id, "made": cells["made"]},
    )
    return bool(found.rows)
