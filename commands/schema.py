"""`schema`: what the graph is made of, printed from the model itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import click

from vinculos.commands.output import Output, output_options
from vinculos.formats.cells import to_json
from vinculos.formats.text import markdown_text
from vinculos.graph import words
from vinculos.graph.declarations import Field
from vinculos.graph.model import NODES, RELATIONSHIPS, ROLE_LABELS
from vinculos.graph.words import Words
from vinculos.settings import Settings

TEXTS = {
    "en": {
        "title": "Data model",
        "intro": "Made by `vinculos schema --format md --lang en` from `graph/model.py`; do not "
        "edit. Every node has an `id` (`space:key`), its `key`, and `disputed`, the names of its "
        "fields and ties in dispute; a node that `find` looks for has `name_key`. A date field "
        "is stored as text, with `_min` and `_max`, the earliest and latest day that it can "
        "mean; a blank date is unknown. Every relationship has an `id`, `disputed`, `claims` and "
        "`sources`. `publishers` says how many publishers stand behind a node or relationship "
        "(counted by `origin`, else `publisher`), `confidence` how sure the surest claim is; a "
        "field with another support has `FIELD_publishers` or `FIELD_confidence` beside it. On a "
        "Detention, the lists `known_status`, `known_from` and `known_to` say on which days which "
        "status is known.",
        "nodes": "Nodes",
        "roles": "Role labels",
        "roles_intro": "Derived from the graph, on top of the main label.",
        "relationships": "Relationships",
        "provenance": "Where it comes from",
        "provenance_text": "`(:Claim)-[:ABOUT]->(any node)`, `(:Claim)-[:CITES {page, "
        "accessed}]->(:Source)`, `(:Claim)-[:IN]->(:Load)`. A Claim is what one row of one file "
        "says: `dataset`, `table`, `file`, `row`, `key`, `confidence`, `as_of`, `recorded`, "
        "`superseded_by` (absent while it holds), and five parallel lists: `subjects`, `fields`, "
        "`values`, `statuses`, `others`. A Load is one loading: `dataset`, `who`, `started`, "
        "`finished`, `files`, `hashes`, `version`, `complete`.",
        "words": "Words",
        "any": "any",
        "or": " or ",
        "head": ("field", "kind", "in English", "in Spanish"),
        "ties": ("type", "from", "to", "fields", "in English", "in Spanish"),
        "role": ("label", "of", "in English", "in Spanish"),
        "word": ("word", "in English", "in Spanish"),
    },
    "es": {
        "title": "Modelo de datos",
        "intro": "Hecho con `vinculos schema --format md --lang es` a partir de "
        "`graph/model.py`; no lo edite. Cada nodo tiene `id` (`espacio:clave`), su `key` y "
        "`disputed`, los nombres de sus campos y vínculos en disputa; los nodos que `find` busca "
        "tienen `name_key`. Una fecha se guarda como texto, con `_min` y `_max`, el primer y el "
        "último día que puede significar; en blanco es desconocida. Cada relación tiene `id`, "
        "`disputed`, `claims` y `sources`. `publishers` dice cuántos medios respaldan un nodo o "
        "una relación (según `origin`; si falta, `publisher`) y `confidence` la certeza de la "
        "afirmación más segura; un campo con otro respaldo tiene al lado `CAMPO_publishers` o "
        "`CAMPO_confidence`. En una detención, las listas `known_status`, `known_from` y "
        "`known_to` dicen en qué días se conoce qué situación.",
        "nodes": "Nodos",
        "roles": "Etiquetas de papel",
        "roles_intro": "Derivadas del grafo, además de la etiqueta principal.",
        "relationships": "Relaciones",
        "provenance": "De dónde viene",
        "provenance_text": "`(:Claim)-[:ABOUT]->(cualquier nodo)`, `(:Claim)-[:CITES {page, "
        "accessed}]->(:Source)`, `(:Claim)-[:IN]->(:Load)`. Una afirmación (Claim) es lo que dice "
        "una fila de un archivo: `dataset`, `table`, `file`, `row`, `key`, `confidence`, `as_of`, "
        "`recorded`, `superseded_by` (ausente mientras vale) y cinco listas paralelas: "
        "`subjects`, `fields`, `values`, `statuses`, `others`. Load es una carga: `dataset`, "
        "`who`, `started`, `finished`, `files`, `hashes`, `version`, `complete`.",
        "words": "Palabras",
        "any": "cualquiera",
        "or": " o ",
        "head": ("campo", "clase", "en inglés", "en español"),
        "ties": ("tipo", "desde", "hacia", "campos", "en inglés", "en español"),
        "role": ("etiqueta", "de", "en inglés", "en español"),
        "word": ("palabra", "en inglés", "en español"),
    },
}
Texts = Mapping[str, Any]


@click.command()
@output_options(("text", "md", "json"))
@click.pass_obj
def schema(settings: Settings, output: Output) -> None:
    """Print the labels, relationships, fields and words of the graph.

    \b
    Examples:
      vinculos schema
      vinculos schema --format json
    """  # noqa: D301 - click wants the character itself
    texts = TEXTS[output.lang]
    if output.format == "json":
        output.write(to_json(as_data(), indent=2) + "\n")
    elif output.format == "md":
        output.write("\n".join(markdown(output.lang)) + "\n")
    else:
        output.write("\n".join(plain_text(texts, output.lang)) + "\n")


def plain_text(texts: Texts, lang: str) -> Iterator[str]:
    """Yield the model as text: labels and types with their fields, then the words."""
    named = 1 if lang == "es" else 0
    yield texts["nodes"]
    for node in NODES:
        yield f"  {node.label}: {(node.en, node.es)[named]}"
        yield from (
            f"    {field.name} ({kind(field, lang)}): {(field.en, field.es)[named]}"
            for field in node.fields
        )
    yield from ("", texts["roles"])
    yield from (f"  {role.label}: {(role.en, role.es)[named]}" for role in ROLE_LABELS)
    yield from ("", texts["relationships"])
    for rel in RELATIONSHIPS:
        starts, finishes = ends_of(rel.starts, texts), ends_of(rel.ends, texts)
        ends = f"({starts})-[{rel.type}]->({finishes})"
        yield f"  {ends}: {(rel.en, rel.es)[named]}"
        yield from (
            f"    {field.name} ({kind(field, lang)}): {(field.en, field.es)[named]}"
            for field in rel.fields
        )
    yield from ("", texts["words"])
    for listed in vocabularies():
        yield f"  {listed.title(lang)}"
        yield from (f"    {word}: {names[named]}" for word, names in listed.names.items())


def markdown(lang: str) -> Iterator[str]:
    """Yield the model as Markdown in a language, names in both."""
    texts: Texts = TEXTS[lang]
    yield from (f"# {texts['title']}", "", texts["intro"], "", f"## {texts['nodes']}")
    for node in NODES:
        yield from ("", f"### {node.label}", "", f"{node.en} / {node.es}", "")
        yield from table(
            texts["head"], [(f"`{f.name}`", kind(f, lang), f.en, f.es) for f in node.fields]
        )
    yield from ("", f"## {texts['roles']}", "", texts["roles_intro"], "")
    yield from table(
        texts["role"], [(f"`{r.label}`", f"`{r.main}`", r.en, r.es) for r in ROLE_LABELS]
    )
    yield from ("", f"## {texts['relationships']}", "")
    yield from table(
        texts["ties"],
        [
            (
                f"`{rel.type}`",
                ends_of(rel.starts, texts),
                ends_of(rel.ends, texts),
                ", ".join(f"`{field.name}` ({kind(field, lang)})" for field in rel.fields),
                rel.en,
                rel.es,
            )
            for rel in RELATIONSHIPS
        ],
    )
    yield from ("", f"## {texts['provenance']}", "", texts["provenance_text"])
    yield from ("", f"## {texts['words']}")
    for listed in vocabularies():
        yield from ("", f"### {listed.title(lang)}", "")
        yield from table(
            texts["word"], [(f"`{word}`", *names) for word, names in listed.names.items()]
        )


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Iterator[str]:
    """Yield a Markdown table; what stands in backquotes is left as it is."""
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(c if '`' in c else markdown_text(c) for c in row)} |"


def kind(field: Field, lang: str) -> str:
    """Return the kind of a field, with the list that its words come from."""
    return f"{field.kind}: {field.words.title(lang)}" if field.words else field.kind


def ends_of(labels: tuple[str, ...], texts: Texts) -> str:
    """Return the labels that may stand at one end."""
    said: str = texts["any"] if len(labels) > 5 else texts["or"].join(labels)
    return said


def vocabularies() -> list[Words]:
    """Return every list of words of the model, in order."""
    return [value for value in vars(words).values() if isinstance(value, Words)]


def as_data() -> dict[str, Any]:
    """Return the model as one map for JSON."""

    def fields(declared: tuple[Field, ...]) -> list[dict[str, Any]]:
        return [
            {
                "name": field.name,
                "kind": field.kind,
                "words": list(field.words) if field.words else None,
                "en": field.en,
                "es": field.es,
            }
            for field in declared
        ]

    return {
        "nodes": [
            {"label": n.label, "en": n.en, "es": n.es, "fields": fields(n.fields)} for n in NODES
        ],
        "role_labels": [
            {"label": r.label, "of": r.main, "en": r.en, "es": r.es} for r in ROLE_LABELS
        ],
        "relationships": [
            {
                "type": r.type,
                "from": list(r.starts),
                "to": list(r.ends),
                "en": r.en,
                "es": r.es,
                "fields": fields(r.fields),
            }
            for r in RELATIONSHIPS
        ],
        "words": {
            listed.name: {word: {"en": en, "es": es} for word, (en, es) in listed.names.items()}
            for listed in vocabularies()
        },
    }
