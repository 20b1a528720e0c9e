"""`[[packs]]` of programme.toml against the packs, funds, zones and rates that there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import cast

from fairplanner.domain.kinds import Nature
from fairplanner.domain.money import Fund
from fairplanner.domain.packs import Pack, PackChoice
from fairplanner.domain.settings import Settings
from fairplanner.errors import Problem
from fairplanner.intake.packs import PackFile
from fairplanner.intake.programme_file import PROGRAMME_FILE
from fairplanner.intake.references import References
from fairplanner.intake.suggest import nearest


def odd_choices(settings: Settings, packs: Mapping[str, PackFile], known: References) -> Iterator[Problem]:
    """Problems of the chosen packs: unknown or twice, without a fund or with the wrong one, without a rate, at odds."""
    chosen: set[str] = set()
    for choice in settings.packs:
        if choice.id in chosen:
            yield _problem(choice, "id", "pack-chosen-twice", choice.id)
        elif choice.id not in packs:
            yield _near(choice, "id", "pack-unknown", choice.id, list(packs))
        else:
            yield from _zone(choice, known)
            yield from _funds(choice, packs[choice.id], known)
            yield from _rate(choice, packs[choice.id].pack, settings, known)
            yield from _two_years(choice, packs[choice.id].pack, settings)
        chosen.add(choice.id)
    yield from _two_travel_rules(settings, packs)


def _problem(choice: PackChoice, key: str, what: str, value: str, **facts: str) -> Problem:
    return Problem(PROGRAMME_FILE, 0, f"packs.{choice.id}.{key}", what, value, tuple(facts.items()))


def _near(choice: PackChoice, key: str, what: str, value: str, known: list[str], **facts: str) -> Problem:
    near = nearest(value, known)
    facts |= {"near": near} if near else {}
    return _problem(choice, key, f"{what}-near" if near else what, value, **facts)


def _refers(choice: PackChoice, key: str, table: str, value: str, known: References) -> Iterator[Problem]:
    if value and known.unknown(table, value):
        near = known.meaning(table, value)
        facts = {"table": table} | ({"near": near} if near else {})
        yield _problem(choice, key, f"reference-unknown{'-near' if near else ''}", value, **facts)


def _zone(choice: PackChoice, known: References) -> Iterator[Problem]:
    yield from _refers(choice, "zone", "zones", choice.zone, known)


def _funds(choice: PackChoice, read: PackFile, known: References) -> Iterator[Problem]:
    """Every fund exists and is for trade development; a pack that pays something has a fund that pays it."""
    ids = read.ids.get("subsidies", ())
    for subsidy_id in sorted(set(choice.funds) - set(ids)):
        yield _near(choice, f"funds.{subsidy_id}", "pack-subsidy-unknown", subsidy_id, list(ids))
    named = {"fund": choice.fund} | {f"funds.{key}": fund for key, fund in choice.funds.items()}
    for key, fund_id in named.items():
        yield from _refers(choice, key, "funds", fund_id, known)
        placed = known.tables["funds"].rows.get((fund_id,))
        if placed and cast("Fund", placed.row).nature is not Nature.TRADE_DEVELOPMENT:
            yield _problem(choice, key, "pack-fund-nature", fund_id)
    if ids and not any(named.values()):
        yield _problem(choice, "fund", "pack-no-fund", choice.id)


def _rate(choice: PackChoice, pack: Pack, settings: Settings, known: References) -> Iterator[Problem]:
    rates = known.tables["rates"]
    has = pack.currency == settings.currency or (pack.currency,) in rates.rows or rates.unsure
    if not has:
        yield _problem(choice, "id", "pack-rate-missing", pack.currency, home=settings.currency)


def _two_years(choice: PackChoice, pack: Pack, settings: Settings) -> Iterator[Problem]:
    """A subsidy rounded once a year has one cell a firm: two calendar years would be rounded and capped as one."""
    paid = [
        s.subsidy_id for s in pack.subsidies if s.round_at == "year" and (choice.fund or s.subsidy_id in choice.funds)
    ]
    first, last = settings.window_from.year, settings.window_to.year
    if paid and first != last:
        yield _problem(choice, "id", "pack-two-years", ", ".join(paid), first=str(first), last=str(last))


def _two_travel_rules(settings: Settings, packs: Mapping[str, PackFile]) -> Iterator[Problem]:
    """Two chosen packs must not both say how one official party travels on one day."""
    with_travel = [(c, packs[c.id].pack) for c in settings.packs if c.id in packs and packs[c.id].pack.travel]
    for (a, one), (b, two) in combinations(with_travel, 2):
        if a.id != b.id and _same_regime(one, two) and not (_ends_before(a, one, two) or _ends_before(b, two, one)):
            yield _problem(b, "id", "pack-travel-twice", b.id, other=a.id)


def _same_regime(one: Pack, two: Pack) -> bool:
    return bool(one.travel and two.travel and set(one.travel.regimes) & set(two.travel.regimes))


def _ends_before(choice: PackChoice, pack: Pack, other: Pack) -> bool:
    ends = None if choice.still_valid else pack.valid_to
    return ends is not None and other.valid_from is not None and ends < other.valid_from
