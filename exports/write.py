"""Exports by their names: what each holds and how it is written, whole or not at all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import TextIOBase
from pathlib import Path
from typing import BinaryIO, NamedTuple

from vinculos.errors import UsageError
from vinculos.exports.admin_import import write_admin_import
from vinculos.exports.carried import left_behind
from vinculos.exports.case_folder import CaseFolders, write_case_folders
from vinculos.exports.contents import PROVENANCE, THINGS, Contents
from vinculos.exports.ftm import write_ftm
from vinculos.exports.load_commands import commands, write_commands
from vinculos.exports.text import write_cypher, write_json
from vinculos.exports.xml import write_gexf, write_graphml
from vinculos.formats.replace import replacing, unwritable_folder
from vinculos.formats.seal import check
from vinculos.graph.redact import Withheld
from vinculos.graph.store import Store
from vinculos.language import gettext as _

PIECE = 1 << 20
"""Characters that are looked at together before they are written."""


class Format(NamedTuple):
    """A form of export: its writer, and the labels of the nodes that it holds."""

    write: Callable[[Contents, TextIOBase, str], None]
    labels: tuple[str, ...]


FORMATS: Mapping[str, Format] = {
    "graphml": Format(write_graphml, THINGS),
    "gexf": Format(write_gexf, THINGS),
    "json": Format(write_json, (*THINGS, *reversed(PROVENANCE))),
    "cypher": Format(write_cypher, (*THINGS, *reversed(PROVENANCE))),
    "followthemoney": Format(write_ftm, (*THINGS, *reversed(PROVENANCE))),
}
FOLDER = "neo4j-admin"
"""The format that is a folder of files."""


class Sealed(TextIOBase):
    """Text on its way to a file, looked through for what is withheld, piece by piece."""

    def __init__(self, out: BinaryIO, withheld: Withheld, name: str) -> None:
        """Write to `out`, called `name`, nothing of `withheld`."""
        self._out, self._withheld, self._name = out, withheld, name
        self._held: list[str] = []
        self._length = 0

    def write(self, text: str) -> int:
        """Take a piece of text; lines stay together.

        Raises:
            VinculosError: something withheld is in it.
        """
        self._held.append(text)
        self._length += len(text)
        if self._length >= PIECE and text.endswith("\n"):
            self.pass_on()
        return len(text)

    def pass_on(self) -> None:
        """Write what is held.

        Raises:
            VinculosError: something withheld is in it.
        """
        data = "".join(self._held).encode("utf-8", "replace")
        self._held.clear()
        self._length = 0
        check(data, self._withheld, self._name)
        self._out.write(data)


def export(store: Store, name: str, path: Path, withheld: Withheld, lang: str) -> Contents:
    """Write the graph to `path` in the format `name`; return what was counted and hidden.

    Raises:
        UsageError: the file cannot be written.
        EngineError: the graph cannot be read.
        VinculosError: something withheld would be in it; nothing is left.
    """
    if name == FOLDER:
        return _export_folder(store, path, withheld)
    form = FORMATS[name]
    contents = Contents(store, withheld, form.labels)
    with replacing(path) as out:
        sealed = Sealed(out, withheld, path.name)
        form.write(contents, sealed, lang)
        sealed.pass_on()
    return contents


def export_case_folders(store: Store, path: Path, withheld: Withheld) -> CaseFolders:
    """Write the claims to `path` as case folders that load again; return what was counted.

    Raises:
        UsageError: the folder is there already, or cannot be written.
        EngineError: the graph cannot be read.
        VinculosError: something withheld would be in it; nothing is left.
    """
    with _new_folder(path, withheld) as folder:
        made = write_case_folders(store, withheld, folder)
        lines = commands(
            made.folders,
            made.needs,
            stubs=made.stubs,
            decisions=bool(made.decisions),
            pairs=bool(made.pairs),
        )
        notes = {lang: left_behind(made, lang) for lang in ("en", "es")}
        write_commands(lines, notes, withheld.audience.title, folder)
    return made


def _export_folder(store: Store, path: Path, withheld: Withheld) -> Contents:
    contents = Contents(store, withheld, FORMATS["json"].labels)
    with _new_folder(path, withheld) as folder:
        write_admin_import(contents, folder)
    return contents


@contextmanager
def _new_folder(path: Path, withheld: Withheld) -> Iterator[Path]:
    """Give a folder that becomes `path` when the block ends well and nothing withheld is in it."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise UsageError(
            _("{path} is there already.").format(path=path),
            _("Name a folder that is new or empty."),
        )
    try:
        with tempfile.TemporaryDirectory(
            prefix=f".{path.name}.", dir=path.resolve().parent
        ) as name:
            made = Path(name) / path.name
            made.mkdir()
            yield made
            for file in sorted(made.rglob("*.*")):
                _check_file(file, withheld)
            if path.exists():
                path.rmdir()
            made.rename(path)
    except OSError as error:
        raise unwritable_folder(path, error) from None


def _check_file(file: Path, withheld: Withheld) -> None:
    with file.open("rb") as opened:
        while lines := opened.readlines(PIECE):
            check(b"".join(lines), withheld, file.name)
