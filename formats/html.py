"""Rows as HTML: one document that holds all of itself, asks for nothing and runs no script.

A document of several tables shares one `footnotes`, and lists them once at its end:

    notes = footnotes("es")
    parts = [table_html(table, notes) for table in tables]
    html = document(title, "es", [*parts, sources_html(notes, "es")], facts)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from vinculos.formats.cells import Footnotes
from vinculos.formats.document import environment, policy, static
from vinculos.formats.safe import clean, link
from vinculos.formats.table import ABOUT_TITLE, SOURCES_TITLE, Fact, Table

FOLDER = Path(__file__).parent
WIDE = 7
"""Columns from which a table is printed on paper turned sideways."""

# No data holds these two: `clean` takes them out. So no name can pass for a footnote.
_MARKS = "\x02\x03"
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_MARK = re.compile("\x02([0-9]+)\x03")
EMPTY = {"en": "No rows.", "es": "Sin resultados."}


def as_html(table: Table) -> str:
    """Return one whole document: the table, its sources, and facts about it at the foot."""
    notes = footnotes(table.lang)
    parts = [table_html(table, notes), sources_html(notes, table.lang)]
    return document(table.title, table.lang, parts, table.facts, wide=is_wide(table))


def footnotes(lang: str) -> Footnotes:
    """Return footnotes whose marks become links in `table_html` and `text_html`."""
    return Footnotes(lang, _MARKS)


def table_html(table: Table, notes: Footnotes, wide_from: int = WIDE) -> Markup:
    """Return the table alone, each mark of `notes` a link to its source.

    From `wide_from` columns on it is printed on paper turned sideways.
    """
    numeric = table.numeric()
    rows = [
        [
            (text_html(cell), "number" if number else "date" if _is_date(cell) else "")
            for cell, number in zip(cells, numeric, strict=True)
        ]
        for cells in (table.cells(row, notes) for row in table.rows)
    ]
    return _part(
        "table",
        titles=list(zip(map(clean, table.titles()), numeric, strict=True)),
        rows=rows,
        wide=is_wide(table, wide_from),
        empty=EMPTY[table.lang],
    )


def sources_html(notes: Footnotes, lang: str) -> Markup:
    """Return the numbered sources under their heading, nothing where there are none."""
    listed = [
        (number, clean(source.text(lang, with_url=not link(source.url))), link(source.url))
        for number, source in notes.references()
    ]
    return _part("sources", heading=SOURCES_TITLE[lang], sources=listed)


@lru_cache(maxsize=1 << 16)
def text_html(text: str) -> Markup:
    """Return one cell's text, escaped: marks and a cell that is an address become links."""
    if address := link(text):
        return Markup('<a href="{0}" rel="noopener noreferrer">{0}</a>').format(address)
    found, at = [], 0
    for mark in _MARK.finditer(text):
        found += [_isolated(text[at : mark.start()]), _anchor(mark[1])]
        at = mark.end()
    return Markup("").join([*found, _isolated(text[at:])])


def document(
    title: str,
    lang: str,
    parts: Iterable[Markup],
    facts: Sequence[Fact] = (),
    *,
    wide: bool = False,
    about: str = "",
) -> str:
    """Return a whole document.

    Args:
        title: its heading.
        lang: `en` or `es`.
        parts: HTML, safe as it is.
        facts: names and values for its foot: question, parameters, day, audience.
        wide: print all of it on paper turned sideways; without, only the tables that need it.
        about: the heading of the foot, where it is not about an answer.
    """
    style = static(FOLDER / "document.css")
    return str(
        _templates()
        .get_template("document.html")
        .render(
            title=clean(title),
            lang=lang,
            parts=list(parts),
            about=about or ABOUT_TITLE[lang],
            facts=[(clean(name), _lines(value)) for name, value in facts],
            wide=wide,
            style=style,
            policy=policy(style),
        )
    )


def is_wide(table: Table, wide_from: int = WIDE) -> bool:
    """Return whether a table is printed on paper turned sideways."""
    return len(table.keys) >= wide_from


def _is_date(text: str) -> bool:
    return text[:4].isdigit() and _DATE.fullmatch(text) is not None


@lru_cache(maxsize=1 << 16)
def _anchor(number: str) -> Markup:
    return Markup('<a href="#s{0}">[{0}]</a>').format(number)


def _isolated(text: str) -> Markup:
    """Return a text apart from its surroundings, so that none of it turns what follows around."""
    lines = _lines(text)
    # Not by Markup.format, which takes longer than all else that is done with a text.
    return Markup("<bdi>") + escape(lines) + Markup("</bdi>") if lines else escape("")


def _lines(text: str) -> str:
    return "\n".join(clean(line) for line in text.split("\n"))


def _part(name: str, **values: Any) -> Markup:
    macro = getattr(_templates().get_template("parts.html").module, name)
    return Markup(macro(**values))  # noqa: S704 (a template that escapes)


@cache
def _templates() -> Any:
    return environment(FOLDER)
