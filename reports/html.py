"""A report as one HTML page that holds all of itself, asks for nothing and prints on A4."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from vinculos.formats.html import document, footnotes, is_wide, sources_html, table_html
from vinculos.formats.safe import clean
from vinculos.formats.table import Fact, Table
from vinculos.reports.drawing import svg
from vinculos.reports.prose import prose_html
from vinculos.reports.run import Failed, Filled, Report
from vinculos.reports.words import TURNED, say


def as_html(report: Report, facts: Sequence[Fact]) -> str:
    """Return the page; the last section before the `facts` lists the sources, each once."""
    notes = footnotes(report.lang)
    parts: list[Markup] = []
    for part in report.parts:
        if isinstance(part, Filled):
            parts.append(prose_html(part.text))
        elif isinstance(part, Failed):
            parts.append(_failed(part, report.lang))
        else:
            figure = Markup("<figure{}>\n<figcaption><bdi>{}</bdi></figcaption>\n{}{}{}</figure>")
            parts.append(
                figure.format(
                    _class(part.table),
                    clean(part.caption),
                    svg(part.drawing) if part.drawing else "",
                    Markup("").join(map(_note, part.notes)),
                    table_html(part.table, notes, TURNED),
                )
            )
    parts.append(sources_html(notes, report.lang))
    return document(report.title, report.lang, parts, facts, about=say("about", report.lang))


def _class(table: Table) -> Markup:
    if is_wide(table, TURNED):
        return Markup(' class="wide"')
    return Markup(' class="dense"') if is_wide(table) else Markup("")


def _failed(part: Failed, lang: str) -> Markup:
    said = say("failed", lang, line=part.line, message=clean(f"{part.message} {part.hint}"))
    return Markup('<p class="failed">{}</p>').format(said)


def _note(text: str) -> Markup:
    return Markup('<p class="note">{}</p>\n').format(clean(text))
