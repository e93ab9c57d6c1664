"""`analyze`: a measure of a network, as a table or as sizes and colours on a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from vinculos.commands.about import answered_facts
from vinculos.commands.drawing import PageOptions, measure_facts, write_page
from vinculos.commands.gates import gate_options
from vinculos.commands.output import Output, note, output_options
from vinculos.commands.query import EMPTY, ROWS, complete_name
from vinculos.commands.session import open_store, query_folders, warn_unfinished
from vinculos.errors import UsageError
from vinculos.graph.counts import fill
from vinculos.graph.measures import COLUMNS, MEASURES, PROJECTIONS, Measure
from vinculos.language import gettext as _
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.formats.table import Fact
    from vinculos.graph.store import Store
    from vinculos.graph.withheld import Withheld
    from vinculos.queries.ask import Answer
    from vinculos.queries.gates import Gates
    from vinculos.queries.library import Column, Query

PATHS = "shortest_paths"
SEARCH = "trace_paths"
"""The saved question that searches for paths where no other one is named."""


@click.command()
@click.argument("measure", type=click.Choice([*MEASURES]), metavar="MEASURE")
@click.option(
    "--query",
    "-q",
    "name",
    metavar="NAME",
    shell_complete=complete_name,
    help="Measure the graph of this saved question or .cypher file; else the whole.",
)
@click.option(
    "--param", "-p", "given", multiple=True, metavar="NAME=VALUE", help="A parameter; repeatable."
)
@click.option(
    "--projection",
    type=click.Choice([*PROJECTIONS]),
    help="What is tied to what. Default: that of the question; cases for the whole.",
)
@gate_options
@query_folders
@click.option(
    "--top", type=click.IntRange(1), metavar="N", help="Rows at most; on a page, nodes at most."
)
@output_options()
@click.pass_obj
def analyze(
    settings: Settings,
    measure: str,
    name: str | None,
    given: Sequence[str],
    projection: str | None,
    gates: Gates,
    top: int | None,
    output: Output,
) -> None:
    """Measure a network: who is central, which groups there are, what holds them together.

    \b
    MEASURE is degree, betweenness, pagerank, communities, articulation_points, bridges, k_core,
    clusters or shortest_paths. Projections, since a law or a big prison ties everybody:
      kinship    people and their kin
      cases      people tied by the same detention or case
      officials  people involved in the same detention
      all        everything with everything, hubs too

    With -o FILE.html the network is drawn, sizes and colours by the measure; --format html writes
    the table.

    \b
    Examples:
      vinculos analyze betweenness --top 20
      vinculos analyze communities --projection kinship -o families.html
      vinculos analyze betweenness -q rank_bridges --min-confidence reported -o bridges.html
      vinculos analyze shortest_paths -p from=rafael-tudares -p to=diosdado-cabello
    """  # noqa: D301 - click wants the character itself
    from vinculos.queries.ask import ask
    from vinculos.queries.measure import outside
    from vinculos.queries.parameters import parse_given

    query = _query(settings, MEASURES[measure], name, projection)
    with open_store(settings) as store:
        warn_unfinished(store, output.lang)
        withheld = output.withheld(store)
        answer = ask(store, query, parse_given(given), gates, withheld)
        if name is None and answer.measured and not answer.measured.is_search:
            answer = replace(answer, measured=outside(store, answer.measured))
        facts = _facts(answer, output.lang)
        if output.file and _is_page(output):
            _draw(store, answer, output.file, withheld, top)
        else:
            _list(store, answer, facts, output, withheld, top)
    for said in answer.notes(output.lang):
        note(said)


def _query(settings: Settings, measure: Measure, name: str | None, projection: str | None) -> Query:
    """Return the question whose graph is measured, the measure included."""
    from vinculos.queries.ask import find_query
    from vinculos.queries.measure import whole

    if measure.name == PATHS:
        query = find_query(name or SEARCH, None, settings.queries)
        if query.then != PATHS:
            raise UsageError(
                _("{query} searches for no paths.").format(query=name),
                _("Leave it out, or ask {query}.").format(query=SEARCH),
            )
        if projection:
            raise UsageError(
                _("A search for paths takes no projection."),
                _("Choose what it passes through: -p labels=…, -p types=…, -p without=…"),
            )
        return query
    query = find_query(name, None, settings.queries) if name else whole(projection or "cases")
    if query.is_stepwise:
        raise UsageError(
            _("{query} reads a graph step by step, which cannot be measured.").format(query=name),
            _("Measure another question, or the whole graph."),
        )
    if query.declared and query.returns != "graph":
        raise UsageError(
            _("{query} returns a table, not a graph.").format(query=name),
            _("See the others: vinculos queries"),
        )
    return replace(
        query,
        then=measure.name,
        projection=projection or query.projection,
        columns=_columns(measure),
    )


def _columns(measure: Measure) -> dict[str, Column]:
    """Return the columns of a measure; of a node's many ties the sources are seen on a page."""
    from vinculos.queries.library import Column, Text

    titles = {**COLUMNS, "value": (*measure.value, "")}
    return {
        name: Column(name, Text(titles[name][0], titles[name][1]), titles[name][2])
        for name in measure.columns
        if name != "sources" or measure.name == "bridges"
    }


def _facts(answer: Answer, lang: str) -> list[Fact]:
    """Return what was measured, on what, how to read it, and what was left out."""
    query = answer.question.query
    return [*measure_facts(query.then, query.projection, lang), *answered_facts(answer, lang)]


def _title(answer: Answer, lang: str) -> str:
    query = answer.question.query
    asked = query.title.get(lang)
    named = MEASURES[query.then].title[lang == "es"]
    return f"{named}: {asked}" if asked and query.then != PATHS else asked or named


def _is_page(output: Output) -> bool:
    """Return whether the file is to be a drawing: its name says HTML, and no format was asked."""
    source = click.get_current_context().get_parameter_source("format_")
    return output.format == "html" and source is not ParameterSource.COMMANDLINE


def _draw(store: Store, answer: Answer, file: Path, withheld: Withheld, top: int | None) -> None:
    measure = answer.question.query.then
    write_page(
        store,
        answer.network(store),
        file,
        options=PageOptions(top, measure="" if measure == PATHS else measure, named="--top"),
        about=lambda lang: (_title(answer, lang), _facts(answer, lang)),
        withheld=withheld,
        centres=answer.centres,
    )


def _list(
    store: Store,
    answer: Answer,
    facts: list[Fact],
    output: Output,
    withheld: Withheld,
    top: int | None,
) -> None:
    count = output.emit(
        store,
        answer.keys,
        answer.rows[:top],
        answer.question.query.columns,
        title=_title(answer, output.lang),
        about=facts,
        withheld=withheld,
    )
    words = output.lang
    if output.format == "table":
        note(fill((ROWS if count else EMPTY)[words], count))
        if count:
            _, reading = facts[1]
            note(reading)
