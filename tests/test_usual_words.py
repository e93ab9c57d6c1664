"""Words of fields that take any text, in the language of the reader."""

from __future__ import annotations

import subprocess
import sys

import pytest

from vinculos.formats.cells import human
from vinculos.formats.names import field_name, field_word, vocabulary
from vinculos.graph.network import NetworkNode
from vinculos.graph.records import NodeRef
from vinculos.views.labels import facts
from vinculos.views.labels import field_name as page_name


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
    assert facts(node, "es") == [("nacionalidad", spanish)]


@pytest.mark.parametrize(
    ("written", "spanish", "english"),
    [
        ("cousin", "prima o primo", "cousin"),
        ("Primo", "Primo", "cousin"),
        ("Son-in-law", "yerno", "Son-in-law"),
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


def test_what_disputes_are_about() -> None:
    person = NetworkNode(NodeRef("Person", "a:1"), (), {})
    for called in (
        lambda name, lang: field_name(name, "Person", lang),
        lambda name, lang: page_name(person, name, lang),
    ):
        assert called("age_at_death", "es") == "edad al morir"
        assert called("age_at_death", "en") == "age at death"
        assert called("born", "es") == "nacimiento"
        assert called("words_of_ones_own", "es") == "words of ones own"


def test_names_of_countries_are_loaded_for_a_country_alone() -> None:
    code = (
        "import sys; from vinculos.formats.names import field_word as f; "
        "f('Venezuelan', 'nationality', 'Person', 'es'); print('babel' in sys.modules); "
        "print(f('Spain', 'nationality', 'Person', 'es'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "España"]
