"""Hiding what an audience may not see, row by row, value by value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from functools import partial
from typing import Any

from vinculos.graph.audience import DROP, LENGTHS
from vinculos.graph.declarations import base_field
from vinculos.graph.folding import fold
from vinculos.graph.hidden import Hidden
from vinculos.graph.model import CLAIM
from vinculos.graph.secrets import (
    CITATION,
    MINOR,
    NOTHING,
    OUT,
    PSEUDONYM,
    RESTRICTED,
    SHARED,
    TRACE,
    Secret,
)
from vinculos.graph.shapes import REMARKS, Once, Shared, is_node, is_relationship, is_whole, take
from vinculos.graph.support import KNOWN
from vinculos.graph.terms import Hit
from vinculos.graph.withheld import Withheld
from vinculos.graph.withheld_reasons import reasons_of
from vinculos.graph.withheld_sources import restricted_last

Row = dict[str, Any]
SOURCE = "Source"
_DAY = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b")
_LINKS = ("http://", "https://")
_SOURCES = (RESTRICTED, CITATION, SHARED)


class Redactor:
    """Hides what is withheld, value by value, and counts it in `hidden`."""

    def __init__(self, withheld: Withheld, hidden: Hidden) -> None:
        self._terms = withheld.terms
        self._audience = withheld.audience
        rules = list(self._audience.rules)
        self._dropped = {name for rule in rules if rule.action == DROP for name in rule.names}
        self._units = {
            name: rule.action for rule in rules if rule.action in LENGTHS for name in rule.names
        }
        self._fields = self._dropped | self._units.keys()
        self._reasons = withheld.reasons
        self._confided = withheld.confided
        self._suspect = self._fields | self._reasons | self._confided
        self._hidden = hidden
        hidden.is_told &= not self._audience.small_counts
        hidden.out |= bool(withheld.out)
        self._once_judged = Once(self._judged_shared)
        self._once_masked = {
            about_minor: Once(partial(self._masked_shared, about_minor=about_minor))
            for about_minor in (False, True)
        }

    def row(self, row: Row) -> Row | None:
        """Return the row as it may be seen, None where it speaks of a protected person."""
        kinds, harmless = self._judged(row.values(), set())
        if harmless:
            return row
        if self._is_dropped(row):
            return None
        if OUT in kinds:
            row = {name: self._without_secrets(item) for name, item in row.items()}
            kinds, _ = self._judged(row.values(), set())
            if OUT in kinds:
                self._hidden.rows += 1
                return None
        return self._map(row, not kinds.isdisjoint((MINOR, TRACE)), citation=False)

    def are_clear(self, rows: Sequence[Set[str]]) -> list[bool]:
        """Return of each row, by all its texts with names of fields, whether it may be seen whole.

        It looks at the texts of all rows together: most of them stand in many.
        """
        suspected = self._terms.sift(set().union(*rows))
        secret = {text for text in suspected if not self._is_harmless(self._kinds({text}), {text})}
        secret |= self._suspect
        return [secret.isdisjoint(texts) for texts in rows]

    def _is_harmless(self, kinds: Set[str], texts: Set[str]) -> bool:
        # A shared source is withheld in a row about a minor alone.
        return kinds <= {SHARED} and self._suspect.isdisjoint(texts)

    def _judged(self, items: Iterable[Any], names: set[str]) -> tuple[Set[str], bool]:
        """Return the kinds of all secrets that items speak of, and whether all may be seen.

        `names` are those of their fields.
        """
        shared: list[Shared] = []
        take(items, names, shared)
        kinds = self._kinds(names)
        harmless = self._is_harmless(kinds, names)
        for item in shared:
            known, may_be_seen = self._once_judged(item)
            kinds |= known
            harmless = harmless and may_be_seen
        return kinds, harmless

    def _judged_shared(self, item: Shared) -> tuple[Set[str], bool]:
        return self._judged(item.values(), set(item))

    def _kinds(self, texts: Set[str]) -> set[str]:
        """Return the kinds of all secrets that texts speak of."""
        return {hit.thing.kind for hit in self._terms.found(texts)}

    def _find(self, text: str) -> tuple[Hit[Secret], ...]:
        return self._terms.find(text)

    def _without_secrets(self, item: Any) -> Any:
        """Return `item` with all elements of its lists left out that speak of protected people.

        What stands or falls as one, a path, a relationship or a claim, keeps its lists whole. A
        node loses the remark about it that speaks of them.
        """
        if isinstance(item, list):
            elements = [self._without_secrets(self._cited(part)) for part in item]
            kept = [element for element in elements if not self._speaks(element)]
            self._hidden.values += len(elements) - len(kept)
            return kept
        if is_node(item) and not is_whole(item):
            said = item["properties"]
            free = [name for name in REMARKS if self._speaks(said.get(name))]
            self._hidden.values += len(free)
            item = {**item, "properties": {n: v for n, v in said.items() if n not in free}}
        if isinstance(item, dict) and not is_whole(item):
            return {key: self._without_secrets(element) for key, element in item.items()}
        return item

    def _cited(self, item: Any) -> Any:
        """Return a citation so that it names no protected person, anything else as it is.

        None is passed over in silence because its title, say, names one: what rests on it would
        stand without a source. A restricted source is called that and no more.
        """
        if not isinstance(item, dict) or "publisher" not in item:
            return item
        for secret in self._sources_said(item, about_minor=False):
            if secret.kind == RESTRICTED:
                self._count(secret)
                return {"publisher": secret.shown}
        short = _short(item)
        if not self._speaks(item) or self._speaks(short):
            return item
        self._hidden.citations.add(str(item.get("id") or item))
        return short

    def _speaks(self, item: Any) -> bool:
        return OUT in self._judged([item], set())[0]

    def _masked(self, item: Any, about_minor: bool) -> Any:
        if isinstance(item, str):
            return self.text(item, about_minor)
        if type(item) is Shared:
            return self._once_masked[about_minor](item)
        if isinstance(item, list):
            parts = [self._masked(part, about_minor) for part in item if not self._is_dropped(part)]
            return restricted_last(parts)
        if is_node(item):
            labels = item["labels"]
            kept = self._without_fields(item["properties"], labels)
            properties = self._map(kept, about_minor, citation=SOURCE in labels)
            return {"labels": labels, "properties": properties}
        if is_relationship(item):
            item = {**item, "properties": self._without_fields(item["properties"], [item["type"]])}
        if isinstance(item, dict):
            citation = "publisher" in item
            kept = self._without_fields(item, [SOURCE]) if citation else item
            masked = self._map(kept, about_minor, citation=citation)
            return {self.text(key, about_minor): element for key, element in masked.items()}
        return item

    def _masked_shared(self, item: Shared, about_minor: bool) -> Shared:
        return Shared(self._masked(dict(item), about_minor))

    def _is_dropped(self, item: Any) -> bool:
        """Return whether `item` says what a dropped field says: `{field: born, value: …}`."""
        return isinstance(item, dict) and item.get("field") in self._dropped

    def _without_fields(self, properties: Row, labels: list[str]) -> Row:
        """Return the properties of a node or relationship without the fields that are dropped."""
        if self._rests_on_restricted(properties):
            # Without a day of its own a status is known since its source was published.
            properties = {k: v for k, v in properties.items() if not k.startswith(KNOWN)}
        if not self._fields:
            return properties
        kept = {
            name: value
            for name, value in properties.items()
            if self._audience.action(labels, base_field(name)) != DROP
        }
        if CLAIM in labels:
            # A claim says what fields say in lists, and once more as JSON.
            kept.pop("asserts", None)
            said = zip(kept.get("fields") or (), kept.get("values") or (), strict=False)
            kept["values"] = [
                NOTHING if name in self._dropped else self._coarser(text, name)
                for name, text in said
            ]
        return kept

    def _rests_on_restricted(self, properties: Row) -> bool:
        if not self._confided:
            return False
        return not self._confided.isdisjoint(
            (properties.get("id"), *(properties.get("claims") or ()))
        )

    def _map(self, item: Row, about_minor: bool, *, citation: bool) -> Row:
        """Return a map, node's properties or row with its texts masked.

        A map that is a `citation` of a secret source keeps nothing but what may be shown of it.
        """
        if told := reasons_of(item, self._reasons):
            self._hidden.values += 1
            item = {**item, **dict.fromkeys(told, NOTHING)}
        if (name := item.get("field")) in self._units:
            # An entry of its own, such as `{field: born, value: …}`.
            item = self._coarser(item, name)
        secrets = self._sources_said(item, about_minor)
        restricted = [secret for secret in secrets if secret.kind == RESTRICTED]
        if citation and restricted:
            self._hidden.sources.add(restricted[0].id)
            return {"publisher": restricted[0].shown}
        if citation and secrets:
            self._hidden.citations.add(secrets[0].id)
            return {key: self._masked(text, about_minor) for key, text in _short(item).items()}
        publishers = {fold(name): secret for secret in restricted for name in secret.publishers}
        masked: Row = {}
        for key, element in item.items():
            named = publishers and isinstance(element, str)
            if named and (secret := publishers.get(fold(element))):
                masked[key] = secret.shown
            else:
                masked[key] = self._masked(element, about_minor)
        return masked

    def _coarser(self, item: Any, name: str) -> Any:
        """Return what is said of a field with its days as coarse as they may be seen."""
        if name not in self._units:
            return item
        if isinstance(item, str):
            return _DAY.sub(lambda day: day[0][: LENGTHS[self._units[name]]], item)
        if isinstance(item, list):
            return [self._coarser(part, name) for part in item]
        if isinstance(item, dict):
            # When a source appeared is not what it says.
            return {
                key: part if key == "sources" else self._coarser(part, name)
                for key, part in item.items()
            }
        return item

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
        hits = [hit for hit in found if hit.thing.kind != SHARED or about_minor]
        if hits and text.startswith(_LINKS) and len(text.split()) == 1:
            # With a word replaced, a link would lead nowhere, or to another page.
            self._count(hits[0].thing)
            return hits[0].thing.shown if hits[0].thing.kind in _SOURCES else NOTHING
        written, at = [], 0
        for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
            self._count(hit.thing)
            if hit.start >= at:
                written += [text[at : hit.start], hit.thing.shown]
                at = hit.end
            elif hit.end > at:
                # Two secrets overlap: the rest of the second goes as well.
                at = hit.end
        return "".join((*written, text[at:]))

    def _count(self, secret: Secret) -> None:
        if secret.kind == RESTRICTED:
            self._hidden.sources.add(secret.id)
        elif secret.kind in (CITATION, SHARED):
            self._hidden.citations.add(secret.id)
        elif secret.kind == MINOR:
            self._hidden.minors.add(secret.id)
        elif secret.kind == PSEUDONYM:
            self._hidden.named.add(secret.id)


def _short(citation: Row) -> Row:
    """Return the publisher and the date of a citation alone."""
    return {key: citation[key] for key in ("publisher", "published") if key in citation}
