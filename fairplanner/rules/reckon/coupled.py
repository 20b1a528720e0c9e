"""What limits on numbers of visits, firms and markets look at; those on money are in `limits`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Literal, NamedTuple

from fairplanner.domain.in_force import full_id
from fairplanner.domain.packs import FirmTest, Limit
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.eligibility import passes
from fairplanner.rules.reckon.limits import group_of, owner_of, past_key


class PastVisit(NamedTuple):
    """A supported visit of the ledger; `keys` of its group as a limit has them (None: not known, it may be any); `market` it
    opened ('' not known)."""

    owner: str
    day: date
    keys: tuple[str | None, ...]
    market: str


def turn_limits(programme: Programme) -> tuple[Limit, ...]:
    """Limits on the number of supported visits, in order of id: those of packs, and `most_turns` of single subsidies."""
    own = [
        Limit(
            limit_id=full_id(s, "turns"), subsidies=(s,), of="turns", most=subsidy.most_turns,
            each=("fair",) if subsidy.turn_of == "fair" else ("life",),
        )
        for s, subsidy in programme.subsidy.items()
        if subsidy.most_turns is not None
    ]  # fmt: skip
    return tuple(sorted([*own, *(x for x in programme.limits if x.of == "turns")], key=lambda x: x.limit_id))


def group_keys(programme: Programme, limit: Limit, phase_id: str) -> tuple[str, ...]:
    """The keys of a phase's group under a limit, its owner left out."""
    return group_of(programme, limit, "", phase_id, last_day(programme, phase_id))[1:]


def past_visits(programme: Programme, limit: Limit) -> list[PastVisit]:
    """Visits of the ledger under a limit, in table order; a visit paid under several of its subsidies counts once."""
    rows = {(r.firm_id, r.fair_id, r.on): r for r in reversed(programme.ledger) if r.subsidy_id in limit.subsidies}
    return [
        PastVisit(
            owner_of(programme, limit, row.firm_id), row.on,
            tuple(past_key(programme, each, row) for each in limit.each), past_key(programme, "market", row) or "",
        )
        for row in reversed(rows.values())
    ]  # fmt: skip


def year_or_phase(programme: Programme, each: Literal["phase", "year"], phase_id: str) -> str:
    """The phase itself, or the calendar year of its last day."""
    return phase_id if each == "phase" else str(last_day(programme, phase_id).year)


def last_day(programme: Programme, phase_id: str) -> date:
    """Last fair day; far ahead where it is not known."""
    return programme.phase[phase_id].end or date.max


def meant(programme: Programme, test: FirmTest, firm_id: str, phase_id: str) -> bool:
    """Whether a test means a firm on the first day of a phase."""
    phase = programme.phase[phase_id]
    return passes(programme, test, firm_id, phase.start or date.max, phase.fair_id) is None


def all_differ(markets: Iterable[str]) -> bool:
    """Whether no two of these open the same market; one that is not known differs from nothing."""
    seen = list(markets)
    return "" not in seen and len(set(seen)) == len(seen)


def ratio(parts: tuple[int, int]) -> str:
    """A share as people write it, in lowest terms."""
    share = Fraction(*parts)
    return f"{share.numerator}/{share.denominator}"
