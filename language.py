"""The language of what the program says while it works: errors, notes, help, problems of rows.

Such a text is written once, in English, as `_("…")` with `from vinculos.language import gettext as
_`; what it is in Spanish stands in `locale/es/LC_MESSAGES/vinculos.po`. Answers, pages and reports
carry both languages and take theirs as an argument.
"""

from __future__ import annotations

import errno
import gettext as catalogs
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DOMAIN = "vinculos"
CHOSEN = "LANGUAGE"
"""The variable that gettext, and so click, asks first."""
LANGUAGES = ("es", "en")
_FOLDER = str(Path(__file__).parent / "locale")
_SILENT = ("en", catalogs.NullTranslations())
_spoken: tuple[str, catalogs.NullTranslations] = _SILENT


def gettext(text: str) -> str:
    """Return a text in the language spoken.

    The standard library's own looks for its files at every call, too slow for what is said of rows.
    """
    return _spoken[1].gettext(text)


def spoken() -> str:
    """Return the language spoken, `es` or `en`: for texts that carry both."""
    return _spoken[0]


def speak(lang: str) -> None:
    """Say everything from now on in `lang`, `es` or `en`."""
    global _spoken
    os.environ[CHOSEN] = lang
    _spoken = lang, catalogs.translation(DOMAIN, _FOLDER, [lang], fallback=True)


@contextmanager
def speaking(lang: str) -> Iterator[None]:
    """Say everything in `lang`, and afterwards what was spoken before."""
    global _spoken
    catalogs.bindtextdomain(DOMAIN, _FOLDER)
    before, domain, spoken_before = os.environ.get(CHOSEN), catalogs.textdomain(None), _spoken
    catalogs.textdomain(DOMAIN)
    speak(lang)
    try:
        yield
    finally:
        _spoken = spoken_before
        catalogs.textdomain(domain)
        os.environ.pop(CHOSEN)
        if before is not None:
            os.environ[CHOSEN] = before


def cause(error: OSError) -> str:
    """Return why the system refused something, in the language spoken."""
    _ = gettext
    said = {
        errno.EACCES: _("Permission denied"),
        errno.EPERM: _("Operation not permitted"),
        errno.ENOENT: _("No such file or directory"),
        errno.EEXIST: _("File exists"),
        errno.ENOTDIR: _("Not a directory"),
        errno.EISDIR: _("Is a directory"),
        errno.ENOTEMPTY: _("Directory not empty"),
        errno.ENAMETOOLONG: _("File name too long"),
        errno.ENOSPC: _("No space left on device"),
        errno.EROFS: _("Read-only file system"),
        errno.EIO: _("Input/output error"),
        errno.EMFILE: _("Too many open files"),
    }
    return said.get(error.errno or 0) or error.strerror or str(error)
