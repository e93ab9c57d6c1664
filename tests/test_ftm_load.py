"""Loading FollowTheMoney entities: what each becomes, in any order, and what is wrong with them."""

from __future__ import annotations

import json
import random
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.checks import check_nodes, check_rels
from tests.ftm import entity, write_entities
from tests.graphs import all_nodes, all_relationships
from tests.test_cli import PROGRAM, run
from vinculos.errors import InputError, InvalidRows
from vinculos.graph.store import Store
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.ftm_schema import EDGES, THINGS
from vinculos.loaders.load import load_folder

ANA = entity(
    "ana",
    "Person",
    name=["Анна Проба", "Prueba, Ana", "Ana Prueba"],
    alias="Anita",
    weakAlias="La A.",
    firstName="Ana",
    birthDate=["1980", "1980-05-02"],
    gender="female",
    nationality="ve",
    citizenship="it",
    topics=["role.lawyer", "role.pep"],
    position="Jefa de Prueba",
    summary="Una frase.",
    sourceUrl="https://example.org/ana",
    publisher="Gaceta de Prueba",
    retrievedAt="2024-05-06T10:00:00",
) | {"caption": "Ana Prueba"}
BERTA = entity("berta", "Person", firstName="Berta", lastName="Prueba", birthDate="1950-01")
CIRO = entity("ciro", "Person", name="Ciro Prueba")
SERVICE = entity(
    "sebip", "PublicBody", name="Servicio de Prueba", classification="intelligence", parent="min"
)
MINISTRY = entity("min", "Organization", name="Ministerio de Prueba", alias="МП", topics="role.pep")
POSITION = entity("post", "Position", name="Ministra de Prueba", country="ve")
ENTITIES = [
    entity("fam", "Family", person="ana", relative="berta", relationship="mother"),
    entity(
        "emp", "Employment", employee="ana", employer="sebip", role="Directora", startDate="2020"
    ),
    entity("occ", "Occupancy", holder="berta", post="post", startDate="2019-01", endDate="2020"),
    entity("mem", "Membership", member="ciro", organization="min"),
    entity("dir", "Directorship", director="ciro", organization="firm", role="Presidente"),
    entity("aso", "Associate", person="ana", associate="ciro", relationship="socio"),
    entity("ami", "Associate", person="berta", associate="ciro", relationship="friend"),
    entity(
        "san",
        "Sanction",
        entity=["ciro", "firm"],
        authority="Oficina",
        program="PRUEBA",
        startDate="2019-01-02",
        reason="no place for this",
    ),
    entity("parte", "CourtCaseParty", case="caso", party="ciro", role="acusado"),
    entity("testigo", "CourtCaseParty", case="caso", party="ana", role="witness"),
    entity("juez", "CourtCaseParty", case="caso", party="berta", role="judge"),
    entity("ul", "UnknownLink", subject="berta", object="acto", role="witness"),
    entity("ul2", "UnknownLink", subject="berta", object="ciro", role="something else"),
    entity("acto", "Event", name="Protesta", keywords="protest", involved="ana", date="2020-02-02"),
    entity("firm", "Company", name="Firma de Prueba"),
    entity("caso", "CourtCase", name="Caso de Prueba", category="joint_prosecution"),
    entity("casa", "Address", full="Calle 1"),
    entity("casa2", "Address", full="Calle 2"),
    ANA,
    BERTA,
    CIRO,
    SERVICE,
    MINISTRY,
    POSITION,
]
LEFT_OUT = {
    "Address": 2,
    "Person.topics": 1,
    "Person.position": 1,
    "Organization.topics": 1,
    "Position.country": 1,
    "Sanction.reason": 1,
    "CourtCaseParty": 1,
    "UnknownLink": 1,
}


def things(store: Store) -> Any:
    """Return the graph without the lines that its claims stand in."""
    return all_nodes(store, but=("Load", "Lock", "Claim")), all_relationships(store)


def test_each_schema_becomes_what_it_means(store: Store, tmp_path: Path) -> None:
    loading = load_folder(store, write_entities(tmp_path / "prueba.ftm.json", *ENTITIES))
    assert loading.dataset == "prueba"
    assert loading.left_out == LEFT_OUT
    check_nodes(
        store,
        "Person",
        ("key", "name", "aliases", "born", "gender", "nationality", "roles", "disputed"),
        [
            (
                "ana",
                "Ana Prueba",
                ("Анна Проба", "Prueba, Ana", "Anita", "La A."),
                "1980-05-02",
                "f",
                ("Venezuelan", "Italian"),
                ("lawyer",),
                (),
            ),
            ("berta", "Berta Prueba", (), "1950-01", None, (), (), ()),
            ("ciro", "Ciro Prueba", (), None, None, (), (), ()),
        ],
    )
    check_nodes(
        store,
        "Organization",
        ("key", "name", "aliases", "kind"),
        [
            ("sebip", "Servicio de Prueba", (), "intelligence"),
            ("min", "Ministerio de Prueba", ("МП",), None),
            ("firm", "Firma de Prueba", (), "company"),
            ("post", "[Ministra de Prueba]", (), None),
        ],
    )
    check_nodes(store, "Case", ("key", "kind"), [("caso", "joint_prosecution")])
    check_nodes(
        store,
        "Event",
        ("key", "name", "kind", "started"),
        [
            ("acto", "Protesta", "protest", "2020-02-02"),
            ("san", "Oficina: PRUEBA", "sanction", "2019-01-02"),
        ],
    )
    check_rels(
        store,
        "Person",
        "RELATED_TO",
        "Person",
        [
            ("prueba:berta", "prueba:ana", "parent_of", "mother", None),
            ("prueba:ana", "prueba:ciro", "associate_of", None, "socio"),
            ("prueba:berta", "prueba:ciro", "friend_of", None, "friend"),
        ],
        ("kind", "detail_from", "detail_to"),
    )
    check_rels(
        store,
        "Person",
        "HOLDS_POST",
        "Organization",
        [
            ("prueba:ana", "prueba:sebip", "Directora", "2020", None),
            ("prueba:berta", "prueba:post", "Ministra de Prueba", "2019-01", "2020"),
            ("prueba:ciro", "prueba:min", "member", None, None),
            ("prueba:ciro", "prueba:firm", "Presidente", None, None),
        ],
        ("title", "started", "ended"),
    )
    check_rels(store, "Organization", "PART_OF", "Organization", [("prueba:sebip", "prueba:min")])
    check_rels(
        store,
        "Person",
        "TOOK_PART",
        "Event",
        [("prueba:berta", "prueba:acto", "witness"), ("prueba:ciro", "prueba:san", "sanctioned")],
        ("role",),
    )
    check_rels(
        store,
        "Event",
        "CONCERNS",
        "Person",
        [("prueba:acto", "prueba:ana"), ("prueba:san", "prueba:ciro")],
    )
    check_rels(store, "Event", "CONCERNS", "Organization", [("prueba:san", "prueba:firm")])
    check_rels(
        store,
        "Person",
        "PART_OF_CASE",
        "Case",
        [("prueba:ciro", "prueba:caso", "accused"), ("prueba:ana", "prueba:caso", "witness")],
        ("role",),
    )


def test_a_claim_says_file_line_source_and_days(store: Store, tmp_path: Path) -> None:
    path = write_entities(tmp_path / "prueba.ftm.json", BERTA, ANA)
    load_folder(store, path)
    rows = store.read(
        "MATCH (c:Claim)-[r:CITES]->(s:Source) WHERE c.table = 'people' RETURN c.key AS key, "
        "c.file AS file, c.row AS line, c.as_of AS day, r.accessed AS seen, s.publisher AS who, "
        "s.url AS url ORDER BY line"
    ).rows
    assert [tuple(row.values()) for row in rows] == [
        ("prueba:berta", "prueba.ftm.json", 1, None, None, "prueba", None),
        (
            "prueba:ana",
            "prueba.ftm.json",
            2,
            "2024-05-06",
            "2024-05-06",
            "Gaceta de Prueba",
            "https://example.org/ana",
        ),
    ]


def test_sources_are_counted_once(store: Store, tmp_path: Path) -> None:
    """Two datasets of one entity, or two links of one dataset, are not two voices."""
    merged = entity("m", "Person", name="Ana Prueba") | {"datasets": ["b", "a"]}
    links = entity(
        "l",
        "Person",
        name="Eva Prueba",
        sourceUrl=["https://example.org/1", "https://example.org/2"],
    )
    bare = {"id": "n", "schema": "Person", "properties": {"name": "Ida Prueba"}}
    document = entity(
        "doc",
        "Document",
        fileName="informe.pdf",
        title="Informe",
        publisher="Quien Informa",
        sourceUrl="https://example.org/informe",
        publishedAt="2021",
    )
    proved = entity("p", "Person", name="Leo Prueba", proof="doc", publisher="Quien Informa")
    linked = entity("q", "Person", name="Sol Prueba", sourceUrl="https://example.org/informe")
    load_folder(
        store,
        write_entities(tmp_path / "x.ftm.json", merged, links, linked, bare, document, proved),
    )
    check_nodes(store, "Person", ("key", "publishers"), [(key, 1) for key in "mlnpq"])
    check_nodes(
        store,
        "Source",
        ("publisher", "title", "url", "published"),
        [
            ("a, b", None, None, None),
            ("prueba", None, "https://example.org/1", None),
            ("prueba", None, "https://example.org/2", None),
            ("x", None, None, None),
            ("Quien Informa", "Informe", "https://example.org/informe", "2021"),
        ],
    )


def test_values_that_differ_are_in_dispute(store: Store, tmp_path: Path) -> None:
    ana = entity("a", "Person", name="Ana Prueba", birthDate=["1980", "1981-02"], motherName="Eva")
    load_folder(store, write_entities(tmp_path / "x.ftm.json", ana))
    check_nodes(store, "Person", ("mother_name", "disputed"), [("Eva", ("born",))])
    assert len(store.read("MATCH (c:Claim) WHERE c.table = 'people' RETURN c").rows) == 2


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_entities_makes_no_difference(store: Store, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "prueba.ftm.json"
    load_folder(store, write_entities(path, *ENTITIES))
    before = things(store)
    mixed = random.Random(seed).sample(ENTITIES, len(ENTITIES))
    again = load_folder(store, write_entities(path, *mixed)).report
    assert again is not None and again.load == ""
    assert things(store) == before


def test_what_a_file_no_longer_has_goes_when_it_replaces(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "prueba.ftm.json"
    load_folder(store, write_entities(path, *ENTITIES))
    load_folder(store, write_entities(path, CIRO), replace=True)
    check_nodes(store, "Person", ("key",), [("ciro",)])
    assert store.read("MATCH ()-[r:RELATED_TO|HOLDS_POST]->() RETURN r").rows == []


def test_no_name_of_a_minor_is_stored_or_told(store: Store, tmp_path: Path) -> None:
    child = entity(
        "n", "Person", name="Niña Sintética", alias="Нина", birthDate="2015", retrievedAt="2024"
    )
    told = entity("c", "Person", name="Ciro Prueba", summary="Padre de Niña Sintética.")
    path = write_entities(tmp_path / "x.ftm.json", child, told)
    load_folder(store, path)
    said = str(all_nodes(store, but=("Lock",)))
    assert "Sintética" not in said and "Нина" not in said and "Padre de" in said
    broken = entity("n", "Person", name="Niña Sintética", birthDate="2015-13")
    again = entity("n", "Person", name="Niña Sintética")
    write_entities(path, broken, again, told | {"schema": "Family"})
    with pytest.raises(InvalidRows) as refused:
        load_folder(store, path)
    assert refused.value.count == 3
    assert "Sintética" not in "".join(map(str, refused.value.problems))
    loading = load_folder(store, path, skip_invalid=True)
    assert "Sintética" not in "".join(file.read_text() for file in loading.rejected)


def person(properties: str) -> str:
    return f'{{"id": "a", "schema": "Person", "properties": {{{properties}}}}}'


def edge(schema: str, properties: str) -> str:
    return person(properties).replace("Person", schema)


BAD: list[tuple[str, int, str, str]] = [
    (person('"name": ["A"], "birthDate": ["31/12/1990"]'), 1, "birthDate", "no date"),
    (person(""), 1, "name", "has no name"),
    (person('"name": [{"id": "b"}]'), 1, "name", "nested"),
    (person('"name": [["b"]]'), 1, "name", "nested"),
    (person('"name": ["x\\u0000"]'), 1, "name", "NUL"),
    (person('"name": ["x"], "name": ["y"]'), 1, "name", "twice"),
    ('{"id": "a", "schema": "Person", "properties": ["x"]}', 1, "properties", "object"),
    ('{"schema": "Person", "properties": {}}', 1, "id", "missing"),
    ('{"id": 5, "schema": "Person"}', 1, "id", "no text"),
    ('{"id": "a", "properties": {}}', 1, "schema", "missing"),
    (edge("Family", '"person": ["b"]'), 1, "relative", "names no"),
    (edge("Family", '"person": ["b"], "relative": ["c"]'), 1, "relative", "no person `c`"),
    (edge("Occupancy", '"holder": ["b"], "post": ["c"]'), 1, "post", "no Position"),
    ('{"canonical_id": "a", "prop": "name", "value": "x"}', 1, "", "statement"),
    ("\n[1]", 2, "", "one a line"),
    ("[" * 100_000, 1, "", "nested too deeply"),
    ('{"id": "a", "schema": "Pers', 1, "", "no JSON"),
]


@pytest.mark.parametrize(("text", "line", "column", "why"), BAD)
def test_a_bad_line_is_named_with_its_reason(
    store: Store, tmp_path: Path, text: str, line: int, column: str, why: str
) -> None:
    path = tmp_path / "x.ftm.json"
    path.write_text(text + "\n", "utf-8")
    with pytest.raises(InvalidRows) as refused:
        load_folder(store, path)
    problems = [p for p in refused.value.problems if p.column == column and why in p.message]
    assert [(p.file, p.line) for p in problems] == [("x.ftm.json", line)]


def test_an_id_twice_is_no_second_entity(store: Store, tmp_path: Path) -> None:
    twice = write_entities(tmp_path / "x.ftm.json", BERTA, CIRO, BERTA)
    with pytest.raises(InvalidRows) as refused:
        load_folder(store, twice)
    (problem,) = refused.value.problems
    assert (problem.line, problem.column) == (3, "id") and "x.ftm.json:1" in problem.message


def test_what_was_set_aside_is_corrected_and_loaded(store: Store, tmp_path: Path) -> None:
    late = entity("eva", "Person", name="Eva Prueba", deathDate="2020-99")
    path = write_entities(tmp_path / "x.ftm.json", ANA, late)
    loading = load_folder(store, path, skip_invalid=True)
    assert [file.name for file in loading.rejected] == ["x.ftm.json"]
    (said,) = (json.loads(line) for line in loading.rejected[0].read_text().splitlines())
    assert said.pop("problem").startswith("deathDate: ") and said == late
    said["properties"]["deathDate"] = ["2020-09"]
    loading.rejected[0].write_text(json.dumps(said) + "\n")
    load_folder(store, loading.rejected[0].parent, dataset="x")
    check_nodes(store, "Person", ("key", "died"), [("ana", None), ("eva", "2020-09")])


def test_ids_that_are_no_keys_still_join(store: Store, tmp_path: Path) -> None:
    odd = entity("urn:x:1;2@3", "Person", name="Ana Prueba")
    tie = entity("t" * 300, "Family", person="urn:x:1;2@3", relative="b", relationship="sister")
    load_folder(
        store, write_entities(tmp_path / "x.ftm.json", tie, odd, entity("b", "Person", name="Eva"))
    )
    assert (
        len(store.read("MATCH (:Person)-[r:RELATED_TO {kind: 'sibling_of'}]->() RETURN r").rows)
        == 1
    )


def test_the_command_tells_what_found_no_place(
    store: Store, engine_env: dict[str, str], tmp_path: Path
) -> None:
    path = write_entities(tmp_path / "entities.jsonl", *ENTITIES)
    done = run(["load", str(path), "--format", "ftm", "--dataset", "x", "--json"], engine_env)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["left_out"] == LEFT_OUT
    told = run(["load", str(path), "--format", "ftm", "--dataset", "x", "--check"], engine_env)
    assert "Address 2" in told.stdout and "Sanction.reason 1" in told.stdout


def test_entities_come_from_folders_archives_and_standard_input_too(
    store: Store, engine_env: dict[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    write_entities(folder / "ties.ftm.json", entity("f", "Family", person="ana", relative="berta"))
    write_entities(folder / "people.ftm.json", ANA, BERTA)
    load_folder(store, folder)
    before = things(store)
    assert len(store.read("MATCH ()-[r:RELATED_TO]->() RETURN r").rows) == 1
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
        for path in folder.iterdir():
            archive.write(path, path.name)
    again = load_folder(store, tmp_path / "x.zip").report
    assert again is not None and again.load == "" and things(store) == before
    words = ["load", "-", "--format", "ftm", "--dataset", "x", "--json"]
    done = subprocess.run(
        [*PROGRAM, *words],
        env=engine_env,
        input=(folder / "people.ftm.json").read_text("utf-8"),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    # All that it says is said already, by another file.
    assert json.loads(done.stdout)["counts"]["nodes"]["created"] == 0


def test_entities_take_no_table_and_no_mapping(store: Store, tmp_path: Path) -> None:
    mapping = tmp_path / "m.yml"
    mapping.write_text('rows:\n  - people: {person_id: "{id}", name: "{name}", source_ids: s1}\n')
    path = write_entities(tmp_path / "x.ftm.json", ANA)
    for options in ({"table": "people"}, {"mapping": mapping}):
        with pytest.raises(InputError, match="FollowTheMoney entities"):
            load_folder(store, path, **options)


def test_every_column_of_the_declaration_is_one_of_its_table() -> None:
    for thing in THINGS.values():
        names = {column.name for column in TABLES[thing.table].all_columns}
        assert {*thing.columns, *thing.fixed} <= names
    for edge in (edge for edges in EDGES.values() for edge in edges):
        names = {column.name for column in TABLES[edge.table].all_columns}
        ends: set[Any] = {end.column for end in edge.ends}
        assert {*edge.columns, edge.word, *ends} | ({edge.detail} - {""}) <= names
