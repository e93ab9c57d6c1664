"""What a page says of custodies that it does not draw as nodes: in ties, and of whom they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vinculos.formats.safe import clean
from vinculos.graph.display import OWN_CONFIDENCE
from vinculos.graph.network import Custody, NetworkEdge
from vinculos.views import labels
from vinculos.views.evidence import ClaimEntry, Dispute, Evidence, Group
from vinculos.views.words import NOTHING, Both, alike, both

DETENTION = "Detention"
_WORDS: Mapping[str, Both] = {
    "HELD_AT": ("held at", "reclusión en"),
    "ARRESTED_BY": ("arrested by", "aprehensión por"),
    "CHARGED_WITH": ("charged with", "imputación de"),
    "BECAUSE_OF": ("held because of", "detención a causa de"),
    "CONCERNS": ("concerns the detention of", "se refiere a la detención de"),
    "FALLS_UNDER": ("the detention falls under", "detención comprendida en"),
}
_ROLES: Mapping[str, Both] = {
    "ordered": ("ordered the detention of", "ordenó la detención de"),
    "commanded": ("commanded in the detention of", "comandó en la detención de"),
    "presided": ("judge in the detention of", "jueza o juez en la detención de"),
    "prosecuted": ("prosecutor in the detention of", "fiscal en la detención de"),
    "custodian": ("had custody of", "tuvo la custodia de"),
    "announced": ("announced the detention of", "anunció la detención de"),
    "denounced": ("spoke publicly against", "señaló públicamente a"),
}
"""What is said of an official and the person held, by the role in the custody; no role says more
than it does of the custody."""


def tie_words(edge: NetworkEdge, custody: Custody) -> Both:
    """Return what a derived tie says: of whom is held, with the dates where a stay has them."""
    if edge.type == "INVOLVED_IN" and (role := _ROLES.get(str(edge.properties.get("role")))):
        return role
    said = labels.edge_words(edge, _WORDS.get(edge.type))
    if edge.type == "ARRESTED_BY":
        day = clean(str(custody.node.properties.get("started") or ""))
        return labels.joined((said, alike(day)))
    if edge.type != "HELD_AT":
        return said
    if (own := span(edge.properties)) != NOTHING:
        return labels.joined((said, own))
    within = span(custody.node.properties)
    # The place of an undated stay is known for some part of the custody, not for all of it.
    return said if within == NOTHING else labels.bracketed(said, _custody(within, " "))


def _custody(within: Both, by: str) -> Both:
    return labels.joined((labels.named(DETENTION), within), by)


def span(properties: Mapping[str, Any]) -> Both:
    """Return the dates of a stretch of time; `?` is one that nobody gives, which is not open."""
    started, ended = (clean(str(properties.get(name) or "")) for name in ("started", "ended"))
    if started == ended:
        return alike(started)
    return both("span", a=started or "?", b=ended or "?")


def tie_facts(edge: NetworkEdge, custody: Custody) -> list[labels.Fact]:
    """Return what a derived tie says of the custody that it runs through."""
    properties, facts = custody.node.properties, []
    if own := edge.properties.get(OWN_CONFIDENCE):
        facts.append((both("own_confidence"), labels.grade(str(own))))
    is_argued = {"started", "ended"} & set(properties.get("disputed") or ())
    within = span(properties)
    said = labels.joined(
        (alike("≠" if is_argued else ""), both("undated") if within == NOTHING else within), " "
    )
    return [
        *facts,
        (both("derived"), labels.joined((said, alike(clean(custody.node.key.id))), "; ")),
    ]


def held(custody: Custody, evidence: Evidence) -> Group:
    """Return all that is known of a custody, for the details of whom it holds."""
    known = labels.field_facts(custody.node)
    facts = [fact for _, fact in known]
    if (level := labels.confidence(custody.tie)) != NOTHING:
        facts.append((both("confidence"), level))
    facts.append((both("id"), alike(clean(custody.node.key.id))))
    told = {claim.id for claim in custody.node.claims}
    return Group(
        _custody(span(custody.node.properties), ", "),
        tuple(facts),
        (*evidence.disputes(custody.node).values(), *evidence.disputes(custody.tie).values()),
        (
            *evidence.claims(custody.node, known),
            *tie_claims(custody, evidence, told),
        ),
    )


def tie_claims(custody: Custody, evidence: Evidence, told: Iterable[str]) -> Iterator[ClaimEntry]:
    """Yield the claims that tie a custody to whom it holds, but for those told already."""
    return evidence.claims(custody.tie, (), labels.named(custody.tie.type), told)


def tie_disputes(edge: NetworkEdge, evidence: Evidence) -> Iterator[Dispute]:
    """Yield what sources disagree on in the words that a derived tie takes from its custody."""
    if edge.custody is None:
        return
    taken: tuple[str, ...] = ()
    if edge.type == "ARRESTED_BY":
        taken = ("started",)
    elif edge.type == "HELD_AT" and not (
        edge.properties.get("started") or edge.properties.get("ended")
    ):
        taken = ("started", "ended")
    if taken:
        disputes = evidence.disputes(edge.custody.node)
        yield from (disputes[field] for field in taken if field in disputes)
