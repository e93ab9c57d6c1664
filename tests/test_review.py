"""Deciding who is one from the command line: tables, questions, files, and what the public sees."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.folders import write_folder
from tests.test_cli import PROGRAM, run
from tests.test_same_people import (
    ANA,
    EVA,
    LIA,
    REGISTER,
    ZOE,
    decision,
    load_both,
    people,
    whole,
)
from vinculos.errors import InputError
from vinculos.exports.write import export_case_folders
from vinculos.graph.decide import decide
from vinculos.graph.decisions_file import COLUMNS, decisions_text, read_decisions_file
from vinculos.graph.duplicates import best_candidates
from vinculos.graph.judge import Judgement, compatible, judge
from vinculos.graph.records import NodeRef
from vinculos.graph.redact import load_withheld
from vinculos.graph.same_people import SamePeople
from vinculos.graph.store import Store
from vinculos.graph.stored import read_decisions
from vinculos.language import speaking
from vinculos.loaders.load import load_folder
from vinculos.redaction.profile import get_audience

Environment = dict[str, str]
WHO = "Ana Prueba"


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def list_duplicates(environment: Environment, *words: str) -> list[dict[str, str]]:
    done = run(["duplicates", "--format", "csv", "--audience", "internal", *words], environment)
    assert done.returncode == 0, done.stderr
    return rows_of(done.stdout)


def kinds(store: Store) -> dict[tuple[str, str], tuple[str, str]]:
    same = SamePeople(read_decisions(store))
    return {pair: (d.kind, d.who) for pair, d in same.newest.items()}


def test_candidates_are_listed_with_reasons(
    store: Store, engine_env: Environment, tmp_path: Path
) -> None:
    load_both(store, tmp_path, people=REGISTER["people"].replace("1981", "1980"))
    (row,) = list_duplicates(engine_env)
    assert (row["one_id"], row["two_id"], row["one"]) == (ANA, ZOE, "Ana Prueba Ejemplo")
    assert float(row["score"]) > 0.9
    assert row["reasons"].startswith("two surnames equal, given name equal, surnames written first")
    assert row["reasons"].endswith("taken at the same time, 1 day apart")
    (row,) = list_duplicates(engine_env, "--lang", "es", "--label", "Detainee")
    assert row["reasons"].startswith("los dos apellidos iguales, nombre de pila igual")
    assert list_duplicates(engine_env, "--label", "Official") == []
    assert list_duplicates(engine_env, "--min-score", "1") == []
    (one,) = list_duplicates(engine_env, "--min-score", "0", "--top", "1")
    assert one["two_id"] == ZOE
    # Years of birth that differ speak against it, and it is told.
    load_both(store, tmp_path)
    (other,) = list_duplicates(engine_env)
    assert float(other["score"]) < float(one["score"])
    assert "dates of birth differ" in other["reasons"]


def test_a_pair_is_decided_and_taken_back(
    store: Store, engine_env: Environment, tmp_path: Path
) -> None:
    load_both(store, tmp_path)
    before = whole(store)
    environment = engine_env | {"VINCULOS_WHO": WHO}
    done = run(["same", "ana", ZOE, "--why", "one file"], environment)
    assert done.stdout == f"{ANA} and {ZOE} are one person.\n"
    assert "Changed: " in done.stderr
    assert kinds(store) == {(ANA, ZOE): ("same", WHO)}
    assert f"{ANA} {ZOE}" in run(["history", "--audience", "internal"], environment).stdout
    shown = run(["show", "zoe", "--audience", "internal"], environment).stdout
    assert f"also recorded as: {ZOE}" in shown
    assert list_duplicates(engine_env, "--min-score", "0.01") == []
    done = run(["different", "ana", "zoe", "--undo", "--why", "no"], environment)
    assert done.returncode == 2 and "There is no decision" in done.stderr
    done = run(["--lang", "es", "same", "ana", "zoe", "--undo", "--why", "no"], environment)
    assert done.stdout == f"La decisión sobre {ANA} y {ZOE} queda sin efecto.\n"
    assert whole(store) == before
    done = run(["different", "eva", LIA, "--why", "two faces"], environment)
    assert done.stdout == f"{EVA} and {LIA} are two people.\n"
    done = run(["same", "press:d1", "zoe", "--why", "?"], environment)
    assert done.returncode == 2 and "is a detention, not a person" in done.stderr


def test_what_may_be_one_custody_is_said(
    store: Store, tmp_path: Path, engine_env: Environment
) -> None:
    taken = REGISTER["detentions"].replace("2025-01-08", "2025-01")
    load_both(store, tmp_path, detentions=taken)
    before = run(["show", "zoe"], engine_env)
    assert "may be one custody" not in before.stdout
    done = run(["same", "ana", ZOE, "--why", "one file"], engine_env)
    assert done.returncode == 0, done.stderr
    assert "1 pair of their custodies may be one and counts as two" in done.stderr
    assert f"-p id={ANA}" in done.stderr
    shown = run(["show", "zoe", "--lang", "es"], engine_env)
    assert "press:d1 y register:d9 podrían ser una sola detención" in shown.stdout
    said = json.loads(run(["show", "zoe", "--format", "json"], engine_env).stdout)
    assert [(pair["one"], pair["two"]) for pair in said["may_be_one"]] == [
        ("press:d1", "register:d9")
    ]
    assert "may_be_one" not in run(["show", "eva", "--format", "json"], engine_env).stdout
    back = run(["same", "ana", ZOE, "--undo", "--why", "no"], engine_env)
    assert back.returncode == 0 and "may be one" not in back.stderr


def test_a_file_of_decisions_is_taken_over_and_written(
    store: Store, engine_env: Environment, tmp_path: Path
) -> None:
    load_both(store, tmp_path)
    file = tmp_path / "decisions.csv"
    head = ",".join(COLUMNS)
    lines = [
        f"{ZOE},{ANA},same,Eva,2026-02-02,one file,0.9",
        f"{EVA},{LIA},unsure,Eva,2026-02-02,no photograph,",
        "other:x,other:y,same,Eva,2026-02-03,not loaded here,",
    ]
    file.write_text("\n".join([head, *lines, ""]))
    done = run(["review", "--decisions", str(file)], engine_env)
    assert done.returncode == 0, done.stderr
    assert "3 decisions of" in done.stderr
    assert set(people(store)) == {ANA, EVA, LIA}
    assert file.read_text().splitlines() == [
        head,
        lines[2],
        f"{ANA},{ZOE},same,Eva,2026-02-02,one file,0.900",
        lines[1],
    ]
    merged = whole(store)
    kept = file.read_bytes()
    run(["review", "--decisions", str(file)], engine_env)
    assert file.read_bytes() == kept and whole(store) == merged
    # A colleague took it back later; an older word of a third one does not count.
    later = f"{ANA},{ZOE},undo,Beto,2026-03-03,the photographs differ,"
    older = f"{ANA},{ZOE},different,Lia,2026-01-01,a guess,"
    file.write_text("\n".join([head, *lines, later, older, ""]))
    run(["decide", str(file)], engine_env)
    assert kinds(store)[ANA, ZOE] == ("undo", "Beto")
    assert set(people(store)) == {ANA, ZOE, EVA, LIA}
    run(["review", "--decisions", str(file)], engine_env)
    assert [row["decision"] for row in rows_of(file.read_text())] == ["same", "undo", "unsure"]


def test_a_contradictory_file_is_refused_and_left_alone(
    store: Store, engine_env: Environment, tmp_path: Path
) -> None:
    load_both(store, tmp_path)
    before = whole(store)
    file = tmp_path / "decisions.csv"
    file.write_text(
        f"{','.join(COLUMNS)}\n{ANA},{ZOE},same,Ana,2026-01-02,a,\n{EVA},{ZOE},same,Beto,"
        f"2026-02-03,b,\n{ANA},{EVA},different,Lia,2026-02-04,c,\n"
    )
    kept = file.read_bytes()
    done = run(["review", "--decisions", str(file)], engine_env)
    assert done.returncode == 2
    assert (
        f"{ANA} is {ZOE} (Ana, 2026-01-02), {ZOE} is {EVA} (Beto, 2026-02-03), so {ANA} and "
        f"{EVA} cannot be different (Lia, 2026-02-04)"
    ) in done.stderr
    assert whole(store) == before and file.read_bytes() == kept
    assert kinds(store) == {}


@pytest.mark.parametrize(
    ("line", "said", "spanish"),
    [
        ("a:1,b:1,same,Ana,2026-01-01,why", "6 cells instead of 7", "tiene 6 celdas en vez de 7"),
        ("a:1", "1 cell instead of 7", "tiene 1 celda en vez de 7"),
        ("<<<<<<< HEAD", "git left a conflict", "git dejó ahí un conflicto"),
        ("a1,b:1,same,Ana,2026-01-01,why,", "'a1' is no id", "'a1' no es un id"),
        ("a:1,a:1,same,Ana,2026-01-01,why,", "both ids are the same", "los dos ids son el mismo"),
        (
            "a:1,b:1,equal,Ana,2026-01-01,why,",
            "'equal' is none of same, different",
            "no es ninguna de same,",
        ),
        ("a:1,b:1,same,,2026-01-01,why,", "who is blank", "who está en blanco"),
        ("a:1,b:1,same,Ana,1 May,why,", "when is '1 May'", "when es '1 May', no un día"),
        ("a:1,b:1,same,Ana,2026-01-01,,", "why is blank", "why está en blanco"),
        (
            "a:1,b:1,same,Ana,2026-01-01,why,high",
            "score is 'high'",
            "score es 'high', no un número",
        ),
    ],
)
def test_a_line_that_is_no_decision_is_named(
    tmp_path: Path, line: str, said: str, spanish: str
) -> None:
    file = tmp_path / "decisions.csv"
    file.write_text(f"{','.join(COLUMNS)}\na:1,b:2,same,Ana,2026-01-01,why,\n{line}\n")
    with pytest.raises(InputError) as refused:
        read_decisions_file(file)
    assert said in refused.value.message and "line 3" in refused.value.message
    with speaking("es"), pytest.raises(InputError) as refused:
        read_decisions_file(file)
    assert spanish in refused.value.message and "línea 3" in refused.value.message
    file.write_text("one;two\n")
    with pytest.raises(InputError, match="line 1: the columns are not"):
        read_decisions_file(file)
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="cannot be read"):
        read_decisions_file(file)


def test_a_score_decides_where_it_is_told_to(
    store: Store, engine_env: Environment, tmp_path: Path
) -> None:
    load_both(store, tmp_path, people=REGISTER["people"].replace("1981", "1980"))
    before = whole(store)
    run(["review", "--auto-above", "0.999999"], engine_env)
    assert kinds(store) == {}
    done = run(["review", "--auto-above", "0.9"], engine_env)
    assert done.returncode == 0, done.stderr
    assert kinds(store) == {(ANA, ZOE): ("same", "auto")}
    (made,) = read_decisions(store)
    assert made.score is not None and made.score > 0.9
    assert "two surnames equal" in made.why
    run(["same", "ana", "zoe", "--undo", "--why", "no"], engine_env)
    assert whole(store) == before


def test_auto_leaves_out_what_decisions_speak_against() -> None:
    def same(one: str, two: str) -> Judgement:
        return Judgement(one, two, "same", "score")

    made = [decision(1, "same", "a:1", "b:1"), decision(2, "different", "b:1", "c:1")]
    known = SamePeople(made)
    given = [same("a:1", "c:1"), same("c:1", "d:1"), same("a:1", "d:1"), same("a:1", "e:1")]
    assert compatible(given, known) == [given[1], given[3]]


def answered(words: list[str], environment: Environment, answers: list[str]) -> str:
    """Return what a command says at a terminal at which somebody types `answers`."""
    ours, theirs = pty.openpty()
    command = subprocess.Popen(
        [*PROGRAM, *words], env=environment, stdin=theirs, stdout=theirs, stderr=theirs
    )
    os.close(theirs)
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    said = b""
    while True:
        try:
            read = os.read(ours, 4096)
        except OSError:
            break
        if not read:
            break
        said += read
    os.close(ours)
    assert command.wait(60) == 0, said
    return said.decode("utf-8", "replace")


MORE = {
    "people": """
        person_id,name,born,source_ids
        m1,Ana Prueba Ejemplo,1980,s1
        m2,Eva Prueba,,s1
        m3,Lia Prueba,,s1
    """
}


def test_pairs_are_asked_about_at_a_terminal(
    store: Store, engine_env: Environment, tmp_path: Path
) -> None:
    load_both(store, tmp_path, people=REGISTER["people"].replace("1981", "1980"))
    environment = engine_env | {"VINCULOS_WHO": WHO}
    file = tmp_path / "decisions.csv"
    words = ["review", "--min-score", "0.05", "--decisions", str(file)]
    said = answered(words, environment, ["s", "one file"])
    assert "Ana Prueba Ejemplo  (press:ana)" in said and "custody: 2025-01-07" in said
    assert kinds(store) == {(ANA, ZOE): ("same", WHO)}
    assert [row["why"] for row in rows_of(file.read_text())] == ["one file"]
    load_folder(store, write_folder(tmp_path / "more", **MORE), dataset="more")
    said = answered(["--lang", "es", *words], environment, ["x", "d", "otra cara", "n", "", "q"])
    found = kinds(store)
    assert "[m]isma  [d]istinta  [n]o se sabe" in said
    assert sorted(kind for kind, _ in found.values()) == ["different", "same", "unsure"]
    before = whole(store)
    answered(words, environment, ["k", "q"])
    assert whole(store) == before


def test_nothing_is_asked_in_a_pipe(store: Store, engine_env: Environment, tmp_path: Path) -> None:
    load_both(store, tmp_path)
    done = run(["review"], engine_env)
    assert done.returncode == 2 and "run this at a terminal" in done.stderr


def test_the_public_sees_neither_protected_people_nor_their_other_ids(
    store: Store, engine_env: Environment, tmp_path: Path
) -> None:
    load_both(store, tmp_path, people=REGISTER["people"].replace("1981", "1980"))
    decide(store, "protect", NodeRef("Person", ZOE), "asked")
    done = run(["duplicates", "--format", "json"], engine_env)
    assert json.loads(done.stdout) == [] and "Prueba" not in done.stdout
    judge(store, [Judgement(ANA, ZOE, "same", "one file of register:zoe")])
    for words in (
        ["duplicates", "--min-score", "0", "--format", "json"],
        ["history", "--format", "json"],
        ["query", "-c", "MATCH (n) RETURN n", "--format", "json"],
        ["query", "-c", "MATCH (c:Claim) RETURN c.key AS key, c.asserts AS a", "--format", "json"],
        ["find", "prueba ejemplo", "--format", "json"],
    ):
        done = run(words, engine_env)
        assert done.returncode == 0, done.stderr
        for secret in ("register:zoe", "press:ana", "PRUEBA EJEMPLO", "La Prueba", "Ana Prueba"):
            assert secret not in done.stdout, words
    path = tmp_path / "public"
    done = run(["export", "csv", str(path)], engine_env)
    assert done.returncode == 0, done.stderr
    text = "".join(file.read_text("utf-8-sig") for file in sorted(path.rglob("*.csv")))
    assert "zoe" not in text and "Ana Prueba" not in text and "PRUEBA" not in text


def test_minors_are_no_candidates(store: Store, engine_env: Environment, tmp_path: Path) -> None:
    born = REGISTER["people"].replace("1981", "2015")
    load_both(store, tmp_path, people=born)
    judge(store, [Judgement(ANA, ZOE, "undo", "nothing yet")])
    assert all("minor" not in c.one.name for c in best_candidates(store, 0.0))
    # One with a minor: neither name is anywhere, in no candidate either.
    done = run(["same", "ana", "zoe", "--why", "one file"], engine_env)
    assert "One of them is a minor" in done.stderr
    out = run(["duplicates", "--min-score", "0", "--format", "csv"], engine_env).stdout
    assert "Ana" not in out and "minor" not in out


def test_exported_case_folders_carry_the_decisions(
    store: Store, engine_env: Environment, tmp_path: Path
) -> None:
    load_both(store, tmp_path)
    judge(store, [Judgement(ANA, ZOE, "same", "one file", "Eva", "2026-02-02")])
    merged = whole(store)
    withheld = load_withheld(store, get_audience("internal"))
    made = export_case_folders(store, tmp_path / "out", withheld)
    assert (made.pairs, made.undecided, made.differing) == (1, 0, 0)
    assert (tmp_path / "out" / "same-people.csv").read_text() == decisions_text(
        SamePeople(read_decisions(store))
    )
    script = (tmp_path / "out" / "load.sh").read_text()
    assert script.endswith("vinculos decide same-people.csv\n")
    store.write("MATCH (n) DETACH DELETE n")
    for name in ("press", "register"):
        run(["load", str(tmp_path / "out" / name), "--dataset", name], engine_env)
    run(["decide", str(tmp_path / "out" / "same-people.csv")], engine_env)
    assert whole(store) == merged
