"""The prose of a report: Markdown as CommonMark has it, without HTML and without pictures."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from vinculos.formats.cells import clean
from vinculos.formats.safe import link

_TAG = re.compile(r"<(?=[A-Za-z/!?])(?!https?://)")
_HIGHEST = 2
"""The highest heading of prose: the first is the title's."""


def tokens(text: str) -> list[Token]:
    """Return what markdown-it reads in `text`: only http links, and no heading above the second."""
    found = _parser().parse(clean(text))
    for token in found:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{max(int(token.tag[1:]), _HIGHEST)}"
        for child in token.children or ():
            if child.type == "link_open":
                child.attrs["rel"] = "noopener noreferrer"
    return found


def prose_html(text: str) -> Markup:
    """Return `text` as HTML; what looks like HTML in it is shown as text."""
    parser = _parser()
    html = parser.renderer.render(tokens(text), parser.options, {})
    return Markup('<div class="prose">\n{}</div>').format(Markup(html))  # noqa: S704 (escaped)


def prose_markdown(text: str) -> str:
    """Return `text` as Markdown in which nothing is read as HTML."""
    return _TAG.sub("&lt;", clean(text)).strip()


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).disable("image")
    parser.validateLink = lambda url: bool(link(url))  # type: ignore[method-assign]
    return parser
