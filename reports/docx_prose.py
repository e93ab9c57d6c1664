"""The prose of a report as paragraphs of a DOCX document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from markdown_it.token import Token

from vinculos.formats.safe import clean
from vinculos.reports.prose import tokens

STYLES = {"bullet_list_open": "List Bullet", "ordered_list_open": "List Number"}
INDENT = 8
"""Millimetres that a list in a list, or a quotation, is set in."""
LINK_COLOUR = "00507D"


def add_prose(document: Document, text: str) -> None:
    """Add Markdown: headings, paragraphs, lists, quotations, code, emphasis, links."""
    lists: list[str] = []
    quotes, style = 0, ""
    for token in tokens(text):
        if token.type in STYLES:
            lists.append(STYLES[token.type])
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            style = lists[-1]
        elif token.type in ("blockquote_open", "blockquote_close"):
            quotes += 1 if token.type == "blockquote_open" else -1
        elif token.type == "heading_open":
            style = f"Heading {min(int(token.tag[1:]) - 1, 9)}"
        elif token.type in ("fence", "code_block"):
            for line in token.content.rstrip("\n").split("\n"):
                run = document.add_paragraph().add_run(line)
                run.font.name = "Courier New"
        elif token.type == "inline":
            paragraph = document.add_paragraph(style=style or None)
            # The first paragraph of an item has its mark, the others stand under it.
            set_in = max(len(lists) - (1 if style.startswith("List") else 0), 0) + quotes
            if set_in:
                paragraph.paragraph_format.left_indent = Mm(INDENT * (set_in + bool(lists)))
            _inline(paragraph, iter(token.children or ()))
            style = ""


def add_link(paragraph: Paragraph, address: str, text: str) -> None:
    """Add a link to an address on the web."""
    id = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    made = OxmlElement("w:hyperlink")
    made.set(qn("r:id"), id)
    run = paragraph.add_run(clean(text))
    run.font.underline = True
    colour = OxmlElement("w:color")
    colour.set(qn("w:val"), LINK_COLOUR)
    run._r.get_or_add_rPr().append(colour)
    made.append(run._r)
    paragraph._p.append(made)


def _inline(paragraph: Paragraph, children: Iterator[Token]) -> None:
    look: dict[str, Any] = {"bold": None, "italic": None}
    for token in children:
        if token.type in ("strong_open", "strong_close"):
            look["bold"] = token.type == "strong_open" or None
        elif token.type in ("em_open", "em_close"):
            look["italic"] = token.type == "em_open" or None
        elif token.type == "link_open":
            said = []
            for inner in children:
                if inner.type == "link_close":
                    break
                said.append(inner.content)
            add_link(paragraph, str(token.attrs["href"]), "".join(said))
        elif token.type in ("softbreak", "hardbreak"):
            paragraph.add_run(" " if token.type == "softbreak" else "\n")
        elif token.content:
            run = paragraph.add_run(token.content)
            run.bold, run.italic = look["bold"], look["italic"]
            if token.type == "code_inline":
                run.font.name = "Courier New"
