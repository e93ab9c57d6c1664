"""From a row with typed cells to the claims that it makes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from vinculos.graph.records import Citation, Claim, NodeRef, Tie, Value, claim_id
from vinculos.graph.words import RESIDENCE
from vinculos.loaders.cells import source_url_id, suggest
from vinculos.loaders.declare import Column, Row, RowError, Table
from vinculos.loaders.files import Problem, RawRow
from vinculos.loaders.registry import Registry


@dataclass(frozen=True)
class ParsedRow:
    """A row with typed cells; references are still text."""

    table: Table
    raw: RawRow
    values: dict[str, Any]


def row_key(row: ParsedRow, registry: Registry) -> tuple[str, ...]:
    """Return the key of a row, as its table declares it."""
    references = {c.name for c in row.table.columns if c.kind in ("ref", "refs", "id")}
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
    row: ParsedRow, dataset: str, registry: Registry, problems: list[Problem]
) -> Iterator[Claim]:
    """Yield what a row says: one claim, or one a side; a reference to nothing is a problem.

    Raises:
        RowError: the row makes no sense.
    """
    table, raw = row.table, row.raw
    values = dict(row.values)
    for column in table.all_columns():
        if column.kind == "id":
            values[column.name] = own_ref(row, registry)
        elif column.kind in ("ref", "refs") and column.name in values:
            refs = tuple(_resolve(values[column.name], column, registry, raw, problems))
            values[column.name] = refs[0] if column.kind == "ref" and refs else refs
    if any(p.line == raw.line and p.file == raw.file for p in problems):
        return
    homes = tuple(_homes(table, values, registry))
    typed = Row(values, raw.cells, dataset, registry.custodies, registry.person_of, registry.find)
    key = row_key(row, registry)
    confidence = values.get("confidence") or "reported"

    def claim(side: str = "", **said: Any) -> Claim:
        return Claim(
            claim_id(dataset, table.name, key, side),
            dataset,
            table.name,
            raw.file,
            raw.line,
            " | ".join(key) + (f" | {side}" if side else ""),
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
    return tie if tie.confidence else replace(tie, confidence=confidence)


def _resolve(
    texts: str | tuple[str, ...],
    column: Column,
    registry: Registry,
    raw: RawRow,
    problems: list[Problem],
) -> Iterator[NodeRef]:
    """Yield the nodes that a cell refers to; what it does not find is a problem."""
    what = " or ".join(label.lower() for label in column.to) if len(column.to) < 4 else "entity"
    for text in (texts,) if isinstance(texts, str) else texts:
        found = registry.resolve(text, column.to)
        if len(found) == 1:
            yield found[0]
            continue
        if found:
            labels = " and ".join(ref.label.lower() for ref in found)
            message = f"`{text}` is both a {labels}; give one another key"
        else:
            hint = suggest(text, registry.keys(column.to))
            message = f"no {what} `{text}` in these files or in the graph{hint}"
        problems.append(Problem(raw.file, raw.line, column.name, text, message))


def _homes(
    table: Table, values: dict[str, Any], registry: Registry
) -> Iterator[tuple[NodeRef, tuple[Value, ...]]]:
    """Put a home of its own in the place of a `residence`, so that it joins no two people."""
    detention = values.get("detention_id")
    for column in table.columns:
        place = values.get(column.name)
        if column.to == ("Place",) and place and place.id in registry.residences and detention:
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
    for column in table.all_columns():
        if column.field and column.name in row.values:
            yield Value(own, column.field, row.values[column.name], row.raw.cells[column.name])
    if table.label == "Source":
        key = row.raw.cells["source_id"]
        yield Value(own, "keys", [registry.full(key)], key)


def _citations(table: Table, values: dict[str, Any], own: NodeRef | None) -> Iterator[Citation]:
    if table.label == "Source" and own:
        yield Citation(own.id)
        return
    sources: tuple[NodeRef, ...] = values.get("source_ids", ())
    pages: list[str] = values.get("page", [])
    if pages and len(pages) not in (1, len(sources)):
        raise RowError("page", f"{len(pages)} pages stand beside {len(sources)} sources")
    for position, source in enumerate(sources):
        page = pages[position if len(pages) > 1 else 0] if pages else ""
        yield Citation(source.id, page, values.get("accessed_on", ""))
