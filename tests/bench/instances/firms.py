"""Zones, firms and what they ask for: clusters of sectors by zone, few large firms and many small ones."""

from __future__ import annotations

import math
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from itertools import accumulate, chain
from random import Random
from statistics import NormalDist

from fairplanner.domain import planning as p
from fairplanner.domain.kinds import Role, StandKind
from tests.bench.instances.fairs import Booked
from tests.bench.instances.seeds import SAMPLE, YEAR, homes, trading_sectors
from tests.bench.instances.sizes import Level, Size

ROOT = "nation"
MOST_ASKED, ASKED = 30, (1.68, 0.8)
"""Phases a firm asks for: at the most, and mean and deviation of their logarithm (median 5, mean 7)."""
NEAR, ON, AGAIN = 0.85, 0.6, 0.1
"""Chances: that a firm asks for a fair of its sectors, for the next stop of the same round, for the next phase of the edition."""
BOOTHS, BOOTH_WEIGHTS = (1, 2, 3, 4, 6, 8), (58, 24, 8, 6, 3, 1)
AS_OF = date(YEAR - 1, 11, 20)


def zones(dice: Random, size: Size) -> tuple[p.Zone, ...]:
    """A root, regions below it that send nobody, organisers below these (a third of them below another organiser), and
    one or two zones below each organiser that send nobody; every organiser with the two or three sectors of its firms."""
    made = [_zone(ROOT, "全国（示例）", "Nation (sample)", "", "beijing", "nation", sends=False)]
    made += [
        _zone(f"r{n}", f"大区{n}（示例）", f"Region {n} (sample)", ROOT, "", "region", sends=False)
        for n in range(size.regions)
    ]
    sectors, cities = trading_sectors()[: size.sectors], homes()
    top = size.organisers - size.organisers // 3
    for n in range(size.organisers):
        parent = f"r{n % size.regions}" if n < top else f"o{(n - top) % top:02}"
        own = tuple(dice.sample(sectors, dice.choice((2, 3))))
        made.append(
            _zone(
                f"o{n:02}",
                f"组展单位{n}（示例）",
                f"Organiser {n} (sample)",
                parent,
                cities[n % len(cities)],
                "zone",
                own,
            )
        )
        made += [
            _zone(
                f"o{n:02}-{k}",
                f"组展单位{n}园区{k}（示例）",
                f"Park {k} of organiser {n} (sample)",
                f"o{n:02}",
                "",
                "zone",
                own,
                sends=False,
            )
            for k in range(dice.choice((1, 2)))
        ]
    return tuple(sorted(made, key=lambda z: z.zone_id))


def _zone(
    key: str, zh: str, en: str, parent: str, place: str, kind: str, sectors: tuple[str, ...] = (), *, sends: bool = True
) -> p.Zone:
    return p.Zone(
        zone_id=key, name_zh=zh, name_en=en, kind=kind, parent=parent, place_id=place, sectors=sectors, sends=sends, **SAMPLE
    )  # fmt: skip


def firms(
    dice: Random, size: Size, level: Level, spread: tuple[p.Zone, ...], markets: tuple[str, ...]
) -> tuple[p.Firm, ...]:
    """Firms of the zones below organisers; sizes, exports and own money with a heavy tail."""
    parks = [z for z in spread if z.parent.startswith("o") and not z.sends]
    weights = list(accumulate((1 + n) ** -0.6 for n in range(len(parks))))
    sectors, width = trading_sectors()[: size.sectors], len(str(size.firms - 1))
    made = []
    for n in range(size.firms):
        zone = dice.choices(parks, cum_weights=weights)[0]
        made.append(_firm(dice, f"f{n:0{width}}", zone, sectors, markets, level))
    return tuple(made)


def _firm(
    dice: Random, key: str, zone: p.Zone, sectors: tuple[str, ...], markets: tuple[str, ...], level: Level
) -> p.Firm:
    large = min(dice.paretovariate(1.1), 200.0)
    own = dict.fromkeys((dice.choice(zone.sectors), dice.choice(zone.sectors if dice.random() < 0.8 else sectors)))
    aims = dict.fromkeys(dice.choices(markets, k=dice.choice((1, 2, 3))))
    staff = int(8 * large) + dice.randrange(12)
    more = {}
    if level != "base":
        more = {
            "max_phases": dice.choice((2, 3, 4)) if dice.random() < 0.25 else None,
            "group": f"g{key[1:-1]}" if int(key[1:]) % 10 in (0, 1) and dice.random() < 0.6 else "",
            "tags": ("trade-grew",) if dice.random() < 0.4 else (),
        }
    return p.Firm(
        firm_id=key, name_zh=f"示例企业{key}", name_en=f"Sample firm {key}", zone_id=zone.zone_id, sectors=tuple(own), markets=tuple(aims),
        export_usd=Decimal(int(200_000 * large)), record=round(dice.betavariate(2, 2), 2), teams=1 if large < 6 else 2 if large < 20 else 4,
        own_money=_own_money(dice, large), staff=staff, turnover=Decimal(int(3_000_000 * large)), sme=staff < 400,
        founded=date(dice.randint(1992, 2023), dice.randint(1, 12), 1), **more, **SAMPLE,
    )  # fmt: skip


def _own_money(dice: Random, large: float) -> Decimal | None:
    """Half of the firms have said what they can spend: about one to five fairs, the large ones more."""
    if dice.random() < 0.5:
        return None
    return Decimal(1_000 * round(32 * dice.lognormvariate(0, 0.5) * min(1 + large, 30)))


class Desk:
    """Takes the applications: weighted draws from the phases of a firm's sectors."""

    def __init__(self, dice: Random, year: tuple[Booked, ...], level: Level, ranked: set[str]) -> None:
        self.dice, self.level, self.year, self.ranked = dice, level, year, ranked
        by_sector: dict[str, list[Booked]] = defaultdict(list)
        follow: dict[str, list[Booked]] = defaultdict(list)
        for b in year:
            for sector in b.sectors:
                by_sector[sector].append(b)
            follow[f"~{b.round}" if b.round else b.fair.fair_id].append(b)
        self.near = {s: (found, list(accumulate(b.draws for b in found))) for s, found in by_sector.items()}
        self.any = (list(year), list(accumulate(b.draws for b in year)))
        self.follow = {key: sorted(found, key=lambda b: b.phase.start or AS_OF) for key, found in follow.items()}

    def take(self, people: tuple[p.Firm, ...]) -> tuple[p.Application, ...]:
        """All that firms ask for, in order of firm and phase; the larger a firm the more, as a rule."""
        by_size = sorted(people, key=lambda f: (self.dice.gauss(0, 1) + math.log(int(f.export_usd or 0)), f.firm_id))
        spread = NormalDist(*ASKED)
        many = {f.firm_id: math.exp(spread.inv_cdf((n + 0.5) / len(people))) for n, f in enumerate(by_size)}
        return tuple(chain.from_iterable(self.of(f, round(many[f.firm_id])) for f in people))

    def of(self, firm: p.Firm, many: int) -> list[p.Application]:
        """About so many phases that one firm asks for, in order of phase."""
        wanted = min(MOST_ASKED, max(1, many), len(self.year))
        chosen: dict[str, Booked] = {}
        for _ in range(4 * wanted):
            if len(chosen) >= wanted:
                break
            found = self._draw(firm)
            chosen.setdefault(found.phase.phase_id, found)
            for nxt in self._next(found):
                if len(chosen) < wanted and self.dice.random() < (ON if found.round else AGAIN):
                    chosen.setdefault(nxt.phase.phase_id, nxt)
        order = list(chosen)
        return [self._application(firm, chosen[q], order.index(q) + 1) for q in sorted(order)]

    def _draw(self, firm: p.Firm) -> Booked:
        for _ in range(4):
            pool = self.any
            if self.dice.random() < NEAR:
                pool = self.near.get(self.dice.choice(firm.sectors), self.any)
            found = self.dice.choices(pool[0], cum_weights=pool[1])[0]
            if not found.abroad or set(found.markets) & set(firm.markets) or self.dice.random() < 0.5:
                break
        return found

    def _next(self, found: Booked) -> list[Booked]:
        return [b for b in self.follow[f"~{found.round}" if found.round else found.fair.fair_id] if b is not found]

    def _application(self, firm: p.Firm, booked: Booked, order: int) -> p.Application:
        dice, exhibits = self.dice, booked.role is Role.EXHIBIT
        wanted, least = 1 if exhibits else 0, 1 if exhibits else 0
        if exhibits and self.level != "base":
            wanted = dice.choices(BOOTHS, BOOTH_WEIGHTS)[0]
            least = wanted if wanted > 4 or dice.random() < 0.2 else 1
        raw = wanted >= 6
        stand = StandKind.NONE if not exhibits else StandKind.RAW if raw else StandKind.STANDARD
        score = round(40 + 35 * firm.record + 25 * dice.random(), 1) if booked.fair.fair_id in self.ranked else None
        return p.Application(
            firm_id=firm.firm_id, phase_id=booked.phase.phase_id, role=booked.role, stand=stand, booths=wanted, least_booths=least,
            preference=min(order, 5), people=dice.choice((1, 2, 2, 3)), received=AS_OF - timedelta(days=dice.randrange(5, 120)),
            score=score, **SAMPLE,
        )  # fmt: skip
