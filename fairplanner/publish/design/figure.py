"""A drawing in a sheet: the same SVG on paper and on a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`svg` fills the width of the text; `alt` says in words what it shows; `caption` stands below, '' for none."""

    svg: str
    alt: str
    caption: str = ""
