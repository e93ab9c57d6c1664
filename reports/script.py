"""Report scripts: one Markdown file of front matter, prose in one or both languages, and blocks.

    ---
    title: {en: Held on {{ as_of }}, es: …}
    parameters:
      as_of: {type: date, default: today, en: the day, es: el día}
    ---
    ::: en
    Who was held on **{{ as_of }}**.
    :::

    ```query list_held
    columns: [person, certainty, days_held]
    ```

What a block holds is read when it is run, so that one wrong block leaves the others whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt

from vinculos.errors import NotFound, UsageError
from vinculos.language import gettext as _
from vinculos.queries.checks import mapping, suggest
from vinculos.queries.library import Query, declared_query
from vinculos.queries.texts import read_text, read_yaml
from vinculos.reports import sandbox

FOLDER = Path(__file__).parent
SUFFIX = ".md"
KINDS = ("query", "cypher")
LANGUAGES = ("en", "es")

_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MARK = re.compile(r":::[ \t]*(\S*)[ \t]*")
_HEADER_KEYS = ("title", "description", "parameters")


@dataclass(frozen=True)
class Prose:
    """Markdown with gaps for parameters; `lang` is '' where it stands in every language."""

    line: int
    text: str
    lang: str = ""


@dataclass(frozen=True)
class Block:
    """A fenced block: a named question, or Cypher; `line` is that of its fence."""

    line: int
    kind: str
    name: str
    text: str
    lang: str = ""


@dataclass(frozen=True)
class Script:
    """A report script; `head` declares its title, description and parameters as a question does."""

    name: str
    text: str
    head: Query
    parts: tuple[Prose | Block, ...]
    path: Path | None = None


def script_files() -> dict[str, Path]:
    """Return the path of each report that comes with the program, by name."""
    return {path.stem: path for path in sorted(FOLDER.glob(f"*{SUFFIX}"))}


def get_script(name: str) -> Script:
    """Return the report called `name`, or that in the file `name`, where it ends in `.md`.

    Raises:
        NotFound: there is none; the hint names the nearest.
        UsageError: its front matter or prose is wrong.
    """
    if name.endswith(SUFFIX):
        return read_script(Path(name))
    files = script_files()
    path = files.get(name) or files.get(name.replace("_", "-"))
    if path is None:
        hint = " ".join(filter(None, (suggest(name, files), _("See them all: vinculos report"))))
        raise NotFound(_("There is no report {name!r}.").format(name=name), hint)
    return read_script(path)


def read_script(path: Path) -> Script:
    """Return the report in a file, named after it.

    Raises:
        NotFound: there is no such file.
        UsageError: it is not UTF-8 text, or its front matter or prose is wrong.
    """
    return parse_script(path.stem, read_text(path, _("There is no report file {path}.")), path)


def parse_script(name: str, text: str, path: Path | None = None) -> Script:
    """Return the report that `text` writes.

    Raises:
        UsageError: there is no front matter, it has unknown words, a section or a block does not
            end, or prose asks for more than parameters; the message names the line.
    """
    where = str(path or name)
    text = text.replace("\r\n", "\n")
    front = _FRONT.match(text)
    if front is None:
        raise UsageError(
            _("{where} does not begin with front matter.").format(where=where),
            _("Begin with a line ---, then title: …, then a line ---."),
        )
    header = read_yaml(front[1], _("The front matter of {where}").format(where=where), 2)
    what = _("the front matter of {where}").format(where=where)
    declared: dict[str, Any] = mapping(header, _HEADER_KEYS, what)
    head = declared_query(name, declared, "RETURN 1 AS one", path, where)
    parts = tuple(_parts(text[front.end() :], front[0].count("\n"), where))
    known = list(head.parameters)
    for lang in LANGUAGES:
        sandbox.check(head.title.get(lang), known, where, 1)
    for part in parts:
        if isinstance(part, Prose):
            sandbox.check(part.text, known, where, part.line)
    return Script(name, text, head, parts, path)


def _parts(body: str, before: int, where: str) -> Iterator[Prose | Block]:
    """Yield prose and blocks in order; `before` is the number of lines above `body`."""
    lines = body.split("\n")
    fences = {}
    for token in MarkdownIt("commonmark").parse(body):
        if token.type != "fence" or not token.map:
            continue
        start, end = token.map
        line = before + start + 1
        if token.info.split()[:1] and token.info.split()[0] in KINDS:
            if token.level:
                raise UsageError(
                    _("{where}, line {line}: a block stands inside a list or a quotation.").format(
                        where=where, line=line
                    ),
                    _("Begin it at the margin."),
                )
            if not lines[end - 1].strip().startswith(token.markup) or end - start < 2:
                raise UsageError(
                    _("{where}, line {line}: the block does not end.").format(
                        where=where, line=line
                    ),
                    _("End it: {mark}").format(mark=token.markup),
                )
        fences[start] = (end, token)
    lang, prose, first, at = "", list[str](), 0, 0
    for at, mark in _steps(lines, fences):
        block = fences[at][1] if at in fences else None
        words = block.info.split() if block else []
        is_block = bool(words) and words[0] in KINDS
        if not is_block and mark is None:
            first = at if not prose else first
            prose += lines[at : fences[at][0]] if at in fences else [lines[at]]
            continue
        if any(line.strip() for line in prose):
            yield Prose(before + first + 1, "\n".join(prose), lang)
        prose = []
        line = before + at + 1
        if mark is not None:
            lang = _section(mark, lang, _("{where}, line {line}").format(where=where, line=line))
        elif block is not None:
            yield Block(line, words[0], " ".join(words[1:]), block.content, lang)
    if lang:
        raise UsageError(
            _("{where}: the section ::: {lang} does not end.").format(where=where, lang=lang),
            _("End it: {mark}").format(mark=":::"),
        )
    if any(line.strip() for line in prose):
        yield Prose(before + first + 1, "\n".join(prose), lang)


def _steps(lines: list[str], fences: dict[int, Any]) -> Iterator[tuple[int, str | None]]:
    """Yield the number of each line outside fences, or where one begins, with its section mark."""
    at = 0
    while at < len(lines):
        mark = _MARK.fullmatch(lines[at]) if at not in fences else None
        yield at, mark[1] if mark else None
        at = fences[at][0] if at in fences else at + 1


def _section(mark: str, lang: str, where: str) -> str:
    """Return the language of the section that `mark` opens, '' where it closes one."""
    if mark and lang:
        raise UsageError(
            _("{where}: a section ::: {lang} begins inside ::: {outer}.").format(
                where=where, lang=mark, outer=lang
            ),
            _("End the first: :::"),
        )
    if mark and mark not in LANGUAGES:
        raise UsageError(
            _("{where}: there is no language {name!r} here.").format(where=where, name=mark),
            _("Write ::: es or ::: en"),
        )
    if not mark and not lang:
        raise UsageError(
            _("{where}: ::: ends a section, and none is open.").format(where=where),
            _("Begin one: ::: es or ::: en"),
        )
    return mark
