"""Loading the simple shape: one graph from files and workbook, and what is wrong told plainly."""

from __future__ import annotations

import csv
import textwrap
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.graphs import all_nodes, all_relationships
from vinculos.errors import InvalidRows, UsageError
from vinculos.graph.store import Store
from vinculos.loaders.load import load_folder
from vinculos.loaders.simple_template import write_simple

DETAINEES = """
    Nombre,Fecha de detención,Organismo que detuvo,Situación,Detenido a causa de,Vínculo con esa persona,Fuente,Fecha de la fuente
    Persona Sintética Uno,07/01/2025,Fuerza Ejemplo,Preso,Persona Sintética Dos,yerno,Gaceta Ejemplo,2025-01-10
    Persona Sintética Tres,2025-02,,liberado,,,Radio Ejemplo,2025-02-10
"""  # noqa: E501
RELATIVES = """
    Nombre,Detenido,Vínculo,Menor de edad,Fuente,Fecha de la fuente
    Persona Sintética Cuatro,Persona Sintética Uno,esposa,,Gaceta Ejemplo,2025-01-10
    hijo 1,Persona Sintética Uno,hijo,sí,Gaceta Ejemplo,2025-01-10
"""


def folder_of(folder: Path, **sheets: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in sheets.items():
        (folder / f"{name}.csv").write_text(textwrap.dedent(text).lstrip(), "utf-8")
    return folder


def graph_of(store: Store) -> Any:
    nodes = all_nodes(store, but=("Load", "Lock", "Claim"))
    return nodes, {tie for tie in all_relationships(store) if tie[0] not in ("ABOUT", "CITES")}


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_example_is_one_graph_as_files_and_as_a_workbook(
    store: Store, tmp_path: Path, lang: str
) -> None:
    write_simple(tmp_path / "files", lang, workbook=False)
    write_simple(tmp_path / "book", lang, workbook=True)
    load_folder(store, tmp_path / "files" / "example", dataset="cases")
    found = graph_of(store)
    assert len(found[0]) > 10 and len(found[1]) > 5
    store.write("MATCH (n) DETACH DELETE n")
    loading = load_folder(store, tmp_path / "book" / "example", dataset="cases")
    assert loading.notes == []
    assert graph_of(store) == found
    for options in ({}, {"replace": True}):
        again = load_folder(store, tmp_path / "book" / "example", dataset="cases", **options).report
        assert again is not None and again.load == ""


def test_a_row_becomes_people_custody_and_hostage_edge(store: Store, tmp_path: Path) -> None:
    load_folder(store, folder_of(tmp_path / "casos", detenidos=DETAINEES, familiares=RELATIVES))
    (edge,) = store.read(
        "MATCH (p:Person)-[:DETAINED_IN]->(d:Detention)-[b:BECAUSE_OF]->(t:Person) "
        "RETURN p.name AS who, d.started AS day, t.name AS whom, b.confidence AS how"
    ).rows
    assert edge == {
        "who": "Persona Sintética Uno",
        "day": "2025-01-07",
        "whom": "Persona Sintética Dos",
        "how": "alleged",
    }
    names = {row["n"] for row in store.read("MATCH (p:Person) RETURN p.name AS n").rows}
    assert {name.rstrip("0123456789") for name in names} == {
        *(f"Persona Sintética {word}" for word in ("Uno", "Dos", "Tres", "Cuatro")),
        "minor ",
    }


def test_added_rows_and_a_changed_one_touch_only_themselves(store: Store, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "casos", detenidos=DETAINEES, familiares=RELATIVES)
    load_folder(store, folder)
    before = graph_of(store)
    head, first, *rest = textwrap.dedent(DETAINEES).strip().splitlines()
    added = "Persona Sintética Nueve,2025-03-01,,preso,,,Radio Ejemplo,2025-03-02"
    (folder / "detenidos.csv").write_text("\n".join([head, added, first, *rest]) + "\n")
    report = load_folder(store, folder).report
    assert report is not None and not report.counts.updated["claims"]
    nodes, ties = graph_of(store)
    assert before[0].items() <= nodes.items() and before[1] <= ties


def test_problems_are_told_in_the_user_s_own_words_and_set_aside(
    store: Store, tmp_path: Path
) -> None:
    bad = DETAINEES + "    Persona Sintética Cinco,01/13/2025,,presso,,,,\n"
    folder = folder_of(tmp_path / "casos", detenidos=bad, familiares=RELATIVES)
    with pytest.raises(InvalidRows) as refused:
        load_folder(store, folder)
    assert [(p.file, p.line, p.column) for p in refused.value.problems] == [
        ("detenidos.csv", 4, "Fecha de detención"),
        ("detenidos.csv", 4, "Situación"),
        ("detenidos.csv", 4, "Fuente"),
    ]
    loading = load_folder(store, folder, skip_invalid=True)
    (path,) = loading.rejected
    (row,) = csv.DictReader(path.read_text("utf-8-sig").splitlines())
    assert row["Nombre"] == "Persona Sintética Cinco"
    good = {"Fecha de detención": "13/01/2025", "Situación": "preso", "Fuente": "Radio Ejemplo"}
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerow(row | good)
    again = load_folder(store, path.parent, dataset="casos", space="casos")
    assert again.notes == []
    days = store.read("MATCH (d:Detention) RETURN d.started AS day ORDER BY day").rows
    assert [row["day"] for row in days] == ["2025-01-07", "2025-01-13", "2025-02"]


def test_what_refers_to_a_row_with_a_problem_is_told_so(store: Store, tmp_path: Path) -> None:
    bad = DETAINEES.replace("Preso", "presso")
    folder = folder_of(tmp_path / "casos", detenidos=bad, familiares=RELATIVES)
    with pytest.raises(InvalidRows) as refused:
        load_folder(store, folder)
    first, *others = refused.value.problems
    assert (first.file, first.line, first.column) == ("detenidos.csv", 2, "Situación")
    assert {(p.file, p.line, p.message) for p in others} == {
        (
            "familiares.csv",
            line,
            "the row that describes `persona-sintetica-uno` has a problem itself",
        )
        for line in (2, 3)
    }


def test_no_name_of_a_minor_is_stored_or_told(store: Store, tmp_path: Path) -> None:
    child = "    Niña Sintética Secreta,Persona Sintética Uno,hija,{},Gaceta Ejemplo,{}\n"
    folder = folder_of(
        tmp_path / "casos",
        detenidos=DETAINEES,
        familiares=RELATIVES + child.format("sí", "2025-01-10"),
    )
    load_folder(store, folder)
    said = str(all_nodes(store, but=("Lock",))) + str(all_relationships(store))
    assert "Secreta" not in said and "secreta" not in said
    folder_of(folder, familiares=RELATIVES + child.format("sí", "not a day"))
    with pytest.raises(InvalidRows) as refused:
        load_folder(store, folder)
    assert "Secreta" not in "".join(map(str, refused.value.problems))
    loading = load_folder(store, folder, skip_invalid=True)
    assert "Secreta" not in "".join(path.read_text() for path in loading.rejected)


def test_replacing_needs_all_sheets(store: Store, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "casos", detenidos=DETAINEES, familiares=RELATIVES)
    with pytest.raises(UsageError, match="some are missing"):
        load_folder(store, folder, replace=True)


def test_a_workbook_s_explanations_are_passed_over(store: Store, tmp_path: Path) -> None:
    (*_, path) = write_simple(tmp_path / "book", "es", workbook=True)
    titles = openpyxl.load_workbook(path).sheetnames
    assert len(titles) > 4
    loading = load_folder(store, path, dataset="cases")
    assert len(loading.files) == 4 and loading.notes == []
