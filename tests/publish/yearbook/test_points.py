from datetime import date
from decimal import Decimal

from fairplanner.domain.plan import Excluded, Reached
from fairplanner.publish.press import Press
from fairplanner.publish.yearbook.points import MOST, points
from fairplanner.publish.yearbook.telling import Telling
from tests import builders as b
from tests.publish import plans


def told(plan: object = None, **tables: object) -> Telling:
    return Telling(Press(plans.programme(**tables), plan or plans.plan(), "zh"))  # type: ignore[arg-type]


def test_a_party_without_a_permit_is_to_be_decided_by_the_day_its_request_is_due() -> None:
    asks = b.duty("task", -45, who="officials", door="people", anchor="departs")
    first = points(told(duties=(asks,)))[0]
    assert first.due == date(2025, 1, 31)
    assert first.money == plans.abroad().total
    assert "尚无批件" in first.text
    assert not any("批件" in x.text for x in points(told(duties=(asks,), approvals=(b.approval(),))))


def test_more_parties_than_approved_are_to_be_decided() -> None:
    most = b.settings(approved_parties=0)
    assert any("超过核准的 0 个" in x.text for x in points(told(settings=most)))
    assert not any("超过核准" in x.text for x in points(told(settings=b.settings(approved_parties=1))))
    assert not any("超过核准" in x.text for x in points(told()))


def test_targets_not_reached_are_named_with_their_numbers_and_those_reached_are_not() -> None:
    text = next(x.text for x in points(told()) if "目标" in x.text)
    assert "4/5" in text
    reached = plans.plan(targets=(Reached(target_id="t1", reached=5, wanted=5),))
    assert not any("目标" in x.text for x in points(told(reached)))


def test_zones_with_too_few_firms_are_named_together() -> None:
    small = tuple(
        Excluded(kind="delegation", rule="delegation-size", zone_id=z, phase_id="abroad-1-1", facts=(("firms", "2"), ("least", "5")))
        for z in ("east", "west")
    )  # fmt: skip
    firms = [
        *plans.programme().firms,
        b.firm("e1", zone_id="east"),
        b.firm("e2", zone_id="east"),
        b.firm("w1", zone_id="west"),
    ]
    asked = tuple(b.application(f, "abroad-1-1") for f in ("e1", "e2", "w1"))
    text = next(
        x.text
        for x in points(told(plans.plan(excluded=small), firms=tuple(firms), applications=asked))
        if "组团家数" in x.text
    )
    assert "2 个地区" in text
    assert "共 3 家" in text


def test_zones_whose_firms_go_with_another_zone_are_no_point_to_decide() -> None:
    small = (Excluded(kind="delegation", rule="delegation-size", zone_id="west", phase_id="abroad-1-1"),)
    firms = (*plans.programme().firms, b.firm("w1", zone_id="west"))
    with_the_province = plans.plan(excluded=small, participations=(plans.place("w1", "abroad-1-1", sponsor="prov"),))
    found = points(told(with_the_province, firms=firms, applications=(b.application("w1", "abroad-1-1"),)))
    assert not any("组团家数" in x.text for x in found)


def test_decisions_by_hand_are_confirmed_with_the_booths_they_give() -> None:
    text = points(told(decisions=(b.decision(firm_id="f3"),)))[-1].text
    assert "人工决定 1 项（涉及 2 个展位）" in text


def test_what_has_a_day_comes_first_then_what_is_about_most_money_and_never_more_than_five() -> None:
    everything = told(
        plans.plan(excluded=(Excluded(kind="delegation", rule="delegation-size", zone_id="west", phase_id="abroad-1-1"),)),
        duties=(b.duty("task", -45, who="officials", door="people", anchor="departs"),), decisions=(b.decision(firm_id="f3"),),
        settings=b.settings(approved_parties=0),
        funds=tuple(f.model_copy(update={"amount": Decimal(7000)}) if f.fund_id == "trade" else f for f in plans.programme().funds),
    )  # fmt: skip
    found = points(everything)
    assert len(found) == MOST
    assert found[0].due is not None
    money = [x.money or Decimal(0) for x in found if x.due is None]
    assert money == sorted(money, reverse=True)
