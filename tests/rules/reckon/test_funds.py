from __future__ import annotations

from datetime import date
from decimal import Decimal

from fairplanner.domain.kinds import CostLine
from fairplanner.domain.money import Rate
from fairplanner.domain.packs import Cite, MembershipRules, Pack
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.funds import available, quarters_of, spendable, whole
from fairplanner.rules.reckon.uses import pays
from tests import builders as b

LIST = Pack(
    pack_id="list", name_zh="名单", name_en="list", jurisdiction_zh="示例", jurisdiction_en="sample", source="s",
    sources={"s": Cite(title="sample", confidence="sample", reading="first-hand")},
    membership=MembershipRules(scheme="upgrade", quote="人才培训等"),
)  # fmt: skip


def programme(**changes: object) -> Programme:
    return b.a_programme(funds=(b.fund(**changes),))


def test_a_reserve_is_held_back_and_a_foreign_amount_converted_down_to_whole_fen() -> None:
    rates = (Rate(currency="USD", rate=Decimal("7.1234"), on=date(2024, 11, 1), **b.SAMPLE),)
    own = b.a_programme(funds=(b.fund(amount=1_001, currency="USD", reserve=0.1),), rates=rates)
    # 1,001 × 7.1234 = 7,130.5234; nine tenths of it 6,417.47106
    assert spendable(own, own.funds[0]) == Decimal("6417.47")


def test_the_whole_of_a_foreign_fund_is_told_in_programme_currency_reserve_included() -> None:
    made = b.a_programme(rates=(Rate(currency="USD", rate=Decimal("7.1234"), on=date(2024, 10, 1), **b.SAMPLE),))
    foreign = b.fund("foreign", amount=1_001, currency="USD", reserve=0.5)
    assert whole(made, foreign) == Decimal("7130.52")
    assert whole(made, b.fund(amount=80)) == Decimal(80)


def test_without_instalments_everything_is_there_from_the_first_quarter() -> None:
    own = programme(amount=1_000)
    assert available(own, own.funds[0], "2025Q1") == Decimal(1_000)


def test_instalments_add_up_quarter_by_quarter_and_never_exceed_the_whole() -> None:
    rows = (
        b.instalment(date(2025, 3, 31), 300),
        b.instalment(date(2025, 4, 1), 300),
        b.instalment(date(2025, 12, 1), 900),
    )
    own = b.a_programme(funds=(b.fund(amount=1_000),), instalments=rows)
    held = [available(own, own.funds[0], q) for q in ("2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4")]
    assert held == [0, 300, 600, 600, 1_000]


def test_quarters_cover_the_period_and_the_window() -> None:
    own = programme(period_from=date(2024, 11, 1), period_to=date(2025, 2, 1))
    assert quarters_of(own, own.funds[0]) == ("2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4")


def test_a_list_of_uses_that_does_not_name_a_line_outranks_the_funds_own_word() -> None:
    fund = b.fund(pays=(CostLine.STAND,), scheme="upgrade")
    assert pays(b.a_programme(), fund, CostLine.STAND)
    assert not pays(b.a_programme(packs=(LIST,)), fund, CostLine.STAND)
    assert pays(b.a_programme(packs=(LIST,)), b.fund(pays=(CostLine.STAND,)), CostLine.STAND)
