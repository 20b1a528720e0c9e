"""Short texts to paste."""

from __future__ import annotations

import pytest

from fairplanner.publish.phone.texts import LONGEST, all_text, day_text
from fairplanner.publish.press import Press
from tests.publish.phone.made import HOME, a_pack, a_press, moved, the_plan_before


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("stressed", [False, True])
def test_every_day_fits_into_three_hundred_characters_and_names_party_day_and_revision(
    lang: str, stressed: bool
) -> None:
    press = a_press(lang, stressed=stressed)
    for n in range(len(press.parties)):
        pack = a_pack(n, press=press)
        for day in pack.days:
            text = day_text(press.w, pack, day)
            assert len(text) <= LONGEST
            assert text.startswith(("【", "["))
            assert day.full in text.split("\n")[0]
            assert pack.revision in text.split("\n")[0]
            assert "|" not in text
            assert "\t" not in text


def test_short_notes_stay_where_a_long_one_gives_way() -> None:
    press = a_press(stressed=True)
    pack = a_pack(2, press=press)
    day = next(d for d in pack.days if any(i.key == "fair-days:expo-1-1" and i.notes for i in d.items))
    text = day_text(press.w, pack, day)
    assert "30 家企业" in text
    assert "参展企业：" not in text


def test_a_replaced_pack_says_so_in_every_text_and_what_changed_in_the_whole_one() -> None:
    press = Press(*moved(), "zh")
    pack = a_pack(HOME, replaced=the_plan_before(), press=press)
    assert all("第2版替代第1版" in day_text(press.w, pack, day) for day in pack.days)
    assert "【变更】第1届expo展第1期" in day_text(press.w, pack, pack.days[5])
    assert "有变化的安排\n【取消】去程" in all_text(press.w, pack)


def test_the_whole_text_tells_every_day_and_deadline() -> None:
    pack = a_pack(HOME)
    text = all_text(a_press().w, pack)
    assert all(day.full in text for day in (*pack.days, *pack.deadlines))
