"""Ids and names as people type them, on both engines."""

from __future__ import annotations

import pytest

from tests.tiny import holding as holding
from tests.tiny import loaded as loaded
from tests.tiny import tiny as tiny
from vinculos.errors import NotFound, UsageError
from vinculos.graph.folding import fold
from vinculos.graph.lookup import find, resolve_id, resolve_person
from vinculos.graph.records import NodeRef
from vinculos.graph.store import Store
from vinculos.language import speaking


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Edmundo  GONZÁLEZ-Urrutia", "edmundo gonzalez urrutia"),
        ("O’Neil, «Ñoño»", "o neil nono"),
        ("e\u0301l", "el"),
        ("a\u202eb\u200bc", "abc"),
        ("محمّد", "محمد"),
        ("张伟", "张伟"),
        ("が", "が"),
        ("Straße Øst", "strasse ost"),
        ("...", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("tiny:ana-prueba", NodeRef("Person", "tiny:ana-prueba")),
        (" ana-prueba ", NodeRef("Person", "tiny:ana-prueba")),
        ("Person ana-prueba", NodeRef("Person", "tiny:ana-prueba")),
        ("d-ana", NodeRef("Detention", "tiny:d-ana")),
        ("ley-uno", NodeRef("Law", "tiny:ley-uno")),
        ("s3", NodeRef("Source", "tiny:s3")),
    ],
)
def test_resolve(tiny: Store, text: str, ref: NodeRef) -> None:
    assert resolve_id(tiny, text) == ref


def test_source_by_any_key_and_claim_by_id(tiny: Store) -> None:
    by_key = resolve_id(tiny, "s1")
    assert by_key == resolve_id(tiny, "tiny:s1") == resolve_id(tiny, by_key.id)
    claim = tiny.read("MATCH (c:Claim) RETURN c.id AS id LIMIT 1").rows[0]["id"]
    assert resolve_id(tiny, claim) == NodeRef("Claim", claim)


def test_nothing_there_names_the_nearest(tiny: Store) -> None:
    with pytest.raises(NotFound) as caught:
        resolve_id(tiny, "ana-pruebba")
    assert "tiny:ana-prueba" in str(caught.value)
    assert "vinculos find" in str(caught.value)
    with pytest.raises(NotFound):
        resolve_id(tiny, "Law ana-prueba")


def test_ambiguous_key_lists_the_choices(store: Store) -> None:
    for space in ("a", "b"):
        store.write(
            "CREATE (:Person {id: $id, key: 'x', name: 'X', name_key: 'x'})", {"id": f"{space}:x"}
        )
    store.write("CREATE (:Place {id: 'a:x', key: 'x', name: 'X', name_key: 'x'})")
    with pytest.raises(UsageError) as caught:
        resolve_id(store, "x")
    for choice in ('"Person a:x"', '"Person b:x"', '"Place a:x"'):
        assert choice in str(caught.value)
    assert resolve_id(store, "Place x") == NodeRef("Place", "a:x")
    with pytest.raises(UsageError):
        resolve_id(store, "a:x")


@pytest.mark.parametrize(
    ("text", "first", "exact"),
    [
        ("ANITA prueba", "tiny:ana-prueba", True),
        ("dario", "tiny:dario-mando", True),
        ("prueba dos", "tiny:bruno-prueba", True),
        ("noe preuba", "tiny:noe-prueba", False),
        ("carcel ficticia dos", "tiny:carcel-dos", True),
        ("ley sintetica", "tiny:ley-uno", True),
        ("synthetic witness", "tiny:s3", True),
    ],
)
def test_find(tiny: Store, text: str, first: str, exact: bool) -> None:
    hits = find(tiny, text)
    assert hits[0].ref.id == first
    assert hits[0].exact is exact


def test_find_knows_its_limits(tiny: Store) -> None:
    assert len(find(tiny, "prueba", 2)) == 2
    assert find(tiny, "zzyzx qwfp") == []
    # The name of a minor is nowhere to be found.
    assert "tiny:nino-nombre" not in [hit.ref.id for hit in find(tiny, "Nino Nombre Sintético")]
    with pytest.raises(UsageError):
        find(tiny, " ¿? ")


def test_what_is_not_found_is_said_in_spanish_too(tiny: Store) -> None:
    with speaking("es"):
        with pytest.raises(NotFound) as caught:
            resolve_id(tiny, "ana-pruebba")
        assert str(caught.value) == (
            "Aquí nada tiene el id 'ana-pruebba'. ¿Quiso decir tiny:ana-prueba? "
            'Busque por nombre: vinculos find "ana-pruebba"'
        )
        with pytest.raises(NotFound, match='^Aquí .* Busque por nombre: vinculos find "zzyzx"$'):
            resolve_id(tiny, "zzyzx")
        with pytest.raises(UsageError, match="no es una persona; su tipo es: detención"):
            resolve_person(tiny, "d-ana")
        with pytest.raises(UsageError, match="no hay nada que buscar. Dé un nombre"):
            find(tiny, " ¿? ")
        # The name of a minor is nowhere to be found, and is no suggestion.
        with pytest.raises(NotFound) as caught:
            resolve_id(tiny, "nino-nombre-sintetico")
        assert "tiny:nino" not in str(caught.value)


def test_choices_are_told_in_spanish_too(store: Store) -> None:
    for number in range(12):
        store.write(
            "CREATE (:Place {id: $id, key: 'x', name: 'X', name_key: 'x'})",
            {"id": f"s{number:02}:x"},
        )
    with speaking("es"), pytest.raises(UsageError) as caught:
        resolve_id(store, "x")
    assert caught.value.message == "12 entidades tienen el id 'x'."
    assert caught.value.hint.startswith('Escriba uno de estos, con las comillas: "Place s00:x", ')
    assert caught.value.hint.endswith('"Place s09:x" y 2 más.')
