"""What an export of case folders does not carry over, in words."""

from __future__ import annotations

from vinculos.exports.case_folder import CaseFolders
from vinculos.graph.counts import fill

_TEXTS = {
    "en": {
        "written": "{path}: {rows:row|rows} of {tables:table|tables} in {folders:folder|folders}, "
        "{decisions:decision|decisions}; README.md there says how to load them.",
        "superseded": "older versions of claims are left behind: {}",
        "unread": "claims that are no row of a table are left behind: {}",
        "uncited": "citations of sources that no row describes are left out: {}",
        "fallen": "claims taken back by a decision are left out: {}",
        "missing": "references to what is left out are left out too: {}",
        "left_out": "rows left out, since they then lacked something or were like another: {}",
        "differing": "claims that will not be the same when loaded: {}",
        "lasting_minors": "minors whom only an older row makes so, now marked in their row: {}",
        "undecided": "decisions or corrections left behind, as they cannot be written as rows: {}",
    },
    "es": {
        "written": "{path}: {rows:fila|filas} de {tables:tabla|tablas} en "
        "{folders:carpeta|carpetas}, "
        "{decisions:decisión|decisiones}; el README.md de allí dice cómo cargarlas.",
        "superseded": "no se llevan versiones anteriores de afirmaciones: {}",
        "unread": "no se llevan afirmaciones que no son fila de ninguna tabla: {}",
        "uncited": "se omiten citas de fuentes que ninguna fila describe: {}",
        "fallen": "se omiten afirmaciones retiradas por una decisión: {}",
        "missing": "se omiten también referencias a lo omitido: {}",
        "left_out": "filas omitidas, porque les faltaba algo o eran iguales a otra: {}",
        "differing": "afirmaciones que al cargarse no serán las mismas: {}",
        "lasting_minors": "menores de edad que solo lo son por una fila anterior, marcadas ahora "
        "en su fila: {}",
        "undecided": "no se llevan decisiones o correcciones que no caben en filas: {}",
    },
}
_COUNTS = tuple(name for name in _TEXTS["en"] if name != "written")


def written(made: CaseFolders, path: object, lang: str) -> str:
    """Return one sentence on what was written to `path`."""
    return fill(
        _TEXTS[lang]["written"],
        path=path,
        rows=made.rows.total(),
        tables=len(made.rows),
        folders=len(made.folders),
        decisions=made.decisions,
    )


def left_behind(made: CaseFolders, lang: str) -> list[str]:
    """Return a sentence for each kind of thing that is not carried over, with its number.

    A small number is not told to an audience that small counts are hidden from.
    """
    return [
        _TEXTS[lang][name].format(made.hidden.told(count, lang))
        for name in _COUNTS
        if (count := getattr(made, name))
    ]
