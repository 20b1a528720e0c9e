"""What is paid of several claims together: limits in order, rounding over the year, the payer's cuts."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairplanner.domain.packs import Limit
from fairplanner.domain.plan import Claim
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.grants import account, paid_claims, pay, settled
from fairplanner.rules.reckon.limits import Cell, capacity, cell_day, group_of, in_order, money_limits_of
from tests import builders as b

D = Decimal
PHASES = ("abroad-1-1", "expo-1-1", "expo-1-2")  # in March, April, and late April
FIRMS = (b.firm("f1", group="g"), b.firm("f2", group="g"), b.firm("f3", "west"))


def claim(subsidy: str, firm: str, phase: str, entitled: int | str, number: int = 1, **changes: Any) -> Claim:
    base = {
        "claim_id": f"{firm}/{phase}/{number}${subsidy}", "participation_id": f"{firm}/{phase}/{number}",
        "subsidy_id": f"pk.{subsidy}", "firm_id": firm, "phase_id": phase, "fund_id": "trade", "entitled": D(entitled),
        "amount": D(entitled),
    }  # fmt: skip
    return Claim(**(base | changes))


def under(*limits: Limit, ledger: tuple[Any, ...] = (), **changes: Any) -> Programme:
    """Subsidies `a` (exactly), `u` (the payer may cut), `y` (over the year in whole thousands from 2,000)."""
    parts = (
        b.pack_subsidy("a", **changes), b.pack_subsidy("u", entitled="up-to"),
        b.pack_subsidy("y", round_at="year", round_to=1000, least=2000),
    )  # fmt: skip
    return b.packed(b.pack(*parts, limits=limits), firms=FIRMS, ledger=ledger)


def paid(programme: Programme, *claims: Claim) -> dict[tuple[str, str], tuple[Decimal, tuple[str, ...]]]:
    """By firm and phase: what is paid and what took the rest."""
    cells = account(programme, claims).cells
    return {(c.firm_id, c.phase_id): (p.paid, p.by) for c, p in cells.items()}


def test_beijing_a_year_is_used_up_in_the_order_of_the_fairs() -> None:
    programme = under(b.limit(100))
    claims = [claim("a", "f1", q, 60) for q in reversed(PHASES)]
    assert paid(programme, *claims) == {
        ("f1", "abroad-1-1"): (60, ()), ("f1", "expo-1-1"): (40, ("pk.year",)), ("f1", "expo-1-2"): (0, ("pk.year",)),
    }  # fmt: skip


def test_the_ledger_of_the_year_has_used_its_part() -> None:
    row = b.ledger_row("f1", "expo", date(2025, 1, 9), 70, subsidy_id="pk.a")
    programme = under(b.limit(100), ledger=(row,))
    assert paid(programme, claim("a", "f1", "abroad-1-1", 60))["f1", "abroad-1-1"] == (30, ("pk.year",))
    assert paid(programme, claim("a", "f2", "abroad-1-1", 60))["f2", "abroad-1-1"] == (60, ())


def test_jilin_the_tightest_of_several_limits_takes_and_is_named() -> None:
    programme = under(b.limit(600, "year"), b.limit(150, "fair", each=("fair",)))
    claims = [claim("a", "f1", q, 200) for q in PHASES]
    assert paid(programme, *claims) == {
        ("f1", "abroad-1-1"): (150, ("pk.fair",)),
        ("f1", "expo-1-1"): (150, ("pk.fair",)),
        ("f1", "expo-1-2"): (0, ("pk.fair",)),
    }


def test_two_limits_that_leave_the_same_are_both_named() -> None:
    programme = under(b.limit(150, "x"), b.limit(150, "w", each=("life",)))
    assert paid(programme, claim("a", "f1", "expo-1-1", 200))["f1", "expo-1-1"] == (150, ("pk.w", "pk.x"))


def test_two_sections_of_one_phase_share_its_cap() -> None:
    programme = under(cap_phase=150)
    claims = [claim("a", "f1", "expo-1-1", 100, n) for n in (1, 2)]
    assert paid(programme, *claims)["f1", "expo-1-1"] == (150, ("pk.a.phase",))
    assert [c.amount for c in settled(programme, claims)] == [100, 50]


def test_hong_kong_connected_firms_use_up_one_limit_in_order_of_date_then_firm() -> None:
    programme = under(b.limit(100, each=("life",), per="group"))
    claims = [claim("a", f, q, 60) for f in ("f2", "f1", "f3") for q in PHASES[:2]]
    assert {key: value for key, (value, _) in paid(programme, *claims).items()} == {
        ("f1", "abroad-1-1"): 60, ("f2", "abroad-1-1"): 40, ("f3", "abroad-1-1"): 60,
        ("f1", "expo-1-1"): 0, ("f2", "expo-1-1"): 0, ("f3", "expo-1-1"): 40,
    }  # fmt: skip


def test_one_limit_over_two_subsidies_takes_from_the_later_name_at_the_same_fair() -> None:
    programme = under(b.limit(100, subsidies=("a", "u")))
    cells = account(programme, [claim("u", "f1", "expo-1-1", 80), claim("a", "f1", "expo-1-1", 80)]).cells
    assert {c.subsidy_id: p.paid for c, p in cells.items()} == {"pk.a": 80, "pk.u": 20}


def test_a_window_lets_go_of_old_money_within_the_year() -> None:
    row = b.ledger_row("f1", "expo", date(2022, 4, 1), 80, subsidy_id="pk.a")
    programme = under(b.limit(100, each=("window",), window_months=36), ledger=(row,))
    # on 20 March 20 are left; on 19 April the row of 1 April 2022 is out, and 20 of 100 are used
    claims = [claim("a", "f1", q, 90) for q in PHASES]
    assert [value for value, _ in paid(programme, *claims).values()] == [20, 80, 0]


def test_shenzhen_the_year_is_rounded_down_once_and_nothing_is_paid_below_the_least() -> None:
    programme = under()
    claims = [
        claim("y", "f1", PHASES[0], "1800.50"),
        claim("y", "f1", PHASES[1], "1700"),
        claim("y", "f2", PHASES[0], 1999),
    ]
    assert paid(programme, *claims) == {("f1", ""): (3000, ("rounding",)), ("f2", ""): (0, ("rounding",))}
    assert account(programme, claims).cuts == {Cell("pk.y", "f1", ""): D("500.50"), Cell("pk.y", "f2", ""): D(1999)}
    assert [c.amount for c in settled(programme, claims)] == [D("1800.50"), D("1199.50"), 0]


def test_a_limit_comes_before_rounding_and_both_are_named() -> None:
    programme = under(b.limit(4500, subsidies=("y",)))
    claims = [claim("y", "f1", q, 2000) for q in PHASES]
    assert paid(programme, *claims)["f1", ""] == (4000, ("pk.year", "rounding"))


def test_rounding_that_takes_nothing_is_not_named() -> None:
    assert pay(b.pack_subsidy(round_at="year", round_to=1000), D(3000), {}).by == ()
    assert pay(b.pack_subsidy(), D("0.07"), {"x": D("0.07")}).by == ()


def test_a_payer_who_pays_less_leaves_more_for_what_comes_later() -> None:
    programme = under(b.limit(100, subsidies=("a", "u")))
    later = claim("a", "f1", "expo-1-1", 90)
    full = account(programme, [claim("u", "f1", "abroad-1-1", 60), later]).cells
    less = account(programme, [claim("u", "f1", "abroad-1-1", 60, amount=D(25)), later]).cells
    first, second = Cell("pk.u", "f1", "abroad-1-1"), Cell("pk.a", "f1", "expo-1-1")
    assert (full[first].paid, full[first].up_to, full[second].paid) == (60, True, 40)
    assert (less[first].paid, less[second].paid) == (60, 75)


def test_a_payer_who_pays_too_much_does_not_take_more_than_the_law_from_others() -> None:
    programme = under(b.limit(50, subsidies=("u",)))
    cells = account(programme, [claim("u", "f1", q, 60) for q in PHASES[:2]]).cells
    assert [p.paid for p in cells.values()] == [50, 0]


def test_a_cut_is_taken_from_the_last_claim_backwards() -> None:
    programme = under()
    claims = [claim("a", "f1", "expo-1-1", 40, n) for n in (3, 1, 2)]
    cut = paid_claims(programme, claims, {Cell("pk.a", "f1", "expo-1-1"): D(55)})
    assert [(c.claim_id[-3], c.amount, c.cut) for c in cut] == [("3", 0, 40), ("1", 40, 0), ("2", 25, 15)]


def test_a_cut_of_a_year_is_taken_from_its_last_fair_backwards() -> None:
    programme = under()
    claims = [claim("y", "f1", q, 40) for q in (PHASES[2], PHASES[0], PHASES[1])]
    cut = paid_claims(programme, claims, {Cell("pk.y", "f1", ""): D(50)})
    assert {c.phase_id: c.amount for c in cut} == {PHASES[0]: 40, PHASES[1]: 30, PHASES[2]: 0}


def test_more_than_everything_cannot_be_cut() -> None:
    programme = under()
    with pytest.raises(ValueError, match="cut more"):
        paid_claims(programme, [claim("a", "f1", "expo-1-1", 40)], {Cell("pk.a", "f1", "expo-1-1"): D(41)})


MONEY = st.integers(0, 400_000).map(lambda fen: D(fen) / 100)
EACH = st.sampled_from([("year",), ("life",), ("phase",), ("fair",), ("market",), ("territory",), ("year", "market")])
LEDGER = st.lists(
    st.builds(
        b.ledger_row, firm_id=st.sampled_from(["f1", "f2", "f3"]), fair_id=st.sampled_from(["abroad", "expo"]),
        on=st.sampled_from([date(2019, 4, 1), date(2024, 4, 19), date(2025, 1, 3)]), amount=st.integers(0, 1000),
        subsidy_id=st.sampled_from(["pk.a", "pk.u", ""]),
    ), max_size=4,
)  # fmt: skip


@st.composite
def limits(draw: st.DrawFn) -> list[Limit]:
    made = []
    for n in range(draw(st.integers(0, 3))):
        each = draw(EACH)
        # cells of the year stand under limits of the year or of a lifetime only
        among = ("a", "u", "y") if set(each) <= {"year", "life"} else ("a", "u")
        over = tuple(sorted(draw(st.sets(st.sampled_from(among), min_size=1))))
        per = draw(st.sampled_from(["firm", "group"]))
        made.append(b.limit(0, f"l{n}", each=each, subsidies=over, per=per).model_copy(update={"most": draw(MONEY)}))
    return made


@st.composite
def claims_of(draw: st.DrawFn) -> list[Claim]:
    places = [(s, f, q, n) for s in ("a", "u", "y") for f in ("f1", "f2", "f3") for q in PHASES for n in (1, 2)]
    chosen = draw(st.lists(st.sampled_from(places), unique=True, max_size=12))
    return [claim(s, f, q, str(draw(MONEY)), n) for s, f, q, n in chosen]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(made=limits(), ledger=LEDGER, claims=claims_of())
def test_paid_is_within_every_limit_and_less_only_where_one_is_full(
    made: list[Limit], ledger: list[Any], claims: list[Claim]
) -> None:
    programme = under(*made, ledger=tuple(ledger))
    cells = account(programme, claims).cells
    assert list(cells) == in_order(programme, cells)
    used: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for cell, got in cells.items():
        assert 0 <= got.paid <= got.entitled
        room = {}
        for limit in money_limits_of(programme, cell):
            key = limit.limit_id, group_of(programme, limit, cell.firm_id, cell.phase_id, cell_day(programme, cell))
            used[key] += got.paid
            room[limit.limit_id] = capacity(programme, limit, cell) - used[key]
            assert room[limit.limit_id] >= 0
        full = tuple(name for name, left in sorted(room.items()) if left == 0)
        assert bool(got.by) == (got.paid < got.entitled)
        if cell.subsidy_id == "pk.y":
            assert got.paid % 1000 == 0
            assert got.paid == 0 or got.paid >= 2000
        else:
            assert got.by == (full if got.paid < got.entitled else ())


@settings(max_examples=60, deadline=None, derandomize=True)
@given(made=limits(), ledger=LEDGER, claims=claims_of(), order=st.randoms(use_true_random=False))
def test_the_order_of_the_claims_does_not_matter_and_every_cut_finds_its_claims(
    made: list[Limit], ledger: list[Any], claims: list[Claim], order: Any
) -> None:
    programme = under(*made, ledger=tuple(ledger))
    other = list(claims)
    order.shuffle(other)
    assert list(account(programme, claims).cells.items()) == list(account(programme, other).cells.items())
    first, second = (settled(programme, x) for x in (claims, other))
    assert {c.claim_id: c.amount for c in first} == {c.claim_id: c.amount for c in second}
    assert [c.claim_id for c in first] == [c.claim_id for c in claims]
    totals: dict[Cell, Decimal] = defaultdict(Decimal)
    for c in first:
        assert 0 <= c.amount <= c.entitled
        totals[Cell(c.subsidy_id, c.firm_id, "" if c.subsidy_id == "pk.y" else c.phase_id)] += c.amount
    assert {cell: got.paid for cell, got in account(programme, claims).cells.items()} == totals
    # what the law pays is a fixed point: judged again with its own amounts, nothing changes
    assert account(programme, first).cells == account(programme, claims).cells


@settings(max_examples=60, deadline=None, derandomize=True)
@given(each=EACH, per=st.sampled_from(["firm", "group"]), most=MONEY, more=MONEY, ledger=LEDGER, claims=claims_of())
def test_a_higher_limit_never_pays_less_in_all(
    each: Any, per: str, most: Decimal, more: Decimal, ledger: list[Any], claims: list[Claim]
) -> None:
    one = b.limit(0, each=each, per=per, subsidies=("a", "u"))
    sums = [
        sum((p.paid for p in account(programme, claims).cells.values()), D(0))
        for cap in (most, most + more)
        for programme in [under(one.model_copy(update={"most": cap}), ledger=tuple(ledger))]
    ]
    assert sums[0] <= sums[1]
