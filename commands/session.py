"""An open graph for a command."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from vinculos.commands.output import note
from vinculos.language import gettext as _
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.graph.store import Store

R = TypeVar("R")

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
        asked = click.prompt(
            _("Password"), default="", hide_input=True, show_default=False, err=True
        )
        settings = replace(settings, password=asked)
    with connect(settings) as store:
        yield store


def query_folders(command: Callable[..., R]) -> Callable[..., R]:
    """Add --queries, more folders of saved questions, to the settings of a command."""

    @click.option(
        "--queries",
        "folders",
        multiple=True,
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="A folder with questions of your own, beside those of VINCULOS_QUERIES; repeatable.",
    )
    @functools.wraps(command)
    def wrapped(*args: Any, folders: tuple[Path, ...], **options: Any) -> R:
        context = click.get_current_context()
        settings: Settings = context.obj
        context.obj = replace(settings, queries=(*settings.queries, *folders))
        return command(*args, **options)

    return wrapped


def warn_unfinished(store: Store, lang: str) -> None:
    """Say on standard error which datasets a load left unfinished."""
    rows = store.read(
        "MATCH (l:Load) WHERE l.complete = false RETURN DISTINCT l.dataset AS dataset"
    ).rows
    if rows:
        note(UNFINISHED[lang].format(", ".join(sorted(str(row["dataset"]) for row in rows))))
