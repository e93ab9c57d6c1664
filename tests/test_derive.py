from __future__ import annotations

import datetime
import random
from pathlib import Path
from typing import Any

import pytest

from tests.folders import write_folder
from tests.tables import find_files
from vinculos.graph.cited_sources import described_source
from vinculos.graph.derive import Derived, derive
from vinculos.graph.minors import find_minors, mask_claims, minor_name, names_of
from vinculos.graph.records import Claim, Node, NodeRef
from vinculos.loaders.read import read_files

TODAY = datetime.date(2026, 3, 1)
PEOPLE = """
    person_id,name,source_ids
    ana,Ana Uno,s1
    eva,Eva Dos,s1
"""
DETENTIONS = "detention_id,person_id,{},source_ids\n"


def claims_of(folder: Path, dataset: str = "test", **tables: str) -> list[Claim]:
    reading = read_files(
        find_files(write_folder(folder / dataset, **tables))[0], dataset, space="test"
    )
    assert reading.problems == []
    return list(reading.claims)


def derive_all(claims: list[Claim]) -> Derived:
    minors = find_minors(claims, TODAY)
    masked = list(mask_claims(claims, minors, names_of(claims, minors)))
    touched = {ref for claim in masked for ref in claim.about()}
    sources = derive([c for c in masked if c.table == "sources"], touched, set(), {}).nodes
    cited = {ref.id: described_source(ref.id, node.properties) for ref, node in sources.items()}
    return derive(masked, touched, minors, cited)


def node(derived: Derived, label: str, key: str) -> dict[str, Any]:
    found: Node = derived.nodes[NodeRef(label, f"test:{key}")]
    return found.properties


def edges(derived: Derived, kind: str) -> list[dict[str, Any]]:
    return [
        {"start": rel.start.id, "end": rel.end.id, **rel.properties}
        for rel in derived.relationships.values()
        if rel.type == kind
    ]


def test_the_order_of_claims_decides_nothing(tmp_path: Path) -> None:
    starter = Path(__file__).parent.parent / "datasets" / "starter"
    claims = list(read_files(find_files(starter)[0], "starter").claims)
    first = derive_all(claims)
    random.Random(7).shuffle(claims)
    second = derive_all(claims)
    assert first.nodes == second.nodes
    assert first.relationships == second.relationships


def two_accounts(tmp_path: Path, column: str, first: str, second: str, **more: str) -> Derived:
    """Derive one detention of which two datasets give `column`; the second source is newer."""
    one = claims_of(
        tmp_path,
        "one",
        people=PEOPLE,
        detentions=DETENTIONS.format(column) + f"d1,ana,{first},s1\n",
        **more,
    )
    two = claims_of(
        tmp_path,
        "two",
        people=PEOPLE,
        detentions=DETENTIONS.format(column) + f"d1,ana,{second},s2\n",
    )
    return derive_all(one + two)


def test_accepted_values_that_differ_are_a_dispute_and_the_newest_shows(tmp_path: Path) -> None:
    detention = node(
        two_accounts(tmp_path, "started_on", "2025-01-05", "2025-01-07"), "Detention", "d1"
    )
    assert detention["started"] == "2025-01-07"
    assert detention["started_min"] == detention["started_max"] == datetime.date(2025, 1, 7)
    assert detention["disputed"] == ["started"]


def test_a_less_exact_date_is_no_dispute_and_the_exact_one_shows(tmp_path: Path) -> None:
    detention = node(
        two_accounts(tmp_path, "started_on", "2025-01-05", "2025-01"), "Detention", "d1"
    )
    assert (detention["started"], detention["disputed"]) == ("2025-01-05", [])


def test_statuses_follow_each_other(tmp_path: Path) -> None:
    claims = claims_of(
        tmp_path,
        "one",
        people=PEOPLE,
        detentions="detention_id,person_id,status,status_as_of,source_ids\n"
        "d1,ana,released,2026-01,s1\n",
    ) + claims_of(
        tmp_path,
        "two",
        people=PEOPLE,
        detentions="detention_id,person_id,status,status_as_of,source_ids\n"
        "d1,ana,detained,2025-06,s2\n",
    )
    detention = node(derive_all(claims), "Detention", "d1")
    assert (detention["status"], detention["status_as_of"], detention["disputed"]) == (
        "released",
        "2026-01",
        [],
    )


def test_a_status_without_a_day_has_that_of_its_newest_source(tmp_path: Path) -> None:
    claims = claims_of(
        tmp_path,
        people=PEOPLE,
        detentions="detention_id,person_id,status,source_ids\nd1,ana,detained,s1;s2\n",
    )
    assert node(derive_all(claims), "Detention", "d1")["status_as_of"] == "2025-02-10"


def test_a_contradiction_marks_the_accepted_value_and_shows_none_of_its_own(
    tmp_path: Path,
) -> None:
    derived = derive_all(
        claims_of(
            tmp_path,
            people=PEOPLE,
            detentions=DETENTIONS.format("started_on") + "d1,ana,2025-01-07,s1\n",
            contradictions="""
                subject_id,field,value_a,source_a,value_b,source_b
                d1,started_on,2025-01-07,s1,2025-01-09,s3
                d1,date_of_conviction,2025-02,s1,2025-03,s3
                ana,age,26,s1,29,s2
            """,
        )
    )
    detention = node(derived, "Detention", "d1")
    assert detention["started"] == "2025-01-07"
    assert "sentenced_on" not in detention
    assert detention["disputed"] == ["sentenced_on", "started"]
    assert node(derived, "Person", "ana")["disputed"] == ["age"]


def test_a_disputed_tie_is_marked_at_both_places_and_makes_no_edge(tmp_path: Path) -> None:
    derived = derive_all(
        claims_of(
            tmp_path,
            people=PEOPLE + "    lia,Lia Tres,s1\n",
            organizations="org_id,name,source_ids\npol,Police,s1\narmy,Army,s1\n",
            detentions=DETENTIONS.format("by_org_id") + "d1,ana,pol,s1\n",
            relationships="from_person_id,to_person_id,kind,source_ids\n"
            "ana,eva,partner_of,s1\nana,lia,sibling_of,s1\n",
            contradictions="""
                subject_id,field,value_a,source_a,value_b,source_b
                d1,by_org,Police,s1,Army,s2
                ana,relation_to_eva,partner,s1,wife,s2
            """,
        )
    )
    (arrest,) = edges(derived, "ARRESTED_BY")
    assert (arrest["end"], arrest["disputed"]) == ("test:pol", ["ARRESTED_BY"])
    assert node(derived, "Detention", "d1")["disputed"] == ["ARRESTED_BY"]
    related = {edge["end"]: edge["disputed"] for edge in edges(derived, "RELATED_TO")}
    assert related == {"test:eva": ["RELATED_TO"], "test:lia": []}


def test_an_edge_shows_its_strongest_claim_and_lists_all(tmp_path: Path) -> None:
    table = "person_id,target_id,role,confidence,source_ids\neva,d1,ordered,{},{}\n"
    detentions = "detention_id,person_id,source_ids\nd1,ana,s1\n"
    claims = claims_of(
        tmp_path,
        "one",
        people=PEOPLE,
        detentions=detentions,
        official_involvement=table.format("alleged", "s1"),
    ) + claims_of(
        tmp_path,
        "two",
        people=PEOPLE,
        detentions=detentions,
        official_involvement=table.format("", "s2;s3"),
    )
    (edge,) = edges(derive_all(claims), "INVOLVED_IN")
    assert edge["confidence"] == "reported"
    assert len(edge["claims"]) == 2
    assert len(edge["sources"]) == 3


def test_two_roles_and_two_posts_never_collapse(tmp_path: Path) -> None:
    derived = derive_all(
        claims_of(
            tmp_path,
            people=PEOPLE,
            organizations="org_id,name,source_ids\npol,Police,s1\n",
            detentions="detention_id,person_id,source_ids\nd1,ana,s1\n",
            official_involvement="person_id,target_id,role,source_ids\n"
            "eva,d1,ordered,s1\neva,d1,denounced,s1\n",
            positions="person_id,org_id,title,started_on,source_ids\n"
            "eva,pol,Chief,2014,s1\neva,pol,Chief,2019,s1\neva,pol,Adviser,2019,s1\n",
        )
    )
    assert len(edges(derived, "INVOLVED_IN")) == 2
    assert len(edges(derived, "HOLDS_POST")) == 3


@pytest.mark.parametrize(
    ("stays", "expected"),
    [
        ("", {("a", None, None, 1)}),
        ("d1,b,2025-01,2025-02,s1\n", {("a", None, None, 1), ("b", "2025-01", "2025-02", 1)}),
        (
            "d1,a,2025-01,2025-02,s1\nd1,a,2025-05,,s1\n",
            {("a", "2025-01", "2025-02", 1), ("a", "2025-05", None, 2)},
        ),
    ],
)
def test_the_last_place_fills_in_or_supports_the_latest_stay(
    tmp_path: Path, stays: str, expected: set[tuple[str, str | None, str | None, int]]
) -> None:
    derived = derive_all(
        claims_of(
            tmp_path,
            people=PEOPLE,
            places_of_detention="place_id,name,source_ids\na,Prison A,s1\nb,Prison B,s1\n",
            detentions=DETENTIONS.format("place_id") + "d1,ana,a,s1\n",
            detention_places="detention_id,place_id,from_on,to_on,source_ids\n" + stays,
        )
    )
    found = {
        (e["end"].removeprefix("test:"), e.get("started"), e.get("ended"), len(e["claims"]))
        for e in edges(derived, "HELD_AT")
    }
    assert found == expected


def test_the_strictest_protection_wins(tmp_path: Path) -> None:
    people = "person_id,name,protected,source_ids\nana,Ana Uno,{},s1\n"
    sources = "source_id,title,url,access\ns1,First,https://example.org/1,{}\n"
    claims = claims_of(
        tmp_path, "one", sources=sources.format("restricted"), people=people.format("true")
    ) + claims_of(tmp_path, "two", sources=sources.format("public"), people=people.format("false"))
    derived = derive_all(claims)
    assert node(derived, "Person", "ana")["protected"] is True
    (source,) = [n.properties for ref, n in derived.nodes.items() if ref.label == "Source"]
    assert source["access"] == "restricted"


MINOR = NodeRef("Person", "test:eva")
BIRTH = "person_id,name,born,source_ids\nana,Ana Uno,,s1\neva,Eva Dos,{},s1\n"


@pytest.mark.parametrize(
    ("born", "tables", "is_minor"),
    [
        ("2000", {}, False),
        ("2012-05-01", {}, True),
        ("2007", {}, False),
        # 17 on the day of a detention, an adult today.
        (
            "2003-06",
            {"detentions": "detention_id,person_id,started_on,source_ids\nd1,eva,2021-06-20,s1\n"},
            True,
        ),
        (
            "2003-06",
            {"detentions": "detention_id,person_id,started_on,source_ids\nd1,eva,2021-07-01,s1\n"},
            False,
        ),
        # The detention's own row names no day, but a row about it does.
        (
            "2003-06",
            {
                "detentions": "detention_id,person_id,source_ids\nd1,eva,s1\n",
                "places_of_detention": "place_id,name,source_ids\np,Prison,s1\n",
                "detention_places": "detention_id,place_id,from_on,source_ids\nd1,p,2020,s1\n",
            },
            True,
        ),
        # A taken part in an event counts too.
        (
            "2003-06",
            {
                "events": "event_id,kind,name,started_on,source_ids\ne1,protest,March,2019,s1\n",
                "event_people": "event_id,person_id,role,source_ids\ne1,eva,subject,s1\n",
            },
            True,
        ),
        # Somebody else's detention does not.
        (
            "2003-06",
            {"detentions": "detention_id,person_id,started_on,source_ids\nd1,ana,2019,s1\n"},
            False,
        ),
    ],
)
def test_who_is_a_minor(tmp_path: Path, born: str, tables: dict[str, str], is_minor: bool) -> None:
    derived = derive_all(claims_of(tmp_path, people=BIRTH.format(born), **tables))
    eva = node(derived, "Person", "eva")
    assert eva["is_minor"] is is_minor
    assert eva["name"] == (minor_name(MINOR) if is_minor else "Eva Dos")


def test_a_name_of_a_minor_stands_nowhere(tmp_path: Path) -> None:
    claims = claims_of(
        tmp_path,
        people="person_id,name,aliases,is_minor,summary,source_ids\n"
        "ana,Ana Uno,,,Mother of EVA  DÓS who plays with Evita,s1\n"
        "eva,Eva Dos,Evita;Eva D.,true,Evita is at school,s1\n",
        relationships="from_person_id,to_person_id,kind,detail,source_ids\n"
        "ana,eva,parent_of,mother of Eva Dós,s1\n",
        contradictions="subject_id,field,value_a,source_a,value_b,source_b\n"
        "eva,name,Eva Dos,s1,Eva Doss,s2\n"
        "ana,visited,by eva dos,s1,by nobody,s2\n",
    )
    minors = find_minors(claims, TODAY)
    masked = list(mask_claims(claims, minors, names_of(claims, minors)))
    text = "\n".join(claim.asserts() for claim in masked).lower()
    assert "eva d" not in text and "eva dós" not in text and "eva doss" not in text
    assert minor_name(MINOR) in text
    # A single word may be anybody's; it goes where the minor is spoken of.
    assert "evita is at school" not in text
    assert [value.field for claim in masked for value in claim.values].count("aliases") == 0


def test_the_key_of_an_adult_called_like_a_minor_does_not_say_who_the_minor_is(
    tmp_path: Path,
) -> None:
    claims = claims_of(
        tmp_path,
        people="person_id,name,is_minor,source_ids\neva-dos,Eva Dos,,s1\nm-1,Eva Dos,true,s1\n",
        detentions="detention_id,person_id,source_ids\nd-eva-dos,eva-dos,s1\nd-1,m-1,s1\n",
        accusations="subject_id,charge_id,source_ids\nd-eva-dos,x,s1\n",
        charges="charge_id,name_en,source_ids\nx,An offence,s1\n",
    )
    minors = find_minors(claims, TODAY)
    masked = list(mask_claims(claims, minors, names_of(claims, minors)))
    number = minor_name(NodeRef("Person", "test:m-1"))
    assert [claim.key for claim in masked] == [claim.key for claim in claims]
    assert [claim.values[0].text for claim in masked if claim.key == "test:m-1"] == [number]


def test_an_adult_called_like_a_minor_keeps_the_name(tmp_path: Path) -> None:
    claims = claims_of(
        tmp_path,
        people="person_id,name,is_minor,summary,source_ids\n"
        "ana,Eva Dos,,Aunt of Eva Dos,s1\neva,Eva Dos,true,,s1\nlia,mother of Eva Dos,,,s1\n",
    )
    derived = derive_all(claims)
    assert node(derived, "Person", "ana")["name"] == "Eva Dos"
    assert node(derived, "Person", "ana")["summary"] == f"Aunt of {minor_name(MINOR)}"
    assert node(derived, "Person", "lia")["name"] == f"mother of {minor_name(MINOR)}"
