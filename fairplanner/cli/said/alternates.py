"""What `risk --alternates` says: who waits for each delegation, who would really come, and the command that lets them in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from fairplanner.cli.labels import LabelNames
from fairplanner.cli.reserve import Tried, key_of
from fairplanner.words import Words

if TYPE_CHECKING:
    from fairplanner.amend import Coming
    from fairplanner.domain.plan import Plan
    from fairplanner.domain.programme import Programme
    from fairplanner.explain.mishaps.alternates import Alternate, Reserve


class AlternateWords:
    """The alternates of one plan in one language; `path`: the plan as it is written in a command."""

    def __init__(self, programme: Programme, plan: Plan, w: Words, path: str) -> None:
        self.programme, self.w, self.path = programme, w, path
        self.names = LabelNames(programme, w)
        self.party = {d.delegation_id: d for d in plan.delegations}

    def lines(self, found: Sequence[Reserve], known: Tried) -> Iterator[str]:
        """Delegation by delegation; those nobody waits for are counted at the end."""
        w, waited = self.w, [x for x in found if x.alternates]
        yield w("alternates.head" if known else "alternates.untried")
        for one in waited:
            d = self.party[one.delegation_id]
            facts = {"zone": self.names.part(d.sponsor), "phase": self.names.part(one.phase_id), "id": d.party_id}
            yield ""
            yield w("alternates.delegation", places=one.places, **facts)
            for _, own in groupby(one.alternates, key=lambda x: (x.section_id, x.zone_id)):
                yield from ("  " + line for line in self._list(list(own), known))
        if waited and not known:
            yield ""
            yield w("alternates.ask")
        if len(waited) < len(found):
            yield ""
            yield w("alternates.nobody", count=len(found) - len(waited))

    def _list(self, own: list[Alternate], known: Tried) -> Iterator[str]:
        w, first = self.w, own[0]
        told = w("alternates.stop").join(self._one(x) for x in own)
        if first.is_ordered:
            section = self.names.part(first.section_id) if first.section_id else w("giving.no_section")
            yield w("alternates.order", section=section, zone=self.names.part(first.zone_id), told=told)
            yield from self._tried(first, known)
        else:
            yield w("alternates.value", told=told)
            for x in own:
                yield from self._tried(x, known)

    def _one(self, x: Alternate) -> str:
        key = "alternates.ordered" if x.is_ordered else "alternates.valued"
        facts = {"turn": x.turn, "firm": self.names.part(x.firm_id), "booths": x.booths[1]}
        return self.w(key, score=f"{x.score:.1f}", value=f"{x.value / 1000:,.1f}", **facts)

    def _tried(self, x: Alternate, known: Tried) -> Iterator[str]:
        coming = known.get(key_of(x))
        if coming is None:
            yield "  " + self._command(x)
        elif isinstance(coming, tuple):
            rules = self.w("calendar.comma").join(self.w(f"rules.{rule}.name") for rule in coming)
            key = "alternates.none" if x.is_ordered or not rules else "alternates.cannot"
            yield "  " + self.w(key, firm=self.names.part(x.firm_id), rules=rules)
        else:
            yield "  " + self._comes(coming)
            yield "  " + self._command(x)

    def _comes(self, coming: Coming) -> str:
        firm = self.names.part(self.programme.application[coming.application_id].firm_id)
        facts = {"firm": firm, "leaver": self.names.part(coming.leaver) if coming.leaver else ""}
        key = "alternates.after" if coming.leaver else "alternates.now"
        return self.w(key + ("-passed" if coming.passed else ""), passed=len(coming.passed), **facts)

    def _command(self, x: Alternate) -> str:
        key = "alternates.command" if x.is_ordered else "alternates.command-firm"
        facts = {"phase": x.phase_id, "section": x.section_id or "-", "zone": x.zone_id, "firm": x.firm_id}
        return self.w(key, plan=self.path, **facts)


def facts(found: Sequence[Reserve], known: Tried) -> dict[str, Any]:
    """The same for a machine: ids, points."""
    return {"delegations": [_reserve(one, known) for one in found]}


def _reserve(one: Reserve, known: Tried) -> dict[str, Any]:
    told = [_alternate(x, known) for x in one.alternates]
    return {"delegation": one.delegation_id, "phase": one.phase_id, "places": one.places, "alternates": told}


def _alternate(x: Alternate, known: Tried) -> dict[str, Any]:
    made: dict[str, Any] = {
        "firm": x.firm_id, "application": x.application_id, "section": x.section_id, "list_zone": x.zone_id, "turn": x.turn,
        "by": "order" if x.is_ordered else "value", "score": x.score, "value": x.value / 1000, "booths": list(x.booths),
    }  # fmt: skip
    coming = known.get(key_of(x))
    if coming is None:
        return made
    if isinstance(coming, tuple):
        return made | {"tried": {"comes": "", "rules": list(coming)}}
    passed = [p.application_id for p in coming.passed]
    return made | {"tried": {"comes": coming.application_id, "in_place_of": coming.leaver, "passed_over": passed}}
