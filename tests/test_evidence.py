"""Living data: rows that change and vanish, sources that fall, corrections, protection."""

from __future__ import annotations

import datetime
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.folders import write_folder
from tests.graphs import all_nodes, all_relationships
from tests.tables import find_files
from vinculos.commands.page import page
from vinculos.errors import UsageError
from vinculos.graph.citations import with_sources
from vinculos.graph.cited_sources import described_source
from vinculos.graph.decide import correct, decide, unload
from vinculos.graph.decisions import Decision, standing_decisions
from vinculos.graph.derive import derive
from vinculos.graph.minors import find_minors, mask_claims, names_of
from vinculos.graph.model import ROLE_LABELS
from vinculos.graph.network import collect
from vinculos.graph.profile import read_profile
from vinculos.graph.records import Claim, NodeRef, Value
from vinculos.graph.rederive import Rederiving
from vinculos.graph.store import Store
from vinculos.loaders.load import load_folder
from vinculos.loaders.read import read_files
from vinculos.views.evidence import Evidence
from vinculos.views.labels import facts

PEOPLE = """
    person_id,name,summary,source_ids
    ana,Ana Uno,Held,s1
    eva,Eva Dos,Sister of Ana,s2
"""
DETENTIONS = """
    detention_id,person_id,started_on,status,source_ids
    d1,ana,2025-01-07,detained,s1;s2
"""
RELATIONSHIPS = """
    from_person_id,to_person_id,kind,held_because_of,source_ids
    ana,eva,sibling_of,yes,s2
"""


def folder_of(tmp_path: Path, **tables: str) -> Path:
    given_tables = {"people": PEOPLE, "detentions": DETENTIONS, "relationships": RELATIONSHIPS}
    return write_folder(tmp_path / "cases", **(given_tables | tables))


def values(store: Store, cypher: str, **parameters: Any) -> list[Any]:
    return [next(iter(row.values())) for row in store.read(cypher, parameters).rows]


def source(store: Store, key: str) -> NodeRef:
    (found,) = values(
        store, "MATCH (s:Source) WHERE $key IN s.keys RETURN s.id", key=f"cases:{key}"
    )
    return NodeRef("Source", found)


def test_replace_takes_out_what_vanished_and_keeps_its_claim(store: Store, tmp_path: Path) -> None:
    load_folder(store, folder_of(tmp_path))
    fewer = folder_of(tmp_path, relationships=RELATIONSHIPS.split("    ana")[0])
    load_folder(store, fewer)
    assert len(values(store, "MATCH ()-[r:BECAUSE_OF]->() RETURN r.id")) == 1
    report = load_folder(store, fewer, replace=True).report
    assert report is not None and report.counts.deleted["relationships"] == 2
    assert values(store, "MATCH ()-[r:BECAUSE_OF|RELATED_TO]->() RETURN r.id") == []
    assert values(store, "MATCH (p:Relative) RETURN p.id") == []
    kept = "MATCH (c:Claim {table: 'relationships'}) RETURN c.superseded_by"
    assert values(store, kept) == ["cases/2"]
    assert values(store, "MATCH (l:Load) RETURN l.kind ORDER BY l.id") == ["load", "replace"]


def test_replace_of_one_table_leaves_the_others(store: Store, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    load_folder(store, folder)
    alone = tmp_path / "alone"
    alone.mkdir()
    shutil.copy(folder / "people.csv", alone)
    (alone / "people.csv").write_text("person_id,name,source_ids\nana,Ana Uno,s1\n")
    load_folder(store, alone, dataset="cases", replace=True)
    # Eva is described by nothing any more, but a tie still speaks of her.
    (eva,) = store.read("MATCH (p:Person {key: 'eva'}) RETURN p.name AS n, p.stub AS stub").rows
    assert eva == {"n": None, "stub": True}
    assert len(values(store, "MATCH ()-[r:RELATED_TO]->() RETURN r.id")) == 1


def test_replace_keeps_what_another_dataset_supports(store: Store, tmp_path: Path) -> None:
    load_folder(store, folder_of(tmp_path))
    load_folder(store, folder_of(tmp_path), dataset="other", space="cases")
    empty = folder_of(tmp_path, relationships=RELATIONSHIPS.split("    ana")[0])
    load_folder(store, empty, replace=True)
    (tie,) = store.read("MATCH ()-[r:RELATED_TO]->() RETURN r.claims AS claims").rows
    assert len(tie["claims"]) == 1


def test_a_retracted_source_takes_what_rested_on_it_alone(store: Store, tmp_path: Path) -> None:
    load_folder(store, folder_of(tmp_path))
    before = all_nodes(store), all_relationships(store)
    second = source(store, "s2")
    decide(store, "retract", second, "the page was taken down")
    # s2 alone held the tie and Eva's row; the custody has s1 too.
    assert values(store, "MATCH ()-[r:BECAUSE_OF|RELATED_TO]->() RETURN r.id") == []
    assert values(store, "MATCH (p:Person) RETURN p.key") == ["ana"]
    (held,) = store.read("MATCH ()-[r:DETAINED_IN]->() RETURN r.sources AS sources").rows
    assert held["sources"] == [source(store, "s1").id]
    assert values(store, "MATCH (s:Source {id: $id}) RETURN s.retracted", id=second.id) == [True]
    # A reload does not bring it back.
    load_folder(store, folder_of(tmp_path))
    changed = PEOPLE.replace("Sister of Ana", "Sister")
    load_folder(store, folder_of(tmp_path, people=changed))
    assert values(store, "MATCH (p:Person) RETURN p.key") == ["ana"]
    load_folder(store, folder_of(tmp_path))
    decide(store, "unretract", second, "it is back")
    nodes, ties = all_nodes(store), all_relationships(store)
    live = {key: node for key, node in nodes.items() if "@" not in (key[1] or "")}
    assert {k: n for k, n in live.items() if "Decision" not in k[0]} == before[0]
    assert {t for t in ties if "@" not in t[1] and not t[1].startswith("decision/")} == before[1]


def test_a_retracted_claim_falls_and_its_relationship_weakens(store: Store, tmp_path: Path) -> None:
    load_folder(store, folder_of(tmp_path))
    weaker = RELATIONSHIPS.replace("yes,s2", "alleged,s1")
    load_folder(
        store, write_folder(tmp_path / "weak", relationships=weaker), space="cases", dataset="weak"
    )
    confidence = "MATCH ()-[r:BECAUSE_OF]->() RETURN r.confidence"
    assert values(store, confidence) == ["documented"]
    paths = store.read("MATCH p=()-[:BECAUSE_OF]->() RETURN p").rows
    (tie,) = with_sources(store, collect(paths)).edges
    # Each claim is as sure as it is of that tie, whatever its row says of others.
    assert sorted(claim.confidence for claim in tie.claims) == ["alleged", "documented"]
    (claim,) = values(
        store, "MATCH (c:Claim {table: 'relationships', dataset: 'cases'}) RETURN c.id"
    )
    decide(store, "retract", NodeRef("Claim", claim), "misread")
    assert values(store, confidence) == ["alleged"]
    decide(store, "unretract", NodeRef("Claim", claim), "read right after all")
    assert values(store, confidence) == ["documented"]


def test_a_dispute_ends_with_one_of_its_sides(store: Store, tmp_path: Path) -> None:
    load_folder(
        store,
        folder_of(
            tmp_path,
            contradictions="""
                subject_id,field,value_a,source_a,value_b,source_b
                ana,age,30,s1,31,s2
                ana,born,1990,s1,1991,s2
                ana,relation_to_eva,sister,s3,friend,s2
            """,
            relationships=RELATIONSHIPS.replace("yes,s2", "yes,s2;s3"),
        ),
    )
    ana = NodeRef("Person", "cases:ana")
    disputed = "MATCH (p:Person {key: 'ana'}) RETURN p.disputed"
    assert values(store, disputed) == [["RELATED_TO", "age", "born"]]
    assert values(store, "MATCH ()-[r:RELATED_TO]->() RETURN r.disputed") == [["RELATED_TO"]]
    decide(store, "retract", source(store, "s2"), "withdrawn")
    # What is left of the dispute is a claim like another; of the tie, what the tie says.
    assert values(store, "MATCH (p:Person {key: 'ana'}) RETURN p.born") == ["1990"]
    assert values(store, "MATCH ()-[r:RELATED_TO]->() RETURN r.disputed") == [[]]
    facts = {fact["field"]: fact for fact in read_profile(store, ana, "en").facts}
    assert facts["age"]["value"] == "30" and not facts["age"]["disputed"]
    assert [cited["id"] for cited in facts["age"]["sources"]] == [source(store, "s1").id]
    drawn = with_sources(store, collect(store.read("MATCH (p:Person {key: 'ana'}) RETURN p").rows))
    disputes = Evidence().disputes(drawn.nodes[ana])
    assert {field: len(dispute.sides) for field, dispute in disputes.items()} == {"RELATED_TO": 1}
    decide(store, "unretract", source(store, "s2"), "it is back")
    assert values(store, disputed) == [["RELATED_TO", "age", "born"]]
    assert values(store, "MATCH (p:Person {key: 'ana'}) RETURN p.born") == [None]


def test_decisions_are_recorded_and_refused_where_idle(store: Store, tmp_path: Path) -> None:
    load_folder(store, folder_of(tmp_path))
    first = source(store, "s1")
    with pytest.raises(UsageError, match="reason"):
        decide(store, "retract", first, " ")
    with pytest.raises(UsageError, match="never retracted"):
        decide(store, "unretract", first, "why")
    decide(store, "retract", first, "forged")
    with pytest.raises(UsageError, match="already"):
        decide(store, "retract", first, "forged")
    rows = store.read(
        "MATCH (d:Decision)-[:ABOUT]->(s:Source) RETURN d.kind AS kind, d.why AS why, "
        "d.complete AS complete, d.who <> '' AS who, d.made <> '' AS made"
    ).rows
    assert rows == [
        {"kind": "retract", "why": "forged", "complete": True, "who": True, "made": True}
    ]


def test_protection_by_hand_wins_and_survives_a_reload(store: Store, tmp_path: Path) -> None:
    load_folder(store, folder_of(tmp_path))
    eva, first = NodeRef("Person", "cases:eva"), source(store, "s1")
    decide(store, "protect", eva, "asked to be left out")
    decide(store, "restrict", first, "a witness")
    load_folder(store, folder_of(tmp_path, people=PEOPLE.replace("Sister of Ana", "Sister")))
    assert values(store, "MATCH (p:Person {key: 'eva'}) RETURN p.protected") == [True]
    assert values(store, "MATCH (s:Source {access: 'restricted'}) RETURN s.id") == [first.id]
    decide(store, "unprotect", eva, "changed their mind")
    decide(store, "unrestrict", first, "published since")
    assert values(store, "MATCH (p:Person {key: 'eva'}) RETURN p.protected") == [False]
    assert values(store, "MATCH (s:Source {access: 'restricted'}) RETURN s.id") == []


def test_a_correction_shows_without_dispute_and_survives_a_reload(
    store: Store, tmp_path: Path
) -> None:
    load_folder(store, folder_of(tmp_path))
    d1 = NodeRef("Detention", "cases:d1")
    value = Value(d1, "started", "2025-01-09", "2025-01-09")
    correct(store, d1, value, source(store, "s3"), "the family's record")
    shown = "MATCH (d:Detention) RETURN d.started AS started, d.disputed AS disputed"
    assert store.read(shown).rows == [{"started": "2025-01-09", "disputed": []}]
    (started,) = (f for f in read_profile(store, d1, "en").facts if f["field"] == "started")
    assert [cited["id"] for cited in started["sources"]] == [source(store, "s3").id]
    load_folder(store, folder_of(tmp_path, detentions=DETENTIONS.replace("01-07", "01-08")))
    assert store.read(shown).rows == [{"started": "2025-01-09", "disputed": []}]
    unload(store, "local")
    assert store.read(shown).rows == [{"started": "2025-01-08", "disputed": []}]


def test_what_is_only_alleged_says_so_wherever_it_is_shown(store: Store, tmp_path: Path) -> None:
    detentions = """
        detention_id,person_id,started_on,status,confidence,source_ids
        d1,ana,2025-01-07,detained,alleged,s1
        d2,ana,2026-01-07,,documented,s2
    """
    kin = RELATIONSHIPS.replace(",yes,", ",no,")
    load_folder(store, folder_of(tmp_path, detentions=detentions, relationships=kin))
    for key, grade, words in (
        ("d1", "alleged", "(alegado)"),
        ("d2", "documented", "(documentado)"),
    ):
        ref = NodeRef("Detention", f"cases:{key}")
        assert {fact["confidence"] for fact in read_profile(store, ref, "es").facts} == {grade}
        told = shown(store, ref).splitlines()
        (started,) = (line for line in told if "detención desde" in line)
        assert words in started
        drawn = collect(store.read("MATCH (d:Detention {id: $id}) RETURN d", {"id": ref.id}).rows)
        assert all(value[1].endswith(words) for _, value in facts(drawn.nodes[ref]))
    eva = NodeRef("Person", "cases:eva")
    assert {fact["confidence"] for fact in read_profile(store, eva, "es").facts} == {"reported"}
    assert "(" not in shown(store, eva).partition("Vínculos")[0]


def shown(store: Store, ref: NodeRef) -> str:
    profile = read_profile(store, ref, "es")
    profile.header |= {"id": ref.id}
    return page(profile, "es")


def test_unload_takes_all_and_keeps_the_claims(store: Store, tmp_path: Path) -> None:
    load_folder(store, folder_of(tmp_path))
    number = len(values(store, "MATCH (c:Claim) RETURN c.id"))
    unload(store, "cases")
    assert set(all_nodes(store)) == {key for key in all_nodes(store) if key[0] == ("Claim",)}
    assert (
        len(values(store, "MATCH (c:Claim) WHERE c.superseded_by = 'cases/2' RETURN c.id"))
        == number
    )
    with pytest.raises(UsageError, match="No dataset"):
        unload(store, "cases")
    load_folder(store, folder_of(tmp_path))
    assert len(values(store, "MATCH (p:Person) RETURN p.id")) == 2


# Any sequence of changes ends in the graph that what remains would give.

NAMES = ("ana", "eva", "lia")
ROWS = {
    "people": st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(["Ana Uno", "Eva Dos"]),
        st.sampled_from(["", "2010", "2003-06"]),
    ),
    "detentions": st.tuples(
        st.sampled_from(["d1", "d2"]),
        st.sampled_from(NAMES),
        st.sampled_from(["", "2019", "2025-01-07"]),
    ),
    "relationships": st.tuples(
        st.sampled_from(NAMES), st.sampled_from(NAMES), st.sampled_from(["parent_of", "sibling_of"])
    ),
    "contradictions": st.tuples(st.sampled_from(["d1", "d2"]), st.just("started_on"), st.just("x")),
}
HEADERS = {
    "people": "person_id,name,born,source_ids",
    "detentions": "detention_id,person_id,started_on,source_ids",
    "relationships": "from_person_id,to_person_id,kind,source_ids",
    "contradictions": "subject_id,field,value_a,source_a,value_b,source_b",
}
SOURCE = st.sampled_from(["s1", "s2", "s3", "s1;s3"])


@st.composite
def folders(draw: st.DrawFn) -> dict[str, str]:
    """Draw the tables of a small folder of which every row is good."""
    people = draw(st.lists(ROWS["people"], unique_by=lambda row: row[0], min_size=1))
    known = {row[0] for row in people}
    held = draw(st.lists(ROWS["detentions"], unique_by=lambda row: row[0]))
    held = [row for row in held if row[1] in known]
    ties = draw(st.lists(ROWS["relationships"], unique_by=lambda row: (row[0], row[1], row[2])))
    ties = [row for row in ties if row[0] != row[1] and {row[0], row[1]} <= known]
    said = draw(st.lists(ROWS["contradictions"], unique_by=lambda row: row[0], max_size=1))
    said = [row for row in said if row[0] in {detention[0] for detention in held}]
    tables = {}
    for name, rows in (("people", people), ("detentions", held), ("relationships", ties)):
        lines = [",".join([*row, draw(SOURCE)]) for row in rows]
        tables[name] = "\n".join([HEADERS[name], *lines, ""])
    lines = [f"{row[0]},{row[1]},2025-01-07,s1,2025-02,s2" for row in said]
    tables["contradictions"] = "\n".join([HEADERS["contradictions"], *lines, ""])
    return tables


STEPS = st.one_of(
    st.tuples(st.just("load"), st.sampled_from(["one", "two"]), folders()),
    st.tuples(st.just("replace"), st.sampled_from(["one", "two"]), folders()),
    st.tuples(st.just("unload"), st.sampled_from(["one", "two"]), st.none()),
    st.tuples(st.just("retract"), st.sampled_from(["s1", "s2", "s3"]), st.none()),
    st.tuples(st.just("unretract"), st.sampled_from(["s1", "s2", "s3"]), st.none()),
)


class Remaining:
    """What should be left, kept beside the graph as plain claims and decisions."""

    def __init__(self) -> None:
        self.claims: dict[str, dict[str, Claim]] = {"base": {}, "one": {}, "two": {}}
        self.decisions: list[Decision] = []
        self.minors: set[NodeRef] = set()

    def derived(self) -> tuple[dict[Any, Any], set[Any]]:
        claims = [claim for said in self.claims.values() for claim in said.values()]
        self.minors |= find_minors(claims, datetime.date(2026, 3, 1))
        claims = list(mask_claims(claims, self.minors, names_of(claims, self.minors)))
        touched = {ref for claim in claims for ref in claim.about()}
        sources = derive([c for c in claims if c.table == "sources"], touched, set(), {}).nodes
        cited = {ref.id: described_source(ref.id, node.properties) for ref, node in sources.items()}
        standing = standing_decisions(self.decisions)
        derived = derive(claims, touched, self.minors, cited, standing)
        return {ref: node.properties for ref, node in derived.nodes.items()}, {
            (r.type, r.start.id, r.end.id, repr(sorted({"id": r.id, **r.properties}.items())))
            for r in derived.relationships.values()
        }


def stored(store: Store) -> tuple[dict[Any, Any], set[Any]]:
    roles = {role.label for role in ROLE_LABELS}
    nodes = {
        NodeRef(*(set(labels) - roles), node_id): {n: v for n, v in said.items() if n != "id"}
        for (labels, node_id), said in all_nodes(
            store, but=("Load", "Lock", "Claim", "Decision")
        ).items()
    }
    provenance = ("ABOUT", "CITES", "CITED")
    return nodes, {tie for tie in all_relationships(store) if tie[0] not in provenance}


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
@given(steps=st.lists(STEPS, min_size=2, max_size=6))
def test_any_sequence_ends_in_what_remains(store: Store, steps: list[Any]) -> None:
    store.write("MATCH (n) DETACH DELETE n")
    remaining = Remaining()
    with tempfile.TemporaryDirectory() as name:
        base = write_folder(Path(name) / "base")
        load_folder(store, base, space="all")
        remaining.claims["base"] = {c.id: c for c in claims_in(base, "base")}
        for number, (kind, target, tables) in enumerate(steps):
            if kind in ("load", "replace"):
                folder = write_folder(Path(name) / str(number), **tables)
                (folder / "sources.csv").unlink()
                load_folder(store, folder, dataset=target, space="all", replace=kind == "replace")
                claims = claims_in(folder, target, base)
                if kind == "replace":
                    remaining.claims[target] = {}
                remaining.claims[target] |= {claim.id: claim for claim in claims}
                remaining.derived()
            elif kind == "unload":
                if remaining.claims[target]:
                    unload(store, target)
                    remaining.claims[target] = {}
            else:
                take_back(store, remaining, kind, target)
            nodes, ties = remaining.derived()
            found_nodes, found_ties = stored(store)
            assert found_nodes == nodes
            assert found_ties == ties


def take_back(store: Store, remaining: Remaining, kind: str, key: str) -> None:
    (found,) = values(store, "MATCH (s:Source) WHERE $k IN s.keys RETURN s.id", k=f"all:{key}")
    about = [d.kind for d in remaining.decisions if d.target == found]
    if about[-1:] == [kind] or (kind == "unretract" and not about):
        return
    decision, _ = decide(store, kind, NodeRef("Source", found), "test")
    remaining.decisions.append(decision)


def claims_in(folder: Path, dataset: str, *more: Path) -> list[Claim]:
    """Return the claims of a folder, read with the files of `more` beside it."""
    paths = [path for f in (*more, folder) for path in find_files(f)[0]]
    reading = read_files(paths, dataset, space="all")
    assert reading.problems == []
    own = {path.stem for path in find_files(folder)[0]}
    return [claim for claim in reading.claims if claim.table in own]


class Killed(Exception):
    """Stands for the moment at which a command dies."""


def test_a_decision_killed_half_way_is_taken_up_by_itself(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: Any) -> None:
        raise Killed

    load_folder(store, folder_of(tmp_path))
    decide(store, "retract", source(store, "s2"), "withdrawn")
    wanted = all_nodes(store, but=("Load", "Lock", "Decision")), all_relationships(store)
    store.write("MATCH (n) DETACH DELETE n")
    load_folder(store, folder_of(tmp_path))
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(Rederiving, "nodes", die)
        decide(store, "retract", source(store, "s2"), "withdrawn")
    decide(store, "retract", source(store, "s2"), "withdrawn")
    assert (all_nodes(store, but=("Load", "Lock", "Decision")), all_relationships(store)) == wanted
    assert values(store, "MATCH (d:Decision) RETURN d.complete") == [True]
    with pytest.raises(UsageError, match="already"):
        decide(store, "retract", source(store, "s2"), "withdrawn")
