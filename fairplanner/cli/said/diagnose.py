"""A diagnosis in sentences: what collides, told first as arithmetic shows it, and what would put it right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING, Any

from fairplanner.cli.door import Diagnosed, shown
from fairplanner.cli.said.cure import CureWords
from fairplanner.cli.said.limit import LimitWords
from fairplanner.errors import NoPlan

if TYPE_CHECKING:
    from fairplanner.domain.plan import Excluded
    from fairplanner.domain.programme import Programme
    from fairplanner.errors import Blame
    from fairplanner.explain.conflicts.diagnosing import Diagnosis
    from fairplanner.explain.conflicts.prechecks import Precheck
    from fairplanner.explain.conflicts.repairs import Repair
    from fairplanner.solver import Conflict
    from fairplanner.words import Words

MOST_REPAIRS = 6
"""Repairs said for one conflict; --json has all of them."""
MOST_NOTES = 10
"""Things worth a look that are said; --json has all of them."""
MONEY = {"fund": ("needed", "bound"), "own-money": ("needed", "bound")}
"""Facts that are amounts in fen, by kind of finding."""
LISTS = ("zones", "phases")
NAMED = ("who", "firm", "zone", "phase", "target", "fund")


class DiagnosisWords:
    """What was found about one programme, in one language."""

    def __init__(self, programme: Programme, w: Words) -> None:
        self.programme, self.w = programme, w
        self.limits = LimitWords(programme, w)
        self.cures = CureWords(programme, w, self.limits)

    def lines(self, d: Diagnosis, folder: Path | None = None) -> Iterator[str]:
        """The whole report; `folder`: the programme's, for the command that comes next."""
        if d.status == "possible":
            yield self.w("diagnose.possible")
            yield from self._binding(d)
        elif d.status == "unknown":
            yield self.w("diagnose.unknown")
        else:
            yield from self._impossible(d)
        yield from self._notes(d)
        if folder is not None and d.status != "unknown":
            yield self.w("diagnose.next" if d.status == "possible" else "diagnose.edit", folder=shown(folder))

    def _binding(self, d: Diagnosis) -> Iterator[str]:
        if d.binding:
            yield self.w("diagnose.binding")
        for worth in d.binding:
            facts = {"what": self.cures.one(worth.assumption), "points": f"{worth.price / 1000:,.1f}"}
            yield self.w("diagnose.item", sentence=self.w("diagnose.bound", **facts))

    def _notes(self, d: Diagnosis) -> Iterator[str]:
        """What is worth a look; where nothing fits, that alone is told."""
        notes = [check for check in d.prechecks if not check.is_fatal]
        if d.status != "possible" or not notes:
            return
        yield self.w("diagnose.notes")
        yield from (self.w("diagnose.item", sentence=self.found(check)) for check in notes[:MOST_NOTES])
        if len(notes) > MOST_NOTES:
            yield self.w("diagnose.more", count=len(notes) - MOST_NOTES)

    def _impossible(self, d: Diagnosis) -> Iterator[str]:
        fatal = [check for check in d.prechecks if check.is_fatal]
        if not d.conflicts:
            yield self.w("diagnose.named-only")
            yield from (self.w("diagnose.item", sentence=line) for check in fatal for line in self._of(check))
            return
        yield self.w("diagnose.one") if len(d.conflicts) == 1 else self.w("diagnose.several", count=len(d.conflicts))
        for n, conflict in enumerate(d.conflicts):
            repairs = d.repairs.of[n] if n < len(d.repairs.of) else ()
            yield from self._conflict(n, conflict, fatal, repairs, d.is_large)
        if len(d.conflicts) > 1:
            yield from self._together(d)

    def _conflict(
        self, n: int, conflict: Conflict, fatal: list[Precheck], repairs: tuple[Repair, ...], is_large: bool
    ) -> Iterator[str]:
        names = {(b.rule, b.label) for b in conflict.members}
        check = next((c for c in fatal if _is_about(c, names)), None)
        if check is not None:
            first, *rest = self._of(check)
        else:
            first = self.w("diagnose.collide" if len(names) > 1 else "diagnose.alone")
            rest = [self.limits.said(b) for b in conflict.members]
        yield self.w("diagnose.numbered", n=n + 1, sentence=first)
        yield from (self.w("diagnose.item", sentence=line) for line in rest)
        yield from self._repairs(repairs, is_large)

    def _of(self, check: Precheck) -> list[str]:
        """The sentence of a finding, then its reasons."""
        reasons = dict.fromkeys(self._because(check, e) for e in check.reasons)
        return [self.found(check), *reasons]

    def _because(self, check: Precheck, e: Excluded) -> str:
        """A reason; of what is about the whole year with the fair and the firm that it is about."""
        says = self.limits.reasons.sentence(e)
        if not check.kind.startswith("target") or not e.phase_id:
            return says
        phase, naming = self.limits.naming.phase(e.phase_id), self.limits.naming
        if e.firm_id:
            return self.w("judge.of", firm=naming.firm(e.firm_id), phase=phase, says=says)
        return self.w("advise.reason", phase=phase, says=says)

    def _repairs(self, repairs: tuple[Repair, ...], is_large: bool) -> Iterator[str]:
        if not repairs:
            yield self.w("diagnose.none")
            return
        yield self.w("diagnose.any" if len(repairs) > 1 else "diagnose.this")
        for letter, repair in zip(ascii_lowercase, repairs[:MOST_REPAIRS], strict=False):
            yield self.w("diagnose.cure", letter=letter, sentence=self.repair(repair, is_large=is_large))

    def repair(self, repair: Repair, *, is_large: bool = False) -> str:
        """What to change, what it takes, and what the plan is then worth; of a large programme only what to change."""
        what = self.cures.said(repair.assumptions)
        if is_large:
            return what
        facts = {"what": what, "value": f"{repair.plan_value / 1000:,.1f}"}
        if repair.money > 0 and len(repair.assumptions) > 1:
            return self.w("diagnose.worth-money", money=self.limits.dress.money(repair.money), **facts)
        return self.w("diagnose.worth", **facts)

    def _together(self, d: Diagnosis) -> Iterator[str]:
        if d.repairs.value is None:
            yield self.w("diagnose.not-together")
            return
        letters = [self.w("diagnose.letter", n=n + 1, letter=ascii_lowercase[0]) for n in range(len(d.conflicts))]
        if d.is_large:
            yield self.w("diagnose.together-large", letters=self.limits.naming.listed(letters))
            return
        value = f"{d.repairs.value / 1000:,.1f}"
        yield self.w("diagnose.together", letters=self.limits.naming.listed(letters), value=value)
        yield self.w("diagnose.beside")

    def found(self, check: Precheck) -> str:
        """The sentence of a finding."""
        facts = dict(check.facts)
        told: dict[str, object] = {name: self._fact(check.kind, name, value) for name, value in facts.items()}
        key = f"diagnose.found.{check.kind}"
        if check.kind.startswith("impossible-") and not check.reasons:
            key += "-asked"
        if "section" in told:
            del told["section"]
            unit = facts.get("unit", "")
            told.pop("unit", None)
            return self.limits.in_section(key, facts["section"], told, unit)
        if check.kind == "approval":
            told = self._permit(facts)
        return self.w(key, **told)

    def _permit(self, facts: dict[str, str]) -> dict[str, object]:
        number = next(a.number for a in self.programme.approvals if a.approval_id == facts["approval"])
        return {
            "number": number, "zone": self.limits.whom(facts["zone"]), "people": facts["people"],
            "phases": self.limits.listed(facts["phases"].split(";")),
            "days": self.limits.days(facts["depart"], facts["back"]),
        }  # fmt: skip

    def _fact(self, kind: str, name: str, value: str) -> str:
        if name in MONEY.get(kind, ()):
            return self.limits.money(int(value))
        if name in LISTS:
            return self.limits.listed(value.split(";"))
        if name == "pool":
            return self.limits.pool(value)
        if name == "day":
            return self.limits.dress.day(date.fromisoformat(value))
        return self.limits.whom(value) if name in NAMED else value


def _is_about(check: Precheck, names: set[tuple[str, str]]) -> bool:
    """Whether a finding tells the same as a conflict: all that collides, or a larger case of the same limit."""
    members = {(b.rule, b.label) for b in check.members}
    return members <= names or names < members


def diagnosed(programme: Programme, error: NoPlan, w: Words) -> NoPlan:
    """The error with the reasons in names, and, where it is known that no plan is possible, with the whole report."""
    from fairplanner.cli.quiet import quiet
    from fairplanner.explain.conflicts.diagnosing import diagnose

    said = DiagnosisWords(programme, w)
    named = NoPlan(error.status, [replace(b, label=said.limits.names.label(b.label)) for b in error.guilty])
    if error.status != "infeasible":
        return named
    with quiet():
        found = diagnose(programme, infeasible=True)
    return Diagnosed(named, tuple(said.lines(found)), facts_of(found, said)) if found.status == "impossible" else named


def facts_of(d: Diagnosis, said: DiagnosisWords) -> dict[str, Any]:
    """What `--json` says: ids and numbers, with the sentence beside them; assumptions as `whatif --set` takes them.

    Values in points, money in programme currency.
    """
    status = {"impossible": "infeasible"}.get(d.status, d.status)
    conflicts = [
        {
            "members": [asdict(b) | {"says": said.limits.said(b)} for b in conflict.members],
            "smallest": conflict.is_smallest,
            "repairs": [_repair(r, said) for r in (d.repairs.of[n] if n < len(d.repairs.of) else ())],
        }
        for n, conflict in enumerate(d.conflicts)
    ]
    together = {"set": list(map(str, d.repairs.together)), "value": (d.repairs.value or 0) / 1000}
    return {
        "status": status, "found": [_found(check, said) for check in d.prechecks], "conflicts": conflicts,
        "binding": [{"set": str(x.assumption), "points": x.price / 1000} for x in d.binding],
        "together": together if d.repairs.value is not None else None,
    }  # fmt: skip


def _found(check: Precheck, said: DiagnosisWords) -> dict[str, Any]:
    return {
        "kind": check.kind, "is_fatal": check.is_fatal, "members": [_named(b) for b in check.members],
        "facts": dict(check.facts), "says": said.found(check),
        "reasons": [said.limits.reasons.sentence(e) for e in check.reasons],
    }  # fmt: skip


def _named(b: Blame) -> dict[str, str]:
    return {"rule": b.rule, "label": b.label}


def _repair(r: Repair, said: DiagnosisWords) -> dict[str, Any]:
    return {
        "set": list(map(str, r.assumptions)), "says": said.cures.said(r.assumptions), "rule": r.rule, "label": r.label,
        "amount": r.amount, "value": r.plan_value / 1000, "money": float(r.money), "beside": list(map(str, r.beside)),
    }  # fmt: skip
