"""Plans of who goes where that people made by hand, for `judge`; and the programme they are about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from fairplanner.domain.programme import Programme
from tests import builders as b
from tests.messy.making import Refused, book, comma, credit_code

TEA = credit_code("91520300XX0000017")
Place = tuple[str, str, int | None]
"""Firm, phase, booths."""


def programme() -> Programme:
    """Four sample firms, one fair at home in two phases, one abroad, under names as long as real ones."""
    phases = (
        b.phase("expo", 1, edition="137", name_zh="先进制造", name_en="Advanced Manufacturing"),
        b.phase("expo", 2, edition="137", start=date(2025, 4, 25), end=date(2025, 4, 29), name_zh="品质家居", name_en="Home"),
        b.phase("abroad", 1, edition="2025", start=date(2025, 3, 18), end=date(2025, 3, 20), place_id="lion"),
    )  # fmt: skip
    firms = (
        b.firm(TEA, name_zh="示例茶业有限公司", name_en="Sample Tea Co., Ltd."),
        b.firm("f2", name_zh="示例（贵州）吉他制造有限公司", name_en="Sample Guitars"),
        b.firm("f3", "west", name_zh="示例轮胎股份有限公司", name_en="Sample Tyres"),
        b.firm("f4", "west", name_zh="示例白酒厂", name_en="Sample Spirits"),
    )
    return b.a_programme(
        fairs=(
            b.fair("abroad", name_zh="海外示例乐器展览会", name_en="Overseas Sample Music Show"),
            b.fair("expo", name_zh="中国示例商品交易会", name_en="China Sample Fair", aliases=("示交会",)),
        ),
        phases=phases,
        firms=firms,
        applications=tuple(b.application(f.firm_id, q.phase_id) for f in firms for q in phases),
        quotas=(b.quota("expo-1-1", 6),),
        choices=(b.choice("abroad", least_firms=1), b.choice("expo", policy="optimise")),
        sections=(),
    )


@dataclass(frozen=True)
class HandSheet:
    """A plan made by hand: the file it is, the places it says, and the cells that must be asked about, with what their sentence holds."""

    name: str
    make: Callable[[Path], Path]
    places: frozenset[Place]
    refused: tuple[Refused, ...] = ()


def matrix(folder: Path) -> Path:
    """Firms down and phases across, two header rows, zones written once, ticks of every kind, a hidden row, totals, signatures."""
    rows = [
        ["２０２５年参展安排表（讨论稿，示例）"],
        ["序号", "所属地区", "企业名称", "第137届示交会", None, "海外示例乐器展览会", "备注"],
        [None, None, None, "一期", "二期", None, None],
        [1, "east区", "示例茶业 有限公司", "√", "", "○", None],
        [2, None, "示例(贵州)吉他制造有限公司", "×", "☑", "/", "老客户"],
        ["小计", None, None, 1, 1, 1],
        [3, "west区", "示例轮胎股份有限公司", 1, "—", None, "不去海外"],
        [4, None, "示例白酒厂", None, "　", "是", None],
        ["合　计", None, None, 2, 1, 2],
        ["注：√为参加，×为不参加。"],
        ["制表人：", None, None, "审核人："],
    ]
    merged = ["A1:G1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:F3", "G2:G3", "B4:B5", "B7:B8", "A10:G10"]
    made = book(("Sheet1", rows), merged=merged)
    page: Any = made.active
    page.row_dimensions[7].hidden = True
    path = folder / "参展安排(7.1修改) 最终.xlsx"
    made.save(path)
    return path


MATRIX = HandSheet(
    "matrix",
    matrix,
    frozenset({(TEA, "expo-1-1", None), (TEA, "abroad-1-1", None), ("f2", "expo-1-2", None), ("f3", "expo-1-1", None), ("f4", "abroad-1-1", None)}),
)  # fmt: skip


def long(folder: Path) -> Path:
    """A CSV of an old machine: a row for each firm and fair, booths in words and in square metres, who stays, a total."""
    rows = [
        ["参展企业名单（示例）"],
        ["序号", "信用代码", "参展企业", "拟参展会", "届次", "期次", "展位数", "是否参展"],
        ["1", TEA.lower(), "", "示交会", "第137届", "第一期", "2个标展", "是"],
        ["2", "", "示例吉他制造有限公司（贵州）", "示交会", "137", "2", "１", "是"],
        ["3", "", "示例轮胎股份有限公司", "中国示例商品交易会", "", "一期", "18㎡", "参展"],
        ["4", "", "示例白酒厂", "海外示例乐器展览会", "", "", "", "否"],
        ["合计", "", "", "", "", "", "5", ""],
    ]
    path = folder / "名单.csv"
    path.write_bytes(comma(rows, "gb18030"))
    return path


LONG = HandSheet(
    "long",
    long,
    frozenset({(TEA, "expo-1-1", 2), ("f3", "expo-1-1", 2)}),
    (Refused("名单.csv", 4, "C4", ("示例吉他制造有限公司（贵州）", "示例（贵州）吉他制造有限公司")),),
)


def lists(folder: Path) -> Path:
    """A sheet for each fair, named by title or by tab, one of them a sheet of telephone numbers."""
    names = ["序号", "单位名称", "标摊数", "联系电话"]
    made = book(
        ("一期", [["第137届中国示例商品交易会第一期参展企业名单"], names, [1, "示例茶业有限公司", 2, None], [2, "f4", 1, None], ["共计", None, 3]]),
        ("海外示例乐器展览会", [names, [1, "SAMPLE GUITARS", "标摊1个", None]]),
        ("通讯录", [["姓名", "电话"], ["某某", "略"]]),
    )  # fmt: skip
    path = folder / "分展会名单.xlsx"
    made.save(path)
    return path


LISTS = HandSheet("lists", lists, frozenset({(TEA, "expo-1-1", 2), ("f4", "expo-1-1", 1), ("f2", "abroad-1-1", 1)}))


def english(folder: Path) -> Path:
    """An assistant's list in English, with a lost code, a fair of two phases, a mark that may mean either, and one place twice."""
    rows = [
        ["Participation list 2025 (sample)"],
        [],
        ["No.", "Credit code", "Company", "Exhibition", "Booths"],
        [1, 915203001234567890, "", "Overseas Sample Music Show", 1],
        [2, None, "Sample Guitars", "China Sample Fair", 1],
        [3, None, "Sample Tyres", "China Sample Fair phase 1", "a few"],
        [4, None, "Sample Spirits", "expo-1-1", 1],
        [5, None, "Sample spirits", "137th China Sample Fair, Phase I", 2],
        ["Total", None, None, None, 5],
    ]
    path = folder / "List.xlsx"
    book(("Plan", rows)).save(path)
    return path


ENGLISH = HandSheet(
    "english",
    english,
    frozenset({("f4", "expo-1-1", 1)}),
    (
        Refused("List.xlsx[Plan]", 4, "B4", ("文本",)),
        Refused("List.xlsx[Plan]", 5, "D5", ("expo-1-1", "expo-1-2")),
        Refused("List.xlsx[Plan]", 6, "E6", ("a few",)),
        Refused("List.xlsx[Plan]", 8, "D8", ("D7",)),
    ),
)

HAND_SHEETS = (MATRIX, LONG, LISTS, ENGLISH)
