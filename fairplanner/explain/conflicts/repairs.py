"""Repairs of conflicts: each proven by planning the assumed programme, ranked by what the plan is then worth and what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.programme import Programme
from fairplanner.errors import Blame, CatalogueError
from fairplanner.explain.conflicts.demand import LARGE, TIMES, size
from fairplanner.explain.conflicts.pins import Precheck
from fairplanner.explain.conflicts.proving import Trial, tried
from fairplanner.explain.cures import Cure, cures_for, cures_of
from fairplanner.rules.reckon.money import rate_of
from fairplanner.rules.tables import Problem
from fairplanner.solver import Conflict, conflicts, least_breach

MOST_TRIED = 16
"""Cures tried for one conflict: more repairs than that nobody reads."""
MOST_WAYS = 4
"""Ways of taking one repair of each conflict that are tried together, the first of each to begin with."""
MOST_ADDED = 3
"""Times that a cure which does not do alone is joined by another of its kind."""
MONEY = {
    ("funds", "amount"),
    ("instalments", "amount"),
    ("firms", "own_money"),
    ("subsidies", "cap_year"),
    ("subsidies", "cap_phase"),
}
"""Cells whose rise somebody must pay."""


@dataclass(frozen=True)
class Repair:
    """A change that restores a plan, and what was found when the programme was planned with it.

    `conflict`: number of the conflict it resolves (0 the first). rule, label, amount: the limit that gives way and by how
    much, in the rule's unit. plan_value: thousandths of a point that a plan with it, and with the best repair of every
    other conflict (`beside`), is worth at least; money: what is asked for, programme currency.
    """

    assumptions: tuple[Assumption, ...]
    conflict: int
    rule: str
    label: str
    amount: int
    plan_value: int
    money: Decimal = Decimal(0)
    beside: tuple[Assumption, ...] = ()


@dataclass(frozen=True)
class Repairs:
    """Repairs of each conflict, best first; `together`: the best of each, proven to restore a plan together."""

    of: tuple[tuple[Repair, ...], ...]
    together: tuple[Assumption, ...] = ()
    value: int | None = None


def repaired(
    programme: Programme, problem: Problem, found: Sequence[Conflict], checks: Sequence[Precheck], *, is_large: bool,
    tell: Callable[[int, int], None] | None = None,
) -> Repairs:  # fmt: skip
    """The proven repairs of conflicts, found in `problem`; `is_large`: plans are sought among what is enough.

    `tell` hears how many cures were tried, and of how many.
    """
    work = _Work(programme, problem, tuple(found), tuple(checks), tell)
    if is_large:
        work.is_large = True
        work.times = TIMES
    return work.done()


class _Work:
    """One programme and its conflicts; what was tried is remembered."""

    def __init__(
        self, programme: Programme, problem: Problem, found: tuple[Conflict, ...], checks: tuple[Precheck, ...],
        tell: Callable[[int, int], None] | None,
    ) -> None:  # fmt: skip
        self.programme, self.problem, self.found, self.checks = programme, problem, found, checks
        self.tell = tell
        self.is_large = False
        self.times: tuple[int | None, ...] = (None,)
        self.known: dict[tuple[Assumption, ...], Trial] = {}
        self.short = {(c.members[0].rule, c.members[0].label): _short(c) for c in checks if _short(c)}
        self.left: dict[tuple[Assumption, ...], tuple[Conflict, ...]] = {}

    def done(self) -> Repairs:
        """Cures of each conflict are tried with all others out of the way, then once more with the best of each."""
        cures = [tuple(self.cures(n))[:MOST_TRIED] for n in range(len(self.found))]
        aside = [self.out_of_the_way(own) for own in cures]
        steps, step = sum(map(len, cures)), 0
        made: list[list[Repair]] = []
        for n, own in enumerate(cures):
            others = tuple(a for k, some in enumerate(aside) if k != n for a in some)
            proven: list[Repair] = []
            for cure in own:
                step += 1
                if self.tell:
                    self.tell(step, steps)
                proven += self.proven(n, cure, others)
            made.append(self.ranked(proven))
        return self.together(made)

    def cures(self, n: int) -> Iterator[Cure]:
        """What might resolve one conflict, each once."""
        seen = set()
        for cure in self._all_cures(n):
            if cure.assumptions not in seen:
                seen.add(cure.assumptions)
                yield cure

    def _all_cures(self, n: int) -> Iterator[Cure]:
        others = {(b.rule, b.label) for k, one in enumerate(self.found) if k != n for b in one.members}
        members = self.found[n].members
        for b in members:
            # of a large programme one question about the whole takes seconds: what is missing within the conflict is tried
            asked = None if self.is_large or b.rule in WHOLE else least_breach(self.problem, b.rule, b.label, others)
            least = asked or max(b.amount, self.short.get((b.rule, b.label), 0))
            for amount in self._amounts(b, least):
                yield from cures_of(self.programme, b, amount)
        blamed = {(b.rule, b.label) for b in members}
        for check in self.checks:
            if check.reasons and {(b.rule, b.label) for b in check.members} <= blamed:
                yield from cures_for(self.programme, check.reasons)

    def _amounts(self, b: Blame, least: int) -> tuple[int, ...]:
        """The amount by which a limit is to give way; of a floor in a large programme more than the least, which is hard to prove."""
        wanted = [
            t.at_least
            for t in self.programme.targets
            if self.is_large and (b.rule, b.label) == ("targets", t.target_id)
        ]
        return tuple(w - (w - least) * part // 4 for w in wanted for part in (2,)) or (least,)

    def out_of_the_way(self, cures: Sequence[Cure]) -> tuple[Assumption, ...]:
        """Changes that resolve a conflict whatever they cost: all that can be given up is, else the first cure."""
        given_up = [a for c in cures for a in c.assumptions if a.is_dropped or a.column == "floor"]
        return _once(given_up) or (cures[0].assumptions if cures else ())

    def trial(self, assumptions: tuple[Assumption, ...]) -> Trial | None:
        """The assumed programme tried; None where the assumptions do not go together."""
        key = tuple(sorted(assumptions))
        if key not in self.known:
            try:
                self.known[key] = self._tried(key, assumptions)
            except CatalogueError:
                return None
        return self.known[key]

    def _tried(self, key: tuple[Assumption, ...], assumptions: tuple[Assumption, ...]) -> Trial:
        """Tried among what is enough, and among more only where a floor is what stands in the way.

        What collides then is asked of small problems only: of a large one it takes minutes.
        """
        for times in self.times:
            found = tried(self.programme, assumptions, times=times)
            asked = found.plan is None and found.infeasible and size(found.problem) <= LARGE
            self.left[key] = conflicts(found.problem) if asked else ()
            if not any(b.rule == "targets" for one in self.left[key] for b in one.members):
                break
        return found

    def proven(self, n: int, cure: Cure, others: tuple[Assumption, ...]) -> Iterator[Repair]:
        """The cure, joined by others of its kind where it does not do alone, if a plan is found with it."""
        own = cure.assumptions
        for _ in range(MOST_ADDED + 1):
            both = _once((*own, *others))
            found = self.trial(both)
            left = self.left.get(tuple(sorted(both)), ())
            if found is None or found.plan is not None or not left:
                break
            more = self._more(found, left, cure, own)
            if not more:
                return
            own = _once((*own, *more))
        if found is None or found.plan is None:
            return
        yield Repair(own, n, cure.rule, cure.label, cure.amount, found.plan.value, self.money(own), others)

    def _more(
        self, found: Trial, left: Sequence[Conflict], cure: Cure, own: tuple[Assumption, ...]
    ) -> tuple[Assumption, ...]:
        """For each conflict that is left, a change of the same kind."""
        there = found.problem.programme
        made: list[Assumption] = []
        for conflict in left:
            tried_ = (c for b in conflict.members for c in cures_of(there, b, b.amount))
            same = [c for c in tried_ if c.kind == cure.kind and not set(c.assumptions) & set(own)]
            if not same:
                return ()
            made += same[0].assumptions
        return tuple(made)

    def money(self, assumptions: Sequence[Assumption]) -> Decimal:
        """What somebody must pay more than stands in the tables, programme currency."""
        total = Decimal(0)
        for a in assumptions:
            if (a.table, a.column) in MONEY:
                fund = self.programme.fund.get(a.key.split("/")[0])
                rate = rate_of(self.programme, fund.currency) if fund and a.table in ("funds", "instalments") else 1
                total += (Decimal(a.value) - Decimal(a.before or 0)) * rate
        return total

    def ranked(self, repairs: Sequence[Repair]) -> list[Repair]:
        """Worth of the plan (not of a large programme) less what the money asked for would weigh in it; then fewer changes."""
        weight = Decimal(str(self.programme.settings.value.cost_per_1000))

        def rank(r: Repair) -> tuple[Decimal, int, tuple[Assumption, ...]]:
            worth = 0 if self.is_large else r.plan_value
            return (r.money * weight - worth, len(r.assumptions), r.assumptions)

        return sorted(repairs, key=rank)

    def together(self, made: list[list[Repair]]) -> Repairs:
        """The best repair of each conflict proven with the others; each of the others proven beside those."""
        if not all(made):
            return Repairs(tuple(map(tuple, made)))
        ways = sorted(
            product(*(enumerate(own) for own in made)), key=lambda way: [n for n, _ in way].count(0), reverse=True
        )
        for way in ways[:MOST_WAYS]:
            best = [repair.assumptions for _, repair in way]
            whole = _once(a for own in best for a in own)
            found = self.trial(whole)
            if found is not None and found.plan is not None:
                if len(made) > 1:
                    made = [self.ranked(self._beside(n, own, best)) for n, own in enumerate(made)]
                return Repairs(tuple(map(tuple, made)), whole, found.plan.value)
        return Repairs(tuple(map(tuple, made)))

    def _beside(self, n: int, own: Sequence[Repair], best: Sequence[tuple[Assumption, ...]]) -> list[Repair]:
        others = _once(a for k, some in enumerate(best) if k != n for a in some)
        again = []
        for repair in own:
            found = self.trial(_once((*repair.assumptions, *others)))
            if found is not None and found.plan is not None:
                again.append(replace(repair, plan_value=found.plan.value, beside=others))
        return again


COUNTED = ("quota", "most-phases", "teams", "staff", "fund", "most-firms", "permit-people")
"""Findings whose shortfall is told in the unit of the limit."""
WHOLE = ("decisions", "kept", "approvals", "blackouts")
"""Rules whose limits stand or fall: no amount is asked for."""


def _short(check: Precheck) -> int:
    """By how much the first limit of a finding falls short, where that is in the limit's own unit; else 0."""
    facts = dict(check.facts)
    return int(facts["needed"]) - int(facts["bound"]) if check.is_fatal and check.kind in COUNTED else 0


def _once(assumptions: Iterable[Assumption]) -> tuple[Assumption, ...]:
    """Each change once; of several to one cell the last, with what stood there before the first."""
    made: dict[tuple[str, str, str], Assumption] = {}
    for a in assumptions:
        at = (a.table, a.key, a.column)
        made[at] = replace(a, before=made[at].before) if at in made else a
    return tuple(made.values())
