"""Case folders out of the graph: loaded again they make the same graph, and name nobody hidden."""

from __future__ import annotations

import csv
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.conftest import empty
from tests.folders import write_folder
from tests.graphs import all_nodes, all_relationships
from tests.test_cli import run
from tests.tiny import STARTER, TINY
from vinculos.errors import UsageError, VinculosError
from vinculos.exports.case_folder import CaseFolders
from vinculos.exports.load_commands import PAGE, SCRIPT
from vinculos.exports.write import export_case_folders
from vinculos.graph.decide import correct, decide
from vinculos.graph.decisions_file import is_pairs_file, read_decisions_file
from vinculos.graph.judge import Judgement, judge
from vinculos.graph.lookup import resolve_id
from vinculos.graph.records import NodeRef
from vinculos.graph.redact import load_withheld
from vinculos.graph.store import Store
from vinculos.loaders.decision_file import take_decisions, typed_value
from vinculos.loaders.load import load_folder
from vinculos.redaction.profile import get_audience


def exported(store: Store, folder: Path, audience: str = "internal") -> CaseFolders:
    return export_case_folders(store, folder, load_withheld(store, get_audience(audience), "en"))


def commands(folder: Path) -> Iterator[list[str]]:
    for line in (folder / SCRIPT).read_text("utf-8").splitlines():
        if line.startswith("vinculos "):
            yield shlex.split(line)[1:]


def load_again(store: Store, folder: Path) -> None:
    """Do what the commands of an export say, in an empty graph."""
    empty(store)
    for command, path, *options in commands(folder):
        if command == "decide" and is_pairs_file(folder / path):
            judge(store, read_decisions_file(folder / path))
            continue
        if command == "decide":
            take_decisions(store, folder / path, print)
            continue
        given = dict(zip(options[::2], options[1::2], strict=False))
        load_folder(
            store,
            folder / path,
            dataset=given["--dataset"],
            space=given.get("--id-space"),
            stubs="--stubs" in options,
        )


def check_round_trip(store: Store, folder: Path) -> CaseFolders:
    """Export the graph, load it again, and check that it is the same, places of rows included."""
    nodes, ties = all_nodes(store), all_relationships(store)
    superseded = store.read(
        "MATCH (c:Claim) WHERE c.superseded_by IS NOT NULL "
        "AND NOT c.superseded_by STARTS WITH 'decision/' RETURN c.id AS id"
    ).rows
    made = exported(store, folder)
    assert (made.unread, made.uncited, made.missing, made.left_out) == (0, 0, 0, 0)
    assert (made.differing, made.undecided) == (0, 0)
    assert made.superseded == len(superseded)
    old = {row["id"] for row in superseded}
    load_again(store, folder)
    expected = {key: node for key, node in nodes.items() if key[1] not in old}
    found = all_nodes(store)
    assert found.keys() == expected.keys()
    for key, node in expected.items():
        assert found[key] == node
    kept = {tie for tie in ties if tie[1] not in old}
    assert all_relationships(store) == kept
    return made


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("folder", [TINY, STARTER], ids=["tiny", "starter"])
def test_a_dataset_loads_again_to_the_same_graph(
    store: Store, tmp_path: Path, folder: Path
) -> None:
    load_folder(store, folder)
    made = check_round_trip(store, tmp_path / "out")
    assert [part.name for part, _ in made.folders] == [folder.name]


def test_decisions_and_corrections_go_along(store: Store, tmp_path: Path) -> None:
    load_folder(store, TINY)
    ana, s1 = resolve_id(store, "ana-prueba"), resolve_id(store, "Source s1")
    claim = store.read("MATCH (c:Claim {table: 'relationships'}) RETURN min(c.id) AS id").rows[0]
    decide(store, "protect", ana, "=asked for it")
    decide(store, "unprotect", ana, "changed her mind")
    decide(store, "restrict", s1, "in confidence")
    decide(store, "retract", NodeRef("Claim", claim["id"]), "a mistake")
    decide(store, "retract", s1, "withdrawn")
    correct(store, ana, typed_value(ana, "gender", "x"), s1, "seen in the file")
    judge(store, [Judgement("tiny:bruno-prueba", "tiny:carla-prueba", "same", "=one face")])
    made = check_round_trip(store, tmp_path / "out")
    assert (made.decisions, made.pairs) == (6, 1)
    # Once more, nothing changes.
    nodes = all_nodes(store)
    taken = take_decisions(store, tmp_path / "out" / "decisions.csv", print)
    assert (taken.decisions, taken.corrections, taken.known) == (0, 0, 6)
    assert all_nodes(store) == nodes


def test_datasets_that_speak_of_each_other_and_of_nothing_known(
    store: Store, tmp_path: Path
) -> None:
    first = write_folder(
        tmp_path / "first",
        people="""
            person_id,name,source_ids
            ana,Ana Prueba,s1
            eva,=Eva Prueba,s1
            """,
        detentions="""
            detention_id,person_id,started_on,status,source_ids
            d1,ana,2025-01-07,detained,s1;s2
            """,
    )
    load_folder(store, first)
    second = write_folder(
        tmp_path / "second",
        sources="""
            source_id,publisher,title,url,published_on
            t1,Daily,The same page,https://example.org/1,2025-01-11
            t2,Weekly,Another,,2025-04-01
            """,
        relationships="""
            from_person_id,to_person_id,kind,held_because_of,detention_id,source_ids
            first:ana,first:eva,child_of,yes,first:d1,t1
            first:ana,nobody,sibling_of,,,t2
            """,
        accusations="""
            subject_id,charge_id,status,source_ids
            first:d1,treason,accused,t1
            """,
    )
    load_folder(store, second, stubs=True)
    # More of the first dataset, about the second; and rows of the second in the first's space.
    third = write_folder(
        tmp_path / "third",
        people="""
            person_id,name,source_ids
            luz,Luz Prueba,second:t2
            """,
        relationships="""
            from_person_id,to_person_id,kind,source_ids
            luz,second:nobody,friend_of,second:t2
            """,
    )
    load_folder(store, third, dataset="first", stubs=True)
    fourth = write_folder(
        tmp_path / "fourth",
        people="""
            person_id,name,source_ids
            sol,Sol Prueba,s1
            """,
    )
    (fourth / "sources.csv").unlink()
    load_folder(store, fourth, dataset="second", space="first")
    made = check_round_trip(store, tmp_path / "out")
    assert {part.name for part, _ in made.folders} == {"first", "second", "second@first"}
    (eva,) = (row for row in rows(tmp_path / "out/first/people.csv") if row["person_id"] == "eva")
    assert eva["name"] == "'=Eva Prueba"
    assert (eva["claim_dataset"], eva["claim_file"], eva["claim_row"]) == (
        "first",
        "people.csv",
        "3",
    )


def test_older_versions_are_counted_and_left_behind(store: Store, tmp_path: Path) -> None:
    old = write_folder(
        tmp_path / "old",
        people="""
            person_id,name,born,is_minor,source_ids
            nino,Nino Prueba,,true,s1
            ana,Ana Pruebas,,,s1
            """,
    )
    load_folder(store, old, dataset="cases")
    new = write_folder(
        tmp_path / "new",
        people="""
            person_id,name,born,is_minor,source_ids
            nino,Nino Prueba,,,s1
            ana,Ana Prueba,,,s1
            """,
    )
    load_folder(store, new, dataset="cases")
    made = exported(store, tmp_path / "out")
    assert (made.superseded, made.lasting_minors, made.differing) == (2, 1, 1)
    load_again(store, tmp_path / "out")
    found = store.read("MATCH (p:Person) RETURN p.name AS name, p.is_minor AS minor").rows
    assert sorted((row["name"][:5], bool(row["minor"])) for row in found) == [
        ("Ana P", False),
        ("minor", True),
    ]


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_what_is_withheld_is_not_in_it_and_the_rest_loads(
    store: Store, tmp_path: Path, audience: str
) -> None:
    load_folder(store, TINY)
    decide(store, "protect", resolve_id(store, "ana-prueba"), "asked for it")
    s1 = resolve_id(store, "Source s1")
    secret = store.read(
        "MATCH (s:Source {id: $id}) RETURN s.title AS title, s.url AS url", {"id": s1.id}
    ).rows[0]
    decide(store, "restrict", s1, "in confidence")
    before = store.read("MATCH (d:Detention) RETURN count(d) AS n").rows[0]["n"]
    made = exported(store, tmp_path / "out", audience)
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.*"))
    for name in ("Ana Prueba", "ana-prueba", "nino-nombre", "Nino", secret["title"], secret["url"]):
        assert name not in text
    assert made.hidden and made.differing == 0
    assert not (tmp_path / "out" / "decisions.csv").exists()
    load_again(store, tmp_path / "out")
    found = store.read("MATCH (d:Detention) RETURN count(d) AS n").rows[0]["n"]
    assert 0 < found <= before
    assert store.read("MATCH (n) WHERE n.stub = true RETURN n.id AS id").rows == []
    assert "restricted source" in {
        row["publisher"]
        for row in store.read("MATCH (s:Source) RETURN s.publisher AS publisher").rows
    }


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_simple_sheets_go_out_without_whom_they_protect(
    store: Store, tmp_path: Path, audience: str
) -> None:
    sheets = write_folder(
        tmp_path / "sheets",
        detainees="""
            Name,Taken on,Status,Under 18,Protected,Source
            Ana Prueba,2024-12-13,detained,,yes,Gazette
            Bruno Prueba,2024-12-14,detained,,,Gazette
            minor 1,2024-12-15,detained,yes,,Gazette
        """,
        officials="""
            Name,Post,Organization,Role,Detainee,Source
            Carla Prueba,Judge,Court of Prueba,presided,Ana Prueba,Gazette
            Carla Prueba,Judge,Court of Prueba,presided,Bruno Prueba,Gazette
        """,
    )
    (sheets / "sources.csv").unlink()
    load_folder(store, sheets)
    minor = store.read("MATCH (p:Person) WHERE p.is_minor = true RETURN p.id AS id").rows[0]["id"]
    asked = (
        "MATCH (p:Person)-[i:INVOLVED_IN]->(:Detention)<-[:DETAINED_IN]-(q:Person) "
        "RETURN p.name AS official, q.id ENDS WITH 'bruno-prueba' AS of_bruno, "
        "size(i.claims) AS claims"
    )
    before = store.read(asked).rows
    exported(store, tmp_path / "out", audience)
    text = "".join(path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.*"))
    for name in ("Ana Prueba", "ana-prueba", minor.partition(":")[2]):
        assert name not in text
    assert "bruno-prueba" in text
    load_again(store, tmp_path / "out")
    after = store.read(asked).rows
    shown = [row for row in before if row["of_bruno"] or audience == "partner"]
    assert len(before) == 2 and sorted(map(str, after)) == sorted(map(str, shown))


def test_nothing_says_that_an_adult_is_called_like_a_minor(store: Store, tmp_path: Path) -> None:
    write_folder(
        tmp_path / "in",
        people="""
            person_id,name,is_minor,source_ids
            juan-prueba,Juan Prueba,,s1
            m-1,Juan Prueba,true,s2
        """,
        detentions="""
            detention_id,person_id,source_ids
            d-juan-prueba,juan-prueba,s1
            d-1,m-1,s2
        """,
    )
    load_folder(store, tmp_path / "in")
    made = exported(store, tmp_path / "out", "public")
    assert (made.missing, made.left_out) == (0, 0)
    lines = [
        line.lower()
        for path in (tmp_path / "out").rglob("*.csv")
        for line in path.read_text("utf-8").splitlines()
    ]
    assert any("juan-prueba,juan prueba" in line for line in lines)
    assert not [line for line in lines if "minor" in line and "juan" in line]
    check_round_trip(store, tmp_path / "all")


def test_the_starter_for_the_public_loads(store: Store, tmp_path: Path) -> None:
    load_folder(store, STARTER)
    counted = "MATCH (n:Person) RETURN count(n) AS people"
    people = store.read(counted).rows
    exported(store, tmp_path / "out", "public")
    load_again(store, tmp_path / "out")
    assert store.read(counted).rows == people
    minors = store.read("MATCH (p:Person) WHERE p.is_minor = true RETURN p.name AS name").rows
    assert minors and all(row["name"].startswith("minor ") for row in minors)


def test_a_leak_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_folder(store, TINY)
    decide(store, "protect", resolve_id(store, "ana-prueba"), "asked for it")
    monkeypatch.setattr("vinculos.graph.redactor.Redactor.row", lambda redactor, row: row)
    with pytest.raises(VinculosError, match="nothing was written"):
        exported(store, tmp_path / "out", "public")
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    with pytest.raises(UsageError, match="there already"):
        exported(store, tmp_path / "out")


def test_the_script_makes_the_same_graph(
    store: Store, engine_env: dict[str, str], tmp_path: Path
) -> None:
    load_folder(store, TINY)
    decide(store, "protect", resolve_id(store, "ana-prueba"), "asked for it")
    nodes = all_nodes(store)
    folder = tmp_path / "out"
    done = run(["export", "csv", str(folder), "--audience", "internal"], engine_env)
    assert done.returncode == 0, done.stderr
    assert "1 decision; README.md" in done.stderr
    assert "vinculos decide decisions.csv" in (folder / PAGE).read_text("utf-8")
    empty(store)
    path = f"{Path(sys.executable).parent}{os.pathsep}{engine_env['PATH']}"
    loaded = subprocess.run(
        ["sh", str(folder / SCRIPT)],
        env=engine_env | {"PATH": path},
        capture_output=True,
        text=True,
    )
    assert loaded.returncode == 0, loaded.stderr
    assert all_nodes(store) == nodes
    problem = folder / "decisions.csv"
    problem.write_text(problem.read_text("utf-8-sig").replace("protect,", "portect,"))
    refused = run(["decide", str(problem)], engine_env)
    assert refused.returncode == 1 and "'portect' is no decision" in refused.stderr


# Any folders: names that spreadsheets would run, keys with spaces, titles with our own separator.

TEXTS = st.text(st.sampled_from("aÉñ=+-@'\"|;, \n1"), min_size=1, max_size=12).map(str.strip)
NAMES = TEXTS.filter(bool)
DATES = st.sampled_from(["", "2024", "2024-05", "2024-05-07", "2025-01~", "../2025"])
PEOPLE = {
    "k1": ("Zoe Prueba", "=Zoe Prueba de Otra"),
    "k 2": ('Luz "Prueba"', "Luz\nPrueba"),
    "=k3": ("-Eva, Prueba", "'+Eva"),
}
SOURCE_IDS = st.lists(st.sampled_from(["s1", "s2", "s3"]), min_size=1, unique=True).map(";".join)
CONFIDENCE = st.sampled_from(["", "documented", "alleged"])


@st.composite
def folders(draw: st.DrawFn) -> dict[str, list[dict[str, str]]]:
    """Give the rows of a small case folder, table by table."""

    def told(row: dict[str, str]) -> dict[str, str]:
        pages = draw(st.sampled_from(["", "3"]))
        more = {"confidence": draw(CONFIDENCE), "as_of": draw(DATES), "page": pages}
        return row | more | {"source_ids": draw(SOURCE_IDS)}

    def unique(rows: list[dict[str, str]], *names: str) -> list[dict[str, str]]:
        return list({tuple(row.get(name, "") for name in names): row for row in rows}.values())

    person, some = st.sampled_from(list(PEOPLE)), st.integers(0, 2)
    people = [
        told(
            {
                "person_id": key,
                "name": draw(st.sampled_from(called)),
                "aliases": draw(st.sampled_from(["", called[1]])),
                "born": draw(st.sampled_from(["", "1980", "2015-05-01"])),
                "is_minor": draw(st.sampled_from(["", "true", "false"])),
                "role_types": draw(st.sampled_from(["", "detainee;official"])),
                "summary": draw(TEXTS),
            }
        )
        for key, called in PEOPLE.items()
    ]
    detentions = [
        told(
            {
                "detention_id": f"d{number}",
                # Always of one person: what older rows say of another's custody would not load.
                "person_id": key,
                "started_on": draw(st.sampled_from(["", "2024-05", "2024-05-07"])),
                "place_id": draw(st.sampled_from(["", "p1", "home"])),
                "by_org_id": draw(st.sampled_from(["", "o1"])),
                "status": draw(st.sampled_from(["", "detained", "released"])),
            }
        )
        for number, key in enumerate(PEOPLE)
    ]
    hostage = {"held_because_of": "alleged"}
    kinds = st.sampled_from(["child_of", "parent_of", "sibling_of", "spouse_of"])
    ties = [
        {"from_person_id": one, "to_person_id": other, "kind": draw(kinds), "detail": draw(TEXTS)}
        | draw(st.sampled_from([{}, hostage | {"detention_id": row["detention_id"]}]))
        for row in detentions
        for one, other in [(row["person_id"], draw(person))]
        if one != other
    ]
    return {
        "sources": [
            {"source_id": "s1", "publisher": draw(NAMES), "url": "https://example.org/1"},
            {"source_id": "s2", "title": draw(TEXTS), "access": "restricted"},
            {"source_id": "s3", "url": "https://example.org/1", "published_on": draw(DATES)},
        ],
        "people": people,
        "organizations": [told({"org_id": "o1", "name": draw(NAMES)})],
        "places_of_detention": [
            told({"place_id": "p1", "name": draw(NAMES), "operated_by_org_id": "o1"}),
            told({"place_id": "home", "name": "A home", "kind": "residence"}),
        ],
        "charges": [told({"charge_id": "c1", "name_en": draw(NAMES)})],
        "cases": [told({"case_id": "x1", "name": draw(NAMES)})],
        "detentions": detentions,
        "detention_places": unique(
            [
                told({"detention_id": "d0", "place_id": draw(st.sampled_from(["p1", "home"])),
                      "from_on": draw(DATES)})
                for _ in range(draw(some))
            ],
            "place_id", "from_on",
        ),
        "relationships": unique(
            [told(row) for row in ties], "from_person_id", "to_person_id", "kind"
        ),
        "positions": unique(
            [
                told({"person_id": draw(person), "org_id": "o1", "started_on": draw(DATES),
                      "title": draw(st.sampled_from(["Chief", "Chief | of | all", "-chief"]))})
                for _ in range(draw(some))
            ],
            "person_id", "title", "started_on",
        ),
        "official_involvement": [
            told({"person_id": draw(person), "target_id": draw(st.sampled_from(["d1", "o1"])),
                  "role": "ordered"})
        ],
        "accusations": [told({"subject_id": "d2", "charge_id": "c1", "status": "accused"})],
        "case_members": [
            told({"case_id": "x1", "role": "accused", "person_id": detentions[0]["person_id"],
                  "detention_id": draw(st.sampled_from(["", "d0"]))})
        ],
        "contradictions": [
            {"subject_id": subject, "field": field, "value_a": draw(NAMES), "source_a": "s1",
             "value_b": draw(NAMES), "source_b": "s2"}
            for subject, field in [("d0", "started_on"), ("d1", "free | words"), ("=k3", "name")]
        ],
    }  # fmt: skip


def write(rows: dict[str, list[dict[str, str]]], folder: Path) -> Path:
    folder.mkdir()
    for name, listed in rows.items():
        columns = list(dict.fromkeys(column for row in listed for column in row))
        if columns:
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, columns)
                writer.writeheader()
                writer.writerows(listed)
    return folder


@hypothesis_settings(
    max_examples=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_folders_load_again_to_the_same_graph(store: Store, data: Any) -> None:
    with tempfile.TemporaryDirectory() as name:
        empty(store)
        one = write(data.draw(folders()), Path(name) / "one")
        load_folder(store, one)
        if data.draw(st.booleans()):
            load_folder(
                store,
                write(data.draw(folders()), Path(name) / "again"),
                dataset="one",
                replace=True,
            )
        if data.draw(st.booleans()):
            load_folder(store, write(data.draw(folders()), Path(name) / "two"), space="one")
        if data.draw(st.booleans()):
            decide(store, "retract", NodeRef("Source", "one:s2"), "=withdrawn")
        lasting = exported(store, Path(name) / "first").lasting_minors
        if not lasting:
            check_round_trip(store, Path(name) / "out")
