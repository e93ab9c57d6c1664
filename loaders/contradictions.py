"""contradictions.csv: two sources that disagree on one field of one subject; both are kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from vinculos.graph.dates import parse_date
from vinculos.graph.folding import fold
from vinculos.graph.model import ENTITIES, NODE_TYPES
from vinculos.graph.records import NodeRef, Value
from vinculos.language import gettext as _
from vinculos.loaders.cells import parse_number
from vinculos.loaders.declare import Column, Row, RowError, Side, Table

KINSHIP_WORDS = {
    "partner": "partner_of",
    "pareja": "partner_of",
    "wife": "spouse_of",
    "husband": "spouse_of",
    "spouse": "spouse_of",
    "esposa": "spouse_of",
    "esposo": "spouse_of",
    "conyuge": "spouse_of",
    "brother": "sibling_of",
    "sister": "sibling_of",
    "hermano": "sibling_of",
    "hermana": "sibling_of",
    "cousin": "relative_of",
    "primo": "relative_of",
    "prima": "relative_of",
    "uncle": "relative_of",
    "aunt": "relative_of",
    "tio": "relative_of",
    "tia": "relative_of",
    "friend": "friend_of",
    "colleague": "colleague_of",
}
GENDER_WORDS = {
    "f": "f",
    "female": "f",
    "woman": "f",
    "girl": "f",
    "daughter": "f",
    "mujer": "f",
    "hija": "f",
    "m": "m",
    "male": "m",
    "man": "m",
    "boy": "m",
    "son": "m",
    "hombre": "m",
    "hijo": "m",
}


@dataclass(frozen=True)
class Target:
    """Where a word of the `field` column belongs in the model.

    `field` is a field of a node, or a type of relationship whose far end has a label in `ends`;
    `labels` are the subjects that it fits.
    """

    field: str
    labels: tuple[str, ...]
    ends: tuple[str, ...] = ()
    words: Mapping[str, str] = dataclasses.field(default_factory=dict)


FIELDS: Mapping[str, Target] = {
    "sex": Target("gender", ("Person",), words=GENDER_WORDS),
    "gender": Target("gender", ("Person",), words=GENDER_WORDS),
    "by_org": Target("ARRESTED_BY", ("Detention",), ("Organization",)),
    "by_org_id": Target("ARRESTED_BY", ("Detention",), ("Organization",)),
    "place": Target("HELD_AT", ("Detention",), ("Place",)),
    "place_id": Target("HELD_AT", ("Detention",), ("Place",)),
    "date_of_conviction": Target("sentenced_on", ("Detention",)),
    "started_on": Target("started", ("Detention", "Event")),
    "ended_on": Target("ended", ("Detention", "Event")),
    "adopted_on": Target("adopted", ("Law",)),
    "published_on": Target("published", ("Source",)),
    "from_on": Target("started", ("Rule",)),
    "to_on": Target("ended", ("Rule",)),
}
"""Words of `field` that are not themselves a field of the model."""

RELATION = "relation_to_"


def sides(row: Row) -> Iterator[Side]:
    """Yield the two claims of a row, in conflict on one field of the subject."""
    subject: NodeRef = row["subject_id"]
    word: str = row["field"]
    target, other = _target(row, subject, word)
    for side in ("a", "b"):
        text: str = row[f"value_{side}"]
        if target is None:
            value = Value(subject, word, text, text, "conflict")
        else:
            typed = _typed(row, subject, target, text)
            value = Value(subject, target.field, typed, text, "conflict", other)
        yield Side((value,), row[f"source_{side}"], side)


def _target(row: Row, subject: NodeRef, word: str) -> tuple[Target | None, NodeRef | None]:
    """Return where `word` belongs, None for free words, and the far end of a relation."""
    if word.startswith(RELATION) and subject.label == "Person":
        key = word.removeprefix(RELATION).replace("_", "-")
        found = row.find(key, ("Person",))
        if len(found) != 1:
            raise RowError("field", _("there is no person {key!r}").format(key=key))
        return Target("RELATED_TO", ("Person",), words=KINSHIP_WORDS), found[0]
    target = FIELDS.get(word)
    if target and subject.label in target.labels:
        return target, None
    if any(known.name == word for known in NODE_TYPES[subject.label].fields):
        return Target(word, (subject.label,)), None
    return None, None


def _typed(row: Row, subject: NodeRef, target: Target, text: str) -> Any:
    """Return the value of `text` where a word map or an exact id or name gives it, else None."""
    if target.ends:
        found = row.find(text, target.ends)
        return found[0].id if len(found) == 1 else None
    if target.words:
        return target.words.get(fold(text))
    declared = next(f for f in NODE_TYPES[subject.label].fields if f.name == target.field)
    if declared.kind == "date":
        try:
            return parse_date(text).text
        except ValueError:
            return None
    if declared.kind == "number":
        try:
            return parse_number(text)
        except ValueError:
            return None
    if declared.words is not None:
        return text if text in declared.words else None
    return text


TABLE = Table(
    "contradictions",
    "Two sources that disagree on one field of one subject",
    "Dos fuentes que discrepan sobre un campo de una misma entidad",
    (
        Column(
            "subject_id",
            "What they disagree about",
            "Sobre qué discrepan",
            "ref",
            True,
            to=ENTITIES,
            example=("d-1",),
        ),
        Column(
            "field",
            "A column's name, a tie (by_org, place, relation_to_ID with _ for -), or free words",
            "El nombre de una columna, un vínculo (by_org, place, relation_to_ID con _ en lugar "
            "de -) o palabras libres",
            required=True,
            example=("started_on",),
        ),
        Column(
            "value_a",
            "What the first says",
            "Lo que dice la primera",
            required=True,
            example=("2025-01-07",),
        ),
        Column(
            "source_a",
            "The first source",
            "La primera fuente",
            "ref",
            True,
            to=("Source",),
            example=("s001",),
        ),
        Column(
            "value_b",
            "What the second says",
            "Lo que dice la segunda",
            required=True,
            example=("2025-01-08",),
        ),
        Column(
            "source_b",
            "The second source",
            "La segunda fuente",
            "ref",
            True,
            to=("Source",),
            example=("s002",),
        ),
    ),
    ("subject_id", "field", "source_a", "source_b"),
    sides=sides,
    sourced=False,
)
