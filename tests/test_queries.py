"""Every saved question, asked of a graph that was written by hand, on both engines.

The expected answers come from reading `data/tiny/*.csv`, never from the program. What must not
appear is as much of the test as what must.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.folders import write_folder
from tests.tiny import loaded as loaded
from tests.tiny import tiny as tiny
from vinculos.graph.lookup import resolve_id
from vinculos.graph.network import collect
from vinculos.graph.plain import plain
from vinculos.graph.store import Store
from vinculos.loaders.load import load_folder
from vinculos.queries.library import get_query, query_files
from vinculos.queries.parameters import bind

S1, S2, S3, S4, S5 = (
    "https://gaceta.example/first",
    "https://diario.example/second",
    "Interview with a synthetic witness",
    "https://gaceta.example/nino-nombre",
    "https://radio.example/third",
)
MINOR = "«minor»"
"""Stands for the name of the one minor, whose number the program chooses."""


@dataclass(frozen=True)
class Case:
    """One asking: parameters, the columns looked at, all rows of the answer, ids not in it."""

    query: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    given: Mapping[str, str] = field(default_factory=dict)
    never: Sequence[str] = ()


CASES = (
    Case(
        "find_hostages",
        (
            "person",
            "because_of",
            "kinship",
            "in_words",
            "asserted_by",
            "confidence",
            "status",
            "started",
            "disputed",
            "detention_id",
            "sources",
        ),
        [
            (
                "Ana Prueba Uno",
                "Bruno Prueba Dos",
                ["in_law_of"],
                ["sister-in-law"],
                ["Synthetic family"],
                "documented",
                "detained",
                "2025-01-07",
                ["started"],
                "tiny:d-ana",
                [S1, S3],
            ),
            (
                "Olga Oculta Prueba",
                "Bruno Prueba Dos",
                ["friend_of"],
                [],
                [],
                "alleged",
                "detained",
                "2025-01-01",
                [],
                "tiny:d-olga",
                [S2],
            ),
            (
                MINOR,
                "Bruno Prueba Dos",
                ["child_of"],
                ["son"],
                [],
                "alleged",
                "released",
                "2025-01-07",
                [],
                "tiny:d-nino",
                [S4],
            ),
        ],
        # A colleague whose tie is `held_because_of=no`, and her custodies.
        never=("tiny:carla-prueba", "tiny:d-carla-1", "tiny:d-carla-2"),
    ),
    Case(
        "rank_officials",
        (
            "official",
            "posts",
            "ordered",
            "commanded",
            "presided",
            "prosecuted",
            "custodian",
            "announced",
            "denounced",
            "alleged",
            "organizations",
            "proceedings",
            "sources",
        ),
        [
            # Commanding the body is not commanding a detention; one order is only alleged.
            (
                "Darío Mando Ficticio",
                ["Director, Cuerpo Ficticio Uno"],
                2,
                0,
                0,
                0,
                0,
                1,
                0,
                1,
                1,
                0,
                [S1, S2],
            ),
            # Presiding the trial about a detention is not presiding over the detention.
            ("Elisa Jueza Ficticia", [], 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, [S2]),
        ],
        # The defendant of that trial.
        never=("tiny:fidel-agente",),
    ),
    Case(
        "list_conflicts",
        ("subject", "label", "field", "values", "id"),
        [
            (
                "Ana Prueba Uno",
                "Detention",
                "started",
                {"2025-01-07": [S1], "2025-01-08": [S2]},
                "tiny:d-ana",
            ),
            ("Carla Prueba Tres", "Person", "age", {"30": [S1], "31": [S2]}, "tiny:carla-prueba"),
        ],
        never=("tiny:d-carla-1", "tiny:bruno-prueba"),
    ),
    Case(
        "list_held",
        ("person", "certainty", "days_held", "last_confirmed", "places", "detention_id", "sources"),
        [
            ("Olga Oculta Prueba", "confirmed", 134, "2025-05-15", [], "tiny:d-olga", [S2]),
            (
                "Ana Prueba Uno",
                "confirmed",
                128,
                "2025-05-15",
                ["Cárcel Ficticia Dos"],
                "tiny:d-ana",
                [S1],
            ),
            (
                "Carla Prueba Tres",
                "possible",
                103,
                "2025-03-01",
                ["Cárcel Ficticia Dos"],
                "tiny:d-carla-2",
                [S2],
            ),
            ("Bruno Prueba Dos", "possible", None, None, [], "tiny:d-bruno", [S1]),
        ],
        {"as_of": "2025-05-15"},
        # Ended; released on a day unknown but past; the same, of a minor.
        never=("tiny:d-carla-1", "tiny:d-eva", "tiny:d-nino"),
    ),
    Case(
        "list_held",
        ("person", "certainty", "days_held", "last_confirmed", "detention_id"),
        [
            ("Olga Oculta Prueba", "confirmed", 9, "2025-01-10", "tiny:d-olga"),
            ("Ana Prueba Uno", "confirmed", 3, "2025-01-10", "tiny:d-ana"),
            (MINOR, "possible", 3, "2025-01-07", "tiny:d-nino"),
            ("Bruno Prueba Dos", "possible", None, None, "tiny:d-bruno"),
        ],
        {"as_of": "2025-01-10"},
        # Not yet taken.
        never=("tiny:d-carla-2", "tiny:d-eva"),
    ),
    Case(
        "list_held",
        ("person", "certainty", "days_held", "places"),
        [
            # Taken some day of March: possible within it, confirmed after it.
            ("Bruno Prueba Dos", "possible", None, []),
            ("Carla Prueba Tres", "possible", None, ["Cárcel Ficticia Uno"]),
        ],
        {"as_of": "2024-03-15"},
    ),
    Case(
        "list_held",
        ("person", "certainty"),
        # Freed on that very day: not held on it.
        [("Bruno Prueba Dos", "possible")],
        {"as_of": "2024-09-15"},
        never=("tiny:d-carla-1",),
    ),
    Case(
        "show_person",
        ("about", "tie", "direction", "other", "detail", "confidence", "disputed", "sources"),
        [
            ("Person", "DETAINED_IN", "out", "tiny:d-carla-1", None, "reported", [], [S2]),
            ("Person", "DETAINED_IN", "out", "tiny:d-carla-2", None, "reported", [], [S2]),
            (
                "Person",
                "RELATED_TO",
                "in",
                "Bruno Prueba Dos",
                "colleague_of",
                "reported",
                [],
                [S2],
            ),
            (
                "Detention",
                "CONCERNS",
                "in",
                "Synthetic trial about a detention",
                None,
                "reported",
                [],
                [S2],
            ),
            ("Detention", "HELD_AT", "out", "Cárcel Ficticia Uno", None, "reported", [], [S2]),
            (
                "Detention",
                "CHARGED_WITH",
                "out",
                "Delito sintético",
                "accused",
                "reported",
                [],
                [S2],
            ),
            ("Detention", "HELD_AT", "out", "Cárcel Ficticia Dos", None, "reported", [], [S2]),
            (
                "Detention",
                "INVOLVED_IN",
                "in",
                "Darío Mando Ficticio",
                "ordered",
                "alleged",
                [],
                [S2],
            ),
            (
                "Detention",
                "INVOLVED_IN",
                "in",
                "Elisa Jueza Ficticia",
                "presided",
                "reported",
                [],
                [S2],
            ),
        ],
        {"id": "carla-prueba"},
        # The custody of another, in the same prison.
        never=("tiny:d-ana", "tiny:ana-prueba"),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.query}{dict(case.given) or ''}")
def test_answer(tiny: Store, case: Case) -> None:
    query = get_query(case.query)
    parameters = bind(
        query,
        case.given,
        today=datetime.date(2025, 5, 15),
        resolve=lambda text: resolve_id(tiny, text).id,
    )
    result = tiny.query(query.text, parameters)
    assert list(result.keys) == list(query.columns)
    answered = [plain(row) for row in result.rows]
    expected = [dict(zip(case.columns, row, strict=True)) for row in case.rows]
    assert [_seen(row, case.columns) for row in answered] == expected
    for row in answered:
        ids = {value for key, value in row.items() if key.endswith("id")}
        assert ids.isdisjoint(case.never)


GRAPHS: Mapping[str, tuple[set[str], Mapping[str, int]]] = {
    # Nodes without their space, and how many ties of each type: nobody else, and no provenance.
    "hostages": (
        {"ana-prueba", "olga-oculta", "nino-nombre", "bruno-prueba", "dario-mando"}
        | {"d-ana", "d-olga", "d-nino"},
        {"DETAINED_IN": 3, "BECAUSE_OF": 3, "RELATED_TO": 3, "INVOLVED_IN": 2},
    ),
    "whole": (
        {"ana-prueba", "bruno-prueba", "carla-prueba", "nino-nombre", "olga-oculta"}
        | {"noe-prueba", "dario-mando", "elisa-jueza", "fidel-agente", "eva-prueba"}
        | {"d-ana", "d-carla-1", "d-carla-2", "d-nino", "d-olga", "d-bruno", "d-eva"}
        | {"ev-juicio", "carcel-uno", "carcel-dos", "cuerpo-uno", "delito-uno", "ley-uno"},
        {"DETAINED_IN": 7, "HELD_AT": 4, "ARRESTED_BY": 1, "CHARGED_WITH": 1, "UNDER": 1}
        | {"BECAUSE_OF": 3, "RELATED_TO": 4, "HOLDS_POST": 1, "OPERATES": 1}
        | {"INVOLVED_IN": 5, "TOOK_PART": 2, "CONCERNS": 1},
    ),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_graph(tiny: Store, name: str) -> None:
    nodes, ties = GRAPHS[name]
    query = get_query(name)
    assert query.returns == "graph"
    result = tiny.query(query.text)
    assert list(result.keys) == list(query.columns)
    network = collect(result.rows)
    assert {key.id.removeprefix("tiny:") for key in network.nodes} == nodes
    assert Counter(edge.type for edge in network.edges) == ties
    assert network.left_out == 0


def test_every_query_file_is_asked_here() -> None:
    assert set(query_files()) == {case.query for case in CASES} | set(GRAPHS)


@pytest.mark.parametrize("name", sorted(query_files()))
def test_header_names_everything_in_both_languages(name: str) -> None:
    query = get_query(name)
    texts = [query.title, query.description]
    texts += [column.title for column in query.columns.values()]
    texts += [parameter.title for parameter in query.parameters.values()]
    assert all(text.en and text.es for text in texts)
    assert query.title.en != query.title.es
    assert query.theme


def _seen(row: Mapping[str, Any], columns: Sequence[str]) -> dict[str, Any]:
    """Return the columns looked at: sources as links, sides of a dispute as value to links."""
    seen = {column: row[column] for column in columns}
    if "sources" in seen:
        seen["sources"] = _links(seen["sources"])
    if "values" in seen:
        seen["values"] = {side["value"]: _links(side["sources"]) for side in seen["values"]}
    if str(seen.get("person", "")).startswith("minor "):
        seen["person"] = MINOR
    return seen


def _links(sources: Sequence[Mapping[str, Any]]) -> list[str]:
    order = (S1, S2, S3, S4, S5)
    return sorted((source["url"] or source["title"] for source in sources), key=order.index)


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
