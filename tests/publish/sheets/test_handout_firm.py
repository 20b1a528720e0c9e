"""The itinerary of one firm: everything of its own, nothing of another firm, no score and no price."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

import pytest

from fairplanner.publish.agendas.agenda import AudienceKind
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Section, Sheet
from fairplanner.publish.sheets.handout_firm import FirmParty, firm_handout, firm_handouts, firms, path_of, together
from fairplanner.publish.typesetting import pdf
from fairplanner.shipped import shipped
from tests.programmes.packs_plan import packs_plan
from tests.publish import plans
from tests.publish.reading import pdf_text

TEMPLATES = shipped("templates")


@lru_cache
def press(lang: str = "zh", shown: bool = False) -> Press:
    programme, plan = packs_plan()
    settings = programme.settings.model_copy(update={"show_subsidy": shown})
    return Press(programme.model_copy(update={"settings": settings}), plan, lang)


def texts(sheet: Sheet) -> str:
    return str(sheet.data())


def own(press: Press, firm_id: str) -> FirmParty:
    return next(f for f in firms(press) if f.firm_id == firm_id)


def section(sheet: Sheet, key: str) -> Section:
    return next(s for s in sheet.sections if s.key == key)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("shown", [False, True])
def test_no_other_firm_no_score_and_no_price_stands_there(lang: str, shown: bool) -> None:
    p = press(lang, shown)
    names = {f.firm_id: p.naming.firm(f.firm_id) for f in p.programme.firms}
    for mine in firms(p):
        said = texts(firm_handout(p, mine))
        others = [name for firm, name in names.items() if firm != mine.firm_id and name not in names[mine.firm_id]]
        assert not [name for name in others if name in said], mine.firm_id
        money = (
            [j.fare for j in mine.journeys] + [j.lodging for j in mine.journeys] + [x.stand_cost for x in mine.places]
        )
        assert not [m for m in money if m > 100 and p.dress.amount(m) in said]
        assert not [x for x in mine.places if p.dress.number(x.score, 1) in said and x.score % 1]


def test_expected_subsidies_stand_there_only_where_the_programme_shows_them() -> None:
    firm = next(f for f in firms(press()) if f.claims)
    assert "subsidies" not in {s.key for s in firm_handout(press(), firm).sections}
    table = section(firm_handout(press(shown=True), firm), "subsidies").table
    assert table is not None
    assert len(table.rows) == len(firm.claims)


def test_every_place_stands_once_in_date_order_and_every_day_of_its_calendar_is_shown() -> None:
    p = press()
    for mine in firms(p):
        sheet = firm_handout(p, mine)
        table = section(sheet, "places").table
        assert table is not None
        assert len(table.rows) == len(mine.places)
        days = [d for s in sheet.sections for d in s.days]
        entries = [e for e in p.book.agenda(AudienceKind.FIRM, mine.firm_id).entries if e.kind != "deadline"]
        assert {line.title for d in days for line in d.lines} >= {e.title for e in entries}
        assert days[0].date == p.dress.day(min(e.first for e in entries))
        assert days[-1].date == p.dress.day(max(e.last for e in entries))


def test_days_of_travel_have_lines_for_what_is_on_the_ticket() -> None:
    p = Press(plans.programme(), plans.plan(), "zh")
    days = [d for s in firm_handout(p, own(p, "f1")).sections for d in s.days]
    blanks = [line.blanks for d in days for line in d.lines if line.blanks]
    assert blanks == [("航班/车次", "出发时间", "集合时间、地点")] * 4


def test_times_away_from_home_are_sections_of_their_own() -> None:
    p = Press(plans.programme(), plans.plan(), "zh")
    titles = [s.title for s in firm_handout(p, own(p, "f1")).sections if s.days]
    assert titles == ["逐日安排：第1届abroad展", "逐日安排：第1届expo展第1期"]


def test_spans_that_touch_are_one() -> None:
    def day(n: int) -> date:
        return date(2025, 3, n)

    spans = [(day(5), day(6)), (day(1), day(2)), (day(3), day(3)), (day(8), day(9)), (day(8), day(8))]
    assert together(spans) == ((day(1), day(3)), (day(5), day(6)), (day(8), day(9)))
    assert together(()) == ()


def test_there_is_one_for_each_firm_with_a_place_and_it_is_typeset() -> None:
    p = Press(plans.programme(), plans.plan(), "en")
    drafts = list(firm_handouts(p, TEMPLATES))
    assert [d.path for d in drafts] == [path_of(f, "en") for f in ("f1", "f2", "f3")]
    text = pdf_text(pdf(TEMPLATES / drafts[0].template, drafts[0].data, 0, TEMPLATES))
    assert "Forthisfirmonly" in text
    assert "Showthistothedriver" in text
    assert not list(firm_handouts(Press(plans.programme(), plans.plan(participations=()), "en"), TEMPLATES))
