"""`find`: search by name."""

from __future__ import annotations

import click

from vinculos.commands.output import Output, note, output_options
from vinculos.commands.session import open_store, warn_unfinished
from vinculos.settings import Settings

NEAREST = {
    "en": "No name has all these words; these are the nearest.",
    "es": "Ningún nombre tiene todas esas palabras; estos son los más parecidos.",
}
NOTHING = {"en": "Nothing found.", "es": "No se encontró nada."}


@click.command()
@click.argument("text", metavar="TEXT")
@click.option(
    "--limit",
    type=click.IntRange(1),
    metavar="N",
    default=20,
    show_default=True,
    help="Entries at most.",
)
@output_options()
@click.pass_obj
def find(settings: Settings, text: str, limit: int, output: Output) -> None:
    """Find people, places, bodies, cases, laws and sources by name.

    Accents and case do not matter, typos are forgiven, other names count.

    \b
    Examples:
      vinculos find "gonzalez urutia"
      vinculos find helicoide
    """  # noqa: D301 - click wants the character itself
    from vinculos.formats.cells import LABEL
    from vinculos.graph.lookup import find as search
    from vinculos.graph.shapes import node_name
    from vinculos.queries.library import Column, Text

    columns = {
        "name": Column("name", Text("name", "nombre")),
        "labels": Column("labels", Text("what", "qué es"), LABEL),
        "aliases": Column("aliases", Text("other names", "otros nombres")),
        "id": Column("id", Text("id", "id")),
    }
    with open_store(settings) as store:
        warn_unfinished(store, output.lang)
        hits = search(store, text, limit)
        rows = [
            {
                "name": node_name(hit.properties, output.lang),
                "labels": [hit.ref.label, *sorted(set(hit.labels) - {hit.ref.label})],
                "aliases": hit.properties.get("aliases") or [],
                "id": hit.ref.id,
            }
            for hit in hits
        ]
        count = output.emit(store, list(columns), rows, columns)
    if hits and not hits[0].exact:
        note(NEAREST[output.lang])
    if not count:
        note(NOTHING[output.lang])
