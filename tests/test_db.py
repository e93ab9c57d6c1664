"""`vinculos db`, and the backups of the embedded engine."""

from __future__ import annotations

import json
import os
import shutil
import stat
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.checks import check_nodes, check_rels
from vinculos.commands.db import db
from vinculos.errors import InputError, UsageError
from vinculos.graph import backup_file, embedded, embedded_backup
from vinculos.graph.embedded_files import Files
from vinculos.graph.lock import graph_lock
from vinculos.graph.store import Store, connect
from vinculos.language import speaking
from vinculos.settings import Settings, read_settings


def call(settings: Settings, *arguments: str, answer: str = "") -> Result:
    result = CliRunner().invoke(db, arguments, obj=settings, input=answer)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def ours(home: Path) -> Iterator[Settings]:
    settings = read_settings()
    with connect(settings) as store:
        store.schema("CREATE CONSTRAINT FOR (p:Person) REQUIRE p.id IS UNIQUE")
        fill(store)
    yield settings
    embedded.stop(settings)


def fill(store: Store) -> None:
    store.write("CREATE (:Person {id: 'a', name: 'Ñ'})-[:RELATED_TO]->(:Person {id: 'b'})")


def check_filled(settings: Settings) -> None:
    with connect(settings) as store:
        check_nodes(store, "Person", ["id", "name"], {("a", "Ñ"), ("b", None)})
        check_rels(store, "Person", "RELATED_TO", "Person", {("a", "b")})
        assert ["Person"] in [row["labelsOrTypes"] for row in store.read("SHOW CONSTRAINTS").rows]


def test_start_status_stop(home: Path, ours: Settings) -> None:
    assert "runs" in call(ours, "start").stderr
    shown = call(ours, "status")
    assert shown.stderr == ""
    for words in ("embedded", "running", "ArcadeDB/", str(home), "MB", "nodes    2"):
        assert words in shown.stdout
    assert "is stopped" in call(ours, "stop").stderr
    assert "not running" in call(ours, "stop").stderr
    assert "stopped" in call(ours, "status").stdout
    assert embedded.running(ours) is None


def test_status_of_nothing_makes_nothing(new_home: Path) -> None:
    shown = call(read_settings(), "status").stdout
    assert "stopped" in shown and "0.0 MB" in shown
    assert not new_home.exists()


def test_backup_and_restore(ours: Settings, tmp_path: Path) -> None:
    file = tmp_path / "graph.backup"
    said = call(ours, "backup", str(file)).stderr
    assert "2 nodes and 1 relationship" in said
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["graph.backup"]
    assert not list((Files(ours.home).folder / "backups").rglob("*.zip"))
    with connect(ours) as store:
        store.write("MATCH (p:Person {id: 'b'}) DETACH DELETE p CREATE (:Person {id: 'c'})")
    assert "2 nodes" in call(ours, "restore", str(file)).stderr
    check_filled(ours)
    with connect(ours) as store, graph_lock(store, wait_seconds=1):
        pass


def test_restore_into_a_new_home(ours: Settings, tmp_path: Path) -> None:
    file = tmp_path / "graph.backup"
    embedded_backup.backup(ours, file)
    other = read_settings(home=str(tmp_path / "other"))
    try:
        embedded_backup.restore(other, file)
        check_filled(other)
    finally:
        embedded.stop(other)


def rewritten(file: Path, **changes: object) -> Path:
    """Return a copy of a backup whose manifest says something else."""
    other = file.with_name("changed.backup")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == backup_file.MANIFEST:
                content = json.dumps({**json.loads(content), **changes}).encode()
            target.writestr(item.filename, content)
    return other


def flipped(file: Path) -> Path:
    other = file.with_name("flipped.backup")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename.endswith(".bucket") and content:
                content = bytes([content[0] ^ 1]) + content[1:]
            target.writestr(item.filename, content)
    return other


def test_what_is_no_backup_changes_nothing(ours: Settings, tmp_path: Path) -> None:
    file = tmp_path / "graph.backup"
    embedded_backup.backup(ours, file)
    text = tmp_path / "notes.txt"
    text.write_text("no backup", "utf-8")
    plain = tmp_path / "plain.zip"
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("schema.json", "{}")
    cut = tmp_path / "cut.backup"
    cut.write_bytes(file.read_bytes()[:-2_000])
    escaping = rewritten(file, files={"../escaped": "0"})
    for bad in (text, plain, cut, flipped(file), escaping, tmp_path / "missing", tmp_path):
        with pytest.raises(InputError):
            embedded_backup.restore(ours, bad)
        check_filled(ours)
    with pytest.raises(InputError, match="another number"):
        embedded_backup.restore(ours, rewritten(file, nodes=3))
    check_filled(ours)
    assert not Files(ours.home).incoming.exists() and not Files(ours.home).outgoing.exists()


def test_a_restore_that_was_killed_leaves_the_old_data(ours: Settings) -> None:
    embedded.stop(ours)
    files = Files(ours.home)
    files.databases.rename(files.outgoing)
    check_filled(ours)


def test_a_restore_that_was_killed_late_leaves_no_second_copy(ours: Settings) -> None:
    embedded.stop(ours)
    files = Files(ours.home)
    shutil.copytree(files.databases, files.outgoing)
    check_filled(ours)
    assert not files.outgoing.exists()


def test_a_backup_that_cannot_be_written(ours: Settings, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        embedded_backup.backup(ours, tmp_path / "missing" / "graph.backup")


def test_wipe_asks_first(settings: Settings, store: Store) -> None:
    fill(store)
    assert call(settings, "wipe", answer="n\n").exit_code == 1
    check_nodes(store, "Person", ["id"], {("a",), ("b",)})
    asked = call(settings, "wipe", answer="y\n")
    assert asked.stdout == "" and "is empty" in asked.stderr
    with connect(settings) as opened:
        check_nodes(opened, "Person", ["id"], set())


def test_the_database_is_spoken_of_in_spanish(ours: Settings, tmp_path: Path) -> None:
    file = tmp_path / "grafo.backup"
    with speaking("es"):
        shown = call(ours, "status").stdout
        assert "motor    integrado\n" in shown and "estado   en marcha\n" in shown
        said = call(ours, "backup", str(file)).stderr
        assert f"{file} contiene 2 nodos y 1 relación." in said
        assert "personas con protección y fuentes reservadas" in said and "No está cifrado" in said
        asked = call(ours, "wipe", answer="no\n").stderr
        assert f"¿Borrar todo el grafo de {ours.home}? [s/N]: " in asked
        check_filled(ours)
        assert "está vacío." in call(ours, "wipe", answer="Sí\n").stderr
        assert "El grafo es ahora el de" in call(ours, "restore", str(file)).stderr
        assert "quedó detenido" in call(ours, "stop").stderr


def test_wipe_without_asking(settings: Settings, store: Store) -> None:
    fill(store)
    assert call(settings, "wipe", "--yes").exit_code == 0
    with connect(settings) as opened:
        check_nodes(opened, "Person", ["id"], set())


def test_a_server_has_its_own_tools(
    server_settings: Settings, store: Store, tmp_path: Path
) -> None:
    file = str(tmp_path / "x")
    for arguments in (["start"], ["stop"], ["backup", file], ["restore", file]):
        with pytest.raises(UsageError, match="only the embedded engine.*(?i:neo4j)"):
            call(server_settings, *arguments)
    fill(store)
    shown = call(server_settings, "status").stdout
    assert "Neo4j/" in shown and "nodes    2" in shown and server_settings.password not in shown
