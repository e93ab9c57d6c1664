"""The rows of a page's tables for readers without scripts, as HTML.

Rows leave out the end tags that HTML does not need: a large page is a quarter smaller. Every text
goes through `isolated`, which escapes it. They are joined here and not in the template because a
large page has ten thousand of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from markupsafe import Markup, escape

from vinculos.formats.safe import isolated
from vinculos.views.entries import EdgeEntry, Entries, NodeEntry
from vinculos.views.evidence import Citation, Citations, ClaimEntry, Dispute, Group
from vinculos.views.words import NOTHING, Both, both, text


def node_rows(entries: Entries) -> Markup:
    """Return a row for each node: name, type, facts, and who says so."""
    row = _Row(entries.lang)
    return _joined(row.node(entry) for entry in entries.nodes)


def edge_rows(entries: Entries) -> Markup:
    """Return a row for each tie: its ends, its words, facts, and who says so."""
    row = _Row(entries.lang)
    ends = [f'<td><a href="#n{node.number}">{row.text(node.title)}</a>' for node in entries.nodes]
    return _joined(row.edge(entry, ends) for entry in entries.edges)


def source_rows(entries: Entries) -> Markup:
    """Return each source with a link to it."""
    row = _Row(entries.lang)
    return _joined(row.source(source) for source in entries.sources)


def _joined(rows: Iterable[str]) -> Markup:
    return Markup("\n".join(rows))  # noqa: S704 (every text in it was escaped)


class _Row:
    """The rows in one language."""

    def __init__(self, lang: str) -> None:
        self._lang, self._place = lang, int(lang == "es")
        self._claim = lru_cache(maxsize=1 << 16)(self._claim_line)

    def text(self, said: Both) -> str:
        """Return a text as HTML."""
        return isolated(said[self._place])

    def node(self, entry: NodeEntry) -> str:
        facts = "".join(map(self._facts, entry.groups))
        return (
            f'<tr id="n{entry.number}"><th>{self.text(entry.title)}<td>{self.text(entry.type)}'
            f"<td>{facts}<td>{self._evidence(entry.groups, entry.sources)}"
        )

    def edge(self, entry: EdgeEntry, ends: list[str]) -> str:
        graded = self._fact(both("confidence"), entry.confidence, ())
        return (
            f"<tr>{ends[entry.start]}<td>{'≠ ' if entry.disputes else ''}{self.text(entry.words)}"
            f"{ends[entry.end]}<td>{graded}{self._facts(entry.group)}"
            f"<td>{self._evidence((entry.group,), entry.sources, entry.confidence)}"
        )

    def source(self, source: Citation) -> str:
        link = (
            f' <a href="{escape(source.url)}" rel="noopener noreferrer" target="_blank">'
            f"{isolated(source.host)}</a>"
            if source.url
            else ""
        )
        return f'<li id="s{source.number}">{self.text(source.text)}{link}'

    def _facts(self, group: Group) -> str:
        title = f"<p><b>{self.text(group.title)}</b>" if group.title[self._place] else ""
        cited = group.cited()
        facts = "".join(self._fact(name, value, cited.get(name, ())) for name, value in group.facts)
        disputes = "".join(map(self._dispute, group.disputes))
        return title + facts + disputes

    def _fact(self, name: Both, value: Both, cited: Citations) -> str:
        # What is said in the other language alone is blank in this one.
        if not value[self._place]:
            return ""
        return f"<p><i>{self.text(name)}:</i> {self.text(value)}{_numbers(cited)}"

    def _dispute(self, dispute: Dispute) -> str:
        sides = " / ".join(f"“{self.text(said)}” {_cites(cited)}" for said, cited in dispute.sides)
        return (
            f'<p class="disputed">≠ {text("dispute", self._lang)}: {self.text(dispute.field)}'
            f"{': ' if sides else ''}{sides}"
        )

    def _evidence(self, groups: Sequence[Group], sources: Citations, grade: Both = NOTHING) -> str:
        """Return a line for each claim, then the sources that stand behind none of them.

        What stands beside it is not said again: the `grade`, and all of what is said by one alone.
        """
        told = {source for group in groups for claim in group.claims for source in claim.sources}
        rest = _cites(
            tuple(source for source in sources if source not in told) if told else sources
        )
        lines = "".join(
            self._claim(claim, claim.confidence != grade, len(group.claims) > 1)
            for group in groups
            for claim in group.claims
        )
        if rest and lines:
            return f"{lines}<p>{rest}"
        return lines or rest or text("no_sources", self._lang)

    def _claim_line(self, claim: ClaimEntry, is_graded: bool, is_beside: bool) -> str:
        """Return who makes a claim, how surely where that is told, and what beside others."""
        others = (f"{self.text(name)} “{self.text(value)}”" for name, value in claim.others)
        said = ", ".join((*map(self.text, claim.says if is_beside else ()), *others))
        grade = claim.confidence[self._place] if is_graded else ""
        told = ": ".join(
            filter(None, (isolated(", ".join(filter(None, (grade, claim.as_of)))), said))
        )
        return f"<p>{_cites(claim.sources)}{' ' if told else ''}{told}"


@lru_cache(maxsize=1 << 16)
def _numbers(sources: Citations) -> str:
    return "".join(f" [{source.number}]" for source in sources)


@lru_cache(maxsize=1 << 16)
def _cites(sources: Citations) -> str:
    """Return links to sources by their numbers."""
    return " ".join(f'<a href="#s{source.number}">[{source.number}]</a>' for source in sources)
