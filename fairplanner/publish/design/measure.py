"""How wide a text is drawn at most, so that what fits by this estimate fits wherever the drawing is read.

A drawing does not carry its font: paper sets it in Noto Sans CJK, a page in whatever the reader has. The widths below are therefore the
larger of the advance widths of Noto Sans CJK SC and of DejaVu Sans (the widest of the usual fallbacks), rounded up to a twentieth of
an em; `tests/publish/design/test_measure.py` sets characters and words in Noto Sans CJK and compares.
"""

from __future__ import annotations

import unicodedata

REGULAR = {
    30: "'Iijl", 35: " ,.:;|", 40: "()-/[\\]ft", 45: "!r", 50: '"*', 55: "?Jcsz", 60: "FL_kvxy", 65: "$0123456789EPSTY`abdeghnopqu{}",
    70: "ABCKRVXZ", 75: "NU", 80: "&DGHOQ", 85: "#+<=>^w~", 90: "M", 100: "%@Wm",
}  # fmt: skip
BOLD = {
    35: " 'ijl", 40: ",./:;I\\|", 45: "-f", 50: "!()[]rt", 55: "*", 60: '"?J_csz', 65: "L`x", 70: "$0123456789EFTaekovy",
    75: "CPSYZbdghnpqu{}", 80: "ABKRVX", 85: "#+<=>DGHNU^~", 90: "&OQ", 95: "w", 100: "M", 105: "%@m", 115: "W",
}  # fmt: skip
WIDTHS = tuple({c: n / 100 for n, chars in table.items() for c in chars} for table in (REGULAR, BOLD))
FULL = "…—·“”‘’"
SEEN = 0.92
"""Noto Sans CJK by the widths above, on an average."""
OTHER = 1.1
"""Ems of a character that is neither ASCII nor a letter with accents: full-width ones take 1, a few Cyrillic ones 1.08."""


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is drawn at most, in the unit of `size`."""
    widths = WIDTHS[bold]
    return size * sum(widths.get(c) or _other(c, widths) for c in text)


def seen_width(text: str, size: float) -> float:
    """How wide a text is about, in Noto Sans CJK: for what is drawn behind it, never for what must not meet it."""
    return size * sum(
        SEEN * WIDTHS[False][c] if c in WIDTHS[False] else min(1.0, _other(c, WIDTHS[False])) for c in text
    )


def _other(char: str, widths: dict[str, float]) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF" or char in FULL:
        return 1.0
    if char == "–":
        return 0.6
    base = unicodedata.normalize("NFD", char)[0]
    return widths[base] + 0.05 if base in widths else OTHER


def shortened(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits into `room` with an ellipsis; '' where not even two characters do."""
    if text_width(text, size, bold=bold) <= room:
        return text
    for n in range(len(text) - 1, 1, -1):
        cut = text[:n].rstrip(" （(，,、-–—：:;；") + "…"
        if text_width(cut, size, bold=bold) <= room:
            return cut
    return ""


def wrapped(text: str, size: float, room: float, most: int = 2) -> tuple[str, ...]:
    """The text in at most so many lines, the last one shortened; Latin words stay whole where they fit, no line begins with 、，。）."""
    lines: list[str] = []
    rest = text.strip()
    while rest and len(lines) < most - 1 and text_width(rest, size) > room:
        cut = _break(rest, size, room)
        lines.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    last = shortened(rest, size, room)
    return tuple(line for line in (*lines, last) if line)


NEVER_FIRST = "、，。；：！？）》」』〕】”’,.;:!?)]}%…—–-·"
NEVER_LAST = "（《「『〔【“‘([{"


def _break(text: str, size: float, room: float) -> int:
    """Where the first line ends: as late as fits, not inside a Latin word unless there is no other place; at least 1."""
    fits = max((n for n in range(1, len(text)) if text_width(text[:n].rstrip(), size) <= room), default=1)
    for n in range(fits, 0, -1):
        before, after = text[n - 1], text[n]
        inside = before.isalnum() and after.isalnum() and before.isascii() and after.isascii()
        if not inside and after not in NEVER_FIRST and before not in NEVER_LAST:
            return n
    return fits
