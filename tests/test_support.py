"""How well facts are supported, and on which days a status is known, by claims in memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.test_derive import claims_of, derive_all, edges, node
from vinculos.commands.page import page
from vinculos.graph.profile import Profile
from vinculos.graph.records import NodeRef
from vinculos.graph.support import graded, weakest

PEOPLE = "person_id,name,source_ids\nana,Ana Uno,s1\neva,Eva Dos,s1;s2;s3\n"
COLUMNS = "detention_id,person_id,started_on,ended_on,status,status_as_of,confidence,source_ids\n"
# s2 copies the agency that s1 is of; s3 stands for itself.
SOURCES = """
    source_id,publisher,origin,title,url,published_on
    s1,Gaceta Prueba,Agencia Ficticia,Uno,,2025-01-10
    s2,Diario Prueba,Agencia Ficticia,Dos,,2025-02-10
    s3,Radio Prueba,,Tres,,2025-03-10
"""


def detention(folder: Path, *datasets: str) -> dict[str, Any]:
    """Return d1, of which each dataset has the rows given."""
    claims = [
        claim
        for number, rows in enumerate(datasets)
        for claim in claims_of(
            folder, f"n{number}", people=PEOPLE, sources=SOURCES, detentions=COLUMNS + rows
        )
    ]
    return node(derive_all(claims), "Detention", "d1")


def test_pages_that_copy_one_agency_are_one_publisher(tmp_path: Path) -> None:
    derived = derive_all(
        claims_of(
            tmp_path,
            people=PEOPLE,
            sources=SOURCES,
            relationships="from_person_id,to_person_id,kind,source_ids\n"
            "ana,eva,parent_of,s1;s2\nana,eva,colleague_of,s1;s3\n",
        )
    )
    assert node(derived, "Person", "ana")["publishers"] == 1
    assert node(derived, "Person", "eva")["publishers"] == 2
    found = {edge["kind"]: edge["publishers"] for edge in edges(derived, "RELATED_TO")}
    assert found == {"parent_of": 1, "colleague_of": 2}


def test_a_field_with_support_of_its_own_says_so(tmp_path: Path) -> None:
    found = detention(
        tmp_path,
        "d1,ana,2025-01-05,,,,alleged,s1\n",
        "d1,ana,2025-01-05,2025-06-01,,,documented,s3\n",
    )
    assert (found["publishers"], found["confidence"]) == (2, "documented")
    assert "started_publishers" not in found
    assert found["ended_publishers"] == 1
    assert "ended_confidence" not in found


def test_an_allegation_stays_one(tmp_path: Path) -> None:
    found = detention(
        tmp_path, "d1,ana,,2025-06-01,,,alleged,s1\n", "d1,ana,2025-01-05,,,,reported,s3\n"
    )
    assert found["confidence"] == "reported"
    assert found["ended_confidence"] == "alleged"


EVER = "9999-12-31"


@pytest.mark.parametrize(
    ("rows", "spans"),
    [
        # Known till the day of the report, and no longer.
        ("d1,ana,2025-01-05,,detained,2025-06-01", ["detained 2025-01-05 2025-06-01"]),
        # Taken some day of January: known from its last day on.
        ("d1,ana,2025-01,,detained,2025-06-01", ["detained 2025-01-31 2025-06-01"]),
        # No start: known on the day of the report alone.
        ("d1,ana,,,detained,2025-06-01", ["detained 2025-06-01 2025-06-01"]),
        # A report that names a month: known till it began.
        ("d1,ana,2025-01-05,,detained,2025-06", ["detained 2025-01-05 2025-06-01"]),
        # House arrest since when, nobody says.
        ("d1,ana,2025-01-05,,house_arrest,2025-06-01", ["house_arrest 2025-06-01 2025-06-01"]),
        # Freed on a known day.
        (
            "d1,ana,2025-01-05,2025-03-01,released,2025-06-01",
            [f"released 2025-03-01 {EVER}", "detained 2025-01-05 2025-02-28"],
        ),
        # Freed on a day unknown: so much is known from the report on.
        ("d1,ana,2025-01-05,,released,2025-06-01", [f"released 2025-06-01 {EVER}"]),
        ("d1,ana,2025-01-05,,unknown,2025-06-01", []),
        ("d1,ana,2025-01-05,,,", []),
    ],
)
def test_days_on_which_a_status_is_known(tmp_path: Path, rows: str, spans: list[str]) -> None:
    found = detention(tmp_path, f"{rows},,s1\n")
    assert shown(found) == spans


def shown(detention: dict[str, Any]) -> list[str]:
    names = ("known_status", "known_from", "known_to")
    return [" ".join(span) for span in zip(*(detention.get(n, []) for n in names), strict=True)]


def test_statuses_that_follow_each_other_are_known_one_after_the_other(tmp_path: Path) -> None:
    found = detention(
        tmp_path,
        "d1,ana,2025-01-05,,detained,2025-03-01,,s1\n",
        "d1,ana,2025-01-05,,house_arrest,2025-06-01,,s3\n",
        "d1,ana,2025-01-05,,house_arrest,2025-07-01,,s3\n",
        "d1,ana,2025-01-05,,conditional_release,2025-09-01,,s1\n",
        "d1,ana,2025-01-05,,detained,2025-12-01,,s1\n",
    )
    assert shown(found) == [
        "detained 2025-01-05 2025-03-01",
        "detained 2025-12-01 2025-12-01",
        # Two reports speak of the first day, one of the others.
        "house_arrest 2025-06-01 2025-06-01",
        "house_arrest 2025-06-02 2025-07-01",
        "conditional_release 2025-09-01 2025-11-30",
    ]


def test_a_span_that_two_report_has_both_behind_it(tmp_path: Path) -> None:
    found = detention(
        tmp_path,
        "d1,ana,2025-01-05,,detained,2025-03-01,alleged,s1\n",
        "d1,ana,2025-01-05,,detained,2025-06-01,,s3\n",
    )
    assert shown(found) == ["detained 2025-01-05 2025-03-01", "detained 2025-03-02 2025-06-01"]
    assert found["known_publishers"] == [2, 1]
    assert found["known_confidence"] == ["reported", "reported"]


def test_the_weakest_grade_is_one_that_is_none() -> None:
    assert weakest(["documented", "alleged", "reported"]) == "alleged"
    assert weakest(["documented", ""]) == weakest([]) == ""
    assert [graded(word, "en") for word in ("documented", "alleged", "reported", "")] == [
        " (documented)",
        " (alleged)",
        "",
        "",
    ]


def test_a_custody_of_a_graph_that_has_no_grades_is_shown() -> None:
    # As an earlier version of the program left it.
    fact = {"field": "started", "value": "2025-01-05", "disputed": False, "sources": []}
    custody = Profile(NodeRef("Detention", "a:d1"), "", {"id": "a:d1"})
    custody.facts.append({**fact, "confidence": ""})
    person = Profile(NodeRef("Person", "a:ana"), "Ana Uno", {"id": "a:ana", "labels": ["Person"]})
    person.custody.append(custody)
    assert "1. 2025-01-05 – ?\n" in page(person, "en")
