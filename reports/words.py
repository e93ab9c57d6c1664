"""What a report itself says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from vinculos.graph.counts import fill

TURNED = 11
"""Columns from which a table stands on paper turned sideways: each turn costs a page."""

WORDS: Mapping[str, tuple[str, str]] = {
    "table": ("Table", "Tabla"),
    "figure": ("Figure", "Figura"),
    "rows": ("{n:row|rows}", "{n:fila|filas}"),
    "ties": ("{n:tie|ties}", "{n:vínculo|vínculos}"),
    "cut_rows": ("Shown: the first {shown} of {all} rows.", "Se muestran {shown} de {all} filas."),
    "cut_bars": (
        "Drawn: {shown} of {all}; the table has them all.",
        "El gráfico muestra {shown} de {all}; en la tabla están todas.",
    ),
    "several": (
        "In all {n:row|rows}: one with several values is counted under each, so that the numbers "
        "add up to more.",
        "En total, {n:fila|filas}: la que tiene varios valores se cuenta en cada uno, y por eso "
        "las cantidades suman más.",
    ),
    "some_several": (
        "A row with several values is counted under each, so that the numbers add up to more than "
        "there are rows.",
        "Una fila con varios valores se cuenta en cada uno, y por eso las cantidades suman más que "
        "las filas.",
    ),
    "cut_nodes": (
        "Drawn: {shown} of {all} nodes, those with the most ties to each other; the table has all "
        "ties.",
        "El dibujo muestra {shown} de {all} nodos, los que más vínculos tienen entre sí; en la "
        "tabla están todos los vínculos.",
    ),
    "collapsed": (
        "A detention is drawn as ties between whom it holds and what is in it; the table has all "
        "ties as they are stored.",
        "Cada detención está dibujada como vínculos entre la persona detenida y lo que hay en la "
        "detención; en la tabla están los vínculos como están guardados.",
    ),
    "cut_ties": (
        "{n:tie leads|ties lead} out of the answer.",
        "{n:vínculo sale|vínculos salen} de la respuesta.",
    ),
    "undated": (
        "Without a date, hence only in the table: {n}.",
        "Sin fecha y por eso solo en la tabla: {n}.",
    ),
    "spans": (
        "Dark: certain. Light: days that a partial date leaves open. Broken line: that end is on "
        "an unknown day.",
        "Oscuro: seguro. Claro: días que una fecha parcial deja abiertos. Línea discontinua: "
        "ese extremo tiene fecha desconocida.",
    ),
    "no_sources": ("These rows cite no sources.", "Estas filas no citan fuentes."),
    "failed": (
        "This part could not be made (line {line} of the script): {message}",
        "Esta parte no pudo hacerse (línea {line} del guion): {message}",
    ),
    "failed_name": ("failed, line {line}", "falló, línea {line}"),
    "withheld": ("(withheld)", "(reservado)"),
    "from": ("from", "de"),
    "tie": ("tie", "vínculo"),
    "to": ("to", "a"),
    "details": ("details", "detalles"),
    "confidence": ("confidence", "certeza"),
    "sources": ("sources", "fuentes"),
    "number": ("number", "cantidad"),
    "title": ("title", "título"),
    "about": ("About this report", "Acerca de este informe"),
    "no_answer": ("no rows", "sin resultados"),
}


def say(name: str, lang: str, /, **values: object) -> str:
    """Return one of the texts in `lang` (`en` or `es`), with `values` put in."""
    return fill(WORDS[name][lang == "es"], **values)
