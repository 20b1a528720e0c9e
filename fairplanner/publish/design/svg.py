"""The few strokes a chart is drawn with: SVG elements and the hatches that tell series apart without colour.

Colours stand both as attributes, which Typst and every other reader follow, and as classes, by which a page in dark mode draws
them anew (`parts/chart.css`): ink, faint, accent, pale, rule, warn, ground, `s-rule`, ... for strokes, `series-1`, ... for fills.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from html import escape

from fairplanner.publish.design.measure import shortened, text_width
from fairplanner.publish.design.tokens import Design, Series

__all__ = [
    "alone",
    "area",
    "dot",
    "drawing",
    "filled",
    "hatches",
    "label",
    "line",
    "number",
    "rect",
    "shortened",
    "strokes",
    "text_width",
]

FONT = "Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, Source Han Sans SC, sans-serif"

WEIGHT = "font-variation-settings:&quot;wght&quot; "
"""Typst leaves a variable font in a drawing at its lightest unless it is told the weight like this; browsers take it too."""
BOLD = f' font-weight="bold" style="{WEIGHT}700"'

OUTLINE = 0.6
"""Width of the line around what is hatched."""

FOLLOWS = ("ink", "faint", "accent", "warn", "pale", "rule", "ground")
"""Colours that are others in the dark; those of series are the same."""
HATCHES = {
    "rising": '<path d="M-1 7L7 -1M5 13L13 5" stroke="{ink}" stroke-width="1.6" fill="none"/>',
    "falling": '<path d="M-1 5L7 13M5 -1L13 7" stroke="{ink}" stroke-width="1.6" fill="none"/>',
    "level": '<path d="M0 3H12M0 9H12" stroke="{ink}" stroke-width="1.5" fill="none"/>',
    "upright": '<path d="M3 0V12M9 0V12" stroke="{ink}" stroke-width="1.5" fill="none"/>',
    "dots": '<circle cx="3" cy="3" r="1.7" fill="{ink}"/><circle cx="9" cy="9" r="1.7" fill="{ink}"/>',
}


def label(
    x: float,
    y: float,
    text: str,
    size: float,
    *,
    fill: str = "ink",
    design: Design,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """A line of text; `fill` is a colour's name in the design."""
    weight = BOLD if bold else ""
    return (
        f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" text-anchor="{anchor}"{weight} '
        f'class="{fill}" fill="{design.light[fill]}">{escape(text)}</text>'
    )


def rect(
    x: float, y: float, width: float, height: float, fill: str, *, kind: str = "", title: str = "", radius: float = 0
) -> str:
    """A rectangle filled with a colour or `url(#hatch)`; `kind` is its class, `title` what a pointer is told."""
    told = f"<title>{escape(title)}</title>" if title else ""
    named = f' class="{kind}"' if kind else ""
    rounded = f' rx="{number(radius)}"' if radius else ""
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"{rounded}'
        f'{named} fill="{fill}">{told}</rect>'
    )


def line(
    x1: float, y1: float, x2: float, y2: float, colour: str, *, kind: str = "rule", width: float = 0.5, dash: str = ""
) -> str:
    """A straight line; `colour` as #rrggbb."""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<line x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}" '
        f'class="s-{kind}" stroke="{colour}" stroke-width="{number(width)}"{dashed}/>'
    )


def strokes(points: Sequence[tuple[float, float]], colour: str, *, kind: str, width: float) -> str:
    """A line through several points; `colour` as #rrggbb."""
    return (
        f'<polyline points="{_points(points)}" class="s-{kind}" fill="none" stroke="{colour}" '
        f'stroke-width="{number(width)}" stroke-linejoin="round" stroke-linecap="round"/>'
    )


def area(points: Sequence[tuple[float, float]], colour: str, *, kind: str) -> str:
    """A filled shape with these corners."""
    return f'<polygon points="{_points(points)}" class="{kind}" fill="{colour}"/>'


def dot(x: float, y: float, radius: float, colour: str, *, kind: str) -> str:
    """A filled circle."""
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" class="{kind}" fill="{colour}"/>'


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in points)


def hatches(series: tuple[Series, ...], prefix: str, scale: float = 1.0, used: Collection[int] | None = None) -> str:
    """Definitions of the series' hatches, for `filled`; `prefix` keeps two charts of one page apart. `used`: only series with these indices."""
    sized = f' patternTransform="scale({number(scale)})"' if scale != 1 else ""
    made = [
        f'<pattern id="{prefix}{n}" width="12" height="12" patternUnits="userSpaceOnUse"{sized}>'
        f"{HATCHES[s.hatch].format(ink=s.on)}</pattern>"
        for n, s in enumerate(series, 1)
        if s.hatch in HATCHES and (used is None or n - 1 in used)
    ]
    return f"<defs>{''.join(made)}</defs>" if made else ""


def filled(
    x: float,
    y: float,
    width: float,
    height: float,
    index: int,
    prefix: str,
    series: tuple[Series, ...],
    *,
    radius: float = 0,
    opacity: float = 1,
) -> str:
    """A rectangle in the colour of a series (index from 0, they begin again after the last) and over it its hatch.

    The hatch has no colour of its own behind it: the seams between its tiles would show.
    """
    n = index % len(series)
    seen = f' opacity="{number(opacity)}"' if opacity < 1 else ""
    drawn = rect(x, y, width, height, series[n].colour, kind=f"series-{n + 1}", radius=radius)
    if series[n].hatch in HATCHES:
        hatched = rect(x, y, width, height, f"url(#{prefix}{n + 1})", radius=radius)
        drawn += hatched.replace("<rect ", f'<rect stroke="{series[n].on}" stroke-width="{OUTLINE}" ', 1)
    return f"<g{seen}>{drawn}</g>" if seen else drawn


def drawing(
    width: float, height: float, parts: list[str], *, title: str, text: str, key: str = "", linked: bool = False
) -> str:
    """A whole drawing; `title` names it, `text` says in words what it shows (for whoever does not see it). Points or pixels alike.

    With a `key`, ids that no other drawing of the page has tie title and text to it. A drawing with links in it is a group, not an image:
    what stands in an image cannot be reached by keyboard readers.
    """
    named = (f' id="{key}t"', f' id="{key}d"') if key else ("", "")
    tied = f' aria-labelledby="{key}t" aria-describedby="{key}d"' if key else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" '
        f'role="{"group" if linked else "img"}"{tied} font-family="{escape(FONT)}" style="{WEIGHT}400">'
        f"<title{named[0]}>{escape(title)}</title><desc{named[1]}>{escape(text)}</desc>{''.join(parts)}</svg>"
    )


def alone(drawn: str, design: Design, margin: float = 12.0) -> str:
    """A drawing as a file of its own: on a ground, with a margin, in the dark colours where the reader's system is dark."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawn)
    if found is None:
        raise ValueError("not a drawing of ours")
    width, high = (float(x) + 2 * margin for x in found.groups())
    dark = "".join(
        f".{name}{{fill:{colour}}}.s-{name}{{stroke:{colour}}}"
        for name, colour in design.dark.items()
        if name in FOLLOWS
    )
    style = f"<style>@media (prefers-color-scheme: dark){{{dark}}}</style>"
    box = f'viewBox="{number(-margin)} {number(-margin)} {number(width)} {number(high)}"'
    ground = rect(-margin, -margin, width, high, design.light["ground"], kind="ground")
    sized = f'{box} width="{number(width)}" height="{number(high)}"'
    whole = drawn.replace(found[0], sized, 1)
    # the ground stands behind everything, but after the title and the words
    end = whole.index("</desc>") + len("</desc>")
    return f"{whole[:end]}{style}{ground}{whole[end:]}\n"


def number(value: float) -> str:
    """At most two decimals, none where they are zero: the same on every machine."""
    written = f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"
    return "0" if written == "-0" else written
