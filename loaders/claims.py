"""From a row with typed cells to the claims that it makes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vinculos.graph.counts import fill
from vinculos.graph.model import label_name
from vinculos.graph.records import JOINED, Citation, Claim, NodeRef, Tie, Value, claim_id
from vinculos.graph.words import RESIDENCE
from vinculos.language import gettext as _
from vinculos.language import spoken
from vinculos.loaders.cells import is_key, source_url_id, suggest
from vinculos.loaders.declare import Column, Row, RowError, Table
from vinculos.loaders.files import Problem, RawRow
from vinculos.loaders.provenance import place
from vinculos.loaders.registry import Registry


@dataclass(frozen=True)
class ParsedRow:
    """A row with typed cells; references are still text.

    `columns` gives a column's name in the file where that is another than the table's; `side` tells
    the row from others with its key, of which each makes a claim of its own.
    """

    table: Table
    raw: RawRow
    values: dict[str, Any]
    columns: Mapping[str, str] = field(default_factory=dict)
    side: str = ""

    def problem(self, column: str, value: str, message: str) -> Problem:
        """Return a problem of this row."""
        shown = self.columns.get(column, column)
        return Problem(self.raw.file, self.raw.line, shown, value, message, unit=self.raw.unit)


def row_key(row: ParsedRow, registry: Registry) -> tuple[str, ...]:
    """Return the key of a row, as its table declares it."""
    references = row.table.references
    return tuple(
        registry.full(text) if text and name in references else text
        for name in row.table.key
        for text in [row.raw.cells.get(name, "")]
    )


def own_ref(row: ParsedRow, registry: Registry) -> NodeRef:
    """Return the node that a row describes."""
    if row.table.label == "Source" and row.values.get("url"):
        return NodeRef("Source", source_url_id(row.values["url"]))
    return NodeRef(row.table.label, registry.full(row.values[row.table.columns[0].name]))


def row_claims(
    row: ParsedRow, dataset: str, registry: Registry, *, stubs: bool = False
) -> tuple[list[Claim], list[Problem]]:
    """Return what a row says (one claim, or one a side), or the problems that it has.

    Args:
        row: the row.
        dataset: the dataset that it belongs to.
        registry: what it may refer to.
        stubs: whether a reference to nothing known makes a stub, where its label is certain and
            it is no source.
    """
    problems: list[Problem] = []
    values = dict(row.values)
    for column in row.table.referring:
        if column.kind == "id":
            values[column.name] = own_ref(row, registry)
        elif column.name in values:
            refs = tuple(_resolve(row, column, registry, stubs, problems))
            values[column.name] = refs[0] if column.kind == "ref" and refs else refs
    if problems:
        return [], problems
    try:
        return list(_claims(row, values, dataset, registry)), []
    except RowError as error:
        text = row.raw.cells.get(error.column, "")
        return [], [row.problem(error.column, text, error.message)]


def _claims(
    row: ParsedRow, values: dict[str, Any], dataset: str, registry: Registry
) -> Iterator[Claim]:
    table, raw = row.table, row.raw
    file, line = place(raw)
    homes = tuple(_homes(table, values, registry))
    typed = Row(values, raw.cells, dataset, registry.custodies, registry.person_of, registry.find)
    key = row_key(row, registry)
    confidence = values.get("confidence") or "reported"

    def claim(side: str = row.side, **said: Any) -> Claim:
        return Claim(
            claim_id(dataset, table.name, key, side),
            dataset,
            table.name,
            file,
            line,
            JOINED.join((*key, side) if side else key),
            confidence=confidence,
            as_of=values.get("status_as_of") or values.get("as_of") or "",
            **said,
        )

    sides = list(table.sides(typed))
    for side in sides:
        yield claim(side.side, values=side.values, citations=(Citation(side.source.id),))
    if not sides:
        own = values[table.columns[0].name] if table.label else None
        yield claim(
            nodes=((own,) if own else ()) + tuple(home for home, _ in homes),
            values=(*_values(table, row, own, registry), *(v for _, said in homes for v in said)),
            ties=tuple(_graded(tie, confidence) for tie in table.ties(typed)),
            citations=tuple(_citations(table, values, own)),
        )


def _graded(tie: Tie, confidence: str) -> Tie:
    if tie.confidence:
        return tie
    return Tie(tie.type, tie.start, tie.end, tie.fields, confidence, tie.fallback)


def _resolve(
    row: ParsedRow, column: Column, registry: Registry, stubs: bool, problems: list[Problem]
) -> Iterator[NodeRef]:
    """Yield the nodes that a cell refers to; what it does not find is a problem, or a stub."""
    texts = row.values[column.name]
    for text in (texts,) if column.kind == "ref" else texts:
        found = registry.resolve(text, column.to)
        if len(found) == 1:
            yield found[0]
        elif (
            not found
            and stubs
            and len(column.to) == 1
            and column.to[0] != "Source"
            and is_key(text)
        ):
            yield registry.stub(column.to[0], text)
        else:
            problems.append(_unresolved(row, column, text, found, registry))


def _unresolved(
    row: ParsedRow, column: Column, text: str, found: list[NodeRef], registry: Registry
) -> Problem:
    """Return what is wrong with a reference to nothing, or to several nodes."""
    if found:
        message = _("`{key}` is both a {labels}; give one another key")
        labels = _joined(*(ref.label for ref in found), by=_("{what} and {other}"))
        return row.problem(column.name, text, message.format(key=text, labels=labels))
    if registry.is_withdrawn(text, column.to):
        message = _("the row that describes `{key}` has a problem itself").format(key=text)
        return replace(row.problem(column.name, text, message), follows=True)
    what = _("entity")
    if len(column.to) < 4:
        what = _joined(*column.to, by=_("{what} or {other}"))
    hint = suggest(text, list(registry.keys(column.to)))
    message = _("no {what} `{key}` in these files or in the graph{hint}")
    if any(map(str.isspace, text)):
        # Where columns are mixed up it may be a name, and a minor's.
        message = _("no {what} has the key in this cell, in these files or in the graph{hint}")
        text = ""
    return row.problem(column.name, text, message.format(what=what, key=text, hint=hint))


def _joined(first: str, *others: str, by: str) -> str:
    """Return the names of labels, each joined to those before it by a template."""
    said = label_name(first, spoken()).lower()
    for label in others:
        said = by.format(what=said, other=label_name(label, spoken()).lower())
    return said


def _homes(
    table: Table, values: dict[str, Any], registry: Registry
) -> Iterator[tuple[NodeRef, tuple[Value, ...]]]:
    """Put a home of its own in the place of a `residence`, so that it joins no two people."""
    detention = values.get("detention_id")
    for column in table.placing:
        place: NodeRef | None = values.get(column.name)
        if place and detention and place.id in registry.residences:
            space = place.id.partition(":")[0]
            home = NodeRef("Place", f"{place.id}@{detention.id.removeprefix(space + ':')}")
            name = registry.residences[place.id]
            values[column.name] = home
            yield home, (Value(home, "name", name, name), Value(home, "kind", RESIDENCE, RESIDENCE))


def _values(
    table: Table, row: ParsedRow, own: NodeRef | None, registry: Registry
) -> Iterator[Value]:
    if own is None:
        return
    for column in table.filling:
        if column.name in row.values:
            value = row.values[column.name]
            # Several values read alike however the file separates them.
            text = "; ".join(value) if isinstance(value, list) else row.raw.cells[column.name]
            yield Value(own, column.field, value, text)
    if table.label == "Source":
        key = row.raw.cells["source_id"]
        yield Value(own, "keys", [registry.full(key)], key)


def _citations(table: Table, values: dict[str, Any], own: NodeRef | None) -> Iterator[Citation]:
    if table.label == "Source" and own:
        yield Citation(own.id, accessed=values.get("accessed_on", ""))
        return
    sources: tuple[NodeRef, ...] = values.get("source_ids", ())
    pages: list[str] = values.get("page", [])
    if pages and len(pages) not in (1, len(sources)):
        raise RowError(
            "page",
            fill(
                _("{pages:page stands|pages stand} beside {sources:source|sources}"),
                pages=len(pages),
                sources=len(sources),
            ),
        )
    for position, source in enumerate(sources):
        page = pages[position if len(pages) > 1 else 0] if pages else ""
        yield Citation(source.id, page, values.get("accessed_on", ""))
