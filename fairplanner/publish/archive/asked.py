"""Parts of the record about who asked and who got a place: applications, score sheets, places, who was left out, decisions."""

from __future__ import annotations

from collections.abc import Iterator

from fairplanner.domain.kinds import Policy
from fairplanner.domain.plan import Excluded
from fairplanner.domain.planning import Application
from fairplanner.publish.archive.parts import COUNT, DAY, FIGURE, NUMBER, TEXT, Head, Part
from fairplanner.publish.archive.scope import Scope, short
from fairplanner.publish.lists.allocation import INTERNAL, Allocation
from fairplanner.publish.press import Press
from fairplanner.publish.workbooks.xlsx import Value
from fairplanner.rules.reckon.lists import places_lists

WIDE = {"phase": 1.7, "firm": 3.4, "section": 2.4, "zone": 2.2, "steps": 3.0}


def applications(press: Press, scope: Scope) -> Part:
    """Every application as it came in, withdrawn ones too."""
    own = [a for a in press.programme.applications if a.phase_id in scope.phase_ids]
    heads: tuple[Head, ...] = (
        ("phase", TEXT, 1.7), ("firm", TEXT, 3.2), ("zone", TEXT, 2), ("section", TEXT, 2.2), ("role", TEXT, 1), ("booths", COUNT, 1),
        ("people", COUNT, 1), ("received", DAY, 1.7), ("recommended", TEXT, 1.8), ("given_score", FIGURE, 1.2), ("state", TEXT, 1.4), ("source", TEXT, 2),
    )  # fmt: skip
    rows = tuple(_application(press, a) for a in own)
    undated = sum(a.received is None for a in own)
    missing = (press.w("archive.missing.received", count=undated),) if undated else ()
    return Part("applications", heads, rows, missing if own else (press.w("archive.missing.applications"),))


def _application(press: Press, a: Application) -> tuple[Value, ...]:
    w, naming = press.w, press.naming
    section = press.programme.section.get(a.section_id)
    return (
        short(press, a.phase_id), naming.firm(a.firm_id), naming.zone(press.programme.firm[a.firm_id].zone_id), w.name(section) if section else "",
        w(f"enums.Role.{a.role}"), a.booths, a.people, a.received, naming.zone(a.recommended_by) if a.recommended_by else "", a.score,
        w(f"enums.ApplicationState.{a.state}"), a.source,
    )  # fmt: skip


def scores(press: Press, scope: Scope) -> Part:
    """Score sheets line by line; where there are none, scores follow from the programme's formula, and that is said."""
    w = press.w
    heads: tuple[Head, ...] = (
        ("phase", TEXT, 1.7), ("firm", TEXT, 3.2), ("item", TEXT, 2.4), ("full_marks", FIGURE, 1), ("points", FIGURE, 1),
        ("figure", TEXT, 2.6), ("figure_on", DAY, 1.7), ("figure_source", TEXT, 2),
    )  # fmt: skip
    rows = tuple(
        (short(press, s.phase_id), press.naming.firm(s.firm_id), s.item, s.full_marks, s.points, s.figure, s.figure_on, s.figure_source)
        for s in press.programme.scores if s.phase_id in scope.phase_ids
    )  # fmt: skip
    ranked = any(press.programme.policy(q) is Policy.RANK for q in scope.phase_ids)
    return Part("scores", heads, rows, (w("archive.missing.scores"),) if ranked and not rows else ())


def ranking(press: Press, scope: Scope) -> Part:
    """The list of every phase whose places go in a published order: who is placed, who waits, who does neither and why."""
    lists = tuple(x for x in places_lists(press.programme, press.plan) if x.phase_id in scope.phase_ids)
    made = Allocation(press.naming, press.dress, lists, internal=True)
    heads = tuple((key, kind, WIDE.get(key, 1.2)) for key, kind in INTERNAL)
    free = [q for q in scope.phase_ids if q not in {x.phase_id for x in lists}]
    note = (
        press.w("archive.note.unranked", phases=press.naming.listed(list(map(press.naming.phase, free))))
        if free
        else ""
    )
    called = {press.naming.phase(q): short(press, q) for q in scope.phase_ids}
    rows = tuple((called[str(name)], *rest) for name, *rest in made.rows())
    return Part("ranking", heads, rows, note=note)


def places(press: Press, scope: Scope) -> Part:
    """Every place that the plan gives, with its score and rank."""
    heads: tuple[Head, ...] = (
        ("phase", TEXT, 1.7), ("sponsor", TEXT, 2), ("firm", TEXT, 3.2), ("role", TEXT, 1.1), ("section", TEXT, 2.2), ("stand", TEXT, 1.5),
        ("booths", COUNT, 1), ("people", COUNT, 1), ("score", FIGURE, 1.1), ("rank", NUMBER, 1), ("invited", TEXT, 1),
    )  # fmt: skip
    w, naming = press.w, press.naming
    rows = tuple(
        (short(press, p.phase_id), naming.zone(p.sponsor), naming.firm(p.firm_id), w(f"enums.Role.{p.role}"), press.section_of(p), press.stand_of(p),
         p.booths, p.people, p.score, p.rank or None, w("archive.yes") if p.invited else "")
        for p in press.plan.participations if p.phase_id in scope.phase_ids
    )  # fmt: skip
    return Part("places", heads, rows, is_summed=True)


def left_out(press: Press, scope: Scope) -> Part:
    """What is not in the plan, with the rule that stood in the way and why (未列入及原因)."""
    heads: tuple[Head, ...] = (
        ("phase", TEXT, 1.7), ("firm", TEXT, 3.2), ("zone", TEXT, 2), ("kind", TEXT, 1.4), ("count", COUNT, 0.9), ("reason", TEXT, 5.5), ("rule", TEXT, 2),
    )  # fmt: skip
    return Part("left_out", heads, tuple(_excluded(press, scope)))


def _excluded(press: Press, scope: Scope) -> Iterator[tuple[Value, ...]]:
    w, naming, firm = press.w, press.naming, press.programme.firm
    for x in press.plan.excluded:
        if x.phase_id in scope.phase_ids:
            zone = x.zone_id or (firm[x.firm_id].zone_id if x.firm_id in firm else "")
            who = naming.firm(x.firm_id) if x.firm_id in firm else x.firm_id
            at = naming.zone(zone) if zone in press.programme.zone else zone
            kind, rule = w(f"workbook.kind_{x.kind}"), _rule(press, x)
            yield short(press, x.phase_id), who, at, kind, x.count, press.reasons.sentence(x), rule


def _rule(press: Press, x: Excluded) -> str:
    key = f"rules.{x.rule}.name"
    return press.w(key) if key in press.w else x.rule


def decisions(press: Press, scope: Scope) -> Part:
    """Decisions of people: what, whom, which post, when, why, on what basis; and what was done to the tables by hand."""
    w, naming = press.w, press.naming
    heads: tuple[Head, ...] = (
        ("day", DAY, 1.7), ("what", TEXT, 1.8), ("whom", TEXT, 3.2), ("phase", TEXT, 1.7), ("by", TEXT, 2.2), ("reason", TEXT, 3.4), ("basis", TEXT, 2.6),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = [
        (d.on, w(f"enums.DecisionKind.{d.kind}"), naming.firm(d.firm_id) if d.firm_id else naming.zone(d.zone_id), short(press, d.phase_id), d.by, d.reason, d.basis)
        for d in sorted(press.programme.decisions, key=lambda d: (d.on, d.decision_id)) if d.phase_id in scope.phase_ids
    ]  # fmt: skip
    rows += [
        (h.on, h.verb, h.key, h.table, h.by, h.reason, h.basis)
        for h in sorted(press.programme.by_hand, key=lambda h: (h.on, h.table, h.key))
        if any(q in h.key.split("/") for q in scope.phase_ids)
    ]
    return Part("decisions", heads, tuple(rows))
