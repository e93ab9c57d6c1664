"""Reading files of FollowTheMoney entities: all are noted, then each becomes rows of the tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinculos.errors import InputError
from vinculos.graph.spool import Spool
from vinculos.language import gettext as _
from vinculos.loaders.ftm import expansion_of
from vinculos.loaders.ftm_book import FtmBook
from vinculos.loaders.ftm_file import ENTITIES, entity
from vinculos.loaders.ftm_schema import TABLES
from vinculos.loaders.rows import Problem, ReadFile, TableFile

if TYPE_CHECKING:
    from vinculos.loaders.parse import Parsing


class FtmReading:
    """The entities of all files of a load, which may come in any order and refer to each other."""

    def __init__(self, parsing: Parsing, spool: Spool) -> None:
        """Take what they are read into, and where they may lie."""
        self._parsing, self._spool = parsing, spool
        self._book: FtmBook | None = None
        self._sheets: list[int] = []

    def read(self, file: TableFile) -> ReadFile:
        """Keep the entities of a file; what they become is known when all are read.

        Raises:
            InputError: they are to be of one table, or to go through a mapping.
        """
        if self._parsing.mapping is not None or self._parsing.table:
            raise InputError(
                _("{file} holds FollowTheMoney entities; which tables they fill is known.").format(
                    file=file.name
                ),
                _("Load it without --mapping and without --table."),
            )
        self._book = self._book or FtmBook(self._spool, self._parsing.dataset)
        sheet = self._parsing.rows.sheet(file.name, file.stem, ENTITIES)
        self._sheets.append(sheet)
        count = 0
        for raw in file.rows():
            if isinstance(raw, Problem):
                self._parsing.rows.problem(sheet, None, raw)
                continue
            count += 1
            place = f"{raw.file}:{raw.line}"
            if self._parsing.note_input(sheet, raw):
                self._book.note(entity(raw), place)
        return ReadFile(file.name, file.sha256, count)

    def expand(self) -> None:
        """Make rows of the tables from the entities, and count what of them has no place."""
        parsing = self._parsing
        if self._book is None or parsing.rows.whole_problem():
            return
        for sheet in self._sheets:
            for number, raw in parsing.rows.inputs(sheet):
                made = expansion_of(entity(raw), f"{raw.file}:{raw.line}", self._book)
                parsing.note_expansion(made, raw, sheet, number)
        # A file that replaces speaks of all tables, also of those that it has nothing for now.
        parsing.reading.tables += [t for t in TABLES if t not in parsing.reading.tables]
        parsing.reading.left_out.update(self._book.left_out)
