"""The rows that say how places are given and defended: score sheets, draws, public notices, deposits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fairplanner.domain.columns import Row, column
from fairplanner.domain.kinds import Confidence
from fairplanner.domain.reference import confidence, note, source


class ScoreItem(Row):
    """One line of a score sheet (评分表): the full marks of the sheet's items sum to 100; deductions are negative points."""

    firm_id: str = column("企业编号", "Firm id", "企业", "firm", refers_to="firms")
    phase_id: str = column("展期编号", "Phase id", "展期", "phase", refers_to="phases")
    section_id: str = column("展区编号", "Section id", "展区，空白为不分展区", "section; blank: none", refers_to="sections", default="")
    item: str = column("评分项", "Item", "评分项名称；扣分项另列一行", "name of the item; a deduction has a line of its own")
    full_marks: float = column("满分", "Full marks", "该项满分；扣分项为 0", "most points of the item; 0 for a deduction", ge=0, le=100)
    points: float = column("得分", "Points", "得分；扣分为负数", "points given; negative for a deduction", ge=-100, le=100)
    figure: str = column("依据数据", "Figure", "如 2024 年出口额 120 万美元", "the figure it rests on", default="")
    figure_on: date | None = column("数据日期", "Date of the figure", "数据的日期", "day of the figure", default=None)
    figure_source: str = column("数据来源", "Source of the figure", "如 海关数据", "where the figure is from", default="")
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Draw(Row):
    """A published draw (抽签): the number drawn in public from which the order of equal applicants follows."""

    phase_id: str = column("展期编号", "Phase id", "展期", "phase", refers_to="phases")
    section_id: str = column("展区编号", "Section id", "空白为全部展区", "blank: every section", refers_to="sections", default="")
    number: str = column("公布号码", "Number", "公开抽出的号码，如某期彩票号码", "number drawn in public, e.g. of a named lottery")
    on: date = column("日期", "On", "抽签日期", "day of the draw")
    witness: str = column("监督单位", "Witness", "监督或公证单位", "who watched it")
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Notice(Row):
    """A public notice (公示): nothing on its list is confirmed before it ends."""

    notice_id: str = column("公示编号", "Notice id", "短编号", "short id")
    phase_id: str = column("展期编号", "Phase id", "公示哪一展期的名单", "phase whose list is shown", refers_to="phases")
    section_id: str = column("展区编号", "Section id", "空白为全部展区", "blank: every section", refers_to="sections", default="")
    first: date = column("公示开始", "From", "公示开始日期", "first day")
    last: date = column("公示结束", "To", "公示结束日期（含）", "last day, included")
    objections: int = column("异议数", "Objections", "收到异议数", "objections received", default=0, ge=0)
    answered: int = column("已答复", "Answered", "已答复的异议数", "objections answered", default=0, ge=0)
    result: str = column("结果", "Result", "公示结果，空白为未定", "result; blank: none yet", default="")
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Deposit(Row):
    """Money already paid that is lost if nobody of the zone goes (展位费不退)."""

    phase_id: str = column("展期编号", "Phase id", "展期", "phase", refers_to="phases")
    zone_id: str = column("地区编号", "Zone id", "已付款的地区", "zone that paid", refers_to="zones")
    amount: Decimal = column("金额", "Amount", "已付且不退的金额", "paid and not given back", unit="CNY", ge=0)
    refund_until: date | None = column("可退截止", "Refund until", "此日前退出可退；空白为不退", "given back if withdrawn by this day; blank: never", default=None)
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()
