"""Every error that a user can meet, in one tree.

    VinculosError            what happened, and what to type next
    ├── InputError           problems in the input                        exit 1
    │   └── InvalidRows      rows that a load refuses, each with its place
    ├── UsageError           the command or its words are wrong           exit 2
    │   ├── NotFound         an id, name or query that is not there
    │   ├── WriteRefused     a statement that may not run read-only
    │   └── StatementError   Cypher that the engine could not run
    └── EngineError          the database does not answer as it should    exit 3
        ├── EngineUnavailable  not reachable, not startable, wrong password
        └── LockHeld         another load is under way and does not end

Anything that is not a `VinculosError` is a bug and keeps its traceback.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vinculos.loaders.files import Problem


class VinculosError(Exception):
    """An error with a way out: one sentence for what happened, one for what to do."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        """Take `message` (what happened) and `hint` (what to type or change next)."""
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class InputError(VinculosError):
    """The input cannot be used as it is."""

    exit_code = 1


class InvalidRows(InputError):
    """Rows that cannot be loaded; `problems` names each with file, line and column."""

    def __init__(
        self,
        problems: Sequence[Problem],
        message: str,
        hint: str = "",
        *,
        notes: Sequence[str] = (),
        count: int = 0,
    ) -> None:
        """Take the problems to tell, in the order of files and lines, notes, and how many there are.

        `count` is that of all problems where more were found than `problems` tells.
        """  # noqa: E501
        super().__init__(message, hint)
        self.count = count or len(problems)
        self.problems = list(problems)
        self.notes = list(notes)


class UsageError(VinculosError):
    """The command, an option or a parameter is wrong."""

    exit_code = 2


class NotFound(UsageError):
    """An id, a name, a query or a file that does not exist."""


class WriteRefused(UsageError):
    """A statement that would write, or read outside the graph, where only reading is allowed."""


class StatementError(UsageError):
    """A Cypher statement that the engine could not run; the message is the engine's own cause."""


class EngineError(VinculosError):
    """The database failed or does not answer."""

    exit_code = 3


class EngineUnavailable(EngineError):
    """The database cannot be reached or started, or refuses the user."""


class LockHeld(EngineError):
    """Another load holds the graph and did not end in time."""
