from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from fairplanner.domain.kinds import Status
from fairplanner.domain.plan import Excluded
from fairplanner.publish.press import Press
from fairplanner.publish.publication import Draft
from fairplanner.publish.sheet import Section, Sheet
from fairplanner.publish.sheets.briefing import briefing, briefings, page_of
from fairplanner.publish.typesetting import pdf
from fairplanner.shipped import shipped
from tests import builders as b
from tests.publish import plans, stress
from tests.publish.reading import Page, pdf_text

TEMPLATES = shipped("templates")


def sheet_of(lang: str = "zh", which: int = 0, tables: dict[str, object] | None = None, **changes: object) -> Sheet:
    press = Press(plans.programme(**(tables or {})), plans.plan(**changes), lang)
    return briefing(press, press.parties[which])


def html(sheet: Sheet) -> bytes:
    return page_of(Press(plans.programme(), plans.plan(), sheet.lang), sheet, TEMPLATES)


def section(sheet: Sheet, key: str) -> Section:
    return next(s for s in sheet.sections if s.key == key)


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, (tuple, list)):
        return [s for x in value for s in strings(x)]
    return [s for x in vars(value).values() for s in strings(x)] if hasattr(value, "__dict__") else []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_page_and_paper_say_the_same(lang: str) -> None:
    sheet = sheet_of(lang)
    on_page = Page(html(sheet)).text
    on_paper = pdf_text(pdf(TEMPLATES / "briefing" / "briefing.typ", sheet.data(), 0, TEMPLATES))
    said = [
        "".join(line.split())
        for s in sheet.sections
        for x in (s.title, *strings((s.paragraphs, s.items, s.checks, s.note)))
        for line in x.split("\n")
    ]
    cells = [
        "".join(line.split())
        for s in sheet.sections
        if s.table
        for x in strings((s.table.rows, s.table.total))
        for line in x.split("\n")
    ]
    assert len(said) > 20
    for words in [*said, *cells]:
        assert words in on_page
        assert words in on_paper


def test_the_reasons_come_first_and_follow_the_formula() -> None:
    first = sheet_of().sections[0]
    assert first.key == "why"
    assert [bar[0] for bar in first.bars] == ["行业匹配", "市场匹配", "展会权重", "参展记录", "志愿顺序"]
    assert first.bars[0][1:] == (0.6667, "20.0 / 30 分")
    assert first.paragraphs[0] == "2 家企业平均得分 63.0 分（满分 100）。"


def test_expected_claims_carry_their_caveat_and_add_up() -> None:
    claims = section(sheet_of(), "subsidies")
    assert "以主管部门审核和资金拨付为准" in claims.note
    assert claims.table is not None
    amounts = [Decimal(row[3].replace(",", "")) for row in claims.table.rows]
    assert sum(amounts) == Decimal(claims.table.total[3].replace(",", "")) == Decimal("6666.66")


def test_costs_add_up_to_public_and_private_money() -> None:
    table = section(sheet_of(), "costs").table
    assert table is not None
    assert sum(Decimal(row[2].replace(",", "")) for row in table.rows) == Decimal(table.total[2].replace(",", ""))
    assert table.total[2] == "82,859.33"


def test_the_next_deadline_is_named_and_past_ones_say_so() -> None:
    ahead, behind = section(sheet_of(), "due"), section(sheet_of(which=1), "due")
    assert "2024年12月20日（周五）" in ahead.paragraphs[0]
    assert behind.paragraphs[0] == "目录中的节点都已过期。"
    assert behind.table is not None
    assert behind.table.rows[0][2] == "已过"


def test_a_projected_date_is_a_risk_and_is_marked_in_the_facts() -> None:
    phases = (
        b.phase(
            "abroad",
            1,
            start=b.a_programme().phases[0].start,
            end=b.a_programme().phases[0].end,
            place_id="lion",
            status=Status.PROJECTED,
        ),
        *b.a_programme().phases[1:],
    )
    sheet = sheet_of(tables={"phases": phases, "fairs": b.a_programme().fairs})
    assert any("（暂定，据往届推算）" in item for item in section(sheet, "risks").items)
    assert "（暂定，据往届推算）" in dict(sheet.facts)["展期"]


def test_a_stand_without_a_price_is_a_risk() -> None:
    assert any("展位价格" in item for item in section(sheet_of(tables={"prices": ()}), "risks").items)


def test_the_page_is_one_well_formed_file_that_needs_no_network() -> None:
    content = Page(html(sheet_of()))
    assert [a for a in content.addresses if not a.startswith("#")] == []
    assert not {"script", "link", "img", "iframe"} & set(content.tags)
    assert ("html", {"lang": "zh-CN"}) in content.attributes
    assert content.tags.count("h1") == 1
    assert "示例数据" in content.text


def test_names_cannot_write_html() -> None:
    firms = (b.firm("f1", name_zh='<script>alert("1")</script>&'), b.firm("f2"), b.firm("f3", "west"))
    content = Page(html(sheet_of(tables={"firms": firms})))
    assert "script" not in content.tags
    assert '<script>alert("1")</script>&' in content.text


def test_the_office_sees_its_official_party_with_days_and_posts() -> None:
    facts = dict(section(sheet_of(), "officials").facts)
    assert facts["带队岗位"] == "lead-1"
    assert facts["公务团组往返"] == "2025年3月17日—21日（周一至周五）"
    assert dict(sheet_of().facts)["公务团组往返"] == facts["公务团组往返"]
    assert all(s.key != "officials" for s in sheet_of(which=1).sections)


def test_what_one_journey_saves_stands_in_the_office_only() -> None:
    assert "310.50" in section(sheet_of(), "costs").note
    assert "310.50" not in section(sheet_of(which=1), "costs").note


@pytest.mark.parametrize(
    ("which", "policy", "last"),
    [(0, "first-confirmed", "收到次序"), (0, "rank", "名次"), (0, "optimise", "得分")],
)
def test_the_order_is_called_by_what_it_rests_on(which: int, policy: str, last: str) -> None:
    choices = (b.choice("abroad", policy=policy),)
    table = section(sheet_of(which=which, tables={"choices": choices}), "who").table
    assert table is not None
    assert table.headers[-1] == last
    assert {len(row) for row in table.rows} == {len(table.headers)} == {len(table.total)}


def test_a_city_without_rates_is_a_risk_of_every_delegation_that_goes_there() -> None:
    unknown = Excluded(kind="journey", rule="lodging-unknown", phase_id="expo-1-2", facts=(("place", "harbour"),))
    assert any("harbour" in item for item in section(sheet_of(which=1, excluded=(unknown,)), "risks").items)
    assert not any("住宿" in item for item in section(sheet_of(excluded=(unknown,)), "risks").items)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_briefing_of_buyers_speaks_of_no_stand(lang: str) -> None:
    press = Press(plans.programme(), plans.buyers_only(), lang)
    sheet = briefing(press, press.parties[0])
    keys = [s.key for s in sheet.sections]
    assert "guests" in keys
    assert not {"halls", "who"} & set(keys)
    said = " ".join(strings(sheet.sections))
    assert not [word for word in ("展位", "楣板", "搭建", "ooth", "tand ", "tands ") if word in said]


def test_what_only_chinese_readers_can_read_stays_off_english_paper() -> None:
    fairs = tuple(
        f.model_copy(update={"organiser": "商务部", "usual_window": "9月", "website": "https://example.org"})
        for f in plans.programme().fairs
    )
    table = section(sheet_of("en", tables={"fairs": fairs}), "markets").table
    assert table is not None
    assert table.rows[0][1] == "Website: https://example.org"


@pytest.mark.parametrize("firms", [31, 32, 42])  # sizes at which the total had fallen on a page of its own
def test_no_total_stands_alone_under_a_repeated_header(firms: int) -> None:
    programme, plan = plans.a_big_delegation(firms)
    press = Press(programme, plan, "zh")
    content = pdf(TEMPLATES / "briefing" / "briefing.typ", briefing(press, press.parties[0]).data(), 0, TEMPLATES)
    pages = ["".join(page.extract_text().split()) for page in PdfReader(BytesIO(content)).pages]
    assert not [page for page in pages if "名次合计" in page]


FRONT = ("why", "front-who", "front-targets", "front-money", "front-next", "results", "front-risks")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("which", [stress.LONG, stress.BIG, stress.EMPTY])
def test_the_front_is_one_page_whatever_the_names_and_the_firms(lang: str, which: int) -> None:
    press = Press(*stress.stress(), lang)
    sheet = briefing(press, press.parties[which])
    front = [s for s in sheet.sections if s.key in FRONT]
    content = pdf(TEMPLATES / "briefing" / "briefing.typ", sheet.data(), 0, TEMPLATES)
    first, second = ("".join(p.extract_text().split()) for p in PdfReader(BytesIO(content)).pages[:2])
    assert [s.key for s in sheet.sections[: len(FRONT)]] == list(FRONT)
    for said in strings([(s.title, s.paragraphs, s.facts, s.items, s.checks, s.note) for s in front]):
        assert "".join(said.split()) in first
    assert "".join(sheet.sections[len(FRONT)].title.split()) in second
    assert sheet.sections[len(FRONT)].own_page


def test_the_front_names_what_is_due_next_with_the_days_that_are_left() -> None:
    ahead = section(sheet_of(), "front-next")
    assert ahead.facts[0] == ("2024年12月20日（周五）\n还有 49 天", "报名截止（本办）：第1届abroad展")
    assert section(sheet_of(which=1), "front-next").paragraphs == ("目录中的节点都已过期。",)


def test_the_front_sets_the_plan_against_each_fund_that_pays() -> None:
    money = section(sheet_of(), "front-money")
    assert money.table is not None
    assert dict(money.table.rows) == {
        "公务团组经费": "23,499.33",
        "企业自付（补贴前）": "59,360.00",
        "预计补贴": "6,666.66",
    }
    assert money.figure is not None
    assert "travel 23,499 / 200,000" in money.figure.alt
    assert section(sheet_of(which=1), "front-money").figure is None


def test_the_largest_sections_stand_on_the_front_and_the_others_are_counted() -> None:
    programme, plan = stress.stress()
    press = Press(programme, plan, "zh")
    line = dict(section(briefing(press, press.parties[stress.BIG]), "front-who").facts)["展区"]
    assert line.count("\n") == 1
    assert line.count("另有 4 个展区") == 2


def test_dates_that_may_move_are_the_first_risk_on_the_front() -> None:
    press = Press(*stress.stress(), "zh")
    shown = section(briefing(press, press.parties[stress.LONG]), "front-risks").items
    everything = section(briefing(press, press.parties[stress.LONG]), "risks").items
    assert "日期尚未正式公布" in shown[0]
    assert shown[-1] == f"另有 {len(everything) - len(shown) + 1} 项，见详细资料。"


def test_the_front_is_one_page_in_both_languages_too() -> None:
    press = Press(plans.programme(), plans.plan(), "zh-en")
    drafts = [x for x in briefings(press, TEMPLATES) if isinstance(x, Draft)]
    assert drafts[0].path.name.endswith(".zh-en.pdf")
    content = pdf(TEMPLATES / drafts[0].template, drafts[0].data, drafts[0].timestamp, TEMPLATES)
    first = "".join(PdfReader(BytesIO(content)).pages[0].extract_text().split())
    for key in ("briefing.why", "front.who", "briefing.targets", "front.money", "front.next", "briefing.results", "briefing.risks"):  # fmt: skip
        assert "".join(press.w(key).split()) in first
        assert "".join(press.twin.w(key).split()) in first


def test_a_column_in_which_nothing_stands_is_left_out() -> None:
    table = section(sheet_of(), "who").table
    assert table is not None
    assert not {"展区", "展品"} & set(table.headers)
