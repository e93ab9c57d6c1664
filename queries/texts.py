"""Texts that people write, questions and reports alike: files in UTF-8, with YAML at their top."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml

try:
    # Reads the same in a tenth of the time, where PyYAML came with its part in C.
    from yaml import CSafeLoader as FastLoader
except ImportError:
    from yaml import SafeLoader as FastLoader  # type: ignore[assignment]

from vinculos.errors import NotFound, UsageError
from vinculos.language import cause
from vinculos.language import gettext as _


def read_text(path: Path, missing: str) -> str:
    """Return the text of a file.

    Args:
        path: the file.
        missing: what to say where there is no such file; its path goes in at `{path}`.

    Raises:
        NotFound: there is no such file.
        UsageError: it is not UTF-8 text, or cannot be read.
    """
    try:
        return path.read_text("utf-8-sig")
    except (FileNotFoundError, IsADirectoryError):
        raise NotFound(missing.format(path=path), _("Check the path.")) from None
    except UnicodeDecodeError:
        raise UsageError(
            _("{path} is not UTF-8 text.").format(path=path), _("Save it as UTF-8.")
        ) from None
    except OSError as error:
        raise UsageError(
            _("{path} cannot be read: {cause}.").format(path=path, cause=cause(error))
        ) from None


def read_yaml(text: str, what: str, first: int) -> Any:
    """Return what a text in YAML says.

    Args:
        text: the YAML.
        what: what it is, for messages.
        first: the number of its first line in the file.

    Raises:
        UsageError: it is not YAML; the message names the line where that is known.
    """
    with suppress(yaml.YAMLError):
        return yaml.load(text, FastLoader)
    # The slow one says better what is wrong.
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        said = _("{what} is not YAML: {problem}.")
        if mark:
            said = _("{what} is not YAML, line {line}: {problem}.")
        raise UsageError(
            said.format(
                what=what,
                line=mark and first + mark.line,
                problem=getattr(error, "problem", error),
            ),
            _("Quote texts that hold a colon or a brace."),
        ) from None
