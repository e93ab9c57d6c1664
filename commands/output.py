"""Where answers go: one set of options for all commands, and the gate before every output."""

from __future__ import annotations

import functools
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import click
from click.core import ParameterSource

from vinculos.commands.spoken import language_option
from vinculos.errors import UsageError
from vinculos.formats.replace import replacing
from vinculos.language import gettext as _
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.formats.table import Fact
    from vinculos.graph.audience import Audience
    from vinculos.graph.store import Store
    from vinculos.graph.withheld import Withheld
    from vinculos.queries.library import Column

P = ParamSpec("P")
R = TypeVar("R")

TABLE_FORMATS = ("table", "csv", "json", "jsonl", "md", "xlsx", "html")
BINARY_FORMATS = ("docx", "xlsx")
"""What no terminal can show."""
PLAIN = "txt"
"""The ending of a file that says nothing of its format."""
PUBLIC, INTERNAL = "public", "internal"


@dataclass(frozen=True)
class Output:
    """How and where one command writes its answer; `file` is None for standard output."""

    format: str
    file: Path | None
    audience: Audience
    lang: str

    def emit(
        self,
        store: Store | None,
        keys: Sequence[str],
        rows: Iterable[Mapping[str, Any]],
        columns: Mapping[str, Column] | None = None,
        *,
        title: str = "",
        about: Iterable[Fact] = (),
        withheld: Withheld | None = None,
    ) -> int:
        """Write rows in the format chosen, as the audience may see them; return how many.

        Args:
            store: the graph, which says what is withheld; None where none was asked, and
                `withheld` says it.
            keys: the columns, in order.
            rows: what they hold.
            columns: what is declared of them.
            title: the heading of a document; without one, the command's name.
            about: what was asked, for the foot of a document.
            withheld: what is withheld, where it was read before.

        Raises:
            UsageError: the file cannot be written.
            EngineError: what is withheld cannot be read from the graph.
        """
        from vinculos.commands.about import answer_facts, shown
        from vinculos.formats.table import Table
        from vinculos.formats.write import FORMATS
        from vinculos.graph import redact

        if withheld is None:
            assert store is not None  # noqa: S101 - one of the two is given
            withheld = self.withheld(store)
        kept, hidden = redact.rows(map(dict, rows), withheld)
        width = shutil.get_terminal_size().columns if self.to_terminal else None
        heading = shown(title, withheld, self.lang) or click.get_current_context().command_path
        facts = answer_facts(store, about, withheld, self.lang, hidden=bool(hidden))
        table = Table(keys, columns or {}, kept, self.lang, width, heading, facts)
        self.write(FORMATS[self.format](table), withheld)
        note(hidden.sentence(self.lang))
        return len(kept)

    @property
    def to_terminal(self) -> bool:
        """Whether a person at a terminal reads what is written."""
        return self.file is None and is_terminal()

    def withheld(self, store: Store) -> Withheld:
        """Return what the audience may not see of the graph."""
        from vinculos.graph.redact import load_withheld

        return load_withheld(store, self.audience, self.lang)

    def write(self, content: str | bytes, withheld: Withheld | None = None) -> None:
        """Write `content` to standard output, or to the file, whole or not at all.

        Args:
            content: the finished text or bytes.
            withheld: what must not be in it; None where it holds nothing of the graph.

        Raises:
            UsageError: the file cannot be written.
            VinculosError: something withheld is in it; nothing is written.
        """
        data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
        if withheld:
            from vinculos.formats.seal import check

            check(data, withheld, self.file.name if self.file else "")
        if self.file is None and isinstance(content, str):
            sys.stdout.write(content)
            sys.stdout.flush()
            return
        if self.file is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            write_file(self.file, data)


def output_options(
    formats: Sequence[str] = TABLE_FORMATS,
) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Return a decorator that adds --format, --output, --audience and --lang to a command.

    The command takes them as one argument, `output`. The first of `formats` is the default.
    """

    def decorate(command: Callable[..., R]) -> Callable[..., R]:
        @click.option(
            "--format",
            "-f",
            "format_",
            type=click.Choice(formats),
            default=formats[0],
            show_default=True,
            help="Form of the answer; where not given, the ending of --output decides.",
        )
        @click.option(
            "--output",
            "-o",
            "file",
            type=click.Path(path_type=Path, dir_okay=False),
            metavar="FILE",
            help="Write to this file instead of standard output.",
        )
        @audience_option(None, "internal on a terminal, public in a file or a pipe")
        @language_option
        @functools.wraps(command)
        def wrapped(
            *args: Any,
            format_: str,
            file: Path | None,
            audience: Audience | None,
            lang: str | None,
            **options: Any,
        ) -> R:
            if str(file) == "-":
                file = None
            context = click.get_current_context()
            settings: Settings = context.obj
            if lang:
                context.obj = settings = replace(settings, lang=lang)
            if file and context.get_parameter_source("format_") is not ParameterSource.COMMANDLINE:
                named = file.suffix.removeprefix(".").lower()
                if named and named not in (*formats, PLAIN):
                    raise UsageError(
                        _("{file}: no format of this answer is called {name}.").format(
                            file=file, name=named
                        ),
                        _("Use one of these endings, or say --format: {names}.").format(
                            names=", ".join(formats)
                        ),
                    )
                format_ = named if named in formats else format_
            if format_ in BINARY_FORMATS and file is None and is_terminal():
                raise UsageError(
                    _("A terminal cannot show {format}.").format(format=format_),
                    _("Name a file: -o answer.{format}").format(format=format_),
                )
            chosen = audience or default_audience(file)
            return command(*args, output=Output(format_, file, chosen, settings.lang), **options)

        return wrapped

    return decorate


def _audience(
    context: click.Context, option: click.Parameter, given: str | None
) -> Audience | None:
    """Return the audience that a word or the path of a profile stands for, None where none does."""
    from vinculos.redaction.profile import get_audience

    return None if given is None else get_audience(given)


def audience_option(
    default: str | None, said: str
) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Return a decorator that adds --audience to a command.

    Args:
        default: the audience where none is given; None where the command decides.
        said: what the help says of the default.
    """
    return click.option(
        "--audience",
        callback=_audience,
        default=default,
        metavar="public|partner|internal|FILE.yaml",
        help="Who will read it, by a redaction profile: who and what is left out, called by a "
        f"pseudonym or made coarser.  [default: {said}]",
    )


def default_audience(file: Path | None) -> Audience:
    """Return `internal` for a terminal; a file or a pipe may end up anywhere: `public`."""
    from vinculos.redaction.profile import get_audience

    return get_audience(INTERNAL if file is None and is_terminal() else PUBLIC)


def is_terminal() -> bool:
    """Return whether standard output is a terminal."""
    return sys.stdout.isatty()


def note(text: str) -> None:
    """Say `text` on standard error, where it disturbs no data; say nothing if it is empty."""
    if text:
        from vinculos.formats.cells import clean

        click.echo(clean(text), err=True)


def write_file(path: Path, content: bytes) -> None:
    """Write `content` to `path` so that the file is whole or untouched, whatever happens.

    Raises:
        UsageError: the file cannot be written.
    """
    with replacing(path) as out:
        out.write(content)
