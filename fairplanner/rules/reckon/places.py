"""What a chosen pack says of how places of a fair are handed out, as far as it holds for a firm at a phase."""

from __future__ import annotations

from fairplanner.domain.by_firm import rows_by
from fairplanner.domain.in_force import holds
from fairplanner.domain.kinds import DecisionKind, Status
from fairplanner.domain.packs import Pack, QuotaRules
from fairplanner.domain.planning import Application, Decision, Quota
from fairplanner.domain.programme import Programme
from fairplanner.domain.remembered import remembered


@remembered
def quota_pack(programme: Programme, phase_id: str) -> tuple[Pack, QuotaRules, str] | None:
    """The pack in force at a phase that hands out its places, its rules and the zone they are for; None where none does.

    A pack holds for fairs that end while it is valid; of several the one that began last.
    """
    phase = programme.phase[phase_id]
    if phase.end is None:
        return None
    found = [
        (pack.valid_from.toordinal() if pack.valid_from else 0, pack.pack_id, pack.quota, choice.zone)
        for choice in programme.settings.packs
        if (pack := programme.pack[choice.id]).quota and holds(pack, choice, phase.end)
    ]
    own = [one for one in found if one[2] and (not one[2].fairs or phase.fair_id in one[2].fairs)]
    if not own:
        return None
    _, pack_id, rules, zone = max(own, key=lambda one: one[:2])
    assert rules is not None  # noqa: S101 - only packs with a part `quota` are found
    return programme.pack[pack_id], rules, zone or programme.settings.root


def quota_rules(programme: Programme, firm_id: str, phase_id: str) -> QuotaRules | None:
    """The rules that hold for a firm at a phase; None where there are none."""
    found = quota_pack(programme, phase_id)
    if found is None or not programme.is_within(programme.firm[firm_id].zone_id, found[2]):
        return None
    return found[1]


def is_below(programme: Programme, firm_id: str, phase_id: str) -> bool:
    """Whether a firm's exports are under the threshold for its kind (C-MIN-EXP); exports not known do not reach it."""
    rules, firm = quota_rules(programme, firm_id, phase_id), programme.firm[firm_id]
    least = rules.least_export_usd.get(firm.kind) if rules else None
    return least is not None and (firm.export_usd is None or firm.export_usd < least)


def quotas_at(programme: Programme, phase_id: str) -> tuple[Quota, ...]:
    """Rows of `quotas` for a phase, in the order of the table."""
    return _quotas(programme).get(phase_id, ())


@remembered
def quotas_over(programme: Programme, phase_id: str, section_id: str, zone_id: str) -> tuple[Quota, ...]:
    """Rows of `quotas` that count an exhibitor of a zone in a section, in the order of the table."""
    there = (q for q in quotas_at(programme, phase_id) if q.section_id in ("", section_id))
    return tuple(q for q in there if programme.is_within(zone_id, q.zone_id))


@remembered
def _quotas(programme: Programme) -> dict[str, tuple[Quota, ...]]:
    return rows_by(programme.quotas, "phase_id")


def pack_booths(programme: Programme, application: Application, *, pinned: bool) -> int:
    """Most booths of one firm in one section (C-MAX10); none for firms under the threshold where the pack gives them no share,
    unless a decision gives them a place."""
    at = application.firm_id, application.phase_id
    rules = quota_rules(programme, *at)
    if rules is None:
        return application.booths
    if rules.most_below is None and not pinned and is_below(programme, *at):
        return 0
    return application.booths if rules.most_booths is None else rules.most_booths


def open_booths(quota: Quota, *, pinned: bool) -> int:
    """Booths of a quota row for those placed by decision (`pinned`), or for all others.

    Others never get the reserve (机动展位); places given by decision never more than it, where a reserve is stated at all.
    """
    if quota.booths is None:
        raise ValueError("a quota without booths hands out none")
    if pinned:
        return min(quota.booths, quota.reserve or quota.booths)
    return max(0, quota.booths - quota.reserve)


def is_void(programme: Programme, decision: Decision) -> bool:
    """Whether a decision that somebody goes has fallen away: its fair is cancelled."""
    phase = programme.phase.get(decision.phase_id)
    off = phase is not None and phase.status is Status.CANCELLED
    return off and decision.kind is not DecisionKind.MUST_NOT


@remembered
def pinned_firms(programme: Programme) -> frozenset[tuple[str, str]]:
    """(firm, phase) that a decision gives a place outside the order (机动展位): must-go and keep."""
    kinds = (DecisionKind.MUST_GO, DecisionKind.KEEP)
    return frozenset((d.firm_id, d.phase_id) for d in programme.decisions if d.firm_id and d.kind in kinds)


@remembered
def barred_firms(programme: Programme) -> frozenset[tuple[str, str]]:
    """(firm or zone, phase) that a decision keeps away."""
    return frozenset(
        (d.firm_id or d.zone_id, d.phase_id) for d in programme.decisions if d.kind is DecisionKind.MUST_NOT
    )
