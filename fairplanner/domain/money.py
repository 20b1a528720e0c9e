"""The rows of a programme that speak of money: funds, what they pay back, prices, fares, stays, rates, what was paid before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import field_validator

from fairplanner.domain.columns import Fact, Row, column, whole_fen
from fairplanner.domain.kinds import Confidence, CostLine, Nature, Role, StandKind, Where
from fairplanner.domain.reference import confidence, note, quote, source


class Fund(Row):
    """A pot of money (资金来源): nature, owner, amount, period and what it may pay."""

    fund_id: str = column("资金编号", "Fund id", "短编号", "short id")
    name_zh: str = column("资金来源", "Chinese name", "名称", "name")
    name_en: str = column("英文名称", "English name", "英文名称", "name in English", default="")
    nature: Nature = column("性质", "Nature", "official-travel 因公出国（境）经费及差旅, trade-development 外经贸发展资金, public-stand 公共布展", "official-travel, trade-development, public-stand")
    zone_id: str = column("地区编号", "Zone id", "归哪个地区；用于本级和下级", "zone that owns it; serves all below", refers_to="zones")
    amount: Decimal = column("金额", "Amount", "期间总额", "total of the period", unit="CNY", ge=0)
    period_from: date = column("起", "From", "可用起日", "first day it may be used")
    period_to: date = column("止", "To", "可用止日（含）", "last day it may be used, included")
    pays: tuple[CostLine, ...] = column("支付范围", "Pays", "stand 展位, fitout 特装, freight 展品运输, fees 其他费用, fare 交通, lodging 住宿, meals 伙食, incidentals 公杂", "stand, fitout, freight, fees, fare, lodging, meals, incidentals")
    currency: str = column("币种", "Currency", "金额的币种，按汇率表折算", "of the amount; converted at the programme's dated rates", default="CNY")
    reserve: float = column("预留比例", "Reserve", "预留不排的比例，0 到 1", "share held back, 0 to 1", default=0, ge=0, le=1)
    certainty: float = column("把握程度", "Certainty", "企业可指望的比例，0 到 1：补贴为预计收入", "share of what it is expected to pay that firms may count on, 0 to 1", default=1, ge=0, le=1)
    scheme: str = column("资金项目", "Funding programme", "要求地区当年在列的资金项目；空白为不要求", "funding programme the zone must be in that year; blank: none", default="")
    quote: str = quote()
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()

    _fen = field_validator("amount")(whole_fen)


class PlainSubsidy(Row):
    """The plainest subsidy, one row: a share of the stand, with caps. What needs more is written in a rule pack."""

    subsidy_id: str = column("补贴编号", "Subsidy id", "短编号", "short id")
    name_zh: str = column("补贴", "Chinese name", "名称", "name")
    name_en: str = column("英文名称", "English name", "英文名称", "name in English", default="")
    fund_id: str = column("资金编号", "Fund id", "由哪项资金支付", "fund that pays", refers_to="funds")
    rate: float = column("比例", "Rate", "0 到 1", "0 to 1", ge=0, le=1)
    rate_emerging: float | None = column("新兴市场比例", "Rate, emerging", "新兴市场比例，空白同上", "rate at fairs for emerging markets; blank: the same", default=None, ge=0, le=1)
    cap_booth: Decimal | None = column("每展位上限", "Cap a booth", "空白为不限", "blank: no cap", unit="CNY", default=None, ge=0)
    cap_phase: Decimal | None = column("每展期上限", "Cap a phase", "空白为不限", "blank: no cap", unit="CNY", default=None, ge=0)
    cap_year: Decimal | None = column("每企业全年上限", "Cap a firm and year", "空白为不限", "blank: no cap", unit="CNY", default=None, ge=0)
    where: Where = column("适用展会", "Where", "abroad 境外, home 境内, everywhere 不限", "abroad, home, everywhere", default=Where.EVERYWHERE)
    sme_only: bool = column("仅中小企业", "SME only", "仅中小企业", "only small and medium firms", default=False)
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()

    _fen = field_validator("cap_booth", "cap_phase", "cap_year")(whole_fen)


class Price(Row):
    """What a stand costs at a phase, or at every phase of a fair."""

    fair_id: str = column("展会编号", "Fair id", "展会", "fair", refers_to="fairs")
    phase_id: str = column("展期编号", "Phase id", "空白为该展会全部展期", "blank: every phase of the fair", refers_to="phases", default="")
    stand: StandKind = column("展位类型", "Stand", "standard, raw, brand, none", "standard, raw, brand, none")
    per_booth: Decimal = column("每展位价格", "Price a booth", "每 9 平方米", "for 9 m²", unit="as currency", ge=0)
    currency: str = column("币种", "Currency", "如 CNY、USD", "e.g. CNY, USD", default="CNY")
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Fare(Row):
    """A fare that overrides the estimate, one person, there and back."""

    from_place: str = column("出发城市", "From", "出发城市编号", "place id of departure", refers_to="places")
    to_place: str = column("到达城市", "To", "到达城市编号", "place id of arrival", refers_to="places")
    hours: float = column("单程小时", "Hours one way", "门到门", "door to door", unit="hours", ge=0)
    return_fare: Decimal = column("往返票价", "Return fare", "每人往返", "one person, there and back", unit="CNY", ge=0)
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()

    _fen = field_validator("return_fare")(whole_fen)


class Stay(Fact):
    """What a day in a city costs one person, by the tariff in force (财行〔2013〕516号, 财行〔2017〕434号; at home the 差旅费 standard)."""

    place_id: str = column("城市编号", "Place id", "城市", "city", refers_to="places")
    lodging: Decimal = column("住宿", "Lodging", "每人每晚", "a night", unit="as currency", ge=0)
    meals: Decimal = column("伙食", "Meals", "每人每天", "a day", unit="as currency", ge=0)
    incidentals: Decimal = column("公杂", "Incidentals", "每人每天", "a day", unit="as currency", ge=0)
    currency: str = column("币种", "Currency", "如 CNY、USD", "e.g. CNY, USD", default="CNY")
    peak_months: tuple[int, ...] = column("旺季月份", "Peak months", "住宿上浮的月份，如 7;8;9", "months with the higher lodging, e.g. 7;8;9", default=())
    peak_lodging: Decimal | None = column("旺季住宿", "Peak lodging", "旺季每人每晚", "a night in those months", unit="as currency", default=None, ge=0)
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Rate(Row):
    """An exchange rate into the programme's currency on a stated day."""

    currency: str = column("币种", "Currency", "如 USD", "e.g. USD")
    rate: Decimal = column("汇率", "Rate", "1 单位外币折本币", "programme currency for one unit", ge=0)
    on: date = column("日期", "On", "汇率日期", "day of the rate")
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Instalment(Row):
    """Money that comes into a fund on a day; what is not used is carried over. A fund without one has all of it from its first day."""

    fund_id: str = column("资金编号", "Fund id", "资金", "fund", refers_to="funds")
    on: date = column("到账日期", "On", "到账日期", "day it comes in")
    amount: Decimal = column("金额", "Amount", "与资金同币种", "in the fund's currency", unit="as the fund", ge=0)
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Award(Row):
    """Money for a zone, part in advance and the rest in the next year only where a target is met (the 2023 notice: 80 %, 20 %)."""

    award_id: str = column("奖励编号", "Award id", "短编号", "short id")
    name_zh: str = column("奖励", "Chinese name", "名称", "name")
    name_en: str = column("英文名称", "English name", "英文名称", "name in English", default="")
    zone_id: str = column("地区编号", "Zone id", "获得地区", "zone that gets it", refers_to="zones")
    tier: str = column("等次", "Tier", "所在等次", "its tier", default="")
    amount: Decimal = column("金额", "Amount", "本年度核定总额", "whole award of the year", unit="CNY", ge=0)
    advance: float = column("预拨比例", "Advance", "当年预拨的比例", "share paid in advance", default=0.8, ge=0, le=1)
    target_id: str = column("目标编号", "Target id", "余额取决于哪个目标；空白则取决于全部目标", "target that decides on the rest", refers_to="targets")
    points_per_1000: float = column("每千元分值", "Points a thousand", "余额每 1,000 元的分值", "points that 1,000 of the rest are worth", unit="points", default=0.1, ge=0)
    quote: str = quote()
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()

    _fen = field_validator("amount")(whole_fen)


class Cost(Row):
    """What else taking part costs a firm: fit-out, freight, fees; of one firm, or of every firm at a fair."""

    fair_id: str = column("展会编号", "Fair id", "展会", "fair", refers_to="fairs")
    phase_id: str = column("展期编号", "Phase id", "空白为该展会全部展期", "blank: every phase of the fair", refers_to="phases", default="")
    firm_id: str = column("企业编号", "Firm id", "空白为全部企业", "blank: every firm", refers_to="firms", default="")
    line: CostLine = column("科目", "Line", "fitout 特装, freight 展品运输, fees 其他费用", "fitout, freight, fees")
    per: Literal["firm", "booth", "person"] = column("计费单位", "Per", "firm 每企业, booth 每展位, person 每人", "firm, booth, person", default="firm")
    amount: Decimal = column("金额", "Amount", "每计费单位", "for each of those", unit="as currency", ge=0)
    currency: str = column("币种", "Currency", "如 CNY、USD", "e.g. CNY, USD", default="CNY")
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class LedgerRow(Row):
    """One past participation of a firm, with what was paid for it under which subsidy (参展台账), or booths that it left empty
    (空展位); the next plan reads it."""

    firm_id: str = column("企业编号", "Firm id", "企业", "firm", refers_to="firms")
    fair_id: str = column("展会编号", "Fair id", "展会", "fair", refers_to="fairs")
    on: date = column("日期", "On", "展会闭幕日期", "last day of the fair")
    edition: str = column("届次", "Edition", "第几届", "edition", default="")
    subsidy_id: str = column("补贴编号", "Subsidy id", "获得的补贴；空白为没有", "subsidy it was paid under; blank: none", default="")
    amount: Decimal = column("金额", "Amount", "拨付金额", "amount paid", unit="CNY", default=Decimal(0), ge=0)
    booths: int = column("展位数", "Booths", "标准展位", "standard booths", unit="booths", default=0, ge=0)
    role: Role = column("参加方式", "Role", "exhibit 参展, buy 采购, visit 参观, negotiate 洽谈", "exhibit, buy, visit, negotiate", default=Role.EXHIBIT)
    empty: int = column("空展位", "Empty booths", "退展空出的展位数；大于 0 的行不算参展，只供下一年扣分", "booths left empty by withdrawing; a row with any is no participation, it is there for next year's deduction", unit="booths", default=0, ge=0)
    intended_usd: Decimal | None = column("意向成交", "Intended deals", "意向成交额", "value of intended deals", unit="USD", default=None, ge=0)
    new_buyers: int | None = column("新客户", "New buyers", "新客户数", "new buyers", default=None, ge=0)
    sample_orders: int | None = column("样单", "Sample orders", "样单数", "sample orders", default=None, ge=0)
    satisfaction: int | None = column("满意度", "Satisfaction", "1 到 5", "1 to 5", default=None, ge=1, le=5)
    again: bool | None = column("下届是否参加", "Again", "下届是否参加", "whether it would come again", default=None)
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()

    _fen = field_validator("amount")(whole_fen)
