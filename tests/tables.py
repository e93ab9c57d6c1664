"""The table files of a folder, as a load finds them."""

from __future__ import annotations

from pathlib import Path

from vinculos.loaders import files
from vinculos.loaders.case_folder import TABLES


def find_files(folder: Path) -> tuple[list[Path], list[str]]:
    """Return the table files of a folder, and notes on what is left out."""
    return files.find_files(folder, TABLES)
