"""Redaction profiles: how they are read, and what they make of answers, whatever the format."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.folders import write_folder
from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from tests.tiny import tiny as tiny
from vinculos.commands.query import query
from vinculos.errors import NotFound, UsageError, VinculosError
from vinculos.formats.seal import check
from vinculos.formats.table import Table
from vinculos.formats.write import FORMATS
from vinculos.graph import redact
from vinculos.graph.audience import Audience, Rule
from vinculos.graph.folding import fold
from vinculos.graph.redact import Withheld, load_withheld
from vinculos.graph.secrets import Secret
from vinculos.graph.store import Store
from vinculos.language import speaking
from vinculos.loaders.load import load_folder
from vinculos.queries.ask import ask
from vinculos.queries.gates import OPEN, Gates
from vinculos.queries.library import Query, list_queries, parse_query
from vinculos.queries.withhold import withhold
from vinculos.redaction.profile import SHIPPED, get_audience, parse_audience, read_audience
from vinculos.reports.pseudonyms import Renaming
from vinculos.settings import Settings

HEAD = """\
audience: {en: mine, es: los míos}
minors: pseudonym
protected_people: pseudonym
restricted_sources: kind
"""


def audience(fields: str = "", head: str = HEAD) -> Audience:
    return parse_audience("mine", head + fields, "mine.yaml")


def test_three_profiles_ship_and_the_public_is_told_least() -> None:
    public, partner, internal = map(get_audience, SHIPPED)
    assert internal.is_open and not partner.is_open and not public.is_open
    assert [each.protected for each in (public, partner, internal)] == [
        "drop",
        "pseudonym",
        "keep",
    ]
    assert {each.minors for each in (public, partner)} == {"pseudonym"}
    assert [each.title[1] for each in (public, internal)] == ["el público", "uso interno"]


def test_the_first_label_that_names_a_field_decides() -> None:
    mine = audience(
        "fields:\n  Detainee: {name: keep}\n  Relative: {name: pseudonym, summary: drop}\n"
        "  Place: {name: drop}\n"
    )
    assert mine.action(["Person", "Relative"], "name") == "pseudonym"
    assert mine.action(["Person", "Relative", "Detainee"], "name") == "keep"
    assert mine.action(["Person", "Relative", "Detainee"], "summary") == "drop"
    assert mine.action(["Person"], "name") == "keep"
    assert list(mine.rules) == [
        Rule("Relative", "name", "pseudonym", ("Detainee",)),
        Rule("Relative", "summary", "drop"),
        Rule("Place", "name", "drop"),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            HEAD + "feilds: {}\n",
            "mine.yaml, line 5 has an unknown word 'feilds'. Did",
        ),
        (HEAD.replace("kind", "hide"), "mine.yaml, line 4: restricted_sources is 'hide'. Choose"),
        (HEAD + "small_counts: no\n", "line 5: small_counts is False. Choose one of hide, show"),
        (HEAD + "fields:\n  Relativ: {name: keep}\n", "line 6 has an unknown word 'Relativ'. Did"),
        (
            HEAD + "fields:\n  Person: {nam: keep}\n",
            "line 6: Person has an unknown word 'nam'.",
        ),
        (
            HEAD + "fields:\n  Person:\n    born: pseudonym\n",
            "line 7: born is 'pseudonym'. Choose one of keep, drop, {coarsen: month}, {coarsen",
        ),
        (
            HEAD + "fields:\n  Law: {name_en: pseudonym}\n",
            "name_en is 'pseudonym'. Choose one of keep, drop.",
        ),
        (
            HEAD + "fields:\n  Person: {born: {coarsen: day}}\n",
            "coarsen is 'day'. Choose",
        ),
        (HEAD + "fields:\n  Person: {name: {coarsen: year}}\n", "line 6: name is"),
        (HEAD + "fields: [name]\n", "should be a list of `name: value`"),
        ("audience: [", "mine.yaml is not YAML, line 1"),
        ("minors: pseudonym\n", "lacks 'audience'"),
        ("", "lacks 'audience'"),
        # Nobody can have minors named.
        (HEAD.replace("minors: pseudonym", "minors: keep"), "line 2: no profile can name a minor"),
        (HEAD.replace("minors: pseudonym\n", ""), "lacks 'minors'"),
        (HEAD + "fields:\n  Person: {is_minor: keep}\n", "line 6: no rule can be about is_minor"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(text: str, said: str) -> None:
    with pytest.raises(UsageError) as wrong:
        parse_audience("mine", text, "mine.yaml")
    assert said in f"{wrong.value.message} {wrong.value.hint}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            HEAD.replace("minors: pseudonym", "minors: keep"),
            "mine.yaml, línea 2: ningún perfil puede nombrar a un menor de edad; minors es 'keep'. "
            "Elija uno de estos: ",
        ),
        (
            HEAD + "fields:\n  Person: {nam: keep}\n",
            "mine.yaml, línea 6: Person: no se conoce la palabra 'nam'. ¿Quiso decir ",
        ),
        ("audience: [", "mine.yaml: no es YAML, línea 1: "),
        ("minors: pseudonym\n", "mine.yaml: falta 'audience'. Cópielo de un perfil incluido."),
    ],
)
def test_what_is_wrong_is_named_in_spanish(text: str, said: str) -> None:
    with speaking("es"), pytest.raises(UsageError) as wrong:
        parse_audience("mine", text, "mine.yaml")
    assert said in str(wrong.value)


def test_an_audience_is_a_word_or_a_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no audience 'friends'"):
        get_audience("friends")
    with pytest.raises(NotFound):
        get_audience(str(tmp_path / "none.yaml"))
    (tmp_path / "mine.yaml").write_text(HEAD, "utf-8")
    assert get_audience(str(tmp_path / "mine.yaml")) == read_audience(tmp_path / "mine.yaml")


NAMED = audience(
    "fields:\n  Detainee: {name: keep}\n  Official: {name: keep}\n  Relative: {name: pseudonym}\n"
    "  Place: {name: pseudonym}\n  Detention: {started: {coarsen: month}}\n"
    "  Person: {gender: drop, summary: drop}\n"
)
EVERYTHING = "MATCH (n) RETURN n"


def everything(store: Store, whom: Audience, lang: str = "en") -> str:
    kept, _ = redact.rows(store.query(EVERYTHING).rows, load_withheld(store, whom, lang))
    return json.dumps(kept, ensure_ascii=False)


def test_a_partner_sees_a_protected_person_under_a_pseudonym(tiny: Store) -> None:
    said = everything(tiny, get_audience("partner"), "es")
    assert not re.search(r"olga|oculta|d-olga|nino", said, re.IGNORECASE)
    (person,) = set(re.findall(r"Persona \d+", said))
    (minor,) = set(re.findall(r"Menor \d+", said))
    # His brother is named; of her the brother's summary says no more than the pseudonym.
    assert f"Synthetic brother of {person}" in said and "Noé Prueba Cinco" in said
    assert f"{person}, detención 1" in said and f"{minor}, detención 1" in said


def test_pseudonyms_are_the_same_within_an_export_and_not_in_another(tiny: Store) -> None:
    partner = get_audience("partner")
    hiding = load_withheld(tiny, partner)
    one = {redact.shown(text, hiding) for text in ("Olga Oculta Prueba", "tiny:olga-oculta")}
    assert len(one) == 1 and re.fullmatch(r"Person \d+", one.pop() or "")
    others = {redact.shown("Olga Oculta Prueba", load_withheld(tiny, partner)) for _ in range(12)}
    assert len(others) > 1


def test_rules_on_names_places_days_and_fields(tiny: Store) -> None:
    said = everything(tiny, NAMED)
    # Bruno is held himself, Darío an official: named. A relative with neither role is not.
    relatives = {
        row["name"]
        for row in tiny.read(
            "MATCH (n:Relative) WHERE NOT n:Detainee AND NOT n:Official "
            "AND coalesce(n.protected, false) = false RETURN n.name AS name"
        ).rows
    }
    assert not any(name in said for name in relatives)
    assert "Bruno Prueba Dos" in said and "Darío Mando Ficticio" in said
    assert not any(
        row["name"] in said for row in tiny.read("MATCH (p:Place) RETURN p.name AS name").rows
    )
    assert re.search(r"Place \d+", said)
    assert "2025-01-07" not in said and '"started": "2025-01"' in said
    assert "Synthetic detainee" not in said and '"gender": ' not in said


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_written_for_a_profile_of_ones_own(
    tiny: Store, settings: Settings, tmp_path: Path, form: str
) -> None:
    profile, file = tmp_path / "mine.yaml", tmp_path / "answer"
    profile.write_text(NAMED.text, "utf-8")
    words = [
        "find_hostages",
        "--audience",
        str(profile),
        "--format",
        form,
        "-o",
        str(file),
    ]
    done = CliRunner().invoke(query, words, obj=settings)
    assert done.exit_code == 0, done.output
    assert file.stat().st_size


def test_seal_refuses_what_a_profile_of_ones_own_hides(tiny: Store) -> None:
    hiding = load_withheld(tiny, NAMED)
    place = tiny.read("MATCH (p:Place) RETURN p.name AS name LIMIT 1").rows[0]["name"]
    for said in (
        place,
        "on 2025-01-07.",
        "el 7 de enero de 2025",
        "Jan 7, 2025",
        "Synthetic trade unionist",
    ):
        with pytest.raises(VinculosError, match="nothing was written"):
            check(said.encode(), hiding)
    check(b"2025-01 2025-01-09", hiding)


def test_a_link_that_names_somebody_is_no_link(tiny: Store) -> None:
    hiding = load_withheld(tiny, get_audience("partner"))
    assert redact.shown("https://x.example/olga-oculta/1", hiding) == "—"


COUNTS = (
    "MATCH (p:Person)-[:DETAINED_IN]->(d:Detention) RETURN count(p) AS people, count(d) AS held"
)


def answered(store: Store, cypher: str, whom: Audience, lang: str = "en") -> list[dict[str, Any]]:
    hiding = load_withheld(store, whom, lang)
    return ask(store, parse_query("-c", cypher), {}, OPEN, hiding).redacted(hiding)[0]


def test_whom_the_public_may_not_see_is_counted_in_nothing(tiny: Store) -> None:
    internal = answered(tiny, COUNTS, get_audience("internal"))[0]
    assert internal == {"people": 7, "held": 7}
    assert answered(tiny, COUNTS, get_audience("public"))[0] == {"people": 6, "held": 6}
    assert answered(tiny, COUNTS, get_audience("partner"))[0] == internal
    # Wherever she is named: without a label, behind an arrow, in a subquery, with gates on top.
    for cypher in (
        "MATCH (n) WHERE n.id STARTS WITH 'tiny:olga' RETURN count(n) AS n",
        "MATCH ()-->(d) WHERE d.id = 'tiny:d-olga' RETURN count(d) AS n",
        "MATCH (l:Charge) RETURN COUNT { (:Person {id: 'tiny:olga-oculta'})-->() } AS n LIMIT 1",
    ):
        public = gated(tiny, cypher)
        assert public == [{"n": 0}], cypher


def gated(store: Store, cypher: str) -> list[dict[str, Any]]:
    hiding = load_withheld(store, get_audience("public"))
    gates = Gates(min_confidence="alleged")
    return ask(store, parse_query("-c", cypher), {}, gates, hiding).redacted(hiding)[0]


@pytest.mark.parametrize("query", list_queries(), ids=lambda query: query.name)
def test_every_saved_question_can_be_asked_for_every_audience(tiny: Store, query: Query) -> None:
    texts = {**query.answers[0].given} if query.answers[0].fixture == "tiny" else {}
    texts |= {
        name: "tiny:bruno-prueba" if name == "to" else "tiny:ana-prueba"
        for name, said in query.parameters.items()
        if said.type == "id" and said.required
    }
    texts |= {name: "2025-06-01" for name in query.parameters if name == "as_of"}
    for whom in (get_audience("public"), NAMED):
        hiding = load_withheld(tiny, whom)
        kept, _ = ask(tiny, query, texts, OPEN, hiding).redacted(hiding)
        said = json.dumps(kept, ensure_ascii=False)
        assert not re.search(r"olga|oculta|d-olga|nino-", said, re.IGNORECASE), query.name
        if whom is NAMED:
            assert "2025-01-07" not in said, query.name


def test_days_come_out_as_coarse_as_their_bounds(tiny: Store) -> None:
    cypher = (
        "MATCH (d:Detention {id: 'tiny:d-ana'}) RETURN d.started, d.started_min AS a, "
        "d.started_max AS b, duration.inDays(d.started_max, date('2025-02-10')).days AS days"
    )
    assert answered(tiny, cypher, NAMED) == [
        # Somebody else was taken on the first of January, which is no day to tell either.
        {"d.started": "2025-01", "a": "2025-01", "b": "2025-01-31", "days": 10}
    ]
    (exact,) = answered(tiny, cypher, get_audience("internal"))
    assert (exact["d.started"], exact["days"]) == ("2025-01-07", 34)


def test_a_day_made_coarser_counts_for_nothing_under_any_name(tiny: Store) -> None:
    custodies = "MATCH (d:Detention) WITH d AS e, {d: d} AS map WHERE "
    day, month = "e.started = '2025-01-07'", "e.started = '2025-01'"
    second = "e.started_min = date('2025-01-02')"
    for condition in (day, day.replace("e.", "map.d."), second):
        text = f"{custodies}{condition} RETURN count(*) AS n"
        if "map.d" in condition:
            with pytest.raises(UsageError, match="WITH …, map.d AS x"):
                answered(tiny, text, NAMED)
        else:
            assert answered(tiny, text, NAMED) == [{"n": 0}]
    january = answered(tiny, f"{custodies}{month} RETURN count(*) AS n", NAMED)
    first = answered(
        tiny, f"{custodies}e.started_min = date('2025-01-01') RETURN count(*) AS n", NAMED
    )
    assert january == first != [{"n": 0}]


@pytest.mark.parametrize(
    ("said", "coarser"),
    [
        ("2025-01-07", "2025-01"),
        ("2025-01-07~", "2025-01~"),
        ("2025?", "2025?"),
        ("../2025-01-07", "../2025-01"),
        ("2025-01-07/..", "2025-01/.."),
        ("2025-01-07?/2025-02-03", "2025-01?/2025-02"),
    ],
)
def test_a_question_reads_days_as_coarse_as_answers_show_them(
    store: Store, said: str, coarser: str
) -> None:
    text = withhold(
        "WITH {started: $said} AS d RETURN d.started AS day", load_withheld(store, NAMED)
    )
    (row,) = store.read(text.text, {"said": said, **text.parameters}).rows
    assert row == {"day": coarser}


def test_a_source_keeps_its_date_beside_a_field_made_coarser(tiny: Store) -> None:
    public = load_withheld(tiny, get_audience("public"))
    said = {"published": "2025-05-20", "publisher": "Gaceta Ficticia"}
    fact = {"field": "born", "value": "1990-03-04", "sources": [said]}
    assert redact.rows([fact], public)[0] == [{**fact, "value": "1990"}]


def test_a_dropped_field_reads_as_nothing(tiny: Store) -> None:
    (row,) = answered(tiny, "MATCH (p:Person) RETURN count(p.gender) AS known", NAMED)
    assert row == {"known": 0}
    for cypher in ("properties(p)", "p {.gender}", "p['gender']"):
        with pytest.raises(UsageError, match="all properties of p"):
            answered(tiny, f"MATCH (p:Person) RETURN {cypher} AS x", NAMED)
    # The public profile drops a field too; what is not taken as a whole is not refused.
    assert answered(tiny, "MATCH (p:Person) RETURN count(p) AS n", get_audience("public"))


@pytest.mark.parametrize(
    ("cypher", "told"),
    [
        ("MATCH (p:Person) WHERE p.is_minor RETURN count(p) AS n", "menos de 3"),
        ("MATCH (p:Person {protected: true}) RETURN count(p) AS n", "menos de 3"),
        ("MATCH (p:Person) WHERE p.is_minor = false RETURN count(p) AS n", 9),
        ("MATCH (p:Person {id: 'tiny:ana-prueba'}) RETURN count(p) AS n", 1),
    ],
)
def test_counts_of_few_are_not_told(tiny: Store, cypher: str, told: Any) -> None:
    assert answered(tiny, cypher, get_audience("partner"), "es") == [{"n": told}]


def test_relatives_without_a_name_are_not_counted_one_by_one(tiny: Store) -> None:
    cypher = "MATCH (r:Relative {id: 'tiny:ana-prueba'}) RETURN count(r) AS n"
    assert answered(tiny, cypher, NAMED) == [{"n": "<3"}]
    assert answered(tiny, cypher, get_audience("partner")) == [{"n": 1}]


def test_the_profile_of_the_docs_is_one(tiny: Store) -> None:
    page = Path(__file__).parent.parent / "docs" / "safety.md"
    (text,) = re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    journalist = parse_audience("journalist", text, "journalist.yaml")
    said = everything(tiny, journalist)
    found = re.search(r"olga|oculta|nino|2025-01-0", said, re.IGNORECASE)
    assert found is None, said[found.start() - 300 : found.end() + 50]
    assert "Ana Prueba Uno" in said and "Darío Mando Ficticio" in said


def test_pseudonyms_are_compared_up_to_renaming() -> None:
    then = [("Minor 7", "held"), ("Minor 9", "held with Minor 7"), ("Person 7", "free")]
    same = [("Minor 1", "held"), ("Minor 2", "held with Minor 1"), ("Person 30", "free")]
    assert Renaming(NAMED, "en").apply(then, same) == then
    # Two who were one, one who was two, others who are held together: no renaming makes that.
    for other in (
        [("Minor 1", "held"), ("Minor 1", "held with Minor 1"), ("Person 30", "free")],
        [("Minor 1", "held"), ("Minor 2", "held with Minor 3"), ("Person 30", "free")],
        [("Minor 1", "held"), ("Minor 2", "held with Minor 2"), ("Person 30", "free")],
    ):
        assert Renaming(NAMED, "en").apply(then, other) != then
    # Over several answers the pairs stay.
    renaming = Renaming(NAMED, "en")
    assert renaming.apply(then, same) == then
    assert renaming.apply([("Minor 7",)], [("Minor 2",)]) == [("Minor 9",)]
    assert renaming.apply([("Minor 7",)], [("Minor 3",)]) == [("Minor 3*",)]


WORDS = ("ana", "luz", "eva", "niño", "pérez", "o'hara", "müller", "de", "la", "zoé")
NAMES = st.lists(st.sampled_from(WORDS), min_size=2, max_size=3).map(" ".join)
SAID = st.builds(
    lambda name, how, before, after: f"{before} {how(name)} {after}",
    NAMES,
    st.sampled_from(
        (
            str,
            str.upper,
            str.title,
            lambda name: name.replace(" ", "-"),
            lambda name: name.replace(" ", "\u00a0"),
            lambda name: unicodedata.normalize("NFD", name),
            lambda name: f"https://x.example/{quote(name)}/1",
        )
    ),
    st.sampled_from(("", "hija de", "<b>", "=1+", "|", "2025-01-07,")),
    st.sampled_from(("", "y otros", "</b>", "\n- x", "(12)")),
)
CELLS = st.recursive(
    st.none() | st.integers(0, 3) | SAID,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("name", "publisher", "note")), inner, max_size=2)
    ),
    max_leaves=6,
)


@hypothesis_settings(deadline=None)
@given(
    st.lists(NAMES, min_size=1, max_size=3, unique=True),
    st.lists(st.fixed_dictionaries({"a": CELLS, "b": CELLS}), max_size=4),
    st.sampled_from(("out", "minor", "pseudonym")),
)
def test_no_withheld_name_is_in_any_format(
    names: list[str], given_rows: list[dict[str, Any]], kind: str
) -> None:
    hiding = Withheld(NAMED, "en")
    for number, name in enumerate(names):
        hiding.terms.add(name, Secret(kind, name, "" if kind == "out" else f"Person {number}"))
    kept, _ = redact.rows(given_rows, hiding)
    table = Table(["a", "b"], {}, kept, "es", None, "title", [("a", "b")])
    for form, written in FORMATS.items():
        content = written(table)
        data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
        check(data, hiding, f"answer.{form}")
        if isinstance(content, str) and form in ("csv", "json", "jsonl"):
            told = f" {fold(unquote(content))} "
            assert not any(f" {fold(name)} " in told for name in names)


def test_what_claims_call_somebody_is_withheld_too(store: Store, tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path / "names",
        people="person_id,name,protected,source_ids\np1,Olga Oculta Prueba,true,s1\n",
        sources="source_id,publisher,title,access\ns1,Gaceta,First,public\n",
    )
    load_folder(store, folder, dataset="names")
    (folder / "people.csv").write_text(
        "person_id,name,protected,source_ids\np1,Holga Oculta de Prueba,true,s1\n"
    )
    load_folder(store, folder, dataset="names")
    hiding = load_withheld(store, get_audience("partner"))
    said = json.dumps(redact.rows(store.query("MATCH (c:Claim) RETURN c").rows, hiding)[0])
    assert "Oculta" not in said and "Person " in said
