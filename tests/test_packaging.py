from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests import distribution

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\n")
    return [Path(name) for name in names if name]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the names in the wheel that the tracked files make."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(source)], check=True)
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, source],
        check=True,
    )
    (built,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(built).namelist())


def test_every_folder_with_code_is_a_package(tracked: list[Path]) -> None:
    """One that is not listed would be left out of the wheel without a word."""
    listed = set(
        tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"]
    )
    folders = {path.parent for path in tracked if path.suffix == ".py"}
    packaged = {f for f in folders if f.parts and f.parts[0] not in ("tests", "benchmarks")}
    assert listed == {"vinculos", *(f"vinculos.{'.'.join(folder.parts)}" for folder in packaged)}


def test_the_wheel_holds_all_that_the_program_reads(tracked: list[Path], wheel: set[str]) -> None:
    needed = {
        f"vinculos/{path.as_posix()}"
        for path in tracked
        if path.suffix in (".py", ".cypher", ".csv", ".html", ".css", ".js", ".yaml")
        and path.parts[0] not in ("tests", "benchmarks", "docs", "setup.py")
    }
    needed |= {
        f"vinculos/{path.with_suffix('.mo').as_posix()}" for path in tracked if path.suffix == ".po"
    }
    for pattern in ("reports/*.md", "loaders/mappings/*.yml"):
        needed |= {f"vinculos/{path.as_posix()}" for path in tracked if path.match(pattern)}
    assert needed - wheel == set()
    assert "vinculos/py.typed" in wheel
    assert not any(name.startswith("vinculos/tests") for name in wheel)


def test_cli_py_runs_as_a_file() -> None:
    said = subprocess.run(
        [sys.executable, str(ROOT / "cli.py"), "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.startswith("vinculos, version ")


def test_every_file_of_tests_that_the_distribution_names_is_there() -> None:
    named = {*distribution.FIRST, *distribution.TOGETHER}
    assert [name for name in named if not (ROOT / name).is_file()] == []
