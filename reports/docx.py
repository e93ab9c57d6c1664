"""A report as a DOCX document on A4, for editing in a word processor."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor

from vinculos.formats.cells import Footnotes
from vinculos.formats.html import is_wide
from vinculos.formats.safe import clean, link
from vinculos.formats.table import SOURCES_TITLE, Fact, Table
from vinculos.reports.answer import Shown
from vinculos.reports.docx_prose import add_link, add_prose
from vinculos.reports.drawing import png
from vinculos.reports.run import Failed, Filled, Report
from vinculos.reports.words import TURNED, say

SHORT, LONG, MARGIN = 210, 297, 15
"""A4 and its margins in millimetres."""
FAILED = RGBColor(0x9C, 0x3D, 0x00)
QUIET = RGBColor(0x59, 0x59, 0x59)
LETTER, PADDING, LONGEST = 1.6, 4.2, 24
"""Millimetres of a letter of a table and beside a cell; letters of a word that is kept whole."""
BOLD = 1.2
"""How many times as wide a letter of a title is."""
MEASURED = 200
"""Rows of a table by which its columns are measured."""
SMALL = "16"
"""Size of the text of tables in half points."""


def as_docx(report: Report, facts: Sequence[Fact]) -> bytes:
    """Return the document; the last section before the `facts` lists the sources, each once.

    A table with many columns stands on paper turned sideways, with the text that leads up to it.
    """
    document = docx.Document()
    _prepare(document, report)
    notes = Footnotes(report.lang)
    measured = {
        place: _Measured.of(part.table, notes)
        for place, part in enumerate(report.parts)
        if isinstance(part, Shown)
    }
    wide = False
    turned: list[bool] = []
    for place in reversed(range(len(report.parts))):
        wide = measured[place].wide if place in measured else wide
        turned.append(wide)
    turned.reverse()
    _orient(document.sections[0], wide=bool(turned) and turned[0])
    document.add_heading(clean(report.title), 0)
    for place, part in enumerate(report.parts):
        _turn(document, wide=turned[place])
        if isinstance(part, Filled):
            add_prose(document, part.text)
        elif isinstance(part, Failed):
            message = f"{part.message} {part.hint}".strip()
            said = say("failed", report.lang, line=part.line, message=message)
            document.add_paragraph().add_run(clean(said)).font.color.rgb = FAILED
        else:
            _shown(document, part, measured[place])
    _turn(document, wide=False)
    if notes.references():
        document.add_heading(SOURCES_TITLE[report.lang], 1)
    for number, source in notes.references():
        address = link(source.url)
        paragraph = document.add_paragraph(f"[{number}] ")
        paragraph.add_run(clean(source.text(report.lang, with_url=not address)))
        if address:
            paragraph.add_run(" ")
            add_link(paragraph, address, address)
    document.add_heading(say("about", report.lang), 1)
    for name, value in facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{clean(name)}: ").bold = True
        paragraph.add_run(clean(value))
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _prepare(document: Document, report: Report) -> None:
    """Set paper, font, language and properties; the library's own template is American."""
    section = document.sections[0]
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin = section.bottom_margin = Mm(MARGIN)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.font.name = "Calibri"
    normal.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), {"es": "es-VE", "en": "en-GB"}[report.lang])
    normal.element.get_or_add_rPr().append(language)
    properties = document.core_properties
    properties.title = clean(report.title)[:255]
    properties.author = properties.last_modified_by = "vinculos"
    properties.language = report.lang
    properties.comments = ""
    properties.created = properties.modified = datetime.datetime.now(datetime.UTC)


def _turn(document: Document, *, wide: bool) -> None:
    """Have what follows stand on paper of this direction; begin a section where it changes."""
    section = document.sections[-1]
    if (section.orientation == WD_ORIENT.LANDSCAPE) == wide:
        return
    _orient(document.add_section(WD_SECTION.NEW_PAGE), wide=wide)


def _orient(section: Section, *, wide: bool) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        (Mm(LONG), Mm(SHORT)) if wide else (Mm(SHORT), Mm(LONG))
    )


class _Measured(NamedTuple):
    """The cells of a table, the millimetres that its columns need, and whether that is wide."""

    titles: list[str]
    rows: list[list[str]]
    least: list[float]
    wide: bool

    @classmethod
    def of(cls, table: Table, notes: Footnotes) -> _Measured:
        titles = table.titles()
        # References may stand on lines of their own.
        rows = [
            [cell.replace("][", "] [") for cell in table.cells(row, notes)] for row in table.rows
        ]
        least = _least(titles, rows[:MEASURED]) if rows else []
        return cls(titles, rows, least, is_wide(table, TURNED) or sum(least) > SHORT - 2 * MARGIN)


def _shown(document: Document, part: Shown, measured: _Measured) -> None:
    caption = document.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    caption.add_run(clean(part.caption)).bold = True
    if part.drawing:
        # 96 pixels to an inch, as in the page, and never wider or higher than the paper.
        across, height = (LONG, SHORT) if measured.wide else (SHORT, LONG)
        natural = part.drawing.width / 96 * 25.4
        highest = (height - 2 * MARGIN - 25) * part.drawing.width / part.drawing.height
        width = Mm(min(natural, across - 2 * MARGIN, highest))
        document.add_picture(io.BytesIO(png(part.drawing)), width=width)
        _describe(document, part.title)
    for note in part.notes:
        document.add_paragraph().add_run(clean(note)).font.color.rgb = QUIET
    if not measured.rows:
        document.add_paragraph(say("no_answer", part.table.lang))
        return
    room = (LONG if measured.wide else SHORT) - 2 * MARGIN
    widths = _widths([measured.titles, *measured.rows[:MEASURED]], measured.least, room)
    _table(document, measured.titles, measured.rows, widths)


def _describe(document: Document, title: str) -> None:
    """Say in words what the last picture shows, for who cannot see it."""
    document.inline_shapes[-1]._inline.docPr.set("descr", clean(title))


def _table(
    document: Document,
    titles: Sequence[str],
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
) -> None:
    """Add a table; rows are built by hand since the library's own way takes minutes for 10,000."""
    made = document.add_table(rows=0, cols=len(titles), style="Table Grid")
    made.autofit = True
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    made._tbl.append(_row(titles, widths, head=True))
    for cells in rows:
        made._tbl.append(_row(cells, widths))
    document.add_paragraph()


def _least(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> list[float]:
    """Return the millimetres that the longest word of each column needs."""
    needed = (
        max(_longest(title) * BOLD, *map(_longest, cells))
        for title, *cells in zip(titles, *rows, strict=True)
    )
    return [min(letters, LONGEST) * LETTER + PADDING for letters in needed]


def _longest(text: str) -> int:
    """Return the number of letters of the longest word."""
    return max(map(len, text.split()), default=1)


def _widths(rows: Iterable[Sequence[str]], least: Sequence[float], room: float) -> list[float]:
    """Return the width of each column in millimetres: the least, then by how much it says.

    Words are cut only where there is no room for all of them.
    """
    columns = list(zip(*rows, strict=True))
    usual = [
        sorted(min(len(cell), 60) for cell in column)[len(column) * 9 // 10] + 1
        for column in columns
    ]
    left = room - sum(least)
    if left < 0:
        return [width * room / sum(least) for width in least]
    return [width + left * said / sum(usual) for width, said in zip(least, usual, strict=True)]


def _row(cells: Iterable[str], widths: Iterable[float], *, head: bool = False) -> Any:
    row = OxmlElement("w:tr")
    properties = _child(row, "w:trPr")
    _child(properties, "w:cantSplit")
    if head:
        _child(properties, "w:tblHeader")
    for text, width in zip(cells, widths, strict=True):
        cell = _child(row, "w:tc")
        about = _child(cell, "w:tcPr")
        _child(about, "w:tcW", w=str(round(width * 56.7)), type="dxa")
        if head:
            _child(about, "w:shd", val="clear", color="auto", fill="E8E8E8")
        for line in text.split("\n"):
            paragraph = _child(cell, "w:p")
            _child(_child(paragraph, "w:pPr"), "w:spacing", after="0")
            run = _child(paragraph, "w:r")
            look = _child(run, "w:rPr")
            if head:
                _child(look, "w:b")
            _child(look, "w:sz", val=SMALL)
            said = _child(run, "w:t")
            said.text = clean(line)
            said.set(qn("xml:space"), "preserve")
    return row


def _child(parent: Any, name: str, **attributes: str) -> Any:
    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    parent.append(made)
    return made
