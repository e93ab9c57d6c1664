"""What is wrong with files is said in Spanish: where it is, what it is, the way out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.folders import write_folder
from tests.mappings import write
from tests.simple import texts
from tests.tables import find_files
from vinculos.cli import main
from vinculos.errors import InputError, InvalidRows, VinculosError
from vinculos.graph.store import Store
from vinculos.language import speaking
from vinculos.loaders.files import Problem, RawRow, TableFile, open_tables
from vinculos.loaders.load import load_folder
from vinculos.loaders.mapping_read import read_mapping
from vinculos.loaders.read import read_files


@pytest.fixture
def spanish() -> Iterator[None]:
    with speaking("es"):
        yield


pytestmark = pytest.mark.usefixtures("spanish")


def told(folder: Path, **tables: str) -> list[str]:
    """Return the notes and problems of a case folder."""
    paths, notes = find_files(write_folder(folder, **tables))
    reading = read_files(paths, "test")
    return [*notes, *reading.notes, *map(str, reading.problems)]


PEOPLE = "person_id,name,gender,is_minor,source_ids\nana,Ana Uno,,,s1\n"
HEAD = "from_person_id,to_person_id,kind,held_because_of,detention_id,source_ids\n"


@pytest.mark.parametrize(
    ("table", "text", "expected"),
    [
        ("people", PEOPLE + "eva,,,,s1", "people.csv:3, columna name: esta celda no puede quedar"),
        ("people", PEOPLE + "eva,Eva,,,", "una fila sin fuente no se carga; nombre al menos una"),
        (
            "people",
            PEOPLE + "eva,Eva,xyz,,s1",
            "people.csv:3, columna gender ('xyz'): esta palabra no está en la lista «género»; "
            "use una de estas: f, m, x",
        ),
        (
            "people",
            PEOPLE + "eva,Eva,,quizás,s1",
            "people.csv:3, columna is_minor ('quizás'): escriba true o false",
        ),
        (
            "people",
            PEOPLE + "eva,Eva,,,s9",
            "people.csv:3, columna source_ids ('s9'): no hay fuente con la clave `s9` en estos "
            "archivos ni en el grafo",
        ),
        (
            "accusations",
            "subject_id,charge_id,source_ids\nx9,c9,s1",
            "accusations.csv:2, columna subject_id ('x9'): no hay detención ni hecho con la clave "
            "`x9` en estos archivos ni en el grafo",
        ),
        (
            "people",
            PEOPLE + "eva,Eva",
            "people.csv:3: la fila tiene 2 celdas y el encabezado 5; una celda que contiene el "
            "separador va entre comillas",
        ),
        ("people", PEOPLE + "eva", "people.csv:3: la fila tiene 1 celda y el encabezado 5"),
        (
            "people",
            PEOPLE + 'eva,"Eva,,,s1\n',
            "people.csv:3: se abren comillas que nunca se cierran; no se leyó nada después",
        ),
        (
            "people",
            PEOPLE + 'eva,"Eva"x,,,s1\n',
            "people.csv:3: se esperaba ',' después de '\"'; no se leyó nada después de esta línea",
        ),
        (
            "people",
            "person_id,source_ids\nana,s1",
            "people.csv:1, columna name: people necesita esta columna: nombre completo",
        ),
        ("people", "person_id,name,name\n", "columna name: el encabezado nombra dos veces esta"),
        (
            "people",
            "person_id,name,source_ids,genre\n",
            "people.csv: la columna `genre` no es de people y se dejó fuera; ¿quiso decir `gen",
        ),
        ("poeple", "a\n", "poeple.csv no es una de las tablas y se dejó fuera; ¿quiso decir `peop"),
        (
            "people",
            PEOPLE + "ana,Ana Dos,f,,s1",
            "people.csv:3, columna person_id ('ana'): la misma clave que en people.csv:2; una "
            "fila es un hecho, y estas dos difieren en: name, gender",
        ),
        (
            "people",
            PEOPLE + "ana,Ana Uno,,,s1",
            "la misma clave que en people.csv:2, y la fila es igual; quite una de las dos",
        ),
        (
            "detentions",
            "detention_id,person_id,started_on,ended_on,page,source_ids\n"
            "d1,ana,2025-01-07,2024,,s1",
            "detentions.csv:2, columna ended_on ('2024'): es anterior a started_on (2025-01-07)",
        ),
        (
            "detentions",
            "detention_id,person_id,page,source_ids\nd1,ana,1;2;3,s1;s2",
            "detentions.csv:2, columna page ('1;2;3'): hay 3 páginas para 2 fuentes",
        ),
        (
            "relationships",
            HEAD + "ana,ana,sibling_of,,,s1",
            "columna to_person_id ('ana'): una persona no tiene un vínculo consigo misma",
        ),
        (
            "contradictions",
            "subject_id,field,value_a,source_a,value_b,source_b\nana,relation_to_eva,x,s1,y,s2",
            "columna field ('relation_to_eva'): no hay ninguna persona 'eva'",
        ),
    ],
)
def test_a_case_folder(tmp_path: Path, table: str, text: str, expected: str) -> None:
    given = {"people": PEOPLE, table: text}
    assert any(expected in line for line in told(tmp_path, **given))


def test_what_refers_to_a_row_with_a_problem_says_so(tmp_path: Path) -> None:
    given = {
        "people": PEOPLE + "eva,,,,s1\n",
        "detentions": "detention_id,person_id,source_ids\nd1,eva,s1\n",
    }
    paths, _ = find_files(write_folder(tmp_path, **given))
    reading = read_files(paths, "test", skip_invalid=True)
    assert [str(problem) for problem in reading.problems][1:] == [
        "detentions.csv:2, columna person_id ('eva'): la fila que describe `eva` tiene a su vez un "
        "problema"
    ]


DETAINEES = "Nombre,Fecha de detención,Situación,Fuente\nAna Uno,07/01/2025,preso,Radio\n"
MINOR = "Zulia Pérez Niño"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Eva Dos,01/13/2025,preso,Radio", "no hay mes 13; primero va el día: 07/01/2025 es el 7"),
        ("Eva Dos,7/1/25,preso,Radio", "escriba el año con cuatro dígitos, como 07/01/2025"),
        ("Eva Dos,ayer,preso,Radio", "o primero el día: 07/01/2025"),
        ("Eva Dos,,prezo,Radio", "esta palabra no está en la lista; ¿quiso decir `preso`?"),
        ("Eva Dos,,xyzw,Radio", "use una de estas: en detención, arresto domiciliario, paradero"),
        ("Eva Dos,,preso,", "una fila sin fuente no se carga; escriba quién lo dice"),
        ("Ana Uno,07/01/2025,preso,Gaceta", "la misma persona y la misma fecha que en detenidos"),
    ],
)
def test_a_simple_sheet(row: str, expected: str) -> None:
    (problem,) = texts(detenidos=DETAINEES + row).problems
    assert expected in problem


def test_simple_sheets_that_speak_of_each_other() -> None:
    read = texts(
        detenidos=DETAINEES + "Ana Uno,2024,preso,Radio\n",
        cargos="Persona detenida,Delito,Fuente\nAna Uno,Traición,Radio\nAna Unno,Traición,Radio\n",
        funcionarios="Nombre,Cargo,Organismo,Fuente\nAna Uno,Jueza,Tribunal,Radio\n",
    )
    first, second = read.problems
    assert first.endswith(
        "esta persona tiene varias detenciones; indique la fecha de una: 2024, 2025-01-07"
    )
    assert second.endswith("tiene este nombre o esta clave; ¿quiso decir `Ana Uno`?")
    assert list(read.book.notes()) == [
        "Ana Uno está entre los funcionarios y también entre las personas detenidas: se toma por "
        "una sola persona; si son dos, dele una clave a una"
    ]


def test_what_to_write_for_a_minor_is_said_even_where_another_row_writes_it(
    store: Store, tmp_path: Path
) -> None:
    """`adolescente 1` is no name to be left out of a message."""
    sheet = "Nombre,Situación,Menor de edad,Fuente\nadolescente 1,preso,sí,Radio\n"
    sheet += f"{MINOR},preso,sí,Radio\n"
    with pytest.raises(InvalidRows) as refused:
        load_folder(store, write_folder(tmp_path / "casos", detenidos=sheet), check=True)
    (line,) = map(str, refused.value.problems)
    assert "escriba aquí `adolescente 1`" in line and "ulia" not in line


def test_a_minor_is_not_named_in_spanish_either(tmp_path: Path) -> None:
    people = "person_id,name,born,is_minor,source_ids\n"
    for marked in (f"nna,{MINOR},2012-05,quizás,s1", f"nna,{MINOR},2012-13,sí,s1"):
        problems = told(
            tmp_path,
            people=people + marked,
            relationships=HEAD + f'"{MINOR}",ana,sibling_of,,,s1\nnna,"{MINOR}",x,,,s1',
        )
        assert problems and not any("ulia" in line or "2012" in line for line in problems)
    # A date of theirs is not called a minor.
    assert "people.csv:2, columna born ('(no se muestra)'): (no se muestra) no es un día" in str(
        problems
    )


@pytest.mark.parametrize(("rows", "said"), [(1, "1 problema en 1 fila"), (2, "2 problemas en 2")])
def test_the_command_counts_refuses_and_says_the_way_out(
    store: Store,
    tmp_path: Path,
    engine_env: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    rows: int,
    said: str,
) -> None:
    for name, value in engine_env.items():
        monkeypatch.setenv(name, value)
    bad = "".join(f"p{number},,,,s1\n" for number in range(rows))
    folder = write_folder(tmp_path / "casos", people=PEOPLE + bad)
    assert main(["load", str(folder), "--check", "--lang", "es"]) == 1
    lines = capsys.readouterr().err.strip().splitlines()
    assert lines[-rows - 2] == "people.csv:3, columna name: esta celda no puede quedar en blanco"
    assert lines[-2].startswith(f"Error: {said}") and lines[-2].endswith("; no se cargó nada.")
    assert lines[-1] == (
        "Corrija las filas nombradas arriba y cargue de nuevo; con --check solo se revisa."
    )


def test_rows_set_aside_say_why_and_repeat_no_name_of_a_minor(store: Store, tmp_path: Path) -> None:
    rows = f"person_id,name,born,source_ids\nnna,{MINOR},2012-13,s1\neva,Eva Dos,,\nida,Ida,,s1\n"
    given = {
        "people": rows,
        "detentions": "detention_id,person_id,source_ids\nd1,otro,s1\n",
    }
    folder = write_folder(tmp_path / "casos", **given)
    loading = load_folder(store, folder, skip_invalid=True, stubs=True)
    assert loading.notes == [
        "1 referencia a algo que no se conoce quedó como ficha provisional, que una carga "
        "posterior describirá: casos:otro"
    ]
    (path,) = loading.rejected
    written = path.read_text("utf-8-sig")
    assert "source_ids: una fila sin fuente no se carga; nombre al menos una" in written
    assert "puede ser de una persona menor de edad: escríbalo de nuevo" in written
    assert "ulia" not in written
    with pytest.raises(VinculosError, match="ya existe; no se cargó nada"):
        load_folder(store, folder, skip_invalid=True)
    assert written.startswith("problema,person_id,name,")
    with pytest.raises(InvalidRows) as refused:
        load_folder(store, path.parent, dataset="casos", space="casos", check=True)
    assert refused.value.notes == [], "the column is known, and no note says that it was left out"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("key: hash", "key: has", "M.yml:4, columna source ('has'): diga cómo se hace la clave"),
        ('person_id: "{person}"\n', "persona: x\n", "aquí no existe esta clave"),
        ("date: excel", "date: dia", "un formato de fecha se compone de d o dd"),
        ("prison}", "prisión}", "esta palabra no está en la lista «tipo de lugar»"),
    ],
)
def test_a_mapping(tmp_path: Path, old: str, new: str, expected: str) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(InvalidRows) as refused:
        read_mapping(str(path))
    assert expected in "\n".join(map(str, refused.value.problems))
    assert "en M.yml; no se cargó nada." in refused.value.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b: c\n", "M.yml:1: no es YAML válido (hay dos puntos donde no pueden ir)."),
        ("a:\n\tb: c\n", "M.yml:2: no es YAML válido (hay un tabulador donde no puede ir)."),
        ("", "M.yml está vacío."),
        ("a: &b c\n", "M.yml:1: en los mapeos no se usan anclas (`&`) ni alias (`*`)."),
    ],
)
def test_a_mapping_that_is_no_yaml(tmp_path: Path, text: str, expected: str) -> None:
    path = tmp_path / "M.yml"
    path.write_text(text)
    with pytest.raises(InputError) as refused:
        read_mapping(str(path))
    assert refused.value.message == expected


def problems(path: Path) -> Iterator[str]:
    for table in open_tables(path):
        for row in table.rows() if isinstance(table, TableFile) else ():
            yield from map(str, row.problems if isinstance(row, RawRow) else [row])


def test_json_names_the_record(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"people": [{"name": "Ana"}, {"name": {"a": 1}}, 5]}))
    assert list(problems(path)) == [
        "a.json/people, registro 2, columna name: el valor contiene otros objetos o listas; "
        "escriba un texto, un número o una lista de ellos",
        "a.json/people, registro 3: un registro es un objeto, como {…}",
    ]
    (tmp_path / "b.jsonl").write_text('{"a": 1 "b": 2}\n')
    assert list(problems(tmp_path / "b.jsonl")) == [
        "b.jsonl:1: esta línea no es un registro JSON: se esperaba una coma (línea 1, columna 9, "
        "carácter 8)"
    ]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK\3\4" + bytes(99))
    with pytest.raises(InputError, match=r"^a\.xlsx está dañado o no es un archivo de ese tipo\."):
        list(problems(tmp_path / "a.xlsx"))
    (tmp_path / "a.csv").write_bytes("name\nJosé\n".encode("cp1252"))
    with pytest.raises(InputError, match=r"^a\.csv no es texto utf-8 \(línea 2\)\. Guárdelo"):
        list(problems(tmp_path / "a.csv"))
    with pytest.raises(
        InputError, match=r"^No se puede leer b\.csv: no existe ese archivo o carpeta"
    ):
        list(problems(tmp_path / "b.csv"))


def test_english_is_said_where_nothing_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("name,name\n")
    with speaking("en"):
        assert list(problems(path)) == ["a.csv:1, column name: the header names this column twice"]
    assert str(Problem("a.csv", 1, "", "", "x")) == "a.csv:1: x"
