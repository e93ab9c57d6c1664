"""Rows that a load sets aside, and references that it lets stand as stubs."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest

from tests.folders import write_folder
from tests.graphs import all_nodes, all_relationships
from vinculos.errors import InvalidRows, UsageError
from vinculos.graph.store import Store
from vinculos.loaders.load import load_folder

PEOPLE = """
    person_id,name,born,is_minor,source_ids
    ana,Ana Uno,,,s1
    eva,Eva Dos,2020-13,,s1
    leo,Leo Tres,,perhaps,s1
    ida,Ida Cuatro,,,s1
"""
DETENTIONS = """
    detention_id,person_id,status,source_ids
    d1,ana,detained,s1
    d2,eva,detained,s1
    d3,nobody,detained,s1
"""
RELATIONSHIPS = """
    from_person_id,to_person_id,kind,held_because_of,detention_id,source_ids
    ana,ida,sibling_of,no,,s1
    eva,ida,sibling_of,yes,d2,s1
"""
GOOD = {
    "people": PEOPLE.replace("2020-13", "1990").replace("perhaps", "false"),
    "detentions": DETENTIONS.replace("nobody", "ida"),
    "relationships": RELATIONSHIPS,
}


def bad_folder(folder: Path, **tables: str) -> Path:
    given = {"people": PEOPLE, "detentions": DETENTIONS, "relationships": RELATIONSHIPS}
    return write_folder(folder, **(given | tables))


def keys(store: Store, label: str) -> list[str]:
    rows = store.read(f"MATCH (n:{label}) RETURN n.key AS key ORDER BY key").rows
    return [row["key"] for row in rows]


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text("utf-8-sig").splitlines()))


def test_the_good_rows_are_loaded_and_the_others_can_be_corrected_and_loaded(
    store: Store, tmp_path: Path
) -> None:
    load_folder(store, write_folder(tmp_path / "whole", **GOOD), dataset="cases")
    expected = all_nodes(store, but=("Load", "Lock", "Claim")), all_relationships(store)
    store.write("MATCH (n) DETACH DELETE n")

    loading = load_folder(store, bad_folder(tmp_path / "cases"), skip_invalid=True)
    assert keys(store, "Person") == ["ana", "ida"]
    # What refers to a rejected row goes with it, however far the chain goes.
    assert keys(store, "Detention") == ["d1"]
    assert loading.rejected_rows == 5
    assert loading.report is not None and loading.report.counts.created["claims"] == 7
    folder = tmp_path / "cases-rejected"
    assert sorted(path.name for path in loading.rejected) == [
        "detentions.csv",
        "people.csv",
        "relationships.csv",
    ]
    people = rows_of(folder / "people.csv")
    assert [row["person_id"] for row in people] == ["eva", "leo"]
    assert "born: " in people[0]["problem"]
    assert (folder / "people.csv").stat().st_mode & 0o777 == 0o600
    # They may be minors: a person writes the name again, or does not.
    assert {row["name"] for row in people} == {""}
    assert "may be a minor" in people[0]["problem"]
    for row in rows_of(folder / "detentions.csv"):
        assert row["problem"]

    for path in loading.rejected:
        corrected = rows_of(write_folder(tmp_path / "good", **GOOD) / path.name)
        key = next(iter(corrected[0]))
        rejected = [row[key] for row in rows_of(path)]
        with path.open("w", newline="") as file:
            writer = csv.DictWriter(file, ["problem", *corrected[0]])
            writer.writeheader()
            writer.writerows(row for row in corrected if row[key] in rejected)
    again = load_folder(store, folder, dataset="cases", space="cases")
    assert again.notes == []
    assert (all_nodes(store, but=("Load", "Lock", "Claim")), all_relationships(store)) == expected


def test_a_plain_load_still_refuses_and_tells_every_problem(store: Store, tmp_path: Path) -> None:
    with pytest.raises(InvalidRows) as refused:
        load_folder(store, bad_folder(tmp_path / "cases"))
    told = [(problem.file, problem.line) for problem in refused.value.problems]
    assert told == [("people.csv", 3), ("people.csv", 4), ("detentions.csv", 4)]
    assert store.read("MATCH (p:Person) RETURN p.id AS id").rows == []


@pytest.mark.parametrize(
    "text",
    ['person_id,name,source_ids\nana,"Ana,s1\n', "person_id,source_ids\nana,s1\n"],
)
def test_a_problem_of_a_whole_file_sets_nothing_aside(
    store: Store, tmp_path: Path, text: str
) -> None:
    folder = bad_folder(tmp_path / "cases")
    (folder / "people.csv").write_text(text)
    with pytest.raises(InvalidRows):
        load_folder(store, folder, skip_invalid=True)
    assert not (tmp_path / "cases-rejected").exists()


def test_nothing_rejected_is_ever_overwritten(store: Store, tmp_path: Path) -> None:
    folder = bad_folder(tmp_path / "cases")
    load_folder(store, folder, skip_invalid=True)
    before = (tmp_path / "cases-rejected" / "people.csv").read_bytes()
    with pytest.raises(UsageError, match="is there already"):
        load_folder(store, folder, skip_invalid=True)
    assert (tmp_path / "cases-rejected" / "people.csv").read_bytes() == before
    with pytest.raises(UsageError, match="--replace"):
        load_folder(store, folder, skip_invalid=True, replace=True)


def test_an_unequal_row_is_written_out_whole(store: Store, tmp_path: Path) -> None:
    text = "person_id,name,source_ids\nana,Ana Uno,s1,and,more\nida,Ida Cuatro,s1\n"
    folder = write_folder(tmp_path / "cases")
    (folder / "people.csv").write_text(text)
    loading = load_folder(store, folder, skip_invalid=True)
    (path,) = loading.rejected
    row = next(line for line in path.read_text("utf-8-sig").splitlines() if "ana" in line)
    assert row.endswith("ana,Ana Uno,s1,and,more")
    assert keys(store, "Person") == ["ida"]


def test_stubs_stand_until_a_later_load_describes_them(store: Store, tmp_path: Path) -> None:
    tables: dict[str, Any] = {
        "people": "person_id,name,source_ids\nana,Ana Uno,s1\n",
        "detentions": "detention_id,person_id,by_org_id,source_ids\nd1,ida,force,s1\n",
        "relationships": (
            "from_person_id,to_person_id,kind,held_because_of,detention_id,source_ids\n"
            "ida,ana,sibling_of,alleged,d1,s1\n"
        ),
    }
    folder = write_folder(tmp_path / "cases", **tables)
    with pytest.raises(InvalidRows):
        load_folder(store, folder)
    loading = load_folder(store, folder, stubs=True)
    assert "cases:force, cases:ida" in loading.notes[-1]
    stubs = "MATCH (n) WHERE n.stub = true RETURN n.id AS id ORDER BY id"
    assert [row["id"] for row in store.read(stubs).rows] == ["cases:force", "cases:ida"]
    tables["people"] += "ida,Ida Cuatro,s1\n"
    tables["organizations"] = "org_id,name,kind,source_ids\nforce,Force,military,s1\n"
    load_folder(store, write_folder(tmp_path / "cases", **tables))
    assert store.read(stubs).rows == []
    (person,) = store.read("MATCH (p:Person {key: 'ida'}) RETURN p.name AS name").rows
    assert person["name"] == "Ida Cuatro"


def test_no_source_is_ever_a_stub(store: Store, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "cases", people="person_id,name,source_ids\nana,Ana,s9\n")
    with pytest.raises(InvalidRows) as refused:
        load_folder(store, folder, stubs=True)
    assert [problem.column for problem in refused.value.problems] == ["source_ids"]
