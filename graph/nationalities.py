"""Nationalities as files write them, and the countries that they are of.

Codes are those of ISO 3166 in small letters, as in FollowTheMoney.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from vinculos.graph.folding import fold
from vinculos.graph.usual_words import UsualWords
from vinculos.language import LANGUAGES

NATIONALITIES: Mapping[str, tuple[str, ...]] = {
    "ar": ("Argentine", "Argentinian", "argentina", "argentino"),
    "au": ("Australian", "australiana", "australiano"),
    "be": ("Belgian", "belga"),
    "bo": ("Bolivian", "boliviana", "boliviano"),
    "br": ("Brazilian", "brasileña", "brasileño"),
    "by": ("Belarusian", "bielorrusa", "bielorruso"),
    "ca": ("Canadian", "canadiense"),
    "ch": ("Swiss", "suiza", "suizo"),
    "cl": ("Chilean", "chilena", "chileno"),
    "cn": ("Chinese", "china", "chino"),
    "co": ("Colombian", "colombiana", "colombiano"),
    "cr": ("Costa Rican", "costarricense"),
    "cu": ("Cuban", "cubana", "cubano"),
    "cz": ("Czech", "checa", "checo"),
    "de": ("German", "alemana", "alemán"),
    "ec": ("Ecuadorian", "ecuatoriana", "ecuatoriano"),
    "eg": ("Egyptian", "egipcia", "egipcio"),
    "es": ("Spanish", "española", "español"),
    "fr": ("French", "francesa", "francés"),
    "gb": ("British", "británica", "británico"),
    "gt": ("Guatemalan", "guatemalteca", "guatemalteco"),
    "gy": ("Guyanese", "guyanesa", "guyanés"),
    "hn": ("Honduran", "hondureña", "hondureño"),
    "ht": ("Haitian", "haitiana", "haitiano"),
    "hu": ("Hungarian", "húngara", "húngaro"),
    "ie": ("Irish", "irlandesa", "irlandés"),
    "il": ("Israeli", "israelí"),
    "in": ("Indian", "india", "indio"),
    "ir": ("Iranian", "iraní"),
    "it": ("Italian", "italiana", "italiano"),
    "lb": ("Lebanese", "libanesa", "libanés"),
    "mx": ("Mexican", "mexicana", "mexicano"),
    "ni": ("Nicaraguan", "nicaragüense"),
    "nl": ("Dutch", "neerlandesa", "neerlandés", "holandesa", "holandés"),
    "pa": ("Panamanian", "panameña", "panameño"),
    "pe": ("Peruvian", "peruana", "peruano"),
    "pl": ("Polish", "polaca", "polaco"),
    "pt": ("Portuguese", "portuguesa", "portugués"),
    "py": ("Paraguayan", "paraguaya", "paraguayo"),
    "ro": ("Romanian", "rumana", "rumano"),
    "ru": ("Russian", "rusa", "ruso"),
    "sv": ("Salvadoran", "salvadoreña", "salvadoreño"),
    "sy": ("Syrian", "siria", "sirio"),
    "tr": ("Turkish", "turca", "turco"),
    "tt": ("Trinidadian", "trinitense"),
    "ua": ("Ukrainian", "ucraniana", "ucraniano"),
    "us": ("American", "US", "estadounidense"),
    "uy": ("Uruguayan", "uruguaya", "uruguayo"),
    "ve": ("Venezuelan", "venezolana", "venezolano"),
}
"""Country code to what its nationals are called, in English and in Spanish; the first is what a
code is loaded as, the first in Spanish what a nationality, `nacionalidad`, is called."""
CODES: Mapping[str, str] = {fold(n): code for code, names in NATIONALITIES.items() for n in names}


def nationality(code: str) -> str:
    """Return what nationals of a country are called, the code itself where that is not known."""
    return NATIONALITIES.get(code.lower(), (code,))[0]


def country_code(name: str) -> str:
    """Return the code of the country whose nationals are called so, '' where it is not known."""
    folded = fold(name)
    return folded if folded in NATIONALITIES else CODES.get(folded, "")


def _named() -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each name, folded, with what it is in English and in Spanish, as `UsualWords` does."""
    for code, names in NATIONALITIES.items():
        # Spanish writes them without a capital.
        english = [name for name in names if name[0].isupper()]
        spanish = [name for name in names if name not in english]
        yield code, (english[0], spanish[0])
        yield from ((fold(name), (english[0], "")) for name in spanish)
        yield from ((fold(name), ("", spanish[0])) for name in english)


class _Nationalities(UsualWords):
    """Nationalities, and the countries of the Unicode CLDR where one is written instead."""

    def __contains__(self, word: object) -> bool:
        return super().__contains__(word) or (isinstance(word, str) and bool(_country(word, "en")))

    def label(self, word: str, lang: str) -> str:
        """Return what a nationality or a country is called in `lang`, else the word itself."""
        if super().__contains__(word):
            return super().label(word, lang)
        named = _country(word, lang)
        return named if named and fold(named) != fold(word) else word


NATIONALITY = _Nationalities("nationality", dict(_named()))


@lru_cache(maxsize=1024)
def _country(text: str, lang: str) -> str:
    """Return the name in `lang` of the country that a name or code is of, '' where it is none."""
    code = _country_codes().get(fold(text), "")
    return _territories(lang).get(code, "")


@lru_cache(maxsize=1)
def _country_codes() -> Mapping[str, str]:
    return {
        folded: code
        for lang in LANGUAGES
        for code, name in _territories(lang).items()
        for folded in (fold(name), code.lower())
    }


@lru_cache(maxsize=2)
def _territories(lang: str) -> Mapping[str, str]:
    # It takes a moment to import, and most nationalities are known without it.
    from babel import Locale

    found = Locale(lang).territories
    return {code: str(name) for code, name in found.items() if len(code) == 2 and code.isalpha()}
