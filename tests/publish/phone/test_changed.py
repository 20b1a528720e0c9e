"""What a pack says of the revision before."""

from __future__ import annotations

from fairplanner.publish.phone.changed import Replaced, since
from fairplanner.publish.press import Press
from tests.publish import plans
from tests.publish.phone.made import ABROAD, HOME, a_press, moved, the_plan_before


def test_nothing_is_said_where_nobody_knows_what_stood_before() -> None:
    press = a_press()
    assert since(press, press.parties[HOME], None) == since(press, press.parties[ABROAD], None)
    assert since(press, press.parties[HOME], None).said == ""


def test_a_moved_fair_is_told_with_its_days_before_and_now() -> None:
    press = Press(*moved(), "zh")
    found = since(press, press.parties[HOME], the_plan_before())
    assert found.said == "第2版替代第1版，原版请勿再用。"
    fair = next(c for c in found.changed if c.key == "fair-days:expo-1-1")
    assert fair.what == "变更"
    assert "时间：2025年4月15日—19日（周二至周六） → 2025年4月16日—20日（周三至周日）" in fair.lines
    assert [c.key for c in found.changed if c.key.startswith("closes:")] == []


def test_a_delegation_that_nothing_changes_for_is_told_so() -> None:
    press = Press(*moved(), "en")
    found = since(press, press.parties[ABROAD], the_plan_before())
    assert found.changed == ()
    assert found.said == "Revision 2 replaces revision 1; nothing changes for this delegation."


def test_a_delegation_that_is_new_replaces_nothing() -> None:
    programme, plan = moved()
    press = Press(programme, plan, "zh")
    before = Replaced(plans.programme(), plans.plan(delegations=(plans.abroad(),)))
    assert since(press, press.parties[HOME], before).said == "本团在第1版中没有，为新增。"


def test_an_entry_that_is_gone_is_told_as_cancelled() -> None:
    programme, plan = moved(0)
    press = Press(programme.model_copy(update={"choices": programme.choices[:1]}), plan, "zh")
    found = since(press, press.parties[HOME], the_plan_before())
    gone = next(c for c in found.changed if c.key == "closes:expo-1-1")
    assert gone.what == "取消"
    assert any("2024年10月20日" in line for line in gone.lines)
