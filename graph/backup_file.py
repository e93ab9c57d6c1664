"""What a backup is: one zip with the engine's files and a manifest, written and read in pieces.

The manifest holds a SHA-256 of each file, and the counts of nodes and relationships in all and of
each label and type.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from vinculos.errors import InputError
from vinculos.language import gettext as _

FORMAT = "vinculos-backup/1"
MANIFEST = "manifest.json"
COUNTS = ("nodes", "relationships", "labels", "types")
FINGERPRINT_LENGTH = 32
CHUNK = 1 << 20


@dataclass(frozen=True)
class Contents:
    """What a backup holds: how much, and one hash over all of its files."""

    nodes: int
    relationships: int
    fingerprint: str


def fingerprint(hashes: Mapping[str, str]) -> str:
    """Return one short hash over the names and hashes of all files of a backup."""
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(hashes.items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:FINGERPRINT_LENGTH]


class Outlet:
    """What a zip is written to that goes on elsewhere piece by piece."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.held = bytearray()

    def write(self, data: bytes, /) -> int:
        """Hold `data` until it is taken."""
        self.held += data
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is held is taken as it is."""

    def close(self) -> None:
        """Do nothing: what is held can still be taken."""

    def take(self) -> bytes:
        """Return what is held, and hold it no more."""
        taken = bytes(self.held)
        self.held.clear()
        return taken


class Stream:
    """Pieces of bytes as a file to read."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        """Take the pieces, to be asked for one after the other."""
        self.chunks = chunks
        self.held = bytearray()

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes; none at the end."""
        while size < 0 or len(self.held) < size:
            chunk = next(self.chunks, None)
            if chunk is None:
                break
            self.held += chunk
        end = len(self.held) if size < 0 else size
        taken = bytes(self.held[:end])
        del self.held[:end]
        return taken


def packed(archive: Path, facts: Mapping[str, Any], hashes: dict[str, str]) -> Iterator[bytes]:
    """Give the bytes of a backup: the files of the engine's archive, and a manifest at the end.

    `hashes` is filled with the SHA-256 of each file.
    """
    outlet = Outlet()
    with (
        zipfile.ZipFile(archive) as source,
        zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
    ):
        for name in source.namelist():
            digest = hashlib.sha256()
            with source.open(name) as read, target.open(name, "w", force_zip64=True) as written:
                while chunk := read.read(CHUNK):
                    digest.update(chunk)
                    written.write(chunk)
                    yield outlet.take()
            hashes[name] = digest.hexdigest()
        made = datetime.now(UTC).isoformat(timespec="seconds")
        manifest = {"format": FORMAT, "made": made, **facts, "files": hashes}
        target.writestr(MANIFEST, json.dumps(manifest, indent=1))
    yield outlet.take()


def unpack(file: BinaryIO, path: Path, target: Path) -> tuple[dict[str, Any], str]:
    """Write the files of the backup `file` to the folder `target` and check each.

    `path` is for messages alone. Return the counts that the backup states, and its fingerprint.

    Raises:
        InputError: it is no backup, or a damaged one.
    """
    no_backup = InputError(
        _("{path} is not a backup of Vínculos.").format(path=path),
        _("Give a file that `vinculos db backup` wrote."),
    )
    damaged = InputError(
        _("The backup {path} is damaged.").format(path=path), _("Use another backup.")
    )
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            if manifest["format"] != FORMAT:
                raise no_backup
            hashes = dict(manifest["files"])
            if sorted(archive.namelist()) != sorted([*hashes, MANIFEST]):
                raise damaged
            for name, expected in hashes.items():
                if Path(name).name != name or "\\" in name:
                    raise no_backup
                with archive.open(name) as source, private(target / name) as written:
                    if copied(source, written) != expected:
                        raise damaged
            # A backup of an earlier version states fewer counts.
            counts = {name: manifest[name] for name in COUNTS if name in manifest}
            counts |= {name: int(counts[name]) for name in ("nodes", "relationships")}
            return counts, fingerprint(hashes)
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise no_backup from error
    except (EOFError, NotImplementedError, RuntimeError, zlib.error) as error:
        raise damaged from error


def copied(source: Any, target: BinaryIO) -> str:
    """Copy all bytes from one open file to another, onto the disk; return their SHA-256."""
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
    target.flush()
    os.fsync(target.fileno())
    return digest.hexdigest()


def private(path: Path) -> BinaryIO:
    """Open a new file that is the user's alone from its first byte."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return os.fdopen(os.open(path, flags, 0o600), "w+b")
