"""The language of what the program says while it works: errors, notes, help, problems of rows.

Such a text is written once, in English, as `_("…")` with `from gettext import gettext as _`; what
it is in Spanish stands in `locale/es/LC_MESSAGES/vinculos.po`. Answers, pages and reports carry
both languages and take theirs as an argument.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DOMAIN = "vinculos"
CHOSEN = "LANGUAGE"
"""The variable that gettext, and so click, asks first."""
LANGUAGES = ("es", "en")


def speak(lang: str) -> None:
    """Say everything from now on in `lang`, `es` or `en`."""
    os.environ[CHOSEN] = lang


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Say everything in `lang`, and afterwards what was spoken before."""
    gettext.bindtextdomain(DOMAIN, str(Path(__file__).parent / "locale"))
    before, domain = os.environ.get(CHOSEN), gettext.textdomain(None)
    gettext.textdomain(DOMAIN)
    speak(lang)
    try:
        yield
    finally:
        gettext.textdomain(domain)
        os.environ.pop(CHOSEN)
        if before is not None:
            os.environ[CHOSEN] = before
