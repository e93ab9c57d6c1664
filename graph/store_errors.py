"""The driver's errors, said in one sentence with a way out."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from neo4j.exceptions import (
    AuthError,
    ClientError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from vinculos.errors import (
    EngineError,
    EngineUnavailable,
    StatementError,
    VinculosError,
    WriteRefused,
)
from vinculos.graph import read_only
from vinculos.language import gettext as _

Engine = Literal["embedded", "neo4j"]
FORBIDDEN_CODES = (
    "Neo.ClientError.Security.Forbidden",
    "Neo.ClientError.Statement.AccessMode",
)


@contextmanager
def translated(engine: Engine, *, write: bool = False) -> Iterator[None]:
    """Turn the driver's errors within the block into our own; `write`: it was allowed to write.

    Raises:
        EngineUnavailable, StatementError, WriteRefused, EngineError: see `errors.py`.
    """
    try:
        yield
    except (Neo4jError, DriverError) as error:
        raise translate(engine, error, write) from error


def translate(engine: Engine, error: Neo4jError | DriverError, write: bool) -> VinculosError:
    """Return our error for one of the driver's."""
    if isinstance(error, DriverError):
        return unreachable(engine, error)
    words, code = first_line(error.message), error.code or ""
    if isinstance(error, AuthError):
        return EngineUnavailable(
            _("The database refuses the user name or the password."),
            _("Check NEO4J_USERNAME and NEO4J_PASSWORD."),
        )
    if code in FORBIDDEN_CODES:
        return not_allowed(engine, words) if write else read_only.refused()
    if code == "Neo.ClientError.Database.DatabaseNotFound":
        return EngineUnavailable(
            _("The server has no database of that name: {reason}.").format(reason=words),
            _("Check NEO4J_DATABASE, or leave it out."),
        )
    # The embedded engine says `UnknownError` of any statement whose failure it has no code for.
    unknown = engine == "embedded" and code == "Neo.DatabaseError.General.UnknownError"
    if unknown or isinstance(error, ClientError):
        return StatementError(
            _("The engine cannot run the statement: {reason}.").format(reason=words),
            _("Correct it and run it again."),
        )
    return EngineError(
        _("The database failed: {reason} ({code}).").format(reason=words, code=code),
        _("Try again; if it stays so, run `vinculos doctor`."),
    )


def not_allowed(engine: Engine, words: str) -> WriteRefused:
    """Return the error for what a user has no right to do though writing was asked for."""
    if engine == "embedded":
        return WriteRefused(
            _("The embedded engine allows no one to do that: {reason}.").format(reason=words),
            _("To load files use `vinculos load`; users and settings are for a Neo4j server."),
        )
    return WriteRefused(
        _("The database does not allow this user to do that: {reason}.").format(reason=words),
        _("Ask its administrator for the right, or set NEO4J_USERNAME to another user."),
    )


def unreachable(engine: Engine, error: DriverError) -> EngineError:
    """Return the error for a server that does not answer, with the reason at the bottom of it."""
    cause = bottom(error)
    words = first_line(str(cause))
    if isinstance(cause, ssl.SSLError):
        return EngineUnavailable(
            _("The encrypted connection to the database failed: {reason}.").format(reason=words),
            _(
                "Check NEO4J_URI: +s wants a certificate that this computer trusts, +ssc takes "
                "any; a server that encrypts nothing is reached without either."
            ),
        )
    if not isinstance(error, ServiceUnavailable | SessionExpired | ConfigurationError):
        return EngineError(
            _("The database driver failed: {reason}.").format(reason=words), _("Try again.")
        )
    if engine == "embedded":
        return EngineUnavailable(
            _("The embedded engine does not answer: {reason}.").format(reason=words),
            _("Try again; if it stays so, run `vinculos db stop` first."),
        )
    return EngineUnavailable(
        _("The database does not answer: {reason}.").format(reason=words),
        _(
            "Check NEO4J_URI and that the server runs, or leave NEO4J_URI out to use the embedded "
            "engine."
        ),
    )


def bottom(error: BaseException) -> BaseException:
    """Return the error behind `error`; where a cluster was asked, that of its first member."""
    if isinstance(error, BaseExceptionGroup):
        return bottom(error.exceptions[0])
    return error if error.__cause__ is None else bottom(error.__cause__)


def first_line(text: str | None) -> str:
    """Return the first line of `text`: what follows repeats the statement."""
    lines = (text or "").strip().splitlines() or [_("no reason given")]
    return lines[0].strip().rstrip(".")
