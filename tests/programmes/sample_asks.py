"""Sample applications: who asks for what is a formula of the firm's number; a seeded draw gives dates and a few moods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from fairplanner.domain.kinds import ApplicationState, Role, StandKind, Wish
from fairplanner.domain.planning import Application
from tests.programmes.sample_firms import SECTORS, Made
from tests.programmes.sample_table import SAMPLE

BOOTHS = (1, 1, 1, 2, 1, 2, 2, 4)
"""Booths wanted by place in the zone."""


@dataclass(frozen=True)
class Ask:
    """Every `every`-th sample firm of these sectors (blank: all) asks for the phase.

    `first`: as its first choice. `by`: zone that recommends them all (two in three of those who put it first); blank: two firms in
    three are recommended by their own zone.
    """

    phase_id: str
    role: Role = Role.EXHIBIT
    sectors: tuple[str, ...] = ()
    every: int = 1
    shift: int = 0
    raw: bool = False
    first: bool = False
    by: str = ""

    def is_for(self, made: Made) -> bool:
        """Whether the firm asks."""
        return (not self.sectors or made.sector in self.sectors) and (made.number + self.shift) % self.every == 0


@dataclass(frozen=True)
class Canton:
    """An edition of the Canton Fair: every firm but one in `skip` asks for its sector's section."""

    edition: int
    skip: int
    sections: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Inbox:
    """When the office takes applications: from, to, the last date of a phase, and a few days too late."""

    first: date
    last: date
    closes: Mapping[str, date]

    def received(self, phase_id: str, late: bool, rng: Random) -> date:
        """A day within the time for applying, or up to four days after it closed."""
        closes = min(self.closes.get(phase_id, self.last), self.last)
        if late and closes < self.last:
            return min(self.last, closes + timedelta(days=1 + int(4 * rng.random())))
        return self.first + timedelta(days=int(((closes - self.first).days + 1) * rng.random()))


def at_canton(made: Made, canton: Canton) -> Iterator[dict[str, Any]]:
    """Its own section, and for every third firm the others it would take too; the largest ask for brand booths."""
    sections = canton.sections.get(made.sector, ()) if made.number % canton.skip else ()
    for n, section in enumerate(sections[: 1 if made.number % 3 else 3]):
        yield {
            "phase_id": f"canton-{canton.edition}-{section[0]}",
            "section_id": f"canton-{section}",
            "booths": 1 if n else BOOTHS[made.place % 8],
            "stand": StandKind.BRAND if made.place % 8 == 7 and n == 0 else StandKind.STANDARD,
            "wish": Wish.WOULD_ACCEPT if n and section[0] == sections[0][0] else Wish.WANTS,
        }


def at(made: Made, ask: Ask) -> dict[str, Any]:
    """What it asks for at any other fair: no stand where it does not exhibit, raw space for every eighth firm."""
    common: dict[str, Any] = {"phase_id": ask.phase_id}
    if ask.by and not (ask.first and made.number % 3 == 0):
        common["recommended_by"] = ask.by
    if ask.role is not Role.EXHIBIT:
        people = 2 if ask.role is Role.BUY else 1
        return common | {"role": ask.role, "stand": StandKind.NONE, "booths": 0, "people": people}
    if ask.raw and made.place % 8 == 6:
        return common | {"stand": StandKind.RAW, "booths": 4}
    return common | {"booths": BOOTHS[made.place % 8]}


def wishes(made: Made, cantons: Sequence[Canton], asks: Sequence[Ask]) -> list[dict[str, Any]]:
    """What one firm asks for, first choice first."""
    others = [ask for ask in asks if ask.is_for(made)]
    first = [at(made, ask) for ask in others if ask.first]
    canton = [wish for edition in cantons for wish in at_canton(made, edition)]
    return [*first, *canton, *(at(made, ask) for ask in others if not ask.first)]


def refusing(firms: Sequence[Made], asked: Mapping[int, int], per_zone: int, in_zone: int) -> frozenset[int]:
    """Numbers of the firms that refuse their last wish: the same count in every zone, a different place in each."""
    turn = sorted((m for m in firms if asked[m.number] > 1), key=lambda m: (m.zone, (m.place - 3 * m.zone) % per_zone))
    seen: Counter[int] = Counter()
    chosen: set[int] = set()
    for made in turn:
        if seen[made.zone] < in_zone:
            seen[made.zone] += 1
            chosen.add(made.number)
    return frozenset(chosen)


def mood(count: int) -> dict[str, Any]:
    """Every 40th application is withdrawn, every 9th firm would accept, whoever asks."""
    if count % 40 == 21:
        return {"state": ApplicationState.WITHDRAWN}
    return {"wish": Wish.WOULD_ACCEPT} if count % 9 == 4 else {}


def least(wish: dict[str, Any], booths: int, made: Made) -> int:
    """Brand booths come by four (the published floor of a section); half of the others would take one booth less than asked."""
    if wish.get("stand") is StandKind.BRAND:
        return booths
    return min(booths, max(1, booths // 2)) if made.number % 2 else booths


def application(made: Made, wish: dict[str, Any], order: int, count: int, inbox: Inbox, rng: Random) -> Application:
    """One application; every 25th comes late where its phase has closed."""
    booths = wish.get("booths", 1)
    facts: dict[str, Any] = {
        "firm_id": made.row.firm_id,
        "preference": order,
        "least_booths": least(wish, booths, made),
        "people": 2 * min(booths, 2) if booths else 2,
        "exhibits": f"{SECTORS[made.sector][0]}样品（示例）",
        "recommended_by": made.row.zone_id if made.number % 3 else "",
        "received": inbox.received(wish["phase_id"], count % 25 == 7, rng),
        "state": ApplicationState.FIRST_REVIEW if made.number % 3 == 0 else ApplicationState.APPLIED,
    }
    return Application(**(facts | wish | mood(count) | SAMPLE))


def applications(
    firms: Sequence[Made], cantons: Sequence[Canton], asks: Sequence[Ask], inbox: Inbox, rng: Random, refusals: int = 1
) -> list[Application]:
    """All applications, counted across zones so that late and withdrawn ones fall on every zone alike."""
    all_wishes = {m.number: wishes(m, cantons, asks) for m in firms}
    per_zone = 1 + max(m.place for m in firms)
    refuse = refusing(firms, {n: len(w) for n, w in all_wishes.items()}, per_zone, refusals)
    rows: list[Application] = []
    for made in sorted(firms, key=lambda m: (m.place, m.number)):
        mine = all_wishes[made.number]
        for order, wish in enumerate(mine, start=1):
            last = order == len(mine) and made.number in refuse
            row = application(made, wish, order, len(rows), inbox, rng)
            rows.append(
                row.model_copy(update={"wish": Wish.REFUSES, "state": ApplicationState.APPLIED}) if last else row
            )
    return rows
