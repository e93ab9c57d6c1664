"""`same`, `different`: deciding whether two people are one, and taking that back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from vinculos.commands.evidence import WHY, tell
from vinculos.commands.output import note
from vinculos.commands.session import open_store
from vinculos.commands.show import pairs_of_custodies
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.graph.store import Store

TEXTS = {
    "en": {
        "same": "{one} and {two} are one person.",
        "different": "{one} and {two} are two people.",
        "unsure": "Nobody is sure whether {one} and {two} are one.",
        "undo": "The decision about {one} and {two} is taken back.",
        "minor": "One of them is a minor: the name of the other leaves the graph for good.",
        "twice": "{pairs:pair|pairs} of their custodies may be one and {pairs:=counts|count} as "
        "two: see vinculos query pair_custodies -p id={id}",
    },
    "es": {
        "same": "{one} y {two} son la misma persona.",
        "different": "{one} y {two} son dos personas.",
        "unsure": "No hay certeza de si {one} y {two} son la misma persona.",
        "undo": "La decisión sobre {one} y {two} queda sin efecto.",
        "minor": "Una es menor de edad: el nombre de la otra sale del grafo para siempre.",
        "twice": "{pairs:par|pares} de sus detenciones {pairs:=podría|podrían} ser una sola y "
        "{pairs:=cuenta|cuentan} como dos: vea vinculos query pair_custodies -p id={id}",
    },
}
UNDO = click.option("--undo", is_flag=True, help="Take the decision back; both are as before.")


@click.command()
@click.argument("one", metavar="ID")
@click.argument("two", metavar="ID")
@UNDO
@WHY
@click.pass_obj
def same(settings: Settings, one: str, two: str, undo: bool, why: str) -> None:
    """Decide that two people are one: one node, whatever files say of either.

    It holds through others, and for later loads. Taking it back makes them two again.

    \b
    Example:
      vinculos same luis-somaza register:p-17 --why "same date of birth in the court file"
    """  # noqa: D301 - click wants the character itself
    decide(settings, "same", one, two, undo, why)


@click.command()
@click.argument("one", metavar="ID")
@click.argument("two", metavar="ID")
@UNDO
@WHY
@click.pass_obj
def different(settings: Settings, one: str, two: str, undo: bool, why: str) -> None:
    """Decide that two people are not one; vinculos duplicates no longer lists them.

    \b
    Example:
      vinculos different luis-somaza register:p-18 --why "his brother"
    """  # noqa: D301 - click wants the character itself
    decide(settings, "different", one, two, undo, why)


def decide(settings: Settings, kind: str, one: str, two: str, undo: bool, why: str) -> None:
    """Record a decision about two people, or take it back, and say what it changed."""
    from vinculos.graph.judge import Judgement, judge, taken_back
    from vinculos.graph.lookup import resolve_person
    from vinculos.graph.same_people import SamePeople
    from vinculos.graph.stored import read_decisions

    texts = TEXTS[settings.lang]
    with open_store(settings) as store:
        first, second = resolve_person(store, one), resolve_person(store, two)
        if undo:
            taken_back(SamePeople(read_decisions(store)), first, second, kind)
        elif kind == "same":
            warn_of_minor(store, first, second, settings.lang)
        counts = judge(
            store, [Judgement(first, second, "undo" if undo else kind, why)], notify=note
        )
        twice = "" if undo or kind != "same" else told_twice(store, first, settings.lang)
    click.echo(texts["undo" if undo else kind].format(one=first, two=second))
    tell(counts, settings.lang)
    note(twice)


def told_twice(store: Store, person: str, lang: str) -> str:
    """Return a sentence on custodies of a person that may be one; '' if there are none."""
    from vinculos.graph.counts import fill
    from vinculos.graph.merging import shown_as
    from vinculos.graph.same_people import SamePeople
    from vinculos.graph.stored import read_decisions

    # Files may give them any of the ids of those who are one.
    shown = shown_as(store, SamePeople(read_decisions(store)).members(person)).get(person)
    if shown is None:
        return ""
    pairs = len(pairs_of_custodies(store, shown))
    return fill(TEXTS[lang]["twice"], pairs=pairs, id=shown) if pairs else ""


def warn_of_minor(store: Store, one: str, two: str, lang: str) -> None:
    """Say on standard error that a name will be lost where one of two people is a minor."""
    rows = store.read(
        "MATCH (p:Person) WHERE p.id IN $ids RETURN p.is_minor AS minor", {"ids": [one, two]}
    ).rows
    if len({bool(row["minor"]) for row in rows}) > 1:
        note(TEXTS[lang]["minor"])
