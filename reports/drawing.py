"""Drawings of a few shapes, written as SVG for pages and as PNG for documents that take no SVG."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from vinculos.formats.safe import clean
from vinculos.views.style import FACE, INK

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SCALE = 2
"""Dots of a PNG to a pixel of the drawing."""
WIDER = 1.18
"""How much wider than the font measured with a reader's own may be."""
FONTS = (
    "DejaVuSans.ttf",
    "NotoSans-Regular.ttf",
    "LiberationSans-Regular.ttf",
    "Arial Unicode.ttf",
    "arial.ttf",
    "Arial.ttf",
    "segoeui.ttf",
)
"""Fonts of Linux, macOS and Windows for PNG; the one that Pillow brings has no accents."""
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


@dataclass(frozen=True)
class Line:
    """A line between two points, in pixels."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str = INK
    width: float = 1
    dashed: bool = False


@dataclass(frozen=True)
class Polygon:
    """A filled shape with an outline."""

    points: Sequence[tuple[float, float]]
    fill: str
    stroke: str = INK
    width: float = 1


@dataclass(frozen=True)
class Circle:
    """A filled circle with an outline."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str = INK
    width: float = 1


@dataclass(frozen=True)
class Words:
    """A line of text; `x` and `y` are those of its `anchor` on the base line."""

    x: float
    y: float
    text: str
    size: int = 13
    anchor: str = "start"
    fill: str = INK
    halo: bool = False


@dataclass(frozen=True)
class Drawing:
    """Shapes in order, the last on top; `title` says in words what is drawn."""

    width: int
    height: int
    shapes: Sequence[Line | Polygon | Circle | Words]
    title: str


def rectangle(x: float, y: float, wide: float, high: float, fill: str, stroke: str = "") -> Polygon:
    """Return a rectangle by its upper left corner; without `stroke` it has no outline."""
    corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))
    return Polygon(corners, fill, stroke or fill)


def width(text: str, size: int) -> float:
    """Return about how many pixels wide a text is."""
    return float(_font(size).getlength(text)) * WIDER


def fitted(text: str, size: int, room: float) -> str:
    """Return `text`, cut with an ellipsis where it is wider than `room` pixels."""
    said = clean(text)
    while said and width(said, size) > room:
        said = said[:-2].rstrip() + "…" if len(said) > 2 else ""
    return said


def svg(drawing: Drawing) -> Markup:
    """Return the drawing as an SVG element; all texts are escaped, and no style is inline."""
    head = Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{title}" '
        'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" font-family="{face}">'
    ).format(title=clean(drawing.title), wide=drawing.width, high=drawing.height, face=FACE)
    return Markup("\n").join([head, *map(_element, drawing.shapes), Markup("</svg>")])


def _element(shape: Line | Polygon | Circle | Words) -> Markup:
    if isinstance(shape, Line):
        dashes = Markup(' stroke-dasharray="5 4"') if shape.dashed else ""
        return Markup(
            '<line x1="{}" y1="{}" x2="{}" y2="{}" stroke="{}" stroke-width="{}"{}/>'
        ).format(
            *map(_n, (shape.x1, shape.y1, shape.x2, shape.y2)),
            shape.stroke,
            _n(shape.width),
            dashes,
        )
    if isinstance(shape, Polygon):
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
        return Markup('<polygon points="{}" fill="{}" stroke="{}" stroke-width="{}"/>').format(
            points, shape.fill, shape.stroke, _n(shape.width)
        )
    if isinstance(shape, Circle):
        return Markup(
            '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="{}"/>'
        ).format(*map(_n, (shape.x, shape.y, shape.radius)), shape.fill, shape.stroke, shape.width)
    halo = (
        Markup(' stroke="#ffffff" stroke-width="3" stroke-linejoin="round" paint-order="stroke"')
        if shape.halo
        else ""
    )
    return Markup(
        '<text x="{}" y="{}" font-size="{}" text-anchor="{}" fill="{}"{}>{}</text>'
    ).format(
        *map(_n, (shape.x, shape.y)), shape.size, shape.anchor, shape.fill, halo, clean(shape.text)
    )


def png(drawing: Drawing) -> bytes:
    """Return the drawing as a PNG image on white, `SCALE` dots to a pixel."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (drawing.width * SCALE, drawing.height * SCALE), "white")
    pen = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        _draw(pen, shape)
    made = io.BytesIO()
    image.save(made, "PNG", dpi=(96 * SCALE, 96 * SCALE))
    return made.getvalue()


def _draw(pen: Any, shape: Line | Polygon | Circle | Words) -> None:
    if isinstance(shape, Line):
        for start, end in _dashes(shape) if shape.dashed else [(0.0, 1.0)]:
            ends = [
                (shape.x1 + (shape.x2 - shape.x1) * at, shape.y1 + (shape.y2 - shape.y1) * at)
                for at in (start, end)
            ]
            pen.line(_scaled(ends), shape.stroke, max(1, round(shape.width * SCALE)))
    elif isinstance(shape, Polygon):
        wide = max(1, round(shape.width * SCALE))
        pen.polygon(_scaled(shape.points), shape.fill, shape.stroke, wide)
    elif isinstance(shape, Circle):
        r = shape.radius
        box = _scaled([(shape.x - r, shape.y - r), (shape.x + r, shape.y + r)])
        pen.ellipse(box, shape.fill, shape.stroke, max(1, round(shape.width * SCALE)))
    else:
        font, has_all = _face(shape.size * SCALE)
        said = clean(shape.text)
        pen.text(
            (shape.x * SCALE, shape.y * SCALE),
            said if has_all else _plain(said),
            shape.fill,
            font,
            ANCHORS[shape.anchor],
            stroke_width=2 * SCALE if shape.halo else 0,
            stroke_fill="#ffffff",
        )


def _dashes(line: Line) -> list[tuple[float, float]]:
    """Return where dashes of 5 pixels with gaps of 4 begin and end, as shares of the line."""
    length = max(((line.x2 - line.x1) ** 2 + (line.y2 - line.y1) ** 2) ** 0.5, 1.0)
    return [(at / length, min((at + 5) / length, 1.0)) for at in range(0, int(length) + 1, 9)]


def _scaled(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    return [(x * SCALE, y * SCALE) for x, y in points]


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def _plain(text: str) -> str:
    """Return `text` in letters without accents."""
    apart = unicodedata.normalize("NFKD", text.replace("≠", "#"))
    return "".join(char for char in apart if not unicodedata.combining(char))


@cache
def _face(size: int) -> tuple[FreeTypeFont, bool]:
    """Return a font of this computer, and whether it has letters with accents."""
    from PIL import ImageFont

    for name in FONTS:
        try:
            return ImageFont.truetype(name, size), True
        except OSError:
            continue
    return _font(size), False


@cache
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont)  # noqa: S101 (with a size it always is)
    return font
