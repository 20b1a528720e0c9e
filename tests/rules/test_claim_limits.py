"""Limits on money over several claims."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from fairplanner.domain.plan import Claim
from fairplanner.domain.programme import Programme
from fairplanner.pose.posing import pose
from fairplanner.rules.claim_limits import ClaimLimits
from tests import builders as b
from tests.rules.plans import broken, claim

RULE = ClaimLimits()


def limited(*limits: Any, entitled: str = "exactly", **tables: Any) -> Programme:
    return b.packed(b.pack(b.pack_subsidy(entitled=entitled), limits=limits), **tables)


def paid(amount: int, phase_id: str = "abroad-1-1", firm_id: str = "f1", of: int = 10_000, **changes: Any) -> Claim:
    return claim(firm_id, phase_id, amount, entitled=Decimal(of), subsidy_id="pk.stand", **changes)


def test_the_earlier_fair_is_paid_in_full_and_the_later_one_what_is_left() -> None:
    programme = limited(b.limit(12_000))
    assert broken(RULE, programme, paid(10_000), paid(2_000, "expo-1-1")) == []


def test_a_fen_over_the_limit_is_broken_by_that_fen() -> None:
    later = paid(2_000, "expo-1-1").model_copy(update={"amount": Decimal("2000.01")})
    assert broken(RULE, limited(b.limit(12_000)), paid(10_000), later) == [("pk.year · f1 · 2025", 1)]


def test_the_later_fair_may_not_be_paid_at_the_cost_of_the_earlier() -> None:
    found = broken(RULE, limited(b.limit(12_000)), paid(2_000), paid(10_000, "expo-1-1"))
    assert found == [("pk.stand · f1 · abroad-1-1", 800_000)]


def test_nothing_is_cut_before_the_limit_is_used_up() -> None:
    found = broken(RULE, limited(b.limit(12_000)), paid(10_000), paid(1_999, "expo-1-1"))
    assert found == [("pk.stand · f1 · expo-1-1", 800_100)]


def test_where_the_payer_decides_anything_may_be_cut_but_the_limit_holds() -> None:
    programme = limited(b.limit(12_000), entitled="up-to")
    assert broken(RULE, programme, paid(0), paid(1_999, "expo-1-1")) == []
    assert broken(RULE, programme, paid(10_000), paid(3_000, "expo-1-1")) == [("pk.year · f1 · 2025", 100_000)]


def test_what_the_ledger_shows_is_taken_off_within_a_window_of_months() -> None:
    window = b.limit(12_000, each=("window",), window_months=36)
    rows = (b.ledger_row(on=date(2022, 3, 25), amount=4_000, subsidy_id="pk.stand"),)
    programme = limited(window, ledger=rows)
    assert broken(RULE, programme, paid(8_000), paid(4_000, "expo-1-1")) == []
    assert broken(RULE, programme, paid(8_001), paid(3_999, "expo-1-1")) == [("pk.year · f1 · *", 100)]


def test_what_was_used_before_another_payment_came_stays_used_and_leaves_nothing() -> None:
    window = b.limit(12_000, each=("window",), window_months=12)
    programme = limited(window, ledger=(b.ledger_row(on=date(2025, 4, 1), amount=8_000, subsidy_id="pk.stand"),))
    assert broken(RULE, programme, paid(10_000), paid(0, "expo-1-1")) == []
    assert broken(RULE, programme, paid(10_000), paid(1, "expo-1-1")) == [("pk.year · f1 · *", 600_100)]
    (less,) = [c for c in RULE.columns(pose(programme)) if c.name == "paid"]
    assert list(less.labels) == [f"pk.year · f1 · * · pk.stand · f1 · {q} · paid" for q in ("expo-1-1", "expo-1-2")]


def test_connected_firms_share_a_limit_of_their_group() -> None:
    firms = (*(b.firm(f, group="g") for f in ("f1", "f2")), b.firm("f3", "west"))
    programme = limited(b.limit(12_000, per="group"), firms=firms)
    assert broken(RULE, programme, paid(10_000), paid(2_000, firm_id="f2")) == []
    assert broken(RULE, programme, paid(10_000), paid(2_001, firm_id="f2")) == [("pk.year · g · 2025", 100)]


def test_a_limit_asks_only_about_firms_it_means() -> None:
    firms = (b.firm("f1", sme=True), b.firm("f2", sme=False), b.firm("f3", "west"))
    programme = limited(b.limit(4_000, firms={"sme_only": True}), firms=firms)
    assert broken(RULE, programme, paid(4_000), paid(10_000, firm_id="f2")) == []


def test_nobody_is_paid_less_than_nothing_or_more_than_it_is_entitled_to() -> None:
    programme = limited(b.limit(50_000))
    assert broken(RULE, programme, paid(10_001)) == [("f1/abroad-1-1$half", 100)]
    less = ("pk.stand · f1 · abroad-1-1", 1_000_100)
    assert broken(RULE, programme, paid(-1)) == [("f1/abroad-1-1$half", 100), less]


def test_rows_are_made_only_where_a_limit_can_bind() -> None:
    assert len(pose(limited(b.limit(20_000))).cuts) == 0
    problem = pose(limited(b.limit(12_000)))
    assert set(problem.cuts["phase"]) == {"expo-1-1", "expo-1-2"}
    within = next(iter(RULE.rows(problem)))
    assert list(within.labels) == [f"pk.year · {f} · 2025" for f in ("f1", "f2", "f3")]
    assert within.upper.tolist() == [1_200_000] * 3


def test_a_cut_costs_whole_thousandths_of_a_point() -> None:
    (lost,) = [c for c in RULE.columns(pose(limited(b.limit(12_000)))) if c.name == "lost"]
    assert np.unique(lost.upper).tolist() == [500]
