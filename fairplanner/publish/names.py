"""What phases, delegations and posts are called, in one language; calendars and paper use the same names."""

from __future__ import annotations

from fairplanner.domain.kinds import Regime
from fairplanner.domain.plan import Delegation
from fairplanner.domain.programme import Programme
from fairplanner.domain.reference import Phase
from fairplanner.words import Words

LARGEST_ORDINAL = 999  # an edition above this is a year


def edition_name(programme: Programme, phase: Phase, w: Words) -> str:
    """The fair with its edition: 第137届… or 2025年…; an edition that is neither is put as it stands."""
    fair = w.name(programme.fair[phase.fair_id])
    if not phase.edition.isdigit():
        return w("names.edition_other", edition=phase.edition, fair=fair).strip()
    kind = "names.edition_ordinal" if int(phase.edition) <= LARGEST_ORDINAL else "names.edition_year"
    return w(kind, edition=phase.edition, fair=fair)


def phase_name(programme: Programme, phase_id: str, w: Words) -> str:
    """The edition, and the number of the phase where the edition has several."""
    phase = programme.phase[phase_id]
    edition = edition_name(programme, phase, w)
    among = {q.phase for q in programme.phases if (q.fair_id, q.edition) == (phase.fair_id, phase.edition)}
    if len(among) < 2 and phase.phase == 1:
        return edition
    return w("names.phase_of", edition=edition, phase=ordinal_phase(phase.phase, w))


def ordinal_phase(number: int, w: Words) -> str:
    """第一期, Phase 1; beyond ten in figures."""
    key = f"names.phase_{number}"
    return w(key) if key in w else w("names.phase_n", number=number)


def phase_names(programme: Programme, phase_ids: tuple[str, ...], w: Words) -> str:
    """Several phases in order; phases of one edition share its name."""
    groups: dict[str, list[Phase]] = {}
    for phase_id in phase_ids:
        phase = programme.phase[phase_id]
        groups.setdefault(edition_name(programme, phase, w), []).append(phase)
    names = []
    for edition, phases in groups.items():
        if len(phases) == 1:
            names.append(phase_name(programme, phases[0].phase_id, w))
        else:
            numbers = w("names.phase_join").join(ordinal_phase(q.phase, w) for q in phases)
            names.append(w("names.phase_of", edition=edition, phase=numbers))
    return w("names.and").join(names)


def delegation_name(programme: Programme, delegation: Delegation, w: Words) -> str:
    """Sponsor and phases; at home a trading delegation (交易团 of the root, 分团 of a zone below), else an exhibitors' one."""
    zone = w.name(programme.zone[delegation.sponsor])
    fairs = phase_names(programme, tuple(stop.phase_id for stop in delegation.stops), w)
    return w(f"names.delegation_{delegation_kind(programme, delegation)}", zone=zone, fairs=fairs)


def delegation_kind(programme: Programme, delegation: Delegation) -> str:
    """`home_root`, `home_zone` or `abroad`: which word of the field names it."""
    if delegation.regime is not Regime.HOME:
        return "abroad"
    return "home_root" if delegation.sponsor == programme.settings.root else "home_zone"
