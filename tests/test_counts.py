"""Counts in sentences, in both languages, and that no template is filled without them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vinculos.graph.counts import Count, fill
from vinculos.reports.words import say
from vinculos.views.words import text

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 rows are"), (1, "1 row is"), (2, "2 rows are")]
)
def test_a_count_agrees_with_its_words(number: int, expected: str) -> None:
    assert fill("{n:row|rows} {n:=is|are}", n=number) == expected
    assert f"{Count(number):row|rows}" == expected.rpartition(" ")[0]


def test_other_values_are_written_as_ever() -> None:
    assert fill("{}: {:.2f}, {:,}, {yes}", "a", 0.5, 12345, yes=True) == "a: 0.50, 12,345, True"


def test_reports_and_pages_say_one_and_two() -> None:
    assert [say("rows", "es", n=n) for n in (1, 2)] == ["1 fila", "2 filas"]
    assert [text("edge_count", "es", n=n) for n in (1, 2)] == ["1 vínculo", "2 vínculos"]
    assert text("expand", "en", n=1) == "Show 1 hidden neighbour"


def test_no_sentence_has_a_number_before_a_plural_alone() -> None:
    """Look for `{n} rows` in what the program says: one row would be `1 rows`."""
    nouns = (
        "rows|files|folders|pairs|decisions|nodes|ties|relationships|problems|parts|changes|"
        "filas|archivos|carpetas|pares|decisiones|nodos|vínculos|relaciones|problemas|partes|cambios"
    )
    found = [
        f"{path.relative_to(ROOT)}: {hit[0]}"
        for folder in ("commands", "exports", "graph", "loaders", "queries", "reports", "views")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for hit in re.finditer(
            rf"(?<! of )(?<! de )\{{\w*\}} (?:{nouns})\b", path.read_text("utf-8")
        )
    ]
    # Numbers that are never one: limits, and what is told above a limit only.
    known = {
        "views/words.py: {n} nodes",
        "views/words.py: {n} nodos",
        "commands/drawing.py: {TOO_MANY} nodes",
    }
    assert set(found) <= known
