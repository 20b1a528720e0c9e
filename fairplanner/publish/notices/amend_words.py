"""What a change made by hand comes to, in words: who leaves and comes, doors, parties, losses, what follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from fairplanner.domain.amending import Amended, Amendment, Consequence, DoorAt, Loss, Told
from fairplanner.domain.duties import Approval
from fairplanner.domain.kinds import Role
from fairplanner.domain.plan import Delegation, Participation
from fairplanner.publish.dress import Dress
from fairplanner.publish.naming import Naming

MONEY = ("was", "now")


class AmendWords:
    """Sentences about one change in one language; programme and plan are those after it."""

    def __init__(self, amended: Amended, lang: str) -> None:
        (self.programme, self.plan), self.amendment = amended.after, amended.amendment
        self.before = amended.before[1]
        self.naming = Naming(self.programme, lang)
        self.w = self.naming.say
        self.dress = Dress(self.w, self.programme.settings.currency)

    def title(self) -> str:
        """What happened where."""
        return self.w(f"amend.title.{self.amendment.act.verb}", phase=self.phases())

    def phases(self) -> str:
        """The phases it is about."""
        return self.naming.listed([self.naming.phase(q) for q in self.amendment.phases])

    def changed(self) -> Iterator[str]:
        """Who leaves, comes, sends other people; which post goes; when, why and on whose word."""
        a, w = self.amendment, self.w
        for p in a.out:
            yield w("amend.changed.out", place=self.place(p))
        if a.act.verb == "withdraw" and not a.out:
            for firm in (x.subject for x in a.told if x.who == "firm"):
                yield w("amend.changed.off-list", firm=self.naming.firm(firm))
        came = "replaced" if a.act.verb == "firm" else "came"
        for p in a.came:
            yield w(f"amend.changed.{came}", place=self.place(p), sponsor=self.naming.zone(p.sponsor))
        for old, new in a.differ:
            yield w("amend.changed.people", firm=self.naming.firm(new.firm_id), was=old.people, now=new.people)
        for delegation_id, was, now in a.posts:
            told = {"was": self.post(was), "now": self.post(now)}
            yield w("amend.changed.post", delegation=self.delegation(delegation_id), **told)
        yield w("amend.from", day=self.dress.day(a.act.on))
        yield w("amend.reason", reason=a.act.reason)
        yield from self._decided(a)

    def _decided(self, a: Amendment) -> Iterator[str]:
        by, basis = a.act.by, a.act.basis
        if by and basis:
            yield self.w("amend.decided", by=by, basis=basis)
        elif by:
            yield self.w("amend.decided_by", by=by)
        elif basis:
            yield self.w("amend.based", basis=basis)

    def place(self, p: Participation) -> str:
        """A firm with its section, stand, booths and people."""
        firm, row = self.naming.firm(p.firm_id), self.programme.section.get(p.section_id)
        if p.role is not Role.EXHIBIT:
            return self.w("amend.firm_visit", firm=firm, people=p.people)
        section = self.w("amend.section", section=self.w.name(row)) if row else ""
        stand = self.w(f"enums.StandKind.{p.stand}")
        return self.w("amend.firm_place", firm=firm, section=section, stand=stand, booths=p.booths, people=p.people)

    def post(self, post_id: str) -> str:
        """Title of a post; its id where the programme no longer has it."""
        return self.naming.post(post_id) if post_id in self.programme.post else post_id

    def delegation(self, delegation_id: str) -> str:
        """Name of a delegation of the plan before or after."""
        found = next(d for d in (*self.plan.delegations, *self.before.delegations) if d.delegation_id == delegation_id)
        return self.naming.delegation(found, self._roles(found))

    def _roles(self, d: Delegation) -> set[Role]:
        there = {(d.sponsor, stop.phase_id) for stop in d.stops}
        return {p.role for p in self.before.participations if (p.sponsor, p.phase_id) in there}

    def doors(self) -> Iterator[str]:
        """Doors that have shut, then those open, then what is not known or does not concern anybody."""
        found = self.amendment.doors
        for state in ("shut", "open"):
            yield from (self._door(x) for x in found if x.state == state)
        for state in ("unknown", "none"):
            named = [self.w(f"amend.door.{x.door}") for x in found if x.state == state]
            if named:
                yield self.w(f"amend.doors.{state}", doors=self.naming.listed(list(dict.fromkeys(named))))

    def _door(self, x: DoorAt) -> str:
        if x.kept == "duty":
            row = next(d for d in self.programme.duties if d.duty_id == x.source_id)
            what = self.w.name(row)
        else:
            m = next(m for m in self.programme.milestones if m.milestone_id == x.source_id)
            what = m.what_zh if self.w.lang == "zh" else m.what_en
        # a duty is done by the last working day before it is due; a milestone is shown as stated, never moved
        due = self.dress.day((x.due if x.kept == "milestone" else x.working) or date.min)
        unsure = self.w("amend.doors.unsure") if x.unsure else ""
        return (
            self.w(f"amend.doors.{x.state}", door=self.w(f"amend.door.{x.door or 'other'}"), what=what, due=due)
            + unsure
        )

    def told(self) -> Iterator[str]:
        """Who must be told, and what there is to do for each."""
        for x in self.amendment.told:
            yield self.w("amend.todo.line", who=self.who(x), what=self.w(f"amend.todo.{x.who}-{x.why}"))

    def who(self, x: Told) -> str:
        """A party by name; an office, never a person."""
        if x.who == "organiser":
            fair = self.programme.fair[x.subject]
            known = self.naming.readable(fair.organiser)
            return self.w(f"amend.who.{'organiser' if known else 'organiser-unknown'}", name=known or self.w.name(fair))
        if x.who == "permit":
            approval = self._permit(x.subject)
            return self.w(f"amend.who.permit-{approval.kind}", name=self._number(x.subject))
        names = {
            "firm": self.naming.firm,
            "delegation": self.delegation,
            "sponsor": self.naming.zone,
            "zone": self.naming.zone,
        }
        name = names[x.who](x.subject) if x.who in names else self.w.name(self.programme.fund[x.subject])
        return self.w(f"amend.who.{x.who}", name=name)

    def _permit(self, approval_id: str) -> Approval:
        return next(a for a in self.programme.approvals if a.approval_id == approval_id)

    def _number(self, approval_id: str) -> str:
        """Number of a permit; its id where the reader cannot read it."""
        return self.naming.readable(self._permit(approval_id).number) or approval_id

    def lost(self) -> Iterator[str]:
        """What is or may be lost, with what is not known of it; internal."""
        for x in self.amendment.losses:
            yield self._lost(x)

    def _lost(self, x: Loss) -> str:
        said = dict(x.said)
        amount = self.w("amend.unknown") if x.amount is None else self.dress.money(x.amount)
        facts: dict[str, str] = {"amount": amount}
        firm = said.get("firm") or said.get("application", "").split("/")[0]
        if firm:
            facts["firm"] = self._in_section(firm, said.get("application", ""))
        if "paid" in said:
            facts["paid"] = self.w(f"amend.lost.{said['paid']}")
        if "zone" in said:
            facts |= {"zone": self.naming.zone(said["zone"]), "phase": self.naming.phase(said["phase"])}
        if said.get("until"):
            facts["until"] = self.dress.day(date.fromisoformat(said["until"]))
        return self.w(f"amend.lost.{x.what}", **facts)

    def _in_section(self, firm_id: str, application_id: str) -> str:
        """The firm, with the section where it has one: it may have a stand in several."""
        section = self.programme.section.get(application_id.rpartition("/")[2])
        firm = self.naming.firm(firm_id)
        return self.w("amend.firm_section", firm=firm, section=self.w.name(section)) if section else firm

    def after(self) -> Iterator[str]:
        """What follows and what people must decide; internal."""
        for x in self.amendment.consequences:
            yield self.w(f"amend.after.{x.what}", **self._facts(x))

    def _facts(self, x: Consequence) -> dict[str, str]:
        said = dict(x.said)
        if x.what in ("next", "next-over", "nobody-next", "nobody-can"):
            section = self.programme.section.get(said["section"])
            name = self.w.name(section) if section else self.w("giving.no_section")
            said["options"] = f"{said['phase']} --section {said['section'] or '-'} --zone {said['zone']}"
            place = self.w("giving.where", section=name, zone=self.naming.zone(said["zone"]))
            said["where"] = f"{self.naming.phase(said['phase'])} {place}"
        shown = {"firm": self.naming.firm, "phase": self.naming.phase, "zone": self.naming.zone, "target": self._target}
        if "approval" in said:
            said["number"] = self._number(said["approval"])
        if x.what == "claims":
            said |= {name: self.dress.money(Decimal(said[name])) for name in MONEY}
        return {name: shown[name](value) if name in shown and value else value for name, value in said.items()}

    def _target(self, target_id: str) -> str:
        return self.w.name(next(t for t in self.programme.targets if t.target_id == target_id))

    def passed(self) -> Iterator[str]:
        """Who on the reserve list was passed over, in turn, and why, with the numbers; internal."""
        for x in self.amendment.passed:
            firm = self.naming.firm(self.programme.application[x.application_id].firm_id)
            if x.turn:
                yield x.in_words(firm, self.w)
            else:
                key = f"amend.left.{x.rules[0].removeprefix('unplaced-')}"
                yield self.w("amend.passed_out", firm=firm, why=self.w(key if key in self.w else "amend.left.other"))
