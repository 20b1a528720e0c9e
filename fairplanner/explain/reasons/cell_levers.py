"""Changes to the cells that limits stand in, by what stood in the way; and to what keeps a delegation from being possible at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.kinds import Nature
from fairplanner.domain.plan import Excluded
from fairplanner.domain.programme import Programme
from fairplanner.errors import Blame
from fairplanner.explain.cures import cures_for
from fairplanner.explain.dials import CENT, ONE, Change, Dial, Switch, cell, least_firms
from fairplanner.explain.limits import LimitCell, cells_of, loosened
from fairplanner.explain.reasons.answers import Obstacle
from fairplanner.rules.reckon.asking import sponsors

KINDS: dict[tuple[str, str], tuple[str, str]] = {
    ("quotas", "reserve"): ("reserve", "booths"),
    ("quotas", "booths"): ("quota", "booths"),
    ("funds", "amount"): ("fund", "fund"),
    ("instalments", "amount"): ("instalment", "fund"),
    ("firms", "own_money"): ("own-money", "money"),
    ("firms", "teams"): ("teams", "teams"),
    ("firms", "max_phases"): ("max-phases", "phases"),
    ("choices", "least_firms"): ("least-firms", "firms"),
    ("choices", "most_firms"): ("most-firms", "firms"),
    ("approvals", "people"): ("permit", "people"),
}
"""Kind of change and unit of its amount, by table and column."""
EXACT = frozenset({"teams", "max-phases", "most-firms", "permit", "least-firms", "reserve"})
"""Kinds of which just so much is missing: more does not help where that does not."""
SWITCHES = {("posts", ""): "staff", ("blackouts", "binding"): "blackout", ("decisions", ""): "decision"}
ORDERS = ("rank-respected", "booths-in-order")
"""An order is kept or is none: nothing of it gives way by an amount."""


def of_limits(programme: Programme, broken: Iterable[Obstacle]) -> Iterator[Change]:
    """For each limit that the place would break, the cells it stands in, moved by as much and by less; of several limits all
    together first."""
    limits = [o.by for o in broken if o.by.rule not in ORDERS]
    yield from _together(programme, limits)
    for by in limits:
        for found in cells_of(programme, by.rule, by.label):
            yield from _of_cell(found, by.amount)


def _together(programme: Programme, limits: Sequence[Blame]) -> Iterator[Change]:
    """The first cell of each limit, moved by what is missing, where there are several; each cell once."""
    made: dict[tuple[str, str, str], tuple[str, Assumption]] = {}
    for by in limits:
        for found in cells_of(programme, by.rule, by.label)[:1]:
            at = found.table, found.column
            kind = KINDS.get(at, ("cell", ""))[0] if found.is_number else SWITCHES.get(at, "")
            sign = 1 if found.is_upper == (found.unit > 0) else -1
            new = found.at + sign * abs(by.amount * found.unit)
            if kind and (not found.is_number or new >= 0):
                change = _moved(found, new) if found.is_number else loosened(found, 1)
                made[found.table, found.key, found.column] = (kind, change)
    if len(made) > 1:
        yield Switch("+".join(kind for kind, _ in made.values()), tuple(a for _, a in made.values()), is_least=False)


def _of_cell(found: LimitCell, amount: int) -> Iterator[Change]:
    at = found.table, found.column
    if not found.is_number:
        if at in SWITCHES:
            yield Switch(SWITCHES[at], (loosened(found, 1),))
        return
    kind, unit = KINDS.get(at, ("cell", ""))
    needed = abs(amount * found.unit)
    rises = found.is_upper == (found.unit > 0)
    most = needed if kind in EXACT else 3 * needed + found.step
    most = most if rises else min(found.at, most)
    if most > 0:
        sign = 1 if rises else -1
        yield Dial(kind, unit, found.step, most, lambda x: (_moved(found, found.at + sign * x),), (needed,))


def _moved(found: LimitCell, new: Decimal) -> Assumption:
    text = f"{new:f}"
    if found.cells:
        cells = tuple((name, text if name == found.column else value) for name, value in found.cells)
        return Assumption(found.table, found.key, "", "+", cells=cells)
    return Assumption(found.table, found.key, found.column, text, f"{found.at:f}")


def of_hosting(
    programme: Programme, firm_id: str, phase_id: str, recommended_by: str, reasons: tuple[Excluded, ...]
) -> Iterator[Change]:
    """What could make a delegation possible that could take the firm, reason by reason."""
    zones = programme.zones_above(recommended_by or programme.firm[firm_id].zone_id)
    takers = sponsors(programme, programme.firm[firm_id].zone_id, recommended_by)
    if not takers:
        yield from (
            Switch("sends", (cell("zones", z, "sends", True, False),)) for z in dict.fromkeys((zones[-1], zones[0]))
        )
    for e in reasons:
        yield from _of_reason(programme, phase_id, takers, e)


def _of_reason(programme: Programme, phase_id: str, takers: tuple[str, ...], e: Excluded) -> Iterator[Change]:
    facts = dict(e.facts)
    match e.rule:
        case "delegation-size":
            least = int(facts["least"])
            for zone_id in (e.zone_id,) if e.zone_id else takers:
                yield from least_firms(programme, zone_id, phase_id, least, (least - int(facts["firms"]),), up=False)
        case "staff":
            for made in cures_for(programme, (e,)):
                yield Switch("staff", made.assumptions)
        case "official-party":
            now = int(facts["officials"])
            yield from _of_choice(programme, phase_id, "officials", "officials", now, now - int(facts["most"]))
        case "presence" | "official-days":
            yield from _of_profile(programme, phase_id, e.rule, facts)
        case "fund-use":
            yield from _fund_period(programme, takers, date.fromisoformat(facts["depart"]))


def _of_choice(programme: Programme, phase_id: str, column: str, kind: str, now: int, needed: int) -> Iterator[Change]:
    choice = programme.choice(phase_id)
    if choice is None or needed <= 0:
        return
    key = f"{choice.fair_id}/{choice.phase_id or '-'}"
    yield Dial(
        kind,
        "people",
        ONE,
        Decimal(now),
        lambda x: (cell("choices", key, column, now - int(x), now),),
        (Decimal(needed),),
    )


def _of_profile(programme: Programme, phase_id: str, rule: str, facts: dict[str, str]) -> Iterator[Change]:
    """Days of presence, or the most days away: they stand in programme.toml."""
    regime = programme.regime(phase_id)
    profile = programme.profile(phase_id)
    if rule == "presence":
        path, now = f"profiles.{regime.value}.min_presence_days", profile.min_presence_days
        short = now - int(facts["days"])
        yield Dial(
            "presence",
            "days",
            ONE,
            Decimal(now - 1),
            lambda x: (cell("programme", "", path, now - int(x), now),),
            (Decimal(short),),
        )
        return
    limits, place = profile.day_limits, int(facts["countries"]) - 1
    if 0 <= place < len(limits):
        path, short = f"profiles.{regime.value}.day_limits", int(facts["days"]) - int(facts["limit"])
        yield Dial(
            "day-limit", "days", ONE, Decimal(short + 3),
            lambda x: (cell("programme", "", path, tuple(n + int(x) * (k >= place) for k, n in enumerate(limits)), limits),), (Decimal(short),),
        )  # fmt: skip


def _fund_period(programme: Programme, takers: tuple[str, ...], depart: date) -> Iterator[Change]:
    """Funds for official travel whose period ends before, or begins after, the party leaves."""
    for fund in programme.funds:
        if fund.nature is not Nature.OFFICIAL_TRAVEL or not any(programme.is_within(z, fund.zone_id) for z in takers):
            continue
        early, late = (fund.period_from - depart).days, (depart - fund.period_to).days
        if early > 0:
            yield _period(fund.fund_id, "period_from", fund.period_from, -1, early)
        elif late > 0:
            yield _period(fund.fund_id, "period_to", fund.period_to, 1, late)


def _period(fund_id: str, column: str, now: date, sign: int, days: int) -> Dial:
    return Dial(
        "fund-period", "days", ONE, Decimal(days),
        lambda x: (cell("funds", fund_id, column, now + sign * timedelta(int(x)), now),), (Decimal(days),),
    )  # fmt: skip


def of_duty(programme: Programme, duty_id: str, due: date) -> Iterator[Change]:
    """A duty that is past, due some days later: on the day the plan is made at the latest."""
    late = (programme.settings.as_of - due).days
    found = next((d for d in programme.duties if d.duty_id == duty_id), None)
    if found is not None and late > 0:
        now = found.days
        yield Dial(
            "duty", "days", ONE, Decimal(2 * late), lambda x: (cell("duties", duty_id, "days", now + int(x), now),),
            (Decimal(late),),
        )  # fmt: skip


def of_money(programme: Programme, firm_id: str, needed: Decimal, left: Decimal) -> Iterator[Change]:
    """More of its own money, where the place alone costs more."""
    now = programme.firm[firm_id].own_money
    if now is not None and needed > left:
        short, most = needed - left, 4 * needed
        yield Dial(
            "own-money", "money", CENT, most, lambda x: (cell("firms", firm_id, "own_money", now + x, now),), (short,)
        )
