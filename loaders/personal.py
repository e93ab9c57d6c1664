"""Names that must not be printed: of people in the input who are, or may be, minors."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace

from vinculos.graph.masking import Mask
from vinculos.language import gettext as _
from vinculos.loaders.cells import FLAGS
from vinculos.loaders.files import Problem, RawRow
from vinculos.loaders.placeholders import is_placeholder


def a_minor() -> str:
    """Return what is printed in the place of a name that may be a minor's."""
    return _("a minor")


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
    mask.add(a_minor(), (name for name in guarded if not is_placeholder(name)))
    for row in people:
        if may_be_minor(row.cells):
            mask.add(a_minor(), [row.cells.get("name", ""), *_aliases(row)])
            if not _is_readable(row):
                mask.add(a_minor(), filter(_has_letters, row.cells.values()))
    return mask


def mask_problems(
    problems: list[Problem], people: Callable[[], Iterable[RawRow]], guarded: Iterable[str] = ()
) -> list[Problem]:
    """Return the problems without any name of somebody who is, or may be, a minor.

    Columns may be mixed up, so whatever stands in the row of one who may be a minor is left out;
    where a mark cannot be read they surely are, and any row may be that of a minor.

    Args:
        problems: as found.
        people: gives the rows of people.
        guarded: further names that may be a minor's.
    """
    mask = minors_mask((), guarded)
    mixed = not all(map(_is_readable, people()))
    for row in people():
        if mixed or may_be_minor(row.cells):
            for text in (*_aliases(row), *row.cells.values()):
                if not _has_letters(text):
                    mask.add(_("(not shown)"), [text])
                elif not is_placeholder(text):
                    mask.add(a_minor(), [text])
    return [
        replace(problem, value=mask.text(problem.value), message=mask.text(problem.message))
        for problem in problems
    ]


def _aliases(row: RawRow) -> list[str]:
    return row.cells.get("aliases", "").split(";")


def _has_letters(text: str) -> bool:
    """Return whether a text may be a name: a date or a number is none."""
    return any(map(str.isalpha, text))


def _is_readable(row: RawRow) -> bool:
    """Return whether the mark of a minor is one of the words for yes and no, or blank."""
    return row.cells.get("is_minor", "").lower() in (*FLAGS, "")


def name_column(
    number: int, text: str, header: Collection[str], known: Collection[str], *, trusted: bool
) -> str:
    """Return how to speak of an unknown column: by its name, where the header surely is one.

    Where it is not `trusted`, for want of a column that is needed, and is mostly unknown, it may
    be a row of data, and name a minor.

    Args:
        number: which column of the header it is, from 1.
        text: what the header calls it.
        header: all that stands in the header.
        known: the columns that there are.
        trusted: whether the header has all columns that are needed.
    """
    if not text:
        return _("a column without a name")
    if trusted or 2 * sum(name in known for name in header) >= len(header):
        return _("the column `{name}`").format(name=text)
    return _("column {number} of its first line").format(number=number)
