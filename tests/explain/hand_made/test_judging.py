"""A plan as a hand-made sheet is judged kept and worth what it is; broken in every way a sheet can be, the way is named with its cell."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from fairplanner.domain.plan import Participation
from fairplanner.domain.programme import Programme
from fairplanner.explain.again import Base, base_of
from fairplanner.explain.hand_made.hand_complete import finished
from fairplanner.explain.hand_made.hand_posed import Finding
from fairplanner.explain.hand_made.judging import Judgement, judge
from fairplanner.intake.hand_made import read_hand_made
from fairplanner.pose import pose
from fairplanner.rules import check
from fairplanner.solver import solve
from tests import builders as b
from tests.hand_made import Cells, comma, workbook

HEAD = ["企业编号", "展会", "展位数"]


@cache
def programme() -> Programme:
    """Six firms; phase 1 of the expo by rank, phase 2 overlaps with a fair abroad, which takes at least two firms."""
    return b.a_programme(
        phases=(
            b.phase("abroad", 1, start=date(2025, 4, 24), end=date(2025, 4, 28), place_id="lion"),
            b.phase("expo", 1), b.phase("expo", 2, start=date(2025, 4, 25), end=date(2025, 4, 29)),
        ),
        firms=(
            b.firm("f1", record=0.9), b.firm("f2", record=0.8), b.firm("f3", "west", record=0.7), b.firm("f4", record=0.6),
            b.firm("f5", record=0.5, own_money=Decimal(1_000)), b.firm("f6", record=0.4),
        ),
        applications=(
            *(b.application(f, "expo-1-1", booths=2) for f in ("f1", "f2", "f3", "f4")),
            *(b.application(f, "expo-1-2") for f in ("f1", "f2", "f4")), b.application("f5", "expo-1-2", least_booths=1),
            *(b.application(f, "abroad-1-1") for f in ("f1", "f2", "f3")),
            b.application("f6", "expo-1-1", received=date(2024, 12, 24)), b.application("f6", "expo-1-2", wish="refuses"),
        ),
        choices=(b.choice("abroad", least_firms=2), b.choice("expo", policy="rank", closes=date(2024, 10, 31))),
        decisions=(b.decision("d1", "must-not", "expo-1-2", firm_id="f4"),),
        quotas=(b.quota("expo-1-1", 4), b.quota("expo-1-2", 6)),
    )  # fmt: skip


@cache
def base() -> Base:
    made = programme()
    return base_of(made, solve(pose(made), seconds=10, gap=0).plan)


def judged(tmp_path: Path, rows: Sequence[Cells], head: Cells = HEAD) -> Judgement:
    hand = read_hand_made(workbook(tmp_path / "hand.xlsx", ("表", [head, *rows])), programme())
    assert hand.problems == ()
    return judge(base(), hand.places)


def own_rows() -> list[Cells]:
    return [[p.firm_id, p.phase_id, p.booths or None] for p in base().plan.participations]


def rules(found: Judgement) -> dict[str, list[str]]:
    """What is wrong, and in which cells."""
    return {
        (x.violation.rule if x.violation else x.reason.rule if x.reason else x.kind): [str(c) for c in x.cells]
        for x in found.findings
    }


def test_its_own_plan_is_kept_and_worth_what_it_is(tmp_path: Path) -> None:
    found = judged(tmp_path, own_rows())
    assert found.findings == ()
    assert found.plan.value == base().plan.value
    assert (found.only_hand, found.only_best, found.others) == ((), (), ())
    assert found.money[0] == found.money[1]


def test_the_same_as_ticks_alone(tmp_path: Path) -> None:
    phases = sorted({p.phase_id for p in base().plan.participations})
    there = {(p.firm_id, p.phase_id) for p in base().plan.participations}
    firms = sorted({f for f, _ in there})
    rows = [[f, *("√" if (f, q) in there else None for q in phases)] for f in firms]
    found = judged(tmp_path, rows, ["企业编号", *phases])
    assert found.findings == ()
    assert found.plan.value == base().plan.value


def test_a_sheet_that_sends_fewer_is_worth_less_and_says_who_is_missing(tmp_path: Path) -> None:
    last = max((p for p in base().plan.participations if p.phase_id == "expo-1-2"), key=lambda p: p.rank)
    rows = [[p.firm_id, p.phase_id, p.booths or None] for p in base().plan.participations if p is not last]
    found = judged(tmp_path, rows)
    assert found.findings == ()
    assert found.plan.value < base().plan.value
    assert [p.participation_id for p in found.only_best] == [last.participation_id]
    assert found.only_hand == ()


def firms_at(phase_id: str) -> list[str]:
    return sorted(p.firm_id for p in base().plan.participations if p.phase_id == phase_id)


def cell_of(rows: Sequence[Cells], firm_id: str, phase_id: str, column: str = "B") -> str:
    n = next(n for n, row in enumerate(rows, 2) if row[:2] == [firm_id, phase_id])
    return f"表!{column}{n}"


def test_a_late_application_is_named_with_its_days(tmp_path: Path) -> None:
    rows = [*own_rows(), ["f6", "expo-1-1", 1]]
    found = judged(tmp_path, rows)
    assert rules(found) == {"deadline": [cell_of(rows, "f6", "expo-1-1")]}
    assert dict(reason(found.findings[0]))["closes"] == "2024-10-31"


def reason(x: Finding) -> tuple[tuple[str, str], ...]:
    assert x.reason is not None
    return x.reason.facts


def test_a_fair_that_the_firm_refuses_is_named(tmp_path: Path) -> None:
    rows = [*own_rows(), ["f6", "expo-1-2", 1]]
    assert rules(judged(tmp_path, rows)) == {"asked-for": [cell_of(rows, "f6", "expo-1-2")]}


def test_a_fair_for_which_nobody_applied_is_named_with_its_deadline(tmp_path: Path) -> None:
    rows = [*own_rows(), ["f5", "expo-1-1", 1]]
    found = judged(tmp_path, rows)
    assert rules(found) == {"unasked": [cell_of(rows, "f5", "expo-1-1")]}
    assert dict(found.findings[0].facts) == {"closes": "2024-10-31", "is_over": "yes"}


def test_more_booths_than_asked_for_are_named_in_their_own_cell(tmp_path: Path) -> None:
    rows = [[f, q, 3] if (f, q) == ("f1", "expo-1-2") else [f, q, n] for f, q, n in own_rows()]
    found = judged(tmp_path, rows)
    assert rules(found) == {"differs": [cell_of(rows, "f1", "expo-1-2", "C")]}
    assert dict(found.findings[0].facts) == {"field": "booths", "said": "3", "open": "1"}


def test_a_quota_is_named_with_every_cell_under_it(tmp_path: Path) -> None:
    rows = [row for row in own_rows() if row[1] != "expo-1-1"] + [[f, "expo-1-1", 2] for f in ("f1", "f2", "f3")]
    found = judged(tmp_path, rows)
    assert rules(found)["booth-quota"] == [cell_of(rows, f, "expo-1-1", "C") for f in ("f1", "f2", "f3")]


def test_a_firm_in_two_places_at_once_is_named_with_both_cells_first_the_one_the_plan_has_not(tmp_path: Path) -> None:
    rows = [["f1", "expo-1-2", 1], ["f1", "abroad-1-1", 1], ["f2", "abroad-1-1", 1]]
    assert rules(judged(tmp_path, rows)) == {"firm-teams": ["表!B3", "表!B2"]}


def test_a_delegation_that_is_too_small_is_named(tmp_path: Path) -> None:
    found = judged(tmp_path, [["f3", "abroad-1-1", 1]])
    assert rules(found)["delegation-size"] == ["表!B2"]


def test_whoever_is_passed_over_is_named_with_the_cell_of_the_one_who_was_not(tmp_path: Path) -> None:
    rows = [["f4", "expo-1-1", 1]]
    found = judged(tmp_path, rows)
    assert rules(found)["rank-respected"] == ["表!B2"]


def test_fewer_booths_for_the_better_placed_are_named(tmp_path: Path) -> None:
    rows = [["f1", "expo-1-1", 1], ["f2", "expo-1-1", 2]]
    assert rules(judged(tmp_path, rows))["booths-in-order"] == ["表!C3"]


def test_a_decision_against_is_named(tmp_path: Path) -> None:
    rows = [
        *(row for row in own_rows() if row[1] != "expo-1-2"),
        ["f1", "expo-1-2", 1],
        ["f2", "expo-1-2", 1],
        ["f4", "expo-1-2", 1],
    ]
    found = judged(tmp_path, rows)
    assert rules(found)["decisions"] == [cell_of(rows, "f4", "expo-1-2")]


def test_money_that_the_firm_does_not_have_is_named(tmp_path: Path) -> None:
    rows = [*own_rows(), ["f5", "expo-1-2", 1]]
    found = judged(tmp_path, rows)
    assert rules(found) == {"own-money": [cell_of(rows, "f5", "expo-1-2")]}


def test_what_must_be_there_and_is_not_has_no_cell(tmp_path: Path) -> None:
    made = Programme(**(dict(programme()) | {"decisions": (b.decision("d2", "must-go", "expo-1-2", firm_id="f1"),)}))
    hand = read_hand_made(comma(tmp_path / "p.csv", [HEAD, ["f2", "expo-1-1", 2], ["f1", "expo-1-1", 2]]), made)
    found = judge(base_of(made, base().plan), hand.places)
    missing = [x for x in found.findings if x.violation and x.violation.rule == "decisions"]
    assert [x.cells for x in missing] == [()]


@pytest.mark.parametrize("extra", [("f3", "expo-1-1"), ("f1", "abroad-1-1")])
def test_completed_its_choices_stand_and_nothing_is_broken(tmp_path: Path, extra: tuple[str, str]) -> None:
    places = read_hand_made(comma(tmp_path / "p.csv", [["企业编号", "展会"], extra]), programme()).places
    made = finished(
        base(),
        places,
        lambda p: b.decision(f"H-{p.firm_id}-{p.phase_id}", "must-go", p.phase_id, firm_id=p.firm_id),
        seconds=10,
    )
    assert check(made.programme, made.solved.plan) == ()
    assert extra in {(p.firm_id, p.phase_id) for p in made.solved.plan.participations}
    assert made.lost == ()
    assert {d.decision_id for d in made.decisions} <= {d.decision_id for d in made.programme.decisions}


def test_nobody_whom_the_order_serves_is_given_a_decision(tmp_path: Path) -> None:
    first = next(p for p in base().plan.participations if p.phase_id == "expo-1-1")
    rows = [["企业编号", "展会"], [first.firm_id, first.phase_id]]
    places = read_hand_made(comma(tmp_path / "p.csv", rows), programme()).places
    made = finished(base(), places, lambda p: b.decision("H", "must-go", p.phase_id, firm_id=p.firm_id), seconds=10)
    assert made.decisions == ()
    assert made.solved.plan.value == base().plan.value


def test_a_choice_that_no_decision_can_bring_about_is_told(tmp_path: Path) -> None:
    places = read_hand_made(comma(tmp_path / "p.csv", [["企业编号", "展会"], ["f6", "expo-1-2"]]), programme()).places
    made = finished(base(), places, lambda p: b.decision("H", "must-go", p.phase_id, firm_id=p.firm_id), seconds=10)
    assert [(p.firm_id, p.phase_id) for p in made.lost] == [("f6", "expo-1-2")]
    assert made.decisions == ()


def test_the_plan_of_the_test_has_something_to_break() -> None:
    found: list[Participation] = list(base().plan.participations)
    assert {"expo-1-1", "expo-1-2"} <= {p.phase_id for p in found}
    assert firms_at("expo-1-1")
