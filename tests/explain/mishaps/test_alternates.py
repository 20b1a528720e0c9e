"""Alternates: in the published order, or by value; each belongs to the delegation it would come with."""

from __future__ import annotations

from functools import cache

from fairplanner.domain.plan import Plan
from fairplanner.domain.programme import Programme
from fairplanner.explain.mishaps.alternates import reserves
from tests import builders as b
from tests.amend.plans import FIRMS, a_queue, planned


@cache
def by_value() -> tuple[Programme, Plan]:
    """Five firms ask for one booth each at a fair without a published order; two booths are handed down."""
    asked = tuple(b.application(f, score=90.0 - 10 * n) for n, f in enumerate(FIRMS))
    choice = b.choice("expo", policy="optimise")
    firms = tuple(b.firm(f) for f in FIRMS)
    quotas = (b.quota(booths=2),)
    return planned(b.a_programme(firms=firms, applications=asked, targets=(), choices=(choice,), quotas=quotas))


def test_those_who_wait_are_named_in_turn_with_the_list_they_are_on() -> None:
    programme, plan = a_queue()
    (found,) = reserves(programme, plan)
    assert found.places == 3
    assert [(x.firm_id, x.turn, x.is_ordered, x.zone_id) for x in found.alternates] == [
        ("f4", 1, True, "prov"),
        ("f5", 2, True, "prov"),
    ]
    assert [p.firm_id for p in found.alternates[0].leavers] == ["f3", "f2", "f1"]


def test_where_no_order_is_published_the_most_valuable_comes_first_and_the_least_valuable_leaves_first() -> None:
    programme, plan = by_value()
    (found,) = reserves(programme, plan)
    assert [(x.firm_id, x.turn, x.is_ordered, x.value) for x in found.alternates] == [
        ("f3", 1, False, 70_000),
        ("f4", 2, False, 60_000),
        ("f5", 3, False, 50_000),
    ]
    assert [p.firm_id for p in found.alternates[0].leavers] == ["f2", "f1"]


def test_only_the_delegations_asked_for_and_only_so_many() -> None:
    programme, plan = by_value()
    party = plan.delegations[0]
    assert len(reserves(programme, plan, only=(party.party_id,), most=1)[0].alternates) == 1
    assert reserves(programme, plan, only=("somebody else's",)) == ()


def test_who_is_kept_away_by_a_decision_is_no_alternate() -> None:
    programme, plan = by_value()
    barred = programme.model_copy(update={"decisions": (b.decision(kind="must-not", firm_id="f3"),)})
    assert [x.firm_id for x in reserves(barred, plan)[0].alternates] == ["f4", "f5"]
