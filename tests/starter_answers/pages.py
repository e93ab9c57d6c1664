"""The questions that answer with a network of one subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.starter_answers import Row, answers, by_key, overview, table
from tests.starter_answers.ties import NO_KIN

GRAPH = ("nodes", "ties")
Tie = tuple[str, str, str, str | None]


def all_ties() -> set[Tie]:
    """Return each tie once, however many rows make it."""
    return {(start, type, end, detail) for start, type, end, detail, _ in overview.ties()}


def graph(ties: Iterable[Tie], *alone: str) -> Row:
    """Return the nodes of some ties, with those that have none, and how many of each type."""
    found = set(ties)
    nodes = {end for tie in found for end in (tie[0], tie[2])} | set(alone)
    return nodes, Counter(type for _, type, _, _ in found)


def kin_ties() -> set[Tie]:
    return {tie for tie in all_ties() if tie[1] == "RELATED_TO" and tie[3] not in NO_KIN}


@answers("around", given={"id": "rafael-tudares", "depth": "2"}, columns=GRAPH)
def around() -> Iterable[Row]:
    """Two steps outwards along every tie, then whom the detentions at the edge hold."""
    kept = {"rafael-tudares"}
    for _ in range(2):
        kept |= {end for tie in all_ties() if {tie[0], tie[2]} & kept for end in (tie[0], tie[2])}
    kept |= {tie[0] for tie in all_ties() if tie[1] == "DETAINED_IN" and tie[2] in kept}
    yield graph(tie for tie in all_ties() if tie[0] in kept and tie[2] in kept)


@answers("case", given={"id": "drone-case-2018"}, columns=GRAPH)
def case() -> Iterable[Row]:
    """Members, what hangs on their custodies, and their kin."""
    members = {tie for tie in all_ties() if tie[1:3] == ("PART_OF_CASE", "drone-case-2018")}
    custodies = {tie[0] for tie in members} & by_key("detentions", "detention_id").keys()
    hanging = {
        tie
        for tie in all_ties()
        if (tie[1] in ("DETAINED_IN", "INVOLVED_IN") and tie[2] in custodies)
        or (
            tie[1] in ("HELD_AT", "ARRESTED_BY", "CHARGED_WITH", "BECAUSE_OF")
            and tie[0] in custodies
        )
    }
    people = {tie[0] for tie in hanging if tie[1] == "DETAINED_IN"}
    people |= {tie[0] for tie in members} - custodies
    kin = {tie for tie in kin_ties() if {tie[0], tie[2]} & people}
    yield graph(members | hanging | kin)


def family(people: set[str], related: set[Tie]) -> Row:
    """Return people with these ties of kin, their custodies and who is held because of whom."""
    because = {tie for tie in all_ties() if tie[1] == "BECAUSE_OF"}
    custodies = {tie for tie in all_ties() if tie[1] == "DETAINED_IN"}
    own = {tie for tie in custodies if tie[0] in people}
    held = {tie for tie in because if tie[0] in {custody[2] for custody in own}}
    hostages = {tie for tie in because if tie[2] in people}
    holding = {tie for tie in custodies if tie[2] in {hostage[0] for hostage in hostages}}
    return graph(related | own | held | hostages | holding, *people)


@answers("family", columns=GRAPH)
def families() -> Iterable[Row]:
    """All kin that there are."""
    people = {end for tie in kin_ties() for end in (tie[0], tie[2])}
    yield family(people, kin_ties())


@answers("family", given={"person": "cristian-hernandez", "depth": "1"}, columns=GRAPH)
def one_family() -> Iterable[Row]:
    """One step of kin, and every tie of kin among them."""
    near = {tie for tie in kin_ties() if "cristian-hernandez" in (tie[0], tie[2])}
    people = {end for tie in near for end in (tie[0], tie[2])}
    yield family(people, {tie for tie in kin_ties() if {tie[0], tie[2]} <= people})


@answers("command", columns=GRAPH)
def command() -> Iterable[Row]:
    """Bodies, those above them but by administration alone, places, and who commands."""
    bodies = by_key("organizations", "org_id")
    commanding = {
        (row["person_id"], "HOLDS_POST", row["org_id"], row["title"], row["started_on"])
        for row in table("positions")
        if row["commands"] == "yes"
    }
    others = {
        tie
        for tie in all_ties()
        if tie[1] == "OPERATES"
        or (tie[1] == "INVOLVED_IN" and tie[2] in bodies)
        or (tie[1] == "PART_OF" and tie[3] in ("command", "unknown"))
    }
    nodes, ties = graph(others)
    nodes |= {end for post in commanding for end in (post[0], post[2])}
    yield nodes, ties + Counter({"HOLDS_POST": len(commanding)})


@answers("officials", columns=GRAPH)
def officials() -> Iterable[Row]:
    """Whoever has a part in a custody, whom it holds, and every post."""
    custodies = by_key("detentions", "detention_id")
    parts = {tie for tie in all_ties() if tie[1] == "INVOLVED_IN" and tie[2] in custodies}
    held = {
        tie
        for tie in all_ties()
        if tie[1] == "DETAINED_IN" and tie[2] in {part[2] for part in parts}
    }
    posts = {
        (row["person_id"], row["org_id"], row["title"], row["started_on"])
        for row in table("positions")
        if row["person_id"] in {part[0] for part in parts}
    }
    nodes, ties = graph(parts | held)
    nodes |= {post[1] for post in posts}
    yield nodes, ties + Counter({"HOLDS_POST": len(posts)})
