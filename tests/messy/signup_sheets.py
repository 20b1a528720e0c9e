"""Folders of sign-ups as forty counties and firms send them, for `collect`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.messy.making import SETTINGS, book, comma, credit_code

TEA = credit_code("91520300XX0000017")
GUITAR = credit_code("91520324XX0000025")
TYRES = credit_code("91520115XX0000033")
Wish = tuple[str, str, int | None]
"""Name of the firm, phase, booths (None: whatever)."""


@dataclass(frozen=True)
class SignUps:
    """A folder 报名: which firms must come out of it (by name, with values), which wishes, and what must be said on the way."""

    name: str
    make: Callable[[Path], None]
    firms: dict[str, dict[str, Any]]
    wishes: frozenset[Wish]
    told: tuple[str, ...] = ()
    refused: tuple[tuple[str, ...], ...] = ()
    """For each problem, pieces of the line that tells it."""
    mapping: dict[str, str] = field(default_factory=dict)

    def written(self, folder: Path) -> Path:
        """The programme's folder with the sign-ups in it."""
        (folder / "programme.toml").write_text(SETTINGS, encoding="utf-8")
        (folder / "报名").mkdir()
        self.make(folder / "报名")
        return folder


def _form(name: str, code: object, zone: str, wishes: list[list[Any]]) -> Any:
    rows = [
        ["贵州省企业参展报名表（示例）", None, None, None],
        ["填报日期：2026年11月3日", None, None, None],
        ["企业名称（盖章）", name, None, None],
        ["统一社会信用代码", code, "所属市（州）", zone],
        ["主营产品", "茶叶（示例）", "从业人数", "２５"],
        ["联系人", "某某", "手机", "13800000000"],
        ["参展意向", None, None, None],
        ["展会名称", "展区", "展位类型", "申请展位数"],
        *wishes,
        ["企业声明：以上内容真实。", None, None, None],
        ["法定代表人签字：", None, "日期：", None],
    ]
    end = len(rows)
    merged = ["A1:D1", "A2:D2", "B3:D3", "A7:D7", f"A{end - 1}:D{end - 1}"]
    return book(("报名表", rows), merged=merged)


def forms(folder: Path) -> None:
    """Stamped forms typed in, one firm a file, in folders of the counties; a code that lost its digits in one of them."""
    (folder / "遵义市").mkdir()
    (folder / "贵阳 2027").mkdir()
    one = _form(
        "示例茶业有限公司",
        TEA,
        "遵义市",
        [["第141届广交会第三期", "食品", "标摊", 2], ["第142届广交会第3期", None, "标准展位", "１"]],
    )
    one.save(folder / "遵义市" / "示例茶业 报名表.xlsx")
    two = _form("示例轮胎有限公司", TYRES, "贵阳市", [["广交会第141届一期", "汽车配件", "光地", 4]])
    two.save(folder / "贵阳 2027" / "附件2.报名表(1).xlsx")


FORMS = SignUps(
    "forms",
    forms,
    {
        "示例茶业有限公司": {"firm_id": TEA, "zone_id": "gz-p-zunyi", "staff": 25},
        "示例轮胎有限公司": {"firm_id": TYRES, "zone_id": "gz-p-guiyang"},
    },
    frozenset(
        {
            ("示例茶业有限公司", "canton-141-3", 2),
            ("示例茶业有限公司", "canton-142-3", 1),
            ("示例轮胎有限公司", "canton-141-1", 4),
        }
    ),
    told=("手机",),
)


def questionnaire(folder: Path) -> None:
    """An export of a questionnaire: numbered questions with colons, several choices in a cell, one firm that answered twice."""
    head = [
        "序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP", "1、企业名称：", "2、统一社会信用代码：", "3、所属市州：",
        "4、拟参加的展会：", "5、申请展位数：", "6、联系电话：",
    ]  # fmt: skip
    fairs = "第141届广交会第一期┋第142届广交会第一期"
    rows = [
        head,
        [1, datetime(2026, 11, 2, 9, 1, 5), "120秒", "手机提交", "直接访问", "192.0.2.1(示例)", "示例吉他有限公司", GUITAR, "遵义市", "第141届广交会第三期", 1, "略"],
        [2, datetime(2026, 11, 3, 10, 2, 6), "99秒", "微信", "N/A", "192.0.2.2(示例)", "示例轮胎有限公司", TYRES.lower(), "贵阳市", fairs, 2, "略"],
        [3, datetime(2026, 11, 4, 11, 3, 7), "45秒", "微信", "N/A", "192.0.2.1(示例)", "示例吉他有限公司", GUITAR, "遵义市", "第141届广交会第三期", 3, "略"],
    ]  # fmt: skip
    book(("Sheet1", rows)).save(folder / "123456789_按文本_2027年参展需求_3_3.xlsx")


QUESTIONNAIRE = SignUps(
    "questionnaire",
    questionnaire,
    {"示例吉他有限公司": {"firm_id": GUITAR, "zone_id": "gz-p-zunyi"}, "示例轮胎有限公司": {"firm_id": TYRES}},
    frozenset(
        {
            ("示例吉他有限公司", "canton-141-3", 3),
            ("示例轮胎有限公司", "canton-141-1", 2),
            ("示例轮胎有限公司", "canton-142-1", 2),
        }
    ),
    told=("6、联系电话",),
)


def one_hot(folder: Path) -> None:
    """The same kind of export by numbers: a column for each option, and a CSV in GB18030."""
    head = [
        "序号",
        "提交答卷时间",
        "1、企业名称",
        "2、所在地区",
        "3、(第141届广交会第一期)",
        "3、(第141届广交会第二期)",
        "3、(第十届进博会)",
    ]
    rows = [
        head,
        [1, "2026/11/2 9:01:05", "示例陶瓷厂", "贵阳市", 1, 0, 1],
        [2, "2026/11/2 9:30:00", "示例家居有限公司", "安顺市", 0, 1, 0],
        [3, "2026/11/2 9:45:00", "示例不去有限公司", "安顺市", 0, 0, 0],
    ]
    (folder / "问卷_按序号.csv").write_bytes(comma(rows, "gb18030"))


ONE_HOT = SignUps(
    "one-hot",
    one_hot,
    {"示例陶瓷厂": {"zone_id": "gz-p-guiyang"}, "示例家居有限公司": {"zone_id": "gz-p-anshun"}},
    frozenset(
        {
            ("示例陶瓷厂", "canton-141-1", None),
            ("示例陶瓷厂", "ciie-10", None),
            ("示例家居有限公司", "canton-141-2", None),
        }
    ),
)


def counties(folder: Path) -> None:
    """Tables of counties: titles, the county written once, ticks under fairs, totals, a code lost, a firm in two tables that disagree."""
    rows = [
        ["示例县2027年广交会参展需求汇总表"],
        ["填报单位：示例县商务局", None, None, None, None, "2026年11月5日"],
        ["序号", "企业名称", "统一社会信用代码", "所属地区", "参展展会", "申请展位数"],
        [1, "示例茶业有限公司", TEA, "遵义市", "第141届广交会第三期", 2],
        [2, "示例白酒有限公司", 915203001234567890, None, "第141届广交会第三期", 1],
        ["合计", None, None, None, None, 3],
        ["填表人：某某", None, None, "联系电话：略"],
    ]
    book(("Sheet1", rows), merged=["A1:F1", "D4:D5"]).save(folder / "示例县.xlsx")
    other = [
        ["企业名称", "统一社会信用代码", "所属地区", "展会", "展位数"],
        ["示例茶业有限公司", TEA, "贵阳市", "第141届广交会第三期", "２"],
    ]
    (folder / "示例区（补报）.csv").write_bytes(comma(other, "utf-8-sig"))


COUNTIES = SignUps(
    "counties",
    counties,
    {},
    frozenset(),
    refused=(("示例县.xlsx", "文本"), ("示例区（补报）.csv", "贵阳市", "遵义市")),
)


def strangers(folder: Path) -> None:
    """What also lies in such folders: WPS's own kind, a web page called XLS, a scan, a paper, a lock, an empty book."""
    (folder / "示例甲.et").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(508))
    (folder / "示例乙.xls").write_text("<html><table></table></html>", encoding="utf-8")
    (folder / "示例丙 盖章扫描件.pdf").write_bytes(b"%PDF-1.7\n")
    (folder / "示例丁.docx").write_bytes(b"PK\x03\x04")
    (folder / "~$示例戊.xlsx").write_bytes(b"x")
    book(("Sheet1", [])).save(folder / "示例己.xlsx")


STRANGERS = SignUps("strangers", strangers, {}, frozenset(), refused=(("示例甲.et", ".xlsx"), ("示例乙.xls", "网页")))

SIGN_UPS = (FORMS, QUESTIONNAIRE, ONE_HOT, COUNTIES, STRANGERS)
