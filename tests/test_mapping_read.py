"""Mapping files: what is wrong is told with its line; nothing in one is ever run."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from tests.mappings import LIST, MAPPING, said, write
from vinculos.errors import InputError, InvalidRows
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.mapping_read import TARGETS, read_mapping, shipped_mappings

TABLE = 'people: {{person_id: "{{Cédula}}", name: {}, source_ids: a}}\n'


def problems(folder: Path, text: str) -> list[str]:
    """Return the problems of a mapping as `line what: message`."""
    path = folder / "M.yml"
    path.write_text(textwrap.dedent(text).lstrip("\n"), "utf-8")
    with pytest.raises(InvalidRows) as refused:
        read_mapping(str(path))
    assert all(problem.file == "M.yml" for problem in refused.value.problems)
    return [f"{p.line} {p.column}: {p.message}" for p in refused.value.problems]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("abuot: a\npeople: {}\n", "1 : there is no such key here; did you mean `about`?"),
        ("about: a\n", "1 : this makes no rows: name a table"),
        ("rows: []\nrows: []\n", "2 : this key stands here twice"),
        ("- a\n", "1 : this takes keys with values"),
        ("rows: {a: b}\n", "1 rows: this takes a list"),
        ("rows:\n  - poeple: {}\n", "2 rows: there is no such key here; did you mean `people`?"),
        (
            TABLE.format("{Nombre}"),
            '1 people.name: a template stands in quotation marks, such as "',
        ),
        (TABLE.format('"{Nombre"'), "1 people.name: a brace stands alone"),
        (TABLE.format('"{}"'), "1 people.name: `{}` is the text so far"),
        (TABLE.format("[]"), "1 people.name: this list is empty"),
        (TABLE.format("{split: a}"), "1 people.name: this lacks `from`"),
        (TABLE.format('{from: "{A}", part: 1}'), "1 people.name: `part` goes with `split`"),
        (TABLE.format('{from: "{A}", split: ",", part: 0}'), "1 people.name: count the parts"),
        (TABLE.format('{from: "{A}", split: ""}'), "1 split: say what separates"),
        (TABLE.format('{from: "{A}", else: b}'), "1 people.name: `else` goes with `words`"),
        (TABLE.format('{from: "{A}", words: w}'), "1 people.name: `words` at the top has no such"),
        (TABLE.format('{from: "{A}", words: {}}'), "1 people.name: this list of words is empty"),
        (TABLE.format('{from: "{A}", date: dd/dd}'), "1 people.name: a date format is made of"),
        (TABLE.format('{from: "{A}", date: [yyyy, x]}'), "1 people.name: a date format is made"),
        (TABLE.format('{from: "{A}", key: md5}'), "1 people.name: say how the key is made"),
        (TABLE.format('{from: "{A}", when: b}'), "1 people.name: this is the same for every row"),
        (TABLE.format('{from: "{A}", when: {a: b}}'), "1 people.name: name a column to look at"),
        ("people:\n  name: a\n", "2 people.person_id: the table needs this column"),
        ("people:\n  name: a\n", "2 people.source_ids: the table needs this column"),
        (
            "people:\n  person_id: a\n  name: b\n  source_ids: c\n  gender: mujer\n",
            "5 people.gender: no gender has this word",
        ),
        (
            'people:\n  person_id: "{a}"\n  name: b\n  source_ids: c\n  gender:\n'
            '    from: "{s}"\n    words:\n      M: m\n      F: w\n',
            "9 people.gender: no gender has this word",
        ),
        ("columns: {nmae: a}\npeople: {}\n", "2 people: a block makes rows of one table"),
        ("columns: {nmae: a}\nrows:\n  - people: {}\n", "1 nmae: no table in this block has"),
        ("each: Delito 1\npeople: {}\n", "1 each: write `#` where the number stands"),
        ("each: {from: a}\npeople: {}\n", "1 each: give `from` and `split`"),
        ("let: {item: a}\npeople: {}\n", "1 item: this name is taken"),
        ("let: {a: b}\nrows:\n  - let: {a: c}\n    people: {}\n", "3 a: this name is taken"),
        ("let: {'a#': b}\nrows: []\n", "1 a#: this name is taken, or holds a brace or `#`"),
        ("inputs: {a: {rows: []}}\nwhen: a\n", "2 when: with `inputs` this belongs to one of them"),
        ("missing: maybe\nrows: []\n", "1 missing: say what a missing column is"),
        ("words: {a: {file: no.csv, key: b, value: c}}\nrows: []\n", "1 a: there is no such file"),
        ("contradictions: {}\n", "1 : there is no such key here"),
    ],
)
def test_each_mistake_is_told_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    found = problems(tmp_path, text)
    assert any(problem.startswith(expected) for problem in found), found


def test_all_mistakes_are_told_at_once(tmp_path: Path) -> None:
    text = MAPPING.replace("key: slug", "key: slag").replace("dd/mm/yyyy", "dd/mm")
    lines = [int(problem.split()[0]) for problem in problems(tmp_path, text)]
    assert lines == sorted(lines) and len(lines) == 4


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [1\nb: 2\n", r"M\.yml:2: "),
        ("a: &x 1\nb: *x\n", r"M\.yml:1: anchors"),
        ("a: !!python/object/apply:os.system [ls]\n", r"M\.yml:1: tags"),
        ("a: !!str b\n", r"M\.yml:1: tags"),
        ("[" * 1000, "nested too deeply"),
        ("", "is empty"),
        ("a: \x01\n", "characters that YAML does not take"),
        ("a: b\n" * 60_000, "longer than"),
        ("--- a\n--- b\n", r"M\.yml:2: "),
    ],
)
def test_yaml_that_is_broken_or_does_more_than_it_should_is_refused(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "M.yml"
    path.write_text(text)
    with pytest.raises(InputError, match=message):
        read_mapping(str(path))


@pytest.mark.parametrize(
    "template",
    ["{Nombres.__class__}", "{0}", "{Nombres!r}", "{Nombres:>9999999999}", "{__import__('os')}"],
)
def test_a_template_is_never_looked_into(tmp_path: Path, template: str) -> None:
    """What stands in the braces is the name of a column, whatever it looks like."""
    found = said(tmp_path, MAPPING.replace("{Nombres}", template), list=LIST)
    assert [text.startswith(f"M.yml:10 {template[1:-1]}: ") for text in found] == [True]
    assert "has no such column" in found[0]


def test_words_may_mean_what_yaml_takes_for_something_else(tmp_path: Path) -> None:
    """`no` is a word here, not false; `0100` is a text, not a number."""
    mapping = """
        words:
          yn: {no: "false", sí: "true"}
        sources:
          source_id: "s-{id}"
          access: {from: "{x}", words: {0100: public, no: restricted}}
    """
    assert said(tmp_path, mapping, list="id,x\n1,0100\n2,no\n") == []
    (found,) = said(tmp_path, mapping, list="id,x\n1,64\n")
    assert found.startswith("list.csv:2 x (M.yml:5): `words` has no such word")


def test_a_cell_that_does_not_fit_is_told_with_row_and_line(tmp_path: Path) -> None:
    bad = LIST.replace("07/01/2025", "30/02/2025").replace("Excarcelado", "Excarcelada")
    assert said(tmp_path, list=bad) == [
        "list.csv:2 Fecha de detención (M.yml:17): 2025-02-30 is not a day of the calendar",
        "list.csv:3 Situación (M.yml:18): `words` has no such word; did you mean `Excarcelado`?; "
        "add it there, or say with `else` what becomes of others",
    ]
    (found,) = said(tmp_path, list=LIST.replace("https://example.org/1", "example.org"))
    assert found.startswith("list.csv:2 Enlace → url (M.yml:9): a link begins with http")
    blank = said(tmp_path, list=LIST.replace("Ana;100", "Ana;"))
    assert "list.csv:2 Cédula → person_id (M.yml:10): this cell must not be blank" in blank


def test_columns_that_the_file_lacks_are_told_with_the_line(tmp_path: Path) -> None:
    assert said(tmp_path, list=LIST.replace("Situación", "Situaciones")) == [
        "M.yml:18 Situación: list.csv has no such column; did you mean `Situaciones`?"
    ]
    assert said(tmp_path, list=LIST.replace("Situación", "SITUACION")) == []
    lenient = "missing: blank\n" + textwrap.dedent(MAPPING).lstrip()
    assert said(tmp_path, lenient, list=LIST.replace("Situación", "x")) == []


def test_a_first_line_that_may_be_a_person_is_not_repeated(tmp_path: Path) -> None:
    found = said(tmp_path, list="Niña Prueba Secreta;Apellidos y;x\na;b;c\n")
    assert len(found) > 5 and "Secreta" not in "".join(found)


def test_one_key_and_source_with_two_things_needs_a_side(tmp_path: Path) -> None:
    mapping = """
        rows:
          - sources: {source_id: a}
          - organizations: {org_id: "{a}", name: "{a}", source_ids: a}
          - organizations: {org_id: "{b}", name: "{b}", source_ids: a}
          - organizations: {org_id: "{a}", name: "{a}", parent_org_id: "{b}", source_ids: a%s}
    """
    two = "a,b\nx,y\nx,z\n"
    (found,) = said(tmp_path, mapping % "", list=two)
    assert "the same key as list.csv:2; a row is one fact, and these differ in: b → " in found
    assert said(tmp_path, mapping % ', side: "{b}"', list=two) == []


def test_words_are_looked_up_in_a_second_file(tmp_path: Path) -> None:
    mapping = """
        words:
          courts: {file: courts.csv, key: code, value: name}
        rows:
          - sources: {source_id: a}
          - organizations:
              org_id: "{court}"
              name: {from: "{court}", words: courts}
              source_ids: a
    """
    write(tmp_path, courts="code,name\nT1,Tribunal Ejemplo\n")
    assert said(tmp_path, mapping, list="court\nT1\n") == []
    (found,) = said(tmp_path, mapping, list="court\nT-1-x\n")
    assert found.startswith("list.csv:2 court (M.yml:7): `words` has no such word; add it")
    write(tmp_path, courts="code,name\nT1,Uno\nT1,Dos\n")
    (found,) = problems(tmp_path, mapping)
    assert found == "2 courts: courts.csv:3 says something else of this word"
    write(tmp_path, courts="code,nombre\nT1,Uno\n")
    assert problems(tmp_path, mapping) == ["2 courts: courts.csv has no such column"]


def test_shipped_mappings_are_sound_and_found_by_name() -> None:
    assert "security-force-monitor" in shipped_mappings()
    for name in shipped_mappings():
        assert read_mapping(name).tables
    with pytest.raises(InputError, match="comes with the program: security-force-monitor"):
        read_mapping("nothing")


def test_every_table_can_be_made_but_disputes() -> None:
    assert set(TABLES) - set(TARGETS) == {"contradictions"}
