"""What would let a limit give way: the cells it stands in, moved by so much, or the obstacle that keeps a decision from holding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from fairplanner.domain.assuming import ADDED, ASSUMED, Assumption
from fairplanner.domain.kinds import Confidence
from fairplanner.domain.plan import Excluded
from fairplanner.domain.programme import Programme
from fairplanner.errors import Blame
from fairplanner.explain.assuming import assumed
from fairplanner.explain.limits import LimitCell, cells_of, loosened
from fairplanner.rules.booth_quota import limits
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.money import to_fen
from fairplanner.rules.reckon.places import quotas_at


@dataclass(frozen=True, order=True)
class Cure:
    """What might restore a plan: the label that gives way, by how much, and what is assumed for it."""

    rule: str
    label: str
    amount: int
    assumptions: tuple[Assumption, ...]

    @property
    def kind(self) -> tuple[str, str, bool]:
        """What sort of change it is: table, column, and whether rows come or go."""
        first = self.assumptions[0]
        return first.table, first.column, first.is_dropped


def cures_of(programme: Programme, blame: Blame, amount: int) -> Iterator[Cure]:
    """One cure for each cell that the blamed limit stands in; `amount` in the rule's unit."""
    for cell in cells_of(programme, blame.rule, blame.label):
        made = _moved(programme, blame, cell, amount)
        if made:
            yield Cure(blame.rule, blame.label, amount, made)


def _moved(programme: Programme, blame: Blame, cell: LimitCell, amount: int) -> tuple[Assumption, ...]:
    if cell.instead == ADDED and cell.table == "posts":
        return _posts(programme, blame, amount)
    if cell.is_number and amount <= 0:
        return ()
    made = loosened(cell, amount)
    if (made.table, made.column, made.value) == ("targets", "at_least", "0"):
        # nothing is wanted any more: that is said by letting it be a wish
        return ()
    if cell.is_number and cell.at + (amount * cell.unit if cell.is_upper else -amount * cell.unit) < 0:
        return ()
    return (made,)


def _posts(programme: Programme, blame: Blame, amount: int) -> tuple[Assumption, ...]:
    """So many posts more, one row each."""
    made: list[Assumption] = []
    for _ in range(max(1, amount)):
        cell = cells_of(assumed(programme, made) if made else programme, blame.rule, blame.label)[0]
        made.append(loosened(cell, 1))
    return tuple(made)


def cures_for(programme: Programme, reasons: Sequence[Excluded]) -> Iterator[Cure]:
    """What would let something be offered that could not be posed, reason by reason."""
    for e in reasons:
        facts = dict(e.facts)
        match e.rule:
            case "booth-quota":
                needed = int(facts["booths"]) - int(facts["limit"])
                yield from cures_of(programme, Blame(e.rule, facts["quota"]), needed)
            case "own-money":
                short = to_fen(Decimal(facts["cost"]) - Decimal(facts["own"]))
                yield from _of_own_money(programme, e.firm_id, short)
            case "delegation-size" if e.zone_id:
                short = int(facts["least"]) - int(facts["firms"])
                yield from cures_of(programme, Blame(e.rule, label(e.zone_id, e.phase_id)), short)
                yield from _of_quotas(programme, e, short)
            case "deadline":
                yield from cures_of(programme, Blame(e.rule, label(e.firm_id, e.phase_id)), 0)
            case "staff":
                yield _new_post(programme, e, facts["skill"])


def _of_quotas(programme: Programme, e: Excluded, short: int) -> Iterator[Cure]:
    """Firms that quotas leave without a booth do not count to a delegation: so many booths, or firms, more."""
    for q in quotas_at(programme, e.phase_id):
        if programme.is_within(e.zone_id, q.zone_id) or programme.is_within(q.zone_id, e.zone_id):
            for kind in (kind for kind, bound in limits(q) if kind in ("booths", "firms")):
                name = label(q.phase_id, q.section_id, q.zone_id, kind)
                yield from cures_of(programme, Blame("booth-quota", name), short)


def _of_own_money(programme: Programme, firm_id: str, short: int) -> Iterator[Cure]:
    from fairplanner.rules.own_money import parts

    yield from cures_of(programme, Blame("own-money", label(firm_id)), short * parts(programme))


def _new_post(programme: Programme, e: Excluded, skill: str) -> Cure:
    """A post that nobody has yet, for the zone that would send the delegation."""
    zone_id = e.zone_id or programme.settings.root
    post_id = f"{zone_id}-{skill.replace(':', '-')}"
    cells = {
        "post_id": post_id, "title_zh": post_id, "zone_id": zone_id, "skill": skill, "source": ASSUMED,
        "confidence": Confidence.USER.value,
    }  # fmt: skip
    added = Assumption("posts", post_id, "", ADDED, cells=tuple(sorted(cells.items())))
    return Cure("staff", label(f"{zone_id}:{skill}"), 1, (added,))
