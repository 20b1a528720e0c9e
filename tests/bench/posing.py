"""Time and memory of posing a made-up programme: `python -m tests.bench.posing FIRMS PHASES APPLICATIONS_PER_FIRM`.

Two plain subsidies, and a pack of three with limits, a ledger and other costs. Prints seconds (of the clock and of the
processor), peak memory and the length of every table; nothing is asserted, the machine decides.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from datetime import date, timedelta
from decimal import Decimal

from fairplanner.domain.kinds import CostLine, Policy, Role, StandKind, Where
from fairplanner.domain.packs import Bonus, FirmTest, Pack
from fairplanner.domain.programme import Programme
from fairplanner.pose import pose
from fairplanner.rules.tables import SCHEMAS
from tests import builders as b

CITIES = {
    "hills": (26.6, 106.7, "CN", "Asia/Shanghai"), "harbour": (23.1, 113.3, "CN", "Asia/Shanghai"), "river": (31.2, 121.5, "CN", "Asia/Shanghai"),
    "lion": (1.3, 103.8, "SG", "Asia/Singapore"), "bay": (33.8, -117.9, "US", "America/Los_Angeles"), "peak": (22.3, 114.2, "HK", "Asia/Hong_Kong"),
    "canal": (51.2, 6.8, "DE", "Europe/Berlin"), "palm": (25.2, 55.3, "AE", "Asia/Dubai"),
}  # fmt: skip


def the_pack() -> Pack:
    """Three subsidies that couple: by turn with a bonus and falling booth caps, on journeys, and rounded over the year."""
    stand = b.pack_subsidy(
        "stand", turns=(Decimal("0.8"), Decimal("0.5"), Decimal("0.3")), cap_by_booths=(Decimal(9_000), Decimal(4_000)),
        lead_days=30, of=FirmTest(sme_only=True), cap_phase=Decimal(30_000),
    )  # fmt: skip
    people = b.pack_subsidy("people", lines=(CostLine.FARE, CostLine.LODGING), most_people=2, cap_person=Decimal(6_000))
    other = b.pack_subsidy(
        "other", lines=(CostLine.FITOUT, CostLine.FREIGHT), round_at="year", round_to=Decimal(100), least=Decimal(500),
        bonus=(Bonus(of=FirmTest(tags=("trade-grew",)), rate=Decimal("0.1")),),
    )  # fmt: skip
    limits = (
        b.limit(60_000, "year", each=("year",)), b.limit(40_000, "market", each=("market", "year"), subsidies=("stand", "people")),
        b.limit(100_000, "window", each=("window",), window_months=36, per="group"),
    )  # fmt: skip
    return b.pack(stand, people, other, limits=limits)


def made_up(firms: int, phases: int, each: int, zones: int = 30) -> Programme:
    """A programme of that size; the same numbers give the same programme."""
    dice = random.Random(7)  # noqa: S311  (not a secret)
    fairs = [f"fair{n:03}" for n in range(max(1, phases // 2))]
    dated = []
    for n in range(phases):
        start, place = date(2025, 1, 6) + timedelta(days=dice.randrange(340)), dice.choice(sorted(CITIES))
        dated.append(
            b.phase(
                fairs[n % len(fairs)],
                n,
                start=start,
                end=start + timedelta(days=dice.choice((2, 3, 4))),
                place_id=place,
            )
        )
    names = [f"z{n:02}" for n in range(zones)]
    people = [
        b.firm(
            f"f{n:05}",
            dice.choice(names),
            record=round(dice.random(), 2),
            sectors=(dice.choice(("tea", "steel")),),
            tags=dice.choice(((), ("trade-grew",))),
            group=f"g{n // 2}" if n % 10 < 2 else "",
        )
        for n in range(firms)
    ]
    asked = [
        b.application(
            f.firm_id, q.phase_id, booths=dice.choice((1, 1, 2, 4)), role=dice.choice((Role.EXHIBIT, Role.EXHIBIT, Role.BUY)),
            preference=dice.randint(1, 3), stand=dice.choice((StandKind.STANDARD, StandKind.RAW)), people=dice.randint(1, 4),
        )
        for f in people
        for q in dice.sample(dated, min(each, phases))
    ]  # fmt: skip
    past = sorted(
        {(f.firm_id, dice.choice(fairs), date(dice.randint(2021, 2024), 5, 1)) for f in people if dice.random() < 0.4}
    )
    return b.packed(
        the_pack(),
        ledger=tuple(b.ledger_row(*row, 8_000, subsidy_id="pk.stand") for row in past),
        costs=tuple(b.cost(line, 900, f, per=per) for f in fairs for line, per in (("fitout", "booth"), ("freight", "firm"))),
        fairs=tuple(b.fair(f, roles=("exhibit", "buy"), sectors=("tea",)) for f in fairs),
        phases=tuple(dated),
        places=tuple(b.place(name, lat, lon, land, tz) for name, (lat, lon, land, tz) in CITIES.items()),
        territories=tuple(
            b.r.Territory(territory_id=t, name_zh=t, name_en=t, **b.SAMPLE) for t in sorted({c[2] for c in CITIES.values()})
        ),
        sectors=tuple(b.r.Sector(sector_id=s, name_zh=s, name_en=s, **b.SAMPLE) for s in ("tea", "steel")),
        zones=(b.zone("prov"), *(b.zone(z, "prov") for z in names)),
        firms=tuple(people),
        applications=tuple(asked),
        subsidies=(b.subsidy(), b.subsidy(subsidy_id="third", rate=0.3, where=Where.EVERYWHERE)),
        quotas=tuple(b.quota(q.phase_id, 40) for q in dated[::2]),
        prices=tuple(b.price(f, stand=s) for f in fairs for s in (StandKind.STANDARD, StandKind.RAW)),
        stays=tuple(b.stay(name) for name in CITIES),
        choices=tuple(b.choice(f, policy=dice.choice((None, Policy.OPTIMISE))) for f in fairs),
    )  # fmt: skip


def main(firms: int, phases: int, each: int) -> str:
    """One line of figures, then one a table."""
    programme = made_up(firms, phases, each)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, worked = time.perf_counter(), time.process_time()
    problem = pose(programme)
    seconds, worked = time.perf_counter() - start, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    lines = [
        f"{firms} firms, {phases} phases, {each} each: {seconds:.1f} s ({worked:.1f} s of the processor), peak {peak // 1024} MB ({before // 1024} before)"
    ]
    return "\n".join([*lines, *(f"  {name}: {len(problem.table(name))}" for name in SCHEMAS)])


if __name__ == "__main__":
    sys.stdout.write(main(*map(int, sys.argv[1:4])) + "\n")
