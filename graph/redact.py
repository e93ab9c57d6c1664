"""What an audience may see: every output but the terminal passes through here.

For the public: a row, or an element of a list, that speaks of a protected person is left out; a
restricted source is called that and nothing more; the id of a minor gives way to `minor N`; and a
citation made for a minor shows publisher and date only. What is inside texts counts too.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from vinculos.graph.folding import fold
from vinculos.graph.model import CLAIM
from vinculos.graph.network import (
    Network,
    NetworkDispute,
    NetworkEdge,
    NetworkNode,
    NetworkSource,
)
from vinculos.graph.plain import plain
from vinculos.graph.records import NodeRef
from vinculos.graph.shapes import is_node, is_path, is_relationship
from vinculos.graph.terms import Hit
from vinculos.graph.withheld import ACCOUNT, CITATION, MINOR, OUT, RESTRICTED, SHARED, TRACE
from vinculos.graph.withheld import Secret as Secret
from vinculos.graph.withheld import Withheld as Withheld
from vinculos.graph.withheld import load_withheld as load_withheld

Row = dict[str, Any]


@dataclass
class Hidden:
    """How much was hidden: rows, nodes and elements of lists left out, and things masked."""

    rows: int = 0
    values: int = 0
    sources: set[str] = field(default_factory=set)
    citations: set[str] = field(default_factory=set)
    minors: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.rows or self.values or self.sources or self.citations or self.minors)

    def sentence(self, lang: str) -> str:
        """Return one sentence that says how much was hidden, or nothing."""
        if not self:
            return ""
        counts = (
            (self.rows, "rows about who or what is withheld", "filas sobre lo reservado"),
            (self.values, "values about who or what is withheld", "valores sobre lo reservado"),
            (len(self.sources), "restricted sources", "fuentes reservadas"),
            (len(self.citations), "citations made for minors", "citas referidas a menores de edad"),
            (len(self.minors), "ids of minors", "identificadores de menores de edad"),
        )
        listed = ", ".join(f"{es if lang == 'es' else en}: {n}" for n, en, es in counts if n)
        if lang == "es":
            return f"Oculto al público ({listed}). Con --audience internal se ve."
        return f"Hidden from the public ({listed}). --audience internal shows it."


def rows(
    given: Iterable[Row], withheld: Withheld, hidden: Hidden | None = None
) -> tuple[list[Row], Hidden]:
    """Return `given` as plain data, as the audience may see it, and how much was hidden.

    Each row is judged by itself; a `hidden` that is given is counted on.
    """
    hidden = Hidden() if hidden is None else hidden
    cleaned = (plain(row) for row in given)
    if not withheld:
        return list(cleaned), hidden
    redactor = _Redactor(withheld, hidden)
    kept = (redactor.row(row) for row in cleaned)
    return [row for row in kept if row is not None], hidden


def shown(text: str, withheld: Withheld) -> str | None:
    """Return a text as the audience may see it, None where it speaks of a protected person."""
    kept, _ = rows([{"text": text}], withheld)
    return str(kept[0]["text"]) if kept else None


def network(given: Network, withheld: Withheld) -> tuple[Network, Hidden]:
    """Return a network as the audience may see it, and how much was hidden.

    A node that may not be seen goes with its ties; ids of minors are replaced everywhere.
    """
    hidden = Hidden()
    if not withheld:
        return given, hidden
    redactor = _Redactor(withheld, hidden)
    keys: dict[NodeRef, NodeRef] = {}
    nodes: dict[NodeRef, NetworkNode] = {}
    for key, node in given.nodes.items():
        properties = {"id": key.id, **node.properties}
        whole = {"labels": [key.label, *node.roles], "properties": properties}
        rest = {"sources": _listed(node.sources), "disputes": _listed(node.disputes)}
        row = redactor.row({"node": whole, **rest})
        if row is None or (key.label == "Source" and redactor.is_restricted(key.id)):
            continue
        shown = row["node"]["properties"]
        keys[key] = NodeRef(key.label, str(shown.pop("id", None) or redactor.text(key.id)))
        nodes[keys[key]] = NetworkNode(
            keys[key],
            node.roles,
            shown,
            _sources(row["sources"]),
            tuple(
                NetworkDispute(side["field"], side["text"], _sources(side["sources"]))
                for side in row["disputes"]
            ),
        )
    edges = []
    for edge in given.edges:
        if edge.start not in keys or edge.end not in keys:
            continue
        tie = {
            "type": edge.type,
            "start": edge.start.id,
            "end": edge.end.id,
            "properties": dict(edge.properties),
        }
        row = redactor.row({"edge": tie, "sources": _listed(edge.sources)})
        if row is not None:
            shown, cited = row["edge"]["properties"], _sources(row["sources"])
            ends = keys[edge.start], keys[edge.end]
            edges.append(NetworkEdge(edge.id, edge.type, *ends, shown, cited))
    return Network(nodes, tuple(edges), given.left_out), hidden


def _listed(items: Iterable[NetworkSource | NetworkDispute]) -> list[Row]:
    return [plain(asdict(item)) for item in items]


def _sources(cited: list[Any]) -> tuple[NetworkSource, ...]:
    """Return citations as they were left, blank where they were masked."""
    return tuple(
        NetworkSource(**{"id": "", **source}) for source in cited if isinstance(source, dict)
    )


class _Redactor:
    """Hides what is withheld, value by value, and counts it in `hidden`."""

    def __init__(self, withheld: Withheld, hidden: Hidden) -> None:
        self._terms = withheld.terms
        self._hidden = hidden

    def row(self, row: Row) -> Row | None:
        """Return the row as it may be seen, None where it speaks of a protected person."""
        kinds = self._kinds(row.values())
        if kinds <= {SHARED}:
            # Such a source is withheld in a row about a minor alone.
            return row
        if OUT in kinds:
            row = {name: self._without_secrets(item) for name, item in row.items()}
            kinds = self._kinds(row.values())
            if OUT in kinds:
                self._hidden.rows += 1
                return None
        return self._map(row, not kinds.isdisjoint((MINOR, TRACE)), citation=False)

    def _kinds(self, items: Iterable[Any]) -> set[str]:
        """Return the kinds of all secrets that the texts in `items` speak of."""
        texts: set[str] = set()
        for item in items:
            _gather(item, texts)
        return {hit.thing.kind for text in texts for hit in self._find(text)}

    def _find(self, text: str) -> tuple[Hit[Secret], ...]:
        return self._terms.find(text)

    def _without_secrets(self, item: Any) -> Any:
        """Return `item` with all elements of its lists left out that speak of protected people.

        What stands or falls as one, a path, a relationship or a claim, keeps its lists whole.
        """
        if isinstance(item, list):
            elements = [self._without_secrets(element) for element in item]
            kept = [element for element in elements if not self._speaks(element)]
            self._hidden.values += len(elements) - len(kept)
            return kept
        if isinstance(item, dict) and not _is_whole(item):
            return {key: self._without_secrets(element) for key, element in item.items()}
        return item

    def _speaks(self, item: Any) -> bool:
        return OUT in self._kinds((item,))

    def _masked(self, item: Any, about_minor: bool) -> Any:
        if isinstance(item, str):
            return self.text(item, about_minor)
        if isinstance(item, list):
            return [self._masked(element, about_minor) for element in item]
        if is_node(item):
            properties = self._map(
                item["properties"], about_minor, citation="Source" in item["labels"]
            )
            return {"labels": item["labels"], "properties": properties}
        if isinstance(item, dict):
            masked = self._map(item, about_minor, citation="publisher" in item)
            return {self.text(key, about_minor): element for key, element in masked.items()}
        return item

    def _map(self, item: Row, about_minor: bool, *, citation: bool) -> Row:
        """Return a map, node's properties or row with its texts masked.

        A map that is a `citation` of a secret source keeps nothing but what may be shown of it.
        """
        secrets = self._sources_said(item, about_minor)
        restricted = [secret for secret in secrets if secret.kind == RESTRICTED]
        if citation and restricted:
            self._hidden.sources.add(restricted[0].id)
            return {"publisher": restricted[0].shown}
        if citation and secrets:
            self._hidden.citations.add(secrets[0].id)
            return {key: item[key] for key in ("publisher", "published") if key in item}
        publishers = {fold(name): secret for secret in restricted for name in secret.publishers}
        masked: Row = {}
        for key, element in item.items():
            named = publishers and isinstance(element, str)
            if named and (secret := publishers.get(fold(element))):
                masked[key] = secret.shown
            else:
                masked[key] = self._masked(element, about_minor)
        return masked

    def _sources_said(self, item: Row, about_minor: bool) -> list[Secret]:
        """Return the secret sources that the texts right in `item` speak of."""
        texts = [element for element in item.values() if isinstance(element, str)]
        if isinstance(keys := item.get("keys"), list):
            texts += [key for key in keys if isinstance(key, str)]
        return [
            hit.thing
            for text in texts
            for hit in self._find(text)
            if hit.thing.kind in (RESTRICTED, CITATION)
            or (about_minor and hit.thing.kind == SHARED)
        ]

    def is_restricted(self, id: str) -> bool:
        """Return whether `id` is that of a restricted source."""
        return any(hit.thing.kind == RESTRICTED for hit in self._find(id))

    def text(self, text: str, about_minor: bool = False) -> str:
        """Return `text` with each secret that it holds written as it may be shown."""
        found = self._find(text)
        if not found:
            return text
        hits = [
            hit
            for hit in found
            if hit.thing.kind in (RESTRICTED, CITATION, MINOR, ACCOUNT)
            or (about_minor and hit.thing.kind == SHARED)
        ]
        written, at = [], 0
        for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
            self._count(hit.thing, text[hit.start : hit.end])
            if hit.start >= at:
                written += [text[at : hit.start], hit.thing.shown]
                at = hit.end
            elif hit.end > at:
                # Two secrets overlap: the rest of the second goes as well.
                at = hit.end
        return "".join((*written, text[at:]))

    def _count(self, secret: Secret, said: str) -> None:
        if secret.kind == RESTRICTED:
            self._hidden.sources.add(secret.id)
        elif secret.kind in (CITATION, SHARED):
            self._hidden.citations.add(secret.id)
        elif secret.kind == MINOR and said != secret.shown:
            self._hidden.minors.add(secret.id)


def _is_whole(item: dict[str, Any]) -> bool:
    return is_path(item) or is_relationship(item) or (is_node(item) and CLAIM in item["labels"])


def _gather(item: Any, texts: set[str]) -> None:
    """Add every text in `item` to `texts`, names of its fields included."""
    if isinstance(item, str):
        texts.add(item)
    elif isinstance(item, list):
        for element in item:
            _gather(element, texts)
    elif isinstance(item, dict):
        texts.update(item)
        for element in item.values():
            _gather(element, texts)
