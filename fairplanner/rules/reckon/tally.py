"""What the claims of a plan say is paid, cell by cell in the order of payment, and how far that uses up each limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fairplanner.domain.plan import Claim
from fairplanner.domain.programme import Programme
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.limits import (
    Cell,
    capacity,
    cell_day,
    cell_of_claim,
    group_of,
    in_order,
    money_limits_of,
    owner_of,
)


@dataclass(frozen=True)
class Tally:
    """One cell, programme currency: what its claims are entitled to, what they say is paid; and of each limit over it, by
    its label (limit · owner · keys of the group): what is paid under it up to and with this cell, and what may be."""

    cell: Cell
    entitled: Decimal
    paid: Decimal
    limits: tuple[tuple[str, Decimal, Decimal], ...]

    @property
    def cut(self) -> Decimal:
        """What is not paid."""
        return self.entitled - self.paid

    @property
    def room(self) -> Decimal | None:
        """What the tightest limit still leaves after this cell (negative: exceeded); None where no limit is over it."""
        return min((allowed - used for _, used, allowed in self.limits), default=None)


def tallied(programme: Programme, claims: Sequence[Claim]) -> Iterator[Tally]:
    """The cells of a plan's claims in order; claims under subsidies that are not in force are left out."""
    own: dict[Cell, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.subsidy_id in programme.subsidy:
            own[cell_of_claim(programme, claim)].append(claim)
    used: dict[str, Decimal] = defaultdict(Decimal)
    keys: dict[tuple[str, str], str] = {}
    for cell in in_order(programme, own):
        entitled = sum((c.entitled for c in own[cell]), Decimal(0))
        paid = sum((c.amount for c in own[cell]), Decimal(0))
        limits = []
        for limit in money_limits_of(programme, cell):
            at = limit.limit_id, cell.phase_id
            if at not in keys:
                group = group_of(programme, limit, "", cell.phase_id, cell_day(programme, cell))
                keys[at] = label("", *group[1:])[1:]
            name = label(limit.limit_id, owner_of(programme, limit, cell.firm_id)) + keys[at]
            used[name] += paid
            limits.append((name, used[name], capacity(programme, limit, cell)))
        yield Tally(cell, entitled, paid, tuple(limits))
