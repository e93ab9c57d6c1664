"""`history` and `why`: what was done to the graph, and what stands behind what it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from vinculos.commands.output import Output, note, output_options
from vinculos.commands.session import open_store, warn_unfinished
from vinculos.settings import Settings

COLUMNS = ("when", "who", "kind", "id", "about", "why", "files", "counts", "version", "complete")
TITLES = {
    "when": ("when", "cuándo"),
    "who": ("who", "quién"),
    "kind": ("what", "qué"),
    "id": ("id", "id"),
    "about": ("about", "sobre"),
    "why": ("why", "por qué"),
    "files": ("files and hashes", "archivos y huellas"),
    "counts": ("changed", "cambios"),
    "version": ("version", "versión"),
    "complete": ("finished", "terminado"),
}
TEXTS = {
    "en": {
        "shown": "shown",
        "nothing": "nothing shown",
        "disputed": "in dispute",
        "retracted": "retracted",
        "fallen": "fallen by {}",
        "claim": "claim {claim}, {place}, load {load}",
        "by_hand": "by hand",
    },
    "es": {
        "shown": "se muestra",
        "nothing": "no se muestra nada",
        "disputed": "en disputa",
        "retracted": "retirada",
        "fallen": "sin efecto por {}",
        "claim": "afirmación {claim}, {place}, carga {load}",
        "by_hand": "a mano",
    },
}


@click.command()
@output_options()
@click.pass_obj
def history(settings: Settings, output: Output) -> None:
    """List loads and decisions: who, when, why, from which files, with what effect.

    \b
    Example:
      vinculos history
    """  # noqa: D301 - click wants the character itself
    from vinculos.formats.cells import CHANGED
    from vinculos.graph.history import history as read_history
    from vinculos.queries.library import Column, Text

    kinds = {"kind": "word:action", "counts": CHANGED}
    columns = {
        name: Column(name, Text(en, es), kinds.get(name, "")) for name, (en, es) in TITLES.items()
    }
    with open_store(settings) as store:
        warn_unfinished(store, output.lang)
        output.emit(store, COLUMNS, read_history(store), columns)


@click.command()
@click.argument("id", metavar="ID")
@click.argument("other", metavar="[ID]", required=False)
@click.option("--field", metavar="FIELD", help="Only this field of the entity.")
@output_options(("text", "json"))
@click.pass_obj
def why(settings: Settings, id: str, other: str | None, field: str | None, output: Output) -> None:
    """Trace what the graph says of an entity, or of a tie, to claims, rows, files and sources.

    With two ids: the ties between them. Disputed values stand side by side.

    \b
    Examples:
      vinculos why det-guanipa-2025 --field ended
      vinculos why det-tudares-2025 edmundo-gonzalez-urrutia
    """  # noqa: D301 - click wants the character itself
    from vinculos.formats.cells import to_json
    from vinculos.graph import redact
    from vinculos.graph.field_names import field_called
    from vinculos.graph.lookup import resolve_id
    from vinculos.graph.model import NODE_TYPES
    from vinculos.graph.why import why_node, why_ties

    with open_store(settings) as store:
        warn_unfinished(store, output.lang)
        ref = resolve_id(store, id)
        if other:
            entries = why_ties(store, ref, resolve_id(store, other))
        else:
            named = NODE_TYPES[ref.label].fields if ref.label in NODE_TYPES else ()
            entries = why_node(store, ref, field_called(field or "", named), output.lang)
        withheld = output.withheld(store)
        kept, hidden = redact.rows(({"about": ref.id} | entry for entry in entries), withheld)
    if output.format == "json":
        output.write(to_json(kept, indent=2) + "\n", withheld)
    else:
        lines = [line for entry in kept for line in entry_lines(entry, ref.label, output.lang)]
        output.write("\n".join(lines) + "\n", withheld)
    note(hidden.sentence(output.lang))


def entry_lines(entry: dict[str, Any], label: str, lang: str) -> Iterator[str]:
    """Yield the lines that explain one field or tie."""
    from vinculos.formats.cells import DETAIL, cite, clean, field_name, human
    from vinculos.formats.names import tie_field_name
    from vinculos.graph.model import label_name
    from vinculos.graph.words import CLAIM_STATUS, CONFIDENCE

    def word(value: Any, field: str) -> str:
        return human(value, DETAIL, lang, {"tie": field, "label": label})

    def said(shown: Any, field: str) -> Iterator[str]:
        for value in shown if isinstance(shown, list) else [shown]:
            if isinstance(value, dict):
                yield f"{value['start']} — {word(value['kind'], field)} → {value['end']}"
            elif value is not None:
                yield word(value, field)

    texts = TEXTS[lang]
    if "field" in entry:
        name = field_name(entry["field"], label, lang)
        if far := entry.get("name"):
            name = f"{name} → {far}"
        shown = "; ".join(said(entry["shown"], entry["field"])) or texts["nothing"]
        mark = f" [{texts['disputed']}]" if entry["disputed"] else ""
        yield clean(f"{name}: {shown}{mark}")
    else:
        tie, type_ = label_name(entry["type"], lang), entry["type"]
        facts = "; ".join(
            f"{tie_field_name(name, type_, lang)}: {word(value, f'{type_}.{name}')}"
            for name, value in entry["properties"].items()
            if value and name != "id" and not name.endswith(("_min", "_max"))
        )
        yield clean(f"{entry['start']} — {tie} → {entry['end']} ({facts})")
    for claim in entry["claims"]:
        place = f"{claim['file']}:{claim['row']}" if claim["file"] else texts["by_hand"]
        confidence = CONFIDENCE.label(claim["confidence"], lang)
        claimed = (
            f"{word(claim['value'], entry['field'])} "
            f"({CLAIM_STATUS.label(claim['status'], lang)}, {confidence})"
            if ("value" in claim)
            else f"({confidence})"
        )
        fallen = claim.get("superseded_by")
        yield clean(f"  · {claimed}" + (f" [{texts['fallen'].format(fallen)}]" if fallen else ""))
        where = {"claim": claim["claim"], "place": f"{claim['dataset']}, {place}"}
        yield clean("    " + texts["claim"].format(**where, load=claim["load"]))
        for source in claim["sources"]:
            mark = f" [{texts['retracted']}]" if source.get("retracted") else ""
            yield clean(f"    {cite(source, lang)}{mark}")
