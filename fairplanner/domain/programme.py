"""A programme: everything one planning year of one planner needs, with the look-ups that rules and pages share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property

from fairplanner.domain import in_force
from fairplanner.domain import money as m
from fairplanner.domain import packs as k
from fairplanner.domain import planning as p
from fairplanner.domain import reference as r
from fairplanner.domain.by_firm import ByFirm, by_firm, rows_by
from fairplanner.domain.holding import Holding
from fairplanner.domain.kinds import Policy, Regime, Status
from fairplanner.domain.remembered import remembered
from fairplanner.domain.settings import Profile


class Programme(Holding):
    """Settings and tables, sorted by their keys; reference rows and the programme's own are already merged."""

    @cached_property
    def fair(self) -> dict[str, r.Fair]:
        """Fairs by id."""
        return {row.fair_id: row for row in self.fairs}

    @cached_property
    def phase(self) -> dict[str, r.Phase]:
        """Phases by id."""
        return {row.phase_id: row for row in self.phases}

    @cached_property
    def section(self) -> dict[str, r.Section]:
        """Sections by id."""
        return {row.section_id: row for row in self.sections}

    @cached_property
    def place(self) -> dict[str, r.Place]:
        """Places by id."""
        return {row.place_id: row for row in self.places}

    @cached_property
    def territory(self) -> dict[str, r.Territory]:
        """Countries and regions by code."""
        return {row.territory_id: row for row in self.territories}

    @cached_property
    def market(self) -> dict[str, r.Market]:
        """Markets by id."""
        return {row.market_id: row for row in self.markets}

    @cached_property
    def sector(self) -> dict[str, r.Sector]:
        """Sectors by id."""
        return {row.sector_id: row for row in self.sectors}

    @cached_property
    def zone(self) -> dict[str, p.Zone]:
        """Zones by id."""
        return {row.zone_id: row for row in self.zones}

    @cached_property
    def firm(self) -> dict[str, p.Firm]:
        """Firms by id."""
        return {row.firm_id: row for row in self.firms}

    @cached_property
    def application(self) -> dict[str, p.Application]:
        """Applications by `firm/phase/section`."""
        return {row.application_id: row for row in self.applications}

    @cached_property
    def post(self) -> dict[str, p.Post]:
        """Posts by id."""
        return {row.post_id: row for row in self.posts}

    @cached_property
    def fund(self) -> dict[str, m.Fund]:
        """Funds by id."""
        return {row.fund_id: row for row in self.funds}

    @cached_property
    def pack(self) -> dict[str, k.Pack]:
        """Chosen rule packs by id."""
        return {pack.pack_id: pack for pack in self.packs}

    @cached_property
    def _chosen(self) -> tuple[tuple[k.Pack, k.PackChoice, Decimal], ...]:
        """Each chosen pack with its choice and the programme currency for one unit of its own; KeyError without a rate."""
        rates = {row.currency: row.rate for row in self.rates} | {self.settings.currency: Decimal(1)}
        chosen = [(self.pack[c.id], c) for c in self.settings.packs]
        return tuple((pack, choice, rates[pack.currency]) for pack, choice in chosen)

    @cached_property
    def subsidy(self) -> dict[str, k.Subsidy]:
        """Every subsidy in force by full id: rows of `subsidies`, then those of the packs that a fund pays."""
        rows = [in_force.plain(row) for row in self.subsidies]
        rows += [s for chosen in self._chosen for s in in_force.of_pack(*chosen) if s.fund_id]
        return {s.subsidy_id: s for s in sorted(rows, key=lambda s: s.subsidy_id)}

    @cached_property
    def limits(self) -> tuple[k.Limit, ...]:
        """Caps on money and turns over several claims, in order of id; those of `cap_phase` and `cap_year` included."""
        own = in_force.plain_limits(self.subsidies) + in_force.phase_caps(self.subsidy)
        made = [limit for pack, _, rate in self._chosen for limit in in_force.money_limits(pack, rate)]
        return tuple(sorted((*own, *made), key=lambda x: x.limit_id))

    @cached_property
    def share_limits(self) -> tuple[k.ShareLimit, ...]:
        """Shares of a class of firms."""
        return tuple(x for pack, _, _ in self._chosen for x in in_force.coupled(pack, pack.shares))

    @cached_property
    def group_minimums(self) -> tuple[k.GroupMinimum, ...]:
        """Fewest firms of a joint stand, else nothing is paid."""
        return tuple(x for pack, _, _ in self._chosen for x in in_force.coupled(pack, pack.groups))

    @cached_property
    def market_spreads(self) -> tuple[k.MarketSpread, ...]:
        """Fewest markets of a firm that claims."""
        return tuple(x for pack, _, _ in self._chosen for x in in_force.coupled(pack, pack.spreads))

    @cached_property
    def exclusions(self) -> tuple[k.Exclusion, ...]:
        """Claims that exclude one another at a phase."""
        return tuple(x for pack, _, _ in self._chosen for x in in_force.coupled(pack, pack.exclusions))

    @cached_property
    def by_firm(self) -> ByFirm:
        """What the ledger, groups of connected firms, applications and score sheets say of single firms."""
        return by_firm(self.ledger, self.firms, self.applications, self.scores)

    @cached_property
    def phases_of(self) -> dict[str, tuple[r.Phase, ...]]:
        """Phases by fair, in the order of the table."""
        return rows_by(self.phases, "fair_id")

    @cached_property
    def _choice(self) -> dict[tuple[str, str], p.Choice]:
        return {(row.fair_id, row.phase_id): row for row in self.choices}

    @cached_property
    def _chain(self) -> dict[str, tuple[str, ...]]:
        chains: dict[str, tuple[str, ...]] = {}
        for zone_id in self.zone:
            chain = [zone_id]
            while (above := self.zone[chain[-1]].parent) and above in self.zone and above not in chain:
                chain.append(above)
            chains[zone_id] = tuple(chain)
        return chains

    def zones_above(self, zone_id: str) -> tuple[str, ...]:
        """The zone itself, then its parent, and so on up to the root."""
        return self._chain[zone_id]

    def is_within(self, zone_id: str, above: str) -> bool:
        """Whether `above` is the zone itself or stands above it."""
        return above in self._chain[zone_id]

    @remembered
    def home(self, zone_id: str) -> str:
        """Place its people leave from: its own, else that of the nearest zone above; '' if none is known."""
        return next((self.zone[z].place_id for z in self._chain[zone_id] if self.zone[z].place_id), "")

    def choice(self, phase_id: str) -> p.Choice | None:
        """What the office says of a phase: its own row, else its fair's."""
        fair_id = self.phase[phase_id].fair_id
        return self._choice.get((fair_id, phase_id)) or self._choice.get((fair_id, ""))

    @remembered
    def territory_of(self, phase_id: str) -> str:
        """Code of the country or region a phase is held in; '' where the place is not known."""
        place_id = self.phase[phase_id].place_id
        return self.place[place_id].territory_id if place_id else ""

    @remembered
    def regime(self, phase_id: str) -> Regime:
        """At home, Hong Kong and Macao, or abroad, as seen from the planning zone's country or region."""
        there = self.territory_of(phase_id)
        home = self.home(self.settings.root)
        if not there or there == (self.place[home].territory_id if home else "CN"):
            return Regime.HOME
        return Regime.HKMO if there in ("HK", "MO") else Regime.ABROAD

    def travel_rules(self, regime: Regime, day: date) -> k.TravelRules:
        """What binds an official party that leaves on `day`: the chosen travel pack in force then, else the profile."""
        chosen = [(self.pack[c.id], c) for c in self.settings.packs]
        return in_force.travel_of(chosen, regime, day, self.settings.profile_of(regime))

    @remembered
    def profile(self, phase_id: str) -> Profile:
        """Defaults of the phase's regime; limits on official parties from the travel pack in force when it opens."""
        regime, day = self.regime(phase_id), self.phase[phase_id].start or self.settings.as_of
        return in_force.limited(self.settings.profile_of(regime), self.travel_rules(regime, day))

    def policy(self, phase_id: str) -> Policy:
        """How places are given at a phase."""
        choice = self.choice(phase_id)
        return choice.policy if choice and choice.policy else self.profile(phase_id).policy

    def least_firms(self, phase_id: str) -> int:
        """Fewest firms of a delegation at a phase."""
        choice = self.choice(phase_id)
        return choice.least_firms if choice and choice.least_firms is not None else self.profile(phase_id).least_firms

    def most_firms(self, phase_id: str) -> int | None:
        """Most firms of a delegation at a phase; None: no limit."""
        choice = self.choice(phase_id)
        return choice.most_firms if choice else None

    def officials(self, phase_id: str) -> int:
        """People in the official party at a phase."""
        choice = self.choice(phase_id)
        return choice.officials if choice and choice.officials is not None else self.profile(phase_id).officials

    def move_in_days(self, phase_id: str) -> int:
        """Set-up days before opening."""
        own = self.phase[phase_id].move_in_days
        return self.profile(phase_id).move_in_days if own is None else own

    def move_out_days(self, phase_id: str) -> int:
        """Strike days after closing."""
        own = self.phase[phase_id].move_out_days
        return self.profile(phase_id).move_out_days if own is None else own

    def is_foreign(self, place_id: str) -> bool:
        """Whether a place lies in another country: neither at home, nor in Hong Kong, Macao or Taiwan as seen from the mainland."""
        home = self.home(self.settings.root)
        own = self.place[home].territory_id if home else "CN"
        regions = {"HK", "MO", "TW", "CN"}
        there = self.place[place_id].territory_id
        return there != own and not {own, there} <= regions

    def local_facts_of(self, place_id: str, topic: str) -> tuple[r.LocalFact, ...]:
        """What is known of a topic in a city: its own rows, else its country's or region's, else those of every foreign country.

        In order of their ids. Raises KeyError for an unknown place.
        """
        rows = [f for f in self.local_facts if f.topic == topic]
        there, is_foreign = self.place[place_id].territory_id, self.is_foreign(place_id)
        found = (
            [f for f in rows if f.place_id == place_id],
            [f for f in rows if not f.place_id and f.territory_id == there],
            [f for f in rows if is_foreign and not f.place_id and not f.territory_id],
        )
        return next((tuple(own) for own in found if own), ())

    @remembered
    def market_class(self, phase_id: str) -> str:
        """`emerging` if any market the fair opens is emerging, else `key` if any is key, else ''."""
        classes = {self.market[m].market_class for m in self.markets_of(phase_id)}
        return next((c for c in ("emerging", "key") if c in classes), "")

    @remembered
    def markets_of(self, phase_id: str) -> tuple[str, ...]:
        """Markets that going there opens: the fair's own, else those of the country or region it is held in."""
        own = self.fair[self.phase[phase_id].fair_id].markets
        there = self.territory_of(phase_id)
        abroad = self.territory[there].markets if there in self.territory else ()
        return tuple(m for m in (own or abroad) if m in self.market)

    def in_window(self) -> tuple[r.Phase, ...]:
        """Phases the year can use: dated within the window, not cancelled; in date order."""
        lo, hi = self.settings.window_from, self.settings.window_to
        rows = [q for q in self.phases if q.start and q.end and lo <= q.start <= hi and q.status != Status.CANCELLED]
        return tuple(sorted(rows, key=lambda q: (q.start, q.phase_id)))

    def undated(self) -> tuple[r.Phase, ...]:
        """Phases of the window's years that have no dates yet (待定) and so cannot be scheduled."""
        lo, hi = self.settings.window_from.year, self.settings.window_to.year
        return tuple(q for q in self.phases if (q.start is None or q.end is None) and lo <= q.year <= hi)
