"""Reports that are run: on real graphs, in each format, with blocks that fail."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_cli import run
from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from tests.tiny import tiny as tiny
from vinculos.commands.about import answer_facts
from vinculos.graph.store import Store
from vinculos.graph.withheld import load_withheld
from vinculos.language import speaking
from vinculos.queries.gates import Gates
from vinculos.queries.library import get_query
from vinculos.redaction.profile import get_audience
from vinculos.reports.html import as_html
from vinculos.reports.run import Report, run_report
from vinculos.reports.script import parse_script

HEAD = """\
---
title: {en: "Tie of {{ who }}", es: "Vínculo de {{ who }}"}
parameters:
  who: {type: id, default: ana-prueba, en: a person, es: una persona}
---
"""


def made(
    store: Store, body: str, audience: str = "public", lang: str = "en", **given: str
) -> Report:
    return run_report(
        store,
        parse_script("mine", HEAD + body),
        given,
        withheld=load_withheld(store, get_audience(audience), lang),
        find=get_query,
    )


def test_prose_table_chart_and_network(tiny: Store) -> None:
    body = """\
Of {{ who }}.

```query find_hostages
title: "What ties {{ who }}"
columns: [person, because_of]
```
```cypher
/*
show: bar
label: status
columns: {status: {en: status, es: situación, kind: "word:custody_status"}}
*/
MATCH (p:Person {id: $who})-[:DETAINED_IN]->(d:Detention) RETURN d.status AS status
```
```cypher
/* show: network */
MATCH t=(p:Person {id: $who})-[:DETAINED_IN]->(d:Detention) RETURN t
```
```query list_held
with: {as_of: 2025-05-15}
show: timeline
label: person
started: started
ended: ended
columns: [person, started]
```
"""
    report = made(tiny, body)
    assert report.title == "Tie of Ana Prueba Uno" and not report.failures
    table, bar, network, timeline = report.shown
    assert table.caption == "Table 1. What ties Ana Prueba Uno (2 rows)"
    assert table.table.keys == ["person", "because_of", "sources"]
    held = [re.sub(r"\d+", "N", row["person"]) for row in table.table.rows]
    assert held == ["Ana Prueba Uno", "Minor N"]
    assert bar.table.rows == [{"status": "detained", "number": 1}]
    assert bar.caption == "Figure 1. 1 row" and bar.notes == ("These rows cite no sources.",)
    (tie,) = network.table.rows
    assert (tie["from"], tie["tie"]) == ("Ana Prueba Uno", "detained in")
    assert tie["sources"][0]["publisher"]
    assert timeline.drawing is not None
    html = as_html(report, [("name", "value")])
    assert html.count("<svg") == 3 and "style=" not in html
    assert "Of Ana Prueba Uno." in html
    order = [html.index(part) for part in ("<figure", 'id="sources"', "About this report")]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("```query find_hostage\n```", "no saved query 'find_hostage'"),
        ("```query\n```", "names no question"),
        ("```query find_hostages\ncolumns: [persn]\n```", "no column 'persn'"),
        ("```query find_hostages\nshow: pie\n```", "show is 'pie'"),
        ("```query find_hostages\nshow: bar\n```", "Write label"),
        ("```query find_hostages\ncolors: x\n```", "unknown word 'colors'"),
        ("```query find_hostages\na: b: c\n```", "not YAML at line 9"),
        ("```query find_hostages\nwith: {x: 1}\n```", "no parameter 'x'"),
        ("```query list_held\nwith: {as_of: $wen}\n```", "no parameter 'wen'"),
        ("```query list_held\nwith: {as_of: soon}\n```", "which is no date"),
        ("```query find_hostages\nlimit: 0\n```", "limit is 0"),
        ('```query find_hostages\ntitle: "{{ x }}"\n```', "no parameter 'x'"),
        ("```cypher\nMATCH (n:Person) RETRN n\n```", ""),
        ("```cypher\n```", "no Cypher"),
        ("```cypher\nRETURN $x AS x\n```", "uses $x"),
        ("```cypher\nCREATE (n:Person {id: 'evil'}) RETURN n.id AS id\n```", ""),
        ("```cypher\nMATCH (n:Person) SET n.name = 'evil' RETURN n.id AS id\n```", ""),
        ("```cypher\nLOAD CSV FROM 'file:///etc/passwd' AS l RETURN l\n```", ""),
    ],
)
def test_a_block_that_fails_leaves_the_others(tiny: Store, block: str, said: str) -> None:
    body = f"Before.\n\n{block}\n\nAfter.\n\n```query find_hostages\n```\n"
    report = made(tiny, body)
    (failed,) = report.failures
    assert failed.line == 8
    assert said in f"{failed.message} {failed.hint}"
    assert len(report.shown) == 1
    html = as_html(report, [])
    assert "line 8 of the script" in html and "After." in html
    assert tiny.read("MATCH (n:Person) WHERE n.id = 'evil' OR n.name = 'evil' RETURN n").rows == []


def test_the_public_sees_nothing_of_protected_people(tiny: Store) -> None:
    body = "Of {{ who }}.\n\nOlga Oculta Prueba too.\n\n```query find_hostages\n```\n"
    inside = as_html(made(tiny, body, "internal", who="olga-oculta"), [])
    assert "Of Olga Oculta Prueba." in inside and "Olga" in inside.partition("<table")[2]
    outside = as_html(made(tiny, body, who="olga-oculta"), [])
    assert "Olga" not in outside and "olga" not in outside
    assert outside.count("(withheld)") == 3 + 1


@pytest.mark.parametrize(
    ("lang", "word", "said"),
    [
        ("en", "(withheld)", "which is no date. Give a day"),
        ("es", "(reservado)", "que no es del tipo date. Dé un día"),
    ],
)
def test_an_error_names_nobody_who_is_withheld(
    tiny: Store, lang: str, word: str, said: str
) -> None:
    for name, shown in (("Olga Oculta Prueba", word), ("soon", said)):
        body = f"```query list_held\nwith: {{as_of: {name}}}\n```\n"
        with speaking(lang):
            report = made(tiny, body, lang=lang)
            html = as_html(report, [])
        (failed,) = report.failures
        assert shown in f"{failed.message} {failed.hint}" and shown in html
        assert "Olga" not in f"{failed.message} {failed.hint}{html}"


def test_gates_hold_for_every_block_and_say_what_they_hid(tiny: Store) -> None:
    body = "```query find_hostages\n```\n```cypher\nMATCH (:Person)-[:DETAINED_IN]->"
    body += "(:Detention)-[b:BECAUSE_OF]->(p:Person) RETURN p.name AS name\n```\n"
    script = parse_script("mine", f"---\ntitle: T\n---\n{body}")
    withheld = load_withheld(tiny, get_audience("internal"), "en")
    options = {"withheld": withheld, "find": get_query}
    everything = run_report(tiny, script, {}, **options)  # type: ignore[arg-type]
    assert [len(shown.table.rows) for shown in everything.shown] == [3, 3]
    gates = Gates(min_confidence="reported")
    sure = run_report(tiny, script, {}, gates=gates, **options)  # type: ignore[arg-type]
    assert [len(shown.table.rows) for shown in sure.shown] == [1, 1]
    assert all(any("hid" in note for note in shown.notes) for shown in sure.shown)


def test_a_report_about_a_day_asks_about_that_day(tiny: Store) -> None:
    head = "---\ntitle: T\nparameters: {as_of: {type: date, default: today, en: a, es: b}}\n---\n"
    script = parse_script("mine", head + "```query list_held\ncolumns: [person]\n```\n")
    withheld = load_withheld(tiny, get_audience("internal"), "en")
    report = run_report(tiny, script, {"as_of": "2024-09-15"}, withheld=withheld, find=get_query)
    (shown,) = report.shown
    assert report.gates.as_of == datetime.date(2024, 9, 15)
    assert shown.given == {"as_of": "2024-09-15"}
    assert [row["person"] for row in shown.table.rows] == ["Bruno Prueba Dos"]


COUNTED = """\
```cypher
/*
show: bar
label: places
columns: {places: {en: places, es: lugares}}
*/
%s
```
"""


@pytest.mark.parametrize(
    ("cypher", "lang", "said"),
    [
        ("UNWIND [1, 2] AS n RETURN ['x', 'y'] AS places", "en", "In all 2 rows: one with several"),
        ("UNWIND [1, 2] AS n RETURN ['x', 'y'] AS places", "es", "En total, 2 filas: la que tiene"),
        ("UNWIND [1] AS n RETURN ['x', 'y'] AS places", "es", "En total, 1 fila: la que tiene"),
        ("UNWIND [['x'], ['y']] AS places RETURN places", "en", ""),
        # Of those who are few the public is not told how many.
        (
            "MATCH (p:Person) WHERE p.is_minor RETURN ['x', 'y'] AS places",
            "en",
            "A row with several values is counted under each",
        ),
    ],
)
def test_bars_that_count_a_row_more_than_once_say_so(
    tiny: Store, cypher: str, lang: str, said: str
) -> None:
    (shown,) = made(tiny, COUNTED % cypher, lang=lang).shown
    told = [note for note in shown.notes if "several" in note or "varios" in note]
    assert [note.startswith(said) for note in told] == [True] * bool(said)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_engine_is_named_in_the_language_of_the_reader(tiny: Store, lang: str) -> None:
    withheld = load_withheld(tiny, get_audience("internal"), lang)
    facts = dict(answer_facts(tiny, [], withheld, lang, hidden=False))
    said = facts["grafo" if lang == "es" else "graph"]
    embedded = {"en": "embedded ArcadeDB/", "es": "motor integrado, ArcadeDB/"}
    neo4j = {"en": "neo4j Neo4j/", "es": "Neo4j/"}
    assert said.startswith((embedded if tiny.engine == "embedded" else neo4j)[lang])


def test_an_empty_graph(store: Store) -> None:
    script = "---\ntitle: T\n---\n```query find_hostages\n```\n```query hostages\n```\n"
    report = run_report(
        store,
        parse_script("mine", script),
        {},
        withheld=load_withheld(store, get_audience("public"), "es"),
        find=get_query,
    )
    assert [shown.caption.split(". ")[0] for shown in report.shown] == ["Tabla 1", "Figura 1"]
    assert "Sin resultados." in as_html(report, [])


def test_the_command_writes_and_tells_what_failed(
    holding: Callable[[Path], Store], tiny: Store, engine_env: dict[str, str], tmp_path: Path
) -> None:
    out, script = tmp_path / "out.html", tmp_path / "mine.md"
    done = run(["report", "hostages", "-o", str(out), "--lang", "es"], engine_env)
    assert done.returncode == 0, done.stderr
    assert "En detención a causa de otra persona" in out.read_text("utf-8")
    script.write_text(HEAD + "```query nothing\n```\n\nStill.\n", "utf-8")
    done = run(["report", str(script), "-o", str(out)], engine_env)
    assert done.returncode == 1
    assert f"{script}, line 6: There is no saved query 'nothing'" in done.stderr
    assert "Still." in out.read_text("utf-8")
    done = run(["report", str(script), "-p", "whom=x"], engine_env)
    assert done.returncode == 2 and "Did you mean who?" in done.stderr
    assert done.stdout == ""
