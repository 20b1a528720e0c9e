"""Parts of the record about who stood behind it: rule packs in force, public notices, approvals, revisions and who was told."""

from __future__ import annotations

from hashlib import sha256

from fairplanner.domain.kinds import Policy, Regime
from fairplanner.publish.archive.material import Material
from fairplanner.publish.archive.parts import COUNT, DAY, NUMBER, TEXT, Head, Part
from fairplanner.publish.archive.scope import Scope
from fairplanner.publish.calendars.ical import home_tz
from fairplanner.publish.press import Press
from fairplanner.publish.wording.pack_words import validity
from fairplanner.publish.workbooks.xlsx import Value
from fairplanner.rules.reckon.notices import Stage, standing

DIGITS = 16
"""Of a digest on paper; the workbook and the files have it whole."""


def rules(press: Press, _scope: Scope) -> Part:
    """Every rule pack that was chosen: name, where it holds, for which time, its sources, and a digest of all its numbers."""
    w = press.w
    heads: tuple[Head, ...] = (
        ("pack", TEXT, 2), ("name", TEXT, 3.4), ("jurisdiction", TEXT, 2), ("valid", TEXT, 2.4), ("sources", TEXT, 5.4), ("digest", TEXT, 2.6),
    )  # fmt: skip
    rows: list[tuple[Value, ...]] = []
    for choice in press.programme.settings.packs:
        pack = press.programme.pack[choice.id]
        cites = "\n".join(
            w("archive.cite", title=c.title, address=c.address, sure=w(f"enums.Confidence.{c.confidence}")).strip()
            for c in pack.sources.values()
        )
        place = pack.jurisdiction_zh if press.lang == "zh" else pack.jurisdiction_en
        digest = sha256(pack.model_dump_json().encode()).hexdigest()[:DIGITS]
        rows.append((pack.pack_id, w.name(pack), place, validity(w, pack), cites, digest))
    return Part("rules", heads, tuple(rows), () if rows else (w("archive.missing.packs"),))


def notices(press: Press, scope: Scope) -> Part:
    """Public notices with objections and answers; a published order without a notice is missing one."""
    w, programme = press.w, press.programme
    heads: tuple[Head, ...] = (
        ("notice", TEXT, 1.6), ("phase", TEXT, 3), ("section", TEXT, 2.2), ("from", DAY, 1.7), ("to", DAY, 1.7), ("objections", COUNT, 1),
        ("answered", COUNT, 1), ("result", TEXT, 3), ("source", TEXT, 2.4),
    )  # fmt: skip
    own = [n for n in programme.notices if n.phase_id in scope.phase_ids]
    rows = tuple(
        (n.notice_id, press.naming.phase(n.phase_id), _section(press, n.section_id), n.first, n.last, n.objections, n.answered, n.result, n.source)
        for n in own
    )  # fmt: skip
    missing = [w("archive.missing.result", notice=n.notice_id) for n in own if not n.result]
    missing += [
        w("archive.missing.answers", notice=n.notice_id, count=n.objections - n.answered)
        for n in own
        if n.answered < n.objections
    ]
    for q in scope.phase_ids:
        ordered = programme.policy(q) is not Policy.OPTIMISE
        sections = {n.section_id for n in own if n.phase_id == q} or {""}
        if ordered and all(standing(programme, q, s).stage is Stage.NONE for s in sections):
            missing.append(w("archive.missing.notice", phase=press.naming.phase(q)))
    return Part("notices", heads, rows, tuple(missing))


def _section(press: Press, section_id: str) -> str:
    section = press.programme.section.get(section_id)
    return press.w.name(section) if section else press.w("giving.no_section")


def approvals(press: Press, scope: Scope) -> Part:
    """Permits of the parties that go there; a party abroad without one is missing it."""
    w, naming = press.w, press.naming
    heads: tuple[Head, ...] = (
        ("approval", TEXT, 1.5), ("kind", TEXT, 2), ("number", TEXT, 2.4), ("day", DAY, 1.7), ("zone", TEXT, 2), ("phases", TEXT, 3.4), ("people", COUNT, 1),
        ("departs", DAY, 1.7), ("returns", DAY, 1.7), ("valid_to", DAY, 1.7),
    )  # fmt: skip
    own = [a for a in press.programme.approvals if set(a.phases) & set(scope.phase_ids)]
    rows = tuple(
        (a.approval_id, w(f"archive.approval.{a.kind}"), a.number, a.on, naming.zone(a.zone_id), naming.listed([naming.phase(q) for q in a.phases]),
         a.people, a.depart, a.back, a.valid_to)
        for a in own
    )  # fmt: skip
    approved = {(a.zone_id, q) for a in own for q in a.phases}
    lacking = [
        d for d in scope.delegations
        if d.regime is not Regime.HOME and d.officials and not any((d.sponsor, s.phase_id) in approved for s in d.stops)
    ]  # fmt: skip
    missing = tuple(w("archive.missing.approval", party=naming.delegation(d)) for d in lacking)
    return Part("approvals", heads, rows, missing)


def revisions(press: Press, material: Material) -> Part:
    """Every revision that was published: when, by which post, why, with its seal; nothing where no store is known."""
    w, zone = press.w, home_tz(press.programme)
    heads: tuple[Head, ...] = (
        ("revision", NUMBER, 1), ("instant", TEXT, 3), ("by", TEXT, 2), ("why", TEXT, 4), ("content", TEXT, 2.6), ("seal", TEXT, 2.6),
    )  # fmt: skip
    if material.revisions is None:
        return Part("revisions", heads, (), (w("archive.missing.store"),))
    rows = tuple(
        (r.number, w.instant(r.at, zone), r.by, r.why, r.digest[:DIGITS], r.seal[:DIGITS]) for r in material.revisions
    )
    standing_one = any(r.number == press.plan.revision for r in material.revisions)
    missing = () if standing_one else (w("archive.missing.unpublished", number=press.plan.revision),)
    return Part("revisions", heads, rows, missing)


def told(press: Press, scope: Scope, material: Material) -> Part:
    """Which parties each revision's notice was drafted for, and to whom a message is known to have gone out."""
    w, zone = press.w, home_tz(press.programme)
    heads: tuple[Head, ...] = (
        ("revision", NUMBER, 1), ("kind", TEXT, 1.2), ("party", TEXT, 5), ("changes", COUNT, 1.2), ("sent", COUNT, 1.4), ("sent_at", TEXT, 3),
    )  # fmt: skip
    if material.told is None:
        return Part("told", heads, (), (w("archive.missing.outbox"),))
    concerned = _concerned(press, scope)
    own = [t for t in material.told if (t.kind, t.subject) in concerned]
    rows = tuple(
        (t.number, w(f"contacts.kind.{t.kind}"), t.titles.get(press.lang) or next(iter(t.titles.values()), t.subject), t.changes, t.sent,
         w.instant(t.at, zone) if t.at else "")
        for t in own
    )  # fmt: skip
    unsent = sum(not t.sent for t in own)
    return Part("told", heads, rows, (w("archive.missing.unsent", count=unsent),) if unsent else ())


def _concerned(press: Press, scope: Scope) -> set[tuple[str, str]]:
    """Delegations, zones and firms that the fair is about."""
    places = [p for p in press.plan.participations if p.phase_id in scope.phase_ids]
    asked = {a.firm_id for a in press.programme.applications if a.phase_id in scope.phase_ids}
    firms = asked | {p.firm_id for p in places}
    zones = {d.sponsor for d in scope.delegations} | {press.programme.firm[f].zone_id for f in firms}
    every = {above for z in zones for above in press.programme.zones_above(z)}
    found = {("delegation", d.party_id) for d in scope.delegations}
    return found | {("firm", f) for f in firms} | {("zone", z) for z in every}
