"""Manual decisions (人工决定) as rows: what, who, when, by which post, why and on what basis, with the booths given by them."""

from __future__ import annotations

from fairplanner.domain.kinds import DecisionKind
from fairplanner.domain.planning import Decision
from fairplanner.publish.press import Press
from fairplanner.publish.workbooks.xlsx import Value

GIVES = (DecisionKind.MUST_GO, DecisionKind.KEEP)


def decision_rows(press: Press) -> list[tuple[Value, ...]]:
    """One row a decision, by day and id; booths of a firm are counted with the first decision that gives it its place."""
    in_order = sorted(press.programme.decisions, key=lambda d: (d.on, d.decision_id))
    counted: set[tuple[str, str]] = set()
    rows: list[tuple[Value, ...]] = []
    for n, d in enumerate(in_order, 1):
        at = d.firm_id, d.phase_id
        booths = _booths(press, d) if at not in counted else None
        counted.add(at)
        who = press.naming.firm(d.firm_id) if d.firm_id else press.naming.zone(d.zone_id)
        kind = press.w(f"enums.DecisionKind.{d.kind}")
        rows.append((n, kind, who, press.naming.phase(d.phase_id), booths, d.by, d.on, d.reason, d.basis))
    return rows


def _booths(press: Press, d: Decision) -> int | None:
    if not d.firm_id or d.kind not in GIVES:
        return None
    return sum(p.booths for p in press.plan.participations if (p.firm_id, p.phase_id) == (d.firm_id, d.phase_id))
