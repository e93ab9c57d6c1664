"""Backups of the embedded engine: made while it runs, and checked before they replace its data.

A restore checks the hash of each file, has the engine open them, and counts what is there, before
it lets the old data go.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

import filelock

from vinculos.errors import EngineError, InputError, LockHeld
from vinculos.graph import age, embedded, embedded_files, embedded_http
from vinculos.graph.backup_file import Contents, Stream, fingerprint, packed, private, unpack
from vinculos.graph.embedded_files import DATABASE, UNFINISHED_SUFFIX, Files
from vinculos.graph.lock import graph_lock
from vinculos.graph.store import Store, connect, connect_endpoint
from vinculos.language import cause
from vinculos.language import gettext as _
from vinculos.settings import Settings

ATTEMPTS = 3


def backup(settings: Settings, path: Path, passphrase: str | None = None) -> Contents:
    """Write the whole graph to `path`, readable by the user alone; return what it holds.

    The engine goes on running. The file appears whole or not at all, and where there is a
    `passphrase` only the engine's own archive, in its own folder, is ever written unencrypted.

    Raises:
        InputError: `path` cannot be written.
        EngineError: the engine cannot make a backup.
    """
    files = Files(settings.home.absolute())
    files.make()
    with alone(files), replacing(files, path) as target:
        key = age.Key(passphrase) if passphrase else None
        archive, facts = of_one_moment(settings, files)
        hashes: dict[str, str] = {}
        chunks = packed(archive, facts, hashes)
        try:
            if key:
                age.encrypt(Stream(chunks), target, key)
            else:
                for chunk in chunks:
                    target.write(chunk)
        except (zipfile.BadZipFile, zlib.error) as error:
            raise EngineError(_("The engine's archive is damaged."), _("Try again.")) from error
    return Contents(facts["nodes"], facts["relationships"], fingerprint(hashes))


@contextmanager
def alone(files: Files) -> Iterator[None]:
    """Let one backup be made at a time; before and after it, delete what one has left.

    Raises:
        LockHeld: another is being made.
        EngineUnavailable: the folder cannot be used.
    """
    lock = filelock.FileLock(files.backup_lock)
    try:
        with lock.acquire(timeout=0):
            files.clear_backups()
            try:
                yield
            finally:
                # Where the engine still writes, Windows refuses; the next backup or start tries.
                with suppress(OSError):
                    files.clear_backups()
    except filelock.Timeout as error:
        raise LockHeld(
            _("Another backup is being made."), _("Wait until it has ended, then try again.")
        ) from error
    except OSError as error:
        raise embedded_files.unwritable(files.home, error) from error


@contextmanager
def replacing(files: Files, path: Path) -> Iterator[BinaryIO]:
    """Give a file to write, mode 600; it takes the place of `path` once it is whole and on disk.

    Its own path is noted before, so that it can be deleted even after this process was killed.

    Raises:
        InputError: it cannot be written.
    """
    temporary = path.absolute().with_name(f".{os.getpid()}{UNFINISHED_SUFFIX}")
    embedded_files.write_private(files.unfinished, json.dumps(str(temporary)))
    try:
        temporary.unlink(missing_ok=True)
        with private(temporary) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
        sync_folder(temporary.parent)
    except OSError as error:
        raise InputError(
            _("The backup cannot be written to {path}: {reason}.").format(
                path=path, reason=cause(error)
            ),
            _("Choose a folder that exists, is writable and has room."),
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder outlive a power cut, where the system can do that."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            # Some network and USB file systems refuse; the file itself is on disk.
            with suppress(OSError):
                os.fsync(descriptor)
        finally:
            os.close(descriptor)


def of_one_moment(settings: Settings, files: Files) -> tuple[Path, dict[str, Any]]:
    """Have the engine write its archive while nobody loads; return its path and what it holds."""
    with connect(settings) as store, graph_lock(store):
        for _attempt in range(ATTEMPTS):
            counts = count(store)
            archive = snapshot(store, files)
            if count(store) == counts:
                return archive, {"engine": store.version, **counts}
            archive.unlink(missing_ok=True)
    raise EngineError(
        _("The graph changes all the time."), _("Try again when nobody writes to it.")
    )


def snapshot(store: Store, files: Files) -> Path:
    """Have the engine write its own archive, of one moment; return the path."""
    assert store.endpoint is not None  # noqa: S101 - only the embedded engine comes here
    body = {"language": "sql", "command": "BACKUP DATABASE"}
    seconds = embedded_http.BACKUP_SECONDS
    try:
        reply = embedded_http.post(store.endpoint, "root", f"command/{DATABASE}", body, seconds)
        name = json.loads(reply)["result"][0]["backupFile"]
        archive = files.backups / DATABASE / str(name)
        if not zipfile.is_zipfile(archive):
            raise OSError(_("its archive is not whole"))
        return archive
    except (OSError, ValueError, LookupError) as error:
        raise EngineError(
            _("The engine could not make a backup: {reason}.").format(
                reason=embedded_http.cause(error)
            ),
            _("Make room on the disk of {folder}, then try again.").format(folder=files.home),
        ) from error


def count(store: Store) -> dict[str, Any]:
    """Return how many nodes and relationships there are, in all and of each kind.

    The lock on the graph is none.
    """
    nodes = store.read("MATCH (n) WHERE NOT n:Lock RETURN count(n) AS n").rows[0]["n"]
    labels = "MATCH (n) WHERE NOT n:Lock UNWIND labels(n) AS kind RETURN kind, count(*) AS n"
    types = "MATCH ()-[r]->() RETURN type(r) AS kind, count(*) AS n"
    counted = {row["kind"]: row["n"] for row in store.read(types).rows}
    return {
        "nodes": nodes,
        "relationships": sum(counted.values()),
        "labels": {row["kind"]: row["n"] for row in store.read(labels).rows},
        "types": counted,
    }


def restore(settings: Settings, path: Path, passphrase: str | None = None) -> Contents:
    """Replace the graph by that of the backup `path`; return what it holds.

    The old data stays until the new has been checked, and after any failure.

    Raises:
        InputError: `path` is no backup, a damaged one, or one that `passphrase` does not open.
        EngineUnavailable: the data cannot be written or opened.
    """
    files = Files(settings.home.absolute())
    files.make()
    with embedded.locked(files):
        shutil.rmtree(files.incoming, ignore_errors=True)
        try:
            target = files.incoming / DATABASE
            files.incoming.mkdir(mode=0o700)
            target.mkdir(mode=0o700)
            with opened(path) as file, decrypted(file, path, files, passphrase) as plain:
                counts, mark = unpack(plain, path, target)
            embedded.halt(files)
            with replaced(files):
                check_opens(settings, files, path, counts)
        except OSError as error:
            raise embedded_files.unwritable(files.home, error) from error
        finally:
            shutil.rmtree(files.incoming, ignore_errors=True)
    return Contents(counts["nodes"], counts["relationships"], mark)


def is_encrypted(path: Path) -> bool:
    """Tell whether a backup can be restored only with its passphrase.

    Raises:
        InputError: the file cannot be read.
    """
    with opened(path) as file:
        return age.is_encrypted(file)


@contextmanager
def decrypted(
    file: BinaryIO, path: Path, files: Files, passphrase: str | None
) -> Iterator[BinaryIO]:
    """Give the backup as it was before it was encrypted, if it was.

    It is written beside the data of the engine, to a file that has no name where the system allows
    that, so that it is gone with this process.

    Raises:
        InputError: it is encrypted, and `passphrase` does not open it.
    """
    if not age.is_encrypted(file):
        yield file
        return
    if passphrase is None:
        raise InputError(_("{path} is encrypted.").format(path=path), _("Give its passphrase."))
    with tempfile.TemporaryFile(dir=files.incoming) as plain:
        age.decrypt(file, plain, passphrase, path)
        plain.seek(0)
        yield plain


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open the backup to read.

    Raises:
        InputError: it cannot be read.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(
            _("{path} cannot be read: {reason}.").format(path=path, reason=cause(error)),
            _("Check the path of the backup."),
        ) from error
    with file:
        yield file


@contextmanager
def replaced(files: Files) -> Iterator[None]:
    """Put the incoming data in place; put the old back if the block fails."""
    files.settle()
    if files.databases.exists():
        files.databases.rename(files.outgoing)
    try:
        files.incoming.rename(files.databases)
        yield
    except BaseException:
        embedded.halt(files)
        shutil.rmtree(files.databases, ignore_errors=True)
        files.settle()
        raise
    shutil.rmtree(files.outgoing, ignore_errors=True)


def check_opens(settings: Settings, files: Files, path: Path, counts: dict[str, Any]) -> None:
    """Start the engine on the new data and count what is there."""
    endpoint = embedded.started(files, settings.idle_seconds)
    with connect_endpoint(endpoint) as store:
        found = count(store)
        if any(found[name] != counted for name, counted in counts.items()):
            raise InputError(
                _(
                    "The backup {path} opens, but holds another number of nodes or relationships "
                    "than it says."
                ).format(path=path),
                _("Use another backup."),
            )
        # The backup was made while its maker held the lock.
        store.write("MATCH (l:Lock) SET l.holder = '', l.until = 0")
