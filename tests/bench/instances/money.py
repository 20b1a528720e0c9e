"""Money: funds of organisers for travel, of regions for claims; what was paid before; awards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from random import Random

from fairplanner.domain import money as m
from fairplanner.domain import planning as p
from fairplanner.domain.kinds import CostLine, Nature, Where
from tests.bench.instances.firms import ROOT
from tests.bench.instances.seeds import SAMPLE, YEAR
from tests.bench.instances.sizes import Level
from tests.bench.instances.terms import Asked

PARTY = (CostLine.FARE, CostLine.LODGING, CostLine.MEALS, CostLine.INCIDENTALS)
A_PARTY, A_CLAIM = 32_000, 9_000
"""What a delegation's officials and a claim cost about, CNY: what funds are measured by."""
QUARTERS = ((date(YEAR, 1, 5), 0.15), (date(YEAR, 4, 10), 0.4), (date(YEAR, 7, 10), 0.1), (date(YEAR, 10, 10), 0.35))


def _fund(key: str, nature: Nature, zone: str, amount: float, pays: Iterable[CostLine], **more: float) -> m.Fund:
    return m.Fund(
        fund_id=key, name_zh=f"资金{key}（示例）", name_en=f"Fund {key} (sample)", nature=nature, zone_id=zone,
        amount=Decimal(1000 * max(1, round(amount / 1000))), period_from=date(YEAR, 1, 1), period_to=date(YEAR + 1, 6, 30),
        pays=tuple(pays), **more, **SAMPLE,
    )  # fmt: skip


def funds(asked: Asked, level: Level) -> tuple[m.Fund, ...]:
    """One for travel with each organiser; in `rules` one for the nation's claims, in `packs` one with each region too."""
    parties: Counter[str] = Counter()
    for b in asked.year:
        for zone in asked.organisers:
            parties[zone] += b.abroad and asked.takers[b.phase.phase_id, zone] >= 4
    share = 0.2 if level == "packs" else 0.4
    made = [
        _fund(f"travel-{z}", Nature.OFFICIAL_TRAVEL, z, max(60_000, share * A_PARTY * parties[z]), PARTY)
        for z in asked.organisers
    ]
    firms = Counter(asked.above[f.zone_id][-2] for f in asked.firms)
    if level != "base":
        amount = len(asked.firms) * A_CLAIM * (0.5 if level == "rules" else 0.25)
        made.append(_fund("claims", Nature.TRADE_DEVELOPMENT, ROOT, amount, tuple(CostLine), certainty=0.8))
    if level == "packs":
        made += [
            _fund(f"claims-{r}", Nature.TRADE_DEVELOPMENT, r, n * A_CLAIM * 1.5, tuple(CostLine))
            for r, n in sorted(firms.items())
        ]
    return tuple(sorted(made, key=lambda f: f.fund_id))


def instalments(made: Iterable[m.Fund], level: Level) -> tuple[m.Instalment, ...]:
    """In `packs` the claims of regions and every second organiser's travel money come in by quarter."""
    if level != "packs":
        return ()
    parts = [f for n, f in enumerate(made) if f.nature is Nature.TRADE_DEVELOPMENT or n % 2]
    return tuple(
        m.Instalment(
            fund_id=f.fund_id, on=on, amount=(f.amount * Decimal(str(share))).quantize(Decimal("0.01")), **SAMPLE
        )
        for f in parts
        for on, share in QUARTERS
    )


def subsidies(level: Level) -> tuple[m.PlainSubsidy, ...]:
    """One plain subsidy: half of the stand abroad, more for emerging markets, with a yearly cap."""
    if level == "base":
        return ()
    return (
        m.PlainSubsidy(
            subsidy_id="plain", name_zh="境外展位补贴（示例）", name_en="Stands abroad (sample)", fund_id="claims", rate=0.3,
            rate_emerging=0.4, cap_phase=Decimal(12_000), cap_year=Decimal(24_000), where=Where.ABROAD, **SAMPLE,
        ),
    )  # fmt: skip


def ledger(dice: Random, asked: Asked, level: Level) -> tuple[m.LedgerRow, ...]:
    """In `packs` a third of the firms have been paid for one or two fairs in the three years before."""
    if level != "packs":
        return ()
    fairs = sorted({b.fair.fair_id for b in asked.year})
    made: dict[tuple[str, str, date, str], m.LedgerRow] = {}
    for firm in asked.firms:
        if dice.random() >= 0.33:
            continue
        region = asked.above[firm.zone_id][-2]
        for _ in range(dice.choice((1, 1, 2, 3))):
            on = date(YEAR - dice.choice((1, 2, 2, 3)), dice.randint(3, 11), dice.randint(1, 28))
            key = (firm.firm_id, dice.choice(fairs), on, f"pk-{region}.stand")
            made[key] = m.LedgerRow(
                firm_id=key[0], fair_id=key[1], on=on, subsidy_id=key[3], amount=Decimal(1_000 * dice.randint(3, 16)),
                booths=dice.choice((1, 1, 2)), **SAMPLE,
            )  # fmt: skip
    return tuple(made[key] for key in sorted(made))


def awards(made: Iterable[p.Target], level: Level) -> tuple[m.Award, ...]:
    """In `packs` an award on each regional target, its rest paid only where the target is met."""
    if level != "packs":
        return ()
    return tuple(
        m.Award(
            award_id=f"A-{t.target_id}", name_zh=f"奖励{t.target_id}（示例）", name_en=f"Award {t.target_id} (sample)", zone_id=t.zone_id,
            amount=Decimal(4_000 * max(1, t.at_least)), target_id=t.target_id, points_per_1000=0.5, **SAMPLE,
        )
        for t in made
        if t.zone_id != ROOT
    )  # fmt: skip
