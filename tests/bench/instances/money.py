"""Money: funds of organisers for travel, of regions for claims; rule packs whose claims of one firm depend on one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from random import Random

from fairplanner.domain import money as m
from fairplanner.domain import planning as p
from fairplanner.domain.kinds import Confidence, CostLine, Nature, Where
from fairplanner.domain.packs import Bonus, Cite, FirmTest, Limit, Pack, PackChoice, Subsidy
from tests.bench.instances.firms import ROOT
from tests.bench.instances.seeds import SAMPLE, YEAR
from tests.bench.instances.sizes import Level
from tests.bench.instances.terms import Asked

PARTY = (CostLine.FARE, CostLine.LODGING, CostLine.MEALS, CostLine.INCIDENTALS)
A_PARTY, A_CLAIM = 32_000, 9_000
"""What a delegation's officials and a claim cost about, CNY: what funds are measured by."""
QUARTERS = ((date(YEAR, 1, 5), 0.2), (date(YEAR, 4, 10), 0.3), (date(YEAR, 7, 10), 0.2), (date(YEAR, 10, 10), 0.3))


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
    share = 0.35 if level == "packs" else 0.5
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
            _fund(f"claims-{r}", Nature.TRADE_DEVELOPMENT, r, n * A_CLAIM * 1.2, tuple(CostLine))
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


def packs(asked: Asked, level: Level) -> tuple[tuple[Pack, ...], tuple[PackChoice, ...]]:
    """One pack a region, for the firms of its zones, paid by its fund; the rates differ from region to region."""
    if level != "packs":
        return (), ()
    regions = [z.zone_id for z in asked.zones if z.kind == "region"]
    made = tuple(_pack(f"pk-{r}", n) for n, r in enumerate(regions))
    chosen = tuple(PackChoice(id=f"pk-{r}", fund=f"claims-{r}", zone=r) for r in regions)
    return made, chosen


def _pack(key: str, number: int) -> Pack:
    """Stands by turn in date order, fares of people, fit-out rounded over the year; caps of a year, market, group, window."""
    stand = Subsidy(
        subsidy_id="stand", turns=(Decimal("0.8"), Decimal("0.5"), Decimal("0.3")), order="event",
        cap_by_booths=(Decimal(12_000 + 1_000 * (number % 4)), Decimal(5_000)), cap_phase=Decimal(24_000),
        bonus=(),
    )  # fmt: skip
    people = Subsidy(
        subsidy_id="people", where=Where.ABROAD, lines=(CostLine.FARE,), rate=Decimal("0.5"), most_people=2,
        cap_person=Decimal(4_000), of=FirmTest(sme_only=True),
    )  # fmt: skip
    other = Subsidy(
        subsidy_id="other", lines=(CostLine.FITOUT, CostLine.FREIGHT), rate=Decimal("0.4"), round_at="year",
        round_to=Decimal(500), least=Decimal(1_000), of=FirmTest(tags=("trade-grew",)),
        bonus=(Bonus(of=FirmTest(sme_only=True), rate=Decimal("0.1")),),
    )  # fmt: skip
    limits = (
        Limit(limit_id="year", most=Decimal(18_000 + 2_000 * (number % 3)), each=("year",)),
        Limit(limit_id="market", most=Decimal(14_000), each=("market", "year"), subsidies=("stand", "people")),
        Limit(limit_id="group", most=Decimal(28_000), each=("year",), per="group", subsidies=("stand", "people")),
        Limit(
            limit_id="window", most=Decimal(45_000), each=("window",), window_months=36, subsidies=("stand", "people")
        ),
    )
    return Pack(
        pack_id=key, name_zh=f"规则包{key}（示例）", name_en=f"Pack {key} (sample)", jurisdiction_zh="示例", jurisdiction_en="Sample",
        source="sample", sources={"sample": Cite(title="示例 sample", confidence=Confidence.SAMPLE, reading="first-hand")},
        subsidies=(stand, people, other), limits=limits,
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
