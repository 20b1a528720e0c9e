"""Days away of officials."""

from __future__ import annotations

from datetime import date

from fairplanner.domain import reference as r
from fairplanner.domain.kinds import Regime
from fairplanner.domain.packs import TravelRules
from fairplanner.domain.programme import Programme
from fairplanner.rules.official_days import OfficialDays
from tests import builders as b
from tests.rules.plans import broken, delegation, standing_body

RULE = OfficialDays()


def test_five_days_for_one_country_are_kept() -> None:
    assert broken(RULE, b.a_programme(), delegation(depart=date(2025, 3, 17), return_=date(2025, 3, 21))) == []


def test_a_sixth_day_is_broken() -> None:
    assert broken(RULE, b.a_programme(), delegation(depart=date(2025, 3, 16), return_=date(2025, 3, 21))) == [
        ("prov:abroad-1-1", 1)
    ]


def test_firms_without_officials_may_stay_longer() -> None:
    assert broken(RULE, b.a_programme(), delegation(officials=0, return_=date(2025, 3, 30))) == []


def test_there_is_no_limit_at_home() -> None:
    assert broken(RULE, b.a_programme(), standing_body(last=date(2025, 5, 19))) == []


def under(rules: TravelRules, **tables: object) -> Programme:
    chosen = b.settings(packs=(b.pack_choice(),))
    return b.a_programme(settings=chosen, packs=(b.pack(travel=rules),), **tables)


FAR = TravelRules(regimes=(Regime.ABROAD,), day_limits=(5, 8, 10), far_days=1, far_markets=("asean",))
SIX = delegation(depart=date(2025, 3, 16), return_=date(2025, 3, 21))


def test_the_older_pack_gives_six_days() -> None:
    assert broken(RULE, under(TravelRules(day_limits=(6, 10, 12))), SIX) == []


def test_a_far_market_gives_one_day_more_and_no_second() -> None:
    assert broken(RULE, under(FAR), SIX) == []
    seven = delegation(depart=date(2025, 3, 15), return_=date(2025, 3, 21))
    assert broken(RULE, under(FAR), seven) == [("prov:abroad-1-1", 1)]


def test_a_fair_near_by_that_opens_a_far_market_is_not_far() -> None:
    far = r.Market(market_id="africa", name_zh="非洲", name_en="Africa", market_class="emerging", **b.SAMPLE)
    markets = (*b.a_programme().markets, far)
    fairs = (b.fair("abroad", markets=("africa",)), b.fair("expo"))
    rules = FAR.model_copy(update={"far_markets": ("africa",)})
    assert broken(RULE, under(rules, markets=markets, fairs=fairs), SIX) == [("prov:abroad-1-1", 1)]


def test_limits_of_the_programme_itself_stand_as_they_are_written() -> None:
    own = b.settings(packs=(b.pack_choice(),), profiles={"abroad": {"day_limits": (5,), "officials": 3}})
    assert broken(RULE, b.a_programme(settings=own, packs=(b.pack(travel=FAR),)), SIX) == [("prov:abroad-1-1", 1)]
