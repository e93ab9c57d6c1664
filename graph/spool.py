"""A private database on disk for what one command holds for a while: rows, ids, claims.

It keeps memory bounded whatever the size of the input. The file has no name from the moment that
it is made (Linux, macOS) or is deleted when closed (Windows), so that even a killed command
leaves nothing, and only the user can read it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from vinculos.errors import EngineError
from vinculos.language import cause
from vinculos.language import gettext as _

CACHE_KIB = 32_768
"""Memory that the database may take before it goes to the disk."""
PAGE_BYTES = 16_384
"""Claims take some kilobytes each, of which SQLite's usual page of 4 holds one or none."""
HELD = 100
"""Rows that are held before they go to the database: one statement for many is much faster."""


class Spool:
    """A temporary SQLite database; close it, or use it as a context manager."""

    def __init__(self, folder: Path | None = None) -> None:
        """Open an empty one.

        Args:
            folder: where its file lies, made if missing; the system's temporary folder where None.

        Raises:
            EngineError: the folder cannot be made.
        """
        self.folder = folder
        # '' asks SQLite for a temporary file of mode 600, removed as soon as it is open.
        self._connection = sqlite3.connect("", isolation_level=None)
        if folder is not None:
            try:
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                raise EngineError(
                    _("{folder} cannot be made: {reason}.").format(
                        folder=folder, reason=cause(error)
                    ),
                    _("Give another folder with VINCULOS_HOME or --home."),
                ) from error
            quoted = str(folder).replace("'", "''")
            self.run(f"PRAGMA temp_store_directory = '{quoted}'")
        self.run(f"PRAGMA page_size = {PAGE_BYTES}")
        self.run(f"PRAGMA cache_size = -{CACHE_KIB}")
        self.run("PRAGMA journal_mode = OFF")
        self.run("PRAGMA synchronous = OFF")
        self.run("BEGIN")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def make(self, tables: str) -> None:
        """Make tables and indexes, given as SQL statements separated by `;`."""
        for statement in tables.split(";"):
            self.run(statement)

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run one statement; return how many rows it changed."""
        with _TRANSLATED:
            return self._connection.execute(sql, parameters).rowcount

    def run_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one statement for each row."""
        with _TRANSLATED:
            self._connection.executemany(sql, rows)

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of a query, each a tuple, as they come."""
        with _TRANSLATED:
            yield from self._connection.execute(sql, parameters)

    def row(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """Return the first row of a query, None where there is none."""
        with _TRANSLATED:
            return self._connection.execute(sql, parameters).fetchone()

    def number(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Return the one number that a query gives."""
        return int(self.row(sql, parameters)[0])


class Held:
    """Rows on their way into a table, some at a time; flush them before the table is read."""

    def __init__(self, spool: Spool, table: str, width: int) -> None:
        """Take a table (its columns in brackets where not all) and how many cells a row has."""
        self._spool = spool
        self._sql = f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * width)})"  # noqa: S608
        self._rows: list[Sequence[Any]] = []

    def add(self, *row: Any) -> None:
        """Put one row in."""
        self._rows.append(row)
        if len(self._rows) >= HELD:
            self.flush()

    def flush(self) -> None:
        """Bring what is held to the database."""
        if self._rows:
            self._spool.run_many(self._sql, self._rows)
            self._rows.clear()


class _Translated:
    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Say plainly that the disk is full; anything else is a bug."""
        if isinstance(error, sqlite3.OperationalError) and (
            "full" in str(error) or "I/O" in str(error) or "unable to open" in str(error)
        ):
            raise EngineError(
                _("The temporary data of this command cannot be written: {reason}.").format(
                    reason=error
                ),
                _("Make room on the disk that holds VINCULOS_HOME, then run it again."),
            ) from error


_TRANSLATED = _Translated()
