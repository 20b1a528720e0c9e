"""What the papers say: whom they are for, what stays blank, which days and sums stand in them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Stop
from fairplanner.publish.office.owed import KINDS, MAKERS
from fairplanner.publish.office.paper import BLANK, Form, Paper
from fairplanner.rules.reckon.tariff import party_cost
from tests import builders as b
from tests.publish import plans
from tests.publish.office.desks import a_year, activity, desk, opened, papers, text_of, words_of

OUTWARD = ("recruit", "notice", "firms")
MONEY = re.compile(r"\d[\d,]*\.\d\d|最低分|元）|CNY")


def one(kind: str, lang: str = "zh") -> Paper:
    return papers(kind, desk(lang))[0]


def form(paper: Paper) -> Form:
    return next(paper.forms)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_paper_says_that_it_is_a_sample_and_only_those_for_the_office_that_they_are_internal(
    kind: str, lang: str
) -> None:
    paper = one(kind, lang)
    header = opened(paper).sections[0].header.paragraphs[0].text
    assert desk(lang).w("paper.sample") in header
    assert (desk(lang).w("office.internal") in header) == paper.is_internal == (kind not in OUTWARD)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_goes_outward_tells_no_score_and_no_money(lang: str) -> None:
    at = desk(lang)
    for kind in ("notice", "firms"):
        for paper in papers(kind, at):
            said = words_of(paper)
            assert at.w("giving.col_score") not in [f.header for form in paper.forms for f in form.fields]
            assert not MONEY.search(said)
            for found in (x for own in at.lists.values() for x in own for x in x.lines):
                assert f"{found.score}" not in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_until_its_notice_has_ended_no_paper_says_that_a_place_is_settled(lang: str) -> None:
    at = desk(lang)
    for kind in MAKERS:
        for paper in papers(kind, at):
            assert "确认" not in words_of(paper)
            assert at.w("giving.placed.settled") not in words_of(paper)
    assert "拟" in one("firms").title


def test_the_notice_gives_its_days_in_working_days_and_says_whom_to_write_to() -> None:
    told, open_ = papers("notice", desk(year=a_year()))[1], papers("notice", desk(year=a_year(notices=())))[1]
    assert "expo-1-1" in (told.subject_id, open_.subject_id)
    assert "2024年10月28日—11月4日" in words_of(told)
    assert "共6个工作日" in words_of(told)
    assert told.lacks == ()
    assert f"{BLANK}年{BLANK}月{BLANK}日—{BLANK}月{BLANK}日" in words_of(open_)
    assert open_.lacks
    assert f"联系人：{BLANK}" in words_of(told)


def test_nothing_is_signed_sealed_or_numbered_for_anybody() -> None:
    for kind in KINDS:
        for paper in papers(kind):
            said = words_of(paper)
            assert not re.search(r"〔\d{4}〕\s*\d+\s*号", said.split("标准依据")[0])
            if paper.is_signed:
                assert f"（发文机关）{BLANK}" in said
                assert f"{BLANK}年{BLANK}月{BLANK}日" in said


def test_names_are_blanks_and_nothing_asks_for_a_passport() -> None:
    people = form(one("request"))
    heads = [f.header for f in people.fields]
    assert heads[1:5] == ["姓名", "性别", "出生年月", "工作单位及职务"]
    assert all(row[1:5] == (None, None, None, None) for row in people.rows)
    assert len(people.rows) == 3
    assert not re.search("护照|身份证|passport", words_of(one("request")) + " ".join(heads), re.IGNORECASE)


def test_the_days_away_have_every_day_morning_and_afternoon_and_name_what_is_open() -> None:
    paper = one("itinerary")
    days = form(paper)
    assert [f.header for f in days.fields] == ["日期", "上午", "下午", "城市", "公务活动", "备注"]
    assert [str(row[0]).split("（")[0] for row in days.rows] == [f"2025年3月{d}日" for d in range(17, 22)]
    assert all(row[1] and row[2] and row[3] for row in days.rows)
    known, open_ = days.rows[1], days.rows[2]
    assert known[1:3] == ("会见采购商", "推介会")
    assert open_[1:3] == ("待定", "待定")
    assert "上午待定" in str(open_[5])
    assert "尚待安排公务活动的半天4个：2025年3月19日—20日（周三至周四）全天" in days.note
    assert paper.lacks == ("公务活动 4 个半天（activities 表）",)


def test_a_half_day_is_named_alone_where_the_other_half_has_business() -> None:
    year = a_year(activities=(activity(date(2025, 3, 18), "afternoon"),))
    note = form(papers("itinerary", desk(year=year))[0]).note
    assert "2025年3月18日（周二）上午、2025年3月19日—20日" in note


def test_business_of_the_zone_above_stands_beside_ones_own_on_the_same_half_day() -> None:
    zones = (b.zone("land"), b.zone("prov", "land"), b.zone("east", "prov"), b.zone("west", "prov"))
    both = tuple(activity(date(2025, 3, 18), "morning", t, zone_id=z) for z, t in (("prov", "甲"), ("land", "乙")))
    row = form(papers("itinerary", desk(year=a_year(activities=both, zones=zones)))[0]).rows[1]
    assert sorted(str(row[1]).split("\n")) == ["乙", "甲"]


def test_where_everything_is_arranged_nothing_is_open() -> None:
    busy = tuple(activity(date(2025, 3, d), half) for d in (18, 19, 20) for half in ("morning", "afternoon"))
    paper = papers("itinerary", desk(year=a_year(activities=busy)))[0]
    assert "待定" not in words_of(paper)
    assert paper.lacks == ()


@settings(max_examples=12, deadline=None)
@given(
    st.integers(1, 6), st.integers(0, 4), st.decimals("0.01", "9999.99", places=2), st.decimals("0.001", "12", places=4)
)
def test_the_budget_adds_up_in_every_line_and_in_all(
    people: int, longer: int, standard: Decimal, rate: Decimal
) -> None:
    stay = b.stay("lion", 900, currency="USD", meals=standard, incidentals=Decimal("7.77"))
    stays = (stay.model_copy(update={"lodging": standard}),)
    programme, plan = a_year(
        stays=stays, rates=(b.m.Rate(currency="USD", rate=rate, on=date(2024, 10, 1), **b.SAMPLE),)
    )
    back = date(2025, 3, 21) + timedelta(days=longer)
    stops = (Stop(phase_id="abroad-1-1", arrive=date(2025, 3, 17), leave=back - timedelta(days=1)),)
    party = plans.abroad(officials=people, stops=stops, return_=back)
    cost = party_cost(programme, party.home, stops, party.depart, back, people)
    party = party.model_copy(update={"cost": tuple(sorted((k.value, v) for k, v in cost.items()))})
    made = plan.model_copy(update={"delegations": (party,)})
    grid = form(papers("budget", desk(year=(programme, made)))[0])
    amounts = [row[-1] for row in grid.rows]
    assert sum(amounts, Decimal(0)) == grid.last[-1] == party.total  # type: ignore[arg-type]
    for row in grid.rows[1:]:
        _, _, each, heads, count, foreign, _, amount = row
        days = int(re.findall(r"\d+", str(count))[0])
        assert foreign == (each * heads * days).quantize(Decimal("0.01"))  # type: ignore[operator]
        assert abs(each * heads * days * rate - amount) < Decimal("0.02")  # type: ignore[operator]


def test_a_budget_whose_rates_have_changed_keeps_its_sums_and_shows_blanks() -> None:
    year = plans.programme(), plans.plan()
    paper = papers("budget", desk(year=year))[0]
    assert form(paper).last[-1] == Decimal("23499.33")
    assert BLANK in words_of(paper)
    assert paper.lacks == ("预算明细（标准或汇率与方案不同）",)


def test_the_summary_leaves_results_blank_until_the_ledger_has_them() -> None:
    blank = papers("summary")[1]
    assert blank.subject_id.startswith("prov/abroad")
    results = list(blank.forms)[-1]
    assert [f.header for f in results.fields][-5:] == [
        "意向成交（美元）",
        "新客户（家）",
        "样单（份）",
        "满意度（1—5）",
        "下届是否参加",
    ]
    assert all(value is None for row in results.rows for value in row[-5:])
    assert results.last[-5:-2] == (BLANK, BLANK, BLANK)


def test_what_the_ledger_has_stands_in_the_summary() -> None:
    row = b.ledger_row(
        "f1", "abroad", date(2025, 3, 20), intended_usd=Decimal(5000), new_buyers=3, satisfaction=4, again=True
    )
    paper = papers("summary", desk(year=a_year(ledger=(row,))))[1]
    results = list(paper.forms)[-1]
    assert (Decimal(5000), 3, None, 4, "是") in [r[-5:] for r in results.rows]
    assert results.last[-5:-2] == (Decimal(5000), 3, BLANK)


def test_the_money_of_a_summary_is_the_plans_and_what_was_spent_is_open() -> None:
    money = next(papers("summary")[1].forms)
    _, plan = a_year()
    assert sum(row[1] for row in money.rows) == plan.delegations[0].total + sum(c.amount for c in plan.claims)  # type: ignore[misc]
    assert money.last == ("合计", money.last[1], BLANK, BLANK)


def test_a_form_comes_back_in_columns_that_applications_are_read_from() -> None:
    from fairplanner.domain.columns import column_docs
    from fairplanner.domain.planning import Application
    from fairplanner.publish.office.recruiting import Notice

    at = desk()
    sheet = Notice(at, at.editions[1]).applications()
    known = {doc.zh: name for name, doc in column_docs(Application).items()}
    assert [known[f.header] for f in sheet.fields][:3] == ["firm_id", "phase_id", "section_id"]
    assert [row[1] for row in sheet.rows] == ["expo-1-1", "expo-1-2"]


def test_a_notice_that_calls_for_firms_says_where_when_and_until_which_day() -> None:
    paper = papers("recruit")[1]
    said = words_of(paper)
    for part in (
        "2025年4月15日—19日（周二至周六）",
        "2024年10月20日",
        "expo展",
        "按得分由高到低",
        "附件1",
        "附件2",
        "prov区",
    ):
        assert part in said, part
    assert paper.lacks == ("举办地点",) or "主办单位" in paper.lacks


def test_who_only_buys_has_no_booths_on_the_list() -> None:
    paper = papers("firms", desk(year=(plans.programme(), plans.buyers_only())))[0]
    assert "展位数" not in [f.header for f in form(paper).fields]
    assert "参会" in paper.title
    assert "采购" in text_of(opened(paper))


def test_a_party_to_hong_kong_or_macao_is_named_as_such() -> None:
    base = plans.programme()
    hong_kong = b.r.Territory(territory_id="HK", name_zh="中国香港", name_en="Hong Kong, China", **b.SAMPLE)
    places = tuple(x.model_copy(update={"territory_id": "HK"}) if x.place_id == "lion" else x for x in base.places)
    programme, plan = a_year(territories=(*base.territories, hong_kong), places=places)
    party = plan.delegations[0].model_copy(update={"regime": Regime.HKMO})
    made = plan.model_copy(update={"delegations": (party, plan.delegations[1])})
    request = papers("request", desk(year=(programme, made)))[0]
    assert request.title.replace("\u200b", "") == "关于因公赴中国香港参加第1届abroad展的请示"
    assert "一行3人因公赴中国香港" in words_of(request)
