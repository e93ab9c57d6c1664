"""Loading a case folder, or any of its files, into the graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vinculos.errors import InvalidRows, UsageError
from vinculos.graph.rederive import Progress
from vinculos.graph.store import Store
from vinculos.graph.stored import StoredNodes
from vinculos.graph.update import LOCAL, LoadedFile, LoadReport, apply_claims
from vinculos.loaders.cells import URL_SPACE
from vinculos.loaders.read import Reading, find_files, read_files

RESERVED = (URL_SPACE, LOCAL)


@dataclass
class Loading:
    """What a load read and did; `report` is None where it only checked."""

    dataset: str
    files: list[LoadedFile] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    claims: int = 0
    report: LoadReport | None = None


def dataset_name(path: Path) -> str:
    """Return the dataset that a path stands for: the folder's name, in plain characters."""
    folder = path.resolve() if path.is_dir() else path.resolve().parent
    return re.sub(r"[^\w.-]+", "-", folder.name).strip("-") or "data"


def load_folder(
    store: Store,
    path: Path,
    *,
    dataset: str | None = None,
    space: str | None = None,
    table: str | None = None,
    encoding: str = "utf-8",
    check: bool = False,
    replace: bool = False,
    progress: Progress | None = None,
    notify: Callable[[str], None] | None = None,
) -> Loading:
    """Load a case folder or one of its files; nothing is written unless every row is good.

    Args:
        store: an open store.
        path: the folder, or one file.
        dataset: the dataset's name; the folder's where None.
        space: the id space of keys without one; the dataset's name where None.
        table: the table that the one file holds.
        encoding: the files' encoding.
        check: only read and check.
        replace: take the files for all that the dataset says in their tables: rows that are not
            in them any more go from the graph unless something else supports them.
        progress: told how far the writing is.
        notify: told when another load has to be waited for.

    Raises:
        InvalidRows: rows that cannot be loaded, each with its place and reason.
        InputError: a file cannot be read at all.
        UsageError: the name of the dataset or the id space cannot be used.
    """
    name = dataset_name(path) if dataset is None else dataset
    for given in (name, name if space is None else space):
        if not re.fullmatch(r"[\w.-]+", given) or given in RESERVED:
            raise UsageError(
                f"{given!r} cannot name a dataset or an id space.",
                "Use letters, digits, - and _, and not "
                f"{' or '.join(RESERVED)}; choose with --dataset or --id-space.",
            )
    paths, notes = find_files(path)
    reading = read_files(
        paths,
        name,
        space=space,
        table=table,
        encoding=encoding,
        existing=StoredNodes(store),
    )
    files = [LoadedFile(file.name, file.sha256, len(file.rows)) for file in reading.files]
    loading = Loading(name, files, notes + reading.notes, len(reading.claims))
    if reading.problems:
        raise InvalidRows(reading.problems, *_refusal(reading), notes=loading.notes)
    if not check:
        loading.report = apply_claims(
            store,
            name,
            reading.claims,
            files,
            replace=reading.tables if replace else (),
            progress=progress,
            notify=notify,
        )
    return loading


def _refusal(reading: Reading) -> Sequence[str]:
    number = len(reading.problems)
    rows = len({(problem.file, problem.line) for problem in reading.problems})
    return (
        f"{number} problem{'s' if number > 1 else ''} in {rows} row{'s' if rows > 1 else ''}; "
        "nothing was loaded.",
        "Correct the rows named above and load again; --check only checks.",
    )
