"""What must not be shown to an audience: people, sources, fields, read from the graph.

What is withheld and how: `redact.py`.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from vinculos.graph.audience import DROP, KIND, PSEUDONYM, Audience
from vinculos.graph.departed import read_departed
from vinculos.graph.model import DECISION, LOAD
from vinculos.graph.secrets import ACCOUNT, NOTHING, Secret, read
from vinculos.graph.store import Store
from vinculos.graph.terms import WHOLE, Terms
from vinculos.graph.withheld_fields import add_fields
from vinculos.graph.withheld_people import add_people
from vinculos.graph.withheld_reasons import read_reasons
from vinculos.graph.withheld_sources import add_minors_sources, add_restricted, read_confided


@dataclass(frozen=True)
class Withheld:
    """All that one audience may not see in `lang`, in one export.

    `out` are the ids of the people and detentions that are left out, `reasons` those of decisions
    and corrections whose reasons are not told, `confided` those of claims that cite a restricted
    source and of all that they are about. `instead` is what names and ids give way to. Pseudonyms
    are drawn anew for each: nothing ties those of two exports.
    """

    audience: Audience
    lang: str
    terms: Terms[Secret] = field(default_factory=Terms)
    out: frozenset[str] = frozenset()
    reasons: frozenset[str] = frozenset()
    confided: frozenset[str] = frozenset()
    instead: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.terms) or any(self.audience.rules)


def load_withheld(store: Store, audience: Audience, lang: str = "en") -> Withheld:
    """Return what `audience` may not see of the graph in `store`.

    `lang` is the language of what is shown instead. Where the audience may see everything it is
    nothing: the names of minors are not in the graph.

    Raises:
        EngineError: the graph cannot be read.
    """
    terms: Terms[Secret] = Terms()
    if audience.is_open:
        return Withheld(audience, lang, terms)
    departed = read_departed(store)
    out, instead = add_people(store, terms, audience, departed, lang, secrets.token_hex(8))
    confided: frozenset[str] = frozenset()
    if audience.restricted == KIND:
        instead |= add_restricted(store, terms, departed, lang)
        confided = read_confided(store)
    add_fields(store, terms, audience.rules)
    if audience.minors == PSEUDONYM:
        add_minors_sources(store, terms, lang)
    reasons = read_reasons(store, terms)
    if audience.workers == DROP:
        _accounts(store, terms)
    return Withheld(audience, lang, terms, frozenset(out), reasons, confided, instead)


def _accounts(store: Store, terms: Terms[Secret]) -> None:
    """Withhold who loaded and decided, where a text is that name and nothing else."""
    for label in (LOAD, DECISION):
        for row in read(store, f"MATCH (n:{label}) RETURN DISTINCT n.who AS who"):
            terms.add(row["who"], Secret(ACCOUNT, "", NOTHING), WHOLE)
