"""Gaps in the prose of a report: `{{ parameter }}` and `{% if parameter %}`, and nothing else.

What a template may say is checked on its syntax tree before anything runs: no attribute, no call,
no filter, no loop. It then runs in jinja2's sandbox, with no globals to reach for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from vinculos.errors import UsageError
from vinculos.formats.safe import clean
from vinculos.graph.words import YES_NO_UNKNOWN
from vinculos.language import gettext as _
from vinculos.queries.checks import suggest

ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
)
_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")


def markdown_escaped(text: str) -> str:
    """Return `text` such that Markdown shows it letter by letter: each sign gets a backslash."""
    return _MARKDOWN.sub(r"\\\1", text)


def check(text: str, names: Iterable[str], where: str, line: int) -> None:
    """Check that `text` asks for parameters alone.

    Args:
        text: the template.
        names: the parameters there are.
        where: the file, for messages.
        line: the line of the file in which `text` begins.

    Raises:
        UsageError: it asks for something else; the message names the line.
    """
    known = list(names)
    try:
        tree = _environment().parse(text)
    except TemplateSyntaxError as error:
        raise UsageError(
            _("{where}, line {line}: {problem}").format(
                where=where, line=line + error.lineno - 1, problem=error.message
            ),
            _("Write a parameter like {gap}.").format(gap="{{ name }}"),
        ) from None
    for node in tree.find_all(nodes.Node):
        at = line + (node.lineno or 1) - 1
        if not isinstance(node, ALLOWED):
            raise UsageError(
                _(
                    "{where}, line {line}: prose can name parameters, and ask for them with if, "
                    "nothing else."
                ).format(where=where, line=at),
                _("Write {gap} or {condition}; ask the graph in a block.").format(
                    gap="{{ name }}", condition="{% if name %}…{% endif %}"
                ),
            )
        if isinstance(node, nodes.Name) and node.name not in known:
            raise UsageError(
                _("{where}, line {line}: there is no parameter {name!r}.").format(
                    where=where, line=at, name=node.name
                ),
                suggest(node.name, known) or _("The front matter declares none."),
            )


def fill(
    text: str,
    values: Mapping[str, Any],
    lang: str,
    escape: Callable[[str], str] = markdown_escaped,
) -> str:
    """Return `text`, which `check` has passed, with its gaps filled.

    Args:
        text: the template.
        values: of all parameters: texts, numbers, flags, lists of texts, None.
        lang: `en` or `es`.
        escape: what is done to each value, Markdown's signs escaped where nothing is said.

    Raises:
        UsageError: two values are compared that cannot be.
    """

    def said(value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return YES_NO_UNKNOWN.label("yes" if value else "no", lang)
        listed = value if isinstance(value, list | tuple) else [value]
        return escape(clean("; ".join(str(part) for part in listed)))

    try:
        return _environment(said).from_string(text).render(values)
    except (TemplateError, TypeError) as error:
        raise UsageError(
            _("The prose cannot be filled in: {problem}.").format(problem=error)
        ) from None


def _environment(said: Callable[[Any], str] | None = None) -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        finalize=said,
        keep_trailing_newline=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for offered in (made.globals, made.filters, made.tests):
        offered.clear()
    return made
