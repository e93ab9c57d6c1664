from __future__ import annotations

import io
import random
from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest

from tests.simple import expand, files, load, texts
from vinculos.cli import main
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.files import RawRow
from vinculos.loaders.placeholders import is_placeholder
from vinculos.loaders.simple import is_help_sheet, simple_sheet
from vinculos.loaders.simple_book import Book
from vinculos.loaders.simple_cells import find_word, simple_date
from vinculos.loaders.simple_columns import SHAPES
from vinculos.loaders.simple_template import write_simple
from vinculos.loaders.simple_workbook import workbook_bytes

HELD = """
    Nombre,Fecha de detención,Situación,Detenido a causa de,Vínculo con esa persona,Fuente
    Ana Uno,2025-01-07,en detención,Eva Dos,hija,Radio
"""


@pytest.mark.parametrize(
    ("stem", "header", "shape"),
    [
        ("Detenidos", ["NOMBRE*", "situacion *", "Fuente*"], "detainees"),
        ("detainees", ["Name", "Status", "Source"], "detainees"),
        ("detainees", ["Nombre", "x"], "detainees"),
        ("Cargos", ["Detenido", "Delito", "Fuente"], "charges"),
        ("charges", ["Detainee", "Charge", "Source"], "charges"),
        ("familiares", ["name", "detainee", "kinship", "publisher"], "relatives"),
        ("my list", ["Nombre", "Detenido", "Vínculo", "Fuente"], "relatives"),
        ("FUNCIONARIOS", ["Nombre", "Cargo", "Fuente"], "officials"),
        ("charges", [c.name for c in TABLES["charges"].all_columns], None),
        ("people", [c.name for c in TABLES["people"].all_columns], None),
        ("notes", ["Nombre", "Edad"], None),
        ("Léame", ["Léame"], None),
        ("detenidos", [], None),
    ],
)
def test_a_sheet_is_known_by_its_name_and_header(
    stem: str, header: list[str], shape: str | None
) -> None:
    sheet = simple_sheet(stem, header, Book())
    assert (sheet.shape.key if sheet else None) == shape


def test_sheets_that_explain_are_known() -> None:
    assert all(map(is_help_sheet, ("Léame", "Read me", "README", "Palabras", "Words")))
    assert not is_help_sheet("detenidos")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-01-07", "2025-01-07"),
        ("2025-01-07 00:00:00", "2025-01-07"),
        ("07/01/2025", "2025-01-07"),
        ("7.1.2025", "2025-01-07"),
        ("01/2025", "2025-01"),
        ("2025/1/7", "2025-01-07"),
        ("2025-01~", "2025-01~"),
        ("2025", "2025"),
    ],
)
def test_dates_have_the_day_first(text: str, date: str) -> None:
    assert simple_date(text) == date


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("01/13/2025", "the day comes first"),
        ("07/01/25", "four digits"),
        ("31/02/2025", "not a day of the calendar"),
        ("45664", "no date"),
        ("ayer", "with the day first"),
    ],
)
def test_other_dates_are_problems(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        simple_date(text)


def test_words_are_known_by_name_in_both_languages_by_themselves_and_by_usual_ones() -> None:
    for shape in SHAPES:
        for column in shape.columns:
            for word in column.words or ():
                assert column.words is not None
                for text in (word, *column.words.names[word]):
                    assert find_word(column.words, text.upper()) == word, (column.key, text)
    kinship = next(c.words for c in SHAPES[1].columns if c.key == "kinship")
    assert kinship is not None
    assert find_word(kinship, "Cónyuge") == "spouse_of"
    with pytest.raises(ValueError, match=r"did you mean `hermana`"):
        find_word(kinship, "hermna")


@pytest.mark.parametrize(
    ("sheet", "column", "said", "word"),
    [
        (0, "status", "privado de libertad", "detained"),
        (0, "status", "in custody", "detained"),
        (0, "status", "libertad plena", "released"),
        (0, "status", "Excarcelado con medidas", "conditional_release"),
        (0, "status", "released on bail", "conditional_release"),
        (3, "status", "Imputada", "accused"),
        (3, "status", "condenado", "convicted"),
        (3, "status", "Sobreseído", "dismissed"),
        (2, "role", "presidió", "presided"),
        (2, "role", "Jueza", "presided"),
        (2, "role", "fiscal", "prosecuted"),
        (0, "basis", "rehén", "hostage_by_association"),
    ],
)
def test_words_as_case_workers_say_them(sheet: int, column: str, said: str, word: str) -> None:
    words = next(c.words for c in SHAPES[sheet].columns if c.key == column)
    assert words is not None
    assert find_word(words, said) == word


def test_a_release_that_may_have_measures_is_not_taken_for_freedom() -> None:
    words = next(c.words for c in SHAPES[0].columns if c.key == "status")
    assert words is not None
    with pytest.raises(ValueError, match="released under conditions / excarcelación con medidas"):
        find_word(words, "excarcelada")
    with pytest.raises(ValueError, match="did you mean `excarcelación con medidas`"):
        find_word(words, "excarcelacion con medida")


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_example_loads(tmp_path: Path, lang: str) -> None:
    write_simple(tmp_path / "t", lang, workbook=False)
    empty, example = files(tmp_path / "t"), files(tmp_path / "t" / "example")
    assert (empty.rows, empty.problems, example.problems) == ([], [], [])
    reading = load(example, tmp_path / "ordinary")
    assert reading.problems == []
    ties = {
        (tie.type, tie.start.label, tie.end.label) for claim in reading.claims for tie in claim.ties
    }
    assert {kind for kind, _, _ in ties} == {
        *("DETAINED_IN", "HELD_AT", "ARRESTED_BY", "CHARGED_WITH", "UNDER", "BECAUSE_OF"),
        *("RELATED_TO", "HOLDS_POST", "INVOLVED_IN", "PART_OF_CASE"),
    }


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_workbook_says_the_same_as_the_files(tmp_path: Path, lang: str) -> None:
    write_simple(tmp_path, lang, workbook=False)
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(lang, rows=True)))
    sheets = []
    for sheet in book.worksheets:
        if is_help_sheet(sheet.title):
            continue
        header, *rows = ([str(v or "") for v in row] for row in sheet.iter_rows(values_only=True))
        lines = enumerate((dict(zip(header, cells, strict=True)) for cells in rows), 2)
        sheets.append((sheet.title, header, [RawRow("x", n, cells) for n, cells in lines]))
    assert len(sheets) == 4
    read = expand(sheets)
    assert read.problems == []
    assert read.claims() == files(tmp_path / "example").claims()


def test_the_workbook_has_drop_downs_of_its_words_and_no_date_cells() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes("es", rows=False)))
    sheet = book["detenidos"]
    assert sheet.freeze_panes == "B2"
    columns = [str(cell.value) for cell in sheet[1]]
    assert sheet.column_dimensions["B"].number_format == "@"
    lists = {
        columns[next(iter(v.sqref.ranges)).min_col - 1]: v.formula1
        for v in sheet.data_validations.dataValidation
        if v.type == "list"
    }
    assert {"Situación", "Motivo", "Menor de edad", "Género", "Vínculo con esa persona"} <= set(
        lists
    )
    column = lists["Situación"].split("$")[1]
    words = [cell.value for cell in book["Palabras"][column] if cell.value]
    assert "excarcelación con medidas" in words and len(words) == 8


def test_a_hostage_row_makes_the_person_meant_and_the_edge(tmp_path: Path) -> None:
    read = texts(detenidos=HELD)
    assert read.problems == []
    assert read.cells("people", "person_id", "name") == [
        ("ana-uno", "Ana Uno"),
        ("eva-dos", "Eva Dos"),
    ]
    (row,) = read.cells(
        "relationships", "from_person_id", "to_person_id", "kind", "detail", "held_because_of"
    )
    # Not said how strong: alleged, never documented.
    assert row == ("ana-uno", "eva-dos", "child_of", "hija", "alleged")
    reading = load(read, tmp_path / "o")
    assert reading.problems == []
    (tie,) = [t for c in reading.claims for t in c.ties if t.type == "BECAUSE_OF"]
    assert (tie.start.id, tie.end.id) == ("test:det-ana-uno-2025-01-07", "test:eva-dos")


def test_a_new_arrest_is_another_detention_of_one_person_with_its_own_source() -> None:
    read = texts(
        detenidos="""
            Nombre,Fecha de detención,Situación,Fecha de nacimiento,Fuente
            María Uno,2024,en libertad,1980,Radio
            Maria  UNO,15/03/2025,en detención,,Gaceta
        """
    )
    assert read.problems == []
    assert read.cells("detentions", "detention_id", "person_id", "started_on") == [
        ("det-maria-uno-2024", "maria-uno", "2024"),
        ("det-maria-uno-2025-03-15", "maria-uno", "2025-03-15"),
    ]
    people = [row for row in read.rows if row.table == "people"]
    assert len({row.side for row in people}) == 2
    assert len({row.cells["source_ids"] for row in people}) == 2
    assert {row.cells["name"] for row in people} == {"María Uno"}


MANY = {
    "detenidos": """
        Nombre,Fecha de detención,Situación,Organismo que detuvo,Lugar de detención,Clave,Fuente
        Ana Uno,2025-01-07,en detención,Policía Uno,Cárcel Uno,,Radio
        ana uno,2025-06,en libertad,POLICIA UNO,cárcel uno,,Radio
        Eva Dos,,en libertad,Policía Uno,,,Gaceta
        Luis Tres,2024,en detención,,,luis-a,Gaceta
        Luis Tres,2025,en detención,,,luis-b,Gaceta
    """,
    "familiares": """
        Nombre,Detenido,Vínculo,Menor de edad,Fuente
        Rosa Cuatro,Ana Uno,madre,,Radio
        hijo 1,Ana Uno,hijo,sí,Radio
        hijo 1,Eva Dos,hijo,sí,Radio
        Rosa Cuatro,luis-a,tía,,Radio
    """,
    "funcionarios": """
        Nombre,Cargo,Organismo,Papel,Detenido,Fecha de detención,Fuente
        Juez Cinco,Juez,Tribunal Uno,presidió el tribunal,Ana Uno,06/2025,Radio
        Juez Cinco,Juez,Tribunal Uno,presidió el tribunal,Eva Dos,,Radio
    """,
    "cargos": """
        Detenido,Fecha de detención,Delito,Ley,Fuente
        Ana Uno,2025-01-07,Delito Uno,Ley Uno,Radio
        Eva Dos,,delito uno,,Radio
        luis-b,,Delito Uno,Ley Uno,Radio
    """,
}


def test_keys_are_those_of_the_rows_in_whatever_order_and_with_whatever_added(
    tmp_path: Path,
) -> None:
    whole = texts(**MANY)
    assert whole.problems == []
    assert load(whole, tmp_path / "o").problems == []
    chance = random.Random(7)
    for _ in range(20):
        mixed = {}
        for name, text in MANY.items():
            header, *rows = text.strip().splitlines()
            mixed[name] = "\n".join([header.strip(), *(r.strip() for r in shuffled(rows, chance))])
        names = shuffled(mixed, chance)
        assert texts(**{name: mixed[name] for name in names}).claims() == whole.claims()
    one = MANY | {"detenidos": MANY["detenidos"] + "        Nueva Seis,2025,preso,,,,Radio\n"}
    assert whole.claims() < texts(**one).claims()


def shuffled(items: Iterable[str], chance: random.Random) -> list[str]:
    found = list(items)
    chance.shuffle(found)
    return found


def test_rows_with_one_table_key_and_side_are_mentions_and_alike() -> None:
    seen: dict[tuple[object, ...], object] = {}
    for row in texts(**MANY).rows:
        key = (row.table, *(row.cells.get(n, "") for n in TABLES[row.table].key), row.side)
        assert key not in seen or (row.mention and seen[key] == row.cells)
        seen[key] = row.cells
        assert set(row.cells) <= {c.name for c in TABLES[row.table].all_columns}
        assert set(row.cells) <= set(row.columns)


def test_all_problems_are_named_under_the_users_own_columns() -> None:
    read = texts(
        Detainees="""
            name *,DETAINED ON,Ended on,status,Under 18,Sentence in years,Link,Source
            ,01/13/2025,,detaned,perhaps,many,example.org,
            Ana Uno,2025-02-01,2025-01-01,detained,,,,Radio
            Eva Dos,,,detained,,,,Radio
            Eva Dos,,,released,,,,Gazette
        """
    )
    assert [problem.partition(": ")[0] for problem in read.problems] == [
        "Detainees:2 DETAINED ON",
        "Detainees:2 status",
        "Detainees:2 Under 18",
        "Detainees:2 Sentence in years",
        "Detainees:2 Link",
        "Detainees:2 name *",
        "Detainees:2 Source",
        "Detainees:3 Ended on",
        "Detainees:5 DETAINED ON",
    ]
    text = "\n".join(read.problems)
    for part in (
        "the day comes first",
        "did you mean `detained`?",
        "before `DETAINED ON` (2025-02-01)",
        "the same person and day as Detainees:4",
    ):
        assert part in text


def test_a_missing_column_is_named() -> None:
    read = texts(detenidos="Nombre,Situacion\n")
    assert [p.partition(": ")[0] for p in read.problems] == ["detenidos:1 Fuente"]
    sheet = simple_sheet("detenidos", ["Nombre", "Situación", "Fuente", "Notaz"], Book())
    assert sheet is not None
    (note,) = sheet.notes()
    assert "did you mean `Nota`" in note


@pytest.mark.parametrize(
    ("cargos", "message"),
    [
        ("Ana Uno,,Delito,Radio", "several detentions; name the day of one: 2025-01-07, 2025-06"),
        ("Ana Uno,2023,Delito,Radio", "no detention of that day; there is: 2025-01-07, 2025-06"),
        ("Ana Unno,,Delito,Radio", "did you mean `Ana Uno`?"),
        ("Luis Tres,,Delito,Radio", "several people have this name…`luis-a`, `luis-b`"),
    ],
)
def test_a_charge_needs_one_clear_detention(cargos: str, message: str) -> None:
    header = "Detenido,Fecha de detención,Delito,Fuente\n"
    (problem,) = texts(detenidos=MANY["detenidos"], cargos=header + cargos).problems
    assert all(part in problem for part in message.split("…"))


def test_one_name_with_two_birthdays_is_two_people_who_need_keys() -> None:
    text = """
        Nombre,Fecha de detención,Situación,Fecha de nacimiento,Clave,Fuente
        Ana Uno,2024,preso,1980,{},Radio
        Ana Uno,2025,preso,1990,{},Radio
    """
    (problem,) = texts(detenidos=text.format("", "")).problems
    assert problem.startswith("detenidos:3 Fecha de nacimiento: detenidos:2 says something else")
    assert "`Clave`" in problem
    read = texts(detenidos=text.format("ana-a", ""))
    assert read.problems == []
    assert read.cells("people", "person_id") == [("ana-a",), ("ana-uno",)]


MINOR = "Zulia Pérez Niño"


@pytest.mark.parametrize("mark", ["sí,", ",2012-05-01"])
def test_nothing_made_of_a_minors_name_is_a_key(mark: str) -> None:
    read = texts(
        detenidos=HELD,
        familiares=f"""
            Nombre,Detenido,Vínculo,Menor de edad,Fecha de nacimiento,Fuente
            {MINOR},Ana Uno,hija,{mark},Radio
        """,
    )
    assert read.problems == []
    for row in read.rows:
        shown = str({k: v for k, v in row.cells.items() if (row.table, k) != ("people", "name")})
        for word in ("zulia", "perez", "nino"):
            assert word not in f"{shown}{row.side}".lower()
    # The name itself goes on, so that it can be masked wherever else it stands.
    assert MINOR in {name for (name,) in read.cells("people", "name")}
    assert MINOR in read.book.guarded_names()
    renamed = texts(
        detenidos=HELD,
        familiares=f"""
            Nombre,Detenido,Vínculo,Menor de edad,Fecha de nacimiento,Fuente
            Otra Persona,Ana Uno,hija,{mark},Radio
        """,
    )
    assert renamed.cells("people", "person_id") == read.cells("people", "person_id")


@pytest.mark.parametrize(
    ("row", "key", "message"),
    [
        (f"{MINOR},", None, "the name of a minor is never stored"),
        (f"{MINOR},zulia-1", None, "holds a minor's name"),
        (f"{MINOR},nna-1", "nna-1", ""),
        ("adolescente 1,", "minor-", ""),
    ],
)
def test_a_minor_in_detention_has_a_key_that_is_no_name(
    row: str, key: str | None, message: str
) -> None:
    read = texts(
        detenidos="Nombre,Clave,Situación,Menor de edad,Fuente\n" + row + ",preso,sí,Radio\n",
    )
    if key is None:
        (problem,) = read.problems
        assert message in problem and "ulia" not in problem
        assert read.secret == [True]
    else:
        assert read.problems == []
        assert read.cells("people", "person_id")[0][0].startswith(key)


@pytest.mark.parametrize(
    ("name", "marked", "minor"),
    [
        ("adolescente 1", "", "true"),
        ("Niña A", "", "true"),
        ("minor 2", "", "true"),
        ("adolescente 1", "no", "false"),
        ("hijo 1", "", ""),
        ("Ana Prueba", "", ""),
    ],
)
def test_a_placeholder_for_a_minor_marks_one(name: str, marked: str, minor: str) -> None:
    sheet = f"Nombre,Situación,Menor de edad,Fuente\n{name},preso,{marked},Radio\n"
    read = texts(detenidos=sheet)
    assert read.problems == []
    assert read.cells("people", "is_minor") == [(minor,)]


def test_two_children_of_one_detainee_are_told_apart_without_their_names() -> None:
    sheet = (
        "Nombre,Detenido,Vínculo,Menor de edad,Fuente\n{},Ana Uno,hija,sí,R\n{},Ana Uno,hija,sí,R\n"
    )
    read = texts(detenidos=HELD, familiares=sheet.format("Zulia Uno", "Rita Uno"))
    (problem,) = read.problems
    assert "write `hijo 1` and `hijo 2`" in problem and "Rita" not in problem
    assert texts(detenidos=HELD, familiares=sheet.format("hija 1", "hija 2")).problems == []


def test_placeholders_are_no_names() -> None:
    assert all(map(is_placeholder, ("hijo 1", "Niña A", "minor 12", "child of 5 years")))
    assert not any(map(is_placeholder, ("hijo Pedro", "J. P.", "Ana", "niño J P")))


def test_relatives_without_a_name_are_one_beside_each_detainee() -> None:
    read = texts(
        detenidos=MANY["detenidos"],
        familiares="""
            Nombre,Detenido,Vínculo,Fuente
            hermana,Ana Uno,hermana,Radio
            hermana,Eva Dos,hermana,Radio
        """,
    )
    keys = {key for (key,) in read.cells("people", "person_id")}
    assert {"ana-uno-hermana", "eva-dos-hermana"} <= keys and read.problems == []


def test_a_home_is_never_a_named_place() -> None:
    read = texts(
        detenidos="""
            Nombre,Situación,Lugar de detención,Fuente
            Ana Uno,arresto domiciliario,Residencia en la calle Uno,Radio
            Eva Dos,preso,casa,Radio
            Luis Tres,preso,Casa Amarilla,Radio
        """
    )
    assert read.cells("places_of_detention", "place_id", "kind") == [
        ("place-casa-amarilla", ""),
        ("place-home", "residence"),
    ]


def test_further_sources_and_one_link_written_in_two_ways(tmp_path: Path) -> None:
    read = texts(
        detenidos="""
            Nombre,Situación,Fuente,Enlace,Fuente 2,Fecha de la fuente 2,Fuente reservada 2
            Ana Uno,preso,Radio,https://example.org/1#a,Entrevista,2025-02,sí
            Eva Dos,preso,RADIO,HTTPS://example.org/1,Entrevista,2025-02,
        """
    )
    assert read.problems == []
    sources = read.cells("sources", "source_id", "publisher", "access")
    assert sorted(row[1:] for row in sources) == [("Entrevista", "restricted"), ("Radio", "")]
    (ids,) = read.cells("detentions", "source_ids")
    assert set(ids[0].split(";")) == {row[0] for row in sources}
    assert load(read, tmp_path / "o").problems == []


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("Juez Uno,Juez,,,,", "Organismo"),
        ("Juez Uno,,Tribunal,,,", "Cargo"),
        ("Juez Uno,,,,Ana Uno,", "Papel"),
        ("Juez Uno,,,ordenó,,", "Detenido"),
        ("Juez Uno,,Tribunal,comandó,,", ""),
        ("Juez Uno,,,ordenó,Ana Uno,", ""),
        ("Juez Uno,,,,,", ""),
    ],
)
def test_half_a_post_and_half_an_involvement_are_problems(row: str, column: str) -> None:
    header = "Nombre,Cargo,Organismo,Papel,Detenido,Fecha de detención,Fuente\n"
    read = texts(detenidos=HELD, funcionarios=header + row + ",Radio\n")
    assert [p.partition(":")[2].split(": ")[0][2:] for p in read.problems] == [column][
        : bool(column)
    ]


def test_a_person_among_officials_and_detainees_is_one_and_noted() -> None:
    read = texts(
        detenidos=HELD, funcionarios="Nombre,Cargo,Organismo,Fuente\nAna Uno,Jueza,Tribunal,R\n"
    )
    (note,) = read.book.notes()
    assert note.startswith("Ana Uno is among the officials and the detainees")


class InGraph:
    def ids(self, label: str, ids: Iterable[str]) -> set[str]:
        assert label == "Person"
        return set(ids) & {"test:ana-uno", "starter:eva"}

    def custodies(self, people: Iterable[str]) -> dict[str, list[str]]:
        held = {"test:ana-uno": ["test:det-ana-uno-2025", "test:det-ana-uno-2024"]}
        return {person: held.get(person, []) for person in people}

    def described_elsewhere(self, people: Iterable[str], dataset: str) -> set[str]:
        return {person for person in people if person.startswith("starter:")}


def test_people_of_earlier_loads_are_found_in_the_graph() -> None:
    read = texts(
        InGraph(),
        cargos="""
            Detenido,Fecha de detención,Delito,Fuente
            Ána Uno,2025,Delito,Radio
            Ána Uno,,Delito,Radio
            Nadie,,Delito,Radio
        """,
        familiares="Nombre,Detenido,Vínculo,Fuente\nRosa Dos,starter:eva,madre,Radio\n",
    )
    assert [p.partition(": ")[0] for p in read.problems] == [
        "cargos:3 Fecha de detención",
        "cargos:4 Detenido",
    ]
    assert read.cells("accusations", "subject_id") == [("det-ana-uno-2025",)]
    assert read.cells("relationships", "to_person_id") == [("starter:eva",)]


def test_detentions_of_earlier_loads_count_where_the_sheets_have_none() -> None:
    official = "Nombre,Cargo,Organismo,Fuente\nAna Uno,Jueza,Tribunal,R\n"
    charge = "Detenido,Fecha de detención,Delito,Fuente\nAna Uno,2024,Delito,R\n"
    read = texts(InGraph(), funcionarios=official, cargos=charge)
    assert read.problems == []
    assert read.cells("accusations", "subject_id") == [("det-ana-uno-2024",)]
    (problem,) = texts(InGraph(), detenidos=HELD, cargos=charge).problems
    assert "no detention of that day; there is: 2025-01-07" in problem


def test_long_names_make_keys_that_are_allowed(tmp_path: Path) -> None:
    name = " ".join(["Larguísimo"] * 40)
    read = texts(
        detenidos=f"Nombre,Situación,Fecha de detención,Fuente\n{name},preso,2025-01-07,R\n"
    )
    assert read.problems == []
    assert load(read, tmp_path / "o").problems == []


@pytest.mark.parametrize(
    ("options", "written"),
    [
        (["--simple", "--lang", "es"], {"detenidos.csv", "familiares.csv", "example/cargos.csv"}),
        (["--simple", "--lang", "en"], {"detainees.csv", "officials.csv", "example/charges.csv"}),
        (["--simple", "--xlsx", "--lang", "es"], {"casos.xlsx", "example/casos.xlsx"}),
        (["--simple", "--xlsx", "--lang", "en"], {"cases.xlsx", "example/cases.xlsx"}),
    ],
)
def test_the_command_writes_the_sheets(
    tmp_path: Path, options: list[str], written: set[str]
) -> None:
    folder = tmp_path / "new"
    assert main(["template", str(folder), *options]) == 0
    there = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert written | {"README.md"} <= there
    assert not there & {f"{name}.csv" for name in TABLES} - {"charges.csv"}
    assert main(["template", str(folder), *options]) == 2


def test_a_workbook_is_of_the_simple_shape_alone(tmp_path: Path) -> None:
    assert main(["template", str(tmp_path / "new"), "--xlsx"]) == 2
    assert not (tmp_path / "new").exists()


def test_every_row_of_the_readme_explains_a_column(tmp_path: Path) -> None:
    write_simple(tmp_path, "es", workbook=False)
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    for shape in SHAPES:
        for column in shape.columns:
            assert f"| {column.es} | " in page
