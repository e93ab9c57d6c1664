"""An embedded engine for a while, with a folder of its own that goes with it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from vinculos.errors import EngineError
from vinculos.graph import embedded, embedded_java
from vinculos.graph.embedded_files import Files
from vinculos.language import cause
from vinculos.language import gettext as _
from vinculos.settings import Settings

IDLE_SECONDS = 60
"""When it stops by itself, should the command be killed."""


@contextmanager
def temporary_engine(settings: Settings) -> Iterator[Settings]:
    """Give settings of an engine of its own, which is stopped and deleted when the block ends.

    It lies in the folder for temporary files of `settings`, readable by the user alone.

    Raises:
        EngineError: the folder cannot be made.
    """
    parent = settings.home.absolute() / "tmp"
    try:
        parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder = tempfile.TemporaryDirectory(prefix="engine-", dir=parent)
    except OSError as error:
        raise EngineError(
            _("{folder} cannot be made: {reason}.").format(folder=parent, reason=cause(error)),
            _("Give another folder with VINCULOS_HOME or --home."),
        ) from error
    with folder as name:
        own = replace(settings, home=Path(name), uri=None, idle_seconds=IDLE_SECONDS)
        embedded_java.share_archive(Files(settings.home), Files(own.home))
        try:
            yield own
        finally:
            embedded.stop(own)
