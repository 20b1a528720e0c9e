"""Booths left empty are remembered for next year's deduction, and are never taken for a participation."""

from __future__ import annotations

from datetime import date

from fairplanner.amend import withdraw
from fairplanner.domain.packs import FirmTest
from fairplanner.pose.posing import pose
from fairplanner.publish.money.ledger import next_ledger
from fairplanner.rules.reckon.eligibility import passes
from fairplanner.rules.reckon.fairness import kept_fairs
from fairplanner.words import words
from tests import builders as b
from tests.amend.plans import a_queue, act

LEFT = b.ledger_row("f1", "expo", date(2024, 4, 19), empty=2)
CAME = b.ledger_row("f1", "expo", date(2024, 4, 19))


def test_next_years_ledger_carries_the_row() -> None:
    made = withdraw(*a_queue(), "f2", "expo-1-1", act())
    lines = next_ledger(*made.after, words("en")).decode("utf-8-sig").splitlines()
    header = lines[0].split(",")
    (row,) = [dict(zip(header, line.split(","), strict=True)) for line in lines[1:] if line.startswith("f2,")]
    assert (row["Empty booths"], row["Booths"]) == ("1", "0")


def test_a_firm_that_only_left_booths_empty_is_still_there_for_the_first_time() -> None:
    first = FirmTest(first_timer=True)
    for row, newcomer in ((LEFT, True), (CAME, False)):
        programme = b.a_programme(ledger=(row,))
        assert (passes(programme, first, "f1", date(2025, 4, 15), "expo") is None) is newcomer


def test_posed_subsidies_for_newcomers_see_it_alike() -> None:
    pack = b.pack(b.pack_subsidy(of=FirmTest(first_timer=True)))
    claims = [set(pose(b.packed(pack, ledger=(row,))).claims["firm"]) for row in (LEFT, CAME)]
    assert "f1" in claims[0]
    expo = pose(b.packed(pack, ledger=(CAME,))).claims
    assert not ((expo["firm"] == "f1") & expo["phase"].str.startswith("expo")).any()


def test_an_empty_booth_is_no_year_in_which_a_fair_was_attended() -> None:
    fairness = {"keep_years": 1, "keep_points": 5}
    for row, fairs in ((LEFT, ()), (CAME, ("expo",))):
        assert kept_fairs(b.a_programme(settings=b.settings(fairness=fairness), ledger=(row,))) == fairs
