"""What a subsidy gives on one claim alone, over many rows at once and exactly: the twin of `rules.reckon.entitlement`.

Money is whole numbers over one denominator until it is rounded; Python integers where 63 bits are too few.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, lcm

import numpy as np
import pandas as pd

from fairplanner.domain.kinds import CostLine, Regime
from fairplanner.domain.packs import Subsidy
from fairplanner.pose.firm_tests import tested
from fairplanner.pose.ground import Bools, Ground, Ints, firm_rows, phase_rows

M2 = 9
"""A standard booth is 9 m²."""
CENT = Decimal("0.01")
SAFE = 2**60


@dataclass(frozen=True)
class Terms:
    """What differs from row to row: `rate` (row of `rates`), `hkmo` (whether caps are those of Hong Kong and Macao)."""

    rates: Sequence[Fraction]
    rate: Ints
    hkmo: Bools


def terms_of(ground: Ground, subsidy: Subsidy, rows: pd.DataFrame, turn: int, level: int) -> Terms:
    """The rate of each row: by market class, with the bonuses its firm has earned, or by turn or level; less in HK and MO."""
    firm, phase = firm_rows(ground, rows), phase_rows(ground, rows)
    emerging = ground.phases["emerging"].to_numpy(dtype=bool)[phase]
    hkmo = (ground.phases["regime"] == Regime.HKMO.value).to_numpy(dtype=bool)[phase]
    code = emerging.astype(np.int64) + 2 * hkmo.astype(np.int64)
    for n, bonus in enumerate(subsidy.bonus):
        code = code + (4 << n) * tested(ground, bonus.of, firm, phase).passes
    codes, rate = np.unique(code, return_inverse=True)
    rates = [_rate(subsidy, bool(c & 1), c >> 2, turn, level) * _share(subsidy, bool(c & 2)) for c in codes.tolist()]
    return Terms(rates, rate.astype(np.int64), hkmo)


def _rate(subsidy: Subsidy, emerging: bool, bonuses: int, turn: int, level: int) -> Fraction:
    if subsidy.menu:
        return Fraction(subsidy.menu[max(level, 1) - 1])
    if subsidy.turns:
        return Fraction(subsidy.turns[min(max(turn, 1), len(subsidy.turns)) - 1])
    own = subsidy.rate_emerging if emerging and subsidy.rate_emerging is not None else subsidy.rate
    more = [Fraction(b.rate) for n, b in enumerate(subsidy.bonus) if bonuses >> n & 1]
    return min(Fraction(1), sum(more, Fraction(own)))


def _share(subsidy: Subsidy, hkmo: bool) -> Fraction:
    return Fraction(subsidy.hkmo_share) if hkmo else Fraction(1)


def entitlements(ground: Ground, subsidy: Subsidy, rows: pd.DataFrame, turn: int = 0, level: int = 0) -> Ints:
    """Whole fen a row; rows of packages (booths, stand_cost, fitout, freight, fees), or for a subsidy on journeys rows of a
    journey × phase (people, phases, fare, lodging)."""
    terms = terms_of(ground, subsidy, rows, turn, level)
    parts = _journey_parts(subsidy, rows, terms) if subsidy.on_journeys else _stay_parts(ground, subsidy, rows, terms)
    return _rounded(subsidy, parts, terms) * _enough(subsidy, rows)


def _enough(subsidy: Subsidy, rows: pd.DataFrame) -> Bools:
    """Whether the lines cost what the subsidy asks for at least; of a journey the phase's share does."""
    costs = sum((_column(rows, name) for name in _columns(subsidy)), np.zeros(len(rows), dtype=np.int64))
    found: Bools = costs >= ceil(subsidy.least_cost * 100) * (_column(rows, "phases") if subsidy.on_journeys else 1)
    return found


def _columns(subsidy: Subsidy) -> list[str]:
    """The columns of `participations` or `journeys` that hold the lines the subsidy pays."""
    return ["stand_cost" if line is CostLine.STAND else line.value for line in subsidy.lines]


@dataclass(frozen=True)
class Parts:
    """What each line gives before rounding: whole numbers over `per` (a number or one a row), in fen; `most`: all of them together."""

    lines: list[Ints]
    per: Ints
    most: Ints | None = None


def _stay_parts(ground: Ground, subsidy: Subsidy, rows: pd.DataFrame, terms: Terms) -> Parts:
    scale, area = _scale(subsidy, terms), _area(ground, subsidy, rows)
    costs = {name: _column(rows, name) for name in _columns(subsidy)}
    wide = _kind(subsidy, list(costs.values()), scale * M2 * max(M2, int(area.max(initial=0))))
    whole: Ints = np.array([int(r * scale) for r in terms.rates], dtype=wide)[terms.rate]
    lines = [M2 * c.astype(wide) * whole for name, c in costs.items() if name != "stand_cost"]
    if "stand_cost" in costs:
        lines.insert(0, _stand(subsidy, area, rows, terms, costs["stand_cost"].astype(wide), scale))
    if subsidy.least_m2 is not None:
        lines = [line * (area > 0) for line in lines]
    return Parts(lines, np.full(len(rows), M2 * scale, dtype=wide))


def _scale(subsidy: Subsidy, terms: Terms) -> int:
    """A number that makes whole every rate, alone and times a booth's share, and every cap in fen."""
    shares = [Fraction(1), *(Fraction(s) for s in subsidy.booth_shares)]
    caps = [
        Fraction(c) * 100 for c in (subsidy.cap_booth, *subsidy.cap_by_booths, subsidy.cap_m2, subsidy.cap_person) if c
    ]
    less = Fraction(subsidy.hkmo_share)
    made = [r * s for r in (*terms.rates, Fraction(1)) for s in shares] + [
        c * h for c in caps for h in (less, Fraction(1))
    ]
    return lcm(*(f.denominator for f in made))


def _kind(subsidy: Subsidy, costs: Sequence[Ints], factor: int) -> type:
    """Python integers where the largest number on the way, with a margin for rounding, has more than 63 bits."""
    caps = [c for c in (subsidy.cap_booth, *subsidy.cap_by_booths, subsidy.cap_m2, subsidy.cap_person) if c is not None]
    largest = max([*(int(c.max(initial=0)) for c in costs), *(int(c * 100) + 1 for c in caps), 1])
    return np.int64 if largest * factor * (Fraction(subsidy.round_to) * 100).denominator < SAFE else object


def _column(rows: pd.DataFrame, name: str) -> Ints:
    return rows[name].to_numpy(dtype=np.int64)


def _cap(subsidy: Subsidy, cap: Decimal, terms: Terms, scale: int, like: Ints) -> Ints:
    """A cap in fen × scale for each row."""
    both = [int(Fraction(cap) * 100 * share * scale) for share in (Fraction(1), Fraction(subsidy.hkmo_share))]
    found: Ints = np.array(both, dtype=like.dtype)[terms.hkmo.astype(np.int64)]
    return found


def _area(ground: Ground, subsidy: Subsidy, rows: pd.DataFrame) -> Ints:
    """Square metres that the subsidy counts of each stand."""
    area = M2 * _column(rows, "booths")
    for most in (None if subsidy.most_booths is None else M2 * subsidy.most_booths, subsidy.most_m2):
        area = area if most is None else np.minimum(area, most)
    if subsidy.fair_m2:
        by_fair = [subsidy.fair_m2.get(f, SAFE) for f in ground.phases["fair"]]
        area = np.minimum(area, np.array(by_fair, dtype=np.int64)[phase_rows(ground, rows)])
    return np.where(area < (subsidy.least_m2 or 0), 0, area)


def _stand(subsidy: Subsidy, area: Ints, rows: pd.DataFrame, terms: Terms, cost: Ints, scale: int) -> Ints:
    """The stand, booth by booth, the last one in part where the area ends within it; each capped, and all together."""
    unit = cost // np.maximum(1, _column(rows, "booths"))
    shares = [Fraction(s) for s in subsidy.booth_shares or (1,)]
    caps = subsidy.cap_by_booths
    total, most = np.zeros(len(rows), dtype=cost.dtype), np.zeros(len(rows), dtype=cost.dtype)
    for booth in range(-(-int(area.max(initial=0)) // M2)):
        part = np.clip(area - M2 * booth, 0, M2)
        share = shares[min(booth, len(shares) - 1)]
        rate = np.array([int(r * share * scale) for r in terms.rates], dtype=cost.dtype)[terms.rate]
        given = unit * part * rate
        if subsidy.cap_booth is not None:
            given = np.minimum(given, _cap(subsidy, subsidy.cap_booth, terms, scale, cost) * part)
        total = total + given
        if caps:
            most = most + _cap(subsidy, caps[min(booth, len(caps) - 1)], terms, scale, cost) * part
    total = np.minimum(total, most) if caps else total
    if subsidy.cap_m2 is not None:
        total = np.minimum(total, _cap(subsidy, subsidy.cap_m2, terms, scale, cost) * area * M2)
    return total


def _journey_parts(subsidy: Subsidy, rows: pd.DataFrame, terms: Terms) -> Parts:
    """Fare and lodging of the people who count, shared evenly between the phases of the journey."""
    scale, people = _scale(subsidy, terms), _column(rows, "people")
    counted = people if subsidy.most_people is None else np.minimum(people, subsidy.most_people)
    per = people * _column(rows, "phases")
    costs = [_column(rows, name) for name in _columns(subsidy)]
    wide = _kind(subsidy, costs, scale * int(per.max(initial=1)) * int(people.max(initial=1)))
    whole = np.array([int(r * scale) for r in terms.rates], dtype=wide)[terms.rate] * counted
    per, most = per.astype(wide), None
    if subsidy.cap_person is not None:
        most = _cap(subsidy, subsidy.cap_person, terms, scale, per) * counted * per
    return Parts([c.astype(wide) * whole for c in costs], per * scale, most)


def _rounded(subsidy: Subsidy, parts: Parts, terms: Terms) -> Ints:
    """Whole fen of each row: rounded by line where it says so, capped by person, rounded, capped a phase; nothing below least."""
    per, step = parts.per, subsidy.round_to if subsidy.round_at != "year" else CENT
    values = np.zeros(len(per), dtype=per.dtype)
    for line in parts.lines:
        values = values + (_down(line, per, step) * per if subsidy.round_at == "line" else line)
    values = values if parts.most is None else np.minimum(values, parts.most)
    amount = _down(values, per, step).astype(np.int64)
    if subsidy.cap_phase is not None:
        amount = np.minimum(amount, _cap_phase(subsidy, subsidy.cap_phase)[terms.hkmo.astype(np.int64)])
    if subsidy.round_at != "year":
        amount = np.where(amount < ceil(subsidy.least * 100), 0, amount)
    return amount


def _cap_phase(subsidy: Subsidy, cap: Decimal) -> Ints:
    """Elsewhere, and in Hong Kong and Macao; whole fen."""
    both = [Fraction(cap) * 100 * share for share in (Fraction(1), Fraction(subsidy.hkmo_share))]
    return np.array([(2 * c.numerator + c.denominator) // (2 * c.denominator) for c in both], dtype=np.int64)


def _down(values: Ints, per: Ints, to: Decimal) -> Ints:
    """Whole fen: half up where `to` is a cent, else down to a multiple of it."""
    if to == CENT:
        return (2 * values + per) // (2 * per)
    step = Fraction(to) * 100
    multiple = values * step.denominator // (per * step.numerator) * step.numerator
    return (2 * multiple + step.denominator) // (2 * step.denominator)
