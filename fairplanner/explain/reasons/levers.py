"""Which changes are worth trying for a firm's application: by what stood in its way, or by what carries its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal

from fairplanner.domain.assuming import Assumption
from fairplanner.domain.kinds import DecisionKind, Policy, Role, StandKind
from fairplanner.explain.again import Base
from fairplanner.explain.dials import (
    HUNDREDTH,
    ONE,
    Change,
    Dial,
    Switch,
    cell,
    least_firms,
    quotas,
    score,
)
from fairplanner.explain.reasons.answers import Asked
from fairplanner.explain.reasons.cell_levers import of_duty, of_hosting, of_limits, of_money
from fairplanner.explain.reasons.room import BOOTHS, Room
from fairplanner.explain.reasons.standing import IN_ORDER
from fairplanner.rules.contract import label
from fairplanner.rules.reckon.asking import closes_on
from fairplanner.rules.reckon.places import quota_rules
from fairplanner.solver.taken import Taken

OUTBID = (
    "unplaced-rank",
    "unplaced-turn",
    "unplaced-quota",
    "unplaced-full",
    "unplaced-value",
    "unplaced-weighed",
    "allotment",
)
"""Reasons that a better score, or an earlier day, may overcome."""


EXHIBITS = (("booths", "1", "0"), ("least_booths", "1", "0"), ("stand", "standard", "none"))
BY_WORTH = ("unplaced-value", "unplaced-weighed")


class Levers:
    """Changes for one application; `lost`: what the other decision costs the plan, thousandths of a point, where it is known."""

    def __init__(self, base: Base, asked: Asked, lost: int | None) -> None:
        self.base, self.programme, self.asked, self.lost = base, base.programme, asked, lost
        self.a = base.programme.application[asked.application_id]
        self.rule = asked.reasons[0].rule if asked.reasons else ""
        self.facts = dict(asked.reasons[0].facts) if asked.reasons else {}
        self.policy = base.programme.policy(self.a.phase_id)
        self.taken = Taken(base.programme, base.plan)
        self.room = Room(base, asked, self.taken)

    def to_come_in(self) -> tuple[Change, ...]:
        """What could bring it in: what stood in its way first, then what could lift it above others."""
        made = [*self._own_way(), *self._better(), *self._more_room()]
        return tuple({_known_by(c): c for c in made}.values())

    def to_go_out(self) -> tuple[Change, ...]:
        """What could put it out: the decision dropped that gives the place; else worse by itself, less room, a larger least number."""
        return self.unpinned() or (*self._worse(), *self._less_room(), *self._larger_party())

    def _own_way(self) -> Iterator[Change]:
        """Changes that belong to the reason itself."""
        a, facts, key = self.a, self.facts, self.a.application_id
        match self.rule:
            case "asked-for" if facts.get("reason") == "refuses":
                yield Switch("wish", (cell("applications", key, "wish", "wants", a.wish),))
            case "asked-for" if facts.get("reason") in ("withdrawn", "not-admitted"):
                yield Switch("state", (cell("applications", key, "state", "applied", a.state),))
            case "asked-for" if facts.get("reason") == "role":
                yield from self._in_role(self.programme.fair[self.programme.phase[a.phase_id].fair_id].roles)
            case "asked-for" if facts.get("reason") == "booths":
                yield Switch("booths", (cell("applications", key, "booths", max(1, a.least_booths), a.booths),))
            case "deadline":
                yield from self._in_time(date.fromisoformat(facts["closes"]))
            case "hosting":
                yield from of_hosting(self.programme, a.firm_id, a.phase_id, a.recommended_by, self.asked.reasons[1:])
            case "duties":
                yield from of_duty(self.programme, facts["duty"], date.fromisoformat(facts["due"]))
            case "own-money":
                yield from of_money(self.programme, a.firm_id, Decimal(facts["cost"]), Decimal(facts["own"]))
            case "allotment":
                yield from self._allotted()

        yield from self._limits()

    def _in_role(self, roles: tuple[str, ...]) -> Iterator[Change]:
        """The first role that the fair has; an exhibitor asks for a booth too."""
        a = self.a
        for role in roles[:1]:
            cells = [("role", role, a.role.value), *(EXHIBITS if role == Role.EXHIBIT and not a.booths else ())]
            yield Switch("role", tuple(cell("applications", a.application_id, *one) for one in cells))

    def _limits(self) -> Iterator[Change]:
        """Cells of the limits that it would break; quotas of an order have their own way (`_more_room`)."""
        found = self.asked.obstacles
        others = [o for o in found if o.by.rule != "booth-quota"]
        kept_back = [o for o in found if o.by.rule == "booth-quota" and o.by.label.endswith(" open")]
        yield from of_limits(self.programme, others or kept_back)

    def _in_time(self, closes: date) -> Iterator[Change]:
        came = self.a.received or self.programme.settings.as_of
        late = (came - closes).days
        if late > 0:
            yield self._received(came, late, (late,))
        choice = self.programme.choice(self.a.phase_id)
        if choice is not None and choice.closes == closes and late > 0:
            key = f"{choice.fair_id}/{choice.phase_id or '-'}"
            yield Dial(
                "closes", "days", ONE, Decimal(late),
                lambda x: (cell("choices", key, "closes", closes + timedelta(int(x)), closes),), (Decimal(late),),
            )  # fmt: skip

    def _received(self, came: date, most: int, marks: Sequence[int], sign: int = -1) -> Dial:
        key = self.a.application_id
        return Dial(
            "received" if sign < 0 else "received-later", "days", ONE, Decimal(most),
            lambda x: (cell("applications", key, "received", came + sign * timedelta(int(x)), came),), tuple(map(Decimal, marks)),
        )  # fmt: skip

    def _without(self, *kinds: DecisionKind) -> Iterator[Change]:
        a = self.a
        for d in self.programme.decisions:
            if d.kind in kinds and d.phase_id == a.phase_id and d.firm_id == a.firm_id:
                yield Switch("decision", (Assumption("decisions", d.decision_id, "", "-"),))

    def _allotted(self) -> Iterator[Change]:
        """Booths it does accept, or exports that reach the threshold: by what the procedure says."""
        steps = {name for name, _ in self.asked.order.steps} if self.asked.order else set()
        if "least" in steps:
            yield from self._fewer_booths()
        rules = quota_rules(self.programme, self.a.firm_id, self.a.phase_id)
        firm = self.programme.firm[self.a.firm_id]
        least = rules.least_export_usd.get(firm.kind) if rules else None
        if steps & {"share", "threshold"} and least is not None:
            now = firm.export_usd or Decimal(0)
            if (short := least - now) > 0:
                yield Dial(
                    "export", "usd", ONE, short.to_integral_value(ROUND_CEILING),
                    lambda x: (cell("firms", firm.firm_id, "export_usd", now + x, firm.export_usd),), (short,),
                )  # fmt: skip

    def _fewer_booths(self) -> Iterator[Change]:
        key, now = self.a.application_id, self.a.least_booths
        if self.a.stand is not StandKind.NONE and self.asked.least > 1:
            yield Dial(
                "least-booths", "booths", ONE, Decimal(now - 1),
                lambda x: (cell("applications", key, "least_booths", now - int(x), now),),
            )  # fmt: skip

    def _better(self) -> Iterator[Change]:
        """A better score, or an earlier day: above those who are ahead of it, or worth what the place costs the plan."""
        if self.rule not in OUTBID:
            return
        ahead = self.room.others(ahead=True)
        if self.rule in BY_WORTH or self.policy is Policy.OPTIMISE:
            marks = [*self._worth(1), *(x.score for x in self.asked.seats)]
            yield from score(self.programme, self.a, self.asked.score, marks, up=True)
        elif self.policy is Policy.RANK and ahead:
            yield from score(
                self.programme,
                self.a,
                self.asked.score,
                [s for s, _ in ahead],
                up=True,
                guess=self.asked.order.cutoff if self.asked.order else None,
            )
        elif self.policy is Policy.FIRST_CONFIRMED and self.a.received and ahead:
            came = self.a.received
            days = sorted({(came - d).days + extra for _, d in ahead if d for extra in (0, 1)})
            yield self._received(came, max(days, default=0) or 1, days)

    def _worse(self) -> Iterator[Change]:
        behind = self.room.others(ahead=False)
        if self.policy is Policy.RANK and behind:
            yield from score(self.programme, self.a, self.asked.score, [s for s, _ in behind], up=False)
        elif self.policy is Policy.FIRST_CONFIRMED and self.a.received:
            came, closes = self.a.received, closes_on(self.programme, self.a.phase_id)
            days = sorted({(d - came).days + extra for _, d in behind if d for extra in (0, 1)})
            days += [(closes - came).days + 1] if closes else []
            if days:
                yield self._received(came, max(days), sorted(days), 1)
        elif self.policy is Policy.OPTIMISE:
            yield from score(self.programme, self.a, self.asked.score, self._worth(-1), up=False)

    def _worth(self, sign: int) -> list[float]:
        """The score with which the place is worth what the other decision costs, counted with its further booths."""
        if self.lost is None:
            return []
        booths = max(1, self.asked.booths or self.asked.least)
        each = 1 + self.programme.settings.value.further_booth * (booths - 1)
        step = float(HUNDREDTH)
        return [self.asked.score + sign * (max(self.lost, 0) / 1000 / each + extra) for extra in (0, step)]

    def _more_room(self) -> Iterator[Change]:
        if self.rule not in (*IN_ORDER, "unplaced-quota", "booth-quota"):
            return
        ahead = self.room.waiting_ahead()
        least = self.asked.least
        yield from quotas(
            self.programme, self.room.tight(), sum(ahead) + self.a.booths, (least, sum(ahead) + least), up=True
        )
        if self.rule != "allotment":
            yield from self._fewer_booths()

    def _less_room(self) -> Iterator[Change]:
        if self.a.stand not in BOOTHS:
            return
        for q in self.room.over()[:1]:
            free = max(0, (q.booths or 0) - self.taken.used(q).booths)
            name = label(q.phase_id, q.section_id, q.zone_id, "booths")
            yield from quotas(self.programme, [name], q.booths or 0, (free + 1,), up=False)

    def _larger_party(self) -> Iterator[Change]:
        """One firm more than its delegation has: it cannot go then."""
        phase_id = self.a.phase_id
        sponsor = next(
            (p.sponsor for p in self.base.plan.participations if p.application_id == self.a.application_id), ""
        )
        least, firms = self.programme.least_firms(phase_id), self.taken.firms.get((sponsor, phase_id), 0)
        if sponsor and least:
            most = firms + 1 - least
            yield from least_firms(self.programme, sponsor, phase_id, 2 * most + 5, (most,), up=True)

    def unpinned(self) -> tuple[Change, ...]:
        """Without the decisions that give it the place."""
        return tuple(self._without(DecisionKind.MUST_GO, DecisionKind.KEEP))


def _known_by(change: Change) -> tuple[str, tuple[str, ...]]:
    """Two changes of one cell are one."""
    made = change.assumptions if isinstance(change, Switch) else change.at(change.step)
    return change.kind, tuple(map(str, made))
