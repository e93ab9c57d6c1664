"""`export`: the graph as a file for other tools."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vinculos.commands.output import PUBLIC, audience_option, note
from vinculos.commands.session import open_store, warn_unfinished
from vinculos.commands.spoken import language_option
from vinculos.graph.counts import fill
from vinculos.language import gettext as _
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.graph.audience import Audience

CASE_FOLDERS, FTM = "csv", "followthemoney"
FORMATS = ("graphml", "gexf", "json", "cypher", FTM, "neo4j-admin", CASE_FOLDERS)
WRITTEN = {
    "en": "{}: {:node|nodes}, {:relationship|relationships}.",
    "es": "{}: {:nodo|nodos}, {:relación|relaciones}.",
}
LEFT_OUT = {
    "en": "What this format has no place for, by label or type and field: {}.",
    "es": "Lo que no cabe en este formato, por etiqueta o tipo y campo: {}.",
}


@click.command()
@click.argument("format_", metavar="FORMAT", type=click.Choice(FORMATS))
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@audience_option(PUBLIC, PUBLIC)
@click.option(
    "--left-out",
    "left_out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="File for a JSON object of what followthemoney has no place for, with counts.",
)
@language_option
@click.pass_obj
def export(
    settings: Settings,
    format_: str,
    path: Path,
    audience: Audience,
    left_out: Path | None,
    lang: str | None,
) -> None:
    """Write the graph to PATH in a FORMAT that other tools read.

    \b
    graphml  people, detentions and the rest, for Gephi, networkx, igraph, yEd
    gexf     the same, for Gephi
    json     the whole with claims and sources, as networkx.node_link_graph reads it
    cypher   the same as a script: cypher-shell -f PATH
    followthemoney  entities as JSON lines, for OpenSanctions' tools, Aleph and others
    neo4j-admin  a folder of CSV files for neo4j-admin database import, with the command
    csv      a folder of case folders, with dataset, file and line of each row; loads again

    \b
    Examples:
      vinculos export graphml red.graphml
      vinculos export cypher respaldo.cypher --audience internal
      vinculos export csv casos --audience internal
      vinculos export followthemoney red.ftm.json --left-out lost.json
    """  # noqa: D301 - click wants the character itself
    from vinculos.errors import UsageError
    from vinculos.exports.carried import left_behind, written
    from vinculos.exports.write import export as write
    from vinculos.exports.write import export_case_folders
    from vinculos.formats.replace import replacing
    from vinculos.graph.redact import load_withheld

    lang = lang or settings.lang
    if left_out is not None and format_ != FTM:
        raise UsageError(
            _("--left-out goes with {format}; {other} has no such list.").format(
                format=FTM, other=format_
            ),
            _("Leave it away."),
        )
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
    note(fill(WRITTEN[lang], path, counts.nodes, counts.relationships))
    # A small count may point to somebody; who is told only large ones is told `<3` here too.
    lost = {
        name: contents.hidden.told(count, lang) for name, count in sorted(contents.left_out.items())
    }
    if lost:
        note(LEFT_OUT[lang].format(", ".join(map(" ".join, lost.items()))))
    if left_out is not None:
        counted = {name: int(told) if told.isdigit() else told for name, told in lost.items()}
        with replacing(left_out) as out:
            out.write((json.dumps(counted, indent=2) + "\n").encode())
