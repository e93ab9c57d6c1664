"""The tables of input files, whatever their format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from vinculos.loaders.csv_file import open_csv
from vinculos.loaders.rows import Problem, RawRow, Source, TableFile

__all__ = ["Problem", "RawRow", "TableFile", "open_tables"]


def open_tables(
    path: Path, *, encoding: str = "utf-8", format: str | None = None
) -> Iterator[TableFile]:
    """Yield the tables of a file.

    Args:
        path: the file.
        encoding: its encoding, where it is text.
        format: its format; told by the suffix where None.

    Raises:
        InputError: it cannot be read.
    """

    def opened() -> BinaryIO:
        return path.open("rb")

    yield open_csv(Source(path.name, path.stem, opened), encoding)
