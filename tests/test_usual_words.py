"""Words of fields that take any text, in the language of the reader."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from tests.networks import ANA, BETO, edge, in_language, node
from vinculos.formats.cells import SIDES, human
from vinculos.formats.names import field_name, field_word, side_words, vocabulary
from vinculos.graph.network import Network, NetworkClaim, NetworkNode
from vinculos.graph.records import NodeRef
from vinculos.queries.library import get_query
from vinculos.views.entries import describe
from vinculos.views.labels import facts
from vinculos.views.labels import field_name as page_name

PARTNER = (["pareja de", "cónyuge de"], ["partner of", "spouse of"])


@pytest.mark.parametrize(
    ("written", "spanish", "english"),
    [
        ("Venezuelan", "venezolana", "Venezuelan"),
        ("venezolano", "venezolano", "Venezuelan"),
        ("Argentinian", "argentina", "Argentinian"),
        ("US", "estadounidense", "US"),
        ("ve", "venezolana", "Venezuelan"),
        ("Spain", "España", "Spain"),
        ("españa", "españa", "Spain"),
        ("JP", "Japón", "Japan"),
        ("Country of nowhere", "Country of nowhere", "Country of nowhere"),
        ("xx", "xx", "xx"),
    ],
)
def test_nationalities(written: str, spanish: str, english: str) -> None:
    assert field_word(written, "nationality", "Person", "es") == spanish
    assert field_word(written, "nationality", "Person", "en") == english
    node = NetworkNode(NodeRef("Person", "a:1"), (), {"nationality": [written]})
    assert facts(node) == [(("nationality", "nacionalidad"), (english, spanish))]


@pytest.mark.parametrize(
    ("written", "spanish", "english"),
    [
        ("cousin", "prima o primo", "cousin"),
        ("Primo", "Primo", "cousin"),
        ("Son-in-law", "yerno", "Son-in-law"),
        ("family", "la familia", "family"),
        ("familia", "familia", "family"),
        ("defense lawyer", "abogada o abogado de la defensa", "defense lawyer"),
        ("cónyuge", "cónyuge", "spouse"),
        ("prima o primo", "prima o primo", "cousin"),
        ("sister; interrogated over him", *["sister; interrogated over him"] * 2),
    ],
)
def test_kin(written: str, spanish: str, english: str) -> None:
    for lang, said in (("es", spanish), ("en", english)):
        assert field_word(written, "RELATED_TO.detail_to", "", lang) == said
        # What a dispute about the kind of a tie says, and a column of its own.
        assert field_word(written, "RELATED_TO", "Person", lang) == said
        assert human([written], "word:people_in_words", lang) == said
    assert vocabulary("people_in_words") is not None


def test_who_says_so_is_a_list_of_kin_or_others() -> None:
    assert field_word("family; Foro Penal", "BECAUSE_OF.asserted_by", "", "es") == (
        "la familia; Foro Penal"
    )
    assert field_word("la familia", "BECAUSE_OF.asserted_by", "", "en") == "family"
    kind = get_query("find_hostages").columns["asserted_by"].kind
    assert human(["family", "Foro Penal"], kind, "es") == "la familia; Foro Penal"


def test_what_disputes_are_about() -> None:
    person = NetworkNode(NodeRef("Person", "a:1"), (), {})
    for called in (
        lambda name, lang: field_name(name, "Person", lang),
        lambda name, lang: page_name(person, name)[lang == "es"],
    ):
        assert called("age_at_death", "es") == "edad al morir"
        assert called("age_at_death", "en") == "age at death"
        assert called("born", "es") == "nacimiento"
        assert called("words_of_ones_own", "es") == "words of ones own"


def told(type_: str, field: str, *texts: str, lang: str) -> tuple[list[str], list[str]]:
    """Return the sides of a dispute over a tie on a page, and what each of its claims says."""
    claims = tuple(
        NetworkClaim(f"c{number}", "reported", "", (), ((field, text),))
        for number, text in enumerate(texts)
    )
    tie = replace(edge(type_, ANA, BETO, disputed=[field]), claims=claims)
    entries = describe(Network({ANA: node(ANA), BETO: node(BETO)}, (tie,)), lang)
    (entry,) = in_language(entries, lang).edges
    (dispute,) = entry.disputes
    said = [said for claim in entry.group.claims for _, said in claim.others]
    return [side for side, _ in dispute.sides], said


@pytest.mark.parametrize(
    ("type_", "field", "written", "spanish", "english"),
    [
        ("RELATED_TO", "RELATED_TO", ["partner", "wife"], ["pareja", "esposa"], None),
        ("RELATED_TO", "kind", ["partner_of", "spouse_of"], *PARTNER),
        ("RELATED_TO", "RELATED_TO", ["partner_of", "spouse_of"], *PARTNER),
        ("CHARGED_WITH", "status", ["convicted"], ["condena"], None),
        ("CHARGED_WITH", "CHARGED_WITH", ["convicted"], ["condena"], None),
        ("HELD_AT", "HELD_AT", ["El Helicoide", "partner"], ["El Helicoide", "partner"], None),
    ],
)
def test_sides_of_a_dispute_over_a_tie_on_a_page(
    type_: str, field: str, written: list[str], spanish: list[str], english: list[str] | None
) -> None:
    sides, claims = told(type_, field, *written, lang="es")
    assert sides == claims == spanish
    row = {"field": field if field == type_ else f"{type_}.{field}", "label": "Person"}
    values = [{"value": text} for text in written]
    assert human(values, SIDES, "es", row).split("\n") == spanish
    assert told(type_, field, *written, lang="en")[0] == (english or written)
    assert human(values, SIDES, "en", row).split("\n") == (english or written)


def test_two_words_for_the_same_stay_as_written() -> None:
    # A dispute between two that read alike would look like a mistake.
    for lang in ("es", "en"):
        assert told("RELATED_TO", "RELATED_TO", "esposa", "wife", lang=lang)[0] == [
            "esposa",
            "wife",
        ]
    said = side_words(["esposa", "wife", "wife", "sister"], "RELATED_TO", "Person", "es")
    assert said == {"esposa": "esposa", "wife": "wife", "sister": "hermana"}


def test_what_claims_say_of_a_person_on_a_page() -> None:
    said = (
        ("nationality", "Venezuelan; Spain; stateless since 2020"),
        ("is_minor", "true"),
        ("roles", "lawyer; witness"),
        ("gender", "daughter"),
        ("summary", "wife"),
    )
    person = NetworkNode(
        ANA,
        (),
        {"disputed": ["nationality", "is_minor", "roles", "gender", "summary"]},
        (),
        (NetworkClaim("c1", "reported", "", (), said),),
    )
    for lang, told_so in (
        ("es", ["venezolana; España; stateless since 2020", "sí", "abogado; testigo", "hija"]),
        ("en", ["Venezuelan; Spain; stateless since 2020", "yes", "lawyer; witness", "daughter"]),
    ):
        entries = in_language(describe(Network({ANA: person}, ()), lang), lang)
        (group,) = entries.nodes[0].groups
        # A text of one's own stays, even where it is a word that a list knows.
        assert [told for _, told in group.claims[0].others] == [*told_so, "wife"]
        assert [dispute.sides[0][0] for dispute in group.disputes] == [*told_so, "wife"]


def test_names_of_countries_are_loaded_for_a_country_alone() -> None:
    code = (
        "import sys; from vinculos.formats.names import field_word as f; "
        "f('Venezuelan', 'nationality', 'Person', 'es'); print('babel' in sys.modules); "
        "print(f('Spain', 'nationality', 'Person', 'es'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "España"]
