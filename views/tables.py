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
from vinculos.views.evidence import Citation, Citations, ClaimEntry, Group
from vinculos.views.words import text


def node_rows(entries: Entries, lang: str) -> Markup:
    """Return a row for each node: name, type, facts, and who says so."""
    return _joined(_node(entry, lang) for entry in entries.nodes)


def edge_rows(entries: Entries, lang: str) -> Markup:
    """Return a row for each tie: its ends, its words, facts, and who says so."""
    ends = [f'<td><a href="#n{node.number}">{isolated(node.title)}</a>' for node in entries.nodes]
    return _joined(_edge(entry, ends, lang) for entry in entries.edges)


def source_rows(entries: Entries) -> Markup:
    """Return each source with a link to it."""
    return _joined(_source(source) for source in entries.sources)


def _joined(rows: Iterable[str]) -> Markup:
    return Markup("\n".join(rows))  # noqa: S704 (every text in it was escaped)


def _node(entry: NodeEntry, lang: str) -> str:
    facts = "".join(_facts(group, lang) for group in entry.groups)
    return (
        f'<tr id="n{entry.number}"><th>{isolated(entry.title)}<td>{isolated(entry.type)}'
        f"<td>{facts}<td>{_evidence(entry.groups, entry.sources, lang)}"
    )


def _edge(entry: EdgeEntry, ends: list[str], lang: str) -> str:
    graded = _fact(text("confidence", lang), entry.confidence, ()) if entry.confidence else ""
    return (
        f"<tr>{ends[entry.start]}<td>{'≠ ' if entry.disputes else ''}{isolated(entry.words)}"
        f"{ends[entry.end]}<td>{graded}{_facts(entry.group, lang)}"
        f"<td>{_evidence((entry.group,), entry.sources, lang, entry.confidence)}"
    )


def _facts(group: Group, lang: str) -> str:
    title = f"<p><b>{isolated(group.title)}</b>" if group.title else ""
    facts = "".join(_fact(name, value, group.cited(name)) for name, value in group.facts)
    disputes = "".join(
        f'<p class="disputed">≠ {text("dispute", lang)}: {isolated(dispute.field)}'
        + (": " if dispute.sides else "")
        + " / ".join(f"“{isolated(said)}” {_cites(sources)}" for said, sources in dispute.sides)
        for dispute in group.disputes
    )
    return title + facts + disputes


def _fact(name: str, value: str, cited: Citations) -> str:
    return f"<p><i>{isolated(name)}:</i> {isolated(value)}{_numbers(cited)}"


@lru_cache(maxsize=1 << 16)
def _numbers(sources: Citations) -> str:
    return "".join(f" [{source.number}]" for source in sources)


@lru_cache(maxsize=1 << 16)
def _cites(sources: Citations) -> str:
    """Return links to sources by their numbers."""
    return " ".join(f'<a href="#s{source.number}">[{source.number}]</a>' for source in sources)


def _evidence(groups: Sequence[Group], sources: Citations, lang: str, grade: str = "") -> str:
    """Return a line for each claim, then the sources that stand behind none of them.

    What stands beside it is not said again: the `grade`, and all of what is said by one alone.
    """
    told = {source for group in groups for claim in group.claims for source in claim.sources}
    rest = _cites(tuple(source for source in sources if source not in told) if told else sources)
    lines = "".join(
        _claim(
            claim._replace(
                confidence="" if claim.confidence == grade else claim.confidence,
                says=claim.says if len(group.claims) > 1 else (),
            )
        )
        for group in groups
        for claim in group.claims
    )
    if rest and lines:
        return f"{lines}<p>{rest}"
    return lines or rest or text("no_sources", lang)


@lru_cache(maxsize=1 << 16)
def _claim(claim: ClaimEntry) -> str:
    others = (f"{isolated(name)} “{isolated(value)}”" for name, value in claim.others)
    said = ", ".join((*map(isolated, claim.says), *others))
    graded = ", ".join(filter(None, (claim.confidence, claim.as_of)))
    told = ": ".join(filter(None, (isolated(graded), said)))
    return f"<p>{_cites(claim.sources)}{' ' if told else ''}{told}"


def _source(source: Citation) -> str:
    link = (
        f' <a href="{escape(source.url)}" rel="noopener noreferrer" target="_blank">'
        f"{isolated(source.host)}</a>"
        if source.url
        else ""
    )
    return f'<li id="s{source.number}">{isolated(source.text)}{link}'
