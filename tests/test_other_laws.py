"""The questions about charges and amnesties with another country's law, as its own rows say it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.folders import write_folder
from vinculos.formats.cells import NAME, flat, human
from vinculos.graph.store import Store
from vinculos.loaders.load import load_folder
from vinculos.queries.ask import ask
from vinculos.queries.library import get_query

COUNTRY = {
    "sources": "source_id,publisher,title\nr1,Synthetic Gazette,Act\n",
    "people": "person_id,name,source_ids\npa,Aldo Prueba Uno,r1\npb,Bela Prueba Dos,r1\n"
    "pc,Cila Prueba Tres,r1\n",
    "laws": "law_id,name_es,source_ids\nrl,Ley sintética,r1\nrc,Código sintético,r1\n",
    "charges": "charge_id,name_en,name_es,law_id,source_ids\nsed,,Sedición sintética,rc,r1\n"
    "mur,Synthetic murder,,rc,r1\n",
    "amnesty_rules": "rule_id,law_id,effect,kind,name_es,from_on,to_on,charge_ids,source_ids\n"
    "ru1,rl,covers,period,Hechos de 2019,2019-03-01,2019-12-31,,r1\n"
    "ru2,rl,covers,charge,Sedición de 2019,2019-03-01,2019-12-31,sed,r1\n"
    "ru3,rl,covers,charge,Sedición siempre,,,sed,r1\n",
    "detentions": "detention_id,person_id,started_on,facts_started,facts_ended,source_ids\n"
    "da,pa,2019-06-01,2019-05-20,2019-05-20,r1\ndb,pb,2020-03-01,2020-02-20,2020-02-20,r1\n"
    "dc,pc,2019-06-01,2019-05-20,2019-05-20,r1\n",
    "accusations": "subject_id,charge_id,status,source_ids\nda,sed,accused,r1\nda,mur,accused,r1\n"
    "db,sed,convicted,r1\ndc,sed,dismissed,r1\n",
    "amnesty_requests": "detention_id,law_id,outcome,source_ids\nda,rl,denied,r1\n",
}
LATER = {
    "sources": "source_id,publisher,title\nr2,Synthetic Courier,Trials\n",
    "amnesty_requests": "detention_id,law_id,outcome,source_ids\nda,rl,granted,r2\n",
}


@pytest.fixture
def country(store: Store, tmp_path: Path) -> Store:
    load_folder(store, write_folder(tmp_path / "country", **COUNTRY))
    load_folder(store, write_folder(tmp_path / "later", **LATER), space="country")
    return store


def answers(store: Store, name: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a question by the key of the custody."""
    rows = ask(store, get_query(name)).rows
    return {row["detention_id"].partition(":")[2]: row for row in rows}


def test_a_rule_that_covers_a_charge_is_shown_as_possible(country: Store) -> None:
    found = answers(country, "check_amnesty")
    possible = {key: [n["es"] for n in row["possibly_covered_by"]] for key, row in found.items()}
    assert possible == {
        "da": ["Hechos de 2019", "Sedición de 2019", "Sedición siempre"],
        # The facts lie after the period of the first two.
        "db": ["Sedición siempre"],
        # The charge was dismissed; a period is possible by its date, whatever the charge.
        "dc": ["Hechos de 2019", "Sedición de 2019"],
    }
    assert {row["verdict"] for row in found.values()} == {"undetermined"}


def test_a_disputed_outcome_is_marked(country: Store) -> None:
    found = answers(country, "check_amnesty")
    assert found["da"]["disputed"] == ["AMNESTY.outcome"]
    assert found["db"]["disputed"] == []


@pytest.mark.parametrize("name", ["count_charges", "check_amnesty"])
def test_a_name_in_one_language_alone_stands_for_both(country: Store, name: str) -> None:
    column = {"count_charges": "charge", "check_amnesty": "charges"}[name]
    said = {
        human(row[column], NAME, lang)
        for row in ask(country, get_query(name)).rows
        for lang in ("en", "es")
    }
    assert "Sedición sintética" in said and not any("None" in text for text in said)
    assert all(
        isinstance(flat(row[column], NAME), str) for row in ask(country, get_query(name)).rows
    )


def test_formats_need_no_name_in_both_languages() -> None:
    half = {"en": None, "es": "Sedición"}
    assert (human(half, NAME, "en"), human(half, NAME, "es"), flat(half, NAME)) == ("Sedición",) * 3
    none = {"en": None, "es": None}
    assert (human(none, NAME, "en"), flat(none, NAME)) == ("", "")
