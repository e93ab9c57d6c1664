"""Passphrases: from `VINCULOS_PASSPHRASE`, else asked for; never on a command line."""

from __future__ import annotations

import sys
import unicodedata

import click

from vinculos.errors import UsageError
from vinculos.language import gettext as _
from vinculos.settings import PASSPHRASE, read_passphrase

SHORTEST = 12


def new_passphrase() -> str:
    """Return a passphrase to encrypt by; on the terminal it is asked for twice.

    Raises:
        UsageError: it is empty or too short.
    """
    found = given(_("New passphrase"), confirm=True)
    if len(found.strip()) < SHORTEST:
        short = _("The passphrase is too short.")
        raise UsageError(
            short if found.strip() else _("The passphrase is empty."),
            _("Take {n} characters or more; five or six words drawn at random are better.").format(
                n=SHORTEST
            ),
        )
    return found


def known_passphrase() -> str:
    """Return the passphrase of a file that is encrypted.

    Raises:
        UsageError: it is empty.
    """
    found = given(_("Passphrase"), confirm=False)
    if not found:
        raise UsageError(
            _("The passphrase is empty."), _("Give the one that the file was encrypted by.")
        )
    return found


def given(words: str, *, confirm: bool) -> str:
    """Return what the environment or the terminal gives, with letters composed in one way.

    Raises:
        UsageError: there is no terminal to ask on, or what was given is no text.
    """
    found = read_passphrase()
    if found is None:
        if not sys.stdin.isatty():
            raise UsageError(
                _("A passphrase is needed, and there is no terminal to ask for it."),
                _("Set {name} in the environment.").format(name=PASSPHRASE),
            )
        found = click.prompt(
            words,
            default="",
            hide_input=True,
            show_default=False,
            confirmation_prompt=_("The same again") if confirm else False,
            err=True,
        )
    try:
        found.encode()
    except UnicodeEncodeError as error:
        raise UsageError(_("The passphrase is not text in UTF-8."), _("Choose another.")) from error
    return unicodedata.normalize("NFC", found)
