"""What `risk` says: what breaks in each scenario, what is left, what planning again saves, and what a hedge costs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from fairplanner.cli.labels import LabelNames
from fairplanner.cli.said.aligned import aligned
from fairplanner.cli.said.assumption import AssumptionWords
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.plan import Participation, Plan, Violation
    from fairplanner.domain.programme import Programme
    from fairplanner.explain.mishaps.hedge import Hedge
    from fairplanner.explain.mishaps.outcomes import Anew, Left, Outcome
    from fairplanner.explain.mishaps.scenarios import Scenario

POINTS = 1000
MOST_TOLD = 6
"""Scenarios up to which each is told with its particulars; more are shown in a table."""
MOST_NAMES = 8
"""Firms, delegations or reasons that are named one by one."""
SAID_APART = ("approvals", "firm-teams", "travel-dates")
"""Rules with sentences of their own here."""


class RiskWords:
    """Scenarios and what they do to one plan, in one language."""

    def __init__(self, programme: Programme, plan: Plan, w: Words) -> None:
        from fairplanner.publish.dress import Dress

        self.programme, self.plan, self.w = programme, plan, w
        self.names, self.assumed = LabelNames(programme, w), AssumptionWords(programme, w)
        self.dress = Dress(w, programme.settings.currency)
        self.place = {p.participation_id: p for p in plan.participations}

    def lines(
        self, scenarios: Sequence[Scenario], found: Sequence[Outcome], value: int | None, *, whole: bool
    ) -> Iterator[str]:
        """Every scenario in words; many of them in a table, the worst first. `value`: what the plan is worth."""
        yield self.w("risk.head", count=len(found), breaks=sum(o.breaks for o in found))
        if len(found) > MOST_TOLD and not whole:
            yield from self._table(scenarios, found, value)
            return
        for n, (scenario, outcome) in enumerate(zip(scenarios, found, strict=True), 1):
            yield ""
            yield self.w("risk.scenario", number=n, name=self.title(scenario))
            yield from ("   " + line for line in self._told(outcome, value))

    def title(self, scenario: Scenario) -> str:
        """What is assumed, in one line; a name that somebody gave stands before it."""
        said = self.w("risk.stop").join(self.assumed.lines(scenario.assumptions))
        return self.w("risk.named", name=scenario.name, said=said) if self._is_own(scenario) else said

    def brief(self, scenario: Scenario) -> str:
        """The same as short as a table wants it: its own name, or the fair and by how many days it moves."""
        if self._is_own(scenario):
            return scenario.name
        if scenario.moved is None:
            return self.title(scenario)
        phase, days = scenario.moved
        key = "risk.off" if not days else "risk.later" if days > 0 else "risk.earlier"
        return self.w(key, phase=self.names.part(phase), days=abs(days))

    def _is_own(self, scenario: Scenario) -> bool:
        return bool(scenario.name) and not all(x.startswith(("move:", "drop:")) for x in scenario.name.split())

    def _told(self, o: Outcome, value: int | None) -> Iterator[str]:
        w = self.w
        if o.parties or o.journeys:
            yield w("risk.days", parties=len(o.parties), journeys=len(o.journeys))
        yield from self._reasons(o.violations)
        if o.left is not None:
            yield from self._left(o.left, value)
        if o.anew is not None and o.left is not None:
            yield self._anew(o.anew, o.left)
        if not o.breaks:
            yield w("risk.nothing")
        elif o.left is not None and not (o.left.places or o.left.hosts or o.left.given_up):
            yield w("risk.kept")

    def _reasons(self, violations: Sequence[Violation]) -> Iterator[str]:
        """Why something cannot stay, by rule: who is in two places at once, what can no longer be one trip, permits, the rest."""
        w, by = (
            self.w,
            {rule: [v for v in violations if v.rule == rule] for rule in sorted({v.rule for v in violations})},
        )
        if teams := by.get("firm-teams", []):
            yield w("risk.teams", count=len(teams), told=self._some([self._team(v) for v in teams]))
        if trips := [v for v in by.get("travel-dates", []) if "order" in dict(v.facts).get("what", "")]:
            yield w("risk.order", count=len(trips))
        permits = [v for v in by.get("approvals", []) if v.label in {a.approval_id for a in self.programme.approvals}]
        for v in permits:
            yield w("risk.permit", number=dict(v.facts).get("number", "") or v.label)
        for rule, own in by.items():
            if rule not in SAID_APART:
                told = self._some([self._broken(v) for v in own])
                yield w("risk.rule", rule=w(f"rules.{rule}.name"), count=len(own), told=told)

    def _team(self, v: Violation) -> str:
        facts = dict(v.facts)
        day = self.dress.day(date.fromisoformat(facts["day"]))
        return self.w("risk.team", firm=self.names.part(v.label), day=day, out=facts["out"], teams=facts["teams"])

    def _broken(self, v: Violation) -> str:
        return self.names.broken(v).rstrip("。.")

    def _left(self, left: Left, value: int | None) -> Iterator[str]:
        w = self.w
        if left.places or left.hosts:
            facts = {"places": len(left.places), "parties": len(left.hosts), "lost": points((value or 0) - left.value)}
            yield w("risk.lost", **facts, left=points(left.value))
        hosts = [self.w("risk.host", zone=self.names.part(z), phase=self.names.part(q)) for z, q in left.hosts]
        if hosts:
            yield w("risk.parties", told=self._some(hosts))
        gone = set(left.hosts)
        firms = [self.place[x] for x in left.places]
        others = [self._place(p) for p in firms if (p.sponsor, p.phase_id) not in gone]
        if others:
            yield w("risk.firms", told=self._some(others))
        for b in left.given_up:
            yield w("risk.given-up", rule=w(f"rules.{b.rule}.name"), label=self.names.label(b.label))

    def _place(self, p: Participation) -> str:
        return self.w("risk.place", firm=self.names.part(p.firm_id), phase=self.names.part(p.phase_id))

    def _anew(self, anew: Anew, left: Left) -> str:
        if anew.value is None:
            return self.w("risk.anew.none" if anew.whole else "risk.anew.unknown")
        if anew.value <= left.value:
            return self.w("risk.anew.nothing")
        key = "risk.anew.whole" if anew.whole else "risk.anew.near"
        return self.w(key, value=points(anew.value), saved=points(anew.value - left.value), places=len(anew.places))

    def _table(self, scenarios: Sequence[Scenario], found: Sequence[Outcome], value: int | None) -> Iterator[str]:
        """One line a scenario, those first in which most is lost."""
        w = self.w
        columns = ["name", "journeys", "reasons"]
        columns += ["places", "parties", "lost"] if any(o.left for o in found) else []
        columns += ["saved"] if any(o.anew for o in found) else []
        cells = [(self._cells(s, o, value), o) for s, o in zip(scenarios, found, strict=True)]
        order = sorted(range(len(cells)), key=lambda n: (_worth(found[n]), -_clashes(found[n]), n))
        yield ""
        yield from aligned(
            [[w(f"risk.table.{c}") for c in columns], *([cells[n][0][c] for c in columns] for n in order)], lang=w.lang
        )
        yield ""
        yield w("risk.all")

    def _cells(self, scenario: Scenario, o: Outcome, value: int | None) -> dict[str, str]:
        lost = "" if o.left is None or value is None else points(value - o.left.value)
        saved = "" if o.anew is None or o.left is None else self._saved(o.anew, o.left)
        return {
            "name": self.brief(scenario), "journeys": f"{len(o.journeys):,}", "reasons": f"{_clashes(o):,}",
            "places": f"{len(o.left.places):,}" if o.left else "", "parties": f"{len(o.left.hosts):,}" if o.left else "",
            "lost": lost, "saved": saved,
        }  # fmt: skip

    def _saved(self, anew: Anew, left: Left) -> str:
        return self.w("risk.none") if anew.value is None else points(max(0, anew.value - left.value))

    def _some(self, told: Sequence[str]) -> str:
        shown = list(told[:MOST_NAMES])
        said = self.w("risk.stop").join(shown)
        return said if len(shown) == len(told) else self.w("risk.more", told=said, count=len(told))

    def hedge(self, scenarios: Sequence[Scenario], made: Hedge) -> Iterator[str]:
        """The hedged plan beside the plan: what it costs where nothing happens, what it saves on average and at worst."""
        w = self.w
        rows = [("", *(w(f"risk.hedge.{x}") for x in ("weight", "plan", "hedged", "differs")))]
        rows.append((w("risk.hedge.base"), str(made.base_weight), *_three(made.value)))
        rows += [(self.brief(s), str(c.weight), *_three(c.value)) for s, c in zip(scenarios, made.cases, strict=True)]
        rows.append((w("risk.hedge.mean"), "", *_three(made.mean)))
        rows.append((w("risk.hedge.worst"), "", *_three(made.worst)))
        yield from aligned(rows, lang=w.lang)
        yield ""
        if made.is_same:
            yield w("risk.hedge.same")
        else:
            key = "risk.hedge.told" if made.cost > 0 else "risk.hedge.free"
            facts = {"cost": points(abs(made.cost)), "mean": points(made.mean[1] - made.mean[0])}
            yield w(key, **facts, worst=points(made.worst[1] - made.worst[0]))
        yield w("risk.hedge.sure" if made.whole else "risk.hedge.sure-but", gap=f"{made.gap:.2%}")


def points(milli: int) -> str:
    """Thousandths of a point as people read them."""
    return f"{milli / POINTS:,.1f}"


def _three(pair: tuple[int, int]) -> tuple[str, str, str]:
    return points(pair[0]), points(pair[1]), f"{(pair[1] - pair[0]) / POINTS:+,.1f}"


def _clashes(o: Outcome) -> int:
    """What stands in the way of what is still to be held; that a fair is off is told by what is lost."""
    return sum(
        not (v.rule == "travel-dates" and "phase" in dict(v.facts).get("what", "").split(", ")) for v in o.violations
    )


def _worth(o: Outcome) -> int:
    """What is left, for the order of a table."""
    return 0 if o.left is None else o.left.value


def facts(scenarios: Sequence[Scenario], found: Sequence[Outcome], value: int | None) -> dict[str, Any]:
    """The same for a machine, in the order of the scenarios: ids, and points."""
    return {
        "value": None if value is None else value / POINTS,
        "scenarios": [_one(s, o) for s, o in zip(scenarios, found, strict=True)],
    }


def _one(scenario: Scenario, o: Outcome) -> dict[str, Any]:
    told = {
        "name": o.name, "weight": o.weight, "assumed": [str(a) for a in scenario.assumptions], "delegations_on_other_days": list(o.parties),
        "journeys_on_other_days": list(o.journeys), "breaks": o.breaks, "violations": [asdict(v) for v in o.violations],
    }  # fmt: skip
    if o.left is not None:
        given_up = [asdict(b) for b in o.left.given_up]
        told["left"] = {"value": o.left.value / POINTS, "places_lost": list(o.left.places), "delegations_lost": [list(x) for x in o.left.hosts], "given_up": given_up}  # fmt: skip
    if o.anew is not None:
        made = None if o.anew.value is None else o.anew.value / POINTS
        told["anew"] = {"value": made, "whole": o.anew.whole, "places_new": list(o.anew.places)}
    return told


def hedge_facts(scenarios: Sequence[Scenario], made: Hedge) -> dict[str, Any]:
    """The hedge for a machine: points."""

    def pair(x: tuple[int, int]) -> list[float]:
        return [n / POINTS for n in x]

    cases = [
        {"name": s.name, "weight": c.weight, "assumed": [str(a) for a in s.assumptions], "value": pair(c.value), "places": list(c.places)}
        for s, c in zip(scenarios, made.cases, strict=True)
    ]  # fmt: skip
    return {
        "base": {"weight": made.base_weight, "value": pair(made.value)}, "mean": pair(made.mean), "worst": pair(made.worst),
        "scenarios": cases, "gap": made.gap, "whole": made.whole, "same": made.is_same,
    }  # fmt: skip
