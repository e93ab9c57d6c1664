"""The Java program that runs the embedded engine: where it is, and how it is called."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from vinculos.errors import EngineUnavailable
from vinculos.graph.embedded_files import DATABASE, Files
from vinculos.language import gettext as _

PACKAGE = "arcadedb-embedded"
MAIN_CLASS = "com.arcadedb.server.ArcadeDBServer"
JARS_LEFT_OUT = ("mcp", "graphql", "postgresw", "redisw", "console", "python-bridge")
JVM_OPTIONS = (
    "-Xmx1g",
    "-XX:+UseSerialGC",
    # Java's second compiler waits ten times as long as it would: in a session of some loads and
    # questions it took more of a processor than all else that the engine does.
    "-XX:Tier4InvocationThreshold=50000",
    "-XX:Tier4CompileThreshold=150000",
    "-XX:Tier4BackEdgeThreshold=400000",
    "-XX:-UsePerfData",
    "-XX:-CreateCoredumpOnCrash",
    f"-XX:ErrorFile={os.devnull}",
)
ARCHIVE_SECONDS = 120


def find_engine() -> Path:
    """Return the folder of the engine's wheel, without importing it (it would load a JVM).

    Raises:
        EngineUnavailable: there is no engine for this platform.
    """
    spec = importlib.util.find_spec("arcadedb_embedded")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    if folder is None or not java_of(folder).is_file() or not (folder / "jars").is_dir():
        raise EngineUnavailable(
            _(
                "The embedded engine is not installed; it exists for Linux (x86-64), macOS (ARM) "
                "and Windows (x86-64)."
            ),
            _(
                "Install it with `pip install arcadedb-embedded`, or set NEO4J_URI to use a Neo4j "
                "server."
            ),
        )
    return folder


def java_of(folder: Path) -> Path:
    """Return the path of the Java program in the wheel's `folder`."""
    return folder / "jre" / "bin" / ("java.exe" if os.name == "nt" else "java")


def class_path(folder: Path) -> str:
    """Return the jars of the wheel's `folder` that the engine needs; none opens other services."""
    jars = sorted((folder / "jars").glob("*.jar"))
    kept = [str(jar) for jar in jars if not any(word in jar.name for word in JARS_LEFT_OUT)]
    return os.pathsep.join(kept)


def command(files: Files) -> list[str]:
    """Return the engine's command line; it holds no secret, since other users can read it."""
    folder = find_engine()
    archive = archive_of(files)
    settings = {
        "java.util.logging.config.file": files.config / "log.properties",
        "java.awt.headless": "true",
        "arcadedb.server.rootPath": files.folder,
        "arcadedb.server.logsDirectory": files.logs,
        # `production` would replace every error message by "check the server log"; what else it
        # sets is set here.
        "arcadedb.server.mode": "test",
        "arcadedb.txWalFlush": "1",
        "arcadedb.server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "arcadedb.server.defaultDatabases": f"{DATABASE}[]",
        "arcadedb.bolt.defaultDatabase": DATABASE,
        # Port 0: the system gives a free one, so no other program can take it in between.
        "arcadedb.bolt.host": "127.0.0.1",
        "arcadedb.bolt.port": "0",
        "arcadedb.server.httpIncomingHost": "127.0.0.1",
        "arcadedb.server.httpIncomingPort": "0",
        "arcadedb.server.httpWorkerThreads": "4",
        # A statement that ends in a conflict never gives its place back; with the engine's default,
        # four places, four conflicts would shut everybody out.
        "arcadedb.queryMaxConcurrent": "1000",
        "arcadedb.serverMetrics": "false",
        "arcadedb.server.healthCheck.enabled": "false",
        "arcadedb.opencypher.loadCsv.allowFileUrls": "false",
        "arcadedb.opencypher.loadCsv.allowRemoteUrls": "false",
        "arcadedb.opencypher.labelWriteDegreeLimit": "0",
        "arcadedb.polyglotEngineEnabled": "false",
    }
    return [
        str(java_of(folder)),
        *JVM_OPTIONS,
        f"-XX:SharedArchiveFile={archive}"
        if archive.exists()
        else f"-XX:DumpLoadedClassList={list_of(files)}",
        "-cp",
        class_path(folder),
        *(f"-D{key}={value}" for key, value in settings.items()),
        MAIN_CLASS,
    ]


def environment() -> dict[str, str]:
    """Return the engine's environment: no Java or engine settings of the user's, paths in UTF-8."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.upper().startswith(("JAVA_TOOL", "_JAVA", "JDK_JAVA", "ARCADEDB"))
    }
    if os.name == "posix":
        kept["LC_ALL"] = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    return kept


def archive_of(files: Files) -> Path:
    """Return where the classes of this version of the engine are kept ready to be mapped."""
    return files.cache / f"classes-{importlib.metadata.version(PACKAGE)}.jsa"


def share_archive(files: Files, other: Files) -> None:
    """Let the engine of another home folder use the classes kept ready here, if there are any."""
    with suppress(OSError):
        other.make()
        other.cache.mkdir(exist_ok=True)
        archive_of(other).hardlink_to(archive_of(files))


def list_of(files: Files) -> Path:
    """Return where the engine notes the classes that it loads, until there is an archive."""
    return files.cache / "classes.txt"


def archive_classes(files: Files) -> None:
    """Keep the engine's classes ready: its next starts take half as long.

    It costs 40 MB of disk and some seconds, so it is done when nobody waits. A failure does not
    matter; Java ignores an archive that does not fit it.
    """
    archive, listed = archive_of(files), list_of(files)
    if archive.exists() or not listed.exists():
        return
    folder = find_engine()
    half = archive.with_suffix(".half")
    options = [*JVM_OPTIONS, "-Xshare:dump", f"-XX:SharedClassListFile={listed}"]
    try:
        subprocess.run(  # noqa: S603 - our own arguments, no shell
            [
                str(java_of(folder)),
                *options,
                f"-XX:SharedArchiveFile={half}",
                "-cp",
                class_path(folder),
            ],
            env=environment(),
            cwd=files.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=ARCHIVE_SECONDS,
            check=True,
        )
        half.replace(archive)
        listed.unlink()
        for other in files.cache.glob("classes-*.jsa"):
            if other != archive:
                other.unlink()
    except (OSError, subprocess.SubprocessError):
        half.unlink(missing_ok=True)
