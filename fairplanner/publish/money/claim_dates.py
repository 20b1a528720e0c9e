"""When a subsidy must be claimed and which papers a firm keeps for it from day one (申报材料清单)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from fairplanner.domain.packs import Pack, Paper
from fairplanner.domain.plan import Claim, Participation
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.eligibility import refused


@dataclass(frozen=True)
class ToClaim:
    """A subsidy that a firm may claim for a phase; `due` is the last day of its pack's term, None where the pack sets none."""

    firm_id: str
    phase_id: str
    subsidy_id: str
    due: date | None


def claim_day(programme: Programme, subsidy_id: str, phase_id: str) -> date | None:
    """The last day to claim: `claim_within_days` after the last fair day; never moved."""
    subsidy, end = programme.subsidy.get(subsidy_id), programme.phase[phase_id].end
    if subsidy is None or subsidy.claim_within_days is None or end is None:
        return None
    return end + timedelta(days=subsidy.claim_within_days)


def eligible(programme: Programme, p: Participation) -> tuple[str, ...]:
    """The subsidies in force that nothing speaks against for a participation, whether or not a plan counts on them."""
    asked = programme.application.get(p.application_id)
    return tuple(
        subsidy_id
        for subsidy_id, s in programme.subsidy.items()
        if refused(programme, s, p.firm_id, p.phase_id, role=p.role, stand=p.stand, application=asked) is None
    )


def to_claim(programme: Programme, places: Iterable[Participation], claims: Iterable[Claim]) -> tuple[ToClaim, ...]:
    """What firms may claim, each once, by firm, day and subsidy; what has no day comes last.

    All they are eligible for, not only what the plan counts on: who is not in the plan's claims may still apply.
    """
    found = {(p.firm_id, p.phase_id, s) for p in places for s in eligible(programme, p)}
    found |= {(c.firm_id, c.phase_id, c.subsidy_id) for c in claims}
    made = (ToClaim(firm, phase, s, claim_day(programme, s, phase)) for firm, phase, s in found)
    return tuple(sorted(made, key=lambda x: (x.firm_id, x.due or date.max, x.phase_id, x.subsidy_id)))


def papers_of(programme: Programme, subsidy_ids: Iterable[str]) -> tuple[tuple[Paper, tuple[str, ...]], ...]:
    """Papers for these subsidies, each with the subsidies it is for; () where it is for every one of them.

    Papers of a chosen pack that pays nothing itself are for every subsidy.
    """
    ids = sorted(set(subsidy_ids))
    chosen = [programme.pack[c.id] for c in programme.settings.packs if ids]
    found = [(paper, _meant(pack, paper, ids)) for pack in chosen for paper in pack.papers]
    return tuple((paper, () if meant == ids else tuple(meant)) for paper, meant in found if meant)


def _meant(pack: Pack, paper: Paper, ids: list[str]) -> list[str]:
    if not pack.subsidies and not paper.subsidies:
        return ids
    own = paper.subsidies or tuple(s.subsidy_id for s in pack.subsidies)
    return [one for one in ids if one in {f"{pack.pack_id}.{s}" for s in own}]
