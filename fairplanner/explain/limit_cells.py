"""For each rule, the cells that the limit behind a label stands in: the other way round from how the rule reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from fairplanner.domain.assuming import ADDED, ASSUMED, DROPPED, cell_text
from fairplanner.domain.in_force import full_id
from fairplanner.domain.kinds import Confidence, Policy
from fairplanner.domain.planning import Choice, Quota
from fairplanner.domain.programme import Programme
from fairplanner.rules.contract import SEPARATOR
from fairplanner.rules.own_money import parts as parts_of_a_fen
from fairplanner.rules.reckon.dates import quarter
from fairplanner.rules.reckon.funds import comes_in_parts, spendable
from fairplanner.rules.reckon.kept import least_firms
from fairplanner.rules.reckon.money import FEN, rate_of

ONE = Decimal(1)
WHOLE = Decimal(1)


@dataclass(frozen=True, order=True)
class LimitCell:
    """A cell of the tables that a limit stands in (`table`, `key`, `column` as in `Assumption`).

    at: the number there now; unit: how much of the cell one unit of the row's amount is, negative where the cell falls
    when the limit rises; step: what its numbers are rounded to. `is_upper`: the limit gives way upwards. `instead`: what
    lifts the limit where the cell is no number (a date, a word; `-` with no column: the row is dropped). `cells`: the
    whole row, where it has yet to be written.
    """

    table: str
    key: str
    column: str
    at: Decimal
    unit: Decimal
    is_upper: bool = True
    step: Decimal = WHOLE
    instead: str = ""
    now: str = ""
    cells: tuple[tuple[str, str], ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether the limit can be moved step by step."""
        return not self.instead


Finder: TypeAlias = Callable[[Programme, list[str]], Iterator[LimitCell]]


def parts(label: str) -> list[str]:
    """The ids of a label; blanks as ''."""
    return ["" if part == "*" else part for part in label.split(SEPARATOR)]


def key_of(*ids: str) -> str:
    """A row's key as an assumption names it: its key columns joined by `/`, blanks as `-`."""
    return "/".join(one or "-" for one in ids)


def _number(table: str, key: str, column: str, at: int, *, is_upper: bool = True, unit: int = 1) -> LimitCell:
    return LimitCell(table, key, column, Decimal(at), Decimal(unit), is_upper)


def _money(table: str, key: str, column: str, at: Decimal, unit: Decimal = FEN) -> LimitCell:
    return LimitCell(table, key, column, at, unit, step=FEN)


def _dropped(table: str, key: str) -> LimitCell:
    return LimitCell(table, key, "", ONE, ONE, instead=DROPPED)


def _instead(table: str, key: str, column: str, text: str, now: object) -> LimitCell:
    return LimitCell(table, key, column, ONE, ONE, instead=text, now=cell_text(now))


def _new(**cells: str) -> tuple[tuple[str, str], ...]:
    """A row that nobody has written yet."""
    return tuple(sorted((cells | {"source": ASSUMED, "confidence": Confidence.USER.value}).items()))


def decisions(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """The decision itself: it is given up, or it stands."""
    if any(d.decision_id == ids[0] for d in programme.decisions):
        yield _dropped("decisions", ids[0])


def approvals(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """People of a permit for an exhibition; of a party's permit the permit itself (a change is a new request)."""
    known = {a.approval_id: a for a in programme.approvals}
    if ids[0] in known and len(ids) > 1:
        yield _number("approvals", ids[0], "people", known[ids[0]].people)
    elif ids[0] in known:
        yield _dropped("approvals", ids[0])
    else:
        sponsor, phases = _party(ids[0])
        own = (a for a in programme.approvals if a.kind != "exhibition" and a.zone_id == sponsor)
        yield from (_dropped("approvals", a.approval_id) for a in own if phases & set(a.phases))


def _party(delegation_id: str) -> tuple[str, set[str]]:
    """Sponsor and phases of a delegation's id (`sponsor:phase@days+phase@days`)."""
    sponsor, _, stops = delegation_id.partition(":")
    return sponsor, {stop.partition("@")[0] for stop in stops.split("+")}


def targets(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """The number wanted, and whether it is a floor at all."""
    for t in programme.targets:
        if t.target_id == ids[0]:
            yield _number("targets", ids[0], "at_least", t.at_least, is_upper=False)
            if t.floor:
                yield _instead("targets", ids[0], "floor", "no", t.floor)


QUOTA_COLUMNS = {"booths": "booths", "area": "area_m2", "firms": "firms"}


def booth_quota(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """The quota's booths, area or firms; booths kept back stand in `reserve`, which those given openly fall with."""
    if len(ids) != 4:
        return
    phase_id, section_id, zone_id, kind = ids
    for q in programme.quotas:
        if (q.phase_id, q.section_id, q.zone_id) == (phase_id, section_id, zone_id):
            yield from _of_quota(q, kind)


def _of_quota(q: Quota, kind: str) -> Iterator[LimitCell]:
    key, booths = key_of(q.phase_id, q.section_id, q.zone_id), q.booths or 0
    if kind == "open":
        yield _number("quotas", key, "reserve", q.reserve, unit=-1)
        yield _number("quotas", key, "booths", booths)
    elif kind == "reserve":
        yield _number("quotas", key, "reserve", q.reserve)
    else:
        column = QUOTA_COLUMNS[kind]
        yield _number("quotas", key, column, getattr(q, column) or 0)


def fund_budget(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """The fund's amount; up to a quarter the last instalment that has come in by then."""
    fund = programme.fund.get(ids[0])
    if fund is None:
        return
    kept = 1 - Decimal(str(fund.reserve))
    rate = rate_of(programme, fund.currency) * kept
    if not rate:
        return
    unit = FEN / rate
    if len(ids) > 1 and comes_in_parts(programme, fund.fund_id):
        come = [x for x in programme.instalments if x.fund_id == fund.fund_id and quarter(x.on) <= ids[1]]
        total = sum((x.amount for x in come), Decimal(0)) * rate
        if come and total < spendable(programme, fund):
            last = max(come, key=lambda x: x.on)
            yield _money("instalments", key_of(fund.fund_id, last.on.isoformat()), "amount", last.amount, unit)
            return
        if not come:
            return
    yield _money("funds", fund.fund_id, "amount", fund.amount, unit)


def own_money(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """The firm's own money of the year."""
    firm = programme.firm.get(ids[0])
    if firm is not None and firm.own_money is not None:
        yield _money("firms", firm.firm_id, "own_money", firm.own_money, FEN / parts_of_a_fen(programme))


def most_phases(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """The firm's most phases of the year."""
    firm = programme.firm.get(ids[0])
    if firm is not None and firm.max_phases is not None:
        yield _number("firms", firm.firm_id, "max_phases", firm.max_phases)


def firm_teams(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """The firm's teams."""
    firm = programme.firm.get(ids[0])
    if firm is not None:
        yield _number("firms", firm.firm_id, "teams", firm.teams)


def delegation_size(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """Fewest and most firms of the fair in `choices`; where they are the profile's, a row of `choices` that says otherwise."""
    if len(ids) != 2 or ids[1] not in programme.phase:
        return
    sponsor, phase_id = ids
    choice, least, most = (
        programme.choice(phase_id),
        least_firms(programme, sponsor, phase_id),
        programme.most_firms(phase_id),
    )
    if least:
        yield _of_choice(programme, phase_id, choice, "least_firms", least)
    if choice is not None and most is not None:
        yield _number("choices", _choice_key(choice), "most_firms", most)


def _choice_key(choice: Choice) -> str:
    return key_of(choice.fair_id, choice.phase_id)


def _of_choice(programme: Programme, phase_id: str, choice: Choice | None, column: str, at: int) -> LimitCell:
    if choice is not None:
        return _number("choices", _choice_key(choice), column, at, is_upper=False)
    fair_id = programme.phase[phase_id].fair_id
    cells = _new(fair_id=fair_id, phase_id=phase_id, **{column: str(at)})
    return LimitCell("choices", key_of(fair_id, phase_id), column, Decimal(at), ONE, is_upper=False, cells=cells)


def staff(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """One post more in the pool (`zone:skill`)."""
    zone_id, _, skill = ids[0].partition(":")
    own = [p for p in programme.posts if (p.zone_id, p.skill) == (zone_id, skill)]
    if not own:
        return
    taken = {p.post_id for p in programme.posts}
    post_id = next(name for n in range(2, len(taken) + 3) if (name := f"{own[0].post_id}-{n}") not in taken)
    cells = _new(post_id=post_id, title_zh=own[0].title_zh, title_en=own[0].title_en, zone_id=zone_id, skill=skill)
    yield LimitCell("posts", post_id, "", Decimal(len(own)), ONE, instead=ADDED, cells=cells)


def policy(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """How places are given at the fair: where they are not given in order, there is no order to keep."""
    if ids[0] not in programme.phase:
        return
    choice, now, free = programme.choice(ids[0]), programme.policy(ids[0]), Policy.OPTIMISE.value
    fair_id = programme.phase[ids[0]].fair_id
    if choice is not None:
        yield _instead("choices", _choice_key(choice), "policy", free, now)
    else:
        cells = _new(fair_id=fair_id, phase_id=ids[0], policy=free)
        yield LimitCell(
            "choices", key_of(fair_id, ids[0]), "", ONE, ONE, instead=ADDED, now=cell_text(now), cells=cells
        )


def kept(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """The application's progress, if that is why its place is kept, else its row of the earlier plan."""
    a = programme.application.get(ids[0])
    if a is not None and a.state.is_committed:
        yield _instead("applications", a.application_id, "state", "withdrawn", a.state)
    elif any(row.application_id == ids[0] for row in programme.settled):
        yield _dropped("settled", ids[0])


def claim_limits(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """The yearly cap, or the cap a phase, of a row of `subsidies`; caps of rule packs stand in no table."""
    for s in programme.subsidies:
        if ids[0] == full_id(s.subsidy_id, "year") and s.cap_year is not None:
            yield _money("subsidies", s.subsidy_id, "cap_year", s.cap_year)
        if ids[0] == full_id(s.subsidy_id, "phase") and s.cap_phase is not None:
            yield _money("subsidies", s.subsidy_id, "cap_phase", s.cap_phase)


def blackouts(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """Binding blackouts of the party's zone, or of the post, that meet the year: each may be made a remark only."""
    sponsor, _ = _party(ids[0])
    for x in programme.blackouts:
        of_post = len(ids) > 1 and x.post_id in ids[1:]
        of_zone = not x.post_id and sponsor in programme.zone and programme.is_within(sponsor, x.zone_id)
        if x.binding and (of_post or of_zone):
            yield _instead("blackouts", x.blackout_id, "binding", "no", x.binding)


def deadline(programme: Programme, ids: list[str]) -> Iterator[LimitCell]:
    """The office's own last day to apply, moved to the day on which the firm's application came in (firm · phase)."""
    choice = programme.choice(ids[1]) if len(ids) > 1 and ids[1] in programme.phase else None
    if choice is None or choice.closes is None:
        return
    came = [
        a.received or programme.settings.as_of
        for a in programme.applications
        if (a.firm_id, a.phase_id) == (ids[0], ids[1])
    ]
    if came:
        yield _instead("choices", _choice_key(choice), "closes", max(came).isoformat(), choice.closes)
