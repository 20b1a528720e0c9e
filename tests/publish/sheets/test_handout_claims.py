"""The last page of a handout: papers and days for claiming, and never an amount."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Sheet
from fairplanner.publish.sheets.handout import handout
from fairplanner.publish.typesetting import pdf
from fairplanner.shipped import shipped
from tests.programmes.packs_plan import packs_plan
from tests.publish import plans
from tests.publish.reading import pdf_text

TEMPLATES = shipped("templates")


def sheet(lang: str = "zh", shown: bool = False) -> Sheet:
    programme, plan = packs_plan()
    settings = programme.settings.model_copy(update={"show_subsidy": shown})
    press = Press(programme.model_copy(update={"settings": settings}), plan, lang)
    return handout(press, next(p for p in press.parties if "t-sea-1" in p.phase_ids))


def typeset(made: Sheet) -> bytes:
    return pdf(TEMPLATES / "handout" / "handout.typ", made.data(), 0, TEMPLATES)


def section(made: Sheet, key: str) -> Section:
    return next(s for s in made.sections if s.key == key)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("shown", [False, True])
def test_no_expected_subsidy_stands_on_the_paper_of_a_whole_delegation(lang: str, shown: bool) -> None:
    text = pdf_text(typeset(sheet(lang, shown)))
    assert not [amount for amount in ("1,420", "12,000", "15,000", "44,680") if amount in text]
    assert {"zh": "预计", "en": "Expected"}[lang] not in text


def test_nobody_reads_there_which_subsidy_another_firm_is_expected_to_get() -> None:
    programme, plan = packs_plan()
    made = sheet()
    days = section(made, "claim-days")
    assert days.table is not None
    firms = {f.name_zh for f in programme.firms}
    assert days.table.rows
    assert not [row for row in days.table.rows if firms & set(row)]
    assert len(set(days.table.rows)) == len(days.table.rows) < len(plan.claims)
    assert days == section(sheet(shown=True), "claim-days")


def test_what_may_be_claimed_is_listed_though_the_plan_pays_nobody_and_nothing_is_promised() -> None:
    programme, plan = packs_plan()
    press = Press(programme, plan.model_copy(update={"claims": ()}), "zh")
    made = handout(press, next(p for p in press.parties if "t-sea-1" in p.phase_ids))
    assert section(made, "claim-days") == section(sheet(), "claim-days")
    assert section(made, "claim-papers").paragraphs[1:] == (
        "所列为符合条件、可申报的补贴，不论本计划是否计入；可申报不等于获批。",
        "能否获得补助和金额多少，以主管部门审核和资金拨付为准。",
    )


def test_the_checklist_is_the_last_page_with_days_and_papers() -> None:
    made = sheet()
    assert [s.key for s in made.sections][-2:] == ["claim-papers", "claim-days"]
    pages = PdfReader(BytesIO(typeset(made))).pages
    last = "".join(pages[-1].extract_text().split())
    assert last.find("申报材料清单") >= 0
    assert "申报材料清单" not in "".join(pages[-2].extract_text().split())
    assert "2025年5月4日（周日）" in last
    assert "此前最后一个工作日为2025年4月30日（周三）" in last
    assert "营业执照复印件（盖章）（特装补贴、展位费补贴）" in section(made, "claim-papers").checks


def test_nothing_stands_there_where_no_rule_says_when_or_with_what() -> None:
    press = Press(plans.programme(), plans.plan(), "zh")
    assert not [s for s in handout(press, press.parties[0]).sections if s.key.startswith("claim")]
