"""Kills the client or the database while the graph is written, runs the command again, compares.

    python tests/faults/kill.py --engine embedded neo4j-5 --moments 50 --results kill.jsonl

Each moment starts from the same graph. The real command line runs as a process of its own, in
batches small enough that most moments fall between two commits; at the moment one of the two is
ended by SIGKILL, the server is started again, and the same command is run to its end. The whole
graph, claims and loads included, must then be that of a run nobody disturbed. What `--results`
holds already is not tried again. Prints a table in Markdown; ends with 1 if any moment failed.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.faults import results
from tests.faults.engines import ENGINES, Engine, engine_of
from tests.faults.warm import Commands, Ended
from vinculos.errors import EngineError
from vinculos.graph.store import Store, connect
from vinculos.graph.stored import plain_properties
from vinculos.loaders.load import load_folder

ACTIONS = ("load", "replace", "retract")
VICTIMS = ("client", "server")
BATCH = 20
SECONDS = 150
"""How long one command may take, whatever happens to it."""
TIMES = {"recorded", "started", "finished", "made"}
COUNTS = {"created", "updated", "deleted", "unchanged"}
"""What a load says it did: one that is taken up counts what was left for it to do."""


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
    commands: Commands
    action: str
    first: Path
    later: Path
    seconds: float = 0.0
    end: Any = None

    @property
    def words(self) -> list[str]:
        return {
            "load": ["load", str(self.first), "--dataset", "cases"],
            "replace": ["load", str(self.later), "--dataset", "cases", "--replace"],
            "retract": ["retract", "s2", "--why", "withdrawn"],
        }[self.action]

    def reset(self) -> None:
        """Bring the graph to what it is before the action."""
        with connect(self.engine.settings) as store:
            store.write("MATCH (n) DETACH DELETE n")
            if self.action != "load":
                load_folder(store, self.first, dataset="cases")

    def measure(self) -> None:
        """Run the action undisturbed, twice as the first warms the engine; note its end."""
        for _ in range(2):
            self.reset()
            ended = self.commands.run(self.words, SECONDS)
            assert ended.code == 0, ended
            self.seconds = ended.seconds
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


@dataclass(frozen=True)
class Case:
    """One moment: number `moment` of `moments` of an action on an engine, for one victim."""

    engine: str
    action: str
    victim: str
    moments: int
    moment: int
    seed: int = 1

    def delay(self, seconds: float) -> float:
        """Return when to kill in an action of `seconds`: at random within the moment's share."""
        chance = random.Random(repr(self))
        return (self.moment + chance.random()) * seconds / self.moments


@dataclass
class Outcome:
    """What became of one case: whether it was partly written, equal after the rerun, and why not.

    `delay`, `rerun` and `seconds` (of it all) are in seconds.
    """

    case: Case
    delay: float
    partly: bool = False
    equal: bool = False
    rerun: float = 0.0
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)


def differences(found: Any, wanted: Any) -> str:
    """Return the first differences between two snapshots, in a few words."""
    nodes = [key for key in {*found[0], *wanted[0]} if found[0].get(key) != wanted[0].get(key)]
    ties = set(found[1]) ^ set(wanted[1])
    shown = [(key, found[0].get(key), wanted[0].get(key)) for key in nodes[:2]]
    return f"{len(nodes)} nodes, {len(ties)} ties differ: {shown} {sorted(ties)[:2]}"


def disturb(trial: Trial, outcome: Outcome) -> None:
    """Kill the victim in mid-action; run the action again; note what came of it."""
    engine, commands, wrong = trial.engine, trial.commands, outcome.failures
    victim = outcome.case.victim
    trial.reset()
    with connect(engine.settings) as store:
        start = snapshot(store)
        commands.start(trial.words)
        ended = commands.wait(outcome.delay)
        committed = store.read(RECORDED).rows[0]["n"]
        if victim == "client":
            commands.kill()
        else:
            engine.kill()
    if victim == "server":
        engine.restart()
    ended = ended or commands.wait(SECONDS)
    if ended is None:
        commands.kill()
        ended = commands.wait(SECONDS)
        wrong.append(f"the client did not end in {SECONDS} s")
    wrong += said_wrong(ended, victim)
    with connect(engine.settings) as store:
        if store.read(RECORDED).rows[0]["n"] < committed:
            wrong.append("what was committed is lost")
        found = snapshot(store)
    outcome.partly = found not in (start, trial.end)
    again = commands.run(trial.words, SECONDS)
    outcome.rerun = again.seconds
    done = trial.action == "retract" and found == trial.end
    if again.code != (2 if done else 0):
        wrong.append(f"run again it ended with {again.code}: {again.err[-600:]}")
    if "waiting for" in again.err:
        wrong.append("run again it waited for the lock of what was killed")
    with connect(engine.settings) as store:
        found = snapshot(store)
    outcome.equal = found == trial.end
    if not outcome.equal:
        wrong.append(f"another graph: {differences(found, trial.end)}")
    wrong += engine.strays() + commands.strays()
    scratch = engine.settings.home / "tmp"
    wrong += [f"left {path}" for path in (scratch.iterdir() if scratch.is_dir() else ())]


def said_wrong(ended: Ended | None, victim: str) -> Iterator[str]:
    """Yield what is wrong with how the disturbed client ended."""
    if ended is None:
        yield "the client cannot be killed"
    elif "Traceback" in ended.err or (victim == "server" and ended.code not in (0, 3)):
        yield f"the client said, with {ended.code}: {ended.err[-600:]}"


def run(
    engine: Engine,
    cases: list[Case],
    *,
    tell: Callable[[Outcome], None] = lambda outcome: None,
) -> list[Outcome]:
    """Disturb the actions of `cases` on the one engine that they are all for."""
    outcomes = []
    with tempfile.TemporaryDirectory() as folder, Commands(engine.settings, BATCH) as commands:
        first = write_cases(Path(folder) / "first", changed=False)
        later = write_cases(Path(folder) / "later", changed=True)
        for action in dict.fromkeys(case.action for case in cases):
            trial = Trial(engine, commands, action, first, later)
            trial.measure()
            for case in cases:
                if case.action == action:
                    outcomes.append(outcome := Outcome(case, case.delay(trial.seconds)))
                    began = time.monotonic()
                    try:
                        disturb(trial, outcome)
                    except (AssertionError, EngineError) as error:
                        outcome.failures.append(repr(error))
                    outcome.seconds = time.monotonic() - began
                    tell(outcome)
    return outcomes


def table(outcomes: list[Outcome]) -> Iterator[str]:
    """Yield the lines of a table: an action, a victim and an engine a row."""
    yield (
        "| action | killed | engine | moments | partly written | equal after rerun | failed "
        "| slowest rerun (s) | total (s) |"
    )
    yield "|---|---|---|--:|--:|--:|--:|--:|--:|"
    rows: dict[tuple[str, ...], list[Outcome]] = {}
    for one in outcomes:
        rows.setdefault((one.case.action, one.case.victim, one.case.engine), []).append(one)
    for names, own in rows.items():
        yield (
            f"| {' | '.join(names)} | {len(own)} | {sum(one.partly for one in own)} "
            f"| {sum(one.equal for one in own)} | {sum(bool(one.failures) for one in own)} "
            f"| {max(one.rerun for one in own):.1f} | {sum(one.seconds for one in own):.0f} |"
        )


def main() -> int:
    """Run what the command line asks for; return its exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--engine", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--action", nargs="+", choices=ACTIONS, default=list(ACTIONS))
    parser.add_argument("--victim", nargs="+", choices=VICTIMS, default=list(VICTIMS))
    parser.add_argument("--moments", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, help="file of results, to be taken up again")
    asked = parser.parse_args()

    def tell(outcome: Outcome) -> None:
        results.keep(asked.results, outcome)
        for words in outcome.failures:
            print(f"{outcome.case} at {outcome.delay:.3f} s: {words}", file=sys.stderr, flush=True)

    kept = [Outcome(**one | {"case": Case(**one["case"])}) for one in results.read(asked.results)]
    outcomes = []
    for name in asked.engine:
        cases = [
            Case(name, action, victim, asked.moments, moment, asked.seed)
            for action in asked.action
            for victim in asked.victim
            for moment in range(asked.moments)
        ]
        outcomes += [one for one in kept if one.case in cases]
        left = [case for case in cases if case not in {one.case for one in kept}]
        if left:
            with tempfile.TemporaryDirectory() as folder, engine_of(name, Path(folder)) as engine:
                outcomes += run(engine, left, tell=tell)
    print("\n".join(table(outcomes)))
    return int(any(one.failures for one in outcomes))


if __name__ == "__main__":
    os.umask(0o077)
    sys.exit(main())
