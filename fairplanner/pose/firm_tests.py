"""Which firms a `FirmTest` means, over many rows at once: the vectorised twin of `rules.reckon.eligibility`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
import pandas as pd

from fairplanner.domain.packs import FirmTest
from fairplanner.domain.planning import Firm
from fairplanner.pose.ground import NEVER, Bools, Ground, Ints
from fairplanner.rules.reckon.eligibility import young_until

UNKNOWN_FACTS = ("export", "staff", "turnover", "years")
"""Tests that a firm which has not said the fact fails for that alone, in the order in which they are asked."""


@dataclass(frozen=True)
class Tested:
    """One answer a row: whether it `passes`, `why` it fails ('' where it passes), and whether only because the fact is not
    known."""

    passes: Bools
    why: np.ndarray
    unknown: Bools


def tested(ground: Ground, test: FirmTest, firm: Ints, phase: Ints) -> Tested:
    """Each row's firm (row of `ground.firms`) on the first day of its phase (row of `ground.phases`), tests in their order."""
    why, unknown = np.full(len(firm), "", dtype=object), np.zeros(len(firm), dtype=bool)
    passes = np.ones(len(firm), dtype=bool)
    for key, fails, not_known in _answers(ground, test, firm, phase):
        first = passes & fails
        why[first], unknown[first] = key, not_known[first]
        passes &= ~fails
    return Tested(passes, why, unknown)


def _answers(ground: Ground, test: FirmTest, firm: Ints, phase: Ints) -> Iterator[tuple[str, Bools, Bools]]:
    for key, fails, not_known in _of_firms(ground, test):
        yield key, fails[firm], not_known[firm]
    if test.most_years is not None:
        yield ("years", *_too_old(ground, test.most_years, firm, phase))
    if test.first_timer:
        yield "first-timer", _been_there(ground, firm, phase), np.zeros(len(firm), dtype=bool)


def _of_firms(ground: Ground, test: FirmTest) -> Iterator[tuple[str, Bools, Bools]]:
    firms = ground.people
    known = np.zeros(len(firms), dtype=bool)
    if test.sme_only:
        yield "sme", np.array([not f.sme for f in firms], dtype=bool), known
    if test.kinds:
        yield "kind", np.array([f.kind not in test.kinds for f in firms], dtype=bool), known
    if test.sectors:
        yield "sector", np.array([not set(f.sectors) & set(test.sectors) for f in firms], dtype=bool), known
    if test.tags or test.not_tags:
        yield "tag", np.array([not _tagged(test, f) for f in firms], dtype=bool), known
    if test.least_export_usd or test.most_export_usd is not None:
        least = [test.least_export_usd.get(f.kind) for f in firms]
        yield ("export", *_outside([f.export_usd for f in firms], least, [test.most_export_usd] * len(firms)))
    if test.most_staff is not None:
        staff = [None if f.staff is None else Decimal(f.staff) for f in firms]
        yield ("staff", *_outside(staff, [None] * len(firms), [Decimal(test.most_staff)] * len(firms)))
    if test.least_turnover is not None or test.most_turnover is not None:
        limits = [test.least_turnover] * len(firms), [test.most_turnover] * len(firms)
        yield ("turnover", *_outside([f.turnover for f in firms], *limits))


def _tagged(test: FirmTest, firm: Firm) -> bool:
    wanted = not test.tags or bool(set(test.tags) & set(firm.tags))
    return wanted and not set(test.not_tags) & set(firm.tags)


Amounts = list[Decimal | None]


def _outside(values: Amounts, least: Amounts, most: Amounts) -> tuple[Bools, Bools]:
    """Values that are unknown where a limit is set, or beyond it; and which of these are unknown."""
    fails, unknown = np.zeros(len(values), dtype=bool), np.zeros(len(values), dtype=bool)
    for row, (value, lo, hi) in enumerate(zip(values, least, most, strict=True)):
        if lo is None and hi is None:
            continue
        unknown[row] = value is None
        fails[row] = value is None or (lo is not None and value < lo) or (hi is not None and value > hi)
    return fails, unknown


def _too_old(ground: Ground, most: int, firm: Ints, phase: Ints) -> tuple[Bools, Bools]:
    """Firms that are older than so many years on the first fair day, or whose age is not known."""
    founded = [f.founded for f in ground.people]
    until = np.array([young_until(d, most).toordinal() if d else 0 for d in founded], dtype=np.int64)[firm]
    fails: Bools = until < ground.phases["start"].to_numpy(dtype=np.int64)[phase]
    return fails, until == 0


def _been_there(ground: Ground, firm: Ints, phase: Ints) -> Bools:
    """Firms with a row of the phase's fair in the ledger, dated before it opens."""
    first: dict[tuple[str, str], int] = {}
    for row in (row for row in ground.programme.ledger if not row.empty):
        key = row.firm_id, row.fair_id
        first[key] = min(first.get(key, row.on.toordinal()), row.on.toordinal())
    index = pd.MultiIndex.from_tuples(sorted(first), names=["firm", "fair"])
    sought = [ground.firms["firm"].to_numpy(dtype=object)[firm], ground.phases["fair"].to_numpy(dtype=object)[phase]]
    at = index.get_indexer(pd.MultiIndex.from_arrays(sought)) if first else np.full(len(firm), -1)
    days = np.append(np.array([first[key] for key in sorted(first)], dtype=np.int64), NEVER)
    found: Bools = days[at] < ground.phases["start"].to_numpy(dtype=np.int64)[phase]
    return found
