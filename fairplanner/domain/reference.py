"""The world: fairs, their phases and sections, places, sectors, markets, and what the source documents say."""

from __future__ import annotations

from datetime import date
from typing import Literal

from fairplanner.domain.columns import Fact, column
from fairplanner.domain.kinds import Confidence, Status


def source() -> str:
    """The `source` column that every fact row carries."""
    return column(  # type: ignore[no-any-return]
        "来源", "Source", "事实的出处：网页地址、文件名或“示例”",
        "where this is known from: an address, a document, or 'sample'",
    )


def confidence() -> Confidence:
    """The `confidence` column that every fact row carries."""
    return column(  # type: ignore[no-any-return]
        "可信度", "Confidence", "seed=政策原文；sourced=有出处；background=背景知识；projected=推算；"
        "unknown=未查到；user=用户填写；sample=示例",
        "seed = quoted from a source document; sourced; background; projected; unknown; user; sample",
    )


def note() -> str:
    """The free-text column."""
    return column("备注", "Note", "任何说明", "anything worth saying", default="")  # type: ignore[no-any-return]


def quote() -> str:
    """The words of the source document that a row rests on."""
    return column(  # type: ignore[no-any-return]
        "原文", "Quote", "来源文件中的原话；多处以 | 分隔",
        "the words of the source document; several are separated by |", default="",
    )


Door = Literal["", "catalogue", "fascia", "visa", "people", "freight"]
"""What can no longer be changed once its day is past (planner.md 37)."""


def door() -> Door:
    """The column that says which door shuts on the day a row is due."""
    return column(  # type: ignore[no-any-return]
        "变更截止", "Door", "过期后哪一项不能再改：catalogue 会刊, fascia 楣板, visa 签证, people 批件人数, freight 货运；空白为其他",
        "what cannot be changed once it is past: catalogue, fascia (board), visa, people (on the permit), freight; blank: other",
        default="",
    )


class Fair(Fact):
    """A series of fairs (展会)."""

    fair_id: str = column("展会编号", "Fair id", "短编号，如 canton", "short id, e.g. canton")
    name_zh: str = column("展会名称", "Chinese name", "正式中文名称", "official Chinese name")
    name_en: str = column("英文名称", "English name", "正式英文名称", "official English name")
    aliases: tuple[str, ...] = column("别名", "Aliases", "其他叫法", "other names", default=())
    kind: str = column("类型", "Kind", "展会、论坛、峰会、活动周……", "trade fair, forum, summit, mission, ...")
    organiser: str = column("主办单位", "Organiser", "主办或承办单位", "who organises it", default="")
    website: str = column("网址", "Website", "官方网址", "official address", default="")
    frequency: str = column("举办频率", "Frequency", "如每年两届", "how often it is held", default="")
    usual_window: str = column("通常时间", "Usual window", "往届通常日期", "when past editions were held", default="")
    sectors: tuple[str, ...] = column("行业", "Sectors", "展会覆盖的行业编号", "sectors it covers", refers_to="sectors", default=())
    markets: tuple[str, ...] = column("市场", "Markets", "面向的市场编号", "markets it opens", refers_to="markets", default=())
    roles: tuple[str, ...] = column("参加方式", "Roles", "exhibit 参展, buy 采购, visit 参观, negotiate 洽谈",
                                    "exhibit, buy, visit, negotiate", default=("exhibit",))
    promotes: bool = column("招商活动", "Promotion", "是否计入赴外招商", "whether going counts as outbound promotion", default=False)
    quote: str = quote()
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Phase(Fact):
    """A dated, bookable phase (期) of an edition (届); an edition that is not divided has one."""

    phase_id: str = column("展期编号", "Phase id", "如 canton-137-1", "e.g. canton-137-1")
    fair_id: str = column("展会编号", "Fair id", "所属展会", "the fair it belongs to", refers_to="fairs")
    edition: str = column("届次", "Edition", "第几届或年份", "number or year of the edition")
    phase: int = column("期", "Phase", "第几期", "number of the phase within the edition", default=1)
    year: int = column("年份", "Year", "举办或预计举办的年份", "year in which it is or should be held")
    name_zh: str = column("期名", "Chinese phase name", "如 先进制造", "e.g. 先进制造", default="")
    name_en: str = column("英文期名", "English phase name", "如 Advanced Manufacturing", "e.g. Advanced Manufacturing", default="")
    start: date | None = column("开幕", "Opens", "开幕日期；空白为待定", "first fair day; blank: not known", default=None)
    end: date | None = column("闭幕", "Closes", "闭幕日期（含当日）", "last fair day, included", default=None)
    window_start: date | None = column("窗口起", "Window from", "只知道大致时间（如 4月中旬）时，最早的一天；据此不能编排", "where no more is known than about when (mid-April): the earliest day; such a phase cannot be planned", default=None)
    window_end: date | None = column("窗口止", "Window to", "只知道大致时间时，最晚的一天（含）", "where no more is known than about when: the latest day, included", default=None)
    place_id: str = column("城市编号", "Place id", "举办城市", "host city", refers_to="places", default="")
    venue_zh: str = column("展馆", "Venue in Chinese", "展馆名称", "venue", default="")
    venue_en: str = column("英文展馆", "Venue in English", "展馆英文名称", "venue in English", default="")
    status: Status = column("状态", "Status", "held 已办, announced 已公布, provisional 初定, projected 暂定, unknown 待定, cancelled 取消",
                            "held, announced, provisional, projected, unknown, cancelled")
    move_in_days: int | None = column("筹展天数", "Move-in days", "开幕前筹展天数；空白按类型默认", "set-up days before opening; blank: the profile's default",
                                      unit="days", default=None)
    move_out_days: int | None = column("撤展天数", "Move-out days", "闭幕后撤展天数；空白按类型默认", "strike days after closing; blank: the profile's default",
                                       unit="days", default=None)
    start_confidence: str = column("开幕可信度", "Confidence of opening", "开幕日期的可信度", "confidence of the opening date", default="")
    end_confidence: str = column("闭幕可信度", "Confidence of closing", "闭幕日期的可信度", "confidence of the closing date", default="")
    quote: str = quote()
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Section(Fact):
    """A section (展区) of a phase number of a fair, the same at every edition until the catalogue says otherwise."""

    section_id: str = column("展区编号", "Section id", "如 canton-household", "e.g. canton-household")
    fair_id: str = column("展会编号", "Fair id", "所属展会", "the fair it belongs to", refers_to="fairs")
    phase: int = column("期", "Phase", "第几期", "number of the phase it stands in")
    name_zh: str = column("展区", "Chinese name", "展区名称", "name of the section")
    name_en: str = column("英文展区", "English name", "展区英文名称", "name of the section in English")
    sectors: tuple[str, ...] = column("行业", "Sectors", "对应行业", "sectors shown there", refers_to="sectors", default=())
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Territory(Fact):
    """A country or region (国家（地区）) with the name that every publication uses."""

    territory_id: str = column("国家（地区）代码", "Country or region code", "ISO 3166 两位代码", "ISO 3166 alpha-2")
    name_zh: str = column("国家（地区）", "Chinese name", "如 中国香港", "e.g. 中国香港")
    name_en: str = column("英文名称", "English name", "如 Hong Kong, China", "e.g. Hong Kong, China")
    markets: tuple[str, ...] = column("市场", "Markets", "所属市场编号", "markets it belongs to", refers_to="markets", default=())
    interpreter: str = column("翻译语种", "Interpreter", "带队需配备的语种；空白为不需要", "language a delegation needs an interpreter for; blank: none", default="")
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Place(Fact):
    """A city that hosts fairs or sends delegations."""

    place_id: str = column("城市编号", "Place id", "如 guangzhou", "e.g. guangzhou")
    name_zh: str = column("城市", "Chinese name", "城市名称", "name of the city")
    name_en: str = column("英文名称", "English name", "城市英文名称", "name in English")
    territory_id: str = column("国家（地区）代码", "Country or region code", "所在国家（地区）", "country or region", refers_to="territories")
    lat: float = column("纬度", "Latitude", "WGS-84", "WGS-84", unit="degrees")
    lon: float = column("经度", "Longitude", "WGS-84", "WGS-84", unit="degrees")
    tz: str = column("时区", "Time zone", "IANA 名称", "IANA name")
    airport: str = column("机场", "Airport", "主用机场 IATA 代码", "IATA code of the airport in use", default="")
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Sector(Fact):
    """An industry, with the figure a source document sets for it where there is one."""

    sector_id: str = column("行业编号", "Sector id", "如 tea", "e.g. tea")
    name_zh: str = column("行业", "Chinese name", "行业名称", "name")
    name_en: str = column("英文名称", "English name", "行业英文名称", "name in English")
    target_figure: str = column("目标数", "Figure", "文件给出的目标数", "figure the document sets", default="")
    figure_unit: str = column("目标单位", "Unit of figure", "目标数的单位", "unit of the figure", default="")
    hs_code_hint: str = column("HS 提示", "HS hint", "背景知识，未核实", "background, unverified", default="")
    quote: str = quote()
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Market(Fact):
    """A market that policy speaks of; `class` decides subsidies and priority."""

    market_id: str = column("市场编号", "Market id", "如 asean", "e.g. asean")
    name_zh: str = column("市场", "Chinese name", "市场名称", "name")
    name_en: str = column("英文名称", "English name", "市场英文名称", "name in English")
    market_class: Literal["key", "emerging", "policy", ""] = column(
        "市场类别", "Class", "key 重点市场, emerging 新兴市场, policy 政策提及", "key, emerging, policy or blank", default="")
    territories: tuple[str, ...] = column("国家（地区）代码", "Countries or regions", "包含的国家（地区）", "ISO codes it contains", default=())
    quote: str = quote()
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Goal(Fact):
    """A target that a source document sets; a programme chooses which of them it counts (`targets`)."""

    goal_id: str = column("目标编号", "Goal id", "如 K01", "e.g. K01")
    name_zh: str = column("目标", "Chinese name", "目标名称", "name")
    name_en: str = column("英文名称", "English name", "目标英文名称", "name in English")
    relation: str = column("关系", "Relation", ">=, =, range", ">=, = or range")
    low: str = column("下限", "Low", "目标值或下限", "value or lower end", default="")
    high: str = column("上限", "High", "上限", "upper end", default="")
    unit: str = column("单位", "Unit", "单位", "unit", default="")
    scope: str = column("范围", "Scope", "对谁而言", "for whom", default="")
    period: str = column("期间", "Period", "何时", "when", default="")
    quote: str = quote()
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Milestone(Fact):
    """A dated duty stated by a source document or a public notice; shown as stated, never moved."""

    milestone_id: str = column("节点编号", "Milestone id", "如 D-GZ-Q1", "e.g. D-GZ-Q1")
    what_zh: str = column("事项", "What, in Chinese", "要做的事", "what is due")
    what_en: str = column("英文事项", "What, in English", "要做的事（英文）", "what is due, in English")
    due: date | None = column("日期", "Date", "原文日期", "date as stated", default=None)
    relation: str = column("关系", "Relation", "前、止、起……", "before, by, from, ...", default="")
    who: str = column("责任单位", "Who", "谁来做", "who must do it", default="")
    phase_id: str = column("展期编号", "Phase id", "与哪一期有关", "the phase it belongs to", refers_to="phases", default="")
    closes: bool = column("截止报名", "Closes applications", "过期即不能报名", "whether applications close then", default=False)
    door: Door = door()
    quote: str = quote()
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Membership(Fact):
    """A zone in or out of a funding programme in one year; no membership is carried to another year."""

    zone_id: str = column("地区编号", "Zone id", "地区", "zone", refers_to="zones")
    scheme: str = column("资金项目", "Funding programme", "资金项目编号", "id of the funding programme")
    year: int = column("年度", "Year", "年度", "year")
    member: bool = column("在列", "Member", "是否在列", "whether it is in")
    tier: str = column("等次", "Tier", "文件核定的等次；空白为未知", "tier it was put in; blank: unknown", default="")
    quote: str = quote()
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class LocalFact(Fact):
    """What a traveller wants to know of a city, or of a country or region; nobody's memory, only what a source says."""

    fact_id: str = column("条目编号", "Fact id", "短编号，如 us-voltage", "short id, e.g. us-voltage")
    place_id: str = column("城市编号", "Place id", "只适用于一个城市时填写", "city it holds for, where it holds for no other", refers_to="places", default="")
    territory_id: str = column("国家（地区）代码", "Country or region code", "适用的国家（地区）；与城市都空白为各个外国", "country or region; blank with the city blank: every foreign country", refers_to="territories", default="")
    topic: Literal["emergency", "medical", "consular", "embassy", "voltage", "plug", "currency", "weather", "connectivity", "transport", "tipping", "manners"] = column(
        "项目", "Topic", "emergency 紧急电话, medical 就医, consular 领事保护, embassy 使领馆, voltage 电压, plug 插头, currency 货币, weather 天气, connectivity 通信, transport 交通, tipping 小费, manners 风俗",
        "emergency, medical, consular, embassy, voltage, plug, currency, weather, connectivity, transport, tipping, manners",
    )
    text_zh: str = column("内容", "In Chinese", "印在手册上的话", "as the handbook prints it")
    text_en: str = column("内容（英文）", "In English", "英文；空白则印中文", "the same in English; blank: the Chinese is printed", default="")
    text_local: str = column("当地文字", "In the local language", "给当地人看的写法", "as people there read it", default="")
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()
