"""Who falls under a subsidy, and the first thing that stands in the way."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fairplanner.domain.kinds import FirmKind, Nature, Regime, Role, StandKind, Where
from fairplanner.domain.packs import FirmTest
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Membership
from fairplanner.rules.reckon.eligibility import could_fit, paid_day, passes, refused, young_until
from tests import builders as b

DAY = date(2025, 3, 18)


def why(programme: Programme, phase_id: str = "abroad-1-1", **given: Any) -> str | None:
    facts: dict[str, Any] = {"role": Role.EXHIBIT, "stand": StandKind.STANDARD} | given
    (subsidy,) = programme.subsidy.values()
    found = refused(programme, subsidy, "f1", phase_id, **facts)
    return None if found is None else found[0]


@pytest.mark.parametrize(
    ("asks", "fits"),
    [
        ({}, True),
        ({"where": Where.HOME}, False),
        ({"market_class": "key"}, False),
        ({"fairs": ("expo",)}, True),
        ({"roles": (Role.VISIT,)}, False),
        ({"valid_to": date(2024, 1, 1)}, True),
        ({"of": FirmTest(sectors=("wine",))}, True),
    ],
)
def test_a_subsidy_could_fit_where_place_and_role_are_meant(asks: dict[str, Any], fits: bool) -> None:
    programme = b.packed(b.pack(b.pack_subsidy(**asks)))
    (subsidy,) = programme.subsidy.values()
    assert could_fit(programme, subsidy, "f1", "abroad-1-1", Role.EXHIBIT) == fits


def asking(**changes: Any) -> str | None:
    """What stands in the way at the fair abroad (Singapore, ASEAN, an emerging market; 18 to 20 March 2025)."""
    return why(b.packed(b.pack(b.pack_subsidy(**changes))))


@pytest.mark.parametrize(
    ("asks", "reason"),
    [
        ({}, None),
        ({"valid_from": date(2025, 3, 21)}, "validity"),
        ({"valid_from": date(2025, 3, 20), "valid_to": date(2025, 3, 20)}, None),
        ({"valid_to": date(2025, 3, 19)}, "validity"),
        ({"where": Where.HOME}, "where"),
        ({"where": Where.ABROAD}, None),
        ({"regimes": (Regime.HKMO,)}, "where"),
        ({"territories": ("SG", "MY")}, None),
        ({"territories": ("MY",)}, "territory"),
        ({"not_territories": ("SG",)}, "territory"),
        ({"not_territories": ("MY",)}, None),
        ({"markets": ("asean",)}, None),
        ({"markets": ("europe",)}, "market"),
        ({"not_markets": ("asean",)}, "market"),
        ({"not_markets": ("europe",)}, None),
        ({"market_class": "emerging"}, None),
        ({"market_class": "key"}, "market-class"),
        ({"fairs": ("abroad",)}, None),
        ({"fairs": ("expo",)}, "fair-list"),
        ({"roles": (Role.VISIT,)}, "role"),
        ({"stands": (StandKind.RAW,)}, "stand"),
        ({"stands": (StandKind.RAW, StandKind.STANDARD)}, None),
        ({"lines": ("fare",), "stands": (StandKind.RAW,)}, None),
        ({"of": FirmTest(sectors=("wine",))}, "sector"),
    ],
)
def test_a_subsidy_says_which_fairs_and_stands_it_pays(asks: dict[str, Any], reason: str | None) -> None:
    assert asking(**asks) == reason


@pytest.mark.parametrize(
    ("facts", "asks", "reason"),
    [
        ({}, {}, None),
        ({"sme": False}, {"sme_only": True}, "sme"),
        ({"kind": FirmKind.TRADER}, {"kinds": (FirmKind.PRODUCER,)}, "kind"),
        ({"sectors": ("tea", "wine")}, {"sectors": ("wine",)}, None),
        ({"tags": ("old",)}, {"tags": ("grew", "green")}, "tag"),
        ({"tags": ("green",)}, {"tags": ("grew", "green")}, None),
        ({"tags": ("listed",)}, {"not_tags": ("listed",)}, "tag"),
        ({"export_usd": Decimal(749_999)}, {"least_export_usd": {FirmKind.PRODUCER: Decimal(750_000)}}, "export"),
        ({"export_usd": Decimal(750_000)}, {"least_export_usd": {FirmKind.PRODUCER: Decimal(750_000)}}, None),
        ({}, {"least_export_usd": {FirmKind.PRODUCER: Decimal(1)}}, "export"),
        ({}, {"least_export_usd": {FirmKind.TRADER: Decimal(1)}}, None),
        ({"export_usd": Decimal(65_000_001)}, {"most_export_usd": Decimal(65_000_000)}, "export"),
        ({"staff": 49}, {"most_staff": 49}, None),
        ({"staff": 50}, {"most_staff": 49}, "staff"),
        ({}, {"most_staff": 49}, "staff"),
        ({"turnover": Decimal(99)}, {"least_turnover": Decimal(100)}, "turnover"),
        ({"turnover": Decimal(101)}, {"most_turnover": Decimal(100)}, "turnover"),
        ({"turnover": Decimal(100)}, {"least_turnover": Decimal(100), "most_turnover": Decimal(100)}, None),
        ({"founded": date(2015, 3, 19)}, {"most_years": 9}, None),
        ({"founded": date(2015, 3, 18)}, {"most_years": 9}, "years"),
        ({}, {"most_years": 9}, "years"),
    ],
)
def test_a_firm_is_meant_only_by_what_is_known_of_it(
    facts: dict[str, Any], asks: dict[str, Any], reason: str | None
) -> None:
    programme = b.a_programme(firms=(b.firm("f1", **facts),))
    found = passes(programme, FirmTest(**asks), "f1", DAY)
    assert (found[0] if found else None) == reason


def test_a_first_timer_has_no_earlier_row_of_that_fair() -> None:
    programme = b.a_programme(ledger=(b.ledger_row(on=date(2024, 3, 20)),))
    test = FirmTest(first_timer=True)
    assert passes(programme, test, "f1", DAY, "abroad") == ("first-timer", {"limit": "abroad", "value": "2024-03-20"})
    assert passes(programme, test, "f1", DAY, "expo") is None
    assert passes(programme, test, "f1", date(2024, 3, 20), "abroad") is None
    assert passes(programme, test, "f1", DAY) is not None
    assert passes(programme, test, "f2", DAY, "abroad") is None


def test_a_firm_of_a_leap_day_is_a_year_older_on_the_first_of_march() -> None:
    assert young_until(date(2016, 2, 29), 8) == date(2025, 2, 28)
    assert young_until(date(2016, 2, 29), 7) == date(2024, 2, 28)
    assert young_until(date(2015, 3, 19), 9) == date(2025, 3, 18)


@pytest.mark.parametrize(
    ("received", "asks", "reason"),
    [
        (date(2025, 1, 21), {"lead_days": 56}, None),
        (date(2025, 1, 22), {"lead_days": 56}, "lead-time"),
        (None, {"lead_days": 56}, "lead-time"),
        (None, {}, None),
    ],
)
def test_an_application_comes_in_so_many_days_before_opening(
    received: date | None, asks: dict[str, Any], reason: str | None
) -> None:
    programme = b.packed(b.pack(b.pack_subsidy(**asks)))
    application = b.application("f1", "abroad-1-1", received=received)
    assert why(programme, application=application) == reason


def test_an_invitation_has_not_come_in_at_all() -> None:
    assert why(b.packed(b.pack(b.pack_subsidy(lead_days=1)))) == "lead-time"
    assert why(b.packed(b.pack(b.pack_subsidy(not_committed=True)))) is None


@pytest.mark.parametrize(
    ("received", "signed", "reason"),
    [
        (date(2024, 10, 1), None, None),
        (date(2024, 10, 1), date(2024, 10, 1), None),
        (date(2024, 10, 1), date(2024, 9, 30), "committed"),
        (None, date(2024, 10, 1), "committed"),
    ],
)
def test_a_firm_that_signed_before_it_applied_is_not_paid(
    received: date | None, signed: date | None, reason: str | None
) -> None:
    programme = b.packed(b.pack(b.pack_subsidy(not_committed=True)))
    application = b.application("f1", "abroad-1-1", received=received, committed=signed)
    assert why(programme, application=application) == reason


def test_a_pack_for_one_zone_pays_the_firms_of_that_zone_and_below() -> None:
    chosen = b.settings(packs=(b.pack_choice(zone="west"),))
    programme = b.packed(b.pack(), settings=chosen)
    (subsidy,) = programme.subsidy.values()
    at = {"role": Role.EXHIBIT, "stand": StandKind.STANDARD}
    assert refused(programme, subsidy, "f1", "abroad-1-1", **at) == ("zone", {"limit": "west", "value": "east"})
    assert refused(programme, subsidy, "f3", "abroad-1-1", **at) is None


@pytest.mark.parametrize(
    ("fund", "reason"),
    [
        ({}, None),
        ({"zone_id": "west"}, "zone"),
        ({"nature": Nature.PUBLIC_STAND}, "fund"),
        ({"pays": ("freight",)}, "fund"),
        ({"period_to": date(2025, 6, 17)}, "fund"),
        ({"period_from": date(2025, 6, 18), "period_to": date(2025, 6, 18)}, None),
        ({"scheme": "pilot"}, None),
        ({"scheme": "other"}, "fund"),
    ],
)
def test_a_fund_pays_its_lines_in_its_period_to_members_of_its_scheme(fund: dict[str, Any], reason: str | None) -> None:
    paying = {"nature": Nature.TRADE_DEVELOPMENT, "pays": ("stand", "freight")} | fund
    member = Membership(zone_id="east", scheme="pilot", year=2025, member=True, **b.SAMPLE)
    pack = b.pack(b.pack_subsidy(paid_after_days=90))
    programme = b.packed(pack, funds=(b.fund("trade", **paying), b.fund()), memberships=(member,))
    # the fair ends on 20 March: 90 days later is 18 June
    assert paid_day(programme, programme.subsidy["pk.stand"], "abroad-1-1") == date(2025, 6, 18)
    assert why(programme) == reason


@pytest.mark.parametrize(("last", "reason"), [(date(2026, 1, 29), "fund"), (date(2026, 1, 30), None)])
def test_what_is_rounded_over_the_year_is_paid_in_one_sum_after_its_last_day(last: date, reason: str | None) -> None:
    paying = b.fund("trade", Nature.TRADE_DEVELOPMENT, pays=("stand",), period_to=last)
    pack = b.pack(b.pack_subsidy(round_at="year", paid_after_days=30))
    programme = b.packed(pack, funds=(paying, b.fund()))
    assert paid_day(programme, programme.subsidy["pk.stand"], "abroad-1-1") == date(2026, 1, 30)
    assert why(programme) == reason


def test_a_line_that_the_fund_does_not_name_is_told_by_name() -> None:
    programme = b.packed(b.pack(b.pack_subsidy(lines=("stand", "freight"))), pays=("stand",))
    (subsidy,) = programme.subsidy.values()
    found = refused(programme, subsidy, "f1", "abroad-1-1", role=Role.EXHIBIT, stand=StandKind.STANDARD)
    assert found == ("fund", {"limit": "stand", "value": "freight"})


def test_the_first_reason_in_the_written_order_is_told() -> None:
    order = {
        "valid_to": date(2024, 1, 1), "where": Where.HOME, "territories": ("MY",), "market_class": "key",
        "fairs": ("expo",), "roles": (Role.BUY,), "of": FirmTest(most_staff=1), "lead_days": 500,
    }  # fmt: skip
    told = []
    while order:
        told.append(asking(**order))
        order.pop(next(iter(order)))
    assert told == ["validity", "where", "territory", "market-class", "fair-list", "role", "staff", "lead-time"]


def test_a_phase_without_dates_is_never_paid() -> None:
    phases = (b.phase("abroad", 1, start=None, end=None, place_id="lion"),)
    programme = b.packed(b.pack(), phases=phases, applications=(), quotas=())
    assert why(programme) == "validity"
    with pytest.raises(ValueError, match="no dates"):
        paid_day(programme, programme.subsidy["pk.stand"], "abroad-1-1")


def test_a_row_of_subsidies_for_small_firms_abroad_pays_only_those() -> None:
    firms = (b.firm("f1"), b.firm("f2", sme=False), b.firm("f3", "west"))
    programme = b.a_programme(firms=firms, subsidies=(b.subsidy(sme_only=True),))
    (subsidy,) = programme.subsidy.values()
    at = {"role": Role.EXHIBIT, "stand": StandKind.STANDARD}
    found = [
        refused(programme, subsidy, f, q, **at)
        for f, q in (("f1", "abroad-1-1"), ("f2", "abroad-1-1"), ("f1", "expo-1-1"))
    ]
    assert [reason and reason[0] for reason in found] == [None, "sme", "where"]
