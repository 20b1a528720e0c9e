"""The same stand, the same rate."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from fairplanner.domain.kinds import StandKind
from fairplanner.domain.programme import Programme
from fairplanner.rules.equal_rates import EqualRates
from tests import builders as b
from tests.rules.plans import broken, place
from tests.rules.solved import at_home, best, claims

RULE = EqualRates()
MENU = (Decimal("0.5"), Decimal("0.25"))


def menu(**tables: Any) -> Programme:
    subsidy = b.pack_subsidy("stand", rate=Decimal(0), menu=MENU)
    return at_home(b.pack(subsidy), firms=(b.firm("f1"), b.firm("f2")), markets=("",), **tables)


def stand(firm_id: str, **changes: Any) -> Any:
    return place(firm_id, "a-1-1", participation_id=f"{firm_id}@", **changes)


def paid(firm_id: str, level: int) -> Any:
    return claims(f"{firm_id} a-1-1", participation_id=f"{firm_id}@", level=level)[0]


def test_one_rate_for_all_is_kept_and_two_are_broken() -> None:
    both = (stand("f1"), stand("f2"))
    assert broken(RULE, menu(), *both, paid("f1", 1), paid("f2", 1)) == []
    assert broken(RULE, menu(), *both, paid("f1", 1), paid("f2", 2)) == [("pk.stand · a-1-1 · standard · 1", 1)]


def test_other_stands_may_be_paid_at_other_rates() -> None:
    levels = (paid("f1", 1), paid("f2", 2))
    assert broken(RULE, menu(), stand("f1"), stand("f2", booths=2), *levels) == []
    assert broken(RULE, menu(), stand("f1"), stand("f2", stand=StandKind.RAW), *levels) == []


def test_subsidies_without_a_menu_are_not_compared() -> None:
    programme = at_home(b.pack(), firms=(b.firm("f1"), b.firm("f2")), markets=("",))
    assert broken(RULE, programme, stand("f1"), stand("f2"), paid("f1", 1), paid("f2", 2)) == []


@pytest.mark.parametrize(
    ("fund", "amounts"), [(10_000, [5_000, 5_000]), (9_999, [2_500, 2_500]), (7_500, [5_000]), (4_999, [2_500])]
)
def test_the_optimum_never_pays_one_firm_more_and_another_less(fund: int, amounts: list[int]) -> None:
    """10,000 a stand: with 7,500 to 9,999 one at 50 % and one at 25 % would use more of the fund than both at 25 %, 5,000."""
    funds = tuple(f.model_copy(update={"amount": Decimal(fund)}) if f.fund_id == "trade" else f for f in menu().funds)
    plan = best(menu(funds=funds))
    assert sum(c.amount for c in plan.claims) == sum(amounts)
    assert len({c.level for c in plan.claims}) == 1
