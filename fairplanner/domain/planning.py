"""The rows of a programme: zones, firms, applications, staff, money, quotas, targets and decisions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pydantic import field_validator

from fairplanner.domain.columns import Fact, Row, column, whole_fen
from fairplanner.domain.kinds import (
    ApplicationState,
    Confidence,
    CostLine,
    Counts,
    DecisionKind,
    FirmKind,
    Policy,
    Relation,
    Role,
    StandKind,
    Wish,
)
from fairplanner.domain.reference import confidence, note, quote, source


class Zone(Fact):
    """Who sends: a province, prefecture, development zone or chamber; a tree through `parent`."""

    zone_id: str = column("地区编号", "Zone id", "短编号", "short id")
    name_zh: str = column("地区", "Chinese name", "名称", "name")
    name_en: str = column("英文名称", "English name", "英文名称", "name in English")
    kind: str = column("类型", "Kind", "province 省, prefecture 市（州）, zone 经开区, base 基地, chamber 商协会", "province, prefecture, zone, base, chamber")
    parent: str = column("上级", "Parent", "上级地区编号", "zone above it", refers_to="zones", default="")
    place_id: str = column("出发城市", "Home city", "出发城市编号", "city its people leave from", refers_to="places", default="")
    sectors: tuple[str, ...] = column("主导产业", "Sectors", "行业编号", "its leading sectors", refers_to="sectors", default=())
    sends: bool = column("组团", "Sends", "是否组团", "whether it sends delegations of its own", default=True)
    quote: str = quote()
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Firm(Row):
    """A firm (企业); belongs to one zone."""

    firm_id: str = column("企业编号", "Firm id", "统一社会信用代码或自编号", "unified social credit code, or an id of your own")
    name_zh: str = column("企业名称", "Chinese name", "企业名称", "name")
    name_en: str = column("英文名称", "English name", "企业英文名称", "name in English", default="")
    zone_id: str = column("地区编号", "Zone id", "所属地区", "zone it belongs to", refers_to="zones")
    kind: FirmKind = column("企业类型", "Kind", "producer 生产型, trader 流通型", "producer or trader", default=FirmKind.PRODUCER)
    sectors: tuple[str, ...] = column("行业", "Sectors", "行业编号", "sectors", refers_to="sectors", default=())
    markets: tuple[str, ...] = column("目标市场", "Markets", "目标市场编号", "markets it aims at", refers_to="markets", default=())
    export_usd: Decimal | None = column("上年出口额", "Exports last year", "上年度出口额，空白为未知", "exports of the past year; blank: unknown", unit="USD", default=None, ge=0)
    record: float = column("参展记录", "Record", "往届表现，0 到 1", "how it did at past fairs, 0 to 1", default=0.5, ge=0, le=1)
    teams: int = column("可派队数", "Teams", "同一时间能派几队", "teams it can have out at once", unit="teams", default=1, ge=1)
    max_phases: int | None = column("全年最多展期数", "Most phases", "空白为不限", "most phases a year; blank: no limit", unit="phases", default=None, ge=0)
    own_money: Decimal | None = column("自有预算", "Own money", "全年自筹预算，空白为不限", "own budget of the year; blank: no limit", unit="CNY", default=None, ge=0)
    group: str = column("关联企业组", "Group", "母子公司、联营等共用同一编号；空白为独立", "connected firms share one id; blank: on its own", default="")
    tags: tuple[str, ...] = column("属性", "Tags", "补贴条件用的属性，如 trade-grew 外贸增长", "attributes that subsidies ask for, e.g. trade-grew", default=())
    staff: int | None = column("职工人数", "Staff", "空白为未知", "blank: unknown", unit="people", default=None, ge=0)
    turnover: Decimal | None = column("营业收入", "Turnover", "上年度营业收入，空白为未知", "of the past year; blank: unknown", unit="CNY", default=None, ge=0)
    founded: date | None = column("成立日期", "Founded", "空白为未知", "blank: unknown", default=None)
    sme: bool = column("中小企业", "SME", "是否中小企业", "whether it is a small or medium firm", default=True)
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()

    _fen = field_validator("own_money")(whole_fen)


class Related(Row):
    """Two firms that count as one group (关联企业) where money or places are limited for connected firms together."""

    firm_id: str = column("企业编号", "Firm id", "企业", "firm", refers_to="firms")
    related_id: str = column("关联企业编号", "Related firm id", "与之关联的企业；不在企业表中的母公司也可以写，同属一家母公司的企业即为一组", "firm it is connected with; a parent that is not in the table of firms connects its subsidiaries too")
    relation: Relation = column("关联关系", "Relation", "对方是该企业的：parent 母公司, subsidiary 子公司, joint 联营企业, same-controller 同一控制人", "the other firm is its: parent, subsidiary, joint, same-controller")
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Application(Row):
    """A firm asks for a phase (报名); without one, or an invitation, there is no participation."""

    firm_id: str = column("企业编号", "Firm id", "报名企业", "firm that applies", refers_to="firms")
    phase_id: str = column("展期编号", "Phase id", "报名的展期", "phase it asks for", refers_to="phases")
    section_id: str = column("展区编号", "Section id", "报名的展区", "section it asks for", refers_to="sections", default="")
    wish: Wish = column("意愿", "Wish", "wants 希望, would-accept 可接受, refuses 不参加", "wants, would-accept, refuses", default=Wish.WANTS)
    role: Role = column("参加方式", "Role", "exhibit 参展, buy 采购, visit 参观, negotiate 洽谈", "exhibit, buy, visit, negotiate", default=Role.EXHIBIT)
    stand: StandKind = column("展位类型", "Stand", "standard 标准展位, raw 光地, brand 品牌展位, none 无", "standard, raw, brand, none", default=StandKind.STANDARD)
    booths: int = column("申请展位数", "Booths wanted", "折合标准展位（9 平方米）", "standard booths of 9 m² wanted", unit="booths", default=1, ge=0)
    least_booths: int = column("最少接受", "Least accepted", "最少接受的展位数", "fewest booths it would take", unit="booths", default=1, ge=0)
    preference: int = column("志愿顺序", "Preference", "1 为第一志愿", "1 is its first choice", default=1, ge=1)
    people: int = column("人数", "People", "参展人数", "people it sends", unit="people", default=2, ge=1)
    exhibits: str = column("展品", "Exhibits", "主要展品", "main exhibits", default="")
    received: date | None = column("收到日期", "Received", "收到报名的日期", "date the application came in", default=None)
    recommended_by: str = column("推荐单位", "Recommended by", "推荐的地区编号；企业随该地区或其上级组团的地区参加", "zone that recommends it: the firm goes with it or with a zone above it, as far as they send", refers_to="zones", default="")
    committed: date | None = column("合同日期", "Committed", "已签订参展合同的日期；空白为未签", "day on which it had signed for the fair; blank: not yet", default=None)
    score: float | None = column("评分", "Score", "组展单位已评的分数（满分 100），空白则按公式", "score given by the organiser out of 100; blank: by the formula", default=None, ge=0, le=100)
    state: ApplicationState = column("进度", "State", "wish 意向, applied 已报名, first-review 初审, admitted 入围, reserve 候补, not-admitted 未入围, on-notice 公示, paid 已缴费确认, approved 已获批, gone 已成行, reviewed 已总结, claimed 已申报补贴, withdrawn 退展；自 paid 起名额不再变动", "wish, applied, first-review, admitted, reserve, not-admitted, on-notice, paid, approved, gone, reviewed, claimed, withdrawn; from paid on a new plan keeps the place", default=ApplicationState.APPLIED)
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()

    @property
    def application_id(self) -> str:
        """firm/phase/section: one application for each."""
        return f"{self.firm_id}/{self.phase_id}/{self.section_id or '-'}"


class Post(Row):
    """A post that can lead or interpret (带队人员); no personal data."""

    post_id: str = column("岗位编号", "Post id", "岗位编号，不填姓名", "id of the post; no names")
    title_zh: str = column("岗位", "Chinese title", "岗位名称", "title")
    title_en: str = column("英文岗位", "English title", "岗位英文名称", "title in English", default="")
    zone_id: str = column("地区编号", "Zone id", "所属地区；为本级和下级带队", "zone it serves, with all zones below", refers_to="zones")
    skill: str = column("类别", "Skill", "leader 带队, interpreter:es 翻译（语种代码）", "leader, or interpreter:es (language code)")
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Quota(Row):
    """Places handed down (展位基数): booths and square metres at a phase, a section, to a zone and all below it."""

    phase_id: str = column("展期编号", "Phase id", "展期", "phase", refers_to="phases")
    section_id: str = column("展区编号", "Section id", "空白为全部展区合计", "blank: all sections together", refers_to="sections", default="")
    zone_id: str = column("地区编号", "Zone id", "分配到的地区（含下级）", "zone it is handed to, with all below", refers_to="zones")
    booths: int | None = column("展位数", "Booths", "标准展位数，空白为不限", "standard booths; blank: no limit", unit="booths", default=None, ge=0)
    area_m2: int | None = column("面积", "Area", "光地面积，空白为不限", "raw space; blank: no limit", unit="m²", default=None, ge=0)
    reserve: int = column("机动展位", "Reserve", "其中留作机动、只凭人工决定安排的展位数", "booths of these kept back, given only by decision", unit="booths", default=0, ge=0)
    base_score: float | None = column("基准分", "Base score", "按展位基数公式安排时首个展位的基准分；空白为按次序安排首个展位", "score that a first booth takes where the booth-base formula is used; blank: first booths go in order", default=None, ge=0, le=100)
    firms: int | None = column("企业数", "Firms", "企业家数上限，空白为不限", "most firms; blank: no limit", unit="firms", default=None, ge=0)
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Choice(Row):
    """What the office says of a fair this year: how places are given, its weight, its line in the year's list."""

    fair_id: str = column("展会编号", "Fair id", "展会", "fair", refers_to="fairs")
    phase_id: str = column("展期编号", "Phase id", "空白为该展会全部展期", "blank: every phase of the fair", refers_to="phases", default="")
    policy: Policy | None = column("分配方式", "Policy", "optimise 统筹, rank 按评分排序, first-confirmed 先到先得, lottery 抽签；空白按类型默认", "optimise, rank, first-confirmed, lottery; blank: the profile's default", default=None)
    weight: float = column("权重", "Weight", "展会重要性，0 到 1", "how important the fair is, 0 to 1", default=0.5, ge=0, le=1)
    support_zh: str = column("支持方向", "Support, in Chinese", "年度计划表的支持方向", "what the year's list says is supported", default="")
    support_en: str = column("支持方向（英文）", "Support, in English", "英文", "the same in English", default="")
    scale_zh: str = column("计划规模", "Planned scale, in Chinese", "如 30 个标摊、20 家企业", "what the year's list says of the size", default="")
    scale_en: str = column("计划规模（英文）", "Planned scale, in English", "英文", "e.g. 30 booths, 20 firms", default="")
    closes: date | None = column("报名截止", "Closes", "本办报名截止日期", "last day to apply with this office", default=None)
    least_firms: int | None = column("最少企业数", "Least firms", "境外组团最少企业数，空白按类型默认", "fewest firms of a delegation abroad; blank: the profile's default", unit="firms", default=None, ge=0)
    most_firms: int | None = column("最多企业数", "Most firms", "每团最多企业数", "most firms of a delegation; blank: no limit", unit="firms", default=None, ge=0)
    hosted: tuple[CostLine, ...] = column("外方负担", "Hosted", "外方负担的科目：lodging 住宿, meals 伙食, incidentals 公杂", "lines that the host pays: lodging, meals, incidentals", default=())
    car: bool = column("提供交通", "Car", "外方提供交通或包车", "whether transport is provided or a car is hired", default=False)
    officials: int | None = column("公务人数", "Officials", "公务团组人数，空白按类型默认", "officials in the party; blank: the profile's default", unit="people", default=None, ge=0)
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Target(Row):
    """A counter with a wish: shortfall is shown and costs points; a floor only where the programme says so."""

    target_id: str = column("目标编号", "Target id", "短编号", "short id")
    name_zh: str = column("目标", "Chinese name", "名称", "name")
    name_en: str = column("英文名称", "English name", "英文名称", "name in English", default="")
    zone_id: str = column("地区编号", "Zone id", "统计范围（含下级）", "zone it is counted for, with all below", refers_to="zones")
    counts: Counts = column("统计内容", "Counts", "participations 参展次数, firms 企业数, booths 展位数, fairs 展会数, delegations 团数, promotion-trips 赴外招商", "participations, firms, booths, fairs, delegations, promotion-trips")
    fair_id: str = column("展会编号", "Fair id", "仅统计该展会", "only this fair", refers_to="fairs", default="")
    market_class: str = column("市场类别", "Market class", "仅统计该类市场：key 或 emerging", "only fairs for key or emerging markets", default="")
    abroad_only: bool = column("仅境外", "Abroad only", "仅统计境外", "only outside the mainland", default=False)
    at_least: int = column("目标值", "At least", "希望达到的数", "number wanted", ge=0)
    already: int = column("已有", "Already", "计划外已完成的数", "already done outside the plan", default=0, ge=0)
    floor: bool = column("硬性", "Floor", "是则必须达到", "yes: the plan must reach it", default=False)
    points: float = column("每缺一分值", "Points", "每缺一个扣分", "points lost for each one missing", unit="points", default=20, ge=0)
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()


class Decision(Row):
    """A pin set by people (人工决定): what, by which post, when, why and on what basis."""

    decision_id: str = column("决定编号", "Decision id", "短编号", "short id")
    kind: DecisionKind = column("内容", "Kind", "must-go 必须参加, must-not 不得参加, keep 保持", "must-go, must-not, keep")
    firm_id: str = column("企业编号", "Firm id", "企业；与地区二选一", "firm; or else a zone", refers_to="firms", default="")
    zone_id: str = column("地区编号", "Zone id", "地区；与企业二选一", "zone; or else a firm", refers_to="zones", default="")
    phase_id: str = column("展期编号", "Phase id", "展期", "phase", refers_to="phases")
    by: str = column("决定岗位", "By", "作出决定的岗位", "post that decided")
    on: date = column("日期", "On", "决定日期", "day of the decision")
    reason: str = column("理由", "Reason", "理由", "reason")
    basis: str = column("依据", "Basis", "会议纪要、文号等", "minutes, document number, ...")
    note: str = note()
    source: str = source()
    confidence: Confidence = confidence()
