"""Loads thousands of damaged inputs: each is loaded right or refused in words, never half.

    python tests/faults/fuzz.py --inputs 5000 --seed 1 --results fuzz.jsonl

Input n of a seed is always the same. Each is loaded by the command line, in a process of its own,
into an empty graph on the embedded engine. Either the command succeeds and the graph holds as many
claims as it said and one finished load; or it says why not, and the graph holds nothing. Whatever
is neither is a failure, and so are a traceback, the name of the minor who stands in each input,
more than 60 s and more than 500 MB: its input is kept, its number printed. What `--results` holds
already is not tried again. Prints a table in Markdown; ends with 1 on any failure.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests import engine_classes
from tests.faults import results
from tests.faults.containers import make
from tests.faults.mapped import MAPPING
from tests.faults.mutations import MINOR, MUTATIONS
from tests.faults.warm import Commands, Ended
from vinculos.graph import embedded
from vinculos.graph.store import Store, connect
from vinculos.settings import read_settings

SECONDS = 60
MEGABYTES = 500
HELD = "MATCH (n) WHERE NOT n:Lock RETURN count(n) AS n"


@dataclass(frozen=True)
class Judged:
    """What became of one input: `loaded`, `refused` or `failed`, and then why."""

    seed: int
    number: int
    mutation: str
    verdict: str
    why: str
    seconds: float
    megabytes: float


def judge(store: Store, ended: Ended) -> tuple[str, str]:
    """Return the verdict on a load that began with an empty graph, and why it failed."""
    said = ended.out + ended.err
    held = store.read(HELD).rows[0]["n"]
    if ended.seconds > SECONDS or ended.megabytes > MEGABYTES:
        return "failed", f"{ended.seconds:.0f} s, {ended.megabytes:.0f} MB"
    if ended.code not in (0, 1, 2) or "Traceback" in said:
        return "failed", f"it ended with {ended.code}: {said[-600:]}"
    if MINOR in said:
        return "failed", "what it says names a minor"
    if ended.code:
        if held:
            return "failed", f"refused, but {held} nodes were written"
        return ("refused", "") if ended.err.strip() else ("failed", "refused without a word")
    return judge_graph(store, json.loads(ended.out), held)


def judge_graph(store: Store, said: dict[str, Any], held: int) -> tuple[str, str]:
    """Return the verdict on a graph of which a load says that it has filled it."""
    if not said["rows"]:
        return ("failed", f"no rows, but {held} nodes") if held else ("loaded", "")
    found = store.read(
        "MATCH (c:Claim) WITH count(c) AS claims MATCH (l:Load) "
        "RETURN claims, collect(l.complete) AS complete"
    ).rows
    wanted = [{"claims": said["counts"]["claims"]["created"], "complete": [True]}]
    if found != wanted:
        return "failed", f"{found}, not {wanted}"
    nodes = [row["n"] for row in store.read("MATCH (n) RETURN properties(n) AS n").rows]
    if any(node.get("is_minor") for node in nodes) and MINOR in repr(nodes):
        return "failed", "the graph names a minor"
    return "loaded", ""


def run(
    inputs: int,
    seed: int = 1,
    *,
    first: int = 0,
    only: str = "",
    kept: Path | None = None,
    file: Path | None = None,
    tell: Callable[[str], None] = lambda words: None,
) -> list[Judged]:
    """Judge `inputs` inputs of a seed, but for those whose results `file` has; return all.

    With `only`, those of mutations with this in their names.
    """
    names = list(MUTATIONS)
    fit = (n for n in itertools.count(first) if only in names[n % len(names)])
    wanted = list(itertools.islice(fit, inputs if any(only in name for name in names) else 0))
    before = [Judged(**result) for result in results.read(file)]
    judged = {one.number: one for one in before if one.seed == seed and one.number in wanted}
    with tempfile.TemporaryDirectory() as scratch:
        home = Path(scratch) / "home"
        engine_classes.keep_ready(home)
        settings = read_settings(environment={"VINCULOS_HOME": str(home), "VINCULOS_LANG": "en"})
        try:
            with connect(settings) as store, Commands(settings) as commands:
                for number in wanted:
                    if number in judged:
                        continue
                    folder = Path(scratch) / "inputs" / f"{number}" / "cases"
                    name, path = make(seed, number, folder)
                    store.write("MATCH (n) DETACH DELETE n")
                    words = ["load", str(path), "--dataset", "cases", "--json"]
                    if (mapping := folder / MAPPING).exists():
                        words += ["--mapping", str(mapping)]
                    ended = commands.run(words, SECONDS, MEGABYTES)
                    verdict, why = judge(store, ended)
                    one = Judged(seed, number, name, verdict, why, ended.seconds, ended.megabytes)
                    judged[number] = one
                    results.keep(file, one)
                    if verdict == "failed":
                        tell(f"input {number} of seed {seed}, {name}: {why}")
                        keep_input(folder.parent, kept, f"{seed}-{number}")
                    shutil.rmtree(folder.parent, ignore_errors=True)
        finally:
            embedded.stop(settings)
    return [judged[number] for number in wanted]


def keep_input(folder: Path, kept: Path | None, name: str) -> None:
    """Move an input that failed to where it can be looked at."""
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(OSError):
            shutil.move(folder, kept / name)


def table(judged: list[Judged]) -> Iterator[str]:
    """Yield the lines of a table of the verdicts, a mutation a row."""
    yield "| mutation | inputs | loaded | refused | failed | slowest (s) | most (MB) |"
    yield "|---|--:|--:|--:|--:|--:|--:|"
    for name in (*MUTATIONS, "**all**"):
        own = [one for one in judged if name in (one.mutation, "**all**")]
        verdicts = [one.verdict for one in own]
        counts = (verdicts.count(word) for word in ("loaded", "refused", "failed"))
        yield (
            f"| {name} | {len(own)} | {' | '.join(map(str, counts))} "
            f"| {max((one.seconds for one in own), default=0):.1f} "
            f"| {max((one.megabytes for one in own), default=0):.0f} |"
        )


def main() -> int:
    """Run what the command line asks for; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--inputs", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--only", default="", help="part of the names of the mutations to try")
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "vinculos-fuzz")
    parser.add_argument("--results", type=Path, help="file of results, to be taken up again")
    asked = parser.parse_args()

    def tell(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    judged = run(
        asked.inputs,
        asked.seed,
        first=asked.first,
        only=asked.only,
        kept=asked.kept,
        file=asked.results,
        tell=tell,
    )
    print("\n".join(table(judged)))
    return int(any(one.verdict == "failed" for one in judged))


if __name__ == "__main__":
    sys.exit(main())
