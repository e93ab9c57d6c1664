"""Two records of people: how likely they are one, and why."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import identity as benchmark
from vinculos.graph.blocking import pairs_to_compare
from vinculos.graph.duplicates import find_candidates
from vinculos.graph.identity import Custody, Known, compare
from vinculos.graph.identity_words import TEXTS, WEIGHTS, explain
from vinculos.graph.name_parts import read_name
from vinculos.graph.spool import Spool

LIKELY = 0.6
ANA = Known("a:1", "Ana María Prueba Ejemplo")


def scored(one: str, two: str) -> float:
    return compare(Known("a:1", one), Known("b:1", two)).score


@pytest.mark.parametrize(
    ("text", "given_names", "surnames", "spouse", "swapped"),
    [
        ("Juan Carlos Pérez Gómez", "juan carlos", "perez gomez", "", False),
        ("PEREZ GOMEZ, Juan Carlos", "juan carlos", "perez gomez", "", True),
        ("PÉREZ GÓMEZ Juan Carlos", "juan carlos", "perez gomez", "", True),
        ("PEREZ GOMEZ JUAN CARLOS", "juan carlos", "perez gomez", "", True),
        ("José Luis Pérez", "jose luis", "perez", "", False),
        ("José Pérez Gómez", "jose", "perez gomez", "", False),
        ("Ana Pérez de Rojas", "ana", "perez", "rojas", False),
        ("Rosa Elena Parra vda. de Acosta", "rosa elena", "parra", "acosta", False),
        ("Pedro de la Cruz Sosa", "pedro", "cruz sosa", "", False),
        ("Gral. Ernesto Tovar", "ernesto", "tovar", "", False),
        ("J. C. Pérez", "j c", "perez", "", False),
    ],
)
def test_a_name_is_taken_apart(
    text: str, given_names: str, surnames: str, spouse: str, swapped: bool
) -> None:
    read = read_name(text)[0]
    assert (" ".join(read.given), " ".join(read.surnames)) == (given_names, surnames)
    assert (read.spouse, read.swapped) == (spouse, swapped)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Juan Carlos Pérez Gómez", "PEREZ GOMEZ, Juan"),
        ("Juan Carlos Pérez Gómez", "J. C. Perez Gomez"),
        ("Yonathan Querales Lugo", "Jonatan Querales Lugo"),
        ("Pedro de la Cruz Sosa", "DELACRUZ SOSA PEDRO"),
        ("Сергей Петрович Орлов", "Sergey Petrovich Orlov"),
        ("王小明", "Wang Xiaoming"),
        ("Ana Ejemplo López de Rangel", "Ana Ejemplo López"),
    ],
)
def test_one_name_written_in_two_ways_is_found(one: str, two: str) -> None:
    assert scored(one, two) >= LIKELY
    assert scored(two, one) == scored(one, two)


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Juan Carlos Parra Toro", "Juan Pablo Parra Toro"),
        ("Mario Parra Toro", "María Parra Toro"),
        ("Luis Marín Toro", "Luis Martín Toro"),
        ("José Pérez Gómez", "José Pérez Díaz"),
        ("Miguel Toro Peña", "Miguel Peña Toro"),
        ("Pedro Rojas padre", "Pedro Rojas hijo"),
        ("Ana López de Rojas", "Ana Díaz de Rojas"),
        ("J. Rodríguez", "Javier Rodríguez"),
        ("Persona Prueba 0000123", "Persona Prueba 0000124"),
    ],
)
def test_names_of_two_people_are_not(one: str, two: str) -> None:
    assert scored(one, two) < LIKELY


def test_what_is_known_of_a_namesake_counts_against() -> None:
    full = replace(
        ANA,
        born="1980-02-03",
        mother_name="Rosa Ejemplo",
        custody=(Custody("2024-01-05", "2025-03-01", "Penal Norte"),),
    )
    assert compare(full, replace(full, id="b:1")).score > 0.99
    for other in (
        replace(full, id="b:1", born="1991-07-08", mother_name="", custody=()),
        replace(full, id="b:1", born="", mother_name="Julia Ejemplo", custody=()),
        replace(
            full,
            id="b:1",
            born="",
            mother_name="",
            custody=(Custody("2024-06-01", "2024-09-01", "Penal Sur"),),
        ),
        replace(
            full,
            id="b:1",
            kin=("Ana María Prueba Ejemplo",),
            born="",
            mother_name="",
            custody=(),
        ),
    ):
        assert compare(full, other).score < LIKELY


def test_a_short_name_needs_more_than_itself() -> None:
    one, two = Known("a:1", "José Pérez"), Known("b:1", "José Pérez")
    assert compare(one, two).score < LIKELY
    taken = (Custody("2024-01-05", "", "Penal Norte"),)
    assert compare(replace(one, custody=taken), replace(two, custody=taken)).score > LIKELY
    later = (Custody("2025-01-05", "", "Penal Sur"),)
    assert compare(replace(one, custody=taken), replace(two, custody=later)).score < LIKELY


def test_the_reasons_are_told_in_words() -> None:
    one = replace(ANA, custody=(Custody("2024-01-05", "", "Penal Norte"),))
    two = Known(
        "b:1", "PRUEBA EJEMPLO, María Ana", custody=(Custody("2024-01-07", "", "Penal Norte"),)
    )
    found = compare(one, two)
    told = {lang: explain(found, lang) for lang in ("en", "es")}
    assert told["en"].startswith("two surnames equal, given names swapped, surnames written first")
    assert told["en"].endswith("same place, 2 days apart")
    assert told["es"].startswith("los dos apellidos iguales, nombres de pila en otro orden")
    assert told["es"].endswith("mismo lugar, a 2 días de distancia")


def test_every_level_has_a_weight_and_words() -> None:
    silent = {"unknown", "no", "equal"}
    for subject, levels in WEIGHTS.items():
        assert set(TEXTS[subject]) <= set(levels)
        assert set(levels) - set(TEXTS[subject]) <= silent


NAMES = st.text("abc ÁñЖ王-.,'", max_size=12)


@given(NAMES, NAMES)
def test_any_text_is_compared_alike_in_both_orders(one: str, two: str) -> None:
    assert compare(Known("a:1", one), Known("b:1", two)) == compare(
        Known("b:1", two), Known("a:1", one)
    ) or scored(one, two) == pytest.approx(scored(two, one))
    assert 0 <= scored(one, two) <= 1


def test_blocking_loses_no_pair_that_would_be_found() -> None:
    with benchmark.PAIRS.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["split"] == "tune"]
    lost = []
    for row in rows:
        one, two = (benchmark.known(row, side) for side in "ab")
        if row["label"] == "same" and compare(one, two).score >= LIKELY:
            with Spool() as spool:
                if not list(pairs_to_compare([one, two], spool)):
                    lost.append(row["id"])
    assert len(lost) <= len(rows) * 0.01, lost


def test_candidates_are_found_among_many(tmp_path: Path) -> None:
    people = sorted(benchmark.population(2000, seed=3), key=lambda person: person.id)
    with Spool(tmp_path) as spool:
        found = {(c.one.id, c.two.id) for c in find_candidates(people, spool, LIKELY)}
    every = {
        (one.id, two.id)
        for place, one in enumerate(people[:400])
        for two in people[place + 1 : 400]
        if compare(one, two).score >= LIKELY
    }
    near = {person.id for person in people[:400]}
    among = {pair for pair in found if near.issuperset(pair)}
    assert among <= every
    assert len(among) >= 0.9 * len(every)
    with Spool(tmp_path) as spool:
        again = find_candidates(people, spool, LIKELY, decided=found)
        assert not list(again)
