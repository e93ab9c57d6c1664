"""What each schema and property of FollowTheMoney becomes: the tables and columns that it fills.

Whatever stands here in neither table has no place in the graph: it is counted and told. The
schemata are those of https://followthemoney.tech/explorer/; `docs/followthemoney.md` says the same
in words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from vinculos.graph.words import CASE_ROLE, EVENT_ROLE, INVOLVEMENT, KINSHIP, Words

NAMES = ("name", "alias", "weakAlias", "previousName")
NAME_PARTS = ("firstName", "secondName", "middleName", "fatherName", "lastName")
"""Parts of a name, used where there is no whole one."""
ALL_NAMES = (*NAMES, *NAME_PARTS)
PROVENANCE = ("sourceUrl", "publisher", "retrievedAt", "modifiedAt", "proof")
"""Properties of any entity that say where it comes from, and for which day it speaks."""
KEYWORDS = "keywords"
"""Where a thing may carry words of ours: roles, a kind, a confidence."""
INTERVAL = {"started_on": ("startDate", "date"), "ended_on": ("endDate",)}
TOPICS: Mapping[str, str] = {
    "role.lawyer": "lawyer",
    "role.journo": "journalist",
    "role.act": "activist",
    "pol.party": "party",
    "pol.union": "union",
    "mil": "military",
    "gov.igo": "international",
}
"""Topics that mean the same as a word of ours: a role of a person, or a kind of organization."""
DOCUMENTS = (
    "Document",
    "Article",
    "Audio",
    "Email",
    "HyperText",
    "Image",
    "Message",
    "Package",
    "Pages",
    "PlainText",
    "Table",
    "Video",
    "Workbook",
)


@dataclass(frozen=True)
class Thing:
    """What a thing becomes: a row of a table, whose node has a label.

    `columns` gives each column the properties that fill it, the first that holds anything where the
    column takes one value, all of them where it takes a list or a text; `fixed` are cells that the
    schema itself says.
    """

    table: str
    label: str
    columns: Mapping[str, tuple[str, ...]]
    fixed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class End:
    """A property that names another entity, the column that it fills, the label wanted there."""

    property: str
    column: str
    label: str


@dataclass(frozen=True)
class Edge:
    """What an entity between two others becomes: a row of a table for two ends.

    `word` is the column of a word or title that the properties `said` give: one of `words` where
    these are given, `otherwise` where none of them fits; where that is blank the edge has no place.
    `detail` is the column of what is said beyond the word.
    """

    table: str
    ends: tuple[End, End]
    said: tuple[str, ...] = ("role",)
    word: str = "role"
    words: Words | None = None
    otherwise: str = ""
    detail: str = ""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _body(kind: str = "") -> Thing:
    columns = {"kind": ("classification", "topics", KEYWORDS), "parent_org_id": ("parent",)}
    return Thing("organizations", "Organization", columns, {"kind": kind} if kind else {})


_DOCUMENT = Thing(
    "sources",
    "Source",
    {
        "publisher": ("publisher", "author"),
        "title": ("title", "name", "fileName"),
        "url": ("sourceUrl",),
        "published_on": ("publishedAt", "date", "authoredAt"),
    },
)

THINGS: Mapping[str, Thing] = {
    "Person": Thing(
        "people",
        "Person",
        {
            "gender": ("gender",),
            "nationality": ("nationality", "citizenship"),
            "born": ("birthDate",),
            "died": ("deathDate",),
            "mother_name": ("motherName",),
            "summary": ("summary", "description", "notes"),
            "role_types": ("topics", KEYWORDS),
        },
    ),
    "LegalEntity": _body(),
    "Organization": _body(),
    "Company": _body("company"),
    "PublicBody": _body("government"),
    "Position": Thing("organizations", "Position", {}),
    "CourtCase": Thing("cases", "Case", {"kind": ("category", KEYWORDS)}),
    "Event": Thing(
        "events",
        "Event",
        {"kind": (KEYWORDS,), "concerns_id": ("involved",), **INTERVAL},
        {"kind": "other"},
    ),
    "Sanction": Thing(
        "events",
        "Event",
        {
            "concerns_id": ("entity",),
            "started_on": ("startDate", "listingDate", "date"),
            "ended_on": ("endDate",),
        },
        {"kind": "sanction"},
    ),
    **dict.fromkeys(DOCUMENTS, _DOCUMENT),
}


def _post(person: str, body: str, title: str) -> Edge:
    ends = (End(person, "person_id", "Person"), End(body, "org_id", "Organization"))
    return Edge("positions", ends, word="title", otherwise=title, columns=INTERVAL)


def _tie(first: str, second: str, said: str, otherwise: str = "") -> Edge:
    """Return a tie of which the first end is what `said` says to the second."""
    ends = (End(first, "from_person_id", "Person"), End(second, "to_person_id", "Person"))
    return Edge(
        "relationships", ends, (said,), "kind", KINSHIP, otherwise=otherwise, detail="detail"
    )


def _role(table: str, person: str, other: End, words: Words, *said: str) -> Edge:
    return Edge(table, (End(person, "person_id", "Person"), other), said, words=words)


EDGES: Mapping[str, tuple[Edge, ...]] = {
    "Family": (_tie("relative", "person", "relationship", "relative_of"),),
    "Associate": (_tie("associate", "person", "relationship", "associate_of"),),
    "Membership": (_post("member", "organization", "member"),),
    "Employment": (_post("employee", "employer", "employee"),),
    "Directorship": (_post("director", "organization", "director"),),
    "Occupancy": (
        Edge(
            "positions",
            (End("holder", "person_id", "Person"), End("post", "org_id", "Position")),
            (),
            "title",
            columns=INTERVAL,
        ),
    ),
    "CourtCaseParty": (
        _role("case_members", "party", End("case", "case_id", "Case"), CASE_ROLE, "role", "status"),
    ),
    "UnknownLink": (
        _tie("subject", "object", "role"),
        _role("event_people", "subject", End("object", "event_id", "Event"), EVENT_ROLE, "role"),
        _role(
            "official_involvement",
            "subject",
            End("object", "target_id", "Organization"),
            INVOLVEMENT,
            "role",
        ),
        _role("case_members", "subject", End("object", "case_id", "Case"), CASE_ROLE, "role"),
    ),
}
"""Schema to what it may become: the first of which both ends have the label wanted."""
TABLES = tuple(
    dict.fromkeys(
        ("sources", *(thing.table for thing in THINGS.values()), "event_people")
        + tuple(edge.table for edges in EDGES.values() for edge in edges)
    )
)
"""All tables that a file of entities may fill."""

PLACED = frozenset(
    (
        *NAMES,
        *NAME_PARTS,
        *PROVENANCE,
        "description",
        *(name for thing in THINGS.values() for names in thing.columns.values() for name in names),
        *(
            name
            for edges in EDGES.values()
            for edge in edges
            for names in (
                edge.said,
                *edge.columns.values(),
                tuple(end.property for end in edge.ends),
            )
            for name in names
        ),
    )
)
"""Every property that has a place in some schema."""
