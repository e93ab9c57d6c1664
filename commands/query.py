"""`query` and `queries`: ask a saved question or any Cypher, and see what there is to ask."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from vinculos.commands.about import answered_facts
from vinculos.commands.gates import gate_options
from vinculos.commands.output import Output, default_audience, note, output_options
from vinculos.commands.session import open_store, query_folders, warn_unfinished
from vinculos.commands.spoken import language_option
from vinculos.graph.counts import fill
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.graph.store import Store
    from vinculos.queries.ask import Question
    from vinculos.queries.gates import Gates
    from vinculos.queries.library import Parameter, Query

EMPTY = {"en": "No rows.", "es": "Sin resultados."}
ROWS = {"en": "{:row|rows}.", "es": "{:fila|filas}."}
WORDS = {
    "en": {
        "parameters": "Parameters",
        "columns": "Columns",
        "required": "required",
        "default": "default",
        "choices": "choices",
        "graph": "Answers with a network: draw it with vinculos view {}",
        "run": "Ask it",
        "text": "Cypher",
        "then": "Then, on its network",
    },
    "es": {
        "parameters": "Parámetros",
        "columns": "Columnas",
        "required": "obligatorio",
        "default": "por omisión",
        "choices": "opciones",
        "graph": "Responde con una red: dibújela con vinculos view {}",
        "run": "Para preguntar",
        "text": "Cypher",
        "then": "Después, sobre su red",
    },
}


def complete_name(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
    """Return the saved questions that begin with what is typed, for the shell."""
    from vinculos.queries.library import query_files

    return [name for name in sorted(query_files()) if name.startswith(incomplete)]


@click.command()
@click.argument("name", required=False, metavar="[NAME|FILE.cypher]", shell_complete=complete_name)
@click.option("--cypher", "-c", metavar="TEXT", help="A Cypher statement instead of a name.")
@click.option(
    "--param", "-p", "given", multiple=True, metavar="NAME=VALUE", help="A parameter; repeatable."
)
@gate_options
@query_folders
@click.option("--explain", is_flag=True, help="Print the final Cypher and its parameters instead.")
@click.option("--write", is_flag=True, help="Let the statement change the graph.")
@output_options()
@click.pass_obj
def query(
    settings: Settings,
    name: str | None,
    cypher: str | None,
    given: Sequence[str],
    gates: Gates,
    explain: bool,
    write: bool,
    output: Output,
) -> None:
    """Ask a saved question, a .cypher file, or any Cypher.

    Only reading is allowed, unless --write. In Cypher of your own a parameter is text;
    -p days:integer=30 gives it another type (integer, date, flag, id, list).

    \b
    Examples:
      vinculos query find_hostages
      vinculos query list_held --as-of 2026-02-28 --format csv -o held.csv
      vinculos query find_hostages --min-sources 2 --min-confidence documented
      vinculos query -c "MATCH (p:Detainee) RETURN p.name AS name LIMIT 5"
    """  # noqa: D301 - click wants the character itself
    from vinculos.queries.ask import find_query, prepare, run
    from vinculos.queries.parameters import parse_given

    asked, texts = find_query(name, cypher, settings.queries), parse_given(given)
    with open_store(settings) as store:
        withheld = output.withheld(store)
        question = prepare(store, asked, texts, gates, None if write else withheld)
        if explain:
            output.write(explained(question))
            return
        warn_unfinished(store, output.lang)
        answer = run(store, question, write=write)
        count = output.emit(
            store,
            answer.keys,
            answer.rows,
            asked.columns,
            title=asked.title.get(output.lang),
            about=answered_facts(answer, output.lang),
            withheld=withheld,
        )
    for said in answer.notes(output.lang):
        note(said)
    if output.format == "table":
        note(fill((ROWS if count else EMPTY)[output.lang], count))


@click.command()
@click.argument("name", metavar="[NAME]", required=False, shell_complete=complete_name)
@click.option("--choices", is_flag=True, help="Also list what its parameters can be given.")
@query_folders
@language_option
@click.pass_obj
def queries(settings: Settings, name: str | None, choices: bool, lang: str | None) -> None:
    """List the saved questions by theme, or describe one.

    Questions of your own: .cypher files in the folders that --queries or VINCULOS_QUERIES names.

    \b
    Examples:
      vinculos queries
      vinculos queries list_held
    """  # noqa: D301 - click wants the character itself
    from vinculos.formats.cells import clean
    from vinculos.queries.library import get_query

    chosen = lang or settings.lang
    if name is None:
        click.echo(clean(overview(settings, chosen)))
        return
    asked = get_query(name, settings.queries)
    click.echo(clean(description(asked, chosen)))
    if choices:
        with open_store(settings) as store:
            for parameter in asked.parameters.values():
                if parameter.choices:
                    found = ", ".join(listed(store, parameter, chosen))
                    click.echo(clean(f"\n{parameter.name}: {found}"))


def explained(question: Question) -> str:
    """Return the Cypher that would be run, with the values of its parameters in front."""
    from vinculos.formats.cells import clean, to_json
    from vinculos.graph.plain import plain

    # Not all of the parameters: some name what is withheld.
    shown = {**question.given, **question.applied.parameters()}
    lines = [f"// ${name} = {clean(to_json(plain(value)))}" for name, value in shown.items()]
    return "\n".join((*lines, question.text.strip(), ""))


def listed(store: Store, parameter: Parameter, lang: str) -> list[str]:
    """Return what the parameter's own query offers, as the audience may see it."""
    from vinculos.graph import redact

    withheld = redact.load_withheld(store, default_audience(None), lang)
    kept, hidden = redact.rows(store.query(parameter.choices).rows, withheld)
    note(hidden.sentence(lang))
    return [str(next(iter(row.values()))) for row in kept]


def overview(settings: Settings, lang: str) -> str:
    """Return the list of saved questions, by theme."""
    from vinculos.queries.library import THEMES, list_queries

    found = list_queries(settings.queries)
    width = max(len(each.name) for each in found)
    lines: list[str] = []
    for theme, names in THEMES.items():
        own = [each for each in found if each.theme == theme]
        if own:
            lines += [*([""] if lines else []), names[lang == "es"]]
            lines += [f"  {each.name:<{width}}  {each.title.get(lang)}" for each in own]
    return "\n".join(lines)


def description(asked: Query, lang: str) -> str:
    """Return all that is known of one saved question: what it asks, takes and answers."""
    from vinculos.graph.measures import MEASURES, PROJECTIONS

    words = WORDS[lang]
    lines = [f"{asked.name}: {asked.title.get(lang)}", asked.description.get(lang).strip()]
    if asked.parameters:
        lines += ["", words["parameters"]]
    for parameter in asked.parameters.values():
        need = (
            words["required"]
            if parameter.required
            else f"{words['default']}: {'—' if parameter.default is None else parameter.default}"
        )
        lines.append(
            f"  -p {parameter.name}=…  ({parameter.type}, {need})  {parameter.title.get(lang)}"
        )
    if asked.columns:
        lines += ["", words["columns"]]
        lines += [f"  {column.name}  {column.title.get(lang)}" for column in asked.columns.values()]
    if asked.then in MEASURES:
        measure, projection = MEASURES[asked.then], PROJECTIONS[asked.projection]
        place = lang == "es"
        part = f" ({projection.title[place]})" if projection.joints or projection.kin else ""
        lines += ["", f"{words['then']}{part}: {measure.title[place]}"]
    if asked.returns == "graph":
        lines += ["", words["graph"].format(asked.name)]
    needed = "".join(f" -p {p.name}=…" for p in asked.parameters.values() if p.required)
    lines += ["", f"{words['run']}: vinculos query {asked.name}{needed}"]
    lines += ["", f"{words['text']}:", *(f"  {line}" for line in asked.text.splitlines())]
    return "\n".join(line.rstrip() for line in lines)
