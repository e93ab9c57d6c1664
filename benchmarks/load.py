"""How fast a case folder is loaded, and in how much memory, beside the plain driver.

    python benchmarks/load.py --rows 10000 100000 --engine embedded neo4j-5 --repeat 3

For each engine and size, on one server, emptied before each part:

OURS  `vinculos load DIR`, the whole command in a process of its own
RAW   the same nodes, relationships and properties, with the `neo4j` driver alone, MERGE in
      `UNWIND` batches of the best size; CREATE as well, which no load could use twice
ROW   a sample of them, each in a transaction of its own

Nothing is asserted on time: what it prints is a measurement.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import neo4j
import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import raw  # noqa: E402
from benchmarks.engines import (  # noqa: E402
    ENGINES,
    counts,
    empty,
    engine,
    server_memory,
    variables,
)
from benchmarks.spool import Spool  # noqa: E402
from benchmarks.synthetic import write_folder  # noqa: E402
from vinculos.graph.store import connect, open_driver, open_embedded  # noqa: E402
from vinculos.settings import Settings  # noqa: E402

COMMAND = "from vinculos.cli import run; run()"
POLL_SECONDS = 0.01
WARM_ROWS = 2000
"""Rows loaded and deleted before anything is timed, as a server just started is slow."""
SAMPLE, SINGLES = 10_000, 1000
"""Relationships on which batch sizes are tried, and that are written one by one."""
MEGA = 1_000_000


@dataclass
class Result:
    """What was measured of one engine at one size; a list has one number a repetition."""

    engine: str
    rows: int
    nodes: int = 0
    relationships: int = 0
    node_size: int = 0
    relationship_size: int = 0
    load_seconds: list[float] = field(default_factory=list)
    load_megabytes: list[float] = field(default_factory=list)
    server_megabytes: list[float] = field(default_factory=list)
    merge_seconds: list[float] = field(default_factory=list)
    create_seconds: list[float] = field(default_factory=list)
    single_rate: list[float] = field(default_factory=list)
    tried: dict[str, dict[int, float]] = field(default_factory=dict)

    @property
    def items(self) -> int:
        """Nodes and relationships."""
        return self.nodes + self.relationships

    def to_raw(self, position: int) -> float:
        """Return the throughput of a load as a share of the plain driver's with MERGE."""
        return self.merge_seconds[position] / self.load_seconds[position]

    def to_single(self, position: int) -> float:
        """Return how many times faster a load is than a transaction a row."""
        return self.items / self.load_seconds[position] / self.single_rate[position]


def run_load(settings: Settings, folder: Path) -> tuple[float, float]:
    """Run `vinculos load` on the folder; return its seconds and its peak memory in megabytes."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", COMMAND, "load", str(folder)],
        env=variables(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    watched = psutil.Process(process.pid)
    peak = 0
    while process.poll() is None:
        try:
            peak = max(peak, watched.memory_info().rss)
        except psutil.Error:
            break
        time.sleep(POLL_SECONDS)
    said, _ = process.communicate()
    took = time.perf_counter() - began
    if process.returncode:
        raise SystemExit(f"vinculos load failed:\n{said}")
    return took, peak / MEGA


@contextmanager
def raw_session(settings: Settings) -> Iterator[neo4j.Session]:
    """Give a session of the plain driver that may write."""
    with connect(settings) as store:
        if store.endpoint:
            driver = open_embedded(store.endpoint, "writer")
        else:
            driver = open_driver(
                settings.uri or "", neo4j.basic_auth(settings.username, settings.password)
            )
        with driver, driver.session(database=store.database) as session:
            yield session


def measure(settings: Settings, name: str, rows: int, folder: Path, repeat: int) -> Result:
    """Return what loading `folder` takes on an engine."""
    result = Result(name, rows)
    warm(settings, folder.parent, rows)
    spool = Spool(folder.parent / f"{folder.name}.{name}.spool")
    say(name, rows, f"load, 1 of {repeat}")
    empty(settings)
    time_load(settings, folder, result)
    with connect(settings) as store, raw_session(settings) as session:
        loaded = counts(store)
        spool.read_graph(session)
    choose_sizes(settings, spool, result)
    write = partial(raw.write, node_size=result.node_size, tie_size=result.relationship_size)

    def load() -> None:
        time_load(settings, folder, result)

    def merge() -> None:
        with raw_session(settings) as session:
            done = write(session, spool.groups())
        result.merge_seconds.append(done.seconds)
        result.nodes, result.relationships = done.nodes, done.ties
        with connect(settings) as store:
            if counts(store) != loaded:
                raise SystemExit(f"{name}: another graph: {counts(store)} for {loaded}")

    def create() -> None:
        with raw_session(settings) as session:
            done = write(session, spool.groups(), merge=False)
        result.create_seconds.append(done.seconds)

    def single() -> None:
        with raw_session(settings) as session:
            done = raw.write(session, spool.sample(SINGLES), node_size=1, tie_size=1)
        result.single_rate.append(done.items / done.seconds)

    # The first time the load came already, as the others write what it wrote.
    parts: list[Callable[[], None]] = [load, merge, create, single]
    for position in range(repeat):
        # Every other time the other way round, as a server gets faster as it runs.
        for part in parts[::-1] if position % 2 else parts if position else parts[1:]:
            say(name, rows, f"{part.__name__}, {position + 1} of {repeat}")
            empty(settings)
            part()
    empty(settings)
    spool.close()
    return result


def time_load(settings: Settings, folder: Path, result: Result) -> None:
    """Load the folder once and note what it took."""
    seconds, megabytes = run_load(settings, folder)
    result.load_seconds.append(seconds)
    result.load_megabytes.append(megabytes)
    result.server_megabytes.append(server_memory(settings) / MEGA)


def warm(settings: Settings, folder: Path, rows: int) -> None:
    """Load and delete a small folder, that the server has compiled what it needs."""
    small = write_folder(folder / "warm", min(rows, WARM_ROWS))
    for _ in range(2):
        empty(settings)
        run_load(settings, small)


def choose_sizes(settings: Settings, spool: Spool, result: Result) -> None:
    """Try the batch sizes on a sample and keep the best."""
    sample = spool.sample(SAMPLE)
    nodes: dict[int, float] = {}
    ties: dict[int, float] = {}
    # Once before, so that the first size tried is not the one that the server learns on.
    for size in (raw.SIZES[-1], *raw.SIZES):
        say(result.engine, result.rows, f"batches of {size}")
        empty(settings)
        with raw_session(settings) as session:
            done = raw.write(session, sample, node_size=size, tie_size=size)
        nodes[size] = done.node_seconds / done.nodes * MEGA
        ties[size] = done.tie_seconds / done.ties * MEGA
    result.node_size = min(nodes, key=lambda size: nodes[size])
    result.relationship_size = min(ties, key=lambda size: ties[size])
    result.tried = {"node_microseconds": nodes, "relationship_microseconds": ties}


def say(*words: object) -> None:
    """Say on standard error what is being done."""
    print(*words, file=sys.stderr, flush=True)


def spread(numbers: Sequence[float], digits: int = 1) -> str:
    """Return the median, with the least and the most where there are several."""
    middle = f"{statistics.median(numbers):,.{digits}f}"
    if len(numbers) == 1:
        return middle
    return f"{middle} ({min(numbers):,.{digits}f}–{max(numbers):,.{digits}f})"


def table(results: list[Result]) -> str:
    """Return the results as a Markdown table."""
    head = (
        "engine",
        "rows",
        "nodes + relationships",
        "load s",
        "rows/s",
        "raw MERGE s",
        "raw CREATE s",
        "batches",
        "one a transaction, /s",
        "load : raw",
        "load : one a transaction",
        "client MB",
        "server MB",
    )
    lines = [head, ("---",) * len(head)]
    for one in results:
        each = range(len(one.load_seconds))
        lines.append(
            (
                one.engine,
                f"{one.rows:,}",
                f"{one.nodes:,} + {one.relationships:,}",
                spread(one.load_seconds),
                spread([one.rows / seconds for seconds in one.load_seconds], 0),
                spread(one.merge_seconds),
                spread(one.create_seconds),
                f"{one.node_size} / {one.relationship_size}",
                spread(one.single_rate, 0),
                spread([one.to_raw(position) for position in each], 2),
                spread([one.to_single(position) for position in each], 1),
                spread(one.load_megabytes, 0),
                spread(one.server_megabytes, 0),
            )
        )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main(arguments: Sequence[str] | None = None) -> list[Result]:
    """Measure as the command line says, print the table, and return the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--engine", nargs="+", choices=ENGINES, default=["embedded", "neo4j-5"])
    parser.add_argument("--repeat", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    given = parser.parse_args(arguments)
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="vinculos-benchmark-") as name:
        temporary = Path(name)
        for one in given.engine:
            with engine(one, temporary / f"engine-{one}") as settings:
                for rows in given.rows:
                    folder = write_folder(temporary / f"synthetic-{rows}", rows, given.seed)
                    results.append(measure(settings, one, rows, folder, given.repeat))
                    if given.json:
                        given.json.write_text(json.dumps(facts(results), indent=1), "utf-8")
    print(table(results))
    return results


def facts(results: list[Result]) -> list[dict[str, Any]]:
    """Return the results as JSON takes them, the ratios included."""
    return [
        vars(one)
        | {
            "load_to_raw": [one.to_raw(i) for i in range(len(one.load_seconds))],
            "load_to_single": [one.to_single(i) for i in range(len(one.load_seconds))],
        }
        for one in results
    ]


if __name__ == "__main__":
    main()
