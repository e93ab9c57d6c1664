"""What a page carries for its script: the entries, each text in both languages held once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import count, zip_longest
from typing import Any, NamedTuple, TypeAlias

from vinculos.formats.safe import clean
from vinculos.graph.records import short_hash
from vinculos.views.drawing import names, tie_names
from vinculos.views.entries import Entries
from vinculos.views.evidence import Citations, Group
from vinculos.views.labels import Fact
from vinculos.views.scale import Scale
from vinculos.views.words import NOTHING, TEXTS, Both, alike

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
        self._numbers: defaultdict[Both, int] = defaultdict(count().__next__)

    def number(self, said: Both) -> int:
        """Return the number of a text, the same each time."""
        return self._numbers[said]

    def numbers(self, said: Iterable[Both]) -> list[int]:
        """Return the numbers of a list of texts."""
        # Without a call of our own for each: a page holds a hundred thousand.
        return list(map(self._numbers.__getitem__, said))

    def all(self) -> list[str | Both]:
        """Return the texts in the order of their numbers."""
        return [en if en == es else (en, es) for en, es in self._numbers]


def carried(
    entries: Entries, about: Mapping[str, About], scale: Scale | None
) -> tuple[dict[str, Any], Any]:
    """Return what the script shows, its texts by number, and these texts.

    Nodes, ties and sources are columns, each with a value for every one of them, by its number.
    `page` tells one page from another whose numbers mean something else.

    Args:
        entries: the entries.
        about: what the page says of itself, by language.
        scale: the measure that the drawing shows, if any.
    """
    words = Words()
    shown = {
        "nodes": _nodes(entries, scale, words),
        "edges": _edges(entries, words),
        "sources": {
            "text": words.numbers(source.text for source in entries.sources),
            "url": words.numbers(alike(source.url) for source in entries.sources),
        },
        "about": {
            "title": words.number((about["en"].title, about["es"].title)),
            "footer": [words.numbers(fact) for fact in _footer(about)],
            "notices": words.numbers(_paired(about["en"].notices, about["es"].notices)),
        },
        "levels": LEVELS,
        "kinds": words.numbers(kind for _, kind, _ in entries.types),
        "scale": words.numbers(_paired(*(_legend(scale, lang) for lang in ("en", "es")))),
        "texts": {name: words.number(said) for name, said in TEXTS.items()},
        "page": short_hash(ascii(([*entries.numbers], [tie.id for tie in entries.edges]))),
    }
    return shown, words.all()


def _paired(en: Iterable[str], es: Iterable[str]) -> Iterator[Both]:
    """Yield what stands at each place of two lists; where one is shorter, it is blank."""
    return zip_longest(en, es, fillvalue="")


def _footer(about: Mapping[str, About]) -> Iterator[Fact]:
    for en, es in zip_longest(about["en"].footer, about["es"].footer, fillvalue=NOTHING):
        yield (en[0], es[0]), (en[1], es[1])


def _legend(scale: Scale | None, lang: str) -> list[str]:
    return [said for _, said in scale.legend(lang)] if scale else []


def _nodes(entries: Entries, scale: Scale | None, words: Words) -> Columns:
    nodes = entries.nodes
    kinds = {label: number for number, (label, _, _) in enumerate(entries.types)}
    return {
        "title": words.numbers(node.title for node in nodes),
        "type": words.numbers(node.type for node in nodes),
        "drawn": words.numbers(names(entries, scale)),
        "names": [words.numbers(map(alike, node.other_names)) for node in nodes],
        "kind": [kinds[node.label] for node in nodes],
        "span": [node.span for node in nodes],
        "groups": [[_group(group, words) for group in node.groups] for node in nodes],
        "sources": [_numbers(node.sources) for node in nodes],
    }


def _edges(entries: Entries, words: Words) -> Columns:
    edges = entries.edges
    return {
        "title": words.numbers(edge.words for edge in edges),
        "drawn": words.numbers(tie_names(entries)),
        "level": [LEVELS.index(edge.level) for edge in edges],
        "confidence": words.numbers(edge.confidence for edge in edges),
        "symmetric": [int(edge.is_symmetric) for edge in edges],
        "span": [edge.span for edge in edges],
        "groups": [[_group(edge.group, words)] for edge in edges],
        "sources": [_numbers(edge.sources) for edge in edges],
        "custody": [edge.custody for edge in edges],
    }


def _group(group: Group, words: Words) -> list[Any]:
    """Return title, facts, disputes and claims of a group."""
    return [
        words.number(group.title),
        [words.numbers(fact) for fact in group.facts],
        [
            (
                words.number(dispute.field),
                [(words.number(said), _numbers(sources)) for said, sources in dispute.sides],
            )
            for dispute in group.disputes
        ],
        [
            (
                words.number(claim.confidence),
                words.number(alike(claim.as_of)),
                words.numbers(claim.says),
                [words.numbers(fact) for fact in claim.others],
                _numbers(claim.sources),
            )
            for claim in group.claims
        ],
    ]


def _numbers(sources: Citations) -> list[int]:
    return [source.number for source in sources]
