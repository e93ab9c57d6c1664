"""Faults: killed clients and servers, damaged inputs, full disks, restarts, lost permission.

`make faults` runs the kills and the damaged inputs in full.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import neo4j
import pytest

from tests import servers
from tests.conftest import environment_of
from tests.faults import containers, engines, fuzz, kill
from tests.faults.mutations import MUTATIONS
from tests.folders import write_folder
from vinculos.errors import EngineError, EngineUnavailable
from vinculos.graph import embedded_watch
from vinculos.graph import lock as locking
from vinculos.graph.lock import graph_lock
from vinculos.graph.store import Store, connect
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.files import find_files
from vinculos.loaders.load import load_folder
from vinculos.loaders.read import read_files
from vinculos.settings import Settings, read_settings

SMALL = {
    "people": "person_id,name,source_ids\nana,Ana Uno,s1\n",
}
CLIENT = f"""
from tests.faults.warm import set_batch
from vinculos.cli import run
set_batch({kill.BATCH})
run()
"""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals as POSIX has them")


@pytest.fixture(scope="module")
def victim(engine: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[engines.Engine]:
    """Give an engine of this module's own, which its tests may kill."""
    try:
        with engines.engine_of(engine, tmp_path_factory.mktemp("victim")) as started:
            yield started
    except servers.ServerMissing as missing:
        pytest.skip(str(missing))


@pytest.mark.timeout(400)
@pytest.mark.parametrize("action", kill.ACTIONS)
def test_what_is_killed_is_taken_up(victim: engines.Engine, engine: str, action: str) -> None:
    victims = kill.VICTIMS if action == "replace" else ("client",)
    outcomes = kill.run(victim, [kill.Case(engine, action, name, 1, 0) for name in victims])
    assert [one.failures for one in outcomes] == [[] for _ in victims]
    assert all(one.equal for one in outcomes)


@pytest.mark.timeout(400)
def test_damaged_inputs_are_loaded_right_or_refused() -> None:
    judged = fuzz.run(3 * len(MUTATIONS))
    assert [one for one in judged if one.verdict == "failed"] == []
    verdicts = [one.verdict for one in judged]
    assert verdicts.count("loaded") > 20 and verdicts.count("refused") > 50


def test_results_are_taken_up_again(tmp_path: Path) -> None:
    file = tmp_path / "results.jsonl"
    first = fuzz.run(2, file=file)
    file.write_text(file.read_text().replace('"seconds": ', '"seconds": 99') + '{"seed": 1')
    again = fuzz.run(3, file=file)
    assert [one.number for one in again] == [0, 1, 2]
    assert all(one.seconds >= 99 for one in again[:2]) and again[2].seconds < 99
    assert [one.verdict for one in again[:2]] == [one.verdict for one in first]


def test_the_inputs_are_good_before_they_are_damaged(tmp_path: Path) -> None:
    for name, data in containers.WHOLE.items():
        (tmp_path / name).write_bytes(data)
        paths, _ = find_files(tmp_path / name, TABLES)
        assert read_files(paths, "cases").problems == []


def client(settings: Settings, folder: Path) -> subprocess.Popen[str]:
    """Start a load in batches so small that it takes a while."""
    return subprocess.Popen(
        [sys.executable, "-c", CLIENT, "load", str(folder)],
        env=environment_of(settings),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until(condition: Callable[[], object], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def begun(store: Store) -> bool:
    """Tell whether a load has begun to write and not ended."""
    return bool(store.read("MATCH (l:Load) WHERE l.complete = false RETURN l.id").rows)


@pytest.mark.timeout(400)
@pytest.mark.usefixtures("server_settings")
def test_a_server_that_restarts_or_takes_away_the_password_in_mid_load(
    victim: engines.Engine, tmp_path: Path
) -> None:
    folder = kill.write_cases(tmp_path / "cases", changed=False, size=200)
    with connect(victim.settings) as store:
        store.write("MATCH (n) DETACH DELETE n")
        load = client(victim.settings, folder)
        wait_until(lambda: begun(store))
        victim.kill()
    victim.restart()
    _, err = load.communicate(timeout=120)
    assert load.returncode in (0, 3) and "Traceback" not in err
    again = client(victim.settings, folder)
    _, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    with connect(victim.settings) as store:
        assert not begun(store)
        whole = kill.snapshot(store)
        store.write("MATCH (n) DETACH DELETE n")
        load = client(victim.settings, folder)
        wait_until(lambda: begun(store))
        change_password(victim.settings, "another-password")
        _, err = load.communicate(timeout=120)
        # Connections that are open stay so: the load may well end.
        assert load.returncode in (0, 3) and "Traceback" not in err
    refused = client(victim.settings, folder)
    _, err = refused.communicate(timeout=60)
    assert refused.returncode == 3 and "NEO4J_PASSWORD" in err and "Traceback" not in err
    change_password(victim.settings, victim.settings.password, "another-password")
    again = client(victim.settings, folder)
    _, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    with connect(victim.settings) as store:
        assert kill.snapshot(store) == whole


def change_password(settings: Settings, new: str, old: str = "") -> None:
    auth = (settings.username, old or settings.password)
    with (
        neo4j.GraphDatabase.driver(settings.uri or "", auth=auth) as driver,
        driver.session(database="system") as session,
    ):
        session.run(
            "ALTER CURRENT USER SET PASSWORD FROM $old TO $new", {"old": auth[1], "new": new}
        ).consume()


@pytest.mark.parametrize("moment", ["before", "within", "without"])
def test_an_engine_that_dies_is_told_at_once(tmp_path: Path, moment: str) -> None:
    """Only the look for its process says `has ended`; a driver that tried in vain does not."""
    attempts = 0

    def create(tx: neo4j.ManagedTransaction) -> None:
        nonlocal attempts
        attempts += 1
        victim.kill()
        tx.run("CREATE (:Person {id: 'x'})").consume()
        raise AssertionError("the engine lives")

    with (
        engines.engine_of("embedded", tmp_path) as victim,
        connect(victim.settings) as store,
        pytest.raises(EngineUnavailable, match="has ended"),
    ):
        if moment == "without":
            # No connection for writing was ever open, to tell of the death by its own end.
            victim.kill()
            store.write("CREATE (:Person {id: 'x'})")
        with graph_lock(store):
            if moment == "before":
                victim.kill()
                store.write("CREATE (:Person {id: 'x'})")
            store.write_transaction(create)
    assert attempts == (moment == "within")


def test_a_clock_set_back_holds_up_nobody(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A lease that a clock, since set back, has put far ahead ends with its dead holder."""
    with graph_lock(store):
        pass
    dead = f"{locking.machine()}:999999:1.0:x"
    store.write(
        "MATCH (l:Lock) SET l.holder = $dead, l.until = timestamp() + 86400000", {"dead": dead}
    )
    with graph_lock(store, wait_seconds=2):
        # This computer's own clock decides nothing.
        monkeypatch.setattr(time, "time", lambda: 0.0)
        with pytest.raises(EngineError), graph_lock(store, wait_seconds=0.5):
            pass


@pytest.fixture
def full_disk() -> Iterator[Path]:
    """Give a folder on a file system of 1 MB."""
    folder = Path(tempfile.mkdtemp(prefix="vinculos-full-"))
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], capture_output=True
    )
    if mounted.returncode:
        folder.rmdir()
        pytest.skip("Mounting a small disk needs root.")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


def test_a_full_disk_under_the_spool(store: Store, full_disk: Path, tmp_path: Path) -> None:
    number = 40_000
    rows = "".join(f"p{n},Person {n},s1\n" for n in range(number))
    folder = write_folder(tmp_path / "cases", people="person_id,name,source_ids\n" + rows)
    store.scratch = full_disk
    with pytest.raises(EngineError, match="cannot be written.*VINCULOS_HOME"):
        load_folder(store, folder)
    assert store.read("MATCH (n) WHERE NOT n:Lock RETURN count(n) AS n").rows == [{"n": 0}]


def test_a_full_disk_under_the_engine(full_disk: Path, tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "cases", **SMALL)
    settings = read_settings(environment={"VINCULOS_HOME": str(full_disk)})
    load = client(settings, folder)
    _, err = load.communicate(timeout=60)
    assert load.returncode == 3 and "Traceback" not in err
    assert "No space left" in err and "VINCULOS_HOME" in err
    assert embedded_watch.FREE_BYTES > 1 << 20
    assert not any((full_disk / "engine").glob("launched"))


def test_a_home_that_is_read_only(full_disk: Path, tmp_path: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(full_disk)], check=True)
    load = client(
        read_settings(environment={"VINCULOS_HOME": str(full_disk / "home")}),
        write_folder(tmp_path / "cases", **SMALL),
    )
    _, err = load.communicate(timeout=60)
    assert load.returncode == 3 and "Traceback" not in err and "VINCULOS_HOME" in err
