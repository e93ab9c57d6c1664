"""A network as one HTML page that asks for nothing: drawn by pyvis in a template of our own."""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from vinculos.errors import UsageError
from vinculos.formats.document import environment, policy, static
from vinculos.formats.safe import island, island_lines
from vinculos.graph.network import Network
from vinculos.graph.records import NodeRef
from vinculos.language import gettext as _
from vinculos.views.carried import About as About
from vinculos.views.carried import carried
from vinculos.views.drawing import draw
from vinculos.views.entries import describe
from vinculos.views.scale import scale as measure_scale
from vinculos.views.style import PAPER, look
from vinculos.views.tables import edge_rows, node_rows, source_rows
from vinculos.views.vendored import drawing_script, packed
from vinculos.views.words import text

FOLDER = Path(__file__).parent
OTHER = {"en": "es", "es": "en"}
SCRIPTS = (
    "elements",
    "library",
    "state",
    "language",
    "details",
    "search",
    "legend",
    "time",
    "explore",
    "table",
    "names",
    "picture",
    "export",
    "link",
    "start",
)
"""The files of the page's own script, in the order in which they are joined."""
LIMIT = 10_000


def render(
    network: Network,
    about: About,
    *,
    lang: str,
    other: About | None = None,
    focus: NodeRef | None = None,
    measure: str = "",
) -> str:
    """Return the page of `network` as HTML.

    Args:
        network: what the reader may see; nothing is hidden here.
        about: what the page says of itself.
        lang: `en` or `es`, in which the page begins.
        other: what it says of itself in the other language, if that is not the same.
        focus: the node whose details show first, where it is in the network.
        measure: the name of a measure; sizes and colours show the values that nodes, or ties, hold
            under it.

    Raises:
        UsageError: the network has no nodes or more than `LIMIT`.
    """
    if not network.nodes:
        raise UsageError(
            _("There is no node to draw."),
            _("A view needs a question that returns nodes, relationships or paths."),
        )
    if (count := len(network.nodes)) > LIMIT:
        raise UsageError(text("too_large", lang, n=count, limit=LIMIT), text("way_out", lang))
    entries = describe(network, lang, measure)
    told = {lang: about.cleaned(), OTHER[lang]: (other or about).cleaned()}
    scale = measure_scale(network, measure) if measure else None
    drawing = draw(entries, scale)
    is_coloured = scale is not None and not scale.is_of_ties
    style = static(FOLDER / "page.css")
    shown, words = carried(entries, told, scale)
    scripts = [drawing_script(), own_script()]
    drawing.templateEnv = environment(FOLDER)
    drawing.templateEnv.filters.update(island=island, lines=island_lines)
    drawing.templateEnv.globals.update(
        t=lambda name, **values: text(name, lang, **values),
        lang=lang,
        about=told[lang],
        entries=entries,
        node_rows=node_rows,
        edge_rows=edge_rows,
        source_rows=source_rows,
        legend=[
            (
                look(label)._replace(fill=PAPER) if is_coloured else look(label),
                name[lang == "es"],
                n,
            )
            for label, name, n in entries.types
        ],
        scale=scale.legend(lang) if scale else [],
        sized_by_ties=not is_coloured,
        levels={edge.level for edge in entries.edges},
        any_disputed=any(
            [*(node.disputes for node in entries.nodes), *(tie.disputes for tie in entries.edges)]
        ),
        dated=any([*(node.span for node in entries.nodes), *(tie.span for tie in entries.edges)]),
        any_official=not is_coloured and any(node.is_official for node in entries.nodes),
        style=style,
        library=packed(),
        script=scripts[1],
        policy=policy(style, scripts, images=True),
        words=words,
        details={**shown, "lang": lang, "focus": entries.numbers.get(focus) if focus else None},
    )
    drawing.path = "page.html"
    return str(drawing.generate_html())


def own_script() -> Markup:
    """Return the page's own script: its files joined, in one function."""
    parts = [static(FOLDER / "scripts" / f"{name}.js") for name in SCRIPTS]
    return Markup('"use strict";\n(async () => {\n') + Markup("").join(parts) + Markup("})();\n")
