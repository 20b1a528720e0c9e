"""The strip of numbers at the top of the report: each with the sentence that says what it means."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from fairplanner.domain.plan import Plan
from fairplanner.publish.dress import distribute
from fairplanner.publish.press import Press
from fairplanner.publish.report.lists import Report
from fairplanner.publish.yearbook.figures import Year
from fairplanner.rules import check

POINTS = 1000
"""A plan's value is kept in thousandths of a point."""
SAME = 0.00005
"""A gap below this is none: what the solver's own tolerance leaves."""


@dataclass(frozen=True)
class Number:
    """One number: what it counts, its unit, what it means; `is_short`: something is missing."""

    key: str
    name: str
    shown: str
    unit: str
    says: str
    is_short: bool = False


def strip(report: Report, year: Year) -> tuple[Number, ...]:
    """Every number, in reading order."""
    return (
        _value(report.press), _delegations(report, year), _firms(report.press, year), _booths(report.press, year),
        _public(report.press, year), _targets(report.press), _undated(report), _rules(report.press),
    )  # fmt: skip


def _number(press: Press, key: str, shown: str, says: str, is_short: bool = False) -> Number:
    w = press.w
    unit = w(f"report.number.{key}.unit", unit=press.dress.unit)
    return Number(key, w(f"report.number.{key}.name"), shown, unit, says, is_short)


def _value(press: Press) -> Number:
    return _number(press, "value", press.dress.number(press.plan.value / POINTS, 1), proof(press))


def proof(press: Press) -> str:
    """How much better another plan could be, said plainly."""
    plan, w = press.plan, press.w
    if plan.gap is None or plan.bound is None:
        return w("report.number.value.amended")
    if plan.status == "optimal" or plan.gap < SAME:
        return w("report.number.value.best")
    facts = {"more": press.dress.number((plan.bound - plan.value) / POINTS, 1), "share": share(press, plan)}
    return w("report.number.value.proof", **facts)


def share(press: Press, plan: Plan) -> str:
    """The gap as a percentage with two figures that count."""
    percent = 100 * (plan.gap or 0)
    decimals = 0 if percent >= 10 else 1 if percent >= 1 else 2 if percent >= 0.1 else 3
    return press.w("paper.units.percent", value=f"{percent:.{decimals}f}")


def _delegations(report: Report, year: Year) -> Number:
    count, binding = len(report.press.plan.delegations), sum(c.is_binding for c in report.clashes)
    facts = {"phases": year.total.phases, "parties": year.parties or 0, "officials": year.officials or 0}
    return _number(report.press, "delegations", str(count), report.press.w("report.number.delegations.says", **facts), binding > 0)  # fmt: skip


def _firms(press: Press, year: Year) -> Number:
    asked = {a.firm_id for a in press.programme.applications}
    facts = {"places": press.dress.number(year.total.places), "asked": press.dress.number(len(asked))}
    return _number(press, "firms", press.dress.number(year.total.firms), press.w("report.number.firms.says", **facts))


def _booths(press: Press, year: Year) -> Number:
    area = press.dress.number(9 * year.total.booths)
    return _number(
        press, "booths", press.dress.number(year.total.booths), press.w("report.number.booths.says", area=area)
    )


def _public(press: Press, year: Year) -> Number:
    used = year.total.public or Decimal(0)
    have = sum((f.spendable for f in press.money.funds), Decimal(0))
    (in_wan,), (have_wan,) = distribute([used]), distribute([have])
    part = press.dress.percent(float(used / have)) if have else ""
    key = "says" if have else "none"
    says = press.w(f"report.number.public.{key}", have=f"{have_wan:,.2f}", share=part, unit=press.dress.unit)
    return _number(press, "public", f"{in_wan:,.2f}", says, used > have)


def _targets(press: Press) -> Number:
    rows, name = press.plan.targets, {t.target_id: t for t in press.programme.targets}
    short = [press.w.name(name[r.target_id]) for r in rows if r.short]
    key = "none" if not rows else "short" if short else "met"
    says = press.w(f"report.number.targets.{key}", names=press.naming.listed(short), all=len(rows))
    return _number(press, "targets", f"{len(rows) - len(short)}/{len(rows)}", says, bool(short))


def _undated(report: Report) -> Number:
    movable = {c.subject for c in report.clashes if c.kind == "movable"}
    undated = report.press.programme.undated()
    key = "both" if undated and movable else "says" if undated else "movable" if movable else "none"
    says = report.press.w(f"report.number.undated.{key}", movable=len(movable))
    return _number(report.press, "undated", str(len(undated)), says, bool(undated))


def _rules(press: Press) -> Number:
    broken = len(check(press.programme, press.plan))
    key = "broken" if broken else "kept"
    return _number(press, "rules", str(broken), press.w(f"report.number.rules.{key}", count=broken), broken > 0)
