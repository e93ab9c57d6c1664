"""What a declaration of the model consists of: fields, node types, relationship types, roles."""

from __future__ import annotations

from dataclasses import dataclass

from vinculos.graph.words import YES_NO_UNKNOWN, Words

FLAGS = {"true": "yes", "false": "no"}
"""What claims write of a flag, and the word for it."""
BETWEEN = "; "
"""What stands between the values of a list where claims write it as one text."""


@dataclass(frozen=True)
class Field:
    """One property of a node or relationship.

    `kind` is text, list, date, number, flag or word. A date `x` is stored as the text `x` with
    `x_min` and `x_max`. `merge` says what several accepted claims make: `one` (they conflict),
    `latest` (succession: the newest shows), `all` (a list of each) or `any` (the strictest);
    `decided` is set by decisions alone, whatever claims say. `words` are all that it may hold,
    `usual` are some that it holds among others.
    """

    name: str
    en: str
    es: str
    kind: str = "text"
    words: Words | None = None
    merge: str = "one"
    usual: Words | None = None

    def named(self, value: str, lang: str) -> str | None:
        """Return what a word that the field holds is called in `lang`, None for any other text.

        Of a list that stands in one text, each of its words is.
        """
        for known in (self.words, self.usual):
            if known is not None and value in known:
                return known.label(value, lang)
        if self.kind == "flag" and value in FLAGS:
            return YES_NO_UNKNOWN.label(FLAGS[value], lang)
        if self.kind == "list" and BETWEEN in value:
            parts = [self.named(part, lang) or part for part in value.split(BETWEEN)]
            return BETWEEN.join(parts)
        return None


@dataclass(frozen=True)
class NodeType:
    """A main label. `search` names the fields that `find` looks at, folded into `name_key`."""

    label: str
    en: str
    es: str
    fields: tuple[Field, ...]
    search: tuple[str, ...] = ()


@dataclass(frozen=True)
class RelationshipType:
    """A type of relationship; `apart` names the fields that, with the ends, make its id."""

    type: str
    en: str
    es: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    fields: tuple[Field, ...] = ()
    apart: tuple[str, ...] = ()


@dataclass(frozen=True)
class RoleLabel:
    """A label that a node has on top of its main one; `rule` is the Cypher condition on `n`."""

    label: str
    main: str
    en: str
    es: str
    rule: str


def base_field(name: str) -> str:
    """Return the field that a property belongs to: `started` for `started_min`."""
    return name.removesuffix("_min").removesuffix("_max")
