from __future__ import annotations

from datetime import date

import pandas as pd

from fairplanner.domain.kinds import Wish
from fairplanner.pose import pose
from tests import builders as b

TEA = {"fairs": (b.fair("abroad"), b.fair("expo", sectors=("tea",))), "applications": ()}


def invited(most: int = 3, **changes: object) -> pd.DataFrame:
    base = {"settings": b.settings(invite=True, most_invitations=most)} | TEA
    rows = pose(b.a_programme(**(base | changes))).participations
    return rows[rows["invited"]].drop_duplicates("application")


def test_nobody_is_invited_unless_the_programme_says_so() -> None:
    assert len(pose(b.a_programme(**TEA)).participations) == 0


def test_firms_are_invited_where_the_fair_shows_their_sector() -> None:
    made = invited(firms=(b.firm("f1"), b.firm("f2", sectors=("steel",)), b.firm("f3", sectors=())))
    assert list(made["application"]) == ["f1/expo-1-1/-", "f1/expo-1-2/-"]
    assert set(zip(made["rank_group"], made["rank"], made["booths"], strict=True)) == {("", 0, 1)}


def test_an_invitation_names_the_section_that_shows_the_sector() -> None:
    sections = (b.section(), b.section("expo-steel", phase=2, sectors=("steel",)))
    assert list(invited(sections=sections, firms=(b.firm(),))["application"]) == ["f1/expo-1-1/expo-tea"]


def test_a_firm_that_has_answered_is_not_invited_again() -> None:
    answers = (b.application("f1", "expo-1-1", wish=Wish.REFUSES), b.application("f1", "expo-1-2"))
    assert len(invited(firms=(b.firm(),), applications=answers)) == 0


def test_the_best_scores_are_invited_up_to_the_number_allowed() -> None:
    choices = (b.choice(phase_id="expo-1-1", weight=0.1), b.choice(phase_id="expo-1-2", weight=0.9))
    assert list(invited(1, firms=(b.firm(),), choices=choices)["phase"]) == ["expo-1-2"]


def test_nobody_is_invited_after_the_last_day_to_apply() -> None:
    assert len(invited(choices=(b.choice(closes=date(2024, 10, 31)),))) == 0


def test_an_invitation_scores_nothing_for_preference() -> None:
    problem = pose(b.a_programme(**(TEA | {"settings": b.settings(invite=True)})))
    assert set(problem.parts[problem.parts["part"] == "preference"]["points"]) == {0.0}


def test_an_invitation_that_cannot_be_is_no_absence_to_explain() -> None:
    programme = b.a_programme(**(TEA | {"settings": b.settings(invite=True), "quotas": (b.quota(booths=0),)}))
    problem = pose(programme)
    assert set(problem.participations["phase"]) == {"expo-1-2"}
    assert [e for e in problem.excluded if e.kind in ("application", "participation")] == []
