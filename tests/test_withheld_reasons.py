"""Why somebody decided is not told to who may not see whom or what the decision is about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.folders import write_folder
from tests.tiny import keep
from tests.tiny import loaded as loaded
from vinculos.errors import UsageError
from vinculos.graph import redact
from vinculos.graph.decide import correct, decide, unload
from vinculos.graph.history import history
from vinculos.graph.judge import Judgement, judge
from vinculos.graph.records import NodeRef, Value
from vinculos.graph.redact import load_withheld
from vinculos.graph.store import Store, connect
from vinculos.loaders.load import load_folder
from vinculos.queries.ask import ask
from vinculos.queries.library import parse_query
from vinculos.redaction.profile import get_audience
from vinculos.settings import Settings

SOURCES = """
    source_id,publisher,title,access
    s1,Gazette,First report,
    s2,Confidente Prueba,Talk with a witness,restricted
    s3,Bulletin,Third report,
"""
PEOPLE = """
    person_id,name,is_minor,protected,source_ids
    ana,Ana Prueba Uno,,yes,s1
    rosa,Rosa Prueba Tres,,,s1
    eva,Eva Prueba Dos,,,s3
    nino,child 1,yes,,s1
    talk,Olga Prueba,,,s2
"""
DETENTIONS = """
    detention_id,person_id,started_on,status,source_ids
    d1,ana,2025-01-07,detained,s1
    d2,rosa,2025-01-07,detained,s1
"""
SECRET = ("Anita", "Pepito", "Confi", "Olguita")
TOLD = ("Rosita", "Evita")
DECISIONS = "MATCH (d:Decision) RETURN {returned}"
CORRECTIONS = "MATCH (c:Claim {{table: 'corrections'}}) RETURN {returned}"


def person(key: str) -> NodeRef:
    return NodeRef("Person", f"cases:{key}")


@pytest.fixture
def decided(
    engine: str, settings: Settings, loaded: dict[str, Any], tmp_path: Path
) -> Iterator[Store]:
    """Give the graph of `decide_all`, made again only where a test has changed it."""
    with connect(settings) as store:
        keep(store, loaded, engine, decide_all, partial(decide_all, store, tmp_path))
        yield store


def decide_all(store: Store, tmp_path: Path) -> None:
    """Make a graph with decisions, whose reasons name people by what no file calls them."""
    tables = {"sources": SOURCES, "people": PEOPLE, "detentions": DETENTIONS}
    load_folder(store, write_folder(tmp_path / "cases", **tables))
    s1, s2 = NodeRef("Source", "cases:s1"), NodeRef("Source", "cases:s2")
    decide(store, "protect", person("ana"), "Anita asked for it")
    decide(store, "protect", person("eva"), "Evita asked for it")
    decide(store, "unprotect", person("eva"), "Evita speaks in public")
    judge(store, [Judgement("cases:rosa", "cases:ana", "different", "Anita is her sister")])
    decide(store, "retract", s2, "Confi was wrong")
    decide(store, "unretract", s2, "Confi was right")
    (claim,) = store.read(
        "MATCH (c:Claim {table: 'people'})-[:CITES]->(:Source {id: 'cases:s2'}) RETURN c.id AS id"
    ).rows
    decide(store, "retract", NodeRef("Claim", claim["id"]), "Olguita is another")
    held, free = NodeRef("Detention", "cases:d1"), NodeRef("Detention", "cases:d2")
    for ref, day, source, why in (
        (held, "2025-01-08", s1, "Anita was seen"),
        (free, "2025-01-08", s1, "Rosita was seen"),
        (free, "2025-01-09", s2, "Confi told us"),
    ):
        correct(store, ref, Value(ref, "started", day, day), source, why)
    nino = person("nino")
    correct(store, nino, Value(nino, "gender", "m", "m"), s1, "Pepito is a boy")


@pytest.mark.parametrize("audience", ["public", "partner"])
@pytest.mark.parametrize("left", [False, True])
def test_history_tells_no_reason_about_what_is_withheld(
    decided: Store, audience: str, left: bool
) -> None:
    if left:
        unload(decided, "cases")
    kept, _ = redact.rows(history(decided), load_withheld(decided, get_audience(audience)))
    told = " ".join(entry["why"] for entry in kept)
    assert [name for name in SECRET if name in told] == []
    assert [name for name in TOLD if name not in told] == []
    everything = " ".join(entry["why"] for entry in history(decided))
    assert [name for name in (*SECRET, *TOLD) if name not in everything] == []


@pytest.mark.parametrize("audience", ["public", "partner"])
@pytest.mark.parametrize(
    "text",
    [
        DECISIONS.format(returned="d"),
        DECISIONS.format(returned="d.why AS reason"),
        DECISIONS.format(returned="collect(d.why) AS reasons"),
        "MATCH (d:Decision) WITH d AS x RETURN x.why AS reason",
        "MATCH (n) WHERE n.why IS NOT NULL RETURN [n.why] AS reasons",
        CORRECTIONS.format(returned="c"),
        CORRECTIONS.format(returned="c.note AS reason"),
    ],
)
def test_no_question_tells_them(decided: Store, audience: str, text: str) -> None:
    withheld = load_withheld(decided, get_audience(audience))
    told = str(ask(decided, parse_query("-c", text), {}, withheld=withheld).redacted(withheld)[0])
    assert [name for name in SECRET if name in told] == []
    assert any(name in told for name in TOLD)
    whole = load_withheld(decided, get_audience("internal"))
    assert any(
        name in str(ask(decided, parse_query("-c", text), {}, withheld=whole).rows)
        for name in SECRET
    )


@pytest.mark.parametrize(
    "returned",
    [
        "RETURN properties(d) AS d",
        "WITH d AS x RETURN x {.why} AS d",
        "WITH {a: d} AS x RETURN x.a.why AS d",
        "RETURN collect(d)[0].why AS d",
    ],
)
def test_what_cannot_be_followed_is_refused(decided: Store, returned: str) -> None:
    withheld = load_withheld(decided, get_audience("public"))
    with pytest.raises(UsageError):
        ask(
            decided,
            parse_query("-c", f"MATCH (d:Decision) {returned}"),
            {},
            withheld=withheld,
        )
