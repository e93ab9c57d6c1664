from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.folders import write_folder
from tests.tables import find_files
from vinculos.errors import InputError
from vinculos.graph.records import Claim, NodeRef, Tie
from vinculos.loaders.files import Problem, RawRow, open_tables
from vinculos.loaders.parse import Reading
from vinculos.loaders.read import read_files

STARTER = Path(__file__).parent.parent / "datasets" / "starter"
PEOPLE = """
    person_id,name,is_minor,source_ids
    ana,Ana Uno,false,s1
    eva,Eva Dos,false,s1
"""


def read(folder: Path, **options: str) -> Reading:
    paths, notes = find_files(folder)
    reading = read_files(paths, "test", **options)
    reading.notes[:0] = notes
    return reading


def said(folder: Path, **tables: str) -> list[str]:
    """Return the problems of a folder as `file:line column: message`."""
    reading = read(write_folder(folder, **tables))
    return [f"{p.file}:{p.line} {p.column}: {p.message}" for p in reading.problems]


def ties(claims: list[Claim], kind: str) -> list[Tie]:
    return [tie for claim in claims for tie in claim.ties if tie.type == kind]


def test_the_starter_has_a_claim_for_each_row_and_two_for_each_contradiction() -> None:
    reading = read(STARTER)
    assert reading.problems == []
    assert reading.notes == []
    rows = {}
    for path in STARTER.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows[path.stem] = len(list(csv.DictReader(file)))
    rows["contradictions"] *= 2
    found = {name: sum(claim.table == name for claim in reading.claims) for name in rows}
    assert found == rows
    assert len({claim.id for claim in reading.claims}) == len(reading.claims)
    assert all(claim.citations and claim.about() for claim in reading.claims)


def rows_of(path: Path, encoding: str = "utf-8") -> list[RawRow | Problem]:
    (table,) = open_tables(path, encoding=encoding)
    assert not isinstance(table, str)
    return list(table.rows())


def good_rows(path: Path, encoding: str = "utf-8") -> list[RawRow]:
    return [row for row in rows_of(path, encoding) if isinstance(row, RawRow)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_separators_and_byte_order_marks(tmp_path: Path, separator: str, mark: str) -> None:
    text = mark + separator.join(["a", "b"]) + "\r\n" + separator.join(['"x;y,z"', "é"]) + "\r\n"
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8", newline="")
    rows = good_rows(path)
    assert [row.cells for row in rows] == [{"a": "x;y,z", "b": "é"}]
    assert [row.line for row in rows] == [2]


def test_lines_are_counted_through_cells_of_several_lines(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text('a,b\n"one\ntwo",x\n\nthree,y\n')
    assert [row.line for row in good_rows(path)] == [2, 5]


def test_another_encoding_is_named_and_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes("person_id,name,source_ids\nana,Begoña,s1\n".encode("cp1252"))
    with pytest.raises(InputError, match=r"not utf-8 text \(line 2\).*--encoding cp1252"):
        rows_of(path)
    assert good_rows(path, "cp1252")[0].cells["name"] == "Begoña"
    with pytest.raises(InputError, match="no encoding"):
        rows_of(path, "klingon")


def test_half_a_character_is_a_problem(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    text = "person_id,name,source_ids\nana,Ana +2AA- Uno,s1\n"
    (folder / "people.csv").write_text(text, "ascii")
    (problem,) = read(folder, encoding="utf-7").problems
    assert (problem.line, problem.column) == (2, "name")
    assert "half a character" in problem.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('a,b\n1,"never closed\n', "never closed"),
        ("a,b\n1\n", "1 cell where the header has 2"),
        ("a,b\n1,2,3\n", "3 cells where the header has 2"),
        ("a,a\n1,2\n", "names this column twice"),
        ("a,b\n1,\0\n", "NUL"),
        ("", "no header"),
    ],
)
def test_broken_files_are_problems(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text)
    problems = [p for row in rows_of(path) for p in (getattr(row, "problems", None) or [row])]
    (problem,) = [problem for problem in problems if isinstance(problem, Problem)]
    assert message in problem.message


def test_every_problem_is_named_with_file_line_column_and_a_suggestion(tmp_path: Path) -> None:
    problems = said(
        tmp_path,
        people="""
            person_id,name,gender,born,source_ids
            maria-yanez,Maria Uno,f,,s1
            luis,,x y,2025-02-30,s9
            maria-yanez,Maria Dos,f,,s1
            nora,Nora Tres,fem,,
        """,
        detentions="""
            detention_id,person_id,started_on,ended_on,status,source_ids
            d1,maria-yanes,2025-03-01,2025-02-01,detaned,s1
        """,
    )
    assert [p.partition(": ")[0] for p in problems] == [
        "people.csv:3 name",
        "people.csv:3 gender",
        "people.csv:3 born",
        "people.csv:3 source_ids",
        "people.csv:4 person_id",
        "people.csv:5 gender",
        "people.csv:5 source_ids",
        "detentions.csv:2 status",
        "detentions.csv:2 ended_on",
        "detentions.csv:2 person_id",
    ]
    text = "\n".join(problems)
    assert "did you mean `maria-yanez`?" in text
    assert "did you mean `detained`?" in text
    assert "not a day of the calendar" in text
    assert "the same key as people.csv:2; a row is one fact, and these differ in: name" in text
    assert "a row without a source is not loaded" in text
    assert "this is before started_on (2025-03-01)" in text


def test_a_row_with_a_problem_makes_no_claim_and_the_others_do(tmp_path: Path) -> None:
    reading = read(
        write_folder(
            tmp_path,
            people=PEOPLE + "    lia,Lia,maybe,s1\n",
        )
    )
    assert [claim.key for claim in reading.claims if claim.table == "people"] == [
        "test:ana",
        "test:eva",
    ]
    assert len(reading.problems) == 1


def test_unknown_columns_and_files_are_named(tmp_path: Path) -> None:
    write_folder(tmp_path, people=PEOPLE.replace("is_minor", "is_minr"), notes="a,b\n1,2\n")
    reading = read(tmp_path)
    assert reading.problems == []
    assert any("notes.csv is not one of the tables" in note for note in reading.notes)
    assert any("`is_minr`" in n and "did you mean `is_minor`" in n for n in reading.notes)


def test_a_file_is_known_by_its_header_too(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, people=PEOPLE)
    other = folder / "my people.csv"
    (folder / "people.csv").rename(other)
    reading = read_files([folder / "sources.csv", other], "test")
    assert [claim.table for claim in reading.claims if claim.key == "test:ana"] == ["people"]
    (folder / "odd.csv").write_text("x,y\n1,2\n")
    with pytest.raises(InputError, match="--table"):
        read_files([folder / "odd.csv"], "test")


def test_a_key_that_two_entities_have_must_be_told_apart(tmp_path: Path) -> None:
    (problem,) = said(
        tmp_path,
        people=PEOPLE,
        organizations="org_id,name,source_ids\nx,Org,s1\n",
        detentions="detention_id,person_id,source_ids\nx,ana,s1\n",
        official_involvement="person_id,target_id,role,source_ids\neva,x,ordered,s1\n",
    )
    assert "both a detention and organization" in problem


def test_keys_hold_no_separators(tmp_path: Path) -> None:
    problems = said(tmp_path, people="person_id,name,source_ids\na:b,Ana,s1\na@b,Eva,s1\n")
    assert len(problems) == 2 and all("none of them : ; or @" in p for p in problems)


def test_what_stands_for_a_key_and_may_be_a_name_is_not_printed(tmp_path: Path) -> None:
    problems = said(
        tmp_path,
        people="person_id,name,is_minor,source_ids\nnn,s1,,Zulaymar Prueba\nana,Ana,,s1\n",
    )
    assert len(problems) == 1 and "people.csv:2 source_ids" in problems[0]
    assert "Zulaymar" not in problems[0]


def test_links_are_http(tmp_path: Path) -> None:
    problems = said(
        tmp_path, sources="source_id,title,url\ns1,A,javascript:alert(1)\ns2,B,https://e.org/x\n"
    )
    assert len(problems) == 1 and "sources.csv:2 url" in problems[0]


def test_a_source_with_a_link_is_one_node_whatever_its_key(tmp_path: Path) -> None:
    first = read(write_folder(tmp_path / "a", people=PEOPLE))
    second = read_files(
        find_files(
            write_folder(
                tmp_path / "b",
                sources="source_id,title,url\nzz,First report,HTTPS://Example.org/1#part\n",
            )
        )[0],
        "other",
    )
    (node,) = next(iter(second.claims)).nodes
    assert node in next(iter(first.claims)).nodes
    assert node.id.startswith("url:")


HOSTAGE = """
    from_person_id,to_person_id,kind,held_because_of,detention_id,source_ids
    ana,eva,sibling_of,yes,{},s1
"""
CUSTODY = "detention_id,person_id,source_ids\n"


def test_a_hostage_claim_hangs_on_the_only_custody(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        people=PEOPLE,
        detentions=CUSTODY + "d1,ana,s1\n",
        relationships=HOSTAGE.format(""),
    )
    (tie,) = ties(read(folder).claims, "BECAUSE_OF")
    assert (tie.start.id, tie.end.id, tie.confidence) == ("test:d1", "test:eva", "documented")


@pytest.mark.parametrize(
    ("custodies", "named", "message"),
    [
        ("", "", "no custody"),
        ("d1,ana,s1\nd2,ana,s1\n", "", "several custodies; name the one meant: d1, d2"),
        ("d1,ana,s1\nd3,eva,s1\n", "d3", "d3 is no custody of from_person_id"),
    ],
)
def test_a_hostage_claim_without_one_clear_custody_is_a_problem(
    tmp_path: Path, custodies: str, named: str, message: str
) -> None:
    (problem,) = said(
        tmp_path,
        people=PEOPLE,
        detentions=CUSTODY + custodies,
        relationships=HOSTAGE.format(named),
    )
    assert message in problem


def test_several_custodies_named_make_an_edge_each(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        people=PEOPLE,
        detentions=CUSTODY + "d1,ana,s1\nd2,ana,s1\nd3,ana,s1\n",
        relationships=HOSTAGE.format("d1;d3"),
    )
    found = ties(read(folder).claims, "BECAUSE_OF")
    assert [tie.start.id for tie in found] == ["test:d1", "test:d3"]


@pytest.mark.parametrize(
    ("start", "end", "kind", "stored"),
    [
        ("ana", "eva", "child_of", ("test:eva", "test:ana", "parent_of", "detail_to")),
        ("eva", "ana", "parent_of", ("test:eva", "test:ana", "parent_of", "detail_from")),
        ("eva", "ana", "sibling_of", ("test:ana", "test:eva", "sibling_of", "detail_to")),
        ("eva", "ana", "lawyer_of", ("test:eva", "test:ana", "lawyer_of", "detail_from")),
    ],
)
def test_directions_of_ties(
    tmp_path: Path, start: str, end: str, kind: str, stored: tuple[str, str, str, str]
) -> None:
    folder = write_folder(
        tmp_path,
        people=PEOPLE,
        relationships="from_person_id,to_person_id,kind,detail,source_ids\n"
        f"{start},{end},{kind},word,s1\n",
    )
    (tie,) = ties(read(folder).claims, "RELATED_TO")
    assert (tie.start.id, tie.end.id, tie.fields["kind"]) == stored[:3]
    assert tie.fields[stored[3]] == "word"


def test_each_house_arrest_has_a_home_of_its_own(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        people=PEOPLE,
        places_of_detention="place_id,name,kind,source_ids\nhome,Private home,residence,s1\n",
        detentions="detention_id,person_id,place_id,source_ids\nd1,ana,home,s1\nd2,eva,home,s1\n",
        detention_places="detention_id,place_id,from_on,source_ids\nd1,home,2025,s1\n",
    )
    homes = [tie.end for tie in ties(read(folder).claims, "HELD_AT")]
    assert homes == [
        NodeRef("Place", "test:home@d1"),
        NodeRef("Place", "test:home@d2"),
        NodeRef("Place", "test:home@d1"),
    ]


def test_contradictions_are_typed_only_where_declared(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        people=PEOPLE,
        organizations="org_id,name,source_ids\npol,Police,s1\n",
        detentions=CUSTODY + "d1,ana,s1\n",
        contradictions="""
            subject_id,field,value_a,source_a,value_b,source_b
            ana,sex,daughter,s1,a child,s2
            d1,by_org,Police,s1,some policemen,s2
            d1,date_of_conviction,2025-02,s1,in spring,s2
            ana,relation_to_eva,wife,s1,a friend of hers,s2
            d1,sentence_years,30,s1,27.5,s2
            ana,shoe_size,40,s1,41,s2
        """,
    )
    reading = read(folder)
    assert reading.problems == []
    values = [v for c in reading.claims if c.table == "contradictions" for v in c.values]
    assert [(v.field, v.value, v.text, v.status) for v in values] == [
        ("gender", "f", "daughter", "conflict"),
        ("gender", None, "a child", "conflict"),
        ("ARRESTED_BY", "test:pol", "Police", "conflict"),
        ("ARRESTED_BY", None, "some policemen", "conflict"),
        ("sentenced_on", "2025-02", "2025-02", "conflict"),
        ("sentenced_on", None, "in spring", "conflict"),
        ("RELATED_TO", "spouse_of", "wife", "conflict"),
        ("RELATED_TO", None, "a friend of hers", "conflict"),
        ("sentence_years", 30, "30", "conflict"),
        ("sentence_years", 27.5, "27.5", "conflict"),
        ("shoe_size", "40", "40", "conflict"),
        ("shoe_size", "41", "41", "conflict"),
    ]
    assert values[6].other == NodeRef("Person", "test:eva")
    assert not any(claim.ties for claim in reading.claims if claim.table == "contradictions")


def test_an_inserted_line_moves_no_claim(tmp_path: Path) -> None:
    folder = write_folder(tmp_path, people=PEOPLE)
    before = {claim.id: claim.digest() for claim in read(folder).claims}
    lines = (folder / "people.csv").read_text().splitlines()
    lines.insert(1, "new,Nueva,false,s1")
    (folder / "people.csv").write_text("\n".join(lines) + "\n")
    after = {claim.id: claim.digest() for claim in read(folder).claims}
    assert before.items() <= after.items()
    assert len(after) == len(before) + 1


def test_pages_and_access_days_go_with_their_sources(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        people="person_id,name,page,accessed_on,source_ids\nana,Ana,4;12,2025-05-01,s2;s3\n",
    )
    claim = next(c for c in read(folder).claims if c.table == "people")
    assert [(c.page, c.accessed) for c in claim.citations] == [
        ("4", "2025-05-01"),
        ("12", "2025-05-01"),
    ]


@pytest.mark.parametrize("column", ["is_minor", "born"])
def test_no_message_prints_the_name_of_somebody_who_may_be_a_minor(
    tmp_path: Path, column: str
) -> None:
    mark = {"is_minor": "true", "born": "2012-05-01"}[column]
    folder = write_folder(
        tmp_path,
        people=f"person_id,name,aliases,{column},gender,source_ids\n"
        f"m1,Zulia Niña Pérez,Zulia Pérez,{mark},ZULIA NINA PEREZ,s9\n",
        relationships="from_person_id,to_person_id,kind,source_ids\nm1,Zulia Pérez,sibling_of,s1\n",
    )
    shown = "\n".join(map(str, read(folder).problems))
    assert "people.csv:2" in shown and "relationships.csv:2" in shown
    assert "zulia" not in shown.lower()


def test_a_tie_of_no_known_kind_is_a_problem(tmp_path: Path) -> None:
    relationships = "from_person_id,to_person_id,kind,source_ids\nana,eva,sibling,s1\n"
    people = "person_id,name,source_ids\nana,Ana,s1\neva,Eva,s1\n"
    (problem,) = said(tmp_path, people=people, relationships=relationships)
    assert "relationships.csv:2 kind: no kind of tie" in problem


@pytest.mark.parametrize(
    "row",
    [
        "nn,Zulaymar Rincón,true,s1",
        "nn,s1,true,Zulaymar Rincón",
        "nn,true,s1,Zulaymar Rincón",
        "true,,Daughter of Eva,Zulaymar Rincón\nana,Anita Prueba,Ana Prueba,s1",
    ],
)
def test_a_minor_s_name_in_the_wrong_column_is_not_printed(tmp_path: Path, row: str) -> None:
    people = f"person_id,is_minor,name,source_ids\n{row}\n"
    problems = said(tmp_path, people=people)
    assert problems and "Zulaymar" not in "".join(problems)


@pytest.mark.parametrize("end", ["\n", "\x0c"])
def test_a_row_that_stands_for_the_header_is_not_printed(tmp_path: Path, end: str) -> None:
    """A file without a header, or whose lines end in no known way, has its people in line 1."""
    lines = ["nn,Zulaymar Desconocida,true,s1", "nm,Marlenys Desconocida,true,s1"]
    if end != "\n":
        lines.insert(0, "person_id,name,is_minor,source_ids")
    write_folder(tmp_path, people=end.join(lines) + end)
    reading = read(tmp_path)
    words = "\n".join([*reading.notes, *map(str, reading.problems)])
    assert "Desconocida" not in words
    assert "of its first line is not one of people and was left out" in words
    assert "people needs this column" in words
