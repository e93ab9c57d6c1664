"""`review`: walking through people who may be one, and the file of decisions."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vinculos.commands.duplicates import LABEL, SCORE, TOP
from vinculos.commands.evidence import tell
from vinculos.commands.output import is_terminal, note, write_file
from vinculos.commands.same import told_twice, warn_of_minor
from vinculos.commands.session import open_store, warn_unfinished
from vinculos.commands.spoken import language_option
from vinculos.errors import UsageError
from vinculos.graph.counts import fill
from vinculos.language import gettext as _
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.graph.duplicates import Candidate
    from vinculos.graph.identity import Known
    from vinculos.graph.store import Store

KEYS = {
    "en": {"s": "same", "d": "different", "u": "unsure", "k": "skip", "q": "quit"},
    "es": {"m": "same", "d": "different", "n": "unsure", "o": "skip", "q": "quit"},
}
TEXTS = {
    "en": {
        "ask": "[s]ame  [d]ifferent  [u]nsure  s[k]ip  [q]uit",
        "why": "Why",
        "place": "{at} of {all}, score {score:.2f}: {reasons}",
        "read": "{n:decision|decisions} of {file} {n:=is|are} new here.",
        "auto": "{n:pair|pairs} of {score} or more {n:=is|are} one from now on, decided by auto.",
        "written": "{file} holds {n:decision|decisions}. It names all by their ids, protected "
        "people too.",
        "end": "Nobody else to decide about.",
        "later": "To decide one by one, run this at a terminal.",
        "born": "born",
        "mother_name": "mother",
        "gender": "gender",
        "aliases": "other names",
        "custody": "custody",
        "kin": "kin",
    },
    "es": {
        "ask": "[m]isma  [d]istinta  [n]o se sabe  [o]mitir  [q] salir",
        "why": "Por qué",
        "place": "{at} de {all}, puntaje {score:.2f}: {reasons}",
        "read": "{n:decisión|decisiones} de {file} {n:=es nueva|son nuevas} aquí.",
        "auto": "{n:par|pares} de {score} o más {n:=es|son} desde ahora la misma persona, según "
        "auto.",
        "written": "{file} tiene {n:decisión|decisiones}. Nombra a todas por su id, también a las "
        "personas "
        "con protección.",
        "end": "No queda nadie por decidir.",
        "later": "Para decidir una por una, ejecútelo en una terminal.",
        "born": "nacimiento",
        "mother_name": "madre",
        "gender": "género",
        "aliases": "otros nombres",
        "custody": "detención",
        "kin": "familiares",
    },
}


@click.command()
@click.option(
    "--decisions",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.csv",
    help="A file of decisions: what is new in it is taken over, then all are written to it.",
)
@SCORE
@TOP
@LABEL
@click.option(
    "--auto-above",
    type=click.FloatRange(0, 1),
    metavar="SCORE",
    help="Decide by the score alone that pairs from here on are one; recorded as by auto.",
)
@language_option
@click.pass_obj
def review(
    settings: Settings,
    file: Path | None,
    min_score: float,
    top: int,
    label: str,
    auto_above: float | None,
    lang: str | None,
) -> None:
    """Decide pair by pair who is one: same, different, unsure, or skip; with the reason.

    Every decision is recorded at once, with who and when, and can be taken back (vinculos same
    --undo). With --decisions they are shared: the file, sorted, a pair a line, can be merged by
    git. In a pipe nothing is asked: the file is loaded, no more.

    \b
    Examples:
      vinculos review
      vinculos review --decisions decisions.csv
      vinculos review --auto-above 0.99
    """  # noqa: D301 - click wants the character itself
    lang = lang or settings.lang
    texts = TEXTS[lang]
    with open_store(settings) as store:
        warn_unfinished(store, lang)
        if file is not None and file.exists():
            take_over(store, file, lang)
        try:
            if auto_above is not None:
                decide_by_score(store, auto_above, label, lang)
            if sys.stdin.isatty() and is_terminal():
                walk(store, min_score, top, label, lang)
            elif file is None and auto_above is None:
                raise UsageError(texts["later"], _("See the pairs: vinculos duplicates"))
        finally:
            if file is not None:
                write(store, file, lang)


def take_over(store: Store, file: Path, lang: str) -> None:
    """Record the decisions of a file that are newer than those about the same pair here."""
    from vinculos.graph.decisions_file import newer_than, read_decisions_file
    from vinculos.graph.judge import judge
    from vinculos.graph.same_people import SamePeople
    from vinculos.graph.stored import read_decisions

    given = newer_than(read_decisions_file(file), SamePeople(read_decisions(store)))
    if given:
        counts = judge(store, given, notify=note)
        tell(counts, lang)
    note(fill(TEXTS[lang]["read"], n=len(given), file=file))


def write(store: Store, file: Path, lang: str) -> None:
    """Write all decisions about pairs to a file, where it does not hold just them."""
    from vinculos.graph.decisions_file import decisions_text
    from vinculos.graph.same_people import SamePeople
    from vinculos.graph.stored import read_decisions

    same = SamePeople(read_decisions(store))
    content = decisions_text(same).encode()
    if not file.exists() or file.read_bytes() != content:
        write_file(file, content)
    note(fill(TEXTS[lang]["written"], file=file, n=len(same.newest)))


def decide_by_score(store: Store, least: float, label: str, lang: str) -> None:
    """Record that pairs from a score on are one, but those that a decision speaks against."""
    from vinculos.graph.duplicates import best_candidates
    from vinculos.graph.identity_words import explain
    from vinculos.graph.judge import AUTO, Judgement, compatible, judge
    from vinculos.graph.same_people import SamePeople
    from vinculos.graph.stored import read_decisions

    found = (
        Judgement(
            c.one.id,
            c.two.id,
            "same",
            explain(c.likeness, lang),
            AUTO,
            score=round(c.likeness.score, 3),
        )
        for c in best_candidates(store, least, label=label)
    )
    made = compatible(found, SamePeople(read_decisions(store)))
    if made:
        tell(judge(store, made, notify=note), lang)
    note(fill(TEXTS[lang]["auto"], n=len(made), score=least))


def walk(store: Store, min_score: float, top: int, label: str, lang: str) -> None:
    """Ask about one pair after the other, and record each answer at once."""
    from vinculos.formats.cells import clean
    from vinculos.graph.duplicates import best_candidates, decided_pairs
    from vinculos.graph.identity_words import explain
    from vinculos.graph.judge import Judgement, judge
    from vinculos.graph.merging import shown_as
    from vinculos.graph.same_people import pair_of

    texts, keys = TEXTS[lang], KEYS[lang]
    found = best_candidates(store, min_score, top=top, label=label)
    for at, candidate in enumerate(found, 1):
        one, two = candidate.one.id, candidate.two.id
        there = shown_as(store, [one, two])
        if len(there) < 2 or pair_of(one, two) in decided_pairs(store):
            # What was decided just now may have settled this pair too.
            continue
        reasons = explain(candidate.likeness, lang)
        score = candidate.likeness.score
        click.echo()
        click.echo(texts["place"].format(at=at, all=len(found), score=score, reasons=reasons))
        for line in side_by_side(candidate, lang):
            click.echo(clean(line))
        key = click.prompt(texts["ask"], type=click.Choice(list(keys)), show_choices=False)
        kind = keys[key]
        if kind == "quit":
            return
        if kind == "skip":
            continue
        if kind == "same":
            warn_of_minor(store, one, two, lang)
        why = click.prompt(texts["why"], default=reasons)
        try:
            counts = judge(store, [Judgement(one, two, kind, why, score=round(score, 3))])
        except UsageError as refused:
            note(str(refused))
        else:
            tell(counts, lang)
            if kind == "same":
                note(told_twice(store, one, lang))
    note(texts["end"])


def side_by_side(candidate: Candidate, lang: str) -> Iterator[str]:
    """Yield what is known of both, a line each."""
    for person in (candidate.one, candidate.two):
        yield f"  {person.name}  ({person.id})"
        for name, said in known(person):
            yield f"      {TEXTS[lang][name]}: {said}"


def known(person: Known) -> Iterator[tuple[str, str]]:
    """Yield the name of each thing known of a person, and what it is."""
    custody = "; ".join(
        " ".join(filter(None, (f"{c.started or '?'} – {c.ended or '?'}", c.place)))
        for c in person.custody
    )
    for name, said in (
        ("aliases", "; ".join(person.aliases)),
        ("born", person.born),
        ("mother_name", person.mother_name),
        ("custody", custody),
        ("kin", "; ".join(person.kin)),
    ):
        if said:
            yield name, said
