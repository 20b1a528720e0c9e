"""What a subsidy gives on one claim alone, in exact fractions, rounded only where the pack says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from fairplanner.domain.kinds import CostLine, Regime
from fairplanner.domain.packs import Subsidy
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.eligibility import passes

M2_PER_BOOTH = 9
FEN = Decimal("0.01")
ZERO = Fraction(0)
COUNTED = ("people", "eligible", "booth-shares")
"""Steps between the base and the rate: people, m² and booths that count, shares of the first, second, ... booth."""


@dataclass(frozen=True)
class Entitled:
    """What a subsidy gives on a claim alone, in programme currency, and how: (step, amount after it) in order.

    Steps: base (the whole cost of the lines, of a journey the phase's share), what of it counts (`COUNTED`), rate, cap-booth,
    cap-by-booths, cap-m2, cap-person, rounded, least-cost, cap-phase, least; base and rate always, the others only where they
    changed the amount.
    """

    amount: Decimal
    trace: tuple[tuple[str, Decimal], ...]


def to_cent(amount: Fraction) -> Decimal:
    """An exact amount, half up to 0.01."""
    n, d = amount.numerator, amount.denominator
    return Decimal((200 * n + d) // (2 * d)).scaleb(-2)


def rounded(amount: Fraction, round_to: Decimal) -> Fraction:
    """Down to a multiple of `round_to`; where that is 0.01, half up to it."""
    if round_to == FEN:
        return Fraction(to_cent(amount))
    step = Fraction(round_to)
    return (amount // step) * step


def eligible_m2(programme: Programme, subsidy: Subsidy, phase_id: str, booths: int) -> int:
    """Square metres of a stand that count: a booth is 9 m², within most booths, most m² and what an annex sets for the fair;
    0 below the least."""
    fair_m2 = subsidy.fair_m2.get(programme.phase[phase_id].fair_id)
    most = None if subsidy.most_booths is None else M2_PER_BOOTH * subsidy.most_booths
    area = min(x for x in (M2_PER_BOOTH * booths, most, subsidy.most_m2, fair_m2) if x is not None)
    return 0 if subsidy.least_m2 is not None and area < subsidy.least_m2 else area


def rate_of(
    programme: Programme, subsidy: Subsidy, firm_id: str, phase_id: str, turn: int = 0, level: int = 0
) -> Decimal:
    """The rate of a claim, 0 to 1: by class of market, with the firm's bonuses (at most 1); the turn's or the payer's choice
    from the menu stand in its place; times `hkmo_share` in Hong Kong and Macao.

    `turn` counts from 1 and the last step repeats; `level` from 1; 0 where the subsidy has none.
    """
    rate = subsidy.rate
    if subsidy.rate_emerging is not None and programme.market_class(phase_id) == "emerging":
        rate = subsidy.rate_emerging
    phase = programme.phase[phase_id]
    if subsidy.bonus and phase.start is not None:
        more = [b.rate for b in subsidy.bonus if passes(programme, b.of, firm_id, phase.start, phase.fair_id) is None]
        rate = min(Decimal(1), rate + sum(more, Decimal(0)))
    if subsidy.turns:
        rate = subsidy.turns[min(max(turn, 1), len(subsidy.turns)) - 1]
    if subsidy.menu:
        rate = subsidy.menu[max(level, 1) - 1]
    return rate * _share(programme, subsidy, phase_id)


def _share(programme: Programme, subsidy: Subsidy, phase_id: str) -> Decimal:
    return subsidy.hkmo_share if programme.regime(phase_id) is Regime.HKMO else Decimal(1)


def _at(items: Sequence[Decimal], position: int) -> Fraction:
    """The item at a position; the last repeats."""
    return Fraction(items[min(position, len(items) - 1)])


class _Steps:
    """The amount as it goes through the steps; a step is kept where the amount changed to the cent."""

    def __init__(self) -> None:
        self.kept: list[tuple[str, Decimal]] = []

    def add(self, key: str, amount: Fraction, always: bool = False) -> None:
        after = to_cent(amount)
        if always or after != self.kept[-1][1]:
            self.kept.append((key, after))


def entitled(
    programme: Programme,
    subsidy: Subsidy,
    *,
    firm_id: str,
    phase_id: str,
    booths: int,
    costs: Mapping[CostLine, Decimal],
    people: int,
    phases: int = 1,
    turn: int = 0,
    level: int = 0,
) -> Entitled:
    """What a subsidy gives on one claim, before limits over several claims; the claim must not be `refused`.

    `costs`: programme currency by line, of the participation, or of the whole journey (`phases`: phases it attends, each has
    an equal share, which is also what `least_cost` asks about). Sources of the steps: the pack that the subsidy stands in.
    """
    area = 0 if subsidy.on_journeys else eligible_m2(programme, subsidy, phase_id, booths)
    rate, share = rate_of(programme, subsidy, firm_id, phase_id, turn, level), _share(programme, subsidy, phase_id)
    on = _On(rate, share, area, booths, people, phases, tuple(costs.get(line, Decimal(0)) for line in subsidy.lines))
    if programme.subsidy.get(subsidy.subsidy_id) is subsidy:
        return _known(programme, subsidy.subsidy_id, on)
    return _given(subsidy, on)


class _On(NamedTuple):
    """All that the amount of a claim hangs on, beside its subsidy; `costs` of the subsidy's lines, in their order."""

    rate: Decimal
    share: Decimal
    area: int
    booths: int
    people: int
    phases: int
    costs: tuple[Decimal, ...]


@remembered
def _known(programme: Programme, subsidy_id: str, on: _On) -> Entitled:
    return _given(programme.subsidy[subsidy_id], on)


def _given(subsidy: Subsidy, on: _On) -> Entitled:
    steps, costs = _Steps(), dict(zip(subsidy.lines, on.costs, strict=True))
    rate, share = Fraction(on.rate), Fraction(on.share)
    if subsidy.on_journeys:
        amount = _on_journey(subsidy, costs, on.people, on.phases, rate, share, steps)
    else:
        amount = _on_stand(subsidy, costs, on.booths, on.area, rate, share, steps)
    if subsidy.round_at != "year":
        amount = rounded(amount, subsidy.round_to)
    amount = Fraction(to_cent(amount))
    steps.add("rounded", amount)
    if sum(on.costs, Decimal(0)) < subsidy.least_cost * on.phases:
        amount = ZERO
        steps.add("least-cost", amount)
    if subsidy.cap_phase is not None:
        amount = min(amount, Fraction(to_cent(Fraction(subsidy.cap_phase) * share)))
        steps.add("cap-phase", amount)
    if subsidy.round_at != "year" and amount < subsidy.least:
        amount = ZERO
        steps.add("least", amount)
    return Entitled(to_cent(amount), tuple(steps.kept))


def _on_stand(
    s: Subsidy,
    costs: Mapping[CostLine, Decimal],
    booths: int,
    area: int,
    rate: Fraction,
    share: Fraction,
    steps: _Steps,
) -> Fraction:
    """Lines of a participation: the stand booth by booth, the other lines at the plain rate."""
    whole, part = divmod(area, M2_PER_BOOTH)
    weights = [Fraction(1)] * whole + [Fraction(part, M2_PER_BOOTH)] * bool(part)
    stand = Fraction(costs.get(CostLine.STAND, Decimal(0))) if CostLine.STAND in s.lines else ZERO
    price = stand / booths if booths else ZERO
    others = [Fraction(costs.get(line, Decimal(0))) for line in s.lines if line is not CostLine.STAND]
    steps.add("base", stand + sum(others, ZERO), always=True)
    if s.least_m2 is not None and not area:
        others = []
    steps.add("eligible", price * sum(weights, ZERO) + sum(others, ZERO))
    counted = [price * w * (_at(s.booth_shares, i) if s.booth_shares else 1) for i, w in enumerate(weights)]
    steps.add("booth-shares", sum(counted, ZERO) + sum(others, ZERO))
    paid = [cost * rate for cost in others]
    rest = sum(paid, ZERO)
    by_booth = [part * rate for part in counted]
    steps.add("rate", sum(by_booth, ZERO) + rest, always=True)
    amount = ZERO
    for key, amount in _capped(s, by_booth, weights, area, share):
        steps.add(key, amount + rest)
    if s.round_at == "line":
        return sum((rounded(line, s.round_to) for line in (amount, *paid)), ZERO)
    return amount + rest


def _capped(
    s: Subsidy, by_booth: list[Fraction], weights: list[Fraction], area: int, share: Fraction
) -> Iterator[tuple[str, Fraction]]:
    """The stand's part after each cap; a part of a booth has that part of its cap."""
    if s.cap_booth is not None:
        cap = Fraction(s.cap_booth) * share
        by_booth = [min(part, cap * w) for part, w in zip(by_booth, weights, strict=True)]
    amount = sum(by_booth, ZERO)
    yield "cap-booth", amount
    if s.cap_by_booths:
        amount = min(amount, share * sum((_at(s.cap_by_booths, i) * w for i, w in enumerate(weights)), ZERO))
        yield "cap-by-booths", amount
    if s.cap_m2 is not None:
        amount = min(amount, Fraction(s.cap_m2) * share * area)
        yield "cap-m2", amount


def _on_journey(
    s: Subsidy,
    costs: Mapping[CostLine, Decimal],
    people: int,
    phases: int,
    rate: Fraction,
    share: Fraction,
    steps: _Steps,
) -> Fraction:
    """Lines of a journey: the phase's share, for no more people than the pack pays."""
    paid_people = people if s.most_people is None else min(people, s.most_people)
    part = Fraction(paid_people, people * phases) if people else ZERO
    whole = [Fraction(costs.get(line, Decimal(0))) for line in s.lines]
    lines = [cost * part for cost in whole]
    steps.add("base", sum(whole, ZERO) / phases, always=True)
    steps.add("people", sum(lines, ZERO))
    paid = [line * rate for line in lines]
    amount = sum(paid, ZERO)
    steps.add("rate", amount, always=True)
    if s.round_at == "line":
        amount = sum((rounded(line, s.round_to) for line in paid), ZERO)
        steps.add("rounded", amount)
    if s.cap_person is not None:
        amount = min(amount, Fraction(s.cap_person) * share * paid_people)
        steps.add("cap-person", amount)
    return amount


def most_entitled(
    programme: Programme,
    subsidy: Subsidy,
    *,
    firm_id: str,
    phase_id: str,
    booths: int,
    costs: Mapping[CostLine, Decimal],
    people: int,
    phases: int = 1,
) -> Decimal:
    """The most that any turn and any level of a menu would give on a claim, programme currency."""
    options = [(turn, 0) for turn in range(1, len(subsidy.turns) + 1)] or [(0, 0)]
    if subsidy.menu:
        options = [(options[0][0], level) for level in range(1, len(subsidy.menu) + 1)]
    given = (
        entitled(
            programme, subsidy, firm_id=firm_id, phase_id=phase_id, booths=booths, costs=costs, people=people,
            phases=phases, turn=turn, level=level,
        )
        for turn, level in options
    )  # fmt: skip
    return max(g.amount for g in given)
