"""The words that the data may use for status, basis, kind and role, named in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """A closed list of words; `names` gives each its English and its Spanish name.

    `name` is what the list is called in English, `es` in Spanish where messages speak of it.
    """

    name: str
    names: Mapping[str, tuple[str, str]]
    es: str = ""

    def title(self, lang: str) -> str:
        """Return what the list is called in `lang` (`en` or `es`)."""
        return self.es if lang == "es" and self.es else self.name

    def __contains__(self, word: object) -> bool:
        return word in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def label(self, word: str, lang: str) -> str:
        """Return the name of `word` in `lang` (`en` or `es`), or the word itself if unknown."""
        names = self.names.get(word)
        return word if names is None else names[lang == "es"]


GENDER = Words(
    "gender",
    {
        "f": ("female", "femenino"),
        "m": ("male", "masculino"),
        "x": ("other", "otro"),
    },
    es="género",
)

ROLE_TYPES = Words(
    "role_types",
    {
        "detainee": ("detainee", "persona detenida"),
        "relative": ("relative", "familiar"),
        "official": ("official", "funcionario"),
        "lawyer": ("lawyer", "abogado"),
        "opposition_leader": ("opposition leader", "dirigente opositor"),
        "public_figure": ("public figure", "figura pública"),
        "journalist": ("journalist", "periodista"),
        "activist": ("activist", "activista"),
        "witness": ("witness", "testigo"),
    },
    es="papeles de una persona",
)

CUSTODY_STATUS = Words(
    "status of a detention",
    {
        "detained": ("detained", "en detención"),
        "house_arrest": ("house arrest", "arresto domiciliario"),
        "disappeared": ("whereabouts unknown", "paradero desconocido"),
        "conditional_release": ("released under conditions", "excarcelación con medidas"),
        "released": ("released", "en libertad"),
        "escaped": ("escaped", "fugado"),
        "deceased": ("died in custody", "fallecido bajo custodia"),
        "unknown": ("unknown", "desconocido"),
    },
    es="situación de una detención",
)
HELD = ("detained", "house_arrest", "disappeared")
"""Statuses of a custody known to go on up to `status_as_of`, possible after it."""
ENDED = ("released", "conditional_release", "deceased", "escaped")
"""Statuses of a custody that ended, on an unknown day where no end is given."""

BASIS = Words(
    "basis of a detention",
    {
        "hostage_by_association": ("hostage by association", "rehén por asociación"),
        "relative_of_target": ("relative of a target", "familiar de una persona perseguida"),
        "electoral": ("elections", "electoral"),
        "protest": ("protest", "protesta"),
        "expression": ("expression", "expresión"),
        "journalism": ("journalism", "periodismo"),
        "ngo": ("work for an NGO", "trabajo en una ONG"),
        "military": ("military case", "caso militar"),
        "alleged_assassination_plot": (
            "alleged assassination plot",
            "presunto plan de magnicidio",
        ),
        "contested_homicide_case": ("contested homicide case", "caso de homicidio cuestionado"),
        "foreign_national": ("foreign national", "persona extranjera"),
        "union": ("trade-union work", "trabajo sindical"),
        "land_or_indigenous_rights": (
            "land or indigenous rights",
            "derechos a la tierra o indígenas",
        ),
        "religion": ("religion", "religión"),
        "other": ("other", "otra"),
    },
    es="motivo de una detención",
)

CHARGE_STATUS = Words(
    "status of a charge",
    {
        "accused": ("accused", "acusación"),
        "convicted": ("convicted", "condena"),
        "acquitted": ("acquitted", "absolución"),
        "dismissed": ("dismissed", "sobreseimiento"),
        "annulled": ("annulled", "anulación"),
        "unknown": ("unknown", "desconocido"),
    },
    es="situación de una imputación",
)


@dataclass(frozen=True)
class Kinship:
    """A kind of tie between two people: whether it is kin, symmetric, or another one reversed."""

    en: str
    es: str
    kin: bool
    symmetric: bool = False
    reverse_of: str = ""


KINSHIPS: Mapping[str, Kinship] = {
    "parent_of": Kinship("parent of", "madre o padre de", kin=True),
    "child_of": Kinship("child of", "hija o hijo de", kin=True, reverse_of="parent_of"),
    "grandparent_of": Kinship("grandparent of", "abuela o abuelo de", kin=True),
    "sibling_of": Kinship("sibling of", "hermana o hermano de", kin=True, symmetric=True),
    "spouse_of": Kinship("spouse of", "cónyuge de", kin=True, symmetric=True),
    "partner_of": Kinship("partner of", "pareja de", kin=True, symmetric=True),
    "in_law_of": Kinship("in-law of", "familia política de", kin=True, symmetric=True),
    "relative_of": Kinship("relative of", "familiar de", kin=True, symmetric=True),
    "friend_of": Kinship("friend of", "amistad de", kin=False, symmetric=True),
    "colleague_of": Kinship("colleague of", "colega de", kin=False, symmetric=True),
    "associate_of": Kinship("associate of", "persona allegada a", kin=False, symmetric=True),
    "lawyer_of": Kinship("lawyer of", "abogada o abogado de", kin=False),
}
KINSHIP = Words(
    "kind of tie",
    {key: (kind.en, kind.es) for key, kind in KINSHIPS.items()},
    es="tipo de vínculo",
)
KIN = tuple(key for key, kind in KINSHIPS.items() if kind.kin)

INVOLVEMENT = Words(
    "role of an official",
    {
        "ordered": ("ordered", "ordenó"),
        "commanded": ("commanded", "comandó"),
        "presided": ("presided", "presidió el tribunal"),
        "prosecuted": ("prosecuted", "acusó como fiscal"),
        "custodian": ("had custody", "tuvo la custodia"),
        "announced": ("announced", "anunció"),
        "denounced": ("spoke publicly against", "señaló públicamente"),
    },
    es="papel de un funcionario",
)

EVENT_ROLE = Words(
    "role in an event",
    {
        "subject": ("subject", "persona concernida"),
        "ordered": ("ordered", "ordenó"),
        "presided": ("presided", "presidió el tribunal"),
        "prosecuted": ("prosecuted", "acusó como fiscal"),
        "announced": ("announced", "anunció"),
        "accused": ("defendant", "persona acusada"),
        "convicted": ("convicted", "persona condenada"),
        "acquitted": ("acquitted", "persona absuelta"),
        "witness": ("witness", "testigo"),
        "sanctioned": ("sanctioned", "persona sancionada"),
    },
    es="papel en un hecho",
)

CASE_ROLE = Words(
    "role in a case",
    {
        "accused": ("defendant", "persona acusada"),
        "convicted": ("convicted", "persona condenada"),
        "witness": ("witness", "testigo"),
        "victim": ("victim", "víctima"),
    },
    es="papel en un caso",
)

EVENT_KIND = Words(
    "kind of event",
    {
        "warrant": ("warrant", "orden de captura"),
        "exile": ("exile", "exilio"),
        "asylum": ("asylum", "asilo"),
        "proceeding": ("proceeding", "proceso judicial"),
        "accusation": ("accusation", "señalamiento"),
        "search": ("search", "búsqueda"),
        "capture": ("capture", "captura"),
        "sanction": ("sanction", "sanción"),
        "announcement": ("announcement", "anuncio"),
        "law": ("law adopted", "ley aprobada"),
        "protest": ("protest", "protesta"),
        "election": ("election", "elección"),
        "other": ("other", "otro"),
    },
    es="tipo de hecho",
)

CASE_KIND = Words(
    "kind of case",
    {
        "alleged_military_plot": ("alleged military plot", "presunta conspiración militar"),
        "alleged_assassination_plot": (
            "alleged assassination plot",
            "presunto plan de magnicidio",
        ),
        "armed_incursion": ("armed incursion", "incursión armada"),
        "homicide_prosecution": ("homicide prosecution", "proceso por homicidio"),
        "joint_prosecution": ("joint prosecution", "proceso conjunto"),
        "other": ("other", "otro"),
    },
    es="tipo de caso",
)

ORGANIZATION_KIND = Words(
    "kind of organization",
    {
        "government": ("government", "gobierno"),
        "ministry": ("ministry", "ministerio"),
        "prosecution": ("public prosecution", "fiscalía"),
        "court": ("court", "tribunal"),
        "military": ("military", "fuerza armada"),
        "intelligence": ("intelligence service", "servicio de inteligencia"),
        "security_force": ("security force", "fuerza de seguridad"),
        "prison_service": ("prison service", "servicio penitenciario"),
        "party": ("political party", "partido político"),
        "ngo": ("NGO", "ONG"),
        "union": ("trade union", "sindicato"),
        "media": ("media", "medio de comunicación"),
        "company": ("company", "empresa"),
        "armed_group": ("armed group", "grupo armado"),
        "international": ("international body", "organismo internacional"),
        "other": ("other", "otra"),
    },
    es="tipo de organización",
)
STATE = (
    "government",
    "ministry",
    "prosecution",
    "court",
    "military",
    "intelligence",
    "security_force",
    "prison_service",
)
"""Kinds of organization that are the state: a post in one makes its holder an Official."""

PARENT_KIND = Words(
    "kind of subordination",
    {
        "command": ("command", "mando"),
        "administrative": ("administrative", "administrativa"),
        "unknown": ("unknown", "desconocida"),
    },
    es="tipo de subordinación",
)

RESIDENCE = "residence"
PLACE_KIND = Words(
    "kind of place",
    {
        "prison": ("prison", "cárcel"),
        "women prison": ("women's prison", "cárcel de mujeres"),
        "military prison": ("military prison", "cárcel militar"),
        "juvenile facility": ("juvenile facility", "centro para adolescentes"),
        "police holding cells": ("police holding cells", "calabozos policiales"),
        "intelligence headquarters / prison": (
            "intelligence headquarters and prison",
            "sede de inteligencia y cárcel",
        ),
        "military counterintelligence headquarters / prison": (
            "military counterintelligence headquarters and prison",
            "sede de contrainteligencia militar y cárcel",
        ),
        "military base": ("military base", "instalación militar"),
        "clandestine site": ("clandestine site", "sitio clandestino"),
        "hospital": ("hospital", "hospital"),
        "court": ("court", "tribunal"),
        RESIDENCE: ("private home", "vivienda"),
        "other": ("other", "otro"),
    },
    es="tipo de lugar",
)

YES_NO_UNKNOWN = Words(
    "yes, no or unknown",
    {"yes": ("yes", "sí"), "no": ("no", "no"), "unknown": ("unknown", "desconocido")},
    es="sí, no o desconocido",
)
IN_PRESS = Words(
    "what the press says",
    {**YES_NO_UNKNOWN.names, "contested": ("contested", "en discusión")},
    es="lo que dice la prensa",
)
HELD_BECAUSE_OF = Words(
    "held because of",
    {"yes": ("yes", "sí"), "alleged": ("alleged", "según se alega"), "no": ("no", "no")},
    es="en detención a causa de",
)
OUTCOME = Words(
    "outcome of an amnesty request",
    {
        "granted": ("granted", "concedida"),
        "denied": ("denied", "negada"),
        "pending": ("pending", "pendiente"),
        "unknown": ("unknown", "desconocida"),
    },
    es="resultado de una solicitud de amnistía",
)
RULE_EFFECT = Words(
    "effect of a rule",
    {
        "covers": ("covers", "ampara"),
        "excludes": ("excludes", "excluye"),
        "requires": ("requires", "exige"),
    },
    es="efecto de una regla",
)
RULE_KIND = Words(
    "kind of rule",
    {
        "period": ("period", "período"),
        "event": ("event", "hecho"),
        "charge": ("charge", "delito"),
        "conduct": ("conduct", "conducta"),
        "procedure": ("procedure", "trámite"),
    },
    es="tipo de regla",
)
ACCESS = Words(
    "access to a source",
    {"public": ("public", "pública"), "restricted": ("restricted", "reservada")},
    es="acceso a una fuente",
)
CONFIDENCE = Words(
    "confidence",
    {
        "documented": ("documented", "documentado"),
        "reported": ("reported", "informado"),
        "alleged": ("alleged", "alegado"),
    },
    es="certeza",
)
"""Strongest first."""
CLAIM_STATUS = Words(
    "status of a claimed field",
    {
        "accepted": ("accepted", "aceptado"),
        "conflict": ("in conflict", "en conflicto"),
        "needs_work": ("needs work", "por revisar"),
    },
    es="situación de un campo afirmado",
)
