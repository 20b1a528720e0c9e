"""招展通知: who may apply for which sections of a fair, for what price, until when and how; with the form and the list of fees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from fairplanner.domain.columns import column_docs
from fairplanner.domain.kinds import Policy, Status
from fairplanner.domain.planning import Application
from fairplanner.publish.office.desk import Desk, Edition, addressed
from fairplanner.publish.office.fees import fees, prices, stands
from fairplanner.publish.office.paper import BLANK, Attachment, Block, Field, Form, Heading, Paper, Paragraph, Point
from fairplanner.publish.workbooks.xlsx import Kind, Value
from fairplanner.rules.reckon.places import quota_pack

FORM = (
    "name", "name_en", "code", "zone", "kind", "export", "phase", "role", "stand", "booths", "preference", "people", "exhibits",
    "person", "seal", "opinion", "review",
)  # fmt: skip
TICKED = ("kind", "export", "role", "stand", "booths")
"""Lines of the form, and those of them that say what may be ticked or how it is counted."""
IN_BOOK = (
    "firm_id", "phase_id", "section_id", "wish", "role", "stand", "booths", "least_booths", "preference", "people", "exhibits",
    "received", "recommended_by",
)  # fmt: skip
"""Columns of the workbook's form: those of the table `applications`, so that what comes back can be read as it is."""


def recruiting(desk: Desk) -> Iterator[Paper]:
    """One notice an edition."""
    for edition in desk.editions:
        yield Notice(desk, edition).paper()


class Notice:
    """The notice of one edition."""

    def __init__(self, desk: Desk, edition: Edition) -> None:
        self.desk, self.edition, self.w, self.p = desk, edition, desk.w, desk.programme
        self.name = desk.edition_name(edition)
        self.lacks: list[str] = []

    def paper(self) -> Paper:
        """The whole notice; public."""
        w, verb = self.w, self.desk.verb(self.desk.places(self.edition.phase_ids))
        if verb != "attend" and not prices(self.desk, self.edition):
            self.lacks.append(w("office.lack.prices"))
        blocks: tuple[Block, ...] = (
            Paragraph(w("office.recruit.lead", edition=self.name)),
            *self._what(), *self._who(), *self._stands(), *self._apply(), *self._other(),
        )  # fmt: skip
        attachments = (
            Attachment(w("office.recruit.form_title", edition=self.name), (self._form(),)),
            Attachment(w("office.recruit.fees_title", edition=self.name), (fees(self.desk, self.edition),)),
        )
        return Paper(
            "recruit", self.desk.press.lang, self.name, self.edition.edition_id, w(f"office.recruit.title_{verb}", edition=self.name),
            blocks, addressee=self._to(), attachments=attachments, is_signed=True, sample=self.desk.press.sample,
            footer=self.desk.press.footer, lacks=tuple(dict.fromkeys(self.lacks)),
            by_hand=tuple(w(f"office.by_hand.{x}") for x in ("basis", "contact", "issuer")),
        )  # fmt: skip

    def _to(self) -> str:
        root = self.p.settings.root
        kinds = addressed(self.desk.naming, [z for z in self.p.zone if z != root and self.p.is_within(z, root)])
        return self.w("office.recruit.to", kinds=kinds) if kinds else self.w("office.recruit.to_firms")

    def _or_blank(self, text: str, lacking: str) -> str:
        if not text or text == BLANK:
            self.lacks.append(self.w(f"office.lack.{lacking}"))
        return text or BLANK

    def _what(self) -> Iterator[Block]:
        w, fair, phases = self.w, self.edition.fair, self.edition.phases
        yield Heading(w("office.recruit.what"))
        full = (
            w("office.recruit.names", zh=fair.name_zh, en=fair.name_en)
            if self.desk.press.lang == "zh"
            else fair.name_en
        )
        yield Point(w("office.recruit.fair"), full)
        if len(phases) == 1:
            yield Point(w("office.recruit.days"), w("office.said", text=self._days(phases[0].phase_id)))
        wheres = dict.fromkeys(self.desk.where(q) for q in phases)
        yield Point(
            w("office.recruit.where"),
            w("office.said", text=self._or_blank(w("office.semicolon").join(wheres), "where")),
        )
        organiser = self._or_blank(self.desk.naming.readable(fair.organiser), "organiser")
        yield Point(w("office.recruit.organiser"), w("office.said", text=organiser))
        sections = {q.phase_id: self._sections(q.phase) for q in phases}
        if len(phases) == 1:
            yield Point(w("office.recruit.sections"), w("office.said", text=sections[phases[0].phase_id]))
            return
        rows = tuple(
            (w("office.recruit.phase_no", n=q.phase), self._days(q.phase_id), sections[q.phase_id]) for q in phases
        )
        yield Point(w("office.recruit.phases"), w("office.recruit.phases_says"))
        yield Form(
            (Field(w("office.col.phase"), 1.1), Field(w("office.col.days"), 3.4), Field(w("office.col.sections"), 6)),
            rows,
        )

    def _days(self, phase_id: str) -> str:
        phase = self.p.phase[phase_id]
        if phase.start is None:
            self.lacks.append(self.w("office.lack.days"))
        return self.desk.dress.phase_days(phase)

    def _sections(self, phase: int) -> str:
        own = [s for s in self.p.sections if (s.fair_id, s.phase) == (self.edition.fair.fair_id, phase)]
        if own:
            return self.desk.naming.listed([self.w.name(s) for s in own])
        return self._or_blank(self.desk.sector_names(self.edition.fair.sectors), "sections")

    def _who(self) -> Iterator[Block]:
        w = self.w
        yield Heading(w("office.recruit.who"))
        yield Point(
            w("office.recruit.zone"), w("office.recruit.zone_says", zone=self.desk.naming.zone(self.p.settings.root))
        )
        found = quota_pack(self.p, self.edition.phases[0].phase_id)
        if found and found[1].least_export_usd:
            told = [
                w("office.recruit.threshold", kind=w(f"enums.FirmKind.{kind}"), amount=f"{amount:,.0f}")
                for kind, amount in sorted(found[1].least_export_usd.items())
            ]
            yield Point(
                w("office.recruit.export"),
                w("office.recruit.export_says", told=w("office.semicolon").join(told), pack=w.name(found[0])),
            )
        yield Point(w("office.recruit.more"), BLANK + w("office.stop"))

    def _stands(self) -> Iterator[Block]:
        w = self.w
        yield Heading(w("office.recruit.stands"))
        kinds = [w(f"enums.StandKind.{k}") for k in stands(self.desk, self.edition)]
        yield Point(
            w("office.recruit.kinds"),
            w("office.recruit.kinds_says", kinds=self.desk.naming.listed(kinds))
            if kinds
            else w("office.recruit.no_stands"),
        )
        yield Point(w("office.recruit.fees"), w("office.recruit.fees_says"))
        told = dict.fromkeys(self._order(q.phase_id) for q in self.edition.phases)
        yield Point(w("office.recruit.order"), "".join(told))
        choice = self.p.choice(self.edition.phases[0].phase_id)
        if choice and (support := choice.support_zh if w.lang == "zh" else choice.support_en):
            yield Point(w("office.recruit.support"), w("office.recruit.support_says", support=support))

    def _order(self, phase_id: str) -> str:
        """By what order places go; that of a draw before it is drawn says where its number will stand."""
        policy = self.p.policy(phase_id)
        return self.w(
            f"office.recruit.order_{policy}"
            if policy in (Policy.OPTIMISE, Policy.LOTTERY)
            else f"giving.basis.{policy}"
        )

    def _apply(self) -> Iterator[Block]:
        w = self.w
        yield Heading(w("office.recruit.apply"))
        yield Point(w("office.recruit.until"), self._closing())
        yield Point(w("office.recruit.how"), w("office.recruit.how_says"))
        yield Point(w("office.recruit.contact"), w("office.recruit.contact_says"))

    def _closing(self) -> str:
        days = {q.phase_id: self.closes(q.phase_id) for q in self.edition.phases}
        if None in days.values():
            self.lacks.append(self.w("office.lack.closes"))
        dress, w = self.desk.dress, self.w
        if len(set(days.values())) == 1:
            day = next(iter(days.values()))
            return w("office.recruit.until_says", day=dress.day(day) if day else BLANK)
        told = [
            w("office.recruit.until_phase", phase=w("office.recruit.phase_no", n=self.p.phase[q].phase), day=dress.day(day) if day else BLANK)
            for q, day in days.items()
        ]  # fmt: skip
        return w("office.semicolon").join(told) + w("office.stop")

    def closes(self, phase_id: str) -> date | None:
        """This office's own last day to apply."""
        choice = self.p.choice(phase_id)
        return choice.closes if choice else None

    def _other(self) -> Iterator[Block]:
        unsure = [q for q in self.edition.phases if not q.status.is_firm and q.status is not Status.CANCELLED]
        if unsure:
            yield Heading(self.w("office.recruit.other"))
            yield Paragraph(self.w("office.recruit.unsure"))

    def _form(self) -> Form:
        """The form that a firm fills in on paper, on one page."""
        w, many = self.w, len(self.edition.phases) > 1
        entries = dict.fromkeys(FORM, "") | {key: w(f"office.recruit.form_{key}_says") for key in TICKED}
        if many:
            entries["phase"] = w("office.tick_gap").join(
                w("office.tick", what=w("office.recruit.phase_no", n=q.phase)) for q in self.edition.phases
            )
        rows = tuple((w(f"office.recruit.form_{key}"), says) for key, says in entries.items())
        return Form((Field(w("office.col.item"), 3.2), Field(w("office.col.entry"), 6)), rows, height=8.5)

    def applications(self) -> Form:
        """The sheet that answers are gathered in: headers as the table `applications` has them."""
        docs = column_docs(Application)
        heads = [docs[x].zh if self.w.lang == "zh" else docs[x].en for x in IN_BOOK]
        kinds = {"booths": Kind.COUNT, "least_booths": Kind.NUMBER, "preference": Kind.NUMBER, "people": Kind.COUNT}
        fields = tuple(Field(h, 1, kinds.get(x, Kind.TEXT)) for h, x in zip(heads, IN_BOOK, strict=True))
        empty: tuple[Value, ...] = (None,) * len(IN_BOOK)
        rows = tuple((None, q.phase_id, *empty[2:]) for q in self.edition.phases)
        return Form(fields, rows, name=self.w("office.recruit.sheet"))
