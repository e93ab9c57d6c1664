"""What a page carries for its script: the entries in both languages, each text held once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple, TypeAlias

from vinculos.formats.safe import clean
from vinculos.graph.records import short_hash
from vinculos.views.drawing import names, tie_names
from vinculos.views.entries import Entries
from vinculos.views.evidence import Citations, Group
from vinculos.views.labels import Fact
from vinculos.views.scale import Scale
from vinculos.views.words import TEXTS

Columns: TypeAlias = dict[str, list[Any]]
LEVELS = ("", "documented", "reported", "alleged")


class About(NamedTuple):
    """What a page says of itself in one language.

    Its heading; names and values of facts for its foot, such as the question and the audience; what
    must be known of the page as a whole, such as what is not on it.
    """

    title: str
    footer: Iterable[tuple[str, str]] = ()
    notices: Iterable[str] = ()

    def cleaned(self) -> About:
        """Return it without hidden characters; the lines of a value, such as a query, stay."""
        return About(
            clean(self.title),
            [
                (clean(name), "\n".join(clean(line) for line in value.splitlines()))
                for name, value in self.footer
            ],
            [clean(notice) for notice in self.notices],
        )


class Words:
    """Texts in both languages by number; what both say alike is one text, else `[en, es]`."""

    def __init__(self) -> None:
        """Begin with no text."""
        self._numbers: dict[tuple[str, str], int] = {}

    def number(self, en: str, es: str) -> int:
        """Return the number of a text, the same each time."""
        return self._numbers.setdefault((en, es), len(self._numbers))

    def numbers(self, en: Sequence[str], es: Sequence[str]) -> list[int]:
        """Return the numbers of a list of texts; where it is longer in one language, of blanks."""
        return [self.number(*both) for both in zip_longest(en, es, fillvalue="")]

    def all(self) -> list[str | tuple[str, str]]:
        """Return the texts in the order of their numbers."""
        return [en if en == es else (en, es) for en, es in self._numbers]


def carried(
    english: Entries, spanish: Entries, about: Mapping[str, About], scale: Scale | None
) -> tuple[dict[str, Any], Any]:
    """Return what the script shows, its texts by number, and these texts.

    Nodes, ties and sources are columns, each with a value for every one of them, by its number.
    `page` tells one page from another whose numbers mean something else.

    Args:
        english: the entries in English.
        spanish: the same in Spanish, numbered alike.
        about: what the page says of itself, by language.
        scale: the measure that the drawing shows, if any.
    """
    words = Words()
    shown = {
        "nodes": _nodes(english, spanish, scale, words),
        "edges": _edges(english, spanish, words),
        "sources": {
            "text": [
                words.number(en.text, es.text)
                for en, es in zip(english.sources, spanish.sources, strict=True)
            ],
            "url": [words.number(source.url, source.url) for source in english.sources],
        },
        "about": {
            "title": words.number(about["en"].title, about["es"].title),
            "footer": _facts(list(about["en"].footer), list(about["es"].footer), words),
            "notices": words.numbers(list(about["en"].notices), list(about["es"].notices)),
        },
        "levels": LEVELS,
        "kinds": words.numbers(*([kind for _, kind, _ in e.types] for e in (english, spanish))),
        "scale": words.numbers(*(_legend(scale, lang) for lang in ("en", "es"))),
        "texts": {name: words.number(*both) for name, both in TEXTS.items()},
        "page": short_hash(ascii(([*english.numbers], [tie.id for tie in english.edges]))),
    }
    return shown, words.all()


def _legend(scale: Scale | None, lang: str) -> list[str]:
    return [said for _, said in scale.legend(lang)] if scale else []


def _nodes(english: Entries, spanish: Entries, scale: Scale | None, words: Words) -> Columns:
    both = list(zip(english.nodes, spanish.nodes, strict=True))
    kinds = {label: number for number, (label, _, _) in enumerate(english.types)}
    return {
        "title": [words.number(en.title, es.title) for en, es in both],
        "type": [words.number(en.type, es.type) for en, es in both],
        "drawn": words.numbers(names(english, scale), names(spanish, scale)),
        "names": [words.numbers(en.other_names, es.other_names) for en, es in both],
        "kind": [kinds[en.label] for en, _ in both],
        "span": [en.span for en, _ in both],
        "groups": [
            [_group(*groups, words) for groups in zip(en.groups, es.groups, strict=True)]
            for en, es in both
        ],
        "sources": [_numbers(en.sources) for en, _ in both],
    }


def _edges(english: Entries, spanish: Entries, words: Words) -> Columns:
    both = list(zip(english.edges, spanish.edges, strict=True))
    return {
        "title": [words.number(en.words, es.words) for en, es in both],
        "drawn": words.numbers(tie_names(english), tie_names(spanish)),
        "level": [LEVELS.index(en.level) for en, _ in both],
        "confidence": [words.number(en.confidence, es.confidence) for en, es in both],
        "symmetric": [int(en.is_symmetric) for en, _ in both],
        "span": [en.span for en, _ in both],
        "groups": [[_group(en.group, es.group, words)] for en, es in both],
        "sources": [_numbers(en.sources) for en, _ in both],
        "custody": [en.custody for en, _ in both],
    }


def _group(en: Group, es: Group, words: Words) -> list[Any]:
    """Return title, facts, disputes and claims of a group."""
    return [
        words.number(en.title, es.title),
        _facts(en.facts, es.facts, words),
        [
            (
                words.number(one.field, same.field),
                [
                    (words.number(said, said_too), _numbers(sources))
                    for (said, sources), (said_too, _) in zip(one.sides, same.sides, strict=True)
                ],
            )
            for one, same in zip(en.disputes, es.disputes, strict=True)
        ],
        [
            (
                words.number(one.confidence, same.confidence),
                words.number(one.as_of, same.as_of),
                words.numbers(one.says, same.says),
                _facts(one.others, same.others, words),
                _numbers(one.sources),
            )
            for one, same in zip(en.claims, es.claims, strict=True)
        ],
    ]


def _numbers(sources: Citations) -> list[int]:
    return [source.number for source in sources]


def _facts(en: Sequence[Fact], es: Sequence[Fact], words: Words) -> list[list[int]]:
    return [words.numbers(fact, same) for fact, same in zip_longest(en, es, fillvalue=("", ""))]
