"""Writing a network as a page: what `view` and `analyze` have in common."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vinculos.commands.about import answer_facts, graph_facts, graph_state, shown
from vinculos.commands.output import note, write_file
from vinculos.errors import UsageError
from vinculos.graph.counts import fill
from vinculos.graph.measures import MEASURES, PROJECTIONS
from vinculos.language import gettext as _

if TYPE_CHECKING:
    from vinculos.formats.table import Fact
    from vinculos.graph.network import Network
    from vinculos.graph.store import Store
    from vinculos.graph.withheld import Withheld

R = TypeVar("R")

DRAWN = 300
"""Nodes of a page where nothing is said: more are hard to read."""
MANY, TOO_MANY = 1_000, 5_000
WORDS = {
    "en": {
        "written": "{}: {:node|nodes}, {:tie|ties}.",
        "cut": "left out",
        "cut_of": "This page shows {} of {} nodes that answer the question: {}. "
        "{} N shows another number.",
        "unread": "At least {:more lies|more lie} as near and {:=was|were} not read.",
        "near": "those nearest to what was asked about",
        "tied": "those with the most ties to each other, from the one with the most ties on",
        "measured": "those with the highest values",
        "measure": "measure",
        "reading": "how to read it",
        "projection": "measured on",
    },
    "es": {
        "written": "{}: {:nodo|nodos}, {:vínculo|vínculos}.",
        "cut": "fuera de la página",
        "cut_of": "Esta página muestra {} de {} nodos que responden a la pregunta: {}. "
        "Con {} N se muestra otro número.",
        "unread": "Al menos {:otro está|otros están} igual de cerca y no se {:=leyó|leyeron}.",
        "near": "los más cercanos a aquello por lo que se preguntó",
        "tied": "los que tienen más vínculos entre sí, a partir del que más vínculos tiene",
        "measured": "los de valores más altos",
        "measure": "medida",
        "reading": "cómo leerla",
        "projection": "medida sobre",
    },
}


@dataclass(frozen=True)
class PageOptions:
    """What is drawn of a network: how much, whether as it is stored, and a measure as sizes.

    `named` is the option of the command that sets the limit.
    """

    limit: int | None = None
    force: bool = False
    raw: bool = False
    measure: str = ""
    projection: str = ""
    named: str = "--limit"


def page_options(command: Callable[..., R]) -> Callable[..., R]:
    """Add --raw, --measure, --projection, --limit and --force; the command takes `options`."""

    @click.option(
        "--raw", is_flag=True, help="Draw the graph as it is stored, each detention a node."
    )
    @click.option(
        "--measure",
        type=click.Choice([name for name in MEASURES if name != "shortest_paths"]),
        help="Sizes and colours by this measure of the network, as in vinculos analyze.",
    )
    @click.option(
        "--projection",
        type=click.Choice([*PROJECTIONS]),
        help="With --measure: what is tied to what. Default: that of the question; else all.",
    )
    @click.option(
        "--limit",
        type=click.IntRange(1),
        metavar="N",
        help=f"Nodes drawn at most, the most important ones. [default: {DRAWN}]",
    )
    @click.option("--force", is_flag=True, help=f"Draw more than {TOO_MANY} nodes.")
    @functools.wraps(command)
    def wrapped(
        *args: Any,
        raw: bool,
        measure: str | None,
        projection: str | None,
        limit: int | None,
        force: bool,
        **given: Any,
    ) -> R:
        if projection and not measure:
            raise UsageError(_("--projection goes with --measure."), _("Add --measure NAME."))
        options = PageOptions(limit, force, raw, measure or "", projection or "")
        return command(*args, options=options, **given)

    return wrapped


def write_page(
    store: Store,
    network: Network,
    file: Path,
    *,
    options: PageOptions,
    about: Callable[[str], tuple[str, list[Fact]]],
    withheld: Withheld,
    centres: Sequence[str] = (),
    unread: int = 0,
    projection: str = "all",
) -> None:
    """Write `network` as a page, as the audience may see it, and say what was written and hidden.

    Args:
        store: the graph, which says what is withheld, who is held and the sources.
        network: all that answers the question, not yet redacted.
        file: the page; an earlier one of that name is replaced.
        options: how much is drawn, and how. With a measure whose values nodes or ties hold already,
            these are shown.
        about: returns the heading, and for the foot what was asked, in a language: a page has both.
        withheld: what its readers may not see, and their language.
        centres: the ids that were asked about; the details of the first show at once.
        unread: how many more are known to be there.
        projection: what is tied to what for the measure, where the options do not say.

    Raises:
        UsageError: there is nothing to draw, or too much, or the file cannot be written.
        EngineError: the graph cannot be read.
        VinculosError: something withheld is in the page; nothing is written.
    """
    from vinculos.formats.seal import check
    from vinculos.graph.around import with_held
    from vinculos.graph.citations import with_sources
    from vinculos.graph.display import collapse, drawn_as_ties
    from vinculos.graph.importance import at_most
    from vinculos.graph.redact import network as redacted
    from vinculos.views.view import LIMIT, OTHER, About, render
    from vinculos.views.words import text

    _refuse_empty(network, _("The answer holds no node to draw."))
    lang = withheld.lang
    projection = options.projection or projection
    is_measured = bool(options.measure) and not _holds(network, options.measure)
    if is_measured:
        network = measured(network, options.measure, projection, raw=options.raw)
    middle = [key for id in centres for key in network.nodes if key.id == id]
    limit = DRAWN if options.limit is None else options.limit
    everything = len(network.nodes) - (0 if options.raw else len(drawn_as_ties(network)))
    drawn = min(limit, everything)
    if drawn > LIMIT:
        raise UsageError(text("too_large", lang, n=drawn, limit=LIMIT), text("way_out", lang))
    if drawn > TOO_MANY and not options.force:
        raise UsageError(
            text("large", lang, n=drawn, limit=TOO_MANY),
            _("Give a smaller --limit, or --force."),
        )
    network = at_most(network, limit, middle, options.measure, raw=options.raw)
    drawn = len(network.nodes) - (0 if options.raw else len(drawn_as_ties(network)))
    why = "near" if middle else "measured" if options.measure else "tied"

    def cut(lang: str) -> str:
        words, parts = WORDS[lang], []
        if drawn < everything:
            parts.append(words["cut_of"].format(drawn, everything, words[why], options.named))
        if unread:
            parts.append(fill(words["unread"], unread, unread))
        return " ".join(parts)

    def notices(lang: str) -> list[str]:
        large = [text("large", lang, n=drawn, limit=MANY)] if drawn > MANY else []
        return [*filter(None, [cut(lang)]), *large]

    for notice in notices(lang):
        note(notice)
    kept, hidden = redacted(with_sources(store, with_held(store, network)), withheld)
    _refuse_empty(
        kept,
        _("Nothing of the answer may be shown to the audience {audience}.").format(
            audience=withheld.audience.name
        ),
    )
    if not options.raw:
        # After redaction: what is brought together here was judged piece by piece.
        kept = collapse(kept)
    state = graph_state(store)

    def said(lang: str) -> About:
        title, facts = about(lang)
        if is_measured:
            facts = [*measure_facts(options.measure, projection, lang), *facts]
        if cut(lang):
            facts.append((WORDS[lang]["cut"], cut(lang)))
        facts += graph_facts(state, lang)
        foot = answer_facts(store, facts, withheld, lang, hidden=bool(hidden))
        return About(shown(title, withheld, lang), foot, notices(lang))

    # Under a pseudonym, where it has one.
    focus = [key._replace(id=shown(key.id, withheld, lang)) for key in middle[:1]]
    html = render(
        kept,
        said(lang),
        lang=lang,
        other=said(OTHER[lang]),
        focus=focus[0] if focus else None,
        measure=options.measure,
    )
    page = html.encode()
    check(page, withheld, file.name)
    write_file(file, page)
    note(hidden.sentence(lang))
    note(fill(WORDS[lang]["written"], file, len(kept.nodes), len(kept.edges)))


def measured(network: Network, name: str, projection: str, *, raw: bool = False) -> Network:
    """Return the network with the values of the measure of this name.

    In the projection `all` it is measured as it is drawn, whatever the audience may see of it;
    `raw` draws it as it is stored.
    """
    from vinculos.graph.display import collapse
    from vinculos.graph.measured import holding, measure
    from vinculos.graph.projection import project

    tied = network if raw or projection != "all" else collapse(network)
    return holding(network, measure(name, project(tied, projection)))


def measure_facts(name: str, projection: str, lang: str) -> list[Fact]:
    """Return the facts that say what a measure is, how to read it, and on what it was taken."""
    words, place, declared = WORDS[lang], lang == "es", MEASURES[name]
    facts = [
        (words["measure"], declared.title[place]),
        (words["reading"], f"{declared.value[place]}: {declared.reading[place]}"),
    ]
    if name != "shortest_paths":
        facts.append((words["projection"], PROJECTIONS[projection].title[place]))
    return facts


def _holds(network: Network, name: str) -> bool:
    return any(name in node.properties for node in network.nodes.values()) or any(
        name in tie.properties for tie in network.edges
    )


def _refuse_empty(network: Network, message: str) -> None:
    if not network.nodes:
        raise UsageError(
            message,
            _("A page needs nodes, relationships or paths: RETURN them, not their fields."),
        )
