"""Bundles: what is in one, and what is said when it is checked again."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import stat
from pathlib import Path

import pytest

from tests.test_cli import run
from tests.tiny import TINY
from vinculos.errors import NotFound, UsageError
from vinculos.graph.fingerprint import fingerprint
from vinculos.graph.store import Store
from vinculos.graph.withheld import load_withheld
from vinculos.loaders.load import load_folder
from vinculos.queries.gates import Gates
from vinculos.queries.library import get_query
from vinculos.redaction.profile import get_audience
from vinculos.reports.bundle import read_manifest, write_bundle
from vinculos.reports.run import run_report
from vinculos.reports.script import parse_script
from vinculos.reports.verify import Verdict, verify

SCRIPT = """\
---
title: Mine
parameters:
  who: {type: id, default: ana-prueba, en: a person, es: una persona}
---
```query find_hostages
columns: [person, status]
```
```query list_held
columns: [person, as_of]
```
```query list_held
columns: [person, days_held]
```
```cypher
MATCH (p:Person {id: $who}) RETURN p.name AS name
```
"""


@pytest.fixture
def filled(store: Store) -> Store:
    load_folder(store, TINY, dataset="tiny")
    return store


def bundled(store: Store, folder: Path, audience: str = "public", **given: str) -> Path:
    withheld = load_withheld(store, get_audience(audience), "en")
    report = run_report(
        store, parse_script("mine", SCRIPT), given, withheld=withheld, find=get_query
    )
    write_bundle(folder, report, "html", [("a", "b")], store, withheld, get_query)
    return folder


def checked(store: Store, folder: Path) -> Verdict:
    return verify(store, folder, get_query, "en")


def test_a_bundle_holds_all_that_a_colleague_needs(filled: Store, tmp_path: Path) -> None:
    folder = bundled(filled, tmp_path / "bundle")
    manifest = read_manifest(folder)
    assert (manifest.report, manifest.language, manifest.audience) == ("mine", "en", "public")
    assert manifest.parameters == {"who": "tiny:ana-prueba"}
    assert manifest.graph == fingerprint(filled)
    assert manifest.blocks["6"]["rows"] == 2
    assert "as_of" in manifest.blocks["9"]["failed"]
    assert manifest.versions["vinculos"] and manifest.versions["engine"].startswith(filled.engine)
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    assert sorted(files) == [
        "bundle.json",
        "profile.yaml",
        "queries/find_hostages.cypher",
        "queries/list_held.cypher",
        "report.html",
        "results/01-find_hostages.csv",
        "results/02-list_held.csv",
        "results/03-line_15.csv",
        "script.md",
        "sources.csv",
    ]
    for name, digest in manifest.files.items():
        assert digest == f"sha256:{hashlib.sha256(files[name].read_bytes()).hexdigest()}"
    assert files["script.md"].read_text("utf-8") == SCRIPT
    with files["sources.csv"].open(encoding="utf-8", newline="") as file:
        numbers = [row["number"] for row in csv.DictReader(file)]
    assert numbers == [str(n + 1) for n in range(len(numbers))] and numbers
    assert stat.S_IMODE(folder.stat().st_mode) == 0o777 & ~_mask()
    assert list(tmp_path.iterdir()) == [folder]


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_what_differs_now_is_told(filled: Store, tmp_path: Path) -> None:
    folder = bundled(filled, tmp_path / "bundle")
    same = checked(filled, folder)
    assert not same and same.notes == []
    filled.write("MATCH (d:Detention {id: 'tiny:d-ana'}) SET d.status = 'released'")
    filled.write("MATCH (c:Claim) WITH c ORDER BY c.id LIMIT 1 DETACH DELETE c")
    (folder / "report.html").write_text("other", "utf-8")
    (folder / "added.txt").write_text("x", "utf-8")
    query = folder / "queries" / "list_held.cypher"
    query.write_text(query.read_text("utf-8") + "\n", "utf-8")
    said = json.loads((folder / "bundle.json").read_text("utf-8"))
    said["versions"]["python"] = "3.0"
    (folder / "bundle.json").write_text(json.dumps(said), "utf-8")
    verdict = checked(filled, folder)
    assert verdict
    assert verdict.files == ["added.txt", "queries/list_held.cypher", "report.html"]
    (first, rows) = verdict.results[0]
    assert first == "results/01-find_hostages.csv: 2 rows then, 2 now; gone: 1, new: 1"
    assert rows[0].startswith("- Ana Prueba Uno | detained")
    assert rows[1].startswith("+ Ana Prueba Uno | released")
    assert verdict.notes[0].startswith("The graph is another")
    assert any(note.startswith("python: 3.0 then") for note in verdict.notes)
    assert "The question list_held is written otherwise now." in verdict.notes


def test_the_day_of_a_bundle_stays(filled: Store, tmp_path: Path) -> None:
    folder = bundled(filled, tmp_path / "bundle")
    said = json.loads((folder / "bundle.json").read_text("utf-8"))
    assert len(said["blocks"]["12"]["parameters"]["as_of"]) == 10
    said["blocks"]["12"]["parameters"]["as_of"] = "2000-01-01"
    (folder / "bundle.json").write_text(json.dumps(said), "utf-8")
    verdict = checked(filled, folder)
    assert [name for name, _ in verdict.results][0].startswith("results/02-list_held.csv")


def test_a_bundle_is_whole_or_not_there(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "bundle"
    folder.mkdir()
    with pytest.raises(UsageError, match="there already"):
        bundled(filled, folder)
    folder.rmdir()
    with pytest.raises(UsageError, match="cannot be written"):
        bundled(filled, tmp_path / "none" / "bundle")
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        bundled(filled, tmp_path / "file" / "bundle")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_nothing_withheld_gets_into_a_bundle(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--audience internal"):
        bundled(filled, tmp_path / "out", who="olga-oculta")
    folder = bundled(filled, tmp_path / "in", "internal", who="olga-oculta")
    assert read_manifest(folder).audience == "internal"
    public = bundled(filled, tmp_path / "public")
    written = [path.read_text("utf-8") for path in public.rglob("*") if path.is_file()]
    assert not any("Olga" in text or "olga" in text for text in written if "answers:" not in text)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"bundle": 1}', "nonsense", "BAD audience", "BAD bundle", "BAD blocks"],
)
def test_a_manifest_that_is_none(filled: Store, tmp_path: Path, content: str) -> None:
    with pytest.raises(NotFound, match="no bundle"):
        read_manifest(tmp_path)
    folder = bundled(filled, tmp_path / "bundle")
    if content.startswith("BAD"):
        said = json.loads((folder / "bundle.json").read_text("utf-8"))
        said[content.split()[1]] = 7
        content = json.dumps(said)
    (folder / "bundle.json").write_text(content, "utf-8")
    with pytest.raises(UsageError, match="cannot be read"):
        read_manifest(folder)


def test_gates_of_a_bundle_are_read_back(filled: Store, tmp_path: Path) -> None:
    withheld = load_withheld(filled, get_audience("public"), "en")
    gates = Gates(min_sources=1, min_confidence="reported")
    script = parse_script("mine", "---\ntitle: T\n---\nText.\n")
    report = run_report(filled, script, {}, withheld=withheld, find=get_query, gates=gates)
    write_bundle(tmp_path / "bundle", report, "md", [], filled, withheld, get_query)
    assert read_manifest(tmp_path / "bundle").open_gates == gates


def test_bundle_and_verify_on_the_command_line(
    filled: Store, engine_env: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "bundle"
    done = run(["report", "hostages", "--bundle", str(folder), "--lang", "es"], engine_env)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert read_manifest(folder).audience == "public"
    done = run(["report", "--verify", str(folder)], engine_env)
    assert (done.returncode, done.stdout) == (0, "The report says the same now.\n"), done.stderr
    filled.write("MATCH (:Detention {id: 'tiny:d-ana'})-[b:BECAUSE_OF]->() DELETE b")
    done = run(["report", "--verify", str(folder), "--lang", "es"], engine_env)
    assert done.returncode == 1
    assert "results/01-find_hostages.csv: 2 filas entonces, 1 ahora" in done.stdout
    done = run(["report", "hostages", "--bundle", str(folder)], engine_env)
    assert done.returncode == 2 and "there already" in done.stderr
    done = run(["report", "hostages", "--verify", str(folder)], engine_env)
    assert done.returncode == 2 and "without a report" in done.stderr
