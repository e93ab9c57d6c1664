"""Archives (a ZIP, and the workbooks that are one inside), opened with care for hostile ones."""

from __future__ import annotations

import hashlib
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from vinculos.errors import InputError
from vinculos.graph.counts import fill
from vinculos.language import gettext as _
from vinculos.loaders.rows import label

MEGABYTE = 1 << 20
LARGEST = 4096 * MEGABYTE
"""Most bytes that all members together may unpack to."""
LOADED_WHOLE = 64 * MEGABYTE
"""Most bytes of a part that a library holds in memory."""
RATIO, RATIO_FROM = 200, 50 * MEGABYTE
"""How many times its packed size a member may be, once beyond that many bytes."""
MAX_MEMBERS = 5000
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    KeyError,
)
"""What the zip library raises of broken, encrypted or exotic archives."""


def sha256_of(open_: Callable[[], BinaryIO]) -> str:
    """Return the SHA-256 of a file."""
    digest = hashlib.sha256()
    with open_() as stream:
        while chunk := stream.read(MEGABYTE):
            digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def opened_archive(
    stream: BinaryIO, name: str, *, streamed: Callable[[str], bool]
) -> Iterator[zipfile.ZipFile]:
    """Open an archive whose members do not unpack beyond measure.

    Args:
        stream: its bytes; it can seek.
        name: what it is called in messages.
        streamed: tells which members are read bit by bit, and so may be large.

    Raises:
        InputError: it is no archive, is encrypted, or would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(stream)
    except BROKEN as error:
        raise broken(name) from error
    with archive:
        members = archive.infolist()
        total = sum(member.file_size for member in members)
        for member in members:
            limit = LARGEST if streamed(member.filename) else LOADED_WHOLE
            swollen = member.file_size > RATIO_FROM and (
                member.file_size > RATIO * max(member.compress_size, 1)
            )
            if member.file_size > limit or swollen or total > LARGEST or len(members) > MAX_MEMBERS:
                raise InputError(
                    fill(
                        _(
                            "{file} would unpack to {size:,.0f} MB in {parts:part|parts}; "
                            "nothing was read."
                        ),
                        file=name,
                        size=total / MEGABYTE,
                        parts=len(members),
                    ),
                    _("If it is yours, unpack it and load the folder."),
                )
            if member.flag_bits & 1:
                raise InputError(
                    _("{file} is protected by a password.").format(file=name),
                    _("Save it without one."),
                )
        yield archive


def broken(name: str) -> InputError:
    """Return the error for an archive that cannot be read."""
    return InputError(
        _("{file} is broken, or no such file at all.").format(file=name),
        _("Save or export it again."),
    )


def unpacked(archive: zipfile.ZipFile, member: str, name: str, folder: Path | None) -> BinaryIO:
    """Return a member as a temporary file without a name, which can seek.

    Raises:
        InputError: it is broken, or larger than it says.
    """
    info = archive.getinfo(member)
    file = cast(BinaryIO, tempfile.TemporaryFile(dir=folder))  # noqa: SIM115
    try:
        with archive.open(info) as stream:
            size = 0
            while chunk := stream.read(MEGABYTE):
                size += len(chunk)
                if size > info.file_size:
                    raise broken(label(name))
                file.write(chunk)
    except BROKEN as error:
        file.close()
        raise broken(label(name)) from error
    file.seek(0)
    return file
