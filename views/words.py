"""The page's own words in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TypeAlias

from vinculos.graph.counts import fill

Both: TypeAlias = tuple[str, str]
"""A text in English and in Spanish."""
NOTHING: Both = ("", "")

TEXTS: Mapping[str, Both] = {
    "skip": ("Skip to the tables", "Ir a las tablas"),
    "search": ("Search a name", "Buscar un nombre"),
    "search_help": (
        "Accents and capitals do not matter. Enter goes to the next one found.",
        "No importan tildes ni mayúsculas. Con Intro se pasa al siguiente resultado.",
    ),
    "found": ("found: {n}", "resultados: {n}"),
    "found_at": ("{i} of {n}", "{i} de {n}"),
    "not_found": ("nothing found", "sin resultados"),
    "previous": ("Previous one found", "Resultado anterior"),
    "next": ("Next one found", "Resultado siguiente"),
    "not_shown": ("not shown now", "ahora no se muestra"),
    "bring_back": ("Show it", "Mostrar"),
    "undo": ("Undo", "Deshacer"),
    "redo": ("Redo", "Rehacer"),
    "everything": ("Reset", "Restablecer"),
    "show_rest": ("Show the rest again", "Mostrar de nuevo lo demás"),
    "of": ("{n} of {all}", "{n} de {all}"),
    "copy_link": ("Copy a link to this view", "Copiar un enlace a esta vista"),
    "copied": ("link copied", "enlace copiado"),
    "not_copied": (
        "Copy it from the address bar: it holds this view.",
        "Cópielo de la barra de direcciones: contiene esta vista.",
    ),
    "too_old": (
        "This browser is too old for the drawing. Without JavaScript it shows the tables.",
        "Este navegador es demasiado antiguo para el dibujo. Sin JavaScript muestra las tablas.",
    ),
    "move": ("Let it move", "Dejar que se mueva"),
    "move_most": (
        "Up to {n} entries can move; hide some.",
        "Pueden moverse hasta {n} entradas; oculte algunas.",
    ),
    "save": ("Save", "Guardar"),
    "saved": ("saved: {name}", "guardado: {name}"),
    "no_png": (
        "The picture is too large for PNG; save it as SVG.",
        "La imagen es demasiado grande para PNG; guárdela como SVG.",
    ),
    "made_on": ("made on {day} UTC with vinculos", "hecho el {day} UTC con vinculos"),
    "between_days": (
        "what is known to exist between {from} and {to}",
        "lo que consta que existe entre {from} y {to}",
    ),
    "without": ("without: {names}", "sin: {names}"),
    "without_undated": ("without what has no date", "sin lo que no tiene fecha"),
    "part_hidden": ("some entries hidden by hand", "algunas entradas ocultas a mano"),
    "hidden_list": ("Hidden by hand", "Oculto a mano"),
    "only_disputed": (
        "only what sources disagree on, and what is tied to it",
        "solo aquello en que las fuentes no coinciden, y lo vinculado a ello",
    ),
    "keys": ("Keys", "Teclas"),
    "key_search": ("search", "buscar"),
    "key_next": ("next one found", "resultado siguiente"),
    "key_move": ("move and size the drawing", "mover el dibujo y cambiar su tamaño"),
    "key_focus": (
        "only what is so many ties away from the chosen one",
        "solo lo que está a tantos vínculos de la entrada elegida",
    ),
    "key_hide": ("hide the chosen one", "ocultar la entrada elegida"),
    "key_expand": ("bring back its neighbours", "mostrar de nuevo sus vecinas"),
    "key_path": (
        "way from the chosen one; again on another: to it",
        "camino desde la elegida; otra vez, en otra: hasta ella",
    ),
    "key_undo": ("undo; with Shift: redo", "deshacer; con Mayús: rehacer"),
    "key_leave": ("choose nothing", "no elegir nada"),
    "other_language": ("Español", "English"),
    "time": ("Days looked at", "Días que se miran"),
    "play": ("Play", "Reproducir"),
    "stop": ("Stop", "Detener"),
    "first_day": ("from", "desde"),
    "last_day": ("to", "hasta"),
    "with_undated": ("undated", "sin fecha"),
    "with_open": ("unknown start or end", "inicio o final desconocido"),
    "undated_hint": (
        "Also what has no date at all.",
        "También lo que no tiene ninguna fecha.",
    ),
    "open_hint": (
        "An unknown end is not taken for open: something is shown up to the last day on which it "
        "is known to exist. With this, also where it may have existed before or after.",
        "Un final desconocido no se toma por abierto: algo se muestra hasta el último día en que "
        "consta. Con esto, también donde pudo existir antes o después.",
    ),
    "with_open_too": (
        "also what may exist then: its start or end is unknown",
        "también lo que pudo existir entonces: su inicio o final se desconoce",
    ),
    "nodes_of": ("{n} of {all:entry|entries}", "{n} de {all:entrada|entradas}"),
    "edges_of": ("{n} of {all:tie|ties}", "{n} de {all:vínculo|vínculos}"),
    "focus_only": ("Neighbourhood", "Vecindad"),
    "focus_steps": (
        "only what is up to this many ties away: {n}",
        "solo lo que está como máximo a tantos vínculos: {n}",
    ),
    "expand": (
        "Show {n:hidden neighbour|hidden neighbours}",
        "Mostrar {n:vecina oculta|vecinas ocultas}",
    ),
    "hide": ("Hide", "Ocultar"),
    "path": ("Way", "Camino"),
    "path_from": ("Way from here…", "Camino desde aquí…"),
    "path_choose": ("Now choose where to", "Elija ahora el destino"),
    "path_to": ("Way from {name} to here", "Camino desde {name} hasta aquí"),
    "path_length": (
        "Length in ties: {n}. No way is shorter.",
        "Longitud en vínculos: {n}. No hay camino más corto.",
    ),
    "path_note": (
        "Over what is visible now, whatever way the ties point. A way is no proof of contact.",
        "Por lo que se ve ahora, sea cual sea la dirección. Un camino no prueba un contacto.",
    ),
    "no_path": (
        "Over what is visible now, no way leads from one to the other.",
        "Por lo que se ve ahora, ningún camino lleva de una a otra.",
    ),
    "only_path": ("Only this way", "Solo este camino"),
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
    "other_groups": ("{n:smaller one|smaller ones}", "{n:grupo más pequeño|grupos más pequeños}"),
    "unmeasured": ("small and white: not measured", "pequeño y blanco: sin medir"),
    "details": ("Details", "Detalles"),
    "details_hint": (
        "Choose a name or a line in the drawing, or a name in the tables.",
        "Elija un nombre o una línea del dibujo, o un nombre de las tablas.",
    ),
    "close": ("Close", "Cerrar"),
    "ties": ("Ties", "Vínculos"),
    "other_ties": ("Other ties", "Otros vínculos"),
    "no_ties": ("no ties on this page", "sin vínculos en esta página"),
    "sources": ("Sources", "Fuentes"),
    "claims": ("Who says so", "Quién lo dice"),
    "claim_as_of": ("as of {day}", "al {day}"),
    "in_dispute": ("in dispute", "en disputa"),
    "more_sources": (
        "Sources of other claims about it, such as its ties",
        "Fuentes de otras afirmaciones sobre la entrada, como sus vínculos",
    ),
    "no_sources": ("no source on this page", "sin fuente en esta página"),
    "dispute": ("Sources disagree on", "Las fuentes no coinciden en"),
    "show": ("Show the tables", "Mostrar las tablas"),
    "more_rows": ("{n} of {all}: show more", "{n} de {all}: mostrar más"),
    "nodes": ("Who and what", "Quién y qué"),
    "edges": ("Ties", "Vínculos"),
    "node_count": ("{n:entry|entries}", "{n:entrada|entradas}"),
    "edge_count": ("{n:tie|ties}", "{n:vínculo|vínculos}"),
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
        "Ask a narrower question, use --around ID with a smaller --depth or give a smaller "
        "--limit; for all of it, in Gephi: vinculos export graphml FILE",
        "Haga una pregunta más precisa, use --around ID con un --depth menor o dé un --limit "
        "menor; para verlo todo en Gephi: vinculos export graphml FILE",
    ),
}


def text(name: str, lang: str, /, **values: object) -> str:
    """Return one of the page's texts in `lang` (`en` or `es`), with `values` put in."""
    return fill(template(name, lang), **values) if values else _whole(name, lang)


@cache
def _whole(name: str, lang: str) -> str:
    return fill(template(name, lang))


def both(name: str, /, **values: object) -> Both:
    """Return one of the page's texts in both languages, with `values` put in."""
    return text(name, "en", **values), text(name, "es", **values)


def alike(said: str) -> Both:
    """Return a text that is the same in both languages."""
    return said, said


def template(name: str, lang: str) -> str:
    """Return one of the page's texts with its gaps, such as `{n}`, still open."""
    return TEXTS[name][lang == "es"]
