"""The rows that say what must be done when: duties counted from a fair, holidays, approvals, blackouts, official business."""

from __future__ import annotations

from datetime import date
from typing import Literal

from fairplanner.domain.columns import Fact, Row, column
from fairplanner.domain.kinds import Confidence, Regime
from fairplanner.domain.reference import Door, confidence, door, note, quote, source


class Duty(Fact):
    """Something due so many days before or after a fair or a journey (倒排时间): application, approval, visa, freight, report."""

    duty_id: str = column("事项编号", "Duty id", "短编号", "short id")
    name_zh: str = column("事项", "Chinese name", "要做的事", "what is due")
    name_en: str = column("英文事项", "English name", "英文名称", "what is due, in English")
    who: Literal["office", "officials", "firms", "goods"] = column("谁办", "Who", "office 组展单位, officials 公务团组, firms 企业, goods 展品", "office, officials, firms, goods")
    regimes: tuple[Regime, ...] = column("适用", "Applies", "home 境内, hkmo 港澳, abroad 国外", "home, hkmo, abroad", default=(Regime.ABROAD,))
    territories: tuple[str, ...] = column("国家（地区）代码", "Countries or regions", "空白为全部", "blank: all", refers_to="territories", default=())
    least_countries: int = column("最少国家（地区）数", "Fewest countries or regions", "一次去几国（地区）以上才适用", "applies from so many countries or regions of one trip", default=1, ge=1)
    anchor: str = column("起算点", "Anchor", "opens 开幕, closes 闭幕, departs 出发, returns 返回，或另一事项的编号", "opens, closes, departs, returns, or the id of another duty")
    days: int = column("天数", "Days", "负数为之前，正数为之后", "negative: before; positive: after")
    unit: Literal["days", "working-days"] = column("单位", "Unit", "days 自然日, working-days 工作日", "days, working-days", default="days")
    replaces: str = column("代替", "Replaces", "两者都适用时代替哪一事项", "id of the duty it stands for where both apply", default="")
    blocks: bool = column("过期即止", "Blocks", "过期则不能再参加", "once past, the fair cannot be attended", default=False)
    door: Door = door()
    cure_zh: str = column("补救", "Cure, in Chinese", "过期后怎么办", "what it would take once past", default="")
    cure_en: str = column("补救（英文）", "Cure, in English", "英文", "the same in English", default="")
    quote: str = quote()
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Holiday(Fact):
    """A day off, or a weekend that is worked, as the yearly notice says; overrides any calendar package."""

    on: date = column("日期", "Date", "日期", "day")
    work: bool = column("上班", "Work", "上班（或“是”）：调休上班；放假（或“否”）：放假", "work (or yes): worked; off (or no): a day off")
    territory_id: str = column("国家（地区）代码", "Country or region code", "哪里的日历", "whose calendar", refers_to="territories", default="CN")
    name_zh: str = column("节日", "Chinese name", "如 国庆节", "e.g. 国庆节", default="")
    name_en: str = column("英文名称", "English name", "如 National Day", "e.g. National Day", default="")
    note: str = note()
    source: str = source()
    confidence: Confidence = column("可信度", "Confidence", "同其他表；空白为用户填写", "as in other tables; blank: user", default=Confidence.USER)


class Approval(Row):
    """A permit (批件) that freezes people, days and route; a change is a new request."""

    approval_id: str = column("批件编号", "Approval id", "短编号", "short id")
    kind: Literal["exhibition", "task", "joined-task"] = column("类别", "Kind", "exhibition 出国办展批件, task 任务批件, joined-task 任务通知书和任务确认件", "exhibition, task, joined-task")
    number: str = column("文号", "Number", "批件文号", "number of the document")
    on: date = column("批准日期", "On", "批准日期", "day it was given")
    zone_id: str = column("地区编号", "Zone id", "哪个地区的团组", "zone whose party it is", refers_to="zones")
    phases: tuple[str, ...] = column("展期编号", "Phases", "按行程先后", "phases in order of the route", refers_to="phases")
    people: int = column("人数", "People", "批准人数", "people approved", ge=0)
    depart: date = column("离境", "Departs", "批准的离境日期", "day of leaving, as approved")
    back: date = column("入境", "Returns", "批准的入境日期", "day of return, as approved")
    valid_to: date | None = column("有效期至", "Valid to", "有效期", "last day it is valid", default=None)
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Blackout(Row):
    """Days on which a post (or everybody) cannot leave (不得外出): 两会, provincial events."""

    blackout_id: str = column("编号", "Blackout id", "短编号", "short id")
    first: date = column("起", "From", "第一天", "first day")
    last: date = column("止", "To", "最后一天（含）", "last day, included")
    post_id: str = column("岗位编号", "Post id", "空白为该地区全部公务人员和带队岗位", "blank: every official and post of the zone", refers_to="posts", default="")
    zone_id: str = column("地区编号", "Zone id", "适用地区（含下级）", "zone, with all below", refers_to="zones")
    binding: bool = column("硬性", "Binding", "否则只提示", "no: shown only", default=True)
    reason: str = column("理由", "Reason", "如 省两会", "e.g. the provincial congress")
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Activity(Row):
    """One half-day of official business (公务活动) at a fair: two thirds of an official party's half-days must have one."""

    phase_id: str = column("展期编号", "Phase id", "随哪一展期", "phase it goes with", refers_to="phases")
    zone_id: str = column("地区编号", "Zone id", "哪个地区的团组（含下级）", "zone whose party it is for, with all below", refers_to="zones")
    on: date = column("日期", "On", "当地日期", "local day")
    half: Literal["morning", "afternoon"] = column("时段", "Half", "morning 上午, afternoon 下午", "morning, afternoon")
    what_zh: str = column("活动", "What, in Chinese", "公务活动", "official business")
    what_en: str = column("活动（英文）", "What, in English", "英文", "the same in English", default="")
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()
