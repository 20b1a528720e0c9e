"""Why an application that could have been planned has no place in the finished plan: the most telling reason, in dates and money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fairplanner.domain.kinds import Policy, Role
from fairplanner.domain.plan import Excluded, Journey, Plan
from fairplanner.domain.uncollected import uncollected
from fairplanner.rules.contract import SEPARATOR, label
from fairplanner.rules.reckon.applications import may_stay_away
from fairplanner.rules.reckon.money import FEN
from fairplanner.rules.tables import Problem
from fairplanner.solver.offers import Offer, Offers, Way
from fairplanner.solver.taken import Orders, Taken

UNPLACED: dict[str, tuple[str, ...]] = {
    # a decision keeps the firm, or every zone that could take it, away
    "unplaced-decision": ("basis", "by", "on"),
    # no delegation of a zone that could take it goes there; party: the least public cost of one; reason: party, free
    "unplaced-delegation": ("firms", "least", "party", "reason"),
    # away: first and last day; its teams are out for these phases then; or it goes to as many phases as it says
    "unplaced-teams": ("away", "phases", "teams"),
    "unplaced-phases": ("most",),
    # left: own money less what the rest of the plan costs it; needed: the smallest place it accepts and a journey
    "unplaced-money": ("left", "needed"),
    # rank 1 is first; places and booths given in its order; reserve 1 gets the next place
    "unplaced-rank": ("booths", "cutoff", "places", "rank", "reserve", "score"),
    "unplaced-turn": ("booths", "last", "places", "rank", "received", "reserve"),
    "unplaced-lot": ("booths", "places", "rank", "reserve"),
    "unplaced-quota": ("limit", "quota", "used", "wants"),
    # the delegation takes no more firms
    "unplaced-full": ("most",),
    # worth less than it costs, or worth something and left over when all else was weighed
    "unplaced-value": ("needed", "score"),
    "unplaced-weighed": ("needed", "score"),
}
"""Keys of the reasons that only a finished plan gives (words under `excluded.<key>`), with the facts that each carries.

`application` is a fact of every one of them. Keys are those of `Excluded.rule`, but no rules of the law.
"""

KINDS = ("phase", "application", "participation", "trip", "delegation", "journey", "claim")
"""The written order of kinds."""


@uncollected()
def unplaced(problem: Problem, plan: Plan) -> tuple[Excluded, ...]:
    """A reason for each application that was posed and has no place in the plan, in order of firm, phase and section.

    Judged in this order: a decision, no delegation, the firm's teams, phases and money where the rest of the plan stands,
    the published order, quotas, the size of the delegation, and what it is worth. Invitations are left out: nobody asked.
    """
    judge = _Judge(problem, plan)
    left = [offer for offer in judge.offers if offer.application_id not in judge.taken.placed]
    own = {offer.application_id: judge.by_itself(offer) for offer in left}
    judge.orders.wait(offer for offer in left if own[offer.application_id] is None)
    return tuple(_excluded(offer, own[offer.application_id] or judge.among_others(offer)) for offer in left)


@dataclass(frozen=True)
class _Reason:
    key: str
    facts: tuple[tuple[str, str], ...]


def _reason(key: str, **facts: object) -> _Reason:
    return _Reason(key, tuple((name, str(value)) for name, value in facts.items()))


def _excluded(offer: Offer, reason: _Reason) -> Excluded:
    a = offer.application
    facts = (("application", a.application_id), *reason.facts)
    return Excluded(
        kind="application", rule=reason.key, firm_id=a.firm_id, zone_id=offer.zone_id, phase_id=a.phase_id,
        facts=tuple(sorted(facts)),
    )  # fmt: skip


class _Judge:
    """One finished plan, and what stood in the way of each application without a place."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.programme, self.offers, self.taken = problem.programme, Offers(problem), Taken(problem.programme, plan)
        self.orders = Orders(self.offers, self.taken)

    def by_itself(self, offer: Offer) -> _Reason | None:
        """What would stand in the way of this firm even if it had no competitor; None if nothing does."""
        tried = (self._decision, self._delegation, self._teams, self._phases, self._money)
        return next((reason for look in tried if (reason := look(offer))), None)

    def among_others(self, offer: Offer) -> _Reason:
        """Why others have the places, or why it is not worth one."""
        return self._order(offer) or self._full_quota(offer) or self._full(offer) or self._worth(offer)

    def _decision(self, offer: Offer) -> _Reason | None:
        a, phase_id = offer.application, offer.application.phase_id
        against = self.taken.refusals.get(phase_id, ())
        of_zones = [d for d in against if d.zone_id in offer.sponsors]
        of_firm = [d for d in against if d.firm_id == a.firm_id]
        for d in of_firm or (of_zones if {d.zone_id for d in of_zones} == set(offer.sponsors) else []):
            return _reason("unplaced-decision", by=d.by, on=d.on.isoformat(), basis=d.basis)
        return None

    def _delegation(self, offer: Offer) -> _Reason | None:
        phase_id = offer.application.phase_id
        if not may_stay_away(self.programme, phase_id) or any(
            (s, phase_id) in self.taken.hosts for s in offer.sponsors
        ):
            return None
        firms = self.offers.firms_that_ask(offer.sponsors, phase_id)
        party = self.offers.least_party(offer.sponsors, phase_id)
        least, reason = self.programme.least_firms(phase_id), "party" if party else "free"
        return _reason("unplaced-delegation", firms=firms, least=least, party=party, reason=reason)

    def _elsewhere(self, offer: Offer) -> list[Journey]:
        return self.taken.journeys.get(offer.application.firm_id, [])

    def _teams(self, offer: Offer) -> _Reason | None:
        """No way there leaves all its other phases as they are without more teams than it has."""
        out, teams = self._elsewhere(offer), self.programme.firm[offer.application.firm_id].teams
        if any(_most_out([*_others(out, way), way]) <= teams for way in offer.ways) or not offer.ways:
            return None
        alone = offer.ways[0]
        met = [j for j in out if j.depart <= alone.back and alone.depart <= j.return_]
        phases = SEPARATOR.join(dict.fromkeys(q for j in sorted(met, key=lambda j: j.depart) for q in j.phases))
        away = SEPARATOR.join((alone.depart.isoformat(), alone.back.isoformat()))
        return _reason("unplaced-teams", away=away, phases=phases, teams=teams) if met else None

    def _phases(self, offer: Offer) -> _Reason | None:
        phase_id, most = offer.application.phase_id, self.programme.firm[offer.application.firm_id].max_phases
        others = sum(q != phase_id for j in self._elsewhere(offer) for q in j.phases)
        return _reason("unplaced-phases", most=most) if most is not None and others >= most else None

    def _money(self, offer: Offer) -> _Reason | None:
        """Too little is left for the smallest stand and a way there; what could be paid back counts while nobody is passed over."""
        a, own = offer.application, self.programme.firm[offer.application.firm_id].own_money
        if own is None or not offer.ways:
            return None
        out = self._elsewhere(offer)
        back = Decimal(0) if self.orders(offer).passes_over(offer) else offer.paid_back
        spent = self.taken.spent.get(a.firm_id, Decimal(0))
        needed = offer.cost + min(_extra(out, way) for way in offer.ways)
        return (
            _reason("unplaced-money", left=(own - spent).quantize(FEN), needed=needed)
            if needed - back > own - spent
            else None
        )

    def _order(self, offer: Offer) -> _Reason | None:
        """Others of its order come first: the places are gone, or one ahead waits and may not be passed over."""
        order = self.orders(offer)
        if (
            order.last is None
            or order.passes_over(offer)
            or not (order.waiting(offer.rank - 1) or self._full_quota(offer))
        ):
            return None
        facts = {
            "places": len(order.given), "rank": order.place(offer), "reserve": order.waiting(offer.rank),
            "booths": order.booths,
        }  # fmt: skip
        policy = self.programme.policy(offer.application.phase_id)
        if policy is Policy.LOTTERY:
            return _reason("unplaced-lot", **facts)
        if policy is Policy.FIRST_CONFIRMED:
            return _reason("unplaced-turn", received=_day(offer), last=_day(order.last), **facts)
        return _reason("unplaced-rank", cutoff=_points(order.last.score), score=_points(offer.score), **facts)

    def _full_quota(self, offer: Offer) -> _Reason | None:
        a = offer.application
        if a.role is not Role.EXHIBIT:
            return None
        for q in self.taken.quotas.get(a.phase_id, ()):
            if q.section_id in ("", a.section_id):
                for kind, limit, wants, used in self.taken.limits(q, offer):
                    if used + wants > limit:
                        name = label(q.phase_id, q.section_id, q.zone_id, kind)
                        return _reason("unplaced-quota", quota=name, limit=limit, used=used, wants=wants)
        return None

    def _full(self, offer: Offer) -> _Reason | None:
        phase_id = offer.application.phase_id
        most, there = self.programme.most_firms(phase_id), self.taken.firms
        counts = [there.get((s, phase_id), 0) for s in offer.sponsors if (s, phase_id) in self.taken.hosts]
        full = most is not None and bool(counts) and min(counts) >= most
        return _reason("unplaced-full", most=most) if full else None

    def _worth(self, offer: Offer) -> _Reason:
        out = self._elsewhere(offer)
        needed = offer.cost + min((_extra(out, way) for way in offer.ways), default=Decimal(0))
        adds = (way.gain - sum(self.offers.gain_of(j) for j in _taken(out, way)) for way in offer.ways)
        key = "unplaced-weighed" if offer.gain + max(adds, default=0) > 0 else "unplaced-value"
        return _reason(key, needed=needed, score=_points(offer.score))


def _taken(out: Sequence[Journey], way: Way) -> list[Journey]:
    """Journeys whose place this way takes, because it goes through all their phases."""
    return [j for j in out if set(j.phases) <= set(way.phases)]


def _others(out: Sequence[Journey], way: Way) -> list[Journey]:
    """Journeys that stay as they are."""
    return [j for j in out if not set(j.phases) <= set(way.phases)]


def _most_out(trips: Sequence[Journey | Way]) -> int:
    """Most trips out on one day; days of leaving and coming home both count."""
    spans = [(t.depart, t.return_ if isinstance(t, Journey) else t.back) for t in trips]
    return max(sum(a <= day <= b for a, b in spans) for day, _ in spans)


def _extra(out: Sequence[Journey], way: Way) -> Decimal:
    """What a way costs beyond the journeys that it takes the place of."""
    return way.cost - sum((j.fare + j.lodging for j in _taken(out, way)), Decimal(0))


def _points(score: float) -> str:
    """Three decimals at most."""
    return f"{score:.3f}".rstrip("0").rstrip(".")


def _day(offer: Offer) -> str:
    received: date | None = offer.application.received
    return received.isoformat() if received else ""


def told(posed: Sequence[Excluded], left: Sequence[Excluded]) -> tuple[Excluded, ...]:
    """What could not be posed and what has no place, in one written order: kind, rule, phase, zone, firm, facts."""
    return tuple(
        sorted((*posed, *left), key=lambda e: (KINDS.index(e.kind), e.rule, e.phase_id, e.zone_id, e.firm_id, e.facts))
    )
