"""The reports that come with the program, on the starter data and on an empty graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests import browser
from tests.folders import write_folder
from tests.tiny import STARTER
from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from vinculos.graph.store import Store
from vinculos.graph.withheld import load_withheld
from vinculos.loaders.load import load_folder
from vinculos.queries.library import get_query
from vinculos.redaction.profile import get_audience
from vinculos.reports.html import as_html
from vinculos.reports.run import Report, run_report
from vinculos.reports.script import get_script, script_files

GIVEN: Mapping[str, Mapping[str, str]] = {
    "case-file": {"person": "rafael-tudares"},
    "official-dossier": {"official": "diosdado-cabello"},
    "prison-profile": {"place": "el-helicoide"},
    "situation": {"as_of": "2026-02-28"},
}


def made(store: Store, name: str, lang: str, **given: str) -> Report:
    return run_report(
        store,
        get_script(name),
        {**GIVEN.get(name, {}), **given},
        withheld=load_withheld(store, get_audience("public"), lang),
        find=get_query,
    )


@pytest.mark.parametrize("name", sorted(script_files()))
def test_shipped_report_on_the_starter(holding: Callable[[Path], Store], name: str) -> None:
    store = holding(STARTER)
    for lang in ("es", "en"):
        report = made(store, name, lang)
        assert report.failures == []
        assert any(shown.table.rows for shown in report.shown)
        for shown in report.shown:
            assert set(shown.table.columns) >= set(shown.table.keys), shown.caption
        assert 'id="sources"' in as_html(report, [])


def test_shipped_reports_on_an_empty_graph(store: Store) -> None:
    for name in script_files():
        if not any(parameter.required for parameter in get_script(name).head.parameters.values()):
            report = made(store, name, "es")
            assert report.failures == []
            assert not any(shown.table.rows for shown in report.shown)


def test_a_case_file_tells_sentence_certainty_and_the_day_of_a_charge(
    store: Store, tmp_path: Path
) -> None:
    folder = write_folder(
        tmp_path / "in",
        people="person_id,name,source_ids\nana,Ana Prueba,s1\n",
        detentions="detention_id,person_id,started_on,status,sentence_years,sentenced_on,"
        "confidence,source_ids\nd,ana,2025-01-07,detained,30,2025-03-02,alleged,s1\n",
        charges="charge_id,name_es,source_ids\nx,Delito,s1\ny,Otro delito,s1\n",
        accusations="subject_id,charge_id,status,as_of,source_ids\n"
        "d,x,convicted,2025-03-02,s2\nd,y,accused,,s1\n",
    )
    load_folder(store, folder)
    report = made(store, "case-file", "en", person="ana")

    def cells(caption: str, *columns: str) -> list[tuple[object, ...]]:
        (table,) = (shown.table for shown in report.shown if f". {caption} (" in shown.caption)
        return [tuple(row[name] for name in columns) for row in table.rows]

    assert cells("Custodies", "started", "confidence") == [("2025-01-07", "alleged")]
    assert cells("Sentences", "sentence_years", "sentenced_on", "confidence") == [
        (30, "2025-03-02", "alleged")
    ]
    assert cells("Charges", "status", "brought", "known_on") == [
        ("convicted", "2025-01-07", "2025-03-02"),
        ("accused", "2025-01-07", None),
    ]


def test_a_case_file_of_a_minor_names_neither_child_nor_page(
    holding: Callable[[Path], Store],
) -> None:
    store = holding(STARTER)
    minors = store.read(
        "MATCH (p:Person)-[:DETAINED_IN]->(:Detention) WHERE p.is_minor = true "
        "RETURN p.id AS id, p.name AS name ORDER BY id"
    ).rows
    assert minors
    for minor in minors:
        html = as_html(made(store, "case-file", "es", person=minor["id"]), [])
        assert re.search(r"Menor \d+", html) and minor["name"] not in html
        assert minor["id"].partition(":")[2] not in html
        pages = store.read(
            "MATCH (p:Person {id: $id})-[:DETAINED_IN]->(d:Detention) "
            "MATCH (s:Source)<-[:CITES]-(c:Claim)-[:ABOUT]->(n:Person|Detention) "
            "WHERE n.id IN [p.id, d.id] RETURN DISTINCT s.url AS url, s.title AS title",
            {"id": minor["id"]},
        ).rows
        assert pages
        for page in pages:
            assert not page["url"] or page["url"] not in html
            assert not page["title"] or page["title"] not in html


def test_a_shipped_report_in_a_browser_is_quiet(
    holding: Callable[[Path], Store], tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_text(as_html(made(holding(STARTER), "hostages", "es"), []), "utf-8")
    with browser.chromium() as running, browser.opened(running, file) as page:
        page.check_quiet()
        assert page.page.locator("figure svg").count() == 3
        wide = page.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
