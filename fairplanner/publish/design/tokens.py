"""Colours, sizes and distances of `parts/design.toml`, for charts and for the pages' style sheet; Typst reads the same file itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from fairplanner.errors import LanguageError, Problem

FILE = "parts/design.toml"
SHARES = frozenset({"small-paper", "phone"})
"""Entries of the type scale that are no sizes but shares of all of them."""


@dataclass(frozen=True)
class Series:
    """How one series of a chart is filled: colour, hatch for black-and-white printers, colour of what is written upon it."""

    colour: str
    hatch: str
    on: str


@dataclass(frozen=True)
class Design:
    """Sizes and distances in points; colours by name, in light and in dark; fills of chart series in order."""

    type: dict[str, float]
    space: dict[str, float]
    light: dict[str, str]
    dark: dict[str, str]
    series: tuple[Series, ...]

    @property
    def css(self) -> str:
        """Custom properties of a page (`--ink`, `--series-1`, `--size-note`, `--space-usual`, ...).

        Dark where the reader's system is, light on paper; a size is its share of the running text, in the reader's own size (rem).
        """
        light, dark = (_properties(colours) for colours in (self.light, self.dark))
        series = _properties({f"series-{n}": s.colour for n, s in enumerate(self.series, 1)})
        return (
            f":root {{ color-scheme: light dark; {light} {series} {self._sizes()} }}\n"
            f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
        )

    def _sizes(self) -> str:
        body = self.type["body"]
        sizes = {f"size-{name}": size for name, size in self.type.items() if name not in SHARES}
        spaces = {f"space-{name}": size for name, size in self.space.items()}
        return _properties({name: f"{round(size / body, 3):g}rem" for name, size in (sizes | spaces).items()})


def _properties(values: dict[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in values.items())


@lru_cache(maxsize=8)
def design(folder: Path) -> Design:
    """The design of a templates folder. Raises LanguageError for a file that is not there, is no TOML or lacks a part."""
    path = folder / FILE
    try:
        found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        series = tuple(Series(**row) for row in found["series"])
        return Design(found["type"], found["space"], found["light"], found["dark"], series)
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise LanguageError([Problem(FILE, 0, "", "toml", str(error))]) from error
