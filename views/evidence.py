"""The evidence behind what a page shows: who says what, how surely, and where they disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from vinculos.formats.safe import clean, link
from vinculos.graph.network import NetworkClaim, NetworkEdge, NetworkNode, NetworkSource
from vinculos.views.labels import Fact, field_name, grade, said_words, source_text
from vinculos.views.words import Both


class Citation(NamedTuple):
    """A source as shown: its number on the page, its text, and its link, blank if there is none."""

    number: int
    text: Both
    url: str

    @property
    def host(self) -> str:
        """The site that the link leads to."""
        return urlsplit(self.url).hostname or ""


Citations = tuple[Citation, ...]


class Dispute(NamedTuple):
    """A field on which sources disagree, with what each side says where that is known."""

    field: Both
    sides: tuple[tuple[Both, Citations], ...] = ()


class ClaimEntry(NamedTuple):
    """A claim as shown: its confidence, the day for which it speaks, what it says, and who says so.

    `says` names the facts that it says just as they are shown, `others` what else it says.
    """

    confidence: Both
    as_of: str
    says: tuple[Both, ...]
    others: tuple[Fact, ...]
    sources: Citations


class Group(NamedTuple):
    """Facts that belong together, such as those of a custody, with the evidence for them."""

    title: Both
    facts: tuple[Fact, ...]
    disputes: tuple[Dispute, ...]
    claims: tuple[ClaimEntry, ...]

    def cited(self) -> Mapping[Both, Citations]:
        """Return by the name of a fact who says it; one that follows from others is not in it."""
        found: dict[Both, Citations] = {}
        for claim in self.claims:
            for name in claim.says:
                known = found.get(name)
                found[name] = in_order((*known, *claim.sources)) if known else claim.sources
        return found


def in_order(sources: Iterable[Citation]) -> Citations:
    """Return each citation once, by its number."""
    found = set(sources)
    return tuple(sorted(found)) if len(found) > 1 else tuple(found)


class Evidence:
    """The sources cited on a page, numbered as they come, and who says what."""

    def __init__(self) -> None:
        """Begin with no source."""
        self._known: dict[tuple[Both, str], Citation] = {}
        self._of: dict[NetworkSource, Citation] = {}
        self._cited: dict[tuple[NetworkSource, ...], Citations] = {}

    def cite(self, sources: tuple[NetworkSource, ...]) -> Citations:
        """Return the citations of some sources."""
        if sources not in self._cited:
            self._cited[sources] = in_order([self._numbered(source) for source in sources])
        return self._cited[sources]

    def _numbered(self, source: NetworkSource) -> Citation:
        if source not in self._of:
            shown = (source_text(source), link(source.url))
            if shown not in self._known:
                self._known[shown] = Citation(len(self._known) + 1, *shown)
            self._of[source] = self._known[shown]
        return self._of[source]

    def all(self) -> list[Citation]:
        """Return every citation of the page."""
        return list(self._known.values())

    def disputes(self, item: NetworkNode | NetworkEdge) -> dict[str, Dispute]:
        """Return by field on what of `item` sources disagree, with all sides of it."""
        listed, found = item.properties.get("disputed"), {}
        for field in map(str, listed) if listed and isinstance(listed, list) else ():
            sides: dict[str, list[Citation]] = {}
            for claim in item.claims:
                texts = [text for name, text in claim.others if name == field]
                if field in claim.shown:
                    texts.append(str(item.properties.get(field)))
                for text in texts:
                    sides.setdefault(text, []).extend(self.cite(claim.sources))
            said = said_words(item, field, sides)
            found[field] = Dispute(
                field_name(item, field),
                tuple((said[text], in_order(sides[text])) for text in sorted(sides)),
            )
        return found

    def claims(
        self,
        item: NetworkNode | NetworkEdge,
        known: Iterable[tuple[str, Fact]],
        named: Both | None = None,
        without: Iterable[str] = (),
    ) -> Iterator[ClaimEntry]:
        """Yield the claims behind `item`, those with some ids left out.

        `known` are its facts, each with its field. `named` is what each claim says by being there,
        such as that two are tied.
        """
        listed = item.properties.get("disputed")
        names = {field: fact[0] for field, fact in known}
        shown = {*names, *(listed if isinstance(listed, list) else ())}
        for claim in item.claims:
            if claim.id in without:
                continue
            says = [named] if named else []
            says += [names[field] for field in claim.shown if field in names]
            others = [
                (field_name(item, field), said_words(item, field, (text,))[text])
                for field, text in claim.others
                if field in shown
            ]
            if says or others:
                yield self._claim(claim, tuple(says), tuple(others))

    def _claim(
        self, claim: NetworkClaim, says: tuple[Both, ...], others: tuple[Fact, ...]
    ) -> ClaimEntry:
        day, cited = clean(claim.as_of), self.cite(claim.sources)
        return ClaimEntry(grade(claim.confidence), day, says, others, cited)
