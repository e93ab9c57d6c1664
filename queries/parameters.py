"""The values of a query's parameters: from the words of the command line to typed values."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from vinculos.errors import UsageError
from vinculos.language import gettext as _
from vinculos.language import spoken
from vinculos.queries.checks import suggest
from vinculos.queries.library import TYPES, Parameter, Query

YES = ("true", "yes", "sí", "si", "1")
NO = ("false", "no", "0")


def parse_given(options: Iterable[str]) -> dict[str, str]:
    """Return `name: text` from words written `name=text`; a repeated name makes a list.

    Raises:
        UsageError: a word has no `=`.
    """
    given: dict[str, str] = {}
    for option in options:
        name, equals, text = option.partition("=")
        if not equals or not name.strip():
            raise UsageError(
                _("{option!r} is no parameter.").format(option=option),
                _("Write it like -p name=value."),
            )
        name = name.strip()
        given[name] = f"{given[name]};{text}" if name in given else text
    return given


def bind(
    query: Query,
    given: Mapping[str, str],
    *,
    today: datetime.date,
    resolve: Callable[[str], str] | None = None,
) -> dict[str, Any]:
    """Return the typed values of all parameters of `query`.

    Args:
        query: the question.
        given: texts by name; where the query has no header, `name:type` says the type (text).
        today: the day that `today` stands for.
        resolve: turns what was typed for an `id` into the whole id `space:key`.

    Raises:
        UsageError: a parameter is unknown, missing or ill-typed; the message says what there is.
    """
    parameters, texts = _declared(query, given)
    for name in texts:
        if name not in parameters:
            raise UsageError(
                _("{query} has no parameter {name!r}.").format(query=query.name, name=name),
                suggest(name, parameters) or _("It takes none."),
            )
    missing = [p for p in parameters.values() if p.required and p.name not in texts]
    if missing:
        raise UsageError(
            _("{query} needs {parameters}.").format(query=query.name, parameters=listed(missing)),
            _see(query),
        )
    return {
        name: _typed(parameter, texts.get(name), today, resolve)
        for name, parameter in parameters.items()
    }


def listed(parameters: Iterable[Parameter]) -> str:
    """Return parameters as one types them, each with its type and title in the language spoken."""
    return "; ".join(
        f"-p {p.name}=… ({p.type}: {p.title.get(spoken()) or p.name})" for p in parameters
    )


def _see(query: Query) -> str:
    return _("See vinculos queries {name}").format(name=query.name) if query.declared else ""


def _declared(
    query: Query, given: Mapping[str, str]
) -> tuple[Mapping[str, Parameter], Mapping[str, str]]:
    """Return the parameters with the given texts, types taken from `name:type` where allowed."""
    if query.declared:
        return query.parameters, given
    parameters, texts = dict(query.parameters), {}
    for written, text in given.items():
        name, colon, kind = written.partition(":")
        if colon and kind not in TYPES:
            raise UsageError(
                _("{kind!r} is no type of parameter.").format(kind=kind),
                _("Choose one of {words}.").format(words=", ".join(TYPES)),
            )
        if name in parameters:
            parameters[name] = Parameter(name, kind or "text")
        texts[name] = text
    return parameters, texts


def _typed(
    parameter: Parameter,
    text: str | None,
    today: datetime.date,
    resolve: Callable[[str], str] | None,
) -> Any:
    if text is None:
        if parameter.default is None or isinstance(parameter.default, (list, int)):
            return parameter.default
        text = str(parameter.default)
    if parameter.type == "id":
        return resolve(text.strip()) if resolve else text.strip()
    if parameter.type == "list":
        return [part.strip() for part in text.split(";") if part.strip()]
    if parameter.type == "text":
        return text
    typed = _simple(parameter.type, text.strip(), today)
    if typed is None:
        raise UsageError(
            _("Parameter {name} is {text!r}, which is no {type}.").format(
                name=parameter.name, text=text, type=parameter.type
            ),
            _expected(parameter.type),
        )
    return typed


def _expected(kind: str) -> str:
    return {
        "integer": _("Give a whole number."),
        "date": _("Give a day like 2026-02-28, or today."),
        "flag": _("Give yes or no."),
    }[kind]


def _simple(kind: str, text: str, today: datetime.date) -> int | bool | datetime.date | None:
    """Return `text` as a whole number, a day or a flag, or None where it is none."""
    if kind == "flag":
        word = text.casefold()
        return True if word in YES else False if word in NO else None
    try:
        if kind == "integer":
            return int(text)
        return parse_day(text, today)
    except ValueError:
        return None


def parse_day(text: str, today: datetime.date) -> datetime.date:
    """Return the day that is written `2026-02-28`, or `today`.

    Raises:
        ValueError: it is none.
    """
    return today if text == "today" else datetime.date.fromisoformat(text)
