"""`view`: a network as one HTML page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vinculos.commands.about import answered_facts
from vinculos.commands.drawing import write_page
from vinculos.commands.gates import gate_options
from vinculos.commands.output import AUDIENCES, LANGUAGES, note
from vinculos.commands.query import complete_name
from vinculos.commands.session import open_store, query_folders, warn_unfinished
from vinculos.errors import UsageError
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.graph.network import Network
    from vinculos.graph.records import NodeRef
    from vinculos.graph.store import Store
    from vinculos.queries.gates import Gates

WORDS = {
    "en": {
        "around": "Around {}",
        "query": "Network",
        "depth": "ties away, at most",
        "cut": "left out",
        "cut_at": "{} more lie this near; the page stops at {}. More of them: --limit",
        "ends": "left out",
        "ends_of": "{} ties, an end of which is not in the answer",
    },
    "es": {
        "around": "Alrededor de {}",
        "query": "Red",
        "depth": "vínculos de distancia, como máximo",
        "cut": "fuera de la página",
        "cut_at": "hay {} más a esa distancia; la página llega a {}. Para ver más: --limit",
        "ends": "fuera de la página",
        "ends_of": "{} vínculos con un extremo que no está en la respuesta",
    },
}


@dataclass
class Answer:
    """A network, the title of its page, and the facts for its foot."""

    network: Network
    title: str
    focus: NodeRef | None = None
    facts: list[tuple[str, str]] = field(default_factory=list)


@click.command()
@click.argument("name", required=False, metavar="NAME|FILE.cypher", shell_complete=complete_name)
@click.option("--cypher", "-c", metavar="TEXT", help="A Cypher statement instead of a name.")
@click.option(
    "--param", "-p", "given", multiple=True, metavar="NAME=VALUE", help="A parameter; repeatable."
)
@gate_options
@query_folders
@click.option("--around", "centre", metavar="ID", help="What lies around this entity.")
@click.option("--depth", type=click.IntRange(1, 5), help="With --around: ties away. [default: 2]")
@click.option(
    "--limit", type=click.IntRange(1), help="With --around: nodes at most. [default: 300]"
)
@click.option(
    "--output",
    "-o",
    "file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The page; an earlier one of that name is replaced.",
)
@click.option("--title", help="Heading of the page.")
@click.option(
    "--audience",
    type=click.Choice(AUDIENCES),
    default=AUDIENCES[0],
    show_default=True,
    help="Who will read it: public hides protected people and restricted sources.",
)
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the page: es or en.")
@click.pass_obj
def view(
    settings: Settings,
    name: str | None,
    cypher: str | None,
    given: Sequence[str],
    gates: Gates,
    centre: str | None,
    depth: int | None,
    limit: int | None,
    file: Path,
    title: str | None,
    audience: str,
    lang: str | None,
) -> None:
    """Draw a network as one HTML page that works offline and sends nothing.

    The question is a saved one, a .cypher file or Cypher that returns nodes, relationships or
    paths; or take what lies around one entity. A detention always comes with whom it holds.

    \b
    Examples:
      vinculos view whole -o whole.html
      vinculos view --around starter:rafael-tudares --depth 2 -o tudares.html
      vinculos view -c "MATCH t=(:Official)-[:INVOLVED_IN]->(:Detention) RETURN t" -o officials.html
    """  # noqa: D301 - click wants the character itself
    lang = lang or settings.lang
    if centre is None and (depth or limit):
        raise UsageError("--depth and --limit go with --around.", "Add --around ID.")
    if centre is not None and (name or cypher or given or gates):
        raise UsageError("--around goes without a question and its gates.", "Give one of the two.")
    with open_store(settings) as store:
        warn_unfinished(store, lang)
        if centre is not None:
            answer = _around(store, centre, depth, limit, lang)
        else:
            answer = _asked(settings, store, (name, cypher), given, gates, lang)
        write_page(
            store,
            answer.network,
            file,
            title=title or answer.title,
            facts=answer.facts,
            audience=audience,
            lang=lang,
            focus=answer.focus,
        )


def _around(store: Store, centre: str, depth: int | None, limit: int | None, lang: str) -> Answer:
    from vinculos.graph.around import DEFAULT_DEPTH, DEFAULT_LIMIT, around
    from vinculos.graph.lookup import resolve_id
    from vinculos.views.labels import Titles

    depth, limit = depth or DEFAULT_DEPTH, limit or DEFAULT_LIMIT
    ref = resolve_id(store, centre)
    found = around(store, ref, depth, limit)
    words = WORDS[lang]
    facts = [(words["around"].format("").strip(), ref.id), (words["depth"], str(depth))]
    if found.cut:
        facts.append((words["cut"], words["cut_at"].format(found.cut, limit)))
        note(f"{words['cut']}: {words['cut_at'].format(found.cut, limit)}")
    title = words["around"].format(Titles(found.network, lang).of(ref))
    return Answer(found.network, title, ref, facts)


def _asked(
    settings: Settings,
    store: Store,
    named: tuple[str | None, str | None],
    given: Sequence[str],
    gates: Gates,
    lang: str,
) -> Answer:
    from vinculos.queries.ask import ask, find_query
    from vinculos.queries.parameters import parse_given

    asked = find_query(*named, settings.queries)
    answer = ask(store, asked, parse_given(given), gates)
    network = answer.network(store)
    words = WORDS[lang]
    title = asked.title.get(lang) if asked.declared else words["query"]
    facts = answered_facts(answer, lang)
    if network.left_out:
        facts.append((words["ends"], words["ends_of"].format(network.left_out)))
        note(f"{words['ends']}: {words['ends_of'].format(network.left_out)}")
    return Answer(network, title, None, facts)
