"""An open graph for a command."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from vinculos.commands.output import note
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.graph.store import Store

UNFINISHED = {
    "en": "A load of {} did not finish: answers may miss facts. Run that load again.",
    "es": "Una carga de {} no terminó: a las respuestas pueden faltarles hechos. Repita esa carga.",
}


@contextmanager
def open_store(settings: Settings) -> Iterator[Store]:
    """Give the graph of `settings`; ask for a server's password where none is set and one can ask.

    Raises:
        EngineUnavailable: the engine is not reachable, or refuses the user.
    """
    from vinculos.graph.store import connect

    if settings.uri and not settings.password and sys.stdin.isatty():
        asked = click.prompt("Password", default="", hide_input=True, show_default=False, err=True)
        settings = replace(settings, password=asked)
    with connect(settings) as store:
        yield store


def warn_unfinished(store: Store, lang: str) -> None:
    """Say on standard error which datasets a load left unfinished."""
    rows = store.read(
        "MATCH (l:Load) WHERE l.complete = false RETURN DISTINCT l.dataset AS dataset"
    ).rows
    if rows:
        note(UNFINISHED[lang].format(", ".join(sorted(str(row["dataset"]) for row in rows))))
