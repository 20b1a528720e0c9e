"""Which claims share a limit, and what the ledger has used of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from fairplanner.domain.packs import FirmTest, Limit
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Market, Territory
from fairplanner.rules.reckon.dates import planned_year
from fairplanner.rules.reckon.limits import (
    Cell,
    capacity,
    cell_day,
    cell_of,
    group_of,
    money_limits_of,
    months_before,
    most_at,
)
from tests import builders as b

ABROAD, EXPO = Cell("pk.stand", "f1", "abroad-1-1"), Cell("pk.stand", "f1", "expo-1-1")


def over(*limits: Limit, ledger: tuple[Any, ...] = (), **tables: Any) -> Programme:
    subsidies = (b.pack_subsidy(), b.pack_subsidy("freight", lines=("freight",)))
    return b.packed(b.pack(*subsidies, limits=limits), ledger=ledger, **tables)


def left(cell: Cell, limit: Limit, *ledger: Any, **tables: Any) -> Decimal:
    programme = over(limit, ledger=ledger, **tables)
    (one,) = programme.limits
    return capacity(programme, one, cell)


def paid(amount: int, on: date, fair_id: str = "abroad", firm_id: str = "f1", **changes: Any) -> Any:
    return b.ledger_row(firm_id, fair_id, on, amount, **({"subsidy_id": "pk.stand"} | changes))


@pytest.mark.parametrize(
    ("each", "key"),
    [
        (("phase",), ("abroad-1-1",)),
        (("edition",), ("abroad:1",)),
        (("fair",), ("abroad",)),
        (("market",), ("asean",)),
        (("territory",), ("SG",)),
        (("market-class",), ("emerging",)),
        (("year",), ("2025",)),
        (("life",), ("",)),
        (("window",), ("",)),
        (("year", "market"), ("2025", "asean")),
    ],
)
def test_claims_share_a_limit_by_owner_and_keys(each: tuple[Any, ...], key: tuple[str, ...]) -> None:
    programme = over(b.limit(1, each=each))
    assert group_of(programme, programme.limits[0], "f1", "abroad-1-1", date(2025, 3, 20)) == ("f1", *key)


def test_a_fair_that_opens_no_market_is_placed_by_country_or_region() -> None:
    programme = over(b.limit(1, each=("market",)))
    assert group_of(programme, programme.limits[0], "f1", "expo-1-1", date(2025, 4, 19)) == ("f1", "CN")


def test_hong_kong_connected_firms_count_as_one_over_their_life() -> None:
    firms = (b.firm("f1", group="g"), b.firm("f2", group="g"), b.firm("f3", "west"))
    rows = [paid(600_000, date(2010, 5, 1), firm_id="f1"), paid(300_000, date(2020, 5, 1), firm_id="f2")]
    rows.append(paid(999_999, date(2021, 5, 1), firm_id="f3"))
    together = b.limit(1_000_000, each=("life",), per="group")
    assert left(ABROAD, together, *rows, firms=firms) == 100_000
    assert left(Cell("pk.stand", "f2", "expo-1-1"), together, *rows, firms=firms) == 100_000
    assert left(ABROAD, b.limit(1_000_000, each=("life",)), *rows, firms=firms) == 400_000
    programme = over(together, ledger=tuple(rows), firms=firms)
    assert {group_of(programme, programme.limits[0], f, "abroad-1-1", date(2025, 3, 20)) for f in ("f1", "f2")} == {
        ("g", "")
    }


def test_a_window_of_36_months_counts_back_from_the_last_fair_day() -> None:
    window = b.limit(300_000, each=("window",), window_months=36)
    # the fair ends on 20 March 2025: what was paid for a fair of 20 March 2022 is just outside
    assert left(ABROAD, window, paid(200_000, date(2022, 3, 20))) == 300_000
    assert left(ABROAD, window, paid(200_000, date(2022, 3, 21))) == 100_000
    assert left(ABROAD, window, paid(200_000, date(2025, 4, 1))) == 300_000
    assert left(ABROAD, window, paid(400_000, date(2024, 4, 1))) == 0


def test_a_window_by_grant_runs_from_payment_to_payment() -> None:
    parts = (b.pack_subsidy(paid_after_days=10), b.pack_subsidy("slow", paid_after_days=40))
    window = b.limit(300, each=("window",), window_months=36, window_of="grant")
    row = paid(200, date(2022, 3, 1), subsidy_id="pk.slow")
    programme = b.packed(b.pack(*parts, limits=(window,)), ledger=(row,))
    # paid on 10 April 2022; the claim of 20 March 2025 is paid on the 30th
    assert capacity(programme, programme.limits[0], ABROAD) == 100
    by_event = window.model_copy(update={"window_of": "event"})
    programme = b.packed(b.pack(*parts, limits=(by_event,)), ledger=(row,))
    assert capacity(programme, programme.limits[0], ABROAD) == 300


@pytest.mark.parametrize(
    ("each", "cell", "kept"),
    [
        ("year", ABROAD, 60),  # 40 in January of this year
        ("fair", ABROAD, 30),  # 40 and 30
        ("fair", EXPO, 80),
        ("edition", ABROAD, 100),
        ("phase", ABROAD, 100),
        ("life", EXPO, 10),
    ],
)
def test_the_ledger_uses_up_what_has_the_same_key(each: Any, cell: Cell, kept: int) -> None:
    rows = [paid(40, date(2025, 1, 20)), paid(30, date(2023, 3, 20), edition="0"), paid(20, date(2023, 4, 19), "expo")]
    assert left(cell, b.limit(100, each=(each,)), *rows) == kept


def test_a_row_of_the_same_phase_or_edition_counts_there() -> None:
    row = paid(40, date(2025, 3, 20))
    assert [left(ABROAD, b.limit(100, each=(x,)), row) for x in ("phase", "edition")] == [60, 60]
    assert left(EXPO, b.limit(100, each=("phase",)), row) == 100


def test_rows_under_other_subsidies_do_not_count() -> None:
    rows = [paid(40, date(2024, 1, 1), subsidy_id="pk.freight"), paid(7, date(2024, 1, 1), subsidy_id="")]
    assert left(ABROAD, b.limit(100, each=("life",), subsidies=("stand",)), *rows) == 100
    assert left(ABROAD, b.limit(100, each=("life",)), *rows) == 60


def test_a_past_visit_opens_its_fairs_markets_or_those_of_where_it_was_held_then() -> None:
    own = b.limit(100, each=("market",))
    assert left(ABROAD, own, paid(40, date(2019, 1, 1))) == 60  # the fair's own markets: ASEAN
    assert left(EXPO, own, paid(40, date(2019, 1, 1))) == 100
    bare = {"fairs": (b.fair("abroad"), b.fair("expo"))}
    assert left(ABROAD, own, paid(40, date(2025, 3, 19)), **bare) == 60
    assert left(EXPO, own, paid(40, date(2025, 3, 19)), **bare) == 100


def test_a_past_visit_that_the_catalogue_does_not_know_counts_in_every_market_and_place() -> None:
    row, bare = paid(40, date(2019, 1, 1)), {"fairs": (b.fair("abroad"), b.fair("expo"))}
    for each in ("market", "territory", "market-class"):
        assert left(EXPO, b.limit(100, each=(each,)), row, **bare) == 60


def test_a_limit_binds_its_subsidies_and_the_firms_it_means() -> None:
    small = b.limit(1, "small", firms=FirmTest(most_staff=9), subsidies=("stand",))
    freight = b.limit(1, "freight", subsidies=("freight",))
    turns = b.limit(1, "turns", of="turns")
    firms = (b.firm("f1", staff=9), b.firm("f2", staff=10), b.firm("f3"))
    programme = over(small, freight, turns, firms=firms)
    bound = {
        f: [x.limit_id for x in money_limits_of(programme, Cell("pk.stand", f, "expo-1-1"))] for f in ("f1", "f2", "f3")
    }
    assert bound == {"f1": ["pk.small"], "f2": [], "f3": []}
    assert [x.limit_id for x in money_limits_of(programme, Cell("pk.freight", "f1", "expo-1-1"))] == ["pk.freight"]


def test_a_cell_of_the_year_is_dated_its_last_day_and_has_no_phase() -> None:
    programme = b.packed(b.pack(b.pack_subsidy(round_at="year"), limits=(b.limit(100),)))
    cell = cell_of(programme, "pk.stand", "f1", "expo-1-1")
    assert cell == Cell("pk.stand", "f1", "")
    assert cell_day(programme, cell) == date(2025, 12, 31)
    assert group_of(programme, programme.limits[0], "f1", "", date(2025, 12, 31)) == ("f1", "2025")


@pytest.mark.parametrize(
    ("first", "last", "year"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), 2025),
        (date(2025, 1, 1), date(2026, 5, 31), 2025),
        (date(2024, 11, 1), date(2025, 12, 31), 2025),
    ],
)
def test_a_long_window_is_for_the_year_of_its_middle(first: date, last: date, year: int) -> None:
    assert planned_year(b.a_programme(settings=b.settings(window_from=first, window_to=last))) == year


def test_months_back_end_with_the_month() -> None:
    assert months_before(date(2025, 3, 31), 1) == date(2025, 2, 28)
    assert months_before(date(2024, 3, 31), 1) == date(2024, 2, 29)
    assert months_before(date(2025, 1, 15), 36) == date(2022, 1, 15)
    assert months_before(date(2025, 1, 31), 2) == date(2024, 11, 30)


def test_two_markets_are_one_key() -> None:
    markets = tuple(Market(market_id=m, name_zh=m, name_en=m, territories=(), **b.SAMPLE) for m in ("africa", "asean"))
    fairs = (b.fair("abroad", markets=("asean", "africa")), b.fair("expo"))
    programme = over(b.limit(1, each=("market",)), markets=markets, fairs=fairs)
    assert group_of(programme, programme.limits[0], "f1", "abroad-1-1", date(2025, 3, 20)) == ("f1", "asean+africa")


def test_a_cap_of_a_phase_is_less_in_hong_kong_where_a_firm_stands_in_two_sections() -> None:
    place = b.place("peak", 22.3, 114.2, "HK", "Asia/Hong_Kong")
    base = b.a_programme()
    there = Territory(territory_id="HK", name_zh="香港", name_en="Hong Kong", **b.SAMPLE)
    programme = b.packed(
        b.pack(b.pack_subsidy(cap_phase=30_001, hkmo_share="0.6")),
        phases=(b.phase("abroad", 1, place_id="peak"), b.phase("expo", 1)),
        places=(*base.places, place), territories=(*base.territories, there), applications=(), quotas=(),
    )  # fmt: skip
    (cap,) = programme.limits
    assert capacity(programme, cap, ABROAD) == Decimal("18000.60")
    assert capacity(programme, cap, EXPO) == 30_001
    assert [most_at(programme, cap, q) for q in ("abroad-1-1", "expo-1-1", "")] == [Decimal("18000.60"), 30_001, 30_001]
