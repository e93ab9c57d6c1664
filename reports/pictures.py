"""A network as a static picture with a legend, for a page of paper."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from vinculos.reports.drawing import Circle, Drawing, Line, Polygon, Words, fitted, width
from vinculos.views.entries import EdgeEntry, Entries
from vinculos.views.layout import layout
from vinculos.views.style import DISPUTED_MARK, INK, LINE, PAPER, RING, look
from vinculos.views.words import text

Shape = Line | Polygon | Circle | Words
Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""

RADIUS, NAME, TIE, MARGIN = 9, 13, 10, 16
APART = 9
"""Pixels between two ties of the same nodes."""
WIDEST = 200
"""Pixels of a name before it is cut; the table has it whole."""
LEVELS = {"documented": 3.0, "reported": 1.5, "alleged": 1.5}


def draw_network(entries: Entries, title: str, lang: str) -> Drawing:
    """Return the picture of what `entries` describes, its legend below."""
    place = lang == "es"
    names = [
        fitted((DISPUTED_MARK if node.disputes else "") + node.short[place], NAME, WIDEST)
        for node in entries.nodes
    ]
    sizes = {
        node.number: (max(width(name, NAME) + 16, 4.0 * RADIUS), RADIUS * 2 + NAME + 18.0)
        for node, name in zip(entries.nodes, names, strict=True)
    }
    places = layout(sizes, [(tie.start, tie.end) for tie in entries.edges])
    left = min(places[n][0] - sizes[n][0] / 2 for n in places) - MARGIN
    top = min(places[n][1] - sizes[n][1] / 2 for n in places) - MARGIN
    at = {number: (x - left, y - top) for number, (x, y) in places.items()}
    wide = max(at[n][0] + sizes[n][0] / 2 for n in at) + MARGIN
    high = max(at[n][1] + sizes[n][1] / 2 for n in at) + MARGIN
    wide = max(wide, 460)
    shapes: list[Shape] = []
    boxes = [
        (x - sizes[n][0] / 2, y - RADIUS, x + sizes[n][0] / 2, y + RADIUS + NAME + 6)
        for n, (x, y) in at.items()
    ]
    beside = _beside(entries.edges)
    for tie in entries.edges:
        shapes += _tie(tie, tie.words[place], at, boxes, beside[tie.number])
    for node, name in zip(entries.nodes, names, strict=True):
        x, y = at[node.number]
        shapes += _symbol(node.label, x, y, node.is_official)
        shapes.append(Words(x, y + RADIUS + NAME + 2, name, NAME, "middle", halo=True))
    legend, low = _legend(entries, wide, high, lang)
    return Drawing(round(wide), round(low), [*shapes, *legend], title)


def _beside(ties: Sequence[EdgeEntry]) -> dict[int, float]:
    """Return by how many pixels each tie runs beside the middle: none must cover another."""
    pairs: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for tie in ties:
        pairs[min(tie.start, tie.end), max(tie.start, tie.end)].append(tie.number)
    return {
        number: APART * (place - (len(numbers) - 1) / 2)
        for numbers in pairs.values()
        for place, number in enumerate(numbers)
    }


def _tie(
    tie: EdgeEntry,
    said: str,
    at: Mapping[int, tuple[float, float]],
    boxes: list[Box],
    beside: float,
) -> list[Shape]:
    """Return a tie's line, its arrow, and its words where they cross no others."""
    (x1, y1), (x2, y2) = at[tie.start], at[tie.end]
    long = math.dist((x1, y1), (x2, y2))
    if beside and long:
        # Seen from the same end, whichever way the tie goes.
        turn = beside if tie.start < tie.end else -beside
        aside_x, aside_y = turn * (y1 - y2) / long, turn * (x2 - x1) / long
        x1, y1, x2, y2 = x1 + aside_x, y1 + aside_y, x2 + aside_x, y2 + aside_y
    thick, broken = LEVELS.get(tie.level, 1.5), tie.level == "alleged"
    shapes: list[Shape] = [Line(x1, y1, x2, y2, LINE, thick, broken)]
    if long > 4 * RADIUS and not tie.is_symmetric:
        dx, dy = (x2 - x1) / long, (y2 - y1) / long
        tip_x, tip_y = x2 - dx * (RADIUS + 2), y2 - dy * (RADIUS + 2)
        back_x, back_y = tip_x - dx * 8, tip_y - dy * 8
        sides = ((back_x - dy * 4, back_y + dx * 4), (back_x + dy * 4, back_y - dx * 4))
        shapes.append(Polygon(((tip_x, tip_y), *sides), LINE, LINE))
    words = (DISPUTED_MARK if tie.disputes else "") + said
    half, x, y = width(words, TIE) / 2, (x1 + x2) / 2, (y1 + y2) / 2 + 3
    box = (x - half, y - TIE, x + half, y + 3)
    if half * 2 < long and not any(_overlap(box, other) for other in boxes):
        shapes.append(Words(x, y, words, TIE, "middle", "#444444", halo=True))
        boxes.append(box)
    return shapes


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _symbol(label: str, x: float, y: float, is_official: bool) -> list[Shape]:
    found = look(label)
    fill, stroke = (PAPER, found.fill) if is_official else (found.fill, INK)
    wide = RING - 1 if is_official else 1
    corners = _CORNERS.get(found.shape)
    if corners is None:
        return [Circle(x, y, RADIUS, fill, stroke, wide)]
    points = tuple((x + dx * RADIUS, y + dy * RADIUS) for dx, dy in corners)
    return [Polygon(points, fill, stroke, wide)]


def _ring(count: int, turn: float, inner: float = 0.0) -> tuple[tuple[float, float], ...]:
    """Return the corners of a regular polygon, or of a star where there is an `inner` radius."""
    steps = count * 2 if inner else count
    return tuple(
        (
            math.cos(turn + 2 * math.pi * i / steps) * (inner if inner and i % 2 else 1.15),
            math.sin(turn + 2 * math.pi * i / steps) * (inner if inner and i % 2 else 1.15),
        )
        for i in range(steps)
    )


_CORNERS: Mapping[str, tuple[tuple[float, float], ...]] = {
    "square": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "box": ((-1.2, -0.7), (1.2, -0.7), (1.2, 0.7), (-1.2, 0.7)),
    "database": ((-0.8, -1), (0.8, -1), (0.8, 1), (-0.8, 1)),
    "triangle": _ring(3, -math.pi / 2),
    "triangleDown": _ring(3, math.pi / 2),
    "hexagon": _ring(6, 0),
    "diamond": _ring(4, 0),
    "star": _ring(5, -math.pi / 2, 0.5),
}


def _legend(entries: Entries, wide: float, top: float, lang: str) -> tuple[list[Shape], float]:
    """Return what the signs mean, and the lower end of the picture."""
    signs: list[tuple[list[Shape], str]] = [
        (_symbol(label, 0, 0, False), f"{name[lang == 'es']} ({count})")
        for label, name, count in entries.types
    ]
    if any(node.is_official for node in entries.nodes):
        signs.append((_symbol("Person", 0, 0, True), text("official", lang)))
    levels = {tie.level for tie in entries.edges}
    for level, thick in LEVELS.items():
        if level in levels:
            line = Line(-12, 0, 12, 0, LINE, thick, level == "alleged")
            signs.append(([line], text(level, lang)))
    if any(node.disputes for node in entries.nodes) or any(tie.disputes for tie in entries.edges):
        signs.append(([], text("disputed", lang)))
    shapes: list[Shape] = [Line(MARGIN, top, wide - MARGIN, top, "#c9c9c9")]
    x, y = MARGIN + 14.0, top + 22
    for drawn, said in signs:
        if x > MARGIN + 14 and x + 20 + width(said, NAME) > wide - MARGIN:
            x, y = MARGIN + 14.0, y + 24
        shapes += [_moved(shape, x, y) for shape in drawn]
        start = x + 18 if drawn else x - 14
        shapes.append(Words(start, y + 4, said, NAME))
        x = start + width(said, NAME) + 36
    return shapes, y + 20


def _moved(shape: Shape, x: float, y: float) -> Shape:
    if isinstance(shape, Polygon):
        points = tuple((a + x, b + y) for a, b in shape.points)
        return Polygon(points, shape.fill, shape.stroke, shape.width)
    if isinstance(shape, Circle):
        return Circle(shape.x + x, shape.y + y, shape.radius, shape.fill, shape.stroke, shape.width)
    if isinstance(shape, Line):
        return Line(
            shape.x1 + x, shape.y1 + y, shape.x2 + x, shape.y2 + y, shape.stroke, shape.width,
            shape.dashed,
        )  # fmt: skip
    return shape
