"""Who will read it: what an audience may see, as its redaction profile says.

The profiles are YAML files; `redaction/profile.py` reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from vinculos.graph.declarations import Field
from vinculos.graph.model import CLAIM, NODE_TYPES, RELATIONSHIP_TYPES, ROLE_LABELS

KEEP, PSEUDONYM, DROP, MONTH, YEAR = "keep", "pseudonym", "drop", "month", "year"
"""What becomes of a field: dates alone are made coarser, to the month or year; a name alone is
replaced by a pseudonym."""
LENGTHS = {MONTH: 7, YEAR: 4}
"""How many signs of an ISO date are left."""
PROTECTED = (KEEP, PSEUDONYM, DROP)
KIND = "kind"
RESTRICTED = (KEEP, KIND)
STORED = "stored"
MINORS = (STORED, PSEUDONYM)
NAMED = ("Person", "Event", "Place", "Organization", "Case")
"""Labels whose name may give way to a pseudonym."""
DECIDED = ("is_minor", "protected", "access", "keys")
"""Fields that no rule is about: what they say is for `minors`, `protected_people` and
`restricted_sources` to decide."""

_MAIN = {role.label: role.main for role in ROLE_LABELS}
_CLAIM = tuple(
    Field(name, name, name) for name in ("dataset", "table", "file", "row", "key", "note")
)


class Rule(NamedTuple):
    """What becomes of a field of the nodes with `label`, or relationships of that type.

    Nodes that have one of the labels `unless` are left to the rule of that label, which stands
    before this one.
    """

    label: str
    field: str
    action: str
    unless: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What the field is called where it does not stand in its node or relationship.

        Claims call that of a relationship by both names, and its kind by the type alone.
        """
        if self.label not in RELATIONSHIP_TYPES:
            return (self.field,)
        kind = (self.label,) if self.field == KIND else ()
        return (self.field, f"{self.label}.{self.field}", *kind)


@dataclass(frozen=True)
class Audience:
    """What one audience may see.

    `name` is that of its profile, `title` what it is called in English and Spanish, `text` the
    profile as it is written. `protected` is what becomes of protected people, `minors` how they
    are called, `restricted` whether restricted sources are named, `workers` whether those who
    loaded and decided are, `small_counts` whether counts of one and two are hidden. `fields` gives
    by label, in order, what becomes of fields.
    """

    name: str
    title: tuple[str, str]
    minors: str = PSEUDONYM
    protected: str = DROP
    restricted: str = KIND
    workers: str = DROP
    small_counts: bool = True
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    text: str = ""

    @property
    def rules(self) -> Iterator[Rule]:
        """The rules that hide something; those that keep are in their `unless`."""
        before: dict[str, list[str]] = {}
        for label, actions in self.fields.items():
            for name, action in actions.items():
                if action != KEEP:
                    rivals = [rival for rival in before.get(name, ()) if may_share(rival, label)]
                    yield Rule(label, name, action, tuple(rivals))
                before.setdefault(name, []).append(label)

    @property
    def is_open(self) -> bool:
        """Whether nothing at all is hidden but the names of minors, which are not in the graph."""
        kept = (self.protected, self.restricted, self.workers) == (KEEP, KEEP, KEEP)
        return kept and self.minors == STORED and not any(self.rules)

    def action(self, labels: Iterable[str], name: str) -> str:
        """Return what becomes of a field of a node with these labels, or of a relationship."""
        there = set(labels)
        for label, actions in self.fields.items():
            if label in there and name in actions:
                return actions[name]
        return KEEP


def may_share(one: str, other: str) -> bool:
    """Return whether a node may have both labels."""
    return _MAIN.get(one, one) == _MAIN.get(other, other)


def declared_fields(label: str) -> Mapping[str, Field]:
    """Return the fields that rules about a label, or a type of relationship, may name."""
    if label == CLAIM:
        fields = _CLAIM
    elif declared := NODE_TYPES.get(_MAIN.get(label, label)) or RELATIONSHIP_TYPES.get(label):
        fields = declared.fields
    else:
        return {}
    return {each.name: each for each in fields if each.name not in DECIDED}


def rule_labels() -> list[str]:
    """Return all labels and types that rules may be about."""
    return [*NODE_TYPES, *_MAIN, CLAIM, *RELATIONSHIP_TYPES]


def actions_for(label: str, declared: Field) -> list[str]:
    """Return what may become of a field; dates are written `{coarsen: month}`."""
    named = declared.name == "name" and _MAIN.get(label, label) in NAMED
    return [KEEP, DROP, *([PSEUDONYM] if named else [])]
