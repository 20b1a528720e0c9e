"""Blocks of days: free days, days between two places, the way out and back, New Year, days that are alike."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from fairplanner.publish.agendas.agenda import Entry, EntryKind
from fairplanner.publish.press import Press
from fairplanner.publish.sheet import Day
from fairplanner.publish.sheets.handout import course_of
from fairplanner.publish.sheets.handout_days import Course, day_blocks, each_day, short_days
from tests import builders as b
from tests.publish import plans, stress

START = date(2025, 3, 10)


@lru_cache
def press(lang: str = "zh") -> Press:
    territories = (
        b.r.Territory(territory_id="CN", name_zh="中国", name_en="China", **b.SAMPLE),
        b.r.Territory(territory_id="TH", name_zh="泰国", name_en="Thailand", **b.SAMPLE),
        b.r.Territory(territory_id="SG", name_zh="新加坡", name_en="Singapore", **b.SAMPLE),
    )
    places = (
        *plans.programme().places,
        b.place("delta", 13.8, 100.5, "TH", "Asia/Bangkok", name_zh="曼谷", name_en="Bangkok"),
    )
    return Press(plans.programme(places=places, territories=territories), plans.plan(), lang)


def entry(kind: EntryKind, place: str, first: int, last: int) -> Entry:
    spot = press().naming.at(place)
    return Entry(
        f"{kind}:{place}:{first}",
        kind,
        f"{kind} {place}",
        START + timedelta(first),
        START + timedelta(last),
        True,
        spot,
    )


def blocks(*entries: Entry, away: tuple[int, int] | None = None, **options: object) -> tuple[Day, ...]:
    span = ((START + timedelta(away[0]), START + timedelta(away[1])),) if away else ()
    return day_blocks(press(), Course(entries, "hills", span, **options))  # type: ignore[arg-type]


def test_a_day_with_nothing_planned_is_room_to_write_in() -> None:
    made = blocks(entry(EntryKind.FAIR_DAYS, "delta", 0, 0), entry(EntryKind.FAIR_DAYS, "delta", 2, 2), away=(0, 2))
    assert [d.lines[0].title for d in made] == ["fair-days delta", "计划中没有事项，可自行填写", "fair-days delta"]
    assert all(len(d.slots) == 4 and not any(s.lines for s in d.slots) for d in made)


def test_many_free_days_in_a_row_are_one_block_and_no_day_is_lost() -> None:
    made = blocks(entry(EntryKind.FAIR_DAYS, "delta", 0, 0), entry(EntryKind.FAIR_DAYS, "delta", 5, 5), away=(0, 5))
    assert [d.date for d in made] == [
        "2025年3月10日（周一）",
        "2025年3月11日—14日（周二至周五）",
        "2025年3月15日（周六）",
    ]
    assert made[1].slots == ()


def test_days_without_an_entry_and_without_a_journey_are_left_out() -> None:
    assert len(blocks(entry(EntryKind.FAIR_DAYS, "delta", 0, 0), entry(EntryKind.FAIR_DAYS, "delta", 5, 5))) == 2


def test_between_two_places_nobody_says_which_clock_holds() -> None:
    made = blocks(entry(EntryKind.FAIR_DAYS, "delta", 0, 0), entry(EntryKind.FAIR_DAYS, "lion", 2, 2), away=(0, 2))
    assert [d.where for d in made] == ["泰国曼谷", "泰国曼谷→新加坡lion", "新加坡lion"]
    assert [d.clock for d in made] == ["比北京时间慢 1 小时", "", "与北京时间相同"]
    assert [d.slots[0].here for d in made] == ["09:00", "", ""]


def test_clocks_stand_beside_each_other_abroad_only() -> None:
    abroad, at_home = (
        blocks(entry(EntryKind.FAIR_DAYS, "delta", 0, 0))[0],
        blocks(entry(EntryKind.FAIR_DAYS, "harbour", 0, 0))[0],
    )
    assert [(s.here, s.home) for s in abroad.slots] == [
        ("09:00", "北京时间 10:00"), ("12:00", "北京时间 13:00"), ("14:00", "北京时间 15:00"), ("18:00", "北京时间 19:00"),
    ]  # fmt: skip
    assert at_home.clock == ""
    assert {(s.here, s.home) for s in at_home.slots} == {("", "")}


def test_on_the_way_only_the_day_of_arrival_says_where() -> None:
    out, stay = entry(EntryKind.TRAVEL_OUT, "delta", 0, 1), entry(EntryKind.FAIR_DAYS, "delta", 2, 2)
    back = entry(EntryKind.TRAVEL_BACK, "delta", 3, 5)
    made = blocks(out, stay, back)
    assert [d.where for d in made] == ["", "泰国曼谷", "泰国曼谷", "泰国曼谷", "", ""]
    assert [bool(d.slots[0].here) for d in made] == [False, False, True, True, False, False]
    own = blocks(out, stay, back, own=True, blanks=("航班/车次",))
    assert own[1].where == "中国hills→泰国曼谷"
    assert own[5].where == "中国hills"
    assert [bool(line.blanks) for d in own for line in d.lines] == [True, False, False, True, False, False]


def test_new_year_is_crossed_without_a_gap() -> None:
    press = Press(*stress.stress(), "zh")
    course = course_of(press, press.parties[stress.NEW_YEAR], press.agenda(press.parties[stress.NEW_YEAR]))
    assert course.dates == each_day(date(2025, 12, 26), date(2026, 1, 4))
    days = day_blocks(press, course)
    assert [d.date for d in days][5:7] == ["2025年12月31日（周三）", "2026年1月1日（周四）"]


def test_days_that_are_alike_are_one_in_short_and_none_is_lost() -> None:
    for which in range(len(stress.stress()[1].delegations)):
        press = Press(*stress.stress(), "en")
        party = press.parties[which]
        course = course_of(press, party, press.agenda(party))
        short = short_days(press, course)
        assert len(short) <= len(course.dates)
        assert short[0].date.startswith(str(course.dates[0].day))
        assert {line.title for d in short for line in d.lines} >= {e.title for e in course.entries}


def test_who_packs_up_at_one_fair_while_the_next_is_set_up_goes_from_the_first_to_the_second() -> None:
    trip = Press(*stress.stress(), "en")
    party = trip.parties[stress.LONG]
    where = {d.date: d.where for d in day_blocks(trip, course_of(trip, party, trip.agenda(party)))}
    assert [where[d] for d in ("20 March 2025 (Thu)", "21 March 2025 (Fri)", "25 March 2025 (Tue)")] == [
        "lion, Singapore → Kuala Lumpur, Malaysia",
        "lion, Singapore → Kuala Lumpur, Malaysia",
        "Kuala Lumpur, Malaysia → Bangkok, Thailand",
    ]
