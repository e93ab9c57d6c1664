"""The graph as FollowTheMoney entities: valid by that library, and the same when loaded again."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from followthemoney import model
from followthemoney.types import registry
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import empty
from tests.folders import write_folder
from tests.test_cli import run
from tests.test_export import written
from tests.tiny import STARTER, TINY
from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from tests.tiny import tiny as tiny
from vinculos.errors import UsageError
from vinculos.exports.ftm_entity import entity_id
from vinculos.exports.ftm_schema import FIELDS, SILENT, TOLD_BY_NAME
from vinculos.exports.write import export
from vinculos.graph.decide import decide
from vinculos.graph.model import NODE_TYPES
from vinculos.graph.nationalities import NATIONALITIES
from vinculos.graph.records import NodeRef
from vinculos.graph.redact import load_withheld
from vinculos.graph.store import Store
from vinculos.graph.words import GENDER, KINSHIPS, ORGANIZATION_KIND, ROLE_TYPES
from vinculos.loaders.load import load_folder
from vinculos.redaction.profile import get_audience

FORMAT = "followthemoney"
Entities = dict[str, dict[str, Any]]


def exported(store: Store, path: Path, audience: str = "internal") -> Entities:
    """Return the entities of an export by id, each of which the library finds valid."""
    lines = written(store, FORMAT, path, audience).splitlines()
    entities = [json.loads(line) for line in lines]
    found = {entity["id"]: entity for entity in entities}
    assert len(found) == len(entities), "an id is there twice"
    for entity in entities:
        schema = model.get(entity["schema"])
        assert schema is not None
        schema.validate(entity)
        assert registry.entity.validate(entity["id"])
        for name, values in entity["properties"].items():
            declared = schema.properties[name]
            if declared.range is not None:
                ends = [model.get(found[value]["schema"]) for value in values]
                assert all(end and end.is_a(declared.range) for end in ends)
    return found


def of(entities: Entities, schema: str) -> list[dict[str, Any]]:
    return [e["properties"] for e in entities.values() if e["schema"] == schema]


@pytest.mark.parametrize("folder", [TINY, STARTER], ids=["tiny", "starter"])
def test_the_library_finds_every_entity_valid(
    holding: Callable[[Path], Store], tmp_path: Path, folder: Path
) -> None:
    store = holding(folder)
    entities = exported(store, tmp_path / "graph.ftm.json")
    for label, schema in (("Person", "Person"), ("Case", "CourtCase"), ("Source", "Document")):
        count = store.read(f"MATCH (n:{label}) RETURN count(n) AS n").rows[0]["n"]
        assert len(of(entities, schema)) == count
    count = store.read("MATCH (n:Event|Detention) RETURN count(n) AS n").rows[0]["n"]
    assert len(of(entities, "Event")) == count


CASES = {
    "people": """
        person_id,name,aliases,role_types,gender,nationality,born,died,mother_name,is_minor,source_ids
        ana,Ana Prueba,Anita;La A.,detainee;lawyer,f,Venezuelan;Spanish,1980-05-02,,Eva,,s1;s2
        ivo,Иво Проба,Ivo Prueba,official,m,,1970,2020-01,,,s1
        ida,Ida Prueba,,,,,,,,,s1
        nn,Niña Secreta,,,f,,,,,true,s1
    """,
    "organizations": """
        org_id,name,aliases,kind,parent_org_id,source_ids
        sip,Servicio de Prueba,SIP,intelligence,min,s1
        min,Ministerio de Prueba,,ministry,,s1
        par,Partido de Prueba,,party,,s1
        dia,Diario de Prueba,,media,,s1
    """,
    "relationships": """
        from_person_id,to_person_id,kind,detail,confidence,source_ids
        nn,ana,child_of,daughter,,s1
        ida,ana,sibling_of,sister,,s1
        ana,ida,sibling_of,half-sister,,s2
        ivo,ana,associate_of,socio,alleged,s1
        ida,ivo,lawyer_of,,,s1
    """,
    "positions": """
        person_id,org_id,title,rank,commands,started_on,ended_on,source_ids
        ivo,sip,Director,General,yes,2019-01,2020,s1
        ida,sip,Director,,,,,s1
        ana,par,Secretaria,,,2018,,s1
        ana,dia,Reportera,,,,2017-03-04,s1
    """,
    "places_of_detention": """
        place_id,name,kind,source_ids
        car,Cárcel de Prueba,prison,s1
    """,
    "detentions": """
        detention_id,person_id,started_on,place_id,by_org_id,status,status_as_of,basis,source_ids
        d1,ana,2025-01-07,car,sip,detained,2025-02-01,journalism,s1
    """,
    "charges": """
        charge_id,name_en,name_es,source_ids
        c1,treason,traición,s1
    """,
    "accusations": """
        subject_id,charge_id,status,source_ids
        d1,c1,accused,s1
    """,
    "official_involvement": """
        person_id,target_id,role,source_ids
        ivo,d1,ordered,s1
    """,
    "cases": """
        case_id,name,kind,source_ids
        k1,Caso de Prueba,joint_prosecution,s1
    """,
    "case_members": """
        case_id,person_id,detention_id,role,source_ids
        k1,ana,d1,accused,s1
        k1,ida,,witness,s1
    """,
    "events": """
        event_id,kind,name,started_on,ended_on,concerns_id,source_ids
        e1,sanction,Sanción de Prueba,2021-05,,ivo;sip,s1
        e2,protest,Protesta de Prueba,2020-01-01~,,d1,s1
    """,
    "event_people": """
        event_id,person_id,role,source_ids
        e1,ivo,sanctioned,s1
    """,
    "contradictions": """
        subject_id,field,value_a,source_a,value_b,source_b
        ivo,born,1970,s1,1971,s2
        d1,started_on,2025-01-07,s1,2025-01-08,s2
        d1,basis,journalism,s1,protest,s2
    """,
}  # fmt: skip


@pytest.fixture
def cases(store: Store, tmp_path: Path) -> Store:
    load_folder(store, write_folder(tmp_path / "cases", **CASES))
    return store


def test_what_each_thing_becomes(cases: Store, tmp_path: Path) -> None:
    entities = exported(cases, tmp_path / "graph.ftm.json")
    ana = entities["person-cases.ana"]["properties"]
    assert set(ana.pop("proof")) == {
        entity_id(("Source", row["id"]))
        for row in cases.read("MATCH (s:Source) WHERE s.publisher <> 'Wire' RETURN s.id AS id").rows
    }
    assert {name: sorted(values) for name, values in ana.items()} == {
        "name": ["Ana Prueba"],
        "alias": ["Anita", "La A."],
        "gender": ["female"],
        "nationality": ["es", "ve"],
        "birthDate": ["1980-05-02"],
        "motherName": ["Eva"],
        "keywords": ["detainee", "lawyer"],
        "topics": ["role.lawyer"],
        "sourceUrl": ["https://example.org/1", "https://example.org/2"],
        "publisher": ["Gazette", "Radio"],
    }
    (detention,) = (e for e in of(entities, "Event") if e["keywords"] == ["detention"])
    assert detention["name"] == ["Detention of Ana Prueba"]
    assert detention["involved"] == ["person-cases.ana"]
    assert detention["location"] == ["Cárcel de Prueba"]
    assert sorted(detention["startDate"]) == ["2025-01-07", "2025-01-08"]
    assert "endDate" not in detention
    basis = next(note for note in detention["notes"] if note.startswith("basis"))
    assert basis in (
        "basis (in dispute): journalism / protest",
        "basis (in dispute): protest / journalism",
    )
    assert [note for note in detention["notes"] if note != basis] == [
        "status: detained",
        "status as of: 2025-02-01",
        "charged with: treason (accused)",
    ]
    links = {
        (link["subject"][0], link["role"][0], link["object"][0])
        for link in of(entities, "UnknownLink")
    }
    assert links == {
        ("detention-cases.d1", "arrested by", "organization-cases.sip"),
        ("person-cases.ivo", "ordered", "detention-cases.d1"),
        ("person-cases.ivo", "sanctioned", "event-cases.e1"),
        ("event-cases.e2", "concerns", "detention-cases.d1"),
    }
    schemata = {id: e["schema"] for id, e in entities.items() if id.startswith("organization-")}
    assert schemata == {
        "organization-cases.sip": "PublicBody",
        "organization-cases.min": "PublicBody",
        "organization-cases.par": "Organization",
        "organization-cases.dia": "Organization",
    }
    assert len(of(entities, "Position")) == 1 and len(of(entities, "Occupancy")) == 2
    assert len(of(entities, "Membership")) == len(of(entities, "Employment")) == 1
    assert [p["party"] for p in of(entities, "CourtCaseParty")].count(["person-cases.ana"]) == 1


def test_what_is_alleged_or_disputed_stays_so(cases: Store, tmp_path: Path) -> None:
    entities = exported(cases, tmp_path / "graph.ftm.json")
    assert sorted(entities["person-cases.ivo"]["properties"]["birthDate"]) == ["1970", "1971"]
    (tie,) = (tie for tie in of(entities, "Associate") if "socio" in tie["relationship"])
    assert tie["relationship"] == ["associate of", "socio"]
    assert tie["description"] == ["alleged"]
    assert not any("description" in tie for tie in of(entities, "Family"))


def test_what_has_no_place_is_counted(cases: Store, tmp_path: Path) -> None:
    withheld = load_withheld(cases, get_audience("internal"), "en")
    contents = export(cases, FORMAT, tmp_path / "graph.ftm.json", withheld, "en")
    assert contents.left_out == {
        "Charge": 1,
        "Event.started": 1,
        "HOLDS_POST.commands": 1,
        "HOLDS_POST.rank": 1,
        "Place": 1,
        "Source.origin": 1,
    }


def test_every_field_of_the_model_is_written_or_counted() -> None:
    for label, fields in FIELDS.items():
        known = {field.name for field in NODE_TYPES[label].fields}
        assert {*fields, *SILENT.get(label, ()), *TOLD_BY_NAME.get(label, ())} <= known


def people(store: Store) -> dict[str, Any]:
    rows = store.read("MATCH (n:Person) RETURN n").rows
    return {
        row["n"]["id"]: {
            "name": "minor" if row["n"]["is_minor"] else row["n"]["name"],
            "disputed": sorted(row["n"]["disputed"]),
            **{
                name: sorted(value) if isinstance(value, list) else value
                for name in ("aliases", "gender", "nationality", "born", "died", "mother_name")
                + ("roles", "is_minor", "confidence")
                # Which of several values in dispute shows is a matter of when they were said.
                if name not in row["n"]["disputed"]
                for value in [row["n"].get(name)]
            },
        }
        for row in rows
    }


def bodies(store: Store) -> dict[str, Any]:
    rows = store.read("MATCH (n:Organization) RETURN n").rows
    return {
        row["n"]["id"]: (row["n"]["name"], sorted(row["n"]["aliases"]), row["n"].get("kind"))
        for row in rows
    }


TIES = {
    "RELATED_TO": ("kind", "detail_from", "detail_to", "confidence"),
    "HOLDS_POST": ("title", "started", "ended", "confidence"),
    "PART_OF": (),
    "TOOK_PART": ("role",),
}


def ties(store: Store, ids: Callable[[str, str], str]) -> set[Any]:
    """Return the ties of a graph, their ends called by a function of label and id."""
    found = set()
    for type, fields in TIES.items():
        for row in store.read(
            f"MATCH (a)-[r:{type}]->(b) RETURN labels(a) AS a, a.id AS start, labels(b) AS b, "
            "b.id AS end, properties(r) AS r"
        ).rows:
            start = ids(next(x for x in row["a"] if x in NODE_TYPES), row["start"])
            end = ids(next(x for x in row["b"] if x in NODE_TYPES), row["end"])
            said = [row["r"].get(field) for field in fields]
            if type == "RELATED_TO" and KINSHIPS[row["r"]["kind"]].symmetric and start > end:
                start, end = end, start
                said[1], said[2] = said[2], said[1]
            found.add((type, start, end, *said))
    return found


def again(label: str, id: str) -> str:
    """Return the id that a node has when its export is loaded as the dataset `again`."""
    return f"again:{entity_id((label, id))}"


def check_round_trip(store: Store, folder: Path) -> None:
    """Export the graph, load it into an empty one and compare."""
    before = (
        {again("Person", id): person for id, person in people(store).items()},
        {again("Organization", id): body for id, body in bodies(store).items()},
        ties(store, again),
    )
    exported(store, folder / "again.ftm.json")
    empty(store)
    load_folder(store, folder / "again.ftm.json")
    # What officials did in a detention, they did in the event that stands for it.
    stored = ties(store, lambda label, id: id)
    after = people(store), bodies(store), {tie for tie in stored if ":detention-" not in tie[2]}
    for expected, found in zip(before, after, strict=True):
        assert found == expected


def test_an_export_loaded_again_is_the_same(cases: Store, tmp_path: Path) -> None:
    check_round_trip(cases, tmp_path)


def voices(store: Store) -> tuple[set[Any], dict[str, int]]:
    """Return the sources, and how many publishers stand behind each person.

    But for whom sources disagree on: an entity cites those of all its values together.
    """
    sources = store.read("MATCH (s:Source) RETURN s").rows
    names = ("publisher", "title", "url", "published", "disputed")
    rows = store.read(
        "MATCH (p:Person) WHERE size(p.disputed) = 0 RETURN p.name AS name, p.publishers AS n"
    ).rows
    return (
        {repr([row["s"].get(name) for name in names]) for row in sources},
        {row["name"].rstrip("0123456789"): row["n"] for row in rows},
    )


def test_an_export_loaded_again_rests_on_the_same_sources(cases: Store, tmp_path: Path) -> None:
    before = voices(cases)
    assert before[1]["Ana Prueba"] == 2
    exported(cases, tmp_path / "again.ftm.json")
    empty(cases)
    load_folder(cases, tmp_path / "again.ftm.json")
    assert voices(cases) == before


WORD = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=8)
NAME = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
DAY = st.dates(min_value=date(1900, 1, 1), max_value=date(2030, 1, 1)).map(date.isoformat)
DATE = st.one_of(st.just(""), DAY, DAY.map(lambda day: day[:7]), DAY.map(lambda day: day[:4]))
NATIONALITY = st.sampled_from([names[0] for names in NATIONALITIES.values()])


def listed(items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(items, max_size=3, unique=True).map(";".join)


def _tie_key(tie: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*tie[0], tie[1])


def _post_key(post: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*post[:3], post[3][0])


@st.composite
def random_cases(draw: st.DrawFn) -> dict[str, list[tuple[str, ...]]]:
    """Return rows of people, bodies, ties and posts of any shape, headers first."""
    people = [f"p{number}" for number in range(draw(st.integers(2, 6)))]
    orgs = [f"o{number}" for number in range(draw(st.integers(1, 4)))]
    born = st.tuples(DATE, st.just("")) | st.tuples(st.just(""), DATE)
    role, gender = st.sampled_from(list(ROLE_TYPES)), st.sampled_from(["", *GENDER])
    persons = [
        (
            key,
            draw(NAME),
            draw(listed(NAME)),
            draw(listed(role)),
            draw(gender),
            draw(listed(NATIONALITY)),
            *draw(born),
            draw(st.just("") | NAME),
        )
        for key in people
    ]
    bodies = [
        (
            key,
            draw(NAME),
            draw(listed(NAME)),
            draw(st.sampled_from(["", *ORGANIZATION_KIND])),
            draw(st.sampled_from(["", *orgs[:number]])),
        )
        for number, key in enumerate(orgs)
    ]
    pair = st.permutations(people).map(lambda order: tuple(order[:2]))
    kin = st.tuples(pair, st.sampled_from(list(KINSHIPS)), st.just("") | NAME)
    ties = draw(st.lists(kin, max_size=8, unique_by=_tie_key))
    days = st.lists(DAY, min_size=2, max_size=2).map(sorted) | st.tuples(DATE, st.just(""))
    post = st.tuples(st.sampled_from(people), st.sampled_from(orgs), NAME, days)
    posts = draw(st.lists(post, max_size=6, unique_by=_post_key))
    return {
        "people": [
            ("person_id", "name", "aliases", "role_types", "gender", "nationality", "born", "died")
            + ("mother_name",),
            *persons,
        ],
        "organizations": [("org_id", "name", "aliases", "kind", "parent_org_id"), *bodies],
        "relationships": [
            ("from_person_id", "to_person_id", "kind", "detail"),
            *((*ends, kind, detail) for ends, kind, detail in ties),
        ],
        "positions": [
            ("person_id", "org_id", "title", "started_on", "ended_on"),
            *((person, org, title, *period) for person, org, title, period in posts),
        ],
    }


@given(tables=random_cases())
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.timeout(600)
def test_any_graph_exported_and_loaded_again_is_the_same(
    store: Store, tmp_path: Path, tables: dict[str, list[tuple[str, ...]]]
) -> None:
    empty(store)
    folder = write_folder(tmp_path / "cases")
    for name, rows in tables.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            head, *rest = rows
            csv.writer(file).writerows([(*head, "source_ids"), *((*row, "s1") for row in rest)])
    load_folder(store, folder, dataset="cases")
    check_round_trip(store, tmp_path)


@given(st.tuples(st.text(min_size=1), st.text(min_size=1)), st.text(min_size=1))
def test_an_id_is_safe_and_the_node_s_own(one: tuple[str, str], other: str) -> None:
    ids = {(label, f"{space}:{other}") for label, space in (("Person", one[0]), ("Case", one[1]))}
    ids |= {("Person", f"{one[0]}.{other}"), ("Person", f"{one[0]}:{other}.")}
    made = {entity_id(ref) for ref in ids}
    assert len(made) == len(ids)
    assert all(registry.entity.validate(id) for id in made)
    assert entity_id(("Person", "starter:ana-prueba")) == "person-starter.ana-prueba"


def test_the_command_lists_what_it_left_out(
    tiny: Store, engine_env: dict[str, str], tmp_path: Path
) -> None:
    lost = tmp_path / "lost.json"
    path = tmp_path / "graph.ftm.json"
    words = ["export", FORMAT, str(path), "--left-out", str(lost), "--lang", "es"]
    done = run([*words, "--audience", "internal"], engine_env)
    assert done.returncode == 0, done.stderr
    places = tiny.read("MATCH (p:Place) RETURN count(p) AS n").rows[0]["n"]
    assert json.loads(lost.read_text())["Place"] == places
    assert f"Place {places}" in done.stderr
    done = run(words, engine_env)
    # The public is told no small count.
    assert places < 3 and json.loads(lost.read_text())["Place"] == "menos de 3"
    assert "Place menos de 3" in done.stderr
    assert "no cabe" in done.stderr
    assert "Detención de " in path.read_text("utf-8")
    refused = run(["export", "gexf", str(path), "--left-out", str(lost)], engine_env)
    assert refused.returncode == UsageError.exit_code and "--left-out" in refused.stderr


def test_of_what_is_said_of_a_minor_publisher_and_date_alone_are_told(
    cases: Store, tmp_path: Path
) -> None:
    """An adult's claims cite the same source, which may then be shown whole."""
    entities = exported(cases, tmp_path / "graph.ftm.json", "public")
    (minor,) = (p for p in of(entities, "Person") if p["name"][0].startswith("Minor "))
    assert minor["publisher"] == ["Gazette, 2025-01-10"]
    assert "sourceUrl" not in minor and "proof" not in minor
    (tie,) = (tie for tie in of(entities, "Family") if "daughter" in tie["relationship"])
    assert tie["publisher"] == ["Gazette, 2025-01-10"] and "sourceUrl" not in tie
    assert entities["person-cases.ida"]["properties"]["sourceUrl"] == ["https://example.org/1"]
    empty(cases)
    load_folder(cases, tmp_path / "graph.ftm.json")
    assert [p["name"] for p in people(cases).values() if p["is_minor"]] == ["minor"]


def test_a_protected_person_is_in_no_entity(cases: Store, tmp_path: Path) -> None:
    decide(cases, "protect", NodeRef("Person", "cases:ana"), "asked for it")
    entities = exported(cases, tmp_path / "graph.ftm.json", "public")
    said = json.dumps(entities, ensure_ascii=False)
    assert "Ana Prueba" not in said and "cases.ana" not in said and "Secreta" not in said
    assert not of(entities, "CourtCaseParty") or "cases.ida" in said
