"""What the chosen rule packs and the plain subsidies of a programme come to: full ids, funds, validity, one currency."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from fairplanner.domain.kinds import Regime
from fairplanner.domain.money import PlainSubsidy
from fairplanner.domain.packs import (
    Exclusion,
    FirmTest,
    GroupMinimum,
    Limit,
    MarketSpread,
    Pack,
    PackChoice,
    Share,
    ShareLimit,
    Subsidy,
    TravelRules,
)
from fairplanner.domain.settings import OF_TRAVEL_PACKS, Profile

CENT = Decimal("0.01")
AMOUNTS = ("cap_booth", "cap_m2", "cap_person", "cap_phase", "least_cost", "least")
Coupled = TypeVar("Coupled", Limit, ShareLimit, GroupMinimum, MarketSpread, Exclusion)


def full_id(pack_id: str, part_id: str) -> str:
    """Id of a pack's part in a programme: `pack.part`."""
    return f"{pack_id}.{part_id}"


def plain(row: PlainSubsidy) -> Subsidy:
    """A row of `subsidies` as a full subsidy; its yearly cap is `plain_limits`' business."""
    share = {"rate": Decimal(str(row.rate))}
    if row.rate_emerging is not None:
        share["rate_emerging"] = Decimal(str(row.rate_emerging))
    return Subsidy(
        subsidy_id=row.subsidy_id, name_zh=row.name_zh, name_en=row.name_en, source=row.source, fund_id=row.fund_id,
        where=row.where, of=FirmTest(sme_only=row.sme_only), cap_booth=row.cap_booth, cap_phase=row.cap_phase, **share,
    )  # fmt: skip


def of_pack(pack: Pack, choice: PackChoice, to_programme: Decimal) -> tuple[Subsidy, ...]:
    """The subsidies of a chosen pack; `to_programme`: programme currency for one unit of the pack's."""
    return tuple(_placed(pack, choice, subsidy, to_programme) for subsidy in pack.subsidies)


def _placed(pack: Pack, choice: PackChoice, subsidy: Subsidy, rate: Decimal) -> Subsidy:
    amounts = {name: _times(getattr(subsidy, name), rate) for name in AMOUNTS}
    last = subsidy.valid_to or pack.valid_to
    return subsidy.model_copy(
        update=amounts
        | {
            "subsidy_id": full_id(pack.pack_id, subsidy.subsidy_id),
            "pack_id": pack.pack_id,
            "fund_id": choice.funds.get(subsidy.subsidy_id, choice.fund),
            "zone_id": choice.zone,
            "valid_from": subsidy.valid_from or pack.valid_from,
            "valid_to": None if choice.still_valid else last,
            "cap_by_booths": tuple(_money(c, rate) for c in subsidy.cap_by_booths),
            "round_to": subsidy.round_to if subsidy.round_to == CENT else _money(subsidy.round_to, rate),
            "of": in_currency(subsidy.of, rate),
        }
    )


def in_currency(test: FirmTest, rate: Decimal) -> FirmTest:
    """A test whose turnover is told in programme currency."""
    names = ("least_turnover", "most_turnover")
    return test.model_copy(update={name: _times(getattr(test, name), rate) for name in names})


def _times(amount: Decimal | None, rate: Decimal) -> Decimal | None:
    return None if amount is None else _money(amount, rate)


def _money(amount: Decimal, rate: Decimal) -> Decimal:
    return (amount * rate).quantize(CENT, ROUND_HALF_UP)


def plain_limits(rows: Iterable[PlainSubsidy]) -> tuple[Limit, ...]:
    """The yearly caps of plain subsidies."""
    return tuple(
        Limit(limit_id=full_id(r.subsidy_id, "year"), subsidies=(r.subsidy_id,), most=r.cap_year, source=r.source)
        for r in rows
        if r.cap_year is not None
    )


class PhaseCap(Limit):
    """`cap_phase` of a subsidy over several claims; less in Hong Kong and Macao, as it is there of one claim."""

    hkmo_share: Share = Decimal(1)


def phase_caps(subsidies: Mapping[str, Subsidy]) -> tuple[Limit, ...]:
    """`cap_phase` once more, over all of a firm's claims at one phase (it may stand in two sections).

    Not of subsidies rounded over the year: their claims are cut as one, which no cap of a phase can bind.
    """
    return tuple(
        PhaseCap(
            limit_id=full_id(s, "phase"), subsidies=(s,), each=("phase",), most=subsidy.cap_phase,
            hkmo_share=subsidy.hkmo_share,
        )
        for s, subsidy in subsidies.items()
        if subsidy.cap_phase is not None and subsidy.round_at != "year"
    )  # fmt: skip


def money_limits(pack: Pack, rate: Decimal) -> tuple[Limit, ...]:
    """The pack's limits with full ids, money in programme currency."""
    made = coupled(pack, pack.limits)
    return tuple(x.model_copy(update={"most": _money(x.most, rate)}) if x.of == "money" else x for x in made)


def coupled(pack: Pack, parts: tuple[Coupled, ...]) -> tuple[Coupled, ...]:
    """Parts that bind several claims, with full ids; an empty list of subsidies becomes all of the pack's."""
    every = tuple(s.subsidy_id for s in pack.subsidies)
    return tuple(
        part.model_copy(
            update={
                "limit_id": full_id(pack.pack_id, part.limit_id),
                "subsidies": tuple(full_id(pack.pack_id, s) for s in (part.subsidies or every)),
            }
        )
        for part in parts
    )


def holds(pack: Pack, choice: PackChoice, day: date) -> bool:
    """Whether a chosen pack holds on a day; `still_valid` carries it past its last one."""
    from_then_on = pack.valid_from is None or pack.valid_from <= day
    return from_then_on and (pack.valid_to is None or day <= pack.valid_to or choice.still_valid)


def travel_of(chosen: Iterable[tuple[Pack, PackChoice]], regime: Regime, day: date, profile: Profile) -> TravelRules:
    """The travel rules in force: of the chosen pack for that regime that began last; what it leaves open, the profile says."""
    found = [
        (pack.valid_from or date.min, pack.travel, choice.lodging_by)
        for pack, choice in chosen
        if pack.travel and regime in pack.travel.regimes and holds(pack, choice, day)
    ]
    of_profile = {name: getattr(profile, name) for name in OF_TRAVEL_PACKS}
    if not found:
        return TravelRules(regimes=(regime,), **of_profile)
    _, rules, lodging_by = max(found, key=lambda one: one[0])
    said = {name: getattr(rules, name) or of_profile[name] for name in OF_TRAVEL_PACKS}
    return rules.model_copy(update=said | ({"lodging_by": lodging_by} if lodging_by else {}))


def limited(profile: Profile, rules: TravelRules) -> Profile:
    """A profile with the travel rules' limits on official parties, but for what programme.toml sets itself."""
    said: dict[str, object] = {"day_limits": rules.day_limits, "most_officials": rules.most_officials}
    return profile.model_copy(update={name: said[name] for name in OF_TRAVEL_PACKS if name not in profile.over_packs})
