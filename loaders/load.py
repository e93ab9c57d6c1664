"""Loading a case folder, or any of its files, into the graph."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vinculos.errors import InvalidRows, UsageError
from vinculos.graph.concerned import is_fresh
from vinculos.graph.counts import fill
from vinculos.graph.folding import fold
from vinculos.graph.rederive import Progress
from vinculos.graph.spool import Spool
from vinculos.graph.store import Store
from vinculos.graph.stored_nodes import StoredNodes
from vinculos.graph.update import LOCAL, LoadedFile, LoadReport, apply_claims
from vinculos.language import gettext as _
from vinculos.language import spoken
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.cells import URL_SPACE
from vinculos.loaders.files import Problem, find_files, spooled_stdin
from vinculos.loaders.ftm_file import is_ftm, stem_of
from vinculos.loaders.mapping import RowMapping
from vinculos.loaders.parse import Reading
from vinculos.loaders.read import read_files
from vinculos.loaders.rejected import check_free, make_folder, write_rejected
from vinculos.loaders.simple import SHEET_NAMES
from vinculos.loaders.simple_columns import SHAPES

RESERVED = (URL_SPACE, LOCAL)
WHOLE = (".xlsx", ".ods", ".zip", ".json")
"""Suffixes of files that may hold a whole case folder, and so name a dataset."""
STDIN = Path("-")


@dataclass(frozen=True)
class Options:
    """How files are read.

    `dataset` is named after the folder where None, `space` (the id space of keys without one)
    after the dataset. `table` is the table that the one file holds, `format` its format.
    `skip_invalid` sets rows with a problem aside, into the folder `rejected`; `stubs` lets a
    reference to nothing known stand for something to be described later. `mapping` is the file,
    or the name, of the mapping through which the rows are read.
    """

    dataset: str | None = None
    space: str | None = None
    table: str | None = None
    encoding: str = "utf-8"
    format: str | None = None
    check: bool = False
    replace: bool = False
    skip_invalid: bool = False
    rejected: Path | None = None
    stubs: bool = False
    mapping: str | None = None


@dataclass
class Loading:
    """What a load read and did; `report` is None where it only checked.

    `rejected` lists the files of the `rejected_rows` rows that were set aside, for `problem_count`
    problems, of which `problems` are told one by one. `left_out` counts what of FollowTheMoney
    entities has no place in the graph, by schema and property. `mapping` is what the rows were read
    through.
    """

    dataset: str
    space: str
    files: list[LoadedFile] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    claims: int = 0
    report: LoadReport | None = None
    rejected: list[Path] = field(default_factory=list)
    rejected_rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    problem_count: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    mapping: str | None = None


def dataset_name(path: Path) -> str:
    """Return the dataset that a path stands for, in plain characters.

    It is the name of the folder, or of the workbook or archive that holds several tables.
    """
    real = path.resolve()
    if not real.is_dir():
        whole = real.suffix.lower() in WHOLE or is_ftm(real)
        real = real.with_name(stem_of(real)) if whole else real.parent
    return re.sub(r"[^\w.-]+", "-", real.name).strip("-") or "data"


def load_folder(
    store: Store,
    path: Path,
    *,
    progress: Progress | None = None,
    notify: Callable[[str], None] | None = None,
    **options: Any,
) -> Loading:
    """Load a case folder or one file; nothing is written unless every row is good.

    Args:
        store: an open store.
        path: the folder, or one file; `-` for standard input.
        progress: told how far the writing is.
        notify: told when another load has to be waited for.
        options: the fields of `Options`.

    Raises:
        InvalidRows: rows that cannot be loaded, each with its place and reason.
        InputError: a file cannot be read at all.
        UsageError: the options do not fit together or cannot be used.
    """
    chosen = Options(**options)
    name, space = names_of(path, chosen)
    mapping = _mapping_of(chosen)
    with ExitStack() as stack:
        spool = stack.enter_context(Spool(store.scratch))
        if path == STDIN:
            given = stack.enter_context(spooled_stdin(store.scratch))
            paths, notes = [given], list[str]()
        else:
            paths, notes = input_files(path, mapping)
        reading = read_files(
            paths,
            name,
            space=space,
            table=chosen.table,
            encoding=chosen.encoding,
            format=chosen.format,
            existing=None if is_fresh(store) else StoredNodes(store),
            skip_invalid=chosen.skip_invalid,
            stubs=chosen.stubs,
            spool=spool,
            name=str(STDIN) if path == STDIN else "",
            mapping=mapping,
        )
        files = [LoadedFile(file.name, file.sha256, file.rows) for file in reading.files]
        loading = Loading(name, space, files, notes + reading.notes, len(reading.claims))
        loading.left_out = dict(reading.left_out.most_common())
        loading.mapping = chosen.mapping
        if reading.problem_count and (not chosen.skip_invalid or reading.rows.whole_problem()):
            raise InvalidRows(
                reading.problems,
                *_refusal(reading),
                notes=loading.notes,
                count=reading.problem_count,
            )
        if chosen.replace and reading.simple and len(reading.simple) < len(SHAPES):
            names = ", ".join(shape.name(spoken()) for shape in SHAPES)
            raise UsageError(
                _("--replace takes simple sheets for all that is known, and some are missing."),
                _("Give all of them in one folder or workbook: {names}.").format(names=names),
            )
        loading.rejected_rows = reading.problem_rows
        loading.problems, loading.problem_count = reading.problems, reading.problem_count
        if chosen.check:
            return loading
        if reading.problem_count:
            make_folder(rejected_folder(path, chosen))
        loading.report = apply_claims(
            store,
            name,
            reading.claims,
            files,
            replace=reading.tables if chosen.replace else (),
            progress=progress,
            notify=notify,
        )
        if reading.problem_count:
            loading.rejected = write_rejected(reading, rejected_folder(path, chosen))
    return loading


def _mapping_of(options: Options) -> RowMapping | None:
    """Return the mapping through which the rows are read, None where there is none."""
    if options.mapping is None:
        return None
    # Only who reads through a mapping waits for the library of its format.
    from vinculos.loaders.mapping_read import read_mapping

    return read_mapping(options.mapping)


def input_files(path: Path, mapping: RowMapping | None) -> tuple[list[Path], list[str]]:
    """Return the files of a load, and notes on what is left out of a folder."""
    if mapping is None:
        return find_files(path, TABLES, SHEET_NAMES)
    names = {fold(name) for name in mapping.names}
    stems = [file.stem for file in path.iterdir()] if path.is_dir() else []
    return find_files(path, [stem for stem in stems if not names or fold(stem) in names])


def names_of(path: Path, options: Options) -> tuple[str, str]:
    """Return the dataset and the id space of a load.

    Raises:
        UsageError: one of them, or the options together, cannot be used.
    """
    if path == STDIN and not (options.dataset and options.format):
        raise UsageError(
            _("Standard input has no name."),
            _(
                "Say what it is: --dataset NAME --format csv, and --table people where the header "
                "does not tell."
            ),
        )
    if options.table and options.mapping is not None:
        raise UsageError(
            _("--table is for files in the shape of our tables, --mapping for others."),
            _("Give one of the two."),
        )
    if options.skip_invalid and options.replace:
        raise UsageError(
            _(
                "--replace takes the files for all that is known, and --skip-invalid leaves rows "
                "out."
            ),
            _("Correct the rows first, or load without --replace."),
        )
    if options.skip_invalid and not options.check:
        check_free(rejected_folder(path, options))
    name = dataset_name(path) if options.dataset is None else options.dataset
    space = name if options.space is None else options.space
    for given in (name, space):
        if not re.fullmatch(r"[\w.-]+", given) or given in RESERVED:
            raise UsageError(
                _("{name!r} cannot name a dataset or an id space.").format(name=given),
                _(
                    "Use letters, digits, - and _, and not {one} or {other}; choose with --dataset "
                    "or --id-space."
                ).format(one=URL_SPACE, other=LOCAL),
            )
    return name, space


def rejected_folder(path: Path, options: Options) -> Path:
    """Return where rejected rows are written: beside the input, where nothing else is said."""
    if options.rejected is not None:
        return options.rejected
    if path == STDIN:
        return Path(f"{options.dataset}-rejected")
    real = path.resolve()
    return real.with_name(f"{real.name if real.is_dir() else stem_of(real)}-rejected")


def _refusal(reading: Reading) -> tuple[str, str]:
    return (
        fill(
            _("{problems:problem|problems} in {rows:row|rows}; nothing was loaded."),
            problems=reading.problem_count,
            rows=reading.problem_rows,
        ),
        _("Correct the rows named above and load again; --check only checks."),
    )
