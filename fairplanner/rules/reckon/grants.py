"""What is paid of claims once the limits over several of them, and rounding over the year, have taken their part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fairplanner.domain.packs import Limit, Subsidy
from fairplanner.domain.plan import Claim
from fairplanner.domain.programme import Programme
from fairplanner.rules.reckon.limits import Cell, capacity, cell_day, cell_of_claim, group_of, in_order, money_limits_of

ROUNDING = "rounding"


@dataclass(frozen=True)
class Paid:
    """One cell, programme currency: what its claims are entitled to, what the law pays, and what took the difference: ids of
    limits, or `rounding`. Where the payer may cut (`up_to`), `paid` is the most it may pay."""

    entitled: Decimal
    paid: Decimal
    by: tuple[str, ...]
    up_to: bool = False

    @property
    def cut(self) -> Decimal:
        """What is not paid."""
        return self.entitled - self.paid


@dataclass(frozen=True)
class Account:
    """What the law pays for the claims of a plan, cell by cell in the order in which limits are used up."""

    cells: Mapping[Cell, Paid]

    @property
    def cuts(self) -> dict[Cell, Decimal]:
        """What the law takes of each cell from which it takes something."""
        return {cell: paid.cut for cell, paid in self.cells.items() if paid.cut}


def account(programme: Programme, claims: Sequence[Claim]) -> Account:
    """What is paid of each cell: in order, each in full until a limit is used up; over the year down to whole multiples.

    A cell that the payer may cut uses up limits by what its claims say is paid (`Claim.amount`), at most what the law allows;
    all others by what the law pays. The order of the claims does not matter.
    """
    own: dict[Cell, list[Claim]] = defaultdict(list)
    for claim in claims:
        own[cell_of_claim(programme, claim)].append(claim)
    used: dict[tuple[str, tuple[str, ...]], Decimal] = defaultdict(Decimal)
    cells: dict[Cell, Paid] = {}
    for cell in in_order(programme, own):
        subsidy, entitled = programme.subsidy[cell.subsidy_id], sum((c.entitled for c in own[cell]), Decimal(0))
        over = [(x, _pot(programme, x, cell)) for x in money_limits_of(programme, cell)]
        room = {x.limit_id: max(Decimal(0), capacity(programme, x, cell) - used[pot]) for x, pot in over}
        cells[cell] = paid = pay(subsidy, entitled, room)
        given = min(paid.paid, sum((c.amount for c in own[cell]), Decimal(0))) if paid.up_to else paid.paid
        for _, pot in over:
            used[pot] += given
    return Account(cells)


def _pot(programme: Programme, limit: Limit, cell: Cell) -> tuple[str, tuple[str, ...]]:
    return limit.limit_id, group_of(programme, limit, cell.firm_id, cell.phase_id, cell_day(programme, cell))


def pay(subsidy: Subsidy, entitled: Decimal, room: Mapping[str, Decimal]) -> Paid:
    """What is paid of a cell's entitlement if each limit has so much room left: the least of them; for a subsidy rounded over
    the year then down to a multiple of `round_to`, and nothing below `least`."""
    within = min([entitled, *room.values()])
    by = [name for name, left in sorted(room.items()) if left == within < entitled]
    paid = within
    if subsidy.round_at == "year":
        paid = within - within % subsidy.round_to
        paid = paid if paid >= subsidy.least else Decimal(0)
        by += [ROUNDING] if paid < within else []
    return Paid(entitled, paid, tuple(by), subsidy.entitled == "up-to")


def paid_claims(programme: Programme, claims: Sequence[Claim], cuts: Mapping[Cell, Decimal]) -> tuple[Claim, ...]:
    """The same claims in the same order, each with the amount paid after its part of its cell's cut.

    A cut is taken from the last claim backwards: of a phase by id, of a year by day, phase and id. Raises ValueError for
    a cut larger than what the cell's claims are entitled to.
    """
    left = dict(cuts)
    amounts: dict[str, Decimal] = {}
    ends = {q: _end(programme, q) for q in {c.phase_id for c in claims}}
    for claim in sorted(claims, key=lambda c: (ends[c.phase_id], c.phase_id, c.claim_id), reverse=True):
        cell = cell_of_claim(programme, claim)
        part = min(claim.entitled, left.get(cell, Decimal(0)))
        amounts[claim.claim_id] = claim.entitled - part
        if part:
            left[cell] -= part
    over = {cell: cut for cell, cut in left.items() if cut}
    if over:
        raise ValueError(f"cut more than the claims are entitled to: {over}")
    return tuple(_of_amount(c, amounts[c.claim_id]) for c in claims)


def _of_amount(claim: Claim, amount: Decimal) -> Claim:
    """The claim with that amount, to the digit; itself where it has it already."""
    same = not claim.amount.compare_total(amount)
    return claim if same else claim.model_copy(update={"amount": amount})


def _end(programme: Programme, phase_id: str) -> str:
    end = programme.phase[phase_id].end
    return end.isoformat() if end else ""


def settled(programme: Programme, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The same claims, each with what the law pays (the most, where the payer may cut)."""
    whole = [c.model_copy(update={"amount": c.entitled}) for c in claims]
    return paid_claims(programme, whole, account(programme, whole).cuts)
