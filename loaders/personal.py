"""Names that must not be printed: of people in the input who are, or may be, minors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from vinculos.graph.masking import Mask
from vinculos.loaders.cells import FLAGS
from vinculos.loaders.files import Problem, RawRow


def may_be_minor(cells: Mapping[str, str]) -> bool:
    """Return whether a row may be about a minor.

    Whoever has a date of birth, or a mark that is not a clear no, may be one: a row with a problem
    is not known well enough to tell.
    """
    mark = cells.get("is_minor", "").lower()
    return bool(cells.get("born") or (mark and FLAGS.get(mark) is not False))


def minors_mask(people: Iterable[RawRow], guarded: Iterable[str] = ()) -> Mask:
    """Return what replaces the names of those who may be minors.

    Args:
        people: the rows of people.
        guarded: further names that may be a minor's.
    """
    mask = Mask()
    mask.add("a minor", guarded)
    for row in people:
        if may_be_minor(row.cells):
            names = [row.cells.get("name", ""), *row.cells.get("aliases", "").split(";")]
            if row.cells.get("is_minor", "").lower() not in (*FLAGS, ""):
                # Where columns are mixed up, the name may stand anywhere.
                names += row.cells.values()
            mask.add("a minor", names)
    return mask


def mask_problems(
    problems: list[Problem], people: Iterable[RawRow], guarded: Iterable[str] = ()
) -> list[Problem]:
    """Return the problems without any name of somebody who is, or may be, a minor.

    Args:
        problems: as found.
        people: the rows of people.
        guarded: further names that may be a minor's.
    """
    mask = minors_mask(people, guarded)
    return [
        replace(problem, value=mask.text(problem.value), message=mask.text(problem.message))
        for problem in problems
    ]
