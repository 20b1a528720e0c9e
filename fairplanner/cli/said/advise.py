"""What `advise` says to a firm that comes late: what it can have, what only if the year is planned again, what not, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.domain.programme import Programme
    from fairplanner.explain.late.advise import Fit
    from fairplanner.explain.late.advise_exact import Exact, Given
    from fairplanner.explain.late.late import LateFirm
    from fairplanner.explain.reasons.answers import Cost

POINTS = 1000


class Advised:
    """Advice for one firm on one day, in one language."""

    def __init__(self, programme: Programme, late: LateFirm, on: date, w: Words) -> None:
        from fairplanner.cli.labels import LabelNames
        from fairplanner.explain.late.late import joined_by
        from fairplanner.publish.dress import Dress
        from fairplanner.publish.wording.reasons import Reasons

        self.programme, self.late, self.on, self.w = joined_by(programme, late, ()), late, on, w
        self.names, self.dress = LabelNames(self.programme, w), Dress(w, programme.settings.currency)
        self.naming = self.names.naming
        self.reasons = Reasons(self.naming, self.dress)

    def lines(self, fits: Sequence[Fit], found: Exact | None, *, exact: bool) -> Iterator[str]:
        """Everything in words, a line each."""
        firm, w = self.late.firm, self.w
        yield w("advise.head", firm=w.name(firm), zone=self.naming.zone(firm.zone_id), on=self.dress.day(self.on))
        has = [f for f in fits if f.state == "has"]
        if has:
            yield w("advise.has", phases=self.naming.listed([self.naming.phase(f.phase_id) for f in has]))
        yield ""
        open_ = [f for f in fits if f.state == "fits"]
        if not open_:
            yield w("advise.none")
        elif found is not None:
            yield from self._exactly(open_, found)
        else:
            yield from self._about(open_, failed=exact)
        yield from self._again([f for f in fits if f.state == "again"])
        yield from self._never([f for f in fits if f.state == "no"])

    def _about(self, fits: Sequence[Fit], *, failed: bool) -> Iterator[str]:
        yield self.w("advise.about", count=len(fits))
        for n, f in enumerate(fits, 1):
            yield "  " + self.w(
                "advise.fit", n=n, phase=self._phase(f.phase_id, f.section_id), days=self._days(f.phase_id)
            )
            yield "     " + self._worth(f.worth, f.costs, f.back, f.sponsor, f.booths, about=True)
            yield "     " + self._next(f)
        if failed:
            yield "  " + self.w("advise.no-exact")

    def _exactly(self, fits: Sequence[Fit], found: Exact) -> Iterator[str]:
        w, of = self.w, {f.phase_id: f for f in fits}
        costs = sum((c.amount for g in found.given for c in g.costs), Decimal(0))
        back = sum((g.back for g in found.given), Decimal(0))
        facts = {
            "count": len(found.given),
            "adds": _points(found.adds),
            "costs": self.dress.money(costs),
            "back": self.dress.money(back),
        }
        if found.given:
            yield w("advise.together" if len(found.given) > 1 else "advise.one", **facts)
        else:
            yield w("advise.none")
        ordered = sorted(found.given, key=lambda g: (-g.adds, g.participation.phase_id))
        for n, g in enumerate(ordered, 1):
            p = g.participation
            yield "  " + w("advise.fit", n=n, phase=self._phase(p.phase_id, p.section_id), days=self._days(p.phase_id))
            yield "     " + self._given(g)
            yield "     " + self._next(of[p.phase_id])
        if found.left:
            yield w("advise.beside")
            for e in found.left:
                yield "  " + w("advise.reason", phase=self.naming.phase(e.phase_id), says=self.reasons.sentence(e))

    def _given(self, g: Given) -> str:
        p = g.participation
        return self._worth(g.adds, g.costs, g.back, p.sponsor, p.booths, about=False)

    def _worth(self, adds: int, costs: Sequence[Cost], back: Decimal, sponsor: str, booths: int, *, about: bool) -> str:
        w = self.w
        whole = sum((c.amount for c in costs), Decimal(0))
        lines = [w("advise.line", line=w(f"enums.CostLine.{c.line}"), amount=f"{c.amount:,.0f}") for c in costs]
        facts = {
            "booths": booths, "sponsor": self.naming.zone(sponsor), "costs": self.dress.money(whole),
            "lines": self.naming.listed(lines), "back": self.dress.money(back), "adds": _points(adds),
        }  # fmt: skip
        key = "about" if about else "exact"
        return w(f"advise.worth-{key}.{'booths' if booths else 'none'}" + ("" if lines else "-free"), **facts)

    def _next(self, f: Fit) -> str:
        w = self.w
        if f.has_applied:
            return w("advise.next.applied")
        if f.closes is None:
            return w("advise.next.open")
        return w("advise.next.closes", closes=self.dress.day(f.closes), left=(f.closes - self.on).days)

    def _again(self, fits: Sequence[Fit]) -> Iterator[str]:
        if not fits:
            return
        yield ""
        yield self.w("advise.again", count=len(fits))
        for f in fits:
            says = self.w(f"advise.note.{f.note}", **self._facts(f))
            yield "  " + self.w("advise.reason", phase=self._phase(f.phase_id, f.section_id), says=says)
            if f.price > 0 and f.note in ("full", "order", "waits"):
                key = "wins" if f.worth > f.price else "loses"
                yield "     " + self.w(f"advise.price.{key}", worth=_points(f.worth), price=_points(f.price))

    def _facts(self, f: Fit) -> dict[str, str]:
        facts = dict(f.facts)
        if "label" in facts:
            facts["label"] = self.names.label(facts["label"])
        return facts

    def _never(self, fits: Sequence[Fit]) -> Iterator[str]:
        if not fits:
            return
        yield ""
        yield self.w("advise.never", count=len(fits))
        for f in fits:
            says = self.reasons.sentence(f.reason) if f.reason else self.w(f"advise.note.{f.note}")
            yield "  " + self.w("advise.reason", phase=self.naming.phase(f.phase_id), says=says)

    def _phase(self, phase_id: str, section_id: str) -> str:
        phase = self.naming.phase(phase_id)
        if not section_id:
            return phase
        return self.w("judge.section", phase=phase, section=self.w.name(self.programme.section[section_id]))

    def _days(self, phase_id: str) -> str:
        return self.dress.phase_days(self.programme.phase[phase_id])


def _points(milli: int) -> str:
    return f"{milli / POINTS:,.1f}"


def facts(late: LateFirm, fits: Sequence[Fit], found: Exact | None, took: float) -> dict[str, Any]:
    """The same for a machine: ids; points; amounts as text in programme currency; `milliseconds` of the quick answer."""
    return {
        "firm": late.firm.firm_id, "milliseconds": round(1000 * took, 1), "fairs": [_fit(f) for f in fits],
        "exact": None if found is None else {
            "adds": found.adds / POINTS, "given": [_given(g) for g in found.given],
            "left": [{"phase": e.phase_id, "rule": e.rule, "facts": dict(e.facts)} for e in found.left],
        },
    }  # fmt: skip


def _fit(f: Fit) -> dict[str, Any]:
    return {
        "phase": f.phase_id, "section": f.section_id, "state": f.state, "role": f.role, "booths": f.booths, "sponsor": f.sponsor,
        "score": f.score, "worth": f.worth / POINTS, "price": f.price / POINTS, "costs": {c.line: str(c.amount) for c in f.costs},
        "back": str(f.back), "closes": f.closes.isoformat() if f.closes else None, "note": f.note, "facts": dict(f.facts),
        "reason": {"rule": f.reason.rule, "facts": dict(f.reason.facts)} if f.reason else None,
    }  # fmt: skip


def _given(g: Given) -> dict[str, Any]:
    return {
        "participation": g.participation.participation_id, "phase": g.participation.phase_id, "booths": g.participation.booths,
        "costs": {c.line: str(c.amount) for c in g.costs}, "back": str(g.back), "adds": g.adds / POINTS,
    }  # fmt: skip
