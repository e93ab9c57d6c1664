"""`doctor`: what is installed, which engine answers, and what to do where something is wrong."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from vinculos.commands.output import note
from vinculos.commands.spoken import language_option
from vinculos.errors import VinculosError
from vinculos.settings import Settings

PACKAGES = (
    "vinculos",
    "arcadedb-embedded",
    "neo4j",
    "networkx",
    "igraph",
    "pyrage",
    "pyvis",
    "click",
    "rich",
)
LOW_DISK = 500_000_000
"""Bytes below which the engine may run out of room while it works."""
OLDER = (
    "MATCH (d:Detention)-[r]->() WHERE r.publishers IS NULL AND r.claims IS NOT NULL "
    "RETURN count(r) AS older"
)

TEXTS = {
    "en": {
        "python": "Python",
        "packages": "Packages",
        "missing": "missing: install again with pip install .",
        "engine": "Engine",
        "embedded": "embedded, in this folder",
        "server": "Neo4j server at",
        "answers": "It answers",
        "fails": "It does not answer",
        "write": "It can write",
        "no_write": "It cannot write",
        "nodes": "Nodes in the graph",
        "empty": "Nothing is loaded yet: vinculos load FOLDER, or see vinculos demo",
        "home": "Home folder",
        "not_writable": "cannot be written: choose another with --home or VINCULOS_HOME",
        "free": "Free disk",
        "low": "little: make room",
        "unfinished": "Unfinished loads (run them again)",
        "older": "Ties loaded by an older version, which did not count publishers",
        "again": "--min-sources hides them: vinculos db wipe, then load the files again",
        "queries": "Saved questions",
        "fine": "All is well.",
        "page": "A browser is needed only to open pages, never to make them.",
        "yes": "yes",
    },
    "es": {
        "python": "Python",
        "packages": "Paquetes",
        "missing": "falta: instale de nuevo con pip install .",
        "engine": "Motor",
        "embedded": "integrado, en esta carpeta",
        "server": "servidor Neo4j en",
        "answers": "Responde",
        "fails": "No responde",
        "write": "Puede escribir",
        "no_write": "No puede escribir",
        "nodes": "Nodos en el grafo",
        "empty": "Aún no hay datos: vinculos load CARPETA, o vea vinculos demo",
        "home": "Carpeta de trabajo",
        "not_writable": "no se puede escribir: elija otra con --home o VINCULOS_HOME",
        "free": "Disco libre",
        "low": "poco: haga espacio",
        "unfinished": "Cargas sin terminar (repítalas)",
        "older": "Vínculos cargados por una versión anterior, que no contaba los medios",
        "again": "--min-sources los oculta: vinculos db wipe y cargue de nuevo los archivos",
        "queries": "Preguntas guardadas",
        "fine": "Todo está bien.",
        "page": "El navegador solo hace falta para abrir páginas, no para hacerlas.",
        "yes": "sí",
    },
}


class Finding(NamedTuple):
    """One line of the report; `remedy` is set where something is wrong."""

    name: str
    value: str
    remedy: str = ""
    code: int = 0


@click.command()
@language_option
@click.pass_obj
def doctor(settings: Settings, lang: str | None) -> None:
    """Check the installation and the engine, and say what to do.

    \b
    Example:
      vinculos doctor
    """  # noqa: D301 - click wants the character itself
    texts = TEXTS[lang or settings.lang]
    wrong: list[Finding] = []
    for finding in (*installed(texts), *home(settings, texts), *engine(settings, texts)):
        click.echo(f"{'✗' if finding.remedy else '✓'} {finding.name}: {finding.value}")
        if finding.remedy:
            click.echo(f"    {finding.remedy}")
            wrong.append(finding)
    note(texts["page"])
    if wrong:
        raise click.exceptions.Exit(max(finding.code for finding in wrong))
    note(texts["fine"])


def installed(texts: dict[str, str]) -> Iterator[Finding]:
    """Yield the versions of Python and of the packages that do the work."""
    yield Finding(
        texts["python"], f"{platform.python_version()} ({sys.platform}, {platform.machine()})"
    )
    versions = []
    for name in PACKAGES:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, "—", texts["missing"], 1)
    yield Finding(texts["packages"], ", ".join(versions))


def home(settings: Settings, texts: dict[str, str]) -> Iterator[Finding]:
    """Yield where the data is kept, whether it can be written, how much room there is."""
    nearest = nearest_folder(settings.home)
    writable = os.access(nearest, os.W_OK)
    remedy = "" if writable else texts["not_writable"]
    yield Finding(texts["home"], str(settings.home), remedy, 1)
    free = shutil.disk_usage(nearest).free
    yield Finding(texts["free"], f"{free / 1e9:.1f} GB", texts["low"] if free < LOW_DISK else "", 1)
    yield from questions(settings, texts)


def questions(settings: Settings, texts: dict[str, str]) -> Iterator[Finding]:
    """Yield how many saved questions there are, or what is wrong with one."""
    from vinculos.queries.library import list_queries

    try:
        yield Finding(texts["queries"], str(len(list_queries(settings.queries))))
    except VinculosError as error:
        yield Finding(texts["queries"], error.message, error.hint or "—", error.exit_code)


def engine(settings: Settings, texts: dict[str, str]) -> Iterator[Finding]:
    """Yield which engine it is, whether it answers and can write, and what it holds."""
    from vinculos.commands.session import open_store

    where = f"{texts['server']} {settings.uri}" if settings.uri else texts["embedded"]
    yield Finding(texts["engine"], where)
    try:
        with open_store(settings) as store:
            yield Finding(texts["answers"], f"{texts['yes']}, {store.version}")
            # It changes nothing, and no engine lets a reader run it.
            store.write("MATCH (n:Lock {id: $id}) SET n.id = $id", {"id": "no such lock"})
            yield Finding(texts["write"], texts["yes"])
            nodes = store.read("MATCH (n) RETURN count(n) AS nodes").rows[0]["nodes"]
            yield Finding(texts["nodes"], str(nodes), "" if nodes else texts["empty"])
            rows = store.read(
                "MATCH (l:Load) WHERE l.complete = false RETURN DISTINCT l.dataset AS dataset"
            ).rows
            if rows:
                names = ", ".join(sorted(row["dataset"] for row in rows))
                yield Finding(texts["unfinished"], names, f"vinculos load {names}", 1)
            if older := store.read(OLDER).rows[0]["older"]:
                yield Finding(texts["older"], str(older), texts["again"], 1)
    except VinculosError as error:
        yield Finding(texts["fails"], error.message, error.hint or "—", error.exit_code)


def nearest_folder(path: Path) -> Path:
    """Return `path`, or the nearest folder above it that is there."""
    for folder in (path.absolute(), *path.absolute().parents):
        if folder.is_dir():
            return folder
    return Path(path.anchor or ".")
