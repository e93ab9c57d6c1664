"""How a measure shows on a page: sizes and colours of nodes, and what the legend says of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from vinculos.graph.measures import GROUPING, MEASURES
from vinculos.graph.network import Network
from vinculos.views.style import PAPER
from vinculos.views.words import text

STEPS = ("#deebf7", "#9ecae1", "#4292c6", "#08519c")
"""ColorBrewer's Blues: the darker, the more, also in grey."""
GROUPS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#f0e442")
OTHER_GROUP = "#dddddd"
SMALLEST, LARGEST, UNMEASURED = 9, 34, 6
TIE_WIDTH = 6
TIE_COLOUR = "#08519c"


@dataclass(frozen=True)
class Scale:
    """The values of one measure on a page: the highest, and how many nodes each group has.

    `leaves_out` says whether some nodes have none.
    """

    measure: str
    highest: float = 0.0
    groups: Mapping[int, int] = field(default_factory=dict)
    leaves_out: bool = False

    @property
    def is_grouping(self) -> bool:
        """Whether a value is the number of a group."""
        return self.measure in GROUPING

    @property
    def is_of_ties(self) -> bool:
        """Whether ties are measured, not nodes."""
        return self.measure == "bridges"

    def size(self, value: float | None) -> int:
        """Return the half of a node's height in pixels; its area grows with the value."""
        if value is None:
            return UNMEASURED
        if self.is_grouping:
            return 2 * SMALLEST
        return SMALLEST + round((LARGEST - SMALLEST) * math.sqrt(self._share(value)))

    def fill(self, value: float | None) -> str:
        """Return the colour of a node."""
        if value is None:
            return PAPER
        if self.is_grouping:
            return GROUPS[int(value) - 1] if value <= len(GROUPS) else OTHER_GROUP
        return STEPS[min(int(math.sqrt(self._share(value)) * len(STEPS)), len(STEPS) - 1)]

    def behind_name(self, value: float | None) -> str:
        """Return what follows a node's name in the drawing: the number of its group."""
        return f"\u00a0·\u00a0{int(value)}" if self.is_grouping and value is not None else ""

    def legend(self, lang: str) -> list[tuple[str, str]]:
        """Return colours, '' for none, with what they and the sizes mean."""
        rest = [(PAPER, text("unmeasured", lang))] if self.leaves_out else []
        declared, place = MEASURES[self.measure], lang == "es"
        words = {"measure": declared.title[place], "reading": declared.reading[place]}
        if self.is_grouping:
            shown = [
                (
                    self.fill(number),
                    text("group", lang, name=declared.value[place], number=number, n=count),
                )
                for number, count in sorted(self.groups.items())[: len(GROUPS)]
            ]
            if len(self.groups) > len(GROUPS):
                others = len(self.groups) - len(GROUPS)
                shown.append((OTHER_GROUP, text("other_groups", lang, n=others)))
            return [*shown, ("", text("grouped", lang, **words)), *rest]
        if self.is_of_ties:
            return [("", text("measured_ties", lang, **words))]
        high = f"{self.highest:.3g}"
        return [(STEPS[-1], text("measured", lang, **words, high=high)), *rest]

    def _share(self, value: float) -> float:
        return value / self.highest if self.highest > 0 else 0.0


def scale(network: Network, measure: str) -> Scale:
    """Return the scale for the values that the nodes of `network` hold under the measure's name."""
    values = [
        node.properties[measure] for node in network.nodes.values() if measure in node.properties
    ]
    groups = Counter(int(value) for value in values) if measure in GROUPING else {}
    leaves_out = len(values) < len(network.nodes)
    return Scale(measure, max(values, default=0.0), groups, leaves_out)
