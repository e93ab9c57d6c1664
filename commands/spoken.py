"""The help of commands in the language of the command line."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable, Sequence
from itertools import takewhile, zip_longest
from typing import Any, TypeVar

import click

from vinculos.language import LANGUAGES, gettext
from vinculos.language import gettext as _

C = TypeVar("C", bound=click.Command)
F = TypeVar("F", bound=Callable[..., Any])

LANG = "--lang"
AGREED = ("y", "yes", "s", "si", "sí")
"""Answers that say yes, in any language: who reads one may type another."""
NUMBERS = (click.IntRange, click.FloatRange)
"""Types whose name is in the error that refuses a value, and that click does not translate."""


def in_words(command: C) -> C:
    """Return a copy of a command, and of those under it, with the help in the language spoken."""
    said = copy.copy(command)
    # click keeps the option --help, in the language in which it was first asked for.
    said._help_option = None
    said.params = [_param_in_words(param) for param in command.params]
    said.help = gettext(prose) if (prose := help_text(command)) else command.help
    said.options_metavar = _("[OPTIONS]")
    if isinstance(said, click.Group):
        said.subcommand_metavar = _("COMMAND [ARGS]...")
        said.commands = {name: in_words(below) for name, below in said.commands.items()}
    return said


def help_text(command: click.Command) -> str:
    """Return the help of a command as the catalogue has it: without the code's indentation."""
    return inspect.cleandoc(command.help or "")


def _param_in_words(param: click.Parameter) -> click.Parameter:
    said = copy.copy(param)
    if isinstance(said, click.Option) and said.help:
        said.help = gettext(said.help)
    if said.metavar:
        said.metavar = gettext(said.metavar)
    if isinstance(said.type, NUMBERS):
        said.type = copy.copy(said.type)
        said.type.name = gettext(said.type.name)
    return said


def make_sure(question: str) -> None:
    """Ask on the terminal before something is deleted; any answer but yes ends the command.

    Raises:
        click.Abort: the answer is another, or nobody can be asked.
    """
    answers = _("y/N")
    asked = f"{question} [{answers}]"
    answer = click.prompt(asked, default="", show_default=False, err=True)
    if answer.strip().casefold() not in AGREED:
        raise click.Abort


def language_option(command: F) -> F:
    """Add --lang to a command; `asked_language` has heard it before."""
    return click.option(LANG, type=click.Choice(LANGUAGES), help="Language: es or en.")(command)


def asked_language(words: Sequence[str], otherwise: str) -> str:
    """Return the language that the words of a command line ask for, the last one if several.

    click reads them one by one and stops at a mistake, which is to be said in that language, too.

    Args:
        words: the words after `vinculos`.
        otherwise: what to return where they ask for none that there is.
    """
    options = list(takewhile(lambda word: word != "--", words))
    asked = otherwise
    for word, after in zip_longest(options, options[1:], fillvalue=""):
        name, equals, value = word.partition("=")
        if name == LANG and (lang := value if equals else after) in LANGUAGES:
            asked = lang
    return asked
