"""Writing a network as a page: what `view` and `analyze` have in common."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from vinculos.commands.about import answer_facts, shown
from vinculos.commands.output import note, write_file
from vinculos.errors import UsageError

if TYPE_CHECKING:
    from vinculos.formats.table import Fact
    from vinculos.graph.network import Network
    from vinculos.graph.records import NodeRef
    from vinculos.graph.store import Store

WRITTEN = {"en": "{}: {} nodes, {} ties.", "es": "{}: {} nodos, {} vínculos."}


def write_page(
    store: Store,
    network: Network,
    file: Path,
    *,
    title: str,
    facts: Iterable[Fact],
    audience: str,
    lang: str,
    focus: NodeRef | None = None,
    measure: str = "",
) -> None:
    """Write `network` as a page, as the audience may see it, and say what was written and hidden.

    Args:
        store: the graph, which says what is withheld, who is held and the sources.
        network: what is drawn, not yet redacted.
        file: the page; an earlier one of that name is replaced.
        title: the heading.
        facts: what was asked, for the foot.
        audience: `public` or `internal`.
        lang: `en` or `es`.
        focus: the node whose details show first.
        measure: the measure whose values nodes or ties hold, where sizes and colours show one.

    Raises:
        UsageError: there is nothing to draw, or too much, or the file cannot be written.
        EngineError: the graph cannot be read.
        VinculosError: something withheld is in the page; nothing is written.
    """
    from vinculos.formats.seal import check
    from vinculos.graph.around import with_held
    from vinculos.graph.citations import with_sources
    from vinculos.graph.redact import load_withheld
    from vinculos.graph.redact import network as redacted
    from vinculos.views.view import render, size_warning

    _refuse_empty(network, "The answer holds no node to draw.")
    note(size_warning(network, lang))
    withheld = load_withheld(store, audience, lang)
    kept, hidden = redacted(with_sources(store, with_held(store, network)), withheld)
    _refuse_empty(kept, f"Nothing of the answer may be shown to the audience {audience}.")
    foot = answer_facts(store, facts, withheld, lang, hidden=bool(hidden))
    heading = shown(title, withheld, lang)
    html = render(kept, title=heading, lang=lang, footer=foot, focus=focus, measure=measure)
    page = html.encode()
    check(page, withheld, file.name)
    write_file(file, page)
    note(hidden.sentence(lang))
    note(WRITTEN[lang].format(file, len(kept.nodes), len(kept.edges)))


def _refuse_empty(network: Network, message: str) -> None:
    if not network.nodes:
        raise UsageError(
            message, "A page needs nodes, relationships or paths: RETURN them, not their fields."
        )
