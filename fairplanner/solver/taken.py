"""What a finished plan has taken up, looked up once: by firm, by phase, by published order and by quota."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from fairplanner.domain.kinds import DecisionKind, Role, StandKind
from fairplanner.domain.plan import Journey, Participation, Plan
from fairplanner.domain.planning import Decision, Quota
from fairplanner.domain.programme import Programme
from fairplanner.rules.own_money import counted_on
from fairplanner.rules.reckon.applications import M2_PER_BOOTH, pinned_firms
from fairplanner.rules.reckon.kept import held
from fairplanner.rules.reckon.places import open_booths
from fairplanner.solver.offers import Offer, Offers

BOOTHS = (StandKind.STANDARD, StandKind.BRAND)


class Taken:
    """A plan by what it takes up; every look-up is made once, when it is first asked for."""

    def __init__(self, programme: Programme, plan: Plan) -> None:
        self.programme, self.plan = programme, plan
        self.placed = {p.application_id: p for p in plan.participations}
        self.hosts = {(d.sponsor, stop.phase_id) for d in plan.delegations for stop in d.stops}
        self.pinned, self._held = pinned_firms(programme), held(programme)
        self._used: dict[Quota, Used] = {}

    def is_outside(self, offer: Offer) -> bool:
        """Whether a place is given by decision, or kept whatever the order says."""
        a = offer.application
        return (a.firm_id, a.phase_id) in self.pinned or a.application_id in self._held

    @cached_property
    def journeys(self) -> dict[str, list[Journey]]:
        """Journeys of each firm, in the plan's order."""
        found: dict[str, list[Journey]] = defaultdict(list)
        for journey in self.plan.journeys:
            found[journey.firm_id].append(journey)
        return found

    @cached_property
    def spent(self) -> dict[str, Decimal]:
        """What the plan costs each firm less what it may count on being paid back; only of firms whose own money is known."""
        found: dict[str, Decimal] = defaultdict(Decimal)
        limited = {f.firm_id for f in self.programme.firms if f.own_money is not None}
        for p in self.plan.participations:
            if p.firm_id in limited:
                found[p.firm_id] += p.cost
        for j in self.plan.journeys:
            if j.firm_id in limited:
                found[j.firm_id] += j.fare + j.lodging
        for c in self.plan.claims:
            if c.firm_id in limited:
                found[c.firm_id] -= counted_on(self.programme, c)
        return found

    @cached_property
    def firms(self) -> dict[tuple[str, str], int]:
        """Firms of a sponsor at a phase."""
        return Counter((s, q) for s, q, _ in {(p.sponsor, p.phase_id, p.firm_id) for p in self.plan.participations})

    @cached_property
    def refusals(self) -> dict[str, list[Decision]]:
        """Decisions that keep somebody away, by phase."""
        found: dict[str, list[Decision]] = defaultdict(list)
        for d in self.programme.decisions:
            if d.kind is DecisionKind.MUST_NOT:
                found[d.phase_id].append(d)
        return found

    @cached_property
    def quotas(self) -> dict[str, list[Quota]]:
        """Rows of `quotas` by phase, in the order of the table."""
        found: dict[str, list[Quota]] = defaultdict(list)
        for q in self.programme.quotas:
            found[q.phase_id].append(q)
        return found

    @cached_property
    def _there(self) -> dict[str, list[Participation]]:
        """Exhibitors at each phase."""
        found: dict[str, list[Participation]] = defaultdict(list)
        for p in self.plan.participations:
            if p.role is Role.EXHIBIT:
                found[p.phase_id].append(p)
        return found

    def used(self, q: Quota) -> Used:
        """What is used of a quota."""
        if q not in self._used:
            within, firm = self.programme.is_within, self.programme.firm
            under = [
                p for p in self._there[q.phase_id]
                if q.section_id in ("", p.section_id) and within(firm[p.firm_id].zone_id, q.zone_id)
            ]  # fmt: skip
            self._used[q] = Used(
                sum(p.booths for p in under if p.stand in BOOTHS),
                sum(p.booths for p in under if p.stand in BOOTHS and (p.firm_id, p.phase_id) not in self.pinned),
                sum(p.area_m2 for p in under if p.stand is StandKind.RAW),
                len(under),
            )
        return self._used[q]

    def limits(self, q: Quota, offer: Offer) -> Iterator[tuple[str, int, int, int]]:
        """Kind, limit, what the application wants at least and what is used, for each limit of a quota that counts it."""
        if not self.programme.is_within(offer.zone_id, q.zone_id):
            return
        used, stand = self.used(q), offer.application.stand
        if q.booths is not None and stand in BOOTHS:
            kind, booths = ("open", used.open_booths) if q.reserve else ("booths", used.booths)
            yield kind, open_booths(q, pinned=False), offer.booths, booths
        if q.area_m2 is not None and stand is StandKind.RAW:
            yield "area", q.area_m2, M2_PER_BOOTH * offer.booths, used.m2
        if q.firms is not None:
            yield "firms", q.firms, 1, used.firms


@dataclass(frozen=True)
class Used:
    """What exhibitors of a plan use of a quota: booths, booths not given by decision, m2 of raw space, firms."""

    booths: int
    open_booths: int
    m2: int
    firms: int


class Orders:
    """The published orders as a plan left them."""

    def __init__(self, offers: Offers, taken: Taken) -> None:
        self._offers, self._taken = offers, taken
        self._known: dict[str, Order] = {}

    def __call__(self, offer: Offer) -> Order:
        """The order in which an application stands; one without anybody where it stands in none."""
        name = offer.rank_group
        if name not in self._known:
            self._known[name] = Order(self._offers.group(name), self._taken)
        return self._known[name]

    def wait(self, offers: Iterable[Offer]) -> None:
        """Takes down who waits for a place, with no reason of its own to have none."""
        for offer in sorted(offers, key=lambda o: o.rank):
            self(offer).ranks.append(offer.rank)


class Order:
    """One published order: who has a place, who waits, and how far down places given in order go."""

    def __init__(self, group: list[Offer], taken: Taken) -> None:
        self._place = {offer.application_id: n for n, offer in enumerate(group, 1)}
        self.given = [o for o in group if o.application_id in taken.placed]
        self.booths = sum(taken.placed[o.application_id].booths for o in self.given)
        own = [o for o in self.given if not taken.is_outside(o)]
        self.last = max(own or self.given[-1:], key=lambda o: o.rank, default=None)
        self._deepest = max((o.rank for o in own), default=0)
        self.ranks: list[int] = []
        """Ranks of those who wait, rising."""

    def place(self, offer: Offer) -> int:
        """Place in the order, from 1."""
        return self._place[offer.application_id]

    def passes_over(self, offer: Offer) -> bool:
        """Whether somebody behind has a place in the order: given by no decision, and not kept."""
        return self._deepest > offer.rank

    def waiting(self, rank: int) -> int:
        """How many wait up to and with a rank."""
        return bisect_right(self.ranks, rank)
