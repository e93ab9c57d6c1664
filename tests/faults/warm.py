"""Command lines in processes of their own that find Python started and the program imported.

A parent process, which has no thread and no connection, forks a child for each command line: a
process that can be killed and measured, like any other, without the second that a start takes.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import math
import multiprocessing
import os
import pkgutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, NoReturn, Self

import psutil

from tests.conftest import environment_of
from vinculos.settings import Settings

POLL_SECONDS = 0.05
IMPORTED = ("vinculos.commands", "vinculos.graph", "vinculos.loaders")


@dataclass(frozen=True)
class Ended:
    """How a command line ended: its code (less than 0: the signal) and what it used at most."""

    code: int
    out: str
    err: str
    seconds: float
    megabytes: float


class Commands:
    """Runs `vinculos` command lines on one engine, one after another.

    With a `batch`, each transaction of theirs writes that many rows at most.
    """

    def __init__(
        self, settings: Settings, batch: int = 0, environment: Mapping[str, str] | None = None
    ) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        environment = environment_of(settings) | dict(environment or {})
        self.parent: Any = context.Process(
            target=serve, args=(environment, batch, theirs), daemon=True
        )
        self.parent.start()
        theirs.close()
        self._pid = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
        self._pipe.close()
        self.parent.join()

    def start(self, words: Sequence[str]) -> None:
        """Start a command line, after the one before has been waited for."""
        self._pipe.send(list(words))
        self._pid = self._pipe.recv()

    def wait(self, seconds: float) -> Ended | None:
        """Return how the command line ended, or None when it has not after `seconds`."""
        if not self._pipe.poll(max(0.0, seconds)):
            return None
        self._pid = 0
        ended: Ended = self._pipe.recv()
        return ended

    def kill(self) -> None:
        """End the command line by SIGKILL; wait for it afterwards all the same."""
        if self._pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)

    def run(self, words: Sequence[str], seconds: float, megabytes: float = math.inf) -> Ended:
        """Run a command line to its end; end it where it takes more than it may."""
        self.start(words)
        deadline = time.monotonic() + seconds
        process = psutil.Process(self.parent.pid)
        while not self._pipe.poll(POLL_SECONDS):
            with contextlib.suppress(psutil.Error):
                used = sum(child.memory_info().rss for child in process.children()) / 1e6
                if used > megabytes or time.monotonic() > deadline:
                    self.kill()
        ended = self.wait(seconds)
        assert ended, "what was killed ends"
        return ended

    def strays(self) -> list[str]:
        """Return the processes that are left of command lines that have ended."""
        children = psutil.Process(self.parent.pid).children(recursive=True)
        return [f"process {child.pid}" for child in children]


def serve(environment: dict[str, str], batch: int, pipe: Connection) -> None:
    """Fork a child for each command line that comes through `pipe`, until it is closed."""
    os.environ.clear()
    os.environ.update(environment)
    import_all()
    if batch:
        set_batch(batch)
    gc.freeze()
    while True:
        try:
            words = pipe.recv()
        except EOFError:
            return
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            began = time.monotonic()
            pid = os.fork()
            if pid == 0:
                pipe.close()
                os.dup2(out.fileno(), 1)
                os.dup2(err.fileno(), 2)
                become(words)
            pipe.send(pid)
            _, status, usage = os.wait4(pid, 0)
            seconds = time.monotonic() - began
            said = []
            for file in (out, err):
                file.seek(0)
                said.append(file.read().decode(errors="replace"))
            code = os.waitstatus_to_exitcode(status)
            pipe.send(Ended(code, said[0], said[1], seconds, usage.ru_maxrss / 1024))


def become(words: Sequence[str]) -> NoReturn:
    """Run the command line in this process, and end it without taking the interpreter apart."""
    from vinculos.cli import main

    code = 1
    try:
        code = main(words)
    except BaseException:
        traceback.print_exc()
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def import_all() -> None:
    """Import what a command may need, so that no child has to."""
    for package in IMPORTED:
        paths = importlib.import_module(package).__path__
        for module in pkgutil.iter_modules(paths, f"{package}."):
            importlib.import_module(module.name)
    for name in ("neo4j", "rich.console", "rich.progress", "vinculos.cli"):
        importlib.import_module(name)


def set_batch(rows: int) -> None:
    """Have each transaction of this process write `rows` rows at most."""
    from vinculos.graph import stored, writer

    stored.batches.__defaults__ = (rows,)
    writer.BATCH = rows
