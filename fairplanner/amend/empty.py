"""Booths that a firm leaves empty (空展位): a row of the ledger, for next year's deduction, until somebody else has them."""

from __future__ import annotations

from collections.abc import Sequence

from fairplanner.amend.draft import Draft, with_tables
from fairplanner.domain.amending import Act
from fairplanner.domain.kinds import ApplicationState, Confidence
from fairplanner.domain.money import LedgerRow
from fairplanner.domain.plan import Participation
from fairplanner.domain.programme import Programme


def noted(note: str, act: Act) -> str:
    """What is said of a row already, then the day, the reason, the post and the document, as they were given."""
    said = " ".join(x for x in (act.on.isoformat(), act.reason, act.by, act.basis) if x)
    return f"{note}; {said}" if note else said


def told_by(programme: Programme) -> Confidence:
    """How sure a row is that a person has just added: a sample stays one."""
    return Confidence.SAMPLE if programme.settings.sample else Confidence.USER


def emptied(draft: Draft, gone: Sequence[Participation], came: Sequence[Participation], act: Act) -> Draft:
    """The draft with a row of the ledger for each phase at which booths of those who left are given to nobody else."""
    programme = draft.programme
    rows = {_key(r): r for r in programme.ledger}
    for q in dict.fromkeys(p.phase_id for p in gone):
        phase = programme.phase[q]
        booths = sum(p.booths for p in gone if p.phase_id == q) - sum(p.booths for p in came if p.phase_id == q)
        if booths > 0 and phase.end is not None:
            row = LedgerRow(
                firm_id=gone[0].firm_id, fair_id=phase.fair_id, on=phase.end, edition=phase.edition, empty=booths,
                note=noted("", act), source=f"plan {programme.settings.id}", confidence=told_by(programme),
            )  # fmt: skip
            rows[_key(row)] = row
    return _with(draft, rows)


def refilled(draft: Draft, place: Participation) -> Draft:
    """The draft in which booths that firms left empty in the section are no longer empty, as many as the place takes."""
    programme, free = draft.programme, place.booths
    phase = programme.phase[place.phase_id]
    gone = {
        a.firm_id
        for a in programme.applications
        if (a.phase_id, a.section_id) == (place.phase_id, place.section_id) and a.state is ApplicationState.WITHDRAWN
    }
    rows = {}
    for row in programme.ledger:
        here = row.firm_id in gone and (row.fair_id, row.on) == (phase.fair_id, phase.end)
        taken = min(free, row.empty) if here else 0
        free -= taken
        if not row.empty or row.empty > taken:
            rows[_key(row)] = row.model_copy(update={"empty": row.empty - taken}) if taken else row
    return _with(draft, rows)


def _key(row: LedgerRow) -> tuple[object, ...]:
    return row.firm_id, row.fair_id, row.on, row.subsidy_id


def _with(draft: Draft, rows: dict[tuple[object, ...], LedgerRow]) -> Draft:
    ledger = tuple(rows[key] for key in sorted(rows))
    return Draft(with_tables(draft.programme, ledger=ledger), draft.plan)
