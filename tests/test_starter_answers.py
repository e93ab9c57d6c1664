"""Every saved question on the starter data, compared with a plain pass over its CSV rows.

How dates, lists, ids and minors are compared stands in `starter_answers`.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import starter_answers
from tests.answers import ask, comparable
from tests.starter_answers import EXPECTED, STARTER, Expected
from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from vinculos.graph.store import Store
from vinculos.queries.library import get_query, query_files

for module in pkgutil.iter_modules(starter_answers.__path__):
    importlib.import_module(f"{starter_answers.__name__}.{module.name}")


@pytest.mark.parametrize("expected", EXPECTED, ids=str)
def test_starter(holding: Callable[[Path], Store], expected: Expected) -> None:
    query = get_query(expected.query)
    answered = ask(holding(STARTER), query, expected.given, STARTER)
    rows = list(expected.rows())
    assert rows
    if query.returns_graph:
        ((nodes, ties),) = rows
        assert answered.nodes == nodes
        assert answered.ties == ties
    else:
        seen = Counter(
            tuple(comparable(row[column]) for column in expected.columns) for row in answered.rows
        )
        wanted = Counter(tuple(map(comparable, row)) for row in rows)
        assert (wanted - seen, seen - wanted) == (Counter(), Counter())


@pytest.mark.parametrize("name", sorted(query_files()))
def test_every_saved_question_has_a_pass_over_the_starter(name: str) -> None:
    assert any(expected.query == name for expected in EXPECTED)
