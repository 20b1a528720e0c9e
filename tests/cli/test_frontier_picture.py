"""README's picture of the frontier is what is drawn of the figures beside it, which the shipped sample year gave."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

from fairplanner.cli.said.frontier import Budgets
from fairplanner.explain.changes.frontier import FURTHER, Frontier, Step
from fairplanner.intake import read_programme
from fairplanner.words import words

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "tests" / "golden" / "pictures"


def figures() -> Frontier:
    with (PICTURES / "frontier.csv").open(encoding="utf-8-sig", newline="") as file:
        steps = tuple(_step(row) for row in csv.DictReader(file))
    now = next(s for s in steps if s.share == 1)
    after = steps[steps.index(now) + 1]
    each = float(FURTHER / (after.amount - now.amount))
    more = Step(
        now.share + FURTHER / now.amount, now.amount + FURTHER, (now.value or 0) + round(((after.value or 0) - (now.value or 0)) * each),
        (now.bound or 0) + round(((after.bound or 0) - (now.bound or 0)) * each), places=now.places,
    )  # fmt: skip
    return Frontier(("home",), steps, now, more)


def _step(row: dict[str, str]) -> Step:
    milli = {name: round(float(row[name]) * 1000) for name in ("value", "bound")}
    counts = {name: int(row[name]) for name in ("places", "firms", "delegations")}
    return Step(Decimal(row["share"]), Decimal(row["amount"]), **milli, planned=Decimal(row["planned"]), **counts)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_picture_is_drawn_of_its_figures(lang: str) -> None:
    drawn = Budgets(read_programme(ROOT / "catalogs" / "guizhou-2025"), figures(), words(lang)).svg()
    assert drawn == (PICTURES / f"frontier.{lang}.svg").read_text(encoding="utf-8")


def test_more_money_is_never_worth_less() -> None:
    values = [s.value or 0 for s in figures().steps]
    assert values == sorted(values)
    assert all(s.value is not None and s.bound is not None and s.value <= s.bound for s in figures().steps)
