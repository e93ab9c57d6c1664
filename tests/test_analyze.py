"""`analyze` as people meet it: tables, pages, what is left out, and what the public may not see."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_cli import offline, run
from tests.tiny import DATA, TINY
from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from vinculos.graph.store import Store

LINKS = DATA / "links"
Holding = Callable[[Path], Store]
Environment = dict[str, str]


def rows(said: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(said)))


def test_table_of_the_whole_graph_and_what_was_left_out(
    holding: Holding, engine_env: Environment
) -> None:
    holding(LINKS)
    done = run(["analyze", "betweenness", "--format", "csv"], engine_env)
    assert [(row["name"], row["value"], row["ties"]) for row in rows(done.stdout)] == [
        ("Carla Prueba Tres", "0.666667", "2"),
        ("Beto Prueba Dos", "0.5", "2"),
        ("Dora Jueza Ficticia", "0.5", "2"),
    ]
    # Five people of ten, five custodies of nine; the prison, the charge and the law.
    for said in ("person: 5", "detention: 4", "place: 1", "charge: 1", "law: 1"):
        assert said in done.stderr, done.stderr
    assert "case:" not in done.stderr
    assert "1 of them alleged" in done.stderr
    top = run(["analyze", "betweenness", "--top", "1", "--lang", "es"], engine_env)
    assert "intermediación" in top.stdout and "Beto" not in top.stdout
    assert "Fuera del análisis: persona: 5" in top.stderr


def test_projection_decides_who_is_tied(holding: Holding, engine_env: Environment) -> None:
    holding(LINKS)
    words = ["analyze", "degree", "--format", "csv", "--audience", "internal"]
    kin = run([*words, "--projection", "kinship"], engine_env)
    assert {row["name"] for row in rows(kin.stdout)} == {"Ana Prueba Uno", "Gina Prueba Uno"}
    everything = rows(run([*words, "--projection", "all"], engine_env).stdout)
    assert (everything[0]["name"], everything[0]["value"]) == ("Cárcel Ficticia Uno", "5")
    assert {row["label"] for row in everything} >= {"Charge", "Law", "Place", "Case"}
    officials = run([*words, "--projection", "officials"], engine_env)
    assert rows(officials.stdout) == []
    gated = run([*words, "--min-confidence", "documented"], engine_env)
    assert rows(gated.stdout) == []


def test_the_graph_of_a_question_is_measured(holding: Holding, engine_env: Environment) -> None:
    holding(TINY)
    words = ["analyze", "articulation_points", "--query", "hostages", "--format", "json"]
    done = run([*words, "--projection", "cases", "--audience", "internal"], engine_env)
    # Bruno alone holds the child and Olga; Ana, he and Darío are of one custody.
    assert [(row["name"], row["value"]) for row in json.loads(done.stdout)] == [
        ("Bruno Prueba Dos", 3)
    ]
    public = run(["analyze", "clusters", "--query", "hostages", "--format", "csv"], engine_env)
    assert "Olga" not in public.stdout and "olga" not in public.stdout
    assert "Nino" not in public.stdout and "nino" not in public.stdout
    assert "Hidden from this audience" in public.stderr


def test_path_through_a_protected_person_is_not_for_the_public(
    holding: Holding, engine_env: Environment
) -> None:
    holding(LINKS)
    words = ["analyze", "shortest_paths", "-p", "from=ana-prueba", "-p", "to=elena-prueba"]
    inside = run([*words, "--format", "md", "--audience", "internal"], engine_env)
    assert (
        "person Ana Prueba Uno (links:ana-prueba) — related to (sibling of) — "
        "person Gina Prueba Uno (links:gina-prueba) — related to (friend of) — "
        "person Elena Prueba Cinco (links:elena-prueba)"
    ) in inside.stdout
    public = run([*words, "--format", "csv"], engine_env)
    assert rows(public.stdout) == []
    assert "gina" not in (public.stdout + public.stderr).casefold()
    assert "Hidden from this audience" in public.stderr


def test_paths_that_are_not_listed_and_hubs_are_counted(
    holding: Holding, engine_env: Environment
) -> None:
    holding(LINKS)
    words = ["query", "trace_paths", "-p", "from=beto-prueba", "-p", "to=carla-prueba", "-f", "csv"]
    cut = run([*words, "-p", "limit=1"], engine_env)
    assert len(rows(cut.stdout)) == 1
    assert "2 in all; the first 1 are listed" in cut.stderr
    around = run([*words, "-p", "max_ties=4"], engine_env)
    assert "too many ties: place: 1" in around.stderr
    short = run([*words, "-p", "max_length=3"], engine_env)
    assert (short.returncode, rows(short.stdout)) == (0, [])
    for wrong in ("max_length=0", "limit=0"):
        assert run([*words, "-p", wrong], engine_env).returncode == 2, wrong
    same = run(["query", "trace_paths", "-p", "from=d-ana", "-p", "to=d-ana"], engine_env)
    assert (same.returncode, "two different ends" in same.stderr) == (2, True)


def test_page_shows_sizes_and_says_what_they_mean(
    holding: Holding, engine_env: Environment, tmp_path: Path
) -> None:
    holding(LINKS)
    file = tmp_path / "page.html"
    done = run(["analyze", "betweenness", "-o", str(file), "--lang", "es"], engine_env)
    assert done.returncode == 0, done.stderr
    page = file.read_text("utf-8")
    assert "cuanto más grande y oscuro, más, hasta 0.667" in page
    assert "pequeño y blanco: sin medir" in page
    assert "Fuera del análisis" in page and "Carla Prueba Tres" in page
    assert "Gina" not in page
    table = tmp_path / "table.html"
    run(["analyze", "betweenness", "-o", str(table), "--format", "html"], engine_env)
    assert "canvas" not in table.read_text("utf-8")
    assert "Carla Prueba Tres" in table.read_text("utf-8")
    for measure, said in (("communities", "community 1: "), ("bridges", "wide line")):
        run(["analyze", measure, "-o", str(file)], engine_env)
        assert said in file.read_text("utf-8")
    paths = ["analyze", "shortest_paths", "-p", "from=beto-prueba", "-p", "to=carla-prueba"]
    run([*paths, "-o", str(file)], engine_env)
    assert "Caso Sintético Dos" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["betwenness"], "betweenness"),
        (["degree", "--query", "list_held"], "returns a table"),
        (["degree", "--query", "trace_paths"], "step by step"),
        (["shortest_paths", "--query", "whole"], "searches for no paths"),
        (["shortest_paths", "--projection", "all"], "takes no projection"),
        (["degree", "--projection", "law"], "kinship"),
        (["degree", "--top", "0"], "--top"),
    ],
)
def test_what_cannot_be_measured_is_refused_before_any_engine_starts(
    tmp_path: Path, words: list[str], said: str
) -> None:
    done = run(["analyze", *words], offline(tmp_path))
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "home").exists()


def test_empty_graph_has_nothing_to_measure(store: Store, engine_env: Environment) -> None:
    done = run(["analyze", "communities"], engine_env)
    assert (done.returncode, "No rows." in done.stderr) == (0, True)
