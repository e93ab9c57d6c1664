"""`view`: a network as one HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vinculos.commands.about import answered_facts
from vinculos.commands.drawing import PageOptions, page_options, write_page
from vinculos.commands.gates import gate_options
from vinculos.commands.output import PUBLIC, audience_option, note
from vinculos.commands.query import complete_name
from vinculos.commands.session import open_store, query_folders, warn_unfinished
from vinculos.commands.spoken import language_option
from vinculos.errors import NotFound, UsageError
from vinculos.graph.counts import fill
from vinculos.language import gettext as _
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.formats.table import Fact
    from vinculos.graph.audience import Audience
    from vinculos.graph.network import Network
    from vinculos.queries.ask import Answer
    from vinculos.queries.gates import Gates

READ_AT_LEAST = 1000
"""Entities that a search outwards reads, of which the nearest are drawn."""
WORDS = {
    "en": {
        "query": "Network",
        "ends": "left out",
        "ends_of": "{:tie|ties}, an end of which is not in the answer",
    },
    "es": {
        "query": "Red",
        "ends": "fuera de la página",
        "ends_of": "{:vínculo|vínculos} con un extremo que no está en la respuesta",
    },
}


@click.command()
@click.argument("name", required=False, metavar="[NAME|FILE.cypher]", shell_complete=complete_name)
@click.option("--cypher", "-c", metavar="TEXT", help="A Cypher statement instead of a name.")
@click.option(
    "--param", "-p", "given", multiple=True, metavar="NAME=VALUE", help="A parameter; repeatable."
)
@click.option("--around", metavar="ID", help="What lies around this entity: the question around.")
@click.option(
    "--depth",
    type=click.IntRange(1, 5),
    metavar="N",
    help="With --around: ties away, as they are stored. [default: 2]",
)
@click.option(
    "--between",
    nargs=2,
    metavar="ID ID",
    help="All shortest paths between two: the question trace_paths.",
)
@click.option("--case", metavar="ID", help="A joint case and its people: the question case.")
@gate_options
@query_folders
@page_options
@click.option(
    "--output",
    "-o",
    "file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The page; an earlier one of that name is replaced.",
)
@click.option("--title", metavar="TEXT", help="Heading of the page.")
@audience_option(PUBLIC, PUBLIC)
@language_option
@click.pass_obj
def view(
    settings: Settings,
    name: str | None,
    cypher: str | None,
    given: Sequence[str],
    around: str | None,
    depth: int | None,
    between: tuple[str, str] | None,
    case: str | None,
    gates: Gates,
    options: PageOptions,
    file: Path,
    title: str | None,
    audience: Audience,
    lang: str | None,
) -> None:
    """Draw a network as one HTML page that works offline and sends nothing.

    The question is a saved one (family, command, hostages, officials, whole and others), a .cypher
    file or Cypher that returns nodes, relationships or paths. A detention is drawn as ties between
    whom it holds and everything in it; --raw draws it as it is stored.

    \b
    Examples:
      vinculos view hostages -o hostages.html
      vinculos view family -p person=rafael-tudares -o family.html
      vinculos view --around starter:rafael-tudares --depth 2 -o tudares.html
      vinculos view --between rocio-san-miguel enrique-marquez -o between.html
      vinculos view --case drone-case-2018 --min-confidence reported -o case.html
      vinculos view officials --measure betweenness -o officials.html
    """  # noqa: D301 - click wants the character itself
    from vinculos.graph.redact import load_withheld
    from vinculos.queries.ask import ask, find_query
    from vinculos.queries.parameters import parse_given

    lang = lang or settings.lang
    if depth and around is None:
        raise UsageError(_("--depth goes with --around."), _("Add --around ID."))
    short = _short(around, depth, between, case, options.limit)
    if len(short) + bool(name) + bool(cypher) > 1:
        raise UsageError(
            _("Several networks are asked for."),
            _("Give one of a question, -c, --around, --between and --case."),
        )
    texts = parse_given(given)
    for short_for, values in short.items():
        if given_twice := sorted(texts.keys() & values):
            raise UsageError(
                _("-p {name} is given twice.").format(name=given_twice[0]),
                _("The short option sets it: leave one out."),
            )
        name, texts = short_for, texts | values
    with open_store(settings) as store:
        warn_unfinished(store, lang)
        asked = find_query(name, cypher, settings.queries)
        if asked.declared and asked.returns != "graph":
            raise UsageError(
                _("{query} returns a table, not a graph.").format(query=asked.name),
                _("See the others: vinculos queries"),
            )
        withheld = load_withheld(store, audience, lang)
        answer = ask(store, asked, texts, gates, withheld)
        network = answer.network(store)
        if between and not network.nodes:
            raise NotFound(
                _("No path connects the two within the limits."),
                _(
                    "Search farther with -p max_length=12, or through charges and laws with "
                    "-p without="
                ),
            )
        left_out = network.left_out

        def about(lang: str) -> tuple[str, list[Fact]]:
            words, facts = WORDS[lang], answered_facts(answer, lang)
            if left_out:
                facts.append((words["ends"], fill(words["ends_of"], left_out)))
            return title or _title(answer, network, lang), facts

        if left_out:
            note(": ".join((WORDS[lang]["ends"], fill(WORDS[lang]["ends_of"], left_out))))
        write_page(
            store,
            network,
            file,
            options=options,
            about=about,
            withheld=withheld,
            centres=answer.centres,
            unread=answer.cut,
            projection=asked.projection,
        )
    for said in answer.notes(lang):
        note(said)


def _short(
    around: str | None,
    depth: int | None,
    between: tuple[str, str] | None,
    case: str | None,
    limit: int | None,
) -> dict[str, dict[str, str]]:
    """Return the questions that short options stand for, with the parameters that they set."""
    asked: dict[str, dict[str, str]] = {}
    if around:
        # Detentions are read as well, and most of them are not drawn as nodes.
        asked["around"] = {"id": around, "limit": str(max(READ_AT_LEAST, 3 * (limit or 0)))}
        asked["around"] |= {"depth": str(depth)} if depth else {}
    if between:
        asked["trace_paths"] = dict(zip(("from", "to"), between, strict=True))
    if case:
        asked["case"] = {"id": case}
    return asked


def _title(answer: Answer, network: Network, lang: str) -> str:
    """Return the title of what was asked, with the names of what it was asked about."""
    from vinculos.views.labels import Titles

    query = answer.question.query
    if not query.declared:
        return WORDS[lang]["query"]
    titles = Titles(network)
    named = [
        titles.of(key)[lang == "es"]
        for id in answer.centres
        for key in network.nodes
        if key.id == id
    ]
    asked = query.title.get(lang)
    return f"{asked}: {', '.join(named)}" if named else asked
