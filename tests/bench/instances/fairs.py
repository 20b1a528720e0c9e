"""Fairs and phases: real editions cloned to other dates of the year, alone or in rounds of neighbouring cities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from fairplanner.domain import reference as r
from fairplanner.domain.kinds import Role, Status
from tests.bench.instances.seeds import ROUNDS, SAMPLE, YEAR, Edition, editions, place_id, places, trading_sectors
from tests.catalogs.reference import rows

DAY = timedelta(days=1)
MONTHS = (2, 3, 13, 15, 12, 5, 3, 3, 13, 15, 12, 4)
"""Editions by month: peaks in March to May and September to November."""
FIRST, LAST = date(YEAR, 1, 12), date(YEAR, 12, 20)
SHARES = {"home": 0.5, "abroad": 0.24, "round": 0.26}
"""Share of the phases at home, abroad on their own, and abroad as stops of a round."""
SHOW_DAYS, REST_DAYS = 2, 1
"""A stop of a round: fair days, and days between two stops (a morning flight); short enough for the days of officials."""
DRAWS_MOST = {"canton": 2.0, "cabis": 2.0, "cccme-sg": 2.0, "namm": 1.5}


@dataclass(frozen=True)
class Booked:
    """One phase of the year and what the rest of the generator asks of it."""

    phase: r.Phase
    fair: r.Fair
    abroad: bool
    role: Role
    round: int
    draws: float
    markets: tuple[str, ...]
    sectors: tuple[str, ...]


class Calendar:
    """Makes clones until the year is full; `phases` many, of the first `sectors` sectors."""

    def __init__(self, dice: Random, phases: int, sectors: int) -> None:
        self.dice, self.wanted, self.made = dice, phases, list[Booked]()
        self.sectors = trading_sectors()[:sectors]
        self.home = [e for e in editions() if not e.abroad]
        self.away = [e for e in editions() if e.abroad]
        self.clones, self.rounds, self.of = 0, 0, dict.fromkeys(SHARES, 0)
        self.used: set[str] = set()
        self.territory = {p.place_id: p.territory_id for p in places()}
        self.opens = {t.territory_id: t.markets for t in rows("territories")}

    def fill(self) -> tuple[Booked, ...]:
        """Every phase of the year, in order of id: always of the kind of which most is missing."""
        while self.room:
            kind = max(SHARES, key=lambda k: SHARES[k] * self.wanted - self.of[k])
            before = len(self.made)
            if kind == "round" and self.room > 1:
                self._round()
            elif kind == "home":
                self._clone(self._seed(self.home))
            else:
                self._clone(self._seed(self.away), city=place_id(self.dice.choice(self.dice.choice(ROUNDS))))
            self.of[kind] += len(self.made) - before
        return tuple(sorted(self.made, key=lambda b: b.phase.phase_id))

    @property
    def room(self) -> int:
        """Phases still wanted."""
        return self.wanted - len(self.made)

    def _seed(self, among: list[Edition]) -> Edition:
        """Each real edition once while the year has room for it, then any, those of several phases less often."""
        fits = [e for e in among if len(e.phases) <= self.room]
        fresh = [e for e in fits if e.key not in self.used]
        seed = fresh[0] if fresh else self.dice.choices(fits, [1 / len(e.phases) for e in fits])[0]
        self.used.add(seed.key)
        return seed

    def _opening(self, days: int = 0) -> date:
        """A day by the season, so that an edition of so many days ends within the year."""
        month = self.dice.choices(range(1, 13), MONTHS)[0]
        return min(max(date(YEAR, month, 1) + DAY * self.dice.randrange(28), FIRST), LAST - DAY * days)

    def _round(self) -> None:
        """Two or three stops of one exhibition on tour, one soon after the other."""
        cities = self.dice.choice(ROUNDS)[: self.room]
        sectors, start = self._some_sectors(self.sectors), self._opening()
        self.rounds += 1
        for city in cities:
            self._clone(self._seed(self.away), city=place_id(city), start=start, sectors=sectors)
            start += DAY * (SHOW_DAYS + REST_DAYS)

    def _clone(
        self, seed: Edition, *, city: str = "", start: date | None = None, sectors: tuple[str, ...] = ()
    ) -> None:
        """One clone of an edition: another city if given, a day given or drawn (on the weekday of the real one)."""
        self.clones += 1
        first = seed.phases[0].start
        assert first
        touring = start is not None
        opens = start or first + DAY * 7 * round((self._opening(seed.days) - first).days / 7)
        fair = self._fair(seed, city, sectors or self._some_sectors(seed.fair.sectors))
        draws = DRAWS_MOST.get(seed.fair.fair_id, 1.0) * self.dice.paretovariate(2.0)
        for phase in seed.phases:
            dated = _dated(phase, fair, self.clones, opens - first, city, touring)
            there = self.territory[dated.place_id]
            markets = fair.markets or (self.opens[there] if there != "CN" else ())
            number = self.rounds if touring else 0
            self.made.append(
                Booked(
                    dated,
                    fair,
                    there != "CN",
                    Role(seed.role),
                    number,
                    round(draws, 3),
                    markets,
                    self._shown(phase, fair),
                )
            )

    def _shown(self, phase: r.Phase, fair: r.Fair) -> tuple[str, ...]:
        """Sectors of the fair that the real phase shows: by its sections where the catalogue has them, else all."""
        there = {s for x in rows("sections") if (x.fair_id, x.phase) == (phase.fair_id, phase.phase) for s in x.sectors}
        return tuple(s for s in fair.sectors if s in there) or fair.sectors

    def _some_sectors(self, offered: tuple[str, ...]) -> tuple[str, ...]:
        """Two to four of the sectors on offer (of all if it offers none of the size's own), in the order of the catalogue."""
        pool = [s for s in self.sectors if s in offered] or list(self.sectors)
        chosen = set(self.dice.sample(pool, min(len(pool), self.dice.choice((2, 2, 3, 4)))))
        return tuple(s for s in self.sectors if s in chosen)

    def _fair(self, seed: Edition, city: str, sectors: tuple[str, ...]) -> r.Fair:
        number, real = self.clones, seed.fair
        moved = bool(city) and city != seed.phases[0].place_id
        return r.Fair(
            fair_id=f"{real.fair_id}~{number}", name_zh=f"{real.name_zh}（示例{number}）", name_en=f"{real.name_en} (sample {number})",
            kind=real.kind, sectors=sectors, markets=() if moved else real.markets, roles=real.roles, promotes=seed.abroad and number % 4 == 0,
            **SAMPLE,
        )  # fmt: skip


def _dated(phase: r.Phase, fair: r.Fair, number: int, shift: timedelta, city: str, touring: bool) -> r.Phase:
    assert phase.start
    assert phase.end
    start = phase.start + shift
    end = start + DAY * (SHOW_DAYS - 1) if touring else phase.end + shift
    return r.Phase(
        phase_id=f"{phase.phase_id}~{number}", fair_id=fair.fair_id, edition=phase.edition, phase=phase.phase, year=start.year,
        name_zh=phase.name_zh, name_en=phase.name_en, start=start, end=end, place_id=city or phase.place_id, status=Status.ANNOUNCED,
        move_in_days=0 if touring else phase.move_in_days, move_out_days=0 if touring else phase.move_out_days, **SAMPLE,
    )  # fmt: skip
