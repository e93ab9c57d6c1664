"""What was asked, and for whom it was answered: the facts at the foot of a page or workbook."""

from __future__ import annotations

import datetime
import importlib.metadata
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from vinculos.formats.table import Fact
    from vinculos.graph.store import Store
    from vinculos.graph.withheld import Withheld
    from vinculos.queries.ask import Answer

WORDS = {
    "en": {
        "question": "question",
        "text": "Cypher",
        "note": "note",
        "parameter": "parameter {}",
        "language": "language",
        "lang": "English",
        "audience": "audience",
        "hidden": "hidden",
        "hidden_of": "what this audience is not to see",
        "gates": "gates",
        "no_gates": "none: every fact counts, of whatever day, however many say it",
        "state": "state of the graph",
        "loaded": "last change {}, {}; loads and decisions: {}",
        "empty": "nothing loaded",
        "fingerprint": "fingerprint of the graph",
        "too_large": "not computed, as it takes long on a graph of this size; "
        "vinculos report --bundle writes it",
        "day": "made on",
        "engine": "graph",
        "embedded": "embedded {}",
        "neo4j": "neo4j {}",
        "tool": "made with",
        "withheld": "(withheld)",
    },
    "es": {
        "question": "pregunta",
        "text": "Cypher",
        "note": "nota",
        "parameter": "parámetro {}",
        "language": "idioma",
        "lang": "español",
        "audience": "para",
        "hidden": "oculto",
        "hidden_of": "lo que no está destinado a quien lee",
        "gates": "filtros",
        "no_gates": "ninguno: cuenta cada hecho, de cualquier día y diga quien lo diga",
        "state": "estado del grafo",
        "loaded": "último cambio {}, {}; cargas y decisiones: {}",
        "empty": "nada cargado",
        "fingerprint": "huella del grafo",
        "too_large": "no se calculó, porque tarda con un grafo de este tamaño; "
        "vinculos report --bundle la escribe",
        "day": "fecha",
        "engine": "grafo",
        "embedded": "motor integrado, {}",
        "neo4j": "{}",
        "tool": "programa",
        "withheld": "(reservado)",
    },
}


def answered_facts(answer: Answer, lang: str) -> list[Fact]:
    """Return what was asked: the question, its parameters, its Cypher, and what gates hid."""
    words, asked = WORDS[lang], answer.question
    return [
        *([(words["question"], asked.query.name)] if asked.query.name != "-c" else []),
        *_parameter_facts(asked.given, lang),
        *([(words["gates"], words["no_gates"])] if not asked.gates else []),
        *((words["note"], said) for said in answer.notes(lang)),
        (words["text"], asked.text.strip()),
    ]


def answer_facts(
    store: Store | None, asked: Iterable[Fact], withheld: Withheld, lang: str, *, hidden: bool
) -> list[Fact]:
    """Return the facts `asked` as the audience may see them, then who, when and with what.

    `store` is None where no graph was asked; `hidden` says whether anything was left out for the
    audience.
    """
    words = WORDS[lang]
    return [
        *((name, shown(value, withheld, lang)) for name, value in asked),
        (words["language"], words["lang"]),
        (words["audience"], withheld.audience.title[lang == "es"]),
        *([(words["hidden"], words["hidden_of"])] if hidden else []),
        (
            words["day"],
            shown(f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC", withheld, lang),
        ),
        *([(words["engine"], words[store.engine].format(store.version))] if store else []),
        (words["tool"], f"vinculos {importlib.metadata.version('vinculos')}"),
    ]


class GraphState(NamedTuple):
    """In which state a graph was: its last change, and its fingerprint, blank if that is slow."""

    at: str
    what: str
    changes: int
    fingerprint: str


def graph_state(store: Store) -> GraphState:
    """Return in which state the graph is.

    Raises:
        EngineError: the graph cannot be read.
    """
    from vinculos.graph.fingerprint import fingerprint, is_quick, last_change

    return GraphState(*last_change(store), fingerprint(store) if is_quick(store) else "")


def graph_facts(state: GraphState, lang: str) -> list[Fact]:
    """Return the state of a graph as facts."""
    from vinculos.formats.answer_words import ACTION

    words = WORDS[lang]
    at = state.at[:16].replace("T", " ")
    what = ACTION.label(state.what, lang)
    changed = words["loaded"].format(what, at, state.changes)
    return [
        (words["state"], changed if state.changes else words["empty"]),
        (words["fingerprint"], state.fingerprint or words["too_large"]),
    ]


def shown(text: str, withheld: Withheld, lang: str) -> str:
    """Return `text` as the audience may see it; what names a protected person not at all."""
    from vinculos.graph import redact

    seen = redact.shown(text, withheld)
    return WORDS[lang]["withheld"] if seen is None else seen


def _parameter_facts(parameters: Mapping[str, Any], lang: str) -> Iterator[Fact]:
    for name, value in parameters.items():
        if value == []:
            # No limit, or what a search sets itself from step to step.
            continue
        listed = value if isinstance(value, list) else [value]
        said = "; ".join("—" if part is None else str(part) for part in listed)
        yield WORDS[lang]["parameter"].format(name), said
