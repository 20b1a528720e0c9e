"""What differs between two plans, in words and as facts: by zone and delegation, firm by firm, and in money; and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from fairplanner.domain.compared import MoneyChange, PartyChange, Place, PlaceChange, compared, summed
from fairplanner.domain.diff import diff
from fairplanner.domain.kinds import StandKind
from fairplanner.domain.plan import Delegation, Plan
from fairplanner.domain.programme import Programme
from fairplanner.publish.dress import Dress
from fairplanner.publish.naming import Naming
from fairplanner.publish.wording.reasons import Reasons
from fairplanner.rules.reckon.why_changed import Reckoner, Why
from fairplanner.words import Words

Pair = tuple[Decimal, Decimal]
Lines = Iterator[str]


class Difference:
    """The way from one plan to another, in one language."""

    def __init__(self, old: Plan, new: Plan, then: Programme | None, now: Programme, w: Words) -> None:
        self.old, self.new, self.w, self.now = old, new, w, now
        self.found, self.why = compared(old, new), Reckoner(old, new, then, now)
        self.namings = [Naming(p, w.lang) for p in (now, then) if p is not None]
        self.dress = Dress(w, now.settings.currency)
        self.reasons = Reasons(self.namings[0], self.dress)
        self.hosts = {(d.sponsor, s.phase_id): d for p in (old, new) for d in p.delegations for s in d.stops}

    def lines(self) -> Lines:
        """Everything in words, a line each; that nothing differs is said too."""
        if self.found.is_none:
            yield self.w("cli.diff.same")
            return
        yield self.w("cli.diff.found", **self.found.counts)
        for zone, lines in sorted(self._by_zone().items()):
            yield self.zone(zone)
            yield from ("  " + line for line in lines)
        yield from self._money()

    def facts(self) -> dict[str, Any]:
        """The same for a machine: ids, ISO days, amounts as text; `changes` as before, one row a difference."""
        money = {f: _amounts(x) for f, x in self.found.firms.items()}
        zones = {z: _amounts(x) for z, x in summed(self.found.firms, self._zone_of).items()}
        return {
            "counts": self.found.counts,
            "changes": [asdict(c) for c in diff(self.old, self.new)],
            "delegations": [self._party_facts(x) for x in self.found.parties],
            "places": [self._place_facts(x) for x in self.found.places],
            "money": {
                "firms": money, "zones": zones, "public": _texts(self.found.sponsors), "funds": _texts(self.found.funds),
                "sharing": {firm: list(funds) for firm, funds in self.found.shared.items()},
            },
        }  # fmt: skip

    def _by_zone(self) -> Mapping[str, list[str]]:
        """Lines by sponsor: each delegation with its own change, then its firms'."""
        parties = {_id(x.either): x for x in self.found.parties}
        places: dict[str, list[PlaceChange]] = defaultdict(list)
        for x in self.found.places:
            host = self.hosts.get((x.either.sponsor, x.either.phase_id))
            places[_id(host) if host else x.either.sponsor].append(x)
        known = {_id(d): d for p in (self.old, self.new) for d in p.delegations}
        zones: dict[str, list[str]] = defaultdict(list)
        for name in sorted(parties.keys() | places.keys()):
            zone = known[name].sponsor if name in known else name
            if name in parties:
                zones[zone].append(self.party(parties[name]))
            elif name in known:
                zones[zone].append(self.w("replan.party.same", party=self._party(known[name])))
            zones[zone] += ["  " + self.place(x) for x in places[name]]
        return zones

    def party(self, x: PartyChange) -> str:
        """One delegation: what became of it, and why."""
        sides, why = self._sides_of_party(x.before, x.after), self.why.of_party(x)
        # a party that is away on the very days of the fair says them once
        is_told = (self._span(why.before), self._span(why.after)) == (sides["before"], sides["after"])
        because = self.because(why, short=is_told)
        return self.w(f"replan.party.{x.what}", party=self._party(x.either), why=because, **sides)

    def place(self, x: PlaceChange) -> str:
        """One firm at one fair: what became of its place, and why."""
        p, why = x.either, self.because(self.why.of_place(x), short=True)
        who = {"firm": self.firm(p.firm_id), "phase": self.phase(p.phase_id), "people": p.people}
        sides = self._sides(x.before, x.after)
        # the number of people stands among what differs, or once for both
        key = "changed-people" if x.what == "changed" and "people" in self._differs(x.before, x.after) else x.what
        return self.w(f"replan.place.{key}", why=why, **sides, **who)

    def because(self, why: Why, *, short: bool = False) -> str:
        """A reason in words; `short` where the days stand with the delegation already."""
        facts = {"phase": self.phase(why.phase_id), "decision": why.decision_id or "-"}
        facts |= {"before": self._span(why.before), "after": self._span(why.after)}
        if why.excluded is not None:
            return self.w("replan.why.reason", reason=self.reasons.sentence(why.excluded))
        if why.reason:
            return self.w(f"replan.why.{why.key}-reason", reason=why.reason)
        return self.w(f"replan.why.{why.key}{'-short' if short and why.key == 'moved' else ''}", **facts)

    def _of_party(self, d: Delegation | None) -> str:
        if d is None:
            return ""
        route = self.namings[0].listed([self.phase(s.phase_id) for s in d.stops])
        days = self.dress.span(d.depart, d.return_)
        return self.w("replan.party-facts" if d.officials or d.posts else "replan.party-days", days=days, route=route,
                      officials=self.w("replan.officials", officials=d.officials), posts=self._posts(d))  # fmt: skip

    def _sides_of_party(self, before: Delegation | None, after: Delegation | None) -> dict[str, str]:
        """Both sides in words: of a delegation that is still there only what differs."""
        if before is None or after is None:
            return {"before": self._of_party(before), "after": self._of_party(after)}
        tellers: dict[str, Callable[[Delegation], str]] = {
            "days": lambda d: self.dress.span(d.depart, d.return_),
            "route": lambda d: self.namings[0].listed([self.phase(s.phase_id) for s in d.stops]),
            "stops": lambda d: self.namings[0].listed([self.dress.span(s.arrive, s.leave) for s in d.stops]),
            "officials": lambda d: self.w("replan.officials", officials=d.officials),
            "posts": self._posts,
        }
        told = [tell for key, tell in tellers.items() if tell(before) != tell(after) and key != "stops"]
        told = told or [tellers["stops"]]
        return {"before": self._joined(t(before) for t in told), "after": self._joined(t(after) for t in told)}

    def _posts(self, d: Delegation) -> str:
        posts = self.namings[0].listed([self._post(post) for post in d.posts])
        return self.w("replan.posts", posts=posts or self.w("replan.no-post"))

    def _joined(self, facts: Iterable[str]) -> str:
        return self.w("replan.joint").join(facts)

    def _sides(self, before: Place | None, after: Place | None) -> dict[str, str]:
        """Both sides in words: of a place that is still there only what differs."""
        if before is None or after is None:
            return {"before": self._stand(before), "after": self._stand(after)}
        tellers = self._differs(before, after).values()
        return {"before": self._joined(t(before) for t in tellers), "after": self._joined(t(after) for t in tellers)}

    def _differs(self, before: Place | None, after: Place | None) -> dict[str, Callable[[Place], str]]:
        """What differs of a place that is still there, with the words for it."""
        if before is None or after is None:
            return {}
        tellers: dict[str, Callable[[Place], str]] = {
            "stand": self._stand,
            "people": lambda x: self.w("replan.people", people=x.people),
            "days": self._days,
        }
        return {key: tell for key, tell in tellers.items() if getattr(before, key) != getattr(after, key)}

    def _stand(self, place: Place | None) -> str:
        if place is None:
            return ""
        sponsor, stand, booths = place.stand
        if stand is StandKind.NONE:
            return self.w("replan.no-stand", sponsor=self.zone(sponsor))
        kind = self.w(f"enums.StandKind.{stand}")
        return self.w("replan.stand", sponsor=self.zone(sponsor), stand=kind, booths=booths)

    def _days(self, place: Place | None) -> str:
        return self._span(place.days or (None, None)) if place else ""

    def _span(self, days: tuple[date | None, date | None]) -> str:
        first, last = days
        return self.w("paper.undated") if first is None else self.dress.span(first, last or first)

    def _money(self) -> Lines:
        zones = summed(self.found.firms, self._zone_of)
        if self.found.firms or self.found.sponsors or self.found.funds:
            yield self.w("replan.money.head")
        for zone, x in zones.items():
            yield "  " + self._amounts("zone", self.zone(zone), x)
            own = [f for f in self.found.firms if self._zone_of(f) == zone]
            yield from ("    " + self._of_firm(f) for f in own)
        for key, names, sides in (("public", self.zone, self.found.sponsors), ("fund", self.fund, self.found.funds)):
            for name, (before, after) in sides.items():
                facts = {"name": names(name), "before": self._sum(before), "after": self._sum(after)}
                yield "  " + self.w(f"replan.money.{key}", **facts)

    def _of_firm(self, firm_id: str) -> str:
        told = self._amounts("firm", self.firm(firm_id), self.found.firms[firm_id])
        funds = self.namings[0].listed([self.fund(name) for name in self.found.shared.get(firm_id, ())])
        return self.w("replan.money.sharing", firm=told, funds=funds) if funds else told

    def _amounts(self, key: str, name: str, x: MoneyChange) -> str:
        (paid, pays), (had, has) = x.cost, x.paid_back
        only = "-back" if paid == pays else "-cost" if had == has else ""
        return self.w(
            f"replan.money.{key}{only}", name=name, cost_before=self._sum(paid), cost_after=self._sum(pays),
            back_before=self._sum(had), back_after=self._sum(has),
        )  # fmt: skip

    def _sum(self, amount: Decimal) -> str:
        return self.dress.money(amount)

    def _zone_of(self, firm_id: str) -> str:
        return next((n.programme.firm[firm_id].zone_id for n in self.namings if firm_id in n.programme.firm), "")

    def zone(self, zone_id: str) -> str:
        """Its name; the id of one that is no longer known."""
        return next((n.zone(zone_id) for n in self.namings if zone_id in n.programme.zone), zone_id or "-")

    def firm(self, firm_id: str) -> str:
        """Its name; the id of one that is no longer known."""
        return next((n.firm(firm_id) for n in self.namings if firm_id in n.programme.firm), firm_id)

    def phase(self, phase_id: str) -> str:
        """Its name; the id of one that is no longer known."""
        return next((n.phase(phase_id) for n in self.namings if phase_id in n.programme.phase), phase_id)

    def fund(self, fund_id: str) -> str:
        """Its name; the id of one that is no longer known."""
        return next(
            (self.w.name(n.programme.fund[fund_id]) for n in self.namings if fund_id in n.programme.fund), fund_id
        )

    def _post(self, post_id: str) -> str:
        return next((n.post(post_id) for n in self.namings if post_id in n.programme.post), post_id)

    def _party(self, d: Delegation) -> str:
        known = (
            n
            for n in self.namings
            if d.sponsor in n.programme.zone and {s.phase_id for s in d.stops} <= set(n.programme.phase)
        )
        found = next(known, None)
        return found.delegation(d, self._roles(d)) if found else d.delegation_id

    def _roles(self, d: Delegation) -> set[Any]:
        stops = {s.phase_id for s in d.stops}
        return {
            p.role
            for plan in (self.old, self.new)
            for p in plan.participations
            if p.sponsor == d.sponsor and p.phase_id in stops
        }

    def _party_facts(self, x: PartyChange) -> dict[str, Any]:
        def side(d: Delegation | None) -> dict[str, Any] | None:
            return (
                d.model_dump(mode="json", include={"delegation_id", "depart", "return_", "officials", "posts", "stops"})
                if d
                else None
            )

        return {"what": x.what, "sponsor": x.either.sponsor, "before": side(x.before), "after": side(x.after),
                "why": _why(self.why.of_party(x))}  # fmt: skip

    def _place_facts(self, x: PlaceChange) -> dict[str, Any]:
        def side(place: Place | None) -> dict[str, Any] | None:
            if place is None:
                return None
            days = [day.isoformat() for day in place.days or ()]
            return {
                "sponsor": place.given.sponsor,
                "stand": place.given.stand.value,
                "booths": place.given.booths,
                "people": place.people,
                "away": days,
            }

        p = x.either
        return {"what": x.what, "application": p.application_id, "firm": p.firm_id, "phase": p.phase_id, "people": p.people,
                "before": side(x.before), "after": side(x.after), "why": _why(self.why.of_place(x))}  # fmt: skip


def _id(d: Delegation) -> str:
    return d.delegation_id


def _why(why: Why) -> dict[str, Any]:
    told: dict[str, Any] = {"key": why.key, "phase": why.phase_id}
    for name in ("before", "after"):
        days = [day.isoformat() if day else "" for day in getattr(why, name)]
        told |= {name: days} if any(days) else {}
    told |= {"decision": why.decision_id} if why.decision_id else {}
    told |= {"reason": why.reason} if why.reason else {}
    return told | ({"rule": why.excluded.rule} if why.excluded else {})


def _amounts(x: MoneyChange) -> dict[str, list[str]]:
    return {"cost": [str(a) for a in x.cost], "paid_back": [str(a) for a in x.paid_back]}


def _texts(sides: Mapping[str, Pair]) -> dict[str, list[str]]:
    return {key: [str(a) for a in pair] for key, pair in sides.items()}
