"""`export`: the graph as a file for other tools."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from vinculos.commands.output import LANGUAGES, PUBLIC, audience_option, note
from vinculos.commands.session import open_store, warn_unfinished
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.graph.audience import Audience

CASE_FOLDERS = "csv"
FORMATS = ("graphml", "gexf", "json", "cypher", "neo4j-admin", CASE_FOLDERS)
WRITTEN = {
    "en": "{}: {} nodes, {} relationships.",
    "es": "{}: {} nodos, {} relaciones.",
}


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("path", type=click.Path(path_type=Path))
@audience_option(PUBLIC, PUBLIC)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of names: es or en.")
@click.pass_obj
def export(
    settings: Settings, format_: str, path: Path, audience: Audience, lang: str | None
) -> None:
    """Write the graph to PATH in a FORMAT that other tools read.

    \b
    graphml  people, detentions and the rest, for Gephi, networkx, igraph, yEd
    gexf     the same, for Gephi
    json     the whole with claims and sources, as networkx.node_link_graph reads it
    cypher   the same as a script: cypher-shell -f PATH
    neo4j-admin  a folder of CSV files for neo4j-admin database import, with the command
    csv      a folder of case folders, with dataset, file and line of each row; loads again

    \b
    Examples:
      vinculos export graphml red.graphml
      vinculos export cypher respaldo.cypher --audience internal
      vinculos export csv casos --audience internal
    """  # noqa: D301 - click wants the character itself
    from vinculos.exports.carried import left_behind, written
    from vinculos.exports.write import export as write
    from vinculos.exports.write import export_case_folders
    from vinculos.graph.redact import load_withheld

    lang = lang or settings.lang
    with open_store(settings) as store:
        warn_unfinished(store, lang)
        if format_ == CASE_FOLDERS:
            made = export_case_folders(store, path, load_withheld(store, audience, lang))
            note(made.hidden.sentence(lang))
            note("\n".join((written(made, path, lang), *left_behind(made, lang))))
            return
        contents = write(store, format_, path, load_withheld(store, audience, lang), lang)
    note(contents.hidden.sentence(lang))
    counts = contents.counts
    note(WRITTEN[lang].format(path, counts.nodes, counts.relationships))
