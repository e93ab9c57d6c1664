"""What an audience may not see changes nothing that it does see.

Two folders of cases are alike but for what is withheld: then the answers must be alike too, in
whatever way somebody asks. Only the numbers of pseudonyms, drawn by chance, and hashes differ.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.conftest import empty
from tests.folders import write_folder
from tests.test_gates import needs_something
from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from vinculos.commands.query import query as query_command
from vinculos.errors import UsageError
from vinculos.graph.redact import load_withheld
from vinculos.graph.store import Store
from vinculos.loaders.load import load_folder
from vinculos.queries.ask import ask
from vinculos.queries.gates import OPEN
from vinculos.queries.library import list_queries, parse_query
from vinculos.redaction.profile import get_audience
from vinculos.settings import Settings

GIVEN: dict[str, dict[str, str]] = {
    "show_person": {"id": "bruno"},
    "list_family": {"id": "bruno"},
    "show_official": {"id": "dario"},
    "trace_command": {"id": "d-ana"},
    "trace_paths": {"from": "noe", "to": "dario"},
    "around": {"id": "bruno"},
    "list_held": {"as_of": "2025-06-01"},
    "list_stale": {"as_of": "2026-06-01"},
    "list_enforced_disappearances": {"as_of": "2025-06-01"},
}
OWN = (
    "MATCH (n) RETURN n",
    "MATCH ()-[r]->() RETURN r",
    "MATCH (n) RETURN labels(n) AS labels, count(*) AS n",
    "MATCH (n) WHERE NOT n:Load RETURN size(keys(n)) AS fields, n.name AS name, n.title AS title",
    "MATCH (p:Person) RETURN p.name AS name, COUNT { (p)--() } AS ties",
    "MATCH (p:Place) RETURN p.name AS name, COUNT { (p)<-[:HELD_AT]-() } AS held",
    "MATCH (d:Detention) WITH d AS x RETURN x.status AS status, count(*) AS n, "
    "min(x.started_min) AS first",
    "MATCH (s:Source) RETURN s.publisher AS publisher, s.published AS day, count(*) AS n",
    "MATCH (s:Source) RETURN min(s.published) AS first, max(s.published) AS last",
    "MATCH (p:Person) WHERE p.born_min > date('1980-06-01') RETURN count(p) AS n",
    "MATCH (p:Person) WHERE p.born >= '1980-06-01' RETURN count(p) AS n",
    "MATCH (p:Person {born: '1980-05-06'}) RETURN count(p) AS n",
    "MATCH (p:Person {mother_name: 'Madre Inventada Dos'}) RETURN count(p) AS n",
    "MATCH (s:Source {published: '2025-03-01'}) RETURN count(s) AS n",
    "MATCH (p:Person) WITH p AS x RETURN max(x.mother_name) AS a, max(x.born_max) AS b",
)
FOLDER = {
    "sources": """
        source_id,publisher,title,url,published_on,access
        s1,Gazette,First report,https://example.org/1,2025-01-10,
        s2,Radio,Second report,https://example.org/2,2025-06-01,
        s3,{informant},{talk},,{talked},restricted
    """,
    "people": """
        person_id,name,aliases,role_types,gender,is_minor,protected,born,mother_name,summary,source_ids
        ana,Ana Prueba Uno,,detainee,f,,,{born},{mother},Synthetic teacher,s1
        bruno,Bruno Prueba Dos,,opposition_leader,m,,,,,,s1;s3
        carla,Carla Prueba Tres,,detainee,f,,,,,Synthetic trade unionist,s2
        dario,Darío Mando Ficticio,,official,m,,,,,,s1
        noe,Noé Prueba Cinco,,relative,m,,,,,,s2
        {id},{name},{alias},detainee,{gender},,yes,{day_of_birth},{her_mother},{summary},s2;s3
        {child},{child_name},,detainee,m,yes,,,,,s2
    """,
    "detentions": """
        detention_id,person_id,started_on,ended_on,place_id,by_org_id,status,status_as_of,basis,source_ids
        d-ana,ana,2025-01-07,,prison,force,detained,2025-06-01,,s1;s3
        d-carla,carla,2025-02-01,,prison,,detained,2025-03-01,union,s2
        d-{child},{child},2025-01-07,,,,released,2025-02,,s2
        d-{id},{id},{taken},{freed},{place},{force},{status},{as_of},{basis},s2;s3
    """,
    "relationships": """
        from_person_id,to_person_id,kind,detail,held_because_of,detention_id,asserted_by,source_ids
        ana,bruno,in_law_of,sister-in-law,yes,d-ana,Synthetic family,s1;s3
        {child},bruno,child_of,son,alleged,d-{child},,s2
        {id},bruno,{kind},,alleged,d-{id},{name},s2
        {id},noe,sibling_of,,,,,s3
    """,
    "official_involvement": """
        person_id,target_id,role,confidence,source_ids
        dario,d-ana,ordered,documented,s1
        dario,d-carla,announced,alleged,s3
        dario,d-{id},{role},alleged,s2
    """,
    "charges": "charge_id,name_en,name_es,source_ids\nc1,One,Uno,s1\nc2,Two,Dos,s1\n",
    "accusations": """
        subject_id,charge_id,status,source_ids
        d-ana,c1,accused,s3
        d-{id},{charge},accused,s2
    """,
    "contradictions": """
        subject_id,field,value_a,source_a,value_b,source_b
        d-carla,started_on,2025-02-01,s2,2025-02-02,s3
        {id},age,{age},s2,41,s3
    """,
    "places_of_detention": "place_id,name,kind,source_ids\nprison,Cárcel Ficticia,prison,s1\n",
    "organizations": "org_id,name,kind,source_ids\nforce,Cuerpo Ficticio,security_force,s1\n",
}
ONE = {
    "id": "olga",
    "name": "Olga Oculta Prueba",
    "alias": "La Oculta Sintética",
    "her_mother": "Madre Ficticia Una",
    "summary": "Synthetic nurse",
    "child": "adrian",
    "child_name": "Adrián Nombre Sintético",
    "informant": "Archivo Secreto Ficticio",
    "talk": "Interview with a synthetic witness",
    "talked": "2025-03-01",
    "mother": "Madre Inventada Dos",
    "born": "1980-05-06",
    "gender": "f",
    "day_of_birth": "1981-02-03",
    "taken": "2025-01-01",
    "freed": "",
    "place": "prison",
    "force": "force",
    "status": "detained",
    "as_of": "2025-12-31",
    "basis": "other",
    "kind": "friend_of",
    "role": "ordered",
    "charge": "c1",
    "age": "40",
}
NAMES = {
    "id": "wanda",
    "name": "Wanda Velada Ficta",
    "alias": "La Velada",
    "her_mother": "Otra Madre Ficta",
    "summary": "Synthetic nurse",
    "child": "zoilo",
    "child_name": "Zoilo Apodo Ficticio",
    "informant": "Zaguán Reservado",
    "talk": "Talk with somebody invented",
    "talked": "2024-02-02",
    "mother": "Nadie Conocida Ficta",
}
FACTS = {
    # Of those who are not left out the year alone is told.
    "born": "1980-11-30",
    "gender": "m",
    "day_of_birth": "1960-07-08",
    "summary": "Another text",
    "taken": "2024-11-03",
    "freed": "2025-02-01",
    "status": "released",
    "as_of": "2025-03-03",
    "basis": "union",
    "kind": "colleague_of",
    "role": "denounced",
    "charge": "c2",
    "age": "60",
}


def world(folder: Path, said: dict[str, str]) -> Path:
    return write_folder(folder, **{name: text.format(**said) for name, text in FOLDER.items()})


def seen(store: Store, audience: str) -> dict[str, list[str]]:
    """Return what the audience sees of every question, without what chance decides."""
    withheld = load_withheld(store, get_audience(audience))
    questions = [q for q in list_queries() if q.name in GIVEN or not needs_something(q)]
    asked = [(q.name, q, GIVEN.get(q.name, {})) for q in questions]
    asked += [(text, parse_query("-c", text), {}) for text in OWN]
    answers = {}
    for name, query, given in asked:
        rows, _ = ask(store, query, given, OPEN, withheld).redacted(withheld)
        # Of a network what is in it; from which end a tie was come upon is nothing to tell.
        if query.returns_graph:
            rows = [{"part": part} for row in rows for part in parts(list(row.values()))]
        told = map(without_chance, rows)
        answers[name] = sorted(set(told) if query.returns_graph else told)
    return answers


def parts(item: Any) -> Iterator[Any]:
    """Yield what stands in lists, which have no order here, and in lists in them."""
    if isinstance(item, list):
        for element in item:
            yield from parts(element)
    else:
        yield item


def without_chance(row: dict[str, Any]) -> str:
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)
    text = re.sub(r"\b(Minor|Person) \d+", r"\1 N", text)
    text = re.sub(r"\b[0-9a-f]{12,64}\b", "HASH", text)
    return re.sub(r"\d{4}-\d\d-\d\dT[\d:.+]+", "TIME", text)


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return world(tmp_path_factory.mktemp("world") / "cases", {**ONE, **NAMES})


@pytest.fixture
def withheld_world(holding: Callable[[Path], Store], cases: Path) -> Store:
    """Give a store that holds the cases of one world; no test may write to it."""
    return holding(cases)


@pytest.mark.timeout(600)
def test_what_is_withheld_changes_no_answer(store: Store, tmp_path: Path) -> None:
    answers = []
    for number, said in enumerate((ONE, {**ONE, **NAMES, **FACTS})):
        empty(store)
        load_folder(store, world(tmp_path / str(number), said), dataset="cases")
        answers.append(seen(store, "public"))
    one, other = answers
    assert len(one) > 40 and sum(map(len, one.values())) > 300
    for name, rows in one.items():
        assert rows == other[name], name


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (p:Person) RETURN p.name AS name ORDER BY name",
        "MATCH (p:Person) RETURN p.name AS name, count(*) AS n ORDER BY n, name",
        "MATCH (p:Person) WITH DISTINCT p AS x RETURN x.name AS name ORDER BY x.name, x.id",
        "MATCH (p:Person) WITH p ORDER BY p.name RETURN collect(p.name) AS names",
        "RETURN COLLECT { MATCH (p:Person) RETURN p.name ORDER BY p.name } AS names",
        "MATCH (p:Person) RETURN p.id AS id ORDER BY p.is_minor IS NULL, id DESC",
        "MATCH (s:Source) RETURN s.publisher AS publisher ORDER BY publisher",
    ],
)
@pytest.mark.parametrize("audience", ["public", "partner"])
def test_rows_are_in_the_order_of_what_is_shown(
    withheld_world: Store, audience: str, text: str
) -> None:
    withheld = load_withheld(withheld_world, get_audience(audience))
    rows, _ = ask(withheld_world, parse_query("-c", text), {}, OPEN, withheld).redacted(withheld)
    values = [value for row in rows for name, value in row.items() if name != "n"]
    told = values[0] if isinstance(values[0], list) else values
    assert len(told) > 2
    assert told == sorted(told, reverse="DESC" in text)


def test_nobody_withheld_is_counted_between_the_ends_of_a_path(withheld_world: Store) -> None:
    withheld = load_withheld(withheld_world, get_audience("public"))
    several = "MATCH (:Person {key: 'noe'})-[:RELATED_TO*1..3]-(b:Person) RETURN count(*) AS n"
    with pytest.raises(UsageError, match=r"several lengths.*\{1,3\}"):
        ask(withheld_world, parse_query("-c", several), {}, OPEN, withheld)
    steps = (
        "MATCH (:Person {key: 'noe'}) ((a:Person)-[:RELATED_TO]-(b:Person)){1,3} (c:Person) "
        "RETURN count(*) AS n"
    )
    counted = [
        ask(withheld_world, parse_query("-c", text), {}, OPEN, to).rows[0]["n"]
        for text, to in ((several, None), (steps, None), (steps, withheld))
    ]
    # His only tie is to his sister, who is withheld.
    assert counted[0] == counted[1] > 0 == counted[2]


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_the_final_cypher_names_nobody_withheld(
    withheld_world: Store, settings: Settings, audience: str
) -> None:
    words = ["-c", "MATCH (p:Person) RETURN p.name AS name ORDER BY name", "--explain"]
    done = CliRunner().invoke(query_command, [*words, "--audience", audience], obj=settings)
    assert done.exit_code == 0 and "ORDER BY head(" in done.output
    told = [text for name, text in NAMES.items() if name != "summary" and text in done.output]
    assert told == []
