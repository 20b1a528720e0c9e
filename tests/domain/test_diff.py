"""What differs between two plans."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from fairplanner.domain.diff import diff
from fairplanner.domain.kinds import Regime, Role, StandKind
from fairplanner.domain.plan import Change, Claim, Delegation, Journey, Participation, Plan, Stop


def a_plan(**parts: object) -> Plan:
    base = {
        "programme_id": "t", "programme_digest": "", "revision": 1, "as_of": date(2024, 11, 1), "status": "optimal", "value": 0,
        "bound": 0, "gap": 0.0, "engine": "exact", "reproducible": True,
    }  # fmt: skip
    return Plan.model_validate(base | parts)


def a_participation(firm: str = "f1", booths: int = 1) -> Participation:
    return Participation(
        participation_id=f"{firm}/p/-@east#{booths}", application_id=f"{firm}/p/-", firm_id=firm, phase_id="p", section_id="", sponsor="east",
        role=Role.EXHIBIT, stand=StandKind.STANDARD, booths=booths, people=2, value=1, score=1.0,
    )  # fmt: skip


def a_delegation(depart: int = 14) -> Delegation:
    stop = Stop(phase_id="p", arrive=date(2025, 4, depart), leave=date(2025, 4, 19))
    return Delegation(
        delegation_id=f"d{depart}",
        sponsor="east",
        regime=Regime.ABROAD,
        stops=(stop,),
        home="h",
        depart=date(2025, 4, depart),
        return_=date(2025, 4, 20),
    )


def test_a_plan_does_not_differ_from_itself() -> None:
    plan = a_plan(participations=(a_participation(),), delegations=(a_delegation(),))
    assert diff(plan, plan) == ()


def test_more_booths_are_a_change_of_the_same_participation() -> None:
    old, new = a_plan(participations=(a_participation(),)), a_plan(participations=(a_participation(booths=2),))
    assert diff(old, new) == (
        Change("changed", "participation", "f1/p/-", "east standard 1 people 2", "east standard 2 people 2"),
    )


def test_other_people_or_other_days_of_travel_are_a_change_of_the_same_participation() -> None:
    one, two = a_participation(), a_participation().model_copy(update={"people": 4})
    way = Journey(
        journey_id="j", firm_id="f1", phases=("p",), depart=date(2025, 4, 10), return_=date(2025, 4, 20), people=2,
        fare=Decimal(1), lodging=Decimal(1),
    )  # fmt: skip
    (change,) = diff(a_plan(participations=(one,)), a_plan(participations=(two,)))
    assert (change.before, change.after) == ("east standard 1 people 2", "east standard 1 people 4")
    later = way.model_copy(update={"depart": date(2025, 4, 11)})
    (change,) = diff(*(a_plan(participations=(one,), journeys=(j,)) for j in (way, later)))
    assert change.before.endswith(" away 2025-04-10..2025-04-20")
    assert change.after.endswith(" away 2025-04-11..2025-04-20")


def test_other_officials_or_posts_are_a_change_of_the_same_delegation() -> None:
    old = a_delegation().model_copy(update={"officials": 2, "posts": ("lead", "voice")})
    new = old.model_copy(update={"posts": ("other", "voice")})
    (change,) = diff(a_plan(delegations=(old,)), a_plan(delegations=(new,)))
    assert change.before == "2025-04-14..2025-04-20 officials 2 posts lead,voice"
    assert change.after == "2025-04-14..2025-04-20 officials 2 posts other,voice"


def test_a_firm_that_drops_out_and_one_that_comes_in() -> None:
    old, new = a_plan(participations=(a_participation("f1"),)), a_plan(participations=(a_participation("f2"),))
    assert [(c.what, c.subject) for c in diff(old, new)] == [("added", "f2/p/-"), ("removed", "f1/p/-")]


def test_other_dates_are_a_change_of_the_same_delegation() -> None:
    (change,) = diff(a_plan(delegations=(a_delegation(14),)), a_plan(delegations=(a_delegation(15),)))
    assert (change.what, change.subject, change.before, change.after) == (
        "changed",
        "east/p",
        "2025-04-14..2025-04-20",
        "2025-04-15..2025-04-20",
    )


def test_money_back_is_compared_by_amount() -> None:
    def claim(amount: int) -> Claim:
        return Claim(
            claim_id="c",
            subsidy_id="half",
            participation_id="x",
            firm_id="f1",
            phase_id="p",
            fund_id="trade",
            entitled=Decimal(amount),
            amount=Decimal(amount),
        )

    (change,) = diff(a_plan(claims=(claim(1),)), a_plan(claims=(claim(2),)))
    assert (change.kind, change.before, change.after) == ("claim", "1", "2")
