"""Claims on their way into the graph, kept on disk and laid out as derivation needs them.

Beside each claim stand its *mentions* (one row for each entity that it is about, with what it says
of its fields) and its *ties* (one row for each relationship), so that any number of claims is
derived entity by entity, tie by tie, without holding them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from vinculos.graph.claim_statements import claim_properties
from vinculos.graph.model import ENTITIES, RELATIONSHIP_TYPES
from vinculos.graph.records import (
    Claim,
    NodeRef,
    as_json,
    from_json,
    plain_tuples,
    stored_claim,
)
from vinculos.graph.same_people import is_to_itself, merged_claim
from vinculos.graph.spool import Spool

TABLES = """
CREATE TABLE claims (
    n INTEGER PRIMARY KEY, id TEXT UNIQUE, state TEXT, tbl TEXT, file TEXT, line INTEGER,
    as_of TEXT, citations TEXT, confidence TEXT, digest TEXT, about TEXT, key TEXT, note TEXT,
    asserts TEXT, properties TEXT);
CREATE TABLE mentions (
    label TEXT, id TEXT, n INTEGER, described INTEGER, young INTEGER, said TEXT,
    PRIMARY KEY (label, id, n)) WITHOUT ROWID;
CREATE TABLE ties (
    type TEXT, start_label TEXT, start TEXT, end_label TEXT, end TEXT, n INTEGER, place INTEGER,
    fields TEXT, confidence TEXT, fallback INTEGER,
    PRIMARY KEY (type, start_label, start, end_label, end, n, place)) WITHOUT ROWID;
CREATE TABLE contested (
    n INTEGER, type TEXT, label TEXT, id TEXT, other_label TEXT, other TEXT, value TEXT);
CREATE TABLE cited (source TEXT PRIMARY KEY) WITHOUT ROWID
"""
_ASKED = "n IN (SELECT n FROM asked)"
BUFFERED = 500
"""Claims held before they go to the database."""
GIVEN, NEW, CHANGED, ALIKE = "given", "new", "changed", "alike"
STORED, GONE = "stored", "gone"
"""States of a claim: given by the load, then how it compares with the graph; or read from the
graph, and perhaps superseded since."""

_PERSONAL = [
    kind
    for kind, declared in RELATIONSHIP_TYPES.items()
    if "Person" in declared.starts and {"Detention", "Event"} & set(declared.ends)
]


class ClaimSpool:
    """The claims of a load, and those of the graph that they meet."""

    def __init__(self, spool: Spool | None = None) -> None:
        """Take an open spool; one in the system's temporary folder where None."""
        self.spool = spool or Spool()
        self.spool.make(TABLES)
        self._next = 1
        self._held: set[str] = set()
        self._claims: list[tuple[Any, ...]] = []
        self._mentions: list[tuple[Any, ...]] = []
        self._ties: list[tuple[Any, ...]] = []
        self._contested: list[tuple[Any, ...]] = []
        self._cited: list[tuple[str]] = []

    def __iter__(self) -> Iterator[Claim]:
        return self.claims("state <> ?", (STORED,))

    def __len__(self) -> int:
        self.flush()
        return self.spool.number("SELECT count(*) FROM claims WHERE state <> ?", (STORED,))

    def add(self, claim: Claim, state: str = GIVEN) -> None:
        """Put one claim in; each id is given once."""
        number, self._next = self._next, self._next + 1
        self._put(number, claim, state)
        if len(self._claims) >= BUFFERED:
            self.flush()

    def add_stored(self, claims: Iterable[Claim]) -> None:
        """Put claims of the graph in, but those that are there already, in whatever version."""
        known = "SELECT 1 FROM claims WHERE id = ?"
        for claim in claims:
            if claim.id not in self._held and not self.spool.row(known, (claim.id,)):
                self.add(claim, STORED)

    def _put(self, number: int, claim: Claim, state: str, seen: Claim | None = None) -> None:
        """Lay a claim out, as the graph takes it where that is not as its row says it."""
        self._held.add(claim.id)
        properties = claim_properties(claim, seen)
        seen = seen or claim
        about = seen.about()
        self._claims.append(
            (
                number,
                claim.id,
                state,
                claim.table,
                claim.file,
                claim.row,
                claim.as_of,
                as_json(plain_tuples(claim.citations)),
                claim.confidence,
                properties["digest"],
                as_json(plain_tuples(about)),
                claim.key,
                claim.note,
                properties.pop("asserts"),
                as_json(properties),
            )
        )
        said: dict[NodeRef, list[tuple[str, Any, str]]] = {ref: [] for ref in about}
        young = set()
        for value in seen.values:
            said[value.subject].append((value.field, value.value, value.status))
            if value.field in ("born", "is_minor") and value.value:
                young.add(value.subject)
            if value.status == "conflict" and value.field in RELATIONSHIP_TYPES:
                other = value.other or ("", "")
                self._contested.append((number, value.field, *value.subject, *other, value.value))
        self._mentions += (
            (*ref, number, ref in seen.nodes, ref in young, as_json(values) if values else "")
            for ref, values in said.items()
        )
        self._ties += (
            (t.type, *t.start, *t.end, number, place, as_json(t.fields), t.confidence, t.fallback)
            for place, t in enumerate(seen.ties)
            if not is_to_itself(t)
        )
        self._cited += ((citation.source,) for citation in claim.citations)

    def flush(self) -> None:
        """Bring what is held to the database."""
        for table, rows, width in (
            ("claims", self._claims, 15),
            ("mentions", self._mentions, 6),
            ("ties", self._ties, 10),
            ("contested", self._contested, 7),
            ("cited", self._cited, 1),
        ):  # fmt: skip
            if rows:
                marks = ", ".join("?" * width)
                self.spool.run_many(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)  # noqa: S608
                rows.clear()
        self._held.clear()

    def clear(self) -> None:
        """Take all claims out again."""
        self.flush()
        for name in ("claims", "mentions", "ties", "contested", "cited"):
            self.spool.run(f"DELETE FROM {name}")  # noqa: S608

    def replace(self, old: Claim, new: Claim) -> None:
        """Put another version in the place of a claim."""
        self.flush()
        number, state = self.spool.row("SELECT n, state FROM claims WHERE id = ?", (old.id,))
        self._remove(number, old)
        self._put(number, new, state)

    def _remove(self, number: int, old: Claim) -> None:
        self.spool.run_many(
            "DELETE FROM mentions WHERE label = ? AND id = ? AND n = ?",
            [(*ref, number) for ref in old.about()],
        )
        self.spool.run_many(
            "DELETE FROM ties WHERE type = ? AND start_label = ? AND start = ? "
            "AND end_label = ? AND end = ? AND n = ?",
            [(tie.type, *tie.start, *tie.end, number) for tie in old.ties],
        )
        self.spool.run("DELETE FROM contested WHERE n = ?", (number,))

    def merge(self, shown: Mapping[str, str]) -> None:
        """Have claims speak of the node of people who are one; what they assert stays.

        Args:
            shown: the id of a person, and that of the node they are shown as.
        """
        self.flush()
        for id in shown:
            numbers = "SELECT n FROM mentions WHERE label = 'Person' AND id = ?"
            for (number,) in list(self.spool.rows(numbers, (id,))):
                sql = "SELECT state, properties, asserts FROM claims WHERE n = ?"
                state, *said = self.spool.row(sql, (number,))
                claim = stored_claim(spooled(*said))
                self._remove(number, claim)
                self._remove(number, seen := merged_claim(claim, shown))
                self._put(number, claim, state, seen)
                self.flush()

    # What is in it.

    def claims(self, where: str = "1", parameters: tuple[Any, ...] = ()) -> Iterator[Claim]:
        """Yield the claims for which an SQL condition holds, in the order in which they came.

        Args:
            where: the condition.
            parameters: its parameters.
        """
        for _, *said in self._each("properties, asserts", where, parameters):
            yield stored_claim(spooled(*said))

    def _each(self, columns: str, where: str, parameters: tuple[Any, ...] = ()) -> Iterator[Any]:
        sql = f"SELECT n, {columns} FROM claims WHERE n > ? AND ({where}) ORDER BY n LIMIT ?"  # noqa: S608
        last = 0
        while True:
            # A part at a time, so that claims can be replaced meanwhile.
            self.flush()
            rows = list(self.spool.rows(sql, (last, *parameters, BUFFERED)))
            yield from rows
            if len(rows) < BUFFERED:
                return
            last = rows[-1][0]

    def about(self, refs: Iterable[NodeRef]) -> Iterator[Claim]:
        """Yield every claim about any of the entities, once."""
        self._ask(refs)
        return self.claims(_ASKED)

    def suspects(self, refs: Iterable[NodeRef], named: Callable[[str], bool]) -> Iterator[Claim]:
        """Yield every claim about any of the entities, or with a text that is `named`, once.

        Args:
            refs: the entities.
            named: is given all that another claim says.
        """
        self._ask(refs)
        for number, asked, asserts, key, note in self._each(f"{_ASKED}, asserts, key, note", "1"):
            if asked or named(_said(f"{asserts} {note} {key}")):
                row = self.spool.row("SELECT properties FROM claims WHERE n = ?", (number,))
                yield stored_claim(spooled(row[0], asserts))

    def _ask(self, refs: Iterable[NodeRef]) -> None:
        """Note the numbers of the claims about any of the entities."""
        self.flush()
        self.spool.make("CREATE TEMP TABLE IF NOT EXISTS asked (n INTEGER PRIMARY KEY)")
        self.spool.run("DELETE FROM asked")
        self.spool.run_many(
            "INSERT OR IGNORE INTO asked SELECT n FROM mentions WHERE label = ? AND id = ?", refs
        )

    def refs(self, labels: Iterable[str] = ()) -> Iterator[NodeRef]:
        """Yield each entity that any claim is about, of these labels alone where some are given."""
        self.flush()
        sql = "SELECT DISTINCT id FROM mentions WHERE label = ? AND id > ? ORDER BY id LIMIT ?"
        for label in labels or ENTITIES:
            last = ""
            while rows := list(self.spool.rows(sql, (label, last, BUFFERED))):
                yield from (NodeRef(label, row[0]) for row in rows)
                last = rows[-1][0]
                self.flush()

    def spoken_of(self, people: Iterable[str]) -> Iterator[str]:
        """Yield those of these people, by id, whom any claim speaks of that is there still."""
        self.flush()
        sql = (
            "SELECT 1 FROM mentions m JOIN claims c USING (n) "
            "WHERE m.label = 'Person' AND m.id = ? AND c.state <> ? LIMIT 1"
        )
        return (id for id in people if self.spool.row(sql, (id, GONE)))

    def newly_spoken_of(self, people: Iterable[NodeRef]) -> Iterator[NodeRef]:
        """Yield those of these people whom a new or changed claim speaks of."""
        self.flush()
        sql = (
            "SELECT 1 FROM mentions m JOIN claims c USING (n) "
            "WHERE m.label = ? AND m.id = ? AND c.state IN (?, ?) LIMIT 1"
        )
        return (ref for ref in people if self.spool.row(sql, (*ref, NEW, CHANGED)))

    def young(self) -> Iterator[NodeRef]:
        """Yield each person whom a claim calls a minor, or gives a date of birth."""
        self.flush()
        sql = "SELECT DISTINCT id FROM mentions WHERE label = 'Person' AND young"
        return (NodeRef("Person", row[0]) for row in self.spool.rows(sql))

    def tied(self, people: Iterable[NodeRef]) -> set[NodeRef]:
        """Return the detentions and events that claims tie any of these people to."""
        self.flush()
        sql = (
            "SELECT end_label, end FROM ties WHERE type = ? AND start_label = 'Person' "
            "AND start = ? AND end_label IN ('Detention', 'Event')"
        )
        return {
            NodeRef(*row)
            for person in people
            for kind in _PERSONAL
            for row in self.spool.rows(sql, (kind, person.id))
        }


def spooled(properties: str, asserts: str) -> dict[str, Any]:
    """Return the properties of a Claim node as the spool has them: what it asserts stands apart."""
    return {**from_json(properties), "asserts": asserts}


def _said(text: str) -> str:
    """Return the text of a claim with a space for each escaped character."""
    return re.sub(r"\\(u[0-9a-f]{4}|.)", " ", text) if "\\" in text else text
