"""The drawing: nodes and ties as pyvis holds them, each with its place, shape and words."""

from __future__ import annotations

import json
import math
import textwrap
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from vinculos.views.entries import EdgeEntry, Entries, NodeEntry
from vinculos.views.layout import Size, layout
from vinculos.views.postponed import postponed
from vinculos.views.scale import TIE_COLOUR, TIE_WIDTH, Scale
from vinculos.views.style import (
    BLANK_HALF,
    BLANK_SIZE,
    BLANKS,
    DISPUTED,
    DISPUTED_MARK,
    INK,
    LATE,
    NAME_SIZE,
    SIZED_BY_TEXT,
    group,
    look,
    options,
)
from vinculos.views.words import Both

if TYPE_CHECKING:
    from pyvis.network import Network as Drawing

LINE_LENGTH = 22
LINES = 3
LETTER = 0.56
"""Width of an average letter in sizes of its font."""
DASHES = [7, 6]
WIDTHS = {"documented": 2.6, "alleged": 1.2}


def draw(entries: Entries, scale: Scale | None = None) -> Drawing:
    """Return the pyvis network of all entries, its options set.

    With a `scale`, sizes and colours show what was measured; else sizes show how many ties. The
    names are not in it, since the page writes them itself: see `names`.
    """
    # pyvis shows in notebooks and takes graphs of networkx, too; their libraries take longer to
    # import than all else that a page needs.
    with postponed("IPython.display", "networkx"):
        from pyvis.edge import Edge
        from pyvis.network import Network as Drawing
        from pyvis.node import Node

    degrees = Counter(number for edge in entries.edges for number in (edge.start, edge.end))
    looks = [_node(entry, degrees[entry.number]) for entry in entries.nodes]
    if scale and not scale.is_of_ties:
        looks = [
            _measured(drawn, entry, scale)
            for drawn, entry in zip(looks, entries.nodes, strict=True)
        ]
    boxes = [
        _box(drawn["size"], name[entries.lang == "es"])
        for drawn, name in zip(looks, names(entries, scale), strict=True)
    ]
    places = layout(dict(enumerate(boxes)), [(edge.start, edge.end) for edge in entries.edges])
    drawing = Drawing(height="100%", width="100%", directed=True, cdn_resources="in_line")
    drawing.set_options(
        json.dumps(options(len(entries.nodes), [label for label, _, _ in entries.types]))
    )
    # add_edge looks through all edges for each one more: with thousands that takes minutes.
    for entry, drawn in zip(entries.nodes, looks, strict=True):
        x, y = places[entry.number]
        above = _above(drawn["size"], boxes[entry.number])
        drawing.nodes.append(Node(entry.number, **drawn, x=x, y=y - above).options)
        drawing.node_ids.append(entry.number)
        drawing.node_map[entry.number] = drawing.nodes[-1]
    bends = _bends(entries.edges)
    for edge in entries.edges:
        made = Edge(edge.start, edge.end, **_edge(edge, scale), **bends[edge.number])
        drawing.edges.append(made.options)
    return drawing


def names(entries: Entries, scale: Scale | None = None) -> list[Both]:
    """Return what each node is called in the drawing, in short lines."""
    behind = scale.behind_name if scale and not scale.is_of_ties else lambda value: ""
    return [
        _wrapped(entry.short, bool(entry.disputes), LINES, behind(entry.value))
        for entry in entries.nodes
    ]


def tie_names(entries: Entries) -> list[Both]:
    """Return what each tie is called in the drawing, in short lines."""
    return [_wrapped(entry.words, bool(entry.disputes), 2) for entry in entries.edges]


@lru_cache(maxsize=1 << 16)
def _wrapped(said: Both, is_disputed: bool, lines: int, behind: str = "") -> Both:
    mark = DISPUTED_MARK if is_disputed else ""
    english = wrap(f"{mark}{said[0]}{behind}", lines)
    return english, english if said[0] == said[1] else wrap(f"{mark}{said[1]}{behind}", lines)


def wrap(text: str, lines: int = LINES) -> str:
    """Return `text` in short lines, cut with an ellipsis after the last one allowed."""
    wrapped = textwrap.wrap(
        text, LINE_LENGTH, max_lines=lines, placeholder=" …", break_on_hyphens=False
    )
    return "\n".join(wrapped) or text[:LINE_LENGTH]


def _node(entry: NodeEntry, degree: int) -> dict[str, Any]:
    appearance = look(entry.label)
    weight = math.sqrt(degree)
    drawn: dict[str, Any] = {
        "shape": appearance.shape,
        "group": group(entry.label, entry.is_official),
        # Without any, pyvis would take the number for a name.
        "label": " ",
        "size": round(9 + min(3 * weight, 15)),
    }
    if entry.disputes:
        drawn["font"] = {"color": DISPUTED}
    if appearance.shape in SIZED_BY_TEXT:
        # These shapes are as large as the text in them, here a few blanks.
        drawn |= {"label": BLANKS, "size": BLANK_HALF}
        drawn["font"] = {**drawn.get("font", {}), "size": BLANK_SIZE}
    if entry.label in LATE:
        drawn["late"] = True
    return drawn


def _measured(drawn: dict[str, Any], entry: NodeEntry, scale: Scale) -> dict[str, Any]:
    """Return how a node looks by its value; the larger, the sooner it is named."""
    size, fill = scale.size(entry.value), scale.fill(entry.value)
    shown = {
        **drawn,
        "size": size,
        "borderWidth": 1,
        "color": {"background": fill, "border": INK, "highlight": {"background": fill}},
        "late": entry.value is None,
        "rank": size,
    }
    if drawn["label"] == BLANKS:
        shown["font"] = {**drawn["font"], "size": round(BLANK_SIZE * size / BLANK_HALF)}
    return shown


def _box(half: float, name: str) -> Size:
    """Return width and height in pixels of a node with its name."""
    lines = name.split("\n")
    width = max(map(len, lines)) * NAME_SIZE * LETTER
    height = len(lines) * NAME_SIZE * 1.2
    return max(width, 2 * half) + 16, 2 * half + height + 14


def _above(half: float, box: Size) -> int:
    """Return by how much a shape stands above the middle of its box: its name hangs below it."""
    return round(box[1] / 2 - half - 4)


def _edge(entry: EdgeEntry, scale: Scale | None) -> dict[str, Any]:
    drawn: dict[str, Any] = {"id": entry.number}
    if entry.level in WIDTHS:
        drawn["width"] = WIDTHS[entry.level]
    if entry.level == "alleged":
        drawn["dashes"] = DASHES
    if entry.is_symmetric:
        drawn["arrows"] = ""
    if entry.disputes:
        drawn["color"] = {"color": DISPUTED, "highlight": DISPUTED}
        drawn["font"] = {"color": DISPUTED}
    if scale and scale.is_of_ties and entry.value is not None:
        drawn["width"] = TIE_WIDTH
        drawn["color"] = {"color": TIE_COLOUR, "highlight": TIE_COLOUR}
    return drawn


def _bends(edges: list[EdgeEntry]) -> dict[int, dict[str, Any]]:
    """Return for each tie how it bends: ties between the same two nodes must not cover another."""
    pairs: defaultdict[tuple[int, int], list[EdgeEntry]] = defaultdict(list)
    for edge in edges:
        pairs[min(edge.start, edge.end), max(edge.start, edge.end)].append(edge)
    bends: dict[int, dict[str, Any]] = {edge.number: {} for edge in edges}
    for (first, second), parallel in pairs.items():
        for place, edge in enumerate(parallel):
            if first == second:
                bends[edge.number] = {"selfReference": {"size": 24 + 12 * place, "angle": 0.8}}
            elif len(parallel) > 1:
                bend = 0.3 * (place - (len(parallel) - 1) / 2)
                turned = bend if edge.start == first else -bend
                if turned:
                    kind = "curvedCW" if turned > 0 else "curvedCCW"
                    bends[edge.number] = {
                        "smooth": {"enabled": True, "type": kind, "roundness": abs(turned)}
                    }
    return bends
