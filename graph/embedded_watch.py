"""The process that keeps one embedded engine: starts it, watches over it, stops it when idle.

It runs apart from every command (`python -m vinculos.graph.embedded_watch HOME IDLE_SECONDS`), so
an engine survives the command that started it and never outlives its use. To the command it
answers one JSON line: `{}` when the engine is ready, else `{"message": …, "hint": …}`.
"""

from __future__ import annotations

import collections
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import filelock
import psutil

from vinculos.errors import EngineUnavailable
from vinculos.graph import embedded_files, embedded_http, embedded_java
from vinculos.graph.embedded_files import Endpoint, Files
from vinculos.language import CHOSEN, speaking
from vinculos.language import gettext as _

READY_SECONDS = 300
"""How long an engine may take to be ready; it recovers its data first when it was killed."""
STOP_SECONDS = 20
POLL_SECONDS = 0.02
FREE_BYTES = 50_000_000
"""Below this much free space on the disk the engine is not started."""


def launch(files: Files) -> Endpoint:
    """Start an engine process and return its endpoint once it answers.

    Raises:
        EngineUnavailable: it cannot be started, with its own words.
    """
    end_orphans(files)
    clear_leftovers(files)
    if shutil.disk_usage(files.folder).free < FREE_BYTES:
        raise embedded_files.unwritable(files.home, OSError(28, "No space left on device"))
    passwords = embedded_files.write_config(files)
    arguments = embedded_java.command(files)
    files.launched.touch(mode=0o600)
    process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        arguments,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=files.folder,
        env=embedded_java.environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    said: collections.deque[bytes] = collections.deque(maxlen=20)
    # Drained for ever, kept only for the error message: the engine prints values when it fails.
    threading.Thread(target=said.extend, args=(process.stdout,), daemon=True).start()
    deadline = time.monotonic() + READY_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        ports = listening(process.pid)
        if len(ports) == 2 and (
            http := next((p for p in ports if embedded_http.is_ready(p)), None)
        ):
            bolt = next(port for port in ports if port != http)
            created = psutil.Process(process.pid).create_time()
            endpoint = Endpoint(process.pid, created, bolt, http, passwords)
            embedded_files.write_endpoint(files, endpoint)
            return endpoint
        time.sleep(POLL_SECONDS)
    if process.poll() is None:
        process.kill()
    process.wait()
    files.launched.unlink(missing_ok=True)
    words = " ".join(line.decode(errors="replace").strip() for line in said) or _("no reason given")
    raise EngineUnavailable(
        _("The embedded engine did not start in {home}: {reason}.").format(
            home=files.home, reason=words[:400]
        ),
        _("Free memory or disk space and try again, or choose another folder with VINCULOS_HOME."),
    )


def clear_leftovers(files: Files) -> None:
    """Delete the copies of the graph that a killed backup or restore has left.

    A backup that is being made keeps its archive.
    """
    shutil.rmtree(files.incoming, ignore_errors=True)
    with suppress(OSError, filelock.Timeout):
        with filelock.FileLock(files.backup_lock).acquire(timeout=0):
            files.clear_backups()


def listening(pid: int) -> list[int]:
    """Return the TCP ports on which the process `pid` listens."""
    try:
        connections = psutil.Process(pid).net_connections("tcp")
    except psutil.Error:
        return []
    return sorted({c.laddr.port for c in connections if c.status == psutil.CONN_LISTEN})


def is_used(endpoint: Endpoint) -> bool:
    """Tell whether a client is connected; an unanswered question counts as yes."""
    try:
        connections = psutil.Process(endpoint.pid).net_connections("tcp")
    except psutil.AccessDenied:
        return True
    except psutil.Error:
        return False
    return any(
        c.laddr.port == endpoint.port and c.status == psutil.CONN_ESTABLISHED for c in connections
    )


def end_orphans(files: Files) -> None:
    """End engine processes on this folder that nobody keeps, left by a start that was killed."""
    if not files.launched.exists():
        return
    mark = f"-Darcadedb.server.rootPath={files.folder}"
    for process in psutil.process_iter():
        try:
            if mark in process.cmdline():
                process.kill()
                process.wait(STOP_SECONDS)
        except psutil.Error:
            continue
    files.server.unlink(missing_ok=True)


def end_process(process: psutil.Process) -> None:
    """Ask a process to end, then make it end."""
    for ask in (process.terminate, process.kill):
        try:
            ask()
            process.wait(STOP_SECONDS)
            return
        except psutil.TimeoutExpired:
            continue
        except psutil.NoSuchProcess:
            return


def shut_down(files: Files, endpoint: Endpoint) -> None:
    """End the engine: by its own command, which closes its files, else by force."""
    process = endpoint.process()
    if process is not None:
        try:
            embedded_http.shut_down(endpoint)
            process.wait(STOP_SECONDS)
        except (OSError, psutil.TimeoutExpired):
            end_process(process)
        except psutil.NoSuchProcess:
            pass
    files.server.unlink(missing_ok=True)
    files.launched.unlink(missing_ok=True)


def watch(files: Files, endpoint: Endpoint, idle_seconds: float) -> bool:
    """Wait until the engine has ended; end it after `idle_seconds` without a client.

    Return whether it was ended for being idle.
    """
    pause = min(5.0, max(0.2, idle_seconds / 4))
    lock = filelock.FileLock(files.start_lock)
    seen = time.time()
    while process := endpoint.process():
        try:
            code = process.wait(pause)
            log(files, f"engine {endpoint.pid} ended by itself or by others, code {code}")
            break
        except psutil.TimeoutExpired:
            pass
        if not files.server.exists():
            # The folder was removed or another engine took over: nobody can reach this one.
            shut_down(files, endpoint)
            break
        if is_used(endpoint):
            seen = time.time()
            continue
        try:
            if time.time() - max(seen, files.server.stat().st_mtime) < idle_seconds:
                continue
            with lock.acquire(timeout=0):
                if not is_used(endpoint):
                    shut_down(files, endpoint)
                    return True
        except (OSError, filelock.Timeout):
            continue
    files.server.unlink(missing_ok=True)
    return False


def log(files: Files, words: str) -> None:
    """Write a line to the keeper's own log, which starts anew when it has grown long."""
    path = files.logs / "keeper.log"
    with suppress(OSError):
        mode = "w" if path.exists() and path.stat().st_size > embedded_files.LOG_BYTES else "a"
        with path.open(mode, encoding="utf-8") as file:
            file.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {words}\n")


def answer(words: dict[str, str]) -> None:
    """Tell the command that waits, if it still does, and let go of its terminal."""
    try:
        print(json.dumps(words), flush=True)
    except OSError:
        pass
    empty = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(empty, descriptor)


def main(home: Path, idle_seconds: float) -> None:
    """Keep the engine of `home`: adopt the one that runs, else start one, then watch over it."""
    os.umask(0o077)
    files = Files(home)
    lock = filelock.FileLock(files.watch_lock)
    try:
        while not lock.is_locked:
            try:
                lock.acquire(timeout=0.1)
            except filelock.Timeout:
                if embedded_files.read_endpoint(files):
                    return answer({})
        endpoint = embedded_files.read_endpoint(files) or launch(files)
        answer({})
        was_idle = watch(files, endpoint, idle_seconds)
        lock.release()
        if was_idle:
            embedded_java.archive_classes(files)
    except EngineUnavailable as error:
        answer({"message": error.message, "hint": error.hint})
    except OSError as error:
        failure = embedded_files.unwritable(home, error)
        answer({"message": failure.message, "hint": failure.hint})


if __name__ == "__main__":
    # The command that waits has its language in the environment.
    with speaking(os.environ.get(CHOSEN, "en")):
        main(Path(sys.argv[1]), float(sys.argv[2]))
