"""Who and what left the graph stays shielded, since claims and decisions still speak of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import empty
from tests.folders import write_folder
from vinculos.graph import redact
from vinculos.graph.decide import decide, unload
from vinculos.graph.records import NodeRef
from vinculos.graph.redact import load_withheld
from vinculos.graph.spool import Spool
from vinculos.graph.state import read_state
from vinculos.graph.store import Store
from vinculos.graph.union import write_union
from vinculos.loaders.load import load_folder
from vinculos.redaction.profile import get_audience

ANA = NodeRef("Person", "cases:ana")
SOURCES = """
    source_id,publisher,title,url,access
    s1,Gazette,First report,https://example.org/1,
    s2,Confidente Prueba,Talk with a witness,,restricted
    s3,Boletín Prueba,Third report,https://example.org/3,
"""
PEOPLE = """
    person_id,name,is_minor,protected,summary,source_ids
    ana,Ana Uno,,,Held,s1
    eva,Eva Dos,,yes,Held,s1
    rosa,Rosa Tres,,,Held,s1;s2
    nino,Pepe Cuatro,yes,,Held,s1
"""
DETENTIONS = """
    detention_id,person_id,started_on,status,source_ids
    d1,ana,2025-01-07,detained,s3
"""
SHIELDED = ("Ana", ":ana", "Eva", ":eva", ":d1", ":nino", "Pepe", "Confidente")


def folder_of(tmp_path: Path) -> Path:
    tables = {"sources": SOURCES, "people": PEOPLE, "detentions": DETENTIONS}
    return write_folder(tmp_path / "cases", **tables)


def said(store: Store, audience: str) -> str:
    """Return all that the graph's claims, decisions and loads say to an audience."""
    withheld = load_withheld(store, get_audience(audience))
    rows = (
        row
        for label in ("Claim", "Decision", "Load")
        for row in store.read(f"MATCH (n:{label}) RETURN n").rows
    )
    kept, _ = redact.rows(rows, withheld)
    return json.dumps(kept, ensure_ascii=False, default=str)


@pytest.mark.parametrize("audience", ["public", "partner"])
def test_what_is_unloaded_is_shielded_still(store: Store, tmp_path: Path, audience: str) -> None:
    load_folder(store, folder_of(tmp_path))
    decide(store, "protect", ANA, "she asked for it")
    held = said(store, audience)
    unload(store, "cases")
    assert store.read("MATCH (n:Person|Source|Detention) RETURN n").rows == []
    gone = said(store, audience)
    for text in SHIELDED:
        assert text not in held and text not in gone
    assert "Rosa Tres" in held and "Rosa Tres" in gone
    assert "Ana Uno" in said(store, "internal"), "else nothing would be left to shield"


def test_half_a_name_in_what_is_said_of_a_protected_person(store: Store, tmp_path: Path) -> None:
    people = """
        person_id,name,protected,summary,source_ids
        ana,Ana Prueba Uno,yes,"Ana, a nurse",s1
        eva,Eva Prueba Dos,yes,a painter,s1
        rosa,Rosa Prueba Tres,,"Rosa, a baker",s1
    """
    load_folder(store, write_folder(tmp_path / "cases", sources=SOURCES, people=people))
    for departed in (False, True):
        if departed:
            unload(store, "cases")
        withheld = load_withheld(store, get_audience("partner"))
        texts = ["Ana, a nurse", "a painter", "Rosa, a baker"]
        assert [redact.shown(text, withheld) for text in texts] == ["—", *texts[1:]]
        assert "nurse" not in said(store, "partner") and "painter" in said(store, "partner")


def test_who_is_protected_no_more_is_shown_after_leaving(store: Store, tmp_path: Path) -> None:
    load_folder(store, folder_of(tmp_path))
    decide(store, "protect", ANA, "she asked for it")
    decide(store, "unprotect", ANA, "she speaks in public")
    unload(store, "cases")
    assert "Ana Uno" in said(store, "public")


def test_a_restricted_source_that_left_is_called_that(store: Store, tmp_path: Path) -> None:
    load_folder(store, folder_of(tmp_path))
    (row,) = store.read("MATCH (s:Source {publisher: 'Boletín Prueba'}) RETURN s.id AS id").rows
    decide(store, "restrict", NodeRef("Source", row["id"]), "it must not be named")
    unload(store, "cases")
    assert "Boletín" not in said(store, "public") and row["id"] not in said(store, "public")
    assert "Boletín" in said(store, "internal")


def test_an_earlier_load_is_told_by_whom_is_shielded_today(store: Store, tmp_path: Path) -> None:
    load_folder(store, folder_of(tmp_path))
    (loaded,) = store.read("MATCH (l:Load) RETURN l.id AS id").rows
    decide(store, "protect", ANA, "she asked for it")
    for departed in (False, True):
        if departed:
            unload(store, "cases")
        with Spool() as spool:
            state = read_state(store, spool, loaded["id"])
            assert {"cases:ana", "cases:eva"} <= state.protected
            if departed:
                empty(store)
                write_union(store, [state])
    withheld = load_withheld(store, get_audience("public"))
    assert {"cases:ana", "cases:eva"} <= withheld.out
    kept, _ = redact.rows(store.read("MATCH (p:Person) RETURN p").rows, withheld)
    assert [row["p"]["properties"].get("name") for row in kept if "Ana" in str(row)] == []
    assert "Rosa Tres" in str(kept)


def test_a_row_about_a_minor_is_about_nobody_else(store: Store, tmp_path: Path) -> None:
    """A simple sheet's row makes claims about the place, too; its page may name the minor."""
    sheet = """
        Nombre,Fecha de detención,Lugar de detención,Situación,Menor de edad,Fuente,Enlace
        Ana Prueba Uno,2025-01-07,Cárcel Uno,en detención,,Gaceta,https://example.org/1
        adolescente 1,2025-01-08,Cárcel Uno,en detención,sí,Boletín,https://example.org/2
    """
    load_folder(store, write_folder(tmp_path / "cases", detenidos=sheet))
    cited = "MATCH (:Place)<-[:ABOUT]-(:Claim)-[:CITES]->(s:Source) RETURN DISTINCT s.publisher AS "
    rows = store.read(cited + "publisher, s.url AS url ORDER BY publisher").rows
    shown, _ = redact.rows([{"cited": rows}], load_withheld(store, get_audience("public")))
    assert shown[0]["cited"] == [
        {"publisher": "Boletín"},
        {"publisher": "Gaceta", "url": "https://example.org/1"},
    ]
