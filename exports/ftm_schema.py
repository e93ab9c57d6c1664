"""What each label, type and field of the graph becomes in FollowTheMoney, and what becomes nothing.

The reading side is `loaders/ftm_schema.py`; `docs/followthemoney.md` says both in words.
"""

from __future__ import annotations

from collections.abc import Mapping

from vinculos.graph.words import KINSHIPS, ORGANIZATION_KIND, STATE
from vinculos.loaders.ftm_schema import TOPICS

FIELDS: Mapping[str, Mapping[str, str]] = {
    "Person": {
        "name": "name",
        "aliases": "alias",
        "gender": "gender",
        "nationality": "nationality",
        "born": "birthDate",
        "died": "deathDate",
        "mother_name": "motherName",
        "summary": "summary",
        "roles": "keywords",
    },
    "Organization": {"name": "name", "aliases": "alias", "kind": "classification"},
    "Case": {"name": "name", "kind": "category"},
    "Event": {"name": "name", "kind": "keywords", "started": "startDate", "ended": "endDate"},
    "Detention": {"started": "startDate", "ended": "endDate"},
    "Source": {
        "publisher": "publisher",
        "title": "title",
        "url": "sourceUrl",
        "published": "publishedAt",
    },
}
"""Label to field to property; labels that are missing here become no entity."""
SCHEMATA: Mapping[str, str] = {
    "Person": "Person",
    "Case": "CourtCase",
    "Event": "Event",
    "Detention": "Event",
    "Source": "Document",
}
"""Label to schema; that of an organization depends on its kind."""
BODIES: Mapping[str, str] = {
    **dict.fromkeys(ORGANIZATION_KIND, "Organization"),
    **dict.fromkeys(STATE, "PublicBody"),
    "company": "Company",
}
"""Kind of organization to schema."""
POSTS: Mapping[str, str] = {
    **dict.fromkeys(STATE, "Occupancy"),
    **dict.fromkeys(("party", "union", "ngo", "armed_group"), "Membership"),
}
"""Kind of organization to the schema of a post in it; any other is an Employment."""
POST_ENDS: Mapping[str, tuple[str, str]] = {
    "Occupancy": ("holder", "post"),
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
}
KIN: Mapping[str, str] = {
    kind: "Family" if known.kin else "Associate" for kind, known in KINSHIPS.items()
}
"""Kind of tie to schema."""
KIN_ENDS: Mapping[str, tuple[str, str]] = {
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
}
GENDERS: Mapping[str, str] = {"f": "female", "m": "male", "x": "other"}
TOPIC_OF: Mapping[str, str] = {word: topic for topic, word in TOPICS.items()}
LINKS = ("ARRESTED_BY", "BECAUSE_OF", "CONCERNS", "INVOLVED_IN", "TOOK_PART")
"""Types that become an UnknownLink, whose role is the relationship's, or its name."""
SILENT: Mapping[str, Mapping[str, object]] = {
    "Person": {"is_minor": False, "protected": False},
    "Source": {"access": "public", "retracted": False},
}
"""Values of fields that say nothing, so that nothing is lost with them."""
TOLD_BY_NAME = {"Person": ("is_minor",), "Source": ("keys",)}
"""Fields that an entity tells in another way: a minor's name is always `minor` and a number."""
DETENTION = "detention"
"""The keyword of the event that stands for a detention."""
