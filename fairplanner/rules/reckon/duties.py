"""Duties counted back from a fair or a journey (倒排时间): when each is due, in which calendar, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fairplanner.domain.duties import Duty
from fairplanner.domain.kinds import Role
from fairplanner.domain.plan import Delegation, Journey
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered
from fairplanner.rules.reckon.calendar import WorkCalendar
from fairplanner.rules.reckon.dates import journey_dates

ANCHORS = ("opens", "closes", "departs", "returns")


@dataclass(frozen=True)
class Occasion:
    """What duties are counted from: phases in order of the route, and border dates where they are known.

    Without a plan a party is taken to leave on the day before the first phase opens and to return on the day after the
    last one closes, and firms as exhibitors must (set-up and strike included); `is_planned` says which it is.
    """

    phases: tuple[str, ...]
    opens: date
    closes: date
    departs: date
    returns: date
    firms_depart: date
    firms_return: date
    is_planned: bool = False
    zone_id: str = ""
    delegation_id: str = ""


@dataclass(frozen=True)
class Due:
    """One duty of one occasion. `due` is never moved; `working` is the last working day at or before it.

    `is_forecast`: a year on the way has no notice of holidays yet. `is_overdue`: `working` is before the programme's date.
    """

    duty: Duty
    occasion: Occasion
    due: date
    working: date
    is_forecast: bool
    is_overdue: bool

    @property
    def key(self) -> str:
        """Stable across revisions: the duty and the delegation, or the phases."""
        return f"{self.duty.duty_id}:{self.occasion.delegation_id or '+'.join(self.occasion.phases)}"


def occasion_of(programme: Programme, phase_id: str) -> Occasion | None:
    """The occasion of a phase as long as nothing is planned; None without dates."""
    phase = programme.phase[phase_id]
    if phase.start is None or phase.end is None:
        return None
    day = timedelta(days=1)
    out, back = _exhibitors(programme, phase_id) or (phase.start - day, phase.end + day)
    return Occasion((phase_id,), phase.start, phase.end, phase.start - day, phase.end + day, out, back)


def _exhibitors(programme: Programme, phase_id: str) -> tuple[date, date] | None:
    """Days on which an exhibitor from the planning zone's home leaves and is back; None where a city is not known."""
    home = programme.home(programme.settings.root)
    if not home or not programme.phase[phase_id].place_id:
        return None
    return journey_dates(programme, home, [(phase_id, Role.EXHIBIT)])


def occasions_of(
    programme: Programme, delegations: Iterable[Delegation], journeys: Sequence[Journey] = ()
) -> Iterator[Occasion]:
    """The occasions of planned delegations: border dates of the officials; of firms the first to leave, the last to return."""
    for d in delegations:
        days = [(programme.phase[s.phase_id].start, programme.phase[s.phase_id].end) for s in d.stops]
        opens, closes = [a for a, _ in days if a], [b for _, b in days if b]
        if opens and closes:
            phases = tuple(s.phase_id for s in d.stops)
            there = [j for j in journeys if set(phases) & set(j.phases)]
            out, back = (
                min((j.depart for j in there), default=d.depart),
                max((j.return_ for j in there), default=d.return_),
            )
            border = (d.depart, d.return_, out, back)
            yield Occasion(phases, min(opens), max(closes), *border, True, d.sponsor, d.delegation_id)


def applies(programme: Programme, duty: Duty, phases: Sequence[str]) -> bool:
    """Whether a duty arises at these phases: regime, country or region, and how many of them one trip visits."""
    there = {programme.territory_of(q) for q in phases}
    met = [q for q in phases if programme.regime(q) in duty.regimes]
    if not met or len(there) < duty.least_countries:
        return False
    return not duty.territories or any(programme.territory_of(q) in duty.territories for q in met)


def dues(programme: Programme, occasion: Occasion) -> tuple[Due, ...]:
    """Every duty of an occasion, earliest first; one that is replaced by another which applies too is left out."""
    met = {d.duty_id: d for d in programme.duties if applies(programme, d, occasion.phases)}
    # where several stand for the same one, the strictest does
    stricter = sorted((d for d in met.values() if d.replaces in met), key=lambda d: (-d.days, d.duty_id))
    instead = {d.replaces: d.duty_id for d in stricter}
    kept = [d for d in met.values() if instead.get(d.duty_id, d.duty_id) == d.duty_id and _is_last(d, instead)]
    by_id = met | {old: met[new] for old, new in instead.items()}
    # a duty counted from one that does not arise here has nothing to be counted from
    chains = [chain for d in kept if (chain := _chain(by_id, d))[0].anchor in ANCHORS]
    made = [_due(programme, chain, occasion) for chain in chains]
    return tuple(sorted(made, key=lambda x: (x.due, x.duty.duty_id)))


def _is_last(duty: Duty, instead: Mapping[str, str]) -> bool:
    return not duty.replaces or instead.get(duty.replaces, duty.duty_id) == duty.duty_id


def _due(programme: Programme, chain: Sequence[Duty], occasion: Occasion) -> Due:
    duty, calendar = chain[-1], WorkCalendar(programme)
    day, is_forecast = _anchor(chain[0], occasion), False
    for step in chain:
        before = day
        day = calendar.moved(day, step.days) if step.unit == "working-days" else day + timedelta(days=step.days)
        counted = step.unit == "working-days" and not (calendar.is_known(before) and calendar.is_known(day))
        is_forecast = is_forecast or counted
    working = calendar.last_working(day)
    is_forecast = is_forecast or not calendar.is_known(day)
    return Due(duty, occasion, day, working, is_forecast, working < programme.settings.as_of)


def _anchor(first: Duty, occasion: Occasion) -> date:
    """The day a duty is counted from; for firms and their goods their own days of travel, not those of the officials."""
    own = {"departs": occasion.firms_depart, "returns": occasion.firms_return}
    if first.who in ("firms", "goods") and first.anchor in own:
        return own[first.anchor]
    return getattr(occasion, first.anchor)  # type: ignore[no-any-return]


def _chain(by_id: Mapping[str, Duty], duty: Duty) -> list[Duty]:
    """The duties it is counted from, the first one anchored at the fair or journey; a circle ends where it closes."""
    chain = [duty]
    while (before := by_id.get(chain[0].anchor)) is not None and before not in chain:
        chain.insert(0, before)
    return chain


@remembered
def blocked_by(programme: Programme, phase_id: str, zone_id: str) -> Due | None:
    """The duty that is past and without which a firm of the zone can no longer go; None where all is open.

    A permit registered for the phase, of the zone or one above it, shows that it was done in time.
    """
    occasion = occasion_of(programme, phase_id)
    if occasion is None or is_approved(programme, phase_id, zone_id):
        return None
    return next((due for due in dues(programme, occasion) if due.duty.blocks and due.is_overdue), None)


def is_approved(programme: Programme, phase_id: str, zone_id: str) -> bool:
    """Whether a permit for the phase is registered for the zone or one above it."""
    return any(phase_id in a.phases and programme.is_within(zone_id, a.zone_id) for a in programme.approvals)
