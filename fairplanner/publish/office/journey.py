"""The papers of an official party: 请示 with its list of people, 公示 of the party, 出访日程表 and 预算表; no names, no passport numbers."""

from __future__ import annotations

from collections.abc import Iterator

from fairplanner.domain.duties import Approval
from fairplanner.domain.plan import Delegation
from fairplanner.publish.office import budget, days
from fairplanner.publish.office.desk import Desk
from fairplanner.publish.office.paper import BLANK, Attachment, Block, Field, Form, Heading, Paper, Paragraph, Point
from fairplanner.publish.office.titles import width
from fairplanner.publish.views import Party, firms_of
from fairplanner.publish.workbooks.xlsx import Kind, Value
from fairplanner.rules.reckon.away import concerns, permits
from fairplanner.rules.reckon.dates import days_away
from fairplanner.rules.remarks import empty_half_days, half_days

LONGEST_IN_TITLE = 45
"""Characters; with what stands around them three lines of the title."""


def approval_of(desk: Desk, d: Delegation) -> Approval | None:
    """The permit registered for a party."""
    return next((a for a in permits(desk.programme) if concerns(a, d)), None)


def subject(desk: Desk, d: Delegation) -> str:
    """Whose party, where to."""
    facts = {"sponsor": desk.naming.zone(d.sponsor), "where": desk.territories(d), "fairs": short(desk, d)}
    return desk.w("office.party", **facts)


def short(desk: Desk, d: Delegation) -> str:
    """The fairs of a route where a title has room for their names, else only that it goes to fairs."""
    fairs = desk.fairs(d)
    return fairs if width(fairs) <= LONGEST_IN_TITLE else desk.w("office.fairs")


def requesting(desk: Desk) -> Iterator[Paper]:
    """One request a party, complete with its attachments; internal."""
    for party in desk.official:
        yield Request(desk, party).paper()


class Request:
    """The request of one party."""

    def __init__(self, desk: Desk, party: Party) -> None:
        self.desk, self.party, self.d, self.w = desk, party, party.delegation, desk.w
        self.facts = {
            "sponsor": desk.naming.zone(self.d.sponsor), "where": desk.territories(self.d), "fairs": desk.fairs(self.d),
            "days": desk.dress.span(self.d.depart, self.d.return_), "count": days_away(self.d.depart, self.d.return_),
            "people": self.d.officials, "route": desk.route(self.d), "short": short(desk, self.d),
        }  # fmt: skip
        self.schedule, self.money = days.form(desk, self.d), budget.form(desk, party)

    def paper(self) -> Paper:
        """Text, people, days and budget."""
        w, press = self.w, self.desk.press
        kind = "hkmo" if self.d.regime == "hkmo" else "abroad"
        blocks: tuple[Block, ...] = (
            Paragraph(w(f"office.request.lead_{kind}", **self.facts)), *self._task(), *self._people(), *self._when(),
            *self._business(), *self._money(), *self._invited(), Paragraph(w("office.request.close")),
        )  # fmt: skip
        attachments = (
            Attachment(w("office.request.people_title", **self.facts), self._list(), wide=True),
            Attachment(w("office.days.title", **self.facts), self.schedule, wide=True),
            Attachment(w("office.budget.title", **self.facts), self.money, wide=True),
        )
        return Paper(
            "request", press.lang, subject(self.desk, self.d), self.d.delegation_id, w(f"office.request.title_{kind}", **self.facts), blocks,
            addressee=BLANK, attachments=attachments, enclosed=(w("office.request.letter"),), is_signed=True,
            contact=w("office.request.contact"), is_internal=True, sample=press.sample, footer=press.footer,
            lacks=(*days.lacks(self.desk, self.d), *budget.lacks(self.desk, self.party)),
            by_hand=tuple(w(f"office.by_hand.{x}") for x in ("names", "basis", "invitation", "addressee", "issuer", "contact")),
        )  # fmt: skip

    def _task(self) -> Iterator[Block]:
        w, firms = self.w, firms_of(self.party.participations)
        yield Heading(w("office.request.task"))
        yield Point(w("office.request.why"), w("office.request.why_says", **self.facts))
        yield Point(w("office.request.basis"), BLANK + w("office.stop"))
        if firms:
            key = "one" if firms == 1 else "several"
            yield Point(
                w("office.request.firms"),
                w(f"office.request.firms_{key}", firms=firms, booths=self.desk.press.booths(self.party.booths)),
            )

    def _people(self) -> Iterator[Block]:
        w, d = self.w, self.d
        yield Heading(w("office.request.people"))
        named = [self.desk.naming.post(p) for p in d.posts]
        key = "people_says" if named else "people_open"
        said = w(f"office.request.{key}", people=d.officials, posts=self.desk.naming.listed(named))
        most = self.desk.programme.travel_rules(d.regime, d.depart).most_officials
        yield Paragraph(said + (w("office.space") + w("office.request.most_people", most=most) if most else ""))

    def _when(self) -> Iterator[Block]:
        w, d = self.w, self.d
        yield Heading(w("office.request.when"))
        yield Point(w("office.request.days"), w("office.request.days_says", **self.facts))
        yield Point(w("office.request.route"), w("office.request.route_says", **self.facts))
        stops = [
            w("office.request.stop", fair=self.desk.naming.phase(s.phase_id), where=self.desk.where(self.desk.programme.phase[s.phase_id]),
              days=self.desk.dress.phase_days(self.desk.programme.phase[s.phase_id]))
            for s in d.stops
        ]  # fmt: skip
        yield Point(w("office.request.stops"), w("office.semicolon").join(stops) + w("office.stop"))

    def _business(self) -> Iterator[Block]:
        w, d = self.w, self.d
        halves, empty = len(half_days(d)), len(empty_half_days(self.desk.programme, d))
        yield Heading(w("office.request.business"))
        yield Paragraph(w("office.request.business_says", halves=halves, filled=halves - empty))
        if empty:
            yield Paragraph(days.empty_says(self.desk, d))

    def _money(self) -> Iterator[Block]:
        w, fund = self.w, self.desk.programme.fund.get(self.d.fund_id)
        yield Heading(w("office.request.money"))
        said = w(
            "office.request.money_says", amount=self.desk.in_full(self.d.total), fund=w.name(fund) if fund else BLANK
        )
        yield Paragraph(said)

    def _invited(self) -> Iterator[Block]:
        yield Heading(self.w("office.request.invited"))
        yield Paragraph(self.w("office.request.invited_says"))

    def _list(self) -> tuple[Block, ...]:
        """People by their posts; the names are written in by hand."""
        w, d = self.w, self.d
        posts: list[Value] = [self.desk.naming.post(p) for p in d.posts]
        posts += [None] * max(0, d.officials - len(posts))
        rows = tuple((n, None, None, None, None, post, "") for n, post in enumerate(posts, 1))
        fields = (
            Field(w("paper.col_no"), 0.8, Kind.NUMBER), Field(w("office.col.name"), 1.8, blank=True), Field(w("office.col.sex"), 0.9, blank=True),
            Field(w("office.col.born"), 1.5, blank=True), Field(w("office.col.position"), 4, blank=True), Field(w("office.col.post"), 3, blank=True),
            Field(w("office.col.note"), 1.6),
        )  # fmt: skip
        return (
            Form(fields, rows, name=w("office.request.people_sheet"), note=w("office.request.people_note"), height=11),
        )


def announcing(desk: Desk) -> Iterator[Paper]:
    """The notice of a party that the office puts up before it applies; by the rule pack in force so many working days."""
    for party in desk.official:
        request = Request(desk, party)
        w, d, facts, press = desk.w, party.delegation, request.facts, desk.press
        fund = desk.programme.fund.get(d.fund_id)
        days_ = desk.programme.travel_rules(d.regime, d.depart).notice_working_days
        posts = desk.naming.listed([desk.naming.post(p) for p in d.posts]) or BLANK
        points = {
            "people": w("office.announce.people", people=d.officials, posts=posts), "task": facts["fairs"], "where": facts["where"],
            "days": w("office.announce.days", **facts), "route": facts["route"], "host": BLANK,
            "money": w("office.request.money_says", amount=desk.in_full(d.total), fund=w.name(fund) if fund else BLANK),
        }  # fmt: skip
        blocks: tuple[Block, ...] = (
            Paragraph(w("office.announce.lead", **facts)),
            *(Point(w(f"office.announce.label_{key}"), str(text)) for key, text in points.items()),
            Paragraph(w("office.announce.until", days=days_ if days_ else BLANK)),
            Paragraph(w("office.announce.object")),
        )
        yield Paper(
            "party-notice", press.lang, subject(desk, d), d.delegation_id, w("office.announce.title", **facts), blocks, is_signed=True,
            is_internal=True, sample=press.sample, footer=press.footer,
            by_hand=tuple(w(f"office.by_hand.{x}") for x in ("names", "invitation", "notice", "contact", "issuer")),
        )  # fmt: skip


def scheduling(desk: Desk) -> Iterator[Paper]:
    """出访日程表: one a party."""
    for party in desk.official:
        facts = Request(desk, party).facts
        yield _sheet(
            desk,
            party,
            "itinerary",
            desk.w("office.days.title", **facts),
            days.form(desk, party.delegation),
            days.lacks(desk, party.delegation),
        )


def budgeting(desk: Desk) -> Iterator[Paper]:
    """预算表: one a party."""
    for party in desk.official:
        facts = Request(desk, party).facts
        yield _sheet(
            desk,
            party,
            "budget",
            desk.w("office.budget.title", **facts),
            budget.form(desk, party),
            budget.lacks(desk, party),
        )


def _sheet(desk: Desk, party: Party, kind: str, title: str, blocks: tuple[Block, ...], lacks: tuple[str, ...]) -> Paper:
    d, press = party.delegation, desk.press
    return Paper(
        kind, press.lang, subject(desk, d), d.delegation_id, title, blocks, is_internal=True, wide=True, sample=press.sample,
        footer=press.footer, lacks=lacks,
    )  # fmt: skip
