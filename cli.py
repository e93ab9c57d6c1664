"""The command line: `vinculos`."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import FrameType
from typing import Any, NamedTuple

import click

from vinculos.commands.spoken import asked_language, in_words, language_option
from vinculos.errors import VinculosError
from vinculos.language import gettext, speaking
from vinculos.language import gettext as _
from vinculos.settings import environment_language, read_settings

PATIENCE_SECONDS = 2.0
"""How long tidying up may take after Ctrl-C."""
GARBAGE = (5_000_000, 50, 100)
"""Objects made until cycles are looked for: an answer is many objects in use, and no cycles."""


class Lazy(NamedTuple):
    """A command, imported when it is called: its module, its name there, its help in one line."""

    module: str
    name: str
    help: str


COMMANDS: Mapping[str, Lazy] = {
    "demo": Lazy("demo", "demo", "See it work: load the starter data, ask, draw."),
    "template": Lazy("load", "template", "Write empty input files with a data dictionary."),
    "load": Lazy("load", "load", "Load a case folder, or some of its files."),
    "map": Lazy("map", "write_map", "Write a first mapping for a file of any shape."),
    "status": Lazy("load", "status", "Say what is in the graph, and from which loads."),
    "find": Lazy("find", "find", "Find people, places, bodies, sources by name."),
    "show": Lazy("show", "show", "Show one of them: facts, ties, sources, disputes."),
    "queries": Lazy("query", "queries", "List the saved questions, or describe one."),
    "query": Lazy("query", "query", "Ask a saved question, or any Cypher."),
    "analyze": Lazy("analyze", "analyze", "Measure a network: who is central, which groups."),
    "view": Lazy("view", "view", "Draw a network as one HTML page."),
    "report": Lazy("report", "report", "Run a scripted report, and write it as a document."),
    "export": Lazy("export", "export", "Write the graph for other tools: Gephi, Neo4j, scripts."),
    "diff": Lazy("diff", "diff", "Say what has changed between two states of the data."),
    "why": Lazy("history", "why", "Trace a value or a tie to claims, rows, files, sources."),
    "history": Lazy("history", "history", "List loads and decisions: who, when, why."),
    "correct": Lazy("evidence", "correct", "Set a field by hand, with a source."),
    "retract": Lazy("evidence", "retract", "Take back a source or a claim."),
    "unretract": Lazy("evidence", "unretract", "Let it stand again."),
    "protect": Lazy("evidence", "protect", "Leave a person out of all that is for the public."),
    "restrict": Lazy("evidence", "restrict", "Never name a source to the public."),
    "decide": Lazy("evidence", "decide", "Take over decisions from a file."),
    "duplicates": Lazy("duplicates", "duplicates", "List people who may be one, and why."),
    "review": Lazy("review", "review", "Decide pair by pair who is one; share the decisions."),
    "same": Lazy("same", "same", "Decide that two people are one."),
    "different": Lazy("same", "different", "Decide that two people are not one."),
    "unload": Lazy("evidence", "unload", "Take a dataset out of the graph."),
    "schema": Lazy("schema", "schema", "Print what the graph is made of."),
    "db": Lazy("db", "db", "Start, stop, back up, restore the embedded engine."),
    "doctor": Lazy("doctor", "doctor", "Check the installation, and say what to do."),
}


class LazyGroup(click.Group):
    """A group that imports a command only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all commands, in the order in which one meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, imported now, or None where there is none of that name."""
        lazy = COMMANDS.get(cmd_name)
        if lazy is None:
            return None
        module = importlib.import_module(f"vinculos.commands.{lazy.module}")
        command: click.Command = getattr(module, lazy.name)
        return in_words(command)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that `args` name; a wrong name is answered with the nearest."""
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            from rapidfuzz import process

            near = process.extractOne(args[0], list(COMMANDS), score_cutoff=60)
            said = _("There is no command {name!r}. Did you mean {near}?")
            if not near:
                said = _("There is no command {name!r}. See vinculos --help")
            ctx.fail(said.format(name=args[0], near=near and near[0]))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, gettext(lazy.help)) for name, lazy in COMMANDS.items()])

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help in the language of the command line."""
        super(LazyGroup, in_words(self)).format_help(ctx, formatter)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line on usage in the language of the command line."""
        super(LazyGroup, in_words(self)).format_usage(ctx, formatter)

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Read the words of the command line; a reader who left early is no error."""
        with closed_pipe_is_the_end():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a reader who left early is no error."""
        with closed_pipe_is_the_end():
            return super().invoke(ctx)


@contextmanager
def closed_pipe_is_the_end() -> Iterator[None]:
    """End quietly where the reader of standard output has closed it (`| head`)."""
    try:
        yield
    except BrokenPipeError:
        silence()
        raise click.exceptions.Exit(0) from None


def silence() -> None:
    """Send what is still to be written nowhere, so that the interpreter does not complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", metavar="DIR", help="Folder of the embedded engine (VINCULOS_HOME).")
@click.option("--uri", metavar="URI", help="A Neo4j server, like bolt://host:7687 (NEO4J_URI).")
@click.option("--username", metavar="NAME", help="Its user (NEO4J_USERNAME).")
@click.option("--database", metavar="NAME", help="Its database (NEO4J_DATABASE).")
@language_option
@click.version_option(package_name="vinculos", prog_name="vinculos")
@click.pass_context
def cli(
    ctx: click.Context,
    /,
    home: str | None,
    uri: str | None,
    username: str | None,
    database: str | None,
    lang: str | None,
) -> None:
    """Explore ties between detainees, relatives, officials and charges, source by source.

    Without --uri or NEO4J_URI the graph is kept by an embedded engine on this computer. The
    password of a server comes from NEO4J_PASSWORD alone, or is asked for.

    \b
    Begin with:
      vinculos demo
      vinculos load FOLDER
      vinculos queries
    """  # noqa: D301 - click wants the character itself
    ctx.obj = read_settings(home=home, uri=uri, username=username, database=database, lang=lang)


def run() -> None:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(*GARBAGE)
    signal.signal(signal.SIGINT, interrupt)
    sys.exit(main())


def main(args: Sequence[str] | None = None) -> int:
    """Run one command line and return its exit code.

    0 ok, 1 problems in the input, 2 wrong usage, 3 engine not reachable, 130 interrupted. Any
    error that is not ours is a bug and keeps its traceback.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    words = sys.argv[1:] if args is None else args
    with speaking(asked_language(words, environment_language(os.environ))):
        return run_words(words)


def run_words(args: Sequence[str]) -> int:
    """Run one command line, in the language spoken, and return its exit code."""
    try:
        code = cli.main(args, prog_name="vinculos", standalone_mode=False)
        sys.stdout.flush()
    except VinculosError as error:
        return fail(str(error.message), error.hint, error.exit_code)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(_("Interrupted."), err=True)
        return 130
    except BrokenPipeError:
        silence()
        return 0
    return code if isinstance(code, int) else 0


def interrupt(number: int, frame: FrameType | None) -> None:
    """End the command; at once where tidying up would have to wait for the database.

    Raises:
        KeyboardInterrupt: always.
    """
    leaving = threading.Timer(PATIENCE_SECONDS, leave)
    leaving.daemon = True
    leaving.start()
    raise KeyboardInterrupt


def leave() -> None:
    """End the process without waiting for anything."""
    sys.stderr.write(_("Interrupted.") + "\n")
    sys.stderr.flush()
    os._exit(130)


def fail(message: str, hint: str, code: int) -> int:
    """Say on standard error what happened and what to do; return `code`."""
    from vinculos.formats.cells import clean

    click.echo(_("Error: {message}").format(message=clean(message)), err=True)
    if hint:
        click.echo(clean(hint), err=True)
    return code


if __name__ == "__main__":
    run()
