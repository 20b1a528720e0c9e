"""The participation ledger (参展台账) that next year's plan reads: what it has, and what this plan adds."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import StrEnum

from fairplanner.domain.columns import column_docs
from fairplanner.domain.kinds import Confidence, Role
from fairplanner.domain.money import LedgerRow
from fairplanner.domain.plan import Participation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.words import Words

BOM = b"\xef\xbb\xbf"
"""Without a mark of UTF-8 spreadsheet programs garble Chinese headers."""

Visit = tuple[str, str]


def added_rows(programme: Programme, plan: Plan, w: Words) -> tuple[LedgerRow, ...]:
    """One row a firm, phase and subsidy that is expected to be paid; one without subsidy where nothing is. By firm and day.

    Outcomes stay blank: nobody knows them yet. Amounts are what the plan expects, and say so; a sample stays one.
    """
    visits: defaultdict[Visit, list[Participation]] = defaultdict(list)
    for p in plan.participations:
        visits[p.firm_id, p.phase_id].append(p)
    paid: defaultdict[Visit, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for c in plan.claims:
        if c.amount:
            paid[c.firm_id, c.phase_id][c.subsidy_id] += c.amount
    rows = [
        _row(programme, plan, w, places, subsidy_id, amount)
        for visit, places in visits.items()
        for subsidy_id, amount in (sorted(paid[visit].items()) or [("", Decimal(0))])
    ]
    return tuple(sorted(rows, key=lambda r: (r.firm_id, r.on, r.fair_id, r.subsidy_id)))


def _row(
    programme: Programme, plan: Plan, w: Words, places: list[Participation], subsidy_id: str, amount: Decimal
) -> LedgerRow:
    phase = programme.phase[places[0].phase_id]
    if phase.end is None:
        raise ValueError(f"{phase.phase_id} has no dates")
    is_sample = programme.settings.sample
    return LedgerRow(
        firm_id=places[0].firm_id, fair_id=phase.fair_id, on=phase.end, edition=phase.edition, subsidy_id=subsidy_id,
        amount=amount, booths=sum(p.booths for p in places), role=min((p.role for p in places), key=list(Role).index),
        note=w("ledger.expected") if amount else "",
        source=w("ledger.source", programme=w.name(programme.settings), revision=plan.revision),
        confidence=Confidence.SAMPLE if is_sample else Confidence.PROJECTED,
    )  # fmt: skip


def next_ledger(programme: Programme, plan: Plan, w: Words) -> bytes:
    """The whole table as CSV in the words of a language: the rows the programme has, then the plan's that it has not."""
    have = {_key(row): row for row in programme.ledger}
    made = have | {_key(row): row for row in added_rows(programme, plan, w) if _key(row) not in have}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    docs = column_docs(LedgerRow)
    writer.writerow([doc.zh if w.lang == "zh" else doc.en for doc in docs.values()])
    writer.writerows(_cells(row, docs, w) for row in made.values())
    return BOM + out.getvalue().encode()


def _key(row: LedgerRow) -> tuple[str, str, date, str]:
    return row.firm_id, row.fair_id, row.on, row.subsidy_id


def _cells(row: LedgerRow, names: Iterable[str], w: Words) -> list[str]:
    return [_cell(getattr(row, name), w) for name in names]


def _cell(value: object, w: Words) -> str:
    if isinstance(value, bool):
        return w("ledger.yes" if value else "ledger.no")
    if isinstance(value, StrEnum):
        return w(f"enums.{type(value).__name__}.{value}")
    return "" if value is None else str(value)
