"""What the embedded engine keeps on disk: its folder, its configuration and its connection file."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import psutil

from vinculos.errors import EngineUnavailable
from vinculos.language import cause
from vinculos.language import gettext as _

DATABASE = "vinculos"
UNFINISHED_SUFFIX = ".backup.tmp"
CREATE_TIME_TOLERANCE = 5.0
"""Seconds by which a process's start may seem to move when the clock is corrected."""

ADMIN = {
    "resultSetLimit": -1,
    "readTimeout": -1,
    "access": ["updateSecurity", "updateSchema", "updateDatabaseSettings"],
    "types": {"*": {"access": ["createRecord", "readRecord", "updateRecord", "deleteRecord"]}},
}
GROUPS = {
    "admin": ADMIN,
    "writer": {**ADMIN, "access": ["updateSchema"]},
    "reader": {**ADMIN, "access": [], "types": {"*": {"access": ["readRecord"]}}},
    "*": {**ADMIN, "access": [], "types": {"*": {"access": []}}},
}
USERS = {"root": "admin", "writer": "writer", "reader": "reader"}

# The engine writes statements and values into its warnings, so only those parts of it may log
# that speak of nothing but starting, listening and recovering.
QUIET_LOGGERS = (
    "com.arcadedb.server.ArcadeDBServer",
    "com.arcadedb.server.plugin.PluginManager",
    "com.arcadedb.bolt.BoltNetworkListener",
    "com.arcadedb.server.http.HttpServer",
    "com.arcadedb.engine.TransactionManager",
)
LOG_BYTES = 1_000_000


@dataclass(frozen=True)
class Endpoint:
    """A running engine: its process, its loopback ports, and the passwords of its three users."""

    pid: int
    created: float
    port: int
    http_port: int
    passwords: Mapping[str, str] = field(repr=False)

    def process(self) -> psutil.Process | None:
        """Return the engine's process, or None when it is gone or its number belongs to another."""
        return find_process(self.pid, self.created)


@dataclass(frozen=True)
class Files:
    """The paths below one home folder."""

    home: Path

    @property
    def folder(self) -> Path:
        """All that the engine owns, readable by the user alone."""
        return self.home / "engine"

    @property
    def server(self) -> Path:
        """How to reach the running engine."""
        return self.folder / "server.json"

    @property
    def launched(self) -> Path:
        """Present from before an engine process is made until it has ended in order."""
        return self.folder / "launched"

    @property
    def start_lock(self) -> Path:
        """Held by whoever starts, reaches or stops the engine."""
        return self.folder / "start.lock"

    @property
    def watch_lock(self) -> Path:
        """Held by the one process that keeps the engine, for as long as it lives."""
        return self.folder / "watch.lock"

    @property
    def config(self) -> Path:
        """The engine's users, groups and log settings."""
        return self.folder / "config"

    @property
    def databases(self) -> Path:
        """The graph itself."""
        return self.folder / "databases"

    @property
    def logs(self) -> Path:
        """The engine's logs, which hold no names and no values."""
        return self.folder / "log"

    @property
    def cache(self) -> Path:
        """What makes the engine's start faster and can be made again."""
        return self.folder / "cache"

    @property
    def incoming(self) -> Path:
        """Data that a restore is unpacking."""
        return self.folder / "incoming"

    @property
    def outgoing(self) -> Path:
        """The old data while a restore checks the new."""
        return self.folder / "outgoing"

    @property
    def backups(self) -> Path:
        """The engine's own archive, while a backup is made from it."""
        return self.folder / "backups"

    @property
    def backup_lock(self) -> Path:
        """Held by whoever makes a backup."""
        return self.folder / "backup.lock"

    @property
    def unfinished(self) -> Path:
        """Where the unfinished file of a backup lies, while it is being written."""
        return self.folder / "backup.json"

    def clear_backups(self) -> None:
        """Delete what a backup that was killed has left, whatever folder it wrote to.

        To be called while no backup is being made.

        Raises:
            OSError: something cannot be deleted.
        """
        if self.backups.exists():
            shutil.rmtree(self.backups)
        with suppress(OSError, ValueError, TypeError):
            left = Path(json.loads(self.unfinished.read_text("utf-8")))
            if left.name.endswith(UNFINISHED_SUFFIX):
                left.unlink(missing_ok=True)
        self.unfinished.unlink(missing_ok=True)

    def settle(self) -> None:
        """Clear up after a restore that was killed: the old data wins unless the new is in place.

        To be called while no engine runs and none is being restored.
        """
        if self.outgoing.exists():
            if self.databases.exists():
                shutil.rmtree(self.outgoing)
            else:
                self.outgoing.rename(self.databases)

    def make(self) -> None:
        """Create the folder for the user alone.

        Raises:
            EngineUnavailable: the folder cannot be made or written.
        """
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.mkdir(mode=0o700, exist_ok=True)
            self.folder.chmod(0o700)
            if not os.access(self.folder, os.W_OK | os.X_OK):
                raise PermissionError(13, "Permission denied")
        except OSError as error:
            raise unwritable(self.home, error) from error


def unwritable(home: Path, error: OSError) -> EngineUnavailable:
    """Return the error for a `home` that cannot be used, with the system's reason."""
    return EngineUnavailable(
        _("The embedded engine cannot keep its data in {home}: {reason}.").format(
            home=home, reason=cause(error)
        ),
        _("Make room or allow writing there, or choose another folder with VINCULOS_HOME."),
    )


def find_process(pid: int, created: float) -> psutil.Process | None:
    """Return the live process `pid` that was created at `created` (seconds since 1970), or None."""
    try:
        process = psutil.Process(pid)
        same = abs(process.create_time() - created) < CREATE_TIME_TOLERANCE
        return process if same and process.status() != psutil.STATUS_ZOMBIE else None
    except psutil.Error:
        return None


def read_endpoint(files: Files) -> Endpoint | None:
    """Return the endpoint whose process is alive, or None."""
    try:
        endpoint = Endpoint(**json.loads(files.server.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return endpoint if endpoint.process() else None


def write_endpoint(files: Files, endpoint: Endpoint) -> None:
    """Write the connection file; it appears whole, and is the user's alone from its first byte."""
    write_private(files.server, json.dumps(asdict(endpoint)))


def write_private(path: Path, text: str) -> None:
    """Write `text` to `path` at once, mode 600."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def hashed(password: str) -> str:
    """Return `password` as the engine stores it.

    One round is enough: it is 256 random bits and lives as long as one engine process.
    """
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    digest = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), 1, 32)
    return f"PBKDF2WithHmacSHA256$1${salt}${base64.b64encode(digest).decode()}"


def write_config(files: Files) -> dict[str, str]:
    """Write users, groups and log settings; return a new random password for each user."""
    for folder in (files.config, files.databases, files.logs, files.cache):
        folder.mkdir(mode=0o700, exist_ok=True)
    passwords = {name: secrets.token_urlsafe(32) for name in USERS}
    users: list[dict[str, Any]] = [
        {"name": name, "databases": {"*": [group]}, "password": hashed(passwords[name])}
        for name, group in USERS.items()
    ]
    groups = {"databases": {"*": {"groups": GROUPS}}, "version": 2}
    write_private(files.config / "server-users.jsonl", "\n".join(map(json.dumps, users)) + "\n")
    write_private(files.config / "server-groups.json", json.dumps(groups))
    write_private(files.config / "log.properties", log_properties(files))
    return passwords


def log_properties(files: Files) -> str:
    """Return the java.util.logging settings: one bounded file, and only harmless loggers."""
    pattern = (files.logs / "engine.log").as_posix().replace("%", "%%")
    handler = "java.util.logging.FileHandler"
    lines = {
        "handlers": handler,
        ".level": "OFF",
        f"{handler}.level": "INFO",
        f"{handler}.pattern": pattern,
        f"{handler}.formatter": "com.arcadedb.log.LogFormatter",
        f"{handler}.limit": str(LOG_BYTES),
        f"{handler}.count": "2",
        **{f"{name}.level": "INFO" for name in QUIET_LOGGERS},
    }
    return "".join(f"{key}={escaped(value)}\n" for key, value in lines.items())


def escaped(value: str) -> str:
    r"""Return `value` for a Java properties file, which is Latin-1 with \u escapes."""
    encoded = value.replace("\\", "\\\\").encode("utf-16-be")
    units = [int.from_bytes(encoded[i : i + 2], "big") for i in range(0, len(encoded), 2)]
    return "".join(chr(unit) if 32 <= unit < 127 else f"\\u{unit:04x}" for unit in units)
