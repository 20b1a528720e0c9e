"""How a paper looks: `official` as GB/T 9704-2012 sets it, `friendly` in the design that all other publications have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from fairplanner.publish.design.tokens import design

BLACK = "000000"


class Manner(StrEnum):
    """The two dressings."""

    OFFICIAL = "official"
    FRIENDLY = "friendly"


def manner_of(lang: str) -> Manner:
    """The dressing that offices of a language expect: Chinese ones that of the standard."""
    return Manner.OFFICIAL if lang == "zh" else Manner.FRIENDLY


class Part(StrEnum):
    """The parts of a paper that have a face of their own."""

    TITLE = "title"
    BODY = "body"
    HEAD1 = "head1"
    HEAD2 = "head2"
    ANNEX = "annex"
    CELL = "cell"
    CELL_HEAD = "cell-head"
    NOTE = "note"
    PAGE = "page"
    MARK = "mark"


@dataclass(frozen=True)
class Face:
    """Font of Chinese and of Latin text, size in points, colour RRGGBB."""

    eastern: str
    western: str
    size: float
    bold: bool = False
    colour: str = BLACK


@dataclass(frozen=True)
class Page:
    """A4; margins in millimetres: top, right, bottom, left. `footer`: from the page's lower edge to the page number's."""

    top: float
    right: float
    bottom: float
    left: float
    footer: float
    wide: bool = False

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in millimetres."""
        return (297, 210) if self.wide else (210, 297)

    @property
    def measure(self) -> float:
        """Width of the text in millimetres."""
        return self.size[0] - self.left - self.right


@dataclass(frozen=True)
class Dressing:
    """Everything the renderer needs to know. `line`, `title_line`: exact distance of lines in points, 0 for that of the font.

    `closer`: points by which characters stand closer than their size; `is_centred`: the title; `rule`: colour of lines in
    tables; `head_fill`: ground of their headings ('' none); `dashes`: the page number as — 1 —, outside on each page.
    """

    faces: Mapping[Part, Face]
    upright: Page
    across: Page
    line: float
    title_line: float
    closer: float
    is_centred: bool
    indent: bool
    rule: str
    head_fill: str
    dashes: bool


# GB/T 9704-2012: paper 5.2.1 (A4, 天头 37±1 mm, 订口 28±1 mm, 版心 156×225 mm), type 5.2.2 (3号仿宋), lines 5.2.3 (22 lines of 28
# characters fill the type area), title 7.3.1 (2号小标宋), headings 7.3.3 (一级黑体、二级楷体), attachments 7.3.9 (3号黑体), page number 7.5
# (4号半角宋体, 一字线, 7 mm under the type area, odd right, even left, one character in), tables across 8.4 (head of the table towards the binding).
# Sizes of type in points: 2号 22, 3号 16, 4号 14. Beyond the size of the page partly background, read in pages about the standard
# and not in the standard itself (research/planner.md 28, [B]); type inside tables is nowhere set and our choice.
A4_WIDTH, A4_HEIGHT, TOP, BINDING, MEASURE, DEPTH = 210, 297, 37, 28, 156, 225
LINES, CHARACTERS, POINTS_IN_MM = 22, 28, 72 / 25.4
BODY_SIZE = 16
FREE: Mapping[str, tuple[str, ...]] = {
    "方正小标宋简体": ("方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "Noto Serif CJK SC", "Source Han Serif SC"),
    "仿宋_GB2312": ("仿宋", "FangSong", "FangSong_GB2312", "Noto Serif CJK SC", "Source Han Serif SC"),
    "楷体_GB2312": ("楷体", "KaiTi", "KaiTi_GB2312", "LXGW WenKai", "AR PL UKai CN", "Noto Serif CJK SC"),
    "黑体": ("SimHei", "Noto Sans CJK SC", "Source Han Sans SC"),
    "宋体": ("SimSun", "Noto Serif CJK SC", "Source Han Serif SC"),
    "Microsoft YaHei": ("微软雅黑", "Noto Sans CJK SC", "Source Han Sans SC"),
    "Times New Roman": ("Liberation Serif",),
    "Arial": ("Liberation Sans", "Noto Sans"),
}  # fmt: skip
"""Fonts by which a font that is not there is to be replaced, the first ones being the same under another name, the last ones free."""
FREELY = ("Noto Serif CJK SC", "Source Han Serif SC", "Noto Sans CJK SC", "Source Han Sans SC", "LXGW WenKai", "AR PL UKai CN",
          "Liberation Serif", "Liberation Sans")  # fmt: skip
"""Those that anybody may install."""


def official() -> Dressing:
    """Black on white; no logo, colour, QR code or name of a tool."""
    latin = "Times New Roman"
    body, small = Face("仿宋_GB2312", latin, BODY_SIZE), 12
    faces = {
        Part.TITLE: Face("方正小标宋简体", latin, 22),
        Part.BODY: body,
        Part.HEAD1: Face("黑体", latin, BODY_SIZE),
        Part.HEAD2: Face("楷体_GB2312", latin, BODY_SIZE),
        Part.ANNEX: Face("黑体", latin, BODY_SIZE),
        Part.CELL: Face("仿宋_GB2312", latin, small),
        Part.CELL_HEAD: Face("黑体", latin, small),
        Part.NOTE: Face("仿宋_GB2312", latin, small),
        Part.PAGE: Face("宋体", "宋体", 14),
        Part.MARK: Face("宋体", latin, 10.5),
    }
    right, bottom = A4_WIDTH - BINDING - MEASURE, A4_HEIGHT - TOP - DEPTH
    low = bottom - 7 - 14 / POINTS_IN_MM
    upright = Page(TOP, right, bottom, BINDING, low)
    across = Page(BINDING, TOP, right, bottom, right - 7 - 14 / POINTS_IN_MM, wide=True)
    line = DEPTH * POINTS_IN_MM / LINES
    closer = BODY_SIZE - MEASURE * POINTS_IN_MM / CHARACTERS
    return Dressing(faces, upright, across, line, 33, closer, True, True, BLACK, "", True)


def friendly(folder: Path) -> Dressing:
    """Sizes and colours of `parts/design.toml` in a templates folder. Raises LanguageError."""
    look = design(folder)
    ink, accent, faint = (look.light[name].lstrip("#") for name in ("ink", "accent", "faint"))
    sizes = look.type

    def face(size: str, colour: str = ink, *, bold: bool = False) -> Face:
        return Face("Microsoft YaHei", "Arial", sizes[size], bold, colour)

    faces = {
        Part.TITLE: face("title", accent, bold=True),
        Part.BODY: face("body"),
        Part.HEAD1: face("section", accent, bold=True),
        Part.HEAD2: face("body", bold=True),
        Part.ANNEX: face("body", faint, bold=True),
        Part.CELL: face("table"),
        Part.CELL_HEAD: face("table", bold=True),
        Part.NOTE: face("note", faint),
        Part.PAGE: face("note", faint),
        Part.MARK: face("note", faint),
    }
    margin = 20
    return Dressing(
        faces, Page(margin, margin, margin, margin, 10), Page(margin, margin, margin, margin, 10, wide=True), 0, 0, 0, False, False,
        look.light["rule"].lstrip("#"), look.light["pale"].lstrip("#"), False,
    )  # fmt: skip


def fonts_of(manner: Manner) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fonts a dressing names, and the free ones that may stand in for them."""
    names = ("方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "Times New Roman")
    named = names if manner is Manner.OFFICIAL else ("Microsoft YaHei", "Arial")
    return named, tuple(dict.fromkeys(other for name in named for other in FREE[name] if other in FREELY))


def dressed(manner: Manner, folder: Path) -> Dressing:
    """The dressing by its name."""
    return official() if manner is Manner.OFFICIAL else friendly(folder)
