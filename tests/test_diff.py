"""What has changed between two states: read by hand from `tests/data/changes`."""

from __future__ import annotations

import csv
import json
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import environment_of
from tests.folders import write_folder
from tests.test_cli import run
from tests.tiny import DATA
from vinculos.errors import UsageError
from vinculos.graph.changes import Change
from vinculos.graph.decide import correct, decide
from vinculos.graph.difference import differences
from vinculos.graph.judge import Judgement, judge
from vinculos.graph.lookup import resolve_id
from vinculos.graph.spool import Spool
from vinculos.graph.state import claimed_state, read_state
from vinculos.graph.state_records import Records
from vinculos.graph.store import Store
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.decision_file import typed_value
from vinculos.loaders.files import find_files
from vinculos.loaders.load import load_folder
from vinculos.loaders.read import read_files
from vinculos.settings import read_settings

JANUARY, FEBRUARY = DATA / "changes" / "january", DATA / "changes" / "february"
# change, person, detention, of what, what, was, now, day, as of, sources
EXPECTED = [
    ("arrest", "beto", "d-beto", "status", "", "", "detained", "2025-02-01", "2025-02-28", "s3"),
    ("release", "ana", "d-ana", "status", "", "detained", "conditional_release", "2025-02-14",
     "2025-02-14", "s3"),
    ("release", "nino", "d-nino", "status", "", "detained", "released", "2025-02-16", "2025-02-16",
     "s3"),
    ("release", "olga", "d-olga", "status", "", "detained", "released", "2025-02-15", "2025-02-15",
     "s3"),
    ("death", "dario", "d-dario", "status", "", "detained", "deceased", "2025-02-10",
     "2025-02-10", "s3"),
    ("death", "mario", "", "died", "", "", "2025-02-03", "2025-02-03", "", "s3"),
    ("transfer", "carla", "d-carla", "HELD_AT", "", "Cárcel Uno", "Cárcel Dos", "2025-02-05", "",
     "s3"),
    ("status", "julia", "d-julia", "status", "", "detained", "house_arrest", "", "2025-02-28",
     "s4"),
    ("dates", "ines", "d-ines", "started", "", "2025-01", "2025-01-09", "", "", "s3"),
    # The one place known is another one now: a transfer or a correction, nothing says which.
    ("place", "hugo", "d-hugo", "HELD_AT", "", "Cárcel Uno", "Cárcel Dos", "", "", "s1"),
    ("charge_new", "eva", "d-eva", "CHARGED_WITH", "conspiracy", "", "accused", "", "", "s3"),
    ("charge_status", "eva", "d-eva", "CHARGED_WITH", "treason", "accused", "convicted", "", "",
     "s3"),
    ("charge_gone", "eva", "d-eva", "CHARGED_WITH", "hatred", "accused", "", "", "", "s1"),
    ("official_new", "julia", "d-julia", "INVOLVED_IN", "Jueza Prueba", "", "presided", "", "",
     "s3"),
    ("other_key", "leo-2", "d-leo-2", "", "", "d-leo-1", "d-leo-2", "2025-01-11", "", "s3"),
    ("gone", "fidel", "d-fidel", "status", "", "detained", "", "", "", "s2"),
    ("source_gone", "", "", "", "", "", "", "", "", "s2"),
    ("source_new", "", "", "", "", "", "", "", "", "s3"),
    ("source_new", "", "", "", "", "", "", "", "", "s4"),
]  # fmt: skip
TITLES = {"Enero": "s1", "Retirada": "s2", "Febrero": "s3", "Nota reservada de febrero": "s4"}


def plain(change: Change) -> tuple[str, ...]:
    what = change.what["en"] if isinstance(change.what, dict) else change.what
    told = (change.person_id, change.detention_id, change.field, what, change.was, change.now)
    texts = [str(text or "").rpartition(":")[2] for text in told]
    cited = " ".join(TITLES[source["title"]] for source in change.sources)
    return (change.change, *texts, change.day or "", change.as_of or "", cited)


def records(folder: Path) -> Records:
    spool = Spool()
    paths, _ = find_files(folder, TABLES)
    reading = read_files(paths, "changes", stubs=True, spool=spool)
    assert reading.problems == []
    return Records(claimed_state(reading.claims), spool)


def stored(store: Store, load: str = "") -> Records:
    spool = Spool()
    return Records(read_state(store, spool, load), spool)


def test_two_folders_differ_in_what_their_rows_say() -> None:
    found = differences(records(JANUARY), records(FEBRUARY))
    assert sorted(map(plain, found)) == sorted(EXPECTED)
    names = [change.person for change in found if change.person_id == "changes:nino"]
    assert names and all(name and name.startswith("minor ") for name in names)
    # Told in one order, arrests first and sources last.
    assert [change.change for change in found][:4] == ["arrest", "release", "release", "release"]
    assert found[-1].change == "source_gone"


def test_the_way_back_says_no_more_than_the_rows() -> None:
    found = [plain(change)[:3] for change in differences(records(FEBRUARY), records(JANUARY))]
    for kind in ("release", "death", "transfer"):
        assert not any(each[0] == kind for each in found)
    assert ("status", "ana", "d-ana") in found and ("gone", "beto", "d-beto") in found
    assert ("arrest", "fidel", "d-fidel") in found and ("other_key", "leo-1", "d-leo-1") in found
    assert ("place", "carla", "d-carla") in found


def test_the_order_of_rows_makes_no_difference(tmp_path: Path) -> None:
    shuffled = shutil.copytree(FEBRUARY, tmp_path / "shuffled")
    for path in shuffled.glob("*.csv"):
        head, *rows = path.read_text("utf-8").splitlines()
        random.Random(7).shuffle(rows)  # noqa: S311 - no secret
        path.write_text("\n".join((head, *rows)) + "\n", "utf-8")
    assert differences(records(FEBRUARY), records(shuffled)) == []


def test_what_is_not_known_to_have_come_later_is_no_transfer(tmp_path: Path) -> None:
    def folder(name: str, stays: str) -> Path:
        return write_folder(
            tmp_path / name,
            people="person_id,name,source_ids\nana,Ana Prueba,s1\n",
            places_of_detention="place_id,name,source_ids\nuno,Uno,s1\ndos,Dos,s1\ntres,Tres,s1\n",
            detentions="detention_id,person_id,started_on,source_ids\nd,ana,2024-01-01,s1\n",
            detention_places="detention_id,place_id,from_on,to_on,source_ids\n" + stays,
        )

    before = records(folder("before", "d,dos,2024-05,,s1\n"))
    for name, stays, expected in (
        ("earlier", "d,uno,2024-01,2024-05,s1\nd,dos,2024-05,,s1\n", [("place", None, "Uno")]),
        ("undated", "d,dos,2024-05,,s1\nd,uno,,,s1\n", [("place", None, "Uno")]),
        ("same month", "d,dos,2024-05,,s1\nd,uno,2024-05,,s1\n", [("place", None, "Uno")]),
        ("later", "d,dos,2024-05,,s1\nd,uno,2024-06,,s1\n", [("transfer", "Dos", "Uno")]),
        (
            "back again",
            "d,dos,2024-05,,s1\nd,uno,2024-06,,s1\nd,dos,2024-07,,s1\n",
            [("transfer", "Uno", "Dos"), ("transfer", "Dos", "Uno")],
        ),
        ("corrected", "d,dos,2024-05-02,2024-06,s1\n", []),
    ):
        found = differences(before, records(folder(name, stays)))
        told = [(change.change, change.was, change.now) for change in found]
        assert sorted(told, key=str) == sorted(expected, key=str), name


def test_loads_of_a_graph_differ_as_their_folders_do(store: Store) -> None:
    load_folder(store, JANUARY, dataset="changes")
    load_folder(store, FEBRUARY, dataset="changes", replace=True)
    first, second = stored(store, "changes/1"), stored(store, "changes/2")
    assert sorted(map(plain, differences(first, second))) == sorted(EXPECTED)
    assert differences(second, stored(store)) == []
    assert differences(first, records(JANUARY)) == []
    # What was decided since a load is no part of the state that it left.
    decide(store, "retract", resolve_id(store, "Source changes:s3"), "a mistake")
    since = [plain(change) for change in differences(stored(store, "changes/2"), stored(store))]
    assert ("source_retracted", *[""] * 8, "s3") in since
    assert ("gone", "beto", "d-beto") in {each[:3] for each in since}
    assert sorted(map(plain, differences(stored(store, "changes/1"), second))) == sorted(EXPECTED)
    s1, ana = resolve_id(store, "Source changes:s1"), resolve_id(store, "d-nora")
    before = stored(store)
    correct(store, ana, typed_value(ana, "status", "released"), s1, "seen free")
    (change,) = differences(before, stored(store))
    assert plain(change)[:7] == (
        "release", "nora", "d-nora", "status", "", "detained", "released"
    )  # fmt: skip


def test_people_who_become_one_are_no_change_of_custody(store: Store) -> None:
    load_folder(store, JANUARY, dataset="changes")
    before = stored(store)
    decide(store, "protect", resolve_id(store, "Person nora"), "asked for it")
    judge(store, [Judgement("changes:hugo", "changes:nora", "same", "the same face")])
    after = stored(store)
    assert differences(before, after) == []
    nora = next(custody for custody in after.of("Detention") if custody["id"] == "changes:d-nora")
    assert [person["id"] for person in nora["people"]] == ["changes:hugo"]
    hugo = after.get("Person", "changes:hugo")
    assert hugo is not None and hugo["protected"] is True


def test_a_dispute_is_told(store: Store, tmp_path: Path) -> None:
    load_folder(store, JANUARY, dataset="changes")
    write_folder(
        tmp_path / "more",
        contradictions="""
            subject_id,field,value_a,source_a,value_b,source_b
            changes:d-ana,status,released,s1,detained,s2
            """,
    )
    before = stored(store)
    load_folder(store, tmp_path / "more")
    write_folder(
        tmp_path / "later",
        detentions="""
            detention_id,person_id,started_on,status,status_as_of,source_ids
            d-ana,ana,2025-01-07,released,2025-03-01,more:s3
            """,
    )
    (tmp_path / "later" / "sources.csv").unlink()
    load_folder(store, tmp_path / "later", dataset="changes")
    release = next(c for c in differences(before, stored(store)) if c.change == "release")
    assert (release.person_id, release.disputed) == ("changes:ana", ("status",))


def rows(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(text)
    return found


def test_the_command_hides_what_either_side_withholds(home: Path) -> None:
    environment = environment_of(read_settings())
    pair = ["diff", str(JANUARY), str(FEBRUARY), "--format", "json"]
    shown = run([*pair, "--audience", "internal"], environment)
    assert shown.returncode == 0, shown.stderr
    assert len(rows(shown.stdout)) == len(EXPECTED)
    assert "february:olga" in shown.stdout and "Nombre" not in shown.stdout
    for audience in ([], ["--audience", "partner"]):
        hidden = run([*pair, *audience], environment)
        assert hidden.returncode == 0, hidden.stderr
        for name in ("Olga", "olga", "nino", "Nota reservada", "Confidente"):
            assert name not in hidden.stdout
        assert "Hidden from this audience" in hidden.stderr
        kinds = [row["change"] for row in rows(hidden.stdout)]
        assert kinds.count("release") == (2 if not audience else 3)
        assert "restricted source" in hidden.stdout and "Minor " in hidden.stdout
    # The other way round: who is gone from the newer side is shielded still.
    back = run(["diff", str(FEBRUARY), str(write_empty(home / "empty")), "-f", "csv"], environment)
    assert back.returncode == 0, back.stderr
    assert "olga" not in back.stdout.lower() and "ana" in back.stdout
    # No engine of its own is left, and nothing of it on disk.
    assert list((home / "tmp").iterdir()) == []
    assert run(["db", "status"], environment).stdout.count("stopped") == 1


def write_empty(folder: Path) -> Path:
    return write_folder(folder, people="person_id,name,source_ids\nx,Xenia Prueba,s1\n")


@pytest.mark.parametrize("ending", ["csv", "md", "html", "xlsx", "jsonl"])
@pytest.mark.parametrize("lang", ["es", "en"])
def test_all_forms_in_both_languages(home: Path, tmp_path: Path, ending: str, lang: str) -> None:
    path = tmp_path / f"changes.{ending}"
    done = run(
        ["diff", str(JANUARY), str(FEBRUARY), "-o", str(path), "--lang", lang, "--audience",
         "internal"],
        environment_of(read_settings()),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    content = path.read_bytes()
    if ending == "xlsx":
        assert content.startswith(b"PK")
        return
    text = content.decode("utf-8")
    if ending == "csv":
        found = list(csv.DictReader(text.splitlines()))
        assert [row["change"] for row in found][0] == "arrest"
    elif ending == "jsonl":
        assert json.loads(text.splitlines()[0])["change"] == "arrest"
    else:
        for said in (
            ("detención, nueva en los datos", "arresto domiciliario", "Qué ha cambiado")
            if lang == "es"
            else ("arrest, new in the data", "house arrest", "What has changed")
        ):
            assert said in text or (ending == "md" and said.startswith(("Qué", "What")))


def test_a_backup_is_compared_with_the_graph(home: Path, tmp_path: Path) -> None:
    environment = environment_of(read_settings()) | {"VINCULOS_PASSPHRASE": "seis palabras al azar"}

    def done(*words: str) -> str:
        result = run(list(words), environment)
        assert result.returncode == 0, result.stderr
        return result.stdout

    done("load", str(JANUARY), "--dataset", "changes")
    done("db", "backup", str(tmp_path / "plain.backup"))
    done("db", "backup", str(tmp_path / "secret.backup"), "--encrypt")
    done("load", str(FEBRUARY), "--dataset", "changes", "--replace")
    options = ("--format", "json", "--audience", "internal")
    loads = done("diff", "--loads", "changes/1", "changes/2", *options)
    assert len(rows(loads)) == len(EXPECTED)
    for name in ("plain", "secret"):
        assert done("diff", str(tmp_path / f"{name}.backup"), ".", *options) == loads
    assert done("diff", str(JANUARY), ".", "--id-space", "changes", *options) == loads
    assert list((home / "tmp").iterdir()) == []
    for words, said in (
        (("diff", "nowhere", "."), "no folder, file or backup"),
        (("diff", "--loads", "changes/7", "."), "no load"),
    ):
        refused = run(list(words), environment)
        assert refused.returncode == UsageError.exit_code and said in refused.stderr
    bad = write_folder(tmp_path / "bad", detentions="detention_id,person_id,source_ids\nd,ana,\n")
    wrong = run(["diff", str(bad), "."], environment)
    assert wrong.returncode == 1 and "detentions.csv:2" in wrong.stderr
