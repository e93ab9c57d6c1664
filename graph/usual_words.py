"""Words that people write in fields that take any words, named in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from vinculos.graph.folding import fold
from vinculos.graph.words import Words


@dataclass(frozen=True)
class UsualWords(Words):
    """An open list: `names` by the word as folded, '' in the language that the word is of."""

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and fold(word) in self.names

    def label(self, word: str, lang: str) -> str:
        """Return what `word` is in `lang`; as it was written where it is of it, or unknown."""
        return super().label(fold(word), lang) if self._is_foreign(word, lang) else word

    def _is_foreign(self, word: str, lang: str) -> bool:
        names = self.names.get(fold(word))
        return names is not None and bool(names[lang == "es"])


def usual_words(name: str, pairs: Iterable[tuple[str, str]]) -> UsualWords:
    """Return a list of words, each given as one or more in English and in Spanish, `a/b`.

    What is written in one language is told in the other by the first word there.
    """
    names: dict[str, tuple[str, str]] = {}
    for en, es in pairs:
        english, spanish = en.split("/"), es.split("/")
        names |= {fold(word): ("", spanish[0]) for word in english}
        names |= {fold(word): (english[0], "") for word in spanish if fold(word) not in names}
    return UsualWords(name, names)


PEOPLE_IN_WORDS = usual_words(
    "what somebody is to somebody",
    (
        ("mother", "madre"),
        ("father", "padre"),
        ("parent", "madre o padre"),
        ("daughter", "hija"),
        ("son", "hijo"),
        ("child", "hija o hijo"),
        ("sister", "hermana"),
        ("brother", "hermano"),
        ("sibling", "hermana o hermano"),
        ("wife", "esposa"),
        ("husband", "esposo"),
        ("spouse", "cónyuge"),
        ("partner", "pareja"),
        ("grandmother", "abuela"),
        ("grandfather", "abuelo"),
        ("granddaughter", "nieta"),
        ("grandson", "nieto"),
        ("aunt", "tía"),
        ("uncle", "tío"),
        ("niece", "sobrina"),
        ("nephew", "sobrino"),
        ("cousin", "prima o primo/prima/primo"),
        ("distant cousin", "prima o primo lejano"),
        ("mother-in-law", "suegra"),
        ("father-in-law", "suegro"),
        ("daughter-in-law", "nuera"),
        ("son-in-law", "yerno"),
        ("sister-in-law", "cuñada"),
        ("brother-in-law", "cuñado"),
        ("stepmother", "madrastra"),
        ("stepfather", "padrastro"),
        ("stepdaughter", "hijastra"),
        ("stepson", "hijastro"),
        ("godmother", "madrina"),
        ("godfather", "padrino"),
        ("relative", "familiar"),
        ("family", "la familia/familia"),
        ("friend", "amiga o amigo/amiga/amigo"),
        ("colleague", "colega"),
        ("lawyer", "abogada o abogado/abogada/abogado"),
        ("defence lawyer/defense lawyer", "abogada o abogado de la defensa"),
        ("legal adviser/legal advisor", "asesora o asesor legal"),
        ("driver", "conductora o conductor/chofer"),
        ("woman", "mujer"),
        ("man", "hombre"),
        ("girl", "niña"),
        ("boy", "niño"),
    ),
)

FREE_FIELDS: Mapping[str, tuple[str, str]] = {
    "accusation": ("accusation", "señalamiento"),
    "age": ("age", "edad"),
    "age_at_death": ("age at death", "edad al morir"),
    "amnestied": ("amnestied", "amnistía concedida"),
    "cause_of_death": ("cause of death", "causa de la muerte"),
    "charges": ("charges", "delitos imputados"),
    "conditions_of_first_release": (
        "conditions of first release",
        "condiciones de la primera excarcelación",
    ),
    "days_in_clandestine_house": ("days in clandestine house", "días en una casa clandestina"),
    "days_of_unknown_whereabouts": (
        "days of unknown whereabouts",
        "días con paradero desconocido",
    ),
    "end_of_period_covered": ("end of period covered", "fin del período que ampara"),
    "people_freed_by_amnesty": ("people freed by amnesty", "personas liberadas por la amnistía"),
    "place_of_arrest": ("place of arrest", "lugar de la aprehensión"),
    "place_of_birth": ("place of birth", "lugar de nacimiento"),
    "place_of_death": ("place of death", "lugar de la muerte"),
    "release_conditions": ("release conditions", "condiciones de la excarcelación"),
    "releases_since_8_january": ("releases since 8 January", "excarcelaciones desde el 8 de enero"),
    "stage_of_pregnancy_at_arrest": (
        "stage of pregnancy at arrest",
        "etapa del embarazo al ser aprehendida",
    ),
    "status_feb_2026": ("status in February 2026", "situación en febrero de 2026"),
}
"""Words by which disputes name what no field of the model is for."""


def free_field_name(name: str, lang: str) -> str:
    """Return the name in `lang` of a field that the model does not have."""
    if named := FREE_FIELDS.get(name):
        return named[lang == "es"]
    return name.replace("_", " ")
