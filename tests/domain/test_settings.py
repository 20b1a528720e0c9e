"""programme.toml: a profile changes what it names and leaves the rest."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from fairplanner.domain.kinds import Regime
from fairplanner.domain.settings import PROFILES, Profile
from tests.builders import settings


def test_a_profile_of_ones_own_keeps_the_defaults_it_does_not_name() -> None:
    mine = settings(profiles={"abroad": {"least_firms": 3}}).profile_of(Regime.ABROAD)
    assert mine == PROFILES[Regime.ABROAD].model_copy(update={"least_firms": 3})


def test_a_generic_programme_has_no_chinese_defaults() -> None:
    assert settings(generic=True).profile_of(Regime.ABROAD) == Profile()
    assert settings(generic=True, profiles={"abroad": {"officials": 1}}).profile_of(Regime.ABROAD) == Profile(
        officials=1
    )


def test_settings_survive_their_own_json() -> None:
    given = settings(profiles={"home": {"move_in_days": 1}})
    assert type(given).model_validate_json(given.model_dump_json()) == given


def test_score_weights_must_sum_to_100() -> None:
    with pytest.raises(ValidationError, match="sum to"):
        settings(score={"sector": 50})


def test_a_window_is_at_most_17_months() -> None:
    with pytest.raises(ValidationError, match="17"):
        settings(window_from="2025-01-01", window_to="2026-06-30")
