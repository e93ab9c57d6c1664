"""Claims as an audience may see them, to be written as rows that load again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from vinculos.exports.claim_rows import HOME, REFERENCES, Key
from vinculos.graph.hidden import Hidden
from vinculos.graph.model import ROLE_LABELS
from vinculos.graph.records import Citation, Claim, NodeRef, Tie, Value
from vinculos.graph.redactor import Redactor
from vinculos.graph.secrets import NOTHING
from vinculos.graph.store import Store
from vinculos.graph.withheld import Withheld
from vinculos.loaders.cells import KEY_FORBIDS
from vinculos.loaders.declare import Table


class CitedSource(NamedTuple):
    """A source that a claim cites: its id, '' where only publisher and date may be shown."""

    id: str
    publisher: str = ""
    published: str = ""


class Shown(NamedTuple):
    """A claim as it may be seen, with its key and its sources, in the order of its citations.

    `dispute` is what both sides of a dispute share, whatever is withheld of it.
    """

    claim: Claim
    key: Key
    sources: tuple[CitedSource, ...]
    dispute: str


class ClaimRedactor:
    """Hides in claims what an audience may not see, and counts it in `hidden`."""

    def __init__(self, store: Store, withheld: Withheld, hidden: Hidden) -> None:
        """Read from the graph what the rules about roles, and about minors, ask for.

        Raises:
            EngineError: the graph cannot be read.
        """
        self._redactor = Redactor(withheld, hidden)
        self._withheld = withheld
        self._roles: dict[str, list[str]] = {}
        if any(rule.label in _ROLES for rule in withheld.audience.rules):
            for label in _ROLES:
                for id in _ids(store, f"MATCH (n:{label})"):
                    self._roles.setdefault(id, []).append(label)
        self._minors = set(_ids(store, "MATCH (n:Person) WHERE n.is_minor = true"))

    def shown(
        self, claim: Claim, table: Table, key: Key, sources: Mapping[str, CitedSource]
    ) -> Shown | None:
        """Return a claim as it may be seen, None where it may not.

        Args:
            claim: a claim that stands.
            table: its table.
            key: its key.
            sources: what is known of the sources that it cites, by id.
        """
        own = claim.nodes[0] if claim.nodes else None
        plain: dict[str, Any] = {
            "key": dict(key.parts),
            "said": [
                {"field": value.field, "text": value.text} for value in claim.values if own is None
            ],
            "ties": [
                {
                    "type": tie.type,
                    "start": tie.start.id,
                    "end": tie.end.id,
                    "properties": {"place": place, **tie.fields},
                }
                for place, tie in enumerate(claim.ties)
            ],
            "sources": [
                _citation(citation, place, sources)
                for place, citation in enumerate(claim.citations)
            ],
            "file": claim.file,
        }
        if own is not None:
            labels = [own.label, *self._roles.get(own.id, ())]
            plain["node"] = {"labels": labels, "properties": _said(claim, own)}
        row = self._redactor.row(plain)
        if row is None:
            return None
        values: list[Value] = []
        if own is not None:
            properties = row["node"]["properties"]
            if "id" not in properties:
                return None
            own = _ref(own, properties.pop("id"))
            values += _values(own, properties)
            if claim.nodes[0].id in self._minors:
                values = [value for value in values if value.field != "is_minor"]
                values.append(Value(own, "is_minor", True, "true"))
        elif claim.values:
            if not row["said"]:
                return None
            said = claim.values[0]
            text = row["said"][0]["text"]
            values.append(replace(said, value=text, text=text))
        cited = [_shown_source(entry, claim.citations) for entry in row["sources"]]
        return Shown(
            replace(
                claim,
                file=row["file"],
                nodes=(own,) if own else (),
                values=tuple(values),
                ties=tuple(_ties(claim, row["ties"])),
                citations=tuple(citation for citation, _ in cited),
            ),
            Key(
                {
                    column.name: _id(part, shown) if column.kind in REFERENCES else shown
                    for column in table.columns
                    if (part := key.parts.get(column.name)) is not None
                    for shown in (row["key"][column.name],)
                },
                key.side,
            ),
            tuple(source for _, source in cited),
            repr(key.parts),
        )

    def correction(self, claim: Claim) -> Claim | None:
        """Return a correction as it may be seen, None where it may not, or its source may not."""
        (value,) = claim.values
        row = self._redactor.row(
            {
                "id": claim.id,
                "about": value.subject.id,
                "said": [{"field": value.field, "text": value.text}],
                "sources": [_citation(claim.citations[0], 0, {})],
                "why": claim.note,
            }
        )
        if row is None or not row["said"] or "place" not in row["sources"][0]:
            return None
        text = row["said"][0]["text"]
        subject = _ref(value.subject, row["about"])
        said = replace(value, subject=subject, value=text, text=text)
        return replace(claim, values=(said,), note=row["why"])

    def reference(self, ref: NodeRef) -> str | None:
        """Return the id of a node that nothing describes, as it may be seen."""
        row = self._redactor.row({"id": ref.id})
        return None if row is None else _id(ref.id, row["id"])


def _ids(store: Store, match: str) -> Iterator[str]:
    """Yield the ids of nodes `n`, and those by which claims call people who are one with others."""
    for row in store.stream(f"{match} RETURN n.id AS id, n.same_as AS others"):
        yield from (row["id"], *(row["others"] or ()))


_ROLES = tuple(role.label for role in ROLE_LABELS)


def _said(claim: Claim, ref: NodeRef) -> dict[str, Any]:
    said = {
        value.field: value.value if isinstance(value.value, list) else value.text
        for value in claim.values
        if value.subject == ref
    }
    return {"id": ref.id, **said}


def _values(own: NodeRef, properties: Mapping[str, Any]) -> Iterator[Value]:
    for name, said in properties.items():
        text = "; ".join(said) if isinstance(said, list) else str(said)
        # A name may be gone and its row still count; of anything else nothing is left to say.
        if text and (text != NOTHING or name == "name"):
            yield Value(own, name, said, text)


def _ties(claim: Claim, shown: Iterable[Mapping[str, Any]]) -> Iterator[Tie]:
    for entry in shown:
        fields = dict(entry["properties"])
        tie = claim.ties[fields.pop("place")]
        yield Tie(
            tie.type,
            _ref(tie.start, entry["start"]),
            _ref(tie.end, entry["end"]),
            {name: said for name, said in fields.items() if said not in (NOTHING, [])},
            tie.confidence,
            tie.fallback,
        )


def _citation(citation: Citation, place: int, sources: Mapping[str, CitedSource]) -> dict[str, Any]:
    known = sources.get(citation.source, CitedSource(citation.source))
    return {
        "id": citation.source,
        "publisher": known.publisher,
        "published": known.published,
        "place": place,
        "page": citation.page,
        "accessed": citation.accessed,
    }


def _shown_source(
    entry: Mapping[str, Any], citations: tuple[Citation, ...]
) -> tuple[Citation, CitedSource]:
    if "place" in entry:
        citation = citations[entry["place"]]
        shown = Citation(citation.source, entry["page"], entry["accessed"])
        return shown, CitedSource(
            citation.source, entry.get("publisher", ""), entry.get("published", "")
        )
    return Citation(""), CitedSource("", entry.get("publisher", ""), entry.get("published", ""))


def _ref(ref: NodeRef, shown: str) -> NodeRef:
    return NodeRef(ref.label, _id(ref.id, shown))


def _id(id: str, shown: str) -> str:
    """Return an id as it may be shown, in its space and fit to be a key."""
    if shown == id:
        return id
    space, _, _ = id.partition(":")
    key, home, rest = shown.removeprefix(f"{space}:").partition(HOME)
    kept = "".join("-" if char in KEY_FORBIDS else char for char in key)
    return f"{space}:{kept}{home}{rest}"
