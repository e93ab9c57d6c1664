"""Where each node stands on the page: computed here, the same every time."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from vinculos.graph.seeded import seeded_igraph

K = TypeVar("K", bound=Hashable)

Point = tuple[float, float]
Size = tuple[float, float]

GRID_ABOVE = 1000
"""Nodes of one component from which igraph places them on a grid: less exact, far quicker."""
STEPS = 200
"""Steps of igraph on a grid, of 500 that it would take: more change nothing that can be seen."""
EXACT_UP_TO = 300
"""Nodes of one component up to which all distances are weighed against each other."""
TIE_LENGTH = 150.0
"""Pixels of an ordinary tie: room for its words between two names."""
STRETCH = 1.6
GAP = 90.0
"""Pixels between two components."""
ROUNDS = 60
"""How often names that overlap are pushed apart at most."""
WORK = 200_000
"""Pairs of names compared at most, so that a large page is not kept waiting."""
FEW = 12
ROOM = 1.0
"""Area of a drawing to that of all its names."""
RATIO = 1.6
"""Width to height of the whole drawing."""
PARTS = (0.8, 0.9, 1.0, 1.1, 1.25, 1.4, 1.6)
"""Widths of rows that are tried, to that of a drawing without gaps."""


def layout(sizes: Mapping[K, Size], ties: Iterable[tuple[K, K]]) -> dict[K, tuple[int, int]]:
    """Return x and y in pixels for each node, whatever the order in which they are given.

    Each connected component is laid out by itself and they are packed side by side, the largest
    first.

    Args:
        sizes: width and height in pixels of each node with its name; keys can be sorted.
        ties: pairs of keys; direction and number make no difference.

    """
    keys = sorted(sizes)  # type: ignore[type-var]
    numbers = {key: number for number, key in enumerate(keys)}
    pairs = sorted({tuple(sorted((numbers[a], numbers[b]))) for a, b in ties if a != b})
    blocks = []
    for members, edges in _components(len(keys), pairs):
        boxes = [sizes[keys[number]] for number in members]
        points = _spread(_scaled(_turned(_forces(len(members), edges)), edges, boxes), boxes)
        blocks.append((members, points, boxes))
    placed = _packed([(points, boxes) for _, points, boxes in blocks])
    return {
        keys[number]: (round(x), round(y))
        for (members, _, _), points in zip(blocks, placed, strict=True)
        for number, (x, y) in zip(members, points, strict=True)
    }


def _components(
    count: int, pairs: Sequence[tuple[int, ...]]
) -> list[tuple[list[int], list[tuple[int, int]]]]:
    """Return members and edges (by place in the members) of each component, the largest first."""
    import igraph

    graph = igraph.Graph(n=count, edges=pairs)
    membership: list[int] = graph.connected_components().membership
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number, component in enumerate(membership):
        members[component].append(number)
    place = {number: i for group in members.values() for i, number in enumerate(group)}
    edges: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for a, b in pairs:
        edges[membership[a]].append((place[a], place[b]))
    groups = [(group, edges[component]) for component, group in members.items()]
    return sorted(groups, key=lambda group: (-len(group[0]), group[0]))


def _forces(count: int, edges: Sequence[tuple[int, int]]) -> list[Point]:
    import igraph

    if count == 1:
        return [(0.0, 0.0)]
    with seeded_igraph():
        graph = igraph.Graph(n=count, edges=edges)
        if count > GRID_ABOVE:
            found = graph.layout_fruchterman_reingold(grid="grid", niter=STEPS)
        elif count > EXACT_UP_TO:
            found = graph.layout_fruchterman_reingold(grid="nogrid")
        else:
            found = graph.layout_kamada_kawai()
    return [(x, y) for x, y in found.coords]


def _turned(points: list[Point]) -> list[Point]:
    """Turn the drawing so that it lies along the screen, and widen it: names are wide."""
    middle_x, middle_y = (sum(point[axis] for point in points) / len(points) for axis in (0, 1))
    centred = [(x - middle_x, y - middle_y) for x, y in points]
    across = sum(x * y for x, y in centred)
    along = sum(x * x - y * y for x, y in centred)
    angle = math.atan2(2 * across, along) / 2
    cos, sin = math.cos(angle), math.sin(angle)
    return [((x * cos + y * sin) * STRETCH, y * cos - x * sin) for x, y in centred]


def _scaled(
    points: list[Point], edges: Sequence[tuple[int, int]], boxes: Sequence[Size]
) -> list[Point]:
    """Stretch the drawing until an ordinary tie has room for words and the whole for all names."""
    lengths = sorted(math.dist(points[a], points[b]) for a, b in edges)
    middle = lengths[len(lengths) // 2] if lengths else 0.0
    factor = TIE_LENGTH / middle if middle > 0 else TIE_LENGTH
    width, height = (max(p[axis] for p in points) - min(p[axis] for p in points) for axis in (0, 1))
    if len(points) > FEW:
        needed = ROOM * sum(wide * high for wide, high in boxes)
        factor = max(factor, math.sqrt(needed / max(width * height, max(width, height) ** 2 / 4)))
    return [(x * factor, y * factor) for x, y in points]


def _spread(points: list[Point], boxes: Sequence[Size]) -> list[Point]:
    """Push names apart that overlap, each pair along the axis on which they overlap less."""
    moved = [list(point) for point in points]
    wide, high = (max(box[axis] for box in boxes) for axis in (0, 1))
    work = 0
    for _ in range(ROUNDS):
        cells: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for number, (x, y) in enumerate(moved):
            cells[int(x // wide), int(y // high)].append(number)
        clean = True
        for (column, row), inside in sorted(cells.items()):
            # Half of the neighbouring cells: the other half look at this one.
            near = [
                other
                for beside in ((1, -1), (1, 0), (1, 1), (0, 1))
                for other in cells.get((column + beside[0], row + beside[1]), ())
            ]
            for place, a in enumerate(inside):
                others = inside[place + 1 :] + near
                work += len(others)
                if _push_away(a, others, moved, boxes):
                    clean = False
        if clean or work > WORK:
            break
    return [(x, y) for x, y in moved]


def _push_away(
    a: int, others: Sequence[int], moved: list[list[float]], boxes: Sequence[Size]
) -> bool:
    """Push each of `others` that overlaps `a`, and `a` from it; return whether any did."""
    here, (width, height) = moved[a], boxes[a]
    any_overlap = False
    for b in others:
        there = moved[b]
        width_needed = (width + boxes[b][0]) / 2
        wide = width_needed - abs(here[0] - there[0])
        if wide <= 0:
            continue
        height_needed = (height + boxes[b][1]) / 2
        high = height_needed - abs(here[1] - there[1])
        if high <= 0:
            continue
        # Weighed by the size of the boxes: else wide names all end up in columns.
        axis, overlap = (0, wide) if wide / width_needed < high / height_needed else (1, high)
        step = overlap / 2 + 1 if here[axis] <= there[axis] else -overlap / 2 - 1
        here[axis] -= step
        there[axis] += step
        any_overlap = True
    return any_overlap


def _packed(blocks: Sequence[tuple[list[Point], Sequence[Size]]]) -> list[list[Point]]:
    """Set the blocks side by side in rows, so that the whole is as large as it can be on a screen.

    How wide the rows are is tried out: it depends on how the blocks happen to fill them.
    """
    frames = [_frame(points, boxes) for points, boxes in blocks]
    area = sum((right - left + GAP) * (low - top + GAP) for left, top, right, low in frames)
    widest = max((right - left for left, _, right, _ in frames), default=0.0)
    tried = [_rows(frames, max(math.sqrt(area * RATIO) * part, widest)) for part in PARTS]
    moves, _ = min(tried, key=lambda rows: rows[1])
    return [
        [(x + dx, y + dy) for x, y in points]
        for (points, _), (dx, dy) in zip(blocks, moves, strict=True)
    ]


def _rows(
    frames: Sequence[tuple[float, float, float, float]], width: float
) -> tuple[list[Point], float]:
    """Return how to move each block into rows of a width, and the height of the screen needed."""
    at_x = at_y = height = across = 0.0
    # Rows of like height waste least: the largest component comes first, single nodes last.
    order = sorted(range(len(frames)), key=lambda i: (frames[i][1] - frames[i][3], i))
    moves: dict[int, Point] = {}
    for i in order:
        left, top, right, low = frames[i]
        if at_x > 0 and at_x + right - left > width:
            at_x, at_y, height = 0.0, at_y + height + GAP, 0.0
        moves[i] = (at_x - left, at_y - top)
        across = max(across, at_x + right - left)
        at_x += right - left + GAP
        height = max(height, low - top)
    return [moves[i] for i in range(len(frames))], max(at_y + height, across / RATIO)


def _frame(points: Sequence[Point], boxes: Sequence[Size]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a block."""
    return (
        min(x - box[0] / 2 for (x, _), box in zip(points, boxes, strict=True)),
        min(y - box[1] / 2 for (_, y), box in zip(points, boxes, strict=True)),
        max(x + box[0] / 2 for (x, _), box in zip(points, boxes, strict=True)),
        max(y + box[1] / 2 for (_, y), box in zip(points, boxes, strict=True)),
    )
