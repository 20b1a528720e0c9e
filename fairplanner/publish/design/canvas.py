"""A sheet to draw one chart on: it knows the design, the sizes of type, the ids of its fills, and collects the strokes.

A chart is `width` units wide. The width of text on A4 (174 mm) is 720 units, so that 1 point on that paper is 1.46 units and the sizes of
`design.toml` come out exactly; a chart 360 units wide has the same sizes in units and is for a phone, where a unit is a pixel.
"""

from __future__ import annotations

from html import escape
from zlib import crc32

from fairplanner.publish.design import svg
from fairplanner.publish.design.measure import text_width
from fairplanner.publish.design.tokens import Design

WIDTH = 720.0
ON_PAPER_MM = 174.0
UNITS_PER_POINT = WIDTH / (ON_PAPER_MM / 25.4 * 72)
SWATCH, SWATCH_HIGH = 18.0, 9.0
HATCH_SCALE = 0.6
"""Of the 12 units after which a hatch repeats: even the bar of a short trip shows it."""
NARROW = 480.0
"""A chart less wide than this puts names above rows, not beside them."""


def on_paper(millimetres: float) -> float:
    """Units of a chart that stands so wide on paper, with the same sizes of type as on A4."""
    return millimetres * WIDTH / ON_PAPER_MM


class Canvas:
    """Collects the strokes of one chart; `content` is anything whose `repr` tells this chart from the others of a page."""

    def __init__(self, design: Design, width: float, content: object) -> None:
        self.design, self.width = design, width
        self.key = f"c{crc32(repr((width, content)).encode()):08x}"
        self.text_size, self.small_size = (round(design.type[n] * UNITS_PER_POINT, 2) for n in ("note", "fine"))
        self.parts: list[str] = []
        self._tones: set[int] = set()
        self.linked = False

    @property
    def is_narrow(self) -> bool:
        """Whether it is for a phone."""
        return self.width < NARROW

    def space(self, name: str) -> float:
        """A distance of the design in units."""
        return self.design.space[name] * UNITS_PER_POINT

    def text(
        self, x: float, y: float, text: str, size: float, fill: str = "ink", anchor: str = "start", bold: bool = False
    ) -> None:
        """A line of text on the baseline `y`."""
        if text:
            self.parts.append(svg.label(x, y, text, size, fill=fill, design=self.design, anchor=anchor, bold=bold))

    def upon(self, x: float, y: float, text: str, size: float, tone: int, anchor: str = "start") -> None:
        """Text on the colour of a series."""
        on = self.design.series[tone % len(self.design.series)].on
        self.parts.append(
            f'<text x="{svg.number(x)}" y="{svg.number(y)}" font-size="{svg.number(size)}" text-anchor="{anchor}" '
            f'fill="{on}">{escape(text)}</text>'
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = "rule", width: float = 0.7, dash: str = "") -> None:  # fmt: skip
        """A straight line in a colour of the design."""
        self.parts.append(svg.line(x1, y1, x2, y2, self.design.light[colour], kind=colour, width=width, dash=dash))

    def plain(self, x: float, y: float, width: float, height: float, colour: str, radius: float = 0, title: str = "") -> None:  # fmt: skip
        """A rectangle in a colour of the design."""
        self.parts.append(svg.rect(x, y, width, height, self.design.light[colour], kind=colour, title=title, radius=radius))  # fmt: skip

    def plate(self, x: float, y: float, width: float, height: float, tone: int) -> None:
        """The colour of a series without its hatch, for what is written upon it."""
        n = tone % len(self.design.series)
        self.parts.append(svg.rect(x, y, width, height, self.design.series[n].colour, kind=f"series-{n + 1}"))

    def nothing(self, words: str, y: float) -> float:
        """Says from `y` down that there is nothing to draw; returns where that ends."""
        size = self.text_size
        self.text(self.width / 2, y + size * 1.85, svg.shortened(words, size, self.width), size, "faint", "middle")
        return y + size * 3

    def filled(self, x: float, y: float, width: float, height: float, tone: int, radius: float = 0, opacity: float = 1) -> str:  # fmt: skip
        """A rectangle in the colour and hatch of a series, to be put among the parts."""
        self._tones.add(tone % len(self.design.series))
        return svg.filled(x, y, width, height, tone, self.key, self.design.series, radius=radius, opacity=opacity)

    def legend(self, items: list[tuple[str, str]], y: float) -> float:
        """Swatches with their words from `y` down, as many lines as they need; returns where it ends. Items: (SVG of a swatch, words)."""
        size, x = self.small_size, 0.0
        high, wide = size * 1.55, SWATCH + self.space("small")
        for drawn, words in items:
            told = svg.shortened(words, size, self.width - wide)
            needs = wide + text_width(told, size)
            if x and x + needs > self.width:
                x, y = 0.0, y + high
            self.parts.append(f'<g transform="translate({svg.number(x)} {svg.number(y + (high - SWATCH_HIGH) / 2)})">{drawn}</g>')  # fmt: skip
            self.text(x + wide, y + high * 0.5 + size * 0.36, told, size, "faint")
            x += needs + self.space("wide")
        return y + high if items else y

    def swatch(self, tone: int) -> str:
        """The fill of a series, as its legend shows it."""
        return self.filled(0, 0, SWATCH, SWATCH_HIGH, tone, radius=1.5)

    def svg(self, height: float, title: str, text: str) -> str:
        """The whole drawing."""
        drawn = [svg.hatches(self.design.series, self.key, HATCH_SCALE, self._tones), *self.parts]
        return svg.drawing(self.width, height, drawn, title=title, text=text, key=self.key, linked=self.linked)
