import re
from datetime import date
from decimal import Decimal

import pytest

from fairplanner.publish.bilingual import bilingual
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Sheet
from fairplanner.publish.typesetting import pdf
from fairplanner.publish.yearbook.leaders import leaders
from fairplanner.shipped import shipped
from tests import builders as b
from tests.publish import plans, stress
from tests.publish.reading import pages_of, pdf_text

TEMPLATES = shipped("templates")
OF_THE_SOLVER = re.compile(
    r"\b(bound|gap|weights?|scores?|optimal|optimum|objective|solver?|solved|proven|feasible)\b|求解|最优|证明|得分|权重|评分|上界|误差", re.IGNORECASE
)  # fmt: skip


def page(lang: str = "zh", *, last_year: bool = False, **tables: object) -> Sheet:
    other = (plans.programme(), plans.plan()) if last_year else None
    return leaders(Press(plans.programme(**tables), plans.plan(), lang, last_year=other))


def part(sheet: Sheet, key: str) -> Section:
    return next(s for s in sheet.sections if s.key == key)


def typeset(sheet: Sheet) -> bytes:
    return pdf(TEMPLATES / "yearbook/leaders.typ", sheet.data(), 0, TEMPLATES)


def texts(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, (tuple, list)):
        return "\n".join(texts(x) for x in value)
    return "\n".join(texts(x) for x in vars(value).values()) if hasattr(value, "__dict__") else ""


@pytest.mark.parametrize("edition", ["zh", "en", "zh-en"])
def test_it_is_one_page_even_where_everything_is_long(edition: str) -> None:
    press = Press(*stress.stress(), edition)
    sheet = bilingual(leaders(press), leaders(press.twin)) if press.is_bilingual else leaders(press)
    made = typeset(sheet)
    assert pages_of(made) == 1
    text = pdf_text(made)
    assert "71" in text
    assert {"zh": "需审定事项", "en": "Fordecision", "zh-en": "Fordecision"}[edition] in text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_word_of_the_solver_stands_on_it(lang: str) -> None:
    for sheet in (page(lang), page(lang, last_year=True), leaders(Press(*stress.stress(), lang))):
        assert not OF_THE_SOLVER.search(texts(sheet.sections)), OF_THE_SOLVER.search(texts(sheet.sections))


def test_the_four_figures_are_those_of_the_plan_each_against_last_year() -> None:
    programme, plan = stress.stress()
    table = part(leaders(Press(programme, plan, "zh", last_year=(programme, plan))), "figures").table
    assert table is not None
    phases = len({s.phase_id for d in plan.delegations for s in d.stops})
    public = (sum(d.total for d in plan.delegations) + sum(c.amount for c in plan.claims)) / 10_000
    said = [row[1] for row in table.rows]
    assert said == [
        str(phases),
        str(len(plan.participations)),
        str(sum(p.booths for p in plan.participations)),
        f"{public:,.2f}",
    ]
    assert all(row[2].endswith("持平") for row in table.rows)


def test_what_nobody_has_said_of_last_year_is_not_given_and_never_nought() -> None:
    sheet = page()
    table = part(sheet, "figures").table
    assert table is not None
    assert {row[2] for row in table.rows} == {"上年数：未提供"}
    assert "上年数：未提供" in part(sheet, "figures").note
    zones = part(sheet, "zones").table
    assert zones is not None
    assert {row[2] for row in (*zones.rows, zones.total)} == {"____"}


def test_a_ledger_gives_numbers_but_neither_changes_nor_shares() -> None:
    sheet = page(ledger=(b.ledger_row(on=date(2024, 4, 19), booths=1),))
    figures, shares, zones = (part(sheet, key).table for key in ("figures", "markets", "zones"))
    assert figures is not None
    assert shares is not None
    assert zones is not None
    assert [row[2] for row in figures.rows] == ["上年台账记有 1", "上年台账记有 1", "上年台账记有 1", "上年数：未提供"]
    assert {row[4] for row in shares.rows} == {"____"}
    assert zones.headers[2] == "台账数"


@pytest.mark.parametrize("key", ["zones", "money"])
def test_columns_add_up_to_their_printed_totals(key: str) -> None:
    for press in (Press(plans.programme(), plans.plan(), "zh"), Press(*stress.stress(), "zh")):
        table = part(leaders(press), key).table
        assert table is not None
        for column in table.numeric:
            cells = [row[column].replace(",", "") for row in table.rows]
            if "____" not in cells:
                assert sum(map(Decimal, cells), Decimal(0)) == Decimal(table.total[column].replace(",", ""))


def test_available_less_planned_is_left_in_every_row() -> None:
    table = part(leaders(Press(*stress.stress(), "zh")), "money").table
    assert table is not None
    for row in (*table.rows, table.total):
        have, planned, left = (Decimal(x.replace(",", "")) for x in row[1:4])
        assert have - planned == left


def test_months_add_up_and_the_bars_are_their_places() -> None:
    section = part(leaders(Press(*stress.stress(), "en")), "months")
    assert section.table is not None
    for row in section.table.rows:
        assert sum(int(x) for x in row[1:-1] if x) == int(row[-1])
    assert len(section.bars) == len(section.table.headers) - 2
    assert max(share for _, share, _ in section.bars) == 1.0


def test_many_zones_are_cut_to_the_largest_and_the_rest_in_one_row_that_still_adds_up() -> None:
    zones = (b.zone("prov"), *(b.zone(f"z{n:02}", "prov") for n in range(20)))
    firms = tuple(b.firm(f"f{n}", f"z{n:02}") for n in range(1, 20))
    sheet = leaders(Press(plans.programme(zones=zones, firms=firms), plans.plan(), "zh"))
    table = part(sheet, "zones").table
    assert table is not None
    assert len(table.rows) == 13
    assert sum(int(row[1]) for row in table.rows) == int(table.total[1])


def test_the_approved_number_of_parties_is_a_blank_until_it_is_known() -> None:
    facts = dict(part(page(), "official").facts)
    assert facts["核准总数"] == "____"
    assert facts["计划安排"] == "1 个，3 人"
    known = dict(part(page(settings=b.settings(approved_parties=12)), "official").facts)
    assert known["核准总数"] == "12"
    assert dict(part(page(approvals=(b.approval(),)), "official").facts)["已有批件"] == "1"


def test_the_page_says_that_it_stays_in_the_office() -> None:
    assert "内部资料，不外传" in pdf_text(typeset(page()))
