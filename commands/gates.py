"""The options that limit which facts a question may use, the same for every command."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable
from typing import Any, TypeVar

import click

from vinculos.errors import UsageError
from vinculos.graph.words import CONFIDENCE
from vinculos.language import gettext as _
from vinculos.queries.gates import Gates

R = TypeVar("R")


def gate_options(command: Callable[..., R]) -> Callable[..., R]:
    """Add --as-of, --min-sources and --min-confidence; the command takes them as `gates`."""

    @click.option(
        "--as-of",
        metavar="DAY",
        help="Only what had begun by this day in the world (2026-02-28, today); a status is the "
        "one known on that day, else unknown.",
    )
    @click.option(
        "--min-sources",
        type=click.IntRange(1),
        default=1,
        metavar="N",
        help="Only facts that at least N publishers report; pages that copy one agency are one.",
    )
    @click.option(
        "--min-confidence",
        type=click.Choice(list(CONFIDENCE)),
        help="Only facts that are at least so sure.",
    )
    @functools.wraps(command)
    def wrapped(
        *args: Any, as_of: str | None, min_sources: int, min_confidence: str | None, **options: Any
    ) -> R:
        gates = Gates(_day(as_of), min_sources, min_confidence or "")
        return command(*args, gates=gates, **options)

    return wrapped


def _day(text: str | None) -> datetime.date | None:
    if text is None:
        return None
    from vinculos.queries.parameters import parse_day

    try:
        return parse_day(text, datetime.date.today())
    except ValueError:
        raise UsageError(
            _("--as-of is {text!r}, which is no day.").format(text=text),
            _("Give a day like 2026-02-28, or today."),
        ) from None
