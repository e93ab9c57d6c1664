from __future__ import annotations

import datetime
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.folders import write_folder
from tests.graphs import all_nodes, all_relationships
from tests.tables import find_files
from vinculos.errors import InvalidRows, UsageError
from vinculos.graph.cited_sources import described_source
from vinculos.graph.decide import unload
from vinculos.graph.derive import derive
from vinculos.graph.minors import find_minors, mask_claims, minor_name, names_of
from vinculos.graph.model import ENTITIES, ROLE_LABELS
from vinculos.graph.records import NodeRef
from vinculos.graph.roles import set_role_labels
from vinculos.graph.store import Store
from vinculos.graph.writer import Writer
from vinculos.loaders.load import load_folder
from vinculos.loaders.read import read_files

ROOT = Path(__file__).parent.parent
STARTER = ROOT / "datasets" / "starter"
PEOPLE = """
    person_id,name,aliases,summary,source_ids
    ana,Ana Uno,Anita,Held,s1
    eva,Eva Dos,,Sister of Ana,s1;s2
"""
DETENTIONS = """
    detention_id,person_id,started_on,status,source_ids
    d1,ana,2025-01-07,detained,s1
"""
RELATIONSHIPS = """
    from_person_id,to_person_id,kind,source_ids
    ana,eva,sibling_of,s1
"""


def folder_of(tmp_path: Path, **tables: str) -> Path:
    given = {"people": PEOPLE, "detentions": DETENTIONS, "relationships": RELATIONSHIPS} | tables
    return write_folder(tmp_path / "cases", **given)


def counted(store: Store, folder: Path, **options: Any) -> dict[str, dict[str, int]]:
    report = load_folder(store, folder, **options).report
    assert report is not None
    return {
        name: {kind: number for kind, number in getattr(report.counts, name).items() if number}
        for name in ("created", "updated", "deleted", "unchanged")
    }


def values(store: Store, cypher: str, **parameters: Any) -> list[Any]:
    return [next(iter(row.values())) for row in store.read(cypher, parameters).rows]


def test_the_starter_becomes_what_its_claims_derive_to(any_store: Store) -> None:
    """The pure derivation is the reference: so every engine holds the same graph."""
    load_folder(any_store, STARTER)
    claims = list(read_files(find_files(STARTER)[0], "starter").claims)
    minors = find_minors(claims, datetime.datetime.now(datetime.UTC).date())
    claims = list(mask_claims(claims, minors, names_of(claims, minors)))
    touched = {ref for claim in claims for ref in claim.about()}
    sources = derive([c for c in claims if c.table == "sources"], touched, set(), {}).nodes
    cited = {ref.id: described_source(ref.id, node.properties) for ref, node in sources.items()}
    derived = derive(claims, touched, minors, cited)

    roles = {role.label for role in ROLE_LABELS}
    nodes = all_nodes(any_store, but=("Load", "Lock", "Claim"))
    found = {(*(set(labels) - roles), node_id): said for (labels, node_id), said in nodes.items()}
    assert found == {
        (ref.label, ref.id): {"id": ref.id, **node.properties}
        for ref, node in derived.nodes.items()
    }
    ties = {tie for tie in all_relationships(any_store) if tie[0] not in ("ABOUT", "CITES")}
    assert ties == {
        (r.type, r.start.id, r.end.id, repr(sorted({"id": r.id, **r.properties}.items())))
        for r in derived.relationships.values()
    }
    provenance = {tie[:3] for tie in all_relationships(any_store) if tie[0] in ("ABOUT", "CITES")}
    assert provenance == {
        ("ABOUT", claim.id, ref.id) for claim in claims for ref in claim.about()
    } | {("CITES", claim.id, cited.source) for claim in claims for cited in claim.citations}


def test_the_starter_s_role_labels(store: Store) -> None:
    load_folder(store, STARTER)
    people = {
        row["id"].removeprefix("starter:"): set(row["labels"]) - {"Person"}
        for row in store.read("MATCH (p:Person) RETURN p.id AS id, labels(p) AS labels").rows
    }
    assert people["rafael-tudares"] == {"Detainee", "Relative", "Lawyer"}
    assert people["diosdado-cabello"] == {"Official"}
    assert people["edmundo-gonzalez-urrutia"] == {"PublicFigure", "Relative"}
    # A lawyer of a detainee, and a colleague of one, are no relatives of theirs.
    assert people["jose-vicente-haro"] == {"Lawyer"}
    assert people["maria-corina-machado"] == {"PublicFigure"}
    # The target of a hostage claim makes relatives, held or not.
    assert people["sorbay-padilla"] == {"Relative"}
    # A post in an NGO is no office of the state.
    assert people["alfredo-romero"] == {"Lawyer"}


def test_a_first_load_foresees_the_role_labels(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def labelled() -> set[tuple[str, ...]]:
        rows = store.read("MATCH (p:Person) RETURN p.id AS id, labels(p) AS labels").rows
        return {(row["id"], *sorted(row["labels"])) for row in rows}

    with monkeypatch.context() as patched:
        patched.setattr("vinculos.graph.update.set_role_labels", lambda writer, fresh: None)
        load_folder(store, STARTER)
    foreseen = labelled()
    with Writer(store, lambda tx: None) as writer:
        set_role_labels(writer)
    assert labelled() == foreseen
    assert {label for _, *labels in foreseen for label in labels} == {
        "Person",
        *(role.label for role in ROLE_LABELS),
    }


def test_all_that_the_graph_says_leads_to_a_source(store: Store) -> None:
    load_folder(store, STARTER)
    for label in ENTITIES:
        assert (
            values(
                store,
                f"MATCH (n:{label}) WHERE NOT EXISTS {{ "
                "MATCH (n)<-[:ABOUT]-(:Claim)-[:CITES]->(:Source) } RETURN n.id",
            )
            == []
        )
    claims = set(values(store, "MATCH (c:Claim) RETURN c.id"))
    sources = set(values(store, "MATCH (s:Source) RETURN s.id"))
    rows = store.read(
        "MATCH ()-[r]->() WHERE r.id IS NOT NULL RETURN r.claims AS claims, r.sources AS sources"
    ).rows
    assert len(rows) > 600
    for row in rows:
        assert row["claims"] and set(row["claims"]) <= claims
        assert row["sources"] and set(row["sources"]) <= sources
    assert values(store, "MATCH (c:Claim) WHERE NOT (c)-[:IN]->(:Load) RETURN c.id") == []


def test_no_two_people_share_a_home(store: Store) -> None:
    load_folder(store, STARTER)
    shared = values(
        store,
        "MATCH (p:Place {kind: 'residence'})<-[:HELD_AT]-(d:Detention) "
        "WITH p, count(DISTINCT d) AS n WHERE n > 1 RETURN p.id",
    )
    assert shared == []
    assert len(values(store, "MATCH (p:Place {kind: 'residence'})<-[:HELD_AT]-() RETURN p.id")) == 4


def test_loading_again_changes_nothing_and_records_nothing(store: Store, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    first = counted(store, folder)
    assert first["created"] == {"claims": 7, "nodes": 6, "relationships": 2}
    before = all_nodes(store), all_relationships(store)
    second = counted(store, folder)
    assert second == {
        "created": {},
        "updated": {},
        "deleted": {},
        "unchanged": {"claims": 7, "nodes": 6, "relationships": 2},
    }
    assert (all_nodes(store), all_relationships(store)) == before
    assert values(store, "MATCH (l:Load) RETURN l.id") == ["cases/1"]


def test_a_changed_row_updates_what_it_says_and_keeps_what_it_said(
    store: Store, tmp_path: Path
) -> None:
    load_folder(store, folder_of(tmp_path))
    changed = DETENTIONS.replace("2025-01-07,detained", "2025-01-08,released")
    counts = counted(store, folder_of(tmp_path, detentions=changed))
    assert counts["created"] == {}
    assert counts["updated"] == {"claims": 1, "nodes": 1, "relationships": 0} or counts[
        "updated"
    ] == {"claims": 1, "nodes": 1}
    (detention,) = store.read("MATCH (d:Detention) RETURN d.started AS day, d.status AS s").rows
    assert detention == {"day": "2025-01-08", "s": "released"}
    old = store.read(
        "MATCH (c:Claim)-[:ABOUT]->(:Detention) WHERE c.superseded_by IS NOT NULL "
        "RETURN c.superseded_by AS load, c.asserts AS asserts"
    ).rows
    assert [row["load"] for row in old] == ["cases/2"]
    assert "2025-01-07" in old[0]["asserts"]


def test_a_plain_load_withdraws_nothing(store: Store, tmp_path: Path) -> None:
    load_folder(store, folder_of(tmp_path))
    before = all_nodes(store), all_relationships(store)
    lines = PEOPLE.replace("    eva,Eva Dos,,Sister of Ana,s1;s2\n", "")
    counted(store, write_folder(tmp_path / "less" / "cases", people=lines))
    assert (all_nodes(store), all_relationships(store)) == before


def test_a_row_that_moves_is_no_change_but_is_found_where_it_stands(
    store: Store, tmp_path: Path
) -> None:
    load_folder(store, folder_of(tmp_path))
    moved = PEOPLE.replace("    ana,", "    lia,Lia Tres,,,s1\n    ana,")
    counts = counted(store, folder_of(tmp_path, people=moved))
    assert counts["created"] == {"claims": 1, "nodes": 1}
    assert counts["updated"] == {}
    rows = store.read("MATCH (c:Claim {table: 'people'}) RETURN c.key AS key, c.row AS row").rows
    assert {row["key"]: row["row"] for row in rows} == {
        "cases:lia": 2,
        "cases:ana": 3,
        "cases:eva": 4,
    }


def test_another_file_adds_to_an_id_space(store: Store, tmp_path: Path) -> None:
    load_folder(store, folder_of(tmp_path))
    more = tmp_path / "more" / "extra.csv"
    more.parent.mkdir()
    more.write_text(
        "from_person_id,to_person_id,kind,held_because_of,source_ids\n"
        "ana,eva,sibling_of,alleged,s2\n"
    )
    load_folder(store, more, table="relationships", space="cases")
    rows = store.read(
        "MATCH (d:Detention)-[b:BECAUSE_OF]->(p:Person) "
        "RETURN d.id AS d, p.id AS p, b.confidence AS c"
    ).rows
    assert rows == [{"d": "cases:d1", "p": "cases:eva", "c": "alleged"}]
    (related,) = store.read("MATCH ()-[r:RELATED_TO]->() RETURN r.claims AS claims").rows
    assert len(related["claims"]) == 2


def test_a_full_id_reaches_another_space_and_nothing_else_is_found(
    store: Store, tmp_path: Path
) -> None:
    load_folder(store, folder_of(tmp_path))
    other = tmp_path / "other"
    row = "detention_id,person_id,source_ids\nd9,{},{}\n"
    write_folder(other, sources="source_id,title\nx1,X\n", detentions=row.format("ana", "x1"))
    with pytest.raises(InvalidRows) as caught:
        load_folder(store, other)
    assert [p.column for p in caught.value.problems] == ["person_id"]
    write_folder(
        other, sources="source_id,title\nx1,X\n", detentions=row.format("cases:ana", "x1;cases:s3")
    )
    load_folder(store, other)
    assert values(store, "MATCH (p:Person {id: 'cases:ana'})-->(d:Detention) RETURN d.id") in (
        ["cases:d1", "other:d9"],
        ["other:d9", "cases:d1"],
    )


def test_nothing_is_written_unless_all_rows_are_good(store: Store, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, relationships=RELATIONSHIPS.replace("ana,eva", "ana,evo"))
    with pytest.raises(InvalidRows, match="1 problem in 1 row; nothing was loaded"):
        load_folder(store, folder)
    assert all_nodes(store, but=()) == {}


def test_check_writes_nothing(store: Store, tmp_path: Path) -> None:
    loading = load_folder(store, folder_of(tmp_path), check=True)
    assert (loading.claims, loading.report) == (7, None)
    assert all_nodes(store, but=()) == {}


@pytest.mark.parametrize("name", ["url", "local", "a:b", "", "a b"])
def test_names_that_a_dataset_cannot_have(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        load_folder(None, folder_of(tmp_path), space=name, dataset="d")  # type: ignore[arg-type]


def test_a_later_load_that_makes_a_minor_masks_what_is_stored(store: Store, tmp_path: Path) -> None:
    named = PEOPLE.replace("Sister of Ana", "Eva Dos goes to school")
    load_folder(store, folder_of(tmp_path, people=named.replace(",Held,", ",Sister of Eva Dos,")))
    again = named.replace("goes to school", "is fine")
    load_folder(store, folder_of(tmp_path, people=again))
    born = write_folder(
        tmp_path / "register", people="person_id,name,born,source_ids\neva,E. D.,2010,s1\n"
    )
    load_folder(store, born, space="cases")
    name = minor_name(NodeRef("Person", "cases:eva"))
    (eva,) = store.read(
        "MATCH (p:Person {id: 'cases:eva'}) RETURN p.name AS n, p.name_key AS k"
    ).rows
    assert eva == {"n": name, "k": name}
    everything = repr(all_nodes(store, but=())) + repr(all_relationships(store))
    assert name in everything
    for text in ("Eva Dos", "E. D."):
        assert text not in everything
    # For good: a file that gives the name again, without the birth date, changes nothing.
    counted(store, folder_of(tmp_path, people=named.replace("school", "class")))
    assert "Eva Dos" not in repr(all_nodes(store, but=()))
    assert values(store, "MATCH (p:Person {id: 'cases:eva'}) RETURN p.is_minor") == [True]


class Killed(BaseException):
    """Stands for the moment at which a load dies."""


@pytest.mark.parametrize("stage", ["nodes", "claims", "relationships"])
@pytest.mark.parametrize("update", [False, True])
def test_a_load_that_dies_is_taken_up_and_ends_in_the_same_graph(
    store: Store, tmp_path: Path, stage: str, update: bool
) -> None:
    def die(now: str, done: int, total: int) -> None:
        if now == stage and done == total:
            raise Killed

    if update:
        load_folder(store, folder_of(tmp_path))
    last = folder_of(
        tmp_path,
        people=PEOPLE.replace("Held", "Free") + "    lia,Lia Tres,,,s1\n",
        detentions=DETENTIONS.replace("detained", "released"),
        relationships=RELATIONSHIPS.replace("sibling_of", "partner_of"),
    )
    with pytest.raises(Killed):
        load_folder(store, last, progress=die)
    assert len(values(store, "MATCH (l:Load) WHERE l.complete = false RETURN l.id")) == 1
    report = load_folder(store, last).report
    assert report is not None and report.resumed
    assert values(store, "MATCH (l:Load) WHERE l.complete = false RETURN l.id") == []
    disturbed = all_nodes(store), all_relationships(store)

    store.write("MATCH (n) DETACH DELETE n")
    if update:
        load_folder(store, folder_of(tmp_path))
        last = folder_of(
            tmp_path,
            people=PEOPLE.replace("Held", "Free") + "    lia,Lia Tres,,,s1\n",
            detentions=DETENTIONS.replace("detained", "released"),
            relationships=RELATIONSHIPS.replace("sibling_of", "partner_of"),
        )
    load_folder(store, last)
    assert (all_nodes(store), all_relationships(store)) == disturbed


def test_a_load_killed_outright_is_taken_up(
    store: Store, engine_env: dict[str, str], tmp_path: Path
) -> None:
    load_folder(store, STARTER)
    whole = all_nodes(store), all_relationships(store)
    store.write("MATCH (n) DETACH DELETE n")
    command = [sys.executable, "-m", "vinculos.cli", "load", str(STARTER)]
    process = subprocess.Popen(command, env=engine_env, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not values(store, "MATCH (c:Claim) RETURN c.id LIMIT 1"):
        assert time.monotonic() < deadline and process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    status = subprocess.run(
        [sys.executable, "-m", "vinculos.cli", "status"],
        env=engine_env,
        capture_output=True,
        text=True,
        check=True,
    )
    if values(store, "MATCH (l:Load) WHERE l.complete = false RETURN l.id"):
        assert "did not finish" in status.stderr
    load_folder(store, STARTER)
    assert (all_nodes(store), all_relationships(store)) == whole


def test_loads_at_once_take_turns(store: Store, engine_env: dict[str, str], tmp_path: Path) -> None:
    folders = [
        write_folder(tmp_path / f"set{n}", people=PEOPLE, detentions=DETENTIONS) for n in range(3)
    ]
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "vinculos.cli", "load", str(folder), "--id-space", "all"],
            env=engine_env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        for folder in folders
    ]
    for process in started:
        _, said = process.communicate(timeout=120)
        assert process.returncode == 0, said
    claims = values(store, "MATCH (c:Claim)-[:ABOUT]->(:Person {id: 'all:ana'}) RETURN c.dataset")
    assert sorted(claims) == sorted(["set0", "set1", "set2"] * 2)
    (tie,) = store.read("MATCH ()-[r:DETAINED_IN]->() RETURN r.claims AS claims").rows
    assert len(tie["claims"]) == 3
    assert len(values(store, "MATCH (l:Load) WHERE l.complete RETURN l.id")) == 3


def test_a_tie_keeps_its_dispute_when_only_its_other_end_is_touched(
    store: Store, tmp_path: Path
) -> None:
    folder = folder_of(
        tmp_path,
        organizations="org_id,name,source_ids\npol,Police,s1\n",
        detentions="detention_id,person_id,by_org_id,source_ids\nd1,ana,pol,s1\n",
        contradictions="subject_id,field,value_a,source_a,value_b,source_b\n"
        "d1,by_org,Police,s1,soldiers,s2\n",
    )
    load_folder(store, folder)
    renamed = write_folder(
        tmp_path / "new", organizations="org_id,name,source_ids\npol,State Police,s2\n"
    )
    counts = counted(store, renamed, space="cases")
    assert values(store, "MATCH ()-[r:ARRESTED_BY]->() RETURN r.disputed") == [["ARRESTED_BY"]]
    assert counts["updated"] == {"nodes": 1}


def test_another_name_of_a_known_minor_is_masked_in_what_is_stored(
    store: Store, tmp_path: Path
) -> None:
    first = write_folder(
        tmp_path / "first",
        people="person_id,name,is_minor,source_ids\nkid,Nina Prueba,true,s1\n",
        cases="case_id,name,source_ids\nx,Caso Zoe Otra Ficticia,s1\n",
    )
    load_folder(store, first)
    second = write_folder(
        tmp_path / "second", people="person_id,name,source_ids\nkid,Zoe Otra Ficticia,s2\n"
    )
    load_folder(store, second, space="first")
    said = "MATCH (c:Claim) RETURN c.asserts AS asserts, c.values AS said"
    assert "Zoe" not in repr(store.read(said).rows)
    (case,) = store.read("MATCH (c:Case) RETURN c.name AS name").rows
    assert case["name"].startswith("Caso minor ")
    assert load_folder(store, second, space="first").report.load == ""


def test_a_name_that_no_row_of_a_load_gives_is_not_known_in_its_texts(
    store: Store, tmp_path: Path
) -> None:
    """The limit that docs/safety.md tells, and the way out: no name of a minor is kept to know."""
    first = write_folder(
        tmp_path / "first",
        people="person_id,name,is_minor,source_ids\nkid,Nina Prueba,true,s1\n",
        cases="case_id,name,source_ids\nx,Caso Zoe Otra Ficticia,s1\n",
    )
    second = write_folder(
        tmp_path / "second", people="person_id,name,source_ids\nkid,Zoe Otra Ficticia,s2\n"
    )
    third = write_folder(
        tmp_path / "third", cases="case_id,name,source_ids\ny,Caso Nina Prueba,s1\n"
    )

    def named() -> set[str]:
        rows = store.read("MATCH (c:Claim) RETURN c.asserts AS said").rows
        return {name for name in ("Nina", "Zoe") for row in rows if name in row["said"]}

    load_folder(store, first)
    load_folder(store, second, space="first")
    assert named() == set()
    # The older rows again: nothing in them says that Zoe is the minor.
    load_folder(store, first)
    assert named() == {"Zoe"}
    load_folder(store, second, space="first")
    assert named() == {"Zoe"}
    unload(store, "second")
    load_folder(store, second, space="first")
    assert named() == set()
    # Another file that speaks of the minor in a text alone, then with their row beside it.
    load_folder(store, third)
    assert named() == {"Nina"}
    write_folder(third, people="person_id,name,source_ids\nkid,Nina Prueba,s1\n")
    load_folder(store, third, space="first")
    assert named() == set()


def test_a_new_day_makes_a_neighbour_a_minor(store: Store, tmp_path: Path) -> None:
    """Born 2003: a later row, which does not speak of the person, dates the custody to 2020."""
    folder = folder_of(
        tmp_path,
        people="person_id,name,born,summary,source_ids\n"
        "ana,Ana Uno,2003-06,,s1\neva,Eva Dos,,Friend of Ana Uno,s1\n",
        places_of_detention="place_id,name,source_ids\np,Prison,s1\n",
        detentions="detention_id,person_id,source_ids\nd1,ana,s1\n",
    )
    load_folder(store, folder)
    assert values(store, "MATCH (p:Person {key: 'ana'}) RETURN p.name") == ["Ana Uno"]
    stay = write_folder(
        tmp_path / "stay",
        detention_places="detention_id,place_id,from_on,source_ids\nd1,p,2020,s1\n",
    )
    load_folder(store, stay, space="cases")
    name = minor_name(NodeRef("Person", "cases:ana"))
    assert values(store, "MATCH (p:Person) RETURN p.name ORDER BY p.id") == [name, "Eva Dos"]
    assert values(store, "MATCH (p:Person {key: 'eva'}) RETURN p.summary") == [f"Friend of {name}"]
    assert "Ana Uno" not in repr(all_nodes(store, but=()))
