"""Running a report: each block asked in turn, prose filled in, all as the reader may see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from vinculos.errors import EngineError, UsageError, VinculosError
from vinculos.graph import redact
from vinculos.graph.lookup import resolve_id
from vinculos.graph.plain import plain
from vinculos.graph.shapes import node_name
from vinculos.graph.store import Store
from vinculos.graph.withheld import Withheld
from vinculos.language import gettext as _
from vinculos.queries.answers import written
from vinculos.queries.ask import AS_OF, prepare
from vinculos.queries.gates import OPEN, Gates
from vinculos.queries.library import Query
from vinculos.queries.parameters import listed
from vinculos.reports import sandbox
from vinculos.reports.answer import Shown, answer_block
from vinculos.reports.blocks import Asked, read_block
from vinculos.reports.script import Block, Prose, Script
from vinculos.reports.words import say

_PARAGRAPHS = re.compile(r"(\n[ \t]*\n)")


@dataclass(frozen=True)
class Filled:
    """Prose with its parameters filled in: Markdown."""

    text: str


@dataclass(frozen=True)
class Failed:
    """A block that failed: the line of the script, what happened, what to change."""

    line: int
    message: str
    hint: str = ""


@dataclass(frozen=True)
class Report:
    """A report that was run: what a document is written from.

    `given` are the texts of its parameters, ids whole; `asked` says by line what each block asked
    with which parameters; `hidden` is what the audience is not shown, `gated` what gates hid.
    """

    script: Script
    title: str
    lang: str
    parts: tuple[Filled | Shown | Failed, ...]
    given: Mapping[str, str]
    asked: Mapping[int, Asked]
    gates: Gates = OPEN
    hidden: redact.Hidden = field(default_factory=redact.Hidden)

    @property
    def failures(self) -> list[Failed]:
        """The blocks that failed, in order."""
        return [part for part in self.parts if isinstance(part, Failed)]

    @property
    def shown(self) -> list[Shown]:
        """The blocks that did not."""
        return [part for part in self.parts if isinstance(part, Shown)]


def run_report(
    store: Store,
    script: Script,
    given: Mapping[str, str],
    *,
    withheld: Withheld,
    find: Callable[[str], Query],
    gates: Gates = OPEN,
    fixed: Mapping[int, Mapping[str, str]] | None = None,
) -> Report:
    """Return a report, run: a block that fails is a `Failed` among the others.

    Args:
        store: the graph, only read.
        script: the report.
        given: texts of its parameters, as typed.
        withheld: what the reader may not see, and the language.
        find: gives a saved question by its name.
        gates: what facts must pass; a report with a parameter `as_of` passes that day as a gate.
        fixed: by line of a block, the texts of its parameters, instead of what the script says.

    Raises:
        UsageError: a parameter is unknown, missing or ill-typed.
        EngineError: the engine failed.
    """
    lang = withheld.lang
    values = _bound(store, script, given, gates)
    if AS_OF in values:
        gates = replace(gates, as_of=values[AS_OF])
    prose = {name: _said(store, script, name, values, withheld) for name in values}
    hidden, counts = redact.Hidden(), dict[str, int]()
    parts: list[Filled | Shown | Failed] = []
    asked: dict[int, Asked] = {}
    for part in script.parts:
        if part.lang not in ("", lang):
            continue
        try:
            if isinstance(part, Prose):
                parts.append(Filled(_prose(part.text, prose, withheld)))
                continue
            read = read_block(part, find, script.head.parameters, values, lang, prose)
            read = replace(read, title=_seen(read.title, withheld))
            asked[part.line] = replace(read, given=(fixed or {}).get(part.line, read.given))
            answer = answer_block(store, asked[part.line], part.line, gates, withheld, hidden)
            counts[answer.word] = counts.get(answer.word, 0) + 1
            parts.append(answer.numbered(counts[answer.word]))
        except EngineError:
            raise
        except VinculosError as error:
            message, hint = (_seen(text, withheld) for text in (error.message, error.hint))
            parts.append(Failed(part.line, message, hint))
    title = sandbox.fill(script.head.title.get(lang), prose, lang, escape=str)
    texts = {name: written(value) for name, value in values.items() if value is not None}
    return Report(script, _seen(title, withheld), lang, tuple(parts), texts, asked, gates, hidden)


def questions(script: Script, find: Callable[[str], Query]) -> Iterator[Query]:
    """Yield each saved question that a script names, once; what is not there is left out."""
    names = {part.name for part in script.parts if isinstance(part, Block) and part.kind == "query"}
    for name in sorted(names):
        try:
            yield find(name)
        except UsageError:
            continue


def _bound(
    store: Store, script: Script, given: Mapping[str, str], gates: Gates
) -> Mapping[str, Any]:
    missing = [p for p in script.head.parameters.values() if p.required and p.name not in given]
    if missing:
        raise UsageError(
            _("The report {name} needs {parameters}.").format(
                name=script.name, parameters=listed(missing)
            ),
            _("See vinculos report"),
        )
    return prepare(store, script.head, given, gates).given


def _said(
    store: Store, script: Script, name: str, values: Mapping[str, Any], withheld: Withheld
) -> Any:
    """Return a parameter as prose says it: an id by the name of what it stands for."""
    value = values[name]
    if script.head.parameters[name].type == "id" and value:
        ref = resolve_id(store, value)
        row = store.read(f"MATCH (n:{ref.label} {{id: $id}}) RETURN n", {"id": ref.id}).rows[0]
        named = node_name(plain(row["n"])["properties"], withheld.lang)
        return _seen(named, withheld)
    if isinstance(value, list):
        return [_seen(str(part), withheld) for part in value]
    if isinstance(value, bool | int) or value is None:
        return value
    return _seen(written(value), withheld)


def _seen(text: str, withheld: Withheld) -> str:
    seen = redact.shown(text, withheld)
    return say("withheld", withheld.lang) if seen is None else seen


def _prose(text: str, values: Mapping[str, Any], withheld: Withheld) -> str:
    """Return prose filled in; a paragraph about a protected person gives way to a word."""
    pieces = _PARAGRAPHS.split(sandbox.fill(text, values, withheld.lang))
    return "".join(_seen(piece, withheld) if piece.strip() else piece for piece in pieces)
