"""What all entities of a load share: which there are, who published what, what found no place."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from vinculos.graph.records import short_hash
from vinculos.graph.spool import Spool
from vinculos.loaders.cells import is_key, parse_cell
from vinculos.loaders.declare import Column
from vinculos.loaders.ftm_file import Entity
from vinculos.loaders.ftm_schema import DOCUMENTS, THINGS
from vinculos.loaders.rows import label

_TABLES = """
CREATE TABLE ftm_entities (
    id TEXT PRIMARY KEY, schema TEXT, place TEXT, name TEXT, bodies TEXT) WITHOUT ROWID;
CREATE TABLE ftm_publishers (
    source TEXT, rank INTEGER, name TEXT, PRIMARY KEY (source, rank, name)) WITHOUT ROWID;
CREATE TABLE ftm_documents (id TEXT PRIMARY KEY, publisher TEXT, url TEXT) WITHOUT ROWID;
CREATE INDEX ftm_documents_at ON ftm_documents (url)
"""
_LINK = Column("url", "", "", field="url")
MOST_NAMES = 2000
"""Schemata and properties without a place that are told by name; the model has fewer."""
_DOCUMENT = ("publisher", "sourceUrl")
STATED, IMPLIED = 0, 1
"""Whether an entity names the publisher, or only the dataset that it is in."""


class FtmBook:
    """What entities may refer to, as they come in any order; kept on disk."""

    def __init__(self, spool: Spool, dataset: str) -> None:
        """Take an open spool, and the name of the dataset that is loaded."""
        self._spool = spool
        self.dataset = dataset
        self.left_out: Counter[str] = Counter()
        spool.make(_TABLES)

    def note(self, entity: Entity, place: str) -> None:
        """Note an entity, that others may refer to; the first of an id counts."""
        name = next(iter(entity.properties.get("name", ())), "")
        bodies = entity.properties.get("organization", ())
        self._spool.run(
            "INSERT OR IGNORE INTO ftm_entities VALUES (?, ?, ?, ?, ?)",
            (entity.id, entity.schema, place, name, json.dumps(bodies)),
        )
        stated = entity.properties.get("publisher", ())
        if entity.schema in DOCUMENTS:
            named = [next(iter(entity.properties.get(p, ())), "") for p in _DOCUMENT]
            self._spool.run(
                "INSERT OR IGNORE INTO ftm_documents VALUES (?, ?, ?)", (entity.id, *named)
            )
            return
        for url in filter(is_link, entity.properties.get("sourceUrl", ())):
            names = stated or (self.published_by(entity),)
            rows = [(url_key(url), IMPLIED if not stated else STATED, name) for name in names]
            self._spool.run_many("INSERT OR IGNORE INTO ftm_publishers VALUES (?, ?, ?)", rows)

    def published_by(self, entity: Entity) -> str:
        """Return the datasets that an entity is in, as one: which of them says what, none says."""
        return ", ".join(sorted(entity.datasets)) or self.dataset

    def publisher(self, source: str) -> str:
        """Return who published a link, as the entities that cite it say."""
        sql = "SELECT rank, name FROM ftm_publishers WHERE source = ? ORDER BY rank, name"
        rows = list(self._spool.rows(sql, (source,)))
        return ", ".join(name for rank, name in rows if rank == rows[0][0])

    def place(self, id: str) -> str:
        """Return where an entity stands, as `file:line`; '' where it is not in the files."""
        row = self._spool.row("SELECT place FROM ftm_entities WHERE id = ?", (id,))
        return row[0] if row else ""

    def label(self, id: str) -> str | None:
        """Return the label of what an entity becomes.

        '' stands for nothing, None for an entity that is not in the files.
        """
        row = self._spool.row("SELECT schema FROM ftm_entities WHERE id = ?", (id,))
        if row is None:
            return None
        return THINGS[row[0]].label if row[0] in THINGS else ""

    def document_at(self, url: str) -> str:
        """Return the id of the document at a link, '' where there is none in the files."""
        sql = "SELECT id FROM ftm_documents WHERE url = ? ORDER BY id LIMIT 1"
        row = self._spool.row(sql, (url,))
        return row[0] if row else ""

    def publisher_of(self, document: str) -> str:
        """Return who published a document, '' where it does not say."""
        row = self._spool.row("SELECT publisher FROM ftm_documents WHERE id = ?", (document,))
        return row[0] if row else ""

    def position(self, id: str) -> tuple[str, tuple[str, ...]]:
        """Return the name of a position, and the ids of the organizations that it is in."""
        sql = "SELECT name, bodies FROM ftm_entities WHERE id = ?"
        name, bodies = self._spool.row(sql, (id,)) or ("", "[]")
        return name, tuple(json.loads(bodies))

    def leave_out(self, schema: str, property: str = "", count: int = 1) -> None:
        """Count what has no place: an entity of a schema, or values of one of its properties."""
        name = label(f"{schema}.{property}" if property else schema)
        if name not in self.left_out and len(self.left_out) >= MOST_NAMES:
            name = "…"
        self.left_out[name] += count


def entity_key(id: str) -> str:
    """Return the key of an entity: its id, or, where a key cannot be that, a hash of it."""
    return id if ":" not in id and is_key(id) else f"ftm-{short_hash(id)}"


def is_link(text: str) -> bool:
    """Return whether a text is a link that a source can have."""
    try:
        return bool(parse_cell(_LINK, text))
    except ValueError:
        return False


def url_key(url: str) -> str:
    """Return the key of the source at a link."""
    return f"url-{short_hash(url)}"


def sources_of(entity: Entity, book: FtmBook) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield key and cells of each source of an entity; no cells where a document is one.

    An entity that names links or documents rests on these, and on a publisher that none of them
    has; one that names none of these on the datasets that it is in, else on the one that is loaded.
    """
    links = list(filter(is_link, entity.properties.get("sourceUrl", ())))
    at = {url: book.document_at(url) for url in links}
    proof = [d for d in entity.properties.get("proof", ()) if book.label(d) == "Source"]
    documents = list(dict.fromkeys([*proof, *filter(None, at.values())]))
    for document in documents:
        yield entity_key(document), {}
    bare = [url for url in links if not at[url]]
    for url in bare:
        key = url_key(url)
        yield key, {"source_id": key, "url": url, "publisher": book.publisher(key)}
    told = {book.publisher_of(document) for document in documents}
    names = [name for name in entity.properties.get("publisher", ()) if name not in told]
    if bare:
        return
    for name in names or (() if documents else (book.published_by(entity),)):
        key = f"publisher-{short_hash(name)}"
        yield key, {"source_id": key, "publisher": name}
