"""Files as people have them: every format gives the same rows, and hostile ones an error."""

from __future__ import annotations

import datetime
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests import workbooks
from tests.tables import find_files
from vinculos.errors import InputError
from vinculos.loaders.files import Problem, RawRow, TableFile, open_tables
from vinculos.loaders.parse import Reading
from vinculos.loaders.read import read_files

STARTER = Path(__file__).parent.parent / "datasets" / "starter"
WRITERS: dict[str, tuple[str, Callable[[Path, Any], Path]]] = {
    "json": ("starter.json", workbooks.write_json),
    "jsonl": ("starter", workbooks.write_jsonl),
    "xlsx": ("starter.xlsx", workbooks.write_xlsx),
    "ods": ("starter.ods", workbooks.write_ods),
    "zip": ("starter.zip", workbooks.write_zip),
}
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'


def said(reading: Reading) -> set[tuple[str, str]]:
    return {(claim.id, claim.digest()) for claim in reading.claims}


@pytest.mark.parametrize("format", WRITERS)
def test_the_starter_says_the_same_in_every_format(tmp_path: Path, format: str) -> None:
    expected = said(read_files(find_files(STARTER)[0], "starter"))
    name, write = WRITERS[format]
    path = write(tmp_path / name, workbooks.read_rows(STARTER))
    reading = read_files(find_files(path)[0], "starter")
    assert reading.problems == []
    assert said(reading) == expected
    assert len(expected) > 1100
    assert {file.rows for file in reading.files} >= {1, 221}


def tables(path: Path, **options: Any) -> list[TableFile]:
    return [table for table in open_tables(path, **options) if isinstance(table, TableFile)]


def rows(path: Path, **options: Any) -> list[RawRow | Problem]:
    found: list[RawRow | Problem] = []
    for table in open_tables(path, **options):
        if isinstance(table, TableFile):
            found += table.rows()
    return found


def problems(path: Path, **options: Any) -> list[str]:
    found = []
    for row in rows(path, **options):
        found += [row] if isinstance(row, Problem) else row.problems
    return [str(problem) for problem in found]


def sheet(path: Path, *given: list[Any], **options: Any) -> Path:
    book = openpyxl.Workbook()
    for row in given:
        book.active.append(row)
    book.active.title = "people"
    for name, value in options.items():
        setattr(book, name, value)
    book.save(path)
    return path


def test_a_sheet_s_dates_numbers_and_marks_become_text(tmp_path: Path) -> None:
    day = datetime.date(2025, 1, 7)
    moment = datetime.datetime(2025, 1, 7)
    path = sheet(
        tmp_path / "a.xlsx", [], ["d", "m", "n", "f", "b", "t"], [],
        [day, moment, 30.0, 2.3, True, " =cmd "],
    )  # fmt: skip
    (row,) = rows(path)
    assert isinstance(row, RawRow) and (row.file, row.line) == ("a.xlsx/people", 4)
    assert list(row.cells.values()) == ["2025-01-07", "2025-01-07", "30", "2.3", "true", "=cmd"]
    old = sheet(tmp_path / "b.xlsx", ["d"], [day], epoch=openpyxl.utils.datetime.CALENDAR_MAC_1904)
    (row,) = rows(old)
    assert isinstance(row, RawRow) and row.cells == {"d": "2025-01-07"}


def test_formulas_times_and_errors_are_named(tmp_path: Path) -> None:
    moment = datetime.datetime(2025, 1, 7, 14, 30)
    path = sheet(tmp_path / "a.xlsx", ["a"], ["=1+1"], [moment], ["#REF!"], [datetime.time(3)])
    found = problems(path)
    assert [text.partition(": ")[0] for text in found] == [
        f"a.xlsx/people:{line}, column a" for line in (2, 3, 4, 5)
    ]
    for text, words in zip(found, ("formula", "time of day", "#REF!", "duration"), strict=True):
        assert words in text


def test_merged_cells_are_named_row_by_row(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["a", "b"], ["x", "y"], ["z", "y"], ["w", "v"]):
        book.active.append(row)
    book.active.merge_cells("A3:A4")
    book.active.merge_cells("F2:G9")
    book.save(tmp_path / "a.xlsx")
    assert [text.partition(": ")[2][:20] for text in problems(tmp_path / "a.xlsx")] == [
        "the cells A3:A4 are "
    ] * 2


def test_hidden_sheets_are_read_and_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "people"
    hidden = book.create_sheet("sources")
    hidden.append(["source_id"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    assert [table.notes for table in tables(tmp_path / "a.xlsx")] == [
        (),
        ("a.xlsx/sources is hidden and was read all the same",),
    ]


def test_an_open_document_s_oddities(tmp_path: Path) -> None:
    body = (
        '<table:table table:name="people"><table:table-row>'
        + ODS_CELL.format("a")
        + ODS_CELL.format("b")
        + "</table:table-row><table:table-row>"
        + ODS_CELL.format("one<text:s text:c='2'/>two<text:line-break/>three")
        + '<table:table-cell office:value-type="string"><office:annotation><text:p>secret</text:p>'
        "</office:annotation><text:p>x</text:p></table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row>'
        '<table:table-row><table:table-cell table:formula="of:=1+1" office:value-type="float" '
        'office:value="2"><text:p>2</text:p></table:table-cell></table:table-row>'
        '<table:table-row><table:table-cell table:number-rows-spanned="2" '
        'office:value-type="string"><text:p>m</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="2">'
        + ODS_CELL.format("r")
        + "</table:table-row></table:table>"
    )
    path = workbooks.write_ods_content(tmp_path / "a.ods", body)
    found = rows(path)
    first = found[0]
    assert isinstance(first, RawRow)
    assert first.cells == {"a": "one  two\nthree", "b": "x"}
    assert [row.line for row in found] == [2, 6, 7, 8, 9]
    assert ["formula" in text or "merged" in text for text in problems(path)] == [True, True]


def test_json_records(tmp_path: Path) -> None:
    path = tmp_path / "people.json"
    path.write_text(
        '[{"a": "x", "b": [" y ", "z"], "c": 2.50, "d": true, "e": null}, '
        '{"a": {"deep": [1]}, "b": ["p;q"]}, 7, {"a": 1, "a": 2}, {"a": 1e400}]'
    )
    found = rows(path)
    assert isinstance(found[0], RawRow)
    assert found[0].cells == {"a": "x", "b": "y;z", "c": "2.5", "d": "true", "e": ""}
    assert [text.partition(": ")[0] for text in problems(path)] == [
        "people.json, record 2, column a",
        "people.json, record 2, column b",
        "people.json, record 3",
        "people.json, record 4, column a",
        "people.json, record 5, column a",
    ]
    lines = tmp_path / "people.jsonl"
    lines.write_text('{"a": "x"}\n\n{"a": \n{"a": [[1]]}\n{"a": "y", "a": "z"}\n')
    assert [row.line for row in rows(lines)] == [1, 3, 4, 5]
    assert len(problems(lines)) == 3


def test_a_zip_is_read_as_a_folder(tmp_path: Path) -> None:
    inner = sheet(tmp_path / "in.xlsx", ["a"], ["x"]).read_bytes()
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../people.csv", "a\nx\n")
        archive.writestr("sub/book.xlsx", inner)
        archive.writestr("__MACOSX/people.csv", "junk")
        archive.writestr("more.zip", b"PK")
    assert [table.name for table in tables(path)] == ["a.zip/people.csv", "a.zip/book.xlsx/people"]
    assert [row.cells for row in rows(path) if isinstance(row, RawRow)] == [{"a": "x"}] * 2
    assert list(open_tables(path))[-1] == "a.zip/more.zip was left out"


def bomb(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("people.csv", "w", force_zip64=True) as member:
            for _ in range(size):
                member.write(b"a" * (1 << 20))
    return out.getvalue()


def entities() -> bytes:
    lines = ['<!ENTITY a "aaaaaaaaaa">']
    lines += [f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", f"<!DOCTYPE x [{''.join(lines)}]><x>&j;</x>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("people.zip", bomb(100)),
        ("people.zip", b"PK\x03\x04 no archive"),
        ("people.xlsx", b"not even close"),
        ("people.xlsx", bomb(1)),
        ("people.ods", entities()),
        ("people.ods", bomb(1)),
        ("people.json", b"[" * 100_000),
        ("people.json", b'{"people": [{"a": 1}'),
        ("people.json", b"\xff\xfe\x00"),
        ("people.json", b'"text"'),
        ("people.json", b""),
        ("people.json", b"[1" + b"1" * 10_000 + b"]"),
        ("people.txt", b"a,b"),
    ],
)
def test_what_is_no_table_is_one_clear_error(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        rows(path)
    assert name.partition(".")[0] in str(refused.value)


def test_deep_lines_are_problems(tmp_path: Path) -> None:
    path = tmp_path / "people.jsonl"
    path.write_text("[" * 100_000 + "\n" + '{"a":' * 50_000 + "\n")
    assert len(problems(path)) == 2


def test_a_sheet_that_is_no_table_is_left_out_and_told(tmp_path: Path) -> None:
    given = workbooks.read_rows(STARTER) | {"Notes": [["anything"], ["at all"]]}
    path = workbooks.write_xlsx(tmp_path / "starter.xlsx", given)
    reading = read_files([path], "starter")
    assert reading.problems == []
    assert [note for note in reading.notes if "Notes" in note] == [
        "starter.xlsx/Notes is none of the tables: its name and its header fit none; left out"
    ]


@pytest.mark.parametrize("format", ["csv", "jsonl", "json", "xlsx", "ods"])
def test_rows_are_not_held_in_memory(tmp_path: Path, format: str) -> None:
    number = 20_000
    path = tmp_path / f"people.{format}"
    given = [["a", "b"], *([f"key-{i}", "some words " * 5] for i in range(number))]
    if format in ("xlsx", "ods"):
        write = workbooks.write_xlsx if format == "xlsx" else workbooks.write_ods
        write(path, {"people": given})
    elif format == "csv":
        path.write_text("\n".join(",".join(row) for row in given) + "\n")
    else:
        lines = [json.dumps({"a": a, "b": b}) for a, b in given[1:]]
        path.write_text("\n".join(lines) if format == "jsonl" else f"[{','.join(lines)}]")
    tracemalloc.start()
    try:
        found = (table for table in open_tables(path) if isinstance(table, TableFile))
        count = sum(1 for table in found for _ in table.rows())
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == number
    assert peak < 6_000_000
