"""What each likeness of two records of people is worth, and how it reads in both languages.

The worth is in units of log odds (0.7 doubles the odds), set on the half `tune` of
`benchmarks/identity_pairs.csv`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vinculos.graph.identity import Likeness

PRIOR = -2.0
"""Before anything is compared."""
WEIGHTS: Mapping[str, Mapping[str, float]] = {
    "surnames": {
        "two": 4.0, "two_like": 3.0, "one_and_initial": 2.0, "one_of_two": 1.6, "one": 0.9,
        "one_like": 0.8, "initial": 0.3, "unknown": 0.0, "spouse": -0.5, "second_alone": -1.5,
        "first_only": -2.0, "second_only": -2.5, "exchanged": -3.0, "crossed": -3.5, "none": -5.0,
    },
    "given": {
        "two": 2.5, "two_like": 1.8, "one": 1.4, "one_like": 0.6, "missing": 1.2,
        "missing_like": 0.5, "initials": 1.0, "second": 0.5, "initial": 0.0, "exchanged": -1.5,
        "unknown": -1.0, "other": -3.5, "none": -5.0,
    },
    "rare": {"yes": 0.8, "no": 0.0},
    "generation": {"equal": 0.5, "unknown": 0.0, "differ": -6.0},
    "other_name": {"exact": 1.5, "yes": 0.0, "no": 0.0},
    "born": {"equal": 3.5, "contained": 1.2, "day_month": 1.5, "unknown": 0.0, "differ": -6.0},
    "mother": {"equal": 2.5, "unknown": 0.0, "differ": -6.0},
    "custody": {
        "same": 3.5, "near": 2.8, "other_place": 1.5, "unknown": 0.0, "apart": -1.0,
        "two_places": -6.0,
    },
    "kin": {"shared": 1.5, "unknown": 0.0, "each_other": -6.0},
    "gender": {"equal": 0.0, "unknown": 0.0, "differ": -3.0},
}  # fmt: skip
TEXTS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "surnames": {
        "two": ("two surnames equal", "los dos apellidos iguales"),
        "two_like": ("two surnames alike", "los dos apellidos parecidos"),
        "one_and_initial": (
            "one surname equal, the other an initial that fits",
            "un apellido igual, el otro una inicial que coincide",
        ),
        "one_of_two": (
            "first surname equal, one lacks the second",
            "primer apellido igual, a una le falta el segundo",
        ),
        "one": ("one surname equal", "un apellido igual"),
        "one_like": ("one surname alike", "un apellido parecido"),
        "initial": ("a surname is an initial that fits", "un apellido es una inicial que coincide"),
        "unknown": ("no surname to compare", "sin apellido que comparar"),
        "spouse": (
            "a surname equals the married name of the other",
            "un apellido es igual al apellido de casada de la otra",
        ),
        "second_alone": (
            "the only surname equals the second of the other",
            "el único apellido es igual al segundo de la otra",
        ),
        "first_only": ("second surnames differ", "el segundo apellido difiere"),
        "second_only": ("first surnames differ", "el primer apellido difiere"),
        "exchanged": ("surnames exchanged", "apellidos intercambiados"),
        "crossed": (
            "first surname of one equals the second of the other",
            "el primer apellido de una es igual al segundo de la otra",
        ),
        "none": ("surnames differ", "los apellidos difieren"),
    },
    "given": {
        "two": ("given names equal", "nombres de pila iguales"),
        "two_like": ("given names alike", "nombres de pila parecidos"),
        "one": ("given name equal", "nombre de pila igual"),
        "one_like": ("given name alike", "nombre de pila parecido"),
        "missing": (
            "first given name equal, one lacks the second",
            "primer nombre igual, a una le falta el segundo",
        ),
        "missing_like": (
            "first given name alike, one lacks the second",
            "primer nombre parecido, a una le falta el segundo",
        ),
        "initials": ("initials fit", "las iniciales coinciden"),
        "second": (
            "given name equals the second of the other",
            "el nombre es igual al segundo nombre de la otra",
        ),
        "initial": ("the initial fits", "la inicial coincide"),
        "exchanged": ("given names swapped", "nombres de pila en otro orden"),
        "unknown": ("no given name to compare", "sin nombre de pila que comparar"),
        "other": ("another given name differs", "otro nombre de pila difiere"),
        "none": ("given names differ", "los nombres de pila difieren"),
    },
    "rare": {"yes": ("an uncommon surname", "apellido poco común")},
    "generation": {
        "equal": ("same generation by name", "misma generación según el nombre"),
        "differ": ("one is called senior, the other junior", "una es el padre, la otra el hijo"),
    },
    "other_name": {
        "exact": ("an other name equal word by word", "otro nombre igual palabra por palabra"),
        "yes": ("by another name", "por otro nombre"),
    },
    "born": {
        "equal": ("same day of birth", "misma fecha de nacimiento"),
        "contained": ("dates of birth compatible", "fechas de nacimiento compatibles"),
        "day_month": (
            "day and month of birth exchanged",
            "día y mes de nacimiento intercambiados",
        ),
        "differ": ("dates of birth differ", "las fechas de nacimiento difieren"),
    },
    "mother": {
        "equal": ("same mother's name", "mismo nombre de la madre"),
        "differ": ("mothers' names differ", "los nombres de las madres difieren"),
    },
    "custody": {
        "same": (
            "taken at the same time, same place",
            "detención en las mismas fechas, mismo lugar",
        ),
        "near": ("taken at the same time", "detención en las mismas fechas"),
        "other_place": (
            "taken at the same time, other place",
            "detención en las mismas fechas, otro lugar",
        ),
        "apart": ("taken at other times", "detención en otras fechas"),
        "two_places": (
            "held at one time in two places",
            "reclusión a la vez en dos lugares",
        ),
    },
    "kin": {
        "shared": ("a relative in common", "un familiar en común"),
        "each_other": ("related to each other", "familiares entre sí"),
    },
    "gender": {"differ": ("genders differ", "el género difiere")},
}
"""How each level reads, in English and Spanish."""
SWAPPED = ("surnames written first in one", "en una, los apellidos van primero")


def explain(likeness: Likeness, lang: str) -> str:
    """Return in words what speaks for and against two records being of one person, in a language.

    Args:
        likeness: how they compare.
        lang: `en` or `es`.
    """
    place = lang == "es"
    said = []
    for subject, texts in TEXTS.items():
        level = likeness.levels.get(subject, "")
        if text := texts.get(level):
            near = subject == "custody" and level in ("same", "near", "other_place")
            days = likeness.days if near else None
            said.append(text[place] + (f", {_days(days, lang)}" if days else ""))
        if subject == "given" and likeness.swapped:
            said.append(SWAPPED[place])
    return ", ".join(said)


def _days(days: int, lang: str) -> str:
    if lang == "es":
        return f"a {days} día{'s' if days > 1 else ''} de distancia"
    return f"{days} day{'s' if days > 1 else ''} apart"
