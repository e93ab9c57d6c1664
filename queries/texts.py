"""Texts that people write, questions and reports alike: files in UTF-8, with YAML at their top."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from vinculos.errors import NotFound, UsageError


def read_text(path: Path, what: str) -> str:
    """Return the text of a file.

    Args:
        path: the file.
        what: what kind of file it should be, for messages.

    Raises:
        NotFound: there is no such file.
        UsageError: it is not UTF-8 text, or cannot be read.
    """
    try:
        return path.read_text("utf-8-sig")
    except (FileNotFoundError, IsADirectoryError):
        raise NotFound(f"There is no {what} file {path}.", "Check the path.") from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text.", "Save it as UTF-8.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None


def read_yaml(text: str, what: str, first: int) -> Any:
    """Return what a text in YAML says.

    Args:
        text: the YAML.
        what: what it is, for messages.
        first: the number of its first line in the file.

    Raises:
        UsageError: it is not YAML; the message names the line where that is known.
    """
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {first + mark.line}" if mark else ""
        raise UsageError(
            f"{what} is not YAML{line}: {getattr(error, 'problem', error)}.",
            "Quote texts that hold a colon or a brace.",
        ) from None
