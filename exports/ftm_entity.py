"""Making FollowTheMoney entities: ids, values, sources, and the count of what finds no place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from vinculos.exports.ftm_schema import FIELDS, GENDERS, SILENT, TOLD_BY_NAME
from vinculos.exports.ftm_spool import Cited, Ref
from vinculos.formats.characters import clean
from vinculos.graph.declarations import Field
from vinculos.graph.model import NODE_TYPES
from vinculos.graph.nationalities import country_code
from vinculos.graph.records import short_hash

_SAFE = re.compile(r"[0-9a-zA-Z-]*[0-9a-zA-Z]")
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
Properties = dict[str, list[str]]


def entity_id(ref: Ref) -> str:
    """Return the id of the entity of a node: `label-space.key`, the same in every export.

    FollowTheMoney takes letters and digits of ASCII, `.` and `-`; whatever else an id holds is
    left out, and a hash of the whole makes up for it.
    """
    label, id = ref
    space, _, key = id.partition(":")
    parts = [part for part in (space, key) if part]
    plain = ".".join(re.sub(r"[^0-9a-zA-Z-]+", "-", part).strip("-") for part in parts)
    if not all(_SAFE.fullmatch(part) for part in parts):
        plain = f"{plain.strip('.-')}-{short_hash(id)}".lstrip("-.")
    return f"{label.lower()}-{plain}"


def entity(id: str, schema: str, properties: Mapping[str, Iterable[str]]) -> dict[str, Any]:
    """Return an entity; values that say nothing are left out, each is there once."""
    cleaned = {
        name: list(dict.fromkeys(text for value in values if (text := clean(value).strip())))
        for name, values in properties.items()
    }
    return {
        "id": id,
        "schema": schema,
        "properties": {name: values for name, values in cleaned.items() if values},
    }


def plain_day(text: str) -> str:
    """Return a date that FollowTheMoney can write, '' for one that is uncertain or open."""
    return text if _DAY.fullmatch(text) else ""


def is_public_link(url: str) -> bool:
    """Return whether a link leads to a host with a name that others can look up."""
    host = urlsplit(url).hostname or ""
    return "." in host.strip(".")


def converted(field: Field, value: Any) -> list[str]:
    """Return the texts of a field's value; fewer than it has where some cannot be written."""
    values = value if isinstance(value, list) else [value]
    if field.kind == "date":
        values = [plain_day(str(one)) for one in values]
    elif field.name == "gender":
        values = [GENDERS.get(str(one), "") for one in values]
    elif field.words is not None:
        values = [field.words.label(str(one), "en") for one in values]
    elif field.name == "nationality":
        values = [country_code(str(one)) for one in values]
    elif field.name == "url":
        values = [one for one in values if is_public_link(str(one))]
    return [str(one) for one in values if one]


def fields_of(label: str, properties: Mapping[str, Any], left_out: Counter[str]) -> Properties:
    """Return the properties of an entity that fields of a node become; count the others.

    Args:
        label: of the node.
        properties: of the node.
        left_out: counts what cannot be written, by label and field.
    """
    made: Properties = {}
    for field in NODE_TYPES[label].fields:
        value = properties.get(field.name)
        if value in (None, "", []) or value == SILENT.get(label, {}).get(field.name, ""):
            continue
        if field.name in TOLD_BY_NAME.get(label, ()):
            continue
        name = FIELDS[label].get(field.name)
        texts = converted(field, value) if name else []
        if len(texts) < (len(value) if isinstance(value, list) else 1):
            left_out[f"{label}.{field.name}"] += 1
        if name and texts:
            made.setdefault(name, []).extend(texts)
    return made


def cite(
    properties: Properties, cited: Iterable[Cited], left_out: Counter[str], *, proof: bool
) -> None:
    """Add to an entity whose word it is.

    Args:
        properties: of the entity.
        cited: its sources.
        left_out: counts days of access that cannot be written.
        proof: whether entities of its schema name the documents that prove them.
    """
    for source in cited:
        url, publisher = source.properties.get("url"), source.properties.get("publisher")
        if url and is_public_link(url):
            properties.setdefault("sourceUrl", []).append(url)
        if publisher:
            properties.setdefault("publisher", []).append(publisher)
        if source.accessed and (day := plain_day(source.accessed)):
            properties.setdefault("retrievedAt", []).append(day)
        elif source.accessed:
            left_out["CITES.accessed"] += 1
        if proof and source.id:
            properties.setdefault("proof", []).append(entity_id(("Source", source.id)))
