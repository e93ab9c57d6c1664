"""Every saved question, asked of graphs that were written by hand, on both engines.

The expected answers stand in the headers of the questions. They come from reading the files in
`data/`, never from the program. What must not appear is as much of the test as what must.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.answers import ask
from tests.folders import write_folder
from tests.tiny import DATA
from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from vinculos.graph.store import Store
from vinculos.loaders.load import load_folder
from vinculos.queries.answers import Answer
from vinculos.queries.library import Query, get_query, query_files
from vinculos.queries.parameters import bind

# By fixture, so that each is loaded once an engine.
ASKED = sorted(
    ((get_query(name), answer) for name in query_files() for answer in get_query(name).answers),
    key=lambda asked: (asked[1].fixture, asked[0].name),
)


@pytest.mark.parametrize(
    ("query", "answer"), ASKED, ids=[f"{q.name}{dict(a.given) or ''}" for q, a in ASKED]
)
def test_answer(holding: Callable[[Path], Store], query: Query, answer: Answer) -> None:
    folder = DATA / answer.fixture
    store = holding(folder)
    answered = ask(store, query, answer.given, folder)
    if query.returns_graph:
        assert answered.nodes == answer.nodes
        assert answered.ties == answer.ties
    else:
        expected = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        assert [
            {column: row[column] for column in answer.columns} for row in answered.rows
        ] == expected
    there = {row["id"] for row in store.query("MATCH (n) RETURN n.id AS id").rows}
    seen = answered.nodes.union(*(_leaves(row) for row in answered.rows))
    for never in answer.never:
        if isinstance(never, Mapping):
            assert not any(never.items() <= row.items() for row in answered.rows)
        else:
            assert f"{answer.fixture}:{never}" in there, f"{never} is nowhere in the folder"
            assert never not in seen


@pytest.mark.parametrize("name", sorted(query_files()))
def test_every_saved_question_says_what_it_must_and_must_not_answer(name: str) -> None:
    answers = get_query(name).answers
    assert any(answer.rows or answer.nodes for answer in answers)
    assert any(answer.never for answer in answers)


@pytest.mark.parametrize("name", sorted(query_files()))
def test_header_names_everything_in_both_languages(name: str) -> None:
    query = get_query(name)
    texts = [query.title, query.description]
    texts += [column.title for column in query.columns.values()]
    texts += [parameter.title for parameter in query.parameters.values()]
    assert all(text.en and text.es for text in texts)
    assert query.title.en != query.title.es
    assert query.theme


def _leaves(value: Any) -> Iterator[Any]:
    """Give each text, number or flag in `value`."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _leaves(item)
    elif isinstance(value, list):
        for item in value:
            yield from _leaves(item)
    else:
        yield value


@pytest.mark.parametrize(
    ("day", "certainty"),
    [("2026-01-26", "possible"), ("2026-01-27", "confirmed"), ("2026-01-28", "possible")],
)
def test_held_on_the_day_of_the_report_without_a_known_start(
    store: Store, tmp_path: Path, day: str, certainty: str
) -> None:
    folder = write_folder(
        tmp_path / "cases",
        people="person_id,name,source_ids\nana,Ana Prueba,s1\n",
        detentions="detention_id,person_id,status,status_as_of,source_ids\n"
        "d1,ana,detained,2026-01-27,s1\n",
    )
    load_folder(store, folder)
    asked = get_query("list_held", ())
    rows = store.query(
        asked.text, bind(asked, {"as_of": day}, today=datetime.date(2026, 3, 1))
    ).rows
    assert [row["certainty"] for row in rows] == [certainty]


def test_status_that_one_publisher_says_of_a_custody_that_two_tell_of(
    store: Store, tmp_path: Path
) -> None:
    sources = (
        "source_id,publisher,title,url\n"
        "s1,Gazette,One,https://one.example\ns2,Daily,Two,https://two.example\n"
    )
    head = "detention_id,person_id,started_on,status,source_ids\n"
    first = write_folder(
        tmp_path / "first",
        sources=sources,
        people="person_id,name,source_ids\nana,Ana Prueba,s1;s2\n",
        detentions=f"{head}d1,ana,2025-01-07,detained,s1\n",
    )
    second = write_folder(
        tmp_path / "second", sources=sources, detentions=f"{head}d1,ana,2025-01-07,,s2\n"
    )
    load_folder(store, first, dataset="first")
    load_folder(store, second, dataset="second", space="first")
    asked = get_query("list_single_source", ())
    rows = store.query(asked.text, bind(asked, {}, today=datetime.date(2026, 3, 1))).rows
    assert [(row["tie"], row["detail"], row["publisher"]) for row in rows] == [
        ("status", "detained", ["Gazette"])
    ]
