"""The catalogue of what the program says: collected from the code, merged into each translation.

Run as a program (`make messages`) it brings `locale/*/LC_MESSAGES/vinculos.po` up to date: new
texts come in without a translation, texts that nobody says any more go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from vinculos.cli import COMMANDS, LazyGroup, cli
from vinculos.commands.spoken import NUMBERS, help_text

ROOT = Path(__file__).parent.parent
CATALOGS = sorted(ROOT.glob("locale/*/LC_MESSAGES/vinculos.po"))
KEYWORDS = {"_": None, "ngettext": (1, 2)}
NOT_SAID = ("tests", "benchmarks", "build", "shell_completion.py", "_winconsole.py", "testing.py")


def said() -> Catalog:
    """Return all texts that can be said, by the files that say them."""
    places: defaultdict[str | tuple[str, ...], set[str]] = defaultdict(set)
    for where, text in (*_code_texts(), *help_texts()):
        places[text].add(where)
    catalog = Catalog(project="vinculos", charset="utf-8")
    for text, found in sorted(places.items(), key=lambda item: sorted(item[1])):
        catalog.add(text, locations=[(where, 0) for where in sorted(found)])
    return catalog


def _code_texts() -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """Yield every text of the code, and of click, and the file that says it."""
    for folder in (ROOT, Path(click.__file__).parent):
        for name, _line, text, _comments, _context in extract_from_dir(
            folder,
            [("**.py", "python")],
            keywords=KEYWORDS,
            directory_filter=lambda path: Path(path).name not in (*NOT_SAID, ".venv"),
        ):
            if name not in NOT_SAID:
                yield (name if folder == ROOT else f"click/{name}"), text
    # click looks this up under a name.
    yield "click/core.py", "required"


def help_texts() -> Iterator[tuple[str, str]]:
    """Yield every text of the help, and the file whose command says it."""
    for lazy in COMMANDS.values():
        yield "cli.py", lazy.help
    yield from _help_of("cli.py", cli)
    for name, lazy in COMMANDS.items():
        command = LazyGroup.get_command(cli, click.Context(cli), name)
        assert command
        yield from _help_of(f"commands/{lazy.module}.py", command)


def _help_of(where: str, command: click.Command) -> Iterator[tuple[str, str]]:
    options = (p for p in command.params if isinstance(p, click.Option))
    texts = [help_text(command), *(option.help for option in options)]
    texts += [param.metavar for param in command.params]
    texts += [param.type.name for param in command.params if isinstance(param.type, NUMBERS)]
    yield from ((where, text) for text in texts if text)
    if isinstance(command, click.Group) and not isinstance(command, LazyGroup):
        for below in command.commands.values():
            yield from _help_of(where, below)


def read(path: Path) -> Catalog:
    """Return one translation."""
    with path.open("rb") as file:
        return read_po(file)


def update() -> None:
    """Bring every translation up to date with the code."""
    template = said()
    for path in CATALOGS:
        catalog = read(path)
        template.creation_date = catalog.creation_date
        catalog.update(template, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            write_po(
                file,
                catalog,
                width=100,
                sort_by_file=True,
                include_lineno=False,
                ignore_obsolete=True,
            )


if __name__ == "__main__":
    update()
