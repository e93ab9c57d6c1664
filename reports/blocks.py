"""A block of a report: what is asked, how it is shown, and the answer as the reader may see it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import yaml

from vinculos.errors import UsageError
from vinculos.formats.cells import SOURCES
from vinculos.language import gettext as _
from vinculos.queries.answers import written
from vinculos.queries.checks import mapping, one_of, suggest
from vinculos.queries.library import (
    Column,
    Parameter,
    Query,
    Text,
    bilingual,
    declare_it,
    declared_query,
    used_parameters,
)
from vinculos.reports import sandbox
from vinculos.reports.script import Block

TABLE, BAR, TIMELINE, NETWORK = "table", "bar", "timeline", "network"
SHOWN = (TABLE, BAR, TIMELINE, NETWORK)
LIMITS: Mapping[str, int] = {TABLE: 10_000, BAR: 30, TIMELINE: 40, NETWORK: 60}
"""How many rows, bars or nodes are shown where a block does not say."""
_KEYS = ("title", "show", "columns", "label", "value", "started", "ended", "limit")
_HEADER = re.compile(r"\s*/\*(.*?)\*/", re.DOTALL)


@dataclass(frozen=True)
class Asked:
    """A block that was read: the question, the texts of its parameters, and how to show it.

    `columns` are those to show, all where it is empty; `label`, `value`, `started` and `ended` name
    the columns that a chart is made of.
    """

    query: Query
    given: Mapping[str, str]
    title: str
    show: str = TABLE
    columns: tuple[str, ...] = ()
    label: str = ""
    value: str = ""
    started: str = ""
    ended: str = ""
    limit: int = 0


def read_block(
    block: Block,
    find: Callable[[str], Query],
    parameters: Mapping[str, Parameter],
    values: Mapping[str, Any],
    lang: str,
    prose: Mapping[str, Any],
) -> Asked:
    """Return what a block asks.

    A parameter of the report reaches the question that has one of the same name; `with` gives
    others, where `$name` stands for a parameter of the report.

    Args:
        block: as the script has it.
        find: gives a saved question by its name.
        parameters: those of the report.
        values: of the report's parameters, typed.
        lang: `en` or `es`.
        prose: the values as prose says them, for the title.

    Raises:
        UsageError: the block is written wrong.
    """
    if block.kind == "cypher":
        query, options = _own(block, parameters)
        if block.name:
            raise UsageError(_("Cypher has no name."), _("Write the fence as ```cypher."))
        given = {name: values[name] for name in query.parameters}
    else:
        if len(block.name.split()) != 1:
            raise UsageError(_("The block names no question."), _("Write ```query find_hostages."))
        query = find(block.name)
        options = _options(block.text, block.line, (*_KEYS, "with"))
        given = {name: values[name] for name in query.parameters if name in values}
        given |= _given(options.get("with"), values)
    shown = one_of(
        options.get("show", NETWORK if query.returns == "graph" else TABLE),
        SHOWN,
        "show",
        _("the block"),
    )
    query, columns = _columns(query, options.get("columns"))
    template = _text(options.get("title"), query.title).get(lang)
    sandbox.check(template, parameters, _("the title of the block"), block.line)
    names = {key: str(options.get(key, "")) for key in ("label", "value", "started", "ended")}
    if shown in (BAR, TIMELINE) and not names["label"]:
        raise UsageError(
            _("A {kind} needs to know which column names its rows.").format(kind=shown),
            _("Write label: COLUMN."),
        )
    if shown == TIMELINE and not names["started"]:
        raise UsageError(_("A timeline needs a column of dates."), _("Write started: COLUMN."))
    return Asked(
        query,
        {name: written(value) for name, value in given.items() if value is not None},
        sandbox.fill(template, prose, lang, escape=str),
        shown,
        columns,
        **names,
        limit=_limit(options.get("limit", LIMITS[shown])),
    )


def shown_columns(asked: Asked, keys: tuple[str, ...]) -> list[str]:
    """Return the columns to show of an answer with these `keys`; its sources are always among them.

    Raises:
        UsageError: the block names a column that the answer has not.
    """
    for name in (*asked.columns, asked.label, asked.value, asked.started, asked.ended):
        if name and name not in keys:
            raise UsageError(
                _("The answer has no column {name!r}.").format(name=name), suggest(name, keys)
            )
    chosen = list(asked.columns or keys)
    cited = sources_of(asked, keys)
    return chosen + [cited] * bool(cited and cited not in chosen)


def sources_of(asked: Asked, keys: tuple[str, ...]) -> str:
    """Return the column of an answer that holds the sources of each row, '' where none does."""
    cited = [key for key in keys if _kind(asked.query, key) == SOURCES]
    return "sources" if "sources" in cited else next(iter(cited), "")


def _kind(query: Query, key: str) -> str:
    return query.columns[key].kind if key in query.columns else ""


def _options(text: str, line: int, keys: tuple[str, ...]) -> dict[str, Any]:
    try:
        said = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        wrong = _("The block is not YAML: {problem}.")
        if mark:
            wrong = _("The block is not YAML at line {line}: {problem}.")
        raise UsageError(
            wrong.format(
                line=mark and line + 1 + mark.line, problem=getattr(error, "problem", error)
            ),
            _("Write an option a line, like show: table."),
        ) from None
    return mapping(said, keys, _("the block"))


def _own(block: Block, parameters: Mapping[str, Parameter]) -> tuple[Query, dict[str, Any]]:
    """Return the question that a block of Cypher writes, and its options."""
    comment = _HEADER.match(block.text)
    options = _options(comment[1] if comment else "", block.line, _KEYS)
    text = block.text[comment.end() if comment else 0 :].strip()
    if not text:
        raise UsageError(_("The block holds no Cypher."), _("Write MATCH … RETURN … in it."))
    used = used_parameters(text)
    for name in used:
        if name not in parameters:
            raise UsageError(
                _("The block uses ${name}, which the front matter does not declare.").format(
                    name=name
                ),
                suggest(name, parameters) or declare_it(name),
            )
    returns = "graph" if options.get("show") == NETWORK else "table"
    declared = {name: replace(parameters[name], required=False, default=None) for name in used}
    name = f"line_{block.line}"
    query = Query(name, text, declared=True, returns=returns, parameters=declared)
    return query, options


def _given(said: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    given = {}
    for name, value in mapping(said, None, "with").items():
        if isinstance(value, str) and value.startswith("$"):
            if value[1:] not in values:
                raise UsageError(
                    _("with: there is no parameter {name!r} in the front matter.").format(
                        name=value[1:]
                    ),
                    suggest(value[1:], values),
                )
            value = values[value[1:]]
        given[name] = value
    return given


def _columns(query: Query, said: Any) -> tuple[Query, tuple[str, ...]]:
    """Return the question with the columns that the block declares, and those to show."""
    declared: dict[str, Column] = dict(query.columns)
    if not query.columns:
        declared["sources"] = Column("sources", Text("sources", "fuentes"), SOURCES)
    if isinstance(said, dict):
        # The same words as in the header of a saved question.
        declared |= declared_query("", {"columns": said}, "", None, _("the block")).columns
    elif said is not None and not isinstance(said, list):
        raise UsageError(_("columns is no list."), _("Write columns: [person, status]."))
    return replace(query, columns=declared), tuple(map(str, said or ()))


def _text(said: Any, default: Text) -> Text:
    if isinstance(said, dict):
        said = mapping(said, ("en", "es"), "title")
    return default if said is None else bilingual(said, "")


def _limit(said: Any) -> int:
    if not isinstance(said, int) or isinstance(said, bool) or said < 1:
        raise UsageError(
            _("limit is {value!r}.").format(value=said), _("Give a whole number above 0.")
        )
    return said
