"""Decisions about who is one as a CSV file: one pair a line, sorted, so that git can merge it.

A line holds the newest decision about a pair; one that was taken back stays, as `undo`, so that who
loads the file takes it back as well. Of two lines about one pair the newer counts.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from vinculos.errors import InputError
from vinculos.graph.counts import fill
from vinculos.graph.decisions import Decision
from vinculos.graph.judge import Judgement
from vinculos.graph.same_people import PAIRED, SamePeople, pair_of
from vinculos.language import gettext as _

PAIRS = "same-people.csv"
COLUMNS = ("one", "two", "decision", "who", "when", "why", "score")
_WHEN = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.+Z-]+)?")


def decisions_text(same: SamePeople) -> str:
    """Return the file of all decisions about pairs."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for (one, two), d in sorted(same.newest.items()):
        score = "" if d.score is None else f"{d.score:.3f}"
        why = " ".join(d.why.split())
        writer.writerow((one, two, d.kind, d.who, d.made, why, score))
    return text.getvalue()


def read_decisions_file(path: Path) -> list[Judgement]:
    """Return the newest decision about each pair in a file, the oldest first.

    Raises:
        InputError: the file cannot be read, or a line of it is no decision.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            _("{path} cannot be read as UTF-8 text: {reason}.").format(path=path, reason=error),
            _("See docs."),
        ) from error
    newest: dict[tuple[str, str], Judgement] = {}
    for judgement in _rows(path, text):
        pair = pair_of(judgement.one, judgement.two)
        known = newest.get(pair)
        if known is None or (known.when, known.kind) < (judgement.when, judgement.kind):
            newest[pair] = judgement
    return sorted(newest.values(), key=lambda judgement: (judgement.when, judgement.one))


def is_pairs_file(path: Path) -> bool:
    """Return whether a file begins as one of decisions about pairs does."""
    with path.open("rb") as file:
        return file.readline().decode("utf-8-sig", "replace").strip() == ",".join(COLUMNS)


def _rows(path: Path, text: str) -> Iterator[Judgement]:
    reader = csv.reader(io.StringIO(text))
    try:
        header = next(reader, [])
        if header != list(COLUMNS):
            raise _wrong(
                path, 1, _("the columns are not {columns}").format(columns=", ".join(COLUMNS))
            )
        for cells in reader:
            if cells:
                yield _judgement(path, reader.line_num, cells)
    except csv.Error as error:
        raise _wrong(path, reader.line_num, str(error)) from error


def _judgement(path: Path, line: int, cells: list[str]) -> Judgement:
    if len(cells) != len(COLUMNS):
        told = fill(
            _("it has {n:cell|cells} instead of {expected}"), n=len(cells), expected=len(COLUMNS)
        )
        if cells[0][:3] in ("<<<", "===", ">>>"):
            told = _("git left a conflict there")
        raise _wrong(path, line, told)
    said = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
    for name in ("one", "two"):
        if ":" not in said[name]:
            raise _wrong(path, line, _("{text!r} is no id like space:key").format(text=said[name]))
    if said["one"] == said["two"]:
        raise _wrong(path, line, _("both ids are the same"))
    if said["decision"] not in PAIRED:
        raise _wrong(
            path,
            line,
            _("{text!r} is none of {words}").format(text=said["decision"], words=", ".join(PAIRED)),
        )
    if not _WHEN.fullmatch(said["when"]):
        raise _wrong(
            path, line, _("when is {text!r}, not a day like 2026-01-31").format(text=said["when"])
        )
    for name in ("who", "why"):
        if not said[name]:
            raise _wrong(path, line, _("{name} is blank").format(name=name))
    try:
        score = float(said["score"]) if said["score"] else None
    except ValueError:
        raise _wrong(
            path, line, _("score is {text!r}, not a number").format(text=said["score"])
        ) from None
    one, two = pair_of(said["one"], said["two"])
    return Judgement(one, two, said["decision"], said["why"], said["who"], said["when"], score)


def _wrong(path: Path, line: int, what: str) -> InputError:
    return InputError(
        _("{path}, line {line}: {what}.").format(path=path, line=line, what=what),
        _("Correct the line; nothing was recorded from the file."),
    )


def newer_than(judgements: list[Judgement], same: SamePeople) -> list[Judgement]:
    """Return those judgements of a file that are newer than what is recorded about their pair."""

    def is_newer(judgement: Judgement, known: Decision | None) -> bool:
        return known is None or (known.made, known.kind) < (judgement.when, judgement.kind)

    return [j for j in judgements if is_newer(j, same.newest.get(pair_of(j.one, j.two)))]
