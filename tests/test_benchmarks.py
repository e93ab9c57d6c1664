"""The synthetic folder is good, synthetic and the same each time; the benchmark measures."""

import csv
import math
import re
from pathlib import Path

import pytest

from benchmarks import identity_pairs, load, queries, raw
from benchmarks.synthetic import write_folder
from tests.tables import find_files
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.read import read_files

ROWS = 600
SYNTHETIC = re.compile(r"sint[eé]tic|synthetic", re.IGNORECASE)
NAMES = {
    "people": ("name", "aliases", "summary"),
    "organizations": ("name",),
    "places_of_detention": ("name", "state"),
    "cases": ("name",),
    "events": ("name",),
    "laws": ("name_en", "name_es", "notes"),
    "charges": ("name_en", "name_es"),
    "amnesty_rules": ("name_en", "name_es", "note"),
    "sources": ("publisher", "origin", "title"),
    "positions": ("title",),
    "relationships": ("detail", "asserted_by"),
}


def rows_of(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_folder(tmp_path_factory.mktemp("synthetic") / "cases", ROWS)


@pytest.mark.parametrize("rows", [300, ROWS, 5000])
def test_no_problem_and_every_row(tmp_path: Path, rows: int) -> None:
    paths, notes = find_files(write_folder(tmp_path / "cases", rows, seed=rows))
    reading = read_files(paths, "cases")
    assert reading.problems == []
    assert notes == reading.notes == []
    assert sum(file.rows for file in reading.files) == rows


def test_every_table_has_rows(folder: Path) -> None:
    assert {path.stem for path in folder.glob("*")} == TABLES.keys()
    assert all(rows_of(folder, table) for table in TABLES)


def test_same_for_the_same_seed(folder: Path, tmp_path: Path) -> None:
    def contents(of: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in of.iterdir()}

    assert contents(write_folder(tmp_path / "again", ROWS)) == contents(folder)
    assert contents(write_folder(tmp_path / "other", ROWS, seed=2)) != contents(folder)


def test_every_name_is_synthetic(folder: Path) -> None:
    starter = Path(__file__).parent.parent / "datasets" / "starter"
    for table, columns in NAMES.items():
        for column in columns:
            known = {row[column] for row in rows_of(starter, table)} - {""}
            for row in rows_of(folder, table):
                assert not row[column] or SYNTHETIC.search(row[column]), (table, row[column])
                assert row[column] not in known
    for row in rows_of(folder, "sources"):
        assert row["url"] in ("",) or row["url"].startswith("https://example.org/")


def test_hubs_and_hostages(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "cases", 5000)
    held = {row["detention_id"]: row["person_id"] for row in rows_of(folder, "detentions")}
    hostages = [row for row in rows_of(folder, "relationships") if row["detention_id"]]
    assert hostages
    assert all(held[row["detention_id"]] == row["from_person_id"] for row in hostages)
    minors = [row for row in rows_of(folder, "people") if row["is_minor"] == "true"]
    assert 0 < len(minors) < 100


@pytest.mark.timeout(600)
def test_benchmark_gives_figures(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw, "SIZES", (500, 2000))
    monkeypatch.setattr(load, "SINGLES", 20)
    (result,) = load.main(["--rows", "300", "--engine", "embedded"])
    figures = [
        *result.load_seconds,
        *result.load_megabytes,
        *result.server_megabytes,
        *result.merge_seconds,
        *result.create_seconds,
        *result.single_rate,
        result.to_raw(0),
        result.to_single(0),
    ]
    assert len(figures) == 8
    assert all(math.isfinite(figure) and figure > 0 for figure in figures)
    assert result.nodes > 300
    assert result.node_size in raw.SIZES
    assert "| embedded | 300 |" in capsys.readouterr().out


@pytest.mark.timeout(600)
def test_questions_are_timed_and_written_into_a_page(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text(f"before\n{queries.BEGIN}\nold\n{queries.END}\nafter\n", "utf-8")
    asked = ["list_held", "show_person"]
    results = queries.main(
        ["--cases", "0", "--engine", "embedded", "--repeat", "1"]
        + ["--query", *asked, "--write", str(page)]
    )
    assert sorted(result.query for result in results) == asked
    assert all(result.median > 0 and result.rows for result in results)
    text = page.read_text("utf-8")
    assert text.startswith(f"before\n{queries.BEGIN}\n") and text.endswith(
        f"{queries.END}\nafter\n"
    )
    assert "old" not in text
    assert all(f"| `{name}` |" in text for name in asked)


def test_page_without_a_place_for_the_figures_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("no marks\n", "utf-8")
    with pytest.raises(SystemExit, match="no place"):
        queries.write_section(page, "figures")
    assert page.read_text("utf-8") == "no marks\n"


PAIRS = Path(identity_pairs.__file__).with_name("identity_pairs.csv")


def test_the_labelled_pairs_are_those_that_are_made() -> None:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        stored = list(csv.DictReader(file))
    assert stored == list(identity_pairs.rows())
    assert len({row["id"] for row in stored}) == len(stored) >= 600
    different = [row for row in stored if row["label"] == "different"]
    hard = [row for row in different if row["kind"] != "strangers"]
    assert len(hard) * 3 >= len(stored)
    for split in ("tune", "held_out"):
        assert sum(row["split"] == split for row in stored) > len(stored) * 0.4
