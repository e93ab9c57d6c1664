"""What words and fields are called in the language of the reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from vinculos.formats import answer_words
from vinculos.formats.characters import clean
from vinculos.graph import usual_words, words
from vinculos.graph.declarations import Field
from vinculos.graph.model import NODE_TYPES, RELATIONSHIP_TYPES, label_name
from vinculos.graph.usual_words import free_field_name
from vinculos.graph.words import Words

CONFIDENCE = Field("confidence", "confidence", "certeza", "word", words.CONFIDENCE)
"""What nodes and ties have beside the fields that their types declare."""


@cache
def vocabulary(name: str) -> Words | None:
    """Return the list of words called `name` (`custody_status`), or None."""
    for module in (answer_words, words, usual_words):
        if isinstance(found := getattr(module, name.upper(), None), Words):
            return found
    return None


def field_name(field: str, label: str, lang: str) -> str:
    """Return the name of a field of `label`, or of a relationship type and its field, in `lang`."""
    type_, _, own = field.partition(".")
    if type_ in RELATIONSHIP_TYPES:
        name = label_name(type_, lang)
        return f"{name}: {tie_field_name(own, type_, lang)}" if own else name
    node = NODE_TYPES.get(label)
    return _named(node.fields if node else (), field, lang)


def tie_field_name(field: str, type_: str, lang: str) -> str:
    """Return the name of a field of a relationship type, without that of the type, in `lang`."""
    return _named(RELATIONSHIP_TYPES[type_].fields, field, lang)


def changed_words(text: str, lang: str) -> str:
    """Return how much a load changed (`created claims 5, nodes 2`) in words of `lang`."""
    what, _, counts = text.partition(" ")
    words = (
        " ".join(_changed(word, lang) for word in count.split()) for count in counts.split(", ")
    )
    return f"{_changed(what, lang)}: {', '.join(words)}"


def _changed(word: str, lang: str) -> str:
    return answer_words.CHANGED.label(word, lang)


def _named(fields: Any, name: str, lang: str) -> str:
    for field in (*fields, CONFIDENCE):
        if field.name == name:
            return str(field.es if lang == "es" else field.en)
    return clean(free_field_name(name, lang))


def field_word(value: str, field: str, label: str, lang: str) -> str:
    """Return a word that such a field, as `field_name` takes it, may hold, in `lang`.

    Of a relationship type alone it may be a word of any of its fields.
    """
    type_, _, own = field.partition(".")
    tie = RELATIONSHIP_TYPES.get(type_)
    declared = tie or NODE_TYPES.get(label)
    for known in (*declared.fields, CONFIDENCE) if declared else ():
        meant = known.name == (own or field) or (tie is not None and not own)
        if meant and (named := known.named(value, lang)) is not None:
            return named
    return value


def side_words(values: Iterable[str], field: str, label: str, lang: str) -> Mapping[str, str]:
    """Return by value what the sides of a dispute say, as `field_word` does.

    Those that would read alike, such as `wife` and `esposa`, stay as they are written.
    """
    said = {value: field_word(value, field, label, lang) for value in values}
    times = Counter(said.values())
    return {value: word if times[word] == 1 else value for value, word in said.items()}
