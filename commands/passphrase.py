"""Passphrases: from `VINCULOS_PASSPHRASE`, else asked for; never on a command line."""

from __future__ import annotations

import sys
import unicodedata

import click

from vinculos.errors import UsageError
from vinculos.settings import PASSPHRASE, read_passphrase

SHORTEST = 12


def new_passphrase() -> str:
    """Return a passphrase to encrypt by; on the terminal it is asked for twice.

    Raises:
        UsageError: it is empty or too short.
    """
    found = given("New passphrase", confirm=True)
    if len(found.strip()) < SHORTEST:
        raise UsageError(
            f"The passphrase is {'too short' if found.strip() else 'empty'}.",
            f"Take {SHORTEST} characters or more; five or six words drawn at random are better.",
        )
    return found


def known_passphrase() -> str:
    """Return the passphrase of a file that is encrypted.

    Raises:
        UsageError: it is empty.
    """
    found = given("Passphrase", confirm=False)
    if not found:
        raise UsageError("The passphrase is empty.", "Give the one that the file was encrypted by.")
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
                "A passphrase is needed, and there is no terminal to ask for it.",
                f"Set {PASSPHRASE} in the environment.",
            )
        found = click.prompt(
            words,
            default="",
            hide_input=True,
            show_default=False,
            confirmation_prompt="The same again" if confirm else False,
            err=True,
        )
    try:
        found.encode()
    except UnicodeEncodeError as error:
        raise UsageError("The passphrase is not text in UTF-8.", "Choose another.") from error
    return unicodedata.normalize("NFC", found)
