"""`vinculos map`: a first mapping that loads as it is where headers are plain, in two languages."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import openpyxl
import pytest

from tests.faults.containers import make
from tests.faults.mapped import MINOR, MUTATIONS
from tests.mappings import LIST, read
from vinculos.cli import main
from vinculos.errors import InputError, VinculosError
from vinculos.graph.records import Claim
from vinculos.loaders.guess import guess
from vinculos.loaders.guess_columns import KNOWN
from vinculos.loaders.guess_writer import quoted
from vinculos.loaders.mapping_read import read_mapping
from vinculos.loaders.preview import preview

SPANISH = """
    Nombre y apellido,Sexo,Fecha de detención,Lugar de reclusión,Organismo,Situación,Delitos,Caso,Fuente,Fecha de publicación,Profesión
    Ana Prueba Uno,F,7 de enero de 2025,Cárcel Ejemplo,Cuerpo Ejemplo,presa,Traición; Terrorismo,Caso Ejemplo,Gaceta,10/01/2025,docente
    Luis Prueba Dos,M,31/12/2024,,Cuerpo Ejemplo,Excarcelado,Terrorismo,,Radio,01/2025,
"""  # noqa: E501
ENGLISH = """
    first name,last name,id,arrest date,release date,prison,status,charge,age,source url
    Ana,Prueba Uno,7,"January 7, 2025",,Example Prison,detained,treason,41,https://example.org/1
    Luis,Prueba Dos,9,45689,2025-03-01,Example Prison,released,,17,https://example.org/2 https://example.org/3
"""  # noqa: E501
OFFICIALS = """
    Nombre,Cargo,Institución,Desde,Hasta,Enlace
    Eva Prueba,Directora,Cuerpo Ejemplo,enero 2020,,https://example.org/4
"""


def mapped(folder: Path, text: str, lang: str = "en") -> tuple[list[Claim], str]:
    """Guess a mapping, load the file through it as it is; return the claims and the mapping."""
    path = folder / "list.csv"
    path.write_text(textwrap.dedent(text).lstrip(), "utf-8")
    written, _ = guess(path, lang)
    mapping = folder / "M.yml"
    mapping.write_text(written, "utf-8")
    reading = read(path, mapping)
    assert reading.problems == [], written
    return list(reading.claims), written


def values(claims: list[Claim], table: str, field: str) -> list[str]:
    found = {v.value for c in claims if c.table == table for v in c.values if v.field == field}
    return sorted(map(str, found))


def test_minors_of_one_page_are_two_where_anything_tells_them_apart(tmp_path: Path) -> None:
    claims, _ = mapped(
        tmp_path,
        """
        name,age,sex,arrest,facility,status,source url
        Ana Prueba,16,F,7 January 2025,Example Prison,in custody,https://example.org/1
        Eva Prueba,15,F,7 January 2025,Example Prison,in custody,https://example.org/1
        Luis Prueba,16,M,7 January 2025,Example Prison,in custody,https://example.org/1
        """,
    )
    people = [claim for claim in claims if claim.table == "people"]
    assert len(people) == 3
    assert values(claims, "detentions", "started") == ["2025-01-07"]
    assert values(claims, "detentions", "status") == ["detained"]


def test_a_list_with_spanish_headers_loads_as_it_is(tmp_path: Path) -> None:
    claims, written = mapped(tmp_path, SPANISH, "es")
    assert values(claims, "people", "name") == ["Ana Prueba Uno", "Luis Prueba Dos"]
    assert values(claims, "people", "gender") == ["f", "m"]
    assert values(claims, "detentions", "started") == ["2024-12-31", "2025-01-07"]
    assert values(claims, "detentions", "status") == ["detained"]
    assert '"Excarcelado": ""' in written  # of a release with measures it is said as well
    assert values(claims, "charges", "name_es") == ["Terrorismo", "Traición"]
    assert values(claims, "sources", "published") == ["2025-01", "2025-01-10"]
    ties = sorted(tie.type for claim in claims for tie in claim.ties)
    assert {kind: ties.count(kind) for kind in ties} == {
        "ARRESTED_BY": 2,
        "CHARGED_WITH": 3,
        "DETAINED_IN": 2,
        "HELD_AT": 1,
        "PART_OF_CASE": 1,
    }
    assert "Columnas que no se ubicaron:\n#   Profesión\n" in written


def test_a_list_with_english_headers_loads_as_it_is(tmp_path: Path) -> None:
    claims, _ = mapped(tmp_path, ENGLISH)
    assert values(claims, "people", "name") == ["Ana Prueba Uno", "Luis Prueba Dos"]
    assert values(claims, "people", "is_minor") == ["False", "True"]
    assert values(claims, "detentions", "started") == ["2025-01-07", "2025-02-01"]
    assert values(claims, "detentions", "ended") == ["2025-03-01"]
    assert len(values(claims, "sources", "url")) == 3
    assert values(claims, "sources", "publisher") == ["example.org"]
    (two,) = {len(c.citations) for c in claims if c.table == "people" and "p-9" in c.key}
    assert two == 2


def test_a_list_of_officials_becomes_posts(tmp_path: Path) -> None:
    claims, _ = mapped(tmp_path, OFFICIALS)
    (post,) = [tie for claim in claims for tie in claim.ties]
    assert (post.type, post.fields["title"], post.fields["started"]) == (
        "HOLDS_POST",
        "Directora",
        "2020-01",
    )
    assert not any(claim.table == "detentions" for claim in claims)


def test_the_key_of_a_minor_is_not_made_of_the_name(tmp_path: Path) -> None:
    text = """
        nombre,edad,fecha de detención,enlace
        Niña Prueba Secreta,16 años,2025-01-07,https://example.org/1
        Ana Prueba Uno,40,2025-01-08,https://example.org/1
    """
    claims, _ = mapped(tmp_path, text)
    assert "secreta" not in str([claim.key for claim in claims]).lower()
    assert "ana-prueba-uno" in str([claim.key for claim in claims])


def test_words_and_dates_that_are_not_understood_are_said(tmp_path: Path) -> None:
    rows = "".join(f"    Luis Prueba {n},0{n}/01/2025,preso,a\n" for n in range(1, 10))
    text = "\n    nombre,fecha de detención,estatus,fuente\n" + rows
    text += "    Ana Prueba Uno,hace poco,en el limbo,a\n"
    path = tmp_path / "list.csv"
    path.write_text(textwrap.dedent(text).lstrip())
    written, _ = guess(path, "en")
    assert "date: [dd/mm/yyyy]}  # 1 value is no date in these formats" in written
    assert '"en el limbo": ""  # not understood' in written
    assert '"preso": "detained"\n' in written


def test_what_the_mapping_gives_names_to_is_not_taken_for_a_column(tmp_path: Path) -> None:
    text = """
        person,custody,place,org,taken,charge,publisher
        Ana Prueba,x,Example Prison,Example Force,2025-01-07,treason,Gaceta
    """
    claims, _ = mapped(tmp_path, text)
    assert values(claims, "people", "name") == ["Ana Prueba"]
    assert values(claims, "places_of_detention", "name") == ["Example Prison"]
    assert values(claims, "organizations", "name") == ["Example Force"]
    assert values(claims, "charges", "name_es") == ["treason"]
    assert values(claims, "detentions", "started") == ["2025-01-07"]


def test_sheets_become_inputs_and_those_without_names_are_left_out(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for title, text in (("presos", SPANISH), ("jefes", OFFICIALS), ("notas", "a,b\n1,2")):
        sheet = book.create_sheet(title)
        for line in textwrap.dedent(text).strip().splitlines():
            sheet.append(line.split(","))
    book.remove(book.worksheets[0])
    path = tmp_path / "list.xlsx"
    book.save(path)
    written, _ = guess(path, "en")
    assert "left out: list.xlsx/notas" in written
    mapping = tmp_path / "M.yml"
    mapping.write_text(written)
    reading = read(path, mapping)
    assert reading.problems == []
    assert {claim.file for claim in reading.claims} == {"list.xlsx/presos", "list.xlsx/jefes"}


def test_records_without_a_header_are_looked_at_too(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_text(
        json.dumps(
            [
                {"name": "Ana Prueba", "source": "Gaceta", "geo": {"lat": 1}},
                {"name": "Luis Prueba", "source": "Radio", "prison": "Example Prison"},
            ]
        )
    )
    mapping = tmp_path / "M.yml"
    mapping.write_text(guess(path, "en")[0])
    reading = read(path, mapping)
    assert reading.problems == []
    assert values(list(reading.claims), "places_of_detention", "name") == ["Example Prison"]


def test_several_places_and_links_that_are_none_are_told_apart(tmp_path: Path) -> None:
    text = """
        id,name,prison,sources,born
        prueba-nina-secreta,Niña Prueba Secreta,A; B,https://example.org/1;doc/2.pdf,2020
        prueba-ana,Ana Prueba,A,https://example.org/1,1970
    """
    claims, _ = mapped(tmp_path, text)
    assert "secreta" not in str([claim.key for claim in claims])
    assert values(claims, "places_of_detention", "name") == ["A", "B"]
    assert sum(tie.type == "HELD_AT" for claim in claims for tie in claim.ties) == 3
    assert values(claims, "sources", "url") == ["https://example.org/1"]
    assert values(claims, "sources", "title") == ["doc/2.pdf"]


def test_a_file_without_names_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(InputError, match="its first line may not be the header"):
        guess(path, "en")


def test_a_shipped_mapping_is_named_where_it_fits(tmp_path: Path) -> None:
    columns = ["unit:id:admin", "unit:name", "name"]
    columns += [f"unit:{x}" for x in ("name:source", "name:confidence", "related_unit_id:admin")]
    related = ("", ":source", ":confidence", "_first_cited_date", "_last_cited_date", "_open")
    columns += [f"unit:related_unit{end}" for end in related]
    columns += ["unit:related_unit_class", "unit:related_unit_first_cited_date:source"]
    columns += ["unit:related_unit_first_cited_date:confidence", "unit:classification"]
    path = tmp_path / "units.csv"
    path.write_text(",".join(columns) + "\n" + ",".join("x" * len(columns)) + "\n")
    assert any("--mapping security-force-monitor" in note for note in guess(path, "en")[1])


def test_the_command_writes_previews_and_overwrites_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, target = tmp_path / "list.csv", tmp_path / "M.yml"
    text = textwrap.dedent(LIST).lstrip()
    path.write_text(text.replace("Cédula", "Menor de edad").replace("100", "sí").replace("200", ""))
    assert main(["map", str(path), "-o", str(target), "--preview", "2", "--lang", "es"]) == 0
    said = capsys.readouterr()
    assert "Luis Prueba Dos" in said.out and "Ana" not in said.out + said.err
    assert "list.csv:3" in said.out
    assert target.read_text().startswith("# Cómo las filas")
    assert main(["map", str(path), "-o", str(target)]) == 2
    capsys.readouterr()
    words = ["load", str(path), "--mapping", str(target), "--preview", "1"]
    assert main(words) == 0
    said = capsys.readouterr()
    assert "(may be a minor)" in said.out and "Luis" not in said.out
    assert main(["load", str(path), "--preview", "1"]) == 2


@pytest.mark.parametrize("number", range(60))
def test_a_damaged_list_is_mapped_or_refused_in_words(tmp_path: Path, number: int) -> None:
    names = list(MUTATIONS)
    fitting = [n for n in range(60 * len(names)) if names[n % len(names)].startswith("mapped")]
    _, path = make(3, fitting[number], tmp_path / "cases")
    if not path.is_file():
        return
    try:
        written, _ = guess(path, "es")
    except VinculosError as error:
        assert str(error) and MINOR not in str(error)
        return
    mapping = tmp_path / "M.yml"
    mapping.write_text(written, "utf-8")
    shown = preview(path, read_mapping(str(mapping)), 20)
    if "minor: " in written:
        assert MINOR not in f"{shown.tables} {shown.problems}"


def test_no_header_is_known_for_two_things_by_mistake() -> None:
    """A header that stands for several things must be told apart by its values."""
    several = {header: roles for header, roles in KNOWN.items() if len(roles) > 1}
    told = {"link", "status", "publisher", "taken"}
    assert all(told & set(roles) for roles in several.values()), several


@pytest.mark.parametrize("text", ['a"b\\c', "é\u2028x", "\U0001f600", "{a}: #b", "tab\tnul\x00"])
def test_quoted_text_is_read_back_by_yaml(text: str) -> None:
    import yaml

    assert yaml.safe_load(quoted(text)) == text
