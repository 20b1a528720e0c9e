"""Lists of days: when fairs are held, in every manner offices write it, and the notice of holidays."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.messy.firm_sheets import OWN, TEA, TYRES
from tests.messy.making import Messy, Refused, book, comma

HEADS = ["展期编号", "展会编号", "届次", "期", "年份", "举办时间", "状态", "来源", "可信度", "城市编号"]


def phases(folder: Path, days: list[Any], *, year: object = 2027, status: object = "已公布", title: str = "") -> None:
    rows = [
        HEADS,
        *([f"p{n}", "canton", "141", n, year, day, status, *OWN, "guangzhou"] for n, day in enumerate(days, 1)),
    ]
    top = [[title]] if title else []
    book(("展期", [*top, *rows]), merged=["A1:J1"] if title else []).save(folder / "展会计划表.xlsx")


def two(first: date, last: date) -> dict[str, Any]:
    return {"start": first, "end": last}


APRIL = two(date(2027, 4, 15), date(2027, 4, 19))
OVER = two(date(2027, 10, 31), date(2027, 11, 4))
RANGES: list[tuple[str, dict[str, Any]]] = [
    ("2027年4月15日—19日", APRIL),
    ("2027年4月15—19日", APRIL),
    ("2027年4月15日—4月19日", APRIL),
    ("2027年10月31—11月4日", OVER),
    ("2027年10月31日—11月4日", OVER),
    ("2027.4.15-19", APRIL),
    ("2027.4.15—4.19", APRIL),
    ("2027.04.15～2027.04.19", APRIL),
    ("4/15-4/19", APRIL),
    ("4月15-19日", APRIL),
    ("4月15日至19日", APRIL),
    ("2027-04-15至2027-04-19", APRIL),
    ("2027/4/15－2027/4/19", APRIL),
    ("２０２７年４月１５日--１９日", APRIL),
    ("2027年4月15日（周四）—19日（周一）", APRIL),
    ("2027年4月15日—19日（周四至周一）", APRIL),
    ("2027年12月30日—2028年1月2日", two(date(2027, 12, 30), date(2028, 1, 2))),
    ("12月30日—次年1月2日", two(date(2027, 12, 30), date(2028, 1, 2))),
    ("15-19 April 2027", APRIL),
    ("Apr 15–19, 2027", APRIL),
    ("October 31 - November 4, 2027", OVER),
    ("2027年4月15日", two(date(2027, 4, 15), date(2027, 4, 15))),
]


def ranges(folder: Path) -> None:
    """Every manner of writing from which day to which, under a merged title that states the year."""
    phases(folder, [text for text, _ in RANGES], title="２０２７年度展会计划表（示例）")


RANGES_SHEET = Messy(
    "ranges",
    ranges,
    {"phases": {f"p{n}": {**days, "status": "announced"} for n, (_, days) in enumerate(RANGES, 1)}},
    only=False,
    several=True,
)


def tentative(folder: Path) -> None:
    """Days in brackets' doubt, windows of a month or half a year, and days nobody knows; no state is written."""
    days = [
        "4月中旬",
        "上半年",
        "待定",
        "2027年4月底",
        "第二季度",
        "TBD",
        "4月15日—19日（暂定）",
        "15-19 April 2027 (TBC)",
        None,
    ]
    phases(folder, days, status=None, title="2027年度展会计划（征求意见稿）")


def window(first: date, last: date) -> dict[str, Any]:
    return {"start": None, "end": None, "status": "projected", "window_start": first, "window_end": last}


OPEN = {"start": None, "end": None, "status": "unknown"}
TENTATIVE = Messy(
    "tentative",
    tentative,
    {
        "phases": {
            "p1": window(date(2027, 4, 11), date(2027, 4, 20)),
            "p2": window(date(2027, 1, 1), date(2027, 6, 30)),
            "p3": OPEN,
            "p4": {"start": None, "end": None, "status": "projected", "window_end": date(2027, 4, 30)},
            "p5": window(date(2027, 4, 1), date(2027, 6, 30)),
            "p6": OPEN,
            "p7": {**APRIL, "status": "projected"},
            "p8": {**APRIL, "status": "projected"},
            "p9": OPEN,
        }
    },
    only=False,
    several=True,
)


def two_columns(folder: Path) -> None:
    """Opening and closing in columns of their own: a real date, a spreadsheet's number, text without a year."""
    rows = [
        ["2027年展期（示例）"],
        ["展期编号", "展会编号", "届次", "期", "年份", "举办时间", None, "状态", "来源", "可信度", "城市编号"],
        [None, None, None, None, None, "开幕日期", "闭幕日期"],
        ["p1", "canton", "141", 1, 2027, datetime(2027, 4, 15), 46496, "暂定", *OWN, "guangzhou"],
        ["p2", "canton", "141", 2, "2027年", "4月23日", "4月27日", "暂定", *OWN, "guangzhou"],
        ["p3", "canton", "141", 3, 2027, "46508", "2027.5.5", "暂定", *OWN, "guangzhou"],
    ]
    merged = ["A1:K1", "F2:G2", *(f"{c}2:{c}3" for c in "ABCDEHIJK")]
    book(("展期", rows), merged=merged).save(folder / "附件3.xlsx")


TWO_COLUMNS = Messy(
    "two-columns",
    two_columns,
    {
        "phases": {
            "p1": {**APRIL, "year": 2027},
            "p2": two(date(2027, 4, 23), date(2027, 4, 27)),
            "p3": two(date(2027, 5, 1), date(2027, 5, 5)),
        }
    },
    only=False,
    several=True,
)


def wrong_days(folder: Path) -> None:
    """A day no calendar has, an end before its beginning, a month that may be a day, and plain nonsense."""
    phases(folder, ["2027年4月31日—5月2日", "2027年4月19日—15日", "4/5/2027", "老时间"])


WRONG_DAYS = Messy(
    "wrong-days",
    wrong_days,
    refused=(
        Refused("展会计划表.xlsx[展期]", 2, "举办时间", ("2027年4月31日",)),
        Refused("展会计划表.xlsx[展期]", 3, "举办时间", ("2027年4月19日—15日",)),
        Refused("展会计划表.xlsx[展期]", 4, "举办时间", ("4/5/2027", "月")),
        Refused("展会计划表.xlsx[展期]", 5, "举办时间", ("老时间",)),
    ),
    several=True,
)


def notice(folder: Path) -> None:
    """The notice of holidays typed in: a name written once for all days of a feast, the days in words, 放假 and 上班."""
    rows = [
        ["国务院办公厅关于2027年部分节假日安排的通知（示例，日期为测试编造）"],
        ["日期", "放假/上班", "节日", "来源", "可信度"],
        ["2027年1月1日", "放假", "元旦", *OWN],
        ["2027年1月2日", "休", None, *OWN],
        [datetime(2027, 1, 3), "放假", None, *OWN],
        ["2027.1.9", "上班", None, *OWN],
        ["1月10日", "班", None, *OWN],
    ]
    book(("Sheet1", rows), merged=["A1:E1", "C3:C7"]).save(folder / "节假日安排.xlsx")


NOTICE = Messy(
    "notice",
    notice,
    {
        "holidays": {
            ("CN", date(2027, 1, 1)): {"work": False, "name_zh": "元旦"},
            ("CN", date(2027, 1, 2)): {"work": False, "name_zh": "元旦"},
            ("CN", date(2027, 1, 3)): {"work": False},
            ("CN", date(2027, 1, 9)): {"work": True},
            ("CN", date(2027, 1, 10)): {"work": True, "name_zh": "元旦"},
        }
    },
    several=True,
)


def notice_open(folder: Path) -> None:
    """A word that may mean either, and a day without one."""
    rows = [
        ["日期", "放假/上班", "来源", "可信度"],
        ["2027-01-01", "调休", *OWN],
        ["2027-01-02", "", *OWN],
    ]
    (folder / "holidays.csv").write_bytes(comma(rows, "gb18030"))


NOTICE_OPEN = Messy(
    "notice-open",
    notice_open,
    refused=(
        Refused("holidays.csv", 2, "放假/上班", ("调休", "放假", "上班")),
        Refused("holidays.csv", 3, "放假/上班", ()),
    ),
    several=True,
)


def related(folder: Path) -> None:
    """Parents, daughters and sisters as an office notes them."""
    firms = [["企业编号", "企业名称", "地区", "来源", "可信度"]]
    firms += [
        [TEA, "示例茶业", "gz-p-zunyi", *OWN],
        [TYRES, "示例茶业销售", "gz-p-zunyi", *OWN],
        ["F3", "示例吉他", "gz-p-zunyi", *OWN],
    ]
    rows = [["企业编号", "关联企业", "关系", "来源", "可信度"], [TEA, TYRES, "子公司", *OWN]]
    book(("企业", firms), ("关联企业", rows)).save(folder / "企业.xlsx")


RELATED = Messy("related", related, {"related": {(TEA, TYRES): {"relation": "subsidiary"}}}, only=True)

DAY_SHEETS = (RANGES_SHEET, TENTATIVE, TWO_COLUMNS, WRONG_DAYS, NOTICE, NOTICE_OPEN, RELATED)
