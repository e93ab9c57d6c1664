"""Kills the client or the database while the graph is written, runs the command again, compares.

    python tests/faults/kill.py --engine embedded neo4j-5 --moments 50

Each moment starts from the same graph. The real command line runs as a process of its own, in
batches small enough that most moments fall between two commits; at the moment one of the two is
ended by SIGKILL, the server is started again, and the same command is run to its end. The whole
graph, claims and loads included, must then be that of a run nobody disturbed. Prints a table in
Markdown; ends with 1 if any moment failed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests import servers
from tests.conftest import environment_of
from vinculos.errors import EngineError
from vinculos.graph import embedded
from vinculos.graph.embedded_files import Files
from vinculos.graph.store import Store, connect
from vinculos.graph.stored import plain_properties
from vinculos.loaders.load import load_folder
from vinculos.settings import Settings, read_settings

ENGINES = ("embedded", "neo4j-5")
ACTIONS = ("load", "replace", "retract")
VICTIMS = ("client", "server")
BATCH = 20
SECONDS = 150
"""How long one command may take, whatever happens to it."""
LEASE_SECONDS = 30
CLIENT = f"""
from vinculos.graph import stored, writer
stored.batches.__defaults__ = ({BATCH},)
writer.BATCH = {BATCH}
from vinculos.cli import run
run()
"""
TIMES = {"recorded", "started", "finished", "made"}
COUNTS = {"created", "updated", "deleted", "unchanged"}
"""What a load says it did: one that is taken up counts what was left for it to do."""


class Engine:
    """A database that can be killed and started again."""

    settings: Settings

    def kill(self) -> None:
        """End the server's process by SIGKILL, where one runs."""
        raise NotImplementedError

    def restart(self) -> None:
        """Start it again on what it had stored."""
        raise NotImplementedError

    def strays(self) -> list[str]:
        """Return the processes that are there and should not be."""
        mine = psutil.Process()
        found = [
            f"zombie {child.pid}"
            for child in mine.children(recursive=True)
            if child.status() == psutil.STATUS_ZOMBIE
        ]
        home = str(self.settings.home)
        for process in psutil.process_iter():
            try:
                if CLIENT in process.cmdline() and process.environ().get("VINCULOS_HOME") == home:
                    found.append(f"client {process.pid}")
            except psutil.Error:
                continue
        return found


class Embedded(Engine):
    """The embedded engine, in a home of its own; the next command starts it by itself."""

    def __init__(self, folder: Path) -> None:
        self.settings = read_settings(
            environment={"VINCULOS_HOME": str(folder), "VINCULOS_LANG": "en"}
        )

    def kill(self) -> None:
        endpoint = embedded.running(self.settings)
        process = endpoint.process() if endpoint else None
        if process:
            process.kill()

    def restart(self) -> None:
        pass

    def strays(self) -> list[str]:
        mark = f"-Darcadedb.server.rootPath={Files(self.settings.home).folder}"
        engines = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if mark in process.cmdline():
                    engines.append(process.pid)
        return super().strays() + [f"engine {pid}" for pid in engines[1:]]


class Jars(Engine):
    """A Neo4j server run from its jars, whose data outlives its process."""

    def __init__(self, name: str, folder: Path) -> None:
        self.jars = servers.fetch_jars(servers.VERSIONS[name])
        self.home = folder / "server"
        self.process, self.server = servers.start_jars(self.jars, self.home)
        first = servers.Server(self.server.uri, self.server.username, servers.FIRST_PASSWORD)
        if not servers.wait_until_ready(first, lambda: servers.is_running(self.process)):
            self.kill()
            raise servers.ServerMissing(f"{name} does not start.")
        servers.set_password(first, self.server.password)
        self.settings = read_settings(
            environment={
                "VINCULOS_HOME": str(folder / "home"),
                "VINCULOS_LANG": "en",
                "NEO4J_URI": self.server.uri,
                "NEO4J_USERNAME": self.server.username,
                "NEO4J_PASSWORD": self.server.password,
            }
        )

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def restart(self) -> None:
        self.process = servers.run_jars(self.jars, self.home)
        if not servers.wait_until_ready(self.server, lambda: servers.is_running(self.process)):
            raise servers.ServerMissing("Neo4j does not start again.")


@contextlib.contextmanager
def engine_of(name: str, folder: Path) -> Iterator[Engine]:
    """Give a running engine, ended after the block."""
    engine: Engine
    if name == "embedded":
        engine = Embedded(folder)
        try:
            yield engine
        finally:
            embedded.stop(engine.settings)
    else:
        engine = Jars(name, folder)
        try:
            yield engine
        finally:
            engine.kill()


def write_cases(folder: Path, *, changed: bool, size: int = 60) -> Path:
    """Write invented people, their detentions, ties and sources; `changed` as a later edition."""
    folder.mkdir(parents=True)
    people = [n for n in range(size + changed * 5) if not (changed and n % 4 == 0)]
    word, status = ("Later", "released") if changed else ("First", "detained")
    tables: dict[str, list[str]] = {
        "sources": ["source_id,publisher,origin,title,url,published_on"]
        + [
            f"s{n},Paper {n},,Report {n},https://example.org/{n},2025-01-{n + 1:02}"
            for n in range(12)
        ],
        "people": ["person_id,name,aliases,summary,is_minor,source_ids"]
        + [
            f"p{n},Person {n},Alias {n},{word if n % 3 == 0 else 'Same'} words,"
            f"{'true' if n % 17 == 3 else ''},s{n % 12}" + (f";s{(n + 1) % 12}" if n % 2 else "")
            for n in people
        ],
        "detentions": ["detention_id,person_id,started_on,status,source_ids"]
        + [
            f"d{n},p{n},2025-02-{n % 27 + 1:02},{status if n % 5 == 1 else 'detained'},s{n % 12}"
            for n in people
        ],
        "relationships": ["from_person_id,to_person_id,kind,source_ids"]
        + [
            f"p{a},p{b},{'partner_of' if changed and a % 6 == 1 else 'sibling_of'},s{a % 12}"
            for a, b in zip(people, people[1:], strict=False)
        ],
    }
    for name, lines in tables.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", "utf-8")
    return folder


@dataclass
class Trial:
    """One action on one engine: how to run it, from which graph, to which graph."""

    engine: Engine
    action: str
    first: Path
    later: Path
    seconds: float = 0.0
    end: Any = None

    @property
    def command(self) -> list[str]:
        words = {
            "load": ["load", str(self.first), "--dataset", "cases"],
            "replace": ["load", str(self.later), "--dataset", "cases", "--replace"],
            "retract": ["retract", "s2", "--why", "withdrawn"],
        }[self.action]
        return [sys.executable, "-c", CLIENT, *words]

    def reset(self) -> None:
        """Bring the graph to what it is before the action."""
        with connect(self.engine.settings) as store:
            store.write("MATCH (n) DETACH DELETE n")
            if self.action != "load":
                load_folder(store, self.first, dataset="cases")

    def start(self) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command,
            env=environment_of(self.engine.settings),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def measure(self) -> None:
        """Run the action undisturbed, twice as the first warms the engine; note its end."""
        for _ in range(2):
            self.reset()
            began = time.monotonic()
            client = self.start()
            said = client.communicate(timeout=SECONDS)
            assert client.returncode == 0, said
            self.seconds = time.monotonic() - began
        with connect(self.engine.settings) as store:
            self.end = snapshot(store)


def snapshot(store: Store) -> Any:
    """Return the whole graph, with claims, loads and decisions, but for times and counts."""
    nodes = {}
    for row in store.read("MATCH (n) RETURN labels(n) AS labels, properties(n) AS n").rows:
        if "Lock" in row["labels"]:
            continue
        kept = {k: v for k, v in plain_properties(row["n"]).items() if k not in TIMES}
        if "Load" in row["labels"]:
            kept = {k: v for k, v in kept.items() if k not in COUNTS}
        key = (tuple(sorted(row["labels"])), row["n"].get("id"))
        assert key not in nodes, f"{key} is there twice"
        nodes[key] = kept
    rows = store.read(
        "MATCH (a)-[r]->(b) RETURN type(r) AS type, a.id AS start, b.id AS end, properties(r) AS r"
    ).rows
    ties = sorted(
        (row["type"], row["start"], row["end"], repr(sorted(plain_properties(row["r"]).items())))
        for row in rows
    )
    return nodes, ties


RECORDED = "MATCH (n) WHERE n:Claim OR n:Decision OR n:Load RETURN count(n) AS n"
"""What no action ever takes away."""


@dataclass
class Figures:
    """What became of the moments of one action, victim and engine."""

    moments: int = 0
    partly: int = 0
    equal: int = 0
    slowest: float = 0.0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)


def differences(found: Any, wanted: Any) -> str:
    """Return the first differences between two snapshots, in a few words."""
    nodes = [key for key in {*found[0], *wanted[0]} if found[0].get(key) != wanted[0].get(key)]
    ties = set(found[1]) ^ set(wanted[1])
    shown = [(key, found[0].get(key), wanted[0].get(key)) for key in nodes[:2]]
    return f"{len(nodes)} nodes, {len(ties)} ties differ: {shown} {sorted(ties)[:2]}"


def disturb(trial: Trial, victim: str, delay: float, figures: Figures) -> None:
    """Kill the victim after `delay` seconds of the action; run it again; note what came of it."""
    engine, wrong = trial.engine, []
    trial.reset()
    began = time.monotonic()
    with connect(engine.settings) as store:
        start = snapshot(store)
        client = trial.start()
        with contextlib.suppress(subprocess.TimeoutExpired):
            client.wait(max(0.0, delay))
        committed = store.read(RECORDED).rows[0]["n"]
        if victim == "client":
            client.kill()
        else:
            engine.kill()
    if victim == "server":
        engine.restart()
    try:
        out, err = client.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        client.kill()
        out, err = client.communicate()
        wrong.append(f"the client did not end in {SECONDS} s")
    if "Traceback" in err or (victim == "server" and client.returncode not in (0, 3)):
        wrong.append(f"the client said, with {client.returncode}: {err[-600:]}")
    with connect(engine.settings) as store:
        if store.read(RECORDED).rows[0]["n"] < committed:
            wrong.append("what was committed is lost")
        found = snapshot(store)
    figures.partly += found not in (start, trial.end)
    again = time.monotonic()
    rerun = trial.start()
    out, err = rerun.communicate(timeout=SECONDS)
    took = time.monotonic() - again
    done = trial.action == "retract" and found == trial.end
    if rerun.returncode != (2 if done else 0):
        wrong.append(f"run again it ended with {rerun.returncode}: {err[-600:]}")
    if took > LEASE_SECONDS:
        wrong.append(f"run again it took {took:.0f} s")
    with connect(engine.settings) as store:
        found = snapshot(store)
    if found == trial.end:
        figures.equal += 1
    else:
        wrong.append(f"another graph: {differences(found, trial.end)}")
    wrong += engine.strays()
    scratch = engine.settings.home / "tmp"
    wrong += [f"left {path}" for path in (scratch.iterdir() if scratch.is_dir() else ())]
    figures.moments += 1
    figures.slowest = max(figures.slowest, took)
    figures.seconds += time.monotonic() - began
    figures.failures += [f"at {delay:.3f} s: {words}" for words in wrong]


def moments_of(number: int, seconds: float, seed: str) -> list[float]:
    """Return `number` moments spread over `seconds`, each shaken within its share."""
    shake = random.Random(seed)
    return [(n + shake.random()) * seconds / number for n in range(number)]


def run(
    engine: Engine,
    name: str,
    action: str,
    victims: list[str],
    moments: int,
    *,
    seed: int = 1,
    tell: Callable[[str], None] = lambda words: None,
) -> dict[str, Figures]:
    """Disturb one action on one engine at `moments` moments for each victim."""
    with tempfile.TemporaryDirectory() as folder:
        first = write_cases(Path(folder) / "first", changed=False)
        later = write_cases(Path(folder) / "later", changed=True)
        trial = Trial(engine, action, first, later)
        trial.measure()
        found = {}
        for victim in victims:
            figures = found[victim] = Figures()
            for delay in moments_of(moments, trial.seconds, f"{seed} {name} {action} {victim}"):
                try:
                    disturb(trial, victim, delay, figures)
                except (AssertionError, EngineError, subprocess.TimeoutExpired) as error:
                    figures.moments += 1
                    figures.failures.append(f"at {delay:.3f} s: {error!r}")
            for words in figures.failures:
                tell(f"{action}, {victim}, {name}: {words}")
    return found


def main() -> int:
    """Run what the command line asks for; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--engine", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--action", nargs="+", choices=ACTIONS, default=list(ACTIONS))
    parser.add_argument("--victim", nargs="+", choices=VICTIMS, default=list(VICTIMS))
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()

    def tell(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    failed = False
    print(
        "| action | killed | engine | moments | partly written | equal after rerun "
        "| slowest rerun (s) | total (s) |"
    )
    print("|---|---|---|--:|--:|--:|--:|--:|", flush=True)
    for name in asked.engine:
        with tempfile.TemporaryDirectory() as folder, engine_of(name, Path(folder)) as engine:
            for action in asked.action:
                found = run(
                    engine, name, action, asked.victim, asked.moments, seed=asked.seed, tell=tell
                )
                for victim, f in found.items():
                    failed = failed or bool(f.failures)
                    print(
                        f"| {action} | {victim} | {name} | {f.moments} | {f.partly} "
                        f"| {f.equal} | {f.slowest:.1f} | {f.seconds:.0f} |",
                        flush=True,
                    )
    return int(failed)


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
