"""relationships.csv: who is what to whom, and who is held because of whom."""

from __future__ import annotations

from collections.abc import Iterator

from vinculos.graph.records import NodeRef, Tie
from vinculos.graph.words import HELD_BECAUSE_OF, KINSHIP, KINSHIPS
from vinculos.language import gettext as _
from vinculos.loaders.declare import Column, Row, RowError, Table

GRADE = {"yes": "documented", "alleged": "alleged"}
"""Confidence of BECAUSE_OF by `held_because_of`; it grades that edge alone."""


def ties(row: Row) -> Iterator[Tie]:
    """Yield the tie and the hostage edges of the custodies that the row names.

    `child_of` is stored as `parent_of` reversed; a symmetric kind runs from the smaller id.
    """
    start, end, kind = row["from_person_id"], row["to_person_id"], row["kind"]
    if start == end:
        raise RowError("to_person_id", _("a person has no tie to themselves"))
    if kind is None:
        # A word that is no kind is a problem already; the row is looked through for others.
        return
    known = KINSHIPS[kind]
    first, second, detail = start, end, "detail_from"
    if known.reverse_of or (known.symmetric and end.id < start.id):
        first, second, detail = end, start, "detail_to"
    fields = {"kind": known.reverse_of or kind} | row.fields(**{detail: "detail"})
    yield Tie("RELATED_TO", first, second, fields)
    if row["held_because_of"] in GRADE:
        asserted = row.fields(asserted_by="asserted_by")
        for detention in _custodies(row, start):
            yield Tie("BECAUSE_OF", detention, end, asserted, GRADE[row["held_because_of"]])
    elif row.refs("detention_id"):
        raise RowError(
            "detention_id", _("a custody is named, but held_because_of is not yes or alleged")
        )


def _custodies(row: Row, person: NodeRef) -> tuple[NodeRef, ...]:
    named = row.refs("detention_id")
    theirs = row.custodies(person)
    if named:
        # Whose custody a stub is, nothing says yet.
        others = [ref for ref in named if ref not in theirs and row.person_of(ref)]
        if strangers := [ref.id.partition(":")[2] for ref in others]:
            said = _("{keys} is no custody of from_person_id")
            raise RowError("detention_id", said.format(keys=", ".join(strangers)))
        return named
    if len(theirs) == 1:
        return tuple(theirs)
    if not theirs:
        raise RowError(
            "held_because_of", _("from_person_id has no custody; add the custody to detentions")
        )
    keys = ", ".join(sorted(ref.id.partition(":")[2] for ref in theirs))
    said = _("from_person_id has several custodies; name the one meant: {keys}")
    raise RowError("detention_id", said.format(keys=keys))


TABLE = Table(
    "relationships",
    "Ties between two people: from is `kind` to",
    "Vínculos entre dos personas: la primera es `kind` de la segunda",
    (
        Column(
            "from_person_id",
            "The first person",
            "La primera persona",
            "ref",
            True,
            to=("Person",),
            example=("person-1",),
        ),
        Column(
            "to_person_id",
            "The second person",
            "La segunda persona",
            "ref",
            True,
            to=("Person",),
            example=("person-2",),
        ),
        Column(
            "kind",
            "What the first is to the second",
            "Qué es la primera de la segunda",
            "word",
            True,
            words=KINSHIP,
            example=("sibling_of",),
        ),
        Column(
            "detail",
            "The tie of the first, in words",
            "El vínculo de la primera, en palabras",
            example=("sister",),
        ),
        Column(
            "held_because_of",
            "yes (a source says in its own voice that the first is held because of the second), "
            "alleged (it quotes somebody who does) or no",
            "yes (una fuente afirma que la primera está en detención a causa de la segunda), "
            "alleged (cita a alguien que lo afirma) o no",
            "word",
            words=HELD_BECAUSE_OF,
            example=("no",),
        ),
        Column(
            "detention_id",
            "The custody meant (several: `;`); may be blank if there is only one",
            "La detención a la que se refiere (varias: `;`); en blanco si hay una sola",
            "refs",
            to=("Detention",),
        ),
        Column("asserted_by", "Who says so", "Quién lo afirma", "list"),
    ),
    ("from_person_id", "to_person_id", "kind"),
    ties=ties,
)
