"""What a plan has left at each fair (places, delegations, money, turns in the order), laid out once so that a firm that asks late is
answered at once."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from fairplanner.domain.kinds import StandKind
from fairplanner.domain.plan import Journey, Participation, Plan
from fairplanner.domain.planning import Application, Quota
from fairplanner.domain.prices import Prices
from fairplanner.domain.programme import Programme
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.funds import spendable
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.reckon.orders import order_of, orders
from fairplanner.rules.reckon.places import open_booths, pinned_firms, quotas_over
from fairplanner.rules.reckon.score import order_key
from fairplanner.solver.taken import Taken, Used

M2_PER_BOOTH = 9
BOOTHS = (StandKind.STANDARD, StandKind.BRAND)


@dataclass(frozen=True)
class Room:
    """One limit of a quota for one place: its label, how much it is in all and how much is used, how much a booth takes."""

    label: str
    limit: int
    used: int
    each: int
    once: int = 0

    def most(self) -> int:
        """Booths that still go in; any number where only the firm itself counts and one more may come."""
        left = self.limit - self.used - self.once
        return left // self.each if self.each else (10**6 if left >= 0 else 0)


@dataclass(frozen=True)
class Turn:
    """Where a firm would stand in a published order: those ahead of it without a place who still wait, those behind it with one."""

    waiting: int
    behind: int


class Desk:
    """A programme and its plan as they stand; every look-up is made once, when it is first asked for."""

    def __init__(self, programme: Programme, plan: Plan, prices: Prices | None = None) -> None:
        self.programme, self.plan = programme, plan
        self._prices: dict[tuple[str, str], float] = defaultdict(float)
        for row in prices.rows if prices else ():
            self._prices[row.rule, row.label] += row.value
        self._taken = Taken(programme, plan)
        self.hosts = self._taken.hosts
        self._hosted = {q for _, q in self.hosts}

    @cached_property
    def journeys(self) -> Mapping[str, list[Journey]]:
        """Journeys of each firm."""
        return self._taken.journeys

    @cached_property
    def left(self) -> dict[str, Decimal]:
        """What each fund has left, programme currency."""
        drawn: dict[str, Decimal] = defaultdict(Decimal)
        for c in self.plan.claims:
            drawn[c.fund_id] += c.amount
        for d in self.plan.delegations:
            drawn[d.fund_id] += d.total
        return {f.fund_id: spendable(self.programme, f) - drawn[f.fund_id] for f in self.programme.funds}

    @property
    def placed(self) -> Mapping[str, Participation]:
        """Places by application."""
        return self._taken.placed

    def firms_with(self, sponsor: str, phase_id: str) -> int:
        """Firms of a sponsor's delegation at a phase."""
        return self._taken.firms.get((sponsor, phase_id), 0)

    def is_hosted(self, phase_id: str) -> bool:
        """Whether anybody goes there."""
        return phase_id in self._hosted

    def spent(self, firm_id: str) -> Decimal:
        """What the plan costs a firm whose own money is known, less what it may count on."""
        return self._taken.spent.get(firm_id, Decimal(0))

    def rooms(self, a: Application, zone_id: str) -> list[Room]:
        """Every limit that counts an exhibitor's place."""
        found = []
        for q in quotas_over(self.programme, a.phase_id, a.section_id, zone_id):
            found += list(self._rooms(q, a))
        return found

    def _rooms(self, q: Quota, a: Application) -> list[Room]:
        used: Used = self._taken.used(q)
        pinned = (a.firm_id, a.phase_id) in pinned_firms(self.programme)
        made = []
        if q.booths is not None and a.stand in BOOTHS:
            kind = ("reserve" if pinned else "open") if q.reserve else "booths"
            taken = {"booths": used.booths, "open": used.open_booths, "reserve": used.booths - used.open_booths}[kind]
            made.append(Room(self._label(q, kind), open_booths(q, pinned=pinned), taken, 1))
            if q.reserve:
                made.append(Room(self._label(q, "booths"), q.booths, used.booths, 1))
        if q.area_m2 is not None and a.stand is StandKind.RAW:
            made.append(Room(self._label(q, "area"), q.area_m2, used.m2, M2_PER_BOOTH))
        if q.firms is not None:
            made.append(Room(self._label(q, "firms"), q.firms, used.firms, 0, 1))
        return made

    @staticmethod
    def _label(q: Quota, kind: str) -> str:
        return label(q.phase_id, q.section_id, q.zone_id, kind)

    def price(self, rooms: list[Room], booths: int) -> int:
        """What the places that others would have had are worth by the plan's prices, thousandths of a point."""
        return round(sum(self._prices["booth-quota", r.label] * (r.each * booths + r.once) for r in rooms))

    def price_of_money(self, fund_id: str, amount: Decimal) -> int:
        """The same for money of a fund."""
        return round(self._prices["fund-budget", label(fund_id)] * to_fen(amount))

    def turn(self, own: Programme, a: Application) -> Turn:
        """Where an application of a programme with this firm would stand among those of the plan's."""
        keys, waiting, placed = self._order(order_of(own, a))
        at = bisect_left(keys, order_key(own, a))
        return Turn(waiting[at], placed[-1] - placed[at])

    def _order(self, name: tuple[str, ...]) -> tuple[list[Any], list[int], list[int]]:
        """Keys of an order, and how many before each place wait, and have a place."""
        if name not in self._orders:
            queue, pinned, there = (
                orders(self.programme).get(name, []),
                pinned_firms(self.programme),
                self._taken.placed,
            )
            refused = self._excused
            waiting, placed = [0], [0]
            for a in queue:
                is_outside = (a.firm_id, a.phase_id) in pinned
                waiting.append(waiting[-1] + (a.application_id not in there and a.application_id not in refused))
                placed.append(placed[-1] + (a.application_id in there and not is_outside))
            self._orders[name] = [order_key(self.programme, a) for a in queue], waiting, placed
        return self._orders[name]

    @cached_property
    def _orders(self) -> dict[tuple[str, ...], tuple[list[Any], list[int], list[int]]]:
        return {}

    @cached_property
    def _excused(self) -> frozenset[str]:
        """Applications that have no place for a reason of their own: they hold nobody up."""
        own = ("unplaced-decision", "unplaced-delegation", "unplaced-teams", "unplaced-phases", "unplaced-money")
        told = (e for e in self.plan.excluded if e.kind == "application" and e.rule in own)
        return frozenset(dict(e.facts).get("application", "") for e in told)
