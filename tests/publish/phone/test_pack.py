"""What stands in a pack."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from fairplanner.publish.agendas.agenda import EntryKind
from tests.publish.phone.made import ABROAD, HOME, a_pack, a_press
from tests.publish.stress import BUYERS, EMPTY, NEW_YEAR, ONE_DAY


def test_every_entry_of_the_agenda_stands_on_each_of_its_days() -> None:
    press = a_press()
    agenda, pack = press.agenda(press.parties[HOME]), a_pack(HOME)
    found = {(day.on, item.key) for day in (*pack.days, *pack.deadlines) for item in day.items}
    wanted = {
        (date.fromordinal(n), e.key) for e in agenda.entries for n in range(e.first.toordinal(), e.last.toordinal() + 1)
    }
    assert found == wanted
    assert {e.kind for day in pack.deadlines for e in day.entries} == {EntryKind.DEADLINE}


def test_notes_stand_on_the_first_day_and_every_day_is_counted() -> None:
    days = [i for day in a_pack(HOME).days for i in day.items if i.key == "fair-days:expo-1-1"]
    assert [bool(i.notes) for i in days] == [True, False, False, False, False]
    assert [i.counted for i in days[:2]] == ["第 1 天，共 5 天", "第 2 天，共 5 天"]


def test_a_place_is_named_in_the_other_language_for_the_driver() -> None:
    first = next(
        i
        for day in a_pack(NEW_YEAR, press=a_press(stressed=True)).days
        for i in day.items
        if i.key.startswith("fair-days")
    )
    assert (first.where, first.abroad) == ("曼谷", "Bangkok")


def test_no_money_no_score_and_no_official_stands_in_a_pack() -> None:
    text = str(asdict(a_pack(ABROAD, press=a_press())))
    assert not [word for word in ("63.0", "20,000", "20000", "9999", "3333", "lead-1", "公务") if word in text]
    days = {day.on for day in a_pack(ABROAD).days}
    assert days == {date(2025, 3, n) for n in range(15, 23)}, "travel of firms, not of officials"


def test_a_delegation_without_firms_and_one_that_only_buys_have_packs() -> None:
    press = a_press(stressed=True)
    assert a_pack(EMPTY, press=press).firms[0][1] == ()
    assert all("标准展位" not in line for f in a_pack(BUYERS, press=press).firms[0][1] for line in f.lines)


def test_a_one_day_trip_has_one_day_and_no_deadline() -> None:
    pack = a_pack(ONE_DAY, press=a_press(stressed=True))
    assert date(2025, 6, 4) in {day.on for day in pack.days}
    assert pack.deadlines == ()
