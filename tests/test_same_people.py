"""People who are one by decision are one node, and two again when it is taken back."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import test_evidence as evidence
from tests.folders import write_folder
from tests.graphs import all_nodes, all_relationships
from vinculos.errors import NotFound, UsageError
from vinculos.graph.cited_sources import described_source
from vinculos.graph.decide import decide, unload
from vinculos.graph.decisions import Decision, standing_decisions
from vinculos.graph.derive import derive
from vinculos.graph.fingerprint import fingerprint
from vinculos.graph.judge import Judgement, judge, taken_back
from vinculos.graph.lookup import find, resolve_id, resolve_person
from vinculos.graph.profile import read_profile
from vinculos.graph.records import NodeRef
from vinculos.graph.rederive import Rederiving
from vinculos.graph.same_people import SamePeople
from vinculos.graph.store import Store
from vinculos.graph.stored import read_decisions
from vinculos.graph.why import why_node, why_ties
from vinculos.language import speaking
from vinculos.loaders.load import load_folder
from vinculos.queries.ask import ask
from vinculos.queries.library import get_query

PRESS = {
    "people": """
        person_id,name,aliases,born,mother_name,source_ids
        ana,Ana Prueba Ejemplo,,1980,Rosa Ejemplo,s1
        eva,Eva Prueba,,,,s1
    """,
    "detentions": """
        detention_id,person_id,started_on,status,source_ids
        d1,ana,2025-01-07,detained,s1
    """,
    "relationships": """
        from_person_id,to_person_id,kind,detail,source_ids
        ana,eva,sibling_of,sister,s1
    """,
}
REGISTER = {
    "people": """
        person_id,name,aliases,born,mother_name,source_ids
        zoe,"PRUEBA EJEMPLO, Ana",La Prueba,1981,,s2
        lia,Lia Prueba,,,,s2
    """,
    "detentions": """
        detention_id,person_id,started_on,status,source_ids
        d9,zoe,2025-01-08,released,s2
    """,
    "relationships": """
        from_person_id,to_person_id,kind,detail,source_ids
        lia,zoe,sibling_of,half sister,s2
    """,
}
ANA, ZOE, EVA, LIA = "press:ana", "register:zoe", "press:eva", "register:lia"


def load_both(store: Store, tmp_path: Path, **changed: str) -> None:
    load_folder(store, write_folder(tmp_path / "press", **PRESS), dataset="press")
    register = write_folder(tmp_path / "register", **REGISTER | changed)
    load_folder(store, register, dataset="register")


def same(one: str, two: str, why: str = "one birth certificate", **more: Any) -> Judgement:
    return Judgement(one, two, "same", why, **more)


def undo(one: str, two: str) -> Judgement:
    return Judgement(one, two, "undo", "a mistake")


def whole(store: Store) -> tuple[Any, Any, str]:
    """Return all but loads and decisions, claims and what they are about among them."""
    ties = {tie for tie in all_relationships(store) if not tie[1].startswith("decision/")}
    return all_nodes(store, but=("Load", "Lock", "Decision")), ties, fingerprint(store)


def people(store: Store) -> dict[str, dict[str, Any]]:
    rows = store.read("MATCH (p:Person) RETURN properties(p) AS p").rows
    return {row["p"]["id"]: row["p"] for row in rows}


def test_two_who_are_one_are_one_node_with_all_that_is_said(store: Store, tmp_path: Path) -> None:
    load_both(store, tmp_path)
    before = whole(store)
    judge(store, [same(ZOE, ANA)])
    found = people(store)
    assert set(found) == {ANA, EVA, LIA}
    ana = found[ANA]
    assert ana["same_as"] == [ZOE]
    assert {ana["name"], *ana["aliases"]} == {
        "Ana Prueba Ejemplo",
        "PRUEBA EJEMPLO, Ana",
        "La Prueba",
    }
    # What they are called differs and is no dispute; their days of birth are one.
    assert ana["disputed"] == ["born"]
    held = "MATCH (p:Person {id: $id})-[:DETAINED_IN]->(d) RETURN d.id AS id ORDER BY id"
    rows = store.read(held, {"id": ANA}).rows
    assert [row["id"] for row in rows] == ["press:d1", "register:d9"]
    ties = store.read(
        "MATCH (a)-[r:RELATED_TO]->(b) RETURN a.id AS a, b.id AS b, r.detail_from AS f, "
        "r.detail_to AS t ORDER BY b"
    ).rows
    # A symmetric tie runs from the smaller id, and so is turned.
    assert [tuple(row.values()) for row in ties] == [
        (ANA, EVA, "sister", None),
        (ANA, LIA, None, "half sister"),
    ]
    assert store.read("MATCH (p:Detainee) RETURN count(p) AS n").rows == [{"n": 1}]
    judge(store, [undo(ANA, ZOE)])
    assert whole(store) == before


def test_a_dispute_about_how_two_are_tied_ends_where_they_are_one(
    store: Store, tmp_path: Path
) -> None:
    contradictions = """
        subject_id,field,value_a,source_a,value_b,source_b
        press:ana,relation_to_lia,sister,s2,cousin,s2
    """
    load_both(store, tmp_path, contradictions=contradictions)
    judge(store, [same(ANA, LIA)])
    ties = store.read("MATCH (a)-[r:RELATED_TO]->(b) RETURN b.id AS b, r.disputed AS disputed").rows
    # Her ties to others are as they were.
    assert {(tie["b"], tuple(tie["disputed"])) for tie in ties} == {(EVA, ()), (ZOE, ())}


def test_one_arrest_told_twice_is_named_and_can_be_made_one(store: Store, tmp_path: Path) -> None:
    taken = """
        detention_id,person_id,started_on,status,source_ids
        d9,zoe,2025-01,released,s2
    """

    def pairs() -> list[tuple[str, str]]:
        found = ask(store, get_query("pair_custodies"), {"id": f"Person {ZOE}"})
        return [(row["detention_id"], row["other_id"]) for row in found.rows]

    load_both(store, tmp_path, detentions=taken)
    # Of two people they are two.
    assert pairs() == []
    judge(store, [same(ZOE, ANA)])
    assert pairs() == [("press:d1", "register:d9")]
    # The way out that docs/same-person.md tells: one key, in a folder of its own.
    one = write_folder(
        tmp_path / "one",
        detentions="""
        detention_id,person_id,started_on,status,source_ids
        d1,register:zoe,2025-01,released,register:s2
    """,
    )
    (one / "sources.csv").unlink()
    load_folder(store, one, dataset="one", space="press")
    emptied = taken.rpartition("d9")[0]
    register = write_folder(tmp_path / "register", **REGISTER | {"detentions": emptied})
    load_folder(store, register, dataset="register", replace=True)
    assert pairs() == []
    (row,) = store.read("MATCH (d:Detention) RETURN properties(d) AS d").rows
    custody = row["d"]
    assert (custody["id"], custody["started"], custody["publishers"]) == (
        "press:d1", "2025-01-07", 2
    )  # fmt: skip
    # Two that differ in their status, which is no dispute: the newest shows.
    assert custody["disputed"] == []


def test_the_other_id_still_leads_to_them(store: Store, tmp_path: Path) -> None:
    load_both(store, tmp_path)
    judge(store, [same(ANA, ZOE)])
    ref = NodeRef("Person", ANA)
    assert resolve_id(store, ZOE) == resolve_id(store, "zoe") == resolve_id(store, ANA) == ref
    assert resolve_person(store, "zoe") == ZOE
    assert resolve_person(store, "ana") == ANA
    assert find(store, "la prueba")[0].ref == ref
    said = {claim["value"] for entry in why_node(store, ref, "name") for claim in entry["claims"]}
    assert said == {"Ana Prueba Ejemplo", "PRUEBA EJEMPLO, Ana"}
    (tie,) = why_ties(store, ref, NodeRef("Person", LIA))
    assert [claim["confidence"] for claim in tie["claims"]] == ["reported"]
    profile = read_profile(store, ref, "en")
    born = next(fact for fact in profile.facts if fact["field"] == "mother_name")
    assert [source["publisher"] for source in born["sources"]] == ["Gazette"]
    with pytest.raises(NotFound):
        resolve_id(store, "register:nobody")


def test_a_later_load_says_what_it_says_of_the_one_node(store: Store, tmp_path: Path) -> None:
    load_both(store, tmp_path)
    judge(store, [same(ANA, ZOE)])
    merged = whole(store)
    # Loading again changes nothing, references to an id that is part of another are good.
    load_both(store, tmp_path)
    assert whole(store) == merged
    changed = REGISTER["people"].replace("1981", "1980-03")
    load_both(store, tmp_path, people=changed)
    assert people(store)[ANA]["born"] == "1980-03"
    assert people(store)[ANA]["disputed"] == []
    more = write_folder(
        tmp_path / "more",
        relationships="""
            from_person_id,to_person_id,kind,held_because_of,source_ids
            register:zoe,press:eva,sibling_of,alleged,s1
        """,
        detentions="""
            detention_id,person_id,started_on,status,source_ids
            d5,register:zoe,2026-01-01,detained,s1
        """,
    )
    with pytest.raises(Exception, match="zoe|custod|problem"):
        load_folder(store, write_folder(tmp_path / "bad", relationships="""
            from_person_id,to_person_id,kind,source_ids
            register:nobody,press:eva,sibling_of,s1
        """), dataset="bad")  # fmt: skip
    (more / "relationships.csv").write_text(
        "from_person_id,to_person_id,kind,held_because_of,detention_id,source_ids\n"
        "register:zoe,press:eva,sibling_of,alleged,d5,s1\n"
    )
    load_folder(store, more, dataset="more")
    (tie,) = store.read(
        "MATCH (:Person {id: $a})-[r:RELATED_TO]-(:Person {id: $b}) RETURN r.claims AS claims",
        {"a": ANA, "b": EVA},
    ).rows
    assert len(tie["claims"]) == 2
    judge(store, [undo(ANA, ZOE)])
    ties = store.read(
        "MATCH (a:Person {id: $id})-[r:RELATED_TO]-(b) RETURN b.id AS id ORDER BY id", {"id": ZOE}
    ).rows
    assert [row["id"] for row in ties] == [EVA, LIA]


def test_a_decision_sleeps_while_one_of_them_is_not_loaded(store: Store, tmp_path: Path) -> None:
    load_both(store, tmp_path)
    judge(store, [same(ANA, ZOE)])
    merged = whole(store)
    unload(store, "press")
    assert people(store)[ZOE]["name"] == "PRUEBA EJEMPLO, Ana"
    assert "same_as" not in people(store)[ZOE]
    load_both(store, tmp_path)
    nodes = {key: node for key, node in whole(store)[0].items() if "@" not in key[1]}
    assert nodes == merged[0]
    # Decided before anything is loaded.
    store.write("MATCH (n) DETACH DELETE n")
    judge(store, [same(ANA, ZOE)])
    assert people(store) == {}
    load_both(store, tmp_path)
    assert whole(store) == merged


def test_decisions_go_on_through_others_and_contradictions_are_refused(
    store: Store, tmp_path: Path
) -> None:
    load_both(store, tmp_path)
    judge(store, [same(ANA, ZOE, by="Ana", when="2026-01-02"), same(ZOE, EVA, by="Beto")])
    assert set(people(store)) == {ANA, LIA}
    assert people(store)[ANA]["same_as"] == [EVA, ZOE]
    # Nobody is tied to themselves.
    assert store.read("MATCH (p:Person)-[r:RELATED_TO]->(p) RETURN r.id AS id").rows == []
    with pytest.raises(UsageError) as refused:
        judge(store, [Judgement(ANA, EVA, "different", "two faces")])
    assert f"{ANA} is {ZOE} (Ana, 2026-01-02), {ZOE} is {EVA} (Beto," in refused.value.message
    assert f"so {ANA} and {EVA} cannot be different" in refused.value.message
    kept = read_decisions(store)
    assert len(kept) == 2
    judge(store, [Judgement(EVA, LIA, "different", "two faces", by="Eva", when="2026-02-02")])
    with pytest.raises(UsageError) as refused:
        judge(store, [same(LIA, ANA)])
    assert f"so {ANA} and {LIA} cannot be the same" in refused.value.message
    assert f"{EVA} is not {LIA} (Eva, 2026-02-02)" in refused.value.message
    with pytest.raises(UsageError, match="are one through others"):
        taken_back(SamePeople(read_decisions(store)), ANA, EVA, "same")
    with pytest.raises(UsageError, match="no decision"):
        taken_back(SamePeople(read_decisions(store)), ANA, LIA, "same")
    with pytest.raises(UsageError, match="reason"):
        judge(store, [same(ANA, LIA, " ")])
    with pytest.raises(UsageError, match="one person already"):
        judge(store, [same(ANA, ANA)])
    # All or none: the second of these contradicts.
    with pytest.raises(UsageError, match="cannot be"):
        judge(store, [undo(ANA, ZOE), same(ANA, LIA), same(ANA, EVA)])
    assert len(read_decisions(store)) == 3


def test_protection_of_one_is_that_of_all(store: Store, tmp_path: Path) -> None:
    load_both(store, tmp_path)
    decide(store, "protect", NodeRef("Person", ZOE), "asked")
    judge(store, [same(ANA, ZOE)])
    assert people(store)[ANA]["protected"] is True
    judge(store, [undo(ANA, ZOE)])
    assert people(store)[ANA].get("protected") is not True
    # Protected while they are one, both stay so.
    decide(store, "unprotect", NodeRef("Person", ZOE), "agreed")
    judge(store, [same(ANA, ZOE)])
    decide(store, "protect", NodeRef("Person", ANA), "asked")
    judge(store, [undo(ANA, ZOE)])
    assert [people(store)[id]["protected"] for id in (ANA, ZOE)] == [True, True]


def test_whoever_is_one_with_a_minor_is_never_named(store: Store, tmp_path: Path) -> None:
    younger = REGISTER["people"].replace("1981", "2015")
    load_both(store, tmp_path, people=younger)
    assert people(store)[ZOE]["is_minor"] is True
    judge(store, [same(ANA, ZOE)])
    ana = people(store)[ANA]
    assert ana["is_minor"] is True and ana["name"].startswith("minor ")
    assert "Ejemplo" not in str(all_nodes(store)).replace("Rosa Ejemplo", "")
    judge(store, [undo(ANA, ZOE)])
    assert [person["is_minor"] for id, person in people(store).items() if id in (ANA, ZOE)] == [
        True,
        True,
    ]
    # Nor by a later load.
    load_both(store, tmp_path, people=younger)
    assert "Ejemplo" not in str(all_nodes(store)).replace("Rosa Ejemplo", "")


def test_a_load_that_makes_one_of_them_a_minor_masks_all(store: Store, tmp_path: Path) -> None:
    load_both(store, tmp_path)
    judge(store, [same(ANA, ZOE)])
    load_both(store, tmp_path, people=REGISTER["people"].replace("1981", "2015"))
    # Born in 1980 or 2015: the later day counts.
    assert people(store)[ANA]["is_minor"] is True
    assert "Ana Prueba" not in str(all_nodes(store))
    assert "PRUEBA EJEMPLO" not in str(all_nodes(store))


class Killed(Exception):
    """Stands for the moment at which a command dies."""


@pytest.mark.parametrize("at", ["nodes", "about", "relationships"])
def test_a_decision_killed_half_way_is_carried_out_by_the_next_change(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str
) -> None:
    def die(*given: Any) -> None:
        raise Killed

    load_both(store, tmp_path)
    apart = whole(store)
    judge(store, [same(ANA, ZOE)])
    merged = whole(store)
    for judgement, wanted in ((undo(ANA, ZOE), apart), (same(ANA, ZOE), merged)):
        with monkeypatch.context() as patched, pytest.raises(Killed):
            patched.setattr(Rederiving, at, die)
            judge(store, [judgement])
        judge(store, [Judgement(EVA, LIA, "unsure" if judgement.kind == "undo" else "undo", "?")])
        assert whole(store)[:2] == wanted[:2]


# Any sequence of loads and decisions ends in the graph that what remains would give.

IDS = [f"all:{name}" for name in evidence.NAMES]
DECIDED = st.tuples(
    st.sampled_from(["same", "same", "same", "different", "undo"]),
    st.sampled_from([(a, b) for a in IDS for b in IDS if a < b]),
    st.none(),
)
BORN = ("", "1980", "1979-06")


@st.composite
def grown_ups(draw: st.DrawFn) -> dict[str, str]:
    """Draw a small folder in which nobody is a minor."""
    tables = draw(evidence.folders())
    people = tables["people"].replace("2010", "1980").replace("2003-06", "1979-06")
    return tables | {"people": people}


STEPS = st.one_of(
    DECIDED,
    DECIDED,
    st.tuples(st.just("load"), st.sampled_from(["one", "two"]), grown_ups()),
    st.tuples(st.just("replace"), st.sampled_from(["one", "two"]), grown_ups()),
    st.tuples(st.just("unload"), st.sampled_from(["one", "two"]), st.none()),
    st.tuples(st.sampled_from(["retract", "unretract"]), st.sampled_from(["s1", "s2"]), st.none()),
)


class Remaining(evidence.Remaining):
    """What should be left, people who are one taken together."""

    def derived(self) -> tuple[dict[Any, Any], set[Any]]:
        claims = [claim for said in self.claims.values() for claim in said.values()]
        touched = {ref for claim in claims for ref in claim.about()}
        sources = derive([c for c in claims if c.table == "sources"], touched, set(), {}).nodes
        cited = {ref.id: described_source(ref.id, node.properties) for ref, node in sources.items()}
        standing = standing_decisions(self.decisions)
        derived = derive(claims, touched, set(), cited, standing, SamePeople(self.decisions))
        return {ref: node.properties for ref, node in derived.nodes.items()}, {
            (r.type, r.start.id, r.end.id, repr(sorted({"id": r.id, **r.properties}.items())))
            for r in derived.relationships.values()
        }


def decide_pair(store: Store, remaining: Remaining, kind: str, pair: tuple[str, str]) -> None:
    try:
        judge(store, [Judgement(*pair, kind, "test")])
    except UsageError as refused:
        assert "cannot be" in refused.message
    made = [d for d in read_decisions(store) if d.other]
    remaining.decisions = [d for d in remaining.decisions if not d.other] + made


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
@given(first=grown_ups(), steps=st.lists(STEPS, min_size=3, max_size=7))
def test_any_sequence_ends_in_what_remains(
    store: Store, first: dict[str, str], steps: list[Any]
) -> None:
    store.write("MATCH (n) DETACH DELETE n")
    remaining = Remaining()
    with tempfile.TemporaryDirectory() as name:
        base = write_folder(Path(name) / "base")
        load_folder(store, base, space="all")
        remaining.claims["base"] = {c.id: c for c in evidence.claims_in(base, "base")}
        for number, (kind, target, tables) in enumerate([("load", "one", first), *steps]):
            if kind in ("load", "replace"):
                folder = write_folder(Path(name) / str(number), **tables)
                (folder / "sources.csv").unlink()
                load_folder(store, folder, dataset=target, space="all", replace=kind == "replace")
                if kind == "replace":
                    remaining.claims[target] = {}
                claims = evidence.claims_in(folder, target, base)
                remaining.claims[target] |= {claim.id: claim for claim in claims}
            elif kind == "unload":
                if remaining.claims[target]:
                    unload(store, target)
                    remaining.claims[target] = {}
            elif kind in ("retract", "unretract"):
                evidence.take_back(store, remaining, kind, target)
            else:
                decide_pair(store, remaining, kind, target)
            nodes, ties = remaining.derived()
            found_nodes, found_ties = evidence.stored(store)
            assert found_nodes == nodes
            assert found_ties == ties
        # Taken back, what was decided leaves no trace in claims either.
        before = whole(store)
        for one, two in [(a, b) for a in IDS for b in IDS if a < b]:
            stands = SamePeople(read_decisions(store))
            if (one, two) not in stands.newest and not stands.chain(one, two):
                try:
                    judge(store, [same(one, two)])
                except UsageError:
                    continue
                judge(store, [undo(one, two)])
                after = whole(store)
                assert after[0] == before[0] and after[2] == before[2]
                # A superseded claim that had lost what it was about may have found it again.
                assert {tie for tie in after[1] ^ before[1] if "@" not in tie[1]} == set()
                assert before[1] <= after[1]


def decision(number: int, kind: str, one: str, two: str) -> Decision:
    return Decision(number, kind, one, "Person", "why", "Ana", f"2026-01-0{number}", two)


def test_who_is_one_follows_from_the_newest_decisions() -> None:
    made = [
        decision(1, "same", "a:1", "b:1"),
        decision(2, "same", "b:1", "c:1"),
        decision(3, "different", "a:1", "d:1"),
        decision(4, "same", "e:1", "f:1"),
        decision(5, "undo", "e:1", "f:1"),
    ]
    found = SamePeople(made)
    assert found.members("c:1") == ("a:1", "b:1", "c:1")
    assert found.members("e:1") == ("e:1",)
    assert [d.number for d in found.chain("a:1", "c:1")] == [1, 2]
    assert found.shown({"b:1", "c:1"}) == {"c:1": "b:1"}
    assert found.shown({"c:1"}) == {}
    assert found.decided == {"a:1", "b:1", "c:1", "d:1", "e:1", "f:1"}
    with pytest.raises(UsageError, match="a:1 is b:1 .*, b:1 is c:1 .*, so a:1 and c:1 cannot be"):
        SamePeople([*made, decision(6, "different", "a:1", "c:1")]).check()


def test_a_contradiction_is_said_in_spanish_too() -> None:
    made = [decision(1, "same", "a:1", "b:1"), decision(2, "different", "b:1", "c:1")]
    both = decision(3, "same", "a:1", "c:1")
    with speaking("es"):
        with pytest.raises(UsageError) as refused:
            SamePeople([*made, both]).check(both)
        assert re.fullmatch(
            r"a:1 es b:1 \(.*\), b:1 no es c:1 \(.*\): "
            "por eso a:1 y c:1 no pueden ser la misma persona.",
            refused.value.message,
        )
        apart = decision(3, "different", "a:1", "b:1")
        made = [decision(1, "same", "a:1", "d:1"), decision(2, "same", "b:1", "d:1")]
        for last, end in ((apart, "dos personas."), (None, r"dos personas \(.*, .*\).")):
            with pytest.raises(UsageError, match=f": por eso a:1 y b:1 no pueden ser {end}"):
                SamePeople([*made, apart]).check(last)
        with pytest.raises(UsageError, match="ninguna decisión de que a:1 y c:1 sean dos personas"):
            taken_back(SamePeople(made), "a:1", "c:1", "different")
        with pytest.raises(UsageError, match="son la misma persona a través de otras: a:1 es d:1"):
            taken_back(SamePeople(made), "a:1", "b:1", "same")
