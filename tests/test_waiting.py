"""Whoever loads is told what lost its last row: decisions do not go on to another id."""

from __future__ import annotations

from pathlib import Path

from tests.folders import write_folder
from vinculos.graph.decide import correct, decide, unload
from vinculos.graph.judge import Judgement, judge
from vinculos.graph.records import NodeRef, Value
from vinculos.graph.store import Store
from vinculos.loaders.load import load_folder

SOURCES = "source_id,publisher,title\n{key},Gazette,First report\ns2,Bulletin,Second report\n"
PEOPLE = (
    "person_id,name,source_ids\n"
    "{key},Ana Prueba Uno,s2\neva,Eva Prueba Dos,s2\nrosa,Rosa Prueba,s2\n"
)


def folder_of(path: Path, *, person: str = "ana", source: str = "s1") -> Path:
    tables = {"sources": SOURCES.format(key=source), "people": PEOPLE.format(key=person)}
    return write_folder(path, **tables)


def told_of(store: Store, folder: Path, *, replace: bool = True) -> list[str]:
    told: list[str] = []
    load_folder(store, folder, dataset="cases", replace=replace, notify=told.append)
    return told


def test_who_was_protected_and_comes_under_another_key_is_told(
    store: Store, tmp_path: Path
) -> None:
    told_of(store, folder_of(tmp_path / "a"))
    ana, eva = NodeRef("Person", "cases:ana"), NodeRef("Person", "cases:eva")
    decide(store, "protect", ana, "she asked for it")
    decide(store, "protect", eva, "she asked for it")
    decide(store, "restrict", NodeRef("Source", "cases:s1"), "it must not be named")
    assert told_of(store, folder_of(tmp_path / "b")) == []
    moved = folder_of(tmp_path / "c", person="anna", source="s9")
    assert told_of(store, moved, replace=False) == []
    (said,) = told_of(store, moved)
    assert "waits: cases:ana, cases:s1." in said
    assert told_of(store, moved) == []


def test_corrections_and_pairs_wait_too(store: Store, tmp_path: Path) -> None:
    told_of(store, folder_of(tmp_path / "a"))
    ana = NodeRef("Person", "cases:ana")
    judge(store, [Judgement("cases:ana", "cases:eva", "same", "one photograph")])
    rosa = NodeRef("Person", "cases:rosa")
    source = NodeRef("Source", "cases:s2")
    correct(store, rosa, Value(rosa, "gender", "f", "f"), source, "she is a woman")
    assert told_of(store, folder_of(tmp_path / "b")) == []
    (said,) = told_of(store, folder_of(tmp_path / "c", person="anna"))
    assert f"waits: {ana.id}." in said
    told: list[str] = []
    unload(store, "cases", notify=told.append)
    assert "waits: cases:eva, cases:rosa." in told[0]


def test_what_was_lifted_waits_for_nothing(store: Store, tmp_path: Path) -> None:
    told_of(store, folder_of(tmp_path / "a"))
    ana = NodeRef("Person", "cases:ana")
    decide(store, "protect", ana, "she asked for it")
    decide(store, "unprotect", ana, "she speaks in public")
    judge(store, [Judgement("cases:ana", "cases:eva", "different", "sisters")])
    judge(store, [Judgement("cases:ana", "cases:eva", "undo", "a mistake")])
    assert told_of(store, folder_of(tmp_path / "b", person="anna")) == []
