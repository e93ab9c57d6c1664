"""Life cycle of the embedded engine: one ArcadeDB process for each home folder.

    command ──start.lock──> embedded_watch (holds watch.lock) ──> java, Bolt on a loopback port
                                   └── writes server.json, stops the engine when idle

Whoever starts, reaches or stops the engine holds `start.lock`, so these never overlap.
"""

from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import filelock

from vinculos.errors import EngineUnavailable
from vinculos.graph import embedded_files, embedded_java, embedded_watch
from vinculos.graph.embedded_files import Endpoint, Files
from vinculos.language import gettext as _
from vinculos.settings import SECRETS, Settings

LOCK_SECONDS = embedded_watch.READY_SECONDS + 30


@dataclass(frozen=True)
class Status:
    """What there is to know of the engine without starting it; `size` is in bytes."""

    home: Path
    endpoint: Endpoint | None
    size: int


def start(settings: Settings) -> Endpoint:
    """Return the running engine's endpoint; start the engine first where none runs.

    Raises:
        EngineUnavailable: it cannot be started.
    """
    with engaged(settings) as endpoint:
        return endpoint


@contextmanager
def engaged(settings: Settings) -> Iterator[Endpoint]:
    """Give the endpoint of the engine, which neither stops nor restarts within the block."""
    files = Files(settings.home.absolute())
    files.make()
    with locked(files):
        if files.outgoing.exists() and embedded_files.read_endpoint(files) is None:
            files.settle()
        yield started(files, settings.idle_seconds)


def started(files: Files, idle_seconds: float) -> Endpoint:
    """Return the running engine's endpoint while holding the start lock; start it if none runs."""
    endpoint = embedded_files.read_endpoint(files)
    if endpoint is None or not is_watched(files):
        spawn_watch(files, idle_seconds)
        endpoint = embedded_files.read_endpoint(files)
        if endpoint is None:
            raise EngineUnavailable(
                _("The embedded engine ended right after its start."), _("Try again.")
            )
    os.utime(files.server)
    return endpoint


@contextmanager
def locked(files: Files) -> Iterator[None]:
    """Hold the right to start, reach or stop the engine of this folder.

    Raises:
        EngineUnavailable: another command holds it for too long.
    """
    lock = filelock.FileLock(files.start_lock)
    try:
        lock.acquire(timeout=LOCK_SECONDS, poll_interval=0.02)
    except filelock.Timeout as error:
        raise EngineUnavailable(
            _("Another command is starting or stopping the embedded engine and does not end."),
            _("End that command, then try again."),
        ) from error
    except OSError as error:
        raise embedded_files.unwritable(files.home, error) from error
    try:
        yield
    finally:
        lock.release()


def is_watched(files: Files) -> bool:
    """Tell whether the process that keeps the engine is alive."""
    try:
        with filelock.FileLock(files.watch_lock).acquire(timeout=0):
            return False
    except filelock.Timeout:
        return True


def spawn_watch(files: Files, idle_seconds: float) -> None:
    """Start the process that keeps the engine, apart from this terminal; wait until it is ready.

    Raises:
        EngineUnavailable: with the reason it gives.
    """
    embedded_java.find_engine()
    windows_flags = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(
        subprocess, "CREATE_NO_WINDOW", 0
    )
    watcher = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        [
            sys.executable,
            "-P",
            "-m",
            embedded_watch.__name__,
            str(files.home),
            str(idle_seconds),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=files.folder,
        env={name: value for name, value in os.environ.items() if name not in SECRETS},
        start_new_session=os.name == "posix",
        creationflags=windows_flags,
    )
    # Waited for from aside, so that it leaves no zombie when it ends before this process.
    threading.Thread(target=watcher.wait, daemon=True).start()
    assert watcher.stdout is not None  # noqa: S101 - a pipe was asked for
    with watcher.stdout as said:
        lines = said.read().decode(errors="replace").strip().splitlines()
    try:
        words = json.loads(lines[-1])
    except (IndexError, ValueError) as error:
        raise EngineUnavailable(
            _("The process that keeps the embedded engine failed: {reason}.").format(
                reason=" ".join(lines[-1:])
            ),
            _("Try again; `vinculos doctor` tells what is missing."),
        ) from error
    if words:
        raise EngineUnavailable(words["message"], words["hint"])


def running(settings: Settings) -> Endpoint | None:
    """Return the endpoint of the running engine, or None; starts nothing."""
    return embedded_files.read_endpoint(Files(settings.home.absolute()))


def stop(settings: Settings) -> bool:
    """Stop the engine; return whether one was running."""
    files = Files(settings.home.absolute())
    if not files.folder.exists():
        return False
    with locked(files):
        return halt(files)


def halt(files: Files) -> bool:
    """Stop the engine while holding the start lock, and wait for its keeper to leave."""
    endpoint = embedded_files.read_endpoint(files)
    if endpoint is not None:
        embedded_watch.shut_down(files, endpoint)
    lock = filelock.FileLock(files.watch_lock)
    try:
        with lock.acquire(timeout=embedded_watch.STOP_SECONDS):
            embedded_watch.end_orphans(files)
            files.launched.unlink(missing_ok=True)
    except filelock.Timeout as error:
        raise EngineUnavailable(
            _("The embedded engine is still starting."), _("Wait a moment, then try again.")
        ) from error
    return endpoint is not None


def status(settings: Settings) -> Status:
    """Return what there is to know of the engine; starts nothing."""
    files = Files(settings.home.absolute())
    sizes = (path.stat().st_size for path in files.databases.rglob("*") if path.is_file())
    return Status(files.home, embedded_files.read_endpoint(files), sum(sizes))


def wipe(settings: Settings) -> None:
    """Stop the engine and delete its data, its configuration and its logs.

    Raises:
        EngineUnavailable: something cannot be deleted.
    """
    files = Files(settings.home.absolute())
    if not files.folder.exists():
        return
    with locked(files):
        halt(files)
        try:
            files.settle()
            files.clear_backups()
            for folder in (files.databases, files.incoming, files.config, files.logs):
                if folder.exists():
                    shutil.rmtree(folder)
        except OSError as error:
            raise embedded_files.unwritable(files.home, error) from error


def version() -> str:
    """Return the engine's name and version, or that there is none here."""
    try:
        return f"ArcadeDB/{importlib.metadata.version(embedded_java.PACKAGE)}"
    except importlib.metadata.PackageNotFoundError:
        return _("not installed")
