"""Money in words: names of limits, how a claim came about, and what is to be known before relying on it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fairplanner.domain.plan import Claim
from fairplanner.publish.money.money_view import ClaimSeen
from fairplanner.publish.money.money_words import percent
from fairplanner.publish.press import Press
from tests import builders as b
from tests.programmes.packs_plan import packs_plan
from tests.publish import plans


def press(lang: str = "zh") -> Press:
    return Press(*packs_plan(), lang)


def claim(made: Press, firm_id: str, subsidy_id: str) -> ClaimSeen:
    return next(c for c in made.money.claims if (c.claim.firm_id, c.claim.subsidy_id) == (firm_id, subsidy_id))


@pytest.mark.parametrize(
    ("lang", "trace", "taken"),
    [
        ("zh", "基数 40,000.00，按 70% 得 28,000.00；受每展位（9 ㎡）限额，为 24,000.00；按第 1 次支持", "每企业全年补贴上限（限 15,000.00）"),
        ("en", "base 40,000.00, at 70 % 28,000.00; cap of each booth (9 m²): 24,000.00; as supported visit no. 1", "cap of a firm and year (at most 15,000.00)"),
    ],
)  # fmt: skip
def test_a_claim_says_how_it_came_about_and_which_limit_took_the_rest(lang: str, trace: str, taken: str) -> None:
    made = press(lang)
    seen = claim(made, "f03", "sample-stand.stand")
    assert made.money_words.trace(seen) == trace
    assert made.money_words.limits(seen) == taken


def seen_under(lang: str = "zh", sections: tuple[str, ...] = ("",), booths: int = 4, **subsidy: Any) -> Press:
    """The builders' firm at a stand of 12,000 a booth under one subsidy, claimed once in each section."""
    programme = b.packed(
        b.pack(b.pack_subsidy(**subsidy)), sections=(b.section("expo-1", name_zh="食品"), b.section("expo-2"))
    )
    places = tuple(
        plans.place(participation_id=f"f1/expo-1-1/{s or '-'}/prov", section_id=s, booths=booths, stand_cost=Decimal(12_000 * booths))
        for s in sections
    )  # fmt: skip
    claims = tuple(
        Claim(claim_id=f"{p.participation_id}$pk.stand", subsidy_id="pk.stand", participation_id=p.participation_id, firm_id="f1",
              phase_id="expo-1-1", fund_id="trade", entitled=Decimal(1), amount=Decimal(1))
        for p in places
    )  # fmt: skip
    return Press(programme, plans.plan(participations=places, claims=claims), lang)


@pytest.mark.parametrize(
    ("lang", "subsidy", "trace"),
    [
        ("zh", {"rate": "0.5", "most_m2": 27}, "基数 48,000.00；面积只计 27 ㎡，基数为 36,000.00；按 50% 得 18,000.00"),
        ("en", {"rate": "0.5", "most_m2": 27}, "base 48,000.00; only 27 m² count: base 36,000.00; at 50 % 18,000.00"),
        ("zh", {"rate": 1, "booth_shares": (1, 1, "0.5")},
         "基数 48,000.00；各展位依次按 100%、100%、50%、50% 计，基数为 36,000.00；按 100% 得 36,000.00"),
    ],
)  # fmt: skip
def test_every_step_from_the_cost_to_the_rate_is_named_so_that_the_trace_computes(
    lang: str, subsidy: dict[str, Any], trace: str
) -> None:
    made = seen_under(lang, **subsidy)
    (seen,) = made.money.claims
    assert made.money_words.trace(seen) == trace
    assert seen.base == Decimal(36_000)


def test_what_is_claimed_in_two_sections_of_a_phase_names_the_section() -> None:
    made = seen_under(sections=("expo-1", "expo-2"))
    names = [made.money_words.claimed(x) for x in made.money.claims]
    assert len(set(names)) == 2
    assert made.w.name(made.programme.section["expo-1"]) in names[0]
    once = seen_under(sections=("expo-1",))
    assert [once.money_words.claimed(x) for x in once.money.claims] == [once.money_words.subsidy("pk.stand")]


def test_assumed_validity_second_hand_and_stale_numbers_are_marked() -> None:
    made = press()
    assert made.money_words.marks(claim(made, "f02", "sample-stand.stand")) == ("假定 2024-12-31 之后继续有效",)
    marks = made.money_words.marks(claim(made, "f04", "sample-stand.fitout"))
    assert "据转载：示例摘编 / Sample digest" in marks
    assert "可能过时：示例：2023年的数字" in marks
    assert made.money_words.marks(claim(made, "f02", "sample-travel.people")) == (
        "应得为上限，实拨由资金方在此以内决定",
    )


def test_limits_of_plain_subsidies_have_names_too() -> None:
    say = Press(plans.programme(), plans.plan(), "en").money_words
    assert say.limit("half.year").endswith("cap of a firm and year (at most 50,000.00)")
    assert say.limit("rounding") == "the year's sum rounded down"
    assert say.limit("no-such-limit") == "no-such-limit"


def test_a_fund_says_its_reserve_certainty_and_rate() -> None:
    made = press("en")
    trade, city = (made.programme.fund[f] for f in ("trade", "city"))
    assert made.money_words.fund_notes(trade) == ("10 % held back", "firms count on 80 % of it")
    assert made.money_words.fund_notes(city)[-1] == "2,000.00 USD at the rate of 2024-10-31, 7.1"
    assert made.money_words.fund_notes(made.programme.fund["travel"]) == ()


@pytest.mark.parametrize(("share", "shown"), [("0.5", "50"), ("0.125", "12.5"), ("1", "100"), ("0", "0")])
def test_a_share_prints_as_a_percentage_without_idle_zeros(share: str, shown: str) -> None:
    assert percent(Decimal(share)) == shown
