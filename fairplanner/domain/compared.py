"""Two plans side by side, as people ask of them: delegations, places of firms, and money; who moved from where to where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from fairplanner.domain.kinds import Regime, StandKind
from fairplanner.domain.plan import Delegation, Journey, Participation, Plan

Part = TypeVar("Part", Delegation, Participation)
Key = TypeVar("Key", str, tuple[str, str])
NOTHING = Decimal(0)


@dataclass(frozen=True)
class PartyChange:
    """A delegation before and after; one of the two may be missing."""

    before: Delegation | None
    after: Delegation | None

    @property
    def either(self) -> Delegation:
        """The delegation as it is now, or as it was."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change of nothing")
        return found

    @property
    def what(self) -> str:
        """added, cancelled, moved (other days), changed (other route, people or posts)."""
        if self.before is None or self.after is None:
            return _one_sided(self.before)
        return "moved" if _span(self.before) != _span(self.after) else "changed"


@dataclass(frozen=True)
class Place:
    """One place of a firm, with the journey that leads there."""

    given: Participation
    journey: Journey | None

    @property
    def stand(self) -> tuple[str, StandKind, int]:
        """Delegation, kind of stand, booths."""
        return self.given.sponsor, self.given.stand, self.given.booths

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day of the journey."""
        return None if self.journey is None else (self.journey.depart, self.journey.return_)

    @property
    def people(self) -> int:
        """People it sends."""
        return self.given.people

    @property
    def told(self) -> tuple[object, ...]:
        """All that concerns the firm there; money is told elsewhere."""
        return self.stand, self.people, self.days


@dataclass(frozen=True)
class PlaceChange:
    """A place before and after; one of the two may be missing."""

    before: Place | None
    after: Place | None

    @property
    def either(self) -> Participation:
        """The place as it is now, or as it was."""
        found = self.after or self.before
        if found is None:
            raise ValueError("a change of nothing")
        return found.given

    @property
    def what(self) -> str:
        """added, cancelled, changed (other delegation, stand or booths, whatever else), people (other people, whatever its
        days), moved (other days of travel)."""
        if self.before is None or self.after is None:
            return _one_sided(self.before)
        if self.before.stand != self.after.stand:
            return "changed"
        return "people" if self.before.people != self.after.people else "moved"


@dataclass(frozen=True)
class MoneyChange:
    """Amounts before and after, in programme currency."""

    cost: tuple[Decimal, Decimal]
    paid_back: tuple[Decimal, Decimal]

    @property
    def is_none(self) -> bool:
        """Whether nothing differs."""
        return self.cost[0] == self.cost[1] and self.paid_back[0] == self.paid_back[1]


@dataclass(frozen=True)
class Compared:
    """Everything that differs. `firms`: what a firm pays and is paid back; `sponsors`: what the public pays for the parties of a
    zone; `funds`: what leaves each fund; `shared`: funds that pay another sum to a firm that keeps all its places, on whatever days
    it travels. Only what differs."""

    parties: tuple[PartyChange, ...]
    places: tuple[PlaceChange, ...]
    firms: Mapping[str, MoneyChange]
    sponsors: Mapping[str, tuple[Decimal, Decimal]]
    funds: Mapping[str, tuple[Decimal, Decimal]]
    shared: Mapping[str, tuple[str, ...]]

    @property
    def counts(self) -> dict[str, int]:
        """How many differ: delegations, places of firms, firms whose costs or subsidies change. All who count, count so."""
        return {"parties": len(self.parties), "places": len(self.places), "firms": len(self.firms)}

    @property
    def is_none(self) -> bool:
        """Whether both plans decide the same."""
        return not (self.parties or self.places or self.firms or self.sponsors or self.funds)


def compared(old: Plan, new: Plan) -> Compared:
    """What differs between two plans, in order of ids.

    A delegation is the same while its sponsor and its phases stay, else while it shares a phase with one of the same sponsor;
    a place while firm, phase and section stay.
    """
    places = tuple(_places(old, new))
    return Compared(
        tuple(_parties(old.delegations, new.delegations)), places,
        {f: MoneyChange((a, b), (c, d)) for f, (a, b, c, d) in _of_firms(old, new).items() if (a, c) != (b, d)},
        _moved(*(_added((d.sponsor, d.total) for d in p.delegations) for p in (old, new))),
        _moved(*(_added(_out_of_funds(p)) for p in (old, new))),
        _shared(old, new, {x.either.firm_id for x in places if x.what != "moved"}),
    )  # fmt: skip


def _one_sided(before: object) -> str:
    return "added" if before is None else "cancelled"


def _span(d: Delegation) -> tuple[date, date]:
    return d.depart, d.return_


def _route(d: Delegation) -> tuple[str, ...]:
    return tuple(s.phase_id for s in d.stops)


def _same(a: Delegation, b: Delegation) -> bool:
    """Whether two delegations are the same to everybody concerned; money is told elsewhere."""
    return (_span(a), a.stops, a.officials, a.posts) == (_span(b), b.stops, b.officials, b.posts)


def _parties(old: Sequence[Delegation], new: Sequence[Delegation]) -> Iterator[PartyChange]:
    gone, come = {d.delegation_id: d for d in old}, {d.delegation_id: d for d in new}
    for name in gone.keys() & come.keys():
        if _same(gone[name], come[name]):
            del gone[name], come[name]
    pairs: list[PartyChange] = []
    for alike in (_same_route, _shares_a_phase):
        for name in sorted(gone):
            heir = next((other for other in sorted(come) if alike(gone[name], come[other])), None)
            if heir is not None:
                pairs.append(PartyChange(gone.pop(name), come.pop(heir)))
    pairs += [PartyChange(d, None) for d in gone.values()] + [PartyChange(None, d) for d in come.values()]
    yield from sorted(pairs, key=lambda x: (x.either.sponsor, x.either.depart, x.either.delegation_id))


def _same_route(a: Delegation, b: Delegation) -> bool:
    return a.sponsor == b.sponsor and _route(a) == _route(b)


def _shares_a_phase(a: Delegation, b: Delegation) -> bool:
    return a.sponsor == b.sponsor and bool(set(_route(a)) & set(_route(b))) and Regime.HOME not in (a.regime, b.regime)


def _places(old: Plan, new: Plan) -> Iterator[PlaceChange]:
    before, after = _by_application(old), _by_application(new)
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was is None or now is None or was.told != now.told:
            yield PlaceChange(was, now)


def _by_application(plan: Plan) -> dict[str, Place]:
    way = {(j.firm_id, q): j for j in plan.journeys for q in j.phases}
    return {p.application_id: Place(p, way.get((p.firm_id, p.phase_id))) for p in plan.participations}


def _of_firms(old: Plan, new: Plan) -> dict[str, tuple[Decimal, Decimal, Decimal, Decimal]]:
    """Cost before and after, paid back before and after, of each firm."""
    cost = [_added([*((p.firm_id, p.cost) for p in x.participations), *((j.firm_id, j.fare + j.lodging) for j in x.journeys)])
            for x in (old, new)]  # fmt: skip
    back = [_added((c.firm_id, c.amount) for c in x.claims) for x in (old, new)]
    firms = sorted({f for side in (*cost, *back) for f in side})
    sides = (*cost, *back)
    return {f: tuple(side.get(f, NOTHING) for side in sides) for f in firms}  # type: ignore[misc]


def _shared(old: Plan, new: Plan, elsewhere: set[str]) -> dict[str, tuple[str, ...]]:
    """Funds, in order, that pay another sum to each firm but those `elsewhere`."""
    was, now = (_added(((c.firm_id, c.fund_id), c.amount) for c in p.claims) for p in (old, new))
    found: dict[str, list[str]] = defaultdict(list)
    for firm, fund in _moved(was, now):
        if firm not in elsewhere:
            found[firm].append(fund)
    return {firm: tuple(funds) for firm, funds in found.items()}


def _out_of_funds(plan: Plan) -> Iterator[tuple[str, Decimal]]:
    yield from ((d.fund_id, d.total) for d in plan.delegations if d.fund_id)
    yield from ((c.fund_id, c.amount) for c in plan.claims)


def _added(amounts: Iterable[tuple[Key, Decimal]]) -> dict[Key, Decimal]:
    total: dict[Key, Decimal] = defaultdict(Decimal)
    for key, amount in amounts:
        total[key] += amount
    return dict(total)


def _moved(old: Mapping[Key, Decimal], new: Mapping[Key, Decimal]) -> dict[Key, tuple[Decimal, Decimal]]:
    both = {key: (old.get(key, NOTHING), new.get(key, NOTHING)) for key in sorted(old.keys() | new.keys())}
    return {key: (a, b) for key, (a, b) in both.items() if a != b}


def summed(changes: Mapping[str, MoneyChange], of: Callable[[str], str]) -> dict[str, MoneyChange]:
    """Changes of firms added up by what `of` says of each (its zone, say), in order."""
    groups: dict[str, list[MoneyChange]] = defaultdict(list)
    for firm, change in changes.items():
        groups[of(firm)].append(change)
    return {key: _sum(groups[key]) for key in sorted(groups)}


def _sum(changes: Sequence[MoneyChange]) -> MoneyChange:
    cost, back = ([getattr(x, name) for x in changes] for name in ("cost", "paid_back"))
    both = tuple((sum((a for a, _ in side), NOTHING), sum((b for _, b in side), NOTHING)) for side in (cost, back))
    return MoneyChange(both[0], both[1])
