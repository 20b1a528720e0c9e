"""The answer to a firm: its own facts, the cut-off, and nothing of anybody else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fairplanner.domain.kinds import FirmKind
from fairplanner.domain.plan import Excluded
from fairplanner.publish.press import Press
from fairplanner.publish.sheets.answer import answer, answered, answers, by_firm, path_of
from fairplanner.rules.reckon.lists import places_lists
from fairplanner.shipped import shipped
from tests import builders as b
from tests.programmes.packs_plan import packs_plan
from tests.publish.lists.test_places_list import a_list
from tests.rules.plans import place, plan
from tests.rules.reckon.test_allotments import handed_out

SCORES = {"f1": 91.3, "f2": 82.7, "f3": 73.9}


def said(firm_id: str, lang: str = "zh", **tables: Any) -> str:
    applications = tuple(b.application(f, score=s, booths=3) for f, s in SCORES.items())
    programme, made = a_list(**({"applications": applications} | tables))
    sheet = answer(Press(programme, made, lang), firm_id, by_firm(places_lists(programme, made))[firm_id])
    rows = [cell for s in sheet.sections if s.table for row in (*s.table.rows, s.table.total) for cell in row]
    return " ".join([sheet.title, sheet.audience, *(p for s in sheet.sections for p in s.paragraphs), *rows])


def test_a_firm_that_waits_is_told_its_score_rank_places_cut_off_and_turn() -> None:
    text = said("f2")
    for fact in ("得分 82.7，列第 2 位", "可安排 5 个展位，最低分 91.3", "列候补第 1 位"):
        assert fact in text, fact


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("firm_id", ["f1", "f2", "f3"])
def test_no_answer_names_another_firm_or_a_score_that_is_not_its_own_or_the_cut_off(firm_id: str, lang: str) -> None:
    text = said(firm_id, lang)
    for other in {"f1", "f2", "f3"} - {firm_id}:
        assert f"示例企业{other}" not in text
        assert f"Sample {other}" not in text
        assert SCORES[other] == 91.3 or str(SCORES[other]) not in text
    assert "50000" not in text


def test_a_place_is_proposed_until_the_notice_has_ended() -> None:
    assert "入围" in said("f1")
    running = said("f1", as_of=date(2024, 11, 1))
    assert "入围" not in running
    assert "拟安排贵公司 2 个展位，以公示结果为准" in running


def test_the_items_of_its_own_sheet_stand_with_figure_date_and_source() -> None:
    item = {
        "figure": "2024 年出口 180 万美元",
        "figure_on": date(2024, 10, 8),
        "figure_source": "海关数据",
        "firm_id": "f2",
    }
    sheet = (b.score_item("出口额", 60, 50, **item), b.score_item("表现", 40, 30.25, firm_id="f2"))
    text = said("f2", scores=sheet, applications=tuple(b.application(f, booths=3) for f in SCORES))
    assert "2024 年出口 180 万美元 2024年10月8日（周二） 海关数据" in text
    assert [f" {points} " in text for points in ("50.00", "30.25", "80.25")] == [True] * 3, "points stand under points"


def test_a_firm_kept_waiting_by_a_rule_is_told_which() -> None:
    from decimal import Decimal

    rules = {"least_export_usd": {FirmKind.PRODUCER: Decimal(750_000)}, "most_below": (1, 5)}
    programme = handed_out(rules, firms=(b.firm("f1"), *(b.firm(f, export_usd=Decimal(900_000)) for f in ("f2", "f3"))))
    made = plan(programme, place("f2"), place("f3"))
    sheet = answer(Press(programme, made, "zh"), "f1", by_firm(places_lists(programme, made))["f1"])
    assert "出口额未达标企业的比例已满" in sheet.sections[0].paragraphs[2]


def test_one_who_is_left_out_for_its_own_reasons_is_told_them_without_money_of_others() -> None:
    programme = handed_out({"booth_formula": False})
    gone = Excluded(
        kind="application", rule="unplaced-money", firm_id="f1", phase_id="expo-1-1",
        facts=(("application", "f1/expo-1-1/-"), ("left", "12345"), ("needed", "67890")),
    )  # fmt: skip
    made = plan(programme, place("f2"), excluded=(gone,))
    sheet = answer(Press(programme, made, "zh"), "f1", by_firm(places_lists(programme, made))["f1"])
    assert "未列入，原因：贵公司填报的自有预算不足" in sheet.sections[0].paragraphs[2]


def test_each_firm_has_a_page_of_its_own() -> None:
    assert str(path_of("示例 1", "zh")) != str(path_of("示例 2", "zh"))
    assert str(path_of("f1", "zh")) == "answers/f1.zh.html"


def subsidised(firm_id: str, shown: bool, lang: str = "zh") -> str:
    programme, plan_of = packs_plan()
    settings = programme.settings.model_copy(update={"show_subsidy": shown})
    press = Press(programme.model_copy(update={"settings": settings}), plan_of, lang)
    if firm_id not in answered(press):
        return ""
    sheet = answer(press, firm_id, answered(press)[firm_id])
    cells = [x for s in sheet.sections if s.table for row in (*s.table.rows, s.table.total) for x in row]
    return " ".join([sheet.title, sheet.kicker, *(p for s in sheet.sections for p in (s.title, *s.paragraphs)), *cells])


@pytest.mark.parametrize(
    ("lang", "caveat"),
    [
        ("zh", "预计，以主管部门审核和资金拨付为准。"),
        ("en", "An estimate, subject to approval and payment by the authorities."),
    ],
)
def test_a_firm_reads_its_own_expected_subsidies_as_an_estimate_and_nobody_elses(lang: str, caveat: str) -> None:
    programme, plan_of = packs_plan()
    own = {f.firm_id: {f"{c.amount:,.2f}" for c in plan_of.claims if c.firm_id == f.firm_id} for f in programme.firms}
    for firm_id, amounts in own.items():
        text = subsidised(firm_id, True, lang)
        assert bool(amounts) == (caveat in text)
        sums = {f"{sum(c.amount for c in plan_of.claims if c.firm_id == firm_id):,.2f}"}
        assert amounts <= set(text.split())
        assert not (set().union(*own.values()) - amounts - sums) & set(text.split())
        assert not [f for f in programme.firms if f.firm_id != firm_id and f.name_zh in text]


def test_without_the_setting_no_answer_tells_a_subsidy() -> None:
    programme, plan_of = packs_plan()
    texts = [subsidised(f.firm_id, False) for f in programme.firms]
    assert not [t for t in texts if "预计" in t]
    assert not [c for c in plan_of.claims for t in texts if f"{c.amount:,.2f}" in t]


def test_on_a_telephone_the_points_stand_beside_their_item() -> None:
    programme, made = a_list(applications=tuple(b.application(f, score=s, booths=3) for f, s in SCORES.items()))
    (page,) = [x for x in answers(Press(programme, made, "zh"), shipped("templates")) if "f2" in x.path.name]
    narrow = page.content.decode().rpartition("@media screen and (max-width: 40rem)")[2].partition("</style>")[0]
    assert "min-width: 0" in narrow, "nothing is scrolled out of sight"
    assert "grid-template-columns: 2fr 1fr 1fr" in narrow
