"""A report as Markdown: prose, tables and sources; a drawing stands as its numbers."""

from __future__ import annotations

from collections.abc import Sequence

from vinculos.formats.cells import Footnotes, clean
from vinculos.formats.table import SOURCES_TITLE, Fact
from vinculos.formats.text import markdown_text, sources_markdown, table_markdown
from vinculos.reports.prose import prose_markdown
from vinculos.reports.run import Failed, Filled, Report
from vinculos.reports.words import say


def as_markdown(report: Report, facts: Sequence[Fact]) -> str:
    """Return the report; the last section before the `facts` lists the sources, each once."""
    notes = Footnotes(report.lang)
    parts = [f"# {_text(report.title)}"]
    for part in report.parts:
        if isinstance(part, Filled):
            parts.append(prose_markdown(part.text))
        elif isinstance(part, Failed):
            message = f"{part.message} {part.hint}".strip()
            said = say("failed", report.lang, line=part.line, message=message)
            parts.append(f"> {_text(said)}")
        else:
            parts.append(f"**{_text(part.caption)}**")
            parts += [_text(note) for note in part.notes]
            none = say("no_answer", report.lang)
            parts.append(table_markdown(part.table, notes) if part.table.rows else none)
    if notes.lines():
        parts += [f"## {SOURCES_TITLE[report.lang]}", sources_markdown(notes)]
    parts.append(f"## {say('about', report.lang)}")
    parts.append("\n".join(f"- {_text(f'{name}: {value}')}" for name, value in facts))
    return "\n\n".join(parts) + "\n"


def _text(text: str) -> str:
    """Return a text on one line, shown as it is."""
    return markdown_text(clean(text))
