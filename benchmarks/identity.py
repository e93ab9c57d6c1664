"""How well and how fast people who are one are found, beside others.

    python benchmarks/identity.py --split tune
    python benchmarks/identity.py --people 100000 --no-pairs

Quality: each way to compare gives every pair of `identity_pairs.csv` a score. Two thresholds are
set on `tune`, that of the best F1 and that of the best recall at a precision of 0.98; what is
printed is what they give on the half asked for. Speed: so many synthetic people are compared in
this process, on one core; processor seconds and peak memory are printed.

nomenklatura is asked where `--nomenklatura PYTHON` names a Python that has it.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from rapidfuzz import fuzz  # noqa: E402
from rapidfuzz.distance import JaroWinkler  # noqa: E402

from benchmarks.identity_names import MEN, SURNAMES, WOMEN  # noqa: E402
from benchmarks.identity_spelling import accentless, misspelt  # noqa: E402
from vinculos.commands.duplicates import MIN_SCORE  # noqa: E402
from vinculos.graph.duplicates import find_candidates  # noqa: E402
from vinculos.graph.folding import fold  # noqa: E402
from vinculos.graph.identity import Custody, Known, compare  # noqa: E402
from vinculos.graph.name_words import GIVEN  # noqa: E402
from vinculos.graph.name_words import SURNAMES as COMMON  # noqa: E402
from vinculos.graph.spool import Spool  # noqa: E402

HERE = Path(__file__).resolve().parent
PAIRS = HERE / "identity_pairs.csv"
PRECISION = 0.98
TWICE = 0.05
"""Share of synthetic people who are there a second time, written another way."""
Row = dict[str, str]


def known(row: Row, side: str) -> Known:
    """Return one side of a pair."""
    custody = []
    for part in filter(None, row[f"{side}_custody"].split("; ")):
        days, _, place = part.partition("@")
        started, _, ended = days.partition("/")
        custody.append(Custody(started, ended, place))
    return Known(
        side,
        row[f"{side}_name"],
        tuple(filter(None, row[f"{side}_aliases"].split("; "))),
        row[f"{side}_born"],
        row[f"{side}_mother_name"],
        "",
        tuple(custody),
        tuple(filter(None, [row[f"{side}_kin"]])),
    )


def by_name(likeness: Callable[[str, str], float]) -> Callable[[Row], float]:
    """Return a way to compare rows by the likest of their names and other names."""

    def score(row: Row) -> float:
        sides = [
            [fold(name) for name in (row[f"{s}_name"], *row[f"{s}_aliases"].split("; ")) if name]
            for s in "ab"
        ]
        return max(likeness(a, b) for a in sides[0] for b in sides[1])

    return score


OURS = "vinculos"
WAYS: dict[str, Callable[[Row], float]] = {
    OURS: lambda row: compare(known(row, "a"), known(row, "b")).score,
    "Jaro-Winkler": by_name(JaroWinkler.similarity),
    "token_sort_ratio": by_name(lambda a, b: fuzz.token_sort_ratio(a, b) / 100),
}


def measured(scores: Sequence[float], same: Sequence[bool], least: float) -> tuple[float, float]:
    """Return precision and recall where a score of `least` or more counts as the same."""
    found = [is_same for score, is_same in zip(scores, same, strict=True) if score >= least]
    return (sum(found) / len(found) if found else 1.0), sum(found) / sum(same)


def thresholds(scores: Sequence[float], same: Sequence[bool]) -> tuple[float, float | None]:
    """Return the threshold with the best F1, and the one with the best recall at `PRECISION`.

    The second is None where no threshold has that precision.
    """
    tried = [(least, *measured(scores, same, least)) for least in sorted(set(scores))]
    best = max(tried, key=lambda t: 2 * t[1] * t[2] / max(t[1] + t[2], 1e-9))[0]
    exact = [(recall, least) for least, precision, recall in tried if precision >= PRECISION]
    return best, max(exact)[1] if exact else None


def quality(split: str, python: Path | None) -> Iterator[str]:
    """Yield a line of a table for each way to compare, with what it gives on one half."""
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    scores = {name: [way(row) for row in rows] for name, way in WAYS.items()}
    if python:
        script = HERE / "identity_nomenklatura.py"
        with PAIRS.open("rb") as file:
            done = subprocess.run([python, script], stdin=file, capture_output=True, check=True)
        scores |= {f"nomenklatura {k}": v for k, v in json.loads(done.stdout).items()}
    else:
        print("nomenklatura is left out: name a Python that has it with --nomenklatura.")
    yield f"| {split} | best F1 at | precision | recall | {PRECISION} at | precision | recall |"
    yield "|---|---|---|---|---|---|---|"
    for name, given in scores.items():
        halves = {
            half: (
                [s for s, row in zip(given, rows, strict=True) if row["split"] == half],
                [row["label"] == "same" for row in rows if row["split"] == half],
            )
            for half in ("tune", "held_out")
        }
        cells = [name]
        for least in thresholds(*halves["tune"]):
            if least is None:
                cells += ["never", "", ""]
            else:
                precision, recall = measured(*halves[split], least)
                cells += [f"{least:.3f}", f"{precision:.3f}", f"{recall:.3f}"]
        yield f"| {' | '.join(cells)} |"
        if name == OURS:
            default = measured(*halves[split], MIN_SCORE)
            yield (
                f"| {OURS}, as `duplicates` lists | {MIN_SCORE} | {default[0]:.3f} | "
                f"{default[1]:.3f} | | | |"
            )


def population(number: int, seed: int) -> Iterator[Known]:
    """Yield synthetic people; names are as unevenly common as in life, some come twice."""
    dice = random.Random(seed)  # noqa: S311 - for test data alone
    given = [*MEN, *WOMEN, *(word.capitalize() for word in sorted(GIVEN))]
    surnames = [*SURNAMES, *(word.capitalize() for word in sorted(COMMON))]
    weights = [[1 / (rank + 8) for rank in range(len(words))] for words in (given, surnames)]
    place = 0
    while place < number:
        first = dice.choices(given, weights[0], k=2)[: 1 if dice.random() < 0.3 else 2]
        last = dice.choices(surnames, weights[1], k=2)[: 1 if dice.random() < 0.15 else 2]
        name = " ".join((*first, *last))
        born = f"{dice.randrange(1945, 2006)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 28):02}"
        taken = (
            f"{dice.randrange(2014, 2026)}-{dice.randrange(1, 13):02}-{dice.randrange(1, 28):02}"
        )
        custody = (Custody(taken, "", f"Penal {dice.randrange(60)}"),)
        yield Known(f"a:{place:07}", name, (), born if dice.random() < 0.3 else "", "", "", custody)
        place += 1
        if dice.random() < TWICE and place < number:
            other = dice.choice(
                (
                    f"{' '.join(last).upper()}, {accentless(first[0])}",
                    misspelt(name, dice),
                    f"{first[0]} {last[0]}",
                )
            )
            yield Known(f"b:{place:07}", other, (), "", "", "", custody)
            place += 1


def speed(number: int, min_score: float, seed: int) -> None:
    """Compare synthetic people and print what it took."""
    people = sorted(population(number, seed), key=lambda person: person.id)
    before = time.process_time()
    with Spool() as spool:
        found = list(find_candidates(people, spool, min_score))
        pairs = spool.number("SELECT count(*) FROM pairs")
    seconds = time.process_time() - before
    numbers = [int(candidate.one.id[2:]) for candidate in found if candidate.two.id[0] == "b"]
    there = {int(person.id[2:]) - 1 for person in people if person.id[0] == "b"}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{number} people: {pairs} pairs compared, {len(found)} candidates of {min_score} or more, "
        f"{seconds:.1f} processor seconds, peak {peak:.0f} MiB; {len(there & set(numbers))} of "
        f"{len(there)} who are there twice found"
    )


def main() -> None:
    """Print what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--split", choices=("tune", "held_out"), default="tune")
    parser.add_argument("--nomenklatura", type=Path, metavar="PYTHON")
    parser.add_argument("--no-pairs", action="store_true", help="Speed alone.")
    parser.add_argument("--people", type=int, default=0, help="How many to compare for speed.")
    parser.add_argument("--min-score", type=float, default=0.6)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    if not asked.no_pairs:
        for line in quality(asked.split, asked.nomenklatura):
            print(line)
    if asked.people:
        speed(asked.people, asked.min_score, asked.seed)


if __name__ == "__main__":
    main()
