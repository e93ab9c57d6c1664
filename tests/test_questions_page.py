"""The page about questions: what it shows works, and it names every theme and key there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.answers import ask
from tests.tiny import TINY
from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from tests.tiny import tiny as tiny
from vinculos.graph.store import Store
from vinculos.queries.library import THEMES, TYPES, parse_query

PAGE = (Path(__file__).parent.parent / "docs" / "questions.md").read_text(encoding="utf-8")


def test_the_question_shown_answers_what_it_says(tiny: Store) -> None:
    (text,) = re.findall(r"```cypher\n(.*?)```", PAGE, re.DOTALL)
    query = parse_query("example", text)
    (answer,) = query.answers
    answered = ask(tiny, query, answer.given, TINY)
    assert [tuple(row[c] for c in answer.columns) for row in answered.rows] == list(answer.rows)
    assert not any(never in str(answered.rows) for never in answer.never)


@pytest.mark.parametrize("word", [*filter(None, THEMES), *TYPES])
def test_the_page_names_each_theme_and_type(word: str) -> None:
    assert f"`{word}`" in PAGE
