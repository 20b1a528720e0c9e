"""Rule packs whose claims of one firm depend on one another: one a region, samples all."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from fairplanner.domain.kinds import Confidence, CostLine, Where
from fairplanner.domain.packs import Bonus, Cite, FirmTest, Limit, Pack, PackChoice, Subsidy
from tests.bench.instances.sizes import Level
from tests.bench.instances.terms import Asked

NAMES = {
    "stand": ("展位补贴（示例）", "Stands (sample)"), "people": ("人员交通补贴（示例）", "Fares (sample)"),
    "other": ("特装运输补贴（示例）", "Fit-out and freight (sample)"), "year": ("全年上限（示例）", "A year (sample)"),
    "market": ("每市场上限（示例）", "A market (sample)"), "group": ("关联企业上限（示例）", "Connected firms (sample)"),
    "window": ("三年上限（示例）", "Three years (sample)"),
}  # fmt: skip


def packs(asked: Asked, level: Level) -> tuple[tuple[Pack, ...], tuple[PackChoice, ...]]:
    """One pack a region, for the firms of its zones, paid by its fund; amounts differ from region to region."""
    if level != "packs":
        return (), ()
    regions = [z.zone_id for z in asked.zones if z.kind == "region"]
    made = tuple(_pack(f"pk-{r}", n) for n, r in enumerate(regions))
    chosen = tuple(PackChoice(id=f"pk-{r}", fund=f"claims-{r}", zone=r) for r in regions)
    return made, chosen


def _pack(key: str, number: int) -> Pack:
    return Pack(
        pack_id=key, name_zh=f"规则包{key}（示例）", name_en=f"Pack {key} (sample)", jurisdiction_zh="示例", jurisdiction_en="Sample",
        source="sample", sources={"sample": Cite(title="示例 sample", confidence=Confidence.SAMPLE, reading="first-hand")},
        subsidies=_subsidies(number), limits=_limits(number),
    )  # fmt: skip


def _named(key: str) -> dict[str, Any]:
    zh, en = NAMES[key]
    return {"name_zh": zh, "name_en": en}


def _subsidies(number: int) -> tuple[Subsidy, ...]:
    """Stands by turn in date order (all firms, all fairs), fares of two people abroad, fit-out rounded over the year."""
    first = Decimal(10_000 + 1_000 * (number % 4))
    return (
        Subsidy(
            subsidy_id="stand", turns=(Decimal("0.8"), Decimal("0.5"), Decimal("0.3")), order="event",
            cap_by_booths=(first, Decimal(4_000)), cap_phase=Decimal(24_000), **_named("stand"),
        ),
        Subsidy(
            subsidy_id="people", where=Where.ABROAD, lines=(CostLine.FARE,), rate=Decimal("0.5"), most_people=2,
            cap_person=Decimal(4_000), of=FirmTest(sme_only=True), **_named("people"),
        ),
        Subsidy(
            subsidy_id="other", lines=(CostLine.FITOUT, CostLine.FREIGHT), rate=Decimal("0.4"), round_at="year",
            round_to=Decimal(500), least=Decimal(1_000), of=FirmTest(tags=("trade-grew",)),
            bonus=(Bonus(of=FirmTest(sme_only=True), rate=Decimal("0.1")),), **_named("other"),
        ),
    )  # fmt: skip


def _limits(number: int) -> tuple[Limit, ...]:
    """Money of a year, of a market and year, of connected firms and year, of three years rolling."""
    both = ("stand", "people")
    year = Decimal(17_000 + 1_000 * (number % 3))
    return (
        Limit(limit_id="group", most=Decimal(28_000), each=("year",), per="group", subsidies=both, **_named("group")),
        Limit(limit_id="market", most=Decimal(15_000), each=("market", "year"), subsidies=both, **_named("market")),
        Limit(
            limit_id="window",
            most=Decimal(40_000),
            each=("window",),
            window_months=36,
            subsidies=both,
            **_named("window"),
        ),
        Limit(limit_id="year", most=year, each=("year",), **_named("year")),
    )
