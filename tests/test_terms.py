"""Looking at many texts at once finds what looking at each of them finds."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from vinculos.graph.folding import MARK, folded_words, words_together
from vinculos.graph.terms import DATE, TOKEN, WHOLE, Terms

TERMS = {
    "Olga Oculta Prueba": "words",
    "Ñandú": "words",
    "Олга": "words",
    "१२ नाम": "words",
    "juan": TOKEN,
    "7/1/2025": DATE,
    "Casa": WHOLE,
}
PIECES = st.sampled_from(
    [*TERMS, *"Olga Oculta Prueba juan-perez ÓCULTA oculta-prueba 7 1 2025 casa NANDU".split(),
     *"≠ “ ” ¿ · –".split(),
     *(" ", "-", "\n", MARK, "%20", "̸", "́", "ﬁ", "ß", "İ", "Σ", "℡", "—", "नाम", "१२"), "Ola", "ga"]
)  # fmt: skip
TEXTS = st.sets(st.one_of(st.lists(PIECES).map("".join), st.text()))


def index() -> Terms[str]:
    terms: Terms[str] = Terms()
    for text, how in TERMS.items():
        terms.add(text, text, how)
    return terms


@given(TEXTS)
@example({"≠ Prueba", "¿Qué?", "Olga Oculta\nPrueba", "", f"a{MARK}b", "≠", "℡ TEL"})
def test_words_of_many_texts_are_those_of_each(texts: set[str]) -> None:
    ordered, words = words_together(texts)
    assert len(ordered) == len(texts) and set(ordered) == texts
    expected = [part for text in ordered for part in (*folded_words(text), MARK)]
    assert words == expected


@given(TEXTS)
@example({"la Olga óculta prueba", "olga%20oculta%20prueba", "casa", "la casa", "juan"})
@example({"Olga Oculta", "Prueba"})
def test_what_is_sifted_out_holds_nothing(texts: set[str]) -> None:
    terms = index()
    held = terms.sift(texts)
    assert held <= texts
    for text in texts - held:
        assert not index().find(text) and not terms.find(text)
    found = {text for text in texts if index().find(text)}
    assert found <= held
    assert terms.sift(texts) == held, "what is remembered changes nothing"
    assert held.isdisjoint({"Olga Oculta", "Prueba"}), "no term goes on from text to text"


def test_a_term_that_is_added_later_is_found_in_what_was_looked_at() -> None:
    terms = index()
    assert terms.sift({"Ana Nueva", "Olga oculta prueba"}) == {"Olga oculta prueba"}
    terms.add("Nueva", "Nueva")
    assert terms.sift({"Ana Nueva", "otra"}) == {"Ana Nueva"} and terms.find("Ana Nueva")
    assert Terms[str]().sift({"Olga"}) == set()
