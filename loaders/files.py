"""The tables of input files, whatever their format."""

from __future__ import annotations

import io
import os
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from vinculos.errors import InputError
from vinculos.graph.folding import fold
from vinculos.language import gettext as _
from vinculos.loaders.archive import opened_archive, unpacked
from vinculos.loaders.cells import suggest
from vinculos.loaders.csv_file import open_csv, unreadable
from vinculos.loaders.ftm_file import FTM, is_ftm, open_ftm, stem_of
from vinculos.loaders.rows import Problem, RawRow, Source, TableFile, label

__all__ = ["FORMATS", "Problem", "RawRow", "TableFile", "find_files", "open_tables"]

FORMATS = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".ods": "ods",
    ".zip": "zip",
}
"""Suffix to format; `format_of` knows those of two parts too."""
WORKBOOKS = ("xlsx", "ods")


def format_of(path: Path | PurePosixPath) -> str | None:
    """Return the format that a file's name tells, None where it tells none."""
    return FTM if is_ftm(path) else FORMATS.get(path.suffix.lower())


def find_files(
    path: Path, tables: Collection[str], sheets: Collection[str] = ()
) -> tuple[list[Path], list[str]]:
    """Return the table files at `path`, a case folder or one file, and notes on what is left out.

    Of a folder these are the files named after a table, and workbooks of any name.

    Args:
        path: the folder or file.
        tables: the names of the tables, in the order in which they are read.
        sheets: folded names that files may have beside those.

    Raises:
        InputError: there is none.
    """
    if path.is_file():
        return [path], []
    if path.exists() and not path.is_dir():
        raise InputError(
            _("{path} is no file.").format(path=path),
            _("Use - and --format to read standard input."),
        )
    if not path.is_dir():
        raise InputError(
            _("There is no folder or file {path}.").format(path=path), _("Check the spelling.")
        )
    found, notes = [], []
    for file in sorted(path.iterdir()):
        format = format_of(file)
        if not format or file.name.startswith((".", "~$")) or not file.is_file():
            continue
        if format in (*WORKBOOKS, FTM) or (
            format != "zip" and (file.stem in tables or fold(file.stem) in sheets)
        ):
            found.append(file)
        elif format in ("csv", "tsv", "jsonl", "zip"):
            hint = suggest(file.stem, list(tables))
            said = _("{file} is not one of the tables and was left out{hint}")
            notes.append(said.format(file=file.name, hint=hint))
    if not found:
        raise InputError(
            _("{path} holds none of the tables ({tables}), each a .csv file.").format(
                path=path, tables=", ".join(tables)
            ),
            _("`vinculos template DIR` writes empty ones."),
        )
    order = {name: place for place, name in enumerate(tables)}
    return sorted(found, key=lambda file: (order.get(file.stem, len(order)), file.name)), notes


def open_tables(
    path: Path,
    *,
    encoding: str = "utf-8",
    format: str | None = None,
    name: str = "",
    scratch: Path | None = None,
) -> Iterator[TableFile | str]:
    """Yield the tables of a file, each to be read before the next, and notes on what is left out.

    Args:
        path: the file.
        encoding: its encoding, where it is text.
        format: its format; told by the suffix where None.
        name: what it is called in messages; its own name where blank.
        scratch: folder for temporary files; the system's where None.

    Raises:
        InputError: it cannot be read.
    """
    chosen = format or format_of(path)
    if not chosen:
        raise InputError(
            _("{file} has no suffix that tells its format.").format(file=path.name),
            _("Say which with --format: {formats}.").format(
                formats=", ".join(sorted({*FORMATS.values(), FTM}))
            ),
        )

    def opened() -> BinaryIO:
        return path.open("rb")

    source = Source(label(name or path.name), label(stem_of(path)), opened)
    try:
        yield from _tables(source, chosen, encoding, scratch)
    except OSError as error:
        raise unreadable(source.name, error) from error


def _tables(
    source: Source, format: str, encoding: str, scratch: Path | None
) -> Iterator[TableFile | str]:
    # Only who reads workbooks waits for their library.
    if format in ("csv", "tsv"):
        yield open_csv(source, encoding, "\t" if format == "tsv" else "")
    elif format == "json":
        from vinculos.loaders.json_file import open_json

        found, notes = open_json(source, encoding)
        yield from notes
        yield from found
    elif format == "jsonl":
        from vinculos.loaders.json_lines import open_jsonl

        yield open_jsonl(source, encoding)
    elif format == FTM:
        yield open_ftm(source, encoding)
    elif format == "xlsx":
        from vinculos.loaders.xlsx_file import open_xlsx

        yield from open_xlsx(source)
    elif format == "ods":
        from vinculos.loaders.ods_file import open_ods

        yield from open_ods(source)
    else:
        yield from _members(source, encoding, scratch)


def _members(source: Source, encoding: str, scratch: Path | None) -> Iterator[TableFile | str]:
    """Yield the tables of the files in a ZIP, but of those that are a ZIP themselves."""
    with (
        source.open() as stream,
        opened_archive(stream, source.name, streamed=lambda member: True) as archive,
    ):
        for member in archive.namelist():
            path = PurePosixPath(member)
            format = format_of(path)
            if member.endswith("/") or "__MACOSX" in path.parts or path.name.startswith("."):
                continue
            name = f"{source.name}/{label(path.name)}"
            if format is None or format == "zip":
                yield _("{file} was left out").format(file=name)
                continue
            with unpacked(archive, member, name, scratch) as file:
                part = Source(name, label(stem_of(path)), partial(_view, file))
                yield from _tables(part, format, encoding, scratch)


class _View(io.RawIOBase):
    """A reader of an open file with a place of its own, which leaves the file open."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence == io.SEEK_CUR:
            offset += self._place
        elif whence == io.SEEK_END:
            offset = self._file.seek(offset, io.SEEK_END)
        self._place = offset
        return offset

    def readinto(self, buffer: Any) -> int:
        self._file.seek(self._place)
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._place += len(data)
        return len(data)


def _view(file: BinaryIO) -> BinaryIO:
    return io.BufferedReader(_View(file))


@contextmanager
def spooled_stdin(scratch: Path | None) -> Iterator[Path]:
    """Give a file with all of standard input, which can be read twice; it is deleted afterwards."""
    if scratch is not None:
        scratch.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=scratch)
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            while chunk := sys.stdin.buffer.read(1 << 20):
                file.write(chunk)
        yield path
    finally:
        path.unlink(missing_ok=True)
