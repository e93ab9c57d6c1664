"""Scores of nomenklatura's matchers for pairs of records, in a Python that has it installed.

    PYTHON benchmarks/identity_nomenklatura.py < benchmarks/identity_pairs.csv

Writes a JSON object to standard output: the name of each matcher and its scores, in the order of
the rows. It imports nothing of ours, as nomenklatura is installed apart from it.
"""

from __future__ import annotations

import csv
import json
import sys
from typing import Any

MATCHERS = ("er-unstable", "regression-v1", "logic-v2")
"""What nomenklatura uses to deduplicate by default, its trained model before, and its rules."""


def entity(row: dict[str, str], side: str) -> Any:
    """Return one side of a pair as a FollowTheMoney Person."""
    from followthemoney import model

    person = model.make_entity("Person")
    person.id = side
    person.add("name", row[f"{side}_name"])
    for alias in filter(None, row[f"{side}_aliases"].split("; ")):
        person.add("alias", alias)
    person.add("birthDate", row[f"{side}_born"])
    person.add("motherName", row[f"{side}_mother_name"])
    return person


def main() -> None:
    """Score every pair with every matcher."""
    from nomenklatura.matching import get_algorithm

    rows = list(csv.DictReader(sys.stdin))
    found = {}
    for name in MATCHERS:
        algorithm = get_algorithm(name)
        if algorithm is None:
            continue
        config = algorithm.default_config()
        found[name] = [
            algorithm.compare(entity(row, "a"), entity(row, "b"), config).score for row in rows
        ]
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
