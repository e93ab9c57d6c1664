"""Backups of the embedded engine: one zip with the database's files and a manifest.

The manifest holds a SHA-256 of each file and the counts of nodes and relationships; a restore
checks both before it lets the old data go.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from vinculos.errors import EngineError, InputError
from vinculos.graph import embedded, embedded_files, embedded_http
from vinculos.graph.embedded_files import DATABASE, Files
from vinculos.graph.lock import graph_lock
from vinculos.graph.store import Store, connect, connect_endpoint
from vinculos.settings import Settings

FORMAT = "vinculos-backup/1"
MANIFEST = "manifest.json"
ATTEMPTS = 3
CHUNK = 1 << 20


def backup(settings: Settings, path: Path) -> dict[str, int]:
    """Write the whole graph to `path`, readable by the user alone; return what it holds.

    The engine goes on running. The file appears whole or not at all.

    Raises:
        InputError: `path` cannot be written.
        EngineError: the engine cannot make a backup.
    """
    files = Files(settings.home.absolute())
    with connect(settings) as store, graph_lock(store):
        for _ in range(ATTEMPTS):
            counts = count(store)
            archive = snapshot(store, files)
            try:
                if count(store) == counts:
                    rewrite(archive, path, {"engine": store.version, **counts})
                    return counts
            finally:
                archive.unlink(missing_ok=True)
    raise EngineError("The graph changes all the time.", "Try again when nobody writes to it.")


def snapshot(store: Store, files: Files) -> Path:
    """Have the engine write its own archive, of one moment; return the path."""
    assert store.endpoint is not None  # noqa: S101 - only the embedded engine comes here
    body = {"language": "sql", "command": "BACKUP DATABASE"}
    try:
        reply = embedded_http.post(store.endpoint, "root", f"command/{DATABASE}", body)
        name = json.loads(reply)["result"][0]["backupFile"]
    except (OSError, ValueError, LookupError) as error:
        raise EngineError(
            f"The engine could not make a backup: {error}.",
            "Make room on the disk, then try again.",
        ) from error
    return files.folder / "backups" / DATABASE / str(name)


def count(store: Store) -> dict[str, int]:
    """Return how many nodes and relationships there are; the lock on the graph is none."""
    nodes = store.read("MATCH (n) WHERE NOT n:Lock RETURN count(n) AS n").rows[0]["n"]
    relationships = store.read("MATCH ()-[r]->() RETURN count(r) AS n").rows[0]["n"]
    return {"nodes": nodes, "relationships": relationships}


def rewrite(archive: Path, path: Path, facts: dict[str, Any]) -> None:
    """Copy the engine's archive to `path`, with a manifest at its end."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    hashes: dict[str, str] = {}
    try:
        temporary.unlink(missing_ok=True)
        descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with (
            os.fdopen(descriptor, "w+b") as file,
            zipfile.ZipFile(archive) as source,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target,
        ):
            for item in source.infolist():
                with source.open(item) as read, target.open(item.filename, "w") as written:
                    hashes[item.filename] = copied(read, written)
            made = datetime.now(UTC).isoformat(timespec="seconds")
            manifest = {"format": FORMAT, "made": made, **facts, "files": hashes}
            target.writestr(MANIFEST, json.dumps(manifest, indent=1))
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        raise InputError(
            f"The backup cannot be written to {path}: {error.strerror or error}.",
            "Choose a folder that exists, is writable and has room.",
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def copied(source: Any, target: Any) -> str:
    """Copy all bytes from one open file to another; return their SHA-256."""
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


def restore(settings: Settings, path: Path) -> dict[str, int]:
    """Replace the graph by that of the backup `path`; return what it holds.

    The old data stays until the new has been checked, and after any failure.

    Raises:
        InputError: `path` is no backup, or a damaged one.
        EngineUnavailable: the data cannot be written or opened.
    """
    files = Files(settings.home.absolute())
    files.make()
    with embedded.locked(files):
        shutil.rmtree(files.incoming, ignore_errors=True)
        try:
            counts = unpack(path, files)
            embedded.halt(files)
            with replaced(files):
                check_opens(settings, files, path, counts)
        except OSError as error:
            raise embedded_files.unwritable(files.home, error) from error
        finally:
            shutil.rmtree(files.incoming, ignore_errors=True)
    return counts


def unpack(path: Path, files: Files) -> dict[str, int]:
    """Write the backup's files to the incoming folder and check each; return its counts."""
    no_backup = InputError(
        f"{path} is not a backup of Vínculos.", "Give a file that `vinculos db backup` wrote."
    )
    damaged = InputError(f"The backup {path} is damaged.", "Use another backup.")
    target = files.incoming / DATABASE
    target.mkdir(mode=0o700, parents=True)
    try:
        with opened(path) as file, zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            if manifest["format"] != FORMAT:
                raise no_backup
            hashes = dict(manifest["files"])
            if {*archive.namelist()} != {*hashes, MANIFEST}:
                raise damaged
            for name, expected in hashes.items():
                if Path(name).name != name or "\\" in name:
                    raise no_backup
                with archive.open(name) as source, (target / name).open("xb") as written:
                    if copied(source, written) != expected:
                        raise damaged
            return {name: int(manifest[name]) for name in ("nodes", "relationships")}
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError) as error:
        raise no_backup from error
    except (EOFError, NotImplementedError, RuntimeError) as error:
        raise damaged from error


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
            f"{path} cannot be read: {error.strerror or error}.", "Check the path of the backup."
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


def check_opens(settings: Settings, files: Files, path: Path, counts: dict[str, int]) -> None:
    """Start the engine on the new data and count what is there."""
    endpoint = embedded.started(files, settings.idle_seconds)
    with connect_endpoint(endpoint) as store:
        if count(store) != counts:
            raise InputError(
                f"The backup {path} opens, but holds another number of nodes than it says.",
                "Use another backup.",
            )
        # The backup was made while its maker held the lock.
        store.write("MATCH (l:Lock) SET l.holder = '', l.until = 0")
