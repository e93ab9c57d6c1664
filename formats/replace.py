"""Files that are whole or untouched, whatever happens while they are written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from vinculos.errors import UsageError
from vinculos.language import cause
from vinculos.language import gettext as _


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to that takes the place of `path` when the block ends well.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        if path.exists() and not path.is_file():
            # A device or a named pipe cannot be replaced, only written to.
            with path.open("wb") as out:
                yield out
            return
        with _replacing(path.resolve()) as out:
            yield out
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(path, error, _("Choose another file.")) from None


def unwritable(path: Path, error: OSError, hint: str) -> UsageError:
    """Return the error of a file or folder that cannot be written, with the way out in `hint`."""
    said = _("{path} cannot be written: {cause}.")
    return UsageError(said.format(path=path, cause=cause(error)), hint)


def unwritable_folder(folder: Path, error: OSError) -> UsageError:
    """Return the error of a folder that cannot be written."""
    return unwritable(folder, error, _("Choose another folder."))


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as temporary:
            yield temporary
            temporary.flush()
            os.fsync(temporary.fileno())
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
