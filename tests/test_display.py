"""Networks as they are drawn: detentions as ties, and nothing lost or added on the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from tests.networks import (
    ANA,
    BETO,
    CUSTODY,
    FORCE,
    GAZETTE,
    OLGA,
    PRISON,
    RADIO,
    edge,
    in_language,
    node,
    small,
)
from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from tests.tiny import tiny as tiny
from vinculos.graph import redact
from vinculos.graph.around import with_held
from vinculos.graph.citations import with_sources
from vinculos.graph.display import collapse, drawn_as_ties
from vinculos.graph.network import Network, NetworkClaim
from vinculos.graph.records import NodeRef
from vinculos.graph.redact import load_withheld
from vinculos.graph.store import Store
from vinculos.queries.ask import ask
from vinculos.queries.library import get_query
from vinculos.redaction.profile import get_audience
from vinculos.views.entries import EdgeEntry, Entries, NodeEntry, describe

CHARGE, CASE = NodeRef("Charge", "t:charge"), NodeRef("Case", "t:case")
SECOND = NodeRef("Detention", "t:det-2")


def tie(entries: Entries, start: NodeRef, end: NodeRef) -> EdgeEntry:
    ends = entries.numbers[start], entries.numbers[end]
    found = [each for each in entries.edges if (each.start, each.end) == ends]
    assert len(found) == 1, found
    return found[0]


def person(entries: Entries, key: NodeRef) -> NodeEntry:
    return entries.nodes[entries.numbers[key]]


def custody(**properties: Any) -> Network:
    """Return one custody with everything that may hang on one."""
    nodes = [
        node(ANA, "Detainee", name="Ana Núñez"),
        node(BETO, name="Beto Núñez"),
        node(OLGA, "Official", name="Olga Prueba"),
        node(PRISON, name="La Cárcel"),
        node(FORCE, name="Fuerza de Prueba"),
        node(CHARGE, name_en="offence", name_es="delito"),
        node(CASE, name="Caso"),
        replace(
            node(
                CUSTODY,
                **{
                    "started": "2025-01-07",
                    "started_min": "2025-01-07",
                    "ended": "2026-01-22",
                    **properties,
                },
            ),
            sources=(RADIO,),
        ),
    ]
    edges = [
        edge("DETAINED_IN", ANA, CUSTODY, claims=["held"], sources=["t:s1"]),
        edge("HELD_AT", CUSTODY, PRISON, started="2025-01-07", ended="2025-03"),
        edge("ARRESTED_BY", CUSTODY, FORCE),
        edge("CHARGED_WITH", CUSTODY, CHARGE, status="convicted"),
        edge("BECAUSE_OF", CUSTODY, BETO, confidence="alleged", asserted_by=["la familia"]),
        edge("INVOLVED_IN", OLGA, CUSTODY, role="ordered", confidence="documented"),
        edge("PART_OF_CASE", CUSTODY, CASE, role="accused"),
    ]
    edges[0] = replace(edges[0], sources=(GAZETTE,))
    return Network({n.key: n for n in nodes}, tuple(edges), 2)


def test_each_tie_of_a_custody_becomes_one_of_whom_it_holds_in_words() -> None:
    network = collapse(custody())
    assert CUSTODY not in network.nodes and len(network.nodes) == 7 and network.left_out == 2
    assert {(e.type, e.start, e.end) for e in network.edges} == {
        ("HELD_AT", ANA, PRISON),
        ("ARRESTED_BY", ANA, FORCE),
        ("CHARGED_WITH", ANA, CHARGE),
        ("BECAUSE_OF", ANA, BETO),
        ("INVOLVED_IN", OLGA, ANA),
        ("PART_OF_CASE", ANA, CASE),
    }
    en, es = (in_language(describe(network, lang), lang) for lang in ("en", "es"))
    for start, end, english, spanish in (
        (ANA, PRISON, "held at, 2025-01-07 to 2025-03", "reclusión en, 2025-01-07 a 2025-03"),
        (ANA, FORCE, "arrested by, 2025-01-07", "aprehensión por, 2025-01-07"),
        (ANA, CHARGE, "charged with (convicted)", "imputación de (condena)"),
        (ANA, BETO, "held because of", "detención a causa de"),
        (OLGA, ANA, "ordered the detention of", "ordenó la detención de"),
        (ANA, CASE, "defendant", "persona acusada"),
    ):
        assert (tie(en, start, end).words, tie(es, start, end).words) == (english, spanish)


def test_a_derived_tie_has_the_evidence_of_both_and_says_that_it_is_derived() -> None:
    network = collapse(custody())
    ordered = next(e for e in network.edges if e.type == "INVOLVED_IN")
    assert ordered.properties["claims"] == ["c", "held"]
    assert ordered.properties["sources"] == ["t:s2", "t:s1"]
    assert ordered.properties["confidence"] == "reported", "documented alone, reported together"
    assert set(ordered.sources) == {RADIO, GAZETTE}
    because = next(e for e in network.edges if e.type == "BECAUSE_OF")
    assert because.properties["confidence"] == "alleged"
    shown = tie(in_language(describe(network, "en"), "en"), OLGA, ANA)
    assert ("confidence of the tie to the detention itself", "documented") in shown.group.facts
    assert shown.group.facts[-1] == (
        "derived, through the detention",
        "2025-01-07 to 2026-01-22; t:det-ana",
    )


def test_dates_claim_no_more_than_is_known() -> None:
    known = custody()
    undated = replace(
        known,
        edges=tuple(
            edge("HELD_AT", CUSTODY, PRISON) if e.type == "HELD_AT" else e for e in known.edges
        ),
    )
    words = tie(in_language(describe(collapse(undated), "en"), "en"), ANA, PRISON).words
    assert words == "held at (detention 2025-01-07 to 2026-01-22)", "somewhere in it, not all of it"
    for dates, said in (
        ({"started": "2025-01-07", "ended": None}, "held at (detention 2025-01-07 to ?)"),
        ({"started": None, "ended": "2025"}, "held at (detention ? to 2025)"),
        ({"started": None, "ended": None}, "held at"),
        ({"started": "2025", "ended": "2025"}, "held at (detention 2025)"),
    ):
        properties = {name: day for name, day in dates.items() if day}
        nodes = {**undated.nodes, CUSTODY: node(CUSTODY, **properties)}
        drawn = in_language(describe(collapse(replace(undated, nodes=nodes)), "en"), "en")
        assert tie(drawn, ANA, PRISON).words == said


def test_whom_a_custody_holds_keeps_all_that_it_says() -> None:
    alone = Network(
        {
            ANA: node(ANA, name="Ana Núñez"),
            CUSTODY: node(CUSTODY, started="2025-01-07", status="released", sentence_years=12),
            SECOND: node(SECOND, started="2020", basis="protest"),
        },
        (
            edge("DETAINED_IN", ANA, CUSTODY, confidence="alleged"),
            edge("DETAINED_IN", ANA, SECOND),
        ),
    )
    network = collapse(alone)
    assert list(network.nodes) == [ANA] and network.edges == ()
    assert [c.node.key for c in network.nodes[ANA].custodies] == [SECOND, CUSTODY]
    _, *groups = person(in_language(describe(network, "en"), "en"), ANA).groups
    assert [(group.title, group.facts) for group in groups] == [
        (
            "detention, 2020 to ?",
            (
                ("taken on", "2020"),
                ("basis", "protest"),
                ("confidence", "reported"),
                ("id", "t:det-2"),
            ),
        ),
        (
            "detention, 2025-01-07 to ?",
            (
                ("taken on", "2025-01-07"),
                ("status", "released"),
                ("sentence in years", "12"),
                ("confidence", "alleged"),
                ("id", "t:det-ana"),
            ),
        ),
    ]


def test_each_claim_says_what_how_surely_for_which_day_and_on_whose_word() -> None:
    known = custody(disputed=["started", "status"])
    claims = (
        NetworkClaim("c1", "documented", "2025-02", ("started",), (), (GAZETTE,)),
        NetworkClaim("c2", "alleged", "", (), (("started", "2025-01-08"),), (RADIO,)),
        NetworkClaim("c3", "reported", "2025-01", (), (("status", "detained"),), (RADIO,)),
        NetworkClaim("c4", "reported", "", ("of_no_one",), (("unseen", "x"),), (RADIO,)),
    )
    nodes = {**known.nodes, CUSTODY: replace(known.nodes[CUSTODY], claims=claims)}
    edges = tuple(
        replace(e, claims=(NetworkClaim("c1", "reported", "2025-02", (), (), (GAZETTE,)),))
        if e.type in ("DETAINED_IN", "ARRESTED_BY")
        else e
        for e in known.edges
    )
    network = collapse(replace(known, nodes=nodes, edges=edges))
    for lang, names in (
        ("en", ("taken on", "status", "detained", "alleged", "arrested by", "detained in")),
        (
            "es",
            (
                "detención desde",
                "situación",
                "en detención",
                "alegado",
                "aprehendida por",
                "persona detenida en",
            ),
        ),
    ):
        entries = in_language(describe(network, lang), lang)
        started, status, state, alleged, arrested, detained = names
        group = person(entries, ANA).groups[1]
        gazette, radio = (
            tuple(cited for cited in entries.sources if cited.text.startswith(publisher))
            for publisher in ("Gazette", "Radio")
        )
        assert len(group.claims) == 3, "one says nothing of what is shown; one stands there twice"
        assert group.claims[0].says == (started,) and group.claims[0].as_of == "2025-02"
        assert group.claims[1].others == ((started, "2025-01-08"),)
        assert group.claims[1].confidence == alleged and group.claims[1].sources == radio
        assert group.claims[2].others == ((status, state),)
        assert group.cited()[started] == gazette
        assert dict(group.disputes)[started] == (("2025-01-07", gazette), ("2025-01-08", radio))
        taken = tie(entries, ANA, FORCE)
        assert [claim.says for claim in taken.group.claims] == [(arrested,)]
        assert taken.custody == (person(entries, ANA).number, 1)
        # That to the place has no claim of its own; that to the person is behind it, too.
        assert [claim.says for claim in tie(entries, ANA, PRISON).group.claims] == [(detained,)]


def test_disputes_stay_in_sight() -> None:
    disputed = custody(disputed=["started", "basis"])
    sides = (
        NetworkClaim("c1", "reported", "", ("started",), (), (GAZETTE,)),
        NetworkClaim("c2", "reported", "", (), (("started", "2025-01-08"),), (RADIO,)),
    )
    nodes = {**disputed.nodes, CUSTODY: replace(disputed.nodes[CUSTODY], claims=sides)}
    entries = in_language(describe(collapse(replace(disputed, nodes=nodes)), "en"), "en")
    held = {dispute.field: dispute.sides for dispute in person(entries, ANA).groups[1].disputes}
    assert set(held) == {"taken on", "basis"}
    assert [(said, len(sources)) for said, sources in held["taken on"]] == [
        ("2025-01-07", 1),
        ("2025-01-08", 1),
    ]
    arrested = tie(entries, ANA, FORCE)
    assert [d.field for d in arrested.disputes] == ["taken on"], "its day is in dispute"
    assert not tie(entries, ANA, PRISON).disputes, "its days are its own"
    assert tie(entries, ANA, PRISON).group.facts[-1][1].startswith("≠ 2025-01-07")
    tied = replace(
        disputed,
        edges=(
            edge("DETAINED_IN", ANA, CUSTODY, disputed=["DETAINED_IN"]),
            *disputed.edges[1:],
        ),
    )
    entries = in_language(describe(collapse(tied), "en"), "en")
    assert [d.field for d in tie(entries, ANA, PRISON).disputes] == ["detained in"]
    assert "detained in" in {d.field for d in person(entries, ANA).disputes}


def test_a_detention_whose_people_are_not_there_stays_a_node() -> None:
    known = custody()
    nobody = known.without({ANA})
    assert collapse(nobody) == nobody and not drawn_as_ties(nobody)
    both = replace(known, edges=(*known.edges, edge("DETAINED_IN", BETO, CUSTODY)))
    assert CUSTODY in collapse(both).nodes, "of two people neither may be left out"
    assert drawn_as_ties(known) == {CUSTODY}


def leaves(value: Any) -> Iterator[Any]:
    """Give each text, number or flag in a network, names of fields included."""
    if is_dataclass(value) and not isinstance(value, type):
        for declared in fields(value):
            yield from leaves(getattr(value, declared.name))
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name if isinstance(name, str) else tuple(name)
            yield from leaves(item)
    elif isinstance(value, tuple | list) and not isinstance(value, NodeRef):
        for item in value:
            yield from leaves(item)
    else:
        yield value


def test_nothing_is_lost_and_nothing_added() -> None:
    for network in (custody(disputed=["started"]), small()):
        assert set(leaves(collapse(network))) - {"tie_confidence"} == set(leaves(network))


def test_what_is_drawn_does_not_depend_on_order() -> None:
    known = custody()
    turned = Network(dict(reversed(known.nodes.items())), tuple(reversed(known.edges)), 2)
    assert describe(collapse(turned), "es") == describe(collapse(known), "es")


@pytest.mark.parametrize("audience", ["public", "internal"])
def test_what_is_drawn_shows_nothing_that_the_redacted_network_does_not(
    tiny: Store, audience: str
) -> None:
    answer = ask(tiny, get_query("whole"))
    whole = with_sources(tiny, with_held(tiny, answer.network(tiny)))
    kept, _ = redact.network(whole, load_withheld(tiny, get_audience(audience)))
    drawn = collapse(kept)
    assert set(leaves(drawn)) - {"tie_confidence"} == set(leaves(kept))
    assert not any(key.label == "Detention" for key in drawn.nodes)
    said = [text for text in leaves(drawn) if "olga" in str(text).lower()]
    assert bool(said) == (audience == "internal")
