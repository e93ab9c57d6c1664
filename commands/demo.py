"""`demo`: see it work on the starter data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vinculos.commands.load import contents_text, progress_bar, summary
from vinculos.commands.output import PUBLIC, Output, default_audience, note
from vinculos.commands.session import open_store
from vinculos.commands.spoken import language_option
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.graph.store import Store

STARTER = Path(__file__).parent.parent / "datasets" / "starter"
PAGE = "vinculos-demo.html"
SHOWN = 8
"""Rows of each answer that the demo prints."""

QUESTIONS = {
    "find_hostages": ("person", "because_of", "in_words", "confidence", "status", "sources"),
    "rank_officials": (
        "official",
        "ordered",
        "commanded",
        "presided",
        "prosecuted",
        "custodian",
        "announced",
        "denounced",
        "alleged",
    ),
    "list_conflicts": ("subject", "field", "values"),
}
"""The questions asked, and the columns of each that fit a terminal."""

TEXTS = {
    "en": {
        "graph": "What is in the graph",
        "more": "… {more} more: vinculos query {name}",
        "page": "Open this page in a browser: {path}",
        "data": "The data it rests on, and what their columns mean: {path}",
        "next": "What to type next:",
        "activate": "(first: . .venv/bin/activate)",
    },
    "es": {
        "graph": "Qué hay en el grafo",
        "more": "… {more} más: vinculos query {name}",
        "page": "Abra esta página en un navegador: {path}",
        "data": "Los datos en que se apoya, y qué significan sus columnas: {path}",
        "next": "Qué escribir ahora:",
        "activate": "(primero: . .venv/bin/activate)",
    },
}
NEXT = (
    "vinculos show maykelis-borges",
    "vinculos query list_held --as-of 2026-02-28",
    "vinculos view --around diosdado-cabello --depth 1 -o cabello.html",
)


@click.command()
@click.option(
    "--output",
    "-o",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    default=PAGE,
    show_default=True,
    help="The page; an earlier one of that name is replaced.",
)
@language_option
@click.pass_context
def demo(ctx: click.Context, file: Path, lang: str | None) -> None:
    """See it work: load the starter data, answer three questions, draw a page.

    A second run changes nothing and says so.

    \b
    Example:
      vinculos demo --lang es
    """  # noqa: D301 - click wants the character itself
    from vinculos.commands.view import view
    from vinculos.graph.contents import contents
    from vinculos.loaders.load import load_folder
    from vinculos.redaction.profile import get_audience

    settings: Settings = ctx.obj
    chosen = lang or settings.lang
    texts = TEXTS[chosen]
    output = Output("table", None, default_audience(None), chosen)
    with open_store(settings) as store:
        with progress_bar(chosen) as progress:
            loading = load_folder(store, STARTER, dataset="starter", progress=progress, notify=note)
        output.write(summary(loading, chosen))
        output.write(f"\n{texts['graph']}\n")
        output.write("\n".join(contents_text(contents(store), chosen)) + "\n")
        for name, keys in QUESTIONS.items():
            ask(store, name, keys, output)
    output.write("\n")
    # What is not named here is as if nobody had given it.
    ctx.invoke(view, name="hostages", file=file, audience=get_audience(PUBLIC), lang=chosen)
    output.write(texts["page"].format(path=file.resolve()) + "\n")
    output.write(texts["data"].format(path=STARTER / "README.md") + "\n")
    output.write(f"{texts['next']} {texts['activate']}\n")
    output.write("".join(f"  {command}\n" for command in NEXT))


def ask(store: Store, name: str, keys: tuple[str, ...], output: Output) -> None:
    """Print the first rows of one saved question, and how to see the rest."""
    from vinculos.queries.ask import ask as answer_to
    from vinculos.queries.library import get_query

    asked = get_query(name, ())
    withheld = output.withheld(store)
    rows = answer_to(store, asked, withheld=withheld).rows
    output.write(f"\n{asked.title.get(output.lang)}\n")
    output.emit(store, keys, rows[:SHOWN], asked.columns, withheld=withheld)
    if (more := len(rows) - SHOWN) > 0:
        output.write(TEXTS[output.lang]["more"].format(more=more, name=name) + "\n")
