"""What must not be shown to an audience: people, sources and traces of minors, read from the graph.

What is withheld and how: `redact.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from vinculos.graph.folding import fold
from vinculos.graph.model import DECISION, LOAD
from vinculos.graph.plain import plain
from vinculos.graph.store import Store
from vinculos.graph.terms import WHOLE, WORDS, Terms

AUDIENCES = ("public", "internal")
RESTRICTED_LABEL = {"en": "restricted source", "es": "fuente reservada"}
DETENTION_LABEL = {"en": "detention", "es": "detención"}

OUT, RESTRICTED, CITATION, SHARED, MINOR, TRACE, ACCOUNT = (
    "out",
    "restricted",
    "citation",
    "shared",
    "minor",
    "trace",
    "account",
)
"""Kinds of secret: what is left out with all that speaks of it (a protected person, what hangs on
them, a restricted source's own row); a restricted source; a source that only claims about minors
cite; one that others cite too; a minor's id; a claim about a minor; who loaded or decided."""


class Secret(NamedTuple):
    """Something withheld: its kind, whose it is, what is shown instead, who published it."""

    kind: str
    id: str
    shown: str = ""
    publishers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Withheld:
    """All that one audience may not see; nothing where `terms` is empty."""

    audience: str
    lang: str
    terms: Terms[Secret] = field(default_factory=Terms)

    def __bool__(self) -> bool:
        return bool(self.terms)


def load_withheld(store: Store, audience: str, lang: str = "en") -> Withheld:
    """Return what `audience` (`public` or `internal`) may not see of the graph in `store`.

    `lang` is the language of what is shown instead. For `internal` it is nothing: the names of
    minors are not in the graph.

    Raises:
        EngineError: the graph cannot be read.
    """
    withheld = Withheld(audience, lang)
    if audience != "internal":
        _people(store, withheld.terms)
        _restricted(store, withheld.terms, RESTRICTED_LABEL[lang])
        _minors(store, withheld.terms, lang)
        _accounts(store, withheld.terms)
    return withheld


def _accounts(store: Store, terms: Terms[Secret]) -> None:
    """Withhold who loaded and decided, where a text is that name and nothing else."""
    for label in (LOAD, DECISION):
        for row in _rows(store, f"MATCH (n:{label}) RETURN DISTINCT n.who AS who"):
            terms.add(row["who"], Secret(ACCOUNT, "", "—"), WHOLE)


def _rows(store: Store, cypher: str, **parameters: Any) -> list[dict[str, Any]]:
    return [plain(row) for row in store.read(cypher, parameters).rows]


def _people(store: Store, terms: Terms[Secret]) -> None:
    for row in _rows(
        store,
        "MATCH (p:Person) WHERE p.protected = true "
        "OPTIONAL MATCH (p)-[:DETAINED_IN]->(d:Detention) "
        "RETURN p.id AS id, p.name AS name, p.aliases AS aliases, collect(d.id) AS detentions",
    ):
        secret = Secret(OUT, row["id"])
        for name in (row["name"], *(row["aliases"] or ())):
            terms.add(name, secret)
        for id in (row["id"], *row["detentions"]):
            terms.add_id(id, secret)
    for claim, person in _claims_about(store, "protected"):
        terms.add(claim, Secret(OUT, person))


def _claims_about(store: Store, flag: str) -> list[tuple[str, str]]:
    """Return claim and person for each claim about a person with `flag`, or their detentions."""
    # Two whole statements, since a property's name cannot be a parameter and is ours alone.
    condition = {"protected": "p.protected = true", "is_minor": "p.is_minor = true"}[flag]
    direct = f"MATCH (p:Person)<-[:ABOUT]-(c:Claim) WHERE {condition} "
    custody = (
        f"MATCH (p:Person)-[:DETAINED_IN]->(:Detention)<-[:ABOUT]-(c:Claim) WHERE {condition} "
    )
    found: dict[tuple[str, str], None] = {}
    for match in (direct, custody):
        for row in _rows(store, f"{match}RETURN DISTINCT c.id AS claim, p.id AS person"):
            found[row["claim"], row["person"]] = None
    return list(found)


_SOURCE = (
    "s.id AS id, s.keys AS keys, s.title AS title, s.url AS url, s.archived_url AS archived_url, "
    "s.publisher AS publisher, s.origin AS origin, s.published AS published, s.name_key AS name_key"
)


def _restricted(store: Store, terms: Terms[Secret], label: str) -> None:
    rows = _rows(store, f"MATCH (s:Source) WHERE s.access = 'restricted' RETURN {_SOURCE}")
    names = [name for row in rows for name in (row["publisher"], row["origin"]) if name]
    elsewhere = _known_elsewhere(store, names)
    for row in rows:
        publishers = tuple(name for name in (row["publisher"], row["origin"]) if name)
        secret = Secret(RESTRICTED, row["id"], label, publishers)
        _add_source(terms, row, secret)
        for name in publishers:
            if fold(name) not in elsewhere:
                terms.add(name, secret)
    for row in _rows(
        store,
        "MATCH (s:Source)<-[:ABOUT]-(c:Claim) WHERE s.access = 'restricted' "
        "RETURN DISTINCT c.id AS claim, s.id AS source",
    ):
        terms.add(row["claim"], Secret(OUT, row["source"]))


def _known_elsewhere(store: Store, names: list[str]) -> set[str]:
    """Return those of `names`, folded, that a public source or an organization bears too.

    Such a name says nothing by itself; beside its restricted source it is withheld all the same.
    """
    if not names:
        return set()
    found = _rows(
        store,
        "MATCH (s:Source) WHERE coalesce(s.access, 'public') <> 'restricted' "
        "AND (s.publisher IN $names OR s.origin IN $names) "
        "RETURN DISTINCT s.publisher AS a, s.origin AS b "
        "UNION MATCH (o:Organization) WHERE o.name IN $names RETURN DISTINCT o.name AS a, '' AS b",
        names=names,
    )
    return {fold(name) for row in found for name in (row["a"], row["b"]) if name}


def _add_source(terms: Terms[Secret], row: dict[str, Any], secret: Secret) -> None:
    space = row["id"].partition(":")[0]
    terms.add_id(row["id"], secret)
    for key in row["keys"] or ():
        terms.add_id(key if ":" in key else f"{space}:{key}", secret)
    for link in (row["url"], row["archived_url"]):
        terms.add(link, secret)
    for text in (row["title"], row["name_key"]):
        # A title of a word or two is an expression that other texts use too.
        terms.add(text, secret, WORDS if len(fold(text or "").split()) > 2 else WHOLE)


def _minors(store: Store, terms: Terms[Secret], lang: str) -> None:
    rows = _rows(
        store,
        "MATCH (p:Person) WHERE p.is_minor = true "
        "OPTIONAL MATCH (p)-[:DETAINED_IN]->(d:Detention) "
        "RETURN p.id AS id, p.name AS name, collect(d.id) AS detentions",
    )
    for row in rows:
        name = row["name"] or "minor"
        secret = Secret(MINOR, row["id"], name)
        terms.add(row["name"], secret)
        terms.add_id(row["id"], secret)
        for number, id in enumerate(sorted(row["detentions"]), 1):
            shown = f"{name}, {DETENTION_LABEL[lang]} {number}"
            terms.add_id(id, Secret(MINOR, row["id"], shown))
    if not rows:
        return
    claims = dict(_claims_about(store, "is_minor"))
    for claim, minor in claims.items():
        terms.add(claim, Secret(TRACE, minor))
    cited = _rows(
        store,
        "MATCH (s:Source)<-[:CITES]-(c:Claim) WHERE c.id IN $claims "
        f"AND coalesce(s.access, 'public') <> 'restricted' RETURN DISTINCT {_SOURCE}",
        claims=list(claims),
    )
    others = {
        row["id"]
        for row in _rows(
            store,
            "MATCH (s:Source)<-[:CITES]-(c:Claim) "
            "WHERE s.id IN $sources AND c.superseded_by IS NULL AND c.table <> 'sources' "
            "RETURN s.id AS id, collect(c.id) AS claims",
            sources=[row["id"] for row in cited],
        )
        if any(claim not in claims for claim in row["claims"])
    }
    for row in cited:
        shown = ", ".join(part for part in (row["publisher"], row["published"]) if part)
        kind = SHARED if row["id"] in others else CITATION
        _add_source(terms, row, Secret(kind, row["id"], shown or RESTRICTED_LABEL[lang]))
