"""Lists of firms and of their wishes, as counties, zones and assistants send them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.messy.making import Messy, Refused, book, comma, credit_code, saved, with_values

TEA = credit_code("91520300XX0000017")
GUITAR = credit_code("91520324XX0000025")
TYRES = credit_code("91520115XX0000033")
OWN = ["示例", "sample"]
"""What stands under 来源 and 可信度 in lists that follow our own form."""


def summary(folder: Path) -> None:
    """A county's summary: title, unit, a header of two rows, a zone written once for three firms, totals, remarks, signatures."""
    made = book(
        (
            "汇总",
            [
                ["２０２７年度外贸企业情况汇总表（示例）"],
                ["填报单位（盖章）：示例县商务局", *[None] * 7, "单位：万元"],
                ["序号", "企业基本情况", None, "所属地区", "行业", "经营情况", None, "来源", "可信度"],
                [None, "统一社会信用代码", "＊企业名称", None, None, "自有资金", "年营业收入（元）"],
                [1, "F1", "示例茶业有限公司", "gz-p-zunyi", "tea", 12.5, 3_000_000, *OWN],
                [2, "F2", "示例吉他制造厂", None, "guitar", "１０", "1,200,000.50", *OWN],
                [3, "F3", "示例　白酒　公司", None, "sauce-baijiu；baijiu", None, None, *OWN],
                [None, "小　计", None, None, None, 22.5],
                [4, "F4", "示例轮胎有限公司", "gz-p-guiyang", "tyres", 30, None, *OWN],
                ["合  计", None, None, None, None, 52.5],
                ["备注：自有资金为全年自筹预算。"],
                ["填表人：", None, "审核人：", None, "填表日期："],
            ],
        ),
        merged=["A1:I1", "A3:A4", "B3:C3", "D3:D4", "E3:E4", "F3:G3", "H3:H4", "I3:I4", "D5:D7", "A11:I11"],
    )
    made.save(folder / "附件1：汇总表（最终版）(2).xlsx")


SUMMARY = Messy(
    "summary",
    summary,
    {
        "firms": {
            "F1": {"name_zh": "示例茶业有限公司", "zone_id": "gz-p-zunyi", "own_money": Decimal(125_000), "turnover": Decimal(3_000_000)},
            "F2": {"zone_id": "gz-p-zunyi", "own_money": Decimal(100_000), "turnover": Decimal("1200000.5")},
            "F3": {"zone_id": "gz-p-zunyi", "sectors": ("sauce-baijiu", "baijiu"), "own_money": None},
            "F4": {"zone_id": "gz-p-guiyang", "own_money": Decimal(300_000)},
        }
    },
    told=("万元", "表头在第", "8, 10-12"),
    several=True,
)  # fmt: skip


def gb18030(folder: Path) -> None:
    """A list of wishes typed into a CSV on an old machine: a title, full-width digits, wide blanks, a total."""
    firms = [
        ["企业代码", "单位名称", "属地", "来源", "可信度"],
        ["F1", "示例茶业", "gz-p-zunyi", *OWN],
        ["F2", "示例吉他", "gz-p-zunyi", *OWN],
    ]
    (folder / "企业.csv").write_bytes(comma(firms, "gb18030"))
    rows = [
        ["2027年春季报名汇总（示例）"],
        [],
        ["序号", "企业代码", "展期", "申请展位数", "志愿", "参展人数", "来源", "可信度"],
        ["1", "Ｆ１", "canton-141-3", "２", "１", "３", *OWN],
        ["2", "　F2　", "canton-141-2", " 1 ", "", "2", *OWN],
        ["", "", "", "", "", "", "", ""],
        ["总 计", "", "", "3", "", "5", "", ""],
    ]
    (folder / "报名.csv").write_bytes(comma(rows, "gb18030"))


GB18030 = Messy(
    "gb18030",
    gb18030,
    {
        "firms": {"F1": {"name_zh": "示例茶业"}, "F2": {}},
        "applications": {
            ("F1", "canton-141-3", ""): {"booths": 2, "preference": 1, "people": 3},
            ("F2", "canton-141-2", ""): {"booths": 1, "people": 2},
        },
    },
    told=("第 3 行",),
    several=True,
)


def attachments(folder: Path) -> None:
    """One book with the firms in 附件1 and the wishes in 附件2, a page of instructions, and a hidden page for drop-downs."""
    made = book(
        ("填表说明", [["1. 请如实填写。"], ["2. 企业名称须与营业执照一致。"]]),
        (
            "附件1",
            [["企业编号", "企业名称", "地区", "来源", "可信度"], ["F1", "示例茶业", "gz-p-zunyi", *OWN]],
        ),
        (
            "附件2",
            [
                ["展位需求表（示例）"],
                ["企业编号", None, "展期编号", "展位性质", None, "展位数量", "来源", "可信度"],
                ["F1", None, "canton-141-1", "标准展位", None, 2, *OWN],
                ["企业编号", None, "展期编号", "展位性质", None, "展位数量", "来源", "可信度"],
                ["F1", None, "canton-141-2", "光地", None, 4, *OWN],
            ],
        ),
        ("list", [["标准展位"], ["光地"]]),
    )
    made["list"].sheet_state = "hidden"
    made.save(folder / "关于报送展位需求的函.xlsx")


ATTACHMENTS = Messy(
    "attachments",
    attachments,
    {
        "firms": {"F1": {}},
        "applications": {
            ("F1", "canton-141-1", ""): {"booths": 2, "stand": "standard"},
            ("F1", "canton-141-2", ""): {"booths": 4, "stand": "raw"},
        },
    },
    told=("附件1", "附件2", "隐藏"),
    several=True,
)


def lost_codes(folder: Path) -> None:
    """Credit codes that a spreadsheet took for numbers: one as a number, one as the text that was copied from it."""
    made = book(
        (
            "Sheet1",
            [
                ["企业名单（示例）"],
                ["统一社会信用代码", "企业名称", "地区", "来源", "可信度"],
                [915203001234567890, "示例茶业", "gz-p-zunyi", *OWN],
                ["9.15203E+17", "示例吉他", "gz-p-zunyi", *OWN],
                [TYRES, "示例轮胎", "gz-p-guiyang", *OWN],
            ],
        )
    )
    made.save(folder / "企业名单.xlsx")


LOST_CODES = Messy(
    "lost-codes",
    lost_codes,
    refused=(
        Refused("企业名单.xlsx[Sheet1]", 3, "统一社会信用代码", ("文本",)),
        Refused("企业名单.xlsx[Sheet1]", 4, "统一社会信用代码", ("9.15203E+17", "文本")),
    ),
    several=True,
)


def slipped_codes(folder: Path) -> None:
    """Credit codes with a wrong check digit, with the letter O for the digit 0, and one digit short; one right in full width."""
    wrong = TEA[:-1] + ("1" if TEA[-1] != "1" else "2")
    rows = [
        ["社会信用代码", "企业全称", "所属地区", "来源", "可信度"],
        [wrong, "示例茶业", "gz-p-zunyi", *OWN],
        [GUITAR.replace("0", "O", 1), "示例吉他", "gz-p-zunyi", *OWN],
        ["".join(chr(ord(c) + 0xFEE0) for c in TYRES.lower()), "示例轮胎", "gz-p-guiyang", *OWN],
    ]
    (folder / "企业.csv").write_bytes(comma(rows, "utf-8"))


SLIPPED_CODES = Messy(
    "slipped-codes",
    slipped_codes,
    refused=(
        Refused("企业.csv", 2, "社会信用代码", ("校验",)),
        Refused("企业.csv", 3, "社会信用代码", ("O", "0")),
    ),
    several=True,
)


def blank_codes(folder: Path) -> None:
    """Codes typed in groups, in lower case and in full width: one and the same code each."""
    rows = [
        ["信用代码", "企业", "地区", "来源", "可信度"],
        [f" {TEA[:2]} {TEA[2:8]} {TEA[8:17]} {TEA[17:]}", "示例茶业", "gz-p-zunyi", *OWN],
        ["".join(chr(ord(c) + 0xFEE0) for c in TYRES.lower()), "示例轮胎", "gz-p-guiyang", *OWN],
    ]
    book(("名单", rows)).save(folder / "企业.xlsx")


BLANK_CODES = Messy(
    "blank-codes",
    blank_codes,
    {"firms": {TEA: {"name_zh": "示例茶业"}, TYRES: {"name_zh": "示例轮胎"}}},
)


def look_alikes(folder: Path) -> None:
    """Four firms, two pairs of them surely or perhaps the same: nobody merges them but a person."""
    rows = [
        ["企业编号", "企业名称", "地区", "来源", "可信度"],
        ["F1", "示例（贵州）茶业有限公司", "gz-p-zunyi", *OWN],
        ["F2", "示例(贵州)茶业 有限责任公司", "gz-p-zunyi", *OWN],
        ["F3", "贵州示例吉他有限公司", "gz-p-zunyi", *OWN],
        ["F4", "贵州省示例吉他有限公司", "gz-p-zunyi", *OWN],
        ["F5", "示例轮胎有限公司", "gz-p-guiyang", *OWN],
    ]
    book(("Sheet1", rows)).save(folder / "名单.xlsx")


LOOK_ALIKES = Messy(
    "look-alikes",
    look_alikes,
    {"firms": {f"F{n}": {} for n in range(1, 6)}},
    told=("示例(贵州)茶业 有限责任公司", "贵州省示例吉他有限公司"),
)


def fairs_by_alias(folder: Path) -> None:
    """Fairs called as everybody calls them."""
    firms = [["企业编号", "企业名称", "地区", "来源", "可信度"], ["F1", "示例茶业", "gz-p-zunyi", *OWN]]
    rows = [
        ["企业编号", "拟参展展期", "申请展位", "来源", "可信度"],
        ["F1", "第141届广交会第一期", 1, *OWN],
        ["F1", "第142届广交会 第3期", 2, *OWN],
        ["F1", "第十届进博会", None, *OWN],
    ]
    book(("企业", firms), ("报名", rows)).save(folder / "报名.xlsx")


FAIRS_BY_ALIAS = Messy(
    "fairs-by-alias",
    fairs_by_alias,
    {
        "applications": {
            ("F1", "canton-141-1", ""): {"booths": 1},
            ("F1", "canton-142-3", ""): {"booths": 2},
            ("F1", "ciie-10", ""): {},
        }
    },
)


def fairs_open(folder: Path) -> None:
    """A fair that may be six phases, and one that nobody knows."""
    firms = [["企业编号", "企业名称", "地区", "来源", "可信度"], ["F1", "示例茶业", "gz-p-zunyi", *OWN]]
    rows = [
        ["报名表（示例）"],
        ["企业编号", "展期", "来源", "可信度"],
        ["F1", "广交会", *OWN],
        ["F1", "完全没有的展会", *OWN],
    ]
    book(("企业", firms), ("报名", rows)).save(folder / "报名.xlsx")


FAIRS_OPEN = Messy(
    "fairs-open",
    fairs_open,
    refused=(
        Refused("报名.xlsx[报名]", 3, "展期", ("广交会", "canton-141-1")),
        Refused("报名.xlsx[报名]", 4, "展期", ("完全没有的展会",)),
    ),
    several=True,
)


def mixed_money(folder: Path) -> None:
    """One sheet in 万元 with a column in 元 and a column in 万美元, and cells that state their own unit."""
    rows = [
        ["金额单位：人民币万元"],
        ["企业编号", "企业名称", "地区", "自筹资金", "营业收入（元）", "上年度出口额（万美元）", "来源", "可信度"],
        ["F1", "示例茶业", "gz-p-zunyi", "50万元", "￥3,000,000.00", "12.5", *OWN],
        ["F2", "示例吉他", "gz-p-zunyi", "300000元", 8_000_000, 0, *OWN],
        ["F3", "示例轮胎", "gz-p-guiyang", " 1,200 ", "约900万元", "1,000", *OWN],
        ["F4", "示例白酒", "gz-p-zunyi", 0.5, None, None, *OWN],
    ]
    book(("表", rows), merged=["A1:H1"]).save(folder / "企业.xlsx")


MIXED_MONEY = Messy(
    "mixed-money",
    mixed_money,
    {
        "firms": {
            "F1": {"own_money": Decimal(500_000), "turnover": Decimal(3_000_000), "export_usd": Decimal(125_000)},
            "F2": {"own_money": Decimal(300_000), "turnover": Decimal(8_000_000), "export_usd": Decimal(0)},
            "F3": {"own_money": Decimal(12_000_000), "turnover": Decimal(9_000_000), "export_usd": Decimal(10_000_000)},
            "F4": {"own_money": Decimal(5_000), "turnover": None, "export_usd": None},
        }
    },
    told=("万元",),
    several=True,
)


def hidden(folder: Path) -> None:
    """Filtered rows, a hidden column, an empty column between, blank rows, and formatting down to the last row."""
    made = book(
        (
            "Sheet1 (2)",
            [
                [None, "企业编号", None, "企业名称", "地区", "职工人数", "来源", "可信度"],
                [],
                [None, "F1", None, "示例茶业", "gz-p-zunyi", 20, *OWN],
                [None, "F2", None, "示例吉他", "gz-p-zunyi", 30, *OWN],
                [],
                [None, "F3", None, "示例轮胎", "gz-p-guiyang", 40, *OWN],
            ],
        )
    )
    page: Any = made.active
    page.auto_filter.ref = "B1:H6"
    page.auto_filter.add_filter_column(0, ["F1", "F3"])
    page.row_dimensions[4].hidden = True
    page.column_dimensions["F"].hidden = True
    page.cell(1_048_576, 8).number_format = "0.00"
    made.save(folder / "新建 XLSX 工作表.xlsx")


HIDDEN = Messy(
    "hidden",
    hidden,
    {"firms": {"F1": {"staff": 20}, "F2": {"staff": 30}, "F3": {"staff": 40}}},
    told=("隐藏", "1 行"),
    several=True,
)


def strays(folder: Path) -> None:
    """A reminder that somebody typed beside the table, and a second table below the first."""
    rows = [
        ["企业编号", "企业名称", "地区", "来源", "可信度"],
        ["F1", "示例茶业", "gz-p-zunyi", *OWN, None, "周三前催一下"],
        [],
        ["企业编号", "展期编号", "申请展位数", "来源", "可信度"],
        ["F1", "canton-141-1", 1, *OWN],
    ]
    book(("企业", rows)).save(folder / "企业.xlsx")


STRAYS = Messy(
    "strays",
    strays,
    refused=(
        Refused("企业.xlsx[企业]", 2, "", ("周三前催一下",)),
        Refused("企业.xlsx[企业]", 4, "", ("另一张",)),
    ),
    several=True,
)


def _formulas() -> bytes:
    rows = [
        ["企业编号", "企业名称", "地区", "自有预算（万元）", "营业收入", "来源", "可信度"],
        ["F1", "示例茶业", "gz-p-zunyi", "=10+2.5", "=D2*10000", *OWN],
        ["F2", "示例吉他", "gz-p-zunyi", "=VLOOKUP(A3,[1]总表!A:D,4,0)", None, *OWN],
    ]
    return saved(book(("企业", rows)))


def formulas(folder: Path) -> None:
    """Formulas as a spreadsheet program saves them, with their values; one points into a workbook that is not there."""
    (folder / "企业.xlsx").write_bytes(with_values(_formulas(), {"D2": 12.5, "E2": 125000, "D3": 8}))


FORMULAS = Messy(
    "formulas",
    formulas,
    {"firms": {"F1": {"own_money": Decimal(125_000), "turnover": Decimal(125_000)}, "F2": {"own_money": Decimal(80_000)}}},
)  # fmt: skip


def formulas_unsaved(folder: Path) -> None:
    """The same as a program that does not calculate saves them."""
    (folder / "企业.xlsx").write_bytes(_formulas())


FORMULAS_UNSAVED = Messy(
    "formulas-unsaved",
    formulas_unsaved,
    refused=(
        Refused("企业.xlsx[企业]", 2, "自有预算（万元）", ("重新保存",)),
        Refused("企业.xlsx[企业]", 2, "营业收入", ("重新保存",)),
        Refused("企业.xlsx[企业]", 3, "自有预算（万元）", ("重新保存",)),
    ),
    several=True,
)


def not_found(folder: Path) -> None:
    """Cells that looked something up and did not find it."""
    rows = [
        ["企业编号", "企业名称", "地区", "自有预算", "来源", "可信度"],
        ["F1", "示例茶业", "#N/A", 1, *OWN],
        ["F2", "示例吉他", "gz-p-zunyi", "#REF!", *OWN],
        ["#VALUE!", "示例轮胎", "gz-p-guiyang", 2, *OWN],
    ]
    made = book(("企业", rows))
    for cell in ("C2", "D3", "A4"):
        made.active[cell].data_type = "e"
    made.save(folder / "企业.xlsx")


NOT_FOUND = Messy(
    "not-found",
    not_found,
    refused=(
        Refused("企业.xlsx[企业]", 2, "地区", ("#N/A", "公式")),
        Refused("企业.xlsx[企业]", 3, "自有预算", ("#REF!", "公式")),
        Refused("企业.xlsx[企业]", 4, "企业编号", ("#VALUE!", "公式")),
    ),
    several=True,
)


def other_programs(folder: Path) -> None:
    """A file of WPS's own kind, a web page called XLS, and a book with a password."""
    (folder / "企业.et").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    (folder / "报名.xls").write_text("<html><table><tr><td>企业</td></tr></table></html>", encoding="utf-8")
    (folder / "资金.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))


OTHER_PROGRAMS = Messy(
    "other-programs",
    other_programs,
    refused=(
        Refused("企业.et", 0, "", ("WPS", ".xlsx")),
        Refused("报名.xls", 0, "", ("网页", ".xlsx")),
        Refused("资金.xls", 0, "", ("密码",)),
    ),
    several=True,
)


def received_on(folder: Path) -> None:
    """One column of days in every manner that people type a day, a spreadsheet's own numbers for them among these."""
    firms = [["企业编号", "企业名称", "地区", "来源", "可信度"]]
    firms += [[f"F{n}", f"示例企业{n}", "gz-p-zunyi", *OWN] for n in range(1, 10)]
    days: list[Any] = [
        "2026年11月3日", "2026.11.3", "2026/11/3", "2026-11-03 15:20:31", datetime(2026, 11, 3, 9, 30),
        46329, "46329", "２０２６年１１月３日", "2026年11月3日（周二）",
    ]  # fmt: skip
    rows = [["企业编号", "展期编号", "报名日期", "来源", "可信度"]]
    rows += [[f"F{n}", "canton-141-1", day, *OWN] for n, day in enumerate(days, 1)]
    book(("企业", firms), ("报名", rows)).save(folder / "2027.xlsx")


RECEIVED_ON = Messy(
    "received-on",
    received_on,
    {"applications": {(f"F{n}", "canton-141-1", ""): {"received": date(2026, 11, 3)} for n in range(1, 10)}},
    several=True,
)


def by_name(folder: Path) -> None:
    """What no office writes are our short ids: zones, sectors, markets and sections stand there by their names."""
    firms = [
        ["企业编号", "企业名称", "所属地区", "行业", "主要市场", "来源", "可信度"],
        ["F1", "示例茶业", "遵义市", "茶叶、白酒", "东盟", *OWN],
        ["F2", "示例吉他", "正安吉他外贸转型升级基地", "吉他", None, *OWN],
        ["F3", "示例轮胎", "贵阳", "轮胎", None, *OWN],
    ]
    rows = [
        ["企业编号", "展期", "展区", "推荐单位", "来源", "可信度"],
        ["F1", "第141届广交会第三期", "食品", "遵义市", *OWN],
        ["示例吉他", "第141届广交会第二期", "礼品及赠品展区", None, *OWN],
    ]
    book(("企业", firms), ("报名", rows)).save(folder / "报名.xlsx")


BY_NAME = Messy(
    "by-name",
    by_name,
    {
        "firms": {
            "F1": {"zone_id": "gz-p-zunyi", "sectors": ("tea", "baijiu"), "markets": ("asean",)},
            "F2": {"zone_id": "gz-base-zhengan-guitar", "sectors": ("guitar",)},
            "F3": {"zone_id": "gz-p-guiyang"},
        },
        "applications": {
            ("F1", "canton-141-3", "canton-3-16"): {"recommended_by": "gz-p-zunyi"},
            ("F2", "canton-141-2", "canton-2-08"): {},
        },
    },
    several=True,
)


def bare_list(folder: Path) -> None:
    """A list that never heard of 来源 and 可信度: it is its own source."""
    rows = [
        ["附件2"],
        ["示例县企业名单"],
        ["序号", "企业编号", "企业名称", "地区"],
        [1, "F1", "示例茶业", "gz-p-zunyi"],
    ]
    book(("Sheet1", rows), merged=["A2:D2"]).save(folder / "示例县.xlsx")


BARE_LIST = Messy(
    "bare-list",
    bare_list,
    {"firms": {"F1": {"name_zh": "示例茶业", "confidence": "user"}}},
    told=("来源",),
    several=True,
)

FIRM_SHEETS = (
    SUMMARY, GB18030, ATTACHMENTS, LOST_CODES, SLIPPED_CODES, BLANK_CODES, LOOK_ALIKES, FAIRS_BY_ALIAS, FAIRS_OPEN, MIXED_MONEY,
    HIDDEN, STRAYS, FORMULAS, FORMULAS_UNSAVED, NOT_FOUND, OTHER_PROGRAMS, RECEIVED_ON, BY_NAME, BARE_LIST,
)  # fmt: skip
