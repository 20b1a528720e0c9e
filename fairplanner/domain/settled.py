"""What an earlier plan gave: the only way in which one plan enters the problem of the next."""

from __future__ import annotations

from datetime import date

from fairplanner.domain.columns import Row, column
from fairplanner.domain.kinds import Role, StandKind


class Settled(Row):
    """One place of an earlier plan (上一稿安排); `plan --from` fills the table, nobody writes it by hand."""

    firm_id: str = column("企业编号", "Firm id", "企业", "firm", refers_to="firms")
    phase_id: str = column("展期编号", "Phase id", "展期", "phase", refers_to="phases")
    section_id: str = column("展区编号", "Section id", "展区", "section", refers_to="sections", default="")
    sponsor: str = column(
        "组团地区", "Sponsor", "随哪个地区组的团", "zone with whose delegation it goes", refers_to="zones"
    )
    role: Role = column(
        "参加方式",
        "Role",
        "exhibit 参展, buy 采购, visit 参观, negotiate 洽谈",
        "exhibit, buy, visit, negotiate",
        default=Role.EXHIBIT,
    )
    stand: StandKind = column(
        "展位类型",
        "Stand",
        "standard 标准展位, raw 光地, brand 品牌展位, none 无",
        "standard, raw, brand, none",
        default=StandKind.STANDARD,
    )
    booths: int = column("展位数", "Booths", "安排的展位数", "booths given", unit="booths", default=1, ge=0)
    people: int = column("人数", "People", "参展人数", "people it sends", unit="people", default=2, ge=0)
    subsidies: tuple[str, ...] = column(
        "补贴", "Subsidies", "计划申报的补贴编号", "subsidies it was to claim", default=()
    )
    first: date | None = column(
        "原开幕日期",
        "Opened",
        "上一稿时的开幕日期；空白为未知",
        "first fair day as it was then; blank: not known",
        default=None,
    )
    last: date | None = column(
        "原闭幕日期",
        "Closed",
        "上一稿时的闭幕日期；空白为未知",
        "last fair day as it was then; blank: not known",
        default=None,
    )
    invited: bool = column(
        "邀请", "Invited", "是否为邀请（未报名）", "whether it was invited and had not applied", default=False
    )

    @property
    def application_id(self) -> str:
        """firm/phase/section, as an application's."""
        return f"{self.firm_id}/{self.phase_id}/{self.section_id or '-'}"


class SettledTrip(Row):
    """One delegation of an earlier plan whose officials or staff travel (上一稿团组); `plan --from` fills the table."""

    delegation_id: str = column(
        "团组编号",
        "Delegation id",
        "上一稿的团组编号（含各站日期）",
        "its id in the earlier plan, with the days of its stops",
    )
    sponsor: str = column("组团地区", "Sponsor", "哪个地区的团组", "zone whose delegation it is", refers_to="zones")
    phases: tuple[str, ...] = column(
        "展期编号", "Phases", "按行程先后", "phases in order of the route", refers_to="phases"
    )
    people: int = column(
        "人数", "People", "公务人员和带队人员", "officials and posts that travel", unit="people", default=0, ge=0
    )
    posts: tuple[str, ...] = column(
        "带队岗位",
        "Posts",
        "上一稿的带队岗位；仍有空的继续带队",
        "posts that went with it; they go again where they are free",
        default=(),
    )
