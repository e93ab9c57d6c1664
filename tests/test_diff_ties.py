"""What has changed in kinship, posts and cases: read by hand from `tests/data/changes-ties`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import environment_of
from tests.folders import write_folder
from tests.test_cli import run
from tests.test_diff import records, stored
from tests.tiny import DATA
from vinculos.graph.changes import Change
from vinculos.graph.decide import decide
from vinculos.graph.difference import differences
from vinculos.graph.judge import Judgement, judge
from vinculos.graph.lookup import resolve_id
from vinculos.graph.store import Store
from vinculos.loaders.load import load_folder
from vinculos.settings import read_settings

JANUARY, FEBRUARY = DATA / "changes-ties" / "january", DATA / "changes-ties" / "february"
# change, person or case, custody, of what, what, was, now, day, confidence, in dispute, sources
EXPECTED = """
because_new,carla,d-carla,BECAUSE_OF,Beto Prueba,,,,alleged,,s3
because_new,olga,d-olga,BECAUSE_OF,Hugo Prueba,,,,alleged,,s3
because_gone,nora,d-nora,BECAUSE_OF,Hugo Prueba,,,,alleged,,s1
post_new,eva,,HOLDS_POST,"Fiscal, Tribunal Uno",,,2025-02-10,reported,,s3
post_ended,juez,,HOLDS_POST.ended,"Jueza Segunda, Tribunal Uno",,2025-02-20,2025-02-20,reported,,s3
post_ended,olga,,HOLDS_POST.ended,"Secretaria, Fuerza Dos",,2025-02,2025-02,reported,,s3
post_changed,hugo,,HOLDS_POST.commands,"COMANDANTE, Fuerza Dos",unknown,yes,,reported,,s3
post_changed,hugo,,HOLDS_POST.rank,"COMANDANTE, Fuerza Dos",Coronel,General,,reported,,s3
post_changed,hugo,,HOLDS_POST.started,"COMANDANTE, Fuerza Dos",2022,2022-03,,reported,,s3
post_gone,hugo,,HOLDS_POST,"Asesor, Fuerza Dos",,,,reported,,s1
relation_new,ana,,RELATED_TO,minor,,relative_of,,reported,,s3
relation_new,beto,,RELATED_TO,Carla Prueba,,colleague_of,,reported,,s3
relation_new,eva,,RELATED_TO,Nora Prueba,,lawyer_of,,reported,,s3
relation_kind,carla,,RELATED_TO,Darío Prueba,spouse_of,partner_of,,reported,,s3
relation_kind,hugo,,RELATED_TO,Olga Prueba,colleague_of,friend_of,,reported,,s3
relation_disputed,eva,,RELATED_TO,Hugo Prueba,,sibling_of,,reported,RELATED_TO,s1 s2
relation_settled,ana,,RELATED_TO,Beto Prueba,,sibling_of,,reported,,s1 s3
relation_gone,ana,,RELATED_TO,Eva Prueba,friend_of,,,reported,,s1
relation_gone,hugo,,RELATED_TO,minor,parent_of,,,reported,,s1
relation_gone,nora,,RELATED_TO,Eva Prueba,lawyer_of,,,reported,,s1
confidence,dario,d-dario,BECAUSE_OF.confidence,Eva Prueba,alleged,documented,,documented,,s3
case_new,,,,Caso Tres,,,,reported,,s3
case_changed,,,kind,Caso Uno y Medio,joint_prosecution,homicide_prosecution,,reported,,s3
case_changed,,,name,Caso Uno y Medio,Caso Uno,Caso Uno y Medio,,reported,,s3
case_gone,,,,Caso Dos,,,,reported,,s2
member_new,dario,d-dario,PART_OF_CASE,Caso Tres,,accused,,reported,,s3
member_new,eva,,PART_OF_CASE,Caso Uno y Medio,,victim,,reported,,s3
member_role,ana,d-ana,PART_OF_CASE,Caso Uno y Medio,accused,convicted,,reported,,s3
member_role,olga,d-olga,PART_OF_CASE,Caso Uno y Medio,accused,convicted,,reported,,s3
member_gone,nora,d-nora,PART_OF_CASE,Caso Dos,witness,,,reported,,s2
other_key,leo-2,d-leo-2,,,d-leo-1,d-leo-2,2025-01-11,reported,,s1
source_new,,,,,,,,,,s3
""".strip().splitlines()
TITLES = {"Enero": "s1", "Disputa": "s2", "Febrero": "s3"}


def plain(change: Change) -> str:
    what = "minor" if str(change.what).startswith("minor ") else str(change.what or "")
    told = (change.person_id, change.detention_id, change.field, what, change.was, change.now)
    cells = [str(text or "").rpartition(":")[2] for text in told]
    cells[3] = f'"{what}"' if "," in what else what
    cited = " ".join(sorted(TITLES[source["title"]] for source in change.sources))
    said = (change.day or "", change.confidence or "", " ".join(change.disputed), cited)
    return ",".join((change.change, *cells, *said))


def test_two_folders_differ_in_what_their_rows_say_of_ties() -> None:
    found = differences(records(JANUARY), records(FEBRUARY))
    assert sorted(map(plain, found)) == sorted(EXPECTED)
    assert found[0].person == "Carla Prueba" and found[0].what_id == "changes:beto"


def test_the_way_back_ends_nothing() -> None:
    back = [plain(change) for change in differences(records(FEBRUARY), records(JANUARY))]
    assert not any(line.startswith("post_ended") for line in back)
    # What was an end is known no longer.
    assert (
        'post_changed,juez,,HOLDS_POST.ended,"Jueza Segunda, Tribunal Uno",2025-02-20,'
        ",,reported,,s1" in back
    )
    for line in (
        "relation_kind,carla,,RELATED_TO,Darío Prueba,partner_of,spouse_of,,reported,,s1",
        "relation_settled,eva,,RELATED_TO,Hugo Prueba,,sibling_of,,reported,,s1",
        "confidence,dario,d-dario,BECAUSE_OF.confidence,Eva Prueba,documented,alleged,,alleged,,s1",
        "member_gone,eva,,PART_OF_CASE,Caso Uno,victim,,,reported,,s3",
    ):
        assert line in back


def test_loads_differ_as_their_folders_do_and_a_merger_is_no_change(store: Store) -> None:
    load_folder(store, JANUARY, dataset="changes")
    load_folder(store, FEBRUARY, dataset="changes", replace=True)
    first, second = stored(store, "changes/1"), stored(store, "changes/2")
    assert sorted(map(plain, differences(first, second))) == sorted(EXPECTED)
    assert differences(second, stored(store)) == []
    # Hugo and Eva are siblings by the rows: a tie of somebody to themselves is none.
    judge(store, [Judgement("changes:eva", "changes:hugo", "same", "one of two papers")])
    merged = stored(store)
    assert differences(second, merged) == [] == differences(merged, second)
    # What a source is taken back for is gone; nothing says that it ended.
    decide(store, "retract", resolve_id(store, "Source changes:s3"), "a mistake")
    since = [plain(change) for change in differences(merged, stored(store))]
    assert "case_gone,,,,Caso Tres,,,,reported,,s3" in since
    assert 'post_gone,eva,,HOLDS_POST,"Fiscal, Tribunal Uno",,,2025-02-10,reported,,s3' in since
    assert not any("post_ended" in line or "relation_settled" in line for line in since)


def test_ties_of_opposite_directions_are_two(tmp_path: Path) -> None:
    def folder(name: str, tie: str) -> Path:
        return write_folder(
            tmp_path / name,
            people="person_id,name,source_ids\na,Ana Prueba,s1\nb,Beto Prueba,s1\n",
            relationships=f"from_person_id,to_person_id,kind,source_ids\n{tie},s1\n",
        )

    def told(old: str, new: str) -> list[tuple[str, str, str | None, str | None]]:
        pair = records(folder("old", old)), records(folder("new", new))
        found = [change for change in differences(*pair) if change.field]
        return [(c.change, c.person_id[-1], c.was, c.now) for c in found]

    assert told("a,b,parent_of", "b,a,parent_of") == [
        ("relation_new", "b", None, "parent_of"),
        ("relation_gone", "a", "parent_of", None),
    ]
    # Seen from Beto, who was said to be the parent.
    assert told("b,a,parent_of", "a,b,sibling_of") == [
        ("relation_kind", "b", "parent_of", "sibling_of")
    ]
    assert told("a,b,sibling_of", "b,a,lawyer_of") == [
        ("relation_kind", "b", "sibling_of", "lawyer_of")
    ]
    assert told("a,b,child_of", "b,a,parent_of") == []


def test_a_folder_of_ties_alone_is_compared(tmp_path: Path) -> None:
    def folder(name: str, role: str) -> Path:
        return write_folder(
            tmp_path / name,
            case_members=f"case_id,person_id,role,source_ids\nx:uno,x:ana,{role},s1\n",
        )

    (change,) = differences(records(folder("old", "accused")), records(folder("new", "witness")))
    assert (change.change, change.person_id, change.what, change.was, change.now) == (
        "member_role", "x:ana", "x:uno", "accused", "witness",
    )  # fmt: skip


def test_the_command_hides_ties_of_the_protected_and_names_of_minors(home: Path) -> None:
    environment = environment_of(read_settings())
    pair = ["diff", str(JANUARY), str(FEBRUARY), "--lang", "es"]
    whole = run([*pair, "--format", "json", "--audience", "internal"], environment)
    assert whole.returncode == 0, whole.stderr
    assert len(json.loads(whole.stdout)) == len(EXPECTED)
    assert "Nombre" not in whole.stdout
    hidden = run([*pair, "--format", "json"], environment)
    assert hidden.returncode == 0, hidden.stderr
    for name in ("Olga", "olga", "nino", "Nombre"):
        assert name not in hidden.stdout
    found = json.loads(hidden.stdout)
    about_olga = [line for line in EXPECTED if "olga" in line or "Olga" in line]
    assert len(found) == len(EXPECTED) - len(about_olga) == len(EXPECTED) - 4
    minors = [row for row in found if "Menor" in str(row["what"])]
    assert [row["change"] for row in minors] == ["relation_new", "relation_gone"]
    # A page that is cited for a minor may print the name.
    assert not any(source.get("url") for row in minors for source in row["sources"])
    told = run([*pair, "--format", "md"], environment).stdout
    for said in (
        "vínculo entre dos personas, ahora en disputa",
        "detenida a causa de: certeza | Eva Prueba | alegado | documentado",
        "parte de un caso, nueva en los datos",
        "cónyuge de | pareja de",
    ):
        assert said in told


REPORTS = {"First report": "s1", "Second report": "s2", "Third report": "s3"}
BEFORE = {
    "people": """
        person_id,name,source_ids
        ana,Ana Prueba,s1
        juez,Jueza Prueba,s1
    """,
    "organizations": """
        org_id,name,kind,parent_org_id,parent_kind,parent_from,parent_to,source_ids
        fuerza,Fuerza Uno,security_force,mando,command,2020,,s1
        otra,Otra Fuerza,security_force,mando,command,,,s1
        mando,Mando Mayor,security_force,,,,,s1
    """,
    "laws": """
        law_id,name_en,name_es,source_ids
        ley,Amnesty Law,Ley de Amnistía,s1
    """,
    "events": """
        event_id,kind,name,started_on,concerns_id,source_ids
        orden,warrant,Orden de captura,2025-01-02,ana,s1
    """,
    "event_people": """
        event_id,person_id,role,source_ids
        orden,juez,ordered,s1
    """,
    "detentions": """
        detention_id,person_id,started_on,by_org_id,basis,sentence_years,source_ids
        d,ana,2025-01-03,otra,protest,,s1
    """,
    "official_involvement": """
        person_id,target_id,role,source_ids
        juez,otra,commanded,s1
    """,
    "amnesty_requests": """
        detention_id,law_id,requested_on,outcome,decided_on,source_ids
        d,ley,,pending,,s1
    """,
}
AFTER = {
    **BEFORE,
    "organizations": """
        org_id,name,kind,parent_org_id,parent_kind,parent_from,parent_to,source_ids
        fuerza,Fuerza Uno,security_force,mando,command,2020,2025-02-01,s2
        otra,Otra Fuerza,security_force,fuerza,command,,,s2
        mando,Mando Mayor,security_force,,,,,s1
    """,
    "event_people": """
        event_id,person_id,role,source_ids
        orden,ana,subject,s2
        orden,juez,ordered,s1
    """,
    "detentions": """
        detention_id,person_id,started_on,by_org_id,basis,sentence_years,source_ids
        d,ana,2025-01-03,fuerza,expression,5,s2
    """,
    "official_involvement": """
        person_id,target_id,role,source_ids
        juez,fuerza,commanded,s2
    """,
    "amnesty_requests": """
        detention_id,law_id,requested_on,outcome,decided_on,source_ids
        d,ley,2025-02-01,denied,2025-02-20,s3
    """,
}
PARTS = """
basis,ana,d,basis,,protest,expression,,s2
body_new,ana,d,ARRESTED_BY,Fuerza Uno,,,,s2
body_gone,ana,d,ARRESTED_BY,Otra Fuerza,,,,s1
sentence,ana,d,sentence_years,,,5,,s2
amnesty_changed,ana,d,AMNESTY.decided,Amnesty Law,,2025-02-20,,s3
amnesty_changed,ana,d,AMNESTY.outcome,Amnesty Law,pending,denied,2025-02-20,s3
amnesty_changed,ana,d,AMNESTY.requested,Amnesty Law,,2025-02-01,,s3
involved_new,juez,,INVOLVED_IN,Fuerza Uno,,commanded,,s2
involved_gone,juez,,INVOLVED_IN,Otra Fuerza,commanded,,,s1
event_new,ana,,TOOK_PART,Orden de captura,,subject,,s2
part_new,,,PART_OF,Otra Fuerza,,Fuerza Uno,,s2
part_ended,,,PART_OF.ended,Fuerza Uno,,2025-02-01,2025-02-01,s2
part_gone,,,PART_OF,Otra Fuerza,Mando Mayor,,,s1
""".strip().splitlines()


def test_bodies_events_sentences_and_requests_of_amnesty_are_compared(tmp_path: Path) -> None:
    def said(change: Change) -> str:
        what = change.what["en"] if isinstance(change.what, dict) else change.what
        told = (change.person_id, change.detention_id, change.field, what, change.was, change.now)
        cells = [str(text or "").rpartition(":")[2] for text in told]
        cited = " ".join(REPORTS[source["title"]] for source in change.sources)
        return ",".join((change.change, *cells, change.day or "", cited))

    before = records(write_folder(tmp_path / "before", **BEFORE))
    after = records(write_folder(tmp_path / "after", **AFTER))
    assert [said(change) for change in differences(before, after)] == PARTS
    assert {said(change).partition(",")[0] for change in differences(after, before)} >= {
        "part_changed",
        "event_gone",
    }
    without = {name: text for name, text in AFTER.items() if name != "amnesty_requests"}
    less = records(write_folder(tmp_path / "less", **without))
    assert [said(change) for change in differences(after, less)] == [
        "amnesty_gone,ana,d,AMNESTY,Amnesty Law,denied,,,s3"
    ]
