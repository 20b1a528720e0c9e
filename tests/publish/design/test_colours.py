"""Colours of the design: to be read in light and in dark, told apart without colour, and written down in one place only."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest

import fairplanner
from fairplanner.publish.design.svg import HATCHES
from fairplanner.publish.design.tokens import design
from fairplanner.shipped import shipped

DESIGN = design(shipped("templates"))
SCHEMES = {"light": DESIGN.light, "dark": DESIGN.dark}
Vector = tuple[float, float, float]
Matrix = tuple[Vector, Vector, Vector]

# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (IEEE TVCG 15, 2009),
# severity 1.0, for linear RGB.
SIGHT: dict[str, Matrix] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
TO_XYZ: Matrix = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE: Vector = (0.95047, 1.0, 1.08883)
TELL_APART = 15.0
"""CIE 1976 difference: several times what is just seen (2.3; Mahy, Van Eycken and Oosterlinck 1994), so that it holds for small bars."""

WRITTEN = re.compile(r"#[0-9a-fA-F]{8}\b|#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b|\b(?:rgba?|hsla?|cmyk|luma)\((?!design)")
EXCEPTIONS = {
    "parts/design.toml": "is the design",
    "publish/qr.py": "a QR code stays dark on white, whatever the design",
    "publish/calendars/ical.py": "colours a calendar program shows, which must be CSS names and their values (RFC 7986, 5.9)",
    "subscribe/subscribe.css": "the shadow of an overlay is no colour of its own",
}


def linear(colour: str) -> Vector:
    """Linear RGB of #rrggbb (IEC 61966-2-1)."""
    shares = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return r, g, b


def times(matrix: Matrix, vector: Vector) -> Vector:
    a, b, c = (sum(x * y for x, y in zip(row, vector, strict=True)) for row in matrix)
    return a, b, c


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    return times(TO_XYZ, linear(colour))[1]


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(colour: str, sight: Matrix) -> Vector:
    """CIELAB of a colour as somebody with that sight sees it."""
    r, g, b = (min(1.0, max(0.0, share)) for share in times(sight, linear(colour)))
    x, y, z = (v / w for v, w in zip(times(TO_XYZ, (r, g, b)), WHITE, strict=True))
    fx, fy, fz = (t ** (1 / 3) if t > (6 / 29) ** 3 else t * (29 / 6) ** 2 / 3 + 4 / 29 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def difference(one: str, other: str, sight: Matrix) -> float:
    pairs = zip(lab(one, sight), lab(other, sight), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def test_the_measure_of_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("text", ["ink", "faint", "accent", "warn", "good"])
def test_text_can_be_read_on_every_ground(scheme: str, text: str) -> None:
    colours = SCHEMES[scheme]
    for ground in ("ground", "pale"):
        assert contrast(colours[text], colours[ground]) >= 4.5, ground


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("text", "ground", "least"),
    [("warn", "warn-pale", 4.5), ("ink", "warn-pale", 4.5), ("good", "good-pale", 4.5), ("ink", "mark", 4.5),
     ("on-accent", "accent", 4.5), ("focus", "ground", 3.0)],
)  # fmt: skip
def test_what_belongs_together_has_contrast(scheme: str, text: str, ground: str, least: float) -> None:
    assert contrast(SCHEMES[scheme][text], SCHEMES[scheme][ground]) >= least


def test_light_and_dark_name_the_same_colours() -> None:
    assert list(DESIGN.light) == list(DESIGN.dark)


@pytest.mark.parametrize("n", range(len(DESIGN.series)))
def test_what_is_written_on_a_series_can_be_read(n: int) -> None:
    assert contrast(DESIGN.series[n].colour, DESIGN.series[n].on) >= 4.5


@pytest.mark.parametrize("n", range(len(DESIGN.series)))
def test_a_series_or_its_outline_stands_out_from_the_ground(n: int) -> None:
    """WCAG 2.2, 1.4.11: 3 to 1; what is hatched has an outline in the colour of its hatch."""
    series = DESIGN.series[n]
    for colours in SCHEMES.values():
        outline = series.on if series.hatch in HATCHES else series.colour
        assert max(contrast(series.colour, colours["ground"]), contrast(outline, colours["ground"])) >= 3


def test_series_are_told_apart_in_black_and_white() -> None:
    hatches = [series.hatch for series in DESIGN.series]
    assert len(set(hatches)) == len(hatches)
    assert set(hatches) <= {"none", *HATCHES}


def test_the_crossed_lines_of_a_clash_and_its_outline_are_seen_on_paper() -> None:
    assert contrast(DESIGN.light["warn"], DESIGN.light["ground"]) >= 3
    assert all(difference(DESIGN.light["warn"], s.colour, SIGHT["usual"]) >= TELL_APART for s in DESIGN.series)


@pytest.mark.parametrize("sight", SIGHT)
def test_no_two_series_look_alike_to_anybody(sight: str) -> None:
    for one, other in combinations(DESIGN.series, 2):
        assert difference(one.colour, other.colour, SIGHT[sight]) >= TELL_APART, (one.colour, other.colour)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("sight", SIGHT)
def test_a_warning_does_not_look_like_an_accent_or_like_what_is_done(scheme: str, sight: str) -> None:
    colours = SCHEMES[scheme]
    assert difference(colours["warn"], colours["accent"], SIGHT[sight]) >= TELL_APART
    if sight == "usual":
        assert difference(colours["warn"], colours["good"], SIGHT[sight]) >= TELL_APART


def sources() -> list[tuple[str, Path]]:
    """Templates and what makes papers, with their place."""
    templates, rooms = shipped("templates"), Path(fairplanner.__file__).parent
    found = [(p.relative_to(templates).as_posix(), p) for p in templates.rglob("*")]
    found += [(p.relative_to(rooms).as_posix(), p) for p in (rooms / "publish").rglob("*.py")]
    return sorted((name, path) for name, path in found if path.is_file() and "/languages/" not in f"/{name}")


def test_no_colour_is_written_down_outside_the_design() -> None:
    written = {
        f"{name}: {match[0]}"
        for name, path in sources()
        if name not in EXCEPTIONS
        for match in WRITTEN.finditer(path.read_text(encoding="utf-8"))
    }
    assert written == set()


def test_every_exception_is_still_one() -> None:
    names = dict(sources())
    assert [name for name in EXCEPTIONS if not WRITTEN.search(names[name].read_text(encoding="utf-8"))] == []


def test_every_colour_a_drawing_may_use_is_drawn_anew_by_the_page() -> None:
    css = (shipped("templates") / "parts/chart.css").read_text(encoding="utf-8")
    for name in ("ink", "faint", "accent", "warn", "pale", "rule", "ground"):
        assert f"svg .{name} {{ fill: var(--{name}); }}" in css
        assert f"svg .s-{name} {{ stroke: var(--{name}); }}" in css
    for n in range(1, len(DESIGN.series) + 1):
        assert f"svg .series-{n} {{ fill: var(--series-{n}); }}" in css
