"""What `plan` offers a committee besides the plan: what is due now, other plans of nearly equal value, shares of zones."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fairplanner.cli.door import Progress, say, shown
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.solver import Level

COLUMNS = (
    "decision_id",
    "kind",
    "firm_id",
    "zone_id",
    "phase_id",
    "by",
    "on",
    "reason",
    "basis",
    "source",
    "confidence",
)


def due_by(programme: Programme, phase_id: str, day: date) -> bool:
    """Whether anything about a phase must be decided by a day: applications close, or a duty before the opening is due."""
    from fairplanner.rules.reckon.applications import closes_on
    from fairplanner.rules.reckon.duties import dues, occasion_of

    closes, occasion = closes_on(programme, phase_id), occasion_of(programme, phase_id)
    days = [x.due for x in dues(programme, occasion) if x.due <= occasion.opens] if occasion else []
    opens = programme.phase[phase_id].start
    return any(d <= day for d in (*days, *filter(None, (closes, opens))))


def write_until(programme: Programme, plan: Plan, out: Path, day: date, w: Words, *, replace: bool) -> None:
    """Write `decided.csv`: a decision to keep each participation that is due by the day; who decided and why stay blank."""
    from fairplanner.cli.files import write_all
    from fairplanner.publish.dress import Dress

    phases = {p.phase_id for p in plan.participations}
    now = {q for q in phases if due_by(programme, q, day)}
    pairs = sorted({(p.phase_id, p.firm_id) for p in plan.participations if p.phase_id in now})
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for n, (phase_id, firm_id) in enumerate(pairs, 1):
        # who decided, why and on what basis are for people to fill in: the table is refused without them
        source = f"plan {plan.programme_id} {plan.revision}"
        writer.writerow((f"U-{n}", "keep", firm_id, "", phase_id, "", programme.settings.as_of, "", "", source, "user"))
    write_all(out, [("decided.csv", text.getvalue().encode("utf-8-sig"))], replace=replace)
    told = Dress(w, programme.settings.currency).day(day)
    say(w("fairness.decided", day=told, count=len(pairs), path=shown(out / "decided.csv")))
    say(w("fairness.open", count=len({(p.phase_id, p.firm_id) for p in plan.participations}) - len(pairs)))


def write_alternatives(
    programme: Programme, plan: Plan, out: Path, w: Words, wanted: int, within: float, seconds: float, tell: Progress,
    *, replace: bool,
) -> None:  # fmt: skip
    """Write `plan-2.json` and so on, and say how each differs."""
    from fairplanner.cli.files import write_all
    from fairplanner.cli.quiet import quiet
    from fairplanner.pose import pose
    from fairplanner.publish.plan_json import plan_json
    from fairplanner.solver import alternatives

    problem = pose(programme)
    with quiet():
        found = alternatives(
            problem, plan, wanted, within=within, seconds=seconds, tell=lambda n: tell(f"{n} / {wanted}")
        )
    for n, x in enumerate(found, 2):
        write_all(out, [(f"plan-{n}.json", plan_json(x.plan))], replace=replace)
        less = f"{(plan.value - x.plan.value) / abs(plan.value):.2%}" if plan.value else "0"
        facts = {"value": f"{x.plan.value / 1000:,.1f}", "less": less, "path": shown(out / f"plan-{n}.json")}
        say(w("fairness.alternative", n=n, delegations=x.delegations, places=x.places, **facts))
    if len(found) < wanted:
        say(w("fairness.no-alternative", within=f"{within:.1%}", n=len(found) + 2))


def say_level(w: Words, n: int, level: Level) -> None:
    """One level of leximin in words."""
    facts = {"share": f"{level.share / 10:.1f} %", "gap": f"{level.gap:.2%}"}
    say(w("fairness.tier", n=n, at=level.at, beyond=level.beyond, **facts))


def shares_in_words(programme: Programme, plan: Plan, w: Words) -> Iterator[str]:
    """Who gets what, zone by zone."""
    from fairplanner.rules.reckon.fairness import portions

    yield w("fairness.head")
    for x in portions(programme, plan.participations):
        share = f"{x.given / x.entitled:.0%}"
        facts = {"entitled": x.entitled, "given": x.given, "short": x.short, "share": share}
        yield "  " + w("fairness.row", zone=w.name(programme.zone[x.zone_id]), **facts)
