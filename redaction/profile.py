"""Reading redaction profiles: YAML files that say what an audience may see.

    audience: {en: a partner organization, es: una organización aliada}
    minors: pseudonym          # or stored: the number that is the same in all files
    protected_people: pseudonym   # or keep, drop
    restricted_sources: kind   # or keep
    workers: drop              # or keep: who loaded and decided
    small_counts: hide         # or show
    fields:                    # of labels and types of relationships; what is not said is kept
      Detainee: {name: keep}
      Relative: {name: pseudonym, summary: drop}
      Person: {born: {coarsen: year}}

Of a node with several labels, the first one in the file that names the field decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from vinculos.errors import UsageError
from vinculos.graph.audience import (
    DECIDED,
    DROP,
    KEEP,
    MINORS,
    MONTH,
    PROTECTED,
    RESTRICTED,
    YEAR,
    Audience,
    actions_for,
    declared_fields,
    rule_labels,
)
from vinculos.language import gettext as _
from vinculos.queries.checks import mapping, one_of
from vinculos.queries.library import bilingual
from vinculos.queries.texts import read_text, read_yaml

FOLDER = Path(__file__).parent
SHIPPED = ("public", "partner", "internal")
SUFFIXES = (".yaml", ".yml")
PUBLIC = SHIPPED[0]
_KEYS = (
    "audience",
    "minors",
    "protected_people",
    "restricted_sources",
    "workers",
    "small_counts",
    "fields",
)
_NEEDED = ("audience", "minors", "protected_people", "restricted_sources")
_COARSEN, _UNITS = "coarsen", (MONTH, YEAR)
_SHOW, _HIDE = "show", "hide"
Lines = Mapping[tuple[str, ...], int]


def get_audience(name: str) -> Audience:
    """Return the audience of a profile that ships with the program, or of a YAML file.

    Args:
        name: `public`, `partner`, `internal`, or the path of a file that ends in .yaml.

    Raises:
        NotFound: there is no such file.
        UsageError: there is no such audience, or the profile is written wrong.
    """
    if name in SHIPPED:
        return read_audience(FOLDER / f"{name}.yaml")
    if not name.endswith(SUFFIXES):
        raise UsageError(
            _("There is no audience {name!r}.").format(name=name),
            _("Choose one of {words}, or name a profile of your own: FILE.yaml.").format(
                words=", ".join(SHIPPED)
            ),
        )
    return read_audience(Path(name))


def read_audience(path: Path) -> Audience:
    """Return the audience that a profile describes.

    Raises:
        NotFound: there is no such file.
        UsageError: it is written wrong; the message names file, line and key.
    """
    return parse_audience(
        path.stem, read_text(path, _("There is no redaction profile file {path}.")), str(path)
    )


def parse_audience(name: str, text: str, where: str) -> Audience:
    """Return the audience that the text of a profile describes.

    Args:
        name: what the profile is called.
        text: the YAML.
        where: its file, for messages.

    Raises:
        UsageError: it is written wrong.
    """
    said = read_yaml(text, where, 1)
    lines = dict(_lines(yaml.compose(text, yaml.SafeLoader), ()))
    head = mapping(said, _KEYS, _at(where, lines, *_unknown(said, _KEYS)))
    for key in _NEEDED:
        if key not in head:
            raise UsageError(
                _("{where} lacks {key!r}.").format(where=where, key=key),
                _("Copy it from a profile that is shipped."),
            )

    def word(key: str, words: tuple[str, ...], default: str) -> str:
        return one_of(head.get(key, default), words, key, _at(where, lines, key))

    if head["minors"] not in MINORS:
        raise UsageError(
            _("{where}: no profile can name a minor; minors is {value!r}.").format(
                where=_at(where, lines, "minors"), value=head["minors"]
            ),
            _("Choose one of {words}.").format(words=", ".join(MINORS)),
        )
    titles = bilingual(head["audience"], name)
    return Audience(
        name,
        (titles.en, titles.es),
        minors=head["minors"],
        protected=word("protected_people", PROTECTED, DROP),
        restricted=word("restricted_sources", RESTRICTED, KEEP),
        workers=word("workers", (KEEP, DROP), DROP),
        small_counts=word("small_counts", (_HIDE, _SHOW), _HIDE) == _HIDE,
        fields=_fields(head.get("fields"), where, lines),
        text=text,
    )


def _fields(said: Any, where: str, lines: Lines) -> dict[str, dict[str, str]]:
    known = rule_labels()
    place = _at(where, lines, "fields", *_unknown(said, known))
    found: dict[str, dict[str, str]] = {}
    for label, actions in mapping(said, known, place).items():
        declared = declared_fields(label)
        unknown = _unknown(actions, declared)
        place = _at(where, lines, "fields", label, *unknown)
        if set(unknown) & set(DECIDED):
            raise UsageError(
                _("{where}: no rule can be about {name}.").format(where=place, name=unknown[0]),
                _("Say it with minors, protected_people or restricted_sources."),
            )
        found[label] = {
            name: _action(
                action,
                actions_for(label, declared[name]),
                declared[name].kind == "date",
                name,
                _at(where, lines, "fields", label, name),
            )
            for name, action in mapping(actions, declared, f"{place}: {label}").items()
        }
    return found


def _action(said: Any, known: list[str], dated: bool, name: str, where: str) -> str:
    if dated and isinstance(said, dict):
        return one_of(mapping(said, (_COARSEN,), where).get(_COARSEN), _UNITS, _COARSEN, where)
    if said in known:
        return str(said)
    words = [*known, *([f"{{{_COARSEN}: {unit}}}" for unit in _UNITS] if dated else [])]
    raise UsageError(
        _("{where}: {what} is {value!r}.").format(where=where, what=name, value=said),
        _("Choose one of {words}.").format(words=", ".join(words)),
    )


def _unknown(said: Any, known: Iterable[str]) -> tuple[str, ...]:
    """Return the first key that is not known, so that a message can name its line."""
    there = said if isinstance(said, dict) else {}
    return tuple(str(key) for key in there if key not in known)[:1]


def _lines(node: yaml.Node | None, path: tuple[str, ...]) -> Iterable[tuple[tuple[str, ...], int]]:
    """Yield the line of each key, by the keys that lead to it."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            yield here, key.start_mark.line + 1
            yield from _lines(value, here)


def _at(where: str, lines: Lines, *path: str) -> str:
    if path not in lines:
        return where
    return _("{where}, line {line}").format(where=where, line=lines[path])
