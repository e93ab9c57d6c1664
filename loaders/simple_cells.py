"""Cells of the simple shape: words in both languages, days before months, plain flags."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from rapidfuzz import fuzz, process

from vinculos.graph.dates import NoSuchDay, parse_date
from vinculos.graph.folding import fold
from vinculos.graph.records import short_hash
from vinculos.graph.words import (
    BASIS,
    CASE_ROLE,
    CHARGE_STATUS,
    CUSTODY_STATUS,
    EVENT_ROLE,
    GENDER,
    HELD_BECAUSE_OF,
    INVOLVEMENT,
    KINSHIP,
    Words,
)
from vinculos.language import gettext as _
from vinculos.language import spoken
from vinculos.loaders.cells import FLAGS, MIDNIGHT, parse_cell
from vinculos.loaders.declare import Column
from vinculos.loaders.simple_columns import SimpleColumn

MAX_KEY = 100
"""Longest key of a person, so that the key of a custody made from it is no longer than allowed."""

_ACCUSED = dict.fromkeys(("acusada", "acusado", "imputada", "imputado", "accused"), "accused")
_CONVICTED = dict.fromkeys(("condenada", "condenado"), "convicted")
SYNONYMS: Mapping[str, Mapping[str, str]] = {
    KINSHIP.name: {
        **dict.fromkeys(("madre", "padre", "mother", "father", "parent"), "parent_of"),
        **dict.fromkeys(("hija", "hijo", "daughter", "son", "child"), "child_of"),
        **dict.fromkeys(("abuela", "abuelo", "grandmother", "grandfather"), "grandparent_of"),
        **dict.fromkeys(("hermana", "hermano", "sister", "brother", "sibling"), "sibling_of"),
        **dict.fromkeys(("esposa", "esposo", "conyuge", "wife", "husband", "spouse"), "spouse_of"),
        **dict.fromkeys(("pareja", "concubina", "concubino", "partner"), "partner_of"),
        **dict.fromkeys(("cunada", "cunado", "suegra", "suegro", "nuera", "yerno"), "in_law_of"),
        **dict.fromkeys(("tia", "tio", "prima", "primo", "sobrina", "sobrino"), "relative_of"),
        **dict.fromkeys(("nieta", "nieto", "grandson", "granddaughter"), "relative_of"),
        **dict.fromkeys(("aunt", "uncle", "cousin", "niece", "nephew"), "relative_of"),
        **dict.fromkeys(("familiar", "relative"), "relative_of"),
        **dict.fromkeys(("amiga", "amigo", "friend"), "friend_of"),
        **dict.fromkeys(("colega", "colleague"), "colleague_of"),
        **dict.fromkeys(("allegada", "allegado", "associate"), "associate_of"),
        **dict.fromkeys(("abogada", "abogado", "lawyer"), "lawyer_of"),
    },
    CASE_ROLE.name: _ACCUSED | _CONVICTED | {"victima": "victim"},
    EVENT_ROLE.name: _ACCUSED | _CONVICTED,
    CUSTODY_STATUS.name: {
        # Not `excarcelada`: of a release with measures it is said as well.
        **dict.fromkeys(("detenida", "detenido", "presa", "preso", "en prision"), "detained"),
        **dict.fromkeys(("recluida", "recluido"), "detained"),
        **dict.fromkeys(("privada de libertad", "privado de libertad"), "detained"),
        **dict.fromkeys(("in custody", "in prison", "imprisoned", "jailed"), "detained"),
        **dict.fromkeys(("casa por carcel", "detencion domiciliaria"), "house_arrest"),
        **dict.fromkeys(("desaparecida", "desaparecido"), "disappeared"),
        **dict.fromkeys(("liberada", "liberado", "libre", "free", "libertad plena"), "released"),
        **dict.fromkeys(
            ("excarcelada con medidas", "excarcelado con medidas", "libertad con medidas"),
            "conditional_release",
        ),
        **dict.fromkeys(
            ("libertad condicional", "on bail", "released on bail"), "conditional_release"
        ),
        **dict.fromkeys(("fugada", "profuga", "profugo"), "escaped"),
        **dict.fromkeys(("fallecida", "fallecido", "dead", "died"), "deceased"),
        **dict.fromkeys(("desconocida", "no se sabe"), "unknown"),
    },
    CHARGE_STATUS.name: {
        **_ACCUSED,
        **_CONVICTED,
        **dict.fromkeys(("absuelta", "absuelto"), "acquitted"),
        **dict.fromkeys(("sobreseida", "sobreseido"), "dismissed"),
        **dict.fromkeys(("anulada", "anulado"), "annulled"),
    },
    INVOLVEMENT.name: {
        **dict.fromkeys(("presidio", "jueza", "juez", "judge"), "presided"),
        **dict.fromkeys(("fiscal", "prosecutor"), "prosecuted"),
    },
    BASIS.name: {"rehen": "hostage_by_association"},
    GENDER.name: {
        **dict.fromkeys(("mujer", "woman", "femenina"), "f"),
        **dict.fromkeys(("hombre", "man", "varon", "masculina"), "m"),
    },
    HELD_BECAUSE_OF.name: {"alegado": "alleged", "se alega": "alleged"},
}
"""What people write instead of the words of a list, folded."""

_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2}|\d{4})")
_MONTH_FIRST = re.compile(r"(\d{1,2})[/.-](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")


def simple_text(column: SimpleColumn, text: str) -> str:
    """Return a cell that is not blank as the ordinary tables have it.

    Args:
        column: its declaration.
        text: the cell.

    Raises:
        ValueError: the text does not fit; the message says what would.
    """
    if column.kind == "date":
        return simple_date(text)
    if column.kind == "flag":
        if text.lower() not in FLAGS:
            raise ValueError(_("write yes or no (sí o no)"))
        return "true" if FLAGS[text.lower()] else "false"
    if column.kind == "number":
        text = text.replace(",", ".")
        return str(parse_cell(Column("", "", "", "number"), text))
    if column.kind == "word" and column.words is not None:
        return find_word(column.words, text)
    if column.kind == "link":
        return str(parse_cell(Column("", "", "", field="url"), text))
    if column.kind == "key":
        if len(text) > MAX_KEY:
            raise ValueError(_("a key has at most {most} characters").format(most=MAX_KEY))
        return str(parse_cell(Column("", "", "", "id"), text))
    parse_cell(Column("", "", ""), text)
    if column.kind in ("text", "person") and column.required and not fold(text):
        raise ValueError(_("this needs letters or digits"))
    return text


@lru_cache(maxsize=65536)
def simple_date(text: str) -> str:
    """Return the partial date that `text` writes, ISO or with the day first.

    Raises:
        ValueError: it is none; the month is never taken to come first.
    """
    if match := MIDNIGHT.fullmatch(text):
        text = match[1]
    elif match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
        if len(year) == 2:
            raise ValueError(_("write the year with four digits, such as 07/01/2025"))
        if int(month) > 12:
            said = _("there is no month {month}; the day comes first: 07/01/2025 is 7 January")
            raise ValueError(said.format(month=int(month)))
        text = f"{year}-{int(month):02}-{int(day):02}"
    elif match := _MONTH_FIRST.fullmatch(text):
        text = f"{match[2]}-{int(match[1]):02}"
    elif match := _YEAR_FIRST.fullmatch(text):
        text = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    try:
        return parse_date(text).text
    except NoSuchDay:
        raise
    except ValueError as error:
        said = _("{reason}, or with the day first: 07/01/2025")
        raise ValueError(said.format(reason=error)) from None


def find_word(words: Words, text: str) -> str:
    """Return the word that `text` is, by itself, by its name in either language or a synonym.

    Raises:
        ValueError: it is none; the message has a suggestion in the language of what is most alike.
    """
    known = _spellings(words.name, words)
    folded = fold(text)
    if folded in known:
        return known[folded]
    best = process.extractOne(folded, list(known), scorer=fuzz.ratio, score_cutoff=70)
    if best:
        names = {fold(label): label for label in words.names[known[best[0]]]}
        suggestion = names.get(best[0], best[0])
        said = _("the list has no such word; did you mean `{word}`?")
        raise ValueError(said.format(word=suggestion))
    said = _("the list has no such word; use one of {words}")
    listed = (_named(words, word) for word in words)
    raise ValueError(said.format(words=", ".join(listed)))


def _named(words: Words, word: str) -> str:
    """Return the names of a word: to who speaks English both, as sheets may be in Spanish."""
    if spoken() == "es":
        return words.label(word, "es")
    return " / ".join(dict.fromkeys(words.names[word]))


_KNOWN: dict[str, dict[str, str]] = {}


def _spellings(name: str, words: Words) -> dict[str, str]:
    if name not in _KNOWN:
        known = {fold(other): word for other, word in SYNONYMS.get(name, {}).items()}
        known |= {fold(label): word for word in words for label in words.names[word]}
        _KNOWN[name] = known | {fold(word): word for word in words}
    return _KNOWN[name]


def is_synonym(words: Words, text: str) -> bool:
    """Return whether `text` says more than the word that it is taken for, as `son` of a child."""
    return fold(text) in SYNONYMS.get(words.name, {})


def slug(text: str) -> str:
    """Return `text` as part of a key: folded, words joined by `-`; long ones end in a hash."""
    plain = fold(text).replace(" ", "-")
    return plain if len(plain) <= MAX_KEY else f"{plain[: MAX_KEY - 13]}-{short_hash(plain)[:12]}"
