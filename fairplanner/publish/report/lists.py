"""The report's tables: delegations, places, clashes, what was left out and why, what is due, what people decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from fairplanner.domain.plan import Delegation, Excluded, Participation
from fairplanner.publish.lists.due_list import DueList
from fairplanner.publish.lists.due_list import Line as Due
from fairplanner.publish.money.unclaimed import Unclaimed
from fairplanner.publish.press import Press
from fairplanner.publish.report.clashes import Clash, ClashKind, clashes
from fairplanner.publish.report.listing import Column, Facet, Line, Listing, Tags
from fairplanner.publish.views import Party, firms_of, total
from fairplanner.publish.wording.decision_rows import decision_rows
from fairplanner.publish.wording.why_words import WhyWords

ALL = tuple(Facet)


@dataclass
class Report:
    """A plan about to be reported: its press, the tags of its rows, its clashes."""

    press: Press
    tags: Tags = field(init=False)

    def __post_init__(self) -> None:
        self.tags = Tags(self.press)

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """Every clash, by its first day."""
        return clashes(self.press.programme, self.press.plan)

    @cached_property
    def clashes_of(self) -> dict[str, tuple[Clash, ...]]:
        """The clashes that each delegation is part of."""
        found: dict[str, list[Clash]] = {}
        for clash in self.clashes:
            for delegation_id in clash.delegations:
                found.setdefault(delegation_id, []).append(clash)
        return {key: tuple(own) for key, own in found.items()}

    @cached_property
    def anchors(self) -> dict[str, str]:
        """Where each delegation stands on the page."""
        return {p.delegation.delegation_id: f"d{n}" for n, p in enumerate(self.press.parties, 1)}

    @cached_property
    def _starts(self) -> dict[str, str]:
        """Where each phase comes in the order of opening; those without dates last."""
        in_order = sorted(self.press.programme.phases, key=lambda q: (str(q.start or "9999"), q.phase_id))
        return {q.phase_id: f"{n:04}" for n, q in enumerate(in_order)}

    def by_start(self, column: int, phase_id: str) -> tuple[tuple[int, str], ...]:
        """A column of fairs is sorted by the day they open."""
        return ((column, self._starts.get(phase_id, "9999")),)

    @cached_property
    def titles(self) -> dict[str, str]:
        """What each delegation is called."""
        return {p.delegation.delegation_id: self.press.title(p) for p in self.press.parties}

    @cached_property
    def delegation(self) -> dict[str, Delegation]:
        """Delegations by id."""
        return {d.delegation_id: d for d in self.press.plan.delegations}

    def listing(
        self, key: str, columns: tuple[Column, ...], lines: Iterable[Line], facets: tuple[Facet, ...] = ALL
    ) -> Listing:
        """A listing with the words of its key."""
        w = self.press.w
        told = (w(f"report.{name}.{key}") for name in ("title", "about", "none"))
        title, about, empty = told
        return Listing(key, title, about, columns, tuple(lines), empty, facets)


def delegation_list(report: Report) -> Listing:
    """Every delegation, by the day it leaves."""
    columns = (
        Column("delegation", 3.6), Column("where", 2.4), Column("days", 3.1), Column("firms", 0.9, True), Column("booths", 0.9, True),
        Column("officials", 1.1, True), Column("public", 1.4, True),
    )  # fmt: skip
    parties = sorted(report.press.parties, key=lambda p: (p.delegation.depart, p.delegation.delegation_id))
    return report.listing("delegations", columns, (_delegation(report, p) for p in parties))


def _delegation(report: Report, party: Party) -> Line:
    press, d = report.press, party.delegation
    public = d.total + total([c.amount for c in party.claims])
    cells = (
        report.titles[d.delegation_id], "\n".join(dict.fromkeys(press.where(s) for s in d.stops)),
        press.dress.span(d.depart, d.return_), str(firms_of(party.participations)), str(party.booths), str(d.officials),
        press.dress.amount(public),
    )  # fmt: skip
    zones = {press.programme.firm[p.firm_id].zone_id for p in party.participations} | {d.sponsor}
    tags = report.tags.of(sorted(zones), party.phase_ids)
    return Line(cells, tags, ((2, d.depart.isoformat()),), report.anchors[d.delegation_id])


def place_list(report: Report) -> Listing:
    """Every firm at every fair it goes to, in date order."""
    columns = (
        Column("firm", 3), Column("zone", 1.6), Column("fair", 3), Column("sponsor", 1.6), Column("section", 2.2), Column("booths", 0.9, True),
        Column("score", 0.9, True),
    )  # fmt: skip
    phase = report.press.programme.phase
    places = sorted(
        report.press.plan.participations, key=lambda p: (str(phase[p.phase_id].start), p.phase_id, p.participation_id)
    )
    return report.listing("places", columns, (_place(report, p) for p in places))


def _place(report: Report, p: Participation) -> Line:
    press, zone = report.press, report.press.programme.firm[p.firm_id].zone_id
    what = " · ".join(filter(None, (press.w(f"enums.Role.{p.role}"), press.section_of(p))))
    cells = (
        press.naming.firm(p.firm_id), press.naming.zone(zone), press.naming.phase(p.phase_id), press.naming.zone(p.sponsor), what,
        str(p.booths), f"{p.score:.1f}",
    )  # fmt: skip
    return Line(cells, report.tags.of((zone,), (p.phase_id,)), report.by_start(2, p.phase_id))


def left_list(report: Report) -> Listing:
    """Everything that could not be planned, each with the rule that stood in the way as a sentence."""
    columns = (
        Column("what", 1.2), Column("firm", 2.8), Column("zone", 1.6), Column("fair", 2.8), Column("why", 4.6), Column("count", 0.8, True),
    )  # fmt: skip
    return report.listing("left", columns, (_left(report, x) for x in report.press.plan.excluded))


def _left(report: Report, x: Excluded) -> Line:
    press = report.press
    zone = press.programme.firm[x.firm_id].zone_id if x.firm_id else x.zone_id
    phases = (x.phase_id,) if x.phase_id else ()
    cells = (
        press.w(f"workbook.kind_{x.kind}"), press.naming.firm(x.firm_id) if x.firm_id else "", press.naming.zone(zone) if zone else "",
        press.naming.phase(x.phase_id) if x.phase_id else "", press.reasons.sentence(x), str(x.count),
    )  # fmt: skip
    return Line(cells, report.tags.of((zone,) if zone else (), phases), report.by_start(3, x.phase_id))


def unclaimed_list(report: Report) -> Listing:
    """Subsidies that a planned visit does not claim, and why."""
    columns = (
        Column("firm", 2.6), Column("fair", 2.6), Column("subsidy", 2.6), Column("why", 4), Column("could", 1.2, True),
    )  # fmt: skip
    visits = sorted({(p.firm_id, p.phase_id) for p in report.press.plan.participations})
    words = WhyWords(report.press.money_words)
    found = (x for firm_id, phase_id in visits for x in report.press.unpaid.of(firm_id, phase_id))
    return report.listing("unclaimed", columns, (_unclaimed(report, words, x) for x in found))


def _unclaimed(report: Report, words: WhyWords, x: Unclaimed) -> Line:
    press, zone = report.press, report.press.programme.firm[x.firm_id].zone_id
    cells = (
        press.naming.firm(x.firm_id), press.naming.phase(x.phase_id), press.money_words.subsidy(x.subsidy_id), words.why(x),
        "" if x.could is None else press.dress.amount(x.could),
    )  # fmt: skip
    return Line(cells, report.tags.of((zone,), (x.phase_id,)), report.by_start(1, x.phase_id))


def clash_list(report: Report) -> Listing:
    """Every clash: the days, what it is, the delegations, and whether a rule forbids it."""
    columns = (Column("days", 3.1), Column("clash", 4), Column("concerns", 4), Column("weight", 1.4))
    return report.listing("clashes", columns, (_clash(report, c) for c in report.clashes))


def _clash(report: Report, c: Clash) -> Line:
    press, programme = report.press, report.press.programme
    gone = [report.delegation[d] for d in c.delegations]
    weight = press.w(f"report.clash.{'binding' if c.is_binding else 'shown'}")
    days = press.dress.span(c.first, c.last)
    cells = (days, _SAID[c.kind](press, c), "\n".join(report.titles[d] for d in c.delegations), weight)
    zones = sorted({d.sponsor for d in gone})
    if c.kind is ClashKind.FIRM:
        zones.append(programme.firm[c.subject].zone_id)
    tags = report.tags.of(zones, sorted({s.phase_id for d in gone for s in d.stops}))
    return Line(cells, tags, ((0, c.first.isoformat()),), mark="warn" if c.is_binding else "")


def _firm_clash(press: Press, c: Clash) -> str:
    return press.w("report.clash.firm", firm=press.naming.firm(c.subject), count=c.count, most=c.most)


def _blackout_clash(press: Press, c: Clash) -> str:
    found = next(x for x in press.programme.blackouts if x.blackout_id == c.subject)
    return press.w(
        "report.clash.blackout", reason=press.naming.half(found.reason), days=press.dress.span(found.first, found.last)
    )


def _movable_clash(press: Press, c: Clash) -> str:
    status = press.w(f"enums.Status.{press.programme.phase[c.subject].status}")
    return press.w("report.clash.movable", phase=press.naming.phase(c.subject), status=status)


_SAID: dict[ClashKind, Callable[[Press, Clash], str]] = {
    ClashKind.FIRM: _firm_clash,
    ClashKind.POST: lambda press, c: press.w("report.clash.post", post=press.naming.post(c.subject)),
    ClashKind.SPONSOR: lambda press, c: press.w("report.clash.sponsor", zone=press.naming.zone(c.subject)),
    ClashKind.BLACKOUT: _blackout_clash,
    ClashKind.MOVABLE: _movable_clash,
}


def due_rows(report: Report) -> Listing:
    """What is due, next first, what is past last."""
    columns = (
        Column("due", 2.3), Column("left", 1.4), Column("duty", 2.8), Column("fair", 3), Column("doer", 1.8), Column("note", 3.4),
    )  # fmt: skip
    lines = DueList(report.press.naming, report.press.dress).lines(report.press.plan)
    return report.listing("due", columns, (_due(report, x) for x in lines))


def _due(report: Report, x: Due) -> Line:
    _, working, left, what, where, who, counted, note = x.cells
    cells = (working, left, what, where, who, "\n".join(filter(None, (counted, note))))
    tags = report.tags.of((x.zone_id,) if x.zone_id else (), x.phase_ids)
    is_past = x.working < report.press.programme.settings.as_of
    return Line(cells, tags, ((0, x.working.isoformat()), (1, x.working.isoformat())), mark="past" if is_past else "")


def decision_list(report: Report) -> Listing:
    """What people decided, with reason and basis."""
    columns = (
        Column("decision", 1.2), Column("who", 2.6), Column("fair", 2.8), Column("booths", 0.9, True), Column("by", 1.8), Column("on", 1.6),
        Column("reason", 2.4), Column("basis", 2.2),
    )  # fmt: skip
    press = report.press
    in_order = sorted(press.programme.decisions, key=lambda d: (d.on, d.decision_id))
    lines = []
    for d, row in zip(in_order, decision_rows(press), strict=True):
        zone = press.programme.firm[d.firm_id].zone_id if d.firm_id else d.zone_id
        _, kind, who, fair, booths, by, _, reason, basis = ("" if value is None else str(value) for value in row)
        cells = (kind, who, fair, booths, by, press.dress.day(d.on), reason, basis)
        order = (*report.by_start(2, d.phase_id), (5, d.on.isoformat()))
        lines.append(Line(cells, report.tags.of((zone,), (d.phase_id,)), order))
    return report.listing("decisions", columns, lines)
