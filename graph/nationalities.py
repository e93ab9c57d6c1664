"""Nationalities as files write them, and the country codes that FollowTheMoney has for them.

Codes are those of ISO 3166 in small letters, as in FollowTheMoney.
"""

from __future__ import annotations

from collections.abc import Mapping

from vinculos.graph.folding import fold

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
"""Country code to what its nationals are called; the first is what a code is loaded as."""
CODES: Mapping[str, str] = {fold(n): code for code, names in NATIONALITIES.items() for n in names}


def nationality(code: str) -> str:
    """Return what nationals of a country are called, the code itself where that is not known."""
    return NATIONALITIES.get(code.lower(), (code,))[0]


def country_code(name: str) -> str:
    """Return the code of the country whose nationals are called so, '' where it is not known."""
    folded = fold(name)
    return folded if folded in NATIONALITIES else CODES.get(folded, "")
