"""How long each named question takes, on the starter and on thousands of synthetic cases.

    python benchmarks/queries.py --cases 20000 --engine embedded neo4j-5 --write docs/performance.md

Each question is asked on a running engine of its own, on a connection that is open: statement,
measure where it has one, and what an audience may see. What starting `vinculos` adds is measured
once beside it. A question about somebody or something takes the best connected of what its own
list of choices offers, so that the slowest of usual answers is timed. Nothing is asserted on time.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import neo4j
import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.engines import ENGINES, empty, engine, variables  # noqa: E402
from benchmarks.shape import STARTER, read_starter  # noqa: E402
from benchmarks.synthetic import write_folder  # noqa: E402
from vinculos.cli import GARBAGE  # noqa: E402
from vinculos.graph.lookup import resolve_id  # noqa: E402
from vinculos.graph.redact import load_withheld  # noqa: E402
from vinculos.graph.store import Store, connect, open_driver, open_embedded  # noqa: E402
from vinculos.queries.ask import Question, prepare, run  # noqa: E402
from vinculos.queries.library import Query, list_queries  # noqa: E402
from vinculos.redaction.profile import get_audience  # noqa: E402
from vinculos.settings import Settings  # noqa: E402

BEGIN, END = "<!-- questions: begin -->", "<!-- questions: end -->"
GIGA = 1_000_000_000
COMMAND = "from vinculos.cli import run; run()"
PATIENCE_SECONDS = 20.0
"""A question slower than this is asked once."""
MOST_CHOICES = 5000
AIMS = {"starter": 0.3, "synthetic": 2.0, "analysis": 5.0}
"""Seconds to stay under: on the starter, on 20,000 cases, and there with a path or a measure."""


@dataclass
class Result:
    """What was measured of one question on one engine and folder."""

    engine: str
    folder: str
    query: str
    rows: int
    seconds: list[float]
    scans: list[str] = field(default_factory=list)
    measured: bool = False

    @property
    def median(self) -> float:
        """The median of the seconds."""
        return statistics.median(self.seconds)

    @property
    def aim(self) -> float:
        """The seconds to stay under."""
        return AIMS["analysis" if self.measured and self.folder != "starter" else self.folder]


def rows_for(cases: int) -> int:
    """Return how many rows in all a synthetic folder needs for that many custodies."""
    starter = read_starter()
    return round(cases * sum(map(len, starter.values())) / len(starter["detentions"]))


def load(settings: Settings, folder: Path, dataset: str) -> float:
    """Load a folder with the command; return its seconds."""
    began = time.perf_counter()
    arguments = [sys.executable, "-c", COMMAND, "load", str(folder), "--dataset", dataset]
    done = subprocess.run(arguments, env=variables(settings), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"vinculos load failed:\n{done.stderr}")
    return time.perf_counter() - began


def given_for(store: Store, query: Query) -> dict[str, str]:
    """Return texts for the parameters that `query` needs: the best connected of their choices."""
    given: dict[str, str] = {}
    for parameter in query.parameters.values():
        if not parameter.required:
            continue
        if not parameter.choices:
            raise SystemExit(f"{query.name}: parameter {parameter.name} lists no choices.")
        rows = store.query(parameter.choices).rows[:MOST_CHOICES]
        offered = [str(next(iter(row.values()))) for row in rows]
        taken = set(given.values())
        ranked = best_connected(store, offered) if parameter.type == "id" else offered
        given[parameter.name] = next(choice for choice in ranked if choice not in taken)
    return given


def best_connected(store: Store, ids: Sequence[str]) -> list[str]:
    """Return the ids, the one with most ties first."""
    label = resolve_id(store, ids[0]).label
    rows = store.read(
        f"UNWIND $ids AS id MATCH (n:{label} {{id: id}})-[r]-() "
        "WITH id, count(r) AS ties RETURN id, ties ORDER BY ties DESC, id",
        {"ids": list(ids)},
    ).rows
    return [row["id"] for row in rows]


def measure(
    store: Store, session: neo4j.Session, query: Query, name: str, folder: str, repeat: int
) -> Result:
    """Return how long a question takes: the first asking is not counted."""
    question = prepare(store, query, given_for(store, query))
    withheld = load_withheld(store, get_audience("public"), "en")
    seconds: list[float] = []
    rows = 0
    for position in range(repeat + 1):
        gc.collect()  # A command asks one question and leaves none of another's behind.
        began = time.perf_counter()
        rows = len(run(store, question).redacted(withheld)[0])
        if position:
            seconds.append(time.perf_counter() - began)
        elif time.perf_counter() - began > PATIENCE_SECONDS:
            seconds.append(time.perf_counter() - began)
            break
    scans = sorted(set(scanned(session, question)))
    return Result(name, folder, query.name, rows, seconds, scans, bool(query.then))


def scanned(session: neo4j.Session, question: Question) -> Iterator[str]:
    """Yield what the engine would read whole, label by label, as its plan says."""
    plan = session.run(f"EXPLAIN {question.text}", dict(question.parameters)).consume().plan
    if plan:
        yield from _scans(plan)


def _scans(plan: Mapping[str, Any]) -> Iterator[str]:
    details = plan.get("args", {})
    written = str(details.get("string-representation", ""))
    yield from (
        label or "everything" for label in re.findall(r"NodeByLabelScan\(\w*:?(\w*)", written)
    )
    kind = plan["operatorType"].partition("@")[0]
    if kind.endswith("LabelScan") or kind.endswith("LabelsScan"):
        yield from re.findall(r":([\w|&]+)", str(details.get("Details", "")))
    elif kind == "AllNodesScan":
        yield "everything"
    for child in plan.get("children", ()):
        yield from _scans(child)


def startup(settings: Settings, repeat: int) -> list[float]:
    """Return the seconds of the whole command `vinculos query` for one row, engine running."""
    arguments = [sys.executable, "-c", COMMAND, "query", "-c", "RETURN 1 AS n"]
    seconds = []
    for _ in range(repeat):
        began = time.perf_counter()
        subprocess.run(arguments, env=variables(settings), capture_output=True, check=True)
        seconds.append(time.perf_counter() - began)
    return seconds


def measure_all(
    settings: Settings, name: str, folder: str, repeat: int, names: Sequence[str]
) -> Iterator[Result]:
    """Yield what each saved question takes on an engine that holds `folder`."""
    with connect(settings) as store:
        if store.endpoint:
            driver = open_embedded(store.endpoint, "reader")
        else:
            driver = open_driver(
                settings.uri or "", neo4j.basic_auth(settings.username, settings.password)
            )
        with driver, driver.session(database=store.database) as session:
            for query in list_queries():
                if not names or query.name in names:
                    result = measure(store, session, query, name, folder, repeat)
                    say(name, folder, query.name, f"{result.median:.3f} s", result.rows, "rows")
                    yield result


def say(*words: object) -> None:
    """Say on standard error what is being done."""
    print(*words, file=sys.stderr, flush=True)


def table(results: Sequence[Result]) -> list[str]:
    """Return a Markdown table: a question a row, a column an engine and folder."""
    columns = list(dict.fromkeys((one.engine, one.folder) for one in results))
    cells = {(one.query, one.engine, one.folder): one for one in results}
    head = ["question"]
    for name, folder in columns:
        head += [f"{folder}, {name}: s", "rows"]
    head += [f"read whole on {name}" for name in dict.fromkeys(name for name, _ in columns)]
    lines = [
        head,
        ["---", *["---:"] * (2 * len(columns)), *["---"] * (len(head) - 1 - 2 * len(columns))],
    ]
    for query in dict.fromkeys(one.query for one in results):
        row = [f"`{query}`"]
        scans: dict[str, str] = {}
        for name, folder in columns:
            one = cells.get((query, name, folder))
            if one is None:
                row += ["", ""]
                continue
            late = " (!)" if one.median > one.aim else ""
            row += [f"{one.median:.3f}{late}", f"{one.rows:,}"]
            scans[name] = ", ".join(one.scans) or "nothing"
        row += [scans.get(name, "") for name in dict.fromkeys(name for name, _ in columns)]
        lines.append(row)
    return [f"| {' | '.join(line)} |" for line in lines]


def section(results: Sequence[Result], facts: Mapping[str, str]) -> str:
    """Return the part of the page that holds the figures, between its two marks."""
    late = [one for one in results if one.median > one.aim]
    lines = [
        BEGIN,
        "",
        *(f"- {name}: {value}" for name, value in facts.items()),
        f"- over their aim, marked (!): {len(late)} of {len(results)} figures",
        "",
        *table(results),
        "",
        END,
    ]
    return "\n".join(lines)


def write_section(path: Path, text: str) -> None:
    """Put the figures between the marks of a page; its other text stays.

    Raises:
        SystemExit: the page has no such marks.
    """
    page = path.read_text("utf-8")
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{path} has no place for the figures: {BEGIN} … {END}")
    path.write_text(before + text + after, "utf-8")


def main(arguments: Sequence[str] | None = None) -> list[Result]:
    """Measure as the command line says, print or write the table, and return the results."""
    gc.set_threshold(*GARBAGE)
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", type=int, default=20_000, help="custodies, 0: starter alone")
    parser.add_argument("--engine", nargs="+", choices=ENGINES, default=["embedded", "neo4j-5"])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--query", nargs="+", default=[], metavar="NAME", help="these alone")
    parser.add_argument("--write", type=Path, help="a page with the two marks for the figures")
    parser.add_argument("--json", type=Path, help="write the figures to this file, too")
    given = parser.parse_args(arguments)
    results: list[Result] = []
    facts = {
        "made by": "`python benchmarks/queries.py --write docs/performance.md`",
        "day": datetime.date.today().isoformat(),
        "machine": f"{os.cpu_count()} cores, {psutil.virtual_memory().total // GIGA} GB, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}",
        "seconds": f"median of {given.repeat} askings on an open connection, the first one not "
        "counted; what may be shown to the public",
    }
    with tempfile.TemporaryDirectory(prefix="vinculos-benchmark-") as name:
        temporary = Path(name)
        folders = {"starter": STARTER}
        if given.cases:
            folders["synthetic"] = write_folder(
                temporary / "synthetic", rows_for(given.cases), given.seed
            )
            facts["synthetic folder"] = f"{given.cases:,} cases in {rows_for(given.cases):,} rows"
        for one in given.engine:
            with engine(one, temporary / f"engine-{one}") as settings:
                for folder, path in folders.items():
                    empty(settings)
                    say(one, folder, f"loaded in {load(settings, path, folder):.0f} s")
                    if folder == "starter":
                        facts[f"whole command for one row, {one}"] = (
                            f"{statistics.median(startup(settings, given.repeat)):.2f} s"
                        )
                    results += measure_all(settings, one, folder, given.repeat, given.query)
                    if given.json:
                        given.json.write_text(json.dumps([vars(r) for r in results], indent=1))
    text = section(results, facts)
    if given.write:
        write_section(given.write, text)
    print(text)
    return results


if __name__ == "__main__":
    main()
