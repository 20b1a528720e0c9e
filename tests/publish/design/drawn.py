"""What stands where in a drawing: boxes of its texts (never narrower than they are drawn) and of its rectangles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from xml.etree import ElementTree

from fairplanner.publish.design.measure import text_width
from fairplanner.publish.design.tokens import design
from fairplanner.publish.design.words import ChartWords, chart_words
from fairplanner.shipped import shipped
from fairplanner.words import words

SVG = "{http://www.w3.org/2000/svg}"
DESIGN = design(shipped("templates"))
NEAR = 0.02
"""Units that two decimals may shift a box."""


@dataclass(frozen=True)
class Box:
    """A text or the name of a rectangle's class, and what it covers."""

    said: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether they cover one another."""
        across = self.left < other.right - NEAR and other.left < self.right - NEAR
        return across and self.top < other.bottom - NEAR and other.top < self.bottom - NEAR


def said(lang: str) -> ChartWords:
    """Words of every chart."""
    return chart_words(words(lang))


def root(svg: str) -> ElementTree.Element:
    """The drawing as a tree; fails where it is no well-formed XML."""
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def size(svg: str) -> tuple[float, float]:
    """Width and height in units."""
    _, _, width, height = root(svg).attrib["viewBox"].split()
    return float(width), float(height)


def texts(svg: str) -> list[Box]:
    """Box of every text: its full-width square from the top, an eighth of it below the line."""
    return [_text(node) for node in root(svg).iter(f"{SVG}text")]


def _text(node: ElementTree.Element) -> Box:
    at = float(node.attrib["font-size"])
    x, y, text = float(node.attrib["x"]), float(node.attrib["y"]), node.text or ""
    wide = text_width(text, at, bold=node.get("font-weight") == "bold")
    left = {"start": x, "middle": x - wide / 2, "end": x - wide}[node.get("text-anchor", "start")]
    return Box(text, left, y - 0.84 * at, left + wide, y + 0.12 * at)


def rects(svg: str, kind: str = "") -> list[Box]:
    """Boxes of the rectangles outside definitions and legends, of one class if asked for."""
    return [box for box in _rects(root(svg)) if not kind or box.said == kind]


def _rects(node: ElementTree.Element) -> Iterator[Box]:
    for child in node:
        if child.tag == f"{SVG}defs" or "transform" in child.attrib:
            continue
        if child.tag == f"{SVG}rect":
            x, y, wide, high = (float(child.attrib[name]) for name in ("x", "y", "width", "height"))
            yield Box(child.get("class", ""), x, y, x + wide, y + high)
        yield from _rects(child)


def series(svg: str) -> list[Box]:
    """Boxes filled with the colour of a series, plates behind a text left out."""
    filled = [box for box in rects(svg) if box.said.startswith("series-")]
    return [box for box in filled if not any(_within(box, other) for other in filled if other is not box)]


def _within(inner: Box, outer: Box) -> bool:
    return (
        outer.left <= inner.left
        and inner.right <= outer.right
        and outer.top < inner.top
        and inner.bottom < outer.bottom
    )


def told(svg: str) -> str:
    """What is said to whoever does not see it."""
    return root(svg).findtext(f"{SVG}desc") or ""


def collisions(svg: str) -> list[tuple[str, str]]:
    """Pairs of texts of which one covers the other."""
    found, boxes = [], sorted(texts(svg), key=lambda box: box.top)
    for n, a in enumerate(boxes):
        below = takewhile(lambda b: b.top < a.bottom, boxes[n + 1 :])  # noqa: B023 - used before the next turn
        found += [(a.said, b.said) for b in below if a.meets(b)]
    return found


def outside(svg: str) -> list[Box]:
    """Texts and rectangles that leave the drawing."""
    width, height = size(svg)
    return [
        box
        for box in (*texts(svg), *rects(svg))
        if box.left < -NEAR or box.top < -NEAR or box.right > width + NEAR or box.bottom > height + NEAR
    ]
