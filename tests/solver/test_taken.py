"""What a plan has taken up is what counting it by hand gives."""

from __future__ import annotations

from decimal import Decimal

import pytest

from fairplanner.domain.kinds import DecisionKind, Role
from fairplanner.pose import pose
from fairplanner.rules import RULES
from fairplanner.rules.own_money import counted_on
from fairplanner.solver import solve
from fairplanner.solver.offers import Offers
from fairplanner.solver.taken import Order, Orders, Taken
from tests import builders as b


@pytest.fixture(scope="module")
def solved() -> tuple[Offers, Taken]:
    """Four firms ask for one phase in order of score; two places by quota, one of them by decision; one firm without money."""
    firms = tuple(b.firm(f"f{i}", record=1 - i / 10, own_money=Decimal(1 if i == 2 else 500_000)) for i in (1, 2, 3, 4))
    programme = b.a_programme(
        firms=firms, applications=tuple(b.application(f.firm_id) for f in firms), quotas=(b.quota(booths=2),), targets=(),
        decisions=(b.decision(kind=DecisionKind.MUST_GO, firm_id="f4"), b.decision(decision_id="d2", kind="must-not", firm_id="f9")),
    )  # fmt: skip
    problem = pose(programme)
    return Offers(problem), Taken(programme, solve(problem, rules=RULES, seconds=30, gap=0).plan)


def test_it_counts_as_one_does_by_hand(solved: tuple[Offers, Taken]) -> None:
    _, taken = solved
    plan, programme = taken.plan, taken.programme
    assert plan.participations
    for firm in programme.firms:
        own = [p for p in plan.participations if p.firm_id == firm.firm_id]
        journeys = [j for j in plan.journeys if j.firm_id == firm.firm_id]
        paid = sum((counted_on(programme, c) for c in plan.claims if c.firm_id == firm.firm_id), Decimal(0))
        spent = sum((p.cost for p in own), Decimal(0)) + sum((j.fare + j.lodging for j in journeys), Decimal(0)) - paid
        assert taken.journeys.get(firm.firm_id, []) == journeys
        assert taken.spent.get(firm.firm_id, Decimal(0)) == spent
    for (sponsor, phase_id), count in taken.firms.items():
        there = {p.firm_id for p in plan.participations if (p.sponsor, p.phase_id) == (sponsor, phase_id)}
        assert count == len(there)
    (quota,) = programme.quotas
    used = taken.used(quota)
    showing = [p for p in plan.participations if p.role is Role.EXHIBIT]
    assert (used.booths, used.firms) == (sum(p.booths for p in showing), len(showing))
    assert used.open_booths == sum(p.booths for p in showing if p.firm_id != "f4")
    assert [d.firm_id for d in taken.refusals[quota.phase_id]] == ["f9"]


def test_an_order_knows_its_places_and_who_waits(solved: tuple[Offers, Taken]) -> None:
    offers, taken = solved
    by_firm = {o.application.firm_id: o for o in offers}
    orders = Orders(offers, taken)
    order = orders(by_firm["f1"])
    assert [o.application.firm_id for o in order.given] == ["f1", "f4"]
    assert order.booths == sum(p.booths for p in taken.plan.participations)
    assert order.last is by_firm["f1"]
    # f4 has its place by decision: it passes over nobody
    assert not order.passes_over(by_firm["f3"])
    orders.wait([by_firm["f3"]])
    assert [order.waiting(by_firm[f].rank) for f in ("f1", "f3", "f4")] == [0, 1, 1]


def test_an_order_of_nobody_passes_over_nobody(solved: tuple[Offers, Taken]) -> None:
    offers, taken = solved
    nobody = Order([], taken)
    assert nobody.last is None
    assert not any(nobody.passes_over(o) for o in offers)
