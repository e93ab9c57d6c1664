"""`diff`: what has changed between two states of the data."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vinculos.commands.output import Output, note, output_options
from vinculos.commands.passphrase import known_passphrase
from vinculos.commands.session import open_store, warn_unfinished
from vinculos.errors import InvalidRows, UsageError
from vinculos.graph.counts import fill
from vinculos.language import gettext as _
from vinculos.settings import Settings

if TYPE_CHECKING:
    from vinculos.graph.changes import Change
    from vinculos.graph.spool import Spool
    from vinculos.graph.state import State
    from vinculos.graph.withheld import Withheld

CURRENT = "."
COLUMNS = {
    "change": ("what has changed", "qué cambió", "word:change"),
    "day": ("on", "el", ""),
    "person": ("person", "persona", ""),
    "field": ("of what", "de qué", "field"),
    "what": ("what or who else", "qué o quién más", "name"),
    "was": ("was", "era", "detail"),
    "now": ("is now", "ahora es", "detail"),
    "as_of": ("as of", "al", ""),
    "confidence": ("confidence", "certeza", "word:confidence"),
    "disputed": ("in dispute", "en disputa", "field"),
    "person_id": ("id", "id", ""),
    "detention_id": ("id of the custody", "id de la detención", ""),
    "what_id": ("id of what else", "id de lo demás", ""),
    "sources": ("sources", "fuentes", "sources"),
}
"""The columns of the answer: title in English and Spanish, kind."""
TEXTS = {
    "en": {
        "title": "What has changed",
        "old": "older state",
        "new": "newer state",
        "current": "the graph as it is now",
        "none": "Nothing that this looks at has changed.",
        "count": "{:change|changes}.",
    },
    "es": {
        "title": "Qué ha cambiado",
        "old": "estado anterior",
        "new": "estado nuevo",
        "current": "el grafo tal como está ahora",
        "none": "No cambió nada de lo que aquí se mira.",
        "count": "{:cambio|cambios}.",
    },
}


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("--loads", is_flag=True, help="OLD and NEW are loads of the graph, by their ids.")
@click.option(
    "--id-space",
    "space",
    metavar="NAME",
    help="Space of keys without one in folders; default: NEW's name.",
)
@output_options()
@click.pass_obj
def diff(
    settings: Settings, old: str, new: str, loads: bool, space: str | None, output: Output
) -> None:
    """Say what has changed from OLD to NEW: custodies, charges, officials, kinship, bodies, cases.

    Each is a case folder or another input file, a backup of the embedded engine, or . for the graph
    as it is now; with --loads each is a load, as it left the graph. A custody, tie or case that is
    no longer in the data is said to be just that, never to have ended.

    \b
    Examples:
      vinculos diff cases-january cases-february
      vinculos diff january.backup .
      vinculos diff --loads starter/1 starter/2 -o changes.html
    """  # noqa: D301 - click wants the character itself
    from vinculos.graph.difference import differences
    from vinculos.graph.spool import Spool
    from vinculos.graph.state_records import Records
    from vinculos.queries.library import Column, Text

    texts = TEXTS[output.lang]
    named = space or _space(old, new, loads=loads)
    with ExitStack() as stack:
        states, sides = [], []
        for text in (old, new):
            spool = stack.enter_context(Spool(settings.home.absolute() / "tmp"))
            states.append(_state(settings, text, named, spool, output.lang, loads=loads))
            sides.append(Records(states[-1], spool))
        rows = [_row(change) for change in differences(*sides)]
        withheld = _withheld(settings, output, states)
        count = output.emit(
            None,
            tuple(COLUMNS),
            rows,
            {name: Column(name, Text(en, es), kind) for name, (en, es, kind) in COLUMNS.items()},
            title=texts["title"],
            about=[
                (texts[side], texts["current"] if text == CURRENT else text)
                for side, text in (("old", old), ("new", new))
            ],
            withheld=withheld,
        )
    if output.format == "table":
        note(fill(texts["count" if count else "none"], count))


def _row(change: Change) -> dict[str, Any]:
    row = change._asdict()
    row |= {name: row[name] or None for name in ("person_id", "detention_id", "what_id", "field")}
    return row | {"disputed": list(change.disputed), "sources": list(change.sources)}


def _space(old: str, new: str, *, loads: bool) -> str | None:
    """Return the space of keys that both sides share: that of the folder that comes last."""
    from vinculos.loaders.load import dataset_name

    folders = [] if loads else [Path(text) for text in (old, new) if text != CURRENT]
    inputs = [path for path in folders if path.exists() and not _is_backup(path)]
    return dataset_name(inputs[-1]) if inputs else None


def _state(
    settings: Settings, text: str, space: str | None, spool: Spool, lang: str, *, loads: bool
) -> State:
    """Return what one side says.

    Raises:
        UsageError: there is no such thing.
        InputError: it cannot be read; of a folder, rows that are not good are told first.
    """
    from vinculos.graph.state import read_state

    if loads or text == CURRENT:
        with open_store(settings) as store:
            warn_unfinished(store, lang)
            return read_state(store, spool, "" if text == CURRENT else text)
    path = Path(text)
    if not path.exists():
        raise UsageError(
            _("There is no folder, file or backup {path}.").format(path=text),
            _("Of loads of the graph, say --loads; vinculos history lists them."),
        )
    return (
        _backed_up(settings, path, spool) if _is_backup(path) else _read(path, space, spool, lang)
    )


def _is_backup(path: Path) -> bool:
    from vinculos.graph.backup_file import MANIFEST
    from vinculos.graph.embedded_backup import is_encrypted

    if not path.is_file():
        return False
    if is_encrypted(path):
        return True
    if not zipfile.is_zipfile(path):
        return False
    with zipfile.ZipFile(path) as archive:
        return MANIFEST in archive.namelist()


def _backed_up(settings: Settings, path: Path, spool: Spool) -> State:
    """Return what a backup says: it is restored into an engine of its own, for the while."""
    from vinculos.graph import embedded_backup
    from vinculos.graph.state import read_state
    from vinculos.graph.store import connect
    from vinculos.graph.temporary import temporary_engine

    passphrase = known_passphrase() if embedded_backup.is_encrypted(path) else None
    with temporary_engine(settings) as own:
        embedded_backup.restore(own, path, passphrase)
        with connect(own) as store:
            return read_state(store, spool)


def _read(path: Path, space: str | None, spool: Spool, lang: str) -> State:
    """Return what a folder or file says; references to nothing in it are let stand."""
    from vinculos.commands.load import show_problems
    from vinculos.graph.state import claimed_state
    from vinculos.loaders.case_folder import TABLES
    from vinculos.loaders.files import find_files
    from vinculos.loaders.load import dataset_name
    from vinculos.loaders.read import read_files
    from vinculos.loaders.simple import SHEET_NAMES

    paths, notes = find_files(path, TABLES, SHEET_NAMES)
    reading = read_files(paths, space or dataset_name(path), space=space, stubs=True, spool=spool)
    if reading.problem_count:
        show_problems(reading.problems, reading.problem_count, notes + reading.notes, lang)
        raise InvalidRows(
            reading.problems,
            fill(
                _("{path} has {n:problem|problems}, so it was not compared."),
                path=path,
                n=reading.problem_count,
            ),
            _("Correct the rows named above; vinculos load --check tells them too."),
        )
    return claimed_state(reading.claims)


def _withheld(settings: Settings, output: Output, states: Sequence[State]) -> Withheld:
    """Return what the audience may not see of either state.

    Where that may be something, a graph of both is made in an engine of its own.
    """
    from vinculos.graph.redact import Withheld
    from vinculos.graph.store import connect
    from vinculos.graph.temporary import temporary_engine
    from vinculos.graph.union import write_union

    if output.audience.is_open:
        return Withheld(output.audience, output.lang)
    with temporary_engine(settings) as own, connect(own) as store:
        write_union(store, states)
        return output.withheld(store)
