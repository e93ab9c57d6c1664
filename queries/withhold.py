"""Questions for an audience: their Cypher rewritten, so that what is withheld enters no answer.

Redaction looks at answers; of a count it cannot see whom it counts. So whoever is left out is not
there for the question at all, a dropped field reads as null, and a day that is made coarser is its
month or year, with their bounds: numbers of days come out coarser too. Rows are put in order by
what is shown of names, not by what is withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from vinculos.errors import UsageError
from vinculos.graph.audience import DROP, LENGTHS, MONTH, PSEUDONYM, Audience, Rule, may_share
from vinculos.graph.declarations import base_field
from vinculos.graph.hidden import FEW
from vinculos.graph.model import RELATIONSHIP_TYPES, ROLE_LABELS
from vinculos.graph.read_only import refused
from vinculos.graph.withheld import Withheld
from vinculos.graph.withheld_reasons import REASONS
from vinculos.language import gettext as _
from vinculos.queries import cypher
from vinculos.queries.cypher import Pattern, Statement
from vinculos.queries.cypher_reads import Read
from vinculos.queries.gated import (
    Edit,
    Gated,
    conditioned,
    edited,
    fresh,
    how_to_name,
    how_to_repeat,
    unbraced,
)

OUT = "withheld_ids"
"""The parameter that holds the ids of those who are left out, as a map: a list is searched."""
UNTOLD = "withheld_reasons"
"""The parameter that holds the ids of what has a reason that is withheld, as a map too."""
INSTEAD = "withheld_instead"
"""The parameter that holds what names and ids give way to."""
_LEFT_OUT = ("Person", "Detention")
_MAIN = {role.label: role.main for role in ROLE_LABELS}
_COUNTING = ("COUNT", "SUM", "SIZE")
_SOURCE, _PUBLISHED = "Source", "published"
_PICKING = ("IS_MINOR", "PROTECTED")


def withhold(text: str, withheld: Withheld | None) -> Gated:
    """Return `text` rewritten so that what an audience may not see is not there for it.

    Raises:
        UsageError: it is written in a way that cannot be rewritten; the message says how to.
        WriteRefused: it would change the graph.
    """
    rules = [rule for rule in withheld.audience.rules if _is_read(rule)] if withheld else []
    if withheld is None or not (withheld.terms or rules):
        return Gated(text, Statement(text))
    statement = cypher.parse(text)
    if statement.writing:
        raise refused()
    if (rules or withheld.reasons) and statement.wholes:
        name = statement.wholes[0]
        raise UsageError(
            _(
                "The audience {audience} may not see all properties of {name}, and this takes them "
                "at once."
            ).format(audience=withheld.audience.name, name=name),
            _("Name each, such as {name}.id, or return {name} itself.").format(name=name),
        )
    if withheld.out and any(pattern.repeated for pattern in statement.patterns):
        raise UsageError(
            _(
                "Whom the audience {audience} may not see cannot be left out of a relationship of "
                "several lengths, such as -[:T*1..3]->."
            ).format(audience=withheld.audience.name),
            how_to_repeat(),
        )
    for read in statement.unnamed:
        is_reason = withheld.reasons and read.name in REASONS
        if is_reason or any(rule.field == base_field(read.name) for rule in rules):
            raise UsageError(
                _("What the audience {audience} may see of {name} cannot be followed.").format(
                    audience=withheld.audience.name, name=f"{read.variable}.{read.name}"
                ),
                how_to_name(read),
            )
    names = fresh(text, "withheld")
    edits: list[Edit] = []
    for pattern in statement.patterns:
        edits += _condition(statement, pattern, withheld, rules, names)
    if withheld.instead:
        # The place of a pseudonym in alphabetical order would tell how the name begins.
        for start, end in statement.sort_terms:
            by = f"| coalesce(${INSTEAD}[toStringOrNull(sorted)], sorted)])"
            edits += [(start, start, "head([sorted IN ["), (end, end, f"] {by}")]
    written = {}
    for read in statement.reads:
        if now := _read(statement, read, withheld, rules):
            edits.append((read.start, read.end, now))
            written[now] = text[read.start : read.end]
    taken: dict[str, Any] = {
        name: dict.fromkeys(sorted(ids), True)
        for name, ids in ((OUT, withheld.out), (UNTOLD, withheld.reasons))
        if ids
    }
    if withheld.instead:
        taken[INSTEAD] = dict(withheld.instead)
    return Gated(edited(text, edits), statement, taken, written)


def picks_few(text: str, audience: Audience) -> bool:
    """Return whether a question picks out those whose small counts the audience may not see.

    It does where it reads what marks minors and protected people, or names a label whose name the
    audience's profile gives a pseudonym to.
    """
    if not audience.small_counts:
        return False
    labels = {rule.label.upper() for rule in audience.rules if rule.action == PSEUDONYM}
    return not cypher.names(text).isdisjoint({*_PICKING, *labels})


def counts(text: str) -> bool:
    """Return whether a question counts anything."""
    return not cypher.names(text).isdisjoint(_COUNTING)


def without_few(rows: list[dict[str, Any]], word: str) -> list[dict[str, Any]]:
    """Return rows with `word` in place of each one and two."""
    return [
        {name: word if type(cell) is int and 0 < cell < FEW else cell for name, cell in row.items()}
        for row in rows
    ]


def _is_read(rule: Rule) -> bool:
    """Return whether a rule changes what is read of a field; names give way where they stand."""
    return rule.action != PSEUDONYM and (rule.action != DROP or rule.field != "name")


def _may_be_out(pattern: Pattern) -> bool:
    mains = [_MAIN.get(label, label) for label in pattern.labels]
    return pattern.is_node and (not mains or not set(mains).isdisjoint(_LEFT_OUT))


def _condition(
    statement: Statement,
    pattern: Pattern,
    withheld: Withheld,
    rules: Sequence[Rule],
    names: Iterator[str],
) -> list[Edit]:
    """Return the edits that keep what is withheld out of one pattern."""
    is_out = bool(withheld.out) and _may_be_out(pattern)
    if not is_out and not pattern.entries:
        return []
    name = pattern.variable or next(names)
    if not pattern.variable and pattern.is_node:
        nodes = {**statement.nodes, name: frozenset(pattern.labels)}
        statement = replace(statement, nodes=nodes)
    elif not pattern.variable:
        ties = {**statement.relationships, name: frozenset(pattern.labels)}
        statement = replace(statement, relationships=ties)
    edits, conditions = unbraced(
        statement,
        pattern,
        lambda field: _read(statement, Read(name, field, 0, 0), withheld, rules),
    )
    if is_out:
        conditions.append(f"${OUT}[{name}.id] IS NULL")
    return edits + conditioned(pattern, name, " AND ".join(conditions)) if conditions else []


def _read(statement: Statement, read: Read, withheld: Withheld, rules: Iterable[Rule]) -> str:
    """Return what a reading of a property becomes, '' where it stays."""
    now = _ruled(statement, read, rules)
    if withheld.confided and base_field(read.name) == _PUBLISHED:
        now = _undated(statement, read, now)
    if withheld.reasons and read.name in REASONS:
        now = _untold(read, now)
    return now


def _ruled(statement: Statement, read: Read, rules: Iterable[Rule]) -> str:
    """Return what a reading becomes by the rules about fields, '' where it stays."""
    said, base = f"{read.variable}.{read.name}", base_field(read.name)
    now = said
    for rule in rules:
        if rule.field != base or not _may_be_about(statement, read.variable, rule):
            continue
        applies = _applies(statement, read.variable, rule)
        # Lists and no CASE, for the embedded engine, as in `gates.py`.
        if rule.action == DROP:
            now = f"head([withheld IN [{now}] WHERE NOT {applies}])"
        else:
            coarser = _coarser(read.name, rule.action)
            now = (
                f"head([withheld IN [{now}] WHERE withheld IS NOT NULL AND {applies} | {coarser}] "
                f"+ [withheld IN [{now}] WHERE NOT {applies}])"
            )
    return now if now != said else ""


def _untold(read: Read, now: str) -> str:
    """Return what reading a reason becomes: null where it is one that is withheld."""
    said = now or f"{read.variable}.{read.name}"
    return f"head([untold IN [{said}] WHERE ${UNTOLD}[{read.variable}.id] IS NULL])"


def _undated(statement: Statement, read: Read, now: str) -> str:
    """Return what reading the day of a publication becomes: null where the source is restricted."""
    if statement.nodes.get(read.variable, frozenset()) - {_SOURCE}:
        return now
    said = now or f"{read.variable}.{read.name}"
    return f"head([day IN [{said}] WHERE coalesce({read.variable}.access, '') <> 'restricted'])"


def _coarser(name: str, action: str) -> str:
    """Return, in Cypher, the month or year of a day, or the first or last day of it for a bound."""
    month = "withheld.month" if action == MONTH else "1"
    if name.endswith("_min"):
        return f"date({{year: withheld.year, month: {month}, day: 1}})"
    if name.endswith("_max"):
        month = "withheld.month" if action == MONTH else "12"
        first = f"date({{year: withheld.year, month: {month}, day: 1}})"
        return f"{first} + duration({{months: 1}}) - duration({{days: 1}})"
    # A text, of one day or two, each with a mark of doubt behind it or none: 2025-01-07~/2025-02.
    length = LENGTHS[action]
    return (
        "substring(reduce(said = '', day IN split(toString(withheld), '/') | "
        f"said + '/' + left(day, {length}) + coalesce(head([mark IN ['~', '?', '%'] "
        f"WHERE day ENDS WITH mark AND size(day) > {length}]), '')), 1)"
    )


def _may_be_about(statement: Statement, variable: str, rule: Rule) -> bool:
    """Return whether a variable may stand for what a rule is about."""
    is_tie = rule.label in RELATIONSHIP_TYPES
    known = statement.relationships if is_tie else statement.nodes
    if variable not in known:
        # A map, or an entity under another name; what was made coarser before stays as it is.
        return variable not in statement.nodes and variable not in statement.relationships
    labels = known[variable]
    return not labels or any(may_share(rule.label, label) for label in labels)


def _applies(statement: Statement, variable: str, rule: Rule) -> str:
    """Return the condition, in Cypher, that a rule is about what a variable stands for."""
    if variable not in statement.nodes and variable not in statement.relationships:
        return "true"
    if rule.label in RELATIONSHIP_TYPES:
        if statement.relationships.get(variable) == frozenset({rule.label}):
            return "true"
        return f"(type({variable}) = '{rule.label}')"
    labels = statement.nodes.get(variable, frozenset())
    parts = [f"NOT {variable}:{label}" for label in rule.unless]
    if rule.label not in labels or len(labels) > 1:
        parts.insert(0, f"{variable}:{rule.label}")
    return f"({' AND '.join(parts)})" if parts else "true"
