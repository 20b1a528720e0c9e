"""The how-manieth supported visit of a firm a claim is (第几次), where a rate hangs on it.

A turn is a visit: subsidy × firm × phase; two sections of one phase share it. The ledger's visits count first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from fairplanner.domain.packs import Subsidy
from fairplanner.domain.programme import Programme


def past_turns(programme: Programme, subsidy: Subsidy, firm_id: str, phase_id: str) -> int:
    """Visits of the ledger that a firm was paid for under a subsidy before the first day of a phase; where turns are counted
    by fair, of the phase's fair only. Raises ValueError for a phase without dates."""
    phase = programme.phase[phase_id]
    if phase.start is None:
        raise ValueError(f"{phase_id} has no dates")
    rows = (r for r in programme.by_firm.ledger.get(firm_id, ()) if r.subsidy_id == subsidy.subsidy_id)
    counted = {(r.fair_id, r.on) for r in rows if r.on < phase.start and _counts(subsidy, r.fair_id, phase.fair_id)}
    return len(counted)


def _counts(subsidy: Subsidy, fair_id: str, other: str) -> bool:
    return subsidy.turn_of == "programme" or fair_id == other


def in_order(programme: Programme, subsidy: Subsidy, firm_id: str, phases: Sequence[str]) -> list[str]:
    """A firm's phases as their turns run: by first fair day, or where the order is `application` by the day its first
    application for the phase came in (not known: last); then by id. `best` has no order of its own: by first fair day."""
    return sorted(set(phases), key=lambda q: (_day(programme, subsidy, firm_id, q), q))


def _day(programme: Programme, subsidy: Subsidy, firm_id: str, phase_id: str) -> date:
    if subsidy.order == "application":
        days = [a.received for a in programme.by_firm.asked.get((firm_id, phase_id), ()) if a.received is not None]
        return min(days, default=date.max)
    return programme.phase[phase_id].start or date.max


def turn_numbers(programme: Programme, subsidy: Subsidy, firm_id: str, phases: Sequence[str]) -> dict[str, int]:
    """The turn of each phase at which a firm claims under a subsidy, from 1, the ledger's included.

    `phases`: all phases of its claims under this subsidy. A claim stores `stored_turn` of it. Where the order is `best` the
    law fixes no turn: these are the numbers by date.
    """
    ordered = in_order(programme, subsidy, firm_id, phases)
    fair = {q: programme.phase[q].fair_id for q in ordered}
    return {
        q: past_turns(programme, subsidy, firm_id, q)
        + sum(_counts(subsidy, fair[other], fair[q]) for other in ordered[: i + 1])
        for i, q in enumerate(ordered)
    }


def stored_turn(subsidy: Subsidy, number: int) -> int:
    """The turn as a claim carries it: the last step of `turns` stands for itself and all later ones; 0 without `turns`."""
    return min(number, len(subsidy.turns))


def posed_turns(
    programme: Programme, subsidy: Subsidy, firm_id: str, phase_id: str, phases: Sequence[str]
) -> tuple[int, ...]:
    """Stored turns that can matter for a claim at a phase if the firm may claim at some of `phases`; (0,) without `turns`.

    From past + 1 to past + its place in the order (with `best`: past + number of phases), at most the last step and
    `most_turns`; empty where the ledger has used up `most_turns`.
    """
    if not subsidy.turns:
        return (
            (0,)
            if subsidy.most_turns is None or past_turns(programme, subsidy, firm_id, phase_id) < subsidy.most_turns
            else ()
        )
    past, fair_id = past_turns(programme, subsidy, firm_id, phase_id), programme.phase[phase_id].fair_id
    ordered = in_order(programme, subsidy, firm_id, [*phases, phase_id])
    until = ordered if subsidy.order == "best" else ordered[: ordered.index(phase_id) + 1]
    places = sum(_counts(subsidy, programme.phase[q].fair_id, fair_id) for q in until)
    most = past + places if subsidy.most_turns is None else min(past + places, subsidy.most_turns)
    return tuple(sorted({stored_turn(subsidy, n) for n in range(past + 1, most + 1)}))
