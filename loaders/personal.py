"""Names that must not be printed: of people in the input who are, or may be, minors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vinculos.graph.masking import Mask
from vinculos.loaders.cells import FLAGS
from vinculos.loaders.files import Problem, RawRow


def mask_problems(problems: list[Problem], people: Iterable[RawRow]) -> list[Problem]:
    """Return the problems without any name of somebody who is, or may be, a minor.

    Args:
        problems: as found.
        people: the rows of people; one with a date of birth, or a mark that is not a clear no,
            may be a minor's, and a row with a problem is not known well enough to tell.
    """
    mask = Mask()
    for row in people:
        mark = row.cells.get("is_minor", "").lower()
        if row.cells.get("born") or (mark and FLAGS.get(mark) is not False):
            names = [row.cells.get("name", ""), *row.cells.get("aliases", "").split(";")]
            mask.add("a minor", names)
    return [
        replace(problem, value=mask.text(problem.value), message=mask.text(problem.message))
        for problem in problems
    ]
