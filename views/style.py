"""How types of node and degrees of confidence look: a shape and a colour each, never colour alone.

The colours are Okabe and Ito's, which people with any kind of colour vision can tell apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

INK = "#1a1a1a"
PAPER = "#ffffff"
LINE = "#6e6e6e"
DISPUTED = "#9c3d00"
DISPUTED_MARK = "≠ "
NAME_SIZE = 14
NEVER = 10_000
"""The page writes all texts itself, so that none runs across another."""
RING = 5
FACE = "system-ui, 'Noto Sans', Arial, sans-serif"


class Look(NamedTuple):
    """A vis-network shape and its fill."""

    shape: str
    fill: str


LOOKS: Mapping[str, Look] = {
    "Person": Look("dot", "#0072b2"),
    "Detention": Look("square", "#d55e00"),
    "Place": Look("triangle", "#009e73"),
    "Organization": Look("hexagon", "#cc79a7"),
    "Case": Look("star", "#e69f00"),
    "Event": Look("triangleDown", "#56b4e9"),
    "Charge": Look("diamond", "#f0e442"),
    "Law": Look("box", "#ffffff"),
    "Rule": Look("ellipse", "#e69f00"),
    "Source": Look("database", "#56b4e9"),
    "Claim": Look("circle", "#f0e442"),
}
OTHER = Look("box", "#dddddd")
LATE = ("Detention", "Charge", "Rule", "Claim", "Load")
"""Labels whose nodes are named last where there is no room for all names."""
SIZED_BY_TEXT = ("box", "ellipse", "database", "circle")
"""Shapes that vis-network makes as large as the text in them, here a few blanks."""
BLANKS, BLANK_SIZE, BLANK_HALF = "      ", 9, 10


def look(label: str) -> Look:
    """Return how nodes with this main label look."""
    return LOOKS.get(label, OTHER)


def group(label: str, is_official: bool) -> str:
    """Return the name of the group of nodes that look alike."""
    known = label if label in LOOKS else "other"
    return f"{known}/official" if is_official else known


def groups(labels: Iterable[str]) -> dict[str, Any]:
    """Return the colours of the groups with these main labels: an official is a ring."""
    found: dict[str, Any] = {}
    for label in labels:
        fill = look(label).fill
        found[group(label, False)] = {"color": _colour(fill, INK)}
        found[group(label, True)] = {"color": _colour(PAPER, fill), "borderWidth": RING}
    return found


def _colour(fill: str, border: str) -> dict[str, Any]:
    return {
        "background": fill,
        "border": border,
        "highlight": {"background": fill, "border": INK},
    }


def options(count: int, labels: Iterable[str]) -> dict[str, Any]:
    """Return the options of vis-network for `count` nodes with these main labels.

    Nothing moves by itself, and vis writes no text.
    """
    large = count > 1000
    return {
        "autoResize": True,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False, "randomSeed": 1},
        "interaction": {
            "hideEdgesOnDrag": large,
            "hideEdgesOnZoom": large,
            "keyboard": {"enabled": True, "bindToWindow": False, "autoFocus": False},
        },
        "groups": groups(labels),
        "nodes": {
            "borderWidth": 1,
            "borderWidthSelected": 4,
            "font": {"face": FACE, "size": NAME_SIZE},
            "labelHighlightBold": False,
            "scaling": {"label": {"drawThreshold": NEVER}},
        },
        "edges": {
            "color": {"color": LINE, "highlight": INK, "inherit": False},
            "smooth": False,
            "labelHighlightBold": False,
            "selectionWidth": 2,
            "arrows": {"to": {"enabled": True, "scaleFactor": 0.6}},
            "scaling": {"label": {"drawThreshold": NEVER}},
        },
    }
