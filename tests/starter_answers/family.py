"""Families and their custodies, and who is prosecuted with whom."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from tests.starter_answers import Row, answers, by_key, person_name, sources, table
from tests.starter_answers.charges import charged, named
from tests.starter_answers.ties import custodies_of, hostage_rows, kin_of

FAMILY = ("person", "ties", "status", "status_as_of", "because_of", "hostages", "detention_id")


def family(person: str, depth: int) -> Iterable[Row]:
    """Yield the kin of a person by breadth, with each custody, or once without one."""
    away, edge = {person: 0}, {person}
    for ties in range(1, depth + 1):
        edge = {kin for near in edge for kin in kin_of(near)} - away.keys()
        away |= dict.fromkeys(edge, ties)
    for relative, ties in away.items():
        hostages = {
            person_name(row["from_person_id"])
            for row, _ in hostage_rows()
            if row["to_person_id"] == relative
        }
        for custody in custodies_of(relative) or [None]:
            yield (
                person_name(relative),
                ties,
                custody["status"] if custody else None,
                (custody["status_as_of"] or None) if custody else None,
                [
                    person_name(row["to_person_id"])
                    for row, held_in in hostage_rows()
                    if held_in is custody
                ],
                hostages,
                custody["detention_id"] if custody else None,
            )


@answers("list_family", given={"id": "edmundo-gonzalez-urrutia"}, columns=FAMILY)
def of_a_target() -> Iterable[Row]:
    """Two ties unless another number is given; his son-in-law's lawyer is no kin."""
    return family("edmundo-gonzalez-urrutia", 2)


@answers("list_family", given={"id": "maykelis-borges", "depth": "4"}, columns=FAMILY)
def of_a_hostage() -> Iterable[Row]:
    """Through her partner to his family, minors among them."""
    return family("maykelis-borges", 4)


@answers(
    "list_family",
    given={"id": "rafael-tudares", "depth": "1"},
    columns=("person", "ties", "kinship", "through", "in_words", "sources"),
)
def in_words() -> Iterable[Row]:
    """What the other is to him: the file says what he is to the other."""
    rows = {
        row["to_person_id"]: row
        for row in table("relationships")
        if row["from_person_id"] == "rafael-tudares"
    }
    father, wife = rows["edmundo-gonzalez-urrutia"], rows["mariana-gonzalez"]
    (custody,) = custodies_of("rafael-tudares")
    yield person_name("rafael-tudares"), 0, [], [], [], sources(custody, father)
    yield person_name("edmundo-gonzalez-urrutia"), 1, ["in_law_of"], [], [], sources(father)
    yield person_name("mariana-gonzalez"), 1, ["spouse_of"], [], [], sources(wife)


@answers(
    "list_codefendants",
    columns=(
        *("case_name", "person", "role", "codefendant", "codefendant_role", "shared"),
        *("shared_charges", "sources"),
    ),
)
def codefendants() -> Iterable[Row]:
    """Each member of the starter's cases is there once, and accused; pairs run by their ids."""
    charges = by_key("charges", "charge_id")
    members = sorted(table("case_members"), key=lambda row: row["person_id"])
    for one, other in combinations(members, 2):
        if one["case_id"] != other["case_id"]:
            continue
        first, second = (charged(row["detention_id"]) for row in (one, other))
        shared = {row["charge_id"] for row in first} & {row["charge_id"] for row in second}
        yield (
            by_key("cases", "case_id")[one["case_id"]]["name"],
            person_name(one["person_id"]),
            [one["role"]],
            person_name(other["person_id"]),
            [other["role"]],
            bool(shared) if first and second else None,
            [named(charges[charge]) for charge in shared],
            sources(one, other, *first, *second),
        )
