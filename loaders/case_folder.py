"""The case folder: all its tables, in the order in which they are read and written."""

from __future__ import annotations

from collections.abc import Mapping

from vinculos.loaders import (
    accusations,
    amnesty_requests,
    amnesty_rules,
    case_members,
    cases,
    charges,
    contradictions,
    detention_places,
    detentions,
    event_people,
    events,
    laws,
    official_involvement,
    organizations,
    people,
    places_of_detention,
    positions,
    relationships,
    rule_links,
    sources,
)
from vinculos.loaders.declare import Table

TABLES: Mapping[str, Table] = {
    module.TABLE.name: module.TABLE
    for module in (
        sources,
        people,
        organizations,
        places_of_detention,
        laws,
        charges,
        cases,
        detentions,
        detention_places,
        relationships,
        official_involvement,
        positions,
        accusations,
        case_members,
        events,
        event_people,
        amnesty_rules,
        rule_links,
        amnesty_requests,
        contradictions,
    )
}
