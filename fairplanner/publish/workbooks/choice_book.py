"""The choices of a plan in the words of a language: what each row shows, what its drop-downs offer, and why it is so."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import replace

from fairplanner.domain.choices import (
    ASKED,
    LOCKED,
    NO,
    NOTES,
    OPEN,
    PARTIES,
    PLACES,
    YES,
    Choice,
    ChoiceBook,
    ChoiceColumn,
    ChoicePage,
    Shown,
)
from fairplanner.domain.kinds import Policy, Role, StandKind, Wish
from fairplanner.domain.plan import Excluded
from fairplanner.publish.press import Press
from fairplanner.rules.reckon.choices import mark_of_plan, party_choices, place_choices
from fairplanner.words import languages, words

ENUMS = {"wish": Wish, "role": Role, "stand": StandKind}
COUNTS = ("planned", "booths", "least_booths", "preference", "people", "firms", "officials")
LISTS = {"goes": (YES, NO), "state": (OPEN, LOCKED)}
OF_PLACES = (
    "firm", "zone", "phase", "days", "section", "goes", "state", "planned", "reason", "basis", "why", "sponsor", *ASKED, "value",
)  # fmt: skip
OF_PARTIES = ("sponsor", "phase", "days", "goes", "state", "firms", "officials", "cost", "reason", "basis", "why")

Cells = dict[str, Shown]


def choice_book(press: Press) -> ChoiceBook:
    """Both sheets; internal. The same plan gives the same book."""
    programme, plan = press.programme, press.plan
    say = _Saying(press)
    pages = (
        _page(press, PLACES, OF_PLACES, place_choices(programme, plan), say.place),
        _page(press, PARTIES, OF_PARTIES, party_choices(programme, plan), say.party),
    )
    book = ChoiceBook(press.lang, mark_of_plan(plan), pages)
    shown = json.dumps([[*cells] for page in pages for _, cells in page.rows], ensure_ascii=False)
    return replace(book, mark=hashlib.sha256(shown.encode()).hexdigest()[:16])


def _page(
    press: Press, name: str, keys: Iterable[str], rows: Iterable[Choice], cells_of: Callable[[Choice], Cells]
) -> ChoicePage:
    columns = tuple(_column(press, key) for key in keys)
    shown = []
    for row in rows:
        cells = cells_of(row) | {key: _word(press, key, value) for key, value in row.values}
        shown.append((row, tuple(cells.get(column.key) for column in columns)))
    return ChoicePage(name, press.w(f"round_trip.sheet.{name}"), columns, tuple(shown))


def _column(press: Press, key: str) -> ChoiceColumn:
    header = press.w(f"round_trip.column.{key}", unit=press.dress.unit)
    if key in (*LISTS, *ENUMS):
        values = LISTS.get(key) or tuple(str(x) for x in ENUMS[key])
        accepts = {_called(lang, key, value): value for lang in languages() for value in values}
        return ChoiceColumn(
            key, header, "choice", tuple(_called(press.lang, key, v) for v in values),
            tuple({**accepts, **{v: v for v in values}}.items()),
        )  # fmt: skip
    kind = (
        "count" if key in COUNTS else "note" if key in NOTES else {"cost": "money", "value": "figure"}.get(key, "text")
    )
    return ChoiceColumn(key, header, kind)


def _called(lang: str, key: str, value: str) -> str:
    section = f"enums.{ENUMS[key].__name__}" if key in ENUMS else f"round_trip.{key}"
    return words(lang)(f"{section}.{value}")


def _word(press: Press, key: str, value: Shown) -> Shown:
    if value is None or value == "":
        return None
    return _called(press.lang, key, str(value)) if key in (*LISTS, *ENUMS) else value


class _Saying:
    """What the closed cells of a row show."""

    def __init__(self, press: Press) -> None:
        self.press, self.w, self.naming = press, press.w, press.naming
        # where only some numbers of booths were refused, the least of them says why there is none
        rank = {"application": 0, "participation": 1}
        about = [e for e in press.plan.excluded if e.kind in rank and dict(e.facts).get("application")]
        about.sort(key=lambda e: (rank[e.kind], int(dict(e.facts).get("booths") or 0)), reverse=True)
        self.reasons = {dict(e.facts)["application"]: e for e in about}
        self.parties = {(p.delegation.sponsor, q): p for p in press.parties for q in p.phase_ids}

    def place(self, c: Choice) -> Cells:
        """Firm, fair and section, with whom it goes, what the place adds, why it goes or does not."""
        firm, section = self.press.programme.firm[c.firm_id], self.press.programme.section.get(c.section_id)
        return {
            "firm": self.w.name(firm),
            "zone": self.naming.zone(firm.zone_id),
            "phase": self.naming.phase(c.phase_id),
            "days": self._days(c.phase_id),
            "section": self.w.name(section) if section else None,
            "sponsor": self.naming.zone(c.sponsor) if c.sponsor else None,
            "value": round(c.place.value / 1000, 1) if c.place else None,
            "why": self._lock(c) + (self._in(c) if c.place else self._out(self.reasons.get(c.name))),
        }

    def party(self, c: Choice) -> Cells:
        """Zone and fair, how many go, what the whole journey costs (told once, at its first fair)."""
        party = self.parties.get((c.sponsor, c.phase_id))
        is_first = party is not None and party.phase_ids[0] == c.phase_id
        return {
            "sponsor": self.naming.zone(c.sponsor),
            "phase": self.naming.phase(c.phase_id),
            "days": self._days(c.phase_id),
            "firms": len({p.firm_id for p in party.at(c.phase_id)}) if party else None,
            "officials": party.delegation.officials if party and is_first else None,
            "cost": float(party.delegation.total) if party and is_first else None,
            "why": self._lock(c) + self.w("round_trip.why.sends" if party else "round_trip.why.stays"),
        }

    def _days(self, phase_id: str) -> str:
        q = self.press.programme.phase[phase_id]
        return self.press.dress.span(q.start, q.end) if q.start and q.end else self.w("paper.undated")

    def _lock(self, c: Choice) -> str:
        return self.w(f"round_trip.lock.{c.lock}", about=self.naming.listed(list(c.about))) if c.lock else ""

    def _in(self, c: Choice) -> str:
        assert c.place is not None  # noqa: S101 - only asked of who goes
        policy = self.press.programme.policy(c.phase_id)
        if c.place.invited:
            return self.w("round_trip.why.invited")
        if policy is Policy.OPTIMISE or not c.place.rank:
            return self.w("round_trip.why.chosen", score=f"{c.place.score:.1f}")
        said = self.w("round_trip.why.order", policy=self.w(f"enums.Policy.{policy}"), rank=c.place.rank)
        return said[:1].upper() + said[1:]

    def _out(self, reason: Excluded | None) -> str:
        return self.press.reasons.sentence(reason) if reason else self.w("round_trip.why.out")
