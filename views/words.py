"""The page's own words in both languages."""

from __future__ import annotations

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "skip": ("Skip to the tables", "Ir a las tablas"),
    "search": ("Search a name", "Buscar un nombre"),
    "search_help": (
        "Accents and capitals do not matter. Enter goes to the next one found.",
        "No importan tildes ni mayúsculas. Con Intro se pasa al siguiente resultado.",
    ),
    "found": ("found: {n}", "resultados: {n}"),
    "found_at": ("{i} of {n}", "{i} de {n}"),
    "not_found": ("nothing found", "sin resultados"),
    "graph": ("Network", "Red"),
    "graph_label": (
        "Drawing of the network. The same content stands in the tables below. Arrow keys move "
        "the drawing, plus and minus change its size.",
        "Dibujo de la red. El mismo contenido está en las tablas. Las flechas mueven "
        "el dibujo; más y menos cambian su tamaño.",
    ),
    "fit": ("Show all", "Ver todo"),
    "bigger": ("Bigger", "Acercar"),
    "smaller": ("Smaller", "Alejar"),
    "legend": ("Legend", "Leyenda"),
    "official": ("ring: official", "con anillo: funcionario"),
    "documented": ("thick line: documented", "línea gruesa: documentado"),
    "reported": ("line: reported", "línea: informado"),
    "alleged": ("broken line: alleged", "línea discontinua: según se alega"),
    "disputed": ("≠ sources disagree", "≠ las fuentes no coinciden"),
    "size": ("larger: more ties on this page", "más grande: más vínculos en esta página"),
    "measured": (
        "{measure}: the larger and darker, the more, up to {high} ({reading})",
        "{measure}: cuanto más grande y oscuro, más, hasta {high} ({reading})",
    ),
    "measured_ties": (
        "{measure}: wide line ({reading})",
        "{measure}: línea ancha ({reading})",
    ),
    "grouped": (
        "{measure}: colour, and number behind the name ({reading})",
        "{measure}: color, y número tras el nombre ({reading})",
    ),
    "group": ("{name} {number}: {n}", "{name} {number}: {n}"),
    "other_groups": ("{n} smaller ones", "otros {n} menores"),
    "unmeasured": ("small and white: not measured", "pequeño y blanco: sin medir"),
    "details": ("Details", "Detalles"),
    "details_hint": (
        "Choose a name or a line in the drawing, or a name in the tables.",
        "Elija un nombre o una línea del dibujo, o un nombre de las tablas.",
    ),
    "close": ("Close", "Cerrar"),
    "ties": ("Ties", "Vínculos"),
    "no_ties": ("no ties on this page", "sin vínculos en esta página"),
    "sources": ("Sources", "Fuentes"),
    "no_sources": ("no source on this page", "sin fuente en esta página"),
    "dispute": ("Sources disagree on", "Las fuentes no coinciden en"),
    "show": ("Show the tables", "Mostrar las tablas"),
    "nodes": ("Who and what", "Quién y qué"),
    "edges": ("Ties", "Vínculos"),
    "node_count": ("{n} entries", "{n} entradas"),
    "edge_count": ("{n} ties", "{n} vínculos"),
    "name": ("Name", "Nombre"),
    "type": ("Type", "Tipo"),
    "facts": ("Facts", "Datos"),
    "from": ("From", "De"),
    "tie": ("Tie", "Vínculo"),
    "to": ("To", "A"),
    "confidence": ("confidence", "grado de certeza"),
    "id": ("id", "identificador"),
    "about": ("About this page", "Acerca de esta página"),
    "yes": ("yes", "sí"),
    "no": ("no", "no"),
    "unnamed": ("unnamed", "sin nombre"),
    "detention_of": ("Detention of {name}", "Detención de {name}"),
    "detention": ("Detention", "Detención"),
    "undated": ("date unknown", "fecha desconocida"),
    "span": ("{a} to {b}", "{a} a {b}"),
    "derived": ("derived, through the detention", "derivado, por medio de la detención"),
    "own_confidence": (
        "confidence of the tie to the detention itself",
        "grado de certeza del vínculo con la detención misma",
    ),
    "page": ("p. {page}", "pág. {page}"),
    "noscript": (
        "The drawing needs JavaScript. The tables below hold the same content.",
        "El dibujo requiere JavaScript. Las tablas contienen lo mismo.",
    ),
    "large": (
        "This page has {n} nodes: it is slow to draw and hard to read above {limit}.",
        "Esta página tiene {n} nodos: con más de {limit} tarda en dibujarse y se lee mal.",
    ),
    "too_large": (
        "The page would have {n} nodes; more than {limit} cannot be drawn.",
        "La página tendría {n} nodos; no se pueden dibujar más de {limit}.",
    ),
    "way_out": (
        "Ask a narrower question, use --around ID with a smaller --depth, or take the rows "
        "instead: vinculos query --format csv",
        "Haga una pregunta más precisa, use --around ID con un --depth menor, o tome las filas: "
        "vinculos query --format csv",
    ),
}


def text(name: str, lang: str, /, **values: object) -> str:
    """Return one of the page's texts in `lang` (`en` or `es`), with `values` put in."""
    return template(name, lang).format(**values)


def template(name: str, lang: str) -> str:
    """Return one of the page's texts with its gaps, such as `{n}`, still open."""
    return TEXTS[name][lang == "es"]
