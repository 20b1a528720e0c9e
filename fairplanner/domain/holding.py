"""What a programme holds: its settings and its tables."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from fairplanner.domain import by_hand as h
from fairplanner.domain import duties as d
from fairplanner.domain import giving as g
from fairplanner.domain import money as m
from fairplanner.domain import packs as k
from fairplanner.domain import planning as p
from fairplanner.domain import reference as r
from fairplanner.domain import settled as s
from fairplanner.domain.settings import Settings


class Holding(BaseModel):
    """Settings and tables, sorted by their keys; reference rows and the programme's own are already merged."""

    model_config = ConfigDict(frozen=True)

    settings: Settings
    fairs: tuple[r.Fair, ...] = ()
    phases: tuple[r.Phase, ...] = ()
    sections: tuple[r.Section, ...] = ()
    territories: tuple[r.Territory, ...] = ()
    places: tuple[r.Place, ...] = ()
    sectors: tuple[r.Sector, ...] = ()
    markets: tuple[r.Market, ...] = ()
    goals: tuple[r.Goal, ...] = ()
    milestones: tuple[r.Milestone, ...] = ()
    memberships: tuple[r.Membership, ...] = ()
    local_facts: tuple[r.LocalFact, ...] = ()
    zones: tuple[p.Zone, ...] = ()
    firms: tuple[p.Firm, ...] = ()
    related: tuple[p.Related, ...] = ()
    applications: tuple[p.Application, ...] = ()
    posts: tuple[p.Post, ...] = ()
    funds: tuple[m.Fund, ...] = ()
    subsidies: tuple[m.PlainSubsidy, ...] = ()
    quotas: tuple[p.Quota, ...] = ()
    prices: tuple[m.Price, ...] = ()
    fares: tuple[m.Fare, ...] = ()
    stays: tuple[m.Stay, ...] = ()
    rates: tuple[m.Rate, ...] = ()
    choices: tuple[p.Choice, ...] = ()
    targets: tuple[p.Target, ...] = ()
    decisions: tuple[p.Decision, ...] = ()
    duties: tuple[d.Duty, ...] = ()
    holidays: tuple[d.Holiday, ...] = ()
    instalments: tuple[m.Instalment, ...] = ()
    awards: tuple[m.Award, ...] = ()
    costs: tuple[m.Cost, ...] = ()
    ledger: tuple[m.LedgerRow, ...] = ()
    deposits: tuple[g.Deposit, ...] = ()
    scores: tuple[g.ScoreItem, ...] = ()
    draws: tuple[g.Draw, ...] = ()
    notices: tuple[g.Notice, ...] = ()
    approvals: tuple[d.Approval, ...] = ()
    blackouts: tuple[d.Blackout, ...] = ()
    activities: tuple[d.Activity, ...] = ()
    settled: tuple[s.Settled, ...] = ()
    settled_trips: tuple[s.SettledTrip, ...] = ()
    packs: tuple[k.Pack, ...] = ()
    by_hand: tuple[h.ByHand, ...] = ()
    """Not a table: what `withdraw`, `promote-next` and `substitute` did to rows of the tables; nobody writes it."""
    digest: str = ""
