"""What the rules of the amnesty of 2026 say of each custody."""

from __future__ import annotations

from collections.abc import Iterable

from tests.starter_answers import (
    Bounds,
    Cells,
    Row,
    answers,
    bounds,
    by_key,
    person_name,
    sources,
    split,
    table,
)

STANDS = ("accused", "convicted")
HELD = ("detained", "house_arrest", "disappeared")
DROPPED = ("acquitted", "dismissed", "annulled")


def charges_of(detention: str) -> list[Cells]:
    """Return the rows that charge a custody, by charge."""
    rows = [row for row in table("accusations") if row["subject_id"] == detention]
    return sorted(rows, key=lambda row: row["charge_id"])


def may_exclude(custody: Cells) -> list[tuple[Cells, Cells]]:
    """Return each rule that names a charge not dropped, with the row of the charge.

    The starter gives no dates of facts; they are no later than the arrest.
    """
    latest = bounds(custody["started_on"])[1]
    found = []
    for charge in charges_of(custody["detention_id"]):
        for rule in table("amnesty_rules"):
            names = charge["charge_id"] in split(rule["charge_ids"])
            if rule["effect"] == "excludes" and rule["kind"] != "conduct" and names:
                first = bounds(rule["from_on"])[0]
                too_early = latest is not None and first is not None and latest < first
                if charge["status"] not in DROPPED and not too_early:
                    found.append((rule, charge))
    return found


def decides(rule: Cells, charge: Cells) -> bool:
    """Return whether a rule that names a charge excludes: one with dates needs the facts'."""
    return charge["status"] in STANDS and not rule["from_on"] and not rule["to_on"]


def verdict(custody: Cells) -> str:
    """Return `excluded` or `undetermined`: the starter has no link to a rule, so covers nothing."""
    deciding = any(decides(rule, charge) for rule, charge in may_exclude(custody))
    return "excluded" if deciding else "undetermined"


def lies_in(rule: Cells, taken: Bounds) -> bool:
    """Return whether a day of the arrest may lie in the period of a rule."""
    first, last = bounds(rule["from_on"])[0], bounds(rule["to_on"])[1]
    if first is None or last is None or taken[0] is None or taken[1] is None:
        return False
    return taken[0] <= last and taken[1] >= first


def names(rows: Iterable[Cells]) -> list[dict[str, str]]:
    """Return the names of rules or charges in both languages."""
    return [{"en": row["name_en"], "es": row["name_es"]} for row in rows]


@answers(
    "check_amnesty",
    columns=(
        *("person", "detention_id", "verdict", "rule_ids", "articles", "notes"),
        *("deciding_charges", "missing", "possibly_covered_by", "possibly_excluded_by"),
        *("not_derived", "required", "outcome", "charges", "charge_status", "in_press", "sources"),
    ),
)
def checked() -> Iterable[Row]:
    """Each custody by the rules of the one law that has any."""
    rules = table("amnesty_rules")
    offences = by_key("charges", "charge_id")
    unread = [
        rule
        for rule in rules
        if rule["effect"] == "excludes" and (rule["kind"] == "conduct" or not rule["charge_ids"])
    ]
    for custody in table("detentions"):
        detention = custody["detention_id"]
        found = may_exclude(custody)
        deciding = [(rule, charge) for rule, charge in found if decides(rule, charge)]
        doubtful = [(rule, charge) for rule, charge in found if not decides(rule, charge)]
        charged = charges_of(detention)
        asked = [row for row in table("amnesty_requests") if row["detention_id"] == detention]
        granted = any(row["outcome"] == "granted" for row in asked)
        missing = []
        if not deciding:
            missing += ["link", "facts"]
            missing += [] if charged else ["charges"]
            unclear = any(charge["status"] not in STANDS for _, charge in doubtful)
            missing += ["charge_status"] if unclear else []
        yield (
            person_name(custody["person_id"]),
            detention,
            verdict(custody),
            [rule["rule_id"] for rule, _ in deciding],
            sorted({article for rule, _ in deciding for article in split(rule["article"])}),
            [rule["note"] for rule, _ in deciding if rule["note"]],
            names(offences[charge["charge_id"]] for _, charge in deciding),
            missing,
            names(
                rule
                for rule in rules
                if rule["effect"] == "covers" and lies_in(rule, bounds(custody["started_on"]))
            ),
            names(rule for rule, _ in doubtful),
            names(unread),
            [] if granted else names(rule for rule in rules if rule["effect"] == "requires"),
            [row["outcome"] for row in asked],
            names(offences[row["charge_id"]] for row in charged),
            [row["status"] for row in charged],
            [offences[row["charge_id"]]["amnesty_in_press"] for row in charged],
            sources(custody, *charged, *asked, *(rule for rule, _ in found)),
        )


def is_held(custody: Cells) -> bool:
    """Return whether somebody was held when last reported, and not taken again later."""
    latest = bounds(custody["started_on"])[1]
    for other in table("detentions"):
        first = bounds(other["started_on"])[0]
        if other["person_id"] == custody["person_id"] and latest and first and first > latest:
            return False
    return custody["status"] in HELD and not custody["ended_on"]


@answers(
    "count_amnesty_gap",
    columns=(
        *("charge_id", "verdict", "custodies", "people", "held_custodies", "held_people"),
        *("charge", "in_press", "sources"),
    ),
)
def gap() -> Iterable[Row]:
    """Custodies under each charge that was not dropped, those without one apart."""
    counted: dict[tuple[str, str], list[tuple[Cells, list[Cells]]]] = {}
    for custody in table("detentions"):
        rules = [rule for rule, charge in may_exclude(custody) if decides(rule, charge)]
        charged = [
            row for row in charges_of(custody["detention_id"]) if row["status"] not in DROPPED
        ]
        for charge in charged or [None]:
            cited = [custody, *rules, *([charge] if charge else [])]
            of = charge["charge_id"] if charge else ""
            counted.setdefault((of, verdict(custody)), []).append((custody, cited))
    for (charge_id, decided), found in counted.items():
        held = [custody for custody, _ in found if is_held(custody)]
        offence = by_key("charges", "charge_id").get(charge_id)
        yield (
            charge_id or None,
            decided,
            len(found),
            len({custody["person_id"] for custody, _ in found}),
            len(held),
            len({custody["person_id"] for custody in held}),
            names([offence])[0]
            if offence
            else {"en": "none known to stand", "es": "ninguno que se sepa en pie"},
            offence["amnesty_in_press"] if offence else None,
            sources(*(row for _, cited in found for row in cited)),
        )


def left_behind(older: bool) -> Iterable[Row]:
    """Those held by the latest news, taken no later than the day of the law."""
    first, last = bounds(by_key("laws", "law_id")["amnistia-2026"]["adopted_on"])
    assert first and last
    for custody in table("detentions"):
        taken, said = bounds(custody["started_on"]), bounds(custody["status_as_of"])
        if not is_held(custody) or (taken[0] and taken[0] > last):
            continue
        if not older and (said[1] is None or said[1] <= first):
            continue
        sure = taken[1] and taken[1] <= first and said[0] and said[0] > last
        charged = charges_of(custody["detention_id"])
        rules = [rule for rule, _ in may_exclude(custody)]
        yield (
            person_name(custody["person_id"]),
            custody["detention_id"],
            "confirmed" if sure else "possible",
            custody["status"],
            custody["status_as_of"],
            verdict(custody),
            [row["charge_id"] for row in charged],
            sources(custody, *charged, *rules),
        )


BEHIND = (
    *("person", "detention_id", "certainty", "status", "status_as_of", "verdict"),
    *("charge_ids", "sources"),
)


@answers("list_left_behind", columns=BEHIND)
def held_after_the_law() -> Iterable[Row]:
    """By news later than the law."""
    return left_behind(older=False)


@answers("list_left_behind", given={"older": "yes"}, columns=BEHIND)
def held_by_older_news() -> Iterable[Row]:
    """By whatever news was the latest."""
    return left_behind(older=True)
