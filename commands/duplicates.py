"""`duplicates`: people who may be one, and why."""

from __future__ import annotations

import click

from vinculos.commands.output import Output, note, output_options
from vinculos.commands.session import open_store, warn_unfinished
from vinculos.settings import Settings

MIN_SCORE = 0.6
LABELS = ("Person", "Detainee", "Relative", "Official", "Lawyer", "PublicFigure")
SCORE = click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    metavar="SCORE",
    default=MIN_SCORE,
    show_default=True,
    help="From 0 to 1: how likely they are one, at least.",
)
TOP = click.option(
    "--top",
    type=click.IntRange(1),
    metavar="N",
    default=100,
    show_default=True,
    help="Pairs at most.",
)
LABEL = click.option(
    "--label", type=click.Choice(LABELS), default="Person", help="What at least one of them is."
)
TITLES = {
    "score": ("score", "puntaje"),
    "one": ("person", "persona"),
    "two": ("may be", "podría ser"),
    "reasons": ("for and against", "a favor y en contra"),
    "one_id": ("id", "id"),
    "two_id": ("other id", "otro id"),
}
NEXT = {
    "en": "Nobody is merged by a score. Decide: vinculos review, or vinculos same ID ID --why …",
    "es": "Ningún puntaje une a nadie. Decida con vinculos review, o vinculos same ID ID --why …",
}
NOTHING = {"en": "Nobody here looks like somebody else.", "es": "Nadie aquí se parece a otra."}


@click.command()
@SCORE
@TOP
@LABEL
@output_options()
@click.pass_obj
def duplicates(settings: Settings, min_score: float, top: int, label: str, output: Output) -> None:
    """List people who may be one: how likely, and what speaks for and against.

    Names count most, two surnames above all; then births, mothers' names, custody and kin. Minors,
    who have no name here, and pairs already decided are left out.

    \b
    Examples:
      vinculos duplicates
      vinculos duplicates --min-score 0.9 --label Detainee -o duplicates.xlsx
    """  # noqa: D301 - click wants the character itself
    from vinculos.graph.duplicates import best_candidates
    from vinculos.graph.identity_words import explain
    from vinculos.queries.library import Column, Text

    columns = {name: Column(name, Text(en, es)) for name, (en, es) in TITLES.items()}
    with open_store(settings) as store:
        warn_unfinished(store, output.lang)
        rows = [
            {
                "score": round(found.likeness.score, 2),
                "one": found.one.name,
                "two": found.two.name,
                "reasons": explain(found.likeness, output.lang),
                "one_id": found.one.id,
                "two_id": found.two.id,
            }
            for found in best_candidates(store, min_score, top=top, label=label)
        ]
        count = output.emit(store, list(columns), rows, columns)
    note(NEXT[output.lang] if count else NOTHING[output.lang])
