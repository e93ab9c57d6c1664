"""Loading files of any shape through a mapping, into both engines."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from pathlib import Path

import pytest

from tests import workbooks
from tests.graphs import all_nodes, all_relationships
from tests.mappings import LIST, MAPPING, write
from vinculos.errors import InvalidRows, UsageError
from vinculos.graph.store import Store
from vinculos.loaders.load import load_folder

DETAINED = (
    "MATCH (p:Person)-[:DETAINED_IN]->(d:Detention) OPTIONAL MATCH (d)-[:HELD_AT]->(l:Place) "
    "OPTIONAL MATCH (d)-[:CHARGED_WITH]->(c:Charge) "
    "RETURN p.name AS who, d.started AS day, d.status AS status, l.name AS place, "
    "c.name_es AS charge ORDER BY who, charge"
)


def test_rows_of_another_shape_become_people_custodies_and_charges(
    store: Store, tmp_path: Path
) -> None:
    mapping = write(tmp_path, list=LIST)
    loading = load_folder(store, tmp_path / "list.csv", dataset="cases", mapping=str(mapping))
    assert store.read(DETAINED).rows == [
        {
            "who": "Ana Prueba Uno",
            "day": "2025-01-07",
            "status": "detained",
            "place": "Cárcel Ejemplo",
            "charge": "Traición",
        },
        *(
            {
                "who": "Luis Prueba Dos",
                "day": "2025-03",
                "status": "released",
                "place": None,
                "charge": charge,
            }
            for charge in ("Terrorismo", "Traición")
        ),
    ]
    assert [(file.name, file.rows) for file in loading.files] == [("list.csv", 2), ("M.yml", 0)]


def test_claims_name_the_file_the_row_and_the_source_of_the_row(
    store: Store, tmp_path: Path
) -> None:
    mapping = write(tmp_path, list=LIST)
    load_folder(store, tmp_path / "list.csv", dataset="cases", mapping=str(mapping))
    found = store.read(
        "MATCH (c:Claim)-[x:CITES]->(s:Source) WHERE c.table = 'people' "
        "RETURN c.file AS file, c.row AS row, s.url AS url, x.accessed AS accessed ORDER BY row"
    ).rows
    assert found == [
        {"file": "list.csv", "row": 2, "url": "https://example.org/1", "accessed": "2025-02-01"},
        {"file": "list.csv", "row": 3, "url": "https://example.org/2", "accessed": None},
    ]


def test_loading_again_changes_nothing_and_a_changed_row_only_itself(
    store: Store, tmp_path: Path
) -> None:
    mapping = write(tmp_path, list=LIST)
    options = {"dataset": "cases", "mapping": str(mapping)}
    load_folder(store, tmp_path / "list.csv", **options)
    again = load_folder(store, tmp_path / "list.csv", **options).report
    assert again is not None and again.load == ""
    write(tmp_path, list=LIST.replace("07/01/2025", "08/01/2025"))
    changed = load_folder(store, tmp_path / "list.csv", **options).report
    assert changed is not None and changed.counts.updated["claims"] == 1
    head, first, second = textwrap.dedent(LIST).strip().splitlines()
    (tmp_path / "list.csv").write_text("\n".join((head, second)))
    load_folder(store, tmp_path / "list.csv", **options, replace=True)
    assert {row["who"] for row in store.read(DETAINED).rows} == {"Luis Prueba Dos"}


def test_one_graph_whatever_the_format(store: Store, tmp_path: Path) -> None:
    mapping = write(tmp_path, list=LIST)
    rows = list(csv.reader(io.StringIO(textwrap.dedent(LIST).strip()), delimiter=";"))
    rows = [[cell.strip() for cell in row] for row in rows]
    workbooks.write_xlsx(tmp_path / "list.xlsx", {"list": rows})
    workbooks.write_ods(tmp_path / "list.ods", {"list": rows})
    workbooks.write_zip(tmp_path / "list.zip", {"list": rows})
    records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    (tmp_path / "list.json").write_text(json.dumps(records))
    (tmp_path / "list.jsonl").write_text("\n".join(map(json.dumps, records)))
    (tmp_path / "list.tsv").write_text("\n".join("\t".join(row) for row in rows))
    graphs = []
    for suffix in ("csv", "xlsx", "ods", "zip", "json", "jsonl", "tsv"):
        store.write("MATCH (n) DETACH DELETE n")
        load_folder(store, tmp_path / f"list.{suffix}", dataset="cases", mapping=str(mapping))
        ties = all_relationships(store)
        graphs.append(
            (
                all_nodes(store, but=("Load", "Lock", "Claim")),
                {tie for tie in ties if tie[0] not in ("ABOUT", "CITES", "IN")},
            )
        )
    assert len(graphs[0][0]) > 5 and len(graphs[0][1]) > 5
    assert all(graph == graphs[0] for graph in graphs)


def test_rows_with_problems_are_set_aside_and_load_again_when_corrected(
    store: Store, tmp_path: Path
) -> None:
    bad = LIST + "    Prueba Tres;Eva;300;32/13/2025;Preso;;;Gaceta;https://example.org/1;\n"
    mapping = write(tmp_path, list=bad)
    options = {"dataset": "cases", "mapping": str(mapping)}
    with pytest.raises(InvalidRows) as refused:
        load_folder(store, tmp_path / "list.csv", **options)
    (problem,) = refused.value.problems
    assert (problem.file, problem.line, problem.value) == ("list.csv", 4, "32/13/2025")
    assert problem.column == "Fecha de detención (M.yml:17)"
    loading = load_folder(store, tmp_path / "list.csv", **options, skip_invalid=True)
    (path,) = loading.rejected
    assert {row["who"] for row in store.read(DETAINED).rows} == {
        "Ana Prueba Uno",
        "Luis Prueba Dos",
    }
    path.write_text(path.read_text("utf-8-sig").replace("32/13/2025", "31/12/2025"))
    load_folder(store, path.parent, **options)
    days = {row["who"]: row["day"] for row in store.read(DETAINED).rows}
    assert days["Eva Prueba Tres"] == "2025-12-31"


def test_what_a_row_set_aside_was_the_first_to_say_another_row_still_says(
    store: Store, tmp_path: Path
) -> None:
    good = "    Prueba Tres;Eva;300;31/12/2025;Preso;;;Gaceta;https://example.org/1;\n"
    mapping = write(tmp_path, list=LIST.replace("07/01/2025", "32/01/2025") + good)
    load_folder(
        store, tmp_path / "list.csv", dataset="cases", mapping=str(mapping), skip_invalid=True
    )
    found = store.read(
        "MATCH (c:Claim)-[:CITES]->(s:Source) WHERE s.url = 'https://example.org/1' "
        "RETURN s.publisher AS publisher, c.table AS table, c.row AS row ORDER BY table"
    ).rows
    assert found == [
        {"publisher": "Gaceta", "table": table, "row": 4}
        for table in ("detentions", "people", "sources")
    ]


MINORS = """
    let: {person: {from: "{Código}", as: "p-{}"}, source: "s1"}
    columns: {source_ids: "s1"}
    rows:
      - sources: {source_id: "s1", publisher: Gaceta}
      - people:
          person_id: "{person}"
          name: "{Nombre}"
          is_minor: {from: "{Menor}", words: {sí: "true", no: "false"}}
      - detentions:
          detention_id: "d-{Código}"
          person_id: "{person}"
          started_on: {from: "{Fecha}", date: dd/mm/yyyy}
"""
CHILDREN = """
    Código,Nombre,Menor,Fecha
    1,Niña Prueba Secreta,sí,{}
    2,Luis Prueba,no,01/02/2025
"""


def test_no_name_of_a_minor_is_stored_or_told(store: Store, tmp_path: Path) -> None:
    mapping = write(tmp_path, MINORS, list=CHILDREN.format("07/01/2025"))
    options = {"dataset": "cases", "mapping": str(mapping)}
    load_folder(store, tmp_path / "list.csv", **options)
    said = str(all_nodes(store, but=("Lock",))) + str(all_relationships(store))
    assert "Luis Prueba" in said and "Secreta" not in said
    for day, mark in (("Niña Prueba Secreta", "sí"), ("Niña Prueba Secreta", "tal vez")):
        write(tmp_path, MINORS, list=CHILDREN.replace("sí", mark).format(day))
        with pytest.raises(InvalidRows) as refused:
            load_folder(store, tmp_path / "list.csv", **options)
        assert "Secreta" not in "".join(map(str, refused.value.problems))
        folder = tmp_path / f"rejected-{mark}"
        done = load_folder(
            store, tmp_path / "list.csv", **options, skip_invalid=True, rejected=folder
        )
        assert done.rejected_rows == 1
        assert "Secreta" not in "".join(path.read_text() for path in done.rejected)


def test_where_columns_are_mixed_up_nothing_of_the_list_is_repeated(
    store: Store, tmp_path: Path
) -> None:
    text = """
        Menor,Código,Nombre,Fecha
        1,Ana Prueba,sí,07/01/2025
        2,,Luis Prueba,Niña Prueba Secreta
    """
    mapping = write(tmp_path, MINORS, list=text)
    with pytest.raises(InvalidRows) as refused:
        load_folder(store, tmp_path / "list.csv", dataset="cases", mapping=str(mapping))
    said = "".join(map(str, refused.value.problems))
    assert "list.csv:3, column Fecha (M.yml:12)" in said and "Secreta" not in said


def test_two_sources_of_one_thing_are_two_claims(store: Store, tmp_path: Path) -> None:
    text = """
        Cuerpo,Jefe,Fuente
        Cuerpo Ejemplo,Dirección Ejemplo,a
        Cuerpo Ejemplo,Dirección Ejemplo,b
    """
    mapping = """
        let: {body: {from: "{Cuerpo}", key: slug}, chief: {from: "{Jefe}", key: slug}}
        columns: {source_ids: "{Fuente}"}
        rows:
          - sources: {source_id: "{Fuente}", publisher: "Medio {Fuente}"}
          - organizations: {org_id: "{chief}", name: "{Jefe}"}
          - organizations: {org_id: "{body}", name: "{Cuerpo}", parent_org_id: "{chief}"}
    """
    path = write(tmp_path, mapping, list=text)
    load_folder(store, tmp_path / "list.csv", dataset="cases", mapping=str(path))
    (row,) = store.read(
        "MATCH (a:Organization)-[r:PART_OF]->(b:Organization) "
        "RETURN a.name AS a, b.name AS b, size(r.claims) AS claims, size(r.sources) AS sources"
    ).rows
    assert row == {"a": "Cuerpo Ejemplo", "b": "Dirección Ejemplo", "claims": 2, "sources": 2}


def test_a_table_and_a_mapping_do_not_go_together(store: Store, tmp_path: Path) -> None:
    mapping = write(tmp_path, MAPPING, list=LIST)
    with pytest.raises(UsageError, match="one of the two"):
        load_folder(store, tmp_path / "list.csv", mapping=str(mapping), table="people")
