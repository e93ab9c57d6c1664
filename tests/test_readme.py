from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import openpyxl
import pytest

from tests import workbooks
from tests.mappings import LIST
from vinculos.cli import COMMANDS

ROOT = Path(__file__).parent.parent
SPANISH = ROOT / "README.es.md"
DOCS = [ROOT / "README.md", SPANISH, *sorted((ROOT / "docs").glob("*.md"))]
README = DOCS[0].read_text(encoding="utf-8")


def commands(text: str) -> list[str]:
    """Return every command line of the program in indented blocks, in order."""
    return re.findall(r"^    (vinculos .+)$", text, re.MULTILINE)


def vinculos(line: str, folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    line, _, given = line.partition(" < ")
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("NEO4J_", "VINCULOS_"))}
    return subprocess.run(
        [sys.executable, "-m", "vinculos.cli", *shlex.split(line)[1:]],
        cwd=folder,
        env=environment | {"VINCULOS_HOME": str(home), "VINCULOS_LANG": "en"},
        capture_output=True,
        text=True,
        timeout=120,
        input=(folder / given).read_text("utf-8-sig") if given else None,
    )


def test_the_tour_works_as_printed(tmp_path: Path, home: Path) -> None:
    tour = README[: README.index("Or in a Neo4j server")]
    lines = commands(tour)
    assert len(lines) >= 15
    (tmp_path / "datasets").symlink_to(ROOT / "datasets")
    said = {}
    for line in lines:
        if line == "vinculos load cases.xlsx":
            example = workbooks.read_rows(tmp_path / "my-cases" / "example")
            workbooks.write_xlsx(tmp_path / "cases.xlsx", example)
            shutil.copy(tmp_path / "my-cases" / "example" / "people.csv", tmp_path)
        if line == "vinculos map list.xlsx -o list.yml":
            rows = csv.reader(textwrap.dedent(LIST).strip().splitlines(), delimiter=";")
            book = openpyxl.Workbook()
            assert book.active is not None
            for row in rows:
                book.active.append([cell.strip() for cell in row])
            book.save(tmp_path / "list.xlsx")
        done = vinculos(line, tmp_path, home)
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        said[line] = done.stdout
    assert "Maykelis Jackeline Borges Ortuño" in said['vinculos find "maikelys borges"']
    assert "2026-02-08" in said["vinculos show det-guanipa-2026 --lang es"]
    assert "Maykelis Jackeline Borges Ortuño" in (tmp_path / "hernandez.html").read_text()
    assert "Maykelis Jackeline Borges Ortuño" in (tmp_path / "red.graphml").read_text()
    assert (tmp_path / "held.csv").read_text().startswith("person,")
    assert "Diosdado Cabello" in said[next(line for line in lines if " -c " in line)]


def test_the_spanish_tour_is_part_of_the_english_one() -> None:
    tour = commands(SPANISH.read_text(encoding="utf-8"))
    assert len(tour) >= 15 and [line for line in tour if line not in commands(README)] == []


def test_the_demo_loads_asks_and_draws_and_then_changes_nothing(tmp_path: Path, home: Path) -> None:
    first = vinculos("vinculos demo", tmp_path, home)
    assert first.returncode == 0, first.stderr
    for text in ("starter/1", "Hernández", "Cabello", "What the sources disagree on"):
        assert text in first.stdout
    assert not re.search(r"\] [0-9a-f]{24}$", first.stdout, re.MULTILINE), "ids for sources"
    page = tmp_path / "vinculos-demo.html"
    assert str(page) in first.stdout
    assert "Rafael Tudares Bracho" in page.read_text()
    for line in re.findall(r"^  (vinculos .+)$", first.stdout, re.MULTILINE):
        assert vinculos(line, tmp_path, home).returncode == 0, line
    second = vinculos("vinculos demo --lang es", tmp_path, home)
    assert "starter: nada cambió" in second.stdout


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_command_in_the_docs_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    named = set(re.findall(r"\bvinculos ([a-z]+)", text))
    assert named <= COMMANDS.keys()


def test_every_link_between_the_docs_leads_somewhere() -> None:
    for path in (*DOCS, ROOT / "CHANGELOG.md"):
        for target in re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"
