"""Templates, steps and dates of mappings, for all cells that there may be."""

from __future__ import annotations

import datetime
import string
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.mappings import read, said, write
from vinculos.graph.dates import parse_date
from vinculos.loaders.guess import guess
from vinculos.loaders.mapping_dates import MONTHS, DateFormat, read_date
from vinculos.loaders.mapping_values import Frame, Template, Text, split_template

CELL = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029"),
    max_size=20,
)
NAME = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
    lambda text: text == text.strip() and not set("{}#") & set(text)
)
ES = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
EN = "January February March April May June July August September October November December"
SLOW = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def template(text: str) -> Template:
    return Template(
        tuple(p if isinstance(p, str) else ("column", p[0]) for p in split_template(text))
    )


def formatted(text: str, cells: dict[str, str]) -> str:
    return template(text).text(Frame(cells, {})).text


@given(st.dictionaries(NAME, CELL, min_size=1, max_size=4), CELL, CELL)
def test_a_template_puts_cells_in_and_changes_nothing_else(
    cells: dict[str, str], before: str, after: str
) -> None:
    cells = {name: text.strip() for name, text in cells.items()}
    escaped = [text.replace("{", "{{").replace("}", "}}") for text in (before, after)]
    written = escaped[0] + "".join("{" + name + "}" for name in cells) + escaped[1]
    made = formatted(written, cells)
    if all(cells.values()):
        assert made == (before + "".join(cells.values()) + after).strip()
    elif not any(cells.values()):
        assert made == ""


@pytest.mark.parametrize(
    ("text", "cells", "made"),
    [
        ("{a}, {b}", {"a": "Uno", "b": "Ana"}, "Uno, Ana"),
        ("{a}, {b}", {"a": "Uno", "b": ""}, "Uno"),
        ("{a}, {b}", {"a": "", "b": "Ana"}, "Ana"),
        ("d-{a}", {"a": ""}, ""),
        ("{a} - {b}", {"a": "", "b": ""}, ""),
        ("{{{a}}}", {"a": "x"}, "{x}"),
        ("{unit:name:1}", {"unit:name:1": "x"}, "x"),
        ("{ a }", {"a": "x"}, "x"),
        ("{a}", {}, ""),
    ],
)
def test_what_a_template_makes(text: str, cells: dict[str, str], made: str) -> None:
    assert formatted(text, cells) == made


@given(st.text(string.printable))
def test_any_text_is_a_template_or_refused_in_words(text: str) -> None:
    try:
        parts = split_template(text)
    except ValueError as error:
        assert "brace" in str(error)
    else:
        names = [part for part in parts if isinstance(part, tuple)]
        assert text.count("{") >= len(names)


def _month(names: str) -> Callable[[datetime.date], str]:
    return lambda day: names.split()[day.month - 1]


WRITTEN: dict[str, Callable[[datetime.date], str]] = {
    "dd/mm/yyyy": lambda d: f"{d.day:02}/{d.month:02}/{d.year}",
    "d-m-yyyy": lambda d: f"{d.day}-{d.month}-{d.year}",
    "mm/dd/yyyy": lambda d: f"{d.month}/{d.day}/{d.year}",
    "yyyy.mm.dd": lambda d: f"{d.year}.{d.month}.{d.day}",
    "dd-mm-yy": lambda d: f"{d.day}-{d.month}-{d.year % 100:02}",
    "d month yyyy": lambda d: f"{d.day} de {_month(ES)(d)} del {d.year}",
    "dd month yyyy": lambda d: f"{d.day} {_month(EN)(d)[:3]} {d.year}",
    "month d yyyy": lambda d: f"{_month(EN)(d)} {d.day}, {d.year}",
    "excel": lambda d: str((d - datetime.date(1899, 12, 30)).days),
}


@given(
    st.dates(datetime.date(1969, 1, 1), datetime.date(2068, 12, 31)), st.sampled_from(list(WRITTEN))
)
def test_a_day_is_read_however_it_is_written(day: datetime.date, kind: str) -> None:
    formats = (DateFormat(kind),)
    assert read_date(WRITTEN[kind](day), formats) == day.isoformat()
    assert read_date(day.isoformat(), formats) == day.isoformat()
    assert read_date(f"../{day.isoformat()}", formats) == f"../{day.isoformat()}"
    assert read_date(f"{day.isoformat()}T00:00:00", formats) == day.isoformat()


@given(st.text(max_size=30), st.lists(st.sampled_from([*WRITTEN, "yyyy", "mm/yyyy"]), max_size=3))
def test_any_text_is_a_date_or_refused_in_words(text: str, kinds: list[str]) -> None:
    try:
        found = read_date(text, tuple(DateFormat(kind) for kind in kinds))
    except ValueError as error:
        assert str(error)
    else:
        assert parse_date(found).text == found


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("13/13/2025", "dd/mm/yyyy", "no month 13"),
        ("30/02/2025", "dd/mm/yyyy", "not a day of the calendar"),
        ("1/2/25", "dd/mm/yyyy", "no date in the format"),
        ("2025", "excel", ""),
        ("7", "excel", "no date in the format"),
        ("45000.5", "excel", "no date in the format"),
        ("7 de brumario de 2025", "d month yyyy", "no date in the format"),
        ("martes 7 de enero de 2025", "d month yyyy", ""),
        ("1º de mayo de 2025", "d month yyyy", ""),
        ("May 3rd, 2025", "month d yyyy", ""),
    ],
)
def test_days_that_are_read_and_those_that_are_not(text: str, kind: str, said: str) -> None:
    if not said:
        assert read_date(text, (DateFormat(kind),)).startswith("2025")
        return
    with pytest.raises(ValueError, match=said):
        read_date(text, (DateFormat(kind),))


def test_months_have_their_names_in_both_languages() -> None:
    for names in (ES, EN):
        found = [MONTHS[name.lower()] for name in names.split()]
        assert found == list(range(1, 13))


@pytest.mark.parametrize(
    "text", ["dd", "dd/yyyy", "mm/mm/yyyy", "dd/mm", "yyyy yy", "", "hh", "d m"]
)
def test_a_format_without_sense_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a date format is made of"):
        DateFormat(text)


CELLS = st.text(st.sampled_from("abcñé ,;:/-{}\"'#|0123456789áÜ"), max_size=12).map(str.strip)


@SLOW
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_numbered_columns_make_a_row_for_each_cell_that_is_not_blank(
    tmp_path: Path, rows: list[list[str]]
) -> None:
    """As plain Python counts them: a unit a cell, its source beside it, none for a blank."""
    mapping = """
        each: "unit:name:#"
        let: {unit: {from: "{item}", key: hash, as: "u-{}"}}
        rows:
          - sources: {source_id: "s-{#}"}
          - organizations: {org_id: "{unit}", name: "{item}", source_ids: "s-{#}"}
    """
    import csv

    path = write(tmp_path, mapping)
    with (tmp_path / "list.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([f"unit:name:{n}" for n in (1, 2, 10)])
        writer.writerows(rows)
    reading = read(tmp_path / "list.csv", path)
    claims = [claim for claim in reading.claims if claim.table == "organizations"]
    wanted = {(cell, n) for row in rows for cell, n in zip(row, (1, 2, 10), strict=True) if cell}
    problems = {problem.message for problem in reading.problems}
    if not problems:
        made = {(claim.values[0].value, int(claim.key.rpartition("s-")[2])) for claim in claims}
        assert made == wanted
    else:
        assert all("same key" in message for message in problems)


@SLOW
@given(
    st.lists(NAME, min_size=1, max_size=6, unique=True),
    st.lists(st.lists(CELLS, min_size=6, max_size=6), min_size=1, max_size=5),
    st.sampled_from(["es", "en"]),
)
def test_any_table_with_a_column_of_names_is_mapped_and_read_or_refused_in_words(
    tmp_path: Path, names: list[str], rows: list[list[str]], lang: str
) -> None:
    import json

    header = ["nombre completo", *names]
    records: list[dict[str, Any]] = [dict(zip(header, ["Ana", *row], strict=False)) for row in rows]
    (tmp_path / "list.json").write_text(json.dumps(records), "utf-8")
    written, _ = guess(tmp_path / "list.json", lang)
    mapping = tmp_path / "M.yml"
    mapping.write_text(written, "utf-8")
    reading = read(tmp_path / "list.json", mapping)
    assert len(reading.claims) or reading.problems
    assert all(p.message and (p.line or p.whole) for p in reading.problems)


def test_steps_are_taken_in_their_order(tmp_path: Path) -> None:
    mapping = """
        rows:
          - sources: {source_id: a}
          - people:
              person_id: {from: "{id}", key: slug, as: "p-{}"}
              name: ["{name}", {from: "{alias}", split: ";", part: -1}]
              aliases:
                {split: "|", from: "{alias}", words: {x: Equis}, else: "{} {id}", default: Nadie}
              nationality: {from: "{id}", when: {"{name}": [eva, ANA]}, as: "n{}"}
              summary: {from: "{id}", unless: ["{name}", {"{alias}": ""}], as: "solo {}"}
              source_ids: a
    """
    path = write(tmp_path, mapping, list='id,name,alias\n1 B,Ana,x| y\n2,,"u;v"\n3,Luis,\n')
    people = [c for c in read(tmp_path / "list.csv", path).claims if c.table == "people"]
    found = {c.nodes[0].id: {v.field: v.value for v in c.values} for c in people}
    assert found == {
        "test:p-1-b": {"name": "Ana", "aliases": ["Equis", "y 1 B"], "nationality": ["n1 B"]},
        "test:p-2": {"name": "v", "aliases": ["u", "v 2"], "summary": "solo 2"},
        "test:p-3": {"name": "Luis", "aliases": ["Nadie"]},
    }


def test_a_value_given_a_name_is_worked_out_once_and_told_once(tmp_path: Path) -> None:
    mapping = """
        let: {day: {from: "{day}", date: dd/mm/yyyy}}
        rows:
          - sources: {source_id: a, published_on: "{day}"}
          - people: {person_id: p, name: x, born: "{day}", died: "{day}", source_ids: a}
    """
    assert len(said(tmp_path, mapping, list="day\nayer\n")) == 1


def test_text_keeps_the_columns_that_it_was_made_of() -> None:
    made = template("{a}/{b}").text(Frame({"a": "1", "b": "2"}, {}))
    assert made == Text("1/2", ("a", "b"))
