"""The least change that turns a decision, found by planning again and shown to be needed: nine tenths of it do not turn it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from fairplanner.domain.assuming import Assumption
from fairplanner.explain.dials import Change, Dial, Switch
from fairplanner.explain.reasons.answers import Flip, Vain
from fairplanner.explain.reasons.asking import Asking

NINE_TENTHS = Decimal("0.9")


def flips(asking: Asking, changes: Sequence[Change]) -> tuple[tuple[Flip, ...], tuple[Vain, ...], int]:
    """Of these changes, in this order, those that turn the decision, those that do not on their own, and how many were not
    looked at because enough questions had been asked."""
    found: list[Flip] = []
    vain: list[Vain] = []
    left = 0
    for change in changes:
        if asking.is_spent:
            left += 1
            continue
        answer = _switched(asking, change) if isinstance(change, Switch) else _turned(asking, change)
        if isinstance(answer, Flip):
            found.append(answer)
        elif answer is not None:
            vain.append(answer)
        else:
            left += 1
    return tuple(found), tuple(vain), left


def _switched(asking: Asking, change: Switch) -> Flip | Vain:
    if not asking.turns(change.assumptions):
        return _vain(asking, change.kind, change.assumptions, Decimal(0), "")
    return replace(_flip(asking, change.kind, change.assumptions, Decimal(0), ""), is_least=change.is_least)


def _turned(asking: Asking, dial: Dial) -> Flip | Vain | None:
    """The least amount of the dial that turns the decision; not called the least where the
    questions ran out before that was shown; None where they did before any was found."""
    rungs = dial.ladder
    high = _first(asking, dial, rungs)
    if high is None:
        if not asking.has_asked(dial.at(rungs[-1])):
            return None
        # where no plan is possible, the smallest amount with which none is says more than the largest
        none = (r for r in rungs if asking.has_asked(dial.at(r)) and asking.plan(dial.at(r)) is None)
        told = next(none, rungs[-1])
        return _vain(asking, dial.kind, dial.at(told), told, dial.unit)
    low = max((r for r in rungs if r < high), default=Decimal(0))
    while True:
        less = dial.rounded(NINE_TENTHS * high, up=False)
        if less <= 0:
            return _flip(asking, dial.kind, dial.at(high), high, dial.unit)
        if asking.is_spent and not asking.has_asked(dial.at(less)):
            return replace(_flip(asking, dial.kind, dial.at(high), high, dial.unit), is_least=False)
        if not asking.turns(dial.at(less)):
            return replace(_flip(asking, dial.kind, dial.at(high), high, dial.unit), less=less, with_less=dial.at(less))
        high = less
        if low < high and not asking.is_spent:
            low, high = _halved(asking, dial, low, high)


def _halved(asking: Asking, dial: Dial, low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """A narrower span between what does not turn it and what does, until nine tenths are worth asking for."""
    while not asking.is_spent and low < dial.rounded(NINE_TENTHS * high, up=False):
        middle = dial.between(low, high)
        if middle <= low:
            break
        if asking.turns(dial.at(middle)):
            high = middle
        else:
            low = middle
    return low, high


def _first(asking: Asking, dial: Dial, rungs: Sequence[Decimal]) -> Decimal | None:
    """The first rung that turns the decision, sought from the likeliest on with growing strides, then by halving (as far as
    questions reach); None where none is known that does."""
    likely = dial.rounded(dial.guess, up=True)
    at = next((n for n, rung in enumerate(rungs) if rung >= likely), len(rungs) - 1)
    below, above, stride = -1, len(rungs), 1
    while above - below > 1:
        if asking.is_spent:
            break
        if asking.turns(dial.at(rungs[at])):
            above, at = at, max(below + 1, at - stride) if below < 0 else (below + at) // 2
        else:
            below, at = at, min(len(rungs) - 1, at + stride) if above == len(rungs) else (at + above) // 2
        stride *= 2
    return rungs[above] if above < len(rungs) else None


def _flip(asking: Asking, kind: str, assumptions: tuple[Assumption, ...], amount: Decimal, unit: str) -> Flip:
    plan, value = asking.plan(assumptions), asking.reference.value
    return Flip(kind, assumptions, amount, unit, value, plan.value if plan else value, asking.proof)


def _vain(asking: Asking, kind: str, assumptions: tuple[Assumption, ...], amount: Decimal, unit: str) -> Vain:
    plan, s = asking.plan(assumptions), asking.subject
    told = [e for e in plan.excluded if s.firm_id and e.firm_id == s.firm_id and e.phase_id in s.phases] if plan else []
    whole = [e for e in told if e.kind == "application"] or [e for e in told if e.kind == "participation"]
    return Vain(kind, assumptions, amount, unit, asking.proof, tuple(whole), plan is not None)


def confirmed(asking: Asking, flip: Flip) -> Flip | None:
    """The flip shown by planning the whole year again, with the change and with less of it; None where the change is not enough.

    Where less of it turns the whole year's plan as well, it is no longer called the least.
    """
    if flip.proof == "whole":
        return flip
    plan = asking.plan(flip.assumptions, "whole")
    if plan is None or asking.subject.is_in(plan) == asking.is_in:
        return None
    whole = replace(flip, proof="whole", value_before=asking.base.plan.value, value_after=plan.value)
    if flip.with_less and asking.turns(flip.with_less, "whole"):
        return replace(whole, is_least=False, less=None, with_less=())
    return whole
