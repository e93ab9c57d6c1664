"""Telling what the columns of an unknown file hold, by their headers and their values."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from vinculos.graph.folding import fold
from vinculos.graph.words import CUSTODY_STATUS, GENDER, Words
from vinculos.loaders.mapping_dates import EXCEL, DateFormat, read_date
from vinculos.loaders.rows import Problem, RawRow
from vinculos.loaders.simple_cells import find_word
from vinculos.loaders.simple_columns import DETAINEES, OFFICIALS

SAMPLE = 5000
"""Rows that are looked at."""
DISTINCT = 60
"""Different values of a column up to which they are listed as words."""
LIKE = 88
"""How alike, of 100, a header must be to a known one."""
MOST = 0.6
"""The share of values that must be of the kind that a column is taken for."""
FORMATS: tuple[str, ...] = (
    *("dd/mm/yyyy", "d month yyyy", "month d yyyy", "month yyyy", "mm/yyyy"),
    *("yyyy/mm/dd", "mm/dd/yyyy", "dd/mm/yy", EXCEL),
)
"""Formats that are tried, in this order: the day comes before the month where both would do."""

_MORE = {
    "name": "apellidos y nombres, apellido y nombre, nombres y apellidos, detainee name, "
    "prisoner, prisoner name, nombre del detenido, nombre de la persona, persona, preso, person, "
    "person name",
    "given": "nombres, primer nombre, first name, given name, given names, forename",
    "surname": "apellidos, apellido, last name, surname, family name",
    "key": "cedula, cedula de identidad, ci, dni, documento, pasaporte, passport, codigo, code, "
    "identificador, identifier, registro, numero de registro, person id, id persona",
    "taken": "taken, detained, started, started on, "
    "fecha detencion, fecha de arresto, detention date, date of detention, arrest date, "
    "date of arrest, date arrested, date detained, fecha de aprehension, fecha aprehension, "
    "fecha de captura, fecha captura, detenido desde, detained since, arrested on, arrest, "
    "arrested",
    "ended": "ended, release date, date of release, date released, fecha liberacion, "
    "fecha excarcelacion, excarcelado el, liberado el, released on, freed on",
    "status": "current status, current state, situacion juridica, condicion, estado actual, "
    "estatus actual",
    "place": "prison, prison name, carcel, centro de reclusion, sitio de reclusion, "
    "centro de detencion, lugar de detencion actual, penal, centro penitenciario, facility, "
    "detention facility, place of imprisonment, recluido en",
    "org": "org, "
    "organismo, cuerpo de seguridad, cuerpo, arrested by, captor, organismo de seguridad, "
    "arresting agency, agency",
    "charge": "delito, delitos, cargos, charge, charges, imputacion, imputaciones, "
    "delitos imputados, delito imputado, offence, offences, offense, offenses, accusation, "
    "accusations, acusacion, acusaciones",
    "sentence_years": "condena, sentencia, sentence, pena, pena en anos, years of sentence",
    "died": "fecha de muerte, fecha de fallecimiento, date of death, death date, died",
    "age": "edad, age, age at detention, edad al momento de la detencion",
    "link": "url, link, enlace, fuente url, source url, source link, enlace fuente, fuente, "
    "source, sources, fuentes, link fuente",
    "publisher": "medio, publisher, fuente, source, sources, fuentes, organizacion fuente, "
    "medio fuente",
    "published": "fecha de publicacion, publication date, published, fecha fuente, date of source",
    "accessed": "fecha de consulta, consultado, access date, accessed, accessed on, date accessed",
    "nationality": "pais de nacionalidad, citizenship",
    "case": "case name, nombre del caso",
    "from": "inicio, fecha de inicio, start date, start, since",
    "to": "fin, fecha de fin, end date, end, until",
}
_TAKEN_OVER = (
    *DETAINEES.columns,
    *(column for column in OFFICIALS.columns if column.key in ("post", "org", "from", "to")),
)
_SKIPPED = {"because_of", "kinship", "strength", "asserted_by", "restricted", "protected"}
_SKIPPED |= {"confidence", "place_since", "basis", "status_on", "sentenced_on"}
DATES = ("taken", "ended", "born", "died", "published", "accessed", "from", "to")
WORDS: Mapping[str, Words] = {"status": CUSTODY_STATUS, "gender": GENDER}
_ORDER = ("link", "status", "taken")
"""Roles that their values tell best: they are tried before others of the same header."""


def _known() -> dict[str, list[str]]:
    """Return folded header to the roles that it may have."""
    known: dict[str, list[str]] = {}
    for column in _TAKEN_OVER:
        if column.key not in _SKIPPED:
            for text in (column.en, column.es, *column.also):
                known.setdefault(fold(text), []).append(column.key)
    for role, texts in _MORE.items():
        for text in texts.split(", "):
            if role not in known.setdefault(fold(text), []):
                known[fold(text)].append(role)
    for roles in known.values():
        roles.sort(key=lambda role: role not in _ORDER)
    return known


KNOWN = _known()


@dataclass
class Seen:
    """One column: its header, and how often each value stands in it, as far as it was read."""

    header: str
    values: Counter[str] = field(default_factory=Counter)
    longest: int = 0

    def share(self, fits: Iterable[bool]) -> float:
        """Return the share of True, 1 where there is nothing."""
        found = list(fits)
        return sum(found) / len(found) if found else 1.0

    def is_date(self) -> bool:
        """Return whether most values are dates."""
        return self.share(_format_of(value) is not None for value in self.values) >= MOST

    def is_number(self) -> bool:
        """Return whether most values are numbers."""
        numbers = (re.fullmatch(r"\d{1,3}([.,]\d+)?( \w+)?", value) for value in self.values)
        return self.share(match is not None for match in numbers) >= MOST

    def is_link(self) -> bool:
        """Return whether there are values and most are links."""
        links = (value.startswith(("http://", "https://")) for value in self.values)
        return bool(self.values) and self.share(links) >= MOST

    def has_words(self, words: Words) -> bool:
        """Return whether half of the values are words of a list."""
        known = (_word(words, value) != "" for value in self.values)
        return len(self.values) <= DISTINCT and self.share(known) >= 0.5

    def formats(self) -> list[str]:
        """Return the formats of its dates, none where all are EDTF."""
        counted = Counter(_format_of(value) for value in self.values)
        least = {text: len(self.values) / (5 if text == EXCEL else 50) for text in FORMATS}
        found = {text for text in FORMATS if counted[text] and counted[text] >= least[text]}
        if "mm/dd/yyyy" in found:
            found.discard("dd/mm/yyyy")
        return [text for text in FORMATS if text in found]

    def strange(self, formats: Sequence[str]) -> int:
        """Return how many different values are no dates in these formats."""
        kinds = tuple(DateFormat(text) for text in formats)
        return sum(not _reads(value, kinds) for value in self.values)

    def words(self, words: Words) -> dict[str, str]:
        """Return each value with the word that it stands for, blank where that is not clear."""
        return {value: _word(words, value) for value, _ in self.values.most_common()}

    def separator(self) -> str:
        """Return what separates several things in one cell, blank where nothing seems to."""
        return self._first_of(";\n|,")

    def _first_of(self, characters: str) -> str:
        """Return the first of these characters that stands in a value, blank where none does."""
        return next((c for c in characters if any(c in value for value in self.values)), "")

    def holds_words(self) -> bool:
        """Return whether some value has a word, as a key made of a name has."""
        return any(re.search(r"[^\W\d_]{3,}", value) for value in self.values)

    def link_separator(self) -> str:
        """Return what separates several links in one cell."""
        if text := self._first_of(";\n|"):
            return text
        several = [value for value in self.values if value.count("http") > 1]
        # Commas stand within links too.
        if several and all(",http" in value.replace(" ", "") for value in several):
            return ","
        return " "

    def is_mixed(self) -> bool:
        """Return whether among the links there are others."""
        parts = (p for value in self.values for p in value.split(self.link_separator()))
        return not all(p.strip().startswith(("http://", "https://")) for p in parts if p.strip())


def _reads(value: str, formats: tuple[DateFormat, ...]) -> bool:
    try:
        return bool(read_date(value, formats))
    except ValueError:
        return False


def _format_of(value: str) -> str | None:
    """Return the first format that a value fits, blank for EDTF, None for no date."""
    if _reads(value, ()):
        return ""
    return next((text for text in FORMATS if _reads(value, (DateFormat(text),))), None)


def _word(words: Words, value: str) -> str:
    try:
        return find_word(words, value)
    except ValueError:
        return ""


def look(rows: Iterable[RawRow | Problem], header: Sequence[str]) -> list[Seen]:
    """Return the columns of a file with the values of its first rows.

    Args:
        rows: its rows.
        header: its columns.
    """
    seen = {column: Seen(column) for column in header if column}
    for number, raw in enumerate(rows):
        if number >= SAMPLE or isinstance(raw, Problem):
            break
        for column, text in raw.cells.items():
            if text and column in seen:
                one = seen[column]
                one.longest = max(one.longest, len(text))
                one.values[text if len(text) <= 500 else text[:500]] += 1
    return list(seen.values())


def roles(columns: Sequence[Seen]) -> dict[str, Seen]:
    """Return the column of each role that some column has."""
    found: dict[str, Seen] = {}
    taken: set[str] = set()
    for exact in (True, False):
        for column in columns:
            if column.header in taken or any(c in column.header for c in "{}"):
                continue
            for role in _candidates(fold(column.header), exact=exact):
                if role not in found and _fits(role, column):
                    found[role] = column
                    taken.add(column.header)
                    break
    for column in columns:
        if "link" not in found and column.header not in taken and column.is_link():
            found["link"] = column
    if "surname" in found and "given" not in found and "name" in found:
        found["given"] = found.pop("name")
    if "age" in found and ("is_minor" in found or "born" in found):
        found.pop("age")
    return found


def _candidates(header: str, *, exact: bool) -> list[str]:
    if exact:
        return KNOWN.get(header, [])
    best = process.extractOne(header, list(KNOWN), scorer=fuzz.ratio, score_cutoff=LIKE)
    return KNOWN[best[0]] if best else []


def _fits(role: str, column: Seen) -> bool:
    if role in DATES:
        return column.is_date()
    if role in ("sentence_years", "age"):
        return column.is_number()
    if role == "link":
        return column.is_link()
    if role in WORDS:
        return column.has_words(WORDS[role])
    if role == "is_minor":
        return len(column.values) <= 8
    return role == "summary" or not column.is_link()
