"""Backups of the embedded engine that are killed, have no room, or may not be written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest

from tests.test_backup import CLI, check_nothing_left, entries, ours, passphrase, posix
from tests.test_db import call, check_filled
from vinculos.errors import EngineUnavailable, InputError, LockHeld
from vinculos.graph import embedded, embedded_backup
from vinculos.graph.embedded_files import Files
from vinculos.settings import Settings, read_settings

__all__ = ["ours", "passphrase"]


def killed_backup(settings: Settings, target: Path) -> Path:
    """Kill a backup while it writes; return the unfinished file that it leaves."""
    process = subprocess.Popen(
        [sys.executable, "-c", CLI, "db", "backup", str(target), "--encrypt"],
        env=os.environ | {"VINCULOS_HOME": str(settings.home)},
        stderr=subprocess.DEVNULL,
    )
    unfinished = target.with_name(f".{process.pid}.backup.tmp")
    deadline = time.monotonic() + 30
    while not unfinished.exists():
        assert time.monotonic() < deadline and process.poll() is None
        time.sleep(0.005)
    process.kill()
    process.wait()
    # What the engine wrote of its own archive, had it been killed later.
    archive = Files(settings.home).backups / "vinculos" / "vinculos-backup-1.zip"
    archive.parent.mkdir(parents=True, exist_ok=True)
    archive.write_bytes(b"names")
    assert unfinished.exists()
    return unfinished


@posix
def test_the_next_backup_clears_up_after_a_killed_one(
    ours: Settings, tmp_path: Path, passphrase: str
) -> None:
    (tmp_path / "stick").mkdir()
    unfinished = killed_backup(ours, tmp_path / "stick" / "a.backup")
    assert entries(tmp_path / "stick") == {unfinished.name}
    embedded_backup.backup(ours, tmp_path / "b.backup")
    assert not entries(tmp_path / "stick")
    check_nothing_left(ours)


@posix
@pytest.mark.parametrize("then", ["start", "wipe"])
def test_a_start_and_a_wipe_clear_up_too(
    ours: Settings, tmp_path: Path, passphrase: str, then: str
) -> None:
    unfinished = killed_backup(ours, tmp_path / "a.backup")
    files = Files(ours.home)
    files.incoming.mkdir()
    (files.incoming / "data").write_bytes(b"names")
    if then == "start":
        embedded.stop(ours)
        check_filled(ours)
    else:
        embedded.wipe(ours)
    assert not unfinished.exists()
    check_nothing_left(ours)


@posix
def test_an_interrupted_backup_leaves_nothing(
    ours: Settings, tmp_path: Path, passphrase: str
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", CLI, "db", "backup", str(tmp_path / "a"), "--encrypt"],
        env=os.environ | {"VINCULOS_HOME": str(ours.home)},
        stderr=subprocess.PIPE,
        text=True,
    )
    while not entries(tmp_path):
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130, said
    assert not entries(tmp_path)
    check_nothing_left(ours)


def test_one_backup_at_a_time(ours: Settings, tmp_path: Path) -> None:
    with filelock.FileLock(Files(ours.home).backup_lock), pytest.raises(LockHeld, match="Another"):
        embedded_backup.backup(ours, tmp_path / "a.backup")
    embedded.stop(ours)
    archive = Files(ours.home).backups / "vinculos" / "in use.zip"
    archive.parent.mkdir(parents=True, exist_ok=True)
    archive.touch()
    with filelock.FileLock(Files(ours.home).backup_lock):
        check_filled(ours)
    assert archive.exists()


@posix
@pytest.mark.parametrize("option", [[], ["--encrypt"]])
def test_no_room_for_the_file(
    ours: Settings, tmp_path: Path, passphrase: str, option: list[str]
) -> None:
    """The system's limit on the size of a file stands in for a full disk."""
    file = tmp_path / "graph.backup"
    file.write_text("the one before", "utf-8")
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000)); {CLI}"
    done = subprocess.run(
        [sys.executable, "-c", limited, "db", "backup", str(file), *option],
        env=os.environ | {"VINCULOS_HOME": str(ours.home)},
        capture_output=True,
        text=True,
        timeout=90,
    )
    assert done.returncode == 1, done.stderr
    assert f"cannot be written to {file}: File too large" in done.stderr
    assert "Traceback" not in done.stderr
    assert file.read_text("utf-8") == "the one before" and entries(tmp_path) == {"graph.backup"}
    check_nothing_left(ours)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of its own with 8 KB, where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=8k", "tmpfs", str(folder)]
    if (
        sys.platform != "linux"
        or os.geteuid()
        or subprocess.run(mount, capture_output=True).returncode
    ):
        pytest.skip("may not mount a disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_and_a_read_only_disk(ours: Settings, disk: Path, passphrase: str) -> None:
    file = disk / "graph.backup"
    file.write_text("the one before", "utf-8")
    for secret in (None, passphrase):
        with pytest.raises(InputError, match="No space left on device"):
            embedded_backup.backup(ours, file, secret)
        assert file.read_text("utf-8") == "the one before" and entries(disk) == {"graph.backup"}
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    with pytest.raises(InputError, match="Read-only file system"):
        embedded_backup.backup(ours, file)
    assert entries(disk) == {"graph.backup"}
    check_nothing_left(ours)


def test_a_folder_that_may_not_be_written(ours: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o500)
    if os.access(folder, os.W_OK):
        pytest.skip("this user may write anywhere")
    with pytest.raises(InputError, match="Permission denied"):
        embedded_backup.backup(ours, folder / "graph.backup")
    assert not entries(folder)


def test_a_target_that_is_a_folder(ours: Settings, tmp_path: Path) -> None:
    assert call(ours, "backup", str(tmp_path)).exit_code == 2
    with pytest.raises(InputError, match="cannot be written"):
        embedded_backup.backup(ours, tmp_path)
    check_nothing_left(ours)


def test_a_home_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("x", "utf-8")
    settings = read_settings(environment={"VINCULOS_HOME": str(tmp_path / "home")})
    with pytest.raises(EngineUnavailable, match="VINCULOS_HOME"):
        embedded_backup.backup(settings, tmp_path / "graph.backup")
