"""The help of commands in the language of the command line."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any, TypeVar

import click

from vinculos.language import LANGUAGES, speak
from vinculos.language import gettext as _

C = TypeVar("C", bound=click.Command)
F = TypeVar("F", bound=Callable[..., Any])


def in_words(command: C) -> C:
    """Return a copy of a command, and of those under it, with the help in the language spoken."""
    said = copy.copy(command)
    said.params = [_option_in_words(param) for param in command.params]
    said.help = command.help and _(command.help)
    if isinstance(said, click.Group):
        said.commands = {name: in_words(below) for name, below in said.commands.items()}
    return said


def _option_in_words(param: click.Parameter) -> click.Parameter:
    said = copy.copy(param)
    if isinstance(said, click.Option) and said.help:
        said.help = _(said.help)
    return said


def language_option(command: F) -> F:
    """Add --lang to a command; what goes wrong from there on is said in it, too."""

    def choose(_ctx: click.Context, _param: click.Parameter, lang: str | None) -> str | None:
        if lang:
            speak(lang)
        return lang

    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        is_eager=True,
        callback=choose,
        help="Language: es or en.",
    )(command)
