"""From files to claims: every row is read, checked and turned into what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from vinculos.graph.claim_spool import ClaimSpool
from vinculos.graph.counts import fill
from vinculos.graph.spool import Spool
from vinculos.language import gettext as _
from vinculos.loaders.claims import ParsedRow, row_claims
from vinculos.loaders.mapping import RowMapping
from vinculos.loaders.parse import Parsing, Reading
from vinculos.loaders.personal import mask_problems
from vinculos.loaders.registry import Existing, Registry
from vinculos.loaders.row_spool import REJECTED, RowSpool

LISTED_PROBLEMS = 10_000
"""Problems that are told one by one; the rest are counted."""


def read_files(
    paths: Iterable[Path],
    dataset: str,
    *,
    space: str | None = None,
    table: str | None = None,
    encoding: str = "utf-8",
    format: str | None = None,
    existing: Existing | None = None,
    skip_invalid: bool = False,
    stubs: bool = False,
    spool: Spool | None = None,
    name: str = "",
    mapping: RowMapping | None = None,
) -> Reading:
    """Return the claims of all files, or every problem in them.

    Args:
        paths: the files; each of their tables is told by its name, or by its header.
        dataset: the dataset's name.
        space: the id space of keys without one; the dataset's name where None.
        table: the table that the one file holds, whatever its name.
        encoding: the files' encoding, where they are text.
        format: the files' format; told by their suffix where None.
        existing: what earlier loads brought; None where there is no graph.
        skip_invalid: leave out rows with a problem, and rows that refer to those.
        stubs: let references to nothing known make stubs.
        spool: where rows and claims are kept; a new one where None.
        name: what the one file is called in messages and claims; its own name where blank.
        mapping: what the rows become; they are those of the tables where None.

    Raises:
        InputError: a file cannot be read at all.
    """
    spool = spool or Spool()
    reading = Reading(ClaimSpool(spool), RowSpool(spool))
    registry = Registry(space or dataset, existing, spool)
    parsing = Parsing(reading, registry, dataset, table, mapping)
    parsing.read(paths, encoding, format, name, spool)
    resolving = _Resolving(reading, registry, dataset, stubs)
    if skip_invalid and not reading.rows.whole_problem():
        resolving.reject()
    else:
        resolving.resolve()
    reading.problem_count, reading.problem_rows = reading.rows.count_problems()
    if registry.stubs:
        reading.notes.append(_note_of_stubs(sorted(ref.id for ref in registry.stubs)))
    if reading.problem_count:
        found = list(reading.rows.problems(LISTED_PROBLEMS))
        secret = reading.guarded | reading.unread
        reading.problems = mask_problems(found, reading.rows.people, secret)
    return reading


def _note_of_stubs(ids: list[str]) -> str:
    return fill(
        _(
            "{n:reference|references} to nothing known {n:=was kept as a stub|were kept as stubs}, "
            "to be described by a later load: {ids}"
        ),
        n=len(ids),
        ids=", ".join(ids[:10]) + (" …" if len(ids) > 10 else ""),
    )


class _Resolving:
    """The second pass: what each row says, now that all that it may refer to is known."""

    def __init__(self, reading: Reading, registry: Registry, dataset: str, stubs: bool) -> None:
        self.claims, self.rows = reading.claims, reading.rows
        self.registry, self.dataset, self.stubs = registry, dataset, stubs

    def resolve(self, *, first: bool = True) -> int:
        """Make the claims of the rows without a problem; return in how many more one was found.

        Args:
            first: whether to look for further problems in the rows that have one.
        """
        found = 0
        for part in self.rows.parts(good=not first):
            if self.registry.existing is not None:
                self.registry.fetch(*wanted(row for *_, row in part))
            for sheet, number, good, row in part:
                claims, problems = row_claims(row, self.dataset, self.registry, stubs=self.stubs)
                for problem in problems:
                    if not good and problem.follows:
                        # It is set aside itself; what it refers to may be beside it.
                        continue
                    self.rows.problem(sheet, number, problem)
                found += good and bool(problems)
                for claim in claims if good else ():
                    self.claims.add(claim)
        return found

    def reject(self) -> None:
        """Make the claims of the rows that do not refer to any row with a problem."""
        self.registry.withdraw(REJECTED)
        self.rows.pass_on()
        found = self.resolve()
        while found:
            self.claims.clear()
            self.registry.stubs.clear()
            self.registry.withdraw(REJECTED)
            self.rows.pass_on()
            found = self.resolve(first=False)


def wanted(rows: Iterable[ParsedRow]) -> tuple[dict[str, set[str]], set[str]]:
    """Return what rows may refer to: label to keys or ids, and names of places and bodies."""
    keys: dict[str, set[str]] = defaultdict(set)
    names: set[str] = set()
    for row in rows:
        values: dict[str, Any] = row.values
        for column in row.table.all_columns:
            value = values.get(column.name)
            if value and column.kind in ("ref", "refs"):
                for label in column.to:
                    keys[label].update((value,) if column.kind == "ref" else value)
        if row.table.name == "contradictions":
            names |= {values.get("value_a", ""), values.get("value_b", "")} - {""}
            keys["Place"] |= names
            keys["Organization"] |= names
            word = values.get("field", "")
            keys["Person"].add(word.removeprefix("relation_to_").replace("_", "-"))
        if row.table.label == "Person":
            # Their custodies may stand in the graph alone.
            keys["Person"].add(values["person_id"])
    return dict(keys), names
