"""How long 5,000 applications in 50 sheets take, read and checked: `python -m tests.bench.signups DIR`, then `/usr/bin/time fairplanner collect DIR`.

Three quarters of the sheets are registers of a hundred rows, a quarter exports of a questionnaire; firms sign up in several of them.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from openpyxl import Workbook

from fairplanner.intake.credit_codes import check_character
from fairplanner.shipped import shipped

SHEETS, ROWS = 50, 100
ZONES = ("贵阳市", "遵义市", "安顺市", "毕节市", "铜仁市", "六盘水市")
FAIRS = (
    "第141届广交会第一期", "第141届广交会第二期", "第141届广交会第三期", "第142届广交会第一期", "第142届广交会第二期",
    "第142届广交会第三期", "第十届进博会",
)  # fmt: skip


def code(number: int) -> str:
    """A credit code of nobody's with the right check character."""
    body = f"915201{number:011d}"
    return body + check_character(body)


def firm(number: int) -> tuple[str, str, str]:
    """Name, code and zone of a sample firm."""
    return f"示例企业{number:05d}有限公司", code(number), ZONES[number % len(ZONES)]


def write(folder: Path) -> None:
    """A programme's folder with fifty sheets of sign-ups; what is there already is not touched."""
    shutil.copytree(shipped("catalogs") / "guizhou-2027", folder)
    inbox = folder / "报名"
    inbox.mkdir()
    for n in range(SHEETS):
        book = Workbook()
        page = book.active
        rows = _questions(n) if n % 4 == 3 else _register(n)
        for row in rows:
            page.append(row)
        book.save(inbox / f"{n:02d}.xlsx")


def _register(n: int) -> list[list[object]]:
    head = [
        "序号",
        "企业名称",
        "统一社会信用代码",
        "所属市州",
        "拟参加展会",
        "申请展位数",
        "主要展品",
        "联系人",
        "备注",
    ]
    rows: list[list[object]] = [["2027年度展会报名汇总表"], ["填报单位：", None, None, "单位：万元"], head]
    for k in range(ROWS):
        name, own, zone = firm((n * 37 + k) % 2500)
        rows.append([k + 1, name, own, zone, FAIRS[(n + k) % len(FAIRS)], f"{k % 4 + 1}个", "样品", "某人", None])
    return [*rows, ["合计", None, None, None, None, 250]]


def _questions(n: int) -> list[list[object]]:
    head = ["序号", "提交答卷时间", "来自IP", "1、企业名称：", "2、统一社会信用代码：", "3、所属市州："]
    rows: list[list[object]] = [[*head, *(f"4、({fair})" for fair in FAIRS), "5、申请展位数："]]
    for k in range(ROWS):
        name, own, zone = firm((n * 37 + k) % 2500)
        ticks = [int(x == (n + k) % len(FAIRS)) for x in range(len(FAIRS))]
        rows.append([k + 1, f"2026/11/{k % 20 + 1} 10:{n:02d}:00", "0.0.0.1", name, own, zone, *ticks, k % 4 + 1])
    return rows


if __name__ == "__main__":
    write(Path(sys.argv[1]))
