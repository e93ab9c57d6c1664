"""Answers as text: what people read, what programs parse, and what must never come through."""

from __future__ import annotations

import csv
import io
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from vinculos.commands.output import Output, default_audience, write_file
from vinculos.errors import UsageError
from vinculos.formats.cells import clean
from vinculos.formats.table import Table
from vinculos.formats.text import markdown_text
from vinculos.formats.write import FORMATS
from vinculos.queries.library import Column, Text
from vinculos.redaction.profile import get_audience

SOURCE = {
    "id": "s1",
    "publisher": "Gazette",
    "published": "2025-01",
    "title": "A | title",
    "url": "https://x.example/a_b",
    "page": "3",
}
COLUMNS = {
    "name": Column("name", Text("person", "persona")),
    "status": Column("status", Text("status", "situación"), "word:custody_status"),
    "disputed": Column("disputed", Text("in dispute", "en disputa"), "field:Detention"),
    "sides": Column("sides", Text("said", "se afirma"), "sides"),
    "sources": Column("sources", Text("sources", "fuentes"), "sources"),
}
ROWS: list[dict[str, Any]] = [
    {
        "name": "Ana",
        "status": "house_arrest",
        "disputed": ["started"],
        "sides": [
            {"value": "38", "confidence": "alleged", "sources": [SOURCE]},
            {"value": "45", "confidence": "reported", "sources": []},
        ],
        "sources": [SOURCE],
    },
    {"name": None, "status": "unknown", "disputed": [], "sides": [], "sources": []},
]


def written(form: str, rows: list[dict[str, Any]], lang: str = "en", **more: Any) -> str:
    keys = list(rows[0]) if rows else ["name"]
    text = FORMATS[form](Table(keys, more.pop("columns", {}), rows, lang, **more))
    assert isinstance(text, str)
    return text


def test_side_of_a_dispute_is_a_word_or_a_text_in_the_language_chosen() -> None:
    rule = {"en": "excludes: Homicide", "es": "excluye: Homicidio"}
    row = {
        "label": "Charge",
        "field": "amnesty_in_press",
        "sides": [{"value": "yes", "sources": []}, {"value": rule, "sources": []}],
    }
    spanish = written("table", [row], "es", columns=COLUMNS)
    assert "sí" in spanish and "excluye: Homicidio" in spanish and "Homicide" not in spanish
    tie = {"label": "Person", "field": "HOLDS_POST.commands", "sides": [{"value": "unknown"}]}
    assert "desconocido" in written("table", [tie], "es", columns=COLUMNS)


def test_name_in_both_languages_stands_in_the_one_chosen_and_in_both_as_csv() -> None:
    columns = {"law": Column("law", Text("law", "ley"), "name")}
    law, same = {"en": "Law One", "es": "Ley Uno"}, {"en": "Magnicidio", "es": "Magnicidio"}
    rows: list[dict[str, Any]] = [{"law": law}, {"law": [law, same]}, {"law": None}]
    spanish = written("table", rows, "es", columns=columns)
    assert "Ley Uno" in spanish and "Law One" not in spanish
    english = written("table", rows, "en", columns=columns)
    assert "Law One; Magnicidio" in english and "Ley Uno" not in english
    assert [
        row["law"] for row in csv.DictReader(io.StringIO(written("csv", rows, columns=columns)))
    ] == [
        "Ley Uno / Law One",
        "Ley Uno / Law One; Magnicidio",
        "",
    ]
    assert json.loads(written("json", rows, columns=columns))[0] == {"law": law}


def test_table_in_words_with_footnotes() -> None:
    text = written("table", ROWS, "es", columns=COLUMNS)
    head, _, first, second, *rest = text.splitlines()
    assert head.split("  ")[0] == "persona"
    for said in ("Ana", "arresto domiciliario", "detención desde", "38 (alegado) [1]", "[1]"):
        assert said in first
    assert "45" in second and "alegado" not in second
    assert rest[-1] == "[1] Gazette, 2025-01, A | title, pág. 3, https://x.example/a_b"


def test_table_is_never_cut_where_there_is_no_terminal() -> None:
    long = "palabra " * 200
    assert long.strip() in written("table", [{"a": long.strip(), "b": "x" * 500}])


def test_table_for_a_file_looks_as_one_for_a_wide_terminal() -> None:
    rows = [
        {"side": [{"value": "a b"}, {"value": "c"}], "n": 12, "name": "日本語"},
        {"side": [], "n": 3, "name": None},
        {"side": None, "n": 100, "name": "[bold]é[/bold]"},
    ]
    columns = {"side": Column("side", kind="sides")}
    for some in (rows, rows[1:], []):
        text = written("table", some, columns=columns)
        assert text == written("table", some, columns=columns, width=200)


def test_narrow_terminal_gets_a_block_a_row() -> None:
    text = written("table", [{"name": "x" * 90, "id": "y"}], width=30)
    assert text == f"— 1 —\nname: {'x' * 90}\nid: y\n"


def test_csv_keeps_words_as_stored_and_names_as_they_are() -> None:
    text = written("csv", ROWS, "es", columns=COLUMNS)
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["status"] == "house_arrest"
    assert rows[0]["disputed"] == "started"
    assert rows[0]["sources"].startswith("Gazette, 2025-01, A | title")
    assert rows[0]["sides"].startswith("38 (alleged): Gazette") and "| 45" in rows[0]["sides"]
    assert rows[1]["name"] == ""


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_csv_text_that_a_spreadsheet_would_run_is_defused(start: str) -> None:
    text = written("csv", [{"a": f"{start}1+1", "b": -1, "c": [f"{start}x"], f"{start}d": 1}])
    head, row = csv.reader(io.StringIO(text, newline=""))
    assert not any(cell.startswith(start) for cell in (*head, row[0], row[2]))
    assert row[1] == "-1"


def test_csv_nested_values_are_json() -> None:
    value = {"labels": ["Person"], "properties": {"name": 'A "b"'}}
    (row,) = csv.DictReader(io.StringIO(written("csv", [{"n": value}])))
    assert json.loads(row["n"]) == value


def test_json_and_json_lines_hold_the_values() -> None:
    assert json.loads(written("json", ROWS)) == ROWS
    assert [json.loads(line) for line in written("jsonl", ROWS).splitlines()] == ROWS
    assert written("json", []) == "[]\n" and written("jsonl", []) == ""


EVIL = "a\x1b[31mb\x9b1mc\x07d\u202ee\x7ff\u2066g\ud800"


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "xlsx"])
def test_what_a_terminal_would_obey_never_comes_through(form: str) -> None:
    text = written(form, [{"a": EVIL, "b": [EVIL], "c": {"k": EVIL}}])
    assert not set(text) & set("\x1b\x9b\x07\u202e\x7f\u2066\ud800")
    if form == "json":
        assert json.loads(text)[0]["a"] == EVIL


def test_clean_leaves_names_alone() -> None:
    for name in ("Ñandú Peña", "محمّد", "张伟", "e\u0301", "a\nb"):
        assert clean(name) == name


def test_markdown_shows_data_as_it_is() -> None:
    text = written("md", [{"a": "x | y_z *b* <script>&", "b": "l1\nl2"}])
    assert text.splitlines()[2] == (r"| x \| y\_z \*b\* &lt;script&gt;&amp; | l1<br>l2 |")
    assert markdown_text("see https://x.example/a_b|c, ok") == (
        "see <https://x.example/a_b%7Cc,> ok"
    )
    assert "javascript" in markdown_text("[x](javascript:alert(1))")
    assert r"\[x\]" in markdown_text("[x](javascript:alert(1))")


def test_markdown_lists_its_sources() -> None:
    text = written("md", ROWS, "es", columns=COLUMNS)
    assert "| persona |" in text and "**Fuentes**" in text
    assert r"\[1\] Gazette, 2025-01, A \| title, pág. 3, <https://x.example/a_b>" in text


def test_nodes_ties_and_paths_in_words() -> None:
    person = {"labels": ["Person"], "properties": {"id": "t:a", "name": "Ana"}}
    held = {"labels": ["Detention"], "properties": {"id": "t:d"}}
    tie = {"type": "DETAINED_IN", "start": "t:a", "end": "t:d", "properties": {}}
    path = {"nodes": [held, person], "relationships": [tie]}
    text = written("table", [{"n": person, "r": tie, "p": path}], "es")
    assert "persona Ana (t:a)" in text
    assert "t:a — persona detenida en → t:d" in text
    assert "detención t:d ← persona detenida en — persona Ana (t:a)" in text


def test_file_is_whole_or_untouched(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    mask = os.umask(0o027)
    try:
        write_file(path, b"one")
        write_file(path, b"two")
    finally:
        os.umask(mask)
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    write_file(link, b"three")
    assert link.is_symlink() and path.read_bytes() == b"three"
    write_file(Path(os.devnull), b"gone")
    with pytest.raises(UsageError, match="cannot be written"):
        write_file(tmp_path / "none" / "out.csv", b"x")
    with pytest.raises(UsageError):
        write_file(tmp_path, b"x")


def test_file_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    path = tmp_path / "ñ.txt"
    Output("table", path, get_audience("public"), "es").write("Ñ\ud800\n")
    assert path.read_bytes().decode("utf-8") == "Ñ?\n"


def test_file_and_pipe_are_public_by_default(tmp_path: Path) -> None:
    assert default_audience(tmp_path / "x").name == "public"
    assert default_audience(None).name == "public"
