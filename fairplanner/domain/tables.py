"""The list of tables: name, row type, key, and where each may stand. A reader of tables needs nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from fairplanner.domain import duties as d
from fairplanner.domain import giving as g
from fairplanner.domain import money as m
from fairplanner.domain import planning as p
from fairplanner.domain import reference as r
from fairplanner.domain import settled as s
from fairplanner.domain.columns import Row


@dataclass(frozen=True)
class Table:
    """One table: `name` is its file name without ending and its sheet name; `key` the columns that make a row unique.

    `shared` tables stand in `catalogs/reference`; a programme may carry a table of the same name whose rows are added
    to them or, with the same key, replace them. The others stand in a programme only.
    """

    name: str
    row: type[Row]
    key: tuple[str, ...]
    zh: str
    en: str
    shared: bool = False


TABLES: tuple[Table, ...] = (
    Table("fairs", r.Fair, ("fair_id",), "展会", "Fairs", shared=True),
    Table("phases", r.Phase, ("phase_id",), "展期", "Phases", shared=True),
    Table("sections", r.Section, ("section_id",), "展区", "Sections", shared=True),
    Table("territories", r.Territory, ("territory_id",), "国家（地区）", "Countries and regions", shared=True),
    Table("places", r.Place, ("place_id",), "城市", "Places", shared=True),
    Table("sectors", r.Sector, ("sector_id",), "行业", "Sectors", shared=True),
    Table("markets", r.Market, ("market_id",), "市场", "Markets", shared=True),
    Table("goals", r.Goal, ("goal_id",), "文件目标", "Goals of the source documents", shared=True),
    Table("milestones", r.Milestone, ("milestone_id",), "时间节点", "Milestones", shared=True),
    Table("memberships", r.Membership, ("zone_id", "scheme", "year"), "资金项目名单", "Memberships", shared=True),
    Table("stays", m.Stay, ("place_id",), "住宿伙食标准", "Stays", shared=True),
    Table("duties", d.Duty, ("duty_id",), "倒排事项", "Duties", shared=True),
    Table("holidays", d.Holiday, ("territory_id", "on"), "节假日安排", "Holidays", shared=True),
    Table("local_facts", r.LocalFact, ("fact_id",), "当地须知", "Local facts", shared=True),
    Table("zones", p.Zone, ("zone_id",), "地区", "Zones", shared=True),
    Table("firms", p.Firm, ("firm_id",), "企业", "Firms"),
    Table("related", p.Related, ("firm_id", "related_id"), "关联企业", "Related firms"),
    Table("applications", p.Application, ("firm_id", "phase_id", "section_id"), "报名", "Applications"),
    Table("posts", p.Post, ("post_id",), "带队岗位", "Posts"),
    Table("funds", m.Fund, ("fund_id",), "资金来源", "Funds"),
    Table("subsidies", m.PlainSubsidy, ("subsidy_id",), "补贴", "Subsidies"),
    Table("quotas", p.Quota, ("phase_id", "section_id", "zone_id"), "展位基数", "Quotas"),
    Table("prices", m.Price, ("fair_id", "phase_id", "stand"), "展位价格", "Prices"),
    Table("fares", m.Fare, ("from_place", "to_place"), "票价", "Fares"),
    Table("rates", m.Rate, ("currency",), "汇率", "Exchange rates"),
    Table("instalments", m.Instalment, ("fund_id", "on"), "到账计划", "Instalments"),
    Table("awards", m.Award, ("award_id",), "考核奖励", "Awards"),
    Table("costs", m.Cost, ("fair_id", "phase_id", "firm_id", "line"), "其他费用", "Other costs"),
    Table("ledger", m.LedgerRow, ("firm_id", "fair_id", "on", "subsidy_id"), "参展台账", "Participation ledger"),
    Table("deposits", g.Deposit, ("phase_id", "zone_id"), "已付定金", "Deposits"),
    Table("choices", p.Choice, ("fair_id", "phase_id"), "年度安排", "Choices"),
    Table("targets", p.Target, ("target_id",), "年度目标", "Targets"),
    Table("decisions", p.Decision, ("decision_id",), "人工决定", "Decisions"),
    Table("scores", g.ScoreItem, ("firm_id", "phase_id", "section_id", "item"), "评分表", "Score sheets"),
    Table("draws", g.Draw, ("phase_id", "section_id"), "抽签", "Draws"),
    Table("notices", g.Notice, ("notice_id",), "公示", "Public notices"),
    Table("approvals", d.Approval, ("approval_id",), "批件", "Approvals"),
    Table("blackouts", d.Blackout, ("blackout_id",), "不得外出日期", "Blackouts"),
    Table("settled", s.Settled, ("firm_id", "phase_id", "section_id"), "上一稿安排", "Settled before"),
    Table("settled_trips", s.SettledTrip, ("delegation_id",), "上一稿团组", "Trips settled before"),
    Table("activities", d.Activity, ("phase_id", "zone_id", "on", "half"), "公务活动", "Official business"),
)
