"""What the office says of the year: choices, quotas, prices, other costs, stays, posts, targets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from random import Random
from typing import Any

from fairplanner.domain import money as m
from fairplanner.domain import planning as p
from fairplanner.domain.kinds import CostLine, Counts, Policy, Role, StandKind
from tests.bench.instances.fairs import Booked
from tests.bench.instances.firms import AS_OF, ROOT
from tests.bench.instances.seeds import SAMPLE, places
from tests.bench.instances.sizes import Level
from tests.catalogs.reference import by_id, rows

RANKED, FIRST_HOME, FIRST_ABROAD = 0.2, 0.15, 0.15
"""Share of fairs at home in a published order; of those at home and abroad that go by date of application."""


@dataclass(frozen=True)
class Asked:
    """The year, the zones and what the firms ask for, with the sums that quotas and money are measured by."""

    year: tuple[Booked, ...]
    zones: tuple[p.Zone, ...]
    firms: tuple[p.Firm, ...]
    applications: tuple[p.Application, ...]

    @cached_property
    def booked(self) -> dict[str, Booked]:
        """The year by phase."""
        return {b.phase.phase_id: b for b in self.year}

    @cached_property
    def above(self) -> dict[str, tuple[str, ...]]:
        """Each zone with all above it."""
        parent = {z.zone_id: z.parent for z in self.zones}
        chains = {}
        for zone in parent:
            chain = [zone]
            while parent[chain[-1]]:
                chain.append(parent[chain[-1]])
            chains[zone] = tuple(chain)
        return chains

    @cached_property
    def zone_of(self) -> dict[str, str]:
        """Zone of each firm."""
        return {f.firm_id: f.zone_id for f in self.firms}

    @cached_property
    def demand(self) -> dict[str, Counter[tuple[str, bool]]]:
        """Booths asked for by phase, by zone (all above included) and whether raw space."""
        sums: dict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
        for a in self.applications:
            if a.role is Role.EXHIBIT:
                for zone in self.above[self.zone_of[a.firm_id]]:
                    sums[a.phase_id][zone, a.stand is StandKind.RAW] += a.booths
        return sums

    @cached_property
    def takers(self) -> Counter[tuple[str, str]]:
        """Firms that ask, by phase and organiser (those below included)."""
        sends = {z.zone_id for z in self.zones if z.sends}
        return Counter(
            (a.phase_id, zone)
            for a in self.applications
            for zone in self.above[self.zone_of[a.firm_id]]
            if zone in sends
        )

    @cached_property
    def organisers(self) -> tuple[str, ...]:
        """Zones that send."""
        return tuple(z.zone_id for z in self.zones if z.sends)


def choices(dice: Random, year: Iterable[Booked], level: Level, *, small: bool) -> tuple[p.Choice, ...]:
    """One row a fair: weight, policy, least firms and officials abroad."""
    fairs = {b.fair.fair_id: b for b in year}
    policies = _policies(dice, fairs, level)
    made = []
    for fair_id, b in sorted(fairs.items()):
        least = dice.choice((2, 3, 3, 4) if small else (3, 4, 5, 6)) if b.abroad else None
        officials = dice.choice((0, 1, 2, 3)) if b.abroad else None
        most = dice.choice((None, None, 8, 12)) if b.abroad and level != "base" else None
        made.append(
            p.Choice(
                fair_id=fair_id, policy=policies.get(fair_id, Policy.OPTIMISE), weight=round(dice.betavariate(3, 2), 2), least_firms=least, most_firms=most,
                officials=officials, **SAMPLE,
            )
        )  # fmt: skip
    return tuple(made)


def _policies(dice: Random, fairs: Mapping[str, Booked], level: Level) -> dict[str, Policy]:
    """Fairs in a published order and by date of application: those shares of the exhibitions at home and abroad."""
    if level == "base":
        return {}
    home = sorted(f for f, b in fairs.items() if not b.abroad and b.role is Role.EXHIBIT)
    away = sorted(f for f, b in fairs.items() if b.abroad)
    dice.shuffle(home)
    dice.shuffle(away)
    ranked, first = max(1, round(RANKED * len(home))), round(FIRST_HOME * len(home))
    by_date = [*home[ranked : ranked + first], *away[: round(FIRST_ABROAD * len(away))]]
    return dict.fromkeys(home[:ranked], Policy.RANK) | dict.fromkeys(by_date, Policy.FIRST_CONFIRMED)


def quotas(dice: Random, asked: Asked, said: Mapping[str, p.Choice], level: Level) -> tuple[p.Quota, ...]:
    """Booths of the nation at most phases, less than are asked for; at some also of each organiser, and of some parks."""
    made = []
    for b in asked.year:
        key, demand = b.phase.phase_id, asked.demand[b.phase.phase_id]
        ranked = said[b.fair.fair_id].policy is Policy.RANK
        if b.role is not Role.EXHIBIT or not (ranked or dice.random() < 0.9):
            continue
        share = dice.uniform(0.15, 0.5)
        made.append(_quota(key, ROOT, demand, share))
        if level != "base" and (ranked or dice.random() < 0.4):
            zones = sorted({zone for zone, _ in demand if zone.startswith("o")})
            made += [
                _quota(key, z, demand, share * dice.uniform(0.8, 1.6))
                for z in zones
                if "-" not in z or dice.random() < 0.2
            ]
    return tuple(sorted(made, key=lambda q: (q.phase_id, q.section_id, q.zone_id)))


def _quota(phase: str, zone: str, demand: Counter[tuple[str, bool]], share: float) -> p.Quota:
    raw = demand[zone, True]
    area = 9 * max(8, round(raw * share)) if raw else None
    booths = max(2, round(demand[zone, False] * share))
    return p.Quota(phase_id=phase, zone_id=zone, booths=booths, area_m2=area, **SAMPLE)


def prices(dice: Random, year: Iterable[Booked]) -> tuple[m.Price, ...]:
    """What a booth costs: more abroad, raw space a little less."""
    made = []
    for fair_id, b in sorted({b.fair.fair_id: b for b in year}.items()):
        base = dice.randrange(14, 36) if b.abroad else dice.randrange(6, 22)
        for stand, amount in ((StandKind.RAW, base * 850), (StandKind.STANDARD, base * 1000)):
            made.append(m.Price(fair_id=fair_id, stand=stand, per_booth=Decimal(amount), **SAMPLE))
    return tuple(made)


def costs(dice: Random, year: Iterable[Booked]) -> tuple[m.Cost, ...]:
    """Freight abroad, fit-out a booth, fees at a third of the fairs."""
    made = []
    for fair_id, b in sorted({b.fair.fair_id: b for b in year}.items()):
        lines: dict[str, tuple[int, str]] = {"fitout": (dice.randrange(5, 25), "booth")}
        if b.abroad:
            lines["freight"] = dice.randrange(20, 90), "firm"
        if dice.random() < 0.33:
            lines["fees"] = dice.randrange(3, 12), "person"
        made += [
            m.Cost(fair_id=fair_id, line=CostLine(line), per=per, amount=Decimal(100 * hundreds), **SAMPLE)  # type: ignore[arg-type]
            for line, (hundreds, per) in sorted(lines.items())
        ]
    return tuple(made)


def stays() -> tuple[m.Stay, ...]:
    """The catalogue's tariff; the other cities at that of the catalogue's nearest host abroad, marked sample."""
    known = by_id("stays")
    like = known["singapore"]
    more = [
        m.Stay(
            place_id=q.place_id,
            lodging=like.lodging,
            meals=like.meals,
            incidentals=like.incidentals,
            currency=like.currency,
            **SAMPLE,
        )
        for q in places()
        if q.place_id not in known
    ]
    return tuple(sorted((*rows("stays"), *more), key=lambda s: s.place_id))


def rates() -> tuple[m.Rate, ...]:
    """Exchange rates, samples, for the currencies of the stays."""
    return tuple(m.Rate(currency=c, rate=Decimal(r), on=AS_OF, **SAMPLE) for c, r in (("HKD", "0.92"), ("USD", "7.15")))


def posts(dice: Random, asked: Asked, level: Level) -> tuple[p.Post, ...]:
    """Leaders with each organiser, interpreters with the regions (scarce in `packs`), one of each language with the root."""
    languages = sorted({t.interpreter for t in rows("territories")} - {""})
    scarce = level == "packs"
    wanted: list[tuple[str, str, int]] = []
    for zone in asked.zones:
        if zone.sends:
            busy = sum(1 for b in asked.year if b.abroad and asked.takers[b.phase.phase_id, zone.zone_id] >= 3)
            wanted.append((zone.zone_id, "leader", max(1, busy // (14 if scarce else 6))))
        elif zone.kind == "region":
            wanted += [
                (zone.zone_id, f"interpreter:{lang}", 2 if scarce else 5)
                for lang in languages
                if lang == "en" or dice.random() < 0.5
            ]
        elif zone.zone_id == ROOT:
            wanted += [(ROOT, f"interpreter:{lang}", 2 if scarce else 5) for lang in languages]
    made = [
        p.Post(
            post_id=f"{zone}-{skill.replace(':', '-')}-{n}", title_zh=f"岗位{n}（示例）", title_en=f"post {n} (sample)",
            zone_id=zone, skill=skill, **SAMPLE,
        )
        for zone, skill, many in wanted
        for n in range(1, many + 1)
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: one.post_id))


def targets(asked: Asked) -> tuple[p.Target, ...]:
    """Soft ones a little out of reach, for the nation and for each region; one floor that a plan keeps with ease."""
    many = len(asked.firms)
    regions = [z.zone_id for z in asked.zones if z.kind == "region"]
    firms_of = Counter(asked.above[f.zone_id][-2] for f in asked.firms)
    made = [
        _target("T-floor", ROOT, Counts.FIRMS, round(many * 0.2), floor=True, points=20),
        _target("T-places", ROOT, Counts.PARTICIPATIONS, round(many * 2.4), points=4),
        _target("T-booths", ROOT, Counts.BOOTHS, round(many * 3.4), points=2),
        _target("T-emerging", ROOT, Counts.PARTICIPATIONS, round(many * 0.7), points=8, market_class="emerging"),
        _target("T-fairs", ROOT, Counts.FAIRS, round(0.9 * len({b.fair.fair_id for b in asked.year})), points=15),
    ]
    for region in regions:
        made.append(
            _target(
                f"T-abroad-{region}", region, Counts.PARTICIPATIONS, round(firms_of[region]), points=6, abroad_only=True
            )
        )
        made.append(_target(f"T-firms-{region}", region, Counts.FIRMS, round(firms_of[region] * 0.95), points=5))
    return tuple(sorted(made, key=lambda t: t.target_id))


def _target(key: str, zone: str, counts: Counts, at_least: int, **more: Any) -> p.Target:
    return p.Target(
        target_id=key, name_zh=f"目标{key}（示例）", name_en=f"Target {key} (sample)", zone_id=zone, counts=counts,
        at_least=at_least, **more, **SAMPLE,
    )  # fmt: skip
