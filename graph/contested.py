"""Which ties are in dispute: what claims in conflict say of the far end, or the kind, of a tie."""

from __future__ import annotations

from collections import defaultdict

from vinculos.graph.records import NodeRef, Tie


class Contested:
    """Claims in conflict over a type of tie of a node: what they say, of which far end."""

    def __init__(self) -> None:
        """Start with none."""
        self._said: defaultdict[tuple[str, NodeRef], list[tuple[NodeRef | None, str | None]]]
        self._said = defaultdict(list)

    def add(self, kind: str, node: NodeRef, other: NodeRef | None, value: str | None) -> None:
        """Note a claim in conflict.

        Args:
            kind: the type of tie.
            node: the node in question.
            other: the far end that the dispute is about, None where it is about which one.
            value: the id of the far end, or the kind of tie, that the claim says; None if unread.
        """
        # Between two who are one there is no tie to be in dispute.
        if other != node:
            self._said[kind, node].append((other, value))

    def is_over(self, tie: Tie) -> bool:
        """Return whether a tie is in dispute: by two sides, or by one that says otherwise."""
        ends = (tie.start, tie.end)
        values = {
            value
            for node in ends
            for other, value in self._said.get((tie.type, node), ())
            if other is None or other in ends
        }
        said = [end.id for end in ends] + [str(tie.fields.get("kind"))]
        return len(values) > 1 or any(value not in said for value in values)
