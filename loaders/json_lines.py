"""JSON lines: files with one record a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from vinculos.language import gettext as _
from vinculos.loaders.csv_file import hash_text, text_lines
from vinculos.loaders.json_file import Number, Record, nested, no_object
from vinculos.loaders.rows import MAX_ROW, Problem, RawRow, Source, TableFile


def open_jsonl(source: Source, encoding: str = "utf-8") -> TableFile:
    """Return the table of a file with one JSON record a line.

    Raises:
        InputError: the file cannot be read or is in another encoding.
    """
    sha256 = hash_text(source, encoding)
    return TableFile(source.name, source.stem, sha256, None, lambda: _lines(source, encoding))


def _lines(source: Source, encoding: str) -> Iterator[RawRow | Problem]:
    for found in record_lines(source, encoding):
        if isinstance(found, Problem):
            yield found
        else:
            line, text = found
            yield _line(text).row(source.name, line, "")


def record_lines(source: Source, encoding: str) -> Iterator[tuple[int, str] | Problem]:
    """Yield number and text of each line that is not blank; one that is too long is the last."""
    for line, text in enumerate(text_lines(source, encoding), start=1):
        if len(text) > MAX_ROW:
            said = _("the line is longer than {most:,} characters; nothing after it was read")
            message = said.format(most=MAX_ROW)
            yield Problem(source.name, line, "", "", message, whole=True)
            return
        if text.strip():
            yield line, text


def parse_line(text: str, of_pairs: Callable[[list[tuple[str, Any]]], Any]) -> Any:
    """Return what a line of JSON holds, numbers as they are written.

    Args:
        text: the line.
        of_pairs: makes an object of its names and values, in order, a name as often as it stands.

    Raises:
        ValueError: it is no JSON; the message says why.
    """
    try:
        return json.loads(
            text,
            object_pairs_hook=of_pairs,
            parse_int=Number,
            parse_float=Number,
            parse_constant=Number,
        )
    except json.JSONDecodeError as error:
        raise ValueError(_reason(error)) from None
    except RecursionError:
        raise ValueError(_("it is nested too deeply")) from None


def _reason(error: json.JSONDecodeError) -> str:
    """Return why a line is no JSON, in the language spoken."""
    reasons = {
        "Expecting value": _("Expecting value"),
        "Expecting ',' delimiter": _("Expecting ',' delimiter"),
        "Expecting ':' delimiter": _("Expecting ':' delimiter"),
        "Expecting property name enclosed in double quotes": _(
            "Expecting property name enclosed in double quotes"
        ),
        "Unterminated string starting at": _("Unterminated string starting at"),
        "Invalid control character at": _("Invalid control character at"),
        "Illegal trailing comma before end of object": _(
            "Illegal trailing comma before end of object"
        ),
        "Extra data": _("Extra data"),
    }
    return _("{reason}: line {line} column {column} (char {character})").format(
        reason=reasons.get(error.msg, error.msg),
        line=error.lineno,
        column=error.colno,
        character=error.pos,
    )


def _line(text: str) -> Record:
    record = Record()
    try:
        pairs = parse_line(text, list)
    except ValueError as error:
        record.problems[""] = _("this line is no JSON record: {reason}").format(reason=error)
        return record
    if not text.lstrip().startswith("{"):
        record.problems[""] = no_object()
        return record
    for key, value in pairs:
        record.start(key)
        # An object within is a list of pairs here, which are tuples.
        if isinstance(value, list) and not any(isinstance(item, list | tuple) for item in value):
            record.items = []
            for item in value:
                record.put(item)
            record.end_list()
        elif isinstance(value, list):
            record.problems[key] = nested()
        else:
            record.put(value)
    return record
