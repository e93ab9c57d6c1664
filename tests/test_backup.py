"""Encrypted backups of the embedded engine."""

from __future__ import annotations

import errno
import io
import json
import os
import re
import select
import shutil
import stat
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pyrage
import pytest

from tests.test_db import call, check_filled, ours
from vinculos.errors import InputError, UsageError
from vinculos.graph import age, backup_file, embedded, embedded_backup
from vinculos.graph.embedded_files import Files
from vinculos.settings import PASSPHRASE, Settings, read_settings

__all__ = ["ours"]

WORDS = "caballo grapa batería ñandú"
CLI = "from vinculos.cli import run; run()"
posix = pytest.mark.skipif(os.name == "nt", reason="signals, terminals and modes as POSIX has them")


@pytest.fixture
def passphrase(home: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(PASSPHRASE, WORDS)
    return WORDS


def entries(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_file()}


def check_nothing_left(settings: Settings) -> None:
    files = Files(settings.home)
    assert not [path for path in files.backups.rglob("*") if path.is_file()]
    for path in (files.unfinished, files.incoming, files.outgoing):
        assert not path.exists()


def test_encrypted_and_restored(ours: Settings, tmp_path: Path, passphrase: str) -> None:
    file = tmp_path / "graph.backup"
    file.write_text("the one before", "utf-8")
    said = call(ours, "backup", str(file), "--encrypt").stderr
    assert "2 nodes and 1 relationship" in said and "is encrypted" in said
    assert "unredacted" in said and "protected people and restricted sources" in said
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert entries(tmp_path) == {"graph.backup"}
    check_nothing_left(ours)
    with file.open("rb") as opened:
        assert age.is_encrypted(opened) and opened.tell() == 0
    content = file.read_bytes()
    for word in (b"Person", b"RELATED_TO", b"bucket", b"manifest", b"inculos"):
        assert word not in content
    mark = re.search("Fingerprint: ([0-9a-f]{32})\n", said)
    assert mark
    embedded.wipe(ours)
    restored = call(ours, "restore", str(file)).stderr
    assert "2 nodes and 1 relationship" in restored and mark[0] in restored
    check_filled(ours)
    check_nothing_left(ours)


def test_what_is_not_encrypted_says_so(ours: Settings, tmp_path: Path) -> None:
    file = tmp_path / "graph.backup"
    file.touch(mode=0o644)
    said = call(ours, "backup", str(file)).stderr
    assert "not encrypted" in said and "--encrypt" in said and "unredacted" in said
    if os.name == "posix":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_wrong_passphrase_changes_nothing(
    ours: Settings, tmp_path: Path, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "graph.backup"
    call(ours, "backup", str(file), "--encrypt")
    before = embedded.running(ours)
    monkeypatch.setenv(PASSPHRASE, "another one than that")
    with pytest.raises(InputError, match="The passphrase does not open") as caught:
        call(ours, "restore", str(file))
    assert caught.value.exit_code == 1
    assert embedded.running(ours) == before is not None
    with pytest.raises(InputError, match="is encrypted"):
        embedded_backup.restore(ours, file)
    check_filled(ours)
    check_nothing_left(ours)


@pytest.mark.parametrize(
    ("words", "said"),
    [("", "empty"), ("   \t          ", "empty"), ("eleven char", "too short")],
)
def test_a_passphrase_that_protects_nothing_is_refused(
    new_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str, said: str
) -> None:
    monkeypatch.setenv(PASSPHRASE, words)
    with pytest.raises(UsageError, match=f"{said}.*12 characters"):
        call(read_settings(), "backup", str(tmp_path / "graph.backup"), "--encrypt")
    assert not entries(tmp_path) and not new_home.exists()


def test_without_a_terminal_nobody_is_asked(home: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"no terminal.*{PASSPHRASE}"):
        call(read_settings(), "backup", str(tmp_path / "graph.backup"), "--encrypt", answer=WORDS)
    assert not entries(tmp_path)


def test_the_engine_does_not_inherit_the_passphrase(
    ours: Settings, passphrase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEO4J_PASSWORD", WORDS)
    embedded.stop(ours)
    endpoint = embedded.start(ours)
    engine = psutil.Process(endpoint.pid)
    for process in (engine, engine.parent()):
        assert process is not None and process.pid != os.getpid()
        assert WORDS not in process.environ().values()


def test_a_damaged_or_foreign_file_changes_nothing(
    ours: Settings, tmp_path: Path, passphrase: str
) -> None:
    file = tmp_path / "graph.backup"
    embedded_backup.backup(ours, file, passphrase)
    whole = file.read_bytes()
    for length in (30, 37, 100, 1_000, len(whole) // 2, len(whole) - 30):
        check_refused(ours, tmp_path, whole[:length])
    for place in (200, len(whole) // 2, len(whole) - 400):
        check_refused(
            ours, tmp_path, whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        )
    with zipfile.ZipFile(file) as archive:
        key, data = (archive.read(name) for name in (age.KEY, age.DATA))
    # Whole zips, with checksums that fit, of parts that do not.
    check_refused(ours, tmp_path, zipped(key, data[:-1]))
    check_refused(ours, tmp_path, zipped(key, data[: len(data) // 2]))
    check_refused(ours, tmp_path, zipped(key, b""))
    check_refused(ours, tmp_path, zipped(key, b"no age file"))
    check_refused(ours, tmp_path, zipped(b"", data))
    check_refused(ours, tmp_path, zipped(key[:-1], data))
    check_refused(ours, tmp_path, zipped(age.Key(passphrase).encrypted, data))
    check_refused(ours, tmp_path, zipped(pyrage.passphrase.encrypt(b"no key", passphrase), data))
    foreign = io.BytesIO()
    age.encrypt(io.BytesIO(b"some other file"), foreign, age.Key(passphrase))
    check_refused(ours, tmp_path, foreign.getvalue())
    check_filled(ours)


def zipped(key: bytes, data: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(age.KEY, key)
        archive.writestr(age.DATA, data)
    return file.getvalue()


def check_refused(settings: Settings, folder: Path, content: bytes) -> None:
    bad = folder / "bad.backup"
    bad.write_bytes(content)
    before = embedded.running(settings)
    with pytest.raises(InputError, match="damaged|is not a backup|does not open"):
        embedded_backup.restore(settings, bad, WORDS)
    assert embedded.running(settings) == before is not None
    check_nothing_left(settings)


def test_a_graph_larger_than_memory_passes_through(tmp_path: Path) -> None:
    size, piece = 64, 1 << 20
    key = age.Key(WORDS)
    with (tmp_path / "file").open("w+b") as target:

        def pieces() -> Iterator[bytes]:
            for number in range(size):
                assert target.tell() > (number - 2) * piece
                yield os.urandom(piece)

        age.encrypt(backup_file.Stream(pieces()), target, key)
        target.seek(0)
        with (tmp_path / "plain").open("wb") as plain:
            age.decrypt(target, plain, WORDS, tmp_path / "file")
            assert plain.tell() == size * piece
        with zipfile.ZipFile(target) as archive:
            key_part, data = archive.read(age.KEY), archive.read(age.DATA)
    # Cut where one of age's own pieces ends.
    last = (len(data) - age_header(data) - 16) % (65_536 + 16) or 65_536 + 16
    cut = io.BytesIO(zipped(key_part, data[:-last]))
    with pytest.raises(InputError, match="damaged"):
        age.decrypt(cut, io.BytesIO(), WORDS, tmp_path / "file")


def age_header(data: bytes) -> int:
    return data.index(b"\n", data.index(b"\n---") + 1) + 1


def test_errors_of_files_come_through_the_encryption() -> None:
    class Full(io.BytesIO):
        def write(self, data: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    def interrupted() -> Iterator[bytes]:
        yield b"x" * 100_000
        raise KeyboardInterrupt

    key = age.Key(WORDS)
    with pytest.raises(KeyboardInterrupt):
        age.encrypt(backup_file.Stream(interrupted()), io.BytesIO(), key)
    target = io.BytesIO()
    age.encrypt(io.BytesIO(b"x" * 100_000), target, key)
    with pytest.raises(OSError, match="No space left"):
        age.decrypt(target, Full(), WORDS, Path("x"))


def test_a_backup_of_an_earlier_version(ours: Settings, tmp_path: Path) -> None:
    file = tmp_path / "graph.backup"
    embedded_backup.backup(ours, file)
    embedded_backup.restore(ours, changed(file, labels=None, types=None))
    check_filled(ours)
    for wrong in ({"labels": {"Person": 1, "Place": 1}}, {"types": {"RELATED_TO": 2}}):
        with pytest.raises(InputError, match="another number"):
            embedded_backup.restore(ours, changed(file, **wrong))
        check_filled(ours)


def changed(file: Path, **facts: object) -> Path:
    """Return a copy of a backup whose manifest says something else, or less."""
    other = file.with_name("changed.backup")
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(other, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            if item.filename == backup_file.MANIFEST:
                manifest = {**json.loads(content), **facts}
                kept = {name: value for name, value in manifest.items() if value is not None}
                content = json.dumps(kept).encode()
            target.writestr(item.filename, content)
    return other


# A terminal


def terminal(*arguments: str, answers: list[str], home: Path) -> tuple[int, str]:
    """Run a command line in a terminal of its own; answer each question; return all it shows."""
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    own = f"import fcntl, termios; fcntl.ioctl(0, {termios.TIOCSCTTY}, 0); {CLI}"
    process = subprocess.Popen(
        [sys.executable, "-c", own, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        env=os.environ | {"VINCULOS_HOME": str(home), "VINCULOS_LANG": "en"},
    )
    os.close(theirs)
    assert fcntl
    shown, waiting = "", list(answers)
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        if select.select([ours], [], [], 0.2)[0]:
            try:
                shown += os.read(ours, 4096).decode()
            except OSError:
                break
        elif process.poll() is not None:
            break
        if waiting and re.search(r"(passphrase|again)[^\n]*: $", shown, re.IGNORECASE):
            os.write(ours, waiting.pop(0).encode() + b"\n")
            shown += "\n"
    os.close(ours)
    assert not waiting, shown
    return process.wait(30), shown


@posix
def test_the_passphrase_is_asked_for_twice_and_not_shown(ours: Settings, tmp_path: Path) -> None:
    file = tmp_path / "graph.backup"
    answers = [WORDS, "something else than that", WORDS, WORDS]
    code, shown = terminal("db", "backup", str(file), "--encrypt", answers=answers, home=ours.home)
    assert code == 0, shown
    assert "is encrypted" in shown and not any(answer in shown for answer in answers)
    code, shown = terminal("db", "restore", str(file), answers=["wrong"], home=ours.home)
    assert code == 1 and "The passphrase does not open" in shown
    code, shown = terminal("db", "restore", str(file), answers=[WORDS], home=ours.home)
    assert code == 0 and WORDS not in shown, shown
    check_filled(ours)


@posix
@pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed")
def test_the_age_tool_opens_it(ours: Settings, tmp_path: Path) -> None:
    import pty

    file = tmp_path / "graph.backup"
    embedded_backup.backup(ours, file, WORDS)
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path)  # noqa: S202 - written by us
    ours_end, theirs = pty.openpty()
    take = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            take + "os.execvp('age', ['age', '-d', '-i', 'key.age', '-o', 'plain', 'data.age'])",
        ],
        cwd=tmp_path,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    shown = b""
    while b"passphrase" not in shown:
        shown += os.read(ours_end, 1000)
    os.write(ours_end, WORDS.encode() + b"\n")
    try:
        while os.read(ours_end, 1000):
            pass
    except OSError:
        pass
    assert process.wait(60) == 0
    os.close(ours_end)
    embedded.wipe(ours)
    embedded_backup.restore(ours, tmp_path / "plain")
    check_filled(ours)
