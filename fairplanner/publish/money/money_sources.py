"""Where the numbers behind a plan's money are from: rules in force, rates for nights and meals, prices, exchange rates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from fairplanner.domain.columns import Row
from fairplanner.domain.in_force import holds
from fairplanner.domain.kinds import Confidence
from fairplanner.domain.pack_numbers import Item, cite_of, items_of, parts_of
from fairplanner.domain.packs import Pack, Part, Subsidy
from fairplanner.domain.plan import Claim, Delegation, Participation
from fairplanner.publish.money.money_words import UNVERIFIED, MoneyWords, is_default
from fairplanner.publish.wording.pack_words import label, stale, value
from fairplanner.rules.reckon.money import stay_at


@dataclass(frozen=True)
class Used:
    """What is looked at: a whole plan, or one delegation of it."""

    delegations: tuple[Delegation, ...]
    participations: tuple[Participation, ...]
    claims: tuple[Claim, ...]

    @property
    def phases(self) -> frozenset[str]:
        """The phases attended."""
        return frozenset(p.phase_id for p in self.participations) | {
            s.phase_id for d in self.delegations for s in d.stops
        }


@dataclass(frozen=True)
class Sourced:
    """A number with where it is from; `reading` and `address` are '' for a row of the programme's own tables."""

    used_for: str
    what: str
    value: str
    source: str
    address: str
    confidence: Confidence
    reading: str
    remark: str

    @property
    def headline(self) -> str:
        """What it is used for, in short: the part of a pack, or the row of a table."""
        return self.used_for if self.reading else f"{self.used_for} {self.what}"

    @property
    def is_sample(self) -> bool:
        """Whether it is invented for a sample."""
        return self.confidence is Confidence.SAMPLE


class Sources:
    """The numbers that some part of a plan rests on, in one language."""

    def __init__(self, say: MoneyWords, used: Used) -> None:
        self.say, self.used, self.w, self.programme = say, used, say.w, say.programme
        self.subsidies = {c.subsidy_id for c in used.claims}
        self.currencies: set[str] = set()

    def rows(self) -> tuple[Sourced, ...]:
        """Numbers of rule packs first, then of the tables."""
        return (*self.of_packs(), *self.of_tables())

    def of_packs(self) -> tuple[Sourced, ...]:
        """Every number of the parts of packs in use."""
        return tuple(x for pack in self.programme.packs for x in self._of_pack(pack))

    def of_tables(self) -> tuple[Sourced, ...]:
        """Plain subsidies, stays, prices and other costs in use, funds, then the rates their currencies need."""
        made = [*self._plain(), *self._stays(), *self._prices(), *self._costs(), *self._funds(), *self._fares()]
        return (*made, *self._rates())

    @cached_property
    def _names(self) -> Mapping[str, Row]:
        p = self.programme
        return {**p.fair, **p.territory, **p.market, **p.sector, **p.section}

    def _of_pack(self, pack: Pack) -> Iterator[Sourced]:
        parts = {path: part for path, part in parts_of(pack) if self._is_used(pack, path, part)}
        if parts:
            self.currencies.add(pack.currency)
        for item in items_of(pack):
            part = parts.get(item.path.removesuffix(f".{item.field}"))
            if part is not None and item.is_number and not is_default(part, item):
                yield self._number(pack, part, item)

    def _number(self, pack: Pack, part: Part, item: Item) -> Sourced:
        cite, w = cite_of(pack, item), self.w
        said = [stale(w, cite), self._assumed(pack)]
        return Sourced(
            used_for=w("money.part", pack=w.name(pack), part=w.name(part)) if w.name(part) else w.name(pack),
            what=label(w, item), value=value(w, pack, part, item, self._names), source=self.say.naming.source(cite.title),
            address=cite.address, confidence=cite.confidence, reading=w(f"packs.reading.{cite.reading}"),
            remark=w("money.joint").join(filter(None, said)),
        )  # fmt: skip

    def _assumed(self, pack: Pack) -> str:
        """That a pack is taken to hold after its last day, where a fair of the plan ends after it."""
        ends = [end for q in self.used.phases if (end := self.programme.phase[q].end)]
        if not self.say.choices[pack.pack_id].still_valid or pack.valid_to is None or max(ends) <= pack.valid_to:
            return ""
        return self.w("money.assumed", last=pack.valid_to)

    def _is_used(self, pack: Pack, path: str, part: Part) -> bool:
        if isinstance(part, Subsidy):
            return f"{pack.pack_id}.{part.subsidy_id}" in self.subsidies
        if path == "travel":
            return any(self._travels(pack, d) for d in self.used.delegations if d.officials)
        if path == "quota":
            fairs = {self.programme.phase[q].fair_id for q in self.used.phases}
            return bool(pack.quota and fairs & set(pack.quota.fairs))
        if path == "membership":
            schemes = {
                self.programme.fund[c.fund_id].scheme for c in self.used.claims if c.fund_id in self.programme.fund
            }
            return bool(pack.membership and pack.membership.scheme in schemes)
        if path.startswith("papers."):
            return False
        own = getattr(part, "subsidies", ()) or tuple(s.subsidy_id for s in pack.subsidies)
        return any(f"{pack.pack_id}.{s}" in self.subsidies for s in own)

    def _travels(self, pack: Pack, d: Delegation) -> bool:
        in_force = holds(pack, self.say.choices[pack.pack_id], d.depart)
        return bool(in_force and pack.travel and d.regime in pack.travel.regimes)

    def _row(self, kind: str, what: str, shown: str, row: object) -> Sourced:
        source, confidence = str(getattr(row, "source", "")), getattr(row, "confidence", Confidence.UNKNOWN)
        remark = self.w(f"enums.Confidence.{confidence}") if confidence in UNVERIFIED else ""
        return Sourced(
            self.w(f"money.table.{kind}"), what, shown, self.say.naming.source(source), "", confidence, "", remark
        )

    def _plain(self) -> Iterator[Sourced]:
        for row in self.programme.subsidies:
            if row.subsidy_id in self.subsidies:
                shown = self.w("paper.units.percent", value=f"{row.rate * 100:g}")
                yield self._row("subsidies", self.w.name(row), shown, row)

    def _stays(self) -> Iterator[Sourced]:
        places = {self.programme.phase[q].place_id for q in self.used.phases}
        for stay in filter(None, (stay_at(self.programme, place) for place in sorted(places))):
            self.currencies.add(stay.currency)
            amounts = {name: self.say.dress.amount(getattr(stay, name)) for name in ("lodging", "meals", "incidentals")}
            shown = self.w("money.stay", currency=stay.currency, **amounts)
            yield self._row("stays", self.say.naming.city(stay.place_id), shown, stay)

    def _prices(self) -> Iterator[Sourced]:
        wanted = {(self.programme.phase[p.phase_id].fair_id, p.stand) for p in self.used.participations}
        for row in self.programme.prices:
            if (row.fair_id, row.stand) in wanted and row.phase_id in ("", *self.used.phases):
                self.currencies.add(row.currency)
                what = self._at(row.fair_id, self.w(f"enums.StandKind.{row.stand}"))
                yield self._row("prices", what, self._money(row.per_booth, row.currency), row)

    def _costs(self) -> Iterator[Sourced]:
        here = {(self.programme.phase[p.phase_id].fair_id, p.firm_id) for p in self.used.participations}
        for row in self.programme.costs:
            meant = (row.fair_id, row.firm_id) in here or (not row.firm_id and row.fair_id in {f for f, _ in here})
            if meant and row.phase_id in ("", *self.used.phases):
                self.currencies.add(row.currency)
                what = self._at(row.fair_id, self.w(f"enums.CostLine.{row.line}"))
                yield self._row("costs", what, self._money(row.amount, row.currency), row)

    def _funds(self) -> Iterator[Sourced]:
        drawn = {c.fund_id for c in self.used.claims} | {d.fund_id for d in self.used.delegations}
        for fund in self.programme.funds:
            if fund.fund_id in drawn:
                self.currencies.add(fund.currency)
                yield self._row("funds", self.w.name(fund), self._money(fund.amount, fund.currency), fund)

    def _fares(self) -> Iterator[Sourced]:
        """Fares of the table, and that the others are an estimate by distance."""
        p = self.programme
        homes = {p.home(p.firm[x.firm_id].zone_id) for x in self.used.participations}
        homes |= {d.home for d in self.used.delegations if d.officials}
        ways = {frozenset((home, p.phase[q].place_id)) for home in homes for q in self.used.phases}
        ways = {way for way in ways if len(way) > 1}
        stated = [row for row in p.fares if frozenset((row.from_place, row.to_place)) in ways]
        for row in stated:
            what = self.w("calendar.arrow").join(self.say.naming.city(x) for x in (row.from_place, row.to_place))
            yield self._row("fares", what, self._money(row.return_fare, p.settings.currency), row)
        if ways - {frozenset((row.from_place, row.to_place)) for row in stated}:
            w, sure = self.w, Confidence.BACKGROUND
            yield Sourced(w("money.table.fares"), w("money.estimate_of"), "", w("money.estimate"), "", sure, "", "")

    def _rates(self) -> Iterator[Sourced]:
        for row in self.programme.rates:
            if row.currency in self.currencies and row.currency != self.programme.settings.currency:
                shown = self.w("money.rate", rate=f"{row.rate.normalize():f}", on=row.on)
                yield self._row("rates", row.currency, shown, row)

    def _at(self, fair_id: str, what: str) -> str:
        return self.w("money.part", pack=self.w.name(self.programme.fair[fair_id]), part=what)

    def _money(self, amount: object, currency: str) -> str:
        return self.w("packs.unit.money", value=f"{amount:,.2f}", currency=currency)


def by_source(rows: Iterable[Sourced]) -> dict[tuple[str, str, Confidence, str], list[Sourced]]:
    """Numbers by source, address, confidence and reading, in the order of their first number."""
    made: dict[tuple[str, str, Confidence, str], list[Sourced]] = {}
    for row in rows:
        made.setdefault((row.source, row.address, row.confidence, row.reading), []).append(row)
    return made
