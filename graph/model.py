"""The node and relationship types of the graph, declared once: the only spelling of labels."""

from __future__ import annotations

from collections.abc import Mapping

from vinculos.graph import words
from vinculos.graph.declarations import Field, NodeType, RelationshipType, RoleLabel
from vinculos.graph.nationalities import NATIONALITY
from vinculos.graph.usual_words import PEOPLE_IN_WORDS
from vinculos.graph.words import Words


def _word(name: str, en: str, es: str, vocabulary: Words, merge: str = "one") -> Field:
    return Field(name, en, es, "word", vocabulary, merge)


def _flag(name: str, en: str, es: str) -> Field:
    return Field(name, en, es, "flag", None, "any")


def _list(name: str, en: str, es: str, vocabulary: Words | None = None) -> Field:
    return Field(name, en, es, "list", vocabulary, "all")


_NAME = Field("name", "name", "nombre")
_NAME_EN = Field("name_en", "name in English", "nombre en inglés")
_NAME_ES = Field("name_es", "name in Spanish", "nombre en español")
_NOTE = Field("note", "note", "nota")
_STARTED = Field("started", "from", "desde", "date")
_ENDED = Field("ended", "to", "hasta", "date")

NODES: tuple[NodeType, ...] = (
    NodeType(
        "Person",
        "person",
        "persona",
        (
            _NAME,
            _list("aliases", "other names", "otros nombres"),
            Field(
                "same_as", "also recorded as", "registrada también como", "list", None, "decided"
            ),
            Field("gender", "gender", "género", "word", words.GENDER, usual=PEOPLE_IN_WORDS),
            Field(
                "nationality", "nationality", "nacionalidad", "list", merge="all", usual=NATIONALITY
            ),
            Field("born", "born", "nacimiento", "date"),
            Field("died", "died", "muerte", "date"),
            Field("mother_name", "mother's name", "nombre de la madre"),
            _flag("is_minor", "minor", "menor de edad"),
            _flag("protected", "protected", "con protección"),
            _list("roles", "roles", "roles", words.ROLE_TYPES),
            Field("summary", "summary", "resumen"),
        ),
        ("name", "aliases"),
    ),
    NodeType(
        "Detention",
        "detention",
        "detención",
        (
            Field("started", "taken on", "detención desde", "date"),
            Field("ended", "ended on", "detención hasta", "date"),
            _word("status", "status", "situación", words.CUSTODY_STATUS, "latest"),
            Field("status_as_of", "status as of", "situación al", "date", None, "latest"),
            _word("basis", "basis", "motivo", words.BASIS),
            Field("facts_started", "facts from", "hechos desde", "date"),
            Field("facts_ended", "facts to", "hechos hasta", "date"),
            Field("sentence_years", "sentence in years", "condena en años", "number"),
            Field("sentenced_on", "sentenced on", "fecha de condena", "date"),
        ),
    ),
    NodeType(
        "Event",
        "event",
        "hecho",
        (_word("kind", "kind", "tipo", words.EVENT_KIND), _NAME, _STARTED, _ENDED),
        ("name",),
    ),
    NodeType(
        "Place",
        "place",
        "lugar",
        (
            _NAME,
            _word("kind", "kind", "tipo", words.PLACE_KIND),
            Field("state", "state or region", "estado o región"),
        ),
        ("name",),
    ),
    NodeType(
        "Organization",
        "organization",
        "organización",
        (
            _NAME,
            _list("aliases", "other names", "otros nombres"),
            _word("kind", "kind", "tipo", words.ORGANIZATION_KIND),
        ),
        ("name", "aliases"),
    ),
    NodeType(
        "Case",
        "case",
        "caso",
        (_NAME, _word("kind", "kind", "tipo", words.CASE_KIND)),
        ("name",),
    ),
    NodeType(
        "Charge",
        "charge",
        "delito",
        (
            _NAME_EN,
            _NAME_ES,
            _word(
                "amnesty_in_press", "amnesty, per press", "amnistía según prensa", words.IN_PRESS
            ),
        ),
        ("name_en", "name_es"),
    ),
    NodeType(
        "Law",
        "law",
        "ley",
        (_NAME_EN, _NAME_ES, Field("adopted", "adopted on", "aprobada el", "date"), _NOTE),
        ("name_en", "name_es"),
    ),
    NodeType(
        "Rule",
        "rule",
        "regla",
        (
            _word("effect", "effect", "efecto", words.RULE_EFFECT),
            _word("kind", "kind", "tipo", words.RULE_KIND),
            _NAME_EN,
            _NAME_ES,
            _STARTED,
            _ENDED,
            _list("article", "article", "artículo"),
            _NOTE,
        ),
        ("name_en", "name_es"),
    ),
    NodeType(
        "Source",
        "source",
        "fuente",
        (
            _list("keys", "keys", "claves"),
            Field("publisher", "publisher", "medio"),
            Field("origin", "origin", "origen"),
            Field("title", "title", "título"),
            Field("url", "link", "enlace"),
            Field("published", "published on", "publicada el", "date"),
            Field("archived_url", "archived copy", "copia archivada"),
            _list("sha256", "SHA-256 of the copies kept", "SHA-256 de las copias guardadas"),
            _word("access", "access", "acceso", words.ACCESS, "any"),
            _flag("retracted", "retracted", "retirada"),
        ),
        ("title", "publisher"),
    ),
)

_ROLE = {"en": "role", "es": "papel"}
_PERSON, _DETENTION, _ORGANIZATION = ("Person",), ("Detention",), ("Organization",)
ENTITIES = tuple(node.label for node in NODES)

RELATIONSHIPS: tuple[RelationshipType, ...] = (
    RelationshipType("DETAINED_IN", "detained in", "persona detenida en", _PERSON, _DETENTION),
    RelationshipType(
        "HELD_AT",
        "held at",
        "recluida en",
        _DETENTION,
        ("Place",),
        (_STARTED, _ENDED),
        ("started", "ended"),
    ),
    RelationshipType("ARRESTED_BY", "arrested by", "aprehendida por", _DETENTION, _ORGANIZATION),
    RelationshipType(
        "CHARGED_WITH",
        "charged with",
        "imputación de",
        ("Detention", "Event"),
        ("Charge",),
        (_word("status", "status", "situación", words.CHARGE_STATUS, "latest"),),
    ),
    RelationshipType("UNDER", "under", "según", ("Charge",), ("Law",)),
    RelationshipType(
        "BECAUSE_OF",
        "held because of",
        "detenida a causa de",
        _DETENTION,
        _PERSON,
        (Field("asserted_by", "asserted by", "según", "list", merge="all", usual=PEOPLE_IN_WORDS),),
    ),
    RelationshipType(
        "RELATED_TO",
        "related to",
        "vinculada con",
        _PERSON,
        _PERSON,
        (
            _word("kind", "kind", "tipo", words.KINSHIP),
            Field(
                "detail_from",
                "what the first is to the second",
                "qué es la primera",
                usual=PEOPLE_IN_WORDS,
            ),
            Field(
                "detail_to",
                "what the second is to the first",
                "qué es la segunda",
                usual=PEOPLE_IN_WORDS,
            ),
        ),
        ("kind",),
    ),
    RelationshipType(
        "HOLDS_POST",
        "holds a post in",
        "ocupa un cargo en",
        _PERSON,
        _ORGANIZATION,
        (
            Field("title", "title", "cargo"),
            Field("rank", "rank", "rango"),
            _word("commands", "commands", "tiene mando", words.YES_NO_UNKNOWN),
            _STARTED,
            _ENDED,
        ),
        ("title", "started"),
    ),
    RelationshipType(
        "PART_OF",
        "part of",
        "parte de",
        _ORGANIZATION,
        _ORGANIZATION,
        (_word("kind", "kind", "tipo", words.PARENT_KIND), _STARTED, _ENDED),
        ("started",),
    ),
    RelationshipType(
        "OPERATES",
        "operates",
        "administra",
        _ORGANIZATION,
        ("Place",),
        (_STARTED, _ENDED),
        ("started",),
    ),
    RelationshipType(
        "INVOLVED_IN",
        "named in connection with",
        "nombrada en relación con",
        _PERSON,
        ("Detention", "Organization"),
        (_word("role", **_ROLE, vocabulary=words.INVOLVEMENT),),
        ("role",),
    ),
    RelationshipType(
        "TOOK_PART",
        "took part in",
        "tomó parte en",
        _PERSON,
        ("Event",),
        (_word("role", **_ROLE, vocabulary=words.EVENT_ROLE),),
        ("role",),
    ),
    RelationshipType("CONCERNS", "concerns", "se refiere a", ("Event",), ENTITIES),
    RelationshipType(
        "PART_OF_CASE",
        "part of the case",
        "parte del caso",
        ("Detention", "Person"),
        ("Case",),
        (_word("role", **_ROLE, vocabulary=words.CASE_ROLE),),
        ("role",),
    ),
    RelationshipType("HAS_RULE", "has the rule", "tiene la regla", ("Law",), ("Rule",)),
    RelationshipType("NAMES", "names", "nombra", ("Rule",), ("Charge", "Case")),
    RelationshipType(
        "FALLS_UNDER", "falls under", "comprendida en", ("Detention", "Case"), ("Rule",)
    ),
    RelationshipType(
        "AMNESTY",
        "asked for amnesty under",
        "solicitud de amnistía según",
        _DETENTION,
        ("Law",),
        (
            _word("outcome", "outcome", "resultado", words.OUTCOME),
            Field("requested", "requested on", "solicitada el", "date"),
            Field("decided", "decided on", "decidida el", "date"),
        ),
        ("requested",),
    ),
)

ROLE_LABELS: tuple[RoleLabel, ...] = (
    RoleLabel(
        "Detainee", "Person", "detainee", "persona detenida", "EXISTS { (n)-[:DETAINED_IN]->() }"
    ),
    RoleLabel(
        "Relative",
        "Person",
        "relative",
        "familiar",
        "EXISTS { MATCH (n)-[r:RELATED_TO]-(p:Person) WHERE r.kind IN $kin AND "
        "(EXISTS { (p)-[:DETAINED_IN]->() } OR EXISTS { (p)<-[:BECAUSE_OF]-() }) }",
    ),
    RoleLabel(
        "Official",
        "Person",
        "official",
        "funcionario",
        "EXISTS { (n)-[:INVOLVED_IN]->() } OR "
        "EXISTS { MATCH (n)-[:HOLDS_POST]->(o:Organization) WHERE o.kind IN $state }",
    ),
    RoleLabel("Lawyer", "Person", "lawyer", "abogado", "'lawyer' IN n.roles"),
    RoleLabel(
        "PublicFigure",
        "Person",
        "public figure",
        "figura pública",
        "'public_figure' IN n.roles OR 'opposition_leader' IN n.roles",
    ),
)

RULE_PARAMETERS: Mapping[str, list[str]] = {"kin": list(words.KIN), "state": list(words.STATE)}
"""What the rules of role labels take as parameters."""

CLAIM, LOAD, DECISION, LOCK = "Claim", "Load", "Decision", "Lock"
ABOUT, CITES, CITED, IN = "ABOUT", "CITES", "CITED", "IN"
"""Provenance: a Claim is ABOUT entities, CITES {page, accessed} a Source, is IN a Load; CITED is
a citation whose source was retracted."""

NODE_TYPES: Mapping[str, NodeType] = {node.label: node for node in NODES}
RELATIONSHIP_TYPES: Mapping[str, RelationshipType] = {rel.type: rel for rel in RELATIONSHIPS}

_NAMES: Mapping[str, tuple[str, str]] = {
    CLAIM: ("claim", "afirmación"),
    LOAD: ("load", "carga"),
    DECISION: ("decision", "decisión"),
    ABOUT: ("about", "sobre"),
    CITES: ("cites", "cita"),
    CITED: ("cited, since retracted", "citaba, fuente retirada"),
    IN: ("in", "en"),
    **{node.label: (node.en, node.es) for node in NODES},
    **{role.label: (role.en, role.es) for role in ROLE_LABELS},
    **{rel.type: (rel.en, rel.es) for rel in RELATIONSHIPS},
}


def label_name(label: str, lang: str) -> str:
    """Return the name of a node label or relationship type in `lang` (`en` or `es`)."""
    if named := _NAMES.get(label):
        return named[lang == "es"]
    return label
