"""No fund pays more than it holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np

from fairplanner.pose import pose
from fairplanner.rules.fund_budget import FundBudget
from fairplanner.rules.tables import DECIDED
from fairplanner.solver.extract import plan_of
from tests import builders as b
from tests.properties.agreement import check_face, random_vectors, row_face
from tests.rules.plans import broken, claim, delegation

RULE = FundBudget()


def test_spending_up_to_the_last_fen_is_kept() -> None:
    programme = b.a_programme(funds=(b.fund("trade", "trade-development", pays=("stand",)), b.fund(amount=9_000)))
    assert broken(RULE, programme, delegation()) == []


def test_what_is_over_is_told_in_fen() -> None:
    programme = b.a_programme(
        funds=(b.fund("trade", "trade-development", 9_999, pays=("stand",)), b.fund(amount=8_999))
    )
    dear = delegation(cost=(("fare", Decimal("9000.50")),))
    assert broken(RULE, programme, dear, claim(amount=10_000)) == [("trade", 100), ("travel", 150)]


def test_a_reserve_is_not_spent() -> None:
    programme = b.a_programme(funds=(b.fund(amount=10_000, reserve=0.2),))
    assert broken(RULE, programme, delegation()) == [("travel", 100_000)]


def test_money_that_comes_later_cannot_be_spent_before_and_what_is_left_is_carried_over() -> None:
    for first, over in ((8_999, [("travel · 2025Q1", 100)]), (9_000, [])):
        rows = (b.instalment(date(2025, 1, 10), first), b.instalment(date(2025, 4, 1), 20_000))
        assert broken(RULE, b.a_programme(instalments=rows), delegation()) == over
    early = (b.instalment(date(2024, 12, 31), 9_000),)
    assert broken(RULE, b.a_programme(instalments=early), delegation()) == []


def test_rows_and_check_find_the_same_quarters_with_the_same_amounts() -> None:
    rows = (
        b.instalment(date(2025, 1, 1), 3_000),
        b.instalment(date(2025, 4, 1), 9_000),
        b.instalment(date(2025, 1, 1), 2_000, "trade"),
    )
    programme = b.a_programme(
        instalments=rows,
        funds=(b.fund("trade", "trade-development", 9_000, pays=("stand",), reserve=0.1), b.fund(amount=30_000)),
    )
    problem, rng = pose(programme), np.random.default_rng(11)
    face = row_face(RULE, problem)
    for share in (0.1, 0.4, 0.9):
        x = random_vectors(problem, rng, share) | {"cuts": np.zeros(len(problem.cuts), np.int64)}
        found = face.broken(x)
        assert found == check_face(RULE, programme, plan_of(problem, x))
    assert any("2025Q1" in name for name in found)


def test_what_is_rounded_over_the_year_is_booked_at_its_end_whatever_year_the_fair_is_in() -> None:
    phases = (b.phase("expo", 1), b.phase("expo", 2, start=date(2026, 2, 3), end=date(2026, 2, 5), year=2026))
    applications = tuple(b.application("f1", q.phase_id) for q in phases)
    rows = (b.instalment(date(2025, 1, 1), 4_000, "trade"), b.instalment(date(2026, 10, 1), 20_000, "trade"))
    window = b.settings(packs=(b.pack_choice(),), window_to=date(2026, 4, 30))
    programme = b.packed(
        b.pack(b.pack_subsidy(round_at="year", round_to="100")),
        settings=window, phases=phases, applications=applications, quotas=(), instalments=rows,
    )  # fmt: skip
    problem = pose(programme)
    x = {name: np.ones(len(problem.table(name)), np.int64) for name in DECIDED} | {"cuts": np.zeros(1, np.int64)}
    found = row_face(RULE, problem).broken(x)
    assert found == check_face(RULE, programme, plan_of(problem, x))
    assert "trade · 2025Q4" in found
