"""The commands that load an export of case folders again, in order, and a page that explains it."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path

from vinculos.exports.row_spool import Folder
from vinculos.graph.decisions_file import PAIRS
from vinculos.loaders.case_folder import TABLES
from vinculos.loaders.decision_file import NAME

PAGE, SCRIPT = "README.md", "load.sh"
_PAGE = """\
# {title}

{intro}

{commands}

{notes}
"""
_TEXTS = {
    "es": {
        "title": "Carpetas de casos exportadas con Vínculos",
        "intro": "Cada carpeta es un conjunto de datos; cada fila dice en `claim_file` y "
        "`claim_row` en qué archivo y línea estaba. Para cargarlo todo en un grafo vacío, en "
        "este orden (`sh load.sh` hace lo mismo):",
        "mark": "Una celda que empieza con `=`, `+`, `-` o `@` lleva delante un `'`, para que "
        "ninguna hoja de cálculo la ejecute; al cargarla se quita.",
        "audience": "Escrito para: {}.",
    },
    "en": {
        "title": "Case folders exported with Vínculos",
        "intro": "Each folder is a dataset; each row says in `claim_file` and `claim_row` in "
        "which file and line it stood. To load all of it into an empty graph, in this order "
        "(`sh load.sh` does the same):",
        "mark": "A cell that begins with `=`, `+`, `-` or `@` has a `'` before it, so that no "
        "spreadsheet program runs it; loading takes it away.",
        "audience": "Written for: {}.",
    },
}


def commands(
    folders: list[tuple[Folder, list[str]]],
    needs: Iterable[tuple[Folder, set[Folder] | None]],
    *,
    stubs: bool,
    decisions: bool,
    pairs: bool = False,
) -> list[str]:
    """Return the commands that load all folders, with the paths that they have in the export.

    A folder comes after those that it refers to. Where they refer to one another, or where a row
    may mean several kinds of what nothing describes, they go table by table, those first whose
    references tell what they refer to.

    Args:
        folders: each with the names of its tables, in the order in which they were first loaded.
        needs: which folders describe what a folder refers to, any of which will do; None for what
            nothing describes and may be of several kinds.
        stubs: whether some rows refer to what no row describes.
        decisions: whether there is a file of decisions.
        pairs: whether there is one of decisions about who is one with whom.
    """
    ordered = _in_order([folder for folder, _ in folders], list(needs))
    if ordered is not None:
        lines = [_load(folder, folder.name, stubs=stubs) for folder in ordered]
    else:
        lines = [
            _load(folder, f"{folder.name}/{table}.csv", stubs=True)
            for table in sorted(TABLES, key=_may_mean_several)
            for folder, names in folders
            if table in names
        ]
    if decisions:
        lines.append(["vinculos", "decide", NAME])
    if pairs:
        lines.append(["vinculos", "decide", PAIRS])
    return [shlex.join(line) for line in lines]


def _in_order(
    folders: list[Folder], needs: list[tuple[Folder, set[Folder] | None]]
) -> list[Folder] | None:
    """Return the folders each after those that it needs, None where there is no such order."""
    if any(described is None for _, described in needs):
        return None
    ordered: list[Folder] = []
    while len(ordered) < len(folders):
        waiting = {folder for folder, described in needs if not (described or set()) & {*ordered}}
        ready = next((f for f in folders if f not in waiting and f not in ordered), None)
        if ready is None:
            return None
        ordered.append(ready)
    return ordered


def _load(folder: Folder, path: str, *, stubs: bool) -> list[str]:
    line = ["vinculos", "load", path, "--dataset", folder.dataset]
    if folder.space != folder.dataset:
        line += ["--id-space", folder.space]
    return [*line, "--stubs"] if stubs else line


def _may_mean_several(table: str) -> bool:
    return any(
        len(column.to) > 1 for column in TABLES[table].all_columns if column.kind in ("ref", "refs")
    )


def write_commands(
    lines: list[str], notes: dict[str, list[str]], audience: tuple[str, str], folder: Path
) -> None:
    """Write the script, and the page in both languages.

    Args:
        lines: the commands.
        notes: language to what the reader should know.
        audience: what the audience is called in English and Spanish.
        folder: where they go.
    """
    script = '#!/bin/sh\nset -e\ncd "$(dirname "$0")"\n' + "\n".join(lines) + "\n"
    (folder / SCRIPT).write_text(script, "utf-8")
    listed = "\n".join(f"    {line}" for line in lines)
    parts = []
    for lang, texts in _TEXTS.items():
        said = [texts["mark"], texts["audience"].format(audience[lang == "es"]), *notes[lang]]
        parts.append(
            _PAGE.format(
                title=texts["title"],
                intro=texts["intro"],
                commands=listed,
                notes="\n".join(f"- {line}" for line in said),
            )
        )
    (folder / PAGE).write_text("\n".join(parts), "utf-8")
