"""What binds an official party: the profile without packs, the chosen travel pack in force, programme.toml above both."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from fairplanner.domain.kinds import Confidence, Regime
from fairplanner.domain.packs import Cite, Pack, PackChoice, TravelRules
from fairplanner.domain.settings import PROFILES, Settings
from tests import builders as b

DAY = date(2025, 6, 1)


def travel_pack(pack_id: str = "travel", valid: tuple[date | None, date | None] = (None, None), **rules: Any) -> Pack:
    cite = Cite(title="tests", confidence=Confidence.SAMPLE, reading="first-hand")
    return Pack(
        pack_id=pack_id, name_zh="出访", name_en="Travel", jurisdiction_zh="测试", jurisdiction_en="Tests",
        source="s", sources={"s": cite}, valid_from=valid[0], valid_to=valid[1], travel=TravelRules(**rules),
    )  # fmt: skip


def with_packs(*packs: Pack, choice: dict[str, Any] | None = None, **settings: Any) -> Any:
    chosen = tuple(PackChoice(id=pack.pack_id, **(choice or {})) for pack in packs)
    return b.a_programme(packs=packs, settings=b.settings(packs=chosen, **settings))


def abroad(programme: Any) -> str:
    return next(p.phase_id for p in programme.phases if programme.regime(p.phase_id) is Regime.ABROAD)


def test_without_packs_the_profile_binds_as_it_always_did() -> None:
    programme = b.a_programme()
    for phase in programme.phases:
        assert programme.profile(phase.phase_id) == PROFILES[programme.regime(phase.phase_id)]
    rules = programme.travel_rules(Regime.ABROAD, DAY)
    assert (rules.day_limits, rules.most_officials, rules.lodging_by, rules.car_share) == (
        (5, 8, 10),
        6,
        "nights",
        Decimal(1),
    )


def test_a_chosen_travel_pack_sets_the_limits_of_its_regimes_only() -> None:
    programme = with_packs(travel_pack(day_limits=(6, 10, 12), most_officials=4))
    profile = programme.profile(abroad(programme))
    assert (profile.day_limits, profile.most_officials) == ((6, 10, 12), 4)
    assert profile.min_presence_days == PROFILES[Regime.ABROAD].min_presence_days
    assert programme.travel_rules(Regime.HKMO, DAY).day_limits == (5, 8, 10)


def test_what_a_travel_pack_leaves_open_the_profile_says() -> None:
    programme = with_packs(travel_pack(most_officials=4))
    assert programme.profile(abroad(programme)).day_limits == (5, 8, 10)


def test_what_programme_toml_sets_itself_outranks_the_pack_and_nothing_else_does() -> None:
    pack = travel_pack(day_limits=(6, 10, 12), most_officials=4)
    programme = with_packs(pack, profiles={"abroad": {"day_limits": [5, 8, 10], "least_firms": 2}})
    profile = programme.profile(abroad(programme))
    assert (profile.day_limits, profile.most_officials, profile.least_firms) == ((5, 8, 10), 4, 2)


def test_what_programme_toml_sets_is_still_known_in_a_snapshot() -> None:
    settings = b.settings(profiles={"abroad": {"most_officials": 9}})
    again = Settings.model_validate_json(settings.model_dump_json())
    assert again == settings
    assert again.profile_of(Regime.ABROAD).over_packs == ("most_officials",)


def test_a_pack_binds_only_within_its_time_unless_it_is_said_to_hold_still() -> None:
    pack = travel_pack(valid=(date(2020, 1, 1), date(2024, 12, 31)), day_limits=(3,))
    assert with_packs(pack).travel_rules(Regime.ABROAD, DAY).day_limits == (5, 8, 10)
    assert with_packs(pack).travel_rules(Regime.ABROAD, date(2024, 12, 31)).day_limits == (3,)
    assert with_packs(pack, choice={"still_valid": True}).travel_rules(Regime.ABROAD, DAY).day_limits == (3,)
    assert with_packs(pack).travel_rules(Regime.ABROAD, date(2019, 12, 31)).day_limits == (5, 8, 10)


def test_the_choice_overrides_how_lodging_is_counted() -> None:
    programme = with_packs(travel_pack(lodging_by="nights"), choice={"lodging_by": "days"})
    assert programme.travel_rules(Regime.ABROAD, DAY).lodging_by == "days"
