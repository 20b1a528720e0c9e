"""The figures of a year, counted once: leaders' page, wall chart, book and report print these and no others.

A figure that nobody knows is None and printed as not given; it is never 0.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from fairplanner.domain.kinds import Nature, Regime
from fairplanner.domain.plan import Delegation, Participation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.cash import outflows

ZERO = Decimal(0)
Month = tuple[int, int]
"""Year and month."""
Key = TypeVar("Key", bound=Hashable)


class Basis(StrEnum):
    """What the figures of a year rest on: a plan, or the participation ledger, which knows less."""

    PLAN = "plan"
    LEDGER = "ledger"


@dataclass(frozen=True)
class Tally:
    """Fairs (场次: phases attended), places (企业家次: one a participation), distinct firms, booths of 9 m²; `public`: what funds pay
    and `own`: what firms pay before anything is paid back, in programme currency, None where not known."""

    phases: int = 0
    places: int = 0
    firms: int = 0
    booths: int = 0
    public: Decimal | None = None
    own: Decimal | None = None


@dataclass(frozen=True)
class Year:
    """One year's figures; a key that is missing in a table means nothing there, a table that is None is not known.

    `fairs`: distinct series. `by_nature`: public money by nature of the fund. `returned`: what firms are paid back. `parties` and
    `officials`: official parties that cross the border and the people in them; `on_file`: those with a permit. `until`: last
    day that a ledger speaks of.
    """

    basis: Basis
    total: Tally
    fairs: int
    by_month: Mapping[Month, Tally] = field(default_factory=dict)
    by_class: Mapping[str, Tally] = field(default_factory=dict)
    by_market: Mapping[str, int] = field(default_factory=dict)
    by_zone: Mapping[str, Tally] = field(default_factory=dict)
    by_nature: Mapping[Nature, Decimal] | None = None
    returned: Decimal | None = None
    parties: int | None = None
    officials: int | None = None
    on_file: int | None = None
    until: date | None = None


def figures(programme: Programme, plan: Plan) -> Year:
    """The figures of a plan."""
    return _Count(programme, plan).year()


def prefecture(programme: Programme, zone_id: str) -> str:
    """The zone that a zone is counted with: the one right below the planning zone (市、州); itself where it is not below it."""
    chain = programme.zones_above(zone_id)
    root = programme.settings.root
    return chain[max(0, chain.index(root) - 1)] if root in chain else chain[0]


def is_official(delegation: Delegation) -> bool:
    """Whether officials cross the border with it: such a party needs a permit (批件)."""
    return delegation.regime is not Regime.HOME and delegation.officials > 0


def has_permit(programme: Programme, delegation: Delegation) -> bool:
    """Whether a task permit for its zone and route is on file."""
    route = tuple(s.phase_id for s in delegation.stops)
    kinds = ("task", "joined-task")
    return any(a.kind in kinds and a.zone_id == delegation.sponsor and a.phases == route for a in programme.approvals)


class _Count:
    """Counts one plan."""

    def __init__(self, programme: Programme, plan: Plan) -> None:
        self.programme, self.plan = programme, plan

    def year(self) -> Year:
        """Everything."""
        plan, parties = self.plan, [d for d in self.plan.delegations if is_official(d)]
        fairs = {self.programme.phase[q].fair_id for q in self._attended}
        return Year(
            Basis.PLAN, self._tally(plan.participations, self._attended, self._public(), self._own()), len(fairs),
            self._by_month(), self._by_class(), self._by_market(), self._by_zone(), self._by_nature(),
            sum((c.amount for c in plan.claims), ZERO), len(parties), sum(d.officials for d in parties),
            sum(has_permit(self.programme, d) for d in parties),
        )  # fmt: skip

    @cached_property
    def _attended(self) -> frozenset[str]:
        return frozenset(s.phase_id for d in self.plan.delegations for s in d.stops)

    @cached_property
    def _spent(self) -> dict[tuple[str, str], Decimal]:
        """By fund and zone of the second level."""
        sums: defaultdict[tuple[str, str], Decimal] = defaultdict(lambda: ZERO)
        for x in outflows(self.programme, self.plan):
            sums[x.fund_id, prefecture(self.programme, x.zone_id)] += x.amount
        return dict(sums)

    def _public(self) -> Decimal:
        return sum(self._spent.values(), ZERO)

    def _own(self) -> Decimal:
        return sum(self._costs.values(), ZERO)

    @cached_property
    def _costs(self) -> dict[str, Decimal]:
        """What firms pay, by firm: stands and what goes with them, journeys."""
        sums: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
        for p in self.plan.participations:
            sums[p.firm_id] += p.cost
        for j in self.plan.journeys:
            sums[j.firm_id] += j.fare + j.lodging
        return dict(sums)

    def _tally(
        self, places: Iterable[Participation], phases: Iterable[str], public: Decimal | None = None, own: Decimal | None = None
    ) -> Tally:  # fmt: skip
        rows = tuple(places)
        return Tally(
            len(set(phases)), len(rows), len({p.firm_id for p in rows}), sum(p.booths for p in rows), public, own
        )

    def _grouped(self, of: Callable[[str], Key | None]) -> dict[Key, Tally]:
        """Tallies by what a phase belongs to."""
        keys = {q: of(q) for q in self._attended | {p.phase_id for p in self.plan.participations}}
        rows: defaultdict[Key, list[Participation]] = defaultdict(list)
        for p in self.plan.participations:
            if (key := keys[p.phase_id]) is not None:
                rows[key].append(p)
        found = dict.fromkeys(k for q in sorted(self._attended) if (k := keys[q]) is not None)
        return {key: self._tally(rows[key], (q for q in self._attended if keys[q] == key)) for key in found}

    def _by_month(self) -> dict[Month, Tally]:
        def month(phase_id: str) -> Month | None:
            start = self.programme.phase[phase_id].start
            return (start.year, start.month) if start else None

        return dict(sorted(self._grouped(month).items()))

    def _by_class(self) -> dict[str, Tally]:
        return self._grouped(self.programme.market_class)

    def _by_market(self) -> dict[str, int]:
        sums: defaultdict[str, int] = defaultdict(int)
        for p in self.plan.participations:
            for market in self.programme.markets_of(p.phase_id):
                sums[market] += 1
        return dict(sorted(sums.items(), key=lambda x: (-x[1], x[0])))

    def _by_zone(self) -> dict[str, Tally]:
        rows: defaultdict[str, list[Participation]] = defaultdict(list)
        for p in self.plan.participations:
            rows[prefecture(self.programme, self.programme.firm[p.firm_id].zone_id)].append(p)
        public: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
        for (_, zone), amount in self._spent.items():
            public[zone] += amount
        own: defaultdict[str, Decimal] = defaultdict(lambda: ZERO)
        for firm_id, amount in self._costs.items():
            own[prefecture(self.programme, self.programme.firm[firm_id].zone_id)] += amount
        zones = sorted({*rows, *public})
        return {z: self._tally(rows[z], (p.phase_id for p in rows[z]), public[z], own[z]) for z in zones}

    def _by_nature(self) -> dict[Nature, Decimal]:
        sums: defaultdict[Nature, Decimal] = defaultdict(lambda: ZERO)
        for (fund_id, _), amount in self._spent.items():
            if fund_id in self.programme.fund:
                sums[self.programme.fund[fund_id].nature] += amount
        return {n: sums[n] for n in Nature if n in sums}
