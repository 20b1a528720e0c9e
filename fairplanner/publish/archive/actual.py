"""What really was, as a ledger tells it; a row that a plan wrote there ahead is an expectation and nothing actual."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from fairplanner.domain.money import LedgerRow
from fairplanner.domain.programme import Programme
from fairplanner.publish.archive.scope import Scope
from fairplanner.words import Words, languages, words


class Actual:
    """What a ledger says really was at the phases of a fair; the same firm and subsidy twice counts once, the last time."""

    def __init__(self, programme: Programme, scope: Scope, rows: Iterable[LedgerRow]) -> None:
        phases = {(programme.phase[q].fair_id, programme.phase[q].end): q for q in scope.phase_ids}
        said = [words(lang) for lang in languages()]
        self._expected = frozenset(w("ledger.expected") for w in said)
        self._planned = re.compile("|".join(_source(w, programme) for w in said))
        found: dict[tuple[str, str, str], LedgerRow] = {}
        for row in rows:
            if (q := phases.get((row.fair_id, row.on))) and not self._is_ahead(row):
                found[q, row.firm_id, row.subsidy_id] = row
        self._rows = [(q, found[q, firm_id, s]) for q, firm_id, s in sorted(found)]

    def __bool__(self) -> bool:
        return bool(self._rows)

    def of(self, firm_id: str, phase_id: str) -> tuple[LedgerRow, ...]:
        """The rows of a firm at a phase."""
        return tuple(row for q, row in self._rows if (q, row.firm_id) == (phase_id, firm_id))

    def paid(self, phase_id: str, subsidy_id: str, firm_id: str = "") -> Decimal | None:
        """What was paid under a subsidy (to one firm); None where nobody has entered it."""
        found = [
            row.amount for q, row in self._rows
            if (q, row.subsidy_id) == (phase_id, subsidy_id) and firm_id in ("", row.firm_id) and row.note not in self._expected
        ]  # fmt: skip
        return sum(found, Decimal(0)) if found else None

    def _is_ahead(self, row: LedgerRow) -> bool:
        """Whether a row is as a plan wrote it: nobody has filled in what came of it, or taken away that the amount is expected."""
        outcome = (row.intended_usd, row.new_buyers, row.sample_orders, row.satisfaction, row.again)
        is_told = row.empty > 0 or any(x is not None for x in outcome)
        is_kept = row.note in self._expected or not (row.note or row.amount)
        return self._planned.fullmatch(row.source) is not None and is_kept and not is_told


def _source(w: Words, programme: Programme) -> str:
    """A pattern of what `ledger` writes as the source of a plan's own rows, whichever revision it was."""
    return re.escape(w("ledger.source", programme=w.name(programme.settings), revision="\0")).replace(
        re.escape("\0"), r"\d+"
    )
